# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing a folder of Markdown files, and what the index takes."""
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench_common import MIB, Notes, tell

FILES = 100000             # that are imported, where there are so many notes
FEW = 10000                # that take as much memory as many
GOAL_SPEED = 4000          # notes a second
GOAL_INDEX = 1.2           # times the text


def files_of(notes):
    """The folder of the notes as Markdown files, made once."""
    made = notes.path.with_suffix('.files')
    if not made.exists() or notes.path.stat().st_mtime > made.stat().st_mtime:
        shutil.rmtree(made, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=made.parent) as scratch:
            subprocess.run([notes.octavo, '--database', notes.path, 'export', f'{scratch}/files'],
                           stdout=subprocess.DEVNULL, check=True)
            os.rename(f'{scratch}/files', made)
        os.utime(made)
    return made


def run(*command):
    """Seconds, the MiB it had resident at most, and the last line it wrote."""
    with tempfile.TemporaryFile('w+') as out:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f'{command} ended with {process.returncode}')
        out.seek(0)
        return seconds, used.ru_maxrss / 1024, out.read().strip().split('\n')[-1]


def import_all(notes, rare):
    """Notes a second, with and without the index, and the most that was resident."""
    files = files_of(notes)
    with tempfile.TemporaryDirectory(dir=notes.folder) as scratch:
        octavo = [notes.octavo, '--database', f'{scratch}/notes.db']
        seconds, resident, told = run(*octavo, 'import', files)
        count = int(told.split()[1].strip(','))
        indexed, _, found = run(*octavo, 'search', '--json', rare)
        if not found or not count:
            raise RuntimeError(f'nothing was imported: {told}')
    return count / seconds, count / (seconds + indexed), resident


def bench_import(folder, count):
    """`octavo import` into a new file; and until the first search is answered, which waits for the index."""
    notes = Notes(folder, min(count, FILES))
    _, _, few = import_all(Notes(folder, min(count, FEW)), notes.words['rare'])
    speed, searchable, resident = import_all(notes, notes.words['rare'])
    tell('import', notes.count, speed, 'notes/s', f'goal {GOAL_SPEED} notes/s', GOAL_SPEED)
    tell('import.searchable', notes.count, searchable, 'notes/s', f'import alone {speed:.0f} notes/s', speed)
    tell('import.memory', notes.count, resident, 'MiB', f'{min(count, FEW)} files {few:.1f} MiB, goal 1', few)


def bench_index(folder, count):
    """Bytes of the pages of the tables of the index, to bytes of titles and texts."""
    notes = Notes(folder, count)
    with closing(sqlite3.connect(f'file:{notes.path}?mode=ro', uri=True)) as file:
        index, = file.execute("SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND name IN (SELECT name FROM sqlite_schema "
                              "WHERE tbl_name LIKE 'search%')").fetchone()
        text, = file.execute('SELECT sum(length(CAST(title AS BLOB)) + length(CAST(body AS BLOB))) FROM note').fetchone()
    tell('index', count, index / MIB, 'MiB', f'text {text / MIB:.1f} MiB, goal {GOAL_INDEX}', text / MIB)
