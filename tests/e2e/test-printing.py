# SPDX-License-Identifier: GPL-3.0-or-later
"""Printing: the open note, or all that are selected, on paper or into a PDF file, which is read again."""
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

NOTE = '# The head\n\nSome *words* and [a link](https://a.b).\n\n- [x] done\n\n| one | two |\n|-----|----:|\n| in a cell | 22 |\n'


class Printing(Journey):

    def out(self, name='out.pdf'):
        return Path(self.desktop.dir, name)

    def pages(self, path, check=True):
        """The texts of the pages; without check none of a file that is not whole yet."""
        done = subprocess.run(['pdftotext', '-layout', path, '-'], capture_output=True, text=True, check=check)
        return done.stdout.split('\f')[:-1]

    def export(self, app, path):
        app.wait_for('push button', '^Note menu$')
        app.menu('^Note menu$', '^Export as PDF…$')
        self.choose_path(app, path)
        app.wait_for(None, '^PDF saved$')

    @classmethod
    def setUpClass(cls):
        if not shutil.which('pdftotext'):
            raise AssertionError('pdftotext of poppler-utils is missing')

    def test_the_open_note_as_it_is_typed(self):
        self.ignore_leaks()
        self.add('One', NOTE)
        app = self.open()
        self.enter(app, 'One', 'ctrl+End')
        app.type('and more')
        self.export(app, self.out())
        self.end(app)
        text, = self.pages(self.out())
        for words in ('One', 'The head', 'Some words and a link.', 'done', 'in a cell', '22', 'and more', 'One — 1 of 1'):
            self.assertIn(words, text)
        for mark in ('*', '[', '|', '#'):
            self.assertNotIn(mark, text)

    def test_a_long_note(self):
        self.ignore_leaks()
        self.add('Long', '\n\n'.join(f'## Part {i}\n\n' + f'word{i} ' * 60 for i in range(30)))
        app = self.open()
        self.choose(app, 'Long')
        self.export(app, self.out())
        self.end(app)
        pages = self.pages(self.out())
        self.assertGreater(len(pages), 3)
        for number, text in enumerate(pages, 1):
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            self.assertEqual(lines[-1], f'Long — {number} of {len(pages)}')
            self.assertNotIn('Part', lines[-2])
        self.assertEqual(sum(text.count('word29') for text in pages), 60)

    def test_several_selected_notes(self):
        """Each from a page of its own on, in the order of the list, one as it is typed."""
        self.ignore_leaks()
        for title in ('Third', 'Second', 'First', 'Another'):
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, 'Another', 'First', 'Second', 'Third')
        self.enter(app, 'First', 'ctrl+End')
        app.type(' and more')
        self.wait_rows(app, 'First', 'Another', 'Second', 'Third')
        app.key('ctrl+shift+f', 'Down', 'Down')
        self.focus(app, 'Another')
        app.key('shift+Down', 'shift+Down')
        app.wait_for('label', '^3 notes selected$')
        app.key('shift+F10')
        app.click(app.wait_for('menu item', '^Export as PDF…$'))
        self.choose_path(app, self.out())
        app.wait_for(None, '^PDF saved$')
        pages = self.pages(self.out())
        self.assertEqual(len(pages), 3)
        for page, title in zip(pages, ('Another', 'Second', 'Third')):
            self.assertEqual(page.split()[0], title)
            self.assertIn(f'text of {title}', page)
            self.assertIn(f'{title} — 1 of 1', page)

        # and with the one that was written in a moment ago, by the key
        app.key('ctrl+shift+f', 'Down')
        self.focus(app, 'First')
        app.key('shift+Down')
        app.wait_for('label', '^2 notes selected$')
        app.key('shift+F10')
        app.click(app.wait_for('menu item', '^Export as PDF…$'))
        self.choose_path(app, self.out('two.pdf'))
        app.wait(lambda: 'and more' in ''.join(self.pages(self.out('two.pdf'), check=False)), 10, 'what was typed')
        app.key('ctrl+p')
        app.wait(lambda: len(app.toplevels()) == 2, 10, 'the dialog of the printer')
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 1, 5, 'it to close')
        self.end(app)

    def test_a_folder_that_is_not_there(self):
        self.ignore_leaks()
        self.add('One', NOTE)
        app = self.open()
        self.choose(app, 'One')
        app.menu('^Note menu$', '^Export as PDF…$')
        self.choose_path(app, '/proc/out.pdf')
        app.wait_for('dialog', '^No PDF Was Made$')
        self.assertEqual(app.unlabelled(), [])
        self.end(app)

    def test_the_key(self):
        self.ignore_leaks()
        self.add('One', NOTE)
        app = self.open()
        self.choose(app, 'One')
        app.key('ctrl+p')
        app.wait(lambda: len(app.toplevels()) == 2, 10, 'the dialog of the printer')
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 1, 5, 'it to close')
        self.end(app)


main('printing')
