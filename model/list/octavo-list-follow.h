/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How objects of a list belong to the rows they were made from. */
typedef struct
{
  gint64 (*get_item_id) (gpointer item);
  gint64 (*get_row_id) (gpointer row);
  /* Gives the item the values of the row. FALSE where it has to be made anew, in another place perhaps. */
  gboolean (*update) (gpointer item, gpointer row);
  gpointer (*create) (gpointer row); /* (transfer full) */
} OctavoFollow;

/* Makes the list what the rows say with as few changes as there are: objects that stay are the same objects. */
void octavo_list_store_follow (GListStore *list, GPtrArray *rows, const OctavoFollow *functions);

/* When a list is read from the file: once somebody wants it, and again after each change, one reading at a time. */
typedef struct
{
  gboolean is_wanted;
  gboolean is_reading;
  gboolean is_stale; /* something changed since the reading began */
} OctavoListReading;

gboolean octavo_list_reading_want (OctavoListReading *self);
gboolean octavo_list_reading_begin (OctavoListReading *self, gboolean can_read);
gboolean octavo_list_reading_end (OctavoListReading *self);

G_END_DECLS
