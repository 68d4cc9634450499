# SPDX-License-Identifier: GPL-3.0-or-later
"""Large notes: opening them, and typing in them."""
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench_common import Notes, tell_spread
from drive import Desktop, Timeout, now, start

KEYS = 60                  # in each note, half of them at its start, half at its end
OPENED = 7                 # times
GOAL_KEY = 16              # milliseconds
GOAL_OPEN = 100
GOAL_READ = 300
READ = 20                  # times
LARGE = 1000000            # bytes
PARAGRAPHS = 10000
QUIET = .3                 # seconds without a change: the text has come to rest
PACE = .12                 # seconds between two keys


def large():
    """A text of 1 MB in paragraphs of some lines."""
    line = 'Some words of a large note, *some* of them marked, and a `word` of code among them. '
    paragraph = '## Part\n\n' + line * 6 + '\n\n'
    return (paragraph * (LARGE // len(paragraph) + 1))[:LARGE]


def long():
    return ''.join(f'Paragraph {i}, which is short.\n\n' for i in range(PARAGRAPHS))


KINDS = {'1mb': large, '10000p': long}


def make_notes(octavo, path):
    """A file with the large notes and a small one, which the window shows first."""
    def run(*arguments, text=None):
        return subprocess.run([octavo, '--database', path, *arguments], text=True, input=text, stdout=subprocess.PIPE,
                              check=True).stdout.strip()
    for title, make in KINDS.items():
        run('add', '--title', title, '-', text=make())
    run('edit', run('add', '--title', 'small', 'A few words.'), '--pin')


def changed_rows(before, after, width):
    """The first and the last line of pixels that differ."""
    line = 4 * width
    rows = [i // line for i in range(0, len(before), line) if before[i:i + line] != after[i:i + line]]
    return (rows[0], rows[-1]) if rows else None


class Editor:

    def __init__(self, octavo, path, desktop):
        shutil.rmtree(f"{desktop.env['XDG_STATE_HOME']}/octavo", ignore_errors=True)     # which note was open last
        self.app = start([octavo, '--database', path], desktop=desktop)
        self.screen = self.app.screen
        self.rows = self.app.wait_for('list', '^Notes$', timeout=60)
        self.wait_title('small')
        x, y, width, height = self.app.rect(self.app.wait_for('text', '^Note text$'))
        self.box = x, y, width - 24, height          # without the bar at its side

    def row_box(self, title):
        return self.app.rect(self.app.wait_for('list item', f'^{title}$', under=self.rows))

    def wait_title(self, title):
        self.app.wait(lambda: self.app.find('text', '^Note title$').text == title, 20, f'{title} to open')
        time.sleep(QUIET)

    def open(self, title):
        self.app.click_at(self.row_box(title))
        self.wait_title(title)

    def time_open(self, title):
        """Milliseconds from the button's release on a row to the text that has come to rest, and those on processors until
        it had been so for a while."""
        self.app.point_at(self.row_box(title))
        time.sleep(QUIET)
        used = self.app.cpu()

        def press():
            self.screen.button(1, True)
            self.screen.button(1, False)
            self.screen.sync()
        wall = self.app.latency(press, self.box, QUIET, 20)[1]
        return wall * 1000, (self.app.cpu() - used) * 1000

    def line_box(self):
        """Where a letter that is typed now is painted: the lines of pixels it changes, and some around them."""
        x, y, width, height = self.box
        before = self.screen.pixels(*self.box)
        self.screen.press('n')
        self.screen.sync()
        time.sleep(QUIET)
        rows = changed_rows(before, self.screen.pixels(*self.box), width)
        if rows is None:
            raise Timeout('a letter that is typed is not to be seen')
        return x, y + rows[0], width, max(24, rows[1] - rows[0] + 1)

    def time_key(self, letter, box):
        """Milliseconds from a key to the first change of the line, and those on processors."""
        before, used, began = self.screen.pixels(*box), self.app.cpu(), now()
        self.screen.press(letter)
        self.screen.sync()
        while self.screen.pixels(*box) == before:
            if now() - began > 5:
                raise Timeout('a letter that is typed is not to be seen')
            time.sleep(.0005)
        took, cpu = now() - began, self.app.cpu() - used
        time.sleep(PACE)
        return took * 1000, cpu * 1000

    def type(self):
        """The times of keys at the start and at the end of the note."""
        taken = []
        self.app.click_at((self.box[0] + 20, self.box[1] + 4, 4, 4))
        for place in ('ctrl+Home', 'ctrl+End'):
            self.app.key(place)
            time.sleep(1)
            line = self.line_box()
            for i in range(KEYS // 2):
                if i % 15 == 14:                     # a line that wraps would be painted elsewhere
                    self.app.key('Return')
                    time.sleep(QUIET)
                    line = self.line_box()
                taken.append(self.time_key('aeiou'[i % 5], line))
        return taken

    def read(self):
        """The times from the key that has the note shown as it reads to the view that has come to rest."""
        taken = []
        for _ in range(READ):
            used = self.app.cpu()

            def press():
                self.screen.press('ctrl', 'shift', 'm')
                self.screen.sync()
            wall = self.app.latency(press, self.box, QUIET, 20)[1]
            taken.append((wall * 1000, (self.app.cpu() - used) * 1000))
            self.app.latency(press, self.box, QUIET, 20)
            time.sleep(QUIET)
        return taken


def bench_editor(folder):
    """Notes of 1 MB and of 10,000 paragraphs."""
    octavo = Notes.program(folder)
    opened, read, typed = {kind: [] for kind in KINDS}, {}, {}
    desktop = Desktop()
    try:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            path = Path(scratch, 'notes.db')
            make_notes(octavo, path)
            for _ in range(OPENED):                  # what was opened once is kept
                editor = Editor(octavo, path, desktop)
                for kind in KINDS:
                    opened[kind].append(editor.time_open(kind))
                    editor.open('small')
                editor.app.stop()
            for kind in KINDS:
                editor = Editor(octavo, path, desktop)
                editor.open(kind)
                read[kind] = editor.read()
                typed[kind] = editor.type()
                editor.app.stop()
    finally:
        desktop.close()
    for kind in KINDS:
        tell_spread(f'editor.open.{kind}', len(KINDS) + 1, *zip(*opened[kind]), GOAL_OPEN)
        tell_spread(f'editor.reading.{kind}', len(KINDS) + 1, *zip(*read[kind]), GOAL_READ)
        tell_spread(f'editor.key.{kind}', len(KINDS) + 1, *zip(*typed[kind]), GOAL_KEY)
