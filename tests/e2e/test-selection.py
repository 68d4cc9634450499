# SPDX-License-Identifier: GPL-3.0-or-later
"""Several notes at once: selected by keys and by mouse, and what is done to them."""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


class Selection(Journey):

    def open_with(self, *titles):
        for title in reversed(titles):
            self.add(title, f'text of {title}', *(['old'] if title == titles[0] else []))
        app = self.open()
        self.wait_rows(app, *titles)
        self.choose(app, titles[0])
        return app

    def selected(self, app):
        list_ = app.wait_for('list', '^Notes$')
        return [row.name for row in app.all('list item', under=list_) if 'selected' in row.states]

    def wait_selected(self, app, *titles):
        app.wait(lambda: self.selected(app) == list(titles), 5, f'{titles} to be selected, not {self.selected(app)}')

    def row(self, app, title):
        return app.wait_for('list item', f'^{title}$', under=app.wait_for('list', '^Notes$'))

    def click_with(self, app, key, title):
        app.screen.hold(key, True)
        app.click(self.row(app, title))
        app.screen.hold(key, False)

    def wait_page(self, app, n):
        app.wait(lambda: f'{n} notes selected' in app.visible_text(), 5, f'the page of {n} notes')

    def tagged(self, tag):
        return [title for title, in self.ask(
            'SELECT title FROM note JOIN note_tag ON note_id = note.id JOIN tag ON tag_id = tag.id WHERE tag.name = ? '
            'ORDER BY title', tag)]

    def test_by_keyboard(self):
        app = self.open_with('A', 'B', 'C', 'D', 'E')
        app.key('shift+Down', 'shift+Down')
        self.wait_selected(app, 'A', 'B', 'C')
        self.focus(app, 'C')
        self.wait_page(app, 3)
        self.assertEqual(app.unlabelled(), [])
        app.key('shift+Up')
        self.wait_selected(app, 'A', 'B')
        app.key('ctrl+Down', 'ctrl+Down', 'ctrl+space')
        self.wait_selected(app, 'A', 'B', 'D')
        app.key('ctrl+a')
        self.wait_selected(app, 'A', 'B', 'C', 'D', 'E')
        self.wait_page(app, 5)
        app.key('Escape')
        self.wait_selected(app, 'A')
        self.focus(app, 'A')
        self.wait_text(app, 'A', 'Note title')
        app.key('Down')
        self.wait_selected(app, 'B')
        self.wait_text(app, 'text of B')
        self.end(app)

    def test_by_mouse(self):
        app = self.open_with('A', 'B', 'C', 'D', 'E')
        self.click_with(app, 'ctrl', 'C')
        self.wait_selected(app, 'A', 'C')
        self.click_with(app, 'shift', 'E')
        self.wait_selected(app, 'C', 'D', 'E')
        self.click_with(app, 'ctrl', 'D')
        self.wait_selected(app, 'C', 'E')
        self.wait_page(app, 2)
        app.click(self.row(app, 'B'))
        self.wait_selected(app, 'B')
        self.wait_text(app, 'text of B')
        self.end(app)

    def test_trash_and_undo(self):
        app = self.open_with('A', 'B', 'C', 'D')
        app.key('shift+Down', 'Delete')
        self.wait_rows(app, 'C', 'D')
        self.wait_text(app, 'C', 'Note title')
        app.wait(lambda: '2 notes moved to the trash' in app.visible_text(), 5, 'the toast')
        app.click(app.wait_for('push button', '^Undo$'))
        self.wait_rows(app, 'A', 'B', 'C', 'D')
        self.wait_text(app, 'A', 'Note title')

        app.key('ctrl+a')
        app.click(app.wait_for('push button', '^Move to Trash$'))
        self.wait_rows(app)
        self.go(app, 'Trash')
        self.wait_rows(app, 'A', 'B', 'C', 'D')
        app.click(self.row(app, 'A'))
        self.focus(app, 'A')
        app.key('shift+Down', 'shift+Delete')
        app.wait(lambda: '2 notes can be brought back for a day' in app.visible_text(), 5, 'the question')
        app.key('Escape')
        self.wait_rows(app, 'A', 'B', 'C', 'D')
        self.focus(app, 'B')
        app.key('shift+Delete')
        app.wait(lambda: '2 notes can be brought back for a day' in app.visible_text(), 5, 'the question')
        app.click(app.wait_for('push button', '^Delete for Ever$'))
        self.wait_rows(app, 'C', 'D')
        app.click(self.row(app, 'C'))
        self.focus(app, 'C')
        app.key('ctrl+a')
        self.wait_selected(app, 'C', 'D')
        app.click(app.wait_for('push button', '^Restore$'))
        self.wait_rows(app)
        self.until_stored(app, 'SELECT count(*) FROM note WHERE trashed = 0', 2)
        self.end(app)

    def test_tags(self):
        app = self.open_with('A', 'B', 'C')
        app.key('ctrl+a', 'ctrl+t')
        self.focus(app, 'Tags of the selected notes')
        app.wait(lambda: 'on 1 of 3' in app.visible_text(), 5, 'how many have the tag')
        app.type('ol')
        app.key('Return')
        app.wait(lambda: self.tagged('old') == ['A', 'B', 'C'], 5, 'the tag on all')
        self.wait_selected(app, 'A', 'B', 'C')
        app.wait(lambda: '“old” added to 3 notes' in app.visible_text(), 5, 'the toast')
        app.wait(lambda: (app.focused() or app.root).role == 'list item', 5, 'the focus in the list')
        app.key('ctrl+z')
        app.wait(lambda: self.tagged('old') == ['A'], 5, 'the tag on the first alone')
        app.key('ctrl+t')
        self.focus(app, 'Tags of the selected notes')
        app.type('new')
        app.wait(lambda: 'Add the new tag “new”' in app.visible_text(), 5, 'the new tag')
        app.key('Return')
        app.wait(lambda: self.tagged('new') == ['A', 'B', 'C'], 5, 'the new tag on all')
        app.wait(lambda: (app.focused() or app.root).role == 'list item', 5, 'the focus in the list')
        app.key('ctrl+t')
        self.focus(app, 'Tags of the selected notes')
        app.type('new')
        app.wait(lambda: 'Remove “new”' in app.visible_text(), 5, 'the tag to remove')
        app.key('Return')
        app.wait(lambda: self.tagged('new') == [], 5, 'the new tag off all')
        self.end(app)

    def test_pin_and_merge(self):
        app = self.open_with('A', 'B', 'C')
        self.choose(app, 'B')
        app.key('shift+Down', 'ctrl+d')
        self.wait_rows(app, 'B', 'C', 'A')
        self.wait_selected(app, 'B', 'C')
        app.click(self.row(app, 'C'), button=3)
        app.click(app.wait_for('menu item', '^Merge Into One Note$', states=('focusable',)))
        self.wait_rows(app, 'B', 'A')
        self.wait_text(app, 'text of B\n\n## C\n\ntext of C')
        app.wait(lambda: '2 notes merged into one' in app.visible_text(), 5, 'the toast')
        app.click(app.wait_for('push button', '^Undo$'))
        self.wait_rows(app, 'B', 'C', 'A')
        self.wait_text(app, 'text of B')
        self.end(app)

    def test_export(self):
        self.ignore_leaks()
        folder = f'{self.desktop.dir}/out'
        os.mkdir(folder)
        app = self.open_with('A', 'B', 'C')
        app.key('shift+Down')
        app.click(app.wait_for('push button', '^Export…$'))
        self.choose_path(app, folder)
        app.wait(lambda: sorted(p.name for p in Path(folder).rglob('*.md')) == ['A.md', 'B.md'], 5, 'the two files')
        app.wait(lambda: '2 notes exported' in app.visible_text(), 5, 'the toast')
        self.end(app)

    def test_the_menu_is_about_what_it_was_opened_on(self):
        app = self.open_with('A', 'B', 'C')
        app.key('shift+Down')
        app.click(self.row(app, 'C'), button=3)
        self.wait_selected(app, 'C')
        app.wait_for('menu item', '^Rename$')
        app.key('Escape')
        self.focus(app, 'C')
        app.key('shift+Up', 'shift+F10')
        app.wait_for('menu item', '^Merge Into One Note$')
        app.key('Escape')
        self.focus(app, 'B')
        self.wait_selected(app, 'B', 'C')
        self.end(app)


main('selection')
