# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the mapper beside others: bench-orm.py BUILD-FOLDER [--notes N] [--runs N] [ROW]…

Prints a line for each row and engine, tab-separated: name, engine, milliseconds (the median), its ratio to plain
sqlite3, and MiB (the most that the process had resident). ROW is the start of a name: get, page.batched.

Each figure is of a process of its own, on the same file (rows that write: a copy of it), with the same pragmas; the
engines take turns, and what takes more than ten seconds runs once. Clocks run from the values in memory to the
committed file, or from the question to the last object; what the engines read and wrote is compared.

Plain sqlite3 is the honest floor: one connection on one thread, statements prepared once, and rows into structs with
copies of their texts, as a program needs them that keeps what it reads. What has no identity map reads again in
get.live. libgom reads the tags and the user of a page note by note, as it has no other way, and has no line for a
join. The mapper joins the user only, and reads the tags in one more statement; the others join both.
"""
import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
TEXT = HERE.parents[2] / 'COPYING'
ROWS = ('insert', 'load', 'get.cold', 'get.live', 'change', 'page.join', 'page.batched', 'filter')
LACKS = {('page.join', 'libgom')}
FLOOR = 'sqlite3'
PATIENCE = 10000  # milliseconds


def engines(folder):
    """What can be measured here, by name: its command."""
    programs = folder / 'tests/bench/orm'
    found = {FLOOR: [programs / 'bench-orm-sqlite'], 'orm': [programs / 'bench-orm-mapper']}
    if (programs / 'bench-orm-gom').exists():
        found['libgom'] = [programs / 'bench-orm-gom']
    if subprocess.run(['/usr/bin/python3', '-c', 'import sqlalchemy'], stderr=subprocess.DEVNULL).returncode == 0:
        found['sqlalchemy'] = ['/usr/bin/python3', HERE / 'bench-orm-sqlalchemy.py']
    return found


def run(command, task, file, notes):
    """Milliseconds, what it read, and the MiB it took."""
    with tempfile.TemporaryFile('w+') as out:
        process = subprocess.Popen([*map(str, command), task, str(file), str(notes), str(TEXT)], stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f'bench-orm: {command[-1]} {task} ended with {process.returncode}')
        out.seek(0)
        milliseconds, total = out.read().split()
    return float(milliseconds), int(total), used.ru_maxrss / 1024


def wrote(file):
    """What the tasks that write left in the file."""
    with closing(sqlite3.connect(file)) as opened:
        return opened.execute('SELECT count(*), sum((author + created + updated + pinned) % 1000003), '
                              'sum(length(title) + length(excerpt) + length(body)), min(title) FROM note').fetchone()


class Bench:

    def __init__(self, folder, scratch, notes):
        self.engines, self.scratch, self.notes = engines(folder), scratch, notes
        for task in ('empty', 'fill'):
            run(self.engines[FLOOR], task, scratch / task, notes)

    def once(self, engine, row):
        file = self.scratch / 'fill'
        if row in ('insert', 'change'):
            file = shutil.copy(self.scratch / ('empty' if row == 'insert' else 'fill'), self.scratch / 'written')
        milliseconds, total, size = run(self.engines[engine], row, file, self.notes)
        if file != self.scratch / 'fill':
            total = total, wrote(file)
            for left in self.scratch.glob('written*'):
                left.unlink()
        return milliseconds, total, size

    def row(self, row, runs):
        measured = {engine: [] for engine in self.engines if (row, engine) not in LACKS}
        for _ in range(runs):
            for engine, taken in measured.items():
                if not taken or taken[0][0] < PATIENCE:
                    taken.append(self.once(engine, row))
        done = {total for runs in measured.values() for _, total, _ in runs}
        if len(done) > 1:
            sys.exit(f'bench-orm: the engines did not do the same in {row}: {measured}')
        median = {engine: statistics.median(ms for ms, _, _ in runs) for engine, runs in measured.items()}
        for engine, runs in measured.items():
            print(f'{row}\t{engine}\t{median[engine]:.1f}\t{median[engine] / median[FLOOR]:.2f}'
                  f'\t{statistics.median(size for _, _, size in runs):.0f}', flush=True)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('row', nargs='*')
    words.add_argument('--notes', type=int, default=100000)
    words.add_argument('--runs', type=int, default=5)
    given = words.parse_intermixed_args()
    wanted = [row for row in ROWS if not given.row or any(row.startswith(start) for start in given.row)]
    if not wanted:
        words.error(f'no row starts so; there are {", ".join(ROWS)}')
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        bench = Bench(given.folder, Path(scratch), given.notes)
        print('name\tengine\tms\tratio\tMiB')
        for row in wanted:
            bench.row(row, given.runs)


main()
