"""Runs the tests of the page in a real browser.

usage: run.py ATTNGRAPH [LAYERS]     (in the root of a checkout; LAYERS of the large page, 12)
"""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

if __name__ == '__main__':
    os.environ['ATTNGRAPH'] = sys.argv[1]
    if len(sys.argv) > 2:
        os.environ['ATTNGRAPH_LAYERS'] = sys.argv[2]
    import chromium
    if chromium.program() is None:
        print('skipped: there is no chromium (apt-get install chromium)')
        sys.exit(77)
    tests = unittest.TestLoader().discover(os.path.dirname(os.path.abspath(__file__)), pattern='*_test.py')
    sys.exit(0 if unittest.TextTestRunner(verbosity=2).run(tests).wasSuccessful() else 1)
