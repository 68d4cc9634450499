# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold the search engine against the reference: torture_search.py FOLDER [QUERIES [SEED]].

QUERIES over 20,000 generated notes and those of the vault in $OCTAVO_CORPUS (or beside the project, where there is
one), and over smaller files with ids of every kind, while another process edits; then ten times as many edits, with
queries in between. The last line is 'N passed, N failed', and the status agrees.
"""
import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

NOTES = 20000
TESTS = Path(__file__).resolve().parents[1]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('queries', nargs='?', type=int, default=10000)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    given = words.parse_args()
    began = time.monotonic()
    arguments = ['--queries', given.queries, '--edits', 10 * given.queries, '--notes', NOTES, '--start', given.seed]
    ran = subprocess.Popen([given.folder / 'tests/search/torture-search', *map(str, arguments)], text=True, errors='replace',
                           stdout=subprocess.PIPE, env=os.environ | {'G_DEBUG': 'fatal-criticals',
                                                                     'G_TEST_SRCDIR': str(TESTS)})
    count = {True: 0, False: 0}
    for line in ran.stdout:
        case = re.match(r'(not )?ok \d+ (.*)', line)
        if case:
            count[not case[1]] += 1
            print(f'{"FAILED" if case[1] else "passed"}: {case[2]}', flush=True)
        elif not re.match(r'1\.\.|# (random seed|Start of|End of)', line):
            print(line.rstrip(), flush=True)
    if ran.wait() != 0 and count[False] == 0:
        count[False] = 1
        print(f'FAILED: the program ends with {ran.returncode}')
    print(f'{time.monotonic() - began:.0f} seconds')
    print(f'{count[True]} passed, {count[False]} failed')
    sys.exit(count[False] > 0)


main()
