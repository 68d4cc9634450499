# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program replaces the file of notes, after Octavo was killed and left a log beside it."""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import tap
from command_line import TestCase

HOLD = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute('SELECT count(*) FROM sqlite_schema').fetchall()
print(flush=True)
sys.stdin.read()
"""


class Replaced(TestCase):
    def setUp(self):
        super().setUp()
        self.log = Path(f'{self.database}-wal')
        self.other = self.folder / 'other.db'
        self.add('--title', 'One', 'text')
        self.run_octavo('backup', self.other)
        self.add('--database', self.other, '--title', 'Theirs', 'text')

    def kill(self):
        """What a kill leaves: a note that is in the log alone."""
        with subprocess.Popen([sys.executable, '-c', HOLD, self.database], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as holder:
            holder.stdout.readline()
            self.add('--title', 'Two', 'text')
            holder.send_signal(signal.SIGKILL)
        self.assertGreater(self.log.stat().st_size, 0)

    def titles(self, *more):
        return sorted(note['title'] for note in self.run_octavo('list', '--json', *more).json)

    def kept(self):
        return [path for path in self.folder.glob('notes.db.replaced-*') if path.name.endswith('-wal')]

    def remembered(self):
        return list((self.folder / 'state/octavo').glob('*.opened'))

    def test_its_log_is_not_played_into_another_file(self):
        self.kill()
        log = self.log.read_bytes()
        os.link(self.database, self.folder / 'old.db')
        os.rename(self.other, self.database)
        called = self.run_octavo('list', '--json')
        self.assertEqual(sorted(note['title'] for note in called.json), ['One', 'Theirs'])
        kept, = self.kept()
        self.assert_complains(called, kept.name)
        self.assertEqual(kept.read_bytes(), log)
        self.assertEqual(self.run_octavo('list').err, '')
        self.run_octavo('check')
        self.assertEqual(self.titles(), ['One', 'Theirs'])
        # beside the file that it is of it says what it did
        os.rename(self.folder / 'old.db', str(kept).removesuffix('-wal'))
        with closing(sqlite3.connect(str(kept).removesuffix('-wal'))) as file:
            self.assertEqual(file.execute('SELECT group_concat(title) FROM note').fetchall(), [('One,Two',)])

    def test_nor_by_going_back_or_by_a_repair(self):
        for command in (('restore-backup', self.folder / 'copy.db'), ('repair',)):
            with self.subTest(command=command[0]):
                shutil.copy(self.other, self.folder / 'copy.db')
                self.kill()
                shutil.copy(self.other, self.folder / 'new.db')
                os.rename(self.folder / 'new.db', self.database)
                self.run_octavo(*command)
                self.assertEqual(self.titles(), ['One', 'Theirs'])
                for path in self.kept():
                    path.unlink()
                    break
                else:
                    self.fail('the log was not kept')

    def test_nor_removed_where_the_file_is_gone(self):
        self.kill()
        log = self.log.read_bytes()
        self.database.unlink()
        self.run_octavo('list')
        kept, = self.kept()
        self.assertEqual(kept.read_bytes(), log)

    def test_what_belongs_together_is_trusted(self):
        self.kill()
        for path in (self.database, self.log):
            shutil.copy(path, f'{path}.new')
        for path in (self.database, self.log):
            os.rename(f'{path}.new', path)
        self.assertEqual(self.titles(), ['One', 'Two'])
        self.assertEqual(self.kept(), [])

    def test_after_a_kill_alone_it_is_played(self):
        self.kill()
        self.assertEqual(len(self.remembered()), 1)
        self.assertEqual(self.titles(), ['One', 'Two'])
        self.assertEqual(self.kept(), [])
        self.assertEqual(self.remembered(), [])

    def test_what_cannot_be_remembered_hinders_nobody(self):
        self.kill()
        memory, = self.remembered()
        for spoil in (lambda: memory.write_text('garbage'), lambda: memory.write_bytes(b'\0' * 4096), memory.unlink,
                      lambda: (memory.unlink(), memory.mkdir())):
            spoil()
            self.assertIn('Two', self.titles())
            self.kill()
        shutil.rmtree(self.folder / 'state')
        (self.folder / 'state').write_text('no folder')
        self.kill()
        self.assertIn('Two', self.titles())


tap.run(sys.modules['__main__'], 'command-replaced')
