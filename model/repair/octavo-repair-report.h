/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  OCTAVO_REPAIR_CUT,         /* the beginning of its text was saved */
  OCTAVO_REPAIR_DOUBTFUL,    /* saved, but something in it may be wrong */
  OCTAVO_REPAIR_FROM_BACKUP, /* it could not be read, and is as the backup has it */
  OCTAVO_REPAIR_LOST,        /* there was such a note, and it is nowhere */
} OctavoRepairFate;

/* What became of a note that was not saved whole. */
typedef struct
{
  gint64           id;
  char            *title; /* "" where nobody knows it */
  OctavoRepairFate fate;
  gint64           beside_id; /* of another note, which has the whole text that the backup has; 0: none */
} OctavoRepairNote;

/* What a repair did. */
typedef struct
{
  char      *path;
  gboolean   is_sound; /* nothing was damaged, and nothing was done */
  gint64     time;     /* microseconds since 1970, UTC */
  char      *kept;     /* the damaged file, by its new name */
  char      *file;     /* where this is written down; (nullable): it could not be */
  char      *backup;   /* (nullable): what was taken to fill in what could not be read */
  gint64     backup_time;
  gint64     n_whole;   /* notes that are as they were */
  gint64     n_unknown; /* ids of which nobody knows whether a note had them at the end; -1: nor how many */
  GPtrArray *notes;     /* (element-type OctavoRepairNote), in the order of ids */
  GPtrArray *remarks;   /* (element-type utf8): about what is no note, for a person */
} OctavoRepairReport;

#define OCTAVO_TYPE_REPAIR_REPORT (octavo_repair_report_get_type ())
GType               octavo_repair_report_get_type (void);

OctavoRepairReport *octavo_repair_report_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
OctavoRepairReport *octavo_repair_report_ref (OctavoRepairReport *self) G_GNUC_WARN_UNUSED_RESULT;
void                octavo_repair_report_unref (OctavoRepairReport *self);

void                octavo_repair_report_add (OctavoRepairReport *self,
                                              gint64              id,
                                              const char         *title,
                                              OctavoRepairFate    fate,
                                              gint64              beside_id);
void                octavo_repair_report_sort (OctavoRepairReport *self);
guint               octavo_repair_report_count (const OctavoRepairReport *self, OctavoRepairFate fate);

const char         *octavo_repair_fate_get_name (OctavoRepairFate fate); /* in JSON */
char               *octavo_repair_report_dup_summary (const OctavoRepairReport *self) G_GNUC_WARN_UNUSED_RESULT;
char               *octavo_repair_report_dup_details (const OctavoRepairReport *self) G_GNUC_WARN_UNUSED_RESULT;
char               *octavo_repair_report_dup_text (const OctavoRepairReport *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoRepairReport, octavo_repair_report_unref)

G_END_DECLS
