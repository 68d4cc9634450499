# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing Markdown: lists go on, boxes are ticked, words are marked."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

BODY = 'SELECT body FROM note'


class Markdown(Journey):

    def test_a_list_goes_on(self):
        app = self.write_in('Buy:')
        app.key('Return')
        app.type('1. one')
        app.key('Return')
        app.type('two')
        app.key('Return', 'Tab')
        app.type('in two')
        app.key('Return', 'shift+Tab')
        app.type('three')
        self.until_stored(app, BODY, 'Buy:\n1. one\n2. two\n   1. in two\n3. three')
        app.key('Return', 'Return')
        app.type('done')
        self.until_stored(app, BODY, 'Buy:\n1. one\n2. two\n   1. in two\n3. three\ndone')
        self.end(app)

    def test_a_box_by_key_and_by_mouse(self):
        app = self.write_in('* [ ] one')
        app.key('ctrl+Return')
        self.until_stored(app, BODY, '* [x] one')
        app.key('ctrl+z')
        self.until_stored(app, BODY, '* [ ] one')
        x, y, width, height = app.rect(app.wait_for('text', '^Note text$'))
        app.click_at((x + 36, y + 18, 4, 4))
        self.until_stored(app, BODY, '* [x] one')
        self.end(app)

    def test_words_by_key_and_by_menu(self):
        app = self.write_in('one two')
        app.key('ctrl+b')
        self.until_stored(app, BODY, 'one **two**')
        app.key('ctrl+b')
        self.until_stored(app, BODY, 'one two')
        app.key('ctrl+i', 'ctrl+shift+x')
        self.until_stored(app, BODY, 'one *~~two~~*')
        app.key('ctrl+z', 'ctrl+z')
        self.until_stored(app, BODY, 'one two')
        app.key('shift+F10')
        app.click(app.wait_for('menu item', '^Format$'))
        app.click(app.wait_for('menu item', '^Code$'))
        self.until_stored(app, BODY, 'one `two`')
        self.end(app)


main('markdown')
