# SPDX-License-Identifier: GPL-3.0-or-later
"""The tags in the sidebar: a tree that opens and closes; renamed, coloured, deleted and brought back, by key and mouse."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

MENU = 'menu item', 'check menu item', 'radio menu item'
TAGS = "SELECT group_concat (name || color, ' ') FROM (SELECT * FROM tag ORDER BY folded)"
PLACES = ['All notes', 'Untagged', 'Trash']


class Tags(Journey):

    def tag(self, app, name):
        return app.wait_for('list item', f'^{name}$', under=app.wait_for('list', '^Sidebar$'))

    def places(self, app):
        """The rows of the tags, where there are no saved searches."""
        return [row.name for row in app.all('list item', under=app.find('list', '^Sidebar$'))][len(PLACES):]

    def wait_tags(self, app, *names):
        app.wait(lambda: self.places(app) == list(names), 5, f'the tags {names}')

    def wait_states(self, app, name, *states):
        app.wait(lambda: self.tag(app, name).states >= set(states), 5, f'{name} to be {states}')

    def start(self):
        self.add('One', 'text', 'work/project', 'home')
        self.add('Two', 'text', 'work/project/alpha', 'work/zeta')
        self.add('Three', 'text', 'work')
        self.add('Four', 'text', 'play/chess')
        app = self.open()
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work', 'work/project', 'work/project/alpha', 'work/zeta')
        return app

    def test_the_tree_by_key(self):
        app = self.start()
        app.click(self.tag(app, 'work'))
        self.wait_rows(app, 'Three', 'Two', 'One')
        self.wait_states(app, 'work', 'expandable', 'expanded')
        app.wait(lambda: self.tag(app, 'work').description == '3 notes', 5, 'each note to be counted once')
        app.key('Right', 'Right')
        self.focus(app, 'work/project/alpha')
        self.wait_rows(app, 'Two')
        app.key('Left')
        self.focus(app, 'work/project')
        self.wait_rows(app, 'Two', 'One')
        app.key('Left', 'Left', 'Left')
        self.focus(app, 'work')
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work')
        app.wait(lambda: 'expanded' not in self.tag(app, 'work').states, 5, 'a closed branch')
        # a path that no note has
        app.key('Up', 'Up')
        self.focus(app, 'play')
        self.wait_rows(app, 'Four')
        self.quit(app)

        # it is remembered
        app = self.open()
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work')
        self.go(app, 'work')
        app.key('Right')
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work', 'work/project', 'work/zeta')
        self.end(app)

    def test_the_tree_by_mouse(self):
        app = self.start()
        app.click(self.tag(app, 'work/project/alpha'))
        self.wait_rows(app, 'Two')
        x, y, w, h = app.rect(self.tag(app, 'work'))
        app.click_at((x - 3, y, 10, h))
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work')
        # what was chosen is not out of sight
        self.wait_rows(app, 'Three', 'Two', 'One')
        app.click_at((x - 3, y, 10, h))
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work', 'work/project', 'work/project/alpha', 'work/zeta')
        self.end(app)

    def test_rename(self):
        app = self.start()
        self.go(app, 'work/project$')
        self.wait_rows(app, 'Two', 'One')
        app.key('F2')
        self.focus(app, 'Name of the tag')
        self.wait_text(app, 'work/project', 'Name of the tag')
        app.key('ctrl+a')
        app.type('a,b')
        app.wait(lambda: 'cannot have a comma' in app.visible_text(), 5, 'why that is no name')
        app.key('ctrl+a')
        app.type('job/now')
        app.key('Return')
        self.wait_tags(app, 'home', 'job', 'job/now', 'job/now/alpha', 'play', 'play/chess', 'work', 'work/zeta')
        self.wait_rows(app, 'Two', 'One')
        self.wait_states(app, 'job/now', 'selected')
        # the open note says so
        self.choose(app, 'One')
        app.wait_for('push button', '^Remove tag job/now$')

        # it becomes one with another, once that was said
        self.go(app, 'play$')
        app.key('shift+F10')
        app.click(app.wait_for(MENU, '^Rename'))
        self.focus(app, 'Name of the tag')
        app.key('ctrl+a')
        app.type('WORK')
        app.key('Return')
        app.wait(lambda: 'already, on 2 notes' in app.visible_text(), 5, 'how many notes have it')
        app.click(app.wait_for('push button', '^_?Cancel$'))
        self.until_stored(app, TAGS, 'home job/now job/now/alpha play/chess work work/zeta')
        self.go(app, 'play$')
        app.key('F2')
        self.focus(app, 'Name of the tag')
        app.key('ctrl+a')
        app.type('WORK')
        app.key('Return')
        app.click(app.wait_for('push button', '^_?Merge$'))
        self.wait_tags(app, 'home', 'job', 'job/now', 'job/now/alpha', 'work', 'work/chess', 'work/zeta')
        self.wait_rows(app, 'Four', 'Three', 'Two')
        self.end(app)

    def test_delete_and_undo(self):
        app = self.start()
        self.go(app, 'home$')
        self.wait_rows(app, 'One')
        app.key('Delete')
        self.wait_tags(app, 'play', 'play/chess', 'work', 'work/project', 'work/project/alpha', 'work/zeta')
        self.wait_rows(app, 'Four', 'Three', 'Two', 'One')
        app.click(app.wait_for('push button', '^Undo$'))
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work', 'work/project', 'work/project/alpha', 'work/zeta')
        self.wait_rows(app, 'One')

        before = self.ask('SELECT * FROM tag ORDER BY id'), self.ask('SELECT * FROM note_tag ORDER BY 1, 2')
        self.go(app, 'work$')
        app.click(self.tag(app, 'work'), button=3)
        app.click(app.wait_for(MENU, '^Delete Tag$'))
        app.wait(lambda: '3 tags under it' in app.visible_text(), 5, 'what goes with it')
        app.click(app.wait_for('push button', '^_?Delete$'))
        self.wait_tags(app, 'home', 'play', 'play/chess')
        self.go(app, 'home$')
        app.key('ctrl+z')
        self.wait_tags(app, 'home', 'play', 'play/chess', 'work', 'work/project', 'work/project/alpha', 'work/zeta')
        self.assertEqual(before, (self.ask('SELECT * FROM tag ORDER BY id'),
                                  self.ask('SELECT * FROM note_tag ORDER BY 1, 2')))
        self.end(app)

    def test_dropping(self):
        app = self.start()
        notes, sidebar = app.wait_for('list', '^Notes$'), app.wait_for('list', '^Sidebar$')
        self.wait_calm(app)
        app.drag(app.wait_for('list item', '^Four$', under=notes), self.tag(app, 'home'), steps=20)
        self.until_stored(app, "SELECT count(*) FROM note_tag JOIN tag ON tag.id = tag_id WHERE name = 'home'", 2)
        app.click(app.wait_for('push button', '^Undo$'))
        self.until_stored(app, "SELECT count(*) FROM note_tag JOIN tag ON tag.id = tag_id WHERE name = 'home'", 1)

        # nothing comes of it where there is nothing to do
        app.drag(app.wait_for('list item', '^Four$', under=notes), app.wait_for('list item', '^Untagged$', under=sidebar),
                 steps=20)
        app.drag(app.wait_for('list item', '^Three$', under=notes), app.wait_for('list item', '^Trash$', under=sidebar),
                 steps=20)
        self.wait_rows(app, 'Four', 'Two', 'One')
        self.until_stored(app, TAGS, 'home play/chess work work/project work/project/alpha work/zeta')

        app.drag(self.tag(app, 'home'), self.tag(app, 'play'), steps=20)
        self.wait_tags(app, 'play', 'play/chess', 'play/home', 'work', 'work/project', 'work/project/alpha', 'work/zeta')
        self.end(app)

    def test_saved_searches(self):
        app = self.start()
        app.key('ctrl+shift+f')
        app.type('tag:work -two')
        self.wait_rows(app, 'Three', 'One')
        app.click(app.wait_for('push button', '^Save this search$'))
        self.focus(app, 'Name of the search')
        self.wait_text(app, 'tag:work -two', 'Name of the search')
        app.key('ctrl+a')
        app.type('At work')
        app.key('Return')
        self.until_stored(app, 'SELECT name, query FROM saved_search', 'At work', 'tag:work -two')
        self.wait_states(app, 'At work', 'selected')
        app.wait(lambda: self.tag(app, 'At work').description == '2 notes', 8, 'how many it finds')

        # what else is typed is another search
        app.key('ctrl+shift+f')
        app.key('End')
        app.type(' three')
        self.wait_rows(app, 'Three')
        self.wait_states(app, 'All notes', 'selected')
        app.key('Escape')
        self.wait_rows(app, 'Four', 'Three', 'Two', 'One')
        self.go(app, 'At work$')
        self.wait_rows(app, 'Three', 'One')
        self.wait_text(app, 'tag:work -two', 'Search notes')
        # and another place has no search
        self.go(app, 'home$')
        self.wait_rows(app, 'One')
        self.wait_text(app, '', 'Search notes')

        self.go(app, 'At work$')
        app.key('F2')
        self.focus(app, 'Name of the search')
        app.key('Tab')
        self.focus(app, 'Search for')
        app.key('ctrl+a')
        app.type('tag:play')
        app.key('Return')
        self.wait_rows(app, 'Four')
        self.until_stored(app, 'SELECT name, query FROM saved_search', 'At work', 'tag:play')
        # another program edits it
        self.execute("UPDATE saved_search SET query = 'two'")
        self.wait_rows(app, 'Two')
        self.wait_text(app, 'two', 'Search notes')
        self.execute("UPDATE saved_search SET query = 'tag:play'")
        self.wait_rows(app, 'Four')
        self.go(app, 'At work$')
        app.key('Delete')
        app.wait_gone('list item', '^At work$', under=app.wait_for('list', '^Sidebar$'))
        self.wait_rows(app, 'Four', 'Three', 'Two', 'One')
        app.click(app.wait_for('push button', '^Undo$'))
        self.wait_states(app, 'At work', 'selected')
        self.wait_rows(app, 'Four')
        self.end(app)

    def test_color(self):
        app = self.start()
        app.click(self.tag(app, 'home'), button=3)
        app.click(app.wait_for(MENU, '^Colour$'))
        app.click(app.wait_for(MENU, '^Blue$'))
        self.until_stored(app, "SELECT color FROM tag WHERE name = 'home'", 'blue')
        app.wait(lambda: self.tag(app, 'home').description == '1 note, Blue', 5, 'the colour to be said')
        self.end(app)


main('tags')
