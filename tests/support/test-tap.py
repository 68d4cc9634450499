# SPDX-License-Identifier: GPL-3.0-or-later
"""What tells of cases tells of each that fails, whatever part of it did."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap

HEAD = '''
import sys, unittest
sys.path.insert(0, {folder!r})
import tap

class Some(unittest.TestCase):
'''
TAIL = '''
tap.run(sys.modules['__main__'], 'some', sys.argv[1:])
'''


class Told(unittest.TestCase):

    def told(self, cases, *only):
        """Status, lines of standard output, and standard error of a program with these cases."""
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / 'some.py'
            program.write_text(HEAD.format(folder=str(Path(__file__).parent)) + cases + TAIL)
            done = subprocess.run([sys.executable, '-B', program, *only], text=True, capture_output=True)
        return done.returncode, done.stdout.splitlines(), done.stderr

    def test_cases_are_told_one_by_one(self):
        status, lines, said = self.told('''
    def test_a_first(self):
        pass

    def test_b_second(self):
        self.assertEqual(1, 2)

    def test_c_third(self):
        raise ValueError('broken')

    def test_d_fourth(self):
        self.skipTest('no moon')
''')
        self.assertEqual((status, lines), (1, ['1..4', 'ok 1 /some/a-first', 'not ok 2 /some/b-second',
                                               'not ok 3 /some/c-third', 'ok 4 /some/d-fourth # SKIP no moon']))
        self.assertIn('1 != 2', said)
        self.assertIn('ValueError: broken', said)

    def test_a_part_that_fails_fails_its_case_once(self):
        status, lines, said = self.told('''
    def test_a_parts(self):
        for number in range(4):
            with self.subTest(number=number):
                self.assertEqual(number % 2, 0)

    def test_b_after_it(self):
        with self.subTest('right'):
            pass
''')
        self.assertEqual((status, lines), (1, ['1..2', 'not ok 1 /some/a-parts', 'ok 2 /some/b-after-it']))
        self.assertIn('number=1', said)
        self.assertIn('number=3', said)

    def test_what_fails_when_it_is_put_away_fails_its_case(self):
        status, lines, said = self.told('''
    def test_a_left(self):
        self.addCleanup(self.fail, 'left behind')
        self.skipTest('no moon')
''')
        self.assertEqual((status, lines), (1, ['1..1', 'not ok 1 /some/a-left']))
        self.assertIn('left behind', said)

    def test_one_alone(self):
        status, lines, said = self.told('''
    def test_a_first(self):
        self.fail('not asked for')

    def test_b_second(self):
        pass
''', 'test_b_second')
        self.assertEqual((status, lines, said), (0, ['1..1', 'ok 1 /some/b-second'], ''))

    def test_one_that_is_not_there_is_told(self):
        status, lines, said = self.told('''
    def test_a_first(self):
        pass
''', 'test_first')
        self.assertEqual((status, lines), (1, []))
        self.assertIn('there is no case test_first', said)


tap.run(sys.modules['__main__'], 'tap')
