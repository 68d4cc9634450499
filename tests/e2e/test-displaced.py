# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens to the file of notes while it is open: removed, moved, replaced, made read-only; and to the clock."""
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
import small_disk
from journey import Journey, main

DIALOG = '^The File of Notes Was Changed by Another Program$'
BODIES = "SELECT group_concat (body, '|') FROM (SELECT body FROM note ORDER BY id)"


class Displaced(Journey):

    def setUp(self):
        super().setUp()
        self.folder = Path(self.desktop.dir) / 'notes'
        self.folder.mkdir(0o700)
        self.database = self.env['OCTAVO_DATABASE'] = str(self.folder / 'notes.db')

    def typing(self, *bodies):
        """The window, with the first of some notes open, and the cursor at the end of its text."""
        for number, body in enumerate(bodies):
            self.add(f'Note {number}', body)
        app = self.open()
        self.choose(app, 'Note 0')
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+End')
        return app

    def told(self, app, text, shows=('list', '^Notes$')):
        """The window is back, and says what happened."""
        dialog = app.wait_for('dialog', DIALOG, timeout=20)
        app.wait_for(None, text, under=dialog)
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('push button', '^_?Close$', under=dialog))
        app.wait(lambda: len(app.toplevels()) == 1, 5, 'the dialog to close')
        app.wait_for(*shows)

    def whole(self):
        self.assertEqual(self.ask('PRAGMA integrity_check'), [('ok',)])

    def test_a_file_that_is_removed_is_written_again(self):
        app = self.typing('one', 'two')
        os.remove(self.database)
        app.type(' and more')
        self.told(app, 'It was written again, with everything that was in it')
        self.wait_text(app, 'one and more')
        self.until_stored(app, BODIES, 'one and more|two')
        self.whole()
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+End')
        app.type(' still')
        self.until_stored(app, BODIES, 'one and more still|two')
        self.end(app)

    def test_with_its_log_and_its_folder(self):
        app = self.typing('one', 'two')
        shutil.rmtree(self.folder)
        app.type(' and more')
        self.told(app, 'It was written again, with everything that was in it')
        self.until_stored(app, BODIES, 'one and more|two')
        self.whole()
        self.end(app)

    def test_a_file_that_is_moved_is_left_where_it_went(self):
        app = self.typing('one', 'two')
        os.rename(self.database, self.folder / 'elsewhere.db')
        app.type(' and more')
        self.told(app, 'It was written again, with everything that was in it')
        self.until_stored(app, BODIES, 'one and more|two')
        self.whole()
        self.end(app)
        self.assertTrue((self.folder / 'elsewhere.db').exists())

    def replace(self, sql):
        """As a program does that brings the file of another computer."""
        new = self.folder / 'new.db'
        with closing(sqlite3.connect(self.database)) as file, closing(sqlite3.connect(new)) as other:
            file.backup(other)
            other.execute('PRAGMA journal_mode = DELETE')
            other.executescript(sql)
        os.rename(new, self.database)

    def test_a_file_that_is_replaced_gets_what_was_typed(self):
        app = self.typing('one\n\nlast', 'two')
        self.replace("UPDATE note SET body = 'theirs' || substr (body, 4) WHERE id = 1; UPDATE note SET body = 'three' WHERE id = 2")
        app.type(' and more')
        self.told(app, 'what was in the old one is kept beside it')
        self.until_stored(app, BODIES, 'theirs\n\nlast and more|three')
        self.wait_text(app, 'theirs\n\nlast and more')
        self.whole()
        kept = [path for path in self.folder.glob('notes.db.replaced-*') if not path.name.endswith(('-wal', '-shm'))]
        self.assertEqual(len(kept), 1)
        self.assertEqual(os.stat(kept[0]).st_mode & 0o777, 0o600)
        with closing(sqlite3.connect(kept[0])) as file:
            self.assertEqual(file.execute(BODIES).fetchall(), [('one\n\nlast|two',)])
        self.end(app)

    def test_a_file_that_is_replaced_after_a_kill_does_not_get_the_log(self):
        app = self.typing('one', 'two')
        new = self.folder / 'new.db'
        with closing(sqlite3.connect(self.database)) as file, closing(sqlite3.connect(new)) as other:
            file.backup(other)
            other.execute('PRAGMA journal_mode = DELETE')
            other.executescript("UPDATE note SET body = 'theirs' WHERE id = 2")
        app.type(' and more')
        self.until_stored(app, BODIES, 'one and more|two')
        app.kill9()
        os.rename(new, self.database)
        app = self.open()
        self.told(app, 'and belongs to the old file')
        self.until_stored(app, BODIES, 'one|theirs')
        self.whole()
        self.assertEqual(len(list(self.folder.glob('notes.db.replaced-*-wal'))), 1)
        self.end(app)

    def test_nor_without_a_word_where_only_a_quick_note_is_open(self):
        app = self.typing('one')
        new = self.folder / 'new.db'
        with closing(sqlite3.connect(self.database)) as file, closing(sqlite3.connect(new)) as other:
            file.backup(other)
            other.execute('PRAGMA journal_mode = DELETE')
        app.type(' and more')
        self.until_stored(app, BODIES, 'one and more')
        app.kill9()
        os.rename(new, self.database)
        app = self.open('--new-note', ready=False)
        self.told(app, 'and belongs to the old file', ('text', '^Note title$'))
        self.focus(app, 'Note title')
        app.type('Thought')
        self.until_stored(app, 'SELECT title FROM note ORDER BY id DESC LIMIT 1', 'Thought')
        self.end(app)

    def test_and_a_note_where_it_has_none_or_another(self):
        app = self.typing('one', 'two')
        self.replace("DELETE FROM note WHERE id = 1; UPDATE note SET created = created - 1")
        app.type(' and more')
        self.told(app, 'what was in the old one is kept beside it')
        self.until_stored(app, BODIES, 'two|one and more')
        self.end(app)

    def test_nothing_is_written_to_what_is_no_file_of_notes(self):
        app = self.typing('one')
        other = self.folder / 'other'
        other.write_text('no file of notes')
        os.rename(other, self.database)
        app.type(' and more')
        app.wait_for('push button', '^Choose Another File…$', timeout=20)
        self.assertEqual(len(app.toplevels()), 1)
        self.assertEqual(Path(self.database).read_text(), 'no file of notes')
        kept = [path for path in self.folder.glob('notes.db.replaced-*')]
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ['notes.db', kept[0].name])
        os.rename(kept[0], self.database)
        app.click(app.wait_for('push button', '^Try Again$'))
        app.wait_for('list', '^Notes$', timeout=20)
        self.until_stored(app, BODIES, 'one and more')
        app.stop()
        self.assertEqual(app.complaints(), [])

    def test_read_only_it_is_written_as_long_as_it_is_open(self):
        app = self.typing('one')
        os.chmod(self.database, 0o444)
        app.type(' and more')
        self.until_stored(app, BODIES, 'one and more')
        self.end(app)

    def test_a_disk_to_be_read_only(self):
        """From the start, while it is open, and until it can be written to again."""
        disk = small_disk.make(self, 16 * 1024)
        self.database = self.env['OCTAVO_DATABASE'] = f'{disk}/notes.db'
        self.add('Note 0', 'one')
        small_disk.lock(disk)
        self.assertIn('Note 0', self.run_octavo('list'))
        self.run_octavo('add', 'more', code=1)
        app = self.open(ready=False)
        app.wait(lambda: 'cannot be written' in app.visible_text(), 20, 'a word about the disk')
        small_disk.unlock(disk)
        app.click(app.wait_for('push button', '^Try Again$'))
        app.wait_for('list', '^Notes$', timeout=20)
        self.choose(app, 'Note 0')
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+End')
        small_disk.lock(disk)
        app.type(' and more')
        self.wait_text(app, 'one and more')
        self.until_stored(app, BODIES, 'one and more', timeout=10)
        small_disk.unlock(disk)
        app.type(', still')
        self.until_stored(app, BODIES, 'one and more, still', timeout=10)
        self.whole()
        self.end(app)

    def test_a_clock_that_was_set_back(self):
        """To a time before all that is in the file."""
        self.add('Trashed', 'three')
        self.run_octavo('trash', '1')
        app = self.typing('one', 'two')
        self.end(app)
        self.execute('UPDATE note SET created = created + 4e13, updated = updated + 4e13, trashed = trashed + 4e13 * (trashed > 0)')
        self.execute('UPDATE undo_step SET done = done + 4e13')
        steps = self.ask('SELECT id, done FROM undo_step')
        app = self.open()
        self.choose(app, 'Note 0')
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+End')
        app.type(' and more')
        self.until_stored(app, BODIES, 'three|one and more|two')
        self.wait_rows(app, 'Note 1', 'Note 0')
        self.end(app)
        self.assertEqual(self.ask('SELECT id, done FROM undo_step'), steps)
        self.assertEqual(len(self.run_octavo('backup', '--list').splitlines()), 1)
        self.execute("UPDATE note SET body = body || '.'")
        self.whole()

    def test_another_time_zone(self):
        app = self.typing('one', 'two')
        app.type(' and more')
        self.until_stored(app, BODIES, 'one and more|two')
        self.end(app)
        before = self.ask('SELECT id, created, updated FROM note ORDER BY id')
        for zone in ('Pacific/Kiritimati', 'Pacific/Pago_Pago'):
            app = self.open(env={'TZ': zone})
            self.wait_rows(app, 'Note 0', 'Note 1')
            self.end(app)
            self.assertEqual(self.ask('SELECT id, created, updated FROM note ORDER BY id'), before)


main('displaced')
