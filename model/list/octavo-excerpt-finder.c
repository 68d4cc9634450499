/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-excerpt-finder-private.h"

#include "octavo-hit-excerpt.h"
#include "octavo-note.h"
#include "orm-query-work.h"

#define MAX_QUERIES  4    /* of as many windows, or of the last keys of one */
#define MAX_EXCERPTS 1024 /* of a query, before all of them are forgotten */
#define PREPARE_TIME 4000 /* microseconds: a row that is late shows the start of its text for a moment */
#define MAX_BATCH    16   /* notes that are looked into before they are told of */
#define MAX_WANTED   64   /* rows that are shown: what was scrolled past is not looked for */

/* What is known of one query. */
typedef struct
{
  OctavoQuery *query;
  char *key;            /* the query, as a tree */
  GHashTable *excerpts; /* gint64 → char *, NULL where the start of the text will do */
  GArray *wanted;       /* of gint64: what is to be looked for next */
  gboolean is_looking;
} Answers;

struct _OctavoExcerptFinder
{
  GObject parent_instance;

  OrmDatabase *database;
  GQueue answers; /* of Answers, the last used first */
  guint source;   /* looks for what is wanted */
  guint serial;   /* of the last change of a note */
};

/* What a thread looks for. */
typedef struct
{
  OctavoQuery *query;
  GArray *ids;         /* of gint64 */
  GPtrArray *excerpts; /* of char *, NULL for none, as many as were looked into */
  gint64 time;         /* microseconds that it may take; 0: as long as it takes */
  guint serial;        /* of the finder when it began */
} Look;

enum
{
  SIGNAL_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoExcerptFinder, octavo_excerpt_finder, G_TYPE_OBJECT)

static void
answers_free (gpointer data)
{
  Answers *answers = data;

  octavo_query_unref (answers->query);
  g_free (answers->key);
  g_hash_table_unref (answers->excerpts);
  g_array_unref (answers->wanted);
  g_free (answers);
}

/* The threads may still be at it when who asked has given up. */
static void
look_clear (gpointer data)
{
  Look *look = data;

  octavo_query_unref (look->query);
  g_array_unref (look->ids);
  g_ptr_array_unref (look->excerpts);
}

static void
look_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, look_clear);
}

static Look *
look_new (OctavoExcerptFinder *self, OctavoQuery *query, const gint64 *ids, gsize n_ids, gint64 time)
{
  Look *look = g_atomic_rc_box_new0 (Look);

  look->query = octavo_query_ref (query);
  look->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (look->ids, ids, (guint) n_ids);
  look->excerpts = g_ptr_array_new_with_free_func (g_free);
  look->time = time;
  look->serial = self->serial;
  return look;
}

static OrmQuery *
make_query (gint64 id)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_NOTE);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = id };

  orm_query_select (query, ORM_AGGREGATE_NONE, "excerpt");
  orm_query_select (query, ORM_AGGREGATE_NONE, "body");
  orm_query_filter (query, orm_equal ("id", &key));
  return query;
}

static const char *
get_text (OrmRows *rows, guint column)
{
  const OrmValue *value = orm_rows_get (rows, 0, column);

  return value->type == ORM_VALUE_TEXT ? value->text : "";
}

/* One note at a time: a text may be large. */
static gboolean
look_into (Look *look, OrmConnection *connection, gint64 id, gint64 deadline, GError **error)
{
  g_autoptr (OrmQuery) query = make_query (id);
  g_autoptr (OrmRows) rows = orm_query_read (query, connection, error);
  g_autoptr (GArray) hits = NULL;
  gboolean gave_up = FALSE;
  char *excerpt = NULL;

  if (rows == NULL)
    return FALSE;
  if (orm_rows_get_n_rows (rows) > 0)
    {
      hits = octavo_query_find_hits (look->query, "body", get_text (rows, 0), 1);
      if (hits->len == 0)
        excerpt = octavo_hit_excerpt_new (look->query, get_text (rows, 1), deadline, &gave_up);
    }
  if (!gave_up)
    g_ptr_array_add (look->excerpts, excerpt);
  return TRUE;
}

/* A reading thread. */
static gboolean
work_look (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;
  gint64 deadline = look->time != 0 ? g_get_monotonic_time () + look->time : 0;

  for (guint i = 0; i < look->ids->len; i++)
    {
      if (i > 0 && deadline != 0 && g_get_monotonic_time () > deadline)
        return TRUE;
      if (!look_into (look, connection, g_array_index (look->ids, gint64, i), deadline, error))
        return FALSE;
      if (look->excerpts->len <= i)
        return TRUE;
    }
  return TRUE;
}

/* What is known of a query; the one that was used longest ago makes room. */
static Answers *
get_answers (OctavoExcerptFinder *self, OctavoQuery *query)
{
  g_autofree char *key = octavo_query_to_string (query);
  Answers *answers;

  for (GList *link = self->answers.head; link != NULL; link = link->next)
    {
      answers = link->data;
      if (g_str_equal (answers->key, key))
        {
          g_queue_unlink (&self->answers, link);
          g_queue_push_head_link (&self->answers, link);
          return answers;
        }
    }
  answers = g_new0 (Answers, 1);
  answers->query = octavo_query_ref (query);
  answers->key = g_steal_pointer (&key);
  answers->excerpts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  answers->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_queue_push_head (&self->answers, answers);
  if (self->answers.length > MAX_QUERIES)
    answers_free (g_queue_pop_tail (&self->answers));
  return answers;
}

/* What was read before a note changed is asked for again. */
static void
take (OctavoExcerptFinder *self, Look *look)
{
  Answers *answers = get_answers (self, look->query);

  if (look->serial != self->serial)
    return;
  if (g_hash_table_size (answers->excerpts) + look->excerpts->len > MAX_EXCERPTS)
    g_hash_table_remove_all (answers->excerpts);
  for (guint i = 0; i < look->excerpts->len; i++)
    g_hash_table_insert (answers->excerpts, g_memdup2 (&g_array_index (look->ids, gint64, i), sizeof (gint64)),
                         g_steal_pointer (&look->excerpts->pdata[i]));
}

static void schedule (OctavoExcerptFinder *self, const Answers *answers);

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoExcerptFinder) self = user_data;
  g_autoptr (GError) error = NULL;
  Answers *answers;
  gpointer data = NULL;
  Look *look;

  if (!orm_database_read_finish (ORM_DATABASE (source), result, &data, &error))
    g_debug ("Excerpts were not read: %s", error->message);
  look = data;
  answers = get_answers (self, look->query);
  answers->is_looking = FALSE;
  if (error != NULL)
    return;
  take (self, look);
  g_signal_emit (self, signals[SIGNAL_FOUND], 0);
  schedule (self, get_answers (self, look->query));
}

static void
look_for_wanted (OctavoExcerptFinder *self, Answers *answers)
{
  guint n_ids = MIN (answers->wanted->len, MAX_BATCH);
  Look *look = look_new (self, answers->query, (const gint64 *) (gpointer) answers->wanted->data, n_ids, 0);

  g_array_remove_range (answers->wanted, 0, n_ids);
  answers->is_looking = TRUE;
  orm_database_read_async (self->database, work_look, look, look_unref, NULL, on_looked, g_object_ref (self));
}

static gboolean
on_wanted (gpointer data)
{
  OctavoExcerptFinder *self = data;

  self->source = 0;
  for (GList *link = self->answers.head; link != NULL; link = link->next)
    {
      Answers *answers = link->data;

      if (!answers->is_looking && answers->wanted->len > 0)
        look_for_wanted (self, answers);
    }
  return G_SOURCE_REMOVE;
}

/* Once all rows of this turn of the main loop have asked. */
static void
schedule (OctavoExcerptFinder *self, const Answers *answers)
{
  if (self->source == 0 && !answers->is_looking && answers->wanted->len > 0)
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT, on_wanted, self, NULL);
}

static void
octavo_excerpt_finder_finalize (GObject *object)
{
  OctavoExcerptFinder *self = OCTAVO_EXCERPT_FINDER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->answers, answers_free);
  g_object_unref (self->database);
  G_OBJECT_CLASS (octavo_excerpt_finder_parent_class)->finalize (object);
}

static void
octavo_excerpt_finder_class_init (OctavoExcerptFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = octavo_excerpt_finder_finalize;

  signals[SIGNAL_FOUND] =
      g_signal_new ("found", OCTAVO_TYPE_EXCERPT_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_excerpt_finder_init (OctavoExcerptFinder *self)
{
  g_queue_init (&self->answers);
}

/* octavo_excerpt_finder_new:
 * @database: an open file of notes
 *
 * Returns: (transfer full): a finder that knows nothing yet */
OctavoExcerptFinder *
octavo_excerpt_finder_new (OrmDatabase *database)
{
  OctavoExcerptFinder *self = g_object_new (OCTAVO_TYPE_EXCERPT_FINDER, NULL);

  self->database = g_object_ref (database);
  return self;
}

static gboolean
is_wanted (GArray *wanted, gint64 id)
{
  for (guint i = 0; i < wanted->len; i++)
    if (g_array_index (wanted, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/**
 * octavo_excerpt_finder_get:
 * @self: a finder
 * @query: what was looked for
 * @row: a note that it found
 *
 * Asks what is to be shown of a note. What is not known is looked for: the signal "found" says when to ask again.
 *
 * Returns: (nullable) (transfer none): the line around the first hit, until the next call; %NULL where the start of the
 * text is to be shown
 */
const char *
octavo_excerpt_finder_get (OctavoExcerptFinder *self, OctavoQuery *query, OctavoNoteRow *row)
{
  gint64 id;
  Answers *answers;
  gpointer excerpt;

  g_return_val_if_fail (OCTAVO_IS_EXCERPT_FINDER (self) && query != NULL && OCTAVO_IS_NOTE_ROW (row), NULL);

  if (!octavo_query_can_hit (query, "body"))
    return NULL;
  id = octavo_note_row_get_id (row);
  answers = get_answers (self, query);
  if (g_hash_table_lookup_extended (answers->excerpts, &id, NULL, &excerpt))
    return excerpt;
  if (!is_wanted (answers->wanted, id))
    g_array_append_val (answers->wanted, id);
  if (answers->wanted->len > MAX_WANTED)
    g_array_remove_range (answers->wanted, 0, answers->wanted->len - MAX_WANTED);
  schedule (self, answers);
  return NULL;
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer look = NULL;

  if (!orm_database_read_finish (ORM_DATABASE (source), result, &look, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  take (g_task_get_source_object (task), look);
  g_task_return_boolean (task, TRUE);
}

/**
 * octavo_excerpt_finder_prepare_async:
 * @self: a finder
 * @query: a query
 * @ids: (array length=n_ids): notes that it found
 * @n_ids: how many there are
 * @cancellable: (nullable): ends it
 * @callback: called when they are there, or time was up
 * @user_data: for @callback
 *
 * Looks into notes before their rows are shown, for a few milliseconds. Main thread.
 */
void
octavo_excerpt_finder_prepare_async (OctavoExcerptFinder *self,
                                     OctavoQuery *query,
                                     const gint64 *ids,
                                     gsize n_ids,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_EXCERPT_FINDER (self) && query != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_excerpt_finder_prepare_async);
  orm_database_read_async (self->database, work_look, look_new (self, query, ids, n_ids, PREPARE_TIME), look_unref,
                           cancellable, on_prepared, task);
}

/**
 * octavo_excerpt_finder_prepare_finish:
 * @self: a finder
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether notes were looked into; else %G_IO_ERROR_CANCELLED or an error of the mapper
 */
gboolean
octavo_excerpt_finder_prepare_finish (OctavoExcerptFinder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * octavo_excerpt_finder_forget:
 * @self: a finder
 * @id: a note that has changed; 0: any may have
 *
 * Drops what may no longer be so.
 */
void
octavo_excerpt_finder_forget (OctavoExcerptFinder *self, gint64 id)
{
  g_return_if_fail (OCTAVO_IS_EXCERPT_FINDER (self));

  self->serial++;
  for (GList *link = self->answers.head; link != NULL; link = link->next)
    {
      Answers *answers = link->data;

      if (id == 0)
        g_hash_table_remove_all (answers->excerpts);
      else
        g_hash_table_remove (answers->excerpts, &id);
    }
}
