# SPDX-License-Identifier: GPL-3.0-or-later
"""The reading view: what a note says in place of its text, by key and by mouse."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

BODY = "SELECT body FROM note WHERE title = 'One'"
NOTE = '''---
title: hidden
---
# The head

- [ ] a box
- [x] ticked

[[Two]]

| left | right |
|------|------:|
| in a cell | 1 |
'''


class Reading(Journey):

    def read(self, note=NOTE):
        self.add('Two', 'the other note')
        self.add('One', note)
        app = self.open()
        self.choose(app, 'One')
        app.wait_for('text', '^Note text$')
        return app

    def test_by_key(self):
        app = self.read()
        app.key('ctrl+shift+m')
        self.focus(app, 'Note, to read')
        app.wait_for('heading', '^The head$')
        self.assertIsNone(app.find('text', '^Note text$'))
        self.assertNotIn('hidden', app.visible_text())
        self.assertEqual([cell.name for cell in app.all('table cell')], ['in a cell', '1'])
        self.assertEqual(app.unlabelled(), [])

        app.key('Tab', 'space')
        self.until_stored(app, BODY, NOTE.replace('[ ]', '[x]'))
        self.assertEqual(app.focused().name, 'a box')
        app.key('Tab', 'space')
        self.until_stored(app, BODY, NOTE.replace('[x]', '[ ]').replace('[ ] a', '[x] a'))
        app.key('ctrl+z')
        self.until_stored(app, BODY, NOTE.replace('[ ]', '[x]'))
        app.key('ctrl+z')
        self.until_stored(app, BODY, NOTE)
        app.wait(lambda: 'checked' not in app.find('check box', '^a box$').states, 5, 'the box to be empty again')

        app.key('ctrl+shift+m')
        self.focus(app, 'Note text')
        self.assertIsNone(app.find('heading', '^The head$'))
        app.key('ctrl+End')
        app.type('more')
        self.until_stored(app, BODY, NOTE + 'more')
        self.end(app)

    def test_by_mouse(self):
        app = self.read()
        app.menu('^Note menu$', '^Reading View$')
        app.click(app.wait_for('check box', '^a box$'))
        self.until_stored(app, BODY, NOTE.replace('[ ]', '[x]'))
        app.click(app.wait_for('label', '^Two$', under=app.find(name='^Note, to read$')), at=.02)
        self.wait_text(app, 'Two', 'Note title')
        app.wait_for('text', '^Note text$')
        self.choose(app, 'One')
        app.wait_for('heading', '^The head$')
        app.click(app.wait_for('push button', '^Note menu$'))
        self.assertIn('checked', app.wait_for('menu item', '^Reading View$').states)
        app.click(app.wait_for('menu item', '^Reading View$'))
        app.wait_for('text', '^Note text$')
        self.end(app)

    def test_links_by_key(self):
        app = self.read('A [[Two]], a #tag, and [a file](file:///etc/passwd).')
        app.key('ctrl+shift+m')
        self.focus(app, 'Note, to read')
        app.key('Tab', 'Tab', 'Tab', 'Return')
        app.wait(lambda: 'are not opened' in app.visible_text(), 5, 'the link to be refused')
        app.key('shift+Tab', 'shift+Tab', 'Return')
        self.wait_text(app, 'Two', 'Note title')
        self.end(app)

    def test_a_note_of_the_trash(self):
        self.run_octavo('trash', str(self.add('Gone', '- [ ] old')))
        app = self.open()
        self.go(app, 'Trash')
        self.choose(app, 'Gone')
        app.wait_for('text', '^Note text$')
        app.key('ctrl+shift+m')
        self.assertNotIn('sensitive', app.wait_for('check box', '^old$').states)
        self.end(app)


main('reading')
