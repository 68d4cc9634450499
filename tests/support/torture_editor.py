# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the torture of the editor: torture_editor.py FOLDER [OPERATIONS [SEED]].

Random editing of five notes in two windows; text, undo and file are compared with a model kept beside. The last line
is 'N passed, N failed', and the status agrees. The same seed does the same.
"""
import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('operations', nargs='?', type=int, default=10000)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    given = words.parse_args()
    print(f'{given.operations} operations, seed {given.seed}', flush=True)
    ran = subprocess.run([HERE / 'with-display', given.folder / 'tests/ui/torture-editor', str(given.operations),
                          str(given.seed)], stdout=subprocess.PIPE, text=True,
                         env=os.environ | {'G_DEBUG': 'fatal-criticals', 'GSETTINGS_BACKEND': 'memory',
                                           'GSETTINGS_SCHEMA_DIR': str(given.folder / 'data')})
    passed = failed = 0
    for line in ran.stdout.splitlines():
        case = re.match(r'(not )?ok \d+ (.*)', line)
        if case:
            passed, failed = passed + (not case[1]), failed + bool(case[1])
            print(f'{"FAILED" if case[1] else "passed"}: {case[2]}')
        elif line.startswith('# ') and 'operations' in line:
            print(line[2:])
    if ran.returncode != 0 and failed == 0:
        failed = 1
        print(f'FAILED: the program ended with {ran.returncode}')
    print(f'{passed} passed, {failed} failed')
    sys.exit(failed > 0)


main()
