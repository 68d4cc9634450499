# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of notes: its groups, its empty places, and what is dropped on it."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

DAY = 24 * 60 * 60 * 10**6


class List(Journey):

    def descriptions(self, app):
        list_ = app.wait_for('list', '^Notes$')
        return [row.description for row in app.all('list item', under=list_)]

    def wait_groups(self, app, *groups):
        """Wait until the rows end with these words, or (None) with none of a group."""
        known = ('Pinned', 'Today', 'Yesterday', 'Previous 7 Days')

        def same():
            found = [next((group for group in known if text.endswith(', ' + group)), None)
                     for text in self.descriptions(app)]
            return found == list(groups)
        app.wait(same, 5, f'{groups}, not {self.descriptions(app)}')

    def add_aged(self, *ages):
        for n, age in enumerate(ages):
            self.add(f'N{n}', f'text {n}')
        for n, age in enumerate(ages):
            self.execute(f"UPDATE note SET updated = updated - {int(age * DAY)} WHERE title = 'N{n}'")

    def test_groups_by_day(self):
        self.add_aged(0, 0, 3, 3)
        app = self.open()
        self.wait_rows(app, 'N1', 'N0', 'N3', 'N2')
        self.wait_groups(app, 'Today', None, 'Previous 7 Days', None)
        self.choose(app, 'N2')
        app.key('ctrl+d')
        self.wait_rows(app, 'N2', 'N1', 'N0', 'N3')
        self.wait_groups(app, 'Pinned', 'Today', None, 'Previous 7 Days')
        app.key('Down')
        self.focus(app, 'N1')
        app.menu('^Sort$', '^_?Title')
        self.wait_groups(app, None, None, None, None)
        app.menu('^Sort$', '^_?Last')
        self.wait_groups(app, 'Pinned', 'Today', None, 'Previous 7 Days')
        app.menu('^Sort$', '^_?Group by Date')
        self.wait_groups(app, None, None, None, None)
        app.menu('^Sort$', '^_?Group by Date')
        self.wait_groups(app, 'Pinned', 'Today', None, 'Previous 7 Days')
        self.assertEqual(app.unlabelled(), [])
        self.end(app)

    def test_a_click_on_a_header_chooses_nothing(self):
        self.add_aged(0, 3)
        app = self.open()
        self.choose(app, 'N0')
        row = app.wait_for('list item', '^N1$', under=app.wait_for('list', '^Notes$'))
        x, y, w, h = app.rect(row)
        app.click_at((x, y - 12, w, 4))
        self.wait_text(app, 'N0', 'Note title')
        app.click(row)
        self.wait_text(app, 'N1', 'Note title')
        app.key('Home')
        self.focus(app, 'N0')
        app.key('End')
        self.focus(app, 'N1')
        self.end(app)

    def test_empty_places_say_what_they_are(self):
        self.add('One', 'text', 'tag')
        app = self.open()
        for place, told in (('Trash', 'The Trash Is Empty'), ('Untagged', 'Every note has a tag')):
            self.go(app, place)
            app.wait(lambda: told in app.visible_text(), 5, told)
            self.assertEqual(app.unlabelled(), [])
        self.go(app, 'All notes')
        app.key('ctrl+shift+f')
        app.type('nothing like it')
        app.wait(lambda: 'There is no “nothing like it” in “All notes”' in app.visible_text(), 5, 'what was not found')
        app.click(app.wait_for('push button', '^Clear Search$'))
        self.wait_rows(app, 'One')
        self.end(app)

    def test_text_is_dropped(self):
        self.add('One', 'a line to be dragged', 'tag')
        app = self.open()
        self.go(app, 'tag')
        self.choose(app, 'One')
        text = app.wait_for('text', '^Note text$')
        app.click(text)
        app.key('ctrl+a')
        app.calm(20)
        x, y, w, h = app.rect(text)
        lx, ly, lw, lh = app.rect(app.wait_for('list', '^Notes$'))
        self.drag_from(app, (x + 50, y + 22), (lx + lw // 2, ly + lh - 40))
        self.wait_rows(app, 'Untitled', 'One')
        self.wait_text(app, 'a line to be dragged')
        self.until_stored(app, 'SELECT count(*) FROM note_tag', 2)
        self.end(app)

    def drag_from(self, app, at, to, steps=12):
        app.screen.move(*at)
        app.screen.sync()
        app.screen.button(1, True)
        app.screen.sync()
        for i in range(1, steps + 1):
            app.screen.move(at[0] + (to[0] - at[0]) * i // steps, at[1] + (to[1] - at[1]) * i // steps)
            app.screen.sync()
            time.sleep(.03)
        time.sleep(.1)
        app.screen.button(1, False)
        app.screen.sync()


main('list')
