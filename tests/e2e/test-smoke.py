# SPDX-License-Identifier: GPL-3.0-or-later
"""A first quarter of an hour with Octavo, wherever it is: built here, or installed; with GTK 4.8, or with a later one."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main


class Smoke(Journey):

    def setUp(self):
        super().setUp()
        self.env['GSETTINGS_BACKEND'] = 'keyfile'  # in the folder of this desktop

    def search(self, app, words):
        app.key('ctrl+shift+f')
        self.focus(app, 'Search notes')
        app.key('ctrl+a')
        app.type(words)

    def test_write_search_quit_and_start_again(self):
        app = self.open()
        self.write(app, 'Shopping', 'milk and eggs')
        self.write(app, 'Garden', 'roses')
        self.until_stored(app, 'SELECT title, body FROM note', 'Garden', 'roses')
        self.wait_rows(app, 'Garden', 'Shopping')
        self.search(app, 'egg')
        self.wait_rows(app, 'Shopping')
        app.key('Escape')
        self.wait_rows(app, 'Garden', 'Shopping')
        self.quit(app)

        app = self.open()
        self.wait_rows(app, 'Garden', 'Shopping')
        self.choose(app, 'Shopping')
        self.wait_text(app, 'milk and eggs')
        self.quit(app)

    def test_the_window_and_the_command_line_share_a_file(self):
        folder = Path(self.desktop.dir, 'vault')
        folder.mkdir()
        (folder / 'Home.md').write_text('---\ntags: [house]\n---\nWhere the keys hang\n')
        app = self.open()
        self.run_octavo('import', str(folder))
        self.wait_rows(app, 'Home')
        self.choose(app, 'Home')
        app.click(app.wait_for('text', '^Note text$'))
        self.focus(app, 'Note text')
        app.key('ctrl+Home')
        app.type('Note ')
        self.until_stored(app, 'SELECT body FROM note', 'Note Where the keys hang\n')
        self.run_octavo('export', f'{self.desktop.dir}/out')
        self.assertIn('Note Where the keys hang', Path(self.desktop.dir, 'out/Home.md').read_text())
        self.run_octavo('backup', f'{self.desktop.dir}/copy.db')
        self.assertIn('Home', self.run_octavo('--database', f'{self.desktop.dir}/copy.db', 'search', 'tag:house'))
        self.run_octavo('check')
        self.quit(app)

    def test_settings_are_kept(self):
        kept = Path(self.env.get('XDG_CONFIG_HOME', self.desktop.env['XDG_CONFIG_HOME']), 'glib-2.0/settings/keyfile')
        app = self.open()
        self.write(app, 'One', 'text')
        app.key('ctrl+plus', 'ctrl+plus')
        app.wait(lambda: kept.exists() and 'zoom=' in kept.read_text(), 5, f'the zoom in {kept}')
        self.quit(app)
        self.assertNotIn('Settings are not kept', app.err)


main('smoke')
