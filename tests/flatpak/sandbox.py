# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop with portals, an application that was installed by flatpak on it, and the file chooser of the portal."""
import os
import sys
from pathlib import Path

from gi.repository import GLib

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from drive import App, Desktop
from drive.common import MASK, QUIET

PORTALS = {
    'org.freedesktop.impl.portal.PermissionStore': '/usr/libexec/xdg-permission-store',
    'org.freedesktop.portal.Documents': '/usr/libexec/xdg-document-portal',
    'org.freedesktop.impl.portal.desktop.gtk': '/usr/libexec/xdg-desktop-portal-gtk',
    'org.freedesktop.portal.Flatpak': '/usr/libexec/flatpak-portal',
    'org.freedesktop.portal.Desktop': '/usr/libexec/xdg-desktop-portal',
}
# What the tests of the window set, so that nothing but the window is in them, is not for a sandbox.
NOT_THERE = ('AT_SPI_BUS_ADDRESS', 'GSETTINGS_BACKEND', 'GTK_USE_PORTAL', 'ADW_DISABLE_PORTAL', 'GIO_USE_VFS', 'TMPDIR',
             'GTK_A11Y', 'GDK_DEBUG', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME')


def find_windows(app, name, value):
    """The windows of the connection to the display that has one with that property in sight; a program may have others."""
    screen, level = app.screen, [app.screen.root]
    for _ in range(3):
        level = [kid for window in level for kid in screen.children(window)]
        for window in level:
            if screen.prop(window, name) == value:
                screen.base[app.pid] = window & ~MASK
                found = screen.windows(app.pid)
                if found:
                    return found
    return []


class PortalDesktop(Desktop):
    """A desktop on which what is installed in FLATPAK_USER_DIR runs, with the portals of GTK."""

    def __init__(self, **options):
        super().__init__(**options)
        self.env.update(XDG_RUNTIME_DIR=os.environ['XDG_RUNTIME_DIR'], XDG_CURRENT_DESKTOP='GNOME',
                        FLATPAK_USER_DIR=os.environ['FLATPAK_USER_DIR'],
                        FLATPAK_SYSTEM_DIR=os.environ['FLATPAK_SYSTEM_DIR'])
        self.outside = {name: value for name, value in self.env.items() if name not in NOT_THERE}
        self._offer('org.a11y.Bus', [sys.executable, str(Path(__file__).parent / 'a11y_bus.py'),
                                     self.env['AT_SPI_BUS_ADDRESS']])
        self.portals = {name: self._offer(name, [program]) for name, program in PORTALS.items()}

    def _offer(self, name, argv):
        process = self.spawn(argv, name, {**self.outside, 'AT_SPI_BUS_ADDRESS': self.env['AT_SPI_BUS_ADDRESS']})
        self._until(lambda: self.ask('NameHasOwner', '(s)', name), name)
        return process

    def launch_installed(self, app_id, *arguments, env=None):
        """Start what is installed under that id, and wait for its window."""
        app = Installed(self, app_id, arguments, env)
        self.apps.append(app)
        app.connect()
        app.wait(app.shown, 20, 'a window')
        return app

    def chooser(self):
        """The file chooser of the portal, once it shows one."""
        chooser = Chooser(self, self.portals['org.freedesktop.impl.portal.desktop.gtk'])
        chooser.wait(chooser.shown, 10, 'the file chooser')
        chooser.connect()
        return chooser


class Installed(App):
    """An application in its sandbox: it has another number there, and a proxy stands between it and each bus."""

    def __init__(self, desktop, app_id, arguments, env):
        self.app_id = app_id
        outside, desktop.env = desktop.env, desktop.outside
        self.desktop = desktop
        self.others = {name for name, _ in self.on_bus()} # the proxy of a run that was killed stays for a while
        try:
            super().__init__(desktop, ['flatpak', 'run', '--user', app_id, *arguments], env)
        finally:
            desktop.env = outside

    def shown(self):
        return find_windows(self, '_GTK_APPLICATION_ID', self.app_id.encode())

    def on_bus(self):
        """What is on the accessibility bus: (name, path)."""
        return self.desktop.bus.call_sync(
            'org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root', 'org.a11y.atspi.Accessible',
            'GetChildren', None, None, QUIET, 5000, None).unpack()[0]

    def connect(self, timeout=20):
        def look():
            for name, path in self.on_bus():
                if name in self.others:
                    continue
                pid = self.desktop.ask('GetConnectionUnixProcessID', '(s)', name)
                if Path(f'/proc/{pid}/comm').read_text().strip() == 'xdg-dbus-proxy':
                    self.name_on_bus, self.root = name, path
                    return True
            return False
        return self.wait(look, timeout, 'the application on the accessibility bus', pause=.01)


class Chooser(App):
    """The dialogs of a portal that runs already."""

    def __init__(self, desktop, process):
        self.desktop, self.screen, self.code, self.own, self._spot = desktop, desktop.screen, None, False, (None, 0)
        self._role, self._layer, self._parent, self._opened, self.name_on_bus = {}, {}, {}, set(), None
        self.scale, self.proc, self.pid, self.files = 1, process, process.pid, ('/dev/null', '/dev/null')

    def shown(self):
        return find_windows(self, '_NET_WM_PID', [self.pid])

    def rect(self, node, timeout=3):
        """GTK 3 knows where on the screen it is."""
        return tuple(self.call(node.path, 'Component', 'GetExtents', '(u)', 0))

    def give(self, name, button):
        """Choose what is in the person's home under that name, press the button, and wait until the dialog is gone."""
        home = self.wait_for('list item', '^Home$')

        def listed():
            """What was used last may come up after the click."""
            self.click(home)
            return self.find('table cell', f'^{name}$')

        def chosen():
            """A click is lost on a list that is filled just then; two that follow at once would open a folder."""
            cell = self.find('table cell', f'^{name}$')
            if cell and 'selected' not in cell.states:
                self.click(cell)
            return cell and 'selected' in cell.states
        self.wait(listed, 5, f'{name} in the file chooser', pause=.3)
        self.wait(chosen, 10, f'{name} to be chosen', pause=1)
        self.click(self.wait_for('push button', f'^_?{button}$', states='sensitive'))
        self.wait(lambda: not self.screen.windows(self.pid), 5, 'the file chooser to close')
