# SPDX-License-Identifier: GPL-3.0-or-later
"""Call the built octavo, each test in a home of its own and without a display.

OCTAVO_BINARY names the program. TestCase.run_octavo() gives what came of a call; add(), list() and show() are short
forms for what most tests begin with.
"""
import fcntl
import json
import locale
import os
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import unittest
from pathlib import Path

BINARY = os.environ['OCTAVO_BINARY']
TIMEOUT = 120
# What a test may not see of the person who runs it.
HIDDEN = ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'OCTAVO_DATABASE', 'LANGUAGE', 'LC_ALL', 'LANG', 'NO_COLOR')
REPORTS = ('AddressSanitizer', 'LeakSanitizer', 'runtime error', '-CRITICAL **', '-WARNING **', 'Sanitizer')


def first_locale(*names):
    """The first of these locales that there is, also where LOCPATH has it, which locale -a does not look at."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in names:
            try:
                return locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                pass
        return None
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def locale_of_languages():
    """A locale in which LANGUAGE is heeded, or None: to glibc 2.39 and later, C.UTF-8 is C, which has no languages."""
    version = os.confstr('CS_GNU_LIBC_VERSION').split()[-1]
    old = tuple(map(int, version.split('.'))) < (2, 39)
    return first_locale('en_US.UTF-8', 'en_GB.UTF-8', 'de_DE.UTF-8', *(['C.UTF-8'] if old else []))


class Called:
    """What came of one call."""

    def __init__(self, done):
        self.status = done.returncode
        self.raw = done.stdout
        self.out = done.stdout.decode('utf-8', 'surrogateescape')
        self.err = done.stderr.decode('utf-8', 'surrogateescape')

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f'status {self.status}\nout: {self.out[:2000]}\nerr: {self.err[:2000]}'


class TestCase(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix='octavo-test-'))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.database = self.folder / 'notes.db'
        self.env = {name: value for name, value in os.environ.items() if name not in HIDDEN}
        self.env.update(HOME=str(self.folder / 'home'), OCTAVO_DATABASE=str(self.database), LC_ALL='C.UTF-8', TZ='UTC',
                        TERM='xterm')
        (self.folder / 'home').mkdir()
        for name in ('CONFIG', 'DATA', 'CACHE', 'STATE'):
            self.env[f'XDG_{name}_HOME'] = str(self.folder / name.lower())
        (self.folder / 'run').mkdir(mode=0o700)
        self.env['XDG_RUNTIME_DIR'] = str(self.folder / 'run')

    def run_octavo(self, *arguments, status=0, input=None, env=None, **more):
        """Calls octavo, and looks at its status, and that it had nothing to say but what a person can read."""
        if input is None:
            more.setdefault('stdin', subprocess.DEVNULL)
        elif isinstance(input, str):
            input = input.encode()
        if 'user' in more:  # the lines that were reached are counted beside the program, where another may not write
            counts = self.folder / 'counts'
            counts.mkdir(exist_ok=True)
            counts.chmod(0o777)
            env = {**(env or {}), 'GCOV_PREFIX': str(counts)}
        done = subprocess.run([BINARY, *map(os.fspath, map(_text, arguments))], input=input, capture_output=True,
                              env={**self.env, **(env or {})}, timeout=TIMEOUT, **more)
        called = Called(done)
        for report in REPORTS:
            self.assertNotIn(report, called.err, called)
        self.assertEqual(called.status, status, called)
        return called

    def on_terminal(self, *arguments, columns=80, status=0, env=None):
        """What octavo writes to a terminal, on standard output and error."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
        process = subprocess.Popen([BINARY, *map(str, arguments)], env={**self.env, **(env or {})}, stdout=slave, stderr=slave,
                                   stdin=subprocess.DEVNULL)
        os.close(slave)
        text = b''
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            text += part
        os.close(master)
        self.assertEqual(process.wait(), status, text)
        return text.decode().replace('\r\n', '\n')

    def assert_complains(self, called, *words):
        """One line on standard error, with these words in it."""
        lines = called.err.splitlines()
        self.assertEqual(len(lines), 1, called)
        self.assertTrue(lines[0].startswith('octavo: '), called)
        for word in words:
            self.assertIn(word, lines[0])

    def assert_usage(self, called, command):
        """What is wrong, and the line of usage; nothing on standard output."""
        lines = called.err.splitlines()
        self.assertEqual(len(lines), 2, called)
        self.assertTrue(lines[0].startswith('octavo: '), called)
        self.assertTrue(lines[1].startswith(f'Usage: octavo {command}'), called)
        self.assertEqual(called.out, '')

    def add(self, *arguments, **more):
        """Adds a note; gives its id."""
        called = self.run_octavo('add', *arguments, **more)
        self.assertRegex(called.out, r'\A[0-9]+\n\Z')
        return int(called.out)

    def list(self, *arguments):
        return self.run_octavo('list', '--json', *arguments).json

    def search(self, *arguments):
        return self.run_octavo('search', '--json', *arguments).json

    def show(self, note_id):
        notes = self.run_octavo('show', note_id, '--json').json
        self.assertEqual(len(notes), 1)
        return notes[0]


def _text(argument):
    return argument if isinstance(argument, (str, bytes, os.PathLike)) else str(argument)
