# SPDX-License-Identifier: GPL-3.0-or-later
"""Every view of the window and how a person gets there by keyboard: for pictures, and for what is to hold in each.

    for view in views.VIEWS:
        view.go(app)      from the window as it is at the start
        …
        view.leave(app)   and back to that
"""
from dataclasses import dataclass
from typing import Callable

TITLE = 'Welcome to Octavo'       # the sample note that is shown


def press(*keys):
    def go(app):
        for key in keys:
            app.key(key)
            app.calm(20)
    return go


def write(keys, text, after=()):
    def go(app):
        press(*keys)(app)
        app.type(text)
        app.calm(20)
        press(*after)(app)
    return go


def note(app, title=TITLE):
    """The note of that title, with the focus in its text."""
    app.key('ctrl+k')
    app.wait_for(('entry', 'text'), '^Jump to note$')
    app.type(title)
    app.wait_for('list item', f'^{title}')
    app.key('Return')
    app.wait(lambda: app.focused() and app.focused().name == 'Note text', 10, 'the focus in the text')
    app.calm(20)


def in_note(*keys):
    def go(app):
        note(app)
        press(*keys)(app)
    return go


def home(app):
    """Back to the list of all notes, with nothing over it."""
    press('Escape', 'Escape', 'ctrl+shift+f', 'Escape')(app)


@dataclass
class View:
    name: str
    go: Callable
    leave: Callable = home


VIEWS = [
    View('list', press('ctrl+shift+f', 'Escape')),
    View('note', note),
    View('search', write(['ctrl+shift+f'], 'gar')),
    View('nothing-found', write(['ctrl+shift+f'], 'nowhere to be found')),
    View('jump', write(['ctrl+k'], 'gar')),
    View('jump-new', write(['ctrl+k'], 'A note that is new')),
    View('commands', write(['ctrl+shift+p'], 'no')),
    View('new-note', press('ctrl+n')),
    View('tags-of-note', in_note('ctrl+t')),
    View('reading', in_note('ctrl+shift+m'), lambda app: (press('ctrl+shift+m')(app), home(app))),
    View('text-menu', in_note('shift+F10')),
    View('several', press('ctrl+shift+f', 'Down', 'shift+Down', 'shift+Down')),
    View('tags-of-several', press('ctrl+shift+f', 'Down', 'shift+Down', 'shift+Down', 'ctrl+t')),
    View('row-menu', press('ctrl+shift+f', 'Down', 'shift+F10')),
    View('main-menu', press('F10')),
    View('shortcuts', press('ctrl+question')),
]
