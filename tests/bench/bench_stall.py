# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the main loop of the window does not answer."""
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench_common import Notes, tell
from bench_import import files_of
from bench_person import Person
from drive import Desktop, now

GOAL = 16                  # milliseconds, a frame
SEARCHES = 12              # words that are typed
CLICKS = 120               # of the wheel
FILES = 10000              # that another process imports


class Stalls:
    """What the probe told of the turns of the main loop; see stall-probe.c."""

    def __init__(self, folder, path):
        self.path, self.seen = path, []
        self.env = {'LD_PRELOAD': str(folder / 'tests/bench/libstall-probe.so'), 'OCTAVO_STALLS': str(path)}

    def during(self, do):
        """Milliseconds of each turn that began meanwhile, and what of that was spent on a processor."""
        began = now() * 1e6
        do()
        time.sleep(.5)
        turns = [tuple(map(int, line.split())) for line in self.path.read_text().splitlines()]
        return [(took / 1000, cpu / 1000) for at, took, cpu in turns if at > began]


def tell_stall(what, count, turns):
    took, cpu = max(turns, default=(0, 0))
    over, most = sum(turn > GOAL for turn, _ in turns), max((cpu for _, cpu in turns), default=0)
    tell(f'window.stall.{what}', count, took, 'ms',
         f'goal {GOAL} ms; {cpu:.1f} ms of it on a processor, of any turn at most {most:.1f} ms; '
         f'{over} of {len(turns)} turns over the goal', GOAL)


def bench_stall(folder, count):
    """The longest turn of the main loop, of each thing that is done; importing is done to a copy of the notes."""
    notes = Notes(folder, count)
    files = files_of(Notes(folder, min(count, FILES)))
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        notes.path = Path(shutil.copy(notes.path, scratch))
        stalls = Stalls(folder, Path(scratch, 'stalls'))
        desktop = Desktop()
        try:
            person = Person(notes, desktop, stalls.env)
            words = person.words(SEARCHES)

            def search():
                for word in words:
                    person.search(word)

            def scroll():
                person.wheel(CLICKS)
                person.drag_to_end()

            def both_while_importing():
                importing = subprocess.Popen([notes.octavo, '--database', notes.path, 'import', files],
                                             stdout=subprocess.DEVNULL)
                while importing.poll() is None:
                    person.search(words[0])
                    person.leave_search()
                    person.wheel(CLICKS // 4)
                if importing.returncode:
                    raise RuntimeError(f'the import ended with {importing.returncode}')
            tell_stall('search', count, stalls.during(search))
            person.leave_search()
            tell_stall('scroll', count, stalls.during(scroll))
            tell_stall('import', count, stalls.during(both_while_importing))
            person.app.stop()
        finally:
            desktop.close()
