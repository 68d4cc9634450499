# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told in several places about the version and about what building needs is the same: test-packaging.py SOURCE"""
import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap

TOP = Path(sys.argv[1])
# Debian's packages of what meson.build asks for; gio and gio-unix come with GLib.
PACKAGES = {'glib-2.0': 'libglib2.0-dev', 'gio-2.0': 'libglib2.0-dev', 'gio-unix-2.0': 'libglib2.0-dev',
            'sqlite3': 'libsqlite3-dev', 'yaml-0.1': 'libyaml-dev', 'json-glib-1.0': 'libjson-glib-dev',
            'md4c': 'libmd4c-dev', 'gtk4': 'libgtk-4-dev', 'libadwaita-1': 'libadwaita-1-dev',
            'gtksourceview-5': 'libgtksourceview-5-dev', 'libspelling-1': 'libspelling-1-dev'}


def read(name):
    return (TOP / name).read_text()


class Packaging(unittest.TestCase):

    def setUp(self):
        self.meson = read('meson.build')
        self.version = re.search(r"version: '([^']+)'", self.meson)[1]

    def test_the_version_is_the_same_everywhere(self):
        self.assertEqual(re.match(r'octavo \(([^)]+)-[^-)]+\)', read('debian/changelog'))[1], self.version)
        self.assertEqual(re.search(r'^## (\S+)', read('NEWS.md'), re.M)[1], self.version)
        self.assertEqual(re.search(r'<release version="([^"]+)"', read('data/io.github.octavo_notes.Octavo.metainfo.xml.in'))[1],
                         self.version)

    def test_building_needs_what_meson_asks_for(self):
        needs = dict(re.findall(r'([a-z][\w.+-]+) ?(?:\(([^)]*)\))?[,|\n ]', re.search(
            r'^Build-Depends:(.*?)^\S', read('debian/control') + '\n.', re.M | re.S)[1]))
        asked = re.findall(r"dependency \('([^']+)'(?:, version: '([^']+)')?", self.meson)
        self.assertGreater(len(asked), 8)
        for name, version in asked:
            self.assertIn(PACKAGES[name], needs)
            self.assertEqual(needs[PACKAGES[name]], version, name)

    def test_dev_installs_what_the_package_builds_with(self):
        listed = re.search(r'^BUILD="([^"]+)"', read('dev'), re.M)[1].split()
        for name in set(PACKAGES.values()) - {'libspelling-1-dev'}:
            self.assertIn(name, listed)


tap.run(sys.modules['__main__'], 'packaging')
