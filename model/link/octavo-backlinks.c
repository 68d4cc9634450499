/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-backlinks.h"

#include "octavo-error.h"
#include "octavo-excerpt.h"
#include "octavo-link-sql.h"
#include "octavo-search.h"
#include "octavo-store-private.h"
#include "orm-query-work.h"

#include <string.h>

/* The search tells in whose text the link may stand; these are read, one at a time, as a text may be large, until there
 * are enough or it took long. */

#define MAX_TIME (50 * 1000) /* microseconds of reading, where not all are asked for */
#define LEAD     60          /* characters of the line before the link */
#define SLICE    600         /* bytes that the words around it are made of */

typedef struct
{
  OctavoLinkMatch *match;
  guint n_max;
  GArray *ids;      /* (element-type gint64): where it may stand */
  GPtrArray *found; /* (element-type OctavoBacklink) */
  gboolean has_more;
} Find;

static void
find_clear (gpointer data)
{
  Find *self = data;

  octavo_link_match_unref (self->match);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
}

/* Who asked may have given up while a thread is still at it. */
static void
find_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, find_clear);
}

/**
 * octavo_backlink_free:
 * @self: (transfer full): a link
 */
void
octavo_backlink_free (OctavoBacklink *self)
{
  g_free (self->title);
  g_free (self->line);
  g_free (self);
}

/* The line that the link is in, from not far before it on. */
static char *
make_line (const char *body, const OctavoMarkdownFoundLink *link)
{
  const char *line = body + link->offset;
  const char *start = line + link->start;
  gsize length = strcspn (start, "\r\n");
  g_autofree char *slice = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < LEAD && start > line; i++)
    start = g_utf8_prev_char (start);
  if (start > line && strchr (start, ' ') != NULL && strchr (start, ' ') < line + link->start)
    start = strchr (start, ' ') + 1;
  length += (gsize) (line + link->start - start);
  if (length > SLICE)
    length = (gsize) (g_utf8_find_prev_char (start, start + SLICE + 1) - start);
  slice = g_strndup (start, length);
  words = octavo_excerpt_new (slice, NULL);
  return start > line ? g_strconcat ("…", words, NULL) : g_steal_pointer (&words);
}

static gboolean
is_title (const char *title, gpointer connection)
{
  return octavo_link_sql_has_title (connection, title);
}

static void
look_into (Find *self, OrmConnection *connection, const OctavoLinkText *note)
{
  g_autoptr (GPtrArray) links = octavo_markdown_links_find_notes (note->body);

  for (guint i = 0; i < links->len; i++)
    {
      const OctavoMarkdownFoundLink *link = g_ptr_array_index (links, i);
      OctavoBacklink *found;
      gsize length;

      if (!octavo_link_match_fits (self->match, link, is_title, connection, &length))
        continue;
      found = g_new0 (OctavoBacklink, 1);
      found->id = note->id;
      found->title = g_strdup (note->title);
      found->line = make_line (note->body, link);
      g_ptr_array_add (self->found, found);
      return;
    }
}

/* A reading thread. */
static gboolean
work_read (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Find *self = data;
  gint64 deadline = self->n_max > 0 ? g_get_monotonic_time () + MAX_TIME : G_MAXINT64;

  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_backlink_free);
  for (guint i = 0; i < self->ids->len; i++)
    {
      g_auto (OctavoLinkText) note = { 0 };
      gint64 id = g_array_index (self->ids, gint64, i);

      if (id == octavo_link_match_get_id (self->match))
        continue;
      if (self->found->len > 0 && self->n_max > 0 &&
          (self->found->len >= self->n_max || g_get_monotonic_time () > deadline))
        {
          self->has_more = TRUE;
          return TRUE;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !octavo_link_sql_read (connection, id, &note, error))
        return FALSE;
      if (note.body != NULL)
        look_into (self, connection, &note);
    }
  return TRUE;
}

static void
return_error (GTask *task, GError *error)
{
  octavo_error_for_person (&error, octavo_store_get_path (g_task_get_source_object (task)));
  g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (orm_database_read_finish (ORM_DATABASE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_error (task, error);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OctavoStore *store = g_task_get_source_object (task);
  Find *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->ids = octavo_search_run_finish (OCTAVO_SEARCH (source), result, &error);
  if (self->ids == NULL)
    {
      return_error (task, error);
      return;
    }
  orm_database_read_async (octavo_store_get_database (store), work_read, g_atomic_rc_box_acquire (self), find_unref,
                           g_task_get_cancellable (task), on_read, g_object_ref (task));
}

/**
 * octavo_backlinks_find_async:
 * @store: an open store
 * @match: which links are meant
 * @n_max: how many notes to give at most, in a twentieth of a second of reading; 0: all there are
 * @cancellable: (nullable): interrupts it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds the notes that link to one. Main thread.
 */
void
octavo_backlinks_find_async (OctavoStore *store,
                             OctavoLinkMatch *match,
                             guint n_max,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  g_autoptr (OctavoQuery) query = NULL;
  g_autoptr (GTask) task = NULL;
  Find *self;

  g_return_if_fail (OCTAVO_IS_STORE (store) && match != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_backlinks_find_async);
  self = g_atomic_rc_box_new0 (Find);
  self->match = octavo_link_match_ref (match);
  self->n_max = n_max;
  g_task_set_task_data (task, self, find_unref);
  query = octavo_link_match_make_query (match);
  if (query == NULL)
    {
      self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_backlink_free);
      g_task_return_boolean (task, TRUE);
      return;
    }
  octavo_search_run_async (octavo_store_get_search (store), query, &all, OCTAVO_SORT_UPDATED, cancellable, on_found,
                           g_steal_pointer (&task));
}

/**
 * octavo_backlinks_find_finish:
 * @store: the store that was asked
 * @result: what the callback got
 * @has_more: (out) (optional): whether there may be more than are given
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type OctavoBacklink): the notes; %NULL with %G_IO_ERROR_CANCELLED or
 * %OCTAVO_ERROR
 */
GPtrArray *
octavo_backlinks_find_finish (OctavoStore *store, GAsyncResult *result, gboolean *has_more, GError **error)
{
  Find *self;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  self = g_task_get_task_data (G_TASK (result));
  if (has_more != NULL)
    *has_more = self->has_more;
  return g_steal_pointer (&self->found);
}
