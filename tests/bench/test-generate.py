# SPDX-License-Identifier: GPL-3.0-or-later
"""The generated notes are what the benches say they are, and the same each time."""
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
import tap

GENERATE = os.path.abspath(sys.argv[1])


class Generate(unittest.TestCase):

    def generate(self, folder, name, count=500):
        path = os.path.join(folder, name)
        subprocess.run([GENERATE, str(count), path], check=True, capture_output=True)
        return path

    def test_the_same_notes_each_time(self):
        def digest(path):
            with closing(sqlite3.connect(path)) as file:
                rows = file.execute('SELECT id, user_id, created, updated, trashed, pinned, title, excerpt, body FROM note ORDER BY id'
                                    ).fetchall() + file.execute('SELECT note_id, tag_id FROM note_tag ORDER BY 1, 2').fetchall()
            return hashlib.sha256(repr(rows).encode()).hexdigest()
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(digest(self.generate(folder, 'one.db')), digest(self.generate(folder, 'two.db')))

    def test_one_word_is_in_seven_notes_and_lengths_are_spread(self):
        with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(self.generate(folder, 'notes.db'))) as file:
            self.assertEqual(file.execute("SELECT count(*) FROM note WHERE body LIKE '%quartodecimo%' AND trashed = 0").fetchone(), (7,))
            lengths = sorted(len(body.split()) for body, in file.execute('SELECT body FROM note'))
            self.assertEqual(len(lengths), 500)
            self.assertTrue(45 < lengths[250] < 80, lengths[250])
            self.assertLess(lengths[-1], 2200)
            self.assertEqual(file.execute('PRAGMA foreign_key_check').fetchall(), [])

    def test_some_notes_are_chinese_japanese_or_korean(self):
        with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(self.generate(folder, 'notes.db'))) as file:
            count, = file.execute("SELECT count(*) FROM note WHERE title GLOB '[ぁ-힣]*' AND body GLOB '[ぁ-힣]*'").fetchone()
            self.assertTrue(8 < count < 34, count)

    def test_words_are_told_without_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            made = subprocess.run([GENERATE, '20', os.path.join(folder, 'notes.db')], check=True, capture_output=True, text=True)
            told = subprocess.run([GENERATE], check=True, capture_output=True, text=True)
        self.assertEqual(made.stdout, told.stdout)
        self.assertRegex(told.stdout, r'\Aformat\t[0-9]+\n0\t[a-z]+\n')

    def test_a_file_that_is_there_is_left_alone(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b'mine')
            file.flush()
            self.assertEqual(subprocess.run([GENERATE, '5', file.name], capture_output=True).returncode, 1)
            self.assertEqual(Path(file.name).read_bytes(), b'mine')


tap.run(sys.modules['__main__'], 'generate')
