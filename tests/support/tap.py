# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the unittest cases of a module and tell of them in TAP, as meson reads it."""
import sys
import traceback
import unittest


class Tap(unittest.TestResult):
    """A line a case as soon as it is known; what went wrong goes to standard error."""

    def __init__(self):
        super().__init__()
        self.number = 0

    def _tell(self, right, test, note=''):
        self.number += 1
        name = test.id().split('.', 1)[-1].split('.')[-1].removeprefix('test_').replace('_', '-')
        print(f'{"ok" if right else "not ok"} {self.number} /{test.suite_name}/{name}{note}', flush=True)

    def _wrong(self, test, error):
        print(f'\n{test.id()}\n{"".join(traceback.format_exception(*error))}', file=sys.stderr, flush=True)
        self._tell(False, test)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell(True, test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._wrong(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._wrong(test, error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(True, test, f' # SKIP {reason}')


def told(module, name, only=()):
    """Run the module's cases (all, or those named in only), and tell of each; gives the result."""
    tests = []

    def flatten(suite):
        for test in suite:
            if isinstance(test, unittest.TestSuite):
                flatten(test)
            elif not only or test.id().split('.')[-1] in only:
                test.suite_name = name
                tests.append(test)
    flatten(unittest.defaultTestLoader.loadTestsFromModule(module))
    print(f'1..{len(tests)}', flush=True)
    result = Tap()
    for test in tests:
        test(result)
    return result


def run(module, name, only=()):
    """Run the module's cases; ends the process."""
    sys.exit(0 if told(module, name, only).wasSuccessful() else 1)
