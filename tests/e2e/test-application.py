# SPDX-License-Identifier: GPL-3.0-or-later
"""How the application begins and ends: files named by a start, a file that has to be mended first, signals."""
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import PATIENCE, Journey, main


class Application(Journey):

    def ends_by(self, number):
        app = self.open()
        self.write(app, 'Hurry', 'quick')
        app.type('er')
        self.wait_text(app, 'quicker')
        os.kill(app.pid, number)
        app.proc.wait(10 * PATIENCE)
        self.end(app)
        self.assertEqual(self.ask('SELECT title, body FROM note'), [('Hurry', 'quicker')])

    def test_sigterm_saves_what_is_typed(self):
        self.ends_by(signal.SIGTERM)

    def test_sigint_saves_what_is_typed(self):
        self.ends_by(signal.SIGINT)

    def test_sighup_saves_what_is_typed(self):
        self.ends_by(signal.SIGHUP)

    def test_a_signal_at_the_start_ends_well(self):
        app = self.open(ready=False)
        os.kill(app.pid, signal.SIGTERM)
        app.proc.wait(10 * PATIENCE)
        self.end(app)

    def make_file(self, name, text):
        path = Path(self.desktop.dir) / name
        path.write_text(text)
        return str(path)

    def test_a_file_named_by_the_start_is_imported_and_opened(self):
        self.add('Other', 'other text')
        app = self.open(self.make_file('named.md', '# Named\n\nfrom a file\n'))
        self.wait_text(app, '# Named\n\nfrom a file\n')
        self.end(app)
        self.assertEqual(set(self.notes()), {'Named', 'Other'})

    def test_a_second_start_hands_its_file_over(self):
        self.add('Other', 'other text')
        app = self.open()
        self.run_octavo(self.make_file('handed.md', 'handed over\n'))
        self.wait_text(app, 'handed over\n')
        self.assertEqual(len(app.toplevels()), 1)
        self.end(app)

    def test_a_second_start_opens_a_note(self):
        note = self.add('Chosen', 'this one')
        self.add('Other', 'not this')
        app = self.open()
        self.run_octavo('--note', str(note))
        self.wait_text(app, 'this one')
        self.end(app)

    def test_new_notes_are_the_named_users(self):
        self.run_octavo('add', '--user', 'Ada', 'first')
        app = self.open('--user', 'ada')
        self.write(app, 'Of Ada', 'text')
        self.until_stored(app, 'SELECT note.title, user.name FROM note JOIN user ON user.id = user_id', 'Of Ada', 'Ada')
        self.end(app)

    def test_a_user_that_nobody_is(self):
        app = self.open('--user', 'Nobody')
        app.wait(lambda: 'Nobody Is Named “Nobody” Here' in app.visible_text(), 10, 'a word about the user')
        self.end(app)
        self.assertEqual(len(self.ask('SELECT id FROM user')), 1)

    def test_another_file_has_a_window_of_its_own(self):
        self.add('Here', 'text')
        other = f'{self.desktop.dir}/other.db'
        self.run_octavo('--database', other, 'add', '--title', 'There', 'text')
        app = self.open()
        other_app = self.open('--database', other)
        self.wait_rows(app, 'Here')
        self.wait_rows(other_app, 'There')
        self.end(other_app)
        self.end(app)

    def test_what_was_asked_for_waits_until_the_file_can_be_opened(self):
        os.mkdir(self.database)
        app = self.open('--new-note', ready=False)
        button = app.wait_for('push button', '^Try Again$', timeout=20)
        app.click(button)
        button = app.wait_for('push button', '^Try Again$', timeout=20)
        os.rmdir(self.database)
        app.click(button)
        self.focus(app, 'Note title', timeout=20)
        self.assertEqual(len(app.toplevels()), 1)
        self.end(app)

    def test_quit_with_an_error_window(self):
        os.mkdir(self.database)
        app = self.open(ready=False)
        app.wait_for('push button', '^Try Again$', timeout=20)
        self.quit(app)


main('application')
