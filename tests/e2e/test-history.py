# SPDX-License-Identifier: GPL-3.0-or-later
"""Back and forward over the notes that were looked at."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

BACK, FORWARD = 8, 9


class History(Journey):

    def wait_note(self, app, title):
        self.wait_text(app, title, 'Note title')

    def test_alt_left_and_right(self):
        for title in ('One', 'Two', 'Three'):
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, 'Three', 'Two', 'One')
        for title in ('One', 'Three', 'Two'):
            self.choose(app, title)
        for key, title in (('alt+Left', 'Three'), ('alt+Left', 'One'), ('alt+Right', 'Three'), ('alt+Right', 'Two'),
                           ('alt+Left', 'Three')):
            app.key(key)
            self.wait_note(app, title)
            self.wait_text(app, f'text of {title}')

        # by a jump, and from the text, where the cursor stays in the text and no word is moved
        app.key('ctrl+k')
        self.focus(app, 'Jump to note')
        app.type('One')
        app.wait_for('list item', '^One')
        app.key('Return')
        self.focus(app, 'Note text')
        self.wait_note(app, 'One')
        app.key('ctrl+a', 'alt+Right')
        app.calm()
        self.wait_text(app, 'text of One')
        app.key('alt+Left')
        self.wait_note(app, 'Three')
        self.focus(app, 'Note text')
        self.end(app)
        self.assertEqual({body for body, in self.ask('SELECT body FROM note')}, {'text of One', 'text of Two', 'text of Three'})

    def test_passing_through_the_list_leaves_no_trace(self):
        for title in 'BCDEFGH':
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, *'HGFEDCB')
        self.choose(app, 'H')
        app.key('Down', 'Down', 'Down', 'Down', 'Down')
        self.wait_note(app, 'C')
        app.key('Return')
        self.focus(app, 'Note text')
        app.key('alt+Left')
        self.wait_note(app, 'H')
        app.key('alt+Right')
        self.wait_note(app, 'C')
        self.end(app)

    def test_what_was_deleted_is_skipped_and_a_new_note_is_come_back_to(self):
        ids = {title: self.add(title, f'text of {title}') for title in ('One', 'Two', 'Three')}
        app = self.open()
        self.wait_rows(app, 'Three', 'Two', 'One')
        for title in ('One', 'Two', 'Three'):
            self.choose(app, title)
        self.run_octavo('delete', str(ids['Two']))
        self.wait_rows(app, 'Three', 'One')
        self.write(app, 'New', 'just written')
        app.key('alt+Left')
        self.wait_note(app, 'Three')
        app.key('alt+Left')
        self.wait_note(app, 'One')
        app.key('alt+Right')
        self.wait_note(app, 'Three')
        app.key('alt+Right')
        self.wait_note(app, 'New')
        self.wait_text(app, 'just written')
        self.end(app)

    # GTK 4.8 does not let go of what such a button was pressed on under X11, so no other click follows here.
    def test_mouse_buttons(self):
        for title in ('One', 'Two', 'Three'):
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, 'Three', 'Two', 'One')
        for title in ('Three', 'One', 'Two'):
            self.choose(app, title)
        text = app.wait_for('text', '^Note text$')
        app.click(text, button=BACK)
        self.wait_note(app, 'One')
        app.click(app.wait_for('list', '^Notes$'), button=BACK)
        self.wait_note(app, 'Three')
        app.click(text, button=BACK)
        app.click(text, button=FORWARD)
        self.wait_note(app, 'One')
        self.end(app)

    def test_menu(self):
        self.add('One', 'text of One')
        self.add('Three', 'text of Three')
        app = self.open()
        self.wait_rows(app, 'Three', 'One')
        for title in ('Three', 'One'):
            self.choose(app, title)
        app.menu('^Note menu$', '^Go$', '^Go Back$')
        self.wait_note(app, 'Three')
        app.menu('^Note menu$', '^Go$')
        self.assertIn('sensitive', app.wait_for('menu item', '^Go Forward$').states)
        self.assertNotIn('sensitive', app.wait_for('menu item', '^Go Back$').states)
        app.key('Escape')
        self.end(app)


class Narrow(Journey):
    size = (360, 648)

    def test_back_in_a_narrow_window(self):
        self.add('One', 'text of One')
        self.add('Two', 'text of Two')
        app = self.open(ready=False)
        notes = app.wait_for('list', '^Notes$', timeout=20)
        app.click(app.wait_for('list item', '^One$', under=notes))
        self.wait_text(app, 'One', 'Note title')
        app.click(app.wait_for('push button', '^Back$'))
        app.click(app.wait_for('list item', '^Two$', under=app.wait_for('list', '^Notes$')))
        self.wait_text(app, 'Two', 'Note title')
        app.key('alt+Left')
        self.wait_text(app, 'One', 'Note title')
        self.focus(app, 'Note text')
        app.click(app.wait_for('push button', '^Back$'))
        app.wait_for('list item', '^Two$', under=app.wait_for('list', '^Notes$'))
        app.key('alt+Right')
        self.wait_text(app, 'Two', 'Note title')
        self.focus(app, 'Note text')
        self.end(app)


main('history')
