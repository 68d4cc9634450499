# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a week of use: torture_week.py FOLDER [OPERATIONS [SEED]].

FOLDER is where Octavo was built; a display is needed. Somebody edits notes in two windows, tags, pins, trashes, deletes,
undoes, imports and searches without a pause, another process changes what is open there, and the command line runs
beside it; now and then the program is killed. The file has to be what a model of it is. The last line is
'N passed, N failed': a life of the program passes that came to its end, by a kill too, with everything as it should be.
The same seed does the same; when the kills come is chance.
"""
import argparse
import os
import random
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path


KILLS = 40  # in the first half of a long week


def read_count(path):
    """How many operations are in the file, for certain."""
    text = path.read_bytes() if path.exists() else b''
    return struct.unpack('I', text)[0] if len(text) == 4 else 0


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('folder', type=Path)
    words.add_argument('operations', nargs='?', type=int, default=100_000)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    given = words.parse_args()
    print(f'{given.operations} operations, seed {given.seed}', flush=True)
    rand = random.Random(given.seed)
    program = given.folder / 'tests/ui/torture-week'
    env = os.environ | {'G_DEBUG': 'fatal-criticals', 'GSETTINGS_BACKEND': 'memory',
                        'GSETTINGS_SCHEMA_DIR': str(given.folder / 'data'), 'OCTAVO': str(given.folder / 'app/octavo')}
    lives = kills = failed = done = 0
    with tempfile.TemporaryDirectory(prefix='octavo-week-') as folder:
        count = Path(folder) / 'done'
        while done < given.operations and not failed:
            # half of the week with kills, the other half in one life, by the end of which memory has to be what it was
            is_last = done >= given.operations // 2
            target = done + rand.randint(1, max(given.operations // KILLS, 40))
            life = subprocess.Popen([program, folder, str(given.operations), str(given.seed), str(done)], env=env)
            before = done
            while life.poll() is None and (done < target or is_last):
                time.sleep(rand.uniform(0, .05))
                done = read_count(count)
            if life.poll() is None:
                life.kill()
                kills += 1
            status = life.wait()
            done = read_count(count)
            lives += 1
            if status not in (0, -9):
                failed += 1
                print(f'FAILED: the life from operation {before} on ended with {status} at {done}')
    print(f'{done} operations in {lives} lives, {kills} of which were killed')
    print(f'{lives - failed} passed, {failed} failed')
    sys.exit(failed > 0)


main()
