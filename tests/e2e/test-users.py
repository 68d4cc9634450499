# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose notes these are: users are added, shown, changed and deleted, by keyboard and by mouse."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


class Users(Journey):

    def setUp(self):
        super().setUp()
        self.run_octavo('add', '--title', 'Mine', 'text')
        self.execute("UPDATE user SET name = 'Me', folded = 'me'")

    def add_of(self, user, title, *tags):
        words = [word for tag in tags for word in ('--tag', tag)]
        self.run_octavo('add', '--user', user, '--title', title, *words, 'text')

    def name(self, app, name):
        """Wait until the button says whose notes are shown."""
        app.wait_for('push button', f'^User: {name}$')

    def menu(self, app):
        app.click(app.wait_for('push button', '^User: '))
        return app.wait_for('list', '^Users$')

    def command(self, app, text, title):
        """Choose a command by name."""
        app.key('ctrl+shift+p')
        self.focus(app, 'Command')
        app.type(text)
        app.wait_for('list item', f'^{title}')
        app.wait(lambda: title in (app.focused().description or ''), 5, f'{title} to be chosen')
        app.key('Return')

    def description(self, app, title):
        return app.wait_for('list item', f'^{title}$', under=app.wait_for('list', '^Notes$')).description

    def test_by_keyboard(self):
        app = self.open()
        self.name(app, 'Me')
        self.wait_rows(app, 'Mine')
        self.assertNotIn('Me,', self.description(app, 'Mine'))
        self.command(app, 'add a user', 'Add a user')
        self.focus(app, 'Name')
        self.assertEqual(app.unlabelled(), [])
        app.type('ME')
        app.key('Return')
        app.wait(lambda: 'Somebody is named “ME” here already' in app.visible_text(), 5, 'a word about the name')
        app.key('ctrl+a')
        app.type('Ada')
        app.key('Tab')
        self.focus(app, 'E-mail')
        app.type('ada@example.org')
        app.key('Return')
        self.name(app, 'Ada')
        self.until_stored(app, 'SELECT id, name, email FROM user', 2, 'Ada', 'ada@example.org')
        self.wait_rows(app)
        self.write(app, 'Hers', 'text')
        self.until_stored(app, 'SELECT title, user_id FROM note', 'Hers', 2)
        app.key('ctrl+alt+1')
        self.name(app, 'Me')
        self.wait_rows(app, 'Mine')
        self.wait_text(app, 'Mine', 'Note title')
        app.key('ctrl+alt+9')
        app.key('ctrl+alt+2')
        self.name(app, 'Ada')
        self.wait_rows(app, 'Hers')
        self.command(app, 'notes of everyone', 'Notes of everyone')
        self.name(app, 'Everyone')
        self.wait_rows(app, 'Hers', 'Mine')
        self.assertTrue(self.description(app, 'Hers').startswith('Ada, '), self.description(app, 'Hers'))
        self.write(app, 'Of the last one', 'text')
        self.until_stored(app, 'SELECT title, user_id FROM note', 'Of the last one', 2)
        self.end(app)

    def test_by_mouse(self):
        self.add_of('Ada', 'Hers', 'science')
        app = self.open()
        self.wait_rows(app, 'Mine')
        users = self.menu(app)
        self.assertEqual([row.name for row in app.all('list item', under=users)], ['Me', 'Ada', 'Everyone'])
        self.assertIn('This is no lock', app.visible_text())
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('list item', '^Ada$', under=users))
        self.name(app, 'Ada')
        app.wait_gone('list', '^Users$')
        self.wait_rows(app, 'Hers')
        users = self.menu(app)
        app.click(app.wait_for('push button', '^Edit “Ada”'))
        app.wait(lambda: app.find('text', '^Name$', states='focused', shown=False), 5, 'the focus in the name')
        app.key('ctrl+a')
        app.type('Grace')
        app.click(app.wait_for('push button', '^Red$'))
        app.click(app.wait_for('push button', '^Save$'))
        self.name(app, 'Grace')
        self.until_stored(app, 'SELECT name, color FROM user', 'Grace', 'red')
        self.menu(app)
        app.click(app.wait_for('list item', '^Everyone$'))
        self.wait_rows(app, 'Hers', 'Mine')
        self.assertTrue(self.description(app, 'Hers').startswith('Grace, '))
        self.end(app)

    def test_others_change_users(self):
        app = self.open()
        self.name(app, 'Me')
        users = self.menu(app)
        self.add_of('Ada', 'Hers')
        app.wait_for('list item', '^Ada$', under=users)
        app.key('Escape')
        app.wait_gone('list', '^Users$')
        app.key('ctrl+alt+2')
        self.name(app, 'Ada')
        self.execute("UPDATE user SET name = 'Grace', folded = 'grace' WHERE id = 2")
        self.name(app, 'Grace')
        self.execute('UPDATE note SET user_id = 1')
        self.wait_rows(app)
        self.execute('DELETE FROM user WHERE id = 2')
        self.name(app, 'Me')
        self.wait_rows(app, 'Hers', 'Mine')
        self.end(app)

    def wait_tags(self, app, *tags):
        """Wait until the tags of the sidebar, after its three places, and their counts are these."""
        def have():
            rows = app.all('list item', under=app.find('list', '^Sidebar$'))[3:]
            return [(row.name, row.description) for row in rows]
        app.wait(lambda: have() == list(tags), 10, f'{tags} to be the tags; the last were {have()}')

    def test_tags_are_those_of_the_user(self):
        self.add_of('Ada', 'Hers', 'garden/roses', 'home')
        self.add('Ours', 'text', 'home', 'work')
        app = self.open()
        self.name(app, 'Me')
        self.wait_tags(app, ('home', '1 note'), ('work', '1 note'))
        app.key('ctrl+alt+2')
        self.name(app, 'Ada')
        self.wait_tags(app, ('garden', '1 note'), ('garden/roses', '1 note'), ('home', '1 note'))

        # one that is selected stays, and goes when another is
        sidebar = app.wait_for('list', '^Sidebar$')
        app.click(app.wait_for('list item', '^garden$', under=sidebar))
        self.wait_rows(app, 'Hers')
        app.key('ctrl+alt+1')
        self.wait_rows(app)
        self.wait_tags(app, ('garden', '0 notes'), ('home', '1 note'), ('work', '1 note'))
        app.click(app.wait_for('list item', '^home$', under=sidebar))
        self.wait_rows(app, 'Ours')
        self.wait_tags(app, ('home', '1 note'), ('work', '1 note'))

        self.menu(app)
        app.click(app.wait_for('list item', '^Everyone$'))
        self.wait_tags(app, ('garden', '1 note'), ('garden/roses', '1 note'), ('home', '2 notes'), ('work', '1 note'))
        self.end(app)

    def test_the_only_user_stays(self):
        app = self.open()
        self.menu(app)
        app.click(app.wait_for('push button', '^Delete “Me”'))
        app.wait(lambda: 'Notes always belong to somebody' in app.visible_text(), 5, 'why not')
        app.key('Escape')
        self.assertEqual(self.ask('SELECT count(*) FROM user'), [(1,)])
        self.end(app)

    def test_delete(self):
        self.add_of('Ada', 'Hers')
        self.add_of('Ada', 'Hers too')
        app = self.open('--user', 'Ada')
        self.wait_rows(app, 'Hers too', 'Hers')
        self.command(app, 'delete the user', 'Delete the user')
        app.wait(lambda: 'Ada has 2 notes.' in app.visible_text(), 5, 'how many notes there are')
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('push button', '^Delete User$'))
        self.name(app, 'Me')
        self.wait_rows(app, 'Hers too', 'Hers', 'Mine')
        self.until_stored(app, 'SELECT count(*), max(user_id) FROM note', 3, 1)
        app.click(app.wait_for('push button', '^Undo$'))
        self.name(app, 'Ada')
        self.wait_rows(app, 'Hers too', 'Hers')
        self.command(app, 'delete the user', 'Delete the user')
        app.click(app.wait_for('check box', '^Put them into the trash there$'))
        app.click(app.wait_for('push button', '^Delete User$'))
        self.name(app, 'Me')
        self.wait_rows(app, 'Mine')
        self.until_stored(app, 'SELECT count(*), max(user_id) FROM note WHERE trashed > 0', 2, 1)
        self.end(app)

    def test_the_last_user_is_kept(self):
        self.add_of('Ada', 'Hers')
        app = self.open()
        self.wait_rows(app, 'Mine')
        app.key('ctrl+alt+2')
        self.wait_rows(app, 'Hers')
        self.end(app)
        app = self.open()
        self.name(app, 'Ada')
        self.wait_rows(app, 'Hers')
        self.end(app)
        self.execute('UPDATE note SET user_id = 1')
        self.execute('DELETE FROM user WHERE id = 2')
        app = self.open()
        self.name(app, 'Me')
        self.wait_rows(app, 'Hers', 'Mine')
        self.end(app)

    def test_a_note_is_given_away(self):
        self.add_of('Ada', 'Hers')
        app = self.open()
        self.wait_rows(app, 'Mine')
        self.wait_text(app, 'Mine', 'Note title')
        app.menu('^Note menu$', '^Give to User')
        app.wait_for('combo box', '^Give the notes to')
        self.assertEqual(app.unlabelled(), [])
        app.click(app.wait_for('push button', '^Give$'))
        self.until_stored(app, 'SELECT title, user_id FROM note', 'Mine', 2)
        self.wait_rows(app)
        self.end(app)


main('users')
