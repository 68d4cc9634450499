/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-link-resolver.h"

#include "octavo-error.h"
#include "octavo-fold.h"
#include "octavo-link-sql.h"
#include "octavo-link.h"
#include "octavo-note-private.h"
#include "octavo-search.h"
#include "octavo-store-private.h"
#include "orm-query-work.h"

#include <string.h>

/* A title is looked for as the search knows it, and in the index of the titles, which is right at once and knows the
 * trash as well; then each that was found is compared, case and accents folded. A target with a # is tried as a whole
 * first, as a title may have one. */

#define MAX_NOTES 2048 /* of what the search finds, the newest */

/* How well a note fits, the best first. */
typedef enum
{
  FIT_SAME,  /* the title, letter by letter */
  FIT_TITLE, /* the title, whatever its case */
  FIT_ALIAS, /* another title of the note */
  FIT_NOT,
} Fit;

typedef struct
{
  char *target;
  gsize length; /* of the title that is being looked for */
  gboolean in_trash;
  gint64 besides;
  char *title;
  char *folded;
  GArray *ids; /* (element-type gint64) */

  gint64 id;
  gint64 updated;
  Fit fit;
  guint n_notes;
  char *found_title;
} Find;

static void
find_clear (gpointer data)
{
  Find *self = data;

  g_free (self->target);
  g_free (self->title);
  g_free (self->folded);
  g_free (self->found_title);
  g_clear_pointer (&self->ids, g_array_unref);
}

/* Who asked may have given up while a thread is still at it. */
static void
find_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, find_clear);
}

static char *
fold (const char *title)
{
  return g_strstrip (octavo_fold_string (title));
}

static Fit
judge (const Find *self, const char *title, const char *aliases)
{
  g_autofree char *folded = fold (title);
  g_auto (GStrv) others = NULL;

  if (strcmp (folded, self->folded) == 0)
    return strcmp (title, self->title) == 0 ? FIT_SAME : FIT_TITLE;
  others = g_strsplit (aliases, "\n", -1);
  for (guint i = 0; others[i] != NULL; i++)
    {
      g_autofree char *other = fold (others[i]);

      if (*other != '\0' && strcmp (other, self->folded) == 0)
        return FIT_ALIAS;
    }
  return FIT_NOT;
}

/* Of those that fit as well the one that changed last. */
static void
consider (Find *self, gint64 id, Fit fit, gint64 updated, const char *title)
{
  if (fit == FIT_NOT || id == self->besides || fit > self->fit)
    return;
  self->n_notes = fit < self->fit ? 1 : self->n_notes + 1;
  if (fit == self->fit && (updated < self->updated || (updated == self->updated && id < self->id)))
    return;
  self->fit = fit;
  self->id = id;
  self->updated = updated;
  g_free (self->found_title);
  self->found_title = g_strdup (title);
}

/* Also notes of the trash: asked for the others, SQLite would rather walk all of them than look a title up. */
static OrmQuery *
make_read (void)
{
  static const char *const columns[] = { "id", "title", "aliases", "updated", "trashed" };
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_NOTE);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    orm_query_select (query, ORM_AGGREGATE_NONE, columns[i]);
  orm_query_limit (query, MAX_NOTES);
  return query;
}

static const char *
get_text (OrmRows *rows, guint row, guint column)
{
  const OrmValue *value = orm_rows_get (rows, row, column);

  return value->type == ORM_VALUE_TEXT ? value->text : "";
}

static gboolean
consider_rows (Find *self, OrmConnection *connection, OrmQuery *query, GHashTable *seen, GError **error)
{
  g_autoptr (OrmRows) rows = orm_query_read (query, connection, error);

  for (guint i = 0; rows != NULL && i < orm_rows_get_n_rows (rows); i++)
    {
      gint64 id = orm_rows_get (rows, i, 0)->int64;

      if ((orm_rows_get (rows, i, 4)->int64 != 0) == self->in_trash &&
          g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        consider (self, id, judge (self, get_text (rows, i, 1), get_text (rows, i, 2)),
                  orm_rows_get (rows, i, 3)->int64, get_text (rows, i, 1));
    }
  return rows != NULL;
}

/* A reading thread. */
static gboolean
work_read (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Find *self = data;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (OrmQuery) by_search = make_read ();
  g_autoptr (OrmQuery) by_index = make_read ();

  orm_query_filter (by_search,
                    orm_in ("id", (const gint64 *) (gpointer) self->ids->data, MIN (self->ids->len, MAX_NOTES)));
  if (!consider_rows (self, connection, by_search, seen, error))
    return FALSE;
  if (strlen (self->title) > OCTAVO_NOTE_MAX_TITLE)
    return TRUE;
  orm_query_filter (by_index, octavo_link_sql_like_title (self->title));
  return consider_rows (self, connection, by_index, seen, error);
}

static void look_for_next (GTask *task);

static void
return_error (GTask *task, GError *error)
{
  octavo_error_for_person (&error, octavo_store_get_path (g_task_get_source_object (task)));
  g_task_return_error (task, error);
}

static void
return_found (GTask *task, const Find *self)
{
  OctavoLinkNote *note = g_new0 (OctavoLinkNote, 1);

  note->id = self->id;
  note->n_notes = self->n_notes;
  note->is_trashed = self->id != 0 && self->in_trash;
  note->title = self->id != 0 ? g_strdup (self->found_title) : octavo_link_dup_title (self->target);
  if (self->id != 0 && self->target[self->length] == '#')
    note->heading = g_strstrip (g_strdup (self->target + self->length + 1));
  g_task_return_pointer (task, note, (GDestroyNotify) octavo_link_note_free);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Find *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!orm_database_read_finish (ORM_DATABASE (source), result, NULL, &error))
    return_error (task, error);
  else if (self->id != 0)
    return_found (task, self);
  else
    look_for_next (task);
}

static void
read_found (GTask *task)
{
  OctavoStore *store = g_task_get_source_object (task);

  orm_database_read_async (octavo_store_get_database (store), work_read,
                           g_atomic_rc_box_acquire (g_task_get_task_data (task)), find_unref,
                           g_task_get_cancellable (task), on_read, g_object_ref (task));
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
      return_error (task, error);
      return;
    }
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = ids;
  read_found (task);
}

/* The title as a phrase, or its words where it has what would end one. */
static OctavoQuery *
make_query (const char *title)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *plain = NULL;
  g_auto (GStrv) words = NULL;

  if (strchr (title, '"') == NULL)
    {
      g_string_printf (text, "title:\"%s\"", title);
      return octavo_query_new (text->str);
    }
  plain = g_strdelimit (g_strdup (title), "\"()", ' ');
  words = g_strsplit_set (plain, " \t\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (text, "title:%s ", words[i]);
  return octavo_query_new (text->str);
}

/* The next title that the target can mean; at last, all of them in the trash. */
static void
look_for_next (GTask *task)
{
  OctavoStore *store = g_task_get_source_object (task);
  Find *self = g_task_get_task_data (task);
  OctavoScope scope = { .place = OCTAVO_PLACE_ALL };
  g_autoptr (OctavoQuery) query = NULL;

  if (!octavo_link_next_title (self->target, &self->length))
    {
      if (self->in_trash)
        {
          return_found (task, self);
          return;
        }
      self->in_trash = TRUE;
      octavo_link_next_title (self->target, &self->length);
    }
  g_free (self->title);
  g_free (self->folded);
  self->title = g_strstrip (g_strndup (self->target, self->length));
  self->folded = fold (self->title);
  g_array_set_size (self->ids, 0);
  query = make_query (self->title);
  if (octavo_query_is_empty (query))
    {
      read_found (task);
      return;
    }
  if (self->in_trash)
    scope.place = OCTAVO_PLACE_TRASH;
  octavo_search_run_async (octavo_store_get_search (store), query, &scope, OCTAVO_SORT_UPDATED,
                           g_task_get_cancellable (task), on_found, g_object_ref (task));
}

/**
 * octavo_link_resolver_find_async:
 * @store: an open store
 * @target: the target of a link to a title, perhaps with a heading: not empty
 * @besides: a note that is not meant; 0 for none
 * @cancellable: (nullable): interrupts it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds the note that a link leads to: the one with this title, or with this alias, case and accents folded; of several
 * the one that changed last. One in the trash is found where no other is. Main thread.
 */
void
octavo_link_resolver_find_async (OctavoStore *store,
                                 const char *target,
                                 gint64 besides,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Find *self;

  g_return_if_fail (OCTAVO_IS_STORE (store) && target != NULL && *target != '\0');

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_link_resolver_find_async);
  self = g_atomic_rc_box_new0 (Find);
  self->target = g_strdup (target);
  self->besides = besides;
  self->fit = FIT_NOT;
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_task_set_task_data (task, self, find_unref);
  look_for_next (task);
}

/**
 * octavo_link_resolver_find_finish:
 * @store: the store that was asked
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the note, whose id is 0 where there is none; %NULL with %G_IO_ERROR_CANCELLED or
 * %OCTAVO_ERROR
 */
OctavoLinkNote *
octavo_link_resolver_find_finish (OctavoStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * octavo_link_note_free:
 * @self: (transfer full): a note
 */
void
octavo_link_note_free (OctavoLinkNote *self)
{
  g_free (self->title);
  g_free (self->heading);
  g_free (self);
}
