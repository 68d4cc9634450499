# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a desktop that ends the session, as GNOME's does it: asks each program, waits, and tells it to go."""
import threading

from gi.repository import Gio, GLib

NAME, PATH = 'org.gnome.SessionManager', '/org/gnome/SessionManager'
CLIENT = f'{PATH}/Client1'
PRIVATE = f'{NAME}.ClientPrivate'
XML = f'''<node>
<interface name="{NAME}">
  <method name="RegisterClient"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
  <method name="UnregisterClient"><arg type="o" direction="in"/></method>
  <method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="u" direction="in"/><arg type="u" direction="out"/></method>
  <method name="Uninhibit"><arg type="u" direction="in"/></method>
  <property name="SessionIsActive" type="b" access="read"/>
</interface>
<interface name="{PRIVATE}">
  <method name="EndSessionResponse"><arg type="b" direction="in"/><arg type="s" direction="in"/></method>
  <signal name="QueryEndSession"><arg type="u"/></signal>
  <signal name="EndSession"><arg type="u"/></signal>
  <signal name="CancelEndSession"><arg type="u"/></signal>
  <signal name="Stop"/>
</interface>
</node>'''


class SessionManager:
    """On the bus of a Desktop, for one program; it answers on a thread of its own."""

    def __init__(self, desktop, on_answer=None):
        self.address, self.on_answer = desktop.env['DBUS_SESSION_BUS_ADDRESS'], on_answer
        self.clients, self.answers, self.inhibitors = [], [], {}
        self.n_inhibitors = 0
        self.lock = threading.Condition()
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        self.ready.wait(10)

    def _run(self):
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        self.bus.set_exit_on_close(False)
        manager, client = Gio.DBusNodeInfo.new_for_xml(XML).interfaces
        self.bus.register_object(PATH, manager, self._on_call, lambda *_: GLib.Variant('b', True), None)
        self.bus.register_object(CLIENT, client, self._on_call, None, None)
        self.bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'RequestName',
                           GLib.Variant('(su)', (NAME, 0)), None, 0, 5000, None)
        self.ready.set()
        self.loop.run()
        self.bus.close_sync(None)
        self.context.pop_thread_default()

    def _on_call(self, _bus, sender, _path, _interface, method, words, call):
        words = words.unpack()
        with self.lock:
            answer = getattr(self, f'_{method}')(sender, *words)
            self.lock.notify_all()
        call.return_value(answer)

    def _RegisterClient(self, sender, application, _startup):
        self.clients.append((sender, application))
        return GLib.Variant('(o)', (CLIENT,))

    def _UnregisterClient(self, _sender, _path):
        return None

    def _Inhibit(self, _sender, _application, _window, reason, flags):
        self.n_inhibitors += 1
        self.inhibitors[self.n_inhibitors] = (reason, flags)
        return GLib.Variant('(u)', (self.n_inhibitors,))

    def _Uninhibit(self, _sender, cookie):
        self.inhibitors.pop(cookie, None)
        return None

    def _EndSessionResponse(self, _sender, is_ok, reason):
        self.answers.append((is_ok, reason, self.on_answer() if self.on_answer else None))
        return None

    def tell(self, signal, words=GLib.Variant('(u)', (0,))):
        """Say something to the program."""
        with self.lock:
            self.lock.wait_for(lambda: self.clients, 10)
            sender = self.clients[-1][0]
        self.bus.emit_signal(sender, CLIENT, PRIVATE, signal, words)

    def ask(self, signal, timeout=20):
        """The same; gives the answer, and what on_answer saw when it came."""
        with self.lock:
            n = len(self.answers)
        self.tell(signal)
        with self.lock:
            if not self.lock.wait_for(lambda: len(self.answers) > n, timeout):
                raise AssertionError(f'there is no answer to {signal}')
            return self.answers[n]

    def close(self):
        self.loop.quit()
        self.thread.join(10)
