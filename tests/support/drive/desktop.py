# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own: display, window manager, bus, accessibility registry and empty home."""
import atexit
import os
import shutil
import subprocess
import tempfile
import time

from gi.repository import Gio, GLib

from .app import App
from .common import QUIET, REGISTRYD, Timeout, now
from .screen import Screen


BUS = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={}/bus</listen><auth>EXTERNAL</auth><servicedir>{}/services</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy>
<limit name="max_incoming_bytes">1000000000</limit><limit name="max_outgoing_bytes">1000000000</limit>
<limit name="max_message_size">1000000000</limit><limit name="max_replies_per_connection">50000</limit>
<limit name="max_match_rules_per_connection">50000</limit></busconfig>'''


class Desktop:
    """Display, window manager, bus and empty home, all private; close() ends what it started.

    wm: 'openbox' (light), 'metacity' (composites: shadows and round corners), or None."""

    def __init__(self, wm='openbox', size=(1280, 800), animations=False, settings=None, keep=False):
        self.dir, self.keep, self.size = tempfile.mkdtemp(prefix='drive-'), keep, size
        self.procs, self.apps, self.screen, self.bus, self.wm = [], [], None, None, wm
        atexit.register(self.close)
        try:
            self._open(wm, size, animations, settings or {})
        except BaseException:
            self.close()
            raise

    def _open(self, wm, size, animations, settings):
        dirs = {'HOME': 'home', 'XDG_RUNTIME_DIR': 'run', 'XDG_CONFIG_HOME': 'config', 'XDG_DATA_HOME': 'data',
                'XDG_CACHE_HOME': 'cache', 'XDG_STATE_HOME': 'state', 'TMPDIR': 'tmp'}
        self.env = {k: v for k, v in os.environ.items() if k in ('PATH', 'TZ')}
        for var, d in dirs.items():
            self.env[var] = f'{self.dir}/{d}'
            os.mkdir(self.env[var], 0o700)
        os.mkdir(f'{self.dir}/services')
        x = self._pipe('Xvfb', '-screen', '0', f'{size[0]}x{size[1]}x24', '-nolisten', 'tcp', '-noreset', '-displayfd')
        with open(f'{self.dir}/bus.conf', 'w') as f:
            f.write(BUS.format(self.env['XDG_RUNTIME_DIR'], self.dir))
        b = self._pipe('dbus-daemon', f'--config-file={self.dir}/bus.conf', '--nofork', '--nopidfile', '--print-address')
        address = self._line(b)
        self.env.update(
            DISPLAY=':' + self._line(x), DBUS_SESSION_BUS_ADDRESS=address, AT_SPI_BUS_ADDRESS=address,
            LANG='C.UTF-8', GDK_BACKEND='x11', GSK_RENDERER='cairo', GDK_DEBUG='gl-disable', GDK_DISABLE='gl',
            GSETTINGS_BACKEND='keyfile', GTK_IM_MODULE='gtk-im-context-simple', GTK_USE_PORTAL='0',
            ADW_DISABLE_PORTAL='1', GIO_USE_VFS='local', GTK_A11Y='atspi')
        ini = {'gtk-enable-animations': int(animations), 'gtk-cursor-blink': 0, **settings}
        os.mkdir(f'{self.dir}/config/gtk-4.0')
        with open(f'{self.dir}/config/gtk-4.0/settings.ini', 'w') as f:
            f.write('[Settings]\n' + ''.join(f'{k}={v}\n' for k, v in ini.items()))
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
            Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.set_exit_on_close(False)
        self.spawn([next(filter(os.path.exists, REGISTRYD))], 'registryd')
        self.screen = Screen(self.env['DISPLAY'], size)
        if wm:
            self.spawn([wm], 'wm')
        self._until(lambda: self.ask('NameHasOwner', '(s)', 'org.a11y.atspi.Registry'), 'registry')
        if wm:
            self._until(lambda: self.screen.prop(self.screen.root, '_NET_SUPPORTING_WM_CHECK'), wm)

    def _pipe(self, *argv):
        r, w = os.pipe()
        argv = [*argv[:-1], argv[-1] + f'={w}'] if argv[-1] == '--print-address' else [*argv, str(w)]
        self.spawn(argv, argv[0], pass_fds=(w,))
        os.close(w)
        return r

    def _line(self, fd):
        # up to the newline: Xvfb dies if its reader goes away between the number and the newline
        got = b''
        while not got.endswith(b'\n'):
            more = os.read(fd, 4096)
            if not more:
                raise RuntimeError(f'a server of {self.dir} did not start')
            got += more
        os.close(fd)
        return got.decode().strip()

    def _until(self, test, what, timeout=10):
        end = now() + timeout
        while not test():
            if now() > end:
                raise Timeout(f'{what} did not start')
            time.sleep(.002)

    def spawn(self, argv, name, env=None, pass_fds=()):
        """Start a helper that the kernel kills if this process dies."""
        with open(f'{self.dir}/{name}.out', 'wb') as out, open(f'{self.dir}/{name}.err', 'wb') as err:
            p = subprocess.Popen(['setpriv', '--pdeathsig', 'KILL', *argv], env=env or self.env, stdout=out, stderr=err,
                                 stdin=subprocess.DEVNULL, start_new_session=True, pass_fds=pass_fds)
        self.procs.append(p)
        return p

    def ask(self, method, sig, *args):
        return self.bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', method,
                                  GLib.Variant(sig, args), None, QUIET, 5000, None).unpack()[0]

    def offer(self, name, command, env):
        """Let the bus start a program when somebody asks for a name, as an installed one is."""
        with open(f'{self.dir}/services/{name}.service', 'w') as f:
            f.write(f"[D-BUS Service]\nName={name}\nExec=/bin/sh -c 'exec {command} 2>>{self.dir}/{name}.err'\n")
        for method, args in (('UpdateActivationEnvironment', GLib.Variant('(a{ss})', ({**self.env, **env},))), ('ReloadConfig', None)):
            self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method, args, None, QUIET, 5000, None)

    def launch(self, argv, env=None):
        app = App(self, argv, env)
        self.apps.append(app)
        return app

    def close(self):
        atexit.unregister(self.close)
        for a in self.apps:
            a.kill9()
        if self.bus:
            self.bus.close_sync(None)
            self.bus = None
        if self.screen:
            self.screen.close()
        for p in reversed(self.procs):
            if p.poll() is None:
                p.terminate()
        for p in reversed(self.procs):
            try:
                p.wait(2)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()
        self.procs = []
        if not self.keep:
            shutil.rmtree(self.dir, ignore_errors=True)
