# SPDX-License-Identifier: GPL-3.0-or-later
"""What a search shows of what it found."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

FILLER = 'A start of some hundred characters that has nothing in it of what is looked for. ' * 4


class Search(Journey):

    def search(self, app, text):
        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        app.key('ctrl+a')
        app.type(text)

    def test_a_row_shows_where_it_was_found(self):
        self.add('Below', f'{FILLER}\n\n* and **here** the needle lies')
        self.add('Above', f'the needle lies here\n\n{FILLER}\n\nand a needle lies there')
        app = self.open()
        self.wait_rows(app, 'Above', 'Below')
        self.assertTrue(app.find('list item', '^Below$').description.startswith('A start of some'))
        self.search(app, 'needle lies')
        app.wait(lambda: app.find('list item', '^Below$').description.startswith('…and here the needle lies'), 5,
                 'the line with the hit')
        self.assertTrue(app.find('list item', '^Above$').description.startswith('the needle lies here'))

        # an edit is seen, and without a search it is the start of the text again
        self.execute("UPDATE note SET body = replace (body, 'and **here**', 'or there') WHERE title = 'Below'")
        app.wait(lambda: app.find('list item', '^Below$').description.startswith('…or there the needle lies'), 5,
                 'the line after the edit')
        app.key('Escape')
        app.wait(lambda: app.find('list item', '^Below$').description.startswith('A start of some'), 5, 'the start')
        self.assertEqual([note['excerpt'] for note in json.loads(self.run_octavo('search', '--json', 'title:below needle'))],
                         ['…or there the needle lies'])
        self.end(app)

    def test_a_query_is_cut_with_a_word_about_it(self):
        self.add('One', 'bell')
        app = self.open()
        self.wait_rows(app, 'One')
        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        app.wait_for('entry', '^Search notes$').insert('bell ' * 2000)
        app.wait(lambda: 'The query is too long. Its end was not looked at.' in app.visible_text(), 5, 'a word about it')
        self.wait_rows(app, 'One')
        app.key('ctrl+a')
        app.type('bell')
        app.wait(lambda: 'The query is too long' not in app.visible_text(), 5, 'it to go')
        self.end(app)


main('search')
