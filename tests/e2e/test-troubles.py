# SPDX-License-Identifier: GPL-3.0-or-later
"""What is typed is kept, and said to be unsaved, where it cannot be written; and nothing a person types is too much."""
import os
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
import small_disk
from drive import Gone, Timeout
from gi.repository import GLib
from journey import PATIENCE, Journey, main

FAIL = "CREATE TRIGGER fail BEFORE UPDATE ON note BEGIN SELECT RAISE (ABORT, 'no'); END"


class Troubles(Journey):

    def unsaved(self):
        """The window, with a note that was typed into and cannot be saved."""
        self.add('One', 'text')
        self.execute(FAIL)
        app = self.open()
        self.enter(app, 'One', 'ctrl+End')
        app.type(' and more')
        self.wait_text(app, 'text and more')
        app.wait_for(None, '^Not saved yet')
        self.assertEqual(app.unlabelled(), [])
        return app

    def try_again(self, app):
        """Asks for another try at saving, which the application itself may be the first to make."""
        for button in app.all('push button', '^_?Try Again$'):
            try:
                app.click(button)
            except (Gone, Timeout, GLib.Error):
                pass
        app.wait_gone(None, '^Not saved yet', timeout=20)

    def ask_to_close(self, app):
        app.key('ctrl+w')
        dialog = app.wait_for('dialog', '^The Note Could Not Be Saved$')
        self.assertEqual(app.unlabelled(), [])
        return dialog

    def kept(self):
        """What is kept of it in a file of its own."""
        files = list(Path(self.desktop.env['XDG_STATE_HOME']).glob('octavo/*.unsaved'))
        return files[0].read_text() if files else ''

    def comes_back(self):
        """What could not be saved is in the note once that works, and the person is told."""
        self.assertEqual(self.ask('SELECT body FROM note'), [('text',)])
        self.execute('DROP TRIGGER IF EXISTS fail')
        app = self.open()
        app.wait_for(None, '^1 note that could not be saved last time is saved now$')
        self.assertEqual(self.ask('SELECT body FROM note'), [('text and more',)])
        self.assertEqual(self.kept(), '')
        self.choose(app, 'One')
        self.wait_text(app, 'text and more')
        self.end(app)

    def test_a_kill_loses_nothing_that_could_not_be_saved(self):
        app = self.unsaved()
        app.wait(lambda: 'text and more' in self.kept(), 5, 'the text in a file of its own')
        app.kill9()
        self.comes_back()

    def test_nor_does_the_end_of_the_session(self):
        for signal in (15, 1):
            with self.subTest(signal=signal):
                if signal == 1:
                    self.execute('DELETE FROM note')
                app = self.unsaved()
                app.proc.send_signal(signal)
                app.proc.wait(10 * PATIENCE)
                self.end(app)
                self.assertIn('octavo: ', app.err)
                self.comes_back()

    def test_a_file_that_another_program_keeps_locked(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        with closing(sqlite3.connect(self.database)) as file:
            file.execute('BEGIN IMMEDIATE')
            app.click(app.wait_for('text', '^Note text$'))
            app.key('ctrl+End')
            began = time.monotonic()
            app.type(' and more')
            app.wait(lambda: 'text and more' in self.kept(), 5, 'the text in a file of its own')
            self.assertLess(time.monotonic() - began, 2 * PATIENCE)
            app.wait_for(None, '^Not saved yet. .* is being written to', timeout=15)
            app.kill9()
            file.rollback()
        self.comes_back()

    def test_a_file_that_a_newer_octavo_has_changed(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        app.click(app.wait_for('text', '^Note text$'))
        version = self.ask('PRAGMA user_version')[0][0]
        self.execute('PRAGMA user_version = 99')
        app.key('ctrl+End')
        app.type(' and more')
        app.wait_for(None, '^Not saved yet. .* was written by a newer version of Octavo')
        app.wait(lambda: 'text and more' in self.kept(), 5, 'the text in a file of its own')
        app.kill9()
        self.assertEqual(self.ask('SELECT body FROM note'), [('text',)])
        self.execute(f'PRAGMA user_version = {version}')
        self.comes_back()

    def test_kept_open_it_is_saved_once_it_can_be(self):
        app = self.unsaved()
        self.ask_to_close(app)
        app.click(app.wait_for('push button', '^_?Keep Open$'))
        app.wait(lambda: len(app.toplevels()) == 1, 5, 'the dialog to close')
        self.wait_text(app, 'text and more')
        app.wait_for('push button', '^_?Try Again$')
        self.execute('DROP TRIGGER fail')
        self.try_again(app)
        self.until_stored(app, 'SELECT body FROM note', 'text and more')
        self.end(app)

    def test_escape_keeps_it_open(self):
        app = self.unsaved()
        self.ask_to_close(app)
        app.key('Escape')
        self.focus(app, 'Note text')
        app.type(' still')
        self.wait_text(app, 'text and more still')
        self.execute('DROP TRIGGER fail')
        self.quit(app)
        self.assertEqual(self.ask('SELECT body FROM note'), [('text and more still',)])

    def test_a_copy_is_saved(self):
        self.ignore_leaks()
        app = self.unsaved()
        dialog = self.ask_to_close(app)
        app.click(app.wait_for('push button', '^_?Save a Copy…$', under=dialog))
        chooser = self.chooser(app)
        copy = Path(self.desktop.dir) / 'a copy.md'
        app.wait(lambda: 'One.md' in [entry.text for entry in app.all('text', under=chooser, states='focused')], 5,
                 'the name of the copy')
        app.key('ctrl+a')
        app.type(str(copy))
        app.key('Return')
        app.wait(copy.exists, 5, 'the copy')
        app.wait(lambda: copy.read_text() == '# One\n\ntext and more\n', 5, 'what was typed in the copy')
        self.wait_text(app, 'text and more')
        self.execute('DROP TRIGGER fail')
        self.end(app)

    def test_closed_anyway(self):
        app = self.unsaved()
        self.ask_to_close(app)
        app.click(app.wait_for('push button', '^_?Close Anyway$'))
        app.proc.wait(10 * PATIENCE)
        self.end(app)
        self.comes_back()

    def test_a_full_disk_while_typing(self):
        disk = small_disk.make(self, 8 * 1024)
        self.database = self.env['OCTAVO_DATABASE'] = f'{disk}/notes.db'
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        in_the_way = small_disk.fill(disk)
        text = 'text' + '\nmore than there is room for' * 20_000
        app.wait_for('text', '^Note text$').insert(text[4:])
        app.wait_for(None, '^Not saved yet. There is no room left', timeout=20)
        self.assertEqual(self.text(app), text)
        self.assertEqual(self.ask('SELECT body FROM note'), [('text',)])
        app.wait_for('push button', '^_?Try Again$')
        os.remove(in_the_way)
        self.try_again(app)
        self.assertEqual(self.ask('SELECT body FROM note'), [(text,)])
        self.end(app)

    def test_a_disk_that_is_full_from_the_start(self):
        disk = small_disk.make(self, 256)
        self.database = self.env['OCTAVO_DATABASE'] = f'{disk}/notes.db'
        small_disk.fill(disk)
        app = self.open(ready=False)
        app.wait(lambda: 'no room left' in app.visible_text(), 20, 'a word about the disk')
        app.wait_for('push button', '^Try Again$')
        self.end(app)

    def test_a_huge_note_opens(self):
        huge = Path(self.desktop.dir) / 'huge.md'
        huge.write_text('a line of a text that has no end\n' * 1_500_000)
        line = Path(self.desktop.dir) / 'line.md'
        line.write_text('a sentence without an end ' * 200_000)
        self.run_octavo('import', str(huge), str(line))
        self.add('Small', 'text')
        app = self.open()
        for title in ('huge', 'Small', 'line', 'Small'):
            self.choose(app, title)
            if title == 'Small':
                self.wait_text(app, 'text')
                continue
            app.wait_for(None, 'too large to be shown whole', timeout=20)
            app.click(app.wait_for('text', '^Note text$'))
            app.type('x')
            app.calm()
        self.end(app, timeout=20)  # half a second, but a hundred times that under the sanitizers
        self.assertEqual([size for size, in self.ask('SELECT length (body) FROM note ORDER BY length (body)')],
                         [4, len(line.read_text()), len(huge.read_text())])

    def test_more_than_can_be_edited_is_refused(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        text = app.wait_for('text', '^Note text$')
        text.insert('y' * 5_000_000)
        app.wait_for(None, '^That was too much for one note')
        self.assertEqual(app.unlabelled(), [])
        app.click(text)
        app.key('ctrl+End')
        app.type(' still')
        self.wait_text(app, 'text still')
        app.key('ctrl+z')
        self.wait_text(app, 'text')
        app.click(app.wait_for('push button', '^Close$', under=app.wait_for(None, '^OctavoNoteBanners$')))
        app.wait_gone(None, '^That was too much for one note')
        self.end(app)

    def test_tags_of_every_kind(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        app.key('ctrl+t')
        self.focus(app, 'Tags of the note')
        entry = app.focused()
        entry.set_text('x' * 10_000)
        app.key('Return')
        app.wait(lambda: '100' in app.visible_text(), 5, 'how long a tag may be')
        app.key('ctrl+a')
        app.type('a, b')
        app.key('Return')
        tags = 'SELECT group_concat(name) FROM (SELECT name FROM tag JOIN note_tag ON tag_id = id ORDER BY name)'
        self.until_stored(app, tags, 'a,b')
        app.type('/work//plans/')
        app.key('Return')
        self.until_stored(app, tags, 'a,b,work/plans')
        self.assertEqual(app.unlabelled(), [])
        self.end(app)

    def test_a_query_of_10000_characters(self):
        self.add('One', 'text')
        app = self.open()
        self.wait_rows(app, 'One')
        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        entry = app.focused()
        for query in ('x' * 10_000, 'a ' * 5_000, '(' * 9_999 + 'b'):
            entry.set_text(query)
            self.wait_rows(app)
            app.wait_for(None, '^Nothing Found$')
        app.key('Escape')
        self.wait_rows(app, 'One')
        self.end(app)


main('troubles')
