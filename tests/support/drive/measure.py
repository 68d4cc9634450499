# SPDX-License-Identifier: GPL-3.0-or-later
"""How long it takes, and how much it needs."""
import re
import time
from collections import Counter

from gi.repository import Gio, GLib

from .common import now

CLOCK_OF_PROCESS = 2          # what the kernel calls CPUCLOCK_SCHED


class Measures:
    """The part of an App that measures."""

    def memory(self):
        """Kilobytes: VmRSS, VmHWM, RssAnon, RssFile and Pss of the process."""
        out = {}
        for f in ('status', 'smaps_rollup'):
            with open(f'/proc/{self.pid}/{f}') as lines:
                out.update((m[1], int(m[2])) for m in re.finditer(r'^(VmRSS|VmHWM|RssAnon|RssFile|Pss):\s+(\d+) kB', lines.read(), re.M))
        return out

    def cpu(self):
        """Seconds of processor time used so far: of all threads, also of those that have ended and of what runs right now."""
        return time.clock_gettime(~self.pid << 3 | CLOCK_OF_PROCESS)

    @staticmethod
    def ink(pixels):
        """How much of some pixels is not their commonest colour, 0..1; 0 where that is black."""
        if not pixels:
            return 0
        common, n = Counter(memoryview(pixels).cast('I')).most_common(1)[0]
        return 0 if common & 0xffffff == 0 else 1 - n / (len(pixels) // 4)

    def until_ink(self, box, least=.01, timeout=30, pause=.002):
        """Seconds from the start of the program until a screen rectangle has something written in it, and the processor
        time used until then. Both are taken before each look: what the program does while it is looked at, and once it
        has painted, is not counted.

        Keep the rectangle small: what this costs, the program cannot have."""
        last = None
        while True:
            seconds, used = now() - self.started, self.cpu()
            px = self.screen.pixels(*box)
            if px != last and self.ink(px) >= least:
                return seconds, used
            last = px
            self._check_alive()
            if now() - self.started > timeout:
                self._fail(f'ink in {box}', timeout)
            time.sleep(pause)

    def until_mapped(self, timeout=30):
        """Seconds from the start of the program until it has a mapped window."""
        while not self.screen.windows(self.pid):
            self._check_alive()
            if now() - self.started > timeout:
                self._fail('a window', timeout)
            time.sleep(.004)
        return now() - self.started

    def latency(self, do, box, settle=.2, timeout=5):
        """Seconds from do() until the pixels of box first change, and until they last change."""
        last = self.screen.pixels(*box)
        t0 = now()
        do()
        first = final = None
        while True:
            new = self.screen.pixels(*box)
            t = now()
            if new != last:
                last, final = new, t
                first = first or t
            if first and t - final > settle:
                return first - t0, final - t0
            if t - t0 > timeout:
                self._fail(f'a change in {box}', timeout)
            time.sleep(.001)

    def timed(self, do, test, timeout=5, pause=.001):
        """Seconds from do() until test() is true."""
        t0 = now()
        do()
        self.wait(test, timeout, pause=pause)
        return now() - t0

    def event(self, do, iface, member, detail=None, timeout=5):
        """Seconds from do() to an AT-SPI event ('Object', 'TextChanged', 'insert'), from nodes seen before only."""
        came, ctx = [], GLib.MainContext.default()

        def on(bus, sender, path, i, m, args):
            if detail is None or args.unpack()[0] == detail:
                came.append(now())
        sub = self.desktop.bus.signal_subscribe(self.name_on_bus, 'org.a11y.atspi.Event.' + iface, member,
                                                None, None, Gio.DBusSignalFlags.NONE, on)
        try:
            self.desktop.ask('GetId', '()')               # the subscription has arrived
            t0 = now()
            do()
            while not came:
                while ctx.pending():
                    ctx.iteration(False)
                if now() - t0 > timeout:
                    self._fail(f'{member} {detail}', timeout)
                time.sleep(.0005)
        finally:
            self.desktop.bus.signal_unsubscribe(sub)
        return came[0] - t0
