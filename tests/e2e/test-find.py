# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding and replacing in a note, and the hits of a search of all notes in it."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

BODY = 'SELECT body FROM note'
CURRENT = b'\x48\xa3\xff'          # blue, green, red
LONG = ''.join(f'line {i}\n\n' for i in range(200)) + 'a needle far below, and the Needle again\n'


class Find(Journey):

    def read(self, body, trashed=False):
        """A note with that text, open, with the focus in its text."""
        number = self.add('One', body)
        if trashed:
            self.run_octavo('trash', str(number))
        app = self.open()
        if trashed:
            self.go(app, 'Trash')
        self.enter(app, 'One')
        return app

    def ask_for(self, app, text, key='ctrl+f'):
        app.key(key)
        self.focus(app, 'Find in note')
        app.type(text)

    def says(self, app, status):
        """The count is to be seen, and a screen reader hears it where the focus is."""
        app.wait(lambda: status in app.visible_text(), 5, f'{status!r}')
        app.wait(lambda: app.find('entry', '^Find in note$').description == status, 5, f'{status!r} to be read out')

    def selected(self, app, start, end):
        def there():
            seen[:] = tuple(app.wait_for('text', '^Note text$').call('Text', 'GetSelection', '(i)', 0))
            return seen == [start, end]
        seen = []
        app.wait(there, 5, f'{start} to {end} selected, not {seen}')

    def cursor(self, app, place):
        app.wait(lambda: app.wait_for('text', '^Note text$').get('Text', 'CaretOffset') == place, 5, f'the cursor at {place}')

    def in_sight(self, app):
        """The mark of the current hit is."""
        box = app.rect(app.wait_for('text', '^Note text$'))
        app.wait(lambda: CURRENT in app.screen.pixels(*box), 5, 'the current hit in sight')

    def test_find_by_key(self):
        app = self.read('one two One\ntwo one')
        self.ask_for(app, 'one')
        self.says(app, '1 of 3')
        app.key('Return')
        self.says(app, '2 of 3')
        app.key('ctrl+g', 'F3')
        self.says(app, '1 of 3 · from the start again')
        app.key('shift+Return')
        self.says(app, '3 of 3 · from the end again')
        app.key('ctrl+shift+g')
        self.says(app, '2 of 3')
        app.key('Escape')
        self.focus(app, 'Note text')
        self.selected(app, 8, 11)
        app.wait_gone('entry', '^Find in note$')
        app.key('ctrl+f')
        self.focus(app, 'Find in note')
        self.wait_text(app, 'One', 'Find in note')
        app.type('three')
        self.says(app, 'Not found')
        self.assertEqual(app.unlabelled(), [])
        app.key('ctrl+a')
        app.type('two')
        self.says(app, '2 of 2')
        self.assertEqual(self.ask(BODY), [('one two One\ntwo one',)])
        self.end(app)

    def test_find_by_mouse(self):
        app = self.read('One on one (1)')
        app.menu('^Note menu$', '^Find$', '^Find…$')
        self.focus(app, 'Find in note')
        app.type('on')
        self.says(app, '1 of 3')
        app.click(app.wait_for('push button', '^Next match$'))
        self.says(app, '2 of 3')
        app.click(app.wait_for('push button', '^Previous match$'))
        app.click(app.wait_for('push button', '^Previous match$'))
        self.says(app, '3 of 3 · from the end again')
        for name, status in (('Match case', '2 of 2'), ('Whole words', '1 of 1')):
            button = app.wait_for('push button', f'^{name}$')
            self.assertNotIn('pressed', button.states)
            app.click(button)
            app.wait(lambda: 'pressed' in button.states, 5, f'{name} to be on')
            self.says(app, status)
        app.click(app.wait_for('push button', '^Whole words$'))
        app.click(app.wait_for('push button', '^Regular expression$'))
        app.click(app.wait_for('entry', '^Find in note$'))
        app.key('ctrl+a')
        app.type('(')
        self.says(app, 'Each “(” needs a “)”.')
        app.type(r'\d)')
        self.says(app, '1 of 1')
        app.key('ctrl+a')
        app.type(r'\d')
        app.wait(lambda: app.find('entry', '^Find in note$').text == r'\d', 5, 'what is looked for')
        self.says(app, '1 of 1')
        app.click(app.wait_for('push button', '^Close the search in the note$'))
        app.wait_gone('entry', '^Find in note$')
        self.focus(app, 'Note text')
        self.selected(app, 12, 13)
        self.end(app)

    def test_replace_by_key(self):
        app = self.read('cat, cat, cat')
        self.ask_for(app, 'cat', key='ctrl+h')
        self.says(app, '1 of 3')
        app.key('ctrl+h')
        self.focus(app, 'Replace with')
        app.type('dog')
        app.key('Return')
        self.says(app, '1 of 2')
        app.key('Return')
        self.until_stored(app, BODY, 'dog, dog, cat')
        app.key('Escape', 'ctrl+z')
        self.until_stored(app, BODY, 'dog, cat, cat')
        app.key('ctrl+z')
        self.until_stored(app, BODY, 'cat, cat, cat')
        self.end(app)

    def test_replace_all_by_mouse(self):
        app = self.read('2026-11-23 and 2026-12-24')
        self.ask_for(app, r'(\d+)-(\d+)-(\d+)')
        app.click(app.wait_for('push button', '^Regular expression$'))
        self.says(app, '1 of 2')
        app.click(app.wait_for('push button', '^Show what to replace with$'))
        self.focus(app, 'Replace with')
        app.type(r'\3.\2.\1')
        app.click(app.wait_for('push button', '^Replace All$'))
        self.until_stored(app, BODY, '23.11.2026 and 24.12.2026')
        app.wait(lambda: 'Not found · 2 replaced' in app.visible_text(), 5, 'how many were replaced')
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+z')
        self.until_stored(app, BODY, '2026-11-23 and 2026-12-24')
        self.end(app)

    def test_the_trash_is_not_replaced_in(self):
        app = self.read('one one', trashed=True)
        self.ask_for(app, 'one')
        self.says(app, '1 of 2')
        app.key('ctrl+h')
        app.calm()
        self.assertIsNone(app.find('entry', '^Replace with$'))
        self.assertIsNone(app.find('push button', '^Show what to replace with$'))
        self.end(app)

    def test_from_a_search_by_key(self):
        self.add('Long', LONG)
        self.add('Other', 'nothing of it')
        app = self.open()
        self.wait_rows(app, 'Other', 'Long')
        first = LONG.index('needle')
        app.key('ctrl+shift+f')
        app.type('needl')
        self.wait_rows(app, 'Long')
        app.key('Down')
        self.wait_text(app, 'Long', 'Note title')
        self.cursor(app, first)
        app.key('Return')
        self.focus(app, 'Note text')
        self.cursor(app, first)
        self.in_sight(app)
        app.key('ctrl+g')
        self.selected(app, LONG.index('Needle'), LONG.index('Needle') + 5)
        app.key('ctrl+g')
        self.selected(app, first, first + 5)
        app.key('ctrl+shift+f', 'Escape')
        self.wait_rows(app, 'Other', 'Long')
        self.assertEqual(self.ask("SELECT body FROM note WHERE title = 'Long'"), [(LONG,)])
        self.end(app)

    def test_from_a_search_by_mouse(self):
        self.add('Long', LONG)
        self.add('Other', 'nothing of it')
        app = self.open()
        self.wait_rows(app, 'Other', 'Long')
        self.choose(app, 'Long')
        self.cursor(app, 0)
        app.click(app.wait_for('entry', '^Search notes$'))
        app.type('"the Needle"')
        self.wait_rows(app, 'Long')
        self.choose(app, 'Long')
        self.cursor(app, LONG.index('the Needle'))
        self.in_sight(app)
        self.end(app)

    def test_a_narrow_window(self):
        app = self.read('one one')
        app.resize(360, 648)
        self.ask_for(app, 'one', key='ctrl+h')
        self.says(app, '1 of 2')
        app.wait_for('entry', '^Replace with$')
        window = app.rect(app.wait_for('frame'))
        for node in app.all(('entry', 'push button')):
            x, _, width, _ = app.rect(node)
            self.assertTrue(window[0] <= x and x + width <= window[0] + window[2], node.name)
        self.end(app)


main('find')
