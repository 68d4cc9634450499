# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure the application as a person meets it: bench.py BUILD-FOLDER [--notes N] [NAME]…

Prints a line a figure, tab-separated: name, notes, value, unit, compared with, ratio. The files of notes are made once
and kept in BUILD-FOLDER/notes.
"""
import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from drive import Desktop, Timeout, now, start

RUNS = 9
KEYS = 60                  # keystrokes measured in a search
GOAL_WINDOW = 2            # times an empty window
GOAL_SEARCH = .1           # seconds from the key to the repainted list
QUIET = .25                # no more changes for so long: the list has settled


def tell(name, notes, value, unit, beside, ratio):
    print(f'{name}\t{notes}\t{value:.3f}\t{unit}\t{beside}\t{ratio:.2f}', flush=True)


class Notes:
    """A file of N generated notes, and words to look for."""

    def __init__(self, folder, count):
        self.path = folder / 'notes' / f'{count}.db'
        words = self.path.with_suffix('.words')
        if not words.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            for stale in self.path.parent.glob(f'{count}.db*'):
                stale.unlink()
            made = subprocess.run([folder / 'tests/bench/octavo-generate', str(count), self.path],
                                  stdout=subprocess.PIPE, text=True, check=True)
            words.write_text(made.stdout)
        self.words = dict(line.split('\t') for line in words.read_text().splitlines())


def empty_screen(desktop):
    desktop._until(lambda: not any(desktop.screen.pixels(0, 0, *desktop.size)[i::4].strip(b'\0') for i in range(3)),
                   'an empty screen')


def run_once(desktop, argv, box):
    """Seconds from exec until box has ink, and the processor time used until then."""
    empty_screen(desktop)
    app = desktop.launch(argv)
    seconds = app.until_ink(box)
    cpu = app.cpu()
    app.stop()
    return seconds, cpu


def bench_window(folder, count):
    """From exec to the filled list, beside an empty libadwaita window, in turn."""
    notes = Notes(folder, count)
    octavo = [folder / 'app/octavo', '--database', notes.path]
    empty = [folder / 'tests/bench/empty-window']
    desktop = Desktop()
    try:
        app = start(octavo, desktop=desktop)
        rows = app.wait(lambda: app.all('list item', under=app.find('list', '^Notes$'))[:4], 60)
        filled = app.rect(rows[-1])
        app.stop()
        app = start(empty, desktop=desktop)
        window, x, y, width, _ = app.screen.windows(app.pid)[-1][:5]
        left, right, top, _ = app.screen.prop(window, '_GTK_FRAME_EXTENTS') or (0, 0, 0, 0)
        titled = x + left, y + top, width - left - right, 46
        app.stop()
        seen = {'octavo': [], 'empty': []}
        for _ in range(RUNS):
            seen['octavo'].append(run_once(desktop, octavo, filled))
            seen['empty'].append(run_once(desktop, empty, titled))
    finally:
        desktop.close()
    for i, what in enumerate(('filled', 'cpu')):
        ours, theirs = (statistics.median(run[i] for run in seen[who]) for who in ('octavo', 'empty'))
        tell(f'window.{what}', count, ours, 's', f'empty window {theirs:.3f} s, goal {GOAL_WINDOW}', ours / theirs)


def settle(app, letter, box, timeout=5):
    """Seconds from a key until box changed for the last time; None where it did not change."""
    last, final = app.screen.pixels(*box), None
    began = now()
    app.screen.press(letter)
    app.screen.sync()
    while True:
        new, t = app.screen.pixels(*box), now()
        if new != last:
            last, final = new, t
        if final and t - final > QUIET:
            return final - began
        if not final and t - began > 3 * QUIET:
            return None
        if t - began > timeout:
            raise Timeout(f'{box} does not come to rest')
        time.sleep(.001)


def bench_search(folder, count):
    """From a key in the search entry to the list that has come to rest; each key that changes what is seen."""
    notes = Notes(folder, count)
    samples, unseen = [], 0
    with start([folder / 'app/octavo', '--database', notes.path]) as app:
        list_ = app.wait_for('list', '^Notes$', timeout=60)
        app.wait(lambda: app.all('list item', under=list_), 60)
        box = app.rect(list_)
        while len(samples) < KEYS:
            for word in notes.words.values():
                app.key('ctrl+shift+f')
                app.key('ctrl+a', 'BackSpace')
                time.sleep(.5)
                for letter in word:
                    took = settle(app, letter, box)
                    if took is None:
                        unseen += 1
                    else:
                        samples.append(took)
            if unseen > 20 * KEYS:
                raise Timeout('no key changes the list')
    samples.sort()
    for what, at in (('median', .5), ('p95', .95), ('most', 1)):
        value = samples[min(len(samples) - 1, int(at * len(samples)))]
        tell(f'search.{what}', count, value * 1000, 'ms', f'goal {GOAL_SEARCH * 1000:.0f} ms, {len(samples)} keys',
             value / GOAL_SEARCH)


BENCHES = {'window': bench_window, 'search': bench_search}


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('name', nargs='*', choices=[[], *BENCHES])
    words.add_argument('--notes', type=int, default=100000)
    given = words.parse_args()
    print('name\tnotes\tvalue\tunit\tcompared with\tratio')
    for name in given.name or BENCHES:
        BENCHES[name](given.folder.resolve(), given.notes)


main()
