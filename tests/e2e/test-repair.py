# SPDX-License-Identifier: GPL-3.0-or-later
"""A damaged file is told of, and repaired from the window: at the start, and while it is open."""
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

PAGE = 4096


class Repair(Journey):

    def zero(self, page):
        """Makes a page of the file zeros, from 1."""
        with open(self.database, 'r+b') as file:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))

    def root(self, name):
        return self.ask(f"SELECT rootpage FROM sqlite_schema WHERE name = '{name}'")[0][0]

    def rest(self):
        """Everything is in the file itself."""
        with closing(sqlite3.connect(self.database)) as file:
            file.execute('PRAGMA journal_mode=DELETE')

    def repaired(self, app, *told):
        app.wait_for('push button', '^_?Open the Notes$', timeout=20)
        self.assertEqual(app.unlabelled(), [])
        self.assertIn('The File Was Repaired', app.visible_text())
        for words in told:
            self.assertIn(words, app.visible_text())
        kept = [name for name in os.listdir(os.path.dirname(self.database)) if '.damaged-' in name]
        self.assertTrue(kept)
        app.click(app.wait_for('push button', '^_?Open the Notes$'))

    def test_at_the_start(self):
        self.add('One', 'text')
        self.add('Two', 'more')
        self.rest()
        self.zero(1)
        app = self.open(ready=False)
        app.wait(lambda: 'Damaged' in app.visible_text(), 20, 'a word about the damage')
        self.assertEqual(app.unlabelled(), [])
        self.assertEqual(app.all('push button', '^_?Go Back to a Backup…$'), [])
        app.click(app.wait_for('push button', '^_?Repair$'))
        self.repaired(app)
        self.wait_rows(app, 'Two', 'One')
        self.end(app)

    def test_a_backup_instead(self):
        self.add('One', 'text')
        self.run_octavo('backup', '--now')
        self.rest()
        self.zero(1)
        app = self.open(ready=False)
        app.click(app.wait_for('push button', '^_?Go Back to a Backup…$', timeout=20))
        app.click(app.wait_for('push button', '^_?Go Back$'))
        app.wait(lambda: 'The Backup Was Restored' in app.visible_text(), 20, 'the backup to be back')
        app.click(app.wait_for('push button', '^_?Open the Notes$'))
        self.wait_rows(app, 'One')
        self.end(app)

    def test_while_it_is_open(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        self.wait_text(app, 'text')
        page = self.root('note')
        self.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        self.zero(page)
        self.execute("INSERT INTO saved_search (name, folded, query, position) VALUES ('a', 'a', 'a', 1)")
        app.wait_for(None, '^The file of your notes is damaged', timeout=20)
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('push button', '^_?Repair$'))
        self.repaired(app, '“One” (note 1) is lost.', '1 note is lost.')
        app.wait_for(None, '^No Notes Yet$', timeout=20)
        self.end(app)


main('repair')
