/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-version-keeper.h"

#include "octavo-note-repository.h"
#include "octavo-version-repository.h"

/* A note that was left is not a version yet: what was typed last may still be on its way to the file. It is one when
 * somebody types into it again. */

#define LEFT "octavo-left" /* of a buffer */

struct _OctavoVersionKeeper
{
  GObject parent_instance;

  OctavoStore *store;
};

G_DEFINE_FINAL_TYPE (OctavoVersionKeeper, octavo_version_keeper, G_TYPE_OBJECT)

static void
on_edited (OctavoNoteBuffer *buffer, OctavoVersionKeeper *self)
{
  gint64 id;

  if (g_object_get_data (G_OBJECT (buffer), LEFT) == NULL)
    return;
  g_object_set_data (G_OBJECT (buffer), LEFT, NULL);
  id = octavo_note_buffer_get_id (buffer);
  if (id > 0)
    octavo_note_repository_end_sitting (octavo_store_get_notes (self->store), id, OCTAVO_VERSION_LEFT);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!octavo_version_repository_keep_finish (OCTAVO_VERSION_REPOSITORY (source), result, &error))
    g_message ("A version was not kept: %s", error->message);
}

/* A program that is not ours keeps nothing. What it wrote is kept too, once it is written over here. */
static void
on_replaced (OctavoNoteBuffer *buffer, const char *title, const char *body, OctavoVersionKeeper *self)
{
  gint64 id = octavo_note_buffer_get_id (buffer);

  if (id <= 0)
    return;
  octavo_version_repository_keep_async (octavo_store_get_versions (self->store), id, title, body, OCTAVO_VERSION_OTHER,
                                        on_kept, NULL);
  octavo_note_repository_end_sitting (octavo_store_get_notes (self->store), id, OCTAVO_VERSION_MERGE);
}

static void
octavo_version_keeper_dispose (GObject *object)
{
  g_clear_object (&OCTAVO_VERSION_KEEPER (object)->store);
  G_OBJECT_CLASS (octavo_version_keeper_parent_class)->dispose (object);
}

static void
octavo_version_keeper_class_init (OctavoVersionKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_version_keeper_dispose;
}

static void
octavo_version_keeper_init (OctavoVersionKeeper *self)
{
}

/**
 * octavo_version_keeper_new:
 * @store: the open store that the notes are of
 *
 * Returns: (transfer full): one that watches no buffer yet
 */
OctavoVersionKeeper *
octavo_version_keeper_new (OctavoStore *store)
{
  OctavoVersionKeeper *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  self = g_object_new (OCTAVO_TYPE_VERSION_KEEPER, NULL);
  self->store = g_object_ref (store);
  return self;
}

/**
 * octavo_version_keeper_watch:
 * @self: a keeper
 * @buffer: a buffer
 *
 * Has what is written over in the buffer be kept from now on.
 */
void
octavo_version_keeper_watch (OctavoVersionKeeper *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_VERSION_KEEPER (self));
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer));

  g_signal_connect_object (buffer, "edited", G_CALLBACK (on_edited), self, 0);
  g_signal_connect_object (buffer, "replaced", G_CALLBACK (on_replaced), self, 0);
}

/**
 * octavo_version_keeper_left:
 * @self: a keeper
 * @buffer: a buffer
 *
 * Says that no window shows the buffer any more.
 */
void
octavo_version_keeper_left (OctavoVersionKeeper *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_VERSION_KEEPER (self));
  g_return_if_fail (OCTAVO_IS_NOTE_BUFFER (buffer));

  g_object_set_data (G_OBJECT (buffer), LEFT, buffer);
}
