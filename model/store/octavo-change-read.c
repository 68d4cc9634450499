/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-change-read.h"

/* What the mapper tells is rising, table by table, so that a hundred thousand notes need no sorting: it is done in a
 * turn of the main loop. */

static GArray *
take_keys (OrmChanges *changes, const char *table, OrmChangeKind kind)
{
  gsize n_keys;
  const gint64 *keys = orm_changes_get_keys (changes, table, kind, &n_keys);
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) n_keys);

  if (n_keys > 0)
    g_array_append_vals (ids, keys, (guint) n_keys);
  return ids;
}

/* ids: (transfer full); both rising. Returns: (transfer full): what is in either, rising */
static GArray *
unite (GArray *ids, const gint64 *keys, gsize n_keys)
{
  g_autoptr (GArray) first = ids;
  GArray *united = g_array_sized_new (FALSE, FALSE, sizeof (gint64), first->len + (guint) n_keys);
  guint i = 0;
  gsize j = 0;

  while (i < first->len || j < n_keys)
    {
      gint64 a = i < first->len ? g_array_index (first, gint64, i) : G_MAXINT64;
      gint64 b = j < n_keys ? keys[j] : G_MAXINT64;
      gint64 id = MIN (a, b);

      i += a == id ? 1 : 0;
      j += b == id ? 1 : 0;
      g_array_append_val (united, id);
    }
  return united;
}

/* Both rising. Takes away those that are in others. */
static void
leave_out (GArray *ids, const GArray *others)
{
  guint n = 0, j = 0;

  for (guint i = 0; i < ids->len && others->len > 0; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      while (j < others->len && g_array_index (others, gint64, j) < id)
        j++;
      if (j == others->len || g_array_index (others, gint64, j) != id)
        g_array_index (ids, gint64, n++) = id;
    }
  if (others->len > 0)
    g_array_set_size (ids, n);
}

/* Notes that differ in a column or in their tags, once each, without those that came or went. All rising, so that a
 * hundred thousand of them need no sorting. */
static GArray *
take_updated (OrmChanges *changes, GArray *added, GArray *removed)
{
  GArray *ids = take_keys (changes, "note", ORM_CHANGE_UPDATE);

  for (int kind = ORM_CHANGE_INSERT; kind <= ORM_CHANGE_DELETE; kind++)
    {
      gsize n_keys;
      const gint64 *keys = orm_changes_get_keys (changes, "note_tag", (OrmChangeKind) kind, &n_keys);

      if (n_keys > 0)
        ids = unite (ids, keys, n_keys);
    }
  leave_out (ids, added);
  leave_out (ids, removed);
  return ids;
}

/**
 * octavo_change_read_notes:
 * @changes: what the mapper tells of a commit
 * @added: (out) (element-type gint64) (transfer full): ids of new notes
 * @removed: (out) (element-type gint64) (transfer full): ids of notes that are gone
 * @updated: (out) (element-type gint64) (transfer full): ids of others that differ, in a column or in their tags
 *
 * Tells of which notes changes are. All ids are rising, and each is there once.
 */
void
octavo_change_read_notes (OrmChanges *changes, GArray **added, GArray **removed, GArray **updated)
{
  g_return_if_fail (changes != NULL && added != NULL && removed != NULL && updated != NULL);

  *added = take_keys (changes, "note", ORM_CHANGE_INSERT);
  *removed = take_keys (changes, "note", ORM_CHANGE_DELETE);
  *updated = take_updated (changes, *added, *removed);
}
