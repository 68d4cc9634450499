/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-order.h"
#include "search-test.h"

#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* An order that follows the changes against one that is read anew, in the same snapshot, while two connections write.
 * The seed is printed; --seed repeats a run; -m slow makes it long. */
#define N_NOTES       1500
#define IN_ROUND      40 /* edits between two comparisons, at most */
#define QUICK_EDITS   6000
#define SLOW_EDITS    100000
#define FLAT          (4 * 1024 * 1024) /* bytes that memory may grow in all edits but the first ones */
#define LOG_MOST      (16384 + 1024)
#define N_CONNECTIONS 2

typedef struct
{
  SearchTest search;
  sqlite3 *writers[N_CONNECTIONS];
  OctavoOrder *order;  /* follows */
  OctavoOrder *before; /* (nullable): what it was, held by somebody else */
  GArray *before_ids;  /* (nullable): what that was */
  gint64 next_id;      /* of notes that are given one */
  gboolean is_sparse;
  guint n_followed; /* how often it was not read anew */
} OrderTest;

static void
run (sqlite3 *writer, const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (writer, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

G_GNUC_PRINTF (2, 3) static void runf (sqlite3 *writer, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  run (writer, sql);
}

static sqlite3 *
open_writer (OrderTest *self)
{
  sqlite3 *writer;

  g_assert_cmpint (sqlite3_open (self->search.path, &writer), ==, SQLITE_OK);
  sqlite3_busy_timeout (writer, 60000);
  run (writer, "PRAGMA synchronous = OFF");
  return writer;
}

static void
set_up (OrderTest *self, gconstpointer sparse)
{
  search_test_set_up (&self->search, NULL);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    self->writers[i] = open_writer (self);
  self->is_sparse = sparse != NULL;
  self->next_id = 1;
}

static void
tear_down (OrderTest *self, gconstpointer sparse)
{
  g_clear_pointer (&self->order, octavo_order_unref);
  g_clear_pointer (&self->before, octavo_order_unref);
  g_clear_pointer (&self->before_ids, g_array_unref);
  for (guint i = 0; i < N_CONNECTIONS; i++)
    sqlite3_close (self->writers[i]);
  search_test_tear_down (&self->search, NULL);
}

/* Edits */

static const char *const words[] = { "Äpfel", "apple", "Zebra", "zebra", "", "生活", "Éclair", "10", "9", "mango" };

static char *
random_title (void)
{
  return g_strdup_printf ("%s %d", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
                          g_test_rand_int_range (0, 50));
}

/* Many notes have the same time. */
static gint64
random_time (void)
{
  return g_test_rand_int_range (0, 400);
}

static void
insert (OrderTest *self, sqlite3 *writer, const char *how, const char *id)
{
  g_autofree char *title = random_title ();

  runf (writer,
        "INSERT %s INTO note (id, user_id, created, updated, trashed, pinned, title) "
        "VALUES (%s, 1, %d, %d, %d, %d, '%s')",
        how, id, (int) random_time (), (int) random_time (),
        g_test_rand_int_range (0, 9) == 0 ? (int) random_time () - 30 : 0, g_test_rand_int_range (0, 7) == 0, title);
}

static void
insert_new (OrderTest *self, sqlite3 *writer)
{
  g_autofree char *id = NULL;

  if (!self->is_sparse)
    {
      insert (self, writer, "", "NULL");
      return;
    }
  id = g_strdup_printf ("%" G_GINT64_FORMAT, self->next_id += g_test_rand_int_range (1, 100000));
  insert (self, writer, "OR REPLACE", id);
}

/* Where to look for a note, so that any may be found. */
static char *
some_note (void)
{
  return g_strdup_printf ("(SELECT id FROM note WHERE id >= (SELECT max (id) FROM note) * %d / 1000 LIMIT 1)",
                          g_test_rand_int_range (0, 1001));
}

static void
edit_sets (sqlite3 *writer)
{
  static const char *const parts[] = {
    "UPDATE note SET updated = updated + 1 WHERE id % 61",
    "UPDATE note SET pinned = 1 - pinned WHERE id % 211",
    "UPDATE note SET created = updated WHERE id % 97",
    "DELETE FROM note WHERE id % 307",
  };

  runf (writer, "%s = %d", parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))], g_test_rand_int_range (0, 400));
}

static void
edit_one (sqlite3 *writer)
{
  g_autofree char *note = some_note (), *title = random_title ();

  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      runf (writer, "UPDATE note SET pinned = 1 - pinned WHERE id = %s", note);
      break;
    case 1:
      runf (writer, "UPDATE note SET trashed = CASE trashed WHEN 0 THEN %d ELSE 0 END WHERE id = %s",
            (int) random_time () - 30, note);
      break;
    case 2:
    case 3:
      runf (writer, "UPDATE note SET title = '%s' WHERE id = %s", title, note);
      break;
    case 4:
      runf (writer, "UPDATE note SET created = %d WHERE id = %s", (int) random_time (), note);
      break;
    default:
      runf (writer, "UPDATE note SET updated = %d, body = body || 'x' WHERE id = %s", (int) random_time (), note);
    }
}

static void
edit_once (OrderTest *self, sqlite3 *writer)
{
  g_autofree char *note = some_note ();

  switch (g_test_rand_int_range (0, 24))
    {
    case 0:
    case 1:
    case 2:
    case 3:
      insert_new (self, writer);
      break;
    case 4:
    case 5:
    case 6:
      runf (writer, "DELETE FROM note WHERE id = %s", note);
      break;
    case 7:
      insert (self, writer, "OR REPLACE", note);
      break;
    case 8:
      /* where one was deleted, or none ever was */
      insert (self, writer, "OR IGNORE", "(SELECT abs (random ()) % (max (id) + 1) FROM note)");
      break;
    case 9:
      if (g_test_rand_int_range (0, 20) == 0)
        insert (self, writer, "OR REPLACE", g_test_rand_int_range (0, 2) == 0 ? "-1" : "-20000");
      else
        runf (writer, "UPDATE OR REPLACE note SET id = (SELECT max (id) FROM note) - %d WHERE id = %s",
              g_test_rand_int_range (0, 30), note);
      break;
    case 10:
      edit_sets (writer);
      break;
    default:
      edit_one (writer);
    }
}

/* Some edits in one transaction; some are taken back. */
static guint
edit (OrderTest *self, sqlite3 *writer, guint max_edits)
{
  guint n = g_test_rand_int_range (1, max_edits + 1);

  run (writer, "BEGIN IMMEDIATE");
  for (guint i = 0; i < n; i++)
    edit_once (self, writer);
  if (g_test_rand_int_range (0, 12) == 0)
    run (writer, "ROLLBACK");
  else
    run (writer, "COMMIT");
  return n;
}

/* Comparing */

static const OctavoSort sorts[] = { OCTAVO_SORT_UPDATED, OCTAVO_SORT_CREATED, OCTAVO_SORT_TITLE };

static GArray *
get_ids (OctavoOrder *order, OctavoSort sort, OrmConnection *connection)
{
  g_autoptr (GError) error = NULL;
  gsize n_slots;
  const guint32 *sorted = octavo_order_get_sorted (order, sort, connection, &n_slots, &error);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_no_error (error);
  octavo_order_append_ids (order, sorted, n_slots, octavo_order_get_notes (order), ids);
  g_assert_cmpuint (ids->len, ==, n_slots);
  return ids;
}

static GArray *
get_set (OctavoOrder *order, const OctavoBitmap *notes)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint slot = 0; octavo_bitmap_next (notes, &slot); slot++)
    {
      gint64 id = octavo_order_get_id (order, slot);

      g_array_append_val (ids, id);
    }
  return ids;
}

static void
assert_same (GArray *a, GArray *b)
{
  g_assert_cmpmem (a->data, a->len * sizeof (gint64), b->data, b->len * sizeof (gint64));
}

static void
compare_range (OctavoOrder *a, OctavoOrder *b, OctavoSort sort, OrmConnection *connection)
{
  OctavoOrder *orders[] = { a, b };
  GArray *ids[2];
  g_autoptr (GError) error = NULL;
  gint64 from = random_time (), until = random_time ();

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (OctavoBitmap) found = octavo_bitmap_new (octavo_order_get_n_slots (orders[i]));

      octavo_order_add_range (orders[i], sort, from, until, connection, found, &error);
      g_assert_no_error (error);
      ids[i] = get_set (orders[i], found);
    }
  assert_same (ids[0], ids[1]);
  g_array_unref (ids[0]);
  g_array_unref (ids[1]);
}

static void
compare_sets (OctavoOrder *a, OctavoOrder *b)
{
  const OctavoBitmap *(*const sets[]) (OctavoOrder *) = { octavo_order_get_notes, octavo_order_get_pinned,
                                                          octavo_order_get_trashed };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (GArray) one = get_set (a, sets[i](a));
      g_autoptr (GArray) other = get_set (b, sets[i](b));

      assert_same (one, other);
    }
}

/* The notes that SQLite sorts, as a third opinion. */
static void
compare_with_sql (OctavoOrder *order, OrmConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = get_ids (order, OCTAVO_SORT_UPDATED, connection);
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT id FROM note ORDER BY pinned DESC, updated DESC, id DESC", &error);
  guint n = 0;

  g_assert_no_error (error);
  while (orm_statement_step (statement, &error) == ORM_STEP_ROW)
    {
      g_assert_cmpuint (n, <, ids->len);
      g_assert_cmpint (orm_statement_get_int64 (statement, 0), ==, g_array_index (ids, gint64, n));
      n++;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, ids->len);
}

static gboolean
work_compare (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  OrderTest *self = data;
  OctavoOrder *was = self->order;
  g_autoptr (OctavoOrder) anew = NULL;

  octavo_order_follow (&self->order, connection, error);
  g_assert_no_error (*error);
  self->n_followed += self->order == was;
  if (self->before != NULL)
    {
      g_autoptr (GArray) ids = get_ids (self->before, OCTAVO_SORT_UPDATED, connection);

      assert_same (ids, self->before_ids);
      g_clear_pointer (&self->before, octavo_order_unref);
      g_clear_pointer (&self->before_ids, g_array_unref);
    }

  octavo_order_follow (&anew, connection, error);
  g_assert_no_error (*error);
  compare_sets (self->order, anew);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (GArray) followed = get_ids (self->order, sorts[i], connection);
      g_autoptr (GArray) read = get_ids (anew, sorts[i], connection);

      assert_same (followed, read);
      if (sorts[i] != OCTAVO_SORT_TITLE)
        compare_range (self->order, anew, sorts[i], connection);
    }
  compare_with_sql (self->order, connection);
  if (g_test_rand_int_range (0, 4) == 0)
    {
      self->before = octavo_order_ref (self->order);
      self->before_ids = get_ids (self->before, OCTAVO_SORT_UPDATED, connection);
    }
  return TRUE;
}

static void
compare (OrderTest *self)
{
  g_autoptr (GError) error = NULL;

  orm_database_read (self->search.database, work_compare, self, NULL, &error);
  g_assert_no_error (error);
}

static void
insert_notes (OrderTest *self, guint n_notes)
{
  run (self->writers[0], "BEGIN");
  for (guint i = 0; i < n_notes; i++)
    insert_new (self, self->writers[0]);
  run (self->writers[0], "COMMIT");
}

/* Tests */

/* Bytes that are in use, libraries and all. */
static gsize
get_memory (void)
{
  g_autofree char *text = NULL;
  const char *pages;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || (pages = strchr (text, ' ')) == NULL)
    return 0;
  return (gsize) g_ascii_strtoull (pages + 1, NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

static void
test_follows (OrderTest *self, gconstpointer data)
{
  guint n_edits = g_test_slow () ? SLOW_EDITS : QUICK_EDITS, n_done = 0, n_rounds = 0, n_notes;
  gsize memory = 0;

  insert_notes (self, N_NOTES);
  compare (self);
  self->n_followed = 0;
  while (n_done < n_edits)
    {
      n_done += edit (self, self->writers[n_rounds % N_CONNECTIONS], g_test_slow () ? 8 * IN_ROUND : IN_ROUND);
      compare (self);
      n_rounds++;
      n_notes = (guint) search_test_get_int64 (&self->search, "SELECT count (*) FROM note");
      if (n_notes < N_NOTES / 2)
        insert_notes (self, N_NOTES / 2);
      if (memory == 0 && n_done > n_edits / 5)
        memory = get_memory ();
    }
  g_test_message ("%u edits, %u of %u rounds followed", n_done, self->n_followed, n_rounds);
  /* The others have a note whose id is not in its place, or change an order that somebody else holds. */
  g_assert_cmpuint (self->n_followed, >, self->is_sparse ? n_rounds / 20 : n_rounds / 4);
  if (g_test_slow ())
    g_assert_cmpuint (get_memory (), <, memory + FLAT);
}

/* More than the log keeps, and more than are looked at one by one. */
static void
test_many_changes (OrderTest *self, gconstpointer data)
{
  insert_notes (self, 12000);
  compare (self);
  self->n_followed = 0;
  run (self->writers[0], "UPDATE note SET updated = 400 - updated");
  compare (self);
  g_assert_cmpuint (self->n_followed, ==, 0);
  for (guint i = 0; i < 3; i++)
    run (self->writers[1], "UPDATE note SET created = created + 1, title = title || '!'");
  g_assert_cmpint (search_test_get_int64 (&self->search, "SELECT count (*) FROM note_change"), <=, LOG_MOST);
  compare (self);
  g_assert_cmpuint (self->n_followed, ==, 0);

  /* few again: it follows */
  g_clear_pointer (&self->before, octavo_order_unref);
  g_clear_pointer (&self->before_ids, g_array_unref);
  run (self->writers[1], "UPDATE note SET updated = 1000, title = 'B' WHERE id IN (5, 77, 11000)");
  compare (self);
  g_assert_cmpuint (self->n_followed, ==, 1);
}

static void
test_nothing_relevant (OrderTest *self, gconstpointer data)
{
  gint64 last;

  insert_notes (self, 10);
  compare (self);
  last = search_test_get_int64 (&self->search, "SELECT coalesce (max (seq), 0) FROM note_change");
  run (self->writers[0], "UPDATE note SET body = 'other', excerpt = 'other'");
  g_assert_cmpint (search_test_get_int64 (&self->search, "SELECT coalesce (max (seq), 0) FROM note_change"), ==, last);
  compare (self);
}

/* A log that lost its rows and begins anew. */
static void
test_log_begins_anew (OrderTest *self, gconstpointer data)
{
  insert_notes (self, 50);
  run (self->writers[0], "UPDATE note SET updated = 7 WHERE id < 20");
  compare (self);
  run (self->writers[0], "DELETE FROM note_change; UPDATE note SET updated = 8 WHERE id = 3");
  compare (self);
}

static void
test_empties (OrderTest *self, gconstpointer data)
{
  compare (self);
  insert_notes (self, 3);
  compare (self);
  run (self->writers[1], "DELETE FROM note");
  compare (self);
  insert_notes (self, 3);
  compare (self);
}

typedef struct
{
  OrderTest *test;
  int is_over; /* atomic */
  guint n_done;
} Writer;

static gpointer
write_on_thread (gpointer data)
{
  Writer *writer = data;
  guint n = 0;

  while (!g_atomic_int_get (&writer->is_over))
    {
      runf (writer->test->writers[1],
            "BEGIN IMMEDIATE; UPDATE note SET updated = updated + 3, pinned = (id %% 5 = 0) WHERE id %% 101 = %u; "
            "INSERT INTO note (user_id, created, updated, title) VALUES (1, %u, %u, 'new %u'); "
            "DELETE FROM note WHERE id = (SELECT min (id) FROM note); COMMIT",
            n % 101, n % 37, n % 53, n);
      n++;
    }
  writer->n_done = n;
  return NULL;
}

/* Each snapshot has its order, while somebody writes all the time. */
static void
test_while_writing (OrderTest *self, gconstpointer data)
{
  Writer writer = { self, FALSE, 0 };
  guint n_rounds = g_test_slow () ? 2000 : 100;
  GThread *thread;

  insert_notes (self, N_NOTES);
  thread = g_thread_new ("writer", write_on_thread, &writer);
  for (guint i = 0; i < n_rounds; i++)
    compare (self);
  g_atomic_int_set (&writer.is_over, TRUE);
  g_thread_join (thread);
  g_test_message ("%u commits meanwhile, %u of %u rounds followed", writer.n_done, self->n_followed, n_rounds);
  compare (self);
}

#define ADD(path, data, test) g_test_add (path, OrderTest, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  ADD ("/order/follows/dense-ids", NULL, test_follows);
  ADD ("/order/follows/sparse-ids", "sparse", test_follows);
  ADD ("/order/many-changes-are-read-anew", NULL, test_many_changes);
  ADD ("/order/edits-of-bodies-are-not-written-down", NULL, test_nothing_relevant);
  ADD ("/order/log-begins-anew", NULL, test_log_begins_anew);
  ADD ("/order/empties", NULL, test_empties);
  ADD ("/order/right-while-others-write", NULL, test_while_writing);
  return g_test_run ();
}
