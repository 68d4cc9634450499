# SPDX-License-Identifier: GPL-3.0-or-later
"""Check what the compiler does not: who may include whom, headers that stand alone, sizes, licence lines.

    app -> ui -> model (exchange, search) -> model/orm -> sqlite3
                 model/markdown and model/text stand alone, and any but the mapper may use them

An arrow means "may include"; nothing points back. Run from the root of the project.
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

MOST_LINES = 700
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
TOOLKIT = r'(gtk|adwaita|gtksourceview|gdk|gsk)\b.*'
OURS = ('app', 'ui', 'model', 'model/exchange', 'model/search', 'model/markdown', 'model/text', 'model/orm')  # from above
PARTS = ('model/exchange', 'model/search')
MAPPER = ['model/orm', *(f'model/orm/{part}' for part in ('connection', 'mapping', 'database', 'query', 'session'))]
WINDOW = [f'ui/{part}' for part in ('common', 'editor', 'list', 'picker', 'reading', 'sidebar', 'users', 'version', 'window')]
MODEL = [f'model/{part}' for part in ('backup', 'link', 'list', 'note', 'repair', 'store', 'tag', 'undo', 'user', 'version')]
FOLDERS = {'model/orm': MAPPER, 'model': MODEL, 'ui': WINDOW}  # the layers of several folders

# what a folder may not include, itself or through one of our headers (beside what stands above it)
FORBIDDEN = {
    'model/orm': (TOOLKIT, 'octavo-.*', 'json-glib/.*', 'yaml.*'),
    'model/markdown': (TOOLKIT, 'sqlite3.*', 'orm.*', 'gio/.*', 'json-glib/.*', 'yaml.*'),  # GLib and md4c alone
    'model/text': (TOOLKIT, 'sqlite3.*', 'orm.*', 'octavo-markdown.*', 'gio/.*', 'json-glib/.*', 'yaml.*'),  # GLib alone
    'model/search': (TOOLKIT,),
    'model': (TOOLKIT,),
    'model/exchange': (TOOLKIT, 'sqlite3.*', 'orm.*'),
    'ui': ('sqlite3.*', 'orm.*'),
    'app': ('sqlite3.*', 'orm.*'),
}
# the packages whose headers a header of a folder may need
WIDGETS = ['gtk4', 'libadwaita-1', 'gtksourceview-5']
PACKAGES = {'model/orm': ['gio-2.0', 'sqlite3'], 'model/markdown': ['glib-2.0'], 'model/text': ['glib-2.0'], 'model/search': ['gio-2.0'],
            'model': ['gio-2.0'], 'model/exchange': ['gio-2.0', 'yaml-0.1'], 'ui': WIDGETS, 'app': [*WIDGETS, 'json-glib-1.0']}
STATEMENT = re.compile(r'"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b')

problems = []


def problem(path, line, what):
    problems.append(f'{path}:{line}: {what}')


def sources(folder):
    return sorted(p for each in FOLDERS.get(folder, [folder]) for p in Path(each).glob('*.[ch]'))


def layer(path):
    return next((name for name, folders in FOLDERS.items() if str(path.parent) in folders), str(path.parent))


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if found:
            yield number, found[1]


def reached(path, ours, seen=None):
    """The names of all that a file includes, itself or through our headers."""
    seen = set() if seen is None else seen
    for _, name in includes(path):
        if name not in seen:
            seen.add(name)
            if Path(name).name in ours:
                reached(ours[Path(name).name], ours, seen)
    return seen


def check_includes():
    ours = {p.name: p for folder in OURS for p in sources(folder) if p.suffix == '.h'}
    for folder in OURS:
        for path in sources(folder):
            for number, name in includes(path):
                through = reached(ours[Path(name).name], ours) if Path(name).name in ours else set()
                for each in sorted({name} | through):
                    if any(re.fullmatch(rule, each) for rule in FORBIDDEN[folder]):
                        by = '' if each == name else f', which {name} brings,'
                        problem(path, number, f'{each}{by} does not belong into {folder}')
                where = layer(ours[Path(name).name]) if Path(name).name in ours else folder
                # exchange and search are parts of the model: they know its entities
                if OURS.index(where) < OURS.index(folder) and not (where == 'model' and folder in PARTS):
                    problem(path, number, f'{name} is of {where}, which stands above {folder}')


def check_mapper():
    """Of the mapper's parts, the one that others may use alone knows none of them."""
    ours = {p.name: p for p in sources('model/orm')}
    for path in sorted(Path('model/orm/connection').glob('*.[ch]')):
        for number, name in includes(path):
            if name in ours and ours[name].parent != path.parent:
                problem(path, number, f'{name} does not belong into {path.parent}')


def check_statements():
    for folder in ('app', 'ui', 'model/exchange'):
        for path in sources(folder):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if STATEMENT.search(line):
                    problem(path, number, f'SQL does not belong into {folder}')


def check_headers_stand_alone():
    def compile_(job):
        path, flags = job
        done = subprocess.run([*os.environ.get('CC', 'gcc').split(), '-std=gnu17', '-D_GNU_SOURCE', '-fsyntax-only', '-Wall',
                               '-x', 'c', '-', *flags], input=f'#include "{path}"\n', text=True, capture_output=True)
        return path, done
    jobs = []
    ours = {p.name: p for folder in OURS for p in sources(folder) if p.suffix == '.h'}
    for folder in OURS:
        packages = subprocess.run(['pkg-config', '--cflags', *PACKAGES[folder]], text=True, capture_output=True,
                                  check=True).stdout.split()
        mapper = [f'-I{f}' for f in MAPPER]
        seen = [f'-I{f}' for each in OURS[OURS.index(folder):] if each != 'model/orm' for f in FOLDERS.get(each, [each])]
        seen += mapper * (folder == 'model/orm')
        seen += [f'-I{f}' for f in MODEL] if folder in PARTS else []
        for path in (p for p in sources(folder) if p.suffix == '.h'):
            # what the model keeps to itself may know the mapper; check_includes sees to it that nobody above reads it
            inner = folder in ('model', 'model/search') and any(n.startswith('orm') for n in reached(path, ours))
            jobs.append((path, ['-I.', '-Ibuild', *seen, *(mapper if inner else []), *packages]))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, done in pool.map(compile_, jobs):
            if done.returncode:
                problem(path, 1, f'does not compile alone, with what its layer may see:\n{done.stderr.strip()}')


def check_files():
    for folder in ('app', 'ui', 'model', 'tests', 'resources', 'data'):
        for path in sorted(Path(folder).rglob('*')):
            if path.suffix not in ('.c', '.h', '.py', '.ui', '.css'):
                continue
            text = path.read_text()
            count = text.count('\n')
            if count > MOST_LINES:
                problem(path, count, f'{count} lines; at most {MOST_LINES}')
            if path.suffix in ('.c', '.h', '.py') and LICENCE not in '\n'.join(text.splitlines()[:2]):
                problem(path, 1, f'the first line is to say {LICENCE}')
            if path.suffix == '.c' and path.parts[0] != 'tests' and 'G_LOG_DOMAIN' not in text:
                problem(path, 1, 'no G_LOG_DOMAIN')
            for number, line in enumerate(text.splitlines(), 1):
                if re.search(r'\b(TODO|FIXME|XXX)\b:?', line) and path.suffix != '.py':
                    problem(path, number, 'unfinished')


check_includes()
check_mapper()
check_statements()
check_headers_stand_alone()
check_files()
print(*problems, sep='\n')
sys.exit(1 if problems else 0)
