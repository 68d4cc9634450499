# SPDX-License-Identifier: GPL-3.0-or-later
"""Check what the compiler does not: who may include whom, headers that stand alone, sizes, licence lines.

    app -> ui -> model (exchange, search) -> model/orm -> sqlite3

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
OURS = ('app', 'ui', 'model', 'model/exchange', 'model/search', 'model/orm')

# what a source file, and what a header of a folder, may not include (beside what stands above it)
FORBIDDEN = {
    'model/orm': ((TOOLKIT, 'octavo-.*', 'json-glib/.*', 'yaml.*'), ()),
    'model/search': ((TOOLKIT, 'sqlite3.*'), ()),
    'model': ((TOOLKIT, 'sqlite3.*'), ('orm.*',)),
    'model/exchange': ((TOOLKIT, 'sqlite3.*', 'orm.*'), ()),
    'ui': (('sqlite3.*', 'orm.*'), ()),
    'app': (('sqlite3.*', 'orm.*'), ()),
}
PRIVATE = re.compile(r'-private\.h$')
# the packages whose headers a header of a folder may need
PACKAGES = {'model/orm': ['gio-2.0', 'sqlite3'], 'model/search': ['gio-2.0'], 'model': ['gio-2.0'], 'model/exchange': ['gio-2.0'],
            'ui': ['gtk4', 'libadwaita-1', 'gtksourceview-5'], 'app': ['gtk4', 'libadwaita-1', 'gtksourceview-5', 'json-glib-1.0']}
STATEMENT = re.compile(r'"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b')

problems = []


def problem(path, line, what):
    problems.append(f'{path}:{line}: {what}')


def sources(folder):
    return sorted(p for p in Path(folder).glob('*.[ch]'))


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if found:
            yield number, found[1]


def check_includes():
    home = {p.name: folder for folder in OURS for p in sources(folder)}
    for folder in OURS:
        for path in sources(folder):
            everywhere, in_headers = FORBIDDEN[folder]
            public = path.suffix == '.h' and not PRIVATE.search(path.name)
            for number, name in includes(path):
                if any(re.fullmatch(rule, name) for rule in everywhere + (in_headers if public else ())):
                    problem(path, number, f'{name} does not belong into {folder}')
                where = home.get(Path(name).name)
                above = OURS.index(where) < OURS.index(folder) if where else False
                # exchange and search are parts of the model: they know its entities
                if above and not (where == 'model' and folder in ('model/exchange', 'model/search')):
                    problem(path, number, f'{name} is of {where}, which stands above {folder}')


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
    for folder in OURS:
        packages = subprocess.run(['pkg-config', '--cflags', *PACKAGES[folder]], text=True, capture_output=True, check=True).stdout.split()
        inside = [f'-I{f}' for f in OURS[OURS.index(folder):] if folder == 'model/orm' or f != 'model/orm']
        if folder in ('model/exchange', 'model/search'):
            inside.append('-Imodel')
        jobs += [(p, ['-I.', '-Ibuild', *(['-Imodel/orm', *inside] if PRIVATE.search(p.name) or folder == 'model/search' else inside),
                      *packages]) for p in sources(folder) if p.suffix == '.h']
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
check_statements()
check_headers_stand_alone()
check_files()
print(*problems, sep='\n')
sys.exit(1 if problems else 0)
