# SPDX-License-Identifier: GPL-3.0-or-later
"""Print the lines of each folder that the tests reached, from a summary that gcovr wrote: coverage.py SUMMARY.json"""
import json
import sys
from collections import Counter
from pathlib import Path

reached, lines = Counter(), Counter()
for file in json.loads(Path(sys.argv[1]).read_text())['files']:
    for folder in (str(Path(file['filename']).parent), 'all'):
        reached[folder] += file['line_covered']
        lines[folder] += file['line_total']
for folder in sorted(lines, key=lambda name: (name == 'all', name)):
    print(f'{folder}\t{reached[folder]} of {lines[folder]} lines\t{100 * reached[folder] / max(1, lines[folder]):.1f} %')
