# SPDX-License-Identifier: GPL-3.0-or-later
"""Kill the program at random moments: torture_kill.py FOLDER [COUNT [SEED]].

FOLDER is where Octavo was built. Each of COUNT rounds ends a process by SIGKILL, at a moment that nobody chose: the
window while somebody types, alone or beside an import or a backup; an import; the migration of a file of the first
version; a backup. What was on the screen a second before is held against the file, and so is every note of the rounds
before; each file is looked through by SQLite, and what was interrupted is run again to its end. The last line is
'N passed, N failed', and the status agrees. The same seed makes the same choices; what runs decides what they meet.
"""
import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from drive import Desktop, Gone, Timeout, start
from drive.common import PATIENCE
from gi.repository import GLib

TOP = Path(__file__).resolve().parents[2]
KINDS = ['typing'] * 6 + ['typing beside an import', 'typing beside a backup', 'importing', 'importing', 'migrating',
                          'migrating', 'backing up', 'backing up']
N_FILES = 150  # of an import
N_OLD = 400    # notes of a file that is migrated
FILE_ID = 0x4f435456


def ask(path, sql, *values):
    with closing(sqlite3.connect(path, timeout=10)) as file:
        return file.execute(sql, values).fetchall()


class Torture:

    def __init__(self, folder, seed):
        self.rand = random.Random(seed)
        self.octavo = str(folder / 'app/octavo')
        self.desktop = Desktop()
        self.dir = Path(self.desktop.dir)
        self.database = self.dir / 'notes.db'
        self.own = {'G_DEBUG': 'fatal-criticals', 'OCTAVO_DATABASE': str(self.database),
                    'GSETTINGS_SCHEMA_DIR': str(folder / 'data')}
        self.own |= {name: os.environ[name] for name in ('ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS', 'G_SLICE')
                     if name in os.environ}
        self.env = self.desktop.env | self.own
        self.notes = {}    # of the rounds so far: what the file has to have
        self.lengths = {}  # seconds, of what is run to its end
        self.number = 0
        self.killed = 0

    # -- processes

    def run(self, *arguments, env=None):
        done = subprocess.run([self.octavo, *map(str, arguments)], env=env or self.env, capture_output=True, text=True)
        assert done.returncode == 0, f'{arguments}: {done.stderr}'

    def kill_in(self, kind, *arguments, env=None):
        """Runs a command, and kills it at a random moment; its length is known from the first time."""
        if kind not in self.lengths:
            self.lengths[kind] = .2
        began = time.monotonic()
        process = subprocess.Popen([self.octavo, *map(str, arguments)], env=env or self.env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            process.wait(self.rand.uniform(0, self.lengths[kind] * 1.05))
            self.lengths[kind] = max(time.monotonic() - began, .02)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    # -- what has to be true

    def check_file(self, path):
        assert ask(path, 'PRAGMA integrity_check') == [('ok',)], f'{path} is damaged'
        assert ask(path, 'PRAGMA foreign_key_check') == [], f'{path} refers to what is not there'

    def check_notes(self):
        self.check_file(self.database)
        found = dict(ask(self.database, 'SELECT title, body FROM note'))
        for title, body in self.notes.items():
            assert found.get(title) == body, f'{title!r} is {found.get(title)!r}, and was {body!r}'

    # -- rounds

    def start(self):
        app = start([self.octavo], self.own, self.desktop)
        app.wait_for('list', '^Sidebar$', timeout=20, shown=False)
        return app

    def wait_focus(self, app, name):
        def there():
            node = app.focused()
            return node is not None and node.name == name
        app.wait(there, 10, f'the focus in {name!r}')

    def kill(self, app, beside):
        self.killed = time.monotonic()
        os.killpg(app.pid, signal.SIGKILL)
        if beside:
            beside.kill()

    def type_until_killed(self, app, node, seen):
        """What stood on the screen, and when it was seen there."""
        try:
            while True:
                word = ''.join(self.rand.choice('abcdefghijklmno') for _ in range(self.rand.randint(1, 9)))
                app.type(word + ' ')
                seen.append((node.text, time.monotonic()))
                time.sleep(self.rand.choice((0, 0, .03, .1, .5)))
        except (Gone, Timeout, GLib.Error):
            pass

    def comes_back(self, title, text):
        """What was kept beside the notes is taken in by the next start."""
        if not list(Path(self.env['XDG_STATE_HOME']).glob('octavo/*.unsaved')):
            return
        with self.start() as app:
            app.wait(lambda: any(body.startswith(text) for body, in ask(
                self.database, 'SELECT body FROM note WHERE title LIKE ?', title + '%')), 10, 'what was rescued')
        print(f'round {self.number}: rescued')

    def typing(self, *beside):
        title = f'Round {self.number}'
        app = self.start()
        seen = []
        try:
            app.key('ctrl+n')
            self.wait_focus(app, 'Note title')
            app.type(title)
            app.key('Return')
            self.wait_focus(app, 'Note text')
            node = app.wait_for('text', '^Note text$')
            process = subprocess.Popen([self.octavo, *map(str, beside)], env=self.env, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL) if beside else None
            timer = threading.Timer(self.rand.uniform(.1, 3.5) * PATIENCE, self.kill, (app, process))
            timer.start()
            self.type_until_killed(app, node, seen)
            timer.join()
            if process:
                process.wait()
        finally:
            app.kill9()
        assert app.complaints() == [], app.complaints()
        before = [text for text, when in seen if when <= self.killed - PATIENCE]
        text = before[-1] if before else ''

        def stored():
            return [body for body, in ask(self.database, 'SELECT body FROM note WHERE title = ?', title)]
        if text and not any(body.startswith(text) for body in stored()):
            self.comes_back(title, text)
        bodies = stored()
        assert not text or any(body.startswith(text) for body in bodies), f'{text!r} was on the screen; stored: {bodies}'
        if bodies:
            self.notes[title] = bodies[0]

    def make_files(self):
        folder = self.dir / f'import {self.number}'
        folder.mkdir()
        files = {f'File {self.number} {i}': 'words ' * self.rand.randint(1, 400) + str(i) for i in range(N_FILES)}
        for title, body in files.items():
            (folder / f'{title}.md').write_text(body)
        return folder, files

    def check_import(self, folder, files):
        """What is there of it is whole; and the same command goes on."""
        for title, body in ask(self.database, "SELECT title, body FROM note WHERE title LIKE 'File %'"):
            assert title not in files or files[title] == body, f'{title!r} is {body!r}'
        self.check_file(self.database)
        self.run('import', folder)
        found = ask(self.database, 'SELECT title, body FROM note WHERE title LIKE ?', f'File {self.number} %')
        assert sorted(found) == sorted(files.items()), f'{len(found)} of {len(files)} files are notes'
        self.notes |= files

    def typing_beside_an_import(self):
        folder, files = self.make_files()
        self.typing('import', folder)
        self.check_import(folder, files)

    def typing_beside_a_backup(self):
        copy = self.dir / f'copy {self.number}.db'
        self.typing('backup', copy)
        self.check_copy(copy)

    def importing(self):
        folder, files = self.make_files()
        self.kill_in('importing', 'import', folder)
        self.check_import(folder, files)

    def migrating(self):
        path = self.dir / f'old {self.number}.db'
        env = self.env | {'OCTAVO_DATABASE': str(path)}
        with closing(sqlite3.connect(path)) as file:
            file.executescript((TOP / 'resources/migrations/0001-first.sql').read_text())
            file.execute("INSERT INTO user (name, folded, created) VALUES ('Somebody', 'somebody', 1)")
            file.executemany('INSERT INTO note (user_id, created, updated, title, body) VALUES (1, ?, ?, ?, ?)',
                             [(i, i, f'Old {i}', f'text {i} ' * 50) for i in range(N_OLD)])
            file.executescript(f'PRAGMA application_id = {FILE_ID}; PRAGMA user_version = 1')
            notes = file.execute('SELECT id, title, body FROM note ORDER BY id').fetchall()
        self.kill_in('migrating', 'list', env=env)
        for _ in range(2):
            self.check_file(path)
            assert ask(path, 'SELECT id, title, body FROM note ORDER BY id') == notes
            self.run('list', env=env)
        assert ask(path, 'PRAGMA user_version') == [(len(list((TOP / 'resources/migrations').iterdir())),)]

    def check_copy(self, copy):
        if not copy.exists():
            self.run('backup', copy)
        self.check_file(copy)
        copied = dict(ask(copy, 'SELECT title, body FROM note'))
        for title, body in self.notes.items():
            assert title == f'Round {self.number}' or copied.get(title) == body, f'{title!r} is not in the copy'

    def backing_up(self):
        copy = self.dir / f'copy {self.number}.db'
        self.run('add', '--title', f'Round {self.number}', 'a text')
        self.notes[f'Round {self.number}'] = 'a text'
        self.kill_in('backing up', 'backup', copy)
        self.check_copy(copy)

    def round(self, number):
        self.number = number
        kind = self.rand.choice(KINDS) if number > len(set(KINDS)) else list(dict.fromkeys(KINDS))[number - 1]
        try:
            getattr(self, kind.replace(' ', '_'))()
            self.check_notes()
            return kind, None
        except Exception as error:
            return kind, error


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('count', nargs='?', type=int, default=500)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    given = words.parse_args()
    print(f'{given.count} kills, seed {given.seed}', flush=True)
    torture = Torture(given.folder.resolve(), given.seed)
    passed = {}
    failed = 0
    for number in range(1, given.count + 1):
        kind, error = torture.round(number)
        passed[kind] = passed.get(kind, 0) + (error is None)
        if error is not None:
            failed += 1
            print(f'FAILED: round {number}, {kind}: {error!r}'[:2000], flush=True)
    for kind, n in passed.items():
        print(f'passed: {kind}, {n} times')
    print(f'{sum(passed.values())} passed, {failed} failed')
    torture.desktop.close()
    sys.exit(failed > 0)


main()
