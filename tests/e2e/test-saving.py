# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing typed is ever lost, and no note gets another's text."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import PATIENCE, Journey, main

A_SECOND = 1.0


class Saving(Journey):

    def test_typing_is_stored_within_a_second_and_outlives_a_kill(self):
        app = self.open()
        self.write(app, 'Power cut', 'all that was typed')
        self.assertLess(self.until_stored(app, 'SELECT title, body FROM note', 'Power cut', 'all that was typed'), A_SECOND * PATIENCE)
        app.kill9()
        self.assertEqual(app.complaints(), [])
        app = self.open()
        self.wait_rows(app, 'Power cut')
        self.choose(app, 'Power cut')
        self.wait_text(app, 'all that was typed')
        self.end(app)

    def test_what_others_write_is_shown_within_a_second(self):
        number = self.add('One', 'text')
        app = self.open()
        self.choose(app, 'One')
        self.run_octavo('edit', str(number), '--body', 'their text', '--pin')
        began = time.monotonic()
        self.wait_text(app, 'their text')
        self.assertLess(time.monotonic() - began, A_SECOND * PATIENCE)
        self.run_octavo('add', '--title', 'Two', 'x')
        began = time.monotonic()
        app.wait(lambda: 'Two' in self.rows(app), 5, 'the row of the other note')
        self.assertLess(time.monotonic() - began, A_SECOND * PATIENCE)
        app.click(app.wait_for('text', '^Note text$'))
        app.key('ctrl+End')
        app.type(' and mine')
        self.run_octavo('edit', str(number), '--title', 'Their title')
        self.until_stored(app, 'SELECT title, body, pinned FROM note WHERE pinned', 'Their title', 'their text and mine', 1)
        self.wait_text(app, 'Their title', 'Note title')
        self.end(app)

    def test_closing_the_window_right_after_a_key_loses_nothing(self):
        app = self.open()
        self.write(app, 'Hurry', 'quick')
        app.type('er')
        self.wait_text(app, 'quicker')
        self.end(app)
        self.assertEqual(self.ask('SELECT title, body FROM note'), [('Hurry', 'quicker')])

    def test_leaving_the_note_stores_it(self):
        self.add('Other', 'other text')
        app = self.open()
        self.write(app, 'Left', 'behind')
        self.choose(app, 'Other')
        self.until_stored(app, 'SELECT title, body FROM note', 'Left', 'behind')
        self.end(app)

    def test_undo_never_brings_the_text_of_another_note(self):
        app = self.open()
        self.write(app, 'First', 'alpha')
        self.write(app, 'Second', 'beta')
        self.choose(app, 'First')
        self.wait_text(app, 'alpha')
        app.click(app.wait_for('text', '^Note text$'))
        for _ in range(8):
            app.key('ctrl+z')
        app.calm()
        self.assertIn(self.text(app), ('', 'alpha'[:len(self.text(app))]))
        self.assertNotIn('beta', self.text(app))
        for _ in range(8):
            app.key('ctrl+shift+z')
        self.wait_text(app, 'alpha')
        self.choose(app, 'Second')
        self.wait_text(app, 'beta')
        app.click(app.wait_for('text', '^Note text$'))
        for _ in range(8):
            app.key('ctrl+z')
        self.wait_text(app, '')
        self.choose(app, 'First')
        self.wait_text(app, 'alpha')
        self.until_stored(app, 'SELECT title, body FROM note', 'First', 'alpha')
        self.until_stored(app, 'SELECT title, body FROM note', 'Second', '')
        self.end(app)

    def test_each_note_keeps_its_cursor(self):
        self.add('Long', 'one two three')
        self.add('Other', 'x')
        app = self.open()
        self.choose(app, 'Long')
        text = app.wait_for('text', '^Note text$')
        app.click(text)
        app.key('ctrl+Home', 'Right', 'Right', 'Right')
        self.choose(app, 'Other')
        self.choose(app, 'Long')
        self.wait_text(app, 'one two three')
        app.wait(lambda: app.wait_for('text', '^Note text$').get('Text', 'CaretOffset') == 3, 5, 'the cursor where it was')
        self.end(app)

    def test_an_empty_new_note_that_is_left_leaves_nothing_behind(self):
        self.add('Kept', 'text')
        app = self.open()
        app.key('ctrl+n')
        self.focus(app, 'Note title')
        self.choose(app, 'Kept')
        self.quit(app)
        self.assertEqual(self.ask('SELECT title FROM note'), [('Kept',)])

    def test_letters_of_every_kind(self):
        text = 'naïve 書き込み “Ω” 🙂 end'
        app = self.open()
        self.write(app, 'Écriture', text)
        self.until_stored(app, 'SELECT title, body FROM note', 'Écriture', text)
        self.end(app)


main('saving')
