# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the unittest cases of a module and tell of them in TAP, as meson reads it."""
import sys
import traceback
import unittest


class Tap(unittest.TestResult):
    """A line a case as soon as it is over; what went wrong in it, or in a part of it, goes to standard error."""

    def __init__(self):
        super().__init__()
        self.number = 0
        self.right = True
        self.note = ''

    def startTest(self, test):
        super().startTest(test)
        self.number += 1
        self.right = True
        self.note = ''

    def stopTest(self, test):
        super().stopTest(test)
        name = test.id().split('.', 1)[-1].split('.')[-1].removeprefix('test_').replace('_', '-')
        print(f'{"ok" if self.right else "not ok"} {self.number} /{test.suite_name}/{name}{self.note}', flush=True)

    def _wrong(self, test, error):
        print(f'\n{test.id()}\n{"".join(traceback.format_exception(*error))}', file=sys.stderr, flush=True)
        self.right = False
        self.note = ''

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._wrong(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._wrong(test, error)

    def addSubTest(self, test, part, error):
        super().addSubTest(test, part, error)
        if error is not None:
            self._wrong(part, error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if self.right:
            self.note = f' # SKIP {reason}'


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
    unknown = set(only) - {test.id().split('.')[-1] for test in tests}
    if unknown:
        sys.exit(f'{name}: there is no case {", ".join(sorted(unknown))}')
    print(f'1..{len(tests)}', flush=True)
    result = Tap()
    for test in tests:
        test(result)
    return result


def run(module, name, only=()):
    """Run the module's cases; ends the process."""
    sys.exit(0 if told(module, name, only).wasSuccessful() else 1)
