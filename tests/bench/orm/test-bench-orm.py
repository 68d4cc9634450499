# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of the bench of the mapper runs, with few notes, and the engines that are there do the same work."""
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / 'support'))
import tap

BENCH = Path(__file__).with_name('bench-orm.py')
FOLDER = os.path.abspath(sys.argv[1])
ROWS = ['insert', 'load', 'get.cold', 'get.live', 'change', 'page.join', 'page.batched', 'filter']


class BenchOrm(unittest.TestCase):

    def bench(self, *arguments):
        ran = subprocess.run([sys.executable, '-B', BENCH, FOLDER, '--runs', '1', '--notes', '400', *arguments],
                             stdout=subprocess.PIPE, text=True)
        self.assertEqual(ran.returncode, 0)
        head, *lines = [line.split('\t') for line in ran.stdout.splitlines()]
        self.assertEqual(head, ['name', 'engine', 'ms', 'ratio', 'MiB'])
        return lines

    def test_each_row_has_a_line_for_each_engine(self):
        lines = self.bench()
        self.assertEqual(list(dict.fromkeys(line[0] for line in lines)), ROWS)
        for row in ROWS:
            mine = [line for line in lines if line[0] == row]
            self.assertEqual([line[1] for line in mine][:2], ['sqlite3', 'orm'])
            self.assertEqual(mine[0][3], '1.00')
            self.assertTrue(all(float(line[2]) >= 0 and float(line[4]) > 1 for line in mine), mine)

    def test_a_name_picks_its_rows(self):
        self.assertEqual({line[0] for line in self.bench('get')}, {'get.cold', 'get.live'})


tap.run(sys.modules['__main__'], 'bench-orm')
