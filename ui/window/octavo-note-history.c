/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-history.h"

/* Who goes through the list with the arrow keys passes notes on the way to one: a note is in passing until the window
 * says that it counts, and gives its place to the next one until then. */

struct _OctavoNoteHistory
{
  GObject parent_instance;

  GArray *ids;      /* (element-type gint64) the oldest first */
  int position;     /* of the one that is shown, or was last; -1 for before the first */
  gboolean is_away; /* no note is shown, or a new one that has no id yet */
  gboolean is_passing;
};

G_DEFINE_FINAL_TYPE (OctavoNoteHistory, octavo_note_history, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
get_id (OctavoNoteHistory *self, int position)
{
  return g_array_index (self->ids, gint64, position);
}

static gboolean
is_at (OctavoNoteHistory *self, gint64 id)
{
  return self->position >= 0 && get_id (self, self->position) == id;
}

static void
emit_changed (OctavoNoteHistory *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The note at a place is gone; where it is the one that was shown last, one is away from the note before it. */
static void
remove_at (OctavoNoteHistory *self, int position)
{
  g_array_remove_index (self->ids, (guint) position);
  if (position <= self->position)
    self->position--;
}

static void
octavo_note_history_finalize (GObject *object)
{
  g_array_unref (OCTAVO_NOTE_HISTORY (object)->ids);
  G_OBJECT_CLASS (octavo_note_history_parent_class)->finalize (object);
}

static void
octavo_note_history_class_init (OctavoNoteHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = octavo_note_history_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", OCTAVO_TYPE_NOTE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_note_history_init (OctavoNoteHistory *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->position = -1;
  self->is_away = TRUE;
}

/**
 * octavo_note_history_new:
 *
 * Returns: (transfer full): a history of no note
 */
OctavoNoteHistory *
octavo_note_history_new (void)
{
  return g_object_new (OCTAVO_TYPE_NOTE_HISTORY, NULL);
}

/**
 * octavo_note_history_visit:
 * @self: a history
 * @id: the note that is shown from now on; 0 for none, or a new one
 *
 * Adds a note after the one that is shown, in whose place it comes where that was in passing. What was gone back from
 * is forgotten. Nothing happens where it is at that note already.
 */
void
octavo_note_history_visit (OctavoNoteHistory *self, gint64 id)
{
  g_return_if_fail (OCTAVO_IS_NOTE_HISTORY (self));
  g_return_if_fail (id >= 0);

  if (is_at (self, id))
    self->is_away = FALSE;
  else if (id == 0)
    self->is_away = TRUE;
  else
    {
      self->position += self->is_passing && self->position >= 0 ? 0 : 1;
      g_array_set_size (self->ids, (guint) self->position);
      self->is_passing = self->position == 0 || get_id (self, self->position - 1) != id;
      if (self->is_passing)
        g_array_append_val (self->ids, id);
      if (self->ids->len > OCTAVO_NOTE_HISTORY_MAX)
        g_array_remove_index (self->ids, 0);
      self->position = (int) self->ids->len - 1;
      self->is_away = FALSE;
    }
  emit_changed (self);
}

/**
 * octavo_note_history_settle:
 * @self: a history
 *
 * The note that is shown counts: somebody stayed at it, wrote in it, came to it or leaves it on purpose.
 */
void
octavo_note_history_settle (OctavoNoteHistory *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_HISTORY (self));
  self->is_passing = FALSE;
}

/**
 * octavo_note_history_can_go:
 * @self: a history
 * @step: -1 for back, 1 for forward
 *
 * Returns: whether there is a note in that direction, as far as is known
 */
gboolean
octavo_note_history_can_go (OctavoNoteHistory *self, int step)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_HISTORY (self), FALSE);

  if (step < 0)
    return self->position > 0 || (self->is_away && self->position == 0);
  return self->position + 1 < (int) self->ids->len;
}

/**
 * octavo_note_history_go:
 * @self: a history
 * @step: -1 for back, 1 for forward
 * @is_there: tells whether a note still exists
 * @user_data: for @is_there
 *
 * Goes to the next note in a direction that still exists; those that do not are forgotten.
 *
 * Returns: the note that is to be shown now; 0 where there is none
 */
gint64
octavo_note_history_go (OctavoNoteHistory *self, int step, OctavoNoteHistoryFunc is_there, gpointer user_data)
{
  gint64 found = 0;

  g_return_val_if_fail (OCTAVO_IS_NOTE_HISTORY (self), 0);
  g_return_val_if_fail (step == -1 || step == 1, 0);

  while (found == 0 && octavo_note_history_can_go (self, step))
    {
      int next = step < 0 && self->is_away ? self->position : self->position + step;

      if (is_there (get_id (self, next), user_data))
        {
          found = get_id (self, next);
          self->position = next;
          self->is_away = FALSE;
          self->is_passing = FALSE;
        }
      else
        remove_at (self, next);
    }
  emit_changed (self);
  return found;
}
