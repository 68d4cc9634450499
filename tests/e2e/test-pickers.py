# SPDX-License-Identifier: GPL-3.0-or-later
"""Going to a note by its title, and to a command by its name."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


class Pickers(Journey):

    def pick(self, app, key, name, *texts):
        """Opens a picker, and types."""
        app.key(key)
        self.focus(app, name)
        for text in texts:
            app.type(text)

    def offers(self, app, name, *titles):
        def same():
            list_ = app.find('list', f'^{name}$')
            seen[:] = [item.name for item in app.all('list item', under=list_)] if list_ else []
            return seen[:len(titles)] == list(titles)
        seen = []
        app.wait(same, 5, f'{titles} to be offered')
        return seen

    def closed(self, app, name):
        app.wait_gone('entry', f'^{name}$')

    def test_jump_to_a_note(self):
        for title in ('Bread', 'A green thread', 'Reading'):
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, 'Reading', 'A green thread', 'Bread')
        self.pick(app, 'ctrl+k', 'Jump to note')
        self.offers(app, 'Jump to note', 'Reading', 'A green thread', 'Bread')
        self.assertEqual(app.unlabelled(), [])
        app.type('read')
        self.offers(app, 'Jump to note', 'Reading', 'A green thread', 'Bread', 'New note “read”')
        app.key('Down')
        app.wait(lambda: app.find('entry', '^Jump to note$').description == 'A green thread', 5, 'what Return would take')
        app.key('Return')
        self.closed(app, 'Jump to note')
        self.focus(app, 'Note text')
        self.wait_text(app, 'text of A green thread')
        self.end(app)

    def test_return_does_not_wait(self):
        for title in ('Bread', 'Butter'):
            self.add(title, f'text of {title}')
        app = self.open()
        self.wait_rows(app, 'Butter', 'Bread')
        self.pick(app, 'ctrl+k', 'Jump to note', 'bread\n')
        self.closed(app, 'Jump to note')
        self.wait_text(app, 'text of Bread')
        self.end(app)

    def test_make_a_note(self):
        self.add('Bread and butter', 'old')
        app = self.open()
        self.wait_rows(app, 'Bread and butter')
        self.pick(app, 'ctrl+k', 'Jump to note', ' Éclair: 生 <b> %s')
        self.offers(app, 'Jump to note', 'New note “Éclair: 生 <b> %s”')
        app.key('Return')
        self.focus(app, 'Note text')
        app.type('cream')
        self.until_stored(app, 'SELECT title, body FROM note', 'Éclair: 生 <b> %s', 'cream')
        self.wait_rows(app, 'Éclair: 生 <b> %s', 'Bread and butter')

        # beside one that fits: it is the last, and one up from the first
        self.pick(app, 'ctrl+k', 'Jump to note', 'Bread')
        self.offers(app, 'Jump to note', 'Bread and butter', 'New note “Bread”')
        app.key('Up', 'Return')
        self.focus(app, 'Note text')
        self.until_stored(app, 'SELECT title, body FROM note', 'Bread', '')
        self.pick(app, 'ctrl+k', 'Jump to note', 'bread')
        self.assertEqual(self.offers(app, 'Jump to note', 'Bread', 'Bread and butter'), ['Bread', 'Bread and butter'])
        app.key('Escape')
        self.closed(app, 'Jump to note')
        self.focus(app, 'Note text')
        self.end(app)

    def test_jump_by_mouse(self):
        self.add('Bread', 'text of Bread')
        self.add('Butter', 'text of Butter')
        app = self.open()
        self.wait_rows(app, 'Butter', 'Bread')
        app.menu('^Main menu$', '^Go$', '^Jump to Note')
        self.offers(app, 'Jump to note', 'Butter', 'Bread')
        app.click(app.wait_for('list item', '^Bread$', under=app.find('list', '^Jump to note$')))
        self.closed(app, 'Jump to note')
        self.wait_text(app, 'text of Bread')
        self.end(app)

    def test_commands(self):
        env = {'GSETTINGS_BACKEND': 'keyfile'}
        self.add('Bread', 'text of Bread')
        app = self.open(env=env)
        self.choose(app, 'Bread')
        self.pick(app, 'ctrl+shift+p', 'Command')
        self.assertNotIn('Restore from the trash', self.offers(app, 'Command', 'New note'))
        self.assertEqual(app.unlabelled(), [])
        app.type('pin')
        self.offers(app, 'Command', 'Pin or unpin')
        app.key('Return')
        self.closed(app, 'Command')
        self.until_stored(app, 'SELECT title, pinned FROM note', 'Bread', 1)

        # what was done last comes first, also tomorrow
        self.quit(app)
        app = self.open(env=env)
        self.enter(app, 'Bread', 'ctrl+End')
        app.type('!')
        self.wait_text(app, 'text of Bread!')
        self.pick(app, 'ctrl+shift+p', 'Command')
        self.offers(app, 'Command', 'Pin or unpin', 'New note')
        app.type('undo')
        self.offers(app, 'Command', 'Undo')
        app.key('Return')
        self.closed(app, 'Command')
        self.focus(app, 'Note text')
        self.wait_text(app, 'text of Bread')
        self.pick(app, 'ctrl+shift+p', 'Command', 'nothing like it')
        app.wait(lambda: 'No command has such a name.' in app.visible_text(), 5, 'a word about it')
        app.key('Escape')
        self.closed(app, 'Command')
        self.end(app)


main('pickers')
