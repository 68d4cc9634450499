# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the pages of the help, which are Mallard for yelp, into Markdown, which the help window of Octavo reads.

    mallard.py FOLDER-OF-PAGES PAGE.page PAGE.md      one page

Only what the pages use is known. Anything else ends it with a message, so that nothing is left out in silence.
"""
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

SPACE = '{http://projectmallard.org/1.0/}'
LITERAL = re.compile(r'([\\`*_\[\]<>&|~=#$!])')    # means something in the middle of a line
STARTS = re.compile(r'^(\d+)([.)])|^([-+])')        # and these at its start


class Problem(Exception):
    """What is in a page and not known here."""


def name(element):
    if not isinstance(element.tag, str) or not element.tag.startswith(SPACE):
        raise Problem(f'<{element.tag}> is not of Mallard')
    return element.tag[len(SPACE):]


def check(element, *attributes):
    for attribute in element.attrib:
        if attribute not in attributes:
            raise Problem(f'<{name(element)} {attribute}="…"> is not known')


def plain(element):
    """The words of an element that may hold nothing but words."""
    if len(element):
        raise Problem(f'<{name(element)}> may hold words alone, not <{name(element[0])}>')
    return re.sub(r'\s+', ' ', element.text or '').strip()


def escape(text):
    return LITERAL.sub(r'\\\1', text)


def code(text):
    """A span of code that holds any text."""
    longest = max((len(run) for run in re.findall('`+', text)), default=0)
    marks = '`' * (longest + 1)
    space = ' ' if text.startswith('`') or text.endswith('`') else ''
    return f'{marks}{space}{text}{space}{marks}'


class Page:
    """One page of a folder of pages; what links need to know of the others is read when it is asked for."""

    def __init__(self, folder, path):
        self.folder = Path(folder)
        self.root = ET.parse(path).getroot()

    def title_of(self, identifier):
        path = self.folder / f'{identifier}.page'
        if not path.exists():
            raise Problem(f'there is no page “{identifier}”')
        return plain(ET.parse(path).getroot().find(f'{SPACE}title'))

    # -- inside a paragraph

    def inline(self, element):
        """What is in an element, as one line."""
        parts = [escape(element.text or '')]
        for child in element:
            kind = name(child)
            if kind not in self.INLINE:
                raise Problem(f'<{kind}> in <{name(element)}> is not known')
            parts += [self.INLINE[kind](self, child), escape(child.tail or '')]
        return re.sub(r'\s+', ' ', ''.join(parts)).strip()

    def code_span(self, element):
        check(element)
        return code(plain(element))

    def key(self, element):
        check(element)
        return code(plain(element))

    def key_sequence(self, element):
        check(element)
        return code('+'.join(plain(key) for key in element))

    def strong(self, element):
        check(element)
        return f'**{escape(plain(element))}**'

    def gui_sequence(self, element):
        check(element)
        return '**' + ' ▸ '.join(escape(plain(step)) for step in element) + '**'

    def emphasis(self, element):
        check(element)
        return f'*{escape(plain(element))}*'

    def words(self, element):
        check(element)
        return escape(plain(element))

    def link(self, element):
        check(element, 'xref', 'href')
        if 'href' in element.attrib:
            address = element.attrib['href']
            return f'[{escape(plain(element)) or escape(address)}]({address})'
        title = self.title_of(element.attrib['xref'])
        # the help window takes what a heading would be for the title of a page
        return f'[{escape(plain(element) or title)}](#{urllib.parse.quote(title)})'

    INLINE = {'code': code_span, 'cmd': code_span, 'file': code_span, 'input': code_span, 'key': key,
              'keyseq': key_sequence, 'gui': strong, 'guiseq': gui_sequence, 'em': emphasis, 'app': words, 'link': link}

    # -- blocks: each is a list of lines

    def paragraph(self, element):
        check(element)
        line = self.inline(element)
        return [STARTS.sub(lambda found: f'{found[1]}\\{found[2]}' if found[1] else f'\\{found[3]}', line)]

    def items(self, element, mark):
        lines = []
        for number, item in enumerate(element, 1):
            if name(item) != 'item':
                raise Problem(f'<{name(item)}> in <{name(element)}> is not known')
            check(item)
            start = mark(number)
            inside = self.blocks(item)
            lines += [(' ' * len(start) if i > 0 else start) + line if line else '' for i, line in enumerate(inside)]
        return lines

    def bullets(self, element):
        check(element)
        return self.items(element, lambda number: '- ')

    def steps(self, element):
        check(element)
        return self.items(element, lambda number: f'{number}. ')

    def terms(self, element):
        """Each as an item: its title, and what is said of it."""
        check(element)
        lines = []
        for item in element:
            titles = [self.inline(child) for child in item if name(child) == 'title']
            rest = [child for child in item if name(child) != 'title']
            if name(item) != 'item' or len(titles) != 1 or [name(child) for child in rest] != ['p']:
                raise Problem('an <item> of <terms> has one <title> and one <p>')
            lines.append(f'- {titles[0]}: {self.inline(rest[0])}')
        return lines

    def screen(self, element):
        check(element)
        text = (element.text or '').strip('\n')
        if len(element) or '```' in text:
            raise Problem('<screen> may hold words alone')
        return ['```', *text.splitlines(), '```']

    def note(self, element):
        check(element, 'style')
        return [f'> {line}'.rstrip() for line in self.blocks(element)]

    def row(self, row):
        check(row)
        cells = []
        for cell in row:
            if name(cell) != 'td' or [name(child) for child in cell] != ['p']:
                raise Problem('a <tr> has <td>, and each of these one <p>')
            cells.append(self.inline(cell[0]).replace('\\|', '|').replace('|', '\\|'))
        return cells

    def table(self, element):
        check(element)
        parts = {name(part): [self.row(row) for row in part] for part in element}
        if set(parts) != {'thead', 'tbody'} or len(parts['thead']) != 1:
            raise Problem('a <table> has a <thead> of one row, and a <tbody>')
        head, rows = parts['thead'][0], parts['tbody']
        if any(len(row) != len(head) for row in rows):
            raise Problem('a <table> has rows of several lengths')
        return [f"| {' | '.join(row)} |" for row in [head, ['---'] * len(head), *rows]]

    BLOCKS = {'p': paragraph, 'list': bullets, 'steps': steps, 'terms': terms, 'screen': screen, 'note': note,
              'table': table}

    def blocks(self, element, level=1):
        """The lines of all blocks in an element, an empty one between two of them."""
        lines = []
        for child in element:
            kind = name(child)
            if kind in ('info', 'title'):
                continue
            if kind == 'section' and name(element) in ('page', 'section'):
                check(child, 'id')
                made = self.titled(child, level + 1)
            elif kind in self.BLOCKS:
                made = self.BLOCKS[kind](self, child)
            else:
                raise Problem(f'<{kind}> in <{name(element)}> is not known')
            lines += [*([''] if lines else []), *made]
        for child in [element, *element]:
            if child is not element and (child.tail or '').strip() or child is element and (child.text or '').strip():
                raise Problem(f'words in <{name(element)}> that are in no paragraph: {(child.tail or child.text).strip()}')
        return lines

    def titled(self, element, level):
        titles = [child for child in element if name(child) == 'title']
        if len(titles) != 1:
            raise Problem(f'<{name(element)}> has one <title>')
        return [f"{'#' * level} {self.inline(titles[0])}", '', *self.blocks(element, level)]

    def markdown(self):
        if name(self.root) != 'page':
            raise Problem(f'<{name(self.root)}> is no page')
        check(self.root, 'id', 'type', '{http://www.w3.org/XML/1998/namespace}lang')
        return '\n'.join(self.titled(self.root, 1)) + '\n'


def main(folder, source, target):
    try:
        Path(target).write_text(Page(folder, source).markdown(), encoding='utf-8')
    except (Problem, ET.ParseError) as error:
        sys.exit(f'{source}: {error}')


if __name__ == '__main__':
    main(*sys.argv[1:])
