# SPDX-License-Identifier: GPL-3.0-or-later
"""Damage a file of notes in COUNT ways, repair it, and compare with the truth: torture_damage.py OCTAVO [COUNT [SEED]].

The file has the sample notes, those of the vault in $OCTAVO_CORPUS (or beside the project, where there is one), some
long ones, and notes that were changed, added and deleted after a backup was made. A variant has bits turned, a page of
zeros, a sector of noise, or a part cut off; of the file, or of its log; with or without the backup. Then:

* nothing ends by a signal, and `octavo check` does not say that all is well where a note is missing or another one;
* `octavo repair` keeps the damaged file byte for byte, and what it makes is sound;
* a note of which it says nothing is there with its text, its dates and its tags; what it says was lost is not there.

A bit that turned within a text is seen by nobody, as texts have no sums; such notes are counted, and told. The last line
is 'N passed, N failed', and the status agrees.
"""
import argparse
import collections
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = 4096
FRAME = 24 + PAGE
HEAD_OF_LOG = 32
LONGEST = 600  # seconds for one command: the sanitizers are slow
KINDS = ('bit', 'bit', 'bit', 'bit', 'bits', 'page', 'page', 'noise', 'cut', 'cut', 'odd cut', 'log bit', 'log page', 'log cut')
NOTE = 'SELECT id, title, body, created, updated, trashed, pinned FROM note'
TAGS = 'SELECT note_id, name FROM note_tag JOIN tag ON tag_id = id ORDER BY 1, 2'


class Wrong(Exception):
    """What is not as it was promised."""


def read_notes(path):
    """id → (title, body, created, updated, trashed, pinned, tags), texts as bytes."""
    with closing(sqlite3.connect(f'file:{path}?mode=ro', uri=True)) as file:
        file.text_factory = bytes
        tags = collections.defaultdict(list)
        for note, name in file.execute(TAGS):
            tags[note].append(name)
        return {row[0]: (*row[1:], tuple(tags[row[0]])) for row in file.execute(NOTE)}


def turned(one, other):
    """How many bits differ in texts of one length; -1 where they are of different lengths."""
    if len(one) != len(other):
        return -1
    return sum((a ^ b).bit_count() for a, b in zip(one, other))


class Work:
    """The file of which variants are made, what is in it, and the backup."""

    def __init__(self, octavo, folder, small):
        self.octavo, self.folder = octavo, Path(folder)
        self.path = self.folder / 'notes.db'
        self.env = os.environ | {'OCTAVO_DATABASE': str(self.path), 'LC_ALL': 'C.UTF-8', 'G_DEBUG': 'fatal-criticals',
                                 'XDG_DATA_HOME': str(self.folder / 'data'), 'XDG_STATE_HOME': str(self.folder / 'state')}
        self.fill(small)
        self.old = read_notes(self.path)
        self.change()
        self.data = self.path.read_bytes()
        self.backups = self.folder / 'kept'
        os.rename(self.folder / 'backups', self.backups)
        self.truth = read_notes(self.path)
        self.write_log()
        self.clear()

    def run(self, *words, ok=(0,)):
        ran = subprocess.run([self.octavo, *words], env=self.env, capture_output=True, text=True, errors='replace',
                             timeout=LONGEST)
        if ran.returncode not in ok:
            raise Wrong(f'octavo {words[0]} ends with {ran.returncode}: {ran.stderr.strip()[-600:]}')
        return ran

    def fill(self, small):
        vault = Path(os.environ.get('OCTAVO_CORPUS', ROOT / '../shared/corpus')) / 'vault'
        self.run('import', str(ROOT / 'data/sample-notes'))
        if vault.is_dir() and not small:
            self.run('import', '--folders-as-tags', str(vault))
        with tempfile.TemporaryDirectory() as folder:
            for number in range(30 if small else 60):
                text = '\n\n'.join(f'Part {part} of note {number}. ' + 'Words and more words, é and 語. ' * (number % 7)
                                   for part in range(1 + number * (number % 5)))
                Path(folder, f'Long {number}.md').write_text(f'---\ntags: [t{number % 4}, long/n{number}]\n---\n{text}\n')
            self.run('import', folder)
        self.run('check')

    def change(self):
        """What happened since the backup."""
        self.run('backup', '--now')
        chance = random.Random(1)
        ids = sorted(self.old)
        for note in chance.sample(ids, len(ids) // 12):
            self.run('edit', str(note), '--body', f'Changed since. {note} ' * chance.randint(1, 900))
        self.run('trash', *map(str, ids[3:6]))
        gone = [str(note) for note in chance.sample(ids[10:], len(ids) // 20)]
        self.run('trash', *gone)
        self.run('delete', *gone)
        for number in range(12):
            self.run('add', '--title', f'New {number}', '--tag', 'new', 'A new text. ' * (1 + 60 * number))
        self.run('check')

    def write_log(self):
        """Seven transactions that are in the log only."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as file:
            file.execute('PRAGMA journal_mode = WAL')
            file.execute('PRAGMA wal_autocheckpoint = 0')
            for number, note in enumerate(sorted(self.truth)[10:80:10]):
                file.execute('BEGIN')
                file.execute('UPDATE note SET body = ?, updated = updated + 1000000 WHERE id = ?',
                             (f'From the log {number}. ' * (1 + 200 * number), note))
                file.execute('COMMIT')
            self.log_data = self.path.read_bytes()
            self.log = Path(f'{self.path}-wal').read_bytes()
            self.log_truth = read_notes(self.path)

    def clear(self):
        for name in os.listdir(self.folder):
            if name == 'backups':
                shutil.rmtree(self.folder / name)
            elif name.startswith('notes.db'):
                os.remove(self.folder / name)

    def put(self, data, log, with_backup):
        self.clear()
        self.path.write_bytes(data)
        if log is not None:
            Path(f'{self.path}-wal').write_bytes(log)
        if with_backup:
            shutil.copytree(self.backups, self.folder / 'backups')


class Variant:
    """One way in which the file is damaged."""

    def __init__(self, work, number, seed):
        self.work, self.chance = work, random.Random(f'{seed}/{number}')
        self.kind = self.chance.choice(KINDS)
        self.with_backup = self.chance.random() < 0.5
        self.n_bits = 0
        self.what = ''
        in_log = self.kind.startswith('log')
        self.truth = work.log_truth if in_log else work.truth
        self.data = bytearray(work.log_data if in_log else work.data)
        self.log = bytearray(work.log) if in_log else None
        getattr(self, self.kind.replace(' ', '_'))()

    def __str__(self):
        return f'{self.kind}, {self.what}, {"with" if self.with_backup else "without"} a backup'

    def pick_page(self):
        """Of each sort of pages as often as of any other."""
        sorts = collections.defaultdict(list)
        for page in range(len(self.data) // PAGE):
            first = self.data[page * PAGE + (100 if page == 0 else 0)]
            sorts[first if first in (2, 5, 10, 13) else 0].append(page)
        sorts['head'] = [0]
        sort = self.chance.choice(list(sorts))
        return sort, self.chance.choice(sorts[sort])

    def turn(self, data, offset):
        bit = self.chance.randrange(8)
        data[offset] ^= 1 << bit
        self.n_bits += 1
        self.what += f'{offset}.{bit} '

    def bit(self):
        sort, page = self.pick_page()
        # a head of a page is more than its share: there is the least that helps
        size = 100 if sort == 'head' else self.chance.choice((12, 64, PAGE))
        self.turn(self.data, page * PAGE + self.chance.randrange(size))

    def bits(self):
        for _ in range(self.chance.randint(2, 8)):
            self.bit()

    def page(self):
        _, page = self.pick_page()
        self.data[page * PAGE:(page + 1) * PAGE] = bytes(PAGE)
        self.what = f'page {page + 1} zeroed'

    def noise(self):
        offset = self.chance.randrange(len(self.data) // 512) * 512
        self.data[offset:offset + 512] = self.chance.randbytes(512)
        self.what = f'noise at {offset}'

    def cut(self):
        pages = self.chance.randrange(len(self.data) // PAGE)
        del self.data[pages * PAGE:]
        self.what = f'after page {pages}'

    def odd_cut(self):
        del self.data[self.chance.randrange(len(self.data)):]
        self.what = f'at {len(self.data)}'

    def log_bit(self):
        self.turn(self.log, self.chance.choice((self.chance.randrange(HEAD_OF_LOG), self.chance.randrange(len(self.log)))))

    def log_page(self):
        offset = self.chance.randrange(len(self.log) // PAGE) * PAGE
        self.log[offset:offset + PAGE] = bytes(min(PAGE, len(self.log) - offset))
        self.what = f'zeros at {offset}'

    def log_cut(self):
        del self.log[self.chance.randrange(len(self.log)):]
        self.what = f'at {len(self.log)}'


class Judge:
    """Says whether what is there now is what was promised."""

    def __init__(self, work, variant):
        self.work, self.variant = work, variant
        self.truth = variant.truth
        self.unseen = 0

    def is_unseen(self, note, there):
        """Bits within texts, and nothing else. A transaction at the end of a log that does not fit was never
        committed, for all that anybody can tell."""
        if self.variant.kind.startswith('log') and there == self.work.truth.get(note):
            return True
        true = self.truth[note]
        bits = [turned(true[0], there[0]), turned(true[1], there[1])]
        tags = [turned(*pair) for pair in zip(true[-1], there[-1])] if len(true[-1]) == len(there[-1]) else [-1]
        return self.variant.n_bits >= sum(bits + tags) and min(bits + tags) >= 0 and true[2:-1] == there[2:-1]

    def compare(self, notes, told=(), unknown=0, has_tags=True):
        missing = [note for note in self.truth if note not in notes and note not in told]
        if len(missing) > unknown >= 0:
            raise Wrong(f'{len(missing)} notes are missing, and nobody says so: {missing[:5]}')
        for note, there in notes.items():
            if note in told:
                continue
            if note not in self.truth:
                raise Wrong(f'note {note} was never there: {there[0]!r}')
            true = self.truth[note]
            if (true if has_tags else true[:-1]) == (there if has_tags else there[:-1]):
                continue
            if not self.is_unseen(note, there):
                column = next(i for i, pair in enumerate(zip(true, there)) if pair[0] != pair[1])
                raise Wrong(f'note {note} is said to be whole, and column {column} is not: '
                            f'{str(true[column])[:80]} became {str(there[column])[:80]}')
            self.unseen += 1

    def check_told(self, report, notes):
        for note in report['notes']:
            there, fate = notes.get(note['id']), note['fate']
            if (there is None) != (fate == 'lost'):
                raise Wrong(f'{note} is {"not " if there is None else ""}there')
            if fate == 'from-backup' and there[:2] != self.work.old[note['id']][:2]:
                raise Wrong(f'{note} is not what the backup has')
            if 'beside' in note and notes[note['beside']][:2] != self.work.old[note['id']][:2]:
                raise Wrong(f'beside {note} is not what the backup has')

    def check_kept(self, report):
        kept = {Path(report['kept']): self.variant.data, Path(report['kept'] + '-wal'): self.variant.log}
        for path, data in kept.items():
            if data and path.read_bytes() != data:
                raise Wrong(f'{path.name} is not what it was')
        with closing(sqlite3.connect(self.work.path)) as file:
            verdict = file.execute('PRAGMA integrity_check').fetchall() + file.execute('PRAGMA foreign_key_check').fetchall()
        if verdict != [('ok',)] or not Path(report['report']).read_text():
            raise Wrong(f'the new file is damaged: {verdict}')
        self.work.run('check')

    def check_first_look(self):
        """What a person meets who does not know: all is well, or a word about it."""
        self.work.put(self.variant.data, self.variant.log, self.variant.with_backup)
        ran = self.work.run('check', ok=(0, 1))
        if ran.returncode == 0 and (self.variant.data or self.variant.with_backup):
            self.compare(read_notes(self.work.path))
            self.unseen = 0

    def refuses(self, ran):
        """Some are not for repair: a number that says of the file that it is of a later version; and nothing at all."""
        data = self.variant.data
        if 'newer version' in ran.stderr and data[60:64] != self.work.data[60:64]:
            return True
        return 'not a file of notes' in ran.stderr and len(data) < PAGE and not self.variant.with_backup

    def judge(self):
        self.check_first_look()
        self.work.put(self.variant.data, self.variant.log, self.variant.with_backup)
        ran = self.work.run('repair', '--json', ok=(0, 1))
        if ran.returncode == 1:
            if not self.refuses(ran) or self.work.path.read_bytes() != self.variant.data:
                raise Wrong(f'it is not repaired: {ran.stderr.strip()}')
            return 'refused'
        report = json.loads(ran.stdout)[0]
        if report['sound']:
            if self.work.path.read_bytes() != self.variant.data:
                raise Wrong('a sound file was changed')
            self.work.run('check')
            self.compare(read_notes(self.work.path))
            return 'sound'
        self.check_kept(report)
        notes = read_notes(self.work.path)
        self.check_told(report, notes)
        told = {note['id'] for note in report['notes']} | {note['beside'] for note in report['notes'] if 'beside' in note}
        self.compare(notes, told, report['unknown'], not any('tag' in remark for remark in report['remarks']))
        n_whole = sum(note not in told for note in notes)
        if report['whole'] != n_whole:
            raise Wrong(f'{report["whole"]} notes are said to be whole, and {n_whole} are')
        return 'repaired'


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument('octavo', type=Path)
    words.add_argument('count', nargs='?', type=int, default=1000)
    words.add_argument('seed', nargs='?', type=int, default=int.from_bytes(os.urandom(3), 'big'))
    words.add_argument('--small', action='store_true', help='without the vault')
    words.add_argument('--only', type=int, help='this variant alone, and leave its folder there')
    given = words.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    began, passed, failed = time.monotonic(), 0, 0
    ends, unseen = collections.Counter(), 0
    folder = tempfile.mkdtemp(prefix='octavo-damage-')
    print(f'seed {given.seed}', flush=True)
    try:
        work = Work(given.octavo.resolve(), folder, given.small)
        print(f'{len(work.truth)} notes, {len(work.data)} bytes, a log of {len(work.log)}', flush=True)
        for number in range(given.count) if given.only is None else [given.only]:
            variant = Variant(work, number, given.seed)
            judge = Judge(work, variant)
            try:
                ends[judge.judge()] += 1
                passed += 1
                unseen += judge.unseen > 0
            except (Wrong, subprocess.TimeoutExpired, sqlite3.Error, OSError) as wrong:
                failed += 1
                print(f'FAILED: variant {number} ({variant}): {wrong}', flush=True)
    finally:
        if given.only is None:
            shutil.rmtree(folder)
    print(', '.join(f'{count} {end}' for end, count in ends.most_common()) +
          f'; {unseen} with a bit turned within a text, which nobody sees; {time.monotonic() - began:.0f} seconds')
    print(f'{passed} passed, {failed} failed')
    sys.exit(failed > 0)


main()
