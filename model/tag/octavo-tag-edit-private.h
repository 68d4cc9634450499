/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-tag-repository.h"
#include "orm-connection.h"

G_BEGIN_DECLS

/* What is done to a tag and those under it, for the repository: OrmWork, with plain values. */
typedef struct
{
  char    *path;       /* as normalized */
  char    *new_path;   /* (nullable): as normalized; to rename it to */
  gboolean may_merge;  /* with what has the new name already */
  char    *color;      /* (nullable): to give it */
  gboolean is_merging; /* (out): there is such a thing */
  gint64   step_id;    /* (out): what undoes it */
} OctavoTagEdit;

OctavoTagEdit *octavo_tag_edit_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           octavo_tag_edit_free (OctavoTagEdit *self);

gboolean octavo_tag_edit_rename (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error);
gboolean octavo_tag_edit_set_color (OrmConnection *connection,
                                    gpointer       data,
                                    GCancellable  *cancellable,
                                    GError       **error);
gboolean octavo_tag_edit_delete (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoTagEdit, octavo_tag_edit_free)

G_END_DECLS
