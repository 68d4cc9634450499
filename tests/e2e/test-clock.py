# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock that is set wrong, and right again, while notes are written; and the same machine in other time zones."""
import glob
import sqlite3
import sys
import time
import unittest
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1] / 'support'))
from journey import Journey, main

DAY = 24 * 3600
AHEAD = 3650 * DAY
BODY = 'SELECT body FROM note WHERE id = {}'


class Clock(Journey):

    def setUp(self):
        super().setUp()
        library = glob.glob('/usr/lib/*/faketime/libfaketimeMT.so.1')
        if not library:
            raise unittest.SkipTest('there is no libfaketime')
        self.clock = Path(self.desktop.dir) / 'clock'
        self.set_clock(0)
        self.env |= {'LD_PRELOAD': library[0], 'FAKETIME_TIMESTAMP_FILE': str(self.clock), 'FAKETIME_NO_CACHE': '1',
                     'FAKETIME_DONT_FAKE_MONOTONIC': '1', 'FAKETIME_DONT_RESET': '1', 'NO_FAKE_STAT': '1',
                     # the sanitizer's library comes second
                     'ASAN_OPTIONS': ':'.join(filter(None, (self.env.get('ASAN_OPTIONS'), 'verify_asan_link_order=0')))}

    def set_clock(self, seconds):
        """By how much it goes wrong."""
        self.clock.write_text(f'{seconds:+d}')

    def count(self, table):
        return self.ask(f'SELECT count (*) FROM {table}')[0][0]

    def backups(self):
        return sorted(Path(self.database).parent.glob('backups/notes-*.db'))

    def fill(self):
        """Something in the trash, something deleted for ever, versions, and a backup."""
        self.env['GSETTINGS_BACKEND'] = 'keyfile'
        for title in ('Kept', 'Trashed', 'Deleted'):
            self.add(title, f'{title}.')
        for number in range(5):
            self.run_octavo('edit', '1', '--body', f'Version {number}')
        self.run_octavo('trash', '2', '3')
        self.run_octavo('delete', '3')
        self.run_octavo('backup', '--now')

    def look(self, app):
        """Wait until the program has looked at what is too old."""
        now = (time.time() + int(self.clock.read_text())) * 1e6

        def has_looked():
            try:
                return abs(self.ask('SELECT seen FROM clock')[0][0] - now) < 1000 * 1e6
            except (IndexError, sqlite3.OperationalError):
                return False
        app.wait(has_looked, 25, 'a look at the clock')

    def test_ten_years_ahead_and_back(self):
        self.fill()
        steps, versions, backups = self.count('undo_step'), self.count('note_version'), self.backups()
        self.assertEqual((len(backups), self.count('note')), (1, 2))
        config = Path(self.desktop.env['XDG_CONFIG_HOME']) / 'glib-2.0/settings'
        config.mkdir(parents=True, exist_ok=True)
        (config / 'keyfile').write_text('[io/github/octavo_notes/Octavo]\ntrash-days=7\n')
        self.set_clock(AHEAD)
        app = self.open()
        self.enter(app, 'Kept', 'ctrl+End')
        app.type(' ahead')
        self.until_stored(app, BODY.format(1), 'Version 4 ahead')
        self.look(app)
        self.end(app)
        self.assertEqual(len(self.backups()), 2)
        self.set_clock(0)
        self.assertEqual(self.ask('SELECT count (*) FROM note WHERE trashed > 0')[0][0], 1)
        app = self.open()
        self.enter(app, 'Kept', 'ctrl+End')
        app.type(' and back')
        self.until_stored(app, BODY.format(1), 'Version 4 ahead and back')
        self.look(app)
        self.end(app)
        self.assertEqual(self.count('note'), 2)
        self.assertEqual(self.count('undo_step'), steps)
        self.assertGreaterEqual(self.count('note_version'), versions + 1)
        self.assertLessEqual(set(backups), set(self.backups()))
        self.assertEqual(self.ask('PRAGMA integrity_check'), [('ok',)])
        # and what was deleted before all that comes back
        app = self.open()
        app.key('ctrl+alt+z')
        app.click(app.wait_for('push button', '^Undo: 1 note deleted$'))
        app.wait(lambda: self.count('note') == 3, 5, 'the note that was deleted')
        app.key('Escape')
        app.wait_gone('frame', '^Recent Changes$')
        self.end(app)

    def test_it_jumps_while_somebody_types(self):
        self.add('One', 'text')
        self.add('Two', 'other')
        app = self.open()
        self.enter(app, 'One', 'ctrl+End')
        text = 'text'
        for word, clock in (('back', -AHEAD), ('ahead', AHEAD), ('hour', -3600), ('right', 0)):
            self.set_clock(clock)
            app.type(f' {word}')
            text += f' {word}'
            self.assertLess(self.until_stored(app, BODY.format(1), text), 2)
            self.choose(app, 'Two')
            self.enter(app, 'One', 'ctrl+End')
        self.wait_text(app, text)
        self.wait_rows(app, 'One', 'Two')
        versions = [row[0] for row in self.ask('SELECT size FROM note_version WHERE note_id = 1 ORDER BY id')]
        self.assertEqual(versions, sorted(versions))
        self.assertEqual(len(versions), 4)
        app.key('ctrl+z')
        app.wait(lambda: self.text(app) != text, 5, 'a step back')
        self.end(app)
        self.assertEqual(self.ask('PRAGMA integrity_check'), [('ok',)])

    def test_another_time_zone(self):
        """Two backups of one day are none too many where the day is another one; no note is another."""
        self.add('One', 'text')
        notes = 'SELECT id, created, updated, title, body FROM note'
        before = self.ask(notes)
        seen = set()
        for zone in ('Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'Pacific/Kiritimati'):
            self.env['TZ'] = zone
            local = datetime.fromtimestamp(before[0][2] / 1e6, ZoneInfo(zone)).strftime('%Y-%m-%d %H:%M')
            self.assertIn(local, self.run_octavo('list'))
            app = self.open()
            self.wait_rows(app, 'One')
            self.enter(app, 'One', 'ctrl+End')
            self.quit(app)
            self.assertEqual(self.ask(notes), before)
            seen.add(local)
            # nothing was written since the first one
            self.assertEqual(len(self.backups()), 1)
        self.assertEqual(len(seen), 3)
        del self.env['TZ']
        day = datetime.now(timezone.utc).strftime('%Y-%m-%d')
        self.assertEqual(len(self.run_octavo('backup', '--list').splitlines()), 1)
        self.assertIn(day[:7], self.backups()[0].name)


main('clock')
