#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a file of notes of some version as SQL: write-schema.py VERSION >tests/fixtures/schemas/VERSION.sql

To be run once for each migration that is released, before the next one is written; what it wrote is not changed again.
The notes are always the same ones.
"""
import sqlite3
import sys
import zlib
from pathlib import Path

MIGRATIONS = Path(__file__).resolve().parents[2] / 'resources/migrations'
APPLICATION_ID = 0x4F435456  # OCTAVO_SCHEMA_FILE_ID
TIME = 1700000000000000
USERS = [(1, 'Ada Lovelace', 'ada lovelace', 'ada@example.org', '#3584e4'), (2, "O'Brien", "o'brien", '', ''),
         (5, 'Zoë 木', 'zoë 木', '', '#e01b24')]
TAGS = [(1, 'work', 'work', '#2ec27e'), (2, 'work/Project X', 'work/project x', ''), (7, 'Überall', 'überall', '')]
NOTES = [  # id, user, trashed, pinned, title, aliases, front matter, body
    (1, 1, 0, 1, 'Shopping list', '', '', '- [ ] milk\n- [x] bread\n'),
    (2, 1, 0, 0, '', '', '', ''),
    (3, 2, 0, 0, "It's \"quoted\"; DROP TABLE note; --", 'Bobby\nTables', 'source: web\n', "'; %s \\ \"\" [[Shopping list]]\r\n"),
    (4, 5, 0, 0, '日本語のノート', '', '', 'Ein schöner Tag \U0001F600\n\n\u05e9\u05dc\u05d5\u05dd\n'),
    (5, 1, TIME + 5, 0, 'Thrown away', '', '', 'gone, but not lost\n'),
    (6, 1, 0, 0, 'Long', '', '', ''.join(f'Line {i}: the quick brown fox\n' for i in range(600))),
    (9, 2, 0, 0, 'After a gap', '', '', 'Ids 7 and 8 were deleted for ever.\n'),
]
LABELS = [(1, 1), (1, 7), (3, 2), (4, 7), (5, 1), (9, 2)]


def fill(file, version):
    file.executemany('INSERT INTO user VALUES (?, ?, ?, ?, ?, ?)', [(*user, TIME + user[0]) for user in USERS])
    file.executemany('INSERT INTO tag VALUES (?, ?, ?, ?)', TAGS)
    for key, user, trashed, pinned, title, aliases, front, body in NOTES:
        excerpt = ' '.join(body.split())[:60]
        file.execute('INSERT INTO note (id, user_id, created, updated, trashed, pinned, title, excerpt, aliases, '
                     'front_matter, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                     (key, user, TIME + key, TIME + 100 * key, trashed, pinned, title, excerpt, aliases, front, body))
    file.executemany('INSERT INTO note_tag VALUES (?, ?)', LABELS)
    file.execute("INSERT INTO note_origin VALUES (3, '/home/o''brien/It''s.md', 'abc', 'def')")
    if version >= 2:
        file.execute("INSERT INTO saved_search VALUES (1, 'At work', 'at work', 'tag:work -\"done\"', 1)")
    if version >= 3:
        file.execute("INSERT INTO undo_step VALUES (1, 'trash', '', 1, ?, 0, 0)", (TIME,))
        file.execute("INSERT INTO undo_row (step_id, place, what, key, old_1, new_1) VALUES (1, 'note', 'update', 5, 0, 7)")
    if version >= 4:
        fill_history(file)


def fill_history(file):
    packed = zlib.compress('Line 0: as it was\n'.encode() * 40)
    file.execute("INSERT INTO note_version VALUES (1, 6, ?, ?, 'left', 'Long', ?, 'zlib', ?)",
                 (TIME + 50, TIME + 40, 40 * 18, packed))
    file.execute("INSERT INTO note_version VALUES (3, 4, ?, ?, 'rest', 'Ein Tag', 4, 'plain', ?)",
                 (TIME + 60, TIME + 50, 'alt\n'.encode()))


def main():
    version = int(sys.argv[1])
    file = sqlite3.connect(':memory:', isolation_level=None)
    for path in sorted(MIGRATIONS.glob('*.sql'))[:version]:
        file.executescript(path.read_text(encoding='utf-8'))
    fill(file, version)
    print(f'PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {version};\nPRAGMA foreign_keys = OFF;')
    print('\n'.join(file.iterdump()))


main()
