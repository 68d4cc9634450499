# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that po/POTFILES.in lists every file with words to translate, and nothing else; with --write, make it so."""
import re
import sys
from pathlib import Path

CALL = re.compile(r'(?<!\w)((_|N_|C_|NC_|ngettext)\s?\(\s*(N_\s?\(\s*)?"|g_dngettext\s?\()')
POTFILES = Path('po/POTFILES.in')


def has_words(path):
    text = path.read_text()
    if path.suffix in ('.c', '.h'):
        return bool(CALL.search(text))
    if path.suffix == '.ui':
        return 'translatable="' in text
    return '.desktop' in path.suffixes or '.metainfo' in path.suffixes


found = [str(p) for folder in ('app', 'data', 'model', 'resources', 'ui') for p in sorted(Path(folder).rglob('*'))
         if p.is_file() and p.suffix in ('.c', '.h', '.ui', '.in') and has_words(p)]
listed = [line for line in POTFILES.read_text().splitlines() if line and not line.startswith('#')]
if '--write' in sys.argv:
    POTFILES.write_text(''.join(f'{name}\n' for name in sorted(found)))
    sys.exit(0)
for name in sorted(set(found) ^ set(listed)):
    print(f'po/POTFILES.in: {name} ' + ('is missing' if name in found else 'has nothing to translate, or is gone') +
          ' (mend: python3 tests/support/potfiles.py --write)')
macros = [f'{p}: {m[0]}' for p in map(Path, found) if p.suffix in ('.c', '.h')
          for m in re.finditer(r'(_|ngettext)\s?\(\s*"[^;]{0,200}?G_\w+_FORMAT', p.read_text())]
for found_ in macros:
    print(f'{found_}: no translator sees through such a macro; PRId64 and %zu are known to gettext')
sys.exit(1 if macros or set(found) != set(listed) else 0)
