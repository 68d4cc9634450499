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

MOST = 100000              # files that are imported
FEW = 10000                # files that are to take as much memory as many
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
    """Seconds, those on processors, the MiB it had resident at most, and the last line it wrote."""
    with tempfile.TemporaryFile('w+') as out:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f'{command} ended with {process.returncode}')
        out.seek(0)
        return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read().strip().split('\n')[-1]


class Import:
    """Notes imported from files into a file of notes, and, where there is a word to look for, until a search for it is
    answered, which waits for the index."""

    def __init__(self, notes, path, rare=None):
        octavo = [notes.octavo, '--database', path]
        self.seconds, self.cpu, self.resident, told = run(*octavo, 'import', files_of(notes))
        self.count = int(told.split()[1].strip(','))
        if not self.count:
            raise RuntimeError(f'nothing was imported: {told}')
        if rare:
            self.indexed, _, _, found = run(*octavo, 'search', rare)
            if not found:
                raise RuntimeError(f'{rare} is not found')

    @property
    def speed(self):
        return self.count / self.seconds


def bench_import(folder, count):
    """`octavo import` of as many files as there are notes into a new file, and of few files into those notes."""
    few_notes, notes = Notes(folder, min(count, FEW)), Notes(folder, count)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        few = Import(few_notes, f'{scratch}/few.db')
        if count <= MOST:
            all_ = Import(notes, f'{scratch}/all.db', notes.words['rare'])
            tell('import', count, all_.speed, 'notes/s',
                 f'goal {GOAL_SPEED} notes/s; in a second on a processor {all_.count / all_.cpu:.0f}', GOAL_SPEED)
            tell('import.searchable', count, all_.count / (all_.seconds + all_.indexed), 'notes/s',
                 f'import alone {all_.speed:.0f} notes/s', all_.speed)
            tell('import.memory', count, all_.resident, 'MiB', f'{few.count} files {few.resident:.1f} MiB, goal 1', few.resident)
        into = Import(few_notes, shutil.copy(notes.path, f'{scratch}/full.db'))
    tell('import.into', count, into.speed, 'notes/s', f'{few.count} files into a new file {few.speed:.0f} notes/s', few.speed)


def bench_index(folder, count):
    """Bytes of the pages of the tables of the index, to bytes of titles and texts."""
    notes = Notes(folder, count)
    with closing(sqlite3.connect(f'file:{notes.path}?mode=ro', uri=True)) as file:
        index, = file.execute("SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND name IN (SELECT name FROM sqlite_schema "
                              "WHERE tbl_name LIKE 'search%')").fetchone()
        text, = file.execute('SELECT sum(length(CAST(title AS BLOB)) + length(CAST(body AS BLOB))) FROM note').fetchone()
    tell('index', count, index / MIB, 'MiB', f'text {text / MIB:.1f} MiB, goal {GOAL_INDEX}', text / MIB)
