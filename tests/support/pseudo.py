# SPDX-License-Identifier: GPL-3.0-or-later
"""A language that nobody speaks: each text that goes through gettext comes out in brackets, accented, a third longer.

    pseudo.py ROOT CATALOGUE.mo

What is shown without brackets was never translated, and what has no room for them has none for German either.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

OPEN, CLOSE = '‹', '›'
PLAIN = 'acdeghijklnorstuwyzACDEGHIJKLNORSTUWYZ'
ACCENTED = 'àçďéğĥíĵķļñóŕšťüŵýžÀÇĎÉĞĤÍĴĶĻÑÓŔŠŤÜŴÝŽ'
TABLE = str.maketrans(PLAIN, ACCENTED)
# what is not for people: conversions of printf and of g_date_time_format(), markup, entities, escapes
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0'_^]*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]|<[^<>]+>|&\w+;|\\.|\{\w+\}")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def pseudo(text):
    """One text, as it stands between the quotation marks of a catalogue."""
    if not text:
        return text
    before, text, after = re.fullmatch(r'((?:\\n)*)(.*?)((?:\\n)*)', text).groups()
    pieces, at = [], 0
    for kept in KEPT.finditer(text):
        pieces += [text[at:kept.start()].translate(TABLE), kept[0]]
        at = kept.end()
    pieces.append(text[at:].translate(TABLE))
    return before + OPEN + ''.join(pieces) + '~' * (len(text) // 3) + CLOSE + after


def translate(template):
    """The entries of a template, each with its translation."""
    out = []
    for entry in template.split('\n\n')[1:]:
        fields, name = {}, None
        for line in entry.splitlines():
            if line.startswith('#'):
                continue
            found = re.match(r'(msg\w+(?:\[\d\])?) ', line)
            name = found[1] if found else name
            fields[name] = fields.get(name, '') + ''.join(STRING.findall(line))
        if 'msgid' not in fields:
            continue
        if 'msgid_plural' in fields:
            fields['msgstr[0]'], fields['msgstr[1]'] = pseudo(fields['msgid']), pseudo(fields['msgid_plural'])
        else:
            fields['msgstr'] = pseudo(fields['msgid'])
        out.append('\n'.join(f'{name} "{text}"' for name, text in fields.items()))
    return out


def extract(root):
    """The template of all that po/POTFILES.in names, as text."""
    names = [line for line in (root / 'po/POTFILES.in').read_text().splitlines() if line and not line.startswith('#')]
    # what meson's preset 'glib' for gettext says
    flags = ['--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2', '--keyword=g_dcgettext:2',
             '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3']
    return subprocess.run(['xgettext', '--from-code=UTF-8', '--add-comments', *flags, '--output=-', *names], cwd=root,
                          capture_output=True, text=True, check=True).stdout


def main():
    root, catalogue = Path(sys.argv[1]), sys.argv[2]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"'
    with tempfile.NamedTemporaryFile('w', suffix='.po') as file:
        file.write('\n\n'.join([header, *translate(extract(root))]) + '\n')
        file.flush()
        subprocess.run(['msgfmt', '--check-format', '--output-file', catalogue, file.name], check=True)


if __name__ == '__main__':
    main()
