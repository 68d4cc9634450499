# SPDX-License-Identifier: GPL-3.0-or-later
"""Look at what is installed: installed.py DESTDIR PREFIX [FOLDER]…

DESTDIR is where the tree of PREFIX lies. Of / and /usr, which many share, the package octavo says which files are of it.
The list of files is in installed.txt. Of the FOLDERs in which it was built nothing may be told in what is installed.
"""
import configparser
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap

DESTDIR, PREFIX = Path(sys.argv[1]).resolve(), sys.argv[2]
BUILT_IN = [os.path.realpath(folder) for folder in sys.argv[3:]]
ROOT = DESTDIR / PREFIX.lstrip('/')
PACKAGED = str(DESTDIR / PREFIX.lstrip('/')) == '/usr'
OCTAVO = ROOT / 'bin/octavo'
ENDBR64 = bytes.fromhex('f30f1efa')
TOP = Path(__file__).resolve().parents[2]
# What installing makes of all that is there, and what a package has of its own.
MADE = re.compile(r'share/(glib-2\.0/schemas/gschemas\.compiled|icons/hicolor/icon-theme\.cache|applications/mimeinfo\.cache'
                  r'|mime/(?!packages/).*)')
OF_PACKAGE = re.compile(r'share/(doc/octavo|lintian/overrides)/.*')


def expected():
    lines = Path(__file__).with_name('installed.txt').read_text().splitlines()
    return sorted(line for line in lines if line and not line.startswith('#'))


def found():
    """The files, relative to the prefix."""
    if PACKAGED:
        listed = subprocess.run(['dpkg-query', '-L', 'octavo'], capture_output=True, text=True, check=True).stdout.splitlines()
        names = [os.path.relpath(path, ROOT) for path in listed if not os.path.isdir(path)]
        return sorted(re.sub(r'(share/man/.*)\.gz$', r'\1', name) for name in names if not OF_PACKAGE.fullmatch(name))
    top = ROOT if str(DESTDIR) == '/' else DESTDIR
    files = [path for path in top.rglob('*') if path.is_symlink() or not path.is_dir()]
    return sorted(name for name in (os.path.relpath(path, ROOT) for path in files) if not MADE.fullmatch(name))


def paths():
    return [ROOT / name for name in found() if (ROOT / name).exists()]


def of_kind(pattern):
    return [path for path in paths() if path.match(pattern)]


def program_of(command):
    """The program of a command in a file: where it lies here."""
    word = command.split()[0]
    return DESTDIR / word.lstrip('/') if word.startswith('/') else ROOT / 'bin' / word


def read_keys(path):
    parser = configparser.RawConfigParser(strict=True, delimiters='=')
    parser.optionxform = str
    parser.read_string(path.read_text())
    return parser


class Installed(unittest.TestCase):
    maxDiff = None

    def call(self, *arguments, folder):
        env = {name: value for name, value in os.environ.items() if not name.startswith(('OCTAVO', 'GSETTINGS', 'XDG'))}
        env.update(HOME=folder, XDG_DATA_HOME=f'{folder}/data', LC_ALL='C.UTF-8', OCTAVO_DATABASE=f'{folder}/notes.db')
        done = subprocess.run([OCTAVO, *arguments], capture_output=True, text=True, timeout=60, env=env)
        self.assertEqual((done.returncode, done.stderr), (0, ''), arguments)
        return done.stdout

    def validate(self, tool, files, *arguments):
        if not shutil.which(tool):
            self.skipTest(f'{tool} is not here')
        self.assertTrue(files)
        for path in files:
            done = subprocess.run([tool, *arguments, path], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_files_are_those_of_the_list(self):
        self.assertEqual(found(), expected())

    def test_nothing_tells_where_it_was_built(self):
        told = [(str(path), folder) for path in paths() for folder in BUILT_IN if os.fsencode(folder) in path.read_bytes()]
        self.assertEqual(told, [])

    def test_rights(self):
        for path in paths():
            mode = stat.S_IMODE(path.stat().st_mode)
            self.assertEqual(mode, 0o755 if path == OCTAVO else 0o644, f'{path}: {mode:o}')

    def test_it_runs(self):
        version = re.search(r"version: '([^']+)'", (TOP / 'meson.build').read_text())[1]
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn(version, self.call('--version', folder=folder))
            self.assertEqual(self.call('add', '--title', 'One', '--tag', 'first', 'text', folder=folder), '1\n')
            self.assertIn('One', self.call('list', folder=folder))
            self.assertIn('One', self.call('search', 'tag:first tex', folder=folder))

    def test_it_is_hardened(self):
        if not shutil.which('readelf'):
            self.skipTest('readelf is not here')
        told = subprocess.run(['readelf', '--wide', '--file-header', '--segments', '--dynamic', '--dyn-syms', OCTAVO],
                              capture_output=True, text=True, check=True, env={**os.environ, 'LC_ALL': 'C'}).stdout
        self.assertRegex(told, r'Type: +DYN')                    # its place is a matter of chance
        self.assertRegex(told, r'GNU_RELRO')                     # what the loader wrote is read-only afterwards
        self.assertRegex(told, r'\(FLAGS_1\) .*NOW')
        self.assertRegex(told, r'GNU_STACK .* RW +0x')           # a stack holds no code
        self.assertIn('__stack_chk_fail', told)
        self.assertRegex(told, r'__(?!stack)\w+_chk@')           # calls that know how much room there is
        if not PACKAGED and platform.machine() == 'x86_64':      # functions begin where calls may go: -fcf-protection
            self.assertGreater(OCTAVO.read_bytes().count(ENDBR64), 100)

    def test_services_start_what_is_there(self):
        for path in of_kind('share/dbus-1/services/*.service'):
            service = read_keys(path)['D-BUS Service']
            self.assertEqual(f'{service["Name"]}.service', path.name)
            self.assertTrue(os.access(program_of(service['Exec']), os.X_OK), service['Exec'])

    def test_search_providers_are_of_a_service(self):
        services = [path.stem for path in of_kind('share/dbus-1/services/*.service')]
        for path in of_kind('share/gnome-shell/search-providers/*.ini'):
            provider = read_keys(path)['Shell Search Provider']
            self.assertIn(provider['BusName'], services)
            self.assertTrue((ROOT / 'share/applications' / provider['DesktopId']).exists(), provider['DesktopId'])

    def test_the_desktop_entry_names_what_is_there(self):
        icons = {path.stem for path in of_kind('share/icons/hicolor/*/apps/*')}
        services = [path.stem for path in of_kind('share/dbus-1/services/*.service')]
        for path in of_kind('share/applications/*.desktop'):
            entry = read_keys(path)
            self.assertIn(entry['Desktop Entry']['Icon'], icons)
            if entry['Desktop Entry'].get('DBusActivatable') == 'true':
                self.assertIn(path.stem, services)
            for group in entry.sections():
                self.assertTrue(os.access(program_of(entry[group]['Exec']), os.X_OK), entry[group]['Exec'])

    def test_the_desktop_entry_is_valid(self):
        self.validate('desktop-file-validate', of_kind('share/applications/*.desktop'))

    def test_the_metainfo_is_valid(self):
        self.validate('appstreamcli', of_kind('share/metainfo/*.xml'), 'validate', '--no-net')

    def test_the_schema_is_valid(self):
        schemas = [ROOT / 'share/glib-2.0/schemas']
        self.validate('glib-compile-schemas', schemas, '--strict', '--dry-run')


tap.run(sys.modules['__main__'], 'installed')
