# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop waits for: the answers of its search, and the small window for a note."""
import os
import signal
import statistics
import time

from bench_common import Notes, by_size, tell, tell_spread
from drive import Desktop, now, start
from shell import Shell

RUNS = 9
GOAL_CAPTURE = 200         # milliseconds
SHOWN = 5                  # results that the Shell describes at once


def cpu_of(pid):
    """Milliseconds of processor time of a process so far."""
    return time.clock_gettime(~pid << 3 | 2) * 1000


def end(shell):
    """The program that the bus has started ends, and nobody has its name."""
    pid = shell.pid()
    os.kill(pid, signal.SIGTERM)
    while shell.pid() is not None:
        time.sleep(.01)


def bench_provider(folder, count):
    """From a call of the desktop's search to its answer: where nothing runs, and of each key after that."""
    notes = Notes(folder, count)
    words = list(notes.words.values())
    cold, further, described = [], [], []
    desktop = Desktop()
    try:
        shell = Shell(desktop, notes.octavo, {'OCTAVO_DATABASE': str(notes.path)})
        for i in range(RUNS + 1):
            if i:
                end(shell)
            began = now()
            found = shell.search(words[i % len(words)])
            cold.append(((now() - began) * 1000, cpu_of(shell.pid())))
            assert len(found) > 1, found
        for word in words:
            typed = [word[:length] for length in range(1, len(word) + 1)]
            found = shell.search(typed[0])
            for text in typed[1:]:
                began, used = now(), cpu_of(shell.pid())
                found = shell.search_further(found, text)
                further.append(((now() - began) * 1000, cpu_of(shell.pid()) - used))
                began, used = now(), cpu_of(shell.pid())
                shell.metas(found[:SHOWN])
                described.append(((now() - began) * 1000, cpu_of(shell.pid()) - used))
    finally:
        desktop.close()
    tell_spread('provider.cold', count, *zip(*cold[1:]), by_size(count, n100000=500))
    tell_spread('provider', count, *zip(*further), by_size(count, n100000=50))
    tell_spread('provider.metas', count, *zip(*described), None)


def map_beside(app, argv):
    """Milliseconds from a call to a window more of a program that runs."""
    before = len(app.screen.windows(app.pid))
    began = now()
    caller = app.desktop.launch(argv)
    while len(app.screen.windows(app.pid)) <= before:
        time.sleep(.001)
    took = (now() - began) * 1000
    caller.proc.wait()
    app.calm()
    app.screen.press('Escape')
    app.screen.sync()
    app.wait(lambda: len(app.screen.windows(app.pid)) == before, 10, 'the small window to go')
    return took


def bench_capture(folder, count):
    """From the call for the small window until it is mapped, where nothing runs, and where the large one is open; beside
    an empty libadwaita window."""
    notes = Notes(folder, count)
    argv = [notes.octavo, '--database', notes.path, '--new-note']
    seen = {'cold': [], 'empty': [], 'running': []}
    desktop = Desktop()
    try:
        for _ in range(RUNS):
            for who, program in (('cold', argv), ('empty', [folder / 'tests/bench/empty-window'])):
                app = desktop.launch(program)
                seen[who].append(app.until_mapped() * 1000)
                app.connect()
                app.stop()
        with start(argv[:-1], desktop=desktop) as app:
            app.wait_for('list', '^Notes$', timeout=60)
            app.calm()
            seen['running'] = [map_beside(app, argv) for _ in range(RUNS)]
    finally:
        desktop.close()
    cold, empty, running = (statistics.median(seen[who]) for who in ('cold', 'empty', 'running'))
    tell('capture.cold', count, cold, 'ms', f'empty window {empty:.0f} ms; goal {GOAL_CAPTURE} ms', empty)
    tell('capture.running', count, running, 'ms', f'goal {GOAL_CAPTURE} ms', GOAL_CAPTURE)
