# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the torture of threads: torture.py PLAIN-FOLDER WATCHED-FOLDER [SECONDS [SEED]].

Two processes of ten threads each write and read one file: once as built for use, and once built with ThreadSanitizer,
where a race fails it. That a race would be found is proved by a program that has one. The last line is
'N passed, N failed', and the status agrees. The same seed asks for the same work; the threads still take turns as they
like.
"""
import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

RACED = 66  # the status of a program that ThreadSanitizer found a race in
WATCH = {
    # Where GLib hands out memory itself, ThreadSanitizer cannot tell who had it when.
    'G_SLICE': 'always-malloc',
    # GLib and SQLite are not instrumented: what they read and write under locks of their own would be told as races.
    'TSAN_OPTIONS': f'exitcode={RACED}:ignore_noninstrumented_modules=1',
}
count = {'passed': 0, 'failed': 0}


def tell(right, name):
    count['passed' if right else 'failed'] += 1
    print(f'{"passed" if right else "FAILED"}: {name}', flush=True)


def run(label, folder, arguments, **environment):
    """The status of the program, whose lines are counted and shown."""
    ran = subprocess.run([folder / 'tests/orm/torture-threads', *arguments], stdout=subprocess.PIPE, text=True,
                         env=os.environ | {'G_DEBUG': 'fatal-criticals'} | environment)
    for line in ran.stdout.splitlines():
        case = re.match(r'(not )?ok \d+ (.*)', line)
        if case:
            tell(not case[1], f'{label}: {case[2]}')
        elif line.startswith('#'):
            print(f'{label}: {line[2:]}', flush=True)
    return ran.returncode


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('plain', type=Path)
    words.add_argument('watched', type=Path)
    words.add_argument('seconds', nargs='?', type=int, default=10)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    given = words.parse_args()
    work = [str(given.seconds), str(given.seed)]
    tell(run('plain', given.plain, work) == 0, 'plain: the program ends well')
    tell(run('watched', given.watched, work, **WATCH) == 0, 'watched: no race, and the program ends well')
    found = subprocess.run([given.watched / 'tests/orm/torture-threads', '--race'], env=os.environ | WATCH,
                           stderr=subprocess.PIPE, text=True)
    tell(found.returncode == RACED and 'data race' in found.stderr and ' in touch' in found.stderr,
         'watched: a race that is there is found')
    print(f'{count["passed"]} passed, {count["failed"]} failed')
    sys.exit(count['failed'] > 0)


main()
