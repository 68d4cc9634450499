# SPDX-License-Identifier: GPL-3.0-or-later
"""A day with Octavo by keyboard alone."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


class Keyboard(Journey):

    def test_write_tag_search_edit_pin_trash_undo_and_find_all_again(self):
        app = self.open()
        self.write(app, 'Shopping', 'milk and eggs')
        app.key('ctrl+t')
        self.focus(app, 'Tags of the note')
        app.type('home')
        app.key('Return')
        self.until_stored(app, 'SELECT title, tag.name FROM note JOIN note_tag ON note_id = note.id JOIN tag ON tag.id = tag_id',
                          'Shopping', 'home')
        self.write(app, 'Travel', 'tickets')
        self.wait_rows(app, 'Travel', 'Shopping')

        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        app.type('egg')
        self.wait_rows(app, 'Shopping')
        app.key('Down', 'Return')
        self.focus(app, 'Note text')
        self.wait_text(app, 'Shopping', 'Note title')
        app.key('ctrl+End')
        app.type(' and tea')
        self.wait_text(app, 'milk and eggs and tea')
        app.key('ctrl+d')
        self.until_stored(app, 'SELECT title, pinned, body FROM note', 'Shopping', 1, 'milk and eggs and tea')

        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        app.key('Escape')
        self.wait_rows(app, 'Shopping', 'Travel')
        app.key('ctrl+shift+f', 'Down', 'Delete')
        undo = app.wait_for('push button', '^Undo$')
        self.wait_rows(app, 'Travel')
        self.until_stored(app, 'SELECT title, trashed > 0 FROM note', 'Shopping', 1)
        undo.act()
        self.wait_rows(app, 'Shopping', 'Travel')
        self.until_stored(app, 'SELECT title, trashed FROM note', 'Shopping', 0)
        self.quit(app)

        app = self.open()
        self.wait_rows(app, 'Shopping', 'Travel')
        self.choose(app, 'Shopping')
        self.wait_text(app, 'milk and eggs and tea')
        app.wait_for(None, '^home', timeout=5)
        self.assertEqual([(n['title'], n['pinned'], n['tags']) for n in self.notes().values()],
                         [('Shopping', True, ['home']), ('Travel', False, [])])
        self.end(app)

    def test_escape_leaves_search_and_empties_it(self):
        self.add('Bread', 'flour')
        self.add('Soup', 'leeks')
        app = self.open()
        self.wait_rows(app, 'Soup', 'Bread')
        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        app.type('leek')
        self.wait_rows(app, 'Soup')
        app.key('Escape')
        self.wait_rows(app, 'Soup', 'Bread')
        self.wait_text(app, '', 'Search notes')
        self.end(app)

    def test_typing_in_the_list_searches(self):
        self.add('Bread', 'flour')
        self.add('Soup', 'leeks')
        app = self.open()
        self.wait_rows(app, 'Soup', 'Bread')
        self.choose(app, 'Soup')
        app.click(app.wait_for('list item', '^Soup$', under=app.wait_for('list', '^Notes$')))
        self.focus(app, 'Soup')
        app.type('flour')
        self.wait_rows(app, 'Bread')
        self.focus(app, 'Search notes')
        self.wait_text(app, 'flour', 'Search notes')
        app.key('Escape')
        self.wait_rows(app, 'Soup', 'Bread')
        self.focus(app, 'Soup')
        self.end(app)

    def test_a_row_keeps_the_focus_while_others_write(self):
        for i in range(40):
            self.add(f'Note {i:02}', 'text')
        app = self.open()
        app.wait(lambda: self.rows(app)[:1] == ['Note 39'], 5, 'the rows')
        app.click(app.wait_for('list item', '^Note 37$', under=app.wait_for('list', '^Notes$')))
        app.key('Down')
        self.focus(app, 'Note 36')
        self.add('Another', 'from elsewhere')
        app.wait(lambda: self.rows(app)[0] == 'Another', 5, 'the note from elsewhere')
        self.focus(app, 'Note 36')
        app.key('Down')
        self.focus(app, 'Note 35')
        app.key('End')
        self.focus(app, 'Note 00')
        app.key('Home')
        self.focus(app, 'Another')
        self.wait_text(app, 'from elsewhere')
        self.end(app)

    def test_next_and_previous_note(self):
        for title in ('Three', 'Two', 'One'):
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, 'One', 'Two', 'Three')
        self.choose(app, 'One')
        for keys, title in (('ctrl+Page_Down', 'Two'), ('ctrl+Page_Down', 'Three'), ('ctrl+Page_Up', 'Two')):
            app.key(keys)
            self.wait_text(app, title, 'Note title')
            self.wait_text(app, f'text of {title}')
        self.end(app)

    def test_delete_for_ever_from_the_trash(self):
        self.run_octavo('trash', str(self.add('Old', 'gone soon')))
        self.add('New', 'stays')
        app = self.open()
        self.go(app, 'Trash')
        self.wait_rows(app, 'Old')
        self.choose(app, 'Old')
        list_ = app.wait_for('list', '^Notes$')
        app.click(app.wait_for('list item', '^Old$', under=list_))
        app.key('shift+Delete')
        app.wait_for('push button', '^_?Cancel$')
        app.key('Escape')
        app.wait_gone('push button', '^_?Delete for Ever$')
        self.assertEqual(self.rows(app), ['Old'])
        app.key('shift+Delete')
        app.click(app.wait_for('push button', '^_?Delete for Ever$'))
        self.wait_rows(app)
        self.until_stored(app, 'SELECT count(*), max(title) FROM note', 1, 'New')
        self.end(app)

    def test_rename_panes_and_sidebar(self):
        self.add('Old name', 'text')
        app = self.open()
        self.choose(app, 'Old name')
        app.key('F2')
        self.focus(app, 'Note title')
        app.key('ctrl+a')
        app.type('New name')
        self.wait_rows(app, 'New name')
        app.key('F9')
        app.wait_gone('list', '^Sidebar$')
        app.key('F9')
        app.wait_for('list', '^Sidebar$')
        seen = set()
        for _ in range(4):
            app.key('F6')
            app.calm()
            around = app.wait(app.focused, 5, 'a focus')
            seen.add(around.role)
        self.assertTrue({'text', 'list item'} <= seen, seen)
        self.end(app)

    def test_main_menu_gives_back_what_it_was_opened_from(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        app.click(app.wait_for('text', '^Note text$'))
        self.focus(app, 'Note text')
        for hidden in (False, True):
            if hidden:
                app.key('F9')
                app.wait_gone('list', '^Sidebar$')
            app.key('F10')
            app.wait_for('menu item', 'New Note')
            app.key('Escape')
            self.focus(app, 'Note text')
            self.assertEqual(bool(app.find('list', '^Sidebar$')), not hidden)
        app.resize(360, 640)
        app.wait_gone('list', '^Sidebar$')
        app.key('F10')
        app.wait_for('menu item', 'New Note')
        app.key('Escape')
        self.focus(app, 'Note text')
        app.wait_gone('list', '^Sidebar$')
        app.key('F10')
        app.click(app.wait_for('menu item', '^New Note'))
        self.focus(app, 'Note title')
        self.end(app)

    def test_keys_that_text_views_own_stay_theirs(self):
        self.add('Keep', 'abc')
        app = self.open()
        self.choose(app, 'Keep')
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+Home', 'Delete')
        self.wait_text(app, 'bc')
        self.wait_rows(app, 'Keep')
        self.until_stored(app, 'SELECT body, trashed FROM note', 'bc', 0)
        self.end(app)


main('keyboard')
