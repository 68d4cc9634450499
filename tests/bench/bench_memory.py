# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window needs of memory after some use, more than an empty one."""
import re
import time
from pathlib import Path

from bench_common import Notes, by_size, tell
from bench_person import Person
from drive import Desktop, start

SEARCHES = 100
PACE = .02
REST = .1                  # seconds between two searches


def own_memory(app):
    """MiB that only this process has: what it would give back."""
    rollup = Path(f'/proc/{app.pid}/smaps_rollup').read_text()
    return sum(int(size) for size in re.findall(r'^Private_(?:Clean|Dirty):\s+(\d+) kB', rollup, re.M)) / 1024


def memory_of(desktop, *argv):
    app = start(list(argv), desktop=desktop)
    time.sleep(1)
    own, resident = own_memory(app), app.memory()['VmRSS'] / 1024
    app.stop()
    return own, resident


def bench_memory(folder, count):
    """After a hundred searches, scrolling to the end, and half a second of rest. Another window of the toolkit is open all
    the time, as on a desktop: what they share is then nobody's own."""
    notes = Notes(folder, count)
    desktop = Desktop()
    try:
        start([folder / 'tests/bench/empty-window'], desktop=desktop)
        empty, empty_resident = memory_of(desktop, folder / 'tests/bench/empty-window')
        reference, _ = memory_of(desktop, folder / 'tests/bench/reference-window', str(count))
        person = Person(notes, desktop)
        first = own_memory(person.app)
        for word in person.words(SEARCHES):
            person.search(word, PACE)
            time.sleep(REST)
        person.leave_search()
        person.drag_to_end()
        time.sleep(.5)
        own, resident = own_memory(person.app), person.app.memory()['VmRSS'] / 1024
        person.app.stop()
    finally:
        desktop.close()
    goal = by_size(count, n100000=25, n1000000=60)
    tell('window.memory', count, own - empty, 'MiB', f'goal {goal} MiB; its own {own:.1f}, an empty window {empty:.1f}', goal)
    tell('window.memory.start', count, first - empty, 'MiB', f'three empty panes {reference - empty:.1f} MiB', reference - empty)
    tell('window.memory.resident', count, resident - empty_resident, 'MiB',
         f'goal {goal} MiB; with what is shared {resident:.1f}, an empty window {empty_resident:.1f}', goal)
