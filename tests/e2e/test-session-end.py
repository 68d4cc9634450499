# SPDX-License-Identifier: GPL-3.0-or-later
"""The session ends: what was typed is saved before the program says that it may, and it is asked to wait otherwise."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import PATIENCE, Journey, main
from session_manager import SessionManager

BODY = 'SELECT body FROM note'
FAIL = "CREATE TRIGGER fail BEFORE UPDATE ON note BEGIN SELECT RAISE (ABORT, 'no'); END"
MAY_NOT_LOG_OUT = 1


class SessionEnd(Journey):

    def setUp(self):
        super().setUp()
        self.ignore_leaks()

    def manage(self, on_answer=None):
        manager = SessionManager(self.desktop, on_answer)
        self.addCleanup(manager.close)
        return manager

    def body(self):
        return self.ask(BODY)[0][0]

    def test_what_was_typed_is_saved_before_the_answer(self):
        manager = self.manage(self.body)
        app = self.write_in('text')
        app.type(' and more')
        self.wait_text(app, 'text and more')
        self.assertEqual(manager.ask('QueryEndSession'), (True, '', 'text and more'))
        manager.tell('CancelEndSession')
        app.type(', still')
        self.wait_text(app, 'text and more, still')
        self.assertEqual(manager.ask('QueryEndSession')[2], 'text and more, still')
        manager.ask('EndSession')
        manager.tell('Stop', None)
        app.proc.wait(10 * PATIENCE)
        self.end(app)
        self.assertEqual(self.body(), 'text and more, still')

    def kept(self):
        """What is in the file for what cannot be saved."""
        files = list(Path(self.desktop.env['XDG_STATE_HOME']).glob('octavo/*.unsaved'))
        return files[0].read_text() if files else ''

    def test_it_is_asked_to_wait_while_something_is_unsaved(self):
        manager = self.manage(self.kept)
        app = self.write_in('text')
        self.execute(FAIL)
        app.type(' and more')
        app.wait_for(None, '^Not saved yet')
        app.wait(lambda: manager.inhibitors, 5, 'a word to the session')
        (reason, flags), = manager.inhibitors.values()
        self.assertEqual(reason, 'A note could not be saved yet')
        self.assertEqual(flags & MAY_NOT_LOG_OUT, MAY_NOT_LOG_OUT)
        # it ends all the same, as somebody may have it do
        self.assertIn('text and more', manager.ask('QueryEndSession')[2])
        manager.tell('CancelEndSession')
        self.execute('DROP TRIGGER fail')
        app.wait(lambda: not manager.inhibitors, 20, 'the session to be let go')
        self.assertEqual(self.body(), 'text and more')
        self.end(app)


main('session-end')
