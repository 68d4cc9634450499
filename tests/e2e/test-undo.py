# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done by mistake is undone: from the toast, by key, and from the list of recent changes."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

NOTES = "SELECT group_concat (title, ' ') FROM (SELECT title FROM note WHERE trashed = 0 ORDER BY title)"


class Undo(Journey):

    def changes(self, app):
        """Open the list of what was done."""
        app.key('ctrl+alt+z')
        app.wait_for('frame', '^Recent Changes$')

    def open_trash(self, app):
        self.go(app, 'Trash$')

    def delete_for_ever(self, app, title):
        self.choose(app, title)
        app.key('shift+Delete')
        app.wait(lambda: 'can be brought back for a day' in app.visible_text(), 5, 'how long it can be brought back')
        app.click(app.wait_for('push button', '^_?Delete for Ever$'))

    def test_deleted_for_ever_comes_back(self):
        for title in ('One', 'Two'):
            self.add(title, f'text of {title}', 'work')
        self.run_octavo('trash', '1', '2')
        app = self.open()
        self.open_trash(app)
        self.wait_rows(app, 'Two', 'One')
        before = self.ask('SELECT * FROM note ORDER BY id')
        self.delete_for_ever(app, 'Two')
        self.wait_rows(app, 'One')
        self.until_stored(app, 'SELECT count (*) FROM note', 1)
        app.click(app.wait_for('push button', '^Undo$'))
        self.wait_rows(app, 'Two', 'One')
        self.delete_for_ever(app, 'One')
        self.wait_rows(app, 'Two')
        app.key('ctrl+z')
        self.wait_rows(app, 'Two', 'One')
        self.assertEqual(self.ask('SELECT * FROM note ORDER BY id'), before)
        self.end(app)

    def test_recent_changes_by_keyboard(self):
        ids = [self.add(title, f'text of {title}') for title in ('One', 'Two')]
        self.run_octavo('trash', '--', str(ids[0]))
        self.run_octavo('delete', '--', str(ids[1]))
        app = self.open()
        self.wait_rows(app)
        self.changes(app)
        rows = app.wait_for('list', '^Recent changes$')
        app.wait_for('list item', '^1 note deleted$', under=rows)
        self.assertEqual([row.name for row in app.all('list item', under=rows)],
                         ['1 note deleted', '1 note moved to the trash'])
        self.assertEqual(app.unlabelled(), [])
        app.wait(lambda: app.focused() and app.focused().name == '1 note deleted', 5, 'the focus on the newest')
        app.key('Return')
        self.until_stored(app, NOTES, 'Two')
        app.wait(lambda: 'undone' in (app.wait_for('list item', '^1 note deleted$', under=rows).description or ''), 5,
                 'that it is undone')
        app.click(app.wait_for('push button', '^Undo: 1 note moved to the trash$'))
        self.until_stored(app, NOTES, 'One Two')
        app.key('Escape')
        app.wait_gone('frame', '^Recent Changes$')
        self.wait_rows(app, 'Two', 'One')
        self.end(app)

    def test_says_why_it_cannot_be(self):
        id = str(self.add('One', 'text'))
        self.run_octavo('trash', id)
        self.run_octavo('delete', id)
        app = self.open()
        self.changes(app)
        app.click(app.wait_for('push button', '^Undo: 1 note moved to the trash$'))
        app.wait(lambda: 'Bring it back first' in app.visible_text(), 5, 'why it cannot be undone')
        app.key('Escape')
        app.wait(lambda: 'Bring it back first' not in app.visible_text(), 5, 'the word about it to go')
        app.click(app.wait_for('push button', '^Undo: 1 note deleted$'))
        app.wait_gone('push button', '^Undo: 1 note deleted$')
        app.click(app.wait_for('push button', '^Undo: 1 note moved to the trash$'))
        self.until_stored(app, NOTES, 'One')
        self.end(app)

    def test_import_is_taken_back(self):
        folder = Path(self.desktop.dir) / 'in'
        folder.mkdir()
        for name in 'abc':
            (folder / f'{name}.md').write_text(f'# {name}\n\ntext #tag\n')
        self.add('Mine', 'text')
        app = self.open()
        self.run_octavo('import', str(folder))
        app.wait(lambda: len(self.rows(app)) == 4, 5, 'the notes of the folder')
        self.execute("UPDATE note SET body = 'mine now' WHERE title = 'b'")
        self.assertEqual(self.run_octavo('undo-import'), 'removed 2, kept in the trash 1, left as they are 0\n')
        self.wait_rows(app, 'Mine')
        self.run_octavo('undo-import', code=1)
        self.assertEqual(self.ask('SELECT title FROM note WHERE trashed > 0'), [('b',)])
        self.changes(app)
        app.wait_for('list item', '^3 notes imported$')
        self.end(app)

    def test_notes_given_away_come_back(self):
        self.add('One', 'text')
        self.run_octavo('add', '--user', 'Ada', '--title', 'Hers', 'text')
        app = self.open()
        self.choose(app, 'One')
        app.key('ctrl+shift+p')
        self.focus(app, 'Command')
        app.type('give notes')
        app.wait(lambda: 'Give notes' in (app.focused().description or ''), 5, 'the command')
        app.key('Return')
        app.click(app.wait_for('push button', '^_?Give$'))
        self.until_stored(app, "SELECT user_id FROM note WHERE title = 'One'", 2)
        app.click(app.wait_for('push button', '^Undo$'))
        self.until_stored(app, "SELECT user_id FROM note WHERE title = 'One'", 1)
        self.end(app)


main('undo')
