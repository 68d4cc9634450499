# SPDX-License-Identifier: GPL-3.0-or-later
"""Every --json is what data/octavo.schema.json says, and that says enough to notice where it is not."""
import copy
import json
import sqlite3
import sys
import unittest
from contextlib import closing
from pathlib import Path

import tap
from command_line import TestCase

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMA = json.loads((Path(__file__).parents[2] / 'data/octavo.schema.json').read_text())
ODD = 'quote " back \\ slash / \x1b[31m bell \x07 del \x7f csi \x9b1m \u2028 \U0001f600 e\u0301 生存 \u202eabc'


@unittest.skipUnless(jsonschema, 'there is no python3-jsonschema')
class Schema(TestCase):
    def setUp(self):
        super().setUp()
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def validator(self, name):
        return jsonschema.Draft202012Validator({**SCHEMA, 'anyOf': [{'$ref': f'#/$defs/{name}'}]})

    def check(self, *arguments, status=0):
        """The document of a call, which is of the kind that its command has, and pure ASCII where a terminal obeys."""
        called = self.run_octavo(*arguments, '--json', status=status)
        document = json.loads(called.out)
        self.validator(arguments[0]).validate(document)
        self.assertNotRegex(called.out, '[\x00-\x09\x0b-\x1f\x7f-\x9f]')
        return document

    def fill(self):
        self.first = self.add('--title', ODD, '--tag', 'work/project', '--tag', 'été', '--user', 'Ada', ODD)
        self.run_octavo('edit', self.first, '--body', f'{ODD} again', '--pin')
        self.second = self.add('plain')
        self.run_octavo('trash', self.second)

    def test_nothing(self):
        for call in (('list',), ('search', 'x'), ('tags',), ('backup', '--list'), ('check',)):
            self.assertEqual(self.check(*call), [])
        self.assertEqual(len(self.check('users')), 1)

    def test_notes(self):
        self.fill()
        self.assertEqual([note['title'] for note in self.check('list')], [ODD])
        self.assertEqual(self.check('search', 'again')[0]['id'], self.first)
        self.assertIs(self.check('search', 'is:trashed')[0]['trashed'], True)
        shown, = self.check('show', self.first)
        self.assertEqual((shown['body'], shown['pinned']), (f'{ODD} again', True))
        version = self.check('versions', self.first)[0]
        self.assertEqual((version['id'], version['reason']), (self.first, 'command'))
        self.assertEqual(self.check('show', self.first, '--version', version['version'])[0]['body'], ODD)

    def test_times_without_a_calendar(self):
        self.fill()
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute('UPDATE note SET created = ?, updated = -1', (2 ** 62,))
            connection.commit()
        self.assertIsNone(self.check('list')[0]['created'])
        self.assertEqual(self.check('list')[0]['updated'], '1969-12-31T23:59:59.999999Z')

    def test_names(self):
        self.fill()
        self.assertEqual({tag['name'] for tag in self.check('tags')}, {'work/project', 'été'})
        self.assertIn('Ada', {user['name'] for user in self.check('users')})

    def test_backups(self):
        self.fill()
        path = Path(self.run_octavo('backup', '--now').out.rstrip('\n'))
        self.assertEqual([(made['kind'], made['notes']) for made in self.check('backup', '--list')], [('asked', 1)])
        path.write_bytes(b'\xa5' * path.stat().st_size)
        self.assertIsNone(self.check('backup', '--list')[0]['notes'])

    def test_check(self):
        self.fill()
        self.assertEqual(self.check('check'), [])
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("UPDATE search_meta SET version = 'older'")
            connection.commit()
        self.assertEqual([problem['mended'] for problem in self.check('check')], [True])
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute('PRAGMA foreign_keys = OFF')
            connection.execute('INSERT INTO note_tag (note_id, tag_id) VALUES (?, 777)', (self.first,))
            connection.commit()
        self.assertIn(False, [problem['mended'] for problem in self.check('check', status=1)])

    def test_repair(self):
        self.fill()
        for _ in range(40):
            self.add('--title', 'many', 'text ' * 500)
        self.assertIs(self.check('repair')[0]['sound'], True)
        self.run_octavo('backup', '--now')
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')
            size, = connection.execute('PRAGMA page_size').fetchone()
        with open(self.database, 'r+b') as file:
            pages = file.seek(0, 2) // size
            for page in range(pages // 3, pages - pages // 4):
                file.seek(page * size)
                file.write(b'\xa5' * size)
        report, = self.check('repair')
        self.assertIs(report['sound'], False)
        self.assertTrue(Path(report['kept']).exists())
        self.assertNotEqual(report['notes'], [])

    def test_what_is_wrong_is_noticed(self):
        self.fill()
        for name, call in (('list', ('list',)), ('search', ('search', 'again')), ('show', ('show', self.first)), ('tags', ('tags',)),
                           ('users', ('users',)), ('versions', ('versions', self.first))):
            document = self.check(*call)
            for field in document[0]:
                for wrong in (lambda value: value.pop(field), lambda value: value.update({field: {}})):
                    changed = copy.deepcopy(document)
                    wrong(changed[0])
                    self.assertFalse(self.validator(name).is_valid(changed), (name, field))
            document[0]['another'] = 1
            self.assertFalse(self.validator(name).is_valid(document), name)
            self.assertFalse(self.validator(name).is_valid({}), name)


tap.run(sys.modules['__main__'], 'command-json')
