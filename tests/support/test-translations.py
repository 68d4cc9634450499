# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS says all that the program says.

    test-translations.py ROOT
"""
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import pseudo
import tap

ROOT = Path(sys.argv[1])
LANGUAGES = [line for line in (ROOT / 'po/LINGUAS').read_text().split('\n') if line and not line.startswith('#')]


class Translations(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.template = Path(folder.name) / 'octavo.pot'
        self.template.write_text(pseudo.extract(ROOT))

    def merged(self, language):
        """The translation as it is for what there is to translate now."""
        return subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '--output-file=-', ROOT / f'po/{language}.po',
                               self.template], capture_output=True, text=True, check=True).stdout

    def test_nothing_is_missing(self):
        for language in LANGUAGES:
            left = subprocess.run(['msgattrib', '--untranslated', '--no-obsolete', '-'], input=self.merged(language),
                                  capture_output=True, text=True, check=True).stdout
            self.assertEqual(left, '', f'{language} lacks these (ninja octavo-update-po puts them into po/{language}.po)')

    def test_nothing_is_doubtful(self):
        for language in LANGUAGES:
            self.assertNotIn('\n#, fuzzy', (ROOT / f'po/{language}.po').read_text())

    def test_conversions_and_markup_agree(self):
        for language in LANGUAGES:
            done = subprocess.run(['msgfmt', '--check-format', '--output-file=/dev/null', ROOT / f'po/{language}.po'],
                                  capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_mnemonics_and_ellipses_agree(self):
        """An underlined letter, or three dots, are in the translation where they are in the text."""
        for language in LANGUAGES:
            for entry in self.merged(language).split('\n\n')[1:]:
                if entry.startswith('#~'):
                    continue
                text, _, translated = entry.partition('\nmsgstr')
                if 'msgid_plural' in text:
                    continue
                text = ''.join(re.findall(r'"(.*)"', text.partition('msgid ')[2]))
                translated = ''.join(re.findall(r'"(.*)"', translated))
                with_mnemonic = re.search(r'(^|\w| )_\w', text) is not None
                self.assertEqual(with_mnemonic, re.search(r'(^|\w| )_\w', translated) is not None, (language, text))
                self.assertEqual(text.endswith('…'), translated.endswith('…'), (language, text))


tap.run(sys.modules['__main__'], 'translations')
