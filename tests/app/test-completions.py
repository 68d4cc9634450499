# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash, zsh and fish offer after octavo, asked for in the shells themselves."""
import os
import pty
import select
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

import tap
from command_line import BINARY, TestCase

DATA = Path(__file__).parents[2] / 'data/completions'
BASH_COMPLETION = Path('/usr/share/bash-completion/bash_completion')
COMMANDS = {'add', 'list', 'search', 'show', 'edit', 'trash', 'restore', 'delete', 'versions', 'tags', 'users', 'import',
            'undo-import', 'export', 'backup', 'restore-backup', 'check', 'repair', 'help'}
ENOUGH = 60  # seconds, for a shell with nothing else to do

BASH = '''
source {bash_completion}
source {data}/octavo.bash
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
COMP_LINE=${{COMP_LINE// = /=}} COMP_POINT=${{#COMP_LINE}} COMP_TYPE=9 COMP_KEY=9
compopt () {{ :; }}
_octavo octavo "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
printf '%s\\n' "${{COMPREPLY[@]}}"
'''

# Everything that is offered passes compadd on its way.
ZSH = '''
PS1= PS2= RPS1= LISTMAX=1000
fpath=({data} $fpath)
autoload -Uz compinit && compinit -u -d {folder}/zcompdump
compadd () {{
  local -a offered
  if [[ " ${{(j: :)@}} " == *' -'[ADO]' '* ]]; then builtin compadd "$@"; return; fi
  builtin compadd -A offered "$@"
  (($#offered)) && print -rl -- $offered >> {folder}/offered
  builtin compadd "$@"
}}
complete-and-tell () {{ zle complete-word; : > {folder}/done; }}
zle -N complete-and-tell
bindkey -e
bindkey '^I' complete-and-tell
cd {folder}
: > {folder}/ready
'''


class Completions:
    """What holds in every shell; ask() gives the set of what is offered for the last of some words."""

    def setUp(self):
        super().setUp()
        programs = self.folder / 'programs'
        programs.mkdir()
        (programs / 'octavo').symlink_to(BINARY)
        self.env['PATH'] = f'{programs}:{self.env["PATH"]}'

    def fill(self):
        self.first = self.add('--title', 'First $(touch x): "note"', '--tag', 'two words', '--tag', 'home', '--user', 'Ada', 'text')
        self.second = self.add('--title', 'Second', '--tag', 'it\'s', 'text')
        self.run_octavo('trash', self.second)

    def test_commands(self):
        self.assertEqual(self.ask('') & COMMANDS, COMMANDS)
        self.assertEqual(self.ask('u'), {'users', 'undo-import'})
        self.assertEqual(self.ask('--database', 'other.db', 'rep'), {'repair'})
        self.assertEqual(self.ask('help', 'exp'), {'export'})
        self.assertFalse(self.database.exists())

    def test_options(self):
        self.assertEqual(self.ask('list', '--l'), {'--limit'})
        self.assertEqual(self.ask('edit', '1', '--un'), {'--untag', '--unpin'})
        self.assertEqual(self.ask('--ne'), {'--new-note'})
        self.assertEqual(self.ask('search', '--sort', 're'), {'relevance'})
        self.assertEqual(self.ask('list', '--sort', ''), {'updated', 'created', 'title'})

    def test_no_file_of_notes_is_made(self):
        for words in (('show', ''), ('list', '--user', ''), ('edit', '1', '--tag', '')):
            self.assertEqual(self.ask(*words), set(), words)
        self.assertFalse(self.database.exists())

    def test_ids(self):
        self.fill()
        for words in (('show',), ('edit',), ('trash',), ('delete',), ('versions',), ('--note',), ('restore-backup', '--note')):
            self.assertEqual(self.ask(*words, ''), {str(self.first)}, words)
        self.assertEqual(self.ask('restore', ''), {str(self.second)})
        self.assertFalse((self.folder / 'x').exists())

    def test_versions(self):
        self.fill()
        self.run_octavo('edit', self.first, '--body', 'another text')
        version = str(self.run_octavo('versions', self.first, '--json').json[0]['version'])
        self.assertEqual(self.ask('show', str(self.first), '--version', ''), {version})

    def test_names(self):
        self.fill()
        self.assertIn('Ada', self.ask('list', '--user', ''))
        self.assertEqual({self.plain(name) for name in self.ask('add', '--tag', '')}, {'two words', 'home', 'it\'s'})
        self.assertEqual(self.ask('edit', '1', '--untag', 'ho'), {'home'})

    def test_another_file_of_notes(self):
        other = self.folder / 'other.db'
        self.run_octavo('--database', other, 'add', '--tag', 'elsewhere', 'text')
        self.assertEqual(self.ask('--database', str(other), 'add', '--tag', ''), {'elsewhere'})
        self.assertEqual(self.ask('add', '--database', str(other), '--tag', ''), {'elsewhere'})

    def test_files(self):
        (self.folder / 'some.md').write_text('x')
        (self.folder / 'some-folder').mkdir()
        self.assertIn('some.md', self.ask('import', 'some.'))
        self.assertEqual({name.rstrip('/') for name in self.ask('export', 'some')}, {'some-folder'})
        self.assertIn('some.md', self.ask('--database', 'some.'))
        self.assertIn('some.md', self.ask('some.'))

    def plain(self, name):
        return name.replace('\\', '')

    def run_shell(self, *arguments):
        done = subprocess.run(arguments, env=self.env, cwd=self.folder, capture_output=True, text=True, timeout=ENOUGH,
                              stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(done.stderr, '')
        return done.stdout


@unittest.skipUnless(shutil.which('bash') and BASH_COMPLETION.exists(), 'there is no bash-completion')
class Bash(Completions, TestCase):
    def ask(self, *words):
        script = BASH.format(bash_completion=BASH_COMPLETION, data=DATA)
        return set(self.run_shell('bash', '--norc', '-c', script, 'bash', 'octavo', *words).split('\n')) - {''}

    def test_value_after_an_equals_sign(self):
        self.fill()
        self.assertEqual(self.ask('list', '--sort', '=', 'ti'), {'title'})
        self.assertEqual(self.ask('add', '--tag', '=', 'ho'), {'home'})


@unittest.skipUnless(shutil.which('zsh'), 'there is no zsh')
class Zsh(Completions, TestCase):
    def ask(self, *words):
        offered, ready, done = (self.folder / name for name in ('offered', 'ready', 'done'))
        for file in (offered, ready, done):
            file.unlink(missing_ok=True)
        (self.folder / 'setup').write_text(ZSH.format(data=DATA, folder=self.folder))
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe('zsh', ['zsh', '-f', '-i'], {**self.env, 'TERM': 'xterm'})
        try:
            os.write(terminal, f' source {self.folder}/setup\n'.encode())
            self.wait(terminal, ready)
            os.write(terminal, ' '.join(('octavo', *words)).encode() + b'\t')
            self.wait(terminal, done)
        finally:
            os.close(terminal)
            os.waitpid(child, 0)
        return set(offered.read_text().split('\n')) - {''} if offered.exists() else set()

    def wait(self, terminal, file):
        end = time.monotonic() + ENOUGH
        while not file.exists():
            self.assertLess(time.monotonic(), end, f'{file} is not there')
            if select.select([terminal], [], [], 0.02)[0]:
                os.read(terminal, 65536)

    def test_value_after_an_equals_sign(self):
        self.fill()
        self.assertEqual(self.ask('list', '--sort=ti'), {'title'})


@unittest.skipUnless(shutil.which('fish'), 'there is no fish')
class Fish(Completions, TestCase):
    def ask(self, *words):
        script = f'source {DATA}/octavo.fish; complete -C "octavo {" ".join(words)}"'
        lines = self.run_shell('fish', '--no-config', '-c', script).split('\n')
        return {line.partition('\t')[0] for line in lines} - {''}

    def test_what_stands_beside(self):
        self.fill()
        out = self.run_shell('fish', '--no-config', '-c', f'source {DATA}/octavo.fish; complete -C "octavo show "')
        self.assertEqual(out, f'{self.first}\tFirst $(touch x): "note"\n')


tap.run(sys.modules['__main__'], 'completions')
