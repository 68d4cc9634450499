# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are odd, broken, in use or in the way; texts that are none; backups and checks."""
import os
import json
import sqlite3
import stat
import subprocess
import sys
import threading
import unittest
from pathlib import Path

import tap
from command_line import BINARY, TestCase, first_locale

NOBODY = 65534
COMMANDS = (('list',), ('add', 'text'), ('search', 'x'), ('show', '1'), ('tags',), ('users',), ('trash', '1'),
            ('check',))


def may_be_called_by_nobody():
    return os.geteuid() == 0 and all(folder.stat().st_mode & stat.S_IXOTH for folder in Path(BINARY).resolve().parents)


class Opening(TestCase):
    def assert_refused(self, *words):
        """Every command says why in one line, and the file keeps every byte."""
        before = self.database.read_bytes()
        for command in COMMANDS:
            called = self.run_octavo(*command, status=1)
            self.assert_complains(called, self.database.name, *words)
            self.assertEqual(called.out, '')
        self.assertEqual(self.database.read_bytes(), before)
        self.assertEqual([path.name for path in self.folder.glob('notes.db*')], ['notes.db'])

    def test_file_that_is_no_database(self):
        for content in (b'Dear diary,\n' * 500, b'x', os.urandom(10000), b'SQLite format 3\0' + b'x' * 5000):
            self.database.write_bytes(content)
            self.assert_refused()

    def test_database_of_another_program(self):
        with sqlite3.connect(self.database) as connection:
            connection.execute('CREATE TABLE bookmarks (url TEXT)')
        connection.close()
        self.assert_refused()

    def test_file_of_a_newer_version(self):
        self.add('text')
        connection = sqlite3.connect(self.database)
        connection.execute('PRAGMA journal_mode = DELETE')
        connection.execute('PRAGMA user_version = 9999')
        connection.close()
        self.assert_refused('newer version')

    def test_folder_in_the_place_of_the_file(self):
        self.database.mkdir()
        for command in COMMANDS:
            self.assert_complains(self.run_octavo(*command, status=1), 'notes.db', 'Choose another')

    def test_pipe_in_the_place_of_the_file(self):
        os.mkfifo(self.database)
        for command in COMMANDS:
            self.assert_complains(self.run_octavo(*command, status=1), 'notes.db', 'Choose another')

    def test_folder_that_cannot_be_made(self):
        (self.folder / 'file').write_text('in the way')
        self.assert_complains(self.run_octavo('--database', self.folder / 'file' / 'notes.db', 'list', status=1))
        self.assert_complains(self.run_octavo('--database', '/proc/octavo/notes.db', 'list', status=1))

    def test_empty_file_becomes_a_database(self):
        self.database.touch()
        self.assertEqual(self.show(self.add('text'))['body'], 'text')

    @unittest.skipUnless(may_be_called_by_nobody(), 'takes root, and a program that everybody may call')
    def test_permissions(self):
        self.add('text')
        os.chmod(self.folder, 0o755)
        os.chmod(self.database, 0o600)
        before = self.database.read_bytes()
        self.assert_complains(self.run_octavo('list', status=1, user=NOBODY), 'notes.db')
        self.assert_complains(self.run_octavo('--database', self.folder / 'new.db', 'list', status=1, user=NOBODY), 'new.db')
        self.assert_complains(self.run_octavo('--database', self.folder / 'new' / 'n.db', 'list', status=1, user=NOBODY))
        os.chmod(self.database, 0o444)
        self.assert_complains(self.run_octavo('add', 'text', status=1, user=NOBODY), 'notes.db')
        self.assertEqual(self.database.read_bytes(), before)
        self.assertFalse((self.folder / 'new').exists())

    def look_around(self):
        return {path.name: path.read_bytes() for path in self.folder.glob('notes.db*')}

    @unittest.skipUnless(may_be_called_by_nobody(), 'takes root, and a program that everybody may call')
    def test_reading_what_cannot_be_written(self):
        """As found on a disk that is read-only, or in the folder of another: nothing is written beside it."""
        note = self.add('--title', 'Tea', '--tag', 'kitchen', 'Steep the leaves.')
        os.chmod(self.folder, 0o755)
        os.chmod(self.database, 0o444)
        before = self.look_around()
        out = Path(self.folder, 'out')
        out.mkdir()
        os.chown(out, NOBODY, NOBODY)
        for command in (('list',), ('list', '--json'), ('search', 'leaves'), ('search', 'tag:kitchen'),
                        ('show', str(note)), ('tags',), ('users',), ('export', str(out / 'notes'))):
            called = self.run_octavo(*command, user=NOBODY)
            self.assertNotEqual(called.out, '')
        self.assertIn('Steep', (out / 'notes' / 'Tea.md').read_text())
        for command in (('add', 'text'), ('trash', str(note)), ('edit', str(note), '--pin'), ('check',)):
            self.assert_complains(self.run_octavo(*command, status=1, user=NOBODY), 'notes.db', 'cannot be written')
        self.assertEqual(self.look_around(), before)


class Damage(TestCase):
    def setUp(self):
        super().setUp()
        for i in range(40):
            self.add('--title', f'note {i}', '--tag', 'x', f'word{i} ' * 400)
        connection = sqlite3.connect(self.database)
        connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        connection.close()

    def call_all(self):
        """No command crashes; those that fail say so in one line."""
        worst = 0
        for command in (*COMMANDS, ('show', '20'), ('search', 'word39'), ('list', '--json')):
            called = subprocess.run([BINARY, *command], env=self.env, capture_output=True, stdin=subprocess.DEVNULL,
                                    check=False, timeout=120)
            self.assertIn(called.returncode, (0, 1, 3), (command, called))
            if called.returncode:
                self.assertEqual(len(called.stderr.splitlines()), 1, (command, called.stderr))
            worst = max(worst, called.returncode == 1)
        return worst

    def test_pages_overwritten(self):
        content = bytearray(self.database.read_bytes())
        self.assertGreater(len(content), 20 * 4096)
        for start in range(4096, len(content) - 4096, 3 * 4096):
            content[start:start + 4096] = b'\xa5' * 4096
        self.database.write_bytes(content)
        self.assertTrue(self.call_all())
        self.assert_complains(self.run_octavo('check', status=1))

    def test_names_lost(self):
        """SQLite looks at NOT NULL when it writes, and not when it reads."""
        for table in ('tag', 'user'):
            connection = sqlite3.connect(self.database, isolation_level=None)
            schema = connection.execute('SELECT sql FROM sqlite_schema WHERE name = ?', (table,)).fetchone()[0]
            connection.execute('PRAGMA writable_schema = ON')
            for sql in (schema.replace('NOT NULL CHECK', 'CHECK'), schema):
                connection.execute('UPDATE sqlite_schema SET sql = ? WHERE name = ?', (sql, table))
                connection.close()
                connection = sqlite3.connect(self.database, isolation_level=None)
                if sql != schema:
                    connection.execute(f'UPDATE {table} SET name = NULL')
                connection.execute('PRAGMA writable_schema = ON')
            connection.close()
            self.call_all()
            for query in ('tag:x', 'user:x'):
                self.assertEqual(self.run_octavo('search', query).out, '')
        self.assert_complains(self.run_octavo('check', status=1))

    def test_orders_lost(self):
        connection = sqlite3.connect(self.database)
        roots = [root for root, in connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'note'")]
        connection.close()
        content = bytearray(self.database.read_bytes())
        for root in roots:
            content[(root - 1) * 4096:root * 4096] = b'\xa5' * 4096
        self.database.write_bytes(content)
        for command in (('list',), ('list', '--json'), ('search', 'word39'), ('export', self.folder / 'out')):
            self.assert_complains(self.run_octavo(*command, status=1), 'notes.db', 'damaged', 'backup')

    def test_end_cut_off(self):
        content = self.database.read_bytes()
        self.database.write_bytes(content[:len(content) // 8192 * 4096])
        self.assertTrue(self.call_all())

    def test_schema_lost(self):
        connection = sqlite3.connect(self.database)
        connection.execute('DROP TABLE note_tag')
        connection.close()
        self.assertTrue(self.call_all())


class Use(TestCase):
    def test_reader_elsewhere_does_not_matter(self):
        self.add('first')
        connection = sqlite3.connect(self.database, isolation_level=None)
        connection.execute('BEGIN')
        connection.execute('SELECT count(*) FROM note').fetchone()
        self.add('second')
        self.assertEqual(len(self.list()), 2)
        connection.execute('COMMIT')
        connection.close()

    def test_writer_elsewhere_is_waited_for(self):
        self.add('first')
        locked, done = threading.Event(), threading.Event()

        def hold():
            connection = sqlite3.connect(self.database, isolation_level=None)
            connection.execute('BEGIN IMMEDIATE')
            locked.set()
            done.wait(0.5)
            connection.execute('COMMIT')
            connection.close()

        thread = threading.Thread(target=hold)
        thread.start()
        locked.wait()
        self.assertEqual(len(self.list()), 1)
        self.add('second')
        done.set()
        thread.join()
        self.assertEqual(len(self.list()), 2)

    def test_many_at_once(self):
        self.add('first')
        processes = [subprocess.Popen([BINARY, 'add', '--tag', f'tag{i % 3}', f'note {i}'], env=self.env,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
                     for i in range(8)]
        ids = set()
        for process in processes:
            out, err = process.communicate()
            self.assertEqual((process.returncode, err), (0, b''))
            ids.add(int(out))
        self.assertEqual(len(ids), 8)
        self.assertEqual(sorted(tag['notes'] for tag in self.run_octavo('tags', '--json').json), [2, 3, 3])

    def test_first_start_of_many_at_once(self):
        processes = [subprocess.Popen([BINARY, 'add', f'note {i}'], env=self.env, stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) for i in range(4)]
        for process in processes:
            self.assertEqual((process.communicate()[1], process.returncode), (b'', 0))
        self.assertEqual(len(self.list()), 4)
        self.assertEqual(len(self.run_octavo('users', '--json').json), 1)


class Texts(TestCase):
    def test_text_that_is_none(self):
        self.add('first')
        for content, word in ((b'caf\xe9', 'UTF-8'), (b'a\0b', 'NUL'), (b'\xed\xa0\x80', 'UTF-8'), (b'ok \xff', 'UTF-8')):
            for call in (('add', '-'), ('edit', '1', '--body', '-')):
                self.assert_complains(self.run_octavo(*call, status=1, input=content), word)
        for call in (('add', b'caf\xe9'), ('add', '--title', b'\xff', 'x'), ('add', '--tag', b'\xff', 'x'),
                     ('edit', '1', '--title', b'\xff'), ('edit', '1', '--tag', b'\xff'), ('list', '--user', b'\xff')):
            self.assert_complains(self.run_octavo(*call, status=1), 'UTF-8')
        self.assertEqual([note['excerpt'] for note in self.list()], ['first'])

    def test_latin1_argument_in_a_latin1_locale(self):
        names = subprocess.run(['locale', '-a'], capture_output=True, text=True, check=False).stdout.split()
        latin = first_locale('en_US.ISO-8859-1', *(name for name in names if name.lower().endswith('iso88591')))
        if latin is None:
            self.skipTest('no locale with Latin-1 is installed')
        self.assertEqual(self.show(self.add(b'caf\xe9', env={'LC_ALL': latin}))['body'], 'café')

    def test_odd_tags(self):
        note = self.add('--tag', 'work//project/', '--tag', '#a/b', 'text')
        self.assertEqual(self.show(note)['tags'], ['a/b', 'work/project'])
        for tag, word in (('a,b', 'comma'), ('x' * 10000, '100'), ('', 'name'), ('/', 'name'), ('a\nb', '')):
            self.assert_complains(self.run_octavo('add', '--tag', tag, 'text', status=1), word)
        self.assertEqual(len(self.list()), 1)
        self.assertEqual(self.show(self.add('--tag', 'é' * 100, 'text'))['tags'], ['é' * 100])

    def test_note_of_50_megabytes(self):
        line = 'Fünfzig Megabyte voller Wörter und ein 生 dazu.\n'
        text = line * (50_000_000 // len(line.encode()))
        note = self.add('--title', 'Big', '-', input=text + 'needle')
        self.assertEqual(self.show(note)['body'], text + 'needle')
        self.assertEqual([found['id'] for found in self.search('needle')], [note])
        self.assertLess(len(self.run_octavo('list').out), 200)
        self.run_octavo('edit', note, '--body', 'small again')
        self.assertEqual(self.search('needle'), [])

    def test_long_title(self):
        title = 'long ' * 1000
        self.assertEqual(self.show(self.add('--title', title, 'x'))['title'], title)
        self.assert_complains(self.run_octavo('add', '--title', title * 20, 'x', status=1), 'title')
        self.assertEqual(len(self.list()), 1)


class Backup(TestCase):
    def test_is_a_whole_copy(self):
        note = self.add('--title', 'Title', '--tag', 'x', 'text')
        copy = self.folder / 'backup.db'
        self.assertEqual(self.run_octavo('backup', copy).err, '')
        self.assertEqual(self.run_octavo('--database', copy, 'show', note, '--json').json, [self.show(note)])
        self.assertEqual(self.run_octavo('--database', copy, 'check').status, 0)

    def test_relative_path(self):
        self.add('text')
        self.run_octavo('backup', 'here.db', cwd=self.folder)
        self.assertTrue((self.folder / 'here.db').exists())

    def test_nothing_is_overwritten(self):
        self.add('text')
        taken = self.folder / 'taken'
        taken.write_text('mine')
        self.assert_complains(self.run_octavo('backup', taken, status=1), 'taken')
        self.assertEqual(taken.read_text(), 'mine')
        before = self.database.read_bytes()
        self.assert_complains(self.run_octavo('backup', self.database, status=1))
        self.assertEqual(self.database.read_bytes(), before)

    def test_folder_that_is_not_there(self):
        self.assert_complains(self.run_octavo('backup', self.folder / 'missing' / 'backup.db', status=1), 'backup.db')


class Check(TestCase):
    def test_all_is_well(self):
        self.add('--tag', 'x', 'text')
        called = self.run_octavo('check')
        self.assertEqual(len(called.out.splitlines()), 1)
        self.assertEqual(called.err, '')

    def test_what_was_mended_is_said_and_no_failure(self):
        self.add('--tag', 'x', 'text')
        connection = sqlite3.connect(self.database)
        connection.execute("UPDATE note SET excerpt = 'wrong'")
        connection.commit()
        connection.close()
        called = self.run_octavo('check')
        self.assertEqual(len(called.out.splitlines()), 2, called)
        self.assertIn('mended', called.out)
        self.assertEqual(called.err, '')
        self.assertEqual(len(self.run_octavo('check').out.splitlines()), 1)

    def test_json(self):
        self.add('text')
        self.assertEqual(json.loads(self.run_octavo('check', '--json').out), [])
        connection = sqlite3.connect(self.database)
        connection.execute("UPDATE search_meta SET version = 'older'")
        connection.commit()
        connection.close()
        problems = json.loads(self.run_octavo('check', '--json').out)
        self.assertEqual([sorted(problem) for problem in problems], [['mended', 'problem']])
        self.assertIs(problems[0]['mended'], True)
        self.assertIn('index', problems[0]['problem'])
        self.assertEqual(json.loads(self.run_octavo('check', '--json').out), [])

    def test_finds_a_reference_to_nothing(self):
        note = self.add('--tag', 'x', 'text')
        connection = sqlite3.connect(self.database)
        connection.execute('PRAGMA foreign_keys = OFF')
        connection.execute('INSERT INTO note_tag (note_id, tag_id) VALUES (?, 777)', (note,))
        connection.commit()
        connection.close()
        self.assert_complains(self.run_octavo('check', status=1))


tap.run(sys.modules['__main__'], 'command-file')
