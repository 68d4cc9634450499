# SPDX-License-Identifier: GPL-3.0-or-later
"""One accessible of the program."""
import re

from gi.repository import GLib

from .common import BY_CONTENT, STATE, Gone


def clean(name):
    """A name as a person reads it: no type names GTK falls back to, no '_Save Save', no 'Save Save'."""
    if re.fullmatch(r'(Gtk|Adw)[A-Z]\w*', name):
        return ''
    for m in re.finditer(' ', name):
        a, b = name[:m.start()], name[m.end():]
        if a == b or a.replace('_', '', 1) == b:
            return b
    return name


class Node:
    """One accessible of the program. Everything but role and path is asked for anew each time."""

    def __init__(self, app, path, role):
        self.app, self.path, self.role = app, path, role

    def __repr__(self):
        try:
            return f'<{self.role} {self.name!r}>'
        except (GLib.Error, Gone):
            return f'<{self.role}, gone>'

    def __eq__(self, other):
        return isinstance(other, Node) and (self.app, self.path) == (other.app, other.path)

    def __hash__(self):
        return hash(self.path)

    def call(self, iface, method, sig=None, *args):
        return self.app.call(self.path, iface, method, sig, *args)

    def get(self, iface, prop):
        return self.app.call(self.path, None, 'Get', '(ss)', 'org.a11y.atspi.' + iface, prop)

    @property
    def raw_name(self):
        return self.get('Accessible', 'Name')

    @property
    def name(self):
        name = clean(self.raw_name)
        if name or self.role not in BY_CONTENT:
            return name
        return ' '.join(filter(None, self.app._inner_text([self.path])[0]))

    @property
    def description(self):
        return self.get('Accessible', 'Description')

    @property
    def states(self):
        lo, hi = self.call('Accessible', 'GetState')
        return {s for i, s in STATE.items() if (lo | hi << 32) >> i & 1}

    @property
    def extents(self):
        """x, y, width, height; relative to the window, or nonsense that differs by a constant in popovers."""
        return self.call('Component', 'GetExtents', '(u)', 1)     # never 0: GTK warns on stderr

    @property
    def text(self):
        try:
            n = self.get('Text', 'CharacterCount')
        except GLib.Error:
            return self.name
        return self.call('Text', 'GetText', '(ii)', 0, n)         # an end of -1 reads '' from entries

    @property
    def children(self):
        kids = [c for _, c in self.call('Accessible', 'GetChildren')]
        self.app._learn_roles(kids)
        return [Node(self.app, c, self.app._role[c]) for c in kids]

    @property
    def actions(self):
        return [a[0] for a in self.call('Action', 'GetActions')]

    def act(self, action=0):
        """Do an action by number or by name ('Click', 'win.about' on a frame ...)."""
        return self.call('Action', 'DoAction', '(i)', action if isinstance(action, int) else self.actions.index(action))

    def insert(self, text, at=None):
        at = self.get('Text', 'CharacterCount') if at is None else at
        return self.call('EditableText', 'InsertText', '(isi)', at, text, len(text.encode()))

    def set_text(self, text):
        return self.call('EditableText', 'SetTextContents', '(s)', text)

    def select(self, index):
        """Select a child of a list, counted among the children now presented."""
        return self.call('Selection', 'SelectChild', '(i)', index)
