# SPDX-License-Identifier: GPL-3.0-or-later
"""The window itself: what it shows, in which sizes, and whether everyone can tell its parts."""
import shutil
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


class Window(Journey):

    def test_an_empty_file_says_what_to_do(self):
        app = self.open()
        app.wait(lambda: 'Ctrl+N' in app.visible_text() or 'New' in app.visible_text(), 5, 'what to do')
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('push button', '^New note$'))
        self.focus(app, 'Note title')
        self.end(app)

    def test_every_control_has_a_name(self):
        self.run_octavo('trash', str(self.add('Thrown away', 'old')))
        self.add('One', 'text', 'tag', 'tag/below')
        app = self.open()
        self.choose(app, 'One')
        self.assertEqual(app.unlabelled(), [])
        self.go(app, 'Trash')
        self.choose(app, 'Thrown away')
        self.assertEqual(app.unlabelled(), [])
        for name in ('Restore', 'Delete for ever'):
            app.wait_for('push button', f'^{name}$')
        self.go(app, 'All notes')
        app.key('ctrl+shift+f')
        app.type('nothing has this')
        self.wait_rows(app)
        self.assertEqual(app.unlabelled(), [])
        self.end(app)

    def test_menu_and_its_windows(self):
        app = self.open()
        for item, told in (('Keyboard Shortcuts', 'New note'), ('About', 'Octavo')):
            app.menu('^Main menu$', f'^_?{item}')
            app.wait(lambda: len(app.toplevels()) == 2, 5, f'the window of {item}')
            app.wait(lambda: told.lower() in app.visible_text().lower(), 5, told)
            self.assertTrue(all(window.name for window in app.toplevels()), app.toplevels())
            if item == 'Keyboard Shortcuts':
                self.assertEqual(app.unlabelled(), [])
            app.key('Escape')
            app.wait(lambda: len(app.toplevels()) == 1, 5, f'the window of {item} to close')
        self.end(app)

    def test_sidebar_shows_places_and_tags_with_counts(self):
        self.add('One', 'text', 'work')
        self.add('Two', 'text', 'work/meetings')
        self.add('Three', 'text')
        self.run_octavo('trash', str(self.add('Four', 'text')))
        app = self.open()
        for place, rows in (('work', ['Two', 'One']), ('Untagged', ['Three']), ('Trash', ['Four']),
                            ('All notes', ['Three', 'Two', 'One'])):
            self.go(app, place)
            self.wait_rows(app, *rows)
        self.assertIn('2', app.visible_text())
        self.end(app)

    def test_trash_and_restore_by_buttons(self):
        self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        app.click(app.wait_for('push button', '^Move to trash$'))
        self.wait_rows(app)
        self.go(app, 'Trash')
        self.wait_rows(app, 'One')
        self.choose(app, 'One')
        app.click(app.wait_for('push button', '^Restore$'))
        self.wait_rows(app)
        self.go(app, 'All notes')
        self.wait_rows(app, 'One')
        self.until_stored(app, 'SELECT title, trashed FROM note', 'One', 0)
        self.end(app)

    def test_sorting_by_title(self):
        for title in ('banana', 'Cherry', 'apple'):
            self.add(title, 'fruit')
        app = self.open()
        self.wait_rows(app, 'apple', 'Cherry', 'banana')
        app.menu('^Sort$', '^_?Title')
        self.wait_rows(app, 'apple', 'banana', 'Cherry')
        self.end(app)

    def test_tags_are_added_and_taken_off(self):
        self.add('One', 'text', 'old')
        app = self.open()
        self.choose(app, 'One')
        app.click(app.wait_for('push button', '^Remove.*old'))
        self.until_stored(app, 'SELECT count(*) FROM note_tag', 0)
        app.key('ctrl+t')
        self.focus(app, 'Tags of the note')
        app.type('new/tag')
        app.key('Return')
        self.until_stored(app, 'SELECT name FROM tag JOIN note_tag ON tag_id = id', 'new/tag')
        app.wait_for('list item', '^new', under=app.wait_for('list', '^Sidebar$'))
        self.end(app)

    def test_it_folds_to_one_column(self):
        self.add('One', 'narrow text')
        app = self.open()
        self.choose(app, 'One')
        app.resize(360, 640)
        app.wait(lambda: not app.find('list', '^Sidebar$'), 5, 'the sidebar folded away')
        if app.find('text', '^Note text$'):
            app.wait(lambda: not app.find('list', '^Notes$'), 5, 'one column only')
            self.assertEqual(app.unlabelled(), [])
            app.click(app.wait_for('push button', '^Back$'))
        self.wait_rows(app, 'One')
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('list item', '^One$', under=app.wait_for('list', '^Notes$')))
        self.wait_text(app, 'narrow text')
        self.end(app)

    def test_search_finds_parts_of_words_accents_and_tags(self):
        self.add('Été', 'le résumé de la journée', 'français')
        self.add('Notes', 'the raincoat', 'clothes')
        self.add('笔记', '这是一本书')
        app = self.open()
        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        for query, rows in (('resume', ['Été']), ('coat', ['Notes']), ('书', ['笔记']), ('tag:clothes', ['Notes']),
                            ('coat OR resume', ['Notes', 'Été']), ('-coat', ['笔记', 'Été'])):
            app.key('ctrl+a')
            app.type(query)
            self.wait_rows(app, *rows)
        self.end(app)


@unittest.skipUnless(shutil.which('metacity'), 'metacity is not installed')
class Composited(Journey):
    """Where windows have shadows, and so get their sizes by other steps."""

    wm = 'metacity'

    def test_the_first_note_is_shown_from_its_start(self):
        self.add('One', 'one, two, **three**\n\n- [ ] four\n- [x] five\n\n> six\n\n`seven` and [eight](https://example.org)', 'tag')
        app = self.open()
        self.choose(app, 'One')
        text = app.wait_for('text', '^Note text$')
        self.wait_calm(app)
        x, y, _, _ = app.rect(text)
        app.click_at((x + 60, y + 20, 2, 2))
        self.focus(app, 'Note text')
        self.assertLessEqual(text.get('Text', 'CaretOffset'), len('one, two, **three**'))
        self.end(app)


main('window')
