# SPDX-License-Identifier: GPL-3.0-or-later
"""What all figures share: how one is told, and the files of notes that they are taken with."""
import hashlib
import re
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
MIGRATIONS = Path(__file__).parents[2] / 'resources/migrations'

HEAD = 'name\tnotes\tvalue\tunit\tcompared with\tratio'
MIB = 1024 * 1024


def tell(name, notes, value, unit, beside, against):
    """A figure and its ratio to what it is compared with, in the same unit."""
    ratio = f'{value / against:.2f}' if against else '-'
    print(f'{name}\t{notes}\t{value:.3f}\t{unit}\t{beside}\t{ratio}', flush=True)


def p95(values):
    """What 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def tell_spread(name, notes, wall, cpu, goal, at=('median', 'p95', 'most')):
    """Of some milliseconds, and of those that the program was on a processor meanwhile: median, p95 and the most. The
    goal is of p95."""
    for what in at:
        of = {'median': statistics.median, 'p95': p95, 'most': max}[what]
        against = goal if what == 'p95' else None
        beside = f'goal {against:g} ms; ' if against else ''
        tell(f'{name}.{what}', notes, of(wall), 'ms', f'{beside}{len(wall)} times, on a processor {of(cpu):.3f} ms', against)


def by_size(count, **goals):
    """The goal for so many notes: by_size(count, n10000=5, n100000=16); that of the next larger size, or None."""
    sizes = sorted((int(name[1:]), goal) for name, goal in goals.items())
    return next((goal for size, goal in sizes if count <= size), None)


def schema():
    """A digest of the migrations, whatever they say in comments."""
    text = ''.join(path.read_text() for path in sorted(MIGRATIONS.glob('*.sql')))
    return hashlib.sha256(''.join(re.sub('--.*', '', text).split()).encode()).hexdigest()[:16]


class Notes:
    """A file of N generated notes, and words to look for. It is kept until others would be generated, or the schema is
    another one."""

    def __init__(self, folder, count):
        self.folder, self.count = folder, count
        self.octavo = self.program(folder)
        self.path = folder / 'notes' / f'{count}.db'
        generate, words = folder / 'tests/bench/octavo-generate', self.path.with_suffix('.words')
        told = subprocess.run([generate], stdout=subprocess.PIPE, text=True, check=True).stdout + f'schema\t{schema()}\n'
        if not (self.path.exists() and words.exists() and words.read_text() == told):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.drop(self.path)
            subprocess.run([generate, str(count), self.path], stdout=subprocess.DEVNULL, check=True)
            words.write_text(told)
        self.words = {rank: word for rank, word in map(lambda line: line.split('\t'), told.splitlines())
                      if rank not in ('format', 'schema')}
        # an index of other rules would be made anew while something else is measured
        subprocess.run([self.octavo, '--database', self.path, 'search', '--limit', '1', self.words['rare']],
                       stdout=subprocess.DEVNULL, check=True)

    @staticmethod
    def program(folder):
        return folder / 'app/octavo'

    @staticmethod
    def drop(path):
        for left in path.parent.glob(f'{path.name}*'):
            left.unlink()
