/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-note-private.h"
#include "octavo-note-sql.h"
#include "octavo-store-private.h"

#include <locale.h>
#include <string.h>

static gboolean
insert (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return octavo_note_sql_insert (connection, data, error);
}

static gboolean
update (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return octavo_note_sql_update (connection, data, error);
}

static gboolean
run (ModelTest *self, OrmWork work, OctavoNoteValues *values, GError **error)
{
  return orm_database_write (octavo_store_get_database (self->store), work, values, NULL, error);
}

static OctavoNoteValues *
make_values (void)
{
  OctavoNoteValues *values = octavo_note_values_new ();

  values->user_id = 1;
  values->title = g_strdup ("A\ntitle");
  values->body = g_strdup ("**Some** text");
  values->aliases = g_strdup ("Other");
  values->front_matter = g_strdup ("a: b\n");
  values->tags = g_strsplit ("b,#A", ",", -1);
  values->created = 1000;
  values->updated = 2000;
  values->trashed = 3000;
  values->pinned = TRUE;
  return values;
}

static void
assert_file (ModelTest *self, const char *expected)
{
  g_autofree char *text = model_test_query_text (
      self->path,
      "SELECT concat FROM (SELECT group_concat (id || '|' || created || '|' || updated || '|' || trashed || "
      "'|' || pinned || '|' || title || '|' || excerpt || '|' || aliases || '|' || front_matter || '|' || "
      "body) AS concat FROM note)");

  g_assert_cmpstr (text, ==, expected);
}

static void
test_insert (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNoteValues) values = make_values ();
  g_autoptr (GError) error = NULL;
  g_autofree char *tags = NULL;

  g_assert_true (run (self, insert, values, &error));
  g_assert_no_error (error);
  g_assert_cmpint (values->id, ==, 1);
  assert_file (self, "1|1000|2000|3000|1|A title|Some text|Other|a: b\n|**Some** text");
  tags = model_test_query_text (self->path, "SELECT group_concat (name) FROM (SELECT name FROM tag ORDER BY folded)");
  g_assert_cmpstr (tags, ==, "A,b");
}

/* What the values do not have the note has no more. */
static void
test_update (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNoteValues) values = make_values ();
  g_autoptr (GError) error = NULL;

  g_assert_true (run (self, insert, values, &error));
  g_assert_no_error (error);
  g_clear_pointer (&values->tags, g_strfreev);
  g_clear_pointer (&values->aliases, g_free);
  g_clear_pointer (&values->body, g_free);
  values->pinned = FALSE;
  g_assert_true (run (self, update, values, &error));
  g_assert_no_error (error);
  assert_file (self, "1|1000|2000|3000|0|A title|||a: b\n|");
  g_assert_cmpint (model_test_query_int (self->path, "SELECT count (*) FROM tag"), ==, 0);
}

static void
test_dates_of_now (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNoteValues) values = octavo_note_values_new ();
  gint64 before = g_get_real_time ();

  values->user_id = 1;
  g_assert_true (run (self, insert, values, NULL));
  g_assert_cmpint (model_test_query_int (self->path, "SELECT min (created, updated) FROM note"), >=, before);
}

static void
assert_refused (ModelTest *self, OctavoNoteValues *values, OctavoError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (self, insert, values, &error));
  g_assert_error (error, OCTAVO_ERROR, (int) code);
  g_assert_cmpint (model_test_query_int (self->path,
                                         "SELECT (SELECT count (*) FROM note) + (SELECT count (*) FROM tag)"),
                   ==, 0);
}

static void
test_refused (ModelTest *self, gconstpointer data)
{
  const char *not_utf8 = "caf\xe9";

  {
    g_autoptr (OctavoNoteValues) values = make_values ();

    g_free (values->title);
    values->title = g_strdup (not_utf8);
    assert_refused (self, values, OCTAVO_ERROR_INVALID_TEXT);
  }
  {
    g_autoptr (OctavoNoteValues) values = make_values ();

    g_free (values->body);
    values->body = g_strdup (not_utf8);
    assert_refused (self, values, OCTAVO_ERROR_INVALID_TEXT);
  }
  {
    g_autoptr (OctavoNoteValues) values = make_values ();

    g_free (values->front_matter);
    values->front_matter = g_strdup (not_utf8);
    assert_refused (self, values, OCTAVO_ERROR_INVALID_TEXT);
  }
  {
    g_autoptr (OctavoNoteValues) values = make_values ();

    g_free (values->title);
    values->title = g_strnfill (OCTAVO_NOTE_MAX_TITLE + 1, 'x');
    assert_refused (self, values, OCTAVO_ERROR_TOO_BIG);
  }
  {
    g_autoptr (OctavoNoteValues) values = make_values ();

    g_strfreev (values->tags);
    values->tags = g_strsplit ("good|b,ad", "|", -1);
    assert_refused (self, values, OCTAVO_ERROR_INVALID_TAG);
  }
}

/* The limit of a text is that of SQLite, which would find out late; it takes a gigabyte to see. */
static void
test_enormous (ModelTest *self, gconstpointer data)
{
  g_autoptr (OctavoNoteValues) values = make_values ();

  if (!g_test_slow ())
    {
      g_test_skip ("only with -m slow");
      return;
    }
  g_free (values->body);
  values->body = g_strnfill (OCTAVO_NOTE_MAX_BODY + 1, 'x');
  assert_refused (self, values, OCTAVO_ERROR_TOO_BIG);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                                            \
  g_test_add ("/note-sql/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

  ADD ("insert", test_insert);
  ADD ("update", test_update);
  ADD ("dates-of-now", test_dates_of_now);
  ADD ("refused", test_refused);
  ADD ("enormous", test_enormous);

  return g_test_run ();
}
