# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the program: started, used as a person would, ended."""
import os
import re
import signal
import subprocess
import time

from gi.repository import GLib

from .common import PATIENCE, Gone, now
from .measure import Measures
from .node import Node
from .tree import Tree


class App(Tree, Measures):
    """One run of the program. After stop() or kill9(): code, out, err, complaints()."""

    def __init__(self, desktop, argv, env=None):
        self.desktop, self.screen, self.code, self.own, self._spot = desktop, desktop.screen, None, False, (None, 0)
        self._role, self._layer, self._parent, self._opened, self.name_on_bus = {}, {}, {}, set(), None
        tag = f'app{len(desktop.apps)}'
        self.files = [f'{desktop.dir}/{tag}.{x}' for x in ('out', 'err')]
        full = {**desktop.env, **(env or {})}
        self.scale = int(full.get('GDK_SCALE') or 1)
        with open(self.files[0], 'wb') as out, open(self.files[1], 'wb') as err:
            self.started = now()
            self.proc = subprocess.Popen(['setpriv', '--pdeathsig', 'KILL', *argv], env=full, stdout=out, stderr=err,
                                         stdin=subprocess.DEVNULL, start_new_session=True)
        self.pid = self.proc.pid
        self.screen.base.pop(self.pid, None)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stop() if exc[0] is None else self.kill9()
        if self.own:
            self.desktop.close()

    # -- using it

    def _settle(self, timeout=2):
        """Wait until the window manager has given the keyboard to the program's topmost window.

        A new or a closing dialog is in the accessible tree, or out of it, before the focus follows."""
        end = now() + timeout * PATIENCE
        while now() < end and self.desktop.wm:
            tops = [w[0] for w in self.screen.windows(self.pid) if not w[5]]
            if tops and self.screen.focus() in (tops[-1], *self.screen.children(tops[-1])):
                return
            self._check_alive()
            time.sleep(.005)

    def key(self, *chords):
        """key('ctrl+n'), key('Down', 'Down', 'Return').

        Escape may close a window. What the server gets before the program has done so goes to that window, and is gone
        with it: no person is that fast, so wait."""
        self._settle()
        for c in chords:
            self.screen.press(*(c.split('+') if len(c) > 1 else [c]))
            if c in ('Escape', 'esc'):
                self.screen.sync()
                self.calm()
                self._settle()
        self.screen.sync()

    def type(self, text, delay=0):
        """Type a text, with any letters; delay is the pause after each, in seconds."""
        self._settle()
        last = ''
        for piece in self.screen.pieces(text):
            if last:
                self.calm(2 * len(last))
            for c in piece:
                self.screen._code(self.screen._sym(c))
            self.screen.sync()
            for c in piece:
                self.screen.press(c)
                if delay:
                    self.screen.sync()
                    time.sleep(delay)
            self.screen.sync()
            last = piece

    def click(self, node, button=1, times=1, at=.5):
        """Click in the middle of what is seen of a node, or another fraction of its width."""
        x, y, w, h = self.rect(node)
        self.click_at((x + int(w * at) - 1, y, 2, h), button, times)

    def point_at(self, box):
        """Move the pointer into the middle of a screen rectangle, from beside it.

        A pointer that rests on a button while its popover is closed by a key gets no crossing
        event, and GTK 4.8 then swallows the next click; so always leave and come back, and pause
        for two frames, as motion within one frame is compressed."""
        x, y, w, h = box
        self.screen.move(x - 3 if x >= 3 else x + w + 3, y + h // 2)
        self.screen.sync()
        time.sleep(.035)
        self.screen.move(x + w // 2, y + h // 2)
        self.screen.sync()

    def click_at(self, box, button=1, times=1):
        """Click in the middle of a screen rectangle; never by accident the second half of a double click."""
        self.point_at(box)
        spot = box[0] + box[2] // 2, box[1] + box[3] // 2
        while spot == self._spot[0] and now() - self._spot[1] < .45:
            time.sleep(.02)
        for _ in range(times):
            self.screen.button(button, True)
            self.screen.button(button, False)
        self.screen.sync()
        self._spot = spot, now()
        self.calm()

    def calm(self, turns=8):
        """Let the program take what was sent: GTK handles one input event and one call per turn of its
        loop, so some turns later the events are done. A key right after a click can be lost otherwise."""
        time.sleep(.02)
        try:
            for _ in range(turns):
                self.call(self.root, None, 'Get', '(ss)', 'org.a11y.atspi.Accessible', 'Name')
        except (GLib.Error, Gone):
            pass                                            # the click closed it

    def hover(self, node):
        self.point_at(self.rect(node))

    def wheel(self, node, clicks):
        """Scroll over a node: down for positive, up for negative numbers of clicks."""
        self.hover(node)
        for _ in range(abs(clicks)):
            self.screen.button(5 if clicks > 0 else 4, True)
            self.screen.button(5 if clicks > 0 else 4, False)
            self.screen.sync()
            time.sleep(.02)                # a burst within one frame scrolls a wrong way

    def drag(self, node, to, steps=8):
        """Drag with button 1 from a node to a node or to a point."""
        x, y, w, h = self.rect(node)
        x, y = x + w // 2, y + h // 2
        tx, ty, tw, th = self.rect(to) if isinstance(to, Node) else (*to, 0, 0)
        tx, ty = tx + tw // 2, ty + th // 2
        self.screen.move(x, y)
        self.screen.button(1, True)
        for i in range(1, steps + 1):
            self.screen.move(x + (tx - x) * i // steps, y + (ty - y) * i // steps)
            self.screen.sync()
            time.sleep(.016)
        self.screen.button(1, False)
        self.screen.sync()

    def menu(self, button, *items):
        """Open a menu button by name and choose an item, through submenus."""
        self.click(self.wait_for('push button', button))
        for i in items:
            self.click(self.wait_for(('menu item', 'check menu item', 'radio menu item'), i, states=('focusable',)))

    def resize(self, width, height):
        """Ask for the topmost window to be that large, without its shadow, and wait until it is."""
        def size():
            window, _, _, w, h = [w for w in self.screen.windows(self.pid) if not w[5]][-1][:5]
            left, right, top, bottom = self.screen.prop(window, '_GTK_FRAME_EXTENTS') or (0, 0, 0, 0)
            return window, left + right, top + bottom, (w - left - right, h - top - bottom)
        window, across, down, _ = size()
        self.screen.resize(window, width + across, height + down)
        self.wait(lambda: size()[3] == (width, height), 3, f'a window of {width}x{height}; the last was {size()[3]}')
        self.calm(20)

    def screenshot(self, path):
        self.screen.png(path)

    # -- ending

    def _check_alive(self, grace=0):
        end = now() + grace
        while True:
            if self.proc.poll() is not None:
                self._finish()
                raise Gone(f'the program ended with {self.code}\n{self.err[-2000:]}')
            if now() >= end:
                return
            time.sleep(.005)

    def _read(self, i):
        try:
            with open(self.files[i], errors='replace') as f:
                return f.read()
        except OSError:
            return ''

    def _finish(self):
        if self.code is None:
            self.code, self.out, self.err = self.proc.wait(), self._read(0), self._read(1)

    def complaints(self, ignore=None):
        """The lines on stderr that GLib marks as warnings or worse."""
        err = self.err if self.code is not None else self._read(1)
        return [l for l in err.splitlines() if re.search(r'(WARNING|CRITICAL|ERROR) \*\*|^\*\* (CRITICAL|WARNING)', l)
                and not (ignore and re.search(ignore, l))]

    def close_windows(self):
        """What the close button does, for each window, topmost first."""
        for w in reversed([w for w in self.screen.windows(self.pid) if not w[5]]):
            self.screen.ask_to_close(w[0])

    def stop(self, timeout=5):
        """Close the windows; then SIGTERM; then SIGKILL. Gives the exit code, negative for a signal."""
        if self.code is None:
            for polite in (self.close_windows, self.proc.terminate, self.proc.kill):
                polite()
                try:
                    self.proc.wait(timeout * PATIENCE)
                    break
                except subprocess.TimeoutExpired:
                    pass
        self._finish()
        return self.code

    def kill9(self):
        if self.proc.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
        self._finish()
        return self.code
