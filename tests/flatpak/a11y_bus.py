# SPDX-License-Identifier: GPL-3.0-or-later
"""org.a11y.Bus on the session bus, which says where the accessibility bus is: flatpak asks it for what it lets a sandbox see.

    a11y_bus.py ADDRESS
"""
import sys

from gi.repository import Gio, GLib

XML = '''<node><interface name="org.a11y.Bus">
  <method name="GetAddress"><arg type="s" direction="out"/></method>
</interface></node>'''


def on_call(bus, sender, path, interface, method, arguments, invocation):
    invocation.return_value(GLib.Variant('(s)', (sys.argv[1],)))


def main():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.register_object('/org/a11y/bus', Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
    Gio.bus_own_name_on_connection(bus, 'org.a11y.Bus', Gio.BusNameOwnerFlags.NONE, None, None)
    GLib.MainLoop().run()


main()
