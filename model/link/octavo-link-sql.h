/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"
#include "orm-expression.h"

G_BEGIN_DECLS

/* What is read of a note for its links; body: NULL where the note is gone or in the trash. */
typedef struct
{
  gint64 id;
  char  *title;
  char  *body;
} OctavoLinkText;

gboolean       octavo_link_sql_read (OrmConnection *connection, gint64 id, OctavoLinkText *note, GError **error);
gboolean       octavo_link_sql_write (OrmConnection *connection,
                                      gint64         id,
                                      const char    *title,
                                      const char    *body,
                                      GError       **error);
OrmExpression *octavo_link_sql_like_title (const char *title);
gboolean       octavo_link_sql_has_title (OrmConnection *connection, const char *title);
void           octavo_link_text_clear (OctavoLinkText *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OctavoLinkText, octavo_link_text_clear)

G_END_DECLS
