# SPDX-License-Identifier: GPL-3.0-or-later
"""What the keys of the text make of its lines, where they move them, and how the note looks meanwhile."""
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

BODY = 'SELECT body FROM note'


class Editing(Journey):

    def test_what_lines_are(self):
        app = self.write_in('one\ntwo')
        app.key('ctrl+2')
        self.wait_text(app, 'one\n## two')
        app.key('ctrl+2')
        self.wait_text(app, 'one\ntwo')
        app.key('ctrl+a', 'ctrl+shift+8')
        self.wait_text(app, '- one\n- two')
        app.key('ctrl+shift+7')
        self.wait_text(app, '1. one\n2. two')
        app.key('ctrl+shift+l')
        self.wait_text(app, '1. [ ] one\n2. [ ] two')
        app.key('ctrl+z', 'ctrl+z', 'ctrl+shift+l')
        self.wait_text(app, '- [ ] one\n- [ ] two')
        app.key('ctrl+z')
        self.until_stored(app, BODY, '- one\n- two')
        app.key('ctrl+End', 'alt+Up')
        self.until_stored(app, BODY, '- two\n- one')
        app.key('alt+Down')
        self.until_stored(app, BODY, '- one\n- two')
        self.end(app)

    def test_what_is_put_in(self):
        app = self.write_in('see')
        app.key('ctrl+l')
        app.wait(lambda: self.text(app) == '[see]()', 5, 'a link')
        app.type('https://example.org/')
        app.key('End')
        app.type(' ')
        app.key('ctrl+shift+t')
        self.until_stored(app, BODY, f'[see](https://example.org/) {date.today().isoformat()}')
        self.end(app)

    def test_by_menu(self):
        app = self.write_in('one')
        app.key('shift+F10')
        app.click(app.wait_for('menu item', '^Format$'))
        app.click(app.wait_for('menu item', '^Heading$'))
        app.click(app.wait_for('menu item', '^Heading 3$'))
        self.until_stored(app, BODY, '### one')
        self.focus(app, 'Note text')
        app.key('shift+F10')
        app.click(app.wait_for('menu item', '^Format$'))
        app.click(app.wait_for('menu item', '^Checklist$'))
        self.until_stored(app, BODY, '- [ ] ### one')
        self.end(app)


main('editing')
