/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-connection.h"

G_BEGIN_DECLS

/* What stands at a path before anything is opened for writing. Private to the mapper. */
typedef struct
{
  gboolean missing; /* there is nothing yet */
} OrmFileState;

/* How a file is, for those who only read it. */
typedef struct
{
  gboolean is_still; /* nobody has it open: what it holds is all there is, and it can be read as it stands */
  gboolean is_left;  /* a program ended without putting the log into the file, and reading both would write beside it */
  gint64   nanoseconds; /* of its last change */
  gint64   size;
  guint64  inode;
} OrmFileLook;

/* Which file it is, whatever it is called. */
typedef struct
{
  guint64 device;
  guint64 inode; /* 0: there is none */
} OrmFileIdentity;

OrmFileIdentity orm_file_identify (const char *path);
gboolean        orm_file_identity_equal (const OrmFileIdentity *a, const OrmFileIdentity *b);

OrmFileLook     orm_file_look (const char *path);
gboolean        orm_file_look_equal (const OrmFileLook *a, const OrmFileLook *b);

/* Where the file is, symbolic links followed: its companions are beside that. (transfer full) */
char *orm_file_resolve (const char *path);

/* Whether it is there, and it or its folder cannot be written. */
gboolean orm_file_is_locked (const char *path);

/* Copies the file and its log. */
gboolean orm_file_copy (const char *path, const char *to, GError **error);

/* name: what the person knows it by. */
gboolean orm_file_check (const char   *path,
                         const char   *name,
                         OrmOpenFlags  flags,
                         gint32        application_id,
                         guint         n_migrations,
                         OrmFileState *state,
                         GError      **error);
gboolean orm_file_create (const char *path, GError **error);

G_END_DECLS
