# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows, read over AT-SPI with plain D-Bus calls: asking, finding, telling where."""
import os
import re
import tempfile
import time
from functools import cached_property

from gi.repository import GLib

from .common import (BY_CONTENT, INPUTS, LEAVES, LONG, PATIENCE, POPUP, QUIET, ROLE, ROWS, SHOWING, STATE, TELLS_SHOWING,
                     WINDOW, Gone, Timeout, now)
from .node import Node, clean


class Tree:
    """The half of an App that reads: needs desktop, screen, pid, root and name_on_bus, and the means to wait."""

    # -- asking over D-Bus

    def connect(self, timeout=20):
        """Wait until the program has put itself on the accessibility bus."""
        def look():
            kids = self.desktop.bus.call_sync(
                'org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root', 'org.a11y.atspi.Accessible',
                'GetChildren', None, None, QUIET, 5000, None).unpack()[0]
            for name, path in kids:
                try:
                    if self.desktop.ask('GetConnectionUnixProcessID', '(s)', name) == self.pid:
                        self.name_on_bus, self.root = name, path
                        return True
                except GLib.Error:
                    pass
        return self.wait(look, timeout, 'the program on the accessibility bus', pause=.003)

    def call(self, path, iface, method, sig=None, *args, timeout=10):
        """One call; one result is given bare. Raises GLib.Error, or Gone if the program has ended."""
        if not self.name_on_bus:
            self.connect()
        iface = 'org.a11y.atspi.' + iface if iface else 'org.freedesktop.DBus.Properties'
        try:
            got = self.desktop.bus.call_sync(self.name_on_bus, path, iface, method, GLib.Variant(sig, args) if sig else None,
                                             None, QUIET, int(timeout * 1000), None).unpack()
        except GLib.Error:
            self._check_alive(.05)
            raise
        return got[0] if len(got) == 1 else got

    def many(self, calls, timeout=10):
        """Many calls in flight at once: [(path, iface, method, variant)] -> [result or None]."""
        if not self.name_on_bus:
            self.connect()
        out, left, ctx = [None] * len(calls), len(calls), GLib.MainContext.default()

        def done(bus, res, i):
            nonlocal left
            left -= 1
            try:
                got = bus.call_finish(res).unpack()
                out[i] = got[0] if len(got) == 1 else got
            except GLib.Error:
                pass
        for i, (path, iface, method, args) in enumerate(calls):
            iface = 'org.a11y.atspi.' + iface if iface else 'org.freedesktop.DBus.Properties'
            self.desktop.bus.call(self.name_on_bus, path, iface, method, args, None, QUIET, int(timeout * 1000), None, done, i)
        while left:
            ctx.iteration(True)
        return out

    @cached_property
    def toolkit(self):
        """The version of the toolkit that the program uses: (4, 8) for GTK 4.8."""
        version = self.call(self.root, None, 'Get', '(ss)', 'org.a11y.atspi.Application', 'Version')
        return tuple(int(number) for number in re.findall(r'\d+', version)[:2])

    def _names(self, paths):
        arg = GLib.Variant('(ss)', ('org.a11y.atspi.Accessible', 'Name'))
        return [n or '' for n in self.many([(p, None, 'Get', arg) for p in paths])]

    def _extents(self, paths):
        return [e or (0, 0, 0, 0) for e in
                self.many([(p, 'Component', 'GetExtents', GLib.Variant('(u)', (1,))) for p in paths])]

    def _learn_roles(self, paths):
        new = [p for p in paths if p not in self._role]
        for p, r in zip(new, self.many([(p, 'Accessible', 'GetRole', None) for p in new])):
            self._role[p] = ROLE.get(r, 'unknown')

    def _tree(self, roots, deep=False):
        """{path: [children]} of what GTK presents below roots, and {path: parent}."""
        kids, parent, level = {}, {}, list(roots)
        while level:
            found = []
            for p, got in zip(level, self.many([(p, 'Accessible', 'GetChildren', None) for p in level])):
                kids[p] = [c for _, c in got or ()]
                parent.update((c, p) for c in kids[p])
                found += kids[p]
            self._learn_roles(found)
            level = [c for c in found if self._role[c] not in LEAVES and
                     (deep or self._role[c] not in ROWS or len(kids[parent[c]]) <= LONG)]
        self._parent.update(parent)
        return kids, parent

    def _up(self, path):
        """The parent of a node, or None above windows. Paths are unique for ever, so it is remembered."""
        if path not in self._parent:
            self._parent[path] = self.call(path, None, 'Get', '(ss)', 'org.a11y.atspi.Accessible', 'Parent')[1]
            self._learn_roles([self._parent[path]])
        up = self._parent[path]
        return None if up == self.root or up.endswith('/null') else up

    def _order(self, kids, top):
        out, todo = [], [top]
        while todo:
            p = todo.pop()
            out.append(p)
            todo += reversed(kids.get(p, ()))
        return out

    def _inner_text(self, paths):
        """For each path, the names of the labels inside it."""
        kids, _ = self._tree(paths, deep=True)
        found = [[p for p in self._order(kids, top) if self._role.get(p) == 'label' and p != top] for top in paths]
        flat = [p for f in found for p in f]
        names = dict(zip(flat, self._names(flat)))
        return [[names[p] for p in f] for f in found]

    def _visible(self, paths):
        """Those of paths that a person can see, with what is seen of each: [(path, (x, y, w, h))].

        A size, as all around it must have, and a part inside the window and all scrolled areas. As rows scrolled
        out of a GtkListView and pages of a stack keep the place they last had, it must also be told to show,
        or, where GTK tells nobody, something else may not be found all over that part."""
        chains = {}
        for p in paths:
            chains[p], q = [], p
            while q:
                chains[p].append(q)
                q = self._up(q)
        links = list({q: 1 for c in chains.values() for q in c})
        new = [q for q in links if q not in self._layer]
        for q, layer in zip(new, self.many([(q, 'Component', 'GetLayer', None) for q in new])):
            self._layer[q] = layer
        box, out = dict(zip(links, self._extents(links))), []
        for p in paths:
            x, y, w, h = box[p]
            l, t, r, b = x, y, x + w, y + h
            for q in chains[p]:
                x, y, w, h = box[q]
                if not w or not h:
                    r = l
                if self._role[q] == 'scroll pane' or self._layer[q] in (POPUP, WINDOW):
                    l, t, r, b = max(l, x), max(t, y), min(r, x + w), min(b, y + h)
                if self._layer[q] in (POPUP, WINDOW):
                    break
            if r > l and b > t:
                out.append((p, q, (l, t, r - l, b - t)))
        seen = self._showing(out) if self.toolkit >= TELLS_SHOWING else self._uncovered(out, chains)
        return [(p, seen[p]) for p, _, _ in out if p in seen]

    def _showing(self, out):
        """Of what has a place in its window what is told to show: {path: the part that is seen}.

        A GTK that tells so gives what is on hidden pages for what is at a point."""
        states = self.many([(p, 'Accessible', 'GetState', None) for p, _, _ in out])
        return {p: part for (p, _, part), got in zip(out, states) if got and got[0] >> SHOWING & 1}

    def _uncovered(self, out, chains):
        """Of what has a place in its window what nothing else is all over: {path: the part that is seen}."""
        rows = [r for p, _, _ in out for r in chains[p] if self._role[r] in ROWS and r not in self._opened]
        self._tree(dict.fromkeys(rows), deep=True)            # GTK names in answers only what was asked for before
        self._opened.update(rows)
        seen = {}
        for a in (None, 0, 2):                                # the middle; if that is covered the left, the right third
            todo = [(p, top, part if a is None else (part[0] + a * part[2] // 3, part[1], max(1, part[2] // 3), part[3]))
                    for p, top, part in out if p not in seen]
            hits = self.many([(top, 'Component', 'GetAccessibleAtPoint',
                               GLib.Variant('(iiu)', (x + w // 2, y + h // 2, 1))) for _, top, (x, y, w, h) in todo])
            seen.update((p, part) for (p, _, part), hit in zip(todo, hits)
                        if not hit or not self._elsewhere(hit[1], p, chains[p]))
        return seen

    def _elsewhere(self, hit, path, chain):
        """Whether a node is neither path, nor around it, nor in it."""
        if hit.endswith('/null') or hit in chain:
            return False
        while hit and hit != path:
            hit = self._up(hit)
        return hit != path

    # -- finding

    def all(self, role=None, name=None, states=(), under=None, shown=True, deep=False):
        """Every node with that role whose name matches the regular expression, in the order shown.

        states: words each of which the node must have, or must not have with '!' before it.
        Rows of long lists are found, but looked into only with deep or under=row."""
        self._check_alive()
        if not self.name_on_bus:
            self.connect()
        kids, parent = self._tree([self.root], deep)
        top = self.root
        if under is not None:
            top = under.path
            if self._role[top] in ROWS:
                more, up = self._tree([top], True)
                kids.update(more)
                parent.update(up)
        roles = (role,) if isinstance(role, str) else role
        found = [p for p in self._order(kids, top)[1:] if roles is None or self._role[p] in roles]
        bare = set()
        if name is not None:
            names = dict(zip(found, self._names(found)))
            bare = {p for p in found if self._role[p] in BY_CONTENT and not clean(names[p])}
            found = [p for p in found if p in bare or re.search(name, clean(names[p])) or re.search(name, names[p])]
        if shown:
            found = [p for p, _ in self._visible(found)]
        if bare:
            bare = [p for p in found if p in bare]
            inner = dict(zip(bare, self._inner_text(bare)))
            found = [p for p in found if p not in inner or re.search(name, ' '.join(filter(None, inner[p])))
                     or names[p] and re.search(name, names[p])]
        nodes = [Node(self, p, self._role[p]) for p in found]
        if states:
            want = [states] if isinstance(states, str) else states
            got = self.many([(n.path, 'Accessible', 'GetState', None) for n in nodes])
            sets = [{s for i, s in STATE.items() if g and (g[0] | g[1] << 32) >> i & 1} for g in got]
            nodes = [n for n, s in zip(nodes, sets) if all((w[1:] not in s) if w[0] == '!' else (w in s) for w in want)]
        return nodes

    def find(self, role=None, name=None, **how):
        return next(iter(self.all(role, name, **how)), None)

    def wait(self, test, timeout=5, what=None, pause=.01):
        """Poll until test() is true, and give what it gave. GLib errors count as not yet."""
        end, got = now() + timeout * PATIENCE, None
        while True:
            try:
                got = test()
            except GLib.Error:
                got = None
            if got:
                return got
            self._check_alive()
            if now() > end:
                self._fail(what or f'{getattr(test, "__name__", test)}', timeout)
            time.sleep(pause)

    def wait_for(self, role=None, name=None, timeout=5, **how):
        try:
            return self.wait(lambda: self.find(role, name, **how), timeout, f'{role} {name!r} {how or ""}')
        except Timeout as e:
            near = self.all(None, name, shown=False)[:5] if name else self.all(role, shown=False)[:5]
            raise Timeout(f'{e}\nnear: {near}') from None

    def wait_gone(self, role=None, name=None, timeout=5, **how):
        return self.wait(lambda: not self.find(role, name, **how), timeout, f'{role} {name!r} to go')

    def _fail(self, what, timeout):
        shot = f'{os.environ.get("DRIVE_SHOTS", tempfile.gettempdir())}/drive-{os.getpid()}-{int(now() * 1000)}.png'
        seen = ''
        try:
            self.screenshot(shot)
            seen = self.visible_text()
        except (GLib.Error, Gone, OSError):
            pass
        raise Timeout(f'waited {timeout} s for {what}\nscreen: {shot}\nshown:\n{seen}\nstderr:\n{self._read(1)[-2000:]}')

    def focused(self):
        """The node with the keyboard focus; None also for widgets that hide it, as AdwEntryRow does."""
        return self.find(states='focused', shown=False)

    def toplevels(self):
        """The nodes of the windows; most are 'frame' or 'dialog', a GtkFileChooserDialog is 'filler'."""
        if not self.name_on_bus:
            self.connect()
        return Node(self, self.root, 'application').children

    def unlabelled(self):
        """The visible controls that have no name of their own: what a screen reader cannot tell."""
        nodes = self.all(tuple(INPUTS))
        return [n for n, name in zip(nodes, self._names([n.path for n in nodes])) if not clean(name)]

    def text_of(self, node):
        return node.text

    def visible_text(self):
        """What can be read now, one line for each piece, in the order of the tree."""
        if not self.name_on_bus:
            self.connect()
        kids, parent = self._tree([self.root])
        rows = [p for p, _ in self._visible([c for k in kids.values() for c in k if self._role[c] in ROWS])]
        more, up = self._tree([p for p in rows if p not in kids], True)
        kids.update(more)
        parent.update(up)
        all_ = self._order(kids, self.root)[1:]
        seen = [p for p, _ in self._visible(all_)]
        names = dict(zip(seen, map(clean, self._names(seen))))
        out, last = [], {}
        for p in seen:
            s = names[p]
            if self._role[p] in ('text', 'entry', 'password text', 'spin button', 'paragraph'):
                try:
                    s = (s + ': ' if s else '') + Node(self, p, self._role[p]).text
                except GLib.Error:
                    pass
            q = parent.get(p)
            while q and q not in last:
                q = parent.get(q)
            if s and not (q and s in last[q].split('\n')):
                out.append(s)
                last[p] = s
        return '\n'.join(out)

    # -- where things are on the screen

    def _surface(self, path):
        """The X window that draws a node, and what to add to its extents for screen coordinates."""
        q = path
        while q:
            if q not in self._layer:
                self._layer[q] = self.call(q, 'Component', 'GetLayer')
            if self._layer[q] in (POPUP, WINDOW):
                break
            q = self._up(q)
        else:
            raise Timeout(f'{path} is in no window')
        x, y, w, h = (self.scale * n for n in self._extents([q])[0])
        popup = self._layer[q] == POPUP
        title = self._names([q])[0]
        best = None
        for xid, wx, wy, ww, wh, override, t in self.screen.windows(self.pid):
            if override != popup:
                continue
            l, r, u, d = self.screen.prop(xid, '_GTK_FRAME_EXTENTS') or (0, 0, 0, 0)
            dw, dh = ww - l - r - w, wh - u - d - h
            key = (abs(dw) + abs(dh) > 40, t != title and not popup, abs(dw) + abs(dh))
            if best is None or key <= best[0]:
                best = key, (xid, wx + l + dw // 2 - x, wy + u + dh // 2 - y)
        if best is None or best[0][0]:
            raise Timeout(f'no X window for {title!r} of {w}x{h} among {self.screen.windows(self.pid)}')
        return best[1]

    def rect(self, node, timeout=3):
        """The part of a node that can be seen, in screen coordinates, once it has stopped moving."""
        last, end = None, now() + timeout * PATIENCE
        while True:
            seen = self._visible([node.path])
            if seen:
                (x, y, w, h), (_, dx, dy) = (self.scale * n for n in seen[0][1]), self._surface(node.path)
                box = (x + dx, y + dy, w, h)
                if box == last:
                    return box
                last = box
            if now() > end:
                raise Timeout(f'{node} is not on the screen, or does not keep still ({last})')
            time.sleep(.015)
