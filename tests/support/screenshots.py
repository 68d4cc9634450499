# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every view, in each way that the window can look.

    screenshots.py OCTAVO NOTES FOLDER [LOOK]…     FOLDER/LOOK/VIEW.png
"""
import gettext
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from drive import Desktop, start
from views import VIEWS

BACKGROUND = 0xc8c6d0
MOST_WAIT = 60
FIRST_START = 'first-start'


@dataclass
class Look:
    size: tuple = (1280, 800)
    env: dict = field(default_factory=dict)
    dpi: int = 96


LOOKS = {
    'light': Look(),
    'dark': Look(env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'high-contrast': Look(env={'ADW_DEBUG_HIGH_CONTRAST': '1'}),
    'high-contrast-dark': Look(env={'ADW_DEBUG_HIGH_CONTRAST': '1', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'narrow': Look(size=(360, 648)),
    'narrow-dark': Look(size=(360, 648), env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'large-text': Look(dpi=192),
    'large-text-narrow': Look(size=(360, 648), dpi=192),
    'german': Look(env={'LANGUAGE': 'de'}),
    'right-to-left': Look(env={'LANGUAGE': 'he'}),
}


def make_catalogues(octavo, folder):
    """The translations as they were built, and a Hebrew one that says nothing: GTK turns the window round for a language
    only where the program speaks it."""
    shutil.copytree(Path(octavo).parents[1] / 'po', folder)
    messages = Path(folder) / 'he/LC_MESSAGES'
    messages.mkdir(parents=True)
    subprocess.run(['msgfmt', '--output-file', messages / 'octavo.mo', '-'], text=True, check=True,
                   input='msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    return str(folder)


def picture(app, folder, name, look):
    app.screen.move(1, 1)
    app.calm(40)
    app.screen.png(f'{folder}/{name}.png', 0, 0, *look.size)


def show_first_start(octavo, env, desktop, folder, look):
    """What a person sees who is new: the note that welcomes, in the file of the usual place."""
    with start([octavo], env, desktop) as app:
        app.wait_for('list item', '.', under=app.wait_for('list', shown=False), timeout=MOST_WAIT, shown=False)
        app.key('super+Up')
        picture(app, folder, FIRST_START, look)


def show(octavo, notes, folder, look):
    """Walk through all views in one look; gives the names of those that could not be reached."""
    missed = []
    desktop = Desktop(wm='metacity' if shutil.which('metacity') else 'openbox', size=look.size)
    desktop.screen.paint(BACKGROUND)
    desktop.screen.set_resources(f'Xft.dpi: {look.dpi}\n')
    try:
        database = f'{desktop.dir}/sample.db'
        subprocess.run([octavo, 'import', '--database', database, notes], env=desktop.env, check=True, stdout=subprocess.DEVNULL)
        env = {'OCTAVO_LOCALE_FOLDER': make_catalogues(octavo, f'{desktop.dir}/locale'),
               'GSETTINGS_SCHEMA_DIR': str(Path(octavo).parents[1] / 'data'), **look.env}
        show_first_start(octavo, env, desktop, folder, look)
        with start([octavo, '--database', database], env, desktop) as app:
            app.translate = gettext.translation('octavo', env['OCTAVO_LOCALE_FOLDER'], [look.env.get('LANGUAGE', 'en')],
                                                fallback=True).gettext
            app.wait_for('list item', '^Welcome', timeout=MOST_WAIT)
            app.key('super+Up')
            app.calm(40)
            for view in VIEWS:
                try:
                    view.go(app)
                    picture(app, folder, view.name, look)
                    view.leave(app)
                except AssertionError as error:
                    missed.append(f'{view.name}: {str(error).splitlines()[0]}')
                    app.screen.png(f'{folder}/{view.name}-missed.png', 0, 0, *look.size)
    finally:
        desktop.close()
    return missed


def main():
    octavo, notes, folder = os.path.abspath(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    n_missed = 0
    for name in sys.argv[4:] or LOOKS:
        target = folder / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        missed = show(octavo, notes, target, LOOKS[name])
        for each in missed:
            print(f'{name}: {each}', file=sys.stderr)
        n_missed += len(missed)
        print(f'{target}: {1 + len(VIEWS) - len(missed)} pictures', flush=True)
    sys.exit(1 if n_missed else 0)


main()
