/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-finder.h"

/* A text of usual size is looked through at once, so that nothing is painted before the hits are known. A large one,
 * and any for a regular expression, which can take as long as it likes, is looked through by a thread. A key only moves
 * the hits that are known; the text is looked through again when no more keys come. */

#define SMALL_TEXT 20000 /* characters */
#define PAUSE      150   /* milliseconds after the last edit */

struct _OctavoFinder
{
  GObject parent_instance;

  GtkTextBuffer *buffer;      /* NULL: none */
  OctavoFindPattern *pattern; /* NULL: nothing is looked for */
  OctavoFindHits *hits;
  char *problem;             /* NULL: none */
  GCancellable *cancellable; /* of the thread that looks; NULL: none does */
  guint pause;               /* the source that looks again; 0: none */
  gboolean is_busy;          /* hits may be missing */
};

/* What a thread is given. */
typedef struct
{
  OctavoFindPattern *pattern;
  char *text;
} Job;

G_DEFINE_FINAL_TYPE (OctavoFinder, octavo_finder, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
job_free (gpointer data)
{
  Job *job = data;

  octavo_find_pattern_unref (job->pattern);
  g_free (job->text);
  g_free (job);
}

static char *
dup_text (OctavoFinder *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_slice (self->buffer, &start, &end, TRUE);
}

/* hits: (nullable) (transfer full) */
static void
take (OctavoFinder *self, GArray *hits, const GError *error)
{
  self->is_busy = FALSE;
  g_free (self->problem);
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  octavo_find_hits_set (self->hits, hits,
                        self->buffer != NULL ? (guint) gtk_text_buffer_get_char_count (self->buffer) : 0);
  g_clear_pointer (&hits, g_array_unref);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  GArray *hits = octavo_find_pattern_find (job->pattern, job->text, cancellable, &error);

  if (hits == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, hits, (GDestroyNotify) g_array_unref);
}

static void look (OctavoFinder *self);

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoFinder *self = OCTAVO_FINDER (source);
  g_autoptr (GError) error = NULL;
  gboolean is_over = g_cancellable_is_cancelled (self->cancellable);
  GArray *hits = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_object (&self->cancellable);
  if (!is_over)
    {
      take (self, hits, error);
      return;
    }
  g_clear_pointer (&hits, g_array_unref);
  /* The text or the pattern was another meanwhile. */
  if (self->is_busy && self->pause == 0)
    look (self);
}

/* One thread at a time: the next begins when the one before has noticed that it is over. */
static void
look_by_thread (OctavoFinder *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  job = g_new (Job, 1);
  job->pattern = octavo_find_pattern_ref (self->pattern);
  job->text = dup_text (self);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_found, NULL);
  g_task_set_source_tag (task, look_by_thread);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

static void
look (OctavoFinder *self)
{
  g_autofree char *text = NULL;
  GArray *hits;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->buffer == NULL || self->pattern == NULL)
    {
      g_cancellable_cancel (self->cancellable);
      take (self, NULL, NULL);
      return;
    }
  self->is_busy = TRUE;
  if (!octavo_find_pattern_is_quick (self->pattern) || gtk_text_buffer_get_char_count (self->buffer) > SMALL_TEXT)
    {
      look_by_thread (self);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  text = dup_text (self);
  hits = octavo_find_pattern_find (self->pattern, text, NULL, NULL);
  take (self, hits, NULL);
}

static gboolean
on_pause (gpointer data)
{
  OctavoFinder *self = data;

  self->pause = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
on_edited (OctavoFinder *self, guint at, guint n_removed, guint n_added)
{
  octavo_find_hits_edit (self->hits, at, n_removed, n_added);
  if (self->pattern == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  self->is_busy = TRUE;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE, on_pause, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Both run when the buffer has been changed, or not at all where it refuses. */
static void
on_inserted (OctavoFinder *self, const GtkTextIter *end, const char *text, int size)
{
  guint n_added = (guint) g_utf8_strlen (text, size);

  on_edited (self, (guint) gtk_text_iter_get_offset (end) - n_added, 0, n_added);
}

static void
on_deleted (OctavoFinder *self, const GtkTextIter *start)
{
  guint before = octavo_find_hits_get_length (self->hits);

  on_edited (self, (guint) gtk_text_iter_get_offset (start),
             before - (guint) gtk_text_buffer_get_char_count (self->buffer), 0);
}

static void
octavo_finder_dispose (GObject *object)
{
  OctavoFinder *self = OCTAVO_FINDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (octavo_finder_parent_class)->dispose (object);
}

static void
octavo_finder_finalize (GObject *object)
{
  OctavoFinder *self = OCTAVO_FINDER (object);

  g_clear_pointer (&self->pattern, octavo_find_pattern_unref);
  octavo_find_hits_free (self->hits);
  g_free (self->problem);
  G_OBJECT_CLASS (octavo_finder_parent_class)->finalize (object);
}

static void
octavo_finder_class_init (OctavoFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = octavo_finder_dispose;
  object_class->finalize = octavo_finder_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", OCTAVO_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_finder_init (OctavoFinder *self)
{
  self->hits = octavo_find_hits_new ();
}

/**
 * octavo_finder_new:
 *
 * Returns: (transfer full): a finder that looks for nothing
 */
OctavoFinder *
octavo_finder_new (void)
{
  return g_object_new (OCTAVO_TYPE_FINDER, NULL);
}

/**
 * octavo_finder_set_buffer:
 * @self: a finder
 * @buffer: (nullable): where to look
 */
void
octavo_finder_set_buffer (OctavoFinder *self, GtkTextBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_FINDER (self));
  g_return_if_fail (buffer == NULL || GTK_IS_TEXT_BUFFER (buffer));

  if (buffer == self->buffer)
    return;
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_set_object (&self->buffer, buffer);
  if (buffer != NULL)
    {
      GConnectFlags flags = G_CONNECT_AFTER | G_CONNECT_SWAPPED;

      g_signal_connect_data (buffer, "insert-text", G_CALLBACK (on_inserted), self, NULL, flags);
      g_signal_connect_data (buffer, "delete-range", G_CALLBACK (on_deleted), self, NULL, flags);
    }
  octavo_find_hits_set (self->hits, NULL, buffer != NULL ? (guint) gtk_text_buffer_get_char_count (buffer) : 0);
  look (self);
}

/**
 * octavo_finder_set_pattern:
 * @self: a finder
 * @pattern: (nullable): what to look for
 */
void
octavo_finder_set_pattern (OctavoFinder *self, OctavoFindPattern *pattern)
{
  g_return_if_fail (OCTAVO_IS_FINDER (self));

  if (pattern == NULL && self->pattern == NULL)
    return;
  g_clear_pointer (&self->pattern, octavo_find_pattern_unref);
  self->pattern = pattern != NULL ? octavo_find_pattern_ref (pattern) : NULL;
  look (self);
}

/**
 * octavo_finder_get_pattern:
 * @self: a finder
 *
 * Returns: (nullable) (transfer none): what it looks for
 */
OctavoFindPattern *
octavo_finder_get_pattern (OctavoFinder *self)
{
  g_return_val_if_fail (OCTAVO_IS_FINDER (self), NULL);
  return self->pattern;
}

/**
 * octavo_finder_look_again:
 * @self: a finder
 *
 * Looks through the text now, and not only when no more keys come.
 */
void
octavo_finder_look_again (OctavoFinder *self)
{
  g_return_if_fail (OCTAVO_IS_FINDER (self));

  if (self->is_busy)
    look (self);
}

/**
 * octavo_finder_is_busy:
 * @self: a finder
 *
 * Returns: whether hits may be missing yet; "changed" tells when they are there
 */
gboolean
octavo_finder_is_busy (OctavoFinder *self)
{
  g_return_val_if_fail (OCTAVO_IS_FINDER (self), FALSE);
  return self->is_busy;
}

/**
 * octavo_finder_get_problem:
 * @self: a finder
 *
 * Returns: (nullable) (transfer none): why the text could not be looked through, in words for a person
 */
const char *
octavo_finder_get_problem (OctavoFinder *self)
{
  g_return_val_if_fail (OCTAVO_IS_FINDER (self), NULL);
  return self->problem;
}

/**
 * octavo_finder_get_n_hits:
 * @self: a finder
 *
 * Returns: how many hits there are
 */
guint
octavo_finder_get_n_hits (OctavoFinder *self)
{
  g_return_val_if_fail (OCTAVO_IS_FINDER (self), 0);
  return octavo_find_hits_get_n_hits (self->hits);
}

/**
 * octavo_finder_get_hit:
 * @self: a finder
 * @index: which, from 0
 *
 * Returns: where it is
 */
OctavoFindHit
octavo_finder_get_hit (OctavoFinder *self, guint index)
{
  return octavo_find_hits_get (self->hits, index);
}

/**
 * octavo_finder_find:
 * @self: a finder
 * @offset: a character
 *
 * Returns: the index of the first hit that begins there or after it; the number of hits where none does
 */
guint
octavo_finder_find (OctavoFinder *self, guint offset)
{
  g_return_val_if_fail (OCTAVO_IS_FINDER (self), 0);
  return octavo_find_hits_find (self->hits, offset);
}
