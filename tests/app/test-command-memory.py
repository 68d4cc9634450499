# SPDX-License-Identifier: GPL-3.0-or-later
"""What many notes cost a command in memory is what a few of them cost.

    test-command-memory.py GENERATE
"""
import os
import shutil
import subprocess
import sys

import tap
from command_line import BINARY, TestCase

GENERATE = sys.argv[1]
FEW, MANY = 3000, 30000
# The number of a note and a hash of its name are kept (some 40 bytes); its text and its title are not. An export that
# kept the names took 330 a note.
MOST_A_NOTE = 180  # bytes


class Memory(TestCase):
    def most(self, database, *arguments):
        """The most that a call had in memory, in bytes."""
        child = os.fork()
        if child == 0:
            nothing = os.open('/dev/null', os.O_RDWR)
            for stream in range(3):
                os.dup2(nothing, stream)
            os.execve(BINARY, [BINARY, '--database', str(database), *map(str, arguments)], self.env)
        _, status, usage = os.wait4(child, 0)
        self.assertEqual(status, 0, arguments)
        return usage.ru_maxrss * 1024

    def test_it_does_not_grow_with_the_notes(self):
        files = {}
        for count in (FEW, MANY):
            files[count] = self.folder / f'{count}.db'
            subprocess.run([GENERATE, str(count), files[count]], check=True, capture_output=True)
            self.run_octavo('--database', files[count], 'search', 'x')  # the index is up to date
        for call in (('list',), ('list', '--json'), ('search', 'tag:*', '--json'), ('export', self.folder / 'files')):
            used = []
            for count in (FEW, MANY):
                used.append(self.most(files[count], *call))
                shutil.rmtree(self.folder / 'files', ignore_errors=True)
            self.assertLess((used[1] - used[0]) / (MANY - FEW), MOST_A_NOTE, (call, used))
            print(f'# {" ".join(map(str, call[:2]))}: {used[0] >> 20} MiB, {used[1] >> 20} MiB', file=sys.stderr)


tap.run(sys.modules['__main__'], 'command-memory')
