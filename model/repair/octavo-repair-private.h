/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-repair-report.h"
#include "octavo-salvage.h"
#include "octavo-sqlite.h"

G_BEGIN_DECLS

/* A repair while it runs: rows on their way from the damaged file, and from a backup, into a new one. */
typedef struct
{
  sqlite3            *copy; /* the new file; a backup that there is to take from is attached as "backup" */
  gboolean            has_backup;
  OctavoSalvage      *salvage;
  GPtrArray          *tables;
  GHashTable         *fates;   /* id → OctavoRepairFate of notes that are not whole (element-type gint64 int) */
  gboolean           *lacks;   /* of each table: some of its rows may be missing */
  gint64              last_id; /* that was given to a note, as far as the file says so */
  OctavoRepairReport *report;
  GCancellable       *cancellable;
} OctavoRepair;

#define OCTAVO_REPAIR_MAX_ID ((gint64) 1 << 40) /* above it no id was ever given */

/* In this order. */
gboolean octavo_repair_sequences (OctavoRepair *self, GError **error);
gboolean octavo_repair_tables (OctavoRepair *self, GError **error); /* all but notes */
gboolean octavo_repair_notes (OctavoRepair *self, GError **error);
gboolean octavo_repair_fill_in (OctavoRepair *self, GError **error); /* from the backup */
gboolean octavo_repair_references (OctavoRepair *self, GError **error);

char    *octavo_repair_dup_insert (const OctavoSalvageTable *table, const char *into, guint n_columns);
void     octavo_repair_bind (sqlite3_stmt *statement, const OctavoSalvageTable *table, const OctavoSalvageRow *row);
gboolean octavo_repair_step (OctavoRepair *self, sqlite3_stmt *statement, gboolean *is_taken, GError **error);
void     octavo_repair_set_fate (OctavoRepair *self, gint64 id, OctavoRepairFate fate);
gboolean octavo_repair_knows_all_notes (OctavoRepair *self);
void     octavo_repair_remark (OctavoRepair *self, const char *text);

G_END_DECLS
