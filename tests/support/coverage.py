# SPDX-License-Identifier: GPL-3.0-or-later
"""Print the lines of each folder that the tests reached, from a summary that gcovr wrote: coverage.py SUMMARY.json

The last lines are the sums of what has a goal; the status says whether each is reached.
"""
import json
import sys
from collections import Counter
from pathlib import Path

GOALS = {'model': 85, 'ui': 70}  # percent, of all below the folder

reached, lines = Counter(), Counter()
for file in json.loads(Path(sys.argv[1]).read_text())['files']:
    path = Path(file['filename'])
    whole = [f'{path.parts[0]}, all of it'] if path.parts[0] in GOALS else []
    for folder in (str(path.parent), 'all', *whole):
        reached[folder] += file['line_covered']
        lines[folder] += file['line_total']


def share(folder):
    """In percent, rounded down, so that what is said to reach a goal reaches it."""
    return 1000 * reached[folder] // max(1, lines[folder]) / 10


def tell(folder, more=''):
    print(f'{folder}\t{reached[folder]} of {lines[folder]} lines\t{share(folder):.1f} %{more}')


sums = [f'{name}, all of it' for name in GOALS]
for name in sorted(set(lines) - set(sums), key=lambda name: (name == 'all', name)):
    tell(name)
for (name, goal), folder in zip(GOALS.items(), sums):
    tell(folder, f'\tgoal: {goal} %{"" if share(folder) >= goal else ", MISSED"}')
sys.exit(0 if all(share(folder) >= goal for goal, folder in zip(GOALS.values(), sums)) else 1)
