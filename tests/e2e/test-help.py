# SPDX-License-Identifier: GPL-3.0-or-later
"""The help in a window of its own, by key and by mouse; and the note that a person finds who is new."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

WELCOME = 'Welcome to Octavo'
SHOW_WELCOME = 'Show the welcome note'


class Help(Journey):

    def wait_page(self, app, title):
        """Wait until the help shows the page."""
        app.wait_for('heading', f'^{title}$')
        app.wait_for(name=f'^{title}$', states='focused', shown=False)

    def pages(self, app):
        return [row.name for row in app.all('list item', under=app.wait_for('list', '^Pages of the help$'))]

    def test_by_key(self):
        self.add('One', 'a')
        app = self.open()
        self.wait_rows(app, 'One')
        self.focus(app, 'One')
        app.key('F1')
        self.wait_page(app, 'Octavo')
        self.assertEqual(len(self.pages(app)), 10)
        self.assertEqual(app.unlabelled(), [])
        back = app.find('push button', '^Back$', under=app.find('frame', '^Help$'))
        self.assertNotIn('sensitive', back.states)
        app.key('Tab', 'Tab', 'Tab', 'Return')
        self.wait_page(app, 'Finding notes')
        self.assertIn('sensitive', back.states)
        app.key('End')
        app.wait_for('table cell', '^is:trashed$')
        app.key('alt+Left')
        self.wait_page(app, 'Octavo')
        app.key('Escape')
        app.wait_gone('frame', '^Help$')
        self.focus(app, 'One')
        self.end(app)

    def test_where_one_is(self):
        app = self.write_in('a')
        for keys, page in ((['ctrl+shift+f'], 'Finding notes'), (['ctrl+t'], 'Writing and Markdown')):
            app.key(*keys)
            app.calm(20)
            app.key('F1')
            self.wait_page(app, page)
            app.key('Escape')
            app.wait_gone('frame', '^Help$')
        app.key('ctrl+shift+f', 'Escape', 'ctrl+Return')
        app.wait(lambda: len(app.toplevels()) == 2, 5, 'the window of the note')
        app.calm(20)
        app.key('F1')
        self.wait_page(app, 'Writing and Markdown')
        self.end(app)

    def test_the_text_is_zoomed_by_the_keys_of_a_note(self):
        app = self.write_in('a')
        app.key('F1')
        self.wait_page(app, 'Writing and Markdown')

        def height():
            return app.rect(app.find('heading', '^Writing and Markdown$'))[3]
        usual = height()
        app.key('ctrl+plus', 'ctrl+plus', 'ctrl+plus')
        app.wait(lambda: height() > 1.2 * usual, 5, 'larger letters')
        app.key('ctrl+minus', 'ctrl+0')
        app.wait(lambda: height() == usual, 5, 'letters of the usual size')
        self.end(app)

    def test_by_mouse(self):
        self.add('One', 'a')
        app = self.open()
        app.menu('^Main menu$', '^Help$')
        self.wait_page(app, 'Octavo')
        list_ = app.wait_for('list', '^Pages of the help$')
        app.click(app.wait_for('list item', '^Keys$', under=list_))
        self.wait_page(app, 'Keys')
        self.assertIn('Ctrl+K', [cell.name for cell in app.all('table cell')])
        app.click(app.wait_for('list item', '^Octavo$', under=list_))
        self.wait_page(app, 'Octavo')
        app.click(app.wait_for('label', '^Getting started', under=app.find(name='^Octavo$', states='focused', shown=False)), at=.02)
        self.wait_page(app, 'Getting started')
        app.click(app.wait_for('push button', '^Back$', under=app.find('frame', '^Help$')))
        self.wait_page(app, 'Octavo')
        # the help stays beside what it is about, and there is one of it
        self.assertEqual(len(app.toplevels()), 2)
        self.end(app)

    def test_words_in_the_help(self):
        self.add('One', 'a')
        app = self.open()
        self.wait_rows(app, 'One')
        app.key('F1')
        self.wait_page(app, 'Octavo')
        app.key('ctrl+f')
        self.focus(app, 'Search the help')
        app.type('enex')
        app.wait(lambda: self.pages(app) == ['Moving in and out'], 5, 'the one page with the word')
        app.wait_for('heading', '^From other applications$')
        app.key('ctrl+a')
        app.type('nowhere')
        app.wait(lambda: self.pages(app) == [], 5, 'no page')
        self.assertIn('No page has these words.', app.visible_text())
        app.key('Escape')
        app.wait(lambda: len(self.pages(app)) == 10, 5, 'all pages')
        app.key('Escape')
        app.wait_gone('frame', '^Help$')
        self.end(app)


class NarrowHelp(Journey):
    size = (360, 640)

    def test_one_page_at_a_time(self):
        self.add('One', 'a')
        app = self.open(ready=False)
        app.wait_for('list', '^Notes$', timeout=20)
        app.calm(20)
        app.key('F1')
        app.wait_for('heading', '^Octavo$')
        app.resize(360, 640)
        app.click(app.wait_for('push button', '^Back$', under=app.find('frame', '^Help$')))
        list_ = app.wait_for('list', '^Pages of the help$')
        app.click(app.wait_for('list item', '^Tags$', under=list_))
        app.wait_for('heading', '^Tags in tags$', shown=False)
        self.end(app)


class Welcome(Journey):

    def setUp(self):
        super().setUp()
        del self.env['OCTAVO_DATABASE']
        self.database = Path(self.desktop.env['XDG_DATA_HOME']) / 'octavo/notes.db'

    def command(self, app, name):
        app.key('ctrl+shift+p')
        self.focus(app, 'Command')
        app.type(name)
        app.calm(20)
        app.key('Return')

    def test_made_once(self):
        app = self.open()
        self.wait_rows(app, WELCOME)
        self.wait_text(app, WELCOME, 'Note title')
        self.assertTrue(self.text(app).startswith('This is your first note'))
        self.focus(app, WELCOME)
        self.until_stored(app, "SELECT count (*) FROM note WHERE body LIKE '%- [ ] **Find.**%'", 1)
        self.quit(app)

        app = self.open()
        self.wait_rows(app, WELCOME)
        self.quit(app)

        self.run_octavo('delete', str(self.notes()[WELCOME]['id']))
        app = self.open()
        app.wait(lambda: 'No Notes Yet' in app.visible_text(), 5, 'no notes')
        app.click(app.wait_for('push button', '^Show the Welcome Note$'))
        self.wait_rows(app, WELCOME)
        self.focus(app, 'Note text')
        # it is there, so it is shown
        self.write(app, 'Mine', 'x')
        self.command(app, SHOW_WELCOME)
        self.wait_text(app, WELCOME, 'Note title')
        self.wait_rows(app, 'Mine', WELCOME)
        self.end(app)

    def test_in_the_language_of_the_person(self):
        app = self.open(ready=False, env={'LANGUAGE': 'de', 'LC_ALL': 'C.UTF-8'})
        app.wait(lambda: self.database.exists(), 10, 'the file')
        self.until_stored(app, 'SELECT title FROM note', 'Willkommen bei Octavo')
        self.end(app)

    def test_not_where_there_are_notes(self):
        self.add('One', 'a')
        app = self.open()
        self.wait_rows(app, 'One')
        self.end(app)

    def test_after_a_command_that_made_the_file(self):
        self.assertEqual(self.notes(), {})
        app = self.open()
        self.wait_rows(app, WELCOME)
        self.end(app)

    def test_not_in_another_file(self):
        app = self.open('--database', f'{self.desktop.dir}/other.db')
        app.wait(lambda: 'No Notes Yet' in app.visible_text(), 5, 'no notes')
        self.end(app)

    def test_not_beside_what_was_asked_for(self):
        file = Path(self.desktop.dir, 'Mine.md')
        file.write_text('brought along')
        app = self.open(str(file))
        self.wait_rows(app, 'Mine')
        self.wait_text(app, 'brought along')
        self.end(app)


main('help')
