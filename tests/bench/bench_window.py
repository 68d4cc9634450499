# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: how soon it is there."""
import statistics

from bench_common import Notes, by_size, tell
from drive import Desktop, start

RUNS = 9


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


def bench_filled(folder, count):
    """From exec to the filled list, beside an empty libadwaita window, in turn."""
    notes = Notes(folder, count)
    octavo = [notes.octavo, '--database', notes.path]
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
    goal = by_size(count, n100000=1.6, n1000000=1.8)
    for i, what in enumerate(('filled', 'cpu')):
        ours, theirs = (statistics.median(run[i] for run in seen[who]) for who in ('octavo', 'empty'))
        tell(f'window.{what}', count, ours, 's', f'empty window {theirs:.3f} s, goal {goal}', theirs)
