# SPDX-License-Identifier: GPL-3.0-or-later
"""Markdown in and out by way of the command line."""
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import unittest
from contextlib import closing
from pathlib import Path

import small_disk
import tap
from command_line import BINARY, TestCase

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / 'fixtures'
CORPUS = Path(os.environ.get('OCTAVO_CORPUS', HERE.parents[2] / 'shared' / 'corpus'))

NOTE = '''---
title: A title of its own
tags: [work/project, "#été"]
created: 2021-05-01T16:40:00Z
updated: 2022-06-02T17:41:01Z
pinned: true
mood: fine
---

Some text with a #tag in it.
'''


def markdown_files(folder):
    return [path for path in folder.rglob('*') if path.suffix in ('.md', '.markdown')]


class Exchange(TestCase):
    def last_line(self, called):
        return called.out.splitlines()[-1]

    def import_counts(self, *arguments, status=0):
        line = self.last_line(self.run_octavo('import', *arguments, status=status))
        self.assertRegex(line, r'\Aimported \d+, updated \d+, unchanged \d+, failed \d+\Z')
        return tuple(int(word) for word in line.replace(',', '').split()[1::2])

    def all_notes(self, database=None):
        """Every note, without its id, in an order that does not depend on it."""
        option = ('--database', database) if database else ()
        notes = []
        for listed in self.run_octavo(*option, 'list', '--json').json:
            note, = self.run_octavo(*option, 'show', listed['id'], '--json').json
            del note['id'], note['user']
            notes.append(note)
        return sorted(notes, key=lambda note: (note['title'], note['body'], note['created'], note['updated']))

    def make_vault(self):
        vault = self.folder / 'vault'
        (vault / 'sub').mkdir(parents=True)
        (vault / 'front.md').write_text(NOTE)
        (vault / 'sub' / 'heading.markdown').write_text('# The heading\n\ntext\n')
        (vault / 'sub' / 'The name.md').write_text('just text\n')
        (vault / 'ignored.txt').write_text('no Markdown')
        return vault

    def round_trip(self, *vaults):
        self.run_octavo('import', *vaults)
        notes = self.all_notes()
        out = self.folder / 'out'
        self.assertEqual(self.run_octavo('export', out).out, f'exported {len(notes)}\n')
        self.assertEqual(len(markdown_files(out)), len(notes))
        other = self.folder / 'other.db'
        called = self.run_octavo('--database', other, 'import', out)
        self.assertEqual(self.last_line(called), f'imported {len(notes)}, updated 0, unchanged 0, failed 0')
        self.assertEqual(called.err, '')
        self.assertEqual(self.all_notes(other), notes)


class Import(Exchange):
    def test_front_matter(self):
        self.assertEqual(self.import_counts(self.make_vault()), (3, 0, 0, 0))
        notes = {note['title']: note for note in self.all_notes()}
        self.assertEqual(set(notes), {'A title of its own', 'The heading', 'The name'})
        note = notes['A title of its own']
        self.assertEqual(sorted(note['tags']), ['tag', 'work/project', 'été'])
        self.assertEqual((note['created'], note['updated']), ('2021-05-01T16:40:00Z', '2022-06-02T17:41:01Z'))
        self.assertIs(note['pinned'], True)
        self.assertIn('Some text', note['body'])
        self.assertNotIn('mood', note['body'])

    def test_again_is_unchanged_and_an_edit_stays(self):
        vault = self.make_vault()
        self.import_counts(vault)
        self.assertEqual(self.import_counts(vault), (0, 0, 3, 0))
        note = self.search('title:own')[0]['id']
        self.run_octavo('edit', note, '--body', 'edited here')
        self.assertEqual(self.import_counts(vault), (0, 0, 3, 0))
        self.assertEqual(self.show(note)['body'], 'edited here')
        (vault / 'sub' / 'The name.md').write_text('text from outside\n')
        self.assertEqual(self.import_counts(vault), (0, 1, 2, 0))

    def test_single_files(self):
        vault = self.make_vault()
        self.assertEqual(self.import_counts(vault / 'front.md', vault / 'sub' / 'The name.md'), (2, 0, 0, 0))

    def make_large_vault(self, names):
        vault = self.folder / 'large'
        vault.mkdir()
        for name in names:
            (vault / f'{name}.md').write_text('word ' * 100_000)
        return vault

    def test_what_a_full_disk_kept_out_is_counted(self):
        disk = small_disk.make(self, 1024)
        database = f'{disk}/notes.db'
        self.run_octavo('--database', database, 'add', 'first')
        vault = self.make_large_vault('abcdefghijkl')  # more than is written at a time
        called = self.run_octavo('--database', database, 'import', vault, status=1)
        self.assertEqual(self.last_line(called), 'imported 0, updated 0, unchanged 0, failed 12')
        self.assert_complains(called, 'room')
        self.assertEqual(len(self.all_notes(database)), 1)

    def test_what_could_not_be_written_is_named_and_counted(self):
        """As on a disk that fails: a limit on the size of a file is an error of writing."""
        self.add('first')
        vault = self.make_large_vault('abc')
        called = self.run_octavo('import', vault, status=1, restore_signals=False,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)))
        self.assertEqual(self.last_line(called), 'imported 0, updated 0, unchanged 0, failed 3')
        for line, name in zip(called.err.splitlines(), ('a.md', 'b.md', 'c.md'), strict=True):
            self.assertIn(name, line)
        self.assertEqual(len(self.list()), 1)
        self.assertEqual(self.import_counts(vault), (3, 0, 0, 0))

    def test_dry_run_writes_nothing(self):
        vault = self.make_vault()
        self.assertEqual(self.import_counts('--dry-run', vault), (3, 0, 0, 0))
        self.assertEqual(self.list(), [])
        self.assertEqual(self.import_counts(vault), (3, 0, 0, 0))
        self.assertEqual(self.import_counts('--dry-run', vault), (0, 0, 3, 0))

    def test_folders_as_tags(self):
        vault = self.make_vault()
        self.import_counts('--folders-as-tags', vault)
        notes = {note['title']: note['tags'] for note in self.list()}
        self.assertEqual(notes['The heading'], ['sub'])

    def test_user(self):
        self.import_counts('--user', 'Ada', self.make_vault())
        self.assertEqual({note['user'] for note in self.list()}, {'Ada'})

    def test_relative_path(self):
        self.make_vault()
        called = self.run_octavo('import', 'vault', cwd=self.folder)
        self.assertEqual(self.last_line(called), 'imported 3, updated 0, unchanged 0, failed 0')
        self.assertEqual(self.import_counts(self.folder / 'vault'), (0, 0, 3, 0))

    def test_file_that_is_no_utf8_is_imported_and_named(self):
        vault = self.make_vault()
        (vault / 'latin.md').write_bytes(b'caf\xe9 au lait\n')
        called = self.run_octavo('import', vault)
        self.assertEqual(self.last_line(called), 'imported 4, updated 0, unchanged 0, failed 0')
        self.assertIn('latin.md', called.err)
        self.assertEqual(len(self.search('lait')), 1)

    def test_broken_front_matter_is_imported_and_named(self):
        vault = self.make_vault()
        (vault / 'broken.md').write_text('---\ntitle: [unclosed\n---\n\nthe walrus\n')
        called = self.run_octavo('import', vault)
        self.assertEqual(self.last_line(called), 'imported 4, updated 0, unchanged 0, failed 0')
        self.assertIn('broken.md', called.err)
        self.assertEqual(len(self.search('walrus')), 1)

    def test_nothing_there(self):
        called = self.run_octavo('import', self.folder / 'missing', status=1)
        self.assertIn('missing', called.err)


class Export(Exchange):
    def test_round_trip(self):
        self.round_trip(self.make_vault())

    def test_round_trip_of_the_fixtures(self):
        self.round_trip(FIXTURES / 'vault')

    def test_nothing_is_overwritten(self):
        out = self.folder / 'out'
        out.mkdir()
        (out / 'Title.md').write_text('mine')
        self.add('--title', 'Title', 'text')
        self.run_octavo('export', out)
        self.assertEqual((out / 'Title.md').read_text(), 'mine')
        self.assertEqual(len(markdown_files(out)), 2)

    def make_many(self, n_files=20000):
        vault = self.folder / 'many'
        vault.mkdir()
        for number in range(n_files):
            (vault / f'{number:06}.md').write_text(f'---\ntags: [some]\n---\n# Note {number}\n\nText of it.\n')
        return vault, n_files

    def start_import(self, vault):
        """An import that has begun to write."""
        started = subprocess.Popen([BINARY, 'import', vault], env=self.env, text=True, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(started.kill)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.database.exists() and self.count_notes():
                return started
        self.fail('nothing was imported in a minute')

    def count_notes(self):
        with closing(sqlite3.connect(f'file:{self.database}?mode=ro', uri=True)) as file:
            try:
                count, = file.execute('SELECT count(*) FROM note').fetchone()
            except sqlite3.OperationalError:  # it is being made
                return 0
            return count

    def test_stopped_by_a_signal(self):
        vault, n_files = self.make_many()
        started = self.start_import(vault)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=60)
        self.assertEqual(started.returncode, 1, err)
        self.assertIn('The import was stopped.', err)
        imported = int(re.search(r'^imported (\d+), updated 0, unchanged 0, failed 0$', out, re.M)[1])
        self.assertLess(imported, n_files)
        self.assertEqual(self.count_notes(), imported)
        self.assertEqual(self.import_counts(vault), (n_files - imported, 0, imported, 0))

    def test_others_write_meanwhile(self):
        vault, n_files = self.make_many()
        started = self.start_import(vault)
        added = [self.add('in between') for _ in range(3)]
        self.assertIsNone(started.poll(), 'it ended before anything else was written')
        out, err = started.communicate(timeout=60)
        self.assertEqual((started.returncode, err), (0, ''))
        self.assertEqual(out, f'imported {n_files}, updated 0, unchanged 0, failed 0\n')
        self.assertEqual(self.count_notes(), n_files + 3)
        self.assertEqual([self.show(note)['body'] for note in added], ['in between'] * 3)

    def test_trash_stays_at_home(self):
        self.run_octavo('trash', self.add('gone'))
        self.add('here')
        self.assertEqual(self.run_octavo('export', self.folder / 'out').out, 'exported 1\n')

    def test_user(self):
        self.add('of the first user')
        self.add('--user', 'Ada', 'of Ada')
        self.assertEqual(self.run_octavo('export', '--user', 'Ada', self.folder / 'out').out, 'exported 1\n')
        file, = markdown_files(self.folder / 'out')
        self.assertIn('of Ada', file.read_text())

    def test_folder_that_cannot_be_made(self):
        self.add('text')
        (self.folder / 'file').write_text('in the way')
        self.assert_complains(self.run_octavo('export', self.folder / 'file' / 'out', status=1))
        self.assert_complains(self.run_octavo('export', self.folder / 'file', status=1))
        self.assertEqual((self.folder / 'file').read_text(), 'in the way')


@unittest.skipUnless((CORPUS / 'vault').is_dir(), 'there is no corpus')
class Corpus(Exchange):
    def test_every_file_is_counted_and_comes_back(self):
        vault = CORPUS / 'vault'
        self.assertEqual(self.import_counts(vault), (len(markdown_files(vault)), 0, 0, 0))
        self.assertEqual(self.import_counts(vault), (0, 0, len(markdown_files(vault)), 0))
        self.round_trip(vault)


tap.run(sys.modules['__main__'], 'command-exchange')
