# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end tests share: a person at a desktop of their own, with Octavo and one file of notes.

    octavo-binary is the first argument of the test's program; names of cases may follow.
"""
import json
import os
import sqlite3
import subprocess
import sys
import time
import unittest
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap
from drive import Desktop, start
from drive.common import PATIENCE

OCTAVO = os.path.abspath(sys.argv[1])
PASSED_ON = {name: os.environ[name]
             for name in ('ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS', 'G_SLICE', 'GSETTINGS_SCHEMA_DIR')
             if name in os.environ}


class Journey(unittest.TestCase):
    """Each case has a desktop; what the program printed as a warning, and how it ended, is part of the case."""

    size = (1280, 800)
    wm = 'openbox'

    def setUp(self):
        self.desktop = Desktop(wm=self.wm, size=self.size)
        self.addCleanup(self.desktop.close)
        self.database = f'{self.desktop.dir}/notes.db'
        self.env = {'G_DEBUG': 'fatal-criticals', 'OCTAVO_DATABASE': self.database, **PASSED_ON}

    def ignore_leaks(self):
        """GTK 4.8 loses some of what its file chooser read of folders, and a word to the session that ends."""
        options = self.env.get('ASAN_OPTIONS')
        self.env['ASAN_OPTIONS'] = f'{options}:detect_leaks=0' if options else 'detect_leaks=0'

    # -- the program

    def open(self, *arguments, ready=True, env=None):
        """Start the application, and wait for its list of notes."""
        app = start([OCTAVO, *arguments], {**self.env, **(env or {})}, self.desktop)
        if ready:
            app.wait_for('list', '^Sidebar$', timeout=20, shown=False)
        return app

    def end(self, app, code=0, timeout=5):
        """It ended as it should within so many seconds, and had nothing to complain about."""
        app.stop(timeout)
        self.assertEqual(app.complaints(), [])
        self.assertEqual(app.code, code, app.err[-4000:])

    def quit(self, app):
        """Ctrl+Q, and the program ends by itself."""
        app.key('ctrl+q')
        app.proc.wait(10 * PATIENCE)
        self.end(app)

    def run_octavo(self, *arguments, code=0, text=None):
        """The command line, on the same file; gives what it printed."""
        done = subprocess.run([OCTAVO, *arguments], env={**self.desktop.env, **self.env}, input=text,
                              capture_output=True, text=True, timeout=60 * PATIENCE)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def add(self, title, body='', *tags):
        """A note made by the command line; gives its id."""
        words = [word for tag in tags for word in ('--tag', tag)]
        return int(self.run_octavo('add', '--title', title, *words, '--', body or ' '))

    def notes(self):
        """All notes but the trashed, as the command line tells them, by title."""
        return {note['title']: note for note in json.loads(self.run_octavo('list', '--json'))}

    # -- the file

    def ask(self, sql, *values):
        """Rows of the file, as another program reads it."""
        with closing(sqlite3.connect(f'file:{self.database}?mode=ro', uri=True, timeout=5)) as file:
            return file.execute(sql, values).fetchall()

    def execute(self, sql):
        """Changes the file, as another program does."""
        with closing(sqlite3.connect(self.database, timeout=10)) as file:
            file.execute(sql)
            file.commit()

    def until_stored(self, app, sql, *values, timeout=5):
        """Seconds until the file answers with the row of values."""
        began = time.monotonic()

        def stored():
            try:
                return values in self.ask(sql)
            except sqlite3.OperationalError:
                return False
        app.wait(stored, timeout, f'{values} in {self.database}')
        return time.monotonic() - began

    # -- the window

    def rows(self, app):
        """The names of the rows of the list of notes."""
        list_ = app.find('list', '^Notes$')
        return [row.name for row in app.all('list item', under=list_)] if list_ else []

    def wait_rows(self, app, *names, timeout=5):
        """Wait until the list has just these notes, in that order."""
        def same():
            seen[:] = self.rows(app)
            return seen == list(names)
        seen = []
        try:
            app.wait(same, timeout, f'the rows {list(names)}')
        except AssertionError as error:
            raise AssertionError(f'the rows are {seen}, not {list(names)}\n{error}') from None

    def wait_calm(self, app, seconds=.15):
        """Wait until the rows stay where they are: a row that moves under the pointer is not the one that is clicked."""
        def calm():
            before = self.rows(app)
            time.sleep(seconds)
            return self.rows(app) == before
        app.wait(calm, 10, 'rows that keep still')

    def focus(self, app, name, timeout=5):
        """Wait until the control of that name has the keyboard."""
        def there():
            node = app.focused()
            return node is not None and node.name == name
        app.wait(there, timeout, f'the focus in {name!r}')

    def text(self, app, name='Note text'):
        return app.wait_for(('text', 'entry'), f'^{name}$').text

    def wait_text(self, app, wanted, name='Note text'):
        app.wait(lambda: self.text(app, name) == wanted, 5, f'{wanted!r} in {name!r}')

    def write(self, app, title, body):
        """A new note, by keyboard."""
        app.key('ctrl+n')
        self.focus(app, 'Note title')
        self.wait_text(app, '', 'Note title')
        app.type(title)
        app.key('Return')
        self.focus(app, 'Note text')
        app.type(body)
        self.wait_text(app, body)
        app.wait(lambda: title in self.rows(app), 5, f'the row {title!r}')

    def chooser(self, app):
        """The file chooser, which has a focus of its own."""
        found = app.wait(lambda: [w for w in app.toplevels() if w.role == 'filler' and not w.name.endswith(' — Octavo')], 5, 'the file chooser')[0]
        app.wait(lambda: app.find(under=found, states='focused', shown=False), 5, 'a focus in the file chooser')
        app.calm(20)
        return found

    def choose_path(self, app, path):
        """Give a path to the file chooser that is open, by keyboard."""
        chooser = self.chooser(app)

        def entry():
            return app.find('text', under=chooser, states='focused', shown=False)
        app.key('ctrl+l')
        app.wait(entry, 5, 'the entry for a path')
        app.key('ctrl+a')
        app.type(str(path))
        app.wait(lambda: entry() and entry().text == str(path), 5, f'{path} in the file chooser')
        app.key('Return')
        app.wait(lambda: chooser not in app.toplevels(), 5, 'the file chooser to close')

    def go(self, app, place):
        """Choose a row of the sidebar."""
        sidebar = app.wait_for('list', '^Sidebar$')
        app.click(app.wait_for('list item', f'^{place}', under=sidebar))

    def choose(self, app, title):
        """Open a note by clicking its row."""
        list_ = app.wait_for('list', '^Notes$')
        self.wait_calm(app)
        app.click(app.wait_for('list item', f'^{title}$', under=list_))
        self.wait_text(app, title if title != 'Untitled' else '', 'Note title')

    def enter(self, app, title, key='ctrl+Home'):
        """Open a note, with the cursor in its text, where the key takes it."""
        self.choose(app, title)
        app.click(app.wait_for('text', '^Note text$'))
        self.focus(app, 'Note text')
        app.key(key)

    def write_in(self, body):
        """The application with a note of that text, "One", and the cursor at its end."""
        self.add('One', body)
        app = self.open()
        self.enter(app, 'One', 'ctrl+End')
        return app


def main(name):
    tap.run(sys.modules['__main__'], name, sys.argv[2:])
