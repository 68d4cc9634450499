# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a page of the help, and what is not let pass.

    test-mallard.py ROOT
"""
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tap

ROOT = Path(sys.argv[1])
PAGES = ROOT / 'help/C'
LANGUAGES = [line for line in (ROOT / 'po/LINGUAS').read_text().split('\n') if line and not line.startswith('#')]


def page(inside, start='<page xmlns="http://projectmallard.org/1.0/" type="topic" id="one">'):
    return f'{start}<info><link type="guide" xref="two"/><desc>Of it.</desc></info><title>One</title>{inside}</page>'


class Mallard(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / 'two.page').write_text(page('').replace('One', 'The other page'))

    def convert(self, text):
        source, target = self.folder / 'one.page', self.folder / 'one.md'
        source.write_text(text)
        done = subprocess.run([sys.executable, '-B', ROOT / 'help/mallard.py', self.folder, source, target],
                              capture_output=True, text=True)
        return done.returncode, target.read_text() if target.exists() else done.stderr

    def assert_made(self, inside, wanted):
        code, text = self.convert(page(inside))
        self.assertEqual((code, text), (0, f'# One\n\n{wanted}\n'))

    def assert_refused(self, inside, reason, **start):
        code, text = self.convert(page(inside, **start))
        self.assertEqual(code, 1, inside)
        self.assertIn('one.page: ', text)
        self.assertIn(reason, text)
        self.assertNotIn('Traceback', text)

    def test_paragraphs(self):
        self.assert_made('<p>Some\n   words, <em>more</em> and\n<gui>Button</gui>.</p><p><guiseq><gui>A</gui><gui>B</gui></guiseq></p>',
                         'Some words, *more* and **Button**.\n\n**A ▸ B**')
        self.assert_made('<p><key>F1</key>, <keyseq><key>Ctrl</key><key>N</key></keyseq>, <cmd>octavo</cmd>, <file>a_b</file></p>',
                         '`F1`, `Ctrl+N`, `octavo`, `a_b`')

    def test_nothing_gets_a_meaning_that_it_has_not(self):
        self.assert_made('<p>a *b* #c [d] e_f_g 1 &lt; 2 ~x~ ==y== $z</p>',
                         r'a \*b\* \#c \[d\] e\_f\_g 1 \< 2 \~x\~ \=\=y\=\= \$z')
        self.assert_made('<p>1. no list</p><p>- nor here</p><p>+ nor here</p>', '1\\. no list\n\n\\- nor here\n\n\\+ nor here')
        self.assert_made('<p><code>`x`</code> <code>a``b</code></p>', '`` `x` `` ```a``b```')

    def test_lists(self):
        self.assert_made('<list><item><p>a</p></item><item><p>b</p><p>c</p></item></list>', '- a\n- b\n\n  c')
        self.assert_made('<steps><item><p>a</p></item><item><p>b</p></item></steps>', '1. a\n2. b')
        self.assert_made('<terms><item><title>A <cmd>b</cmd></title><p>c</p></item></terms>', '- A `b`: c')

    def test_other_blocks(self):
        self.assert_made('<section id="s"><title>Two</title><p>a</p><section id="t"><title>Three</title></section></section>',
                         '## Two\n\na\n\n### Three\n')
        self.assert_made('<note style="important"><p>a</p></note>', '> a')
        self.assert_made('<screen>\na  b\n  *c*\n</screen>', '```\na  b\n  *c*\n```')
        self.assert_made('<table><thead><tr><td><p>a</p></td><td><p>b|c</p></td></tr></thead>'
                         '<tbody><tr><td><p><code>d|e</code></p></td><td><p>f</p></td></tr></tbody></table>',
                         '| a | b\\|c |\n| --- | --- |\n| `d\\|e` | f |')

    def test_links(self):
        self.assert_made('<p><link xref="two"/> <link xref="two">it</link> <link href="https://example.org">web</link></p>',
                         '[The other page](#The%20other%20page) [it](#The%20other%20page) [web](https://example.org)')

    def test_what_is_not_known_is_refused(self):
        for inside, reason in (('<media type="image" src="a.png"/>', '<media> in <page>'),
                               ('<p><span>a</span></p>', '<span> in <p>'),
                               ('<p style="lead">a</p>', 'style'),
                               ('<p><link xref="three"/></p>', 'no page “three”'),
                               ('<p><code>a<em>b</em></code></p>', 'words alone'),
                               ('<list><p>a</p></list>', '<p> in <list>'),
                               ('<list><item>bare</item></list>', 'bare'),
                               ('loose words', 'loose words'),
                               ('<terms><item><p>a</p></item></terms>', 'one <title>'),
                               ('<section><p>a</p></section>', 'one <title>'),
                               ('<table><tr><td><p>a</p></td></tr></table>', '<td>'),
                               ('<p xmlns="http://example.org/">a</p>', 'not of Mallard'),
                               ('<p>', 'mismatched tag')):
            self.assert_refused(inside, reason)
        self.assert_refused('', 'style', start='<page xmlns="http://projectmallard.org/1.0/" id="one" style="x">')

    def test_every_page_can_be_reached(self):
        index = (PAGES / 'index.page').read_text()
        listed = {file.stem for file in PAGES.glob('*.page')}
        self.assertEqual(set(re.findall(r'xref="([a-z-]+)"', index)) | {'index'}, listed)
        for file in PAGES.glob('*.page'):
            self.assertIn(f'id="{file.stem}"', file.read_text())


class Welcome(unittest.TestCase):

    def test_in_each_language(self):
        """Each says the same, and nobody who reads it finds a text that is not whole."""
        shapes = set()
        for language in ['en', *LANGUAGES]:
            text = (ROOT / f'resources/welcome/{language}.md').read_text()
            self.assertRegex(text, r'\A# [^\n]+\n\n')
            shapes.add((text.count('\n- [ ] **'), text.count('\n\n'), text.count('`[[`'), text.count('F1')))
        self.assertEqual(len(shapes), 1, shapes)
        self.assertEqual({file.stem for file in (ROOT / 'resources/welcome').glob('*.md')}, {'en', *LANGUAGES})


tap.run(sys.modules['__main__'], 'mallard', sys.argv[2:])
