# SPDX-License-Identifier: GPL-3.0-or-later
"""Show the application with notes on a virtual display, and save what it looks like.

    picture.py OCTAVO NOTES PICTURE [TITLE]     the note with that title is opened; otherwise the first one
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from drive import Desktop, start

MARGIN = 24
BACKGROUND = 0xc8c6d0


def frame(app):
    """The window without its shadow: x, y, width, height."""
    window, x, y, width, height = app.screen.windows(app.pid)[-1][:5]
    left, right, top, bottom = app.screen.prop(window, '_GTK_FRAME_EXTENTS') or (0, 0, 0, 0)
    return x + left, y + top, width - left - right, height - top - bottom


def main():
    octavo, notes, picture = sys.argv[1:4]
    title = sys.argv[4] if len(sys.argv) > 4 else ''
    desktop = Desktop(wm='metacity' if shutil.which('metacity') else 'openbox', size=(1280, 800))
    desktop.screen.paint(BACKGROUND)
    try:
        database = f'{desktop.dir}/sample.db'
        subprocess.run([octavo, 'import', '--database', database, notes], env=desktop.env, check=True)
        with start([os.path.abspath(octavo), '--database', database], desktop=desktop) as app:
            rows = app.wait_for('list', '^Notes$', timeout=30)
            row = app.wait_for('list item', title, under=rows, timeout=30)
            app.click(row)
            app.wait(lambda: app.wait_for('text', '^Note text$').text, 10, 'the text of the note')
            app.screen.move(1, 1)
            app.calm(30)
            x, y, width, height = frame(app)
            left, top = max(0, x - MARGIN), max(0, y - MARGIN)
            app.screen.png(picture, left, top, width + x - left + MARGIN, height + y - top + MARGIN)
    finally:
        desktop.close()
    print(f'no display here: what the window looks like is in {picture}')


main()
