/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-test.h"
#include "octavo-snapshots.h"

#define BACKUP_TEST_DAY ((gint64) G_TIME_SPAN_DAY)

/* A store with its snapshots, and a clock that the tests set. */
typedef struct
{
  ModelTest        model;
  OctavoSnapshots *snapshots;
  GTimeZone       *zone;
  gint64           now; /* 2026-11-23 09:00 UTC at first */
} BackupTest;

void            backup_test_set_up (BackupTest *self, gconstpointer data);
void            backup_test_tear_down (BackupTest *self, gconstpointer data);

OctavoSnapshot *backup_test_make (BackupTest *self, OctavoSnapshotKind kind);
guint           backup_test_count_files (const char *folder);
guint           backup_test_get_mode (const char *path);
void            backup_test_damage (const char *path, gsize offset); /* a page from there on */
