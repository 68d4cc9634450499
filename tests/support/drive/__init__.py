# SPDX-License-Identifier: GPL-3.0-or-later
"""Start a GTK 4 program on a display of its own and use it as a person would.

    from drive import start
    with start(['build/notes'], env={'G_DEBUG': 'gc-friendly'}) as app:
        app.key('ctrl+n')
        app.type('Hello')
        app.click(app.wait_for('push button', '^Save$'))
        assert 'Hello' in app.text_of(app.wait_for('text', '^Note$'))
        app.screenshot('shot.png')
    print(app.code, app.complaints())

A Desktop is an Xvfb, a window manager, one private D-Bus daemon that is session bus and
accessibility bus at once, at-spi2-registryd, and empty XDG directories. An App is one process
on it. What is shown is read over AT-SPI with plain D-Bus calls (not with libatspi, which is
bound to one bus per process and caches), input goes in by XTest, pixels come out by XGetImage.

Needs: /usr/bin/python3 with gi, Atspi 2.0 typelib, libX11, libXtst, Xvfb, dbus-daemon,
at-spi2-core, util-linux, and openbox (or metacity, which composites, for good pictures).
"""
from .app import App
from .common import Gone, Timeout, now
from .desktop import Desktop
from .node import Node

__all__ = ['App', 'Desktop', 'Gone', 'Node', 'Timeout', 'now', 'start', 'startup']


def start(argv, env=None, desktop=None, connect=True, **options):
    """Start a program, on a new Desktop(**options) of its own unless one is given."""
    d = desktop or Desktop(**options)
    try:
        app = d.launch(argv, env)
        app.own = desktop is None
        if connect:
            app.connect()
            app.wait(lambda: app.screen.windows(app.pid), 20, 'a window')
        return app
    except BaseException:
        if desktop is None:
            d.close()
        raise


def startup(desktop, argv, env=None, rows=lambda app: app.all('list item')[:3], runs=5):
    """Time runs of a program after one that finds out where its first rows are drawn.

    Gives a list of dicts: drawn (ink where the last of rows is), told (rows readable over AT-SPI), in
    seconds from just before exec; cpu used until drawn; memory; exit code."""
    app = start(argv, env, desktop)
    seen = app.wait(lambda: rows(app))
    box = app.rect(seen[-1])
    app.stop()
    out = []
    for _ in range(runs):
        desktop._until(lambda: not any(desktop.screen.pixels(*box)[i::4] != bytes(box[2] * box[3]) for i in range(3)),
                       'an empty screen')
        app = desktop.launch(argv, env)
        got = dict(zip(('drawn', 'cpu'), app.until_ink(box)))
        if {**desktop.env, **(env or {})}.get('GTK_A11Y') != 'none':
            app.wait(lambda: rows(app))
            got['told'] = now() - app.started
        got.update(app.memory(), code=app.stop())
        out.append(got)
    return out
