"""What the tests of the page share: one browser, pages that the tool makes, and its answers as CSV."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chromium  # noqa: E402

ATTNGRAPH = os.path.abspath(os.environ.get('ATTNGRAPH', 'build/attngraph'))
CATS = ('data/minilm/cats/attention.npy', '--tokens', 'data/minilm/cats/tokens.json')

HOSTILE = ['</script><script>alert(1)</script>', '<img src=x onerror=alert(2)>', '"\'&amp;', '\u202eabc', 'two\nlines', '',
           ' ', '漢字', 'العربية', '👨\u200d👩\u200d👧', 'Ġthe', '${alert(3)}', 'a' * 300, '\u0000\u001b[31m', '{{script}}', '\ufeff']


class PageCase(unittest.TestCase):
    """A browser for all tests of a class."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.browser = chromium.Browser()
        cls.cats = cls.made('cats', *CATS)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    @classmethod
    def made(cls, name, *arguments):
        """The path of a page of `attngraph view`."""
        path = os.path.join(cls.folder.name, name + '.html')
        subprocess.run([ATTNGRAPH, 'view', *arguments, '-q', '-o', path], check=True)
        return path

    @classmethod
    def file(cls, name, value):
        """The path of a JSON file."""
        path = os.path.join(cls.folder.name, name)
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(value, file)
        return path

    def tab(self, path=None, fragment='', **size):
        """A page, opened; behind the test it must have been quiet."""
        tab = self.browser.tab(**size)
        self.addCleanup(tab.close)
        self.addCleanup(self.assert_quiet, tab)
        tab.open(path or self.cats, fragment)
        tab.settled()
        return tab

    def assert_quiet(self, tab):
        self.assertEqual(tab.said(), [])
        self.assertEqual([url for url in tab.requests() if not url.startswith(('file:', 'data:', 'blob:'))], [])


def answered(*arguments):
    """What a command says, as records of texts."""
    out = subprocess.run([ATTNGRAPH, *arguments, '--csv', '-q'], check=True, capture_output=True, encoding='utf-8').stdout
    return list(csv.DictReader(io.StringIO(out, newline='')))


def short(value):
    """A number as the page writes it: four significant digits."""
    value = float(value)
    if value == int(value):
        return str(int(value))
    if 1e-4 <= abs(value) < 1e6:
        return repr(float(f'{value:.4g}'))
    mantissa, exponent = f'{value:.3e}'.split('e')
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
