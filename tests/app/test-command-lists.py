# SPDX-License-Identifier: GPL-3.0-or-later
"""What tells of commands and options tells of the same ones: --help, the man page, completions, help pages, schema."""
import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

import tap
from command_line import TestCase

ROOT = Path(__file__).parents[2]
DATA = ROOT / 'data'
HELP_PAGE = ROOT / 'help/C/command-line.page'
EVERY = {'database', 'help'}  # options that all commands have


class Lists(TestCase):
    def setUp(self):
        super().setUp()
        text = self.run_octavo('--help').out
        self.commands = re.findall(r'(?m)^  ([a-z-]+)  +\S', text.partition('\nCommands:\n')[2].partition('\nOptions:\n')[0])
        self.window_options = self.options_of(text)
        self.helps = {command: self.run_octavo('help', command).out for command in self.commands}
        self.options = {command: self.options_of(text) for command, text in self.helps.items()}
        self.assertGreaterEqual(len(self.commands), 19)
        self.assertIn('search', self.window_options)

    @staticmethod
    def options_of(text):
        return set(re.findall(r'(?m)^  (?:-h, )?--([a-z-]+)', text.partition('\nOptions:\n')[2]))

    def test_help_of_a_command(self):
        for command, text in self.helps.items():
            self.assertEqual(text, self.run_octavo(command, '--help').out)
            self.assertEqual(text, self.run_octavo('--help', command).out)
            self.assertTrue(EVERY <= self.options[command], command)
            usage = text.partition('\n\n')[0]
            self.assertEqual(set(re.findall(r'--([a-z-]+)', usage)), self.options[command] - EVERY, command)

    def test_every_option_of_the_help_is_known(self):
        for command, options in self.options.items():
            for option in options:
                called = self.run_octavo(command, f'--{option}=x', '--nonsense', status=2)
                self.assertNotIn(f'no option --{option} ', called.err, command)

    def test_man_page(self):
        text = (DATA / 'octavo.1').read_text()
        section = re.search(r'(?s)\n\.Sh COMMANDS\n(.*?)\n\.Sh ', text)[1]
        items = re.split(r'(?m)^\.It (?:Xo\n\.)?Ic ', section)[1:]
        found = {re.match(r'[a-z-]+', item)[0]: item for item in items}
        self.assertEqual(list(found), self.commands)
        for command, item in found.items():
            self.assertEqual(self.of_man(item), self.options[command] - EVERY, command)
        parts = re.split(r'(?m)^\.S[sh] ', text)
        window = next(part for part in parts if part.startswith('Options without a command'))
        every = next(part for part in parts if part.startswith('Options of every command'))
        self.assertEqual(self.of_man(window), self.window_options)
        self.assertEqual(self.of_man(every), EVERY)

    @staticmethod
    def of_man(text):
        return set(re.findall(r'(?:Fl|\|) -([a-z-]+)', text))

    def test_man_page_is_well_made(self):
        for call in (['mandoc', '-Tlint', DATA / 'octavo.1'], ['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', DATA / 'octavo.1']):
            try:
                done = subprocess.run(call, env={**self.env, 'MANROFFSEQ': '', 'MANWIDTH': '80'}, capture_output=True, text=True, check=False)
            except FileNotFoundError:
                self.skipTest(f'there is no {call[0]}')
            said = done.stderr if call[0] == 'man' else done.stdout + done.stderr
            self.assertEqual((done.returncode, said), (0, ''), call)

    def test_bash(self):
        text = (DATA / 'completions/octavo.bash').read_text()
        commands = re.search(r"(?s)local commands='([^']*)'", text)[1].split()
        self.assertEqual(commands, self.commands)
        options = re.search(r'(?s)_octavo_options\(\)\n\{(.*?)\n\}', text)[1]
        of = {names: set(re.findall(r'--([a-z-]+)', said)) for names, said in re.findall(r"(?m)^        ([a-z'-]+)\) (.*);;$", options)}
        self.assertEqual(of.pop("''") | EVERY, self.window_options)
        self.assertEqual({command: said | EVERY for command, said in of.items()}, self.options)
        with_value = set(re.findall(r'--([a-z-]+)', re.search(r'--database \| --user \| --search.*?\n.*--note.*', text)[0])) | {'version'}
        self.assertEqual(with_value, self.with_value())

    def with_value(self):
        """Options that have a value, of whatever command."""
        return {option for text in [*self.helps.values(), self.run_octavo('--help').out]
                for option in re.findall(r'(?m)^  --([a-z-]+) [^ ]', text.partition('\nOptions:\n')[2])}

    def test_zsh(self):
        text = (DATA / 'completions/_octavo').read_text()
        self.assertEqual(re.findall(r"(?m)^    '([a-z-]+):", text), self.commands)
        shared = {name: set(re.findall(r'--([a-z-]+)', said)) for name, said in re.findall(r"(?m)^  (common|user|json|version|limits)=\((.*)\)$", text)}
        self.assertEqual(shared['common'], EVERY)
        of = {}
        for command, said in re.findall(r'(?s)\n    ([a-z-]+)\)\n(.*?;;)', text):
            of[command] = set(re.findall(r'--([a-z-]+)[=\[]', said)).union(*(shared[name] for name in re.findall(r'\$([a-z]+)', said)))
        self.assertEqual(of, self.options)
        window = re.search(r"(?s)_arguments -C (.*?)'\(-\): ", text)[1]
        self.assertEqual(set(re.findall(r'--([a-z-]+)[=\[]', window)).union(*(shared[name] for name in re.findall(r'\$([a-z]+)', window))),
                         self.window_options)

    def test_fish(self):
        text = (DATA / 'completions/octavo.fish').read_text()
        self.assertEqual(re.findall(r'(?m)^complete -c octavo -n __octavo_has_no_command -a ([a-z-]+) ', text), self.commands)
        self.assertEqual(re.search(r"bare help' -a '([^']*)'", text)[1].split(), self.commands)
        every = set(re.findall(r'(?m)^complete -c octavo (?:-s h )?-l ([a-z-]+)', text))
        self.assertEqual(every, EVERY)
        window = set(re.findall(r'(?m)^complete -c octavo -n __octavo_has_no_command -l ([a-z-]+)', text))
        self.assertEqual(window | EVERY, self.window_options)
        of = {command: set(every) for command in self.commands}
        for commands, option in re.findall(r"(?m)^complete -c octavo -n '__octavo_command_is ([a-z -]+)' -l ([a-z-]+)", text):
            for command in commands.split():
                of[command].add(option)
        self.assertEqual(of, self.options)
        with_value = re.search(r'set -l with_value (.*)', text)[1].replace('--', '').split()
        self.assertEqual(set(with_value) | {'version'}, self.with_value())

    @unittest.skipUnless(HELP_PAGE.exists(), 'there is no such page')
    def test_help_page(self):
        text = HELP_PAGE.read_text()
        self.assertEqual(set(re.findall(r'<cmd>octavo ([a-z][a-z-]*)</cmd>', text)), set(self.commands))
        all_options = self.window_options.union(*self.options.values())
        self.assertEqual(set(re.findall(r'<cmd>--([a-z-]+)</cmd>', text)) - all_options, set())

    def test_schema(self):
        schema = json.loads((DATA / 'octavo.schema.json').read_text())
        with_json = {command for command, options in self.options.items() if 'json' in options}
        self.assertEqual({part['$ref'].rpartition('/')[2] for part in schema['anyOf']}, with_json)

    def test_paper(self):
        """What stands in the papers as a call names a command."""
        for name in ('README.md', 'NEWS.md', 'ARCHITECTURE.md'):
            for word in re.findall(r'`octavo ([a-z][a-z-]*)', (ROOT / name).read_text()):
                self.assertIn(word, self.commands, name)


tap.run(sys.modules['__main__'], 'command-lists')
