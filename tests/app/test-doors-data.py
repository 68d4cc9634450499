# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed for the desktop names what the program has: test-doors-data.py BUILD-DATA-FOLDER."""
import configparser
import re
import sys
import unittest
from pathlib import Path

import tap

DATA = Path(sys.argv[1])
ROOT = Path(__file__).parents[2]
NAME = 'io.github.octavo_notes.Octavo'


def read(ending):
    file = configparser.ConfigParser(interpolation=None, strict=True)
    file.optionxform = str
    file.read_string((DATA / f'{NAME}.{ending}').read_text())
    return file


class DoorsData(unittest.TestCase):

    def test_the_bus_starts_it_by_the_name_of_the_desktop_entry(self):
        service = read('service')['D-BUS Service']
        entry = read('desktop')['Desktop Entry']
        self.assertEqual(service['Name'], NAME)
        self.assertRegex(service['Exec'], r'^/.*/octavo --gapplication-service$')
        self.assertEqual(entry['DBusActivatable'], 'true')
        self.assertIn('x-scheme-handler/octavo', entry['MimeType'].split(';'))
        self.assertEqual(entry['Exec'], 'octavo %U')

    def test_each_action_is_one_of_the_application(self):
        desktop = read('desktop')
        source = (ROOT / 'app/octavo-application.c').read_text()
        actions = [name for name in desktop['Desktop Entry']['Actions'].split(';') if name]
        self.assertEqual(actions, ['new-note', 'search'])
        for name in actions:
            self.assertTrue(desktop[f'Desktop Action {name}']['Exec'].startswith('octavo --'))
            self.assertRegex(source, re.escape(f'.name = "{name}"'))

    def test_the_shell_asks_where_it_answers(self):
        provider = read('search-provider.ini')['Shell Search Provider']
        self.assertEqual(dict(provider), {'DesktopId': f'{NAME}.desktop', 'BusName': NAME, 'Version': '2',
                                          'ObjectPath': f'/{NAME.replace(".", "/")}/SearchProvider'})

    def test_it_asks_for_nothing_in_the_background(self):
        for path in [*ROOT.glob('app/*.c'), *ROOT.glob('ui/**/*.c'), *DATA.glob(f'{NAME}.*')]:
            self.assertNotRegex(path.read_text(errors='replace'), r'portal\.Background|autostart|RequestBackground', path)


tap.run(sys.modules['__main__'], 'doors-data')
