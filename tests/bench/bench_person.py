# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does with the window while it is measured: types a search, scrolls, drags the bar."""
import sqlite3
import time
from contextlib import closing

from drive import start

PACE = .08             # seconds between two keys of somebody who types fast
FRAME = .016


class Person:
    """At one window of notes, with the pointer and the keyboard alone once the places are known."""

    def __init__(self, notes, desktop, env=None):
        self.notes, self.desktop = notes, desktop
        self.app = start([notes.octavo, '--database', notes.path], env, desktop)
        list_ = self.app.wait_for('list', '^Notes$', timeout=60)
        self.app.wait(lambda: self.app.all('list item', under=list_), 60)
        self.list = self.app.rect(list_)
        time.sleep(1)                                # what comes after the first frame is not what is measured

    def search(self, text, pace=PACE):
        """Type a search, key by key, in the place of the one that is there."""
        screen = self.app.screen
        self.app.key('ctrl+shift+f', 'ctrl+a', 'BackSpace')
        for letter in text:
            time.sleep(pace)
            screen.press(letter)
            screen.sync()

    def leave_search(self):
        self.app.key('ctrl+shift+f', 'ctrl+a', 'BackSpace')
        time.sleep(1)

    def wheel(self, clicks):
        """Turn the wheel over the list, a click a frame."""
        x, y, width, height = self.list
        self.app.point_at((x + width // 2, y + height // 2, 2, 2))
        for _ in range(abs(clicks)):
            for down in (True, False):
                self.app.screen.button(5 if clicks > 0 else 4, down)
            self.app.screen.sync()
            time.sleep(FRAME)

    def drag_to_end(self, steps=60):
        """Drag the bar from the start of the list to its end."""
        screen, (x, y, width, height) = self.app.screen, self.list
        bar = x + width - 4
        for across in (0, 1):                        # the bar shows itself to a pointer that comes
            screen.move(bar + across, y + height // 2)
            screen.sync()
            time.sleep(.2)
        screen.move(bar, y + 14)
        screen.sync()
        time.sleep(.1)
        screen.button(1, True)
        for step in range(steps):
            screen.move(bar, y + 14 + (height - 14) * step // (steps - 1))
            screen.sync()
            time.sleep(2 * FRAME)
        screen.button(1, False)
        screen.sync()
        screen.move(x + width // 2, y + height // 2)
        screen.sync()
        time.sleep(.3)

    def words(self, count):
        """The first words of so many titles."""
        with closing(sqlite3.connect(f'file:{self.notes.path}?mode=ro', uri=True)) as file:
            titles = file.execute("SELECT title FROM note WHERE title GLOB '[A-Z]*' LIMIT ?", (count,)).fetchall()
        return [title.split()[0].lower() for title, in titles]
