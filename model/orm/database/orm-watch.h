/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-database.h"

G_BEGIN_DECLS

/* Polls a database when the log of its file moves. Private to the mapper. */
typedef struct _OrmWatch OrmWatch;

OrmWatch                *orm_watch_new (OrmDatabase *database, const char *file, GMainContext *context);
void                     orm_watch_free (OrmWatch *self);

G_END_DECLS
