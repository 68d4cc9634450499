# SPDX-License-Identifier: GPL-3.0-or-later
"""What says how many lines the tests reach, and whether those are enough."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap

COVERAGE = Path(__file__).parent / 'coverage.py'


class Coverage(unittest.TestCase):

    def tell(self, **files):
        """Status, and lines printed, for files of (lines reached, lines)."""
        with tempfile.TemporaryDirectory() as folder:
            summary = Path(folder) / 'summary.json'
            summary.write_text(json.dumps({'files': [
                {'filename': name.replace('__', '/') + '.c', 'line_covered': reached, 'line_total': lines}
                for name, (reached, lines) in files.items()]}))
            done = subprocess.run([sys.executable, '-B', COVERAGE, summary], text=True, capture_output=True)
        self.assertEqual(done.stderr, '')
        return done.returncode, done.stdout.splitlines()

    def test_folders_are_summed_up_and_the_goals_come_last(self):
        status, lines = self.tell(model__a__one=(80, 80), model__a__two=(10, 20), model__b__three=(80, 100),
                                  ui__list__four=(7, 10), app__five=(0, 10))
        self.assertEqual(lines, ['app\t0 of 10 lines\t0.0 %', 'model/a\t90 of 100 lines\t90.0 %',
                                 'model/b\t80 of 100 lines\t80.0 %', 'ui/list\t7 of 10 lines\t70.0 %',
                                 'all\t177 of 220 lines\t80.4 %',
                                 'model, all of it\t170 of 200 lines\t85.0 %\tgoal: 85 %',
                                 'ui, all of it\t7 of 10 lines\t70.0 %\tgoal: 70 %'])
        self.assertEqual(status, 0)

    def test_a_goal_that_is_just_missed_is_missed(self):
        status, lines = self.tell(model__a__one=(8499, 10000), ui__list__four=(10, 10))
        self.assertEqual((status, lines[-2]), (1, 'model, all of it\t8499 of 10000 lines\t84.9 %\tgoal: 85 %, MISSED'))
        self.assertEqual(self.tell(model__a__one=(10, 10), ui__list__four=(69, 100))[0], 1)

    def test_nothing_measured_is_a_failure(self):
        self.assertEqual(self.tell()[0], 1)
        self.assertEqual(self.tell(model__a__one=(10, 10))[0], 1)


tap.run(sys.modules['__main__'], 'coverage')
