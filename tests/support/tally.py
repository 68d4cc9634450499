# SPDX-License-Identifier: GPL-3.0-or-later
"""Count the test cases of one or more meson test runs.

    tally.py LABEL=FOLDER …        FOLDER has meson-logs/*.json

Names each case that failed, with the end of what its program said and where the whole of it is, and each that was
skipped, with the reason. The last line is 'N passed, N failed' (', N skipped' where some were); the status agrees.
"""
import json
import re
import sys
from pathlib import Path

CASE = re.compile(r'^(not )?ok\b\s*(\d+)?\s*(?:- )?([^#]*)(?:#\s*(SKIP|TODO)\S*\s*(.*))?$', re.I)
NO_CASES = re.compile(r'^1\.\.0\s*#\s*SKIP\S*\s*(.*)$', re.I)
BAD = ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS')
TAIL = 40


def cases(run):
    """What one program told: ('passed' | 'failed' | 'skipped', name, reason)."""
    found = []
    for line in run.get('stdout', '').splitlines():
        m = CASE.match(line)
        if m:
            name = m[3].strip() or f'case {m[2]}'
            skipped = (m[4] or '').upper() == 'SKIP'
            found.append(('failed' if m[1] else 'skipped' if skipped else 'passed', name, m[5] or ''))
        elif NO_CASES.match(line):
            found.append(('skipped', '', NO_CASES.match(line)[1]))
    if run['result'] in BAD and not any(kind == 'failed' for kind, _, _ in found):
        last = f', after {found[-1][1]}' if found else ''
        found.append(('failed', '', f'{run["result"].lower()}, status {run["returncode"]}{last}'))
    if not found:
        found.append(('skipped' if run['result'] == 'SKIP' else 'passed', '', ''))
    return found


def keep(folder, run):
    """Write down all that a program said; gives the file."""
    path = folder / 'meson-logs' / 'failed' / (re.sub(r'[^\w.-]+', '-', run['name']).strip('-') + '.log')
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'{" ".join(run["command"])}\nstatus {run["returncode"]}\n\n'
                    f'--- standard output\n{run.get("stdout", "")}\n--- standard error\n{run.get("stderr", "")}\n')
    return path


def main():
    count = dict.fromkeys(('passed', 'failed', 'skipped'), 0)
    for argument in sys.argv[1:]:
        label, _, folder = argument.partition('=')
        logs = Path(folder) / 'meson-logs'
        runs = [json.loads(line) for log in sorted(logs.glob('*.json')) for line in log.read_text().splitlines()]
        if not runs:
            count['failed'] += 1
            print(f'failed: {label}: no test ran (there is nothing in {logs})')
        for run in runs:
            found = cases(run)
            for kind, name, reason in found:
                count[kind] += 1
                if kind != 'passed':
                    print(f'{kind}: {label}: {run["name"]}{" " * bool(name)}{name}{": " * bool(reason)}{reason}')
            if any(kind == 'failed' for kind, _, _ in found):
                path = keep(Path(folder), run)
                said = path.read_text(errors='replace').splitlines()[-TAIL:]
                print(*(f'    {line}' for line in said), f'  the whole of it: {path}', sep='\n')
    print(f'{count["passed"]} passed, {count["failed"]} failed' +
          (f', {count["skipped"]} skipped' if count['skipped'] else ''))
    return 1 if count['failed'] or not count['passed'] else 0


sys.exit(main())
