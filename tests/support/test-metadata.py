# SPDX-License-Identifier: GPL-3.0-or-later
"""What shops for programs are told agrees with the rest of the project.

    test-metadata.py ROOT
"""
import re
import sys
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap

ROOT = Path(sys.argv[1])
ID = 'io.github.octavo_notes.Octavo'


class Metadata(unittest.TestCase):

    def setUp(self):
        self.metainfo = ET.parse(ROOT / f'data/{ID}.metainfo.xml.in').getroot()

    def test_the_releases_are_those_of_the_news(self):
        told = [release.get('version') for release in self.metainfo.iter('release')]
        self.assertEqual(told, re.findall(r'^## (\S+)', (ROOT / 'NEWS.md').read_text(), re.M))
        self.assertIn(f"version: '{told[0]}'", (ROOT / 'meson.build').read_text())

    def test_the_summary_fits_a_tile(self):
        summary = self.metainfo.findtext('summary')
        self.assertLessEqual(len(summary), 35)
        self.assertFalse(summary.endswith('.'))

    def test_the_pictures_are_there(self):
        pictures = [image.text for image in self.metainfo.iter('image')]
        self.assertGreaterEqual(len(pictures), 3)
        for picture in pictures:
            self.assertTrue((ROOT / picture.split('/main/', 1)[1]).is_file(), picture)
        self.assertTrue(all(shot.findtext('caption') for shot in self.metainfo.iter('screenshot')))

    def test_it_opens_what_it_says(self):
        desktop = (ROOT / f'data/{ID}.desktop.in').read_text()
        opened = re.search(r'^MimeType=(.*)$', desktop, re.M)[1].strip(';').split(';')
        told = [each.text for each in self.metainfo.iter('mediatype')]
        self.assertEqual(told, [each for each in opened if not each.startswith('x-scheme-handler/')])


tap.run(sys.modules['__main__'], 'metadata', sys.argv[2:])
