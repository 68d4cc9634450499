# SPDX-License-Identifier: GPL-3.0-or-later
"""What a note said before: listed, shown, and brought back."""
import re
import sys

import tap
from command_line import TestCase

TIME = re.compile(r'\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z\Z')


class Versions(TestCase):
    def setUp(self):
        super().setUp()
        self.other = self.add('other')
        self.note = self.add('--title', 'First', '--tag', 'kept', 'one\n')
        self.run_octavo('edit', self.note, '--body', 'two\n')
        self.run_octavo('edit', self.note, '--title', 'Second', '--body', 'three\n')

    def versions(self, note=None):
        return self.run_octavo('versions', note or self.note, '--json').json

    def test_listed(self):
        versions = self.versions()
        self.assertEqual([(v['id'], v['title'], v['size'], v['reason']) for v in versions],
                         [(self.note, 'First', 4, 'command')] * 2)
        self.assertGreater(versions[0]['version'], versions[1]['version'])
        for version in versions:
            self.assertEqual(list(version), ['version', 'id', 'title', 'size', 'reason', 'updated', 'kept'])
            self.assertRegex(version['updated'], TIME)
            self.assertRegex(version['kept'], TIME)
            self.assertLessEqual(version['updated'], version['kept'])
        self.assertEqual(self.versions(self.other), [])
        lines = self.run_octavo('versions', self.note).out.splitlines()
        self.assertEqual([line.split('\t')[0] for line in lines], [str(v['version']) for v in versions])
        self.assertEqual([line.split('\t')[2:] for line in lines], [['command', 'First']] * 2)

    def test_tags_and_pins_are_none(self):
        self.run_octavo('edit', self.note, '--tag', 'new', '--pin')
        self.run_octavo('trash', self.note)
        self.assertEqual(len(self.versions()), 2)

    def test_shown(self):
        first = self.versions()[-1]
        shown = self.run_octavo('show', self.note, '--version', first['version'], '--json').json[0]
        self.assertEqual((shown['id'], shown['title'], shown['body'], shown['excerpt'], shown['tags']),
                         (self.note, 'First', 'one\n', 'one', ['kept']))
        self.assertEqual(shown['updated'], first['updated'])
        self.assertTrue(self.run_octavo('show', self.note, '--version', first['version']).out.endswith('\n\none\n'))
        self.assertEqual(self.show(self.note)['body'], 'three\n')

    def test_restored(self):
        first = self.versions()[-1]['version']
        self.run_octavo('restore', self.note, '--version', first)
        note = self.show(self.note)
        self.assertEqual((note['title'], note['body'], note['tags']), ('First', 'one\n', ['kept']))
        newest = self.versions()[0]
        self.assertEqual((newest['title'], newest['reason']), ('Second', 'restore'))
        self.run_octavo('restore', self.note, '--version', newest['version'])
        self.assertEqual(self.show(self.note)['body'], 'three\n')

    def test_another_note_s(self):
        version = self.versions()[0]['version']
        for command in ('show', 'restore'):
            for number in (version, version + 100, -1):
                note = self.other if number == version else self.note
                self.assert_complains(self.run_octavo(command, note, '--version', number, status=1))
        self.assertEqual(self.show(self.other)['body'], 'other')

    def test_usage(self):
        self.assert_usage(self.run_octavo('versions', status=2), 'versions')
        self.assert_usage(self.run_octavo('restore', self.note, self.other, '--version', 1, status=2), 'restore')
        self.assert_usage(self.run_octavo('show', self.note, '--version', 'x', status=2), 'show')
        self.assert_complains(self.run_octavo('versions', 999, status=3))
        self.assert_complains(self.run_octavo('show', 999, '--version', 1, status=3))

    def test_go_with_their_note(self):
        version = self.versions()[0]['version']
        self.run_octavo('trash', self.note)
        self.assertEqual(len(self.versions()), 2)
        self.run_octavo('delete', self.note)
        self.assert_complains(self.run_octavo('restore', self.note, '--version', version, status=1))


tap.run(sys.modules['__main__'], 'command-versions')
