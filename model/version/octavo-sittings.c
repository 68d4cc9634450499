/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-sittings.h"

/* A state is a version once the next sitting writes over it, and not when the one before ends: there is nothing to be
 * done then, and nothing that a crash could keep from being done. */

struct _OctavoSittings
{
  GHashTable *notes; /* id → what ended the sitting (OctavoVersionReason), or SITTING; one that is not in it was left */
};

#define SITTING (-1)

/**
 * octavo_sittings_new:
 *
 * Returns: (transfer full): one in which nothing was written yet
 */
OctavoSittings *
octavo_sittings_new (void)
{
  OctavoSittings *self = g_new0 (OctavoSittings, 1);

  self->notes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/**
 * octavo_sittings_free:
 * @self: (transfer full): sittings
 *
 * Frees them.
 */
void
octavo_sittings_free (OctavoSittings *self)
{
  g_hash_table_unref (self->notes);
  g_free (self);
}

/**
 * octavo_sittings_end:
 * @self: sittings
 * @note_id: a note
 * @reason: why
 *
 * Has what the note says now be a version, when it is written over.
 */
void
octavo_sittings_end (OctavoSittings *self, gint64 note_id, OctavoVersionReason reason)
{
  if (reason == OCTAVO_VERSION_LEFT)
    g_hash_table_remove (self->notes, &note_id);
  else
    g_hash_table_insert (self->notes, g_memdup2 (&note_id, sizeof note_id), GINT_TO_POINTER ((int) reason));
}

/**
 * octavo_sittings_begin:
 * @self: sittings
 * @note_id: a note
 *
 * Says that the note is being written in.
 */
void
octavo_sittings_begin (OctavoSittings *self, gint64 note_id)
{
  g_hash_table_insert (self->notes, g_memdup2 (&note_id, sizeof note_id), GINT_TO_POINTER (SITTING));
}

/**
 * octavo_sittings_is_over:
 * @self: sittings
 * @note_id: a note that is about to be written over
 * @updated: when it came to be what it is, in microseconds since 1970
 * @now: what the time is
 * @reason: (out): why
 *
 * Returns: whether what it says is to be kept
 */
gboolean
octavo_sittings_is_over (OctavoSittings *self, gint64 note_id, gint64 updated, gint64 now, OctavoVersionReason *reason)
{
  gpointer value;

  *reason = OCTAVO_VERSION_LEFT;
  if (!g_hash_table_lookup_extended (self->notes, &note_id, NULL, &value))
    return TRUE;
  if (GPOINTER_TO_INT (value) != SITTING)
    {
      *reason = (OctavoVersionReason) GPOINTER_TO_INT (value);
      return TRUE;
    }
  *reason = OCTAVO_VERSION_REST;
  /* Nobody rests before the last change: a clock that was set back says nothing. */
  return now - updated >= OCTAVO_SITTINGS_REST;
}
