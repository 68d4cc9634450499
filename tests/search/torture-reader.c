/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search"

#include "torture-reader.h"

#include "octavo-ids.h"

#include <string.h>

#define MAX_REPORTED 5

typedef struct
{
  ReferenceNote note;
  guint round; /* in which it was last there */
} Note;

static void
free_note (gpointer note)
{
  reference_note_free (note);
}

void
torture_reader_init (TortureReader *self, OrmDatabase *database, OctavoSearch *search, guint max_queries, guint32 seed)
{
  *self = (TortureReader){ .database = database, .search = search, .max_queries = max_queries };
  torture_text_init (&self->text, seed);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_note);
  self->notes = g_ptr_array_new ();
  self->users = g_ptr_array_new_with_free_func (g_free);
  self->tags = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->tag_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->report = g_string_new (NULL);
}

void
torture_reader_clear (TortureReader *self)
{
  torture_text_clear (&self->text);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_clear_pointer (&self->tag_ids, g_array_unref);
  for (guint i = 0; i < TORTURE_N_REPEATED; i++)
    g_clear_pointer (&self->repeated[i], g_free);
  g_string_free (self->report, TRUE);
}

/* The snapshot: read whole; what is folded is kept for texts that are what they were. */

static gboolean
set_text (char **field, OrmStatement *row, int column)
{
  const char *text = orm_statement_get_text (row, column, NULL);

  if (g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

static void
set_time (gint64 *time, char **date, gint64 now)
{
  if (*time != now)
    g_clear_pointer (date, g_free);
  *time = now;
}

static void
read_note (TortureReader *self, OrmStatement *row)
{
  gint64 id = orm_statement_get_int64 (row, 0);
  Note *found = g_hash_table_lookup (self->by_id, &id);
  ReferenceNote *note;
  gboolean changed;

  if (found == NULL)
    {
      found = g_new0 (Note, 1);
      found->note.id = id;
      found->note.tags = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->by_id, &found->note.id, found);
    }
  found->round = self->round;
  note = &found->note;
  note->user_id = orm_statement_get_int64 (row, 1);
  set_time (&note->created, &note->created_date, orm_statement_get_int64 (row, 2));
  set_time (&note->updated, &note->updated_date, orm_statement_get_int64 (row, 3));
  note->trashed = orm_statement_get_int64 (row, 4);
  note->pinned = orm_statement_get_int64 (row, 5) != 0;
  changed = set_text (&note->title, row, 6);
  changed |= set_text (&note->aliases, row, 7);
  changed |= set_text (&note->body, row, 8);
  if (changed)
    {
      g_clear_pointer (&note->folded_titles, g_free);
      g_clear_pointer (&note->folded_body, g_free);
      g_clear_pointer (&note->title_key, g_free);
    }
  g_ptr_array_set_size (note->tags, 0);
  g_clear_pointer (&note->folded_tags, g_ptr_array_unref);
  g_ptr_array_add (self->notes, note);
}

static void
read_user (TortureReader *self, OrmStatement *row)
{
  g_assert_cmpint (orm_statement_get_int64 (row, 0), ==, self->users->len + 1);
  g_ptr_array_add (self->users, g_strdup (orm_statement_get_text (row, 1, NULL)));
}

static void
read_tag (TortureReader *self, OrmStatement *row)
{
  gint64 id = orm_statement_get_int64 (row, 0);

  g_array_append_val (self->tag_ids, id);
  g_hash_table_insert (self->tags, g_memdup2 (&id, sizeof id), g_strdup (orm_statement_get_text (row, 1, NULL)));
}

static void
read_note_tag (TortureReader *self, OrmStatement *row)
{
  gint64 note_id = orm_statement_get_int64 (row, 0), tag_id = orm_statement_get_int64 (row, 1);
  Note *found = g_hash_table_lookup (self->by_id, &note_id);

  g_ptr_array_add (found->note.tags, g_strdup (g_hash_table_lookup (self->tags, &tag_id)));
}

static gboolean
read_rows (TortureReader *self,
           OrmConnection *connection,
           const char *sql,
           void (*read) (TortureReader *, OrmStatement *),
           GError **error)
{
  OrmStatement *row = orm_connection_prepare (connection, sql, error);
  OrmStep step = ORM_STEP_ERROR;

  while (row != NULL && (step = orm_statement_step (row, error)) == ORM_STEP_ROW)
    read (self, row);
  return step == ORM_STEP_DONE;
}

static gboolean
is_of_older_round (gpointer id, gpointer note, gpointer reader)
{
  return ((Note *) note)->round != ((TortureReader *) reader)->round;
}

static gboolean
read_snapshot (TortureReader *self, OrmConnection *connection, GError **error)
{
  self->round++;
  g_ptr_array_set_size (self->notes, 0);
  g_ptr_array_set_size (self->users, 0);
  g_hash_table_remove_all (self->tags);
  g_array_set_size (self->tag_ids, 0);
  if (!read_rows (self, connection,
                  "SELECT id, user_id, created, updated, trashed, pinned, title, aliases, body FROM note NOT INDEXED",
                  read_note, error) ||
      !read_rows (self, connection, "SELECT id, name FROM user ORDER BY id", read_user, error) ||
      !read_rows (self, connection, "SELECT id, name FROM tag", read_tag, error))
    return FALSE;
  g_hash_table_foreach_remove (self->by_id, is_of_older_round, self);
  g_ptr_array_add (self->users, NULL);
  return read_rows (self, connection, "SELECT note_id, tag_id FROM note_tag", read_note_tag, error);
}

/* Queries */

static const char *
next_text (TortureText *text, gpointer reader)
{
  TortureReader *self = reader;
  const ReferenceNote *note;
  const char *source;

  if (self->notes->len == 0)
    return "nothing";
  note = g_ptr_array_index (self->notes, torture_text_below (text, self->notes->len));
  source = torture_text_below (text, 3) == 0 ? note->title : note->body;
  return g_utf8_validate (source, -1, NULL) ? source : "\xef\xbf\xbd";
}

static char *
next_query (TortureReader *self)
{
  guint i = torture_text_below (&self->text, TORTURE_N_REPEATED);
  g_autofree char *more = NULL;
  char *query;

  if (self->repeated[i] != NULL && torture_text_below (&self->text, 3) == 0)
    {
      /* As it was, or as one goes on who types. */
      if (torture_text_below (&self->text, 2) == 0)
        return g_strdup (self->repeated[i]);
      more = torture_text_query (&self->text, next_text, self);
      return g_strconcat (self->repeated[i], " ", more, NULL);
    }
  query = torture_text_query (&self->text, next_text, self);
  g_free (self->repeated[i]);
  self->repeated[i] = g_strdup (query);
  return query;
}

static OctavoScope
next_scope (TortureReader *self)
{
  static const OctavoPlace places[] = { OCTAVO_PLACE_ALL, OCTAVO_PLACE_ALL,      OCTAVO_PLACE_ALL,
                                        OCTAVO_PLACE_TAG, OCTAVO_PLACE_UNTAGGED, OCTAVO_PLACE_TRASH };
  OctavoScope scope = { places[torture_text_below (&self->text, G_N_ELEMENTS (places))], 0, 0 };

  if (scope.place == OCTAVO_PLACE_TAG)
    scope.tag_id = self->tag_ids->len > 0 && torture_text_below (&self->text, 20) > 0
                       ? g_array_index (self->tag_ids, gint64, torture_text_below (&self->text, self->tag_ids->len))
                       : 12345; /* one that is gone */
  if (torture_text_below (&self->text, 4) == 0)
    scope.user_id = 1 + torture_text_below (&self->text, self->users->len);
  return scope;
}

static gboolean
are_same (GArray *a, GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

/* Whether all of some are among others. Which of them come first is another matter: a note that was not looked into may
 * be found by its tag, and have the word in its title as well. Sorts both. */
static gboolean
are_some (GArray *some, GArray *others)
{
  guint n = 0;

  g_array_sort (some, octavo_compare_ids);
  g_array_sort (others, octavo_compare_ids);
  for (guint i = 0; i < others->len && n < some->len; i++)
    n += g_array_index (some, gint64, n) == g_array_index (others, gint64, i);
  return n == some->len;
}

static void
report_note (TortureReader *self, const char *how, gint64 id, OrmConnection *connection)
{
  Note *found = g_hash_table_lookup (self->by_id, &id);
  char sql[128];
  gint64 is_queued = -1;

  g_snprintf (sql, sizeof sql, "SELECT count (*) FROM search_queue WHERE note_id = %" G_GINT64_FORMAT, id);
  orm_connection_get_int64 (connection, sql, &is_queued, NULL);
  g_string_append_printf (self->report, "%s %" G_GINT64_FORMAT " (queued: %d)", how, id, (int) is_queued);
  if (found != NULL)
    g_string_append_printf (self->report, " “%s” “%s” “%.400s”", found->note.title, found->note.aliases,
                            found->note.body);
  g_string_append_c (self->report, '\n');
}

static void
report (TortureReader *self,
        OrmConnection *connection,
        const char *text,
        OctavoQuery *query,
        const OctavoScope *scope,
        OctavoSort sort,
        GArray *found,
        GArray *wanted)
{
  g_autofree char *tree = octavo_query_to_string (query);
  g_autoptr (GArray) again = NULL;
  OctavoSearch *other;
  guint n_missing;

  if (self->n_wrong++ >= MAX_REPORTED)
    return;
  g_string_append_printf (self->report,
                          "query: %s\ntree: %s\nplace %d, tag %d, user %d, sort %d: %u found, %u wanted\n", text, tree,
                          scope->place, (int) scope->tag_id, (int) scope->user_id, sort, found->len, wanted->len);
  for (guint i = 0; i < MAX (found->len, wanted->len); i++)
    {
      gint64 a = i < found->len ? g_array_index (found, gint64, i) : 0;
      gint64 b = i < wanted->len ? g_array_index (wanted, gint64, i) : 0;

      if (i < found->len && i < wanted->len && a == b)
        continue;
      if (i < found->len)
        report_note (self, "found", a, connection);
      if (i < wanted->len)
        report_note (self, "wanted", b, connection);
      break;
    }
  /* Whether what the engine keeps in memory is to blame. */
  other = octavo_search_new (self->database);
  again = octavo_search_run_in (other, connection, query, scope, sort, 0, &n_missing, NULL, NULL);
  if (again != NULL && sort == OCTAVO_SORT_RELEVANCE)
    g_array_sort (again, octavo_compare_ids);
  g_string_append_printf (self->report, "a new engine: %s\n",
                          again == NULL              ? "fails"
                          : are_same (again, wanted) ? "right"
                                                     : "wrong");
  g_object_run_dispose (G_OBJECT (other));
  g_object_unref (other);
}

static gboolean
compare (TortureReader *self,
         OrmConnection *connection,
         const char *text,
         const OctavoScope *scope,
         OctavoSort sort,
         GError **error)
{
  /* that of the window, and one that often leaves something out */
  static const gsize limits[] = { 0, 0, 4 * 1024 * 1024, 20000 };
  g_autoptr (OctavoQuery) query = octavo_query_new (text);
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) wanted = NULL;
  /* How rare a word is, is told from the notes that were looked into, of every scope. */
  gsize max_stale = sort == OCTAVO_SORT_RELEVANCE ? 0 : limits[torture_text_below (&self->text, G_N_ELEMENTS (limits))];
  gint64 tag_id = scope->tag_id;
  guint n_missing;

  found = octavo_search_run_in (self->search, connection, query, scope, sort, max_stale, &n_missing, NULL, error);
  if (found == NULL)
    return FALSE;
  wanted = reference_run (self->notes, (const char *const *) self->users->pdata, query, scope,
                          g_hash_table_lookup (self->tags, &tag_id), sort);
  self->n_queries++;
  self->n_found += wanted->len;
  if (sort == OCTAVO_SORT_RELEVANCE)
    {
      if (!reference_is_by_relevance (self->notes, query, found, wanted))
        {
          self->n_wrong++;
          g_string_append_printf (self->report, "query: %s\nis not in the order of relevance\n", text);
        }
      g_array_sort (found, octavo_compare_ids);
      g_array_sort (wanted, octavo_compare_ids);
    }
  self->n_incomplete += n_missing > 0;
  if (n_missing > 0 ? !are_some (found, wanted) : !are_same (found, wanted))
    report (self, connection, text, query, scope, sort, found, wanted);
  return TRUE;
}

static int
today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_get_day_of_year (now);
}

gboolean
torture_reader_look (OrmConnection *connection, gpointer reader, GCancellable *cancellable, GError **error)
{
  TortureReader *self = reader;

  if (!read_snapshot (self, connection, error))
    return FALSE;
  for (guint i = 0; i < self->max_queries; i++)
    {
      g_autofree char *text = next_query (self);
      OctavoScope scope = next_scope (self);
      OctavoSort sort = (OctavoSort) torture_text_below (&self->text, 4);
      gsize n_reported = self->report->len;
      guint n_wrong = self->n_wrong;
      int day = today ();

      if (!compare (self, connection, text, &scope, sort, error))
        return FALSE;
      if (self->n_wrong > n_wrong && today () != day)
        {
          /* The engine was asked yesterday, and the reference today. */
          g_string_truncate (self->report, n_reported);
          self->n_wrong = n_wrong;
        }
    }
  return TRUE;
}
