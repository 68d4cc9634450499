# SPDX-License-Identifier: GPL-3.0-or-later
"""Making and changing notes."""
import os
import pty
import subprocess
import sys
import time
from datetime import datetime, timezone

import small_disk
import tap
from command_line import BINARY, TestCase


def moment(text):
    assert text.endswith('Z'), text
    return datetime.fromisoformat(text)


class Add(TestCase):
    def test_prints_ids_that_count_up(self):
        self.assertLess(self.add('one'), self.add('two'))

    def test_text_and_title(self):
        before = datetime.now(timezone.utc)
        note = self.show(self.add('--title', 'A title', 'Some *text*.\n\nMore.'))
        after = datetime.now(timezone.utc)
        self.assertEqual(note['title'], 'A title')
        self.assertEqual(note['body'], 'Some *text*.\n\nMore.')
        self.assertEqual(note['tags'], [])
        self.assertIs(note['pinned'], False)
        self.assertIs(note['trashed'], False)
        self.assertTrue(before <= moment(note['created']) <= moment(note['updated']) <= after, note)

    def test_title_alone(self):
        note = self.show(self.add('--title', 'Only this'))
        self.assertEqual((note['title'], note['body']), ('Only this', ''))

    def test_title_of_a_text_that_begins_with_a_heading(self):
        note = self.show(self.add('# The heading \n\ntext'))
        self.assertEqual((note['title'], note['body']), ('The heading', '# The heading \n\ntext'))
        self.assertEqual(self.show(self.add('## Second'))['title'], '')
        self.assertEqual(self.show(self.add('#tag'))['title'], '')
        self.assertEqual(self.show(self.add('--title', 'Own', '# Heading'))['title'], 'Own')

    def test_title_is_one_line(self):
        self.assertEqual(self.show(self.add('--title', 'one\ntwo', 'x'))['title'], 'one two')

    def test_reads_standard_input(self):
        for call in (('-',), ()):
            note = self.show(self.add(*call, input='line one\nline two\n'))
            self.assertEqual(note['body'], 'line one\nline two\n')

    def test_reads_a_slow_writer_to_its_end(self):
        process = subprocess.Popen([BINARY, 'add', '-'], env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for part in (b'caf', b'\xc3', b'\xa9 ', b'end'):
            process.stdin.write(part)
            process.stdin.flush()
            time.sleep(0.02)
        out, _ = process.communicate()
        self.assertEqual(self.show(int(out))['body'], 'café end')

    def test_nothing_to_add(self):
        master, slave = pty.openpty()
        self.assert_usage(self.run_octavo('add', status=2, stdin=slave), 'add')
        os.close(slave)
        os.close(master)
        self.assert_usage(self.run_octavo('add', '', status=2), 'add')
        self.assert_usage(self.run_octavo('add', '-', input='', status=2), 'add')
        self.assertFalse(self.database.exists())

    def test_text_that_looks_like_an_option(self):
        self.assertEqual(self.show(self.add('--', '--title'))['body'], '--title')

    def test_tags(self):
        note = self.show(self.add('--tag', '#work/project', '--tag', 'Été', '--tag', 'work/project', 'text'))
        self.assertEqual(sorted(note['tags']), ['work/project', 'Été'])
        names = {tag['name']: tag['notes'] for tag in self.run_octavo('tags', '--json').json}
        self.assertEqual(names, {'work/project': 1, 'Été': 1})

    def test_user_is_made(self):
        note = self.show(self.add('--user', 'Ada Lovelace', 'text'))
        self.assertEqual(note['user'], 'Ada Lovelace')
        self.assertEqual(self.show(self.add('--user', 'ada lovelace', 'more'))['user'], 'Ada Lovelace')
        self.assertEqual(self.show(self.run_octavo('--user', 'Bo', 'add', 'x').out.strip())['user'], 'Bo')
        self.assertEqual(len(self.run_octavo('users', '--json').json), 3)


class Edit(TestCase):
    def setUp(self):
        super().setUp()
        self.note = self.add('--title', 'Before', '--tag', 'one', '--tag', 'two', 'text')

    def test_words(self):
        before = self.show(self.note)
        self.run_octavo('edit', self.note, '--title', 'After', '--body', 'new text')
        after = self.show(self.note)
        self.assertEqual((after['title'], after['body'], after['tags']), ('After', 'new text', ['one', 'two']))
        self.assertEqual(after['created'], before['created'])
        self.assertGreater(moment(after['updated']), moment(before['updated']))

    def test_one_leaves_the_other(self):
        self.run_octavo('edit', self.note, '--title', 'After')
        self.assertEqual(self.show(self.note)['body'], 'text')
        self.run_octavo('edit', self.note, '--body', '')
        self.assertEqual((self.show(self.note)['title'], self.show(self.note)['body']), ('After', ''))
        self.run_octavo('edit', self.note, '--title', '')
        self.assertEqual(self.show(self.note)['title'], '')

    def test_body_from_standard_input(self):
        self.run_octavo('edit', self.note, '--body', '-', input='piped\n')
        self.assertEqual(self.show(self.note)['body'], 'piped\n')

    def test_tags(self):
        self.run_octavo('edit', self.note, '--tag', 'three', '--untag', 'one', '--untag', 'never there')
        self.assertEqual(self.show(self.note)['tags'], ['three', 'two'])
        self.assertEqual({tag['name'] for tag in self.run_octavo('tags', '--json').json}, {'three', 'two'})

    def test_pin(self):
        self.run_octavo('edit', self.note, '--pin')
        self.assertIs(self.show(self.note)['pinned'], True)
        self.run_octavo('edit', self.note, '--unpin')
        self.assertIs(self.show(self.note)['pinned'], False)

    def test_found_by_its_new_words_only(self):
        self.run_octavo('edit', self.note, '--title', 'Zebra', '--body', 'giraffe')
        self.assertEqual([note['id'] for note in self.search('giraf')], [self.note])
        self.assertEqual(self.search('before'), [])

    def test_usage(self):
        self.assert_usage(self.run_octavo('edit', self.note, status=2), 'edit')
        self.assert_usage(self.run_octavo('edit', self.note, '--pin', '--unpin', status=2), 'edit')

    def test_no_such_note(self):
        for option in (('--title', 'x'), ('--pin',), ('--tag', 'x'), ('--untag', 'x'), ('--body', 'x')):
            self.assert_complains(self.run_octavo('edit', self.note + 1, *option, status=3))
        self.assertEqual(len(self.list()), 1)

    def test_bad_tag_leaves_everything(self):
        before = self.show(self.note)
        self.assert_complains(self.run_octavo('edit', self.note, '--title', 'x', '--tag', 'good', '--tag', 'a,b', status=1))
        self.assertEqual(self.show(self.note), before)


class Trash(TestCase):
    def setUp(self):
        super().setUp()
        self.ids = [self.add(f'note {i}') for i in range(4)]

    def listed(self):
        return sorted(note['id'] for note in self.list())

    def test_there_and_back(self):
        self.run_octavo('trash', self.ids[0], self.ids[2])
        self.assertEqual(self.listed(), [self.ids[1], self.ids[3]])
        self.assertIs(self.show(self.ids[0])['trashed'], True)
        self.assertEqual(sorted(note['id'] for note in self.search('is:trashed')), [self.ids[0], self.ids[2]])
        self.run_octavo('restore', self.ids[0], self.ids[2])
        self.assertEqual(self.listed(), self.ids)
        self.assertIs(self.show(self.ids[0])['trashed'], False)

    def test_delete_is_for_ever(self):
        self.run_octavo('trash', self.ids[0])
        self.run_octavo('delete', self.ids[0], self.ids[1])
        self.run_octavo('show', self.ids[0], status=3)
        self.run_octavo('restore', self.ids[1], status=3)
        self.assertEqual(self.listed(), self.ids[2:])
        self.assertGreater(self.add('new'), self.ids[3])

    def test_what_is_there_is_done_and_what_is_not_is_named(self):
        called = self.run_octavo('trash', self.ids[0], 999, self.ids[1], 998, status=3)
        self.assert_complains(called, '999')
        self.assertEqual(self.listed(), self.ids[2:])

    def test_a_word_that_is_no_id_stops_before_anything_is_done(self):
        self.run_octavo('delete', self.ids[0], 'x', status=2)
        self.assertEqual(self.listed(), self.ids)

    def test_no_such_note(self):
        for command in ('show', 'trash', 'restore', 'delete'):
            for word in ('0', '5', '9223372036854775807', '99999999999999999999'):
                self.assert_complains(self.run_octavo(command, word, status=3), word)


class FullDisk(TestCase):
    """Each command says that there is no room, changes nothing, and does its work once there is some."""

    def test_nothing_is_lost_or_done_by_halves(self):
        disk = small_disk.make(self, 2048)
        on_disk = ('--database', f'{disk}/notes.db')
        long = 'a word ' * 15_000
        self.run_octavo(*on_disk, 'add', '--title', 'One', '--tag', 'kept', 'text')
        in_the_way = small_disk.fill(disk)
        commands = [('add', '--title', 'Two', long), ('edit', '1', '--title', 'Changed', '--body', long)]
        for command in commands:
            self.assert_complains(self.run_octavo(*on_disk, *command, status=1), 'room')
        os.remove(in_the_way)
        self.assertEqual([(note['title'], note['excerpt'], note['tags'])
                          for note in self.run_octavo(*on_disk, 'list', '--json').json], [('One', 'text', ['kept'])])
        for command in commands:
            self.run_octavo(*on_disk, *command)
        self.assertEqual(self.run_octavo(*on_disk, 'show', '--json', '1').json[0]['body'], long)
        self.assertEqual({note['title'] for note in self.run_octavo(*on_disk, 'list', '--json').json},
                         {'Changed', 'Two'})
        self.run_octavo(*on_disk, 'check')


tap.run(sys.modules['__main__'], 'command-write')
