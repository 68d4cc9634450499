# SPDX-License-Identifier: GPL-3.0-or-later
"""Listing, searching and showing notes, tags and users."""
import re
import sqlite3
import sys

import tap
from command_line import TestCase

TIME = re.compile(r'\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z\Z')
LISTED = {'id': int, 'title': str, 'excerpt': str, 'tags': list, 'user': str, 'created': str, 'updated': str,
          'pinned': bool, 'trashed': bool}


class Json(TestCase):
    def check(self, note, fields):
        self.assertEqual(list(note), list(fields))
        for name, kind in fields.items():
            self.assertIs(type(note[name]), kind, name)
        self.assertRegex(note['created'], TIME)
        self.assertRegex(note['updated'], TIME)

    def test_fields_of_a_listed_note(self):
        note_id = self.add('--title', 'Title', '--tag', 'b', '--tag', 'a', '--user', 'Ada', 'The *text* of it.')
        for note in (self.list()[0], self.search('text')[0]):
            self.check(note, LISTED)
            self.assertEqual((note['id'], note['title'], note['tags'], note['user']), (note_id, 'Title', ['a', 'b'], 'Ada'))
            self.assertEqual(note['excerpt'], 'The text of it.')

    def test_fields_of_a_shown_note(self):
        note = self.show(self.add('text'))
        self.check(note, {'id': int, 'title': str, 'body': str, **{k: v for k, v in LISTED.items() if k not in ('id', 'title')}})

    def test_odd_characters_survive(self):
        text = 'quote " backslash \\ slash / tab \t return \r del \x7f bell \x07 \u2028 \U0001f600 é 生'
        self.assertEqual(self.show(self.add('--title', 'x', text))['body'], text)

    def test_no_notes(self):
        for call in (('list',), ('search', 'x'), ('tags',)):
            self.assertEqual(self.run_octavo(*call, '--json').json, [])

    def test_tags(self):
        self.add('--tag', 'work/project', '--tag', 'home', 'a')
        self.run_octavo('trash', self.add('--tag', 'home', 'b'))
        self.assertEqual(self.run_octavo('tags', '--json').json,
                         [{'name': 'home', 'notes': 1}, {'name': 'work/project', 'notes': 1}])
        self.assertEqual(self.run_octavo('tags').out, 'home\t1\nwork/project\t1\n')

    def test_users(self):
        self.add('--user', 'Ada', 'a')
        self.add('--user', 'Ada', 'b')
        users = self.run_octavo('users', '--json').json
        self.assertEqual(len(users), 2)
        for user in users:
            self.assertEqual(list(user), ['id', 'name', 'email', 'created', 'notes'])
            self.assertRegex(user['created'], TIME)
        self.assertEqual({user['notes'] for user in users if user['name'] == 'Ada'}, {2})
        self.assertIn('Ada\t2\n', self.run_octavo('users').out)


class Order(TestCase):
    def setUp(self):
        super().setUp()
        self.b, self.c, self.a = (self.add('--title', title, 'word') for title in ('b', 'c', 'a'))
        self.run_octavo('edit', self.b, '--body', 'word again')

    def ids(self, *arguments):
        return [note['id'] for note in self.list(*arguments)]

    def test_sort(self):
        self.assertEqual(self.ids(), [self.b, self.a, self.c])
        self.assertEqual(self.ids('--sort', 'updated'), [self.b, self.a, self.c])
        self.assertEqual(self.ids('--sort', 'created'), [self.a, self.c, self.b])
        self.assertEqual(self.ids('--sort', 'title'), [self.a, self.b, self.c])

    def test_pinned_first(self):
        self.run_octavo('edit', self.c, '--pin')
        self.assertEqual(self.ids(), [self.c, self.b, self.a])

    def test_limit_and_offset(self):
        self.assertEqual(self.ids('--limit', 2), [self.b, self.a])
        self.assertEqual(self.ids('--limit', 2, '--offset', 1), [self.a, self.c])
        self.assertEqual(self.ids('--limit', 0), [])
        self.assertEqual(self.ids('--offset', 3), [])
        self.assertEqual(self.ids('--offset', 100), [])
        self.assertEqual(self.ids('--limit', 9223372036854775807), [self.b, self.a, self.c])

    def test_search_sorts_and_limits(self):
        found = [note['id'] for note in self.search('word', '--sort', 'title', '--limit', 2)]
        self.assertEqual(found, [self.a, self.b])
        self.assertEqual(sorted(note['id'] for note in self.search('word', '--sort', 'relevance')),
                         sorted([self.a, self.b, self.c]))

    def test_user(self):
        note = self.add('--user', 'Ada', 'word of Ada')
        self.assertEqual(self.ids('--user', 'ADA'), [note])
        self.assertEqual([found['id'] for found in self.search('word', '--user', 'Ada')], [note])
        self.assert_complains(self.run_octavo('list', '--user', 'Nobody', status=1), 'Nobody')


class Search(TestCase):
    def test_grammar_reaches_the_engine(self):
        bell = self.add('--title', 'Doorbell', '--tag', 'home/door', 'It rings.')
        cafe = self.add('--title', 'Café', '生存 in Paris')

        def found(*words):
            return sorted(note['id'] for note in self.search(*words))

        self.assertEqual(found('bell'), [bell])
        self.assertEqual(found('cafe'), [cafe])
        self.assertEqual(found('存'), [cafe])
        self.assertEqual(found('bell OR cafe'), [bell, cafe])
        self.assertEqual(found('bell', 'OR', 'cafe'), [bell, cafe])
        self.assertEqual(found('is:untagged'), [cafe])
        self.assertEqual(found('tag:home'), [bell])
        self.assertEqual(found('--', '-rings'), [cafe])
        self.assertEqual(found('bell -rings'), [])
        self.assertEqual(found('nothing like it'), [])

    def test_no_query_is_a_syntax_error(self):
        self.add('some text')
        for query in ('"', '(', ')', '-', 'OR', 'NOT', 'a OR', '((a)', 'x:y', '*', "'", 'NEAR(a b)', 'tag:', '""', ' '):
            self.run_octavo('search', '--', query)

    def test_long_query_is_cut_with_a_word_about_it(self):
        self.add('some text')
        called = self.run_octavo('search', 'text ' * 2000)
        self.assert_complains(called, 'too long')
        self.run_octavo('search', 'x' * 10000)
        self.run_octavo('search', '(' * 10000)

    def test_query_that_is_no_text(self):
        self.assert_complains(self.run_octavo('search', b'caf\xe9', status=1), 'UTF-8')


class Text(TestCase):
    def test_tabs_for_programs(self):
        note = self.add('--title', 'A\ttitle', '--tag', 'x', '--tag', 'y', 'text')
        fields = self.run_octavo('list').out.removesuffix('\n').split('\t')
        self.assertEqual(fields[0], str(note))
        self.assertRegex(fields[1], r'\A\d{4}-\d\d-\d\d \d\d:\d\d\Z')
        self.assertEqual(fields[2:], ['A title', 'x, y'])

    def test_untitled_note_is_listed_by_its_words(self):
        self.add('Just some words')
        self.assertEqual(self.run_octavo('list').out.split('\t')[2], 'Just some words')

    def test_show(self):
        note = self.add('--title', 'Title', '--tag', 'x', '--user', 'Ada', 'Body\n')
        lines = self.run_octavo('show', note).out.split('\n')
        self.assertEqual(lines[:3], ['Title: Title', 'Tags: x', 'User: Ada'])
        self.assertEqual(lines[-3:], ['', 'Body', ''])

    def test_columns_on_a_terminal(self):
        self.add('--title', '生存' * 40, '--tag', 'cjk', 'text')
        self.add('--title', 'x' * 200, '--tag', 'long', 'text')
        self.add('--title', 'short', '--tag', 'a' * 100, 'text')
        lines = self.on_terminal('list', env={'NO_COLOR': '1'}).splitlines()
        self.assertEqual(len(lines), 3)

        def width(text):
            return sum(2 if '\u2e80' <= character <= '\u9fff' else 1 for character in text)

        starts = {width(line[:line.index(tag)]) for line, tag in zip(lines, ('aaa', 'long', 'cjk'))}
        self.assertEqual(len(starts), 1, lines)
        for line in lines:
            self.assertLessEqual(width(line), 80)
        self.on_terminal('list', columns=10)

    def test_waiting_for_the_index(self):
        self.add('one')
        connection = sqlite3.connect(self.database)
        connection.execute('WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 25000) '
                           'INSERT INTO note (user_id, created, updated, title) SELECT 1, i, i, \'word\' || i FROM n')
        connection.commit()
        connection.close()
        text = self.on_terminal('search', 'word777')
        self.assertRegex(text, 'Indexing .*   0 %')
        self.assertRegex(text, 'Indexing .*100 %')
        self.assertIn('word777', text.splitlines()[-1])
        self.assertLess(text.rindex('Indexing'), text.rindex('\x1b[K'))
        # Nothing to wait for, and nobody who looks.
        self.assertNotIn('Indexing', self.on_terminal('search', 'word777'))
        with sqlite3.connect(self.database) as connection:
            connection.execute('UPDATE search_meta SET version = 0')
        connection.close()
        self.assertEqual(self.run_octavo('search', '--limit', '1', 'word777').err, '')

    def test_a_note_cannot_move_the_cursor(self):
        note = self.add('--title', 'evil \x1b[2J', 'text \x1b]0;title\x07 \x9b1m end')
        for call in (('list',), ('show', note)):
            shown = self.on_terminal(*call, env={'NO_COLOR': '1'})
            self.assertNotIn('\x1b', shown)
            self.assertNotIn('\x9b', shown)
        self.assertIn('\x1b', self.run_octavo('show', note).out)


tap.run(sys.modules['__main__'], 'command-read')
