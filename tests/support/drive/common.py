# SPDX-License-Identifier: GPL-3.0-or-later
"""What the parts of the driver share: two ways to fail, and the words of AT-SPI."""
import os
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio

now = time.monotonic
PATIENCE = float(os.environ.get('DRIVE_PATIENCE', '1'))    # how much longer than usual to wait: programs under sanitizers
QUIET = Gio.DBusCallFlags.NO_AUTO_START
ROLE = {int(getattr(Atspi.Role, n)): Atspi.role_get_name(getattr(Atspi.Role, n))
        for n in dir(Atspi.Role) if n.isupper() and n != 'LAST_DEFINED'}
STATE = {int(getattr(Atspi.StateType, n)): n.lower().replace('_', ' ')
         for n in dir(Atspi.StateType) if n.isupper() and n != 'LAST_DEFINED'}
SHOWING = int(Atspi.StateType.SHOWING)
TELLS_SHOWING = 4, 18         # the GTK known to set that state; 4.8 sets it of windows alone
LEAVES = {'label', 'separator', 'image', 'icon', 'scroll bar', 'slider', 'progress bar', 'level bar'}
BY_CONTENT = {'list item', 'push button', 'toggle button', 'check box', 'radio button', 'menu item', 'page tab',
              'table cell', 'tree item', 'link'}          # what labels inside may name
INPUTS = BY_CONTENT | {'entry', 'text', 'password text', 'spin button', 'combo box', 'slider', 'list', 'check menu item',
                       'radio menu item'}               # what must have a name to be usable
ROWS = {'list item', 'table row', 'table cell', 'tree item'}
REGISTRYD = ['/usr/libexec/at-spi2-registryd', '/usr/lib/at-spi2-core/at-spi2-registryd', '/usr/lib/at-spi2-registryd']
LONG = 60                     # rows of lists longer than this are not opened by a plain search
MASK = 0x1fffff               # the part of an X id that one client counts up itself
POPUP, WINDOW = 5, 7          # what Component.GetLayer says of a GtkPopover, a GtkWindow


class Timeout(AssertionError):
    """What was waited for did not come."""


class Gone(AssertionError):
    """The program ended while something was asked of it."""
