/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-trash-emptier.h"

#include "octavo-note-repository-trash.h"
#include "octavo-settings.h"
#include "octavo-undo.h"

/* Nothing is deleted at the moment somebody chooses after how long: whoever goes through the choices has not decided
 * yet. A clock that goes on while the machine sleeps is looked at every hour. */

#define DELAY 10   /* seconds after the start, which has other things to do */
#define HOUR  3600 /* seconds */
#define DAY   (24 * G_TIME_SPAN_HOUR)

struct _OctavoTrashEmptier
{
  GObject parent_instance;

  OctavoStore *store;
  gint64 last; /* when it was done, in microseconds since 1970; 0: not yet */
  guint timer;
};

G_DEFINE_FINAL_TYPE (OctavoTrashEmptier, octavo_trash_emptier, G_TYPE_OBJECT)

enum
{
  SIGNAL_EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_emptied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoTrashEmptier) self = data;
  g_autoptr (GError) error = NULL;
  guint n_notes;

  if (!octavo_note_repository_empty_trash_finish (OCTAVO_NOTE_REPOSITORY (source), result, &n_notes, &error))
    g_message ("The trash did not empty itself: %s", error->message);
  else if (n_notes > 0)
    g_signal_emit (self, signals[SIGNAL_EMPTIED], 0, n_notes);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!octavo_undo_forget_finish (OCTAVO_STORE (source), result, &error))
    g_message ("What can be undone no more is still in the file: %s", error->message);
}

/* What was deleted is gone a day later. */
static void
forget (OctavoTrashEmptier *self)
{
  octavo_undo_forget_async (self->store, OCTAVO_UNDO_TIME, NULL, on_forgotten, NULL);
}

static gboolean
on_hour (gpointer data)
{
  forget (data);
  octavo_trash_emptier_run (data, g_get_real_time ());
  return G_SOURCE_CONTINUE;
}

static gboolean
on_start (gpointer data)
{
  OctavoTrashEmptier *self = data;

  self->timer = g_timeout_add_seconds_full (G_PRIORITY_LOW, HOUR, on_hour, self, NULL);
  forget (self);
  octavo_trash_emptier_run (self, g_get_real_time ());
  return G_SOURCE_REMOVE;
}

static void
octavo_trash_emptier_dispose (GObject *object)
{
  OctavoTrashEmptier *self = OCTAVO_TRASH_EMPTIER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_trash_emptier_parent_class)->dispose (object);
}

static void
octavo_trash_emptier_class_init (OctavoTrashEmptierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_trash_emptier_dispose;
  signals[SIGNAL_EMPTIED] = g_signal_new ("emptied", OCTAVO_TYPE_TRASH_EMPTIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
octavo_trash_emptier_init (OctavoTrashEmptier *self)
{
}

/**
 * octavo_trash_emptier_new:
 * @store: an open store
 *
 * Begins to look after the trash. Main thread.
 *
 * Returns: (transfer full): what does it, for as long as it is kept
 */
OctavoTrashEmptier *
octavo_trash_emptier_new (OctavoStore *store)
{
  OctavoTrashEmptier *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  self = g_object_new (OCTAVO_TYPE_TRASH_EMPTIER, NULL);
  self->store = g_object_ref (store);
  self->timer = g_timeout_add_seconds_full (G_PRIORITY_LOW, DELAY, on_start, self, NULL);
  return self;
}

/**
 * octavo_trash_emptier_run:
 * @self: what looks after the trash
 * @now: the time, in microseconds since 1970, UTC, by which a day has gone or not
 *
 * Empties the trash of what is too old, where a day has gone since it was last done. Does not block.
 *
 * Returns: whether it is being done
 */
gboolean
octavo_trash_emptier_run (OctavoTrashEmptier *self, gint64 now)
{
  GSettings *settings = octavo_settings_get ();
  int days = settings != NULL ? g_settings_get_int (settings, "trash-days") : 0;

  g_return_val_if_fail (OCTAVO_IS_TRASH_EMPTIER (self), FALSE);

  if (days == 0 || (self->last != 0 && now - self->last < DAY && now >= self->last))
    return FALSE;
  self->last = now;
  octavo_note_repository_empty_trash_async (octavo_store_get_notes (self->store), days * DAY, NULL, on_emptied,
                                            g_object_ref (self));
  return TRUE;
}
