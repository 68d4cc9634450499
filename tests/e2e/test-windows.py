# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes in windows of their own, and what comes back after a restart."""
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


BODY_OF_ONE = "SELECT body FROM note WHERE title = 'One'"


class Windows(Journey):

    def window(self, app, title):
        """Wait until a window of that title is the active one."""
        def active():
            return next((w for w in app.toplevels() if w.name == title and 'active' in w.states), None)
        return app.wait(active, 10, f'the window {title!r}, with the focus')

    def frames(self, app):
        return sorted(w.name for w in app.toplevels())

    def wait_frames(self, app, *names):
        def same():
            seen[:] = self.frames(app)
            return seen == sorted(names)
        seen = []
        try:
            app.wait(same, 10, f'the windows {names}')
        except AssertionError as error:
            raise AssertionError(f'the windows are {seen}, not {sorted(names)}\n{error}') from None

    def own(self, app, title):
        """Ctrl+Return on the row of a note; gives its window."""
        app.click(app.wait_for('list item', f'^{title}$', under=app.wait_for('list', '^Notes$')))
        self.focus(app, title)
        app.key('ctrl+Return')
        return app.wait(lambda: next((w for w in app.toplevels() if w.name == f'{title} — Octavo' and
                                      not app.find('list', '^Notes$', under=w, shown=False)), None), 10, f'the window of {title}')

    def menu_of(self, app, window, item):
        app.click(app.wait_for('push button', '^Note menu$', under=window))
        app.click(app.wait_for('menu item', item, under=window))

    def in_window(self, app, window, name='Note text'):
        return app.wait(lambda: app.find(('text', 'entry'), f'^{name}$', under=window), 5, f'{name} in {window}')

    def test_a_note_in_two_windows_is_one_text(self):
        self.add('Shared', 'once')
        self.add('Other', 'upon a time')
        app = self.open()
        self.wait_rows(app, 'Other', 'Shared')
        self.choose(app, 'Shared')
        self.wait_text(app, 'once')
        window = self.own(app, 'Shared')
        text = self.in_window(app, window)
        app.wait(lambda: 'focused' in text.states, 5, 'the focus in the text of the new window')
        app.key('ctrl+End')
        app.type(' and again')
        main_text = next(n for n in app.all('text', shown=False) if n.name == 'Note text' and n != text)
        app.wait(lambda: main_text.text == text.text == 'once and again', 5, 'the same text in both')
        self.until_stored(app, 'SELECT title, body FROM note', 'Shared', 'once and again')
        app.key('ctrl+z', 'ctrl+z') # a word each
        app.wait(lambda: main_text.text == text.text == 'once', 5, 'the same text in both after undoing')

        # finding is in this window
        app.key('ctrl+f')
        app.wait(lambda: (app.focused() or text).name == 'Find in note', 5, 'the focus in the entry')
        app.wait_for(('entry', 'text'), '^Find in note$', under=window)
        app.key('Escape')

        # its own keys: the title, the pin, and closing, which leaves the other window
        app.key('F2')
        app.wait(lambda: (app.focused() or text).name == 'Note title', 5, 'the focus in the title')
        app.key('ctrl+a')
        app.type('Renamed')
        app.key('ctrl+d')
        self.until_stored(app, 'SELECT title, body, pinned FROM note', 'Renamed', 'once', 1)
        app.wait(lambda: self.rows(app)[0] == 'Renamed', 5, 'the row of the renamed note')
        self.wait_frames(app, 'Renamed — Octavo', 'Renamed — Octavo')
        app.key('ctrl+w')
        self.wait_frames(app, 'Renamed — Octavo')
        app.wait_for('list', '^Notes$')
        self.end(app)

    def test_by_mouse_from_the_menu_of_a_row_and_once(self):
        self.add('One', 'text')
        self.add('Two', 'text')
        app = self.open()
        self.wait_rows(app, 'Two', 'One')
        self.choose(app, 'Two')
        app.click(app.wait_for('list item', '^One$', under=app.wait_for('list', '^Notes$')), button=3)
        app.click(app.wait_for('menu item', '^Open in a New Window$'))
        self.wait_frames(app, 'One — Octavo', 'One — Octavo')
        app.wait(lambda: (app.focused() or app.root).name == 'Note text' if app.focused() else False, 5, 'the focus in the text')
        app.key('ctrl+shift+p')
        app.wait_for(('entry', 'text'), '^Command$')
        app.type('Show in the list')
        app.wait_for('list item', '^Show in the list')
        app.key('Return')
        self.focus(app, 'One')
        app.key('ctrl+Return')
        app.calm(30)
        self.wait_frames(app, 'One — Octavo', 'One — Octavo')
        self.quit(app)

    def test_trash_and_delete_in_the_window_of_a_note(self):
        self.add('Kept', 'text')
        self.add('Gone', 'text')
        app = self.open()
        self.wait_rows(app, 'Gone', 'Kept')
        window = self.own(app, 'Gone')
        app.click(app.wait_for('push button', '^Move to trash$', under=window))
        undo = app.wait_for('push button', '^Undo$', under=window)
        self.until_stored(app, 'SELECT title, trashed > 0 FROM note', 'Gone', 1)
        undo.act()
        self.until_stored(app, 'SELECT title, trashed FROM note', 'Gone', 0)
        app.click(app.wait_for('push button', '^Move to trash$', under=window))
        app.click(app.wait_for('push button', '^Delete for ever$', under=window))
        app.click(app.wait_for('push button', '^Delete for Ever$'))
        self.until_stored(app, 'SELECT count (*) FROM note', 1)
        self.wait_frames(app, 'Octavo')
        self.end(app)

    def test_the_look_of_the_window_of_a_note(self):
        """Zoom, focus mode, full screen and the windows about the program, by key and from its menu."""
        self.add('One', 'some words')
        app = self.open()
        self.wait_rows(app, 'One')
        window = self.own(app, 'One')
        title = self.in_window(app, window, 'Note title')
        app.wait(lambda: 'focused' in self.in_window(app, window).states, 5, 'the focus in the text')

        def height():
            return app.rect(title)[3]
        usual = height()
        app.key(*['ctrl+plus'] * 5)
        app.wait(lambda: height() > usual, 5, 'a larger title')
        app.key('F10')
        app.click(app.wait_for('menu item', '^View$', under=window))
        app.click(app.wait_for('menu item', '^Usual Size$', under=window, states=('focusable',)))
        app.wait(lambda: height() == usual, 5, 'the usual size')

        app.key('shift+F11')
        app.wait(lambda: not app.find('push button', '^Note menu$', under=window), 5, 'the header to go')
        app.type('more ')
        self.until_stored(app, BODY_OF_ONE, 'more some words')
        app.key('Escape')
        app.wait_for('push button', '^Note menu$', under=window)

        app.key('ctrl+comma')
        app.wait_for(None, '^Sorted by$', shown=False)
        self.assertEqual(app.unlabelled(), [])
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 2, 5, 'the preferences to close')
        self.menu_of(app, window, '^Keyboard Shortcuts$')
        app.wait(lambda: len(app.toplevels()) == 3, 5, 'the shortcuts')
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 2, 5, 'the shortcuts to close')
        app.key('alt+Return')
        app.wait_for('label', '^Words$')
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 2, 5, 'the properties to close')
        self.end(app)

    def test_print_and_export_from_the_window_of_a_note(self):
        self.ignore_leaks()
        self.add('One', 'some words')
        app = self.open()
        self.wait_rows(app, 'One')
        window = self.own(app, 'One')
        app.wait(lambda: 'focused' in self.in_window(app, window).states, 5, 'the focus in the text')
        app.key('ctrl+End')
        app.type(' and more')
        self.menu_of(app, window, '^Export as PDF…$')
        out = Path(self.desktop.dir, 'out')
        out.mkdir()
        self.choose_path(app, out / 'one.pdf')
        app.wait_for(None, '^PDF saved$', under=window)
        told = subprocess.run(['pdftotext', out / 'one.pdf', '-'], capture_output=True, text=True, check=True).stdout
        self.assertIn('some words and more', told)
        self.menu_of(app, window, '^Export…$')
        self.choose_path(app, out)
        app.wait_for(None, '^1 note exported$', under=window)
        self.assertIn('some words and more', (out / 'One.md').read_text())
        app.key('ctrl+p')
        app.wait(lambda: len(app.toplevels()) == 3, 10, 'the dialog of the printer')
        app.key('Escape')
        app.wait(lambda: len(app.toplevels()) == 2, 5, 'it to close')
        self.end(app)

    def test_links_back_and_forward_in_the_window_of_a_note(self):
        self.add('Tea', 'text of Tea')
        self.add('One', '[[Tea]]')
        app = self.open()
        self.wait_rows(app, 'One', 'Tea')
        window = self.own(app, 'One')
        text = self.in_window(app, window)
        app.wait(lambda: 'focused' in text.states, 5, 'the focus in the text')
        app.key('ctrl+Home', 'Right', 'Right', 'Right', 'ctrl+Return')
        app.wait(lambda: text.text == 'text of Tea', 5, 'the text of Tea in the same window')
        self.assertEqual(window.name, 'Tea — Octavo')
        app.wait(lambda: 'focused' in text.states, 5, 'the focus in the text')
        app.key('alt+Left')
        app.wait(lambda: text.text == '[[Tea]]', 5, 'the first note again')
        self.assertEqual(window.name, 'One — Octavo')
        app.click(app.wait_for('push button', '^Note menu$', under=window))
        app.click(app.wait_for('menu item', '^Go$', under=window))
        app.click(app.wait_for('menu item', '^Go Forward$', under=window, states=('focusable',)))
        app.wait(lambda: text.text == 'text of Tea', 5, 'the text of Tea again')
        self.end(app)

    def test_what_was_open_comes_back(self):
        for title in ('One', 'Two', 'Three'):
            self.add(title, ''.join(f'line {i} of {title}\n' for i in range(200)), 'tag')
        app = self.open()
        self.wait_rows(app, 'Three', 'Two', 'One')
        self.choose(app, 'One')
        app.key('F6')
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+Home', *['Down'] * 60, 'End')
        text = app.wait_for('text', '^Note text$')
        offset = len(''.join(f'line {i} of One\n' for i in range(61))) - 1
        app.wait(lambda: text.get('Text', 'CaretOffset') == offset, 5, 'the cursor at the end of the 61st line')
        self.own(app, 'Two')
        self.wait_frames(app, 'Two — Octavo', 'Two — Octavo')
        app.key('ctrl+shift+p')
        app.wait_for(('entry', 'text'), '^Command$')
        app.type('Show in the list')
        app.wait_for('list item', '^Show in the list')
        app.key('Return')
        self.focus(app, 'Two')
        self.choose(app, 'One')
        app.key('F9')
        app.wait(lambda: not app.find('list', '^Sidebar$'), 5, 'the sidebar to go')
        app.key('ctrl+q')
        app.proc.wait(10)
        self.end(app)

        app = self.open(ready=False)
        self.wait_frames(app, 'One — Octavo', 'Two — Octavo')
        window = next(w for w in app.toplevels() if w.name == 'One — Octavo')
        self.assertIsNone(app.find('list', '^Sidebar$'))
        text = self.in_window(app, window)
        app.wait(lambda: text.get('Text', 'CaretOffset') == offset, 5, 'the cursor where it was')
        self.end(app)

        # another file knows nothing of that, and comes back to its own
        self.env['OCTAVO_DATABASE'] = f'{self.desktop.dir}/other.db'
        self.run_octavo('add', '--title', 'Elsewhere', 'text')
        app = self.open()
        self.wait_frames(app, 'Elsewhere — Octavo')
        app.wait_for('list', '^Sidebar$')
        self.end(app)

    def test_what_is_gone_is_not_missed(self):
        ids = {title: self.add(title, 'text') for title in ('One', 'Two', 'Three')}
        app = self.open()
        self.wait_rows(app, 'Three', 'Two', 'One')
        self.choose(app, 'One')
        self.own(app, 'Two')
        self.wait_frames(app, 'Two — Octavo', 'Two — Octavo')
        app.key('ctrl+q')
        app.proc.wait(10)
        self.end(app)
        self.run_octavo('delete', str(ids['One']), str(ids['Two']))
        app = self.open()
        self.wait_frames(app, 'Three — Octavo')
        self.end(app)


main('windows')
