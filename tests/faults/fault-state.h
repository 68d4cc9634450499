/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All that people wrote that is in a file of notes, read by SQL. */
typedef struct
{
  GHashTable *notes; /* id in digits → all there is to say of the note */
  char       *rest;  /* users, tags, saved searches */
} FaultState;

FaultState *fault_state_read (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void        fault_state_free (FaultState *self);
gboolean    fault_state_equal (const FaultState *a, const FaultState *b);

/* How much of a state has to be as it was before an act, or as it was after. */
typedef enum
{
  FAULT_WHOLE,     /* all of it the one or the other */
  FAULT_EACH_NOTE, /* each note for itself */
  FAULT_OLD_NOTES, /* each that there was before: several things were done to new ones */
} FaultPart;

/* What is wrong with a state that is to be the one before an act or the one after it: NULL: nothing. (transfer full)
 * (nullable) */
char *fault_state_judge (const FaultState *self, const FaultState *before, const FaultState *after, FaultPart part)
    G_GNUC_WARN_UNUSED_RESULT;

/* Looks the file over by SQLite alone: NULL: all is well. (transfer full) (nullable) */
char *fault_state_check_file (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultState, fault_state_free)

G_END_DECLS
