# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that cannot be opened: the window says what happened and what to do, and the file stays as it is."""
import os
import sqlite3
from contextlib import closing
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


class BadFiles(Journey):

    def refuses(self, words, env=None):
        """The window tells of the file in these words; gives the program, ended well."""
        before = Path(self.database).read_bytes() if os.path.isfile(self.database) else None
        app = self.open(ready=False, env=env)
        app.wait(lambda: words in app.visible_text(), 20, f'{words!r} on the screen')
        self.assertTrue(app.all('push button'), 'there is something to press')
        self.assertEqual(app.unlabelled(), [])
        self.end(app)
        if before is not None:
            self.assertEqual(Path(self.database).read_bytes(), before)
            self.assertFalse(os.path.exists(self.database + '-wal'))
        return app

    def test_not_a_database(self):
        Path(self.database).write_bytes(b'these are no notes\n' * 500)
        self.refuses(os.path.basename(self.database))

    def test_a_damaged_file(self):
        self.add('Precious', 'words ' * 5000)
        with closing(sqlite3.connect(self.database)) as file:
            file.execute('PRAGMA journal_mode=DELETE')
        data = bytearray(Path(self.database).read_bytes())
        data[100:4096] = b'\xff' * 3996
        Path(self.database).write_bytes(data)
        self.refuses(os.path.basename(self.database))

    def test_a_newer_version(self):
        self.add('From tomorrow', 'text')
        with closing(sqlite3.connect(self.database)) as file:
            file.execute('PRAGMA journal_mode=DELETE')
            file.execute('PRAGMA user_version=999')
        self.refuses('newer')

    def test_a_folder_in_its_place(self):
        os.mkdir(self.database)
        self.refuses(os.path.basename(self.database))

    def test_a_folder_that_cannot_be_made(self):
        Path(f'{self.desktop.dir}/file').write_text('in the way')
        self.database = f'{self.desktop.dir}/file/below/notes.db'
        self.env['OCTAVO_DATABASE'] = self.database
        self.refuses('notes.db')
        self.assertEqual(Path(f'{self.desktop.dir}/file').read_text(), 'in the way')


main('bad-files')
