# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line and the window, on the same file at the same time."""
import time
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import PATIENCE, Journey, main


class CommandLine(Journey):

    def test_a_note_added_outside_shows_within_a_second(self):
        app = self.open()
        self.add('From outside', 'typed in a terminal', 'shell')
        began = time.monotonic()
        self.wait_rows(app, 'From outside')
        self.assertLess(time.monotonic() - began, PATIENCE)
        app.wait_for('list item', '^shell', under=app.wait_for('list', '^Sidebar$'))
        self.end(app)

    def test_an_open_note_follows_an_edit_from_outside(self):
        note = self.add('Shared', 'before')
        app = self.open()
        self.choose(app, 'Shared')
        self.wait_text(app, 'before')
        self.run_octavo('edit', str(note), '--body', 'after')
        self.wait_text(app, 'after')
        self.end(app)

    def test_a_note_trashed_outside_leaves_the_list(self):
        note = self.add('Going', 'away')
        self.add('Staying', 'here')
        app = self.open()
        self.wait_rows(app, 'Staying', 'Going')
        self.run_octavo('trash', str(note))
        self.wait_rows(app, 'Staying')
        self.end(app)

    def test_a_second_start_asks_the_first_for_a_new_note(self):
        app = self.open()
        self.run_octavo('--new-note')
        window = app.wait(lambda: [window for window in app.toplevels() if window.name == 'Quick Note'], 5, 'a small window')[0]
        app.wait_for('text', '^Note title$', under=window, states=('focused',))
        self.assertEqual(len(app.toplevels()), 2)
        self.end(app)

    def test_a_second_start_searches_in_the_first(self):
        self.add('Apples', 'red')
        self.add('Pears', 'green')
        app = self.open()
        self.wait_rows(app, 'Pears', 'Apples')
        self.run_octavo('--search', 'red')
        self.wait_rows(app, 'Apples')
        self.end(app)

    def test_a_note_is_opened_by_its_id(self):
        note = self.add('Chosen', 'this one')
        self.add('Other', 'not this')
        app = self.open('--note', str(note))
        self.wait_text(app, 'this one')
        self.end(app)

    def test_what_the_window_writes_the_command_line_reads(self):
        app = self.open()
        self.write(app, 'In the window', 'typed here')
        self.until_stored(app, 'SELECT title, body FROM note', 'In the window', 'typed here')
        self.assertIn('In the window', self.run_octavo('search', 'typed'))
        self.end(app)


main('command-line')
