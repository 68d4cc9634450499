# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes come from files and go into files, by way of the window."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

MENU = 'menu item', 'check menu item', 'radio menu item'


class Exchange(Journey):

    def setUp(self):
        super().setUp()
        self.ignore_leaks()

    def vault(self, **files):
        folder = Path(self.desktop.dir) / 'vault'
        folder.mkdir()
        for name, text in files.items():
            (folder / f'{name}.md').write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    def out(self):
        folder = Path(self.desktop.dir) / 'out'
        folder.mkdir()
        return folder

    def test_a_folder_is_imported(self):
        vault = self.vault(One='text of one #tag\n', Two='# The second\n\ntext of two\n')
        app = self.open()
        app.key('ctrl+o')
        self.choose_path(app, vault)
        app.wait_for(None, '^2 notes imported$')
        app.wait(lambda: set(self.rows(app)) == {'One', 'The second'}, 5, 'the notes')
        app.wait_for('list item', '^tag', under=app.wait_for('list', '^Sidebar$'))
        app.key('ctrl+o')
        self.choose_path(app, vault)
        app.wait_for(None, '^2 unchanged$')
        self.end(app)
        self.assertEqual(set(self.notes()), {'One', 'The second'})

    def test_what_a_file_had_wrong_is_said(self):
        vault = self.vault(latin=b'caf\xe9\n', nul=b'before\0after\n', good='text\n')
        app = self.open()
        app.key('ctrl+o')
        self.choose_path(app, vault)
        app.wait_for('dialog', '^3 notes imported$')
        text = app.visible_text()
        for words in ('latin.md', 'not UTF-8', 'nul.md', 'NUL'):
            self.assertIn(words, text)
        self.assertEqual(app.unlabelled(), [])
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 1, 5, 'the dialog to close')
        self.choose(app, 'latin')
        self.wait_text(app, 'café\n')
        self.choose(app, 'nul')
        self.wait_text(app, 'before␀after\n')
        self.end(app)

    def test_files_are_imported_and_one_alone_is_opened(self):
        vault = self.vault(One='text of one\n')
        self.add('Other', 'text')
        app = self.open()
        app.menu('^Main menu$', '^Import and Export', '^Import Files')
        self.choose_path(app, vault / 'One.md')
        self.wait_text(app, 'One', 'Note title')
        self.wait_text(app, 'text of one\n')
        self.end(app)

    def test_all_notes_are_exported_as_they_are_typed(self):
        self.run_octavo('trash', str(self.add('Gone', 'old')))
        self.add('One', 'text of one', 'tag')
        self.add('Two', 'text of two')
        app = self.open()
        self.enter(app, 'Two', 'ctrl+End')
        app.type(' and more')
        self.wait_text(app, 'text of two and more')
        out = self.out()
        app.key('ctrl+shift+s')
        self.choose_path(app, out)
        app.wait_for(None, '^2 notes exported$')
        self.end(app)
        self.assertEqual({file.name for file in out.iterdir()}, {'One.md', 'Two.md'})
        self.assertIn('text of two and more', (out / 'Two.md').read_text())

    def test_one_note_and_the_notes_of_a_tag_are_exported(self):
        self.add('One', 'text of one', 'tag')
        self.add('Two', 'text of two', 'tag/below')
        self.add('Three', 'text of three')
        app = self.open()
        self.wait_rows(app, 'Three', 'Two', 'One')
        self.wait_calm(app)
        out = self.out()
        app.click(app.wait_for('list item', '^Three$', under=app.wait_for('list', '^Notes$')), button=3)
        app.click(app.wait_for(MENU, '^Export'))
        self.choose_path(app, out)
        app.wait_for(None, '^1 note exported$')
        self.assertEqual([file.name for file in out.iterdir()], ['Three.md'])
        app.click(app.wait_for('list item', '^tag', under=app.wait_for('list', '^Sidebar$')), button=3)
        app.click(app.wait_for(MENU, '^Export These'))
        self.choose_path(app, out)
        app.wait_for(None, '^2 notes exported$')
        self.assertEqual({file.name for file in out.iterdir()}, {'One.md', 'Two.md', 'Three.md'})
        self.end(app)

    def test_an_export_that_fails_says_so(self):
        self.add('One', 'text')
        app = self.open()
        app.key('ctrl+shift+s')
        self.choose_path(app, '/proc')
        app.wait_for('dialog', '^The Export Ended Early$')
        app.wait(lambda: 'One.md' in app.visible_text(), 5, 'what could not be written')
        self.assertEqual(app.unlabelled(), [])
        self.end(app)

    def test_a_chooser_that_is_left_changes_nothing(self):
        self.add('One', 'text')
        app = self.open()
        for key in ('ctrl+o', 'ctrl+shift+s'):
            app.key(key)
            app.wait(lambda: len(app.toplevels()) == 2, 5, 'the file chooser')
            app.key('Escape')
            app.wait(lambda: len(app.toplevels()) == 1, 5, 'the file chooser to close')
        self.wait_rows(app, 'One')
        self.end(app)


main('exchange')
