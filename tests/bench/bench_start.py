# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon the window is there."""
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
    took = app.until_ink(box)
    app.stop()
    return took


def places(desktop, octavo, empty):
    """Where the fourth row of the list, and where the title of the empty window, will be painted."""
    app = start(octavo, desktop=desktop)
    rows = app.wait(lambda: app.all('list item', under=app.find('list', '^Notes$'))[:4], 60)
    filled = app.rect(rows[-1])
    app.stop()
    app = start(empty, desktop=desktop)
    window, x, y, width, _ = app.screen.windows(app.pid)[-1][:5]
    left, right, top, _ = app.screen.prop(window, '_GTK_FRAME_EXTENTS') or (0, 0, 0, 0)
    app.stop()
    return filled, (x + left, y + top, width - left - right, 46)


def bench_start(folder, count):
    """From exec to the filled list, beside an empty libadwaita window and one of three panes, in turn."""
    notes = Notes(folder, count)
    programs = {'octavo': [notes.octavo, '--database', notes.path], 'empty': [folder / 'tests/bench/empty-window'],
                'panes': [folder / 'tests/bench/reference-window', str(count)]}
    seen = {who: [] for who in programs}
    desktop = Desktop()
    try:
        filled, titled = places(desktop, programs['octavo'], programs['empty'])
        for _ in range(RUNS):
            for who, argv in programs.items():
                seen[who].append(run_once(desktop, argv, titled if who == 'empty' else filled))
    finally:
        desktop.close()
    goal = by_size(count, n100000=1.6, n1000000=1.8)
    for i, what in enumerate(('filled', 'cpu')):
        ours, empty, panes = (statistics.median(run[i] for run in runs) for runs in seen.values())
        tell(f'window.{what}', count, ours, 's',
             f'empty window {empty:.3f} s, goal {goal}; three empty panes {panes / empty:.2f}', empty)
