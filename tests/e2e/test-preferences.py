# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be chosen in Preferences, how the text is looked at, and what there is to know about a note."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

BODY = 'SELECT body FROM note'


class Preferences(Journey):

    def setUp(self):
        super().setUp()
        self.env['GSETTINGS_BACKEND'] = 'keyfile'  # in the folder of this desktop; kept over a restart

    def choose_row(self, app, row, name):
        app.click(app.wait_for(None, f'^{row}$'))
        app.click(app.wait_for('list item', f'^{name}$'))

    def test_sort_and_size_hold_at_once_and_after_a_restart(self):
        for title in ('Aa', 'Bb'):
            self.add(title, 'text')
        app = self.open()
        self.wait_rows(app, 'Bb', 'Aa')
        app.key('ctrl+comma')
        app.wait_for(None, '^Sorted by$')
        self.assertEqual(app.unlabelled(), [])
        self.choose_row(app, 'Sorted by', 'Title')
        self.wait_rows(app, 'Aa', 'Bb')
        app.key('Escape')
        app.wait_gone(None, '^Sorted by$')
        self.quit(app)
        app = self.open()
        self.wait_rows(app, 'Aa', 'Bb')
        self.end(app)

    # Its least height leaves room for a title some steps larger, more in some fonts than in others: so it is five.
    def test_zoom_by_key_and_by_menu(self):
        self.add('One', 'some words here')
        app = self.open()
        self.choose(app, 'One')

        def height():
            return app.rect(app.wait_for('text', '^Note title$'))[3]
        usual = height()
        app.key(*['ctrl+plus'] * 5)
        app.wait(lambda: height() > usual, 5, 'a larger title')
        app.key('ctrl+0')
        app.wait(lambda: height() == usual, 5, 'the usual size')
        app.key('F10')
        app.click(app.wait_for('menu item', '^View$'))
        app.click(app.wait_for('menu item', '^Larger Text$', states=('focusable',)))
        app.key(*['ctrl+plus'] * 4)
        app.wait(lambda: height() > usual, 5, 'a larger title again')
        self.end(app)

    def test_zoom_by_wheel(self):
        self.add('One', 'some words here\n' * 100)
        app = self.open()
        self.choose(app, 'One')
        text = app.wait_for('text', '^Note text$')

        def height():
            return app.rect(app.wait_for('text', '^Note title$'))[3]

        def wheel(clicks):
            app.screen.hold('ctrl', True)
            try:
                app.wheel(text, clicks)
            finally:
                app.screen.hold('ctrl', False)
        usual = height()
        wheel(-5)
        app.wait(lambda: height() > usual, 5, 'a larger title')
        wheel(5)
        app.wait(lambda: height() == usual, 5, 'the usual size')
        app.key('ctrl+shift+m')
        text = app.wait_for(None, '^Note, to read$')
        wheel(-5)
        app.wait(lambda: height() > usual, 5, 'a larger title over the note as it reads')
        app.key('ctrl+0')
        app.wait(lambda: height() == usual, 5, 'the usual size')
        self.end(app)

    def test_focus_mode(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        app.key('shift+F11')
        app.wait_gone('list', '^Notes$')
        self.focus(app, 'Note text')
        app.key('ctrl+End')
        app.type(' more')
        self.until_stored(app, BODY, 'text more')
        app.key('Escape')
        app.wait_for('list', '^Notes$')
        app.wait_for('list', '^Sidebar$')
        app.key('shift+F11')
        app.wait_gone('list', '^Notes$')
        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        self.end(app)

    def test_words_are_counted(self):
        self.add('One', 'one two')
        app = self.open()
        self.choose(app, 'One')
        app.wait_for('label', '^2 words, 7 characters$')
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+End')
        app.type(' three')
        app.wait_for('label', '^3 words, 13 characters$')
        app.key('ctrl+shift+Left')
        app.wait_for('label', '^1 word, 5 characters selected$')
        app.key('alt+Return')
        for text in ('^Words$', '^3$', '^Characters$', '^13$', r'^\[\[One\]\]$'):
            app.wait_for('label', text)
        self.assertEqual(app.unlabelled(), [])
        app.key('Escape')
        app.wait_gone('label', '^Characters$')
        self.end(app)

    def test_the_file_is_moved(self):
        """By keyboard, to another folder; the command line finds it there, and the old one is kept."""
        self.ignore_leaks()
        del self.env['OCTAVO_DATABASE']
        self.add('One', 'text')
        old = Path(self.desktop.env['XDG_DATA_HOME']) / 'octavo/notes.db'
        new = Path(self.desktop.dir) / 'elsewhere.db'
        app = self.open()
        self.wait_rows(app, 'One')
        app.key('ctrl+comma')
        app.wait_for('push button', '^_?Move…$', shown=False).act()
        self.choose_path(app, new)
        app.wait_for(None, '^Moved. The old file is kept as “notes.db.moved-')
        self.wait_rows(app, 'One')
        self.write(app, 'Two', 'new')
        self.database = str(new)
        self.until_stored(app, 'SELECT title, body FROM note', 'Two', 'new')
        self.assertFalse(old.exists())
        self.assertEqual(len(list(old.parent.glob('notes.db.moved-*'))), 1)
        self.assertEqual(set(self.notes()), {'One', 'Two'})
        app.key('ctrl+comma')
        app.wait_for('push button', '^_?Move…$', shown=False).act()
        taken = Path(self.desktop.dir) / 'taken.db'
        taken.write_text('mine')
        self.chooser(app)
        app.key('ctrl+l', 'ctrl+a')
        app.type(str(taken))
        app.key('Return')
        app.click(app.wait_for('push button', '^_?Replace$'))
        app.wait_for(None, '^The Notes Were Not Moved$')
        self.assertEqual(taken.read_text(), 'mine')
        self.end(app)


main('preferences')
