# SPDX-License-Identifier: GPL-3.0-or-later
"""Links in the text: followed by key and by mouse, offered, kept when a note is renamed, and seen from the other end."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

BROWSER = '''[Desktop Entry]
Type=Application
Name=Browser
Exec=sh -c "echo \\"$1\\" >> {}" browser %u
MimeType=x-scheme-handler/https;
'''


BODY_OF_ONE = "SELECT trim (body) FROM note WHERE title = 'One'"


class Links(Journey):

    def press_with_ctrl(self, app, x, y):
        """Ctrl+click, so far into the text."""
        left, top, *_ = app.rect(app.wait_for('text', '^Note text$'))
        app.screen.hold('ctrl', True)
        try:
            app.click_at((left + x, top + y, 4, 4))
        finally:
            app.screen.hold('ctrl', False)

    def add_browser(self):
        """What opens addresses of the web writes them down."""
        self.visited = Path(self.desktop.dir, 'visited')
        folder = Path(self.desktop.env['XDG_DATA_HOME'], 'applications')
        folder.mkdir(parents=True, exist_ok=True)
        (folder / 'browser.desktop').write_text(BROWSER.format(self.visited))
        (folder / 'mimeinfo.cache').write_text('[MIME Cache]\nx-scheme-handler/https=browser.desktop;\n')

    def test_to_a_note_by_key(self):
        self.add('Green tea', 'a text\n\n## Steep\n\nthree minutes')
        self.add('One', '[[green TEA#steep]] and [[New one]]')
        app = self.open()
        self.enter(app, 'One')
        app.key('Right', 'Right', 'Right', 'ctrl+Return')
        self.wait_text(app, 'Green tea', 'Note title')
        self.focus(app, 'Note text')
        app.wait(lambda: app.wait_for('text', '^Note text$').get('Text', 'CaretOffset') == 8, 5, 'the cursor at the heading')

        # one that is not there is made, if one wants it
        self.enter(app, 'One')
        app.key('ctrl+End', 'ctrl+Return')
        app.wait_for('push button', '^Make Note$')
        self.assertEqual(app.unlabelled(), [])
        app.key('Escape')
        self.focus(app, 'Note text')
        app.key('ctrl+Return')
        app.wait_for('push button', '^Make Note$')
        app.key('ctrl+Return')
        self.wait_text(app, 'New one', 'Note title')
        self.focus(app, 'Note text')
        app.type('hello')
        self.until_stored(app, 'SELECT title, body FROM note', 'New one', 'hello')
        self.end(app)

    def test_to_a_note_by_mouse(self):
        self.add('Tea', 'text of Tea')
        self.add('One', '[[Tea]]')
        app = self.open()
        self.choose(app, 'One')
        self.press_with_ctrl(app, 40, 22)
        self.wait_text(app, 'Tea', 'Note title')
        self.enter(app, 'One')
        left, top, *_ = app.rect(app.wait_for('text', '^Note text$'))
        app.click_at((left + 40, top + 22, 4, 4), button=3)
        app.click(app.wait_for('menu item', '^Open Link$'))
        self.wait_text(app, 'text of Tea')
        self.end(app)

    def test_out_and_refused(self):
        self.add_browser()
        self.add('One', '<https://example.org/a>\n\n[x](javascript:alert(1)) [y](file:///etc/passwd)')
        app = self.open()
        self.enter(app, 'One')
        app.key('Right', 'Right', 'ctrl+Return')
        app.wait(lambda: self.visited.exists() and self.visited.read_text() == 'https://example.org/a\n', 5, 'the visit')
        app.key('Down', 'Down', 'ctrl+Return')
        app.wait_for('label', '^Links of this kind are not opened')
        self.assertEqual(self.visited.read_text(), 'https://example.org/a\n')
        self.end(app)

    def test_titles_are_offered(self):
        for title in ('Green tea', 'Greece', 'Black tea', 'One'):
            self.add(title, ' ')
        app = self.open()
        self.enter(app, 'One')
        app.type('[[gre')
        list_ = app.wait_for('list', '^Matching notes$')
        app.wait(lambda: [row.name for row in app.all('list item', under=list_)] == ['Greece', 'Green tea'], 5, 'titles')
        self.assertEqual(app.unlabelled(), [])
        app.key('Down', 'Return')
        app.wait_gone('list', '^Matching notes$')
        self.until_stored(app, BODY_OF_ONE, '[[Green tea]]')
        app.key('ctrl+z')
        self.until_stored(app, BODY_OF_ONE, '[[gre')

        # Escape leaves it as it is typed; by mouse it is taken, too
        app.key('ctrl+a', 'Delete')
        app.type('[[bl')
        app.wait_for('list', '^Matching notes$')
        app.key('Escape')
        app.wait_gone('list', '^Matching notes$')
        app.type('a]] and [[bla')
        app.click(app.wait_for('list item', '^Black tea$', under=app.wait_for('list', '^Matching notes$')))
        self.focus(app, 'Note text')
        app.type('!')
        self.until_stored(app, BODY_OF_ONE, '[[bla]] and [[Black tea]]!')
        self.end(app)

    def test_tags_are_offered(self):
        self.add('Two', ' ', 'work/project', 'home')
        self.add('One', ' ')
        app = self.open()
        self.enter(app, 'One')
        app.type('see #wo')
        app.wait_for('list', '^Matching tags$')
        app.click(app.wait_for('list item', '^work/project'))
        app.wait_gone('list', '^Matching tags$')
        app.type(' and #ho')
        app.wait_for('list', '^Matching tags$')
        app.key('Return')
        app.type('`#ho` [')
        self.until_stored(app, BODY_OF_ONE, 'see #work/project and #ho\n`#ho` [')
        self.end(app)

    def test_linked_from(self):
        self.add('Tea', 'text of Tea')
        self.add('One', 'some [[Tea]] please')
        app = self.open()
        self.enter(app, 'Tea')
        app.click(app.wait_for('push button', '^Linked from 1 note$'))
        list_ = app.wait_for('list', '^Linked from$')
        self.assertEqual(app.unlabelled(), [])
        self.assertEqual(app.wait_for('list item', '^One$', under=list_).description, 'some Tea please')
        self.add('Two', '[[tea|green]]')
        app.wait(lambda: [row.name for row in app.all('list item', under=list_)] == ['Two', 'One'], 10, 'a second link')
        app.click(app.wait_for('list item', '^Two$', under=list_))
        self.wait_text(app, 'Two', 'Note title')

        # by keyboard
        self.enter(app, 'Tea')
        app.key('ctrl+shift+p')
        self.focus(app, 'Command')
        app.type('link to it')
        app.key('Return')
        self.focus(app, 'Two')
        app.key('Down', 'Return')
        self.wait_text(app, 'One', 'Note title')
        self.end(app)

    def test_renamed(self):
        self.add('Tea', 'text of Tea')
        self.add('One', 'one [[Tea]]')
        self.add('Two', '`[[Tea]]` and [[tea|green]]')
        bodies = "SELECT group_concat (trim (body), '/') FROM (SELECT body FROM note ORDER BY id)"
        app = self.open()
        self.enter(app, 'One')
        self.enter(app, 'Tea')
        app.key('F2')
        self.focus(app, 'Note title')
        app.type('Chai')
        app.key('Return')
        app.wait_for('label', '^2 notes link to “Tea”. Update their links')
        self.assertEqual(app.unlabelled(), [])
        app.type('more ')
        app.click(app.wait_for('push button', '^Update$'))
        self.until_stored(app, bodies, 'more text of Tea/one [[Chai]]/`[[Tea]]` and [[Chai|green]]')
        app.click(app.wait_for('push button', '^Undo$'))
        self.until_stored(app, bodies, 'more text of Tea/one [[Tea]]/`[[Tea]]` and [[tea|green]]')

        # by keyboard; what is open shows it; what was edited since stays
        app.key('ctrl+shift+p')
        self.focus(app, 'Command')
        app.type('update the links')
        app.key('Return')
        self.until_stored(app, bodies, 'more text of Tea/one [[Chai]]/`[[Tea]]` and [[Chai|green]]')
        self.enter(app, 'One')
        self.wait_text(app, 'one [[Chai]]')
        app.type('!')
        self.until_stored(app, bodies, 'more text of Tea/!one [[Chai]]/`[[Tea]]` and [[Chai|green]]')
        app.click(app.wait_for('push button', '^Undo$'))
        self.until_stored(app, bodies, 'more text of Tea/!one [[Chai]]/`[[Tea]]` and [[tea|green]]')
        app.wait_for('label', '^Undone, but 1 note was changed since')
        self.end(app)

    def test_to_a_tag(self):
        self.add('Two', 'text', 'work')
        self.add('One', 'see #work, and #nothing')
        app = self.open()
        self.wait_rows(app, 'One', 'Two')
        self.enter(app, 'One')
        app.key(*['Right'] * 6, 'ctrl+Return')
        self.wait_rows(app, 'Two')
        self.end(app)


main('links')
