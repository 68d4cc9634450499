# SPDX-License-Identifier: GPL-3.0-or-later
"""Have disk, memory and power fail: torture_faults.py FOLDER [CUTS [SEED]].

CUTS power cuts in sessions of random acts; each act with each call of the system refused, and each MEMORY-th piece of
memory; and the same, with a kill at every statement, while a file of each released schema is migrated. A part that ends
early has failed, and the others go on. The last line is 'N passed, N failed', and the status agrees.
"""
import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
MEMORY = 5
FAULTS = ['io', 'io-lasting', 'full', 'memory', 'memory-lasting']
ENVIRONMENT = os.environ | {'G_DEBUG': 'fatal-criticals', 'G_TEST_SRCDIR': str(TESTS), 'GSETTINGS_BACKEND': 'memory'}


def run(program, *arguments):
    """How many cases passed and failed."""
    count = {True: 0, False: 0}
    ran = subprocess.Popen([program, *map(str, arguments)], text=True, errors='replace', stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    for line in ran.stdout:
        case = re.match(r'(not )?ok \d+ (.*)', line)
        if case:
            count[not case[1]] += 1
            print(f'{"FAILED" if case[1] else "passed"}: {case[2]}', flush=True)
        elif not re.match(r'1\.\.|# (random seed|Start of|End of|cut after|.*-DEBUG|.*-MESSAGE)', line):
            print(line.rstrip(), flush=True)
    if ran.wait() != 0 and count[False] == 0:
        count[False] = 1
        print(f'FAILED: {program.name} {" ".join(map(str, arguments))} ends with {ran.returncode}')
    return count


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('cuts', nargs='?', type=int, default=500)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    given = words.parse_args()
    began = time.monotonic()
    faults = given.folder / 'tests/faults/torture-faults'
    migrations = given.folder / 'tests/faults/test-migrations'
    start = ['--start', given.seed]
    runs = [run(faults, *start, '--cuts', given.cuts, '-p', '/faults/power')]
    runs += [run(faults, *start, '--stride', 1, '--memory-stride', MEMORY, '-p', f'/faults/{fault}') for fault in FAULTS]
    runs.append(run(migrations, *start, '--stride', 1, '--seeds', 3))
    passed, failed = (sum(count[good] for count in runs) for good in (True, False))
    print(f'seed {given.seed}, {time.monotonic() - began:.0f} seconds')
    print(f'{passed} passed, {failed} failed')
    sys.exit(failed > 0)


main()
