# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that need no display are told for few notes, and the probe sees what holds a main loop up."""
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
import tap

HERE = Path(__file__).parent
FOLDER = os.path.abspath(sys.argv[1])
PROBE = sys.argv[2] if len(sys.argv) > 2 else None
NOTES = 800                # so few that making them takes no time; fewer than 500 would not be indexed
KINDS = ['rare', 'common', 'prefix', 'inside', 'phrase', 'cjk', 'tag', 'dates', 'or', 'minus']
HELD_UP = '''
import time
from gi.repository import GLib
loop = GLib.MainLoop()
GLib.timeout_add(20, lambda: time.sleep(.06))
GLib.timeout_add(250, loop.quit)
loop.run()
'''


class Bench(unittest.TestCase):

    def bench(self, *arguments, status=0):
        ran = subprocess.run([sys.executable, '-B', HERE / 'bench.py', FOLDER, '--notes', str(NOTES), *arguments],
                             stdout=subprocess.PIPE, text=True)
        self.assertEqual(ran.returncode, status)
        return [line.split('\t') for line in ran.stdout.splitlines()]

    def test_what_needs_no_display_is_told(self):
        head, *lines = self.bench('query', 'index', 'import')
        self.assertEqual(head, ['name', 'notes', 'value', 'unit', 'compared with', 'ratio'])
        names = [line[0] for line in lines]
        self.assertEqual(len(names), len(set(names)))
        wanted = {'query.p95', 'query.common', 'query.relevance.p95', 'page.p95', 'index', 'import', 'import.into', 'import.memory',
                  *(f'query.{kind}.median' for kind in KINDS)}
        self.assertEqual(wanted - set(names), set())
        for name, notes, value, unit, _, ratio in lines:
            self.assertEqual((name, notes), (name, str(NOTES)))
            self.assertGreater(float(value), 0, name)
            self.assertRegex(ratio, r'\A(-|[0-9]+\.[0-9]+)\Z', name)

    def test_there_are_200_queries_and_each_kind_finds_something(self):
        path = Path(FOLDER, f'notes/{NOTES}.db')
        if not path.exists():
            self.bench('index')
        told = subprocess.run([f'{FOLDER}/tests/bench/bench-search', path, '1'], stdout=subprocess.PIPE, encoding='utf-8',
                              check=True).stdout
        lines = [line.split('\t') for line in told.splitlines()]
        self.assertEqual(len({line[4] for line in lines if line[0].startswith('query.')}), 200)
        self.assertEqual({line[0][6:] for line in lines if line[0].startswith('query.') and int(line[3])}, set(KINDS))

    def test_an_unknown_name_is_refused(self):
        self.assertEqual(self.bench('quick', status=2), [])

    @unittest.skipUnless(PROBE, 'not with sanitizers')
    def test_the_probe_sees_what_holds_the_main_loop_up(self):
        with tempfile.NamedTemporaryFile('r') as turns:
            subprocess.run(['/usr/bin/python3', '-c', HELD_UP], check=True,
                           env={**os.environ, 'LD_PRELOAD': PROBE, 'OCTAVO_STALLS': turns.name})
            lines = turns.read().splitlines()
        self.assertTrue(all(re.fullmatch(r'[0-9]+\t[0-9]+\t[0-9]+', line) for line in lines), lines)
        longest = max((line.split('\t') for line in lines), key=lambda line: int(line[1]))
        self.assertGreaterEqual(int(longest[1]), 60000)
        self.assertLess(int(longest[2]), int(longest[1]))


tap.run(sys.modules['__main__'], 'bench')
