/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-title-finder.h"

#include "octavo-error.h"
#include "octavo-fold.h"
#include "octavo-note-private.h"
#include "octavo-note-sql.h"
#include "octavo-search.h"
#include "octavo-store-private.h"
#include "orm-query-work.h"

#include <string.h>

/* A letter is in the titles of most notes: to look at all of them would take as long as to read them. So those are
 * looked at that changed last, as the search gives them, and beside them those that an index of the titles finds: the
 * ones that are just this text, or begin with it, however old they are. */

#define N_RECENT 256 /* of what the search finds */
#define N_PREFIX 64  /* that begin with the text */

/* How well a title fits, the best first. */
typedef enum
{
  FIT_EXACT,      /* it is the text */
  FIT_PREFIX,     /* it begins with it */
  FIT_WORD_START, /* it has it, from the start of a word on */
  FIT_INSIDE,     /* it has it further inside */
  FIT_WORDS,      /* it has its words, in some order */
  FIT_ALIAS,      /* another title of the note has them */
} Fit;

typedef struct
{
  OctavoNoteValues *note;
  Fit fit;
} Candidate;

typedef struct
{
  char *text;
  char *folded;
  guint n_max;
  GArray *ids;      /* (element-type gint64): what the search found, the newest first */
  GPtrArray *found; /* (element-type OctavoNoteValues) */
  gboolean has_exact;
} Find;

static void
find_clear (gpointer data)
{
  Find *self = data;

  g_free (self->text);
  g_free (self->folded);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

/* Who asked may have given up while a thread is still at it. */
static void
find_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, find_clear);
}

static void
candidate_clear (gpointer data)
{
  g_clear_pointer (&((Candidate *) data)->note, octavo_note_values_free);
}

static gboolean
is_word_start (const char *text, const char *place)
{
  return place == text || octavo_class_of (g_utf8_get_char (g_utf8_find_prev_char (text, place))) != OCTAVO_CLASS_WORD;
}

static gboolean
has_all_words (const char *title, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (title, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* Both are folded. */
static Fit
judge (const char *title, const char *text)
{
  const char *found = strstr (title, text);

  if (strcmp (title, text) == 0)
    return FIT_EXACT;
  if (found == title)
    return FIT_PREFIX;
  for (const char *place = found; place != NULL; place = strstr (place + 1, text))
    if (is_word_start (title, place))
      return FIT_WORD_START;
  if (found != NULL)
    return FIT_INSIDE;
  return has_all_words (title, text) ? FIT_WORDS : FIT_ALIAS;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->fit != other->fit)
    return one->fit < other->fit ? -1 : 1;
  if (one->note->updated != other->note->updated)
    return one->note->updated > other->note->updated ? -1 : 1;
  return one->note->id > other->note->id ? -1 : one->note->id < other->note->id;
}

/* Characters of a text that mean something in a pattern of orm_ilike(). */
static char *
escape_pattern (const char *text, const char *end)
{
  GString *pattern = g_string_new (NULL);

  for (const char *next = text; *next != '\0'; next++)
    {
      if (*next == '%' || *next == '_' || *next == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *next);
    }
  return g_string_free (g_string_append (pattern, end), FALSE);
}

/* By the index of the titles, in which letters without accents have no case; so also notes of the trash, as SQLite
 * would rather walk all that are not there. */
static gboolean
add_by_index (OrmConnection *connection, const char *text, const char *end, GHashTable *ids, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autofree char *pattern = escape_pattern (text, end);
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  orm_query_filter (query, orm_ilike ("title", pattern));
  orm_query_limit (query, N_PREFIX);
  rows = orm_query_read (query, connection, error);
  for (guint i = 0; rows != NULL && i < orm_rows_get_n_rows (rows); i++)
    {
      gint64 *id = g_new (gint64, 1);

      *id = orm_rows_get (rows, i, 0)->int64;
      g_hash_table_add (ids, id);
    }
  return rows != NULL;
}

static GArray *
rank (Find *self, GPtrArray *notes)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_array_set_clear_func (candidates, candidate_clear);
  for (guint i = 0; i < notes->len; i++)
    {
      g_autofree char *title = NULL;
      Candidate candidate = { .note = g_ptr_array_index (notes, i) };

      if (candidate.note->trashed != 0)
        {
          candidate_clear (&candidate);
          continue;
        }
      title = octavo_fold_string (candidate.note->title);
      candidate.fit = judge (g_strstrip (title), self->folded);
      g_array_append_val (candidates, candidate);
    }
  if (*self->folded != '\0')
    g_array_sort (candidates, compare_candidates);
  return candidates;
}

/* A reading thread. */
static gboolean
work_rank (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Find *self = data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) notes = g_ptr_array_new (); /* which candidates own in the end */
  g_autoptr (GArray) candidates = NULL;
  GHashTableIter iter;
  gpointer id;

  g_array_set_size (self->ids, MIN (self->ids->len, N_RECENT));
  if (*self->text != '\0' && strlen (self->text) <= OCTAVO_NOTE_MAX_TITLE &&
      (!add_by_index (connection, self->text, "", seen, error) ||
       !add_by_index (connection, self->text, "%", seen, error)))
    return FALSE;
  for (guint i = 0; i < self->ids->len; i++)
    g_hash_table_remove (seen, &g_array_index (self->ids, gint64, i));
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (self->ids, id, 1);

  if (!octavo_note_sql_read (connection, (const gint64 *) (gpointer) self->ids->data, self->ids->len, FALSE, notes,
                             NULL, error))
    {
      g_ptr_array_set_free_func (notes, (GDestroyNotify) octavo_note_values_free);
      return FALSE;
    }
  candidates = rank (self, notes);
  self->has_exact =
      candidates->len > 0 && *self->folded != '\0' && g_array_index (candidates, Candidate, 0).fit == FIT_EXACT;
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
  for (guint i = 0; i < candidates->len && i < self->n_max; i++)
    g_ptr_array_add (self->found, g_steal_pointer (&g_array_index (candidates, Candidate, i).note));
  return TRUE;
}

static void
on_ranked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoStore *store = g_task_get_source_object (task);
  GError *error = NULL;

  if (orm_database_read_finish (ORM_DATABASE (source), result, NULL, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  octavo_error_for_person (&error, octavo_store_get_path (store));
  g_task_return_error (task, error);
}

static void
start_ranking (GTask *task)
{
  OctavoStore *store = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Find *self = g_task_get_task_data (task);

  orm_database_read_async (octavo_store_get_database (store), work_rank, g_atomic_rc_box_acquire (self), find_unref,
                           cancellable, on_ranked, g_object_ref (task));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Find *self = g_task_get_task_data (task);
  GError *error = NULL;
  GArray *ids = octavo_search_run_finish (OCTAVO_SEARCH (source), result, &error);

  if (ids == NULL)
    {
      octavo_error_for_person (&error, octavo_store_get_path (g_task_get_source_object (task)));
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = ids;
  start_ranking (task);
}

/* What the search is asked for: each word in the title. NULL: there is none. */
static char *
make_query (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), "\"()", ' ');
  g_auto (GStrv) words = g_strsplit_set (plain, " \t\n", -1);
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (query, "title:%s ", words[i]);
  return query->len > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}

/**
 * octavo_title_finder_find_async:
 * @store: an open store
 * @text: what was typed of a title; "" for the notes that changed last
 * @n_max: how many notes to give at most
 * @cancellable: (nullable): interrupts it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds notes by their titles: first those whose title is the text, then those that begin with it, that have it at the
 * start of a word, further inside, that have its words, and that have them in an alias; in each, the one that changed
 * last first. Main thread.
 */
void
octavo_title_finder_find_async (OctavoStore *store,
                                const char *text,
                                guint n_max,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  g_autoptr (OctavoQuery) query = NULL;
  g_autofree char *query_text = NULL;
  g_autoptr (GTask) task = NULL;
  Find *self;

  g_return_if_fail (OCTAVO_IS_STORE (store) && text != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_title_finder_find_async);
  self = g_atomic_rc_box_new0 (Find);
  self->text = g_strstrip (g_strdup (text));
  self->folded = g_strstrip (octavo_fold_string (self->text));
  self->n_max = n_max;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_task_set_task_data (task, self, find_unref);

  query_text = make_query (self->text);
  if (query_text == NULL && *self->text != '\0')
    {
      start_ranking (task);
      return;
    }
  query = query_text != NULL ? octavo_query_new (query_text) : NULL;
  octavo_search_run_async (octavo_store_get_search (store), query, &all, OCTAVO_SORT_UPDATED, cancellable, on_found,
                           g_steal_pointer (&task));
}

/**
 * octavo_title_finder_find_finish:
 * @store: the store that was asked
 * @result: what the callback got
 * @has_exact: (out) (optional): whether the first of them has the text as its title, whatever its case
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type OctavoNoteValues): the notes, without their bodies; %NULL with
 * %G_IO_ERROR_CANCELLED or %OCTAVO_ERROR
 */
GPtrArray *
octavo_title_finder_find_finish (OctavoStore *store, GAsyncResult *result, gboolean *has_exact, GError **error)
{
  Find *self;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  self = g_task_get_task_data (G_TASK (result));
  if (has_exact != NULL)
    *has_exact = self->has_exact;
  return g_steal_pointer (&self->found);
}
