# SPDX-License-Identifier: GPL-3.0-or-later
"""What a note said before: kept while one works, looked at, and brought back, by keyboard."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

KEPT = "SELECT group_concat (reason || ':' || CAST (body AS TEXT), ' ') FROM (SELECT * FROM note_version ORDER BY id)"
BODY = "SELECT body FROM note WHERE title = 'One'"


class Versions(Journey):

    def open_versions(self, app):
        """Open the history of the note, by its key."""
        app.key('ctrl+shift+h')
        app.wait_for('frame', '^Earlier Versions$')
        list_ = app.wait_for('list', '^Versions$')
        return list_

    def described(self, app, list_):
        return [row.description for row in app.all('list item', under=list_)]

    def note_of_three(self):
        id = str(self.add('One', 'red'))
        self.run_octavo('edit', id, '--body', 'red green')
        self.run_octavo('edit', id, '--body', 'blue')
        return id

    def test_left_and_written_in_again(self):
        self.add('One', 'a')
        self.add('Two', 'b')
        app = self.open()
        self.choose(app, 'One')
        app.key('Return')
        self.focus(app, 'Note text')
        app.key('ctrl+End')
        app.type('1')
        self.until_stored(app, BODY, 'a1')
        app.type('2')
        self.until_stored(app, BODY, 'a12')
        self.choose(app, 'Two')
        self.choose(app, 'One')
        app.key('Return')
        self.focus(app, 'Note text')
        app.key('ctrl+End')
        app.type('3')
        self.until_stored(app, BODY, 'a123')
        self.assertEqual(self.ask(KEPT), [('left:a left:a12',)])
        self.end(app)

    def test_looked_at_and_restored_by_keyboard(self):
        self.note_of_three()
        app = self.open()
        self.choose(app, 'One')
        list_ = self.open_versions(app)
        app.wait(lambda: len(self.described(app, list_)) == 3 and
                 'added' in (self.described(app, list_)[2] or ''), 5, 'how many words differ')
        self.assertEqual(self.described(app, list_), ['What the note says, 1 word added, 2 words removed',
                                                      'Before a command changed it, 1 word added',
                                                      'Before a command changed it, 1 word added'])
        self.assertEqual(app.all('list item', under=list_)[0].name, 'Now')
        self.assertEqual(app.unlabelled(), [])
        differences = app.wait_for('text', '^Differences$')
        app.wait(lambda: '+ red green' in differences.text, 5, 'what came with the last version')
        app.key('Down')
        app.wait(lambda: '+ red' in differences.text and 'green' not in differences.text, 5, 'the first version')
        app.key('alt+n')
        app.wait(lambda: '\N{MINUS SIGN} red' in differences.text and '+ blue' in differences.text, 5, 'what came since')
        app.key('alt+r')
        self.until_stored(app, BODY, 'red')
        app.wait(lambda: len(self.described(app, list_)) == 4, 5, 'what it said as a version')
        self.assertTrue(self.described(app, list_)[1].startswith('Before something earlier was restored'))
        app.wait(lambda: 'Version restored' in app.visible_text(), 5, 'the word about it')
        app.key('Escape')  # which goes first
        app.wait(lambda: 'Version restored' not in app.visible_text(), 5, 'the word about it to go')
        app.key('Escape')
        app.wait_gone('frame', '^Earlier Versions$')
        self.wait_text(app, 'red')
        app.click(app.wait_for('text', '^Note text$'))
        self.focus(app, 'Note text')
        app.key('ctrl+z')
        self.wait_text(app, 'blue')
        self.until_stored(app, BODY, 'blue')
        self.end(app)

    def test_cleared_and_brought_back(self):
        self.note_of_three()
        app = self.open()
        self.choose(app, 'One')
        self.open_versions(app)
        app.click(app.wait_for('push button', '^C_?lear…$'))
        app.click(app.wait_for('push button', '^C_?lear$'))
        app.wait(lambda: 'No Earlier Versions' in app.visible_text(), 5, 'that there are none')
        self.until_stored(app, 'SELECT count (*) FROM note_version', 0)
        app.click(app.wait_for('push button', '^Undo$'))
        self.until_stored(app, 'SELECT count (*) FROM note_version', 2)
        list_ = app.wait_for('list', '^Versions$')
        app.wait(lambda: len(self.described(app, list_)) == 3, 5, 'the versions')
        app.wait_gone('push button', '^Undo$')
        app.key('Escape')
        app.wait_gone('frame', '^Earlier Versions$')
        app.key('ctrl+alt+z')
        app.wait_for('list item', '^History of “One” cleared$')
        self.end(app)

    def test_in_a_window_of_its_own(self):
        self.note_of_three()
        app = self.open()
        self.choose(app, 'One')
        app.key('ctrl+Return')
        app.wait(lambda: len(app.toplevels()) == 2, 5, 'the window of the note')
        app.calm(20)
        list_ = self.open_versions(app)
        app.wait(lambda: len(self.described(app, list_)) == 3, 5, 'the versions')
        app.key('Escape')
        app.wait_gone('frame', '^Earlier Versions$')
        self.end(app)

    def test_what_another_program_wrote_over(self):
        self.add('One', 'mine')
        app = self.open()
        self.choose(app, 'One')
        self.execute("UPDATE note SET body = 'theirs' WHERE title = 'One'")
        self.wait_text(app, 'theirs')
        self.until_stored(app, KEPT, 'other:mine')
        self.end(app)


main('versions')
