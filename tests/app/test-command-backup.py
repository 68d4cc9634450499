# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups on the command line: made, listed, gone back to; where there is no room, and where there is no file."""
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import small_disk
import tap
from command_line import BINARY, TestCase


class BackupCase(TestCase):
    def setUp(self):
        super().setUp()
        self.backups = self.folder / 'backups'

    def make(self, **more):
        """A backup in its folder; gives the path."""
        path = Path(self.run_octavo('backup', '--now', **more).out.rstrip('\n'))
        self.assertEqual(path.parent, self.backups)
        return path

    def listed(self):
        return self.run_octavo('backup', '--list', '--json').json

    def notes_of(self, path):
        connection = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
        try:
            return connection.execute('SELECT title, body FROM note WHERE trashed = 0 ORDER BY id').fetchall()
        finally:
            connection.close()


class List(BackupCase):
    def test_none(self):
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.run_octavo('backup', '--list').out, '')
        self.assertFalse(self.database.exists())
        self.assertFalse(self.backups.exists())

    def test_one(self):
        self.add('--title', 'One', 'text')
        self.add('--title', 'Two', 'text')
        path = self.make()
        backup, = self.listed()
        self.assertEqual(backup['file'], str(path))
        self.assertEqual(backup['notes'], 2)
        self.assertEqual(backup['size'], path.stat().st_size)
        self.assertEqual(backup['kind'], 'asked')
        self.assertRegex(backup['made'], r'\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z')
        line, = self.run_octavo('backup', '--list').out.splitlines()
        self.assertEqual(line.split('\t')[1], '2 notes')
        self.assertEqual(line.split('\t')[4], str(path))
        self.assertEqual(oct(path.stat().st_mode & 0o777), '0o600')
        self.assertEqual(oct(self.backups.stat().st_mode & 0o777), '0o700')

    def test_damaged_one_is_said(self):
        self.add('text')
        path = self.make()
        path.write_bytes(b'\xa5' * path.stat().st_size)
        self.assertIsNone(self.listed()[0]['notes'])
        self.assertIn('damaged', self.run_octavo('backup', '--list').out)
        self.assert_complains(self.run_octavo('restore-backup', status=1), path.name)
        self.assert_complains(self.run_octavo('restore-backup', '--note', '1', status=1), path.name)
        self.assertEqual(len(self.list()), 1)

    def test_words(self):
        for call in (('--now', '--list'), ('--now', 'file'), ('--list', 'file'), ('--json',), ('--now', '--json')):
            self.assert_usage(self.run_octavo('backup', *call, status=2), 'backup')
        for call in (('--as-new',), ('--note', 'x'), ('--note', '0'), ('--note', '-1'), ('--user', 'x')):
            self.assert_usage(self.run_octavo('restore-backup', *call, status=2), 'restore-backup')


class RestoreAll(BackupCase):
    def test_newest(self):
        note = self.add('--title', 'One', '--tag', 'x', 'before')
        self.make()
        self.run_octavo('edit', note, '--body', 'after')
        called = self.run_octavo('restore-backup')
        self.assertEqual(self.show(note)['body'], 'before')
        # what was there is kept, and said
        kept = called.out.splitlines()[1].split()[-1].rstrip('.')
        self.assertEqual(self.notes_of(kept), [('One', 'after')])
        self.assertEqual(sorted(backup['kind'] for backup in self.listed()), ['asked', 'restore'])
        self.assertEqual(self.search('before')[0]['id'], note)
        self.assertEqual(self.search('after'), [])
        self.run_octavo('restore-backup', kept)
        self.assertEqual(self.show(note)['body'], 'after')
        self.assertEqual(self.run_octavo('check').status, 0)
        self.assertEqual([name for name in os.listdir(self.folder) if 'restore' in name], [])

    def test_by_date(self):
        note = self.add('before')
        path = self.make()
        self.run_octavo('edit', note, '--body', 'after')
        date = path.name.split('-')[1:4]
        self.run_octavo('restore-backup', '-'.join(date)[:10])
        self.assertEqual(self.show(note)['body'], 'before')
        for word in ('1999-01-01', 'nonsense', '/nowhere', ''):
            self.assert_complains(self.run_octavo('restore-backup', word, status=1))

    def test_nothing_to_go_back_to(self):
        self.add('text')
        self.assert_complains(self.run_octavo('restore-backup', status=1), 'notes.db')
        self.assertEqual(len(self.list()), 1)

    def test_whole_copy_elsewhere(self):
        self.add('text')
        copy = self.folder / 'copy.db'
        self.run_octavo('backup', copy)
        before = copy.read_bytes()
        self.add('later')
        self.run_octavo('restore-backup', copy)
        self.assertEqual(len(self.list()), 1)
        self.assertEqual(copy.read_bytes(), before)

    def test_nothing_is_left_beside_what_is_only_read(self):
        note = self.add('text')
        copy = self.folder / 'copy.db'
        self.run_octavo('backup', copy)
        connection = sqlite3.connect(copy)
        connection.execute('PRAGMA journal_mode = WAL')
        connection.close()
        before = sorted(os.listdir(self.folder))
        self.run_octavo('restore-backup', copy, '--note', note)
        self.run_octavo('restore-backup', copy, '--note', '777', status=3)
        self.run_octavo('restore-backup', copy)
        self.assertEqual(sorted(os.listdir(self.folder)), sorted([*before, 'backups']))
        # somebody else has it open, whose log it is
        connection = sqlite3.connect(copy)
        connection.execute('SELECT count(*) FROM note').fetchall()
        self.run_octavo('restore-backup', copy)
        self.assertTrue(Path(f'{copy}-shm').exists())
        connection.close()

    def test_names_that_sqlite_has_for_its_own(self):
        self.add('text')
        elsewhere = self.folder / 'elsewhere'
        elsewhere.symlink_to(self.database.parent)
        for ending in ('-wal', '-shm', '-journal'):
            name = self.database.name + ending
            for path in (self.database.parent / name, elsewhere / name, os.path.relpath(self.database) + ending):
                with self.subTest(path=path):
                    self.assert_complains(self.run_octavo('backup', path, status=1), 'would be taken for a part of',
                                          self.database.name)
        self.assertEqual(len(self.list()), 1)
        self.run_octavo('backup', self.folder / 'mine-wal')
        self.assertTrue((self.folder / 'mine-wal').exists())

    def test_what_is_no_file_of_notes(self):
        self.add('text')
        other = self.folder / 'other.db'
        connection = sqlite3.connect(other)
        connection.execute('CREATE TABLE note (id INTEGER)')
        connection.close()
        text = self.folder / 'text'
        text.write_text('text ' * 1000)
        for path in (other, text):
            self.assert_complains(self.run_octavo('restore-backup', path, status=1), path.name)
        self.assertEqual(len(self.list()), 1)

    def test_damaged_file_of_notes(self):
        self.add('text')
        self.make()
        damaged = b'\xa5' * 8192
        self.database.write_bytes(damaged)
        for ending in ('-wal', '-shm'):
            Path(f'{self.database}{ending}').unlink(missing_ok=True)
        self.run_octavo('restore-backup')
        self.assertEqual(len(self.list()), 1)
        kept, = self.folder.glob('notes.db.damaged-*')
        self.assertEqual(kept.read_bytes(), damaged)

    def test_lost_file_of_notes(self):
        self.add('text')
        self.make()
        self.database.unlink()
        for ending in ('-wal', '-shm'):
            Path(f'{self.database}{ending}').unlink(missing_ok=True)
        self.run_octavo('restore-backup')
        self.assertEqual(len(self.list()), 1)

    def test_while_somebody_reads(self):
        self.add('before')
        self.make()
        self.add('after')
        connection = sqlite3.connect(self.database, isolation_level=None)
        connection.execute('BEGIN')
        self.assertEqual(connection.execute('SELECT count(*) FROM note').fetchone(), (2,))
        self.run_octavo('restore-backup')
        self.assertEqual(connection.execute('SELECT count(*) FROM note').fetchone(), (2,))
        connection.execute('COMMIT')
        self.assertEqual(connection.execute('SELECT count(*) FROM note').fetchone(), (1,))
        connection.close()

    def test_killed(self):
        """At whatever moment: the notes are those of before or of the backup, and a later call goes through."""
        for number in range(300):
            connection = sqlite3.connect(self.database) if number else None
            if connection:
                connection.execute("INSERT INTO note (user_id, created, updated, body) VALUES (1, 1, 1, 'old')")
                connection.commit()
                connection.close()
            else:
                self.add('old')
        self.make()
        connection = sqlite3.connect(self.database)
        connection.execute("UPDATE note SET body = 'new'")
        connection.commit()
        connection.close()
        path = self.listed()[-1]['file']
        states = set()
        for number in range(25):
            process = subprocess.Popen([BINARY, 'restore-backup', path], env=self.env, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(number * 0.004)  # what is killed is not waited for: any moment will do
            process.send_signal(signal.SIGKILL)
            process.wait()
            bodies = {body for _title, body in self.notes_of(self.database)}
            self.assertEqual(len(bodies), 1)
            self.assertEqual(len(self.notes_of(self.database)), 300)
            states |= bodies
            for backup in self.listed():
                self.assertEqual(backup['notes'], 300)
        self.assertIn('new', states)
        self.run_octavo('restore-backup', path)
        self.assertEqual({body for _title, body in self.notes_of(self.database)}, {'old'})
        self.assertEqual([name for name in os.listdir(self.folder) if 'restore-' in name], [])


class RestoreNote(BackupCase):
    def test_in_place(self):
        note = self.add('--title', 'One', '--tag', 'a', 'before')
        self.make()
        self.run_octavo('edit', note, '--body', 'after', '--tag', 'b')
        self.assertEqual(self.run_octavo('restore-backup', '--note', note).out, f'{note}\n')
        self.assertEqual((self.show(note)['body'], self.show(note)['tags']), ('before', ['a']))
        trashed, = [found for found in self.search('is:trashed')]
        self.assertEqual(self.show(trashed['id'])['body'], 'after')

    def test_as_new(self):
        note = self.add('--title', 'One', '--tag', 'a', 'before')
        self.make()
        self.run_octavo('edit', note, '--body', 'after')
        new = int(self.run_octavo('restore-backup', '--note', note, '--as-new').out)
        self.assertEqual((self.show(new)['body'], self.show(new)['tags']), ('before', ['a']))
        self.assertEqual(self.show(note)['body'], 'after')

    def test_deleted_for_ever(self):
        note = self.add('--title', 'One', 'before')
        self.make()
        self.run_octavo('trash', note)
        self.run_octavo('delete', note)
        self.run_octavo('restore-backup', '--note', note)
        self.assertEqual(self.show(note)['body'], 'before')

    def test_no_such_note(self):
        self.add('text')
        self.make()
        self.assert_complains(self.run_octavo('restore-backup', '--note', '777', status=3), '777')


class Room(BackupCase):
    """Backups on a disk of their own."""

    def setUp(self):
        super().setUp()
        self.disk = Path(small_disk.make(self, 2048, folder=self.folder))
        self.backups.symlink_to(self.disk)

    def test_full(self):
        note = self.add('--title', 'One', '-', input='text ' * 60000)
        path = self.make()
        in_the_way = small_disk.fill(self.disk)
        self.assert_complains(self.run_octavo('backup', '--now', status=1), 'room')
        # going back keeps what is there first, or does nothing
        self.run_octavo('edit', note, '--title', 'Two')
        self.assert_complains(self.run_octavo('restore-backup', status=1), 'room')
        self.assertEqual(self.show(note)['title'], 'Two')
        self.assertEqual(sorted(os.listdir(self.disk)), ['in-the-way', path.name])
        os.unlink(in_the_way)
        self.run_octavo('restore-backup')
        self.assertEqual(self.show(note)['title'], 'One')
        self.assertEqual(len(self.listed()), 2)

    def test_read_only(self):
        self.add('text')
        path = self.make()
        subprocess.run(['mount', '-o', 'remount,ro', self.disk], check=True)
        self.assert_complains(self.run_octavo('backup', '--now', status=1), 'folder')
        self.assertEqual(os.listdir(self.disk), [path.name])
        self.assertEqual(self.listed()[0]['notes'], 1)


class RoomForNotes(BackupCase):
    """The file of notes on a disk of its own."""

    def test_full(self):
        copy = self.folder / 'copy.db'
        self.add('--title', 'One', '-', input='text ' * 60000)
        self.run_octavo('backup', copy)
        disk = Path(small_disk.make(self, 2048, folder=self.folder))
        notes = disk / 'notes.db'
        self.add('--database', notes, '--title', 'Two', 'text')
        small_disk.fill(disk)
        before = notes.read_bytes()
        for room in (0, 100, 300):  # kilobytes, so that each step is the first that has too little
            with self.subTest(room=room):
                with open(disk / 'in-the-way', 'r+b') as file:
                    file.truncate(os.path.getsize(file.name) - room * 1024)
                called = self.run_octavo('restore-backup', '--database', notes, copy, status=1)
                self.assert_complains(called, 'room', str(notes))
                self.assertNotIn(copy.name, called.err)
                self.assertEqual(sorted(os.listdir(disk)), ['in-the-way', 'notes.db'])
                self.assertEqual(notes.read_bytes(), before)


class Concurrent(BackupCase):
    def test_two_at_once(self):
        self.add('text')
        processes = [subprocess.Popen([BINARY, 'backup', '--now'], env=self.env, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE) for _ in range(3)]
        for process in processes:
            out, err = process.communicate()
            self.assertEqual((err, process.returncode), (b'', 0), out)
        self.assertEqual([name for name in os.listdir(self.backups) if not name.endswith('.db')], [])
        self.assertTrue(all(backup['notes'] == 1 for backup in self.listed()))

tap.run(sys.modules['__main__'], 'command-backup')
