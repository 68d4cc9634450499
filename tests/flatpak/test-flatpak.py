# SPDX-License-Identifier: GPL-3.0-or-later
"""What was built and installed by flatpak: what it may do, what the desktop gets of it, and how a person uses it.

    test-flatpak.py FOLDER ID VERSION [CASE]…      FOLDER has what flatpak-builder built in build/

Runs inside tests/flatpak/run. Ends with 'N passed, N failed'; leaves FOLDER/window.png.
"""
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
import unittest
from contextlib import closing
from pathlib import Path

FOLDER, ID, VERSION = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / 'support')]
import tap
from journey import Journey
from sandbox import PortalDesktop

NOTES = Path(__file__).parents[2] / 'data' / 'sample-notes'
BUILT = FOLDER / 'build' / 'files' / 'share'
EXPORTED = Path(os.environ['FLATPAK_USER_DIR']) / 'exports' / 'share'
PERMISSIONS = {'shared': {'ipc'}, 'sockets': {'x11', 'wayland', 'fallback-x11'}, 'devices': {'dri'}}
EXPORTS = ('applications', 'icons', 'dbus-1/services', 'gnome-shell/search-providers', 'mime/packages')
BROWSER = '''[Desktop Entry]
Type=Application
Name=Browser
Exec=sh -c "echo \\"$1\\" >> {}" browser %u
MimeType=x-scheme-handler/https;
'''

# GTK 4.18 tries which width a column of texts needs, and complains of the tries
FOREIGN = 'Trying to measure GtkLabel'


def run(*argv):
    return subprocess.run(argv, capture_output=True, text=True, timeout=120)


def in_sdk(command, *arguments):
    """Run a tool of the SDK; what is built can be read there."""
    return run('flatpak', 'run', '--user', f'--filesystem={FOLDER}:ro', f'--command={command}',
               f'org.gnome.Sdk//{VERSION}', *map(str, arguments))


class Package(unittest.TestCase):
    """What was built and installed."""

    def valid(self, done):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_it_has_these_permissions_and_no_other(self):
        told = run('flatpak', 'info', '--user', '--show-permissions', ID).stdout
        print(''.join(f'# {line}\n' for line in told.splitlines()), end='')
        lines = [line for line in told.splitlines() if line]
        self.assertEqual(lines[:1], ['[Context]'])
        found = {}
        for line in lines[1:]:
            name, _, values = line.partition('=')
            found[name] = {value for value in values.split(';') if value}
        self.assertEqual(found, PERMISSIONS)

    def test_it_runs_on_that_platform(self):
        told = run('flatpak', 'info', '--user', '--show-runtime', ID).stdout.strip()
        self.assertEqual(told, f'org.gnome.Platform/x86_64/{VERSION}')

    def test_the_desktop_entry_is_valid(self):
        files = list((BUILT / 'applications').glob('*.desktop'))
        self.assertEqual([file.name for file in files], [f'{ID}.desktop'])
        self.valid(in_sdk('desktop-file-validate', *files))

    def test_the_metainfo_is_valid(self):
        files = [file for folder in ('metainfo', 'appdata') for file in (BUILT / folder).glob('*.xml')]
        self.assertEqual(len(files), 1)
        self.valid(in_sdk('appstreamcli', 'validate', '--no-net', *files))

    def test_the_settings_are_valid(self):
        self.valid(in_sdk('glib-compile-schemas', '--strict', '--dry-run', BUILT / 'glib-2.0' / 'schemas'))

    def test_all_that_the_desktop_is_to_know_is_exported(self):
        for folder in EXPORTS:
            for file in (BUILT / folder).rglob('*'):
                if file.is_file() and file.name != 'icon-theme.cache':
                    self.assertTrue((EXPORTED / file.relative_to(BUILT)).is_file(),
                                    f'{file.relative_to(BUILT)} is not exported: its name has to begin with {ID}')
        for file in (f'applications/{ID}.desktop', f'icons/hicolor/scalable/apps/{ID}.svg',
                     f'icons/hicolor/symbolic/apps/{ID}-symbolic.svg'):
            self.assertTrue((EXPORTED / file).is_file(), file)

    def test_it_brings_what_the_platform_lacks_and_nothing_to_build_with(self):
        files = [str(file.relative_to(BUILT.parent)) for file in BUILT.parent.rglob('*') if not file.is_dir()]
        self.assertTrue(any(file.startswith('lib/libmd4c.so') for file in files))
        self.assertEqual([file for file in files if file.endswith(('.h', '.pc', '.a', '.la'))
                          and not file.startswith('lib/debug/')], [])


class Person(Journey):
    """A person at a desktop who uses what is installed."""

    wm = 'metacity' if shutil.which('metacity') else 'openbox'
    size = 1280, 900

    def setUp(self):
        self.desktop = PortalDesktop(wm=self.wm, size=self.size)
        self.addCleanup(self.desktop.close)
        self.desktop.screen.paint(0xc8c6d0)
        self.own = Path(self.desktop.env['HOME']) / '.var' / 'app' / ID
        self.database = self.own / 'data' / 'octavo' / 'notes.db'
        self.env = {'G_DEBUG': 'fatal-criticals'}

    def open(self, *arguments, env=None):
        app = self.desktop.launch_installed(ID, *arguments, env={**self.env, **(env or {})})
        app.wait_for('list', '^Sidebar$', timeout=20, shown=False)
        return app

    def end(self, app, code=0, timeout=5):
        app.stop(timeout)
        print(''.join(f'# {line}\n' for line in app.err.splitlines()), end='')
        self.assertEqual(app.complaints(FOREIGN), [])
        self.assertEqual(app.code, code, app.err[-4000:])

    def import_notes(self, app, path):
        """By Ctrl+O and the file chooser of the portal, which is not in the sandbox."""
        app.key('ctrl+o')
        self.desktop.chooser().give(path.name, 'Import')

    def vault(self):
        """The sample notes, where only the person can read them, and not the application."""
        vault = Path(self.desktop.env['HOME']) / 'Notes'
        shutil.copytree(NOTES, vault)
        return vault

    def mode(self, path):
        return stat.S_IMODE(path.stat().st_mode)

    def run_octavo(self, *arguments, code=0, text=None):
        """The command line in the sandbox; what stands between @@ is handed in by the portal of documents."""
        done = subprocess.run(['flatpak', 'run', '--user', '--file-forwarding', ID, *map(str, arguments)],
                              env=self.desktop.outside, input=text, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def command(self, app, name):
        """Names of the items of menus are not told by this GTK, so by Ctrl+Shift+P."""
        app.key('ctrl+shift+p')
        self.focus(app, 'Command')
        app.type(name)
        app.wait(lambda: app.find('list item', f'^{name}'), 5, f'the command {name!r}')
        app.key('Return')

    def strangers(self):
        """What is in the person's home that is neither the application's own nor the desktop's."""
        home = Path(self.desktop.env['HOME'])
        return {str(file.relative_to(home)) for file in home.rglob('*')
                if file.is_file() and not file.is_relative_to(self.own) and not file.is_relative_to(home / '.local')}

    def test_a_vault_is_imported_searched_edited_and_there_again(self):
        vault = self.vault()
        before = self.strangers()
        app = self.open()
        self.import_notes(app, vault)
        count = len(list(vault.rglob('*.md')))
        app.wait_for(None, f'^{count} notes imported$', timeout=20)
        self.assertEqual(self.ask('SELECT count (*) FROM note'), [(count + 1,)]) # and the one that welcomes
        self.assertEqual((self.mode(self.database.parent), self.mode(self.database)), (0o700, 0o600))

        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        app.type('garten')
        self.wait_rows(app, 'Gartentagebuch')
        self.enter(app, 'Gartentagebuch', 'ctrl+End')
        app.type('\nSeen in the sandbox.')
        self.until_stored(app, "SELECT body LIKE '%Seen in the sandbox.%' FROM note WHERE title = 'Gartentagebuch'", 1)
        self.quit(app)

        app = self.open()
        self.choose(app, 'Gartentagebuch')
        self.assertTrue(self.text(app).rstrip().endswith('Seen in the sandbox.'))
        app.screen.move(1, 1)
        app.calm(30)
        app.screenshot(str(FOLDER / 'window.png'))
        self.quit(app)
        self.assertEqual(self.strangers(), before)

    def test_the_command_line_works_beside_the_window(self):
        vault = self.vault()
        app = self.open()
        self.run_octavo('import', '@@', vault / 'Quotations.md', '@@')
        app.wait(lambda: 'Quotations' in self.rows(app), 5, 'the row of the note')
        self.add('Told', 'by the command line')
        self.assertLessEqual({'Told', 'Quotations'}, set(self.notes()))
        self.quit(app)

    def test_what_could_not_be_saved_outlives_the_sandbox(self):
        self.add('One', 'text')
        app = self.open()
        self.enter(app, 'One', 'ctrl+End')
        kept = self.own / '.local' / 'state' / 'octavo' / f'{ID}.unsaved'
        with closing(sqlite3.connect(self.database)) as file:
            file.execute('BEGIN IMMEDIATE')
            app.type(' and more')
            app.wait(lambda: kept.exists() and 'text and more' in kept.read_text(), 10, 'the text in a file of its own')
            self.assertEqual(self.mode(kept), 0o600)
            app.kill9()
            file.rollback()
        app = self.open()
        app.wait_for(None, '^1 note that could not be saved last time is saved now$')
        self.until_stored(app, 'SELECT body FROM note', 'text and more')
        self.assertFalse(kept.exists())
        self.quit(app)

    def test_nor_is_it_lost_where_nothing_can_be_written(self):
        self.add('One', 'text')
        state = self.own / '.local' / 'state' / 'octavo'
        shutil.rmtree(state, ignore_errors=True)
        state.parent.mkdir(parents=True, exist_ok=True)
        state.write_text('in the way')
        kept = Path(os.environ['XDG_RUNTIME_DIR']) / 'app' / ID / f'{ID}.unsaved'
        app = self.open()
        self.enter(app, 'One', 'ctrl+End')
        with closing(sqlite3.connect(self.database)) as file:
            file.execute('BEGIN IMMEDIATE')
            app.type(' and more')
            app.wait(lambda: kept.exists() and 'text and more' in kept.read_text(), 10, 'the text in memory')
            app.kill9()
            file.rollback()
        app = self.open()
        self.until_stored(app, 'SELECT body FROM note', 'text and more')
        self.assertFalse(kept.exists())
        self.quit(app)

    def test_backups_go_into_a_folder_that_is_chosen(self):
        folder = Path(self.desktop.env['HOME']) / 'Backups'
        folder.mkdir()
        self.add('One', 'before')
        app = self.open()
        app.key('ctrl+comma')
        app.click(app.wait_for('push button', '^Choose a folder for backups$'))
        self.desktop.chooser().give('Backups', 'Choose')
        app.wait_for('push button', '^Backups beside the notes$')
        self.assertIsNone(app.find('push button', '^_?Move…?$'))
        app.key('Escape')
        self.quit(app)

        app = self.open()
        self.command(app, 'Backups')
        app.click(app.wait_for('push button', '^_?Back Up Now$'))
        app.wait(lambda: any(folder.iterdir()), 10, 'a backup')
        list_ = app.wait_for('list', '^Backups$')
        app.click(app.wait_for('list item', under=list_))
        list_ = app.wait_for('list', '^Notes in the backup$')
        app.wait_for('list item', '^One$', under=list_)
        self.end(app)
        # one, or that of the day beside it
        self.assertEqual({self.mode(file) for file in folder.iterdir() if file.suffix == '.db'}, {0o600})

    def test_a_file_from_elsewhere_is_not_worked_on_but_taken_over(self):
        elsewhere = Path(self.desktop.env['HOME']) / 'elsewhere.db'
        self.add('Theirs', 'from elsewhere')
        os.rename(self.database, elsewhere)
        before = elsewhere.read_bytes()
        done = subprocess.run(['flatpak', 'run', '--user', '--file-forwarding', ID, 'add', '--database', '@@', elsewhere, '@@',
                               '--title', 'Ours'],
                              env=self.desktop.outside, capture_output=True, text=True, timeout=60)
        self.assertIn('“elsewhere.db” is only lent to Octavo', done.stderr)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(elsewhere.read_bytes(), before)

        app = self.open()
        self.command(app, 'Backups')
        app.click(app.wait_for('push button', '^_?Open a File…$'))
        self.desktop.chooser().give('elsewhere.db', 'Open')
        list_ = app.wait_for('list', '^Notes in the backup$')
        app.wait_for('list item', '^Theirs$', under=list_)
        app.click(app.wait_for('push button', '^Restore _?All Notes…$'))
        app.wait_for('push button', '^_?Go Back$').act('Click')
        self.until_stored(app, 'SELECT title FROM note', 'Theirs')
        self.end(app)

    def test_links_are_opened_by_the_desktop(self):
        visited = Path(self.desktop.dir) / 'visited'
        folder = Path(self.desktop.env['HOME']) / '.local' / 'share' / 'applications'
        folder.mkdir(parents=True)
        (folder / 'browser.desktop').write_text(BROWSER.format(visited))
        (folder / 'mimeinfo.cache').write_text('[MIME Cache]\nx-scheme-handler/https=browser.desktop;\n')
        self.add('One', '<https://example.org/a>')
        app = self.open()
        self.enter(app, 'One')
        app.key('Right', 'Right', 'ctrl+Return')
        app.wait(lambda: visited.exists() and visited.read_text() == 'https://example.org/a\n', 10, 'the visit')
        self.quit(app)


def main():
    result = tap.told(sys.modules['__main__'], 'flatpak', sys.argv[4:])
    failed = len(result.failures) + len(result.errors)
    print(f'== after {time.time() - float(os.environ["BEGAN"]):.0f} s', flush=True)
    print(f'{result.testsRun - failed} passed, {failed} failed', flush=True)
    sys.exit(1 if failed else 0)


main()
