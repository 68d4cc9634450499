# SPDX-License-Identifier: GPL-3.0-or-later
"""From a key in the search entry to the list that it changes on the screen."""
import time

from bench_common import Notes, by_size, tell_spread
from drive import Timeout, now, start

KEYS = 60                  # keystrokes measured in a search
QUIET = .25                # no more changes for so long: the list has settled


def settle(app, letter, box, timeout=5):
    """Milliseconds from a key until box changed for the last time, and those on processors; None where it did not
    change."""
    last, final, used = app.screen.pixels(*box), None, app.cpu()
    began = now()
    app.screen.press(letter)
    app.screen.sync()
    while True:
        new, t = app.screen.pixels(*box), now()
        if new != last:
            last, final, cpu = new, t, app.cpu()
        if final and t - final > QUIET:
            return (final - began) * 1000, (cpu - used) * 1000
        if not final and t - began > 3 * QUIET:
            return None
        if t - began > timeout:
            raise Timeout(f'{box} does not come to rest')
        time.sleep(.001)


def bench_search_key(folder, count):
    """From a key in the search entry to the list that has come to rest; each key that changes what is seen."""
    notes = Notes(folder, count)
    samples, unseen = [], 0
    with start([notes.octavo, '--database', notes.path]) as app:
        list_ = app.wait_for('list', '^Notes$', timeout=60)
        app.wait(lambda: app.all('list item', under=list_), 60)
        x, y, width, height = app.rect(list_)
        box = x, y, width - 24, height               # without the bar, which hides itself
        while len(samples) < KEYS:
            for word in notes.words.values():
                app.key('ctrl+shift+f')
                app.key('ctrl+a', 'BackSpace')
                time.sleep(.5)
                for letter in word:
                    took = settle(app, letter, box)
                    if took is None:
                        unseen += 1
                    else:
                        samples.append(took)
            if unseen > 20 * KEYS:
                raise Timeout('no key changes the list')
    tell_spread('search.key', count, *zip(*samples), by_size(count, n100000=50, n1000000=120))
