# SPDX-License-Identifier: GPL-3.0-or-later
"""Have disk, memory and power fail: torture_faults.py FOLDER [CUTS [SEED [PART]…]].

All parts, or those that are named:

  power           CUTS power cuts (500) in sessions of random acts
  io, io-lasting  each act with each call of the system failing: that one alone; from there on all
  full, read-only each act with the disk full, or for reading only, from each call on
  memory, memory-lasting
                  each act with each piece of memory refused to SQLite: that one alone; from there on all
  migrations      while a file of each schema that there was is brought up to date: a kill at each statement, three power
                  cuts at each write, each call failing, the disk full from each on, each piece of memory refused

No call and no piece of memory is passed over, but with --stride and --memory-stride, for a quick look. As many cases run
at the same time as there are processors. A case that ends early has failed, and the others go on. The last line is
'N passed, N failed', and the status agrees.
"""
import argparse
import concurrent.futures
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FAULTS = ['memory', 'memory-lasting', 'io', 'io-lasting', 'full', 'read-only']  # what takes longest first
PARTS = [*FAULTS, 'migrations', 'power']
ENVIRONMENT = os.environ | {'G_DEBUG': 'fatal-criticals', 'G_TEST_SRCDIR': str(TESTS), 'GSETTINGS_BACKEND': 'memory'}
HIDDEN = re.compile(r'1\.\.|# (random seed|Start of|End of|cut after|.*-DEBUG|.*-MESSAGE|says: )|TAP version')
# what a case says of how much it did: faults, times (refused), statements (killed at), moments (cut at), or a cut a line
COUNT = re.compile(r'# (?:(\d+) faults|.*: (\d+) times|killed at (\d+) statements|cut at (\d+) moments|cut after)')


def list_cases(program, words):
    """The names of the cases that it has, the longest ones first: a session begins with small acts."""
    ran = subprocess.run([program, *words, '-l'], text=True, capture_output=True, env=ENVIRONMENT, check=True)
    return [line for line in ran.stdout.splitlines() if line.startswith('/')][::-1]


class Case:
    """One case, run by itself; some are too long to wait for one after the other."""

    def __init__(self, part, program, words, name):
        self.part, self.name = part, name
        self.command = [str(program), *words, '-p', name]
        self.passed = self.failed = self.faults = 0
        self.lines = []

    def run(self):
        ran = subprocess.run(self.command, text=True, errors='replace', stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             env=ENVIRONMENT, check=False)
        for line in ran.stdout.splitlines():
            case = re.match(r'(not )?ok \d+ (.*)', line)
            count = COUNT.match(line)
            if case:
                self.passed, self.failed = self.passed + (not case[1]), self.failed + bool(case[1])
            elif count:
                self.faults += int(next(filter(None, count.groups()), count[0].startswith('# cut after')))
            elif not HIDDEN.match(line):
                self.lines.append(line)
        if ran.returncode != 0 and self.failed == 0 or self.passed + self.failed == 0:
            self.failed += 1
            self.lines.append(f'{" ".join(self.command)} ends with {ran.returncode}')
        return self

    def tell(self):
        print(f'{"FAILED" if self.failed else "passed"}: {self.name}' + (f', {self.faults} faults' if self.faults else ''),
              flush=True)
        for line in self.lines if self.failed else ():
            print(f'  {line}', flush=True)


def make_cases(given):
    faults, migrations = (given.folder / f'tests/faults/{name}' for name in ('torture-faults', 'test-migrations'))
    words = ['--start', str(given.seed), '--stride', str(given.stride), '--memory-stride', str(given.memory_stride)]
    programs = {part: (faults, [*words, '--cuts', str(given.cuts)]) for part in [*FAULTS, 'power']}
    programs['migrations'] = migrations, [*words, '--seeds', '3']
    for part in (part for part in PARTS if part in given.parts):
        program, options = programs[part]
        beginning = '/migrations/' if part == 'migrations' else f'/faults/{part}/'
        for name in list_cases(program, options):
            if name.startswith(beginning):
                yield Case(part, program, options, name)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('cuts', nargs='?', type=int, default=500)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    words.add_argument('parts', nargs='*', metavar='PART', help=', '.join(PARTS))
    words.add_argument('--stride', type=int, default=1, help='how many calls are passed over between two faults, at most')
    words.add_argument('--memory-stride', type=int, default=1, help='the same, of pieces of memory')
    given = words.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        words.error(f'there is no part {", ".join(sorted(unknown))}; there are {", ".join(PARTS)}')
    given.parts = given.parts or PARTS
    began = time.monotonic()
    print(f'seed {given.seed}', flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(case.run) for case in make_cases(given)]
        cases = []
        for done in concurrent.futures.as_completed(running):
            cases.append(done.result())
            cases[-1].tell()
    for part in given.parts:
        own = [case for case in cases if case.part == part]
        print(f'{part}: {len(own)} cases, {sum(case.faults for case in own)} faults')
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f'seed {given.seed}, {time.monotonic() - began:.0f} seconds, {used.ru_utime + used.ru_stime:.0f} of a processor')
    passed, failed = (sum(getattr(case, which) for case in cases) for which in ('passed', 'failed'))
    print(f'{passed} passed, {failed} failed')
    sys.exit(failed > 0)


main()
