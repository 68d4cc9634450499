/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-user-repository.h"
#include "orm-connection.h"

G_BEGIN_DECLS

#define OCTAVO_USER_MAX_NAME  200 /* characters */
#define OCTAVO_USER_MAX_EMAIL 320

/* Work on one user as plain values: what is to be done, and what came of it. */
typedef struct
{
  gint64   id;    /* whom it is about; of a new one, once it is there */
  char    *name;  /* normalized; NULL: as it is */
  char    *email; /* likewise */
  char    *color; /* likewise */
  gint64   heir_id;
  gboolean to_trash;
  gint64   now;
  GArray  *ids; /* (nullable) (element-type gint64): notes that are given */
  gint64   n_notes;
  gint64   step_id; /* (out): what undoes it */
} OctavoUserEdit;

OctavoUserEdit *octavo_user_edit_new (gint64 id) G_GNUC_WARN_UNUSED_RESULT;
void            octavo_user_edit_free (OctavoUserEdit *self);

/* A name as it is kept, or NULL where nothing of it is left. (transfer full) */
char    *octavo_user_normalize_name (const char *name);
gboolean octavo_user_edit_set_values (OctavoUserEdit *self,
                                      const char     *name,
                                      const char     *email,
                                      const char     *color,
                                      GError        **error);

/* OrmWork on an OctavoUserEdit. */
gboolean octavo_user_edit_add (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error);
gboolean octavo_user_edit_change (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error);
gboolean octavo_user_edit_delete (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error);
gboolean octavo_user_edit_give (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoUserEdit, octavo_user_edit_free)

G_END_DECLS
