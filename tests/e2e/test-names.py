# SPDX-License-Identifier: GPL-3.0-or-later
"""In every view of the window each control has a name, and the keyboard has a place."""
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / 'tests/support'))
from journey import Journey, main
from views import VIEWS


class Names(Journey):

    def test_every_view(self):
        self.run_octavo('import', str(ROOT / 'data/sample-notes'))
        app = self.open()
        app.wait(lambda: len(self.rows(app)) > 3, 10, 'rows')
        problems = []
        for view in filter(lambda view: view.is_ours, VIEWS):
            view.go(app)
            problems += [f'{view.name}: a {node.role} at {app.rect(node)} has no name' for node in app.unlabelled()]
            focused = app.focused()
            if focused is None or not focused.name:
                problems.append(f'{view.name}: the focus is on {focused and "a nameless " + focused.role}')
            view.leave(app)
        self.assertEqual(problems, [])
        self.end(app)


main('names')
