# SPDX-License-Identifier: GPL-3.0-or-later
"""The menus of rows and of the text, by the other mouse button and by key."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

MENU = 'menu item', 'check menu item', 'radio menu item'


class Menus(Journey):

    def row(self, app, title, list_='Notes'):
        return app.wait_for('list item', f'^{title}$', under=app.wait_for('list', f'^{list_}$'))

    def items(self, app):
        app.wait_for(MENU)
        return [item.name for item in app.all(MENU)]

    def escape(self, app, role, name):
        """The menu closes, and the focus is where it was."""
        app.key('Escape')
        app.wait_gone(MENU)
        self.focus(app, name)
        self.assertEqual(app.focused().role, role)

    def test_a_row_by_mouse(self):
        for title in ('Three', 'Two', 'One'):
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, 'One', 'Two', 'Three')
        self.wait_calm(app)
        app.click(self.row(app, 'Two'), button=3)
        self.assertEqual(self.items(app), ['Rename', 'Edit Tags', 'Pin', 'Reading View', 'Open in a New Window', 'Copy Text',
                          'Export…', 'Export as PDF…', 'Print…', 'Select All', 'Move to Trash'])
        self.assertEqual(app.unlabelled(), [])
        self.wait_text(app, 'Two', 'Note title')
        self.escape(app, 'list item', 'Two')

        app.click(self.row(app, 'Two'), button=3)
        app.click(app.wait_for(MENU, '^Pin$'))
        self.until_stored(app, 'SELECT title, pinned FROM note', 'Two', 1)
        self.wait_rows(app, 'Two', 'One', 'Three')
        app.click(self.row(app, 'Three'), button=3)
        app.click(app.wait_for(MENU, '^Move to Trash$'))
        self.wait_rows(app, 'Two', 'One')
        self.until_stored(app, 'SELECT title, trashed > 0 FROM note', 'Three', 1)
        self.end(app)

    def test_a_row_by_key(self):
        self.add('Two', 'text of Two')
        self.add('One', 'text of One')
        app = self.open()
        self.wait_rows(app, 'One', 'Two')
        app.key('ctrl+shift+f', 'Down', 'Down')
        self.focus(app, 'Two')
        for key in ('shift+F10', 'Menu'):
            app.key(key)
            self.assertIn('Rename', self.items(app))
            self.escape(app, 'list item', 'Two')
        app.key('shift+F10')
        self.assertIn('Rename', self.items(app))
        app.key('Return')
        self.focus(app, 'Note title')
        self.wait_text(app, 'Two', 'Note title')
        self.end(app)

    def test_a_row_of_the_trash(self):
        for title in ('Gone', 'Back'):
            self.run_octavo('trash', str(self.add(title, 'old')))
        app = self.open()
        self.go(app, 'Trash')
        app.wait(lambda: set(self.rows(app)) == {'Gone', 'Back'}, 5, 'the trash')
        app.click(self.row(app, 'Back'), button=3)
        self.assertEqual(self.items(app)[-2:], ['Restore', 'Delete for Ever…'])
        app.click(app.wait_for(MENU, '^Restore$'))
        self.wait_rows(app, 'Gone')
        app.click(self.row(app, 'Gone'), button=3)
        app.click(app.wait_for(MENU, '^Delete for Ever'))
        app.wait(lambda: '“Gone” can be brought back for a day' in app.visible_text(), 5, 'what will be deleted')
        app.click(app.wait_for('push button', '^_?Delete for Ever$'))
        self.wait_rows(app)
        self.until_stored(app, 'SELECT count(*), max(title) FROM note', 1, 'Back')
        self.end(app)

    def test_text_is_copied_as_it_is_typed(self):
        self.add('One', 'first')
        app = self.open()
        self.enter(app, 'One', 'ctrl+End')
        app.type(' and more')
        self.wait_text(app, 'first and more')
        app.click(self.row(app, 'One'), button=3)
        app.click(app.wait_for(MENU, '^Copy Text$'))
        app.wait_for(None, '^Text copied$')
        app.key('ctrl+n')
        self.focus(app, 'Note title')
        app.key('Return')
        self.focus(app, 'Note text')
        app.key('ctrl+v')
        self.wait_text(app, 'first and more')
        self.end(app)

    def test_a_tag(self):
        self.add('Tagged', 'text', 'work')
        self.add('Untagged', 'text')
        app = self.open()
        self.wait_rows(app, 'Untagged', 'Tagged')
        tag = app.wait_for('list item', '^work', under=app.wait_for('list', '^Sidebar$'))
        app.click(tag, button=3)
        self.assertEqual(self.items(app), ['New Note Here', 'Search Here', 'Export These Notes…', 'Rename…', 'Colour', 'Delete Tag'])
        self.wait_rows(app, 'Tagged')
        self.escape(app, 'list item', 'work')
        app.key('shift+F10')
        app.click(app.wait_for(MENU, '^New Note Here$'))
        self.focus(app, 'Note title')
        app.type('At work')
        self.until_stored(app, 'SELECT title, tag.name FROM note JOIN note_tag ON note_id = note.id JOIN tag ON tag.id = tag_id',
                          'At work', 'work')
        self.end(app)

    def test_the_text(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        app.click(app.wait_for('text', '^Note text$'))
        self.focus(app, 'Note text')
        app.key('shift+F10')
        items = self.items(app)
        self.assertLess({'Cut', 'Paste', 'Edit Tags', 'Pin', 'Move to Trash'}, set(items))
        self.escape(app, 'text', 'Note text')
        app.click(app.wait_for('text', '^Note text$'), button=3)
        app.click(app.wait_for(MENU, '^Edit Tags$'))
        self.focus(app, 'Tags of the note')
        self.end(app)


main('menus')
