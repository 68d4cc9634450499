# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's own search: Octavo is started by the bus, answers, shows no window, and goes to what is chosen."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from gi.repository import GLib
from journey import OCTAVO, PATIENCE, Journey, main
from shell import CREATE, NAME, PROVIDER, Shell


class ShellSearch(Journey):

    def setUp(self):
        super().setUp()
        self.shell = Shell(self.desktop, OCTAVO, self.env)
        self.addCleanup(lambda: self.assertEqual(self.shell.complaints(), ''))

    def shown(self, text):
        """Names and descriptions of what a search finds, as the Shell shows them."""
        return [(meta['name'], meta.get('description', '')) for meta in self.shell.metas(self.shell.search(text))]

    def has_no_window(self):
        """Nothing of it is on the screen, nor can a screen reader find it."""
        pid = self.shell.pid()
        children = self.desktop.bus.call_sync('org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root',
                                              'org.a11y.atspi.Accessible', 'GetChildren', None, None, 0, 5000, None)
        pids = [self.desktop.ask('GetConnectionUnixProcessID', '(s)', name) for name, _ in children.unpack()[0]]
        return self.desktop.screen.windows(pid) == [] and pid not in pids

    def finish(self, app):
        """It is closed as a person does, and had nothing to complain about."""
        app.stop()
        self.assertEqual(app.complaints(), [])

    def test_results_have_what_the_shell_shows(self):
        filler = 'nothing of that kind. ' * 30
        garden = self.add('Garden', f'{filler}\n\nRoses need **pruning** in March.')
        self.add('Kitchen', 'bread and butter')
        ids = self.shell.search('pruning')
        self.assertEqual(ids, [str(garden), f'{CREATE}pruning'])
        found, create = self.shell.metas(ids)
        self.assertEqual((found['id'], found['name'], found['gicon']), (str(garden), 'Garden', 'text-x-generic'))
        self.assertEqual(found['description'], '…Roses need pruning in March.')
        self.assertEqual((create['id'], create['name']), (f'{CREATE}pruning', 'Create note: pruning'))
        self.assertTrue(self.has_no_window())

    def test_a_search_needs_no_display(self):
        self.add('Garden', 'roses')
        self.desktop.offer(NAME, f'{OCTAVO} --gapplication-service', {**self.env, 'DISPLAY': ':none', 'WAYLAND_DISPLAY': ''})
        self.assertEqual(self.shown('roses'), [('Garden', 'roses'), ('Create note: roses', '')])
        self.assertTrue(self.has_no_window())

    def test_a_search_writes_nothing(self):
        self.assertEqual(self.shell.search('anything'), [f'{CREATE}anything'])
        self.assertFalse(Path(self.database).exists())
        self.add('Garden', 'roses')
        folder = Path(self.database).parent
        before = {path.name: path.stat().st_mtime_ns for path in folder.glob('notes.db*')}
        self.assertEqual(self.shown('roses')[0], ('Garden', 'roses'))
        self.assertEqual({path.name: path.stat().st_mtime_ns for path in folder.glob('notes.db*')}, before)
        self.assertFalse((folder / 'backups').exists())

    def test_what_is_written_meanwhile_is_found(self):
        self.add('One', 'first words')
        self.assertEqual(len(self.shell.search('words')), 2)
        note = self.add('Two', 'second words')
        self.assertEqual(self.shell.search_further([], 'words')[0], str(note))
        self.run_octavo('trash', str(note))
        self.assertEqual(len(self.shell.search('words')), 2)

    def test_the_grammar_is_that_of_the_window(self):
        self.add('Tagged', 'apple pie', 'work')
        self.add('Plain', 'apple tart')
        self.assertEqual([name for name, _ in self.shown('apple tag:work')], ['Tagged', 'Create note: apple tag:work'])
        self.assertEqual([name for name, _ in self.shown('"apple tart"')][0], 'Plain')
        self.assertEqual(len(self.shown('"apple ((( OR -')), 1)
        self.assertEqual(self.shell.search('   '), [])

    def test_there_are_no_more_than_a_screen_takes(self):
        for i in range(30):
            path = Path(self.desktop.dir) / 'many' / f'{i}.md'
            path.parent.mkdir(exist_ok=True)
            path.write_text(f'# Note {i}\n\nsame')
        self.run_octavo('import', str(Path(self.desktop.dir) / 'many'))
        ids = self.shell.search('same')
        self.assertEqual((len(ids), ids[-1]), (21, f'{CREATE}same'))

    def test_ids_that_mean_nothing_are_ignored(self):
        note = self.add('Garden', 'roses')
        self.assertEqual(self.shell.metas(['999', 'x', '', '-1', CREATE, str(note), '9' * 40])[0]['id'], str(note))
        self.assertEqual(len(self.shell.metas(['999', 'x'])), 0)
        for result in ('x', '', CREATE):
            self.shell.activate_result(result, 'roses')
        self.assertTrue(self.has_no_window())

    def test_what_is_long_or_of_another_kind_is_borne(self):
        self.add('Garden', 'roses')
        ids = self.shell.search('rose' * 100000)
        self.assertLess(len(ids[0]), 2000)
        self.assertEqual(len(self.shell.metas([CREATE + 'x' * 100000])[0]['name']), len('Create note: ') + 200)
        self.assertRaises(GLib.Error, self.shell.call, PROVIDER, 'GetInitialResultSet', '(s)', 'roses')
        self.assertRaises(GLib.Error, self.shell.call, PROVIDER, 'GetNothing', '(as)', [])
        self.assertEqual(self.shown('roses')[0], ('Garden', 'roses'))

    def test_each_search_stops_the_one_before(self):
        self.add('Garden', 'roses')
        waits = [self.shell.later('GetInitialResultSet', '(as)', [word]) for word in ('r', 'ro', 'ros', 'rose')]
        answers = [wait() for wait in waits]
        self.assertEqual(len(answers[-1]), 2)
        for answer in answers[:-1]:
            self.assertTrue(isinstance(answer, GLib.Error) or len(answer) == 2, answer)

    def test_a_result_is_opened_at_the_hit(self):
        filler = '\n\n'.join(['a line of something else'] * 80)
        self.add('Other', 'roses as well')
        note = self.add('Garden', f'{filler}\n\nThe roses are here.')
        self.shell.search('roses')
        self.shell.activate_result(str(note), 'roses')
        app = self.shell.app()
        app.wait(lambda: self.text(app, 'Note title') == 'Garden', 10, 'the note')
        app.wait(lambda: self.text(app, 'Search notes') == 'roses', 5, 'the words in the search entry')
        self.wait_rows(app, 'Garden', 'Other')
        view = app.wait_for('text', '^Note text$')
        offset = len(filler) + len('\n\nThe ')
        app.wait(lambda: app.call(view.path, None, 'Get', '(ss)', 'org.a11y.atspi.Text', 'CaretOffset') in
                 (offset, offset + len('roses')), 5, 'the cursor at the hit')
        self.finish(app)

    def test_a_search_goes_on_in_the_window(self):
        self.add('Garden', 'roses')
        self.add('Kitchen', 'bread')
        self.shell.launch_search('roses')
        app = self.shell.app()
        self.wait_rows(app, 'Garden')
        self.assertEqual(self.text(app, 'Search notes'), 'roses')
        # from now on the window's own file is looked into
        self.assertEqual(self.shown('bread')[0], ('Kitchen', 'bread'))
        self.finish(app)

    def test_a_note_is_created(self):
        ids = self.shell.search('Call the plumber')
        self.shell.activate_result(ids[-1], 'Call the plumber')
        app = self.shell.app()
        self.wait_text(app, 'Call the plumber', 'Note title')
        self.focus(app, 'Note text')
        app.type('on Monday')
        self.wait_text(app, 'on Monday')
        self.finish(app)
        self.assertEqual(self.ask('SELECT title, body FROM note'), [('Call the plumber', 'on Monday')])

    def test_only_the_notes_of_who_is_in_use(self):
        self.run_octavo('add', '--user', 'Ada', '--title', 'Of Ada', 'roses')
        self.run_octavo('add', '--user', 'Ben', '--title', 'Of Ben', 'roses')
        app = self.open('--user', 'Ben')
        self.wait_rows(app, 'Of Ben')
        app.stop()
        self.assertEqual([name for name, _ in self.shown('roses')], ['Of Ben', 'Create note: roses'])

    def test_it_goes_away_by_itself(self):
        self.shell.search('anything')
        pid = self.shell.pid()
        began = time.monotonic()
        while self.shell.pid() == pid:
            self.assertLess(time.monotonic() - began, 60 * PATIENCE)
            time.sleep(.2)
        self.assertGreater(time.monotonic() - began, 10)


main('shell')
