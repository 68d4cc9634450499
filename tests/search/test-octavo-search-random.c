/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-ids.h"
#include "reference.h"
#include "search-test.h"

#include <locale.h>

/* The engine against the reference: random notes, edits and queries. The seed is printed; --seed repeats a run. */
#define N_NOTES   300
#define N_ROUNDS  60
#define N_QUERIES 25

static const char *const users[] = { "Anna Schmidt", "Bob" };

static const char *const tags[] = { "work", "work/project", "Home", "homework", "Café", "生活", "a-b", "x/y/z" };

static const char *const words[] = {
  "bell",
  "doorbell",
  "Bells",
  "be",
  "a",
  "A1",
  "b",
  "book",
  "Café",
  "cafe\xcc\x81",
  "CAFE",
  "naïve",
  "Straße",
  "STRASSE",
  "C",
  "c",
  "10",
  "0",
  "1",
  "foo",
  "bar",
  "foobar",
  "Ω",
  "ωμέγα",
  "мир",
  "Ёлка",
  "生",
  "生存",
  "存",
  "我们",
  "が",
  "か\xe3\x82\x99",
  "カナ",
  "한글",
  "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
  "สวัสดี",
  "[[link]]",
  "- [ ] open",
  "- [x] done",
  "http://a.org",
  "🎉",
  "ﬁn",
  "tag:work",
  "OR",
  "NOT",
  "averyveryveryverylongwordthatislongerthanapieceoftheindexcanhold0123456789andgoeson",
};

static const char *const gaps[] = {
  " ",    " ",  " ",
  " ",    " ",  "\n",
  "  ",   "",   "",
  ", ",   ". ", "_",
  ".",    "++", "-",
  "\n- ", "(",  ")",
  "\"",   "/",  "--------------------------------------------------------------------------------",
  "→",    "#"
};

static const char *
pick (const char *const *list, guint n)
{
  return list[g_test_rand_int_range (0, n)];
}

#define PICK(list) pick (list, G_N_ELEMENTS (list))

static char *
random_text (guint max_words)
{
  GString *text = g_string_new (NULL);
  guint n = g_test_rand_int_range (0, max_words + 1);

  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, PICK (words));
      if (i + 1 < n || g_test_rand_int_range (0, 4) == 0)
        g_string_append (text, PICK (gaps));
    }
  return g_string_free (text, FALSE);
}

static gint64
random_time (void)
{
  gint64 now = g_get_real_time ();

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return now - g_test_rand_int_range (0, 20) * G_TIME_SPAN_DAY;
    case 1:
      return now - g_test_rand_int_range (0, 100) * G_TIME_SPAN_HOUR;
    case 2: /* about midnight in Berlin, summer and winter */
      return (G_GINT64_CONSTANT (1767222000) + g_test_rand_int_range (-2, 366) * 86400 +
              g_test_rand_int_range (-7200, 7200)) *
             G_USEC_PER_SEC;
    default:
      return now - g_test_rand_int_range (0, 5) * G_TIME_SPAN_DAY * 365;
    }
}

static ReferenceNote *
random_note (void)
{
  ReferenceNote *note = g_new0 (ReferenceNote, 1);

  note->user_id = g_test_rand_int_range (1, 3);
  note->created = random_time ();
  note->updated = g_test_rand_int_range (0, 3) == 0 ? G_TIME_SPAN_DAY : random_time ();
  note->trashed = g_test_rand_int_range (0, 8) == 0 ? random_time () : 0;
  note->pinned = g_test_rand_int_range (0, 6) == 0;
  note->title = random_text (3);
  note->aliases = g_test_rand_int_range (0, 4) == 0 ? random_text (2) : g_strdup ("");
  note->body = random_text (12);
  note->tags = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_test_rand_int_range (0, 8) == 0)
      g_ptr_array_add (note->tags, g_strdup (tags[i]));
  return note;
}

static void
bind_note (OrmStatement *statement, const ReferenceNote *note)
{
  orm_statement_bind_int64 (statement, 1, note->id);
  orm_statement_bind_int64 (statement, 2, note->user_id);
  orm_statement_bind_int64 (statement, 3, note->created);
  orm_statement_bind_int64 (statement, 4, note->updated);
  orm_statement_bind_int64 (statement, 5, note->trashed);
  orm_statement_bind_int64 (statement, 6, note->pinned);
  orm_statement_bind_text (statement, 7, note->title, -1);
  orm_statement_bind_text (statement, 8, note->aliases, -1);
  orm_statement_bind_text (statement, 9, note->body, -1);
}

static gboolean
work_store (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const ReferenceNote *note = data;
  OrmStatement *statement = orm_connection_prepare (
      connection,
      "INSERT INTO note (id, user_id, created, updated, trashed, pinned, title, aliases, body) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET user_id = excluded.user_id, created = "
      "excluded.created, updated = excluded.updated, trashed = excluded.trashed, pinned = excluded.pinned, "
      "title = excluded.title, aliases = excluded.aliases, body = excluded.body",
      error);

  if (statement == NULL)
    return FALSE;
  bind_note (statement, note);
  if (!orm_statement_run (statement, error))
    return FALSE;
  statement = orm_connection_prepare (connection, "DELETE FROM note_tag WHERE note_id = ?", error);
  orm_statement_bind_int64 (statement, 1, note->id);
  if (!orm_statement_run (statement, error))
    return FALSE;
  for (guint i = 0; i < note->tags->len; i++)
    {
      statement =
          orm_connection_prepare (connection, "INSERT INTO note_tag SELECT ?, id FROM tag WHERE name = ?", error);
      orm_statement_bind_int64 (statement, 1, note->id);
      orm_statement_bind_text (statement, 2, g_ptr_array_index (note->tags, i), -1);
      if (!orm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static void
store (SearchTest *test, ReferenceNote *note)
{
  g_autoptr (GError) error = NULL;

  orm_database_write (test->database, work_store, note, NULL, &error);
  g_assert_no_error (error);
}

/* Something that stands in a note, or nearly. */
static void
append_part (GString *query, GPtrArray *notes)
{
  const ReferenceNote *note = g_ptr_array_index (notes, g_test_rand_int_range (0, notes->len));
  const char *text = g_test_rand_int_range (0, 3) == 0 ? note->title : note->body;
  glong length = g_utf8_strlen (text, -1);
  glong start, end;
  g_autofree char *part = NULL;

  if (length == 0)
    return;
  start = g_test_rand_int_range (0, length);
  end = start + g_test_rand_int_range (1, 12);
  end = MIN (end, length);
  /* A part does not begin within a character. */
  while (start < end && g_unichar_ismark (g_utf8_get_char (g_utf8_offset_to_pointer (text, start))))
    start++;
  while (end < length && g_unichar_break_type (g_utf8_get_char (g_utf8_offset_to_pointer (text, end))) ==
                             G_UNICODE_BREAK_COMBINING_MARK)
    end++;
  part = g_utf8_substring (text, start, end);
  g_strdelimit (part, "\"", ' ');
  g_string_append (query, part);
}

static void
append_atom (GString *query, GPtrArray *notes)
{
  static const char *const conditions[] = {
    "is:pinned",
    "is:trashed",
    "is:untagged",
    "is:todo",
    "is:done",
    "has:link",
    "has:checklist",
    "tag:work",
    "#home",
    "tag:*",
    "tag:ca*",
    "tag:x/y",
    "user:anna",
    "user:bob",
    "user:\"anna schmidt\"",
    "user:ann",
    "created:2026",
    "created:2026-03",
    "updated:>2026-06-01",
    "updated:<2026",
    "created:2025..2026-02",
    "updated:day-3",
    "created:day-10..day-2",
    "updated:1970",
    "created:>=year-1",
    "created:<year-0",
  };

  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
      g_string_append (query, PICK (conditions));
      break;
    case 1:
    case 2:
      g_string_append_c (query, '"');
      append_part (query, notes);
      g_string_append_c (query, '"');
      break;
    case 3:
      append_part (query, notes);
      break;
    case 4:
      g_string_append (query, g_test_rand_int_range (0, 2) ? "title:" : "body:");
      g_string_append (query, PICK (words));
      break;
    case 5:
      g_string_append (query, PICK (words));
      g_string_append_c (query, '*');
      break;
    default:
      g_string_append (query, PICK (words));
    }
}

static void
append_query (GString *query, GPtrArray *notes, guint depth)
{
  guint n = g_test_rand_int_range (1, 4);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (query, g_test_rand_int_range (0, 3) == 0 ? " OR " : " ");
      if (g_test_rand_int_range (0, 5) == 0)
        g_string_append (query, g_test_rand_int_range (0, 2) ? "-" : "NOT ");
      if (depth < 3 && g_test_rand_int_range (0, 6) == 0)
        {
          g_string_append_c (query, '(');
          append_query (query, notes, depth + 1);
          g_string_append_c (query, ')');
        }
      else
        append_atom (query, notes);
    }
}

static char *
ids_to_string (GArray *ids)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (out, "%" G_GINT64_FORMAT " ", g_array_index (ids, gint64, i));
  return g_string_free (out, FALSE);
}

static void
compare_once (SearchTest *test, GPtrArray *notes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (OctavoQuery) query = NULL;
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) wanted = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found_ids = NULL, *wanted_ids = NULL, *tree = NULL;
  OctavoSort sort = (OctavoSort) g_test_rand_int_range (0, 4);
  OctavoScope scope = { (OctavoPlace) g_test_rand_int_range (0, 4), g_test_rand_int_range (1, G_N_ELEMENTS (tags) + 1),
                        g_test_rand_int_range (0, 3) == 0 ? 2 : 0 };

  if (g_test_rand_int_range (0, 2) == 0)
    scope.place = OCTAVO_PLACE_ALL;
  append_query (text, notes, 0);
  query = octavo_query_new (text->str);
  tree = octavo_query_to_string (query);
  found = octavo_search_run (test->search, query, &scope, sort, NULL, &error);
  g_assert_no_error (error);
  wanted = reference_run (notes, users, query, &scope, tags[scope.tag_id - 1], sort);
  if (sort == OCTAVO_SORT_RELEVANCE)
    {
      if (!reference_is_by_relevance (notes, query, found, wanted))
        g_error ("not in the order of relevance: %s, place %d", text->str, scope.place);
      g_array_sort (found, octavo_compare_ids);
      g_array_sort (wanted, octavo_compare_ids);
    }
  found_ids = ids_to_string (found);
  wanted_ids = ids_to_string (wanted);
  if (g_strcmp0 (found_ids, wanted_ids) != 0)
    {
      g_test_message ("query: %s", text->str);
      g_test_message ("tree: %s, place %d, sort %d", tree, scope.place, sort);
    }
  g_assert_cmpstr (found_ids, ==, wanted_ids);
}

static void
edit_once (SearchTest *test, GPtrArray *notes, gint64 *next_id)
{
  guint index = g_test_rand_int_range (0, notes->len);
  ReferenceNote *old = g_ptr_array_index (notes, index), *note;

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      note = random_note ();
      note->id = (*next_id)++;
      store (test, note);
      g_ptr_array_add (notes, note);
      break;
    case 1:
      search_test_execute (test, "DELETE FROM note WHERE id = %" G_GINT64_FORMAT, old->id);
      g_ptr_array_remove_index (notes, index);
      break;
    case 2:
      search_test_execute (test, "UPDATE note SET pinned = NOT pinned WHERE id = %" G_GINT64_FORMAT, old->id);
      old->pinned = !old->pinned;
      break;
    default:
      note = random_note ();
      note->id = old->id;
      store (test, note);
      g_ptr_array_remove_index (notes, index);
      g_ptr_array_add (notes, note);
    }
}

static void
maintain_once (SearchTest *test)
{
  g_autoptr (GError) error = NULL;
  OctavoIndexFault fault = OCTAVO_INDEX_RIGHT;

  switch (g_test_rand_int_range (0, 6))
    {
    case 0:
    case 1:
    case 2:
      search_test_index (test);
      break;
    case 3:
      search_test_index (test);
      octavo_search_check (test->search, &fault, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (fault, ==, OCTAVO_INDEX_RIGHT);
      break;
    default:
      break;
    }
}

/* sparse: ids far apart, so that slots are not ids. */
static void
test_random (SearchTest *test, gconstpointer sparse)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_note_free);
  gint64 next_id = 1;

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *folded = g_utf8_casefold (tags[i], -1);

      search_test_execute (test, "INSERT INTO tag (id, name, folded) VALUES (%u, '%s', '%s')", i + 1, tags[i], folded);
    }
  for (guint i = 0; i < N_NOTES; i++)
    {
      ReferenceNote *note = random_note ();

      note->id = sparse != NULL ? next_id * 1000003 : next_id;
      next_id++;
      store (test, note);
      g_ptr_array_add (notes, note);
    }
  if (sparse != NULL)
    next_id *= 1000003;
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      guint n_edits = g_test_rand_int_range (0, 6);

      for (guint j = 0; j < N_QUERIES; j++)
        compare_once (test, notes);
      for (guint j = 0; j < n_edits; j++)
        edit_once (test, notes, &next_id);
      maintain_once (test);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/search-random/dense-ids", SearchTest, NULL, search_test_set_up, test_random, search_test_tear_down);
  g_test_add ("/search-random/sparse-ids", SearchTest, "sparse", search_test_set_up, test_random,
              search_test_tear_down);
  return g_test_run ();
}
