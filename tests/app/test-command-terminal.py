# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes to a terminal, and what does not; streams that are closed, full, or not read."""
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import tap
from command_line import BINARY, TestCase

SGR = re.compile('\x1b\\[[0-9;]*m')


class Colours(TestCase):
    def test_only_on_a_terminal(self):
        self.add('--title', 'pinned', '--tag', 'x', 'text')
        self.run_octavo('edit', 1, '--pin')
        for call in (('list',), ('show', 1), ('--help',), ('help', 'add')):
            shown = self.on_terminal(*call)
            self.assertRegex(shown, SGR)
            for plain in (self.on_terminal(*call, env={'NO_COLOR': '1'}), self.on_terminal(*call, env={'TERM': 'dumb'}),
                          self.on_terminal(*call, env={'TERM': ''}), self.run_octavo(*call).out):
                self.assertNotIn('\x1b', plain)
            # They are all that differs, and an empty NO_COLOR says nothing.
            self.assertEqual(SGR.sub('', shown), self.on_terminal(*call, env={'NO_COLOR': '1'}))
            self.assertEqual(shown, self.on_terminal(*call, env={'NO_COLOR': ''}))
        self.assertIn('\x1b[1mpinned', self.on_terminal('list'))

    def test_complaints(self):
        shown = self.on_terminal('show', 7, status=3)
        self.assertTrue(shown.startswith('\x1b[1;31moctavo:\x1b[0m There is no note 7.'), shown)
        self.assertNotIn('\x1b', self.on_terminal('show', 7, status=3, env={'NO_COLOR': '1'}))
        self.assertNotIn('\x1b', self.run_octavo('show', 7, status=3).err)


class Terminal(TestCase):
    def test_nothing_of_a_note_controls_it(self):
        """Every control character, in everything that is shown of a note, of tags, users and files."""
        evil = 'a' + ''.join(map(chr, [*range(1, 32), *range(0x7f, 0xa0)])) + 'z'
        note = self.add('--title', evil, '--tag', 'tag', '--user', 'Ada', evil)
        with closing(sqlite3.connect(self.database)) as connection:  # names that octavo does not give
            connection.execute("UPDATE tag SET name = 'x\x9b1m'")
            connection.execute("UPDATE user SET name = 'A\x1b[2J' WHERE name = 'Ada'")
            connection.commit()
        self.run_octavo('edit', note, '--body', 'x')
        self.run_octavo('restore', note, '--version', self.run_octavo('versions', note, '--json').json[0]['version'])
        folder = self.folder / 'odd\x1b[2J\x9b'
        folder.mkdir()
        other = folder / 'notes.db'
        self.run_octavo('--database', other, 'add', 'text')
        for call in (('list',), ('show', note), ('versions', note), ('tags',), ('users',), ('list', '--json'), ('show', note, '--json'),
                     ('tags', '--json'), ('users', '--json'), ('versions', note, '--json'), ('search', 'z', '--json'),
                     ('--database', other, 'backup', '--now'), ('--database', other, 'backup', '--list'),
                     ('--database', other, 'backup', '--list', '--json'), ('--database', other, 'restore-backup'), ('check',),
                     ('--database', other, 'repair')):
            shown = self.on_terminal(*call, env={'TERM': 'dumb'})
            self.assertNotRegex(shown, '[\x00-\x08\x0b-\x1f\x7f-\x9f]', call)
        called = self.on_terminal('help', evil, status=2, env={'TERM': 'dumb'})
        self.assertNotRegex(called, '[\x00-\x08\x0b-\x1f\x7f-\x9f]')
        # What a program reads is what the note says, and the names of files are what they are.
        self.assertIn(evil, self.run_octavo('show', note).out)
        self.assertIn(str(folder), self.run_octavo('--database', other, 'backup', '--list').out)

    def test_one_line_a_note(self):
        self.add('--title', 'two\nlines\rand\u2028more', '--tag', 'x', 'text')
        self.assertRegex(self.run_octavo('list').out, r'\A1\t[^\t]*\ttwo lines and more\tx\n\Z')
        self.assertEqual(len(self.on_terminal('list').splitlines()), 1)

    def test_direction_is_not_turned(self):
        """Letters of the right-to-left scripts stay; what would turn the rest of the line around does not."""
        self.add('--title', '\u202eevil\u2066 שלום \u200f!', '--tag', 'x', 'text')
        for shown in (self.on_terminal('list'), self.run_octavo('list').out):
            self.assertIn('evil שלום \u200f!', shown)
            self.assertNotRegex(shown, '[\u202a-\u202e\u2066-\u2069]')

    def test_help_is_as_wide_as_it_is(self):
        for columns, most in ((60, 60), (70, 70), (200, 80), (20, 60)):
            for call in (('--help',), ('help', 'search'), ('help', 'edit')):
                shown = SGR.sub('', self.on_terminal(*call, columns=columns))
                self.assertLessEqual(max(map(len, shown.splitlines())), most, (call, columns))
                self.assertEqual(shown.split(), self.run_octavo(*call).out.split())

    def test_versions_and_backups_keep_to_lines(self):
        note = self.add('--title', 'x' * 200, 'text')
        self.run_octavo('edit', note, '--body', 'another')
        self.assertLessEqual(len(self.on_terminal('versions', note).splitlines()[0]), 80)

    def test_progress_is_for_terminals_that_can(self):
        for i in range(30):
            (self.folder / f'{i}.md').write_text(f'text {i}')
        shown = self.on_terminal('import', self.folder, columns=30)
        self.assertIn('Importing', shown)
        for line in re.split('\r\x1b\\[K', shown)[:-1]:
            self.assertLessEqual(len(line), 30)
        dumb = self.on_terminal('import', self.folder, env={'TERM': 'dumb'})
        self.assertNotIn('Importing', dumb)
        self.assertIn('unchanged 30', dumb)


class Streams(TestCase):
    def shell(self, script):
        return subprocess.run(['bash', '-c', script, BINARY], env=self.env, capture_output=True, text=True, timeout=120, check=False)

    def setUp(self):
        super().setUp()
        for i in range(3):
            self.add('--title', f'note {i}', 'x' * 50000)

    def test_full(self):
        for call in ('list', 'show 1', 'list --json', 'search x', 'tags', 'users', '--help', 'help add', '--version'):
            done = self.shell(f'"$0" {call} > /dev/full')
            if call == 'tags':
                self.assertEqual((done.returncode, done.stderr), (0, ''))  # there are none
                continue
            self.assertEqual(done.returncode, 1, call)
            self.assertRegex(done.stderr, r'\Aoctavo: The output could not be written \(No space left on device\)[^\n]*\n\Z')

    def test_closed(self):
        before = self.run_octavo('list').out
        for call in ('list', 'show 1', 'list --json', 'users', '--help', 'add new'):
            done = self.shell(f'"$0" {call} >&-')
            self.assertEqual(done.returncode, 1, call)
            self.assertRegex(done.stderr, r'\Aoctavo: The output could not be written \([^\n]*\n\Z')
        self.assertEqual(self.shell('"$0" list 2>&-').stdout.splitlines()[1:], before.splitlines())
        self.assertEqual(self.shell('"$0" show 77 2>&-').returncode, 3)
        self.assertEqual(self.shell('"$0" show 77 <&- >&- 2>&-').returncode, 3)
        self.assertEqual(self.shell('"$0" add - <&-').returncode, 1)
        self.assertEqual(self.run_octavo('check').out, 'All is well.\n')
        self.assertEqual(len(self.list()), 4)

    def test_reader_that_has_enough(self):
        for call in ('list', 'list --json', 'search x --json', 'show 1'):
            done = self.shell(f'set -o pipefail; "$0" {call} | head -n 1 > /dev/null')
            self.assertEqual((done.returncode, done.stderr), (0, ''), call)

    def test_reading_from_a_pipe(self):
        self.assertEqual(self.shell('printf "# Piped\\n\\ntext" | "$0" add').stdout, '4\n')
        self.assertEqual(self.show(4)['title'], 'Piped')
        self.assertEqual(self.shell('printf "new\\n" | "$0" edit 4 --body -').returncode, 0)
        self.assertEqual(self.show(4)['body'], 'new\n')


tap.run(sys.modules['__main__'], 'command-terminal')
