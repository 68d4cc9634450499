/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  OCTAVO_SNAPSHOT_DAILY,
  OCTAVO_SNAPSHOT_ASKED,
  OCTAVO_SNAPSHOT_BEFORE_MIGRATION,
  OCTAVO_SNAPSHOT_BEFORE_RESTORE,
} OctavoSnapshotKind;

/* A file that says what the notes were at some time. */
typedef struct
{
  char              *path;
  char              *place; /* of which file of notes, on which machine, it is: eight letters */
  gint64             time;  /* microseconds since 1970, UTC, in whole seconds */
  OctavoSnapshotKind kind;
  gint64             size;    /* bytes */
  gint64             n_notes; /* that are not in the trash; -1: it could not be read */
} OctavoSnapshot;

OctavoSnapshot *octavo_snapshot_new (const char *path) G_GNUC_WARN_UNUSED_RESULT; /* by its name; NULL: it is none */
OctavoSnapshot *octavo_snapshot_copy (const OctavoSnapshot *self) G_GNUC_WARN_UNUSED_RESULT;
void            octavo_snapshot_free (OctavoSnapshot *self);
void            octavo_snapshot_look (OctavoSnapshot *self); /* sets size and n_notes; blocks */

char           *octavo_snapshot_dup_name (const char *stem, gint64 time, const char *place, OctavoSnapshotKind kind);
const char     *octavo_snapshot_kind_get_name (OctavoSnapshotKind kind); /* in file names and JSON */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoSnapshot, octavo_snapshot_free)

G_END_DECLS
