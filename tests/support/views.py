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


def await_entry(app, dialog):
    """Wait until what is typed goes into an entry: of the dialog that was asked for, or of the window."""
    def there():
        focused = app.focused()
        return (len(app.toplevels()) > 1) == dialog and focused and focused.role in ('text', 'entry')
    app.wait(there, 10, 'the focus in an entry')
    app.calm(20)


def write(keys, text, dialog=False):
    def go(app):
        press(*keys)(app)
        await_entry(app, dialog)
        app.type(text)
        app.calm(20)
    return go


def note(app, title=TITLE):
    """The note of that title, with the focus in its text."""
    app.key('ctrl+k')
    await_entry(app, True)
    app.type(title)
    app.wait_for('list item', f'^{title}', under=app.toplevels()[-1])
    app.key('Return')
    app.wait(lambda: [window.name.startswith(title) for window in app.toplevels()] == [True], 10, f'the note {title!r}')
    app.calm(20)


def in_note(*keys):
    def go(app):
        note(app)
        press(*keys)(app)
    return go


def versions(app):
    """What a note said before: something is written in it first."""
    note(app)
    app.key('ctrl+Home')
    app.type('New: ')
    app.calm(40)
    app.key('ctrl+shift+h')
    app.wait_for('list item', under=app.wait_for('list', f"^{getattr(app, 'translate', str)('Versions')}$"))
    app.calm(20)


def home(app):
    """Back to the list of all notes, with nothing over it."""
    press('Escape', 'Escape', 'ctrl+shift+f', 'Escape')(app)


def command(name):
    """Through the palette, by the name that the action has in the language of the window."""
    def go(app):
        write(['ctrl+shift+p'], getattr(app, 'translate', str)(name), dialog=True)(app)
        press('Return')(app)
    return go


def take_back(app):
    """Away from the list of what was done, and the one thing that was."""
    home(app)
    press('ctrl+z')(app)
    home(app)


@dataclass
class View:
    name: str
    go: Callable
    leave: Callable = home
    is_ours: bool = True      # and not a window that a library fills


VIEWS = [
    View('list', press('ctrl+shift+f', 'Escape')),
    View('note', note),
    View('search', write(['ctrl+shift+f'], 'gar')),
    View('nothing-found', write(['ctrl+shift+f'], 'nowhere to be found')),
    View('jump', write(['ctrl+k'], 'gar', dialog=True)),
    View('jump-new', write(['ctrl+k'], 'A note that is new', dialog=True)),
    View('commands', write(['ctrl+shift+p'], 'no', dialog=True)),
    View('new-note', press('ctrl+n')),
    View('quick-note', command('Quick note, in a small window')),
    View('tags-of-note', in_note('ctrl+t')),
    View('reading', in_note('ctrl+shift+m'), lambda app: (press('ctrl+shift+m')(app), home(app))),
    View('find', in_note('ctrl+f')),
    View('replace', in_note('ctrl+h')),
    View('properties', in_note('alt+Return')),
    View('versions', versions),
    View('own-window', press('ctrl+shift+f', 'Down', 'ctrl+Return'), lambda app: (press('ctrl+w')(app), home(app))),
    View('text-menu', in_note('shift+F10')),
    View('several', press('ctrl+shift+f', 'Down', 'shift+Down', 'shift+Down')),
    View('tags-of-several', press('ctrl+shift+f', 'Down', 'shift+Down', 'shift+Down', 'ctrl+t')),
    View('row-menu', press('ctrl+shift+f', 'Down', 'shift+F10')),
    View('preferences', press('ctrl+comma')),
    View('main-menu', press('F10')),
    View('shortcuts', press('ctrl+question')),
    View('help', press('F1')),
    View('help-pages', press('F1', 'ctrl+f')),
    View('backups', command('Backups')),
    View('add-user', command('Add a user')),
    View('edit-user', command('Edit the user')),
    View('about', command('About Octavo'), is_ours=False),
    View('recent-changes', press('ctrl+shift+f', 'Escape', 'ctrl+shift+f', 'Escape', 'Down', 'Delete', 'ctrl+alt+z'), take_back),
]
