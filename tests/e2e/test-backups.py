# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: made by themselves, looked through, and gone back to, one note or all; and said where none can be made."""
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

TEXT = "SELECT body FROM note WHERE title = 'One'"


class Backups(Journey):

    def setUp(self):
        super().setUp()
        self.folder = Path(self.database).parent / 'backups'

    def listed(self):
        return json.loads(self.run_octavo('backup', '--list', '--json'))

    def backed_up(self):
        """A note that says something else than in the only backup; the window, with its backups shown."""
        self.add('One', 'before', 'work')
        self.add('Two', 'other')
        self.run_octavo('backup', '--now')
        one = json.loads(self.run_octavo('search', '--json', 'before'))[0]['id']
        self.run_octavo('edit', str(one), '--body', 'after')
        app = self.open()
        self.choose(app, 'One')
        self.wait_text(app, 'after')
        self.show(app)
        return app

    def show(self, app):
        app.key('F10')
        app.click(app.wait_for('menu item', '^Backups…$'))
        app.wait_for('frame', '^Backups$')

    def look_through(self, app):
        """Opens the newest backup."""
        list_ = app.wait_for('list', '^Backups$')
        app.click(app.wait_for('list item', under=list_))
        app.wait_for('list', '^Notes in the backup$')

    def choose_in_backup(self, app, title, text):
        list_ = app.wait_for('list', '^Notes in the backup$')
        app.click(app.wait_for('list item', f'^{title}$', under=list_))
        app.wait(lambda: app.wait_for('text', '^Text in the backup$').text == text, 5, 'the text of the backup')

    def test_empty(self):
        self.add('One', 'text')
        app = self.open()
        self.show(app)
        app.wait_for(None, '^No Backups Yet$')
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('push button', '^_?Back Up Now$'))
        list_ = app.wait_for('list', '^Backups$')
        app.wait_for('list item', under=list_)
        self.assertEqual([backup['kind'] for backup in self.listed()], ['asked'])
        self.assertEqual(app.unlabelled(), [])
        self.end(app)

    def test_one_note_in_place_and_undone(self):
        app = self.backed_up()
        self.look_through(app)
        self.assertEqual(app.unlabelled(), [])
        self.choose_in_backup(app, 'One', 'before')
        app.click(app.wait_for('push button', '^_?Restore This Text$'))
        app.wait_gone('frame', '^Backups$')
        self.until_stored(app, TEXT + ' AND trashed = 0', 'before')
        self.wait_text(app, 'before')
        self.assertEqual(self.ask(TEXT + ' AND trashed > 0'), [('after',)])
        app.click(app.wait_for('push button', '^Undo$'))
        self.wait_text(app, 'after')
        self.assertEqual(self.ask(TEXT), [('after',)])
        self.end(app)

    def test_one_note_as_a_new_one(self):
        app = self.backed_up()
        self.look_through(app)
        entry = app.wait_for(('entry', 'text'), '^Search titles in the backup$')
        app.click(entry)
        app.type('on')
        list_ = app.wait_for('list', '^Notes in the backup$')
        app.wait(lambda: [row.name for row in app.all('list item', under=list_)] == ['One'], 5, 'one row')
        self.choose_in_backup(app, 'One', 'before')
        app.click(app.wait_for('push button', '^Restore as _?New Note$'))
        self.until_stored(app, 'SELECT count(*) FROM note', 3)
        self.wait_text(app, 'before')
        self.assertEqual(sorted(self.ask(TEXT)), [('after',), ('before',)])
        self.end(app)

    def test_all_notes_and_undone(self):
        app = self.backed_up()
        self.look_through(app)
        app.click(app.wait_for('push button', '^Restore _?All Notes…$'))
        app.wait_for('dialog', '^Go Back to ')
        app.click(app.wait_for('push button', '^_?Go Back$'))
        app.wait_gone('frame', '^Backups$')
        self.until_stored(app, TEXT, 'before')
        self.wait_text(app, 'before')
        self.assertEqual(sorted(backup['kind'] for backup in self.listed()), ['asked', 'restore'])
        app.click(app.wait_for('push button', '^Undo$'))
        self.until_stored(app, TEXT, 'after')
        self.wait_text(app, 'after')
        # a search finds what there is now
        app.key('ctrl+shift+f')
        app.type('after')
        self.wait_rows(app, 'One')
        self.end(app)

    def test_damaged_one_is_said(self):
        app = self.backed_up()
        path, = self.folder.iterdir()
        path.write_bytes(b'\xa5' * 8192)
        self.look_through(app)
        app.wait_for(None, 'is not a file of notes')
        app.key('Escape')  # back to the list
        app.wait_for('list', '^Backups$')
        app.key('Escape')
        app.wait_gone('frame', '^Backups$')
        self.wait_text(app, 'after')
        self.end(app)

    def test_made_while_the_program_ends(self):
        self.add('One', 'text')
        app = self.open()
        self.wait_rows(app, 'One')
        self.quit(app)
        self.assertEqual([(backup['kind'], backup['notes']) for backup in self.listed()], [('daily', 1)])
        app = self.open()
        self.wait_rows(app, 'One')
        self.quit(app)
        self.assertEqual(len(self.listed()), 1)

    def test_no_place_is_said_above_the_list(self):
        self.add('One', 'text')
        self.folder.write_text('in the way')
        app = self.open()
        app.wait_for(None, 'folder for backups', timeout=40)
        self.assertEqual(app.unlabelled(), [])
        os.unlink(self.folder)
        app.click(app.wait_for('push button', '^_?Backups$'))
        app.wait_for('frame', '^Backups$')
        app.click(app.wait_for('push button', '^_?Back Up Now$'))
        list_ = app.wait_for('list', '^Backups$')
        app.wait_for('list item', under=list_)
        self.end(app)


main('backups')
