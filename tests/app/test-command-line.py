# SPDX-License-Identifier: GPL-3.0-or-later
"""Which words are commands, what is off with a call, and what helps."""
import os
import subprocess
import sys
from pathlib import Path

import tap
from command_line import BINARY, TestCase, locale_of_languages

COMMANDS = ('add', 'list', 'search', 'show', 'edit', 'trash', 'restore', 'delete', 'versions', 'tags', 'users', 'import',
            'undo-import', 'export', 'backup', 'restore-backup', 'check', 'repair', 'help')
LOCALE = Path(BINARY).parents[1] / 'po'
if not LOCALE.is_dir():  # it is installed
    LOCALE = Path(BINARY).parents[1] / 'share/locale'


class Help(TestCase):
    def test_help_names_every_command(self):
        called = self.run_octavo('--help')
        for command in COMMANDS:
            self.assertRegex(called.out, rf'(?m)^  {command} +\S')
        for option in ('--database', '--user', '--new-note', '--search', '--note', '--version'):
            self.assertIn(option, called.out)
        self.assertEqual(called.err, '')

    def test_every_command_has_its_own_help(self):
        for command in COMMANDS:
            for option in ('--help', '-h'):
                called = self.run_octavo(command, option)
                self.assertRegex(called.out, rf'\AUsage:\n  octavo {command}[ \n]')
                self.assertIn('--database', called.out)
        self.assertFalse(self.database.exists())

    def test_help_of_help(self):
        self.assertEqual(self.run_octavo('help').out, self.run_octavo('--help').out)
        self.assertIn('[COMMAND]', self.run_octavo('help', 'help').out)

    def test_no_line_is_too_long_or_ends_in_blanks(self):
        chosen = locale_of_languages()
        if chosen is None:
            self.skipTest('no locale but C is installed')
        spoken = {'LC_ALL': chosen, 'OCTAVO_LOCALE_FOLDER': str(LOCALE)}
        for call in (('--help',), *(('help', command) for command in COMMANDS)):
            for language, word in (('en', 'Usage:'), ('de', 'Aufruf:'), ('fr', 'Utilisation\u00a0:')):
                text = self.run_octavo(*call, env={'LANGUAGE': language, **spoken}).out
                self.assertTrue(text.startswith(word + '\n'), text)
                for line in text.split('\n'):
                    self.assertLessEqual(len(line), 80, call)
                    self.assertEqual(line, line.rstrip(), call)

    def test_version(self):
        self.assertRegex(self.run_octavo('--version').out, r'\Aoctavo \d+\.\d+\.\d+\n\Z')


class Usage(TestCase):
    def test_unknown_option(self):
        for command in COMMANDS:
            called = self.run_octavo(command, '--nonsense', status=2)
            self.assert_usage(called, command)
            self.assertIn('--nonsense', called.err)
        self.assertFalse(self.database.exists())

    def test_what_was_meant(self):
        for call, command, meant in ((('list', '--lmit', '3'), 'list', '--limit'), (('search', 'x', '--josn'), 'search', '--json'),
                                     (('help', 'serach'), 'help', '“search”'), (('edit', '1', '--un=x'), 'edit', '--')):
            called = self.run_octavo(*call, status=2)
            self.assert_usage(called, command)
            self.assertIn(meant, called.err)
        for call, meant in ((('lst',), 'Did you mean “octavo list”?'), (('ls',), 'Did you mean “octavo list”?'),
                            (('--new-not',), 'Did you mean --new-note?'), (('--limit', '3'), 'as in “octavo list --limit”')):
            called = self.run_octavo(*call, status=2)
            self.assertIn(meant, called.err)
            self.assertEqual(len(called.err.splitlines()), 2)
        self.assertNotIn('mean', self.run_octavo('list', '--entirely-else', status=2).err)
        self.assertFalse(self.database.exists())

    def test_value_of_an_option_is_no_option(self):
        self.assertEqual(self.show(self.add('--title', '--nonsense', 'x'))['title'], '--nonsense')

    def test_value_where_there_is_none(self):
        for call in (('list', '--json=no'), ('edit', '1', '--pin=false'), ('list', '--help=x'), ('--new-note=x',), ('--help=',)):
            called = self.run_octavo(*call, status=2)
            self.assert_usage(called, '' if call[0].startswith('--') else call[0])
            self.assertIn('takes no value', called.err)

    def test_words_after_dashes(self):
        self.assertEqual(self.show(self.add('--', '--title'))['body'], '--title')
        self.assertEqual(self.show(self.add('--title', 'x', '--', '-'))['title'], 'x')
        self.assertEqual(self.run_octavo('search', '--', '-x').out.count('\n'), 1)
        self.assert_usage(self.run_octavo('show', '--', '--json', status=2), 'show')

    def test_missing_words(self):
        for command in ('search', 'show', 'edit', 'trash', 'restore', 'delete', 'import', 'export', 'backup'):
            self.assert_usage(self.run_octavo(command, status=2), command)

    def test_words_too_many(self):
        for call in (('list', 'x'), ('show', '1', '2'), ('tags', 'x'), ('users', 'x'), ('export', 'a', 'b'),
                     ('backup', 'a', 'b'), ('restore-backup', 'a', 'b'), ('check', 'x'), ('add', 'a', 'b'), ('edit', '1', '2', '--pin')):
            self.assert_usage(self.run_octavo(*call, status=2), call[0])

    def test_option_without_its_value(self):
        for call in (('add', '--title'), ('list', '--limit'), ('search', 'x', '--sort'), ('list', '--database')):
            called = self.run_octavo(*call, status=2)
            self.assert_usage(called, call[0])
            self.assertIn('needs a value after it', called.err)
        self.assertIn('--search needs a value after it', self.run_octavo('--search', status=2).err)

    def test_bad_numbers(self):
        for value in ('x', '', '-1', '1.5', '99999999999999999999', ' 1'):
            for option in ('--limit', '--offset'):
                self.assert_usage(self.run_octavo('list', f'{option}={value}', status=2), 'list')

    def test_bad_sort(self):
        self.assert_usage(self.run_octavo('list', '--sort', 'size', status=2), 'list')
        self.assert_usage(self.run_octavo('list', '--sort', 'relevance', status=2), 'list')
        self.assert_usage(self.run_octavo('search', '--sort', 'size', 'x', status=2), 'search')

    def test_ids_that_are_none(self):
        for word in ('x', '1x', '', ' 1', '1.0', '0x1'):
            for call in (('show', word), ('edit', word, '--pin'), ('trash', word), ('restore', word), ('delete', word)):
                self.assert_usage(self.run_octavo(*call, status=2), call[0])
        self.assert_usage(self.run_octavo('show', '-1', status=2), 'show')

    def test_empty_names(self):
        self.assert_usage(self.run_octavo('list', '--database', '', status=2), 'list')
        self.assert_usage(self.run_octavo('list', '--user', '', status=2), 'list')

    def test_user_where_it_says_nothing(self):
        self.assert_usage(self.run_octavo('--user', 'Ada', 'show', '1', status=2), 'show')


class Words(TestCase):
    def test_options_may_stand_before_the_command(self):
        other = self.folder / 'other.db'
        self.run_octavo('--database', other, 'add', 'text')
        self.run_octavo(f'--database={other}', 'add', 'text')
        self.assertEqual(len(self.run_octavo('--database', other, 'list', '--json').json), 2)
        self.assertFalse(self.database.exists())

    def test_value_of_an_option_is_no_command(self):
        (self.folder / 'list').mkdir()
        called = self.run_octavo('--database', 'list', 'tags', status=1, cwd=self.folder)
        self.assert_complains(called, 'list')

    def test_database_option_is_stronger_than_the_environment(self):
        other = self.folder / 'other.db'
        self.add('here')
        self.run_octavo('list', '--database', other)
        self.assertTrue(other.exists())
        self.assertEqual(self.run_octavo('list', '--database', other).out, '')

    def test_default_file_is_in_the_data_folder(self):
        del self.env['OCTAVO_DATABASE']
        self.add('text')
        file = self.folder / 'data' / 'octavo' / 'notes.db'
        self.assertTrue(file.exists())
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(file.parent.stat().st_mode & 0o777, 0o700)

    def test_unknown_word(self):
        called = self.run_octavo('lst', status=2)
        self.assertIn('“lst”', called.err)
        self.assertIn('Usage: octavo ', called.err)

    def test_unknown_option_without_a_command(self):
        called = self.run_octavo('--nonsense', status=2)
        self.assertIn('--nonsense', called.err)
        self.assertIn('Usage: octavo ', called.err)

    def test_note_option_needs_a_number(self):
        self.assertIn('Usage: octavo ', self.run_octavo('--note', 'x', status=2).err)

    def test_window_options_say_nothing_to_a_command(self):
        self.assert_usage(self.run_octavo('--new-note', 'list', status=2), 'list')

    def test_window_without_a_display(self):
        file = self.folder / 'list.md'
        file.write_text('text')
        for call in ((), (file,), ('--new-note',)):
            self.assert_complains(self.run_octavo(*call, status=1), 'display')
        (self.folder / 'list').write_text('text')
        self.assert_complains(self.run_octavo('./list', status=1, cwd=self.folder), 'display')
        self.assertFalse(self.database.exists())


class Output(TestCase):
    def test_reader_that_goes_away_is_no_error(self):
        for i in range(3):
            self.add('--title', f'note {i}', 'x' * 100000)
        for command in ('list --json', 'show 1', 'list', 'search x'):
            done = subprocess.run(['bash', '-c', f'set -o pipefail; "$0" {command} | head -c 10 > /dev/null', BINARY],
                                  env=self.env, capture_output=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, b''), command)

    def test_closed_reader(self):
        self.add('--title', 'note', 'x' * 100000)
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, 'wb') as pipe:
            done = subprocess.run([BINARY, 'show', '1'], env=self.env, stdout=pipe, stderr=subprocess.PIPE, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b''))

    def test_full_disk_is_an_error(self):
        self.add('--title', 'note', 'x' * 100000)
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([BINARY, 'show', '1'], env=self.env, stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_works_in_the_c_locale(self):
        env = {'LC_ALL': 'C'}
        note = self.add('--title', 'Café 生存', '--tag', 'été', 'naïve', env=env)
        self.assertEqual(self.run_octavo('list', env=env).out.split('\t')[2:], ['Café 生存', 'été\n'])
        called = self.run_octavo('search', 'café', '--json', env=env)
        self.assertEqual([found['id'] for found in called.json], [note])


tap.run(sys.modules['__main__'], 'command-line')
