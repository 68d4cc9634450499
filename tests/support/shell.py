# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's Shell, as far as Octavo meets it: it searches, opens links, and runs actions, all over the bus."""
import os
import signal
import subprocess
import time

from drive.app import App
from drive.common import PATIENCE, now
from gi.repository import Gio, GLib

NAME = 'io.github.octavo_notes.Octavo'
PATH = '/io/github/octavo_notes/Octavo'
PROVIDER = 'org.gnome.Shell.SearchProvider2'
APPLICATION = 'org.freedesktop.Application'
CREATE = 'special:create:'


class Process:
    """A process that somebody else has started, with what App needs of a subprocess."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        try:
            with open(f'/proc/{self.pid}/stat') as stat:
                return 0 if stat.read().rsplit(')', 1)[1].split()[0] == 'Z' else None
        except OSError:
            return 0

    def wait(self, timeout=30):
        end = now() + timeout
        while self.poll() is None:
            if now() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(.005)
        return 0

    def terminate(self):
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def kill(self):
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


class Started(App):
    """The program, as the bus has started it."""

    def __init__(self, desktop, pid):
        self.desktop, self.screen, self.code, self.own, self._spot = desktop, desktop.screen, None, False, (None, 0)
        self._role, self._layer, self._parent, self._opened, self.name_on_bus = {}, {}, {}, set(), None
        self.files, self.scale, self.started = [os.devnull, f'{desktop.dir}/{NAME}.err'], 1, now()
        self.proc, self.pid = Process(pid), pid
        self.screen.base.pop(pid, None)
        desktop.apps.append(self)

    def kill9(self):
        self.proc.kill()
        self.proc.wait()
        self._finish()


class Shell:
    """Asks the program that the bus starts, or that runs already."""

    def __init__(self, desktop, octavo, env):
        self.desktop = desktop
        desktop.offer(NAME, f'{octavo} --gapplication-service', env)

    def call(self, interface, method, signature, *args):
        path = PATH + '/SearchProvider' if interface == PROVIDER else PATH
        got = self.desktop.bus.call_sync(NAME, path, interface, method, GLib.Variant(signature, args), None,
                                         Gio.DBusCallFlags.NONE, int(30000 * PATIENCE), None).unpack()
        return got[0] if got else None

    def later(self, method, signature, *args):
        """Asks, and gives what waits for the answer: the answer, or the error."""
        box = []

        def done(bus, result):
            try:
                box.append(bus.call_finish(result).unpack()[0])
            except GLib.Error as error:
                box.append(error)
        self.desktop.bus.call(NAME, PATH + '/SearchProvider', PROVIDER, method, GLib.Variant(signature, args), None,
                              Gio.DBusCallFlags.NONE, int(30000 * PATIENCE), None, done)

        def wait():
            while not box:
                GLib.MainContext.default().iteration(True)
            return box[0]
        return wait

    # -- as the Shell searches

    def search(self, text):
        return self.call(PROVIDER, 'GetInitialResultSet', '(as)', text.split())

    def search_further(self, previous, text):
        return self.call(PROVIDER, 'GetSubsearchResultSet', '(asas)', previous, text.split())

    def metas(self, ids):
        return self.call(PROVIDER, 'GetResultMetas', '(as)', ids)

    def activate_result(self, result, text):
        self.call(PROVIDER, 'ActivateResult', '(sasu)', result, text.split(), 0)

    def launch_search(self, text):
        self.call(PROVIDER, 'LaunchSearch', '(asu)', text.split(), 0)

    # -- as it starts applications

    def activate(self):
        self.call(APPLICATION, 'Activate', '(a{sv})', {})

    def run_action(self, name):
        self.call(APPLICATION, 'ActivateAction', '(sava{sv})', name, [], {})

    def open_uris(self, *uris):
        self.call(APPLICATION, 'Open', '(asa{sv})', list(uris), {})

    # -- the program

    def pid(self):
        """Of the program that has the name; None where none runs."""
        try:
            return self.desktop.ask('GetConnectionUnixProcessID', '(s)', NAME)
        except GLib.Error:
            return None

    def app(self):
        """The program, with its windows."""
        app = Started(self.desktop, self.pid())
        app.connect()
        app.wait(lambda: app.screen.windows(app.pid), 20, 'a window')
        return app

    def complaints(self):
        """What the programs that the bus has started had to say."""
        try:
            with open(f'{self.desktop.dir}/{NAME}.err') as file:
                return file.read()
        except OSError:
            return ''
