# SPDX-License-Identifier: GPL-3.0-or-later
"""Other ways in: actions of the desktop, links, and the small window for a note that is written down in passing."""
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import OCTAVO, PATIENCE, Journey, main
from shell import Shell


class Doors(Journey):

    def setUp(self):
        super().setUp()
        self.shell = Shell(self.desktop, OCTAVO, self.env)
        self.addCleanup(lambda: self.assertEqual(self.shell.complaints(), ''))

    def finish(self, app):
        """It is closed as a person does, and had nothing to complain about."""
        app.stop()
        self.assertEqual(app.complaints(), [])

    def windows(self, app):
        return sorted(window.name for window in app.toplevels())

    def test_actions_of_the_desktop(self):
        self.add('Garden', 'roses')
        self.shell.run_action('search')
        app = self.shell.app()
        self.focus(app, 'Search notes')
        self.shell.run_action('new-note')
        self.focus(app, 'Note title')
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 1, 5, 'one window')
        self.shell.activate()
        self.finish(app)

    def test_links_from_elsewhere(self):
        note = self.add('Garden', 'roses')
        self.add('Kitchen', 'bread')
        self.shell.open_uris(f'octavo:note/{note}')
        app = self.shell.app()
        self.wait_text(app, 'Garden', 'Note title')
        self.wait_text(app, 'roses')
        for uri, told in (('octavo:note/999', 'There Is No Such Note'), ('octavo:title/Garden', 'is no link to a note'),
                          ('octavo:note/x', 'is no link to a note'), ('https://example.org/', 'neither a file on this computer')):
            self.shell.open_uris(uri)
            app.wait(lambda: told in str(app.visible_text()), 5, told)
            app.key('Escape')
            app.wait(lambda: len(app.toplevels()) == 1, 5, 'the message to go')
        self.wait_text(app, 'Garden', 'Note title')
        path = Path(self.desktop.dir) / 'handed.md'
        path.write_text('handed over\n')
        self.shell.open_uris(path.as_uri())
        self.wait_text(app, 'handed over\n')
        self.finish(app)

    def test_links_of_a_call(self):
        note = self.add('Garden', 'roses')
        self.add('Kitchen', 'bread')
        app = self.open(f'octavo:note/{note}')
        self.wait_text(app, 'roses')
        self.run_octavo('OCTAVO:///note/2')
        self.wait_text(app, 'bread')
        self.run_octavo('octavo:other/2', code=2)
        self.end(app)

    def test_the_link_to_a_note_is_copied_and_followed(self):
        note = self.add('Garden', 'roses')
        self.add('Kitchen', '')
        app = self.open()
        self.choose(app, 'Garden')
        app.menu('^Note menu$', '^Copy Link to This Note$')
        app.wait_for(None, '^Link copied$')
        self.enter(app, 'Kitchen')
        app.key('ctrl+v')
        self.wait_text(app, f'octavo:note/{note} ')
        app.type('>')
        app.key('ctrl+Home')
        app.type('<')
        self.wait_text(app, f'<octavo:note/{note}> ')
        app.key('Right', 'Right', 'ctrl+Return')
        self.wait_text(app, 'Garden', 'Note title')
        self.end(app)

    # -- the small window

    def capture(self, *arguments):
        app = self.open('--new-note', *arguments, ready=False)
        self.focus(app, 'Note title')
        self.assertEqual(self.windows(app), ['Quick Note'])
        self.assertEqual(app.unlabelled(), [])
        return app

    def capture_beside(self, app):
        """The same beside the window of all notes."""
        app.menu('^Main menu$', '^Quick Note$')
        window = app.wait(lambda: [window for window in app.toplevels() if window.name == 'Quick Note'], 5, 'the small window')[0]
        app.wait_for('text', '^Note title$', under=window, states=('focused',))

    def end_by_key(self, app, *keys):
        """The last key closes the only window, and with it the program ends."""
        app.calm()
        for key in keys:
            app.screen.press(*key.split('+'))
        app.screen.sync()
        app.proc.wait(20 * PATIENCE)
        self.end(app)

    def test_a_thought_is_saved_and_the_window_goes(self):
        for key, title in (('Escape', 'First'), ('ctrl+Return', 'Second')):
            app = self.capture()
            app.type(title)
            app.key('Return')
            self.focus(app, 'Note text')
            app.type('- [ ] buy milk')
            self.wait_text(app, '- [ ] buy milk')
            self.end_by_key(app, key)
        self.assertEqual(self.ask('SELECT title, body FROM note ORDER BY id'),
                         [('First', '- [ ] buy milk'), ('Second', '- [ ] buy milk')])

    def test_nothing_typed_is_nothing_saved(self):
        for key in ('Escape', 'ctrl+Return', 'ctrl+w'):
            self.end_by_key(self.capture(), key)
        app = self.capture()
        app.click(app.wait_for('push button', '^Done$'))
        app.proc.wait(20 * PATIENCE)
        self.end(app)
        self.assertEqual(self.ask('SELECT count(*) FROM note'), [(0,)])

    def test_what_is_typed_outlives_a_kill(self):
        app = self.capture()
        app.type('Thought')
        self.until_stored(app, 'SELECT title FROM note', 'Thought')
        app.key('Return')
        self.focus(app, 'Note text')
        app.type('and more')
        self.until_stored(app, 'SELECT body FROM note', 'and more')
        app.kill9()
        app = self.open()
        self.wait_rows(app, 'Thought')
        self.end(app)

    def test_a_signal_saves_it(self):
        app = self.capture()
        app.type('Hurry')
        self.wait_text(app, 'Hurry', 'Note title')
        os.kill(app.pid, signal.SIGTERM)
        app.proc.wait(20 * PATIENCE)
        self.end(app)
        self.assertEqual(self.ask('SELECT title FROM note'), [('Hurry',)])

    def test_windows_that_were_open_come_back_after_it(self):
        self.add('Garden', 'roses')
        app = self.open()
        self.choose(app, 'Garden')
        app.resize(900, 600)
        app.key('ctrl+q')
        app.proc.wait(20 * PATIENCE)
        self.end(app)
        app = self.capture()
        self.run_octavo('--search', 'roses')
        self.wait_rows(app, 'Garden')
        self.assertEqual(self.windows(app), ['Garden — Octavo', 'Quick Note'])
        self.finish(app)
        self.end_by_key(self.capture(), 'Escape')
        app = self.open()
        self.wait_text(app, 'Garden', 'Note title')
        self.assertLess(app.rect(app.toplevels()[0])[2], 1000)
        self.end(app)

    def test_beside_the_window_of_all_notes(self):
        self.add('Garden', 'roses')
        app = self.open()
        self.choose(app, 'Garden')
        self.capture_beside(app)
        app.type('Compost')
        app.key('Escape')
        app.wait_for(None, '^“Compost” is among your notes now$')
        self.wait_rows(app, 'Compost', 'Garden')
        self.assertEqual(self.windows(app), ['Garden — Octavo'])
        self.end(app)

    def test_tags_are_saved_as_well(self):
        """One that was added a moment ago, and one that only stands there."""
        for n, keys in ((1, ('ctrl+Return',)), (2, ('Return', 'ctrl+Return'))):
            app = self.capture()
            app.type(f'Tagged {n}')
            app.key('Tab')
            self.focus(app, 'Tags of the note')
            app.type(f'errand{n}')
            self.wait_text(app, f'errand{n}', 'Tags of the note')
            self.end_by_key(app, *keys)
        self.assertEqual(self.ask('SELECT title, name FROM note JOIN note_tag ON note_id = note.id JOIN tag ON tag.id = tag_id '
                                  'ORDER BY title'), [('Tagged 1', 'errand1'), ('Tagged 2', 'errand2')])

    def test_what_is_typed_on_is_kept_where_the_note_was_deleted(self):
        app = self.capture()
        app.type('Gone')
        self.until_stored(app, 'SELECT title FROM note', 'Gone')
        app.key('Return')
        self.focus(app, 'Note text')
        note, = self.ask('SELECT id FROM note')[0]
        self.run_octavo('delete', str(note))
        self.focus(app, 'Note title')
        self.wait_text(app, '', 'Note title')
        app.type('More')
        self.end_by_key(app, 'Escape')
        self.assertEqual(self.ask('SELECT title FROM note'), [('More',)])

    def test_what_was_thrown_away_is_not_said_to_be_there(self):
        self.add('Garden', 'roses')
        app = self.open()
        self.capture_beside(app)
        app.type('Weeds')
        self.until_stored(app, 'SELECT title FROM note', 'Weeds')
        note, = self.ask("SELECT id FROM note WHERE title = 'Weeds'")[0]
        self.run_octavo('trash', str(note))
        app.wait_for(None, '^This note is in the trash$')
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 1, 5, 'the small window to go')
        self.wait_rows(app, 'Garden')
        self.assertFalse(app.find(None, 'is among your notes now$'))
        self.end(app)

    def test_whose_note_it_is(self):
        self.run_octavo('add', '--user', 'Ada', 'first')
        self.run_octavo('add', '--user', 'Ben', 'second')
        app = self.capture('--user', 'ben')
        app.wait_for('label', '^Saved as you type, among the notes of Ben$')
        app.type('Of Ben')
        self.end_by_key(app, 'Escape')
        self.assertIn(('Of Ben', 'Ben'), self.ask('SELECT note.title, user.name FROM note JOIN user ON user.id = user_id'))
        app = self.open('--new-note', '--user', 'Nobody', ready=False)
        app.wait(lambda: 'Nobody Is Named “Nobody” Here' in app.visible_text(), 10, 'a word about the user')
        self.end(app)

    def test_it_fits_a_telephone(self):
        app = self.capture()
        app.resize(360, 294)
        app.type('Narrow')
        self.wait_text(app, 'Narrow', 'Note title')
        app.key('Return')
        self.focus(app, 'Note text')
        app.type('and short')
        self.wait_text(app, 'and short')
        self.assertGreater(app.rect(app.wait_for('text', '^Note text$'))[3], 50)
        self.end_by_key(app, 'Escape')

    def test_what_else_is_asked_for_is_done_in_the_large_window(self):
        self.add('Garden', 'roses')
        app = self.open('--new-note', '--search', 'roses')
        self.focus(app, 'Note title')
        self.assertEqual(len(app.toplevels()), 1)
        self.end(app)


main('doors')
