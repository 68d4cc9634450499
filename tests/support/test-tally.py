# SPDX-License-Identifier: GPL-3.0-or-later
"""The count that decides whether the tests passed."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap

TALLY = Path(__file__).parent / 'tally.py'


class Tally(unittest.TestCase):

    def tally(self, *runs):
        """Status, and lines printed, for runs of (result, status, what was printed)."""
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / 'meson-logs' / 'testlog.json'
            log.parent.mkdir()
            log.write_text(''.join(json.dumps({'name': f'octavo:suite / test-{i}', 'stdout': out, 'result': result,
                                               'returncode': status, 'command': ['test']}) + '\n'
                                   for i, (result, status, out) in enumerate(runs)))
            done = subprocess.run([sys.executable, '-B', TALLY, f'plain={folder}'], text=True, capture_output=True)
        self.assertEqual(done.stderr, '')
        return done.returncode, done.stdout.splitlines()

    def test_cases_are_counted_one_by_one(self):
        status, lines = self.tally(('OK', 0, '1..2\nok 1 /a/one\nok 2 /a/two\n'), ('OK', 0, 'ok 1 /b\n1..1\n'))
        self.assertEqual((status, lines), (0, ['3 passed, 0 failed']))

    def test_a_failed_case_is_named_and_the_others_count(self):
        status, lines = self.tally(('FAIL', 1, '1..2\nok 1 /a/one\nnot ok 2 /a/two - wrong\n'))
        self.assertEqual((status, lines[-1]), (1, '1 passed, 1 failed'))
        self.assertIn('failed: plain: octavo:suite / test-0 /a/two - wrong', lines)
        self.assertTrue(any('failed/octavo-suite-test-0.log' in line for line in lines))

    def test_a_program_that_dies_is_a_failure(self):
        status, lines = self.tally(('ERROR', -6, '1..2\nok 1 /a/one\n'))
        self.assertEqual((status, lines[-1]), (1, '1 passed, 1 failed'))
        self.assertIn('failed: plain: octavo:suite / test-0: error, status -6, after /a/one', lines)

    def test_a_program_that_hangs_is_a_failure(self):
        status, lines = self.tally(('TIMEOUT', -15, ''))
        self.assertEqual((status, lines[-1]), (1, '0 passed, 1 failed'))

    def test_a_leak_found_at_the_end_is_a_failure(self):
        status, lines = self.tally(('ERROR', 23, '1..1\nok 1 /a\n'))
        self.assertEqual((status, lines[-1]), (1, '1 passed, 1 failed'))

    def test_skipped_cases_are_named_with_the_reason(self):
        status, lines = self.tally(('OK', 0, 'ok 1 /a\nok 2 /b # SKIP no vault here\n'), ('SKIP', 0, '1..0 # SKIP no Xvfb\n'))
        self.assertEqual(status, 0)
        self.assertEqual(lines, ['skipped: plain: octavo:suite / test-0 /b: no vault here',
                                 'skipped: plain: octavo:suite / test-1: no Xvfb', '1 passed, 0 failed, 2 skipped'])

    def test_no_test_at_all_is_a_failure(self):
        status, lines = self.tally()
        self.assertEqual((status, lines[-1]), (1, '0 passed, 1 failed'))


tap.run(sys.modules['__main__'], 'tally')
