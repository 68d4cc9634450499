/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-places.h"

/* A note that is left at its very beginning needs no place: that is where one begins. */

struct _OctavoNotePlaces
{
  GObject parent_instance;

  GQueue places;     /* (element-type OctavoNotePlace) the last first */
  GHashTable *links; /* id → GList in places */
};

G_DEFINE_FINAL_TYPE (OctavoNotePlaces, octavo_note_places, G_TYPE_OBJECT)

static void
remove_link (OctavoNotePlaces *self, GList *link)
{
  OctavoNotePlace *place = link->data;

  g_hash_table_remove (self->links, &place->id);
  g_queue_delete_link (&self->places, link);
  g_free (place);
}

static void
octavo_note_places_finalize (GObject *object)
{
  OctavoNotePlaces *self = OCTAVO_NOTE_PLACES (object);

  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->places, g_free);
  G_OBJECT_CLASS (octavo_note_places_parent_class)->finalize (object);
}

static void
octavo_note_places_class_init (OctavoNotePlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = octavo_note_places_finalize;
}

static void
octavo_note_places_init (OctavoNotePlaces *self)
{
  self->links = g_hash_table_new (g_int64_hash, g_int64_equal);
}

/**
 * octavo_note_places_new:
 *
 * Returns: (transfer full): no places yet
 */
OctavoNotePlaces *
octavo_note_places_new (void)
{
  return g_object_new (OCTAVO_TYPE_NOTE_PLACES, NULL);
}

/**
 * octavo_note_places_put:
 * @self: places
 * @place: where a note was left just now
 *
 * Remembers a place, and forgets the one that was put longest ago where there are too many.
 */
void
octavo_note_places_put (OctavoNotePlaces *self, const OctavoNotePlace *place)
{
  OctavoNotePlace *copy;

  g_return_if_fail (OCTAVO_IS_NOTE_PLACES (self));
  g_return_if_fail (place->id > 0);

  octavo_note_places_remove (self, place->id);
  if (place->cursor <= 0 && place->top <= 0)
    return;
  copy = g_memdup2 (place, sizeof *place);
  g_queue_push_head (&self->places, copy);
  g_hash_table_insert (self->links, &copy->id, self->places.head);
  if (self->places.length > OCTAVO_NOTE_PLACES_MAX)
    remove_link (self, self->places.tail);
}

/**
 * octavo_note_places_get:
 * @self: places
 * @id: a note
 * @place: (out): where it was left
 *
 * Returns: whether that is known
 */
gboolean
octavo_note_places_get (OctavoNotePlaces *self, gint64 id, OctavoNotePlace *place)
{
  GList *link;

  g_return_val_if_fail (OCTAVO_IS_NOTE_PLACES (self), FALSE);

  link = g_hash_table_lookup (self->links, &id);
  if (link == NULL)
    return FALSE;
  *place = *(OctavoNotePlace *) link->data;
  return TRUE;
}

/**
 * octavo_note_places_remove:
 * @self: places
 * @id: a note
 *
 * Forgets where a note was left.
 */
void
octavo_note_places_remove (OctavoNotePlaces *self, gint64 id)
{
  GList *link;

  g_return_if_fail (OCTAVO_IS_NOTE_PLACES (self));

  link = g_hash_table_lookup (self->links, &id);
  if (link != NULL)
    remove_link (self, link);
}

/**
 * octavo_note_places_to_string:
 * @self: places
 *
 * Returns: (transfer full): all of them, the last first
 */
char *
octavo_note_places_to_string (OctavoNotePlaces *self)
{
  GString *text = g_string_new (NULL);

  for (GList *link = self->places.head; link != NULL; link = link->next)
    {
      const OctavoNotePlace *place = link->data;

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%d:%d", text->len > 0 ? " " : "", place->id, place->cursor,
                              place->top);
    }
  return g_string_free (text, FALSE);
}

/**
 * octavo_note_places_load:
 * @self: places
 * @text: what octavo_note_places_to_string() made, or anything
 *
 * Adds the places of a text; what is none is passed over.
 */
void
octavo_note_places_load (OctavoNotePlaces *self, const char *text)
{
  g_auto (GStrv) words = NULL;

  g_return_if_fail (OCTAVO_IS_NOTE_PLACES (self));
  g_return_if_fail (text != NULL);

  words = g_strsplit (text, " ", -1);
  for (guint i = g_strv_length (words); i > 0; i--)
    {
      g_auto (GStrv) parts = g_strsplit (words[i - 1], ":", -1);
      OctavoNotePlace place;
      guint64 id, cursor, top;

      if (g_strv_length (parts) != 3 || !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT64, &id, NULL) ||
          !g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXINT, &cursor, NULL) ||
          !g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXINT, &top, NULL))
        continue;
      place = (OctavoNotePlace){ (gint64) id, (int) cursor, (int) top };
      octavo_note_places_put (self, &place);
    }
}
