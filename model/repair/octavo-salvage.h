/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-page-file.h"
#include "octavo-salvage-schema.h"
#include "octavo-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Finds the rows in a file of notes of which any page may be damaged. Nothing is written. Any thread, one at a time. */
typedef struct _OctavoSalvage OctavoSalvage;

typedef enum
{
  OCTAVO_SALVAGE_WHOLE,
  OCTAVO_SALVAGE_DOUBTFUL, /* something in it contradicts itself */
  OCTAVO_SALVAGE_CUT,      /* its end could not be read */
} OctavoSalvageState;

/* A row, as much of it as could be read. */
typedef struct
{
  gint64             rowid;
  GByteArray        *bytes; /* of the record, from its start */
  OctavoRecordField  fields[OCTAVO_RECORD_MAX_FIELDS];
  guint              n_fields;
  OctavoSalvageState state;
} OctavoSalvageRow;

/* What indexes say of a note: how many of them know it, and what they say. */
typedef struct
{
  guint  n_votes;
  char  *title;   /* (nullable) */
  gint64 updated; /* 0: unknown */
} OctavoSalvageTrace;

/* model: a file with the present tables. NULL: cancelled */
OctavoSalvage *octavo_salvage_new (OctavoPageFile *file,
                                   GPtrArray      *tables,
                                   OctavoProgress  progress,
                                   gpointer        user_data,
                                   GCancellable   *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void           octavo_salvage_free (OctavoSalvage *self);

/* Tables are known by their place in tables. */
guint    octavo_salvage_get_n_rows (OctavoSalvage *self, guint table);
void     octavo_salvage_read_row (OctavoSalvage *self, guint table, guint index, OctavoSalvageRow *row);
gboolean octavo_salvage_is_complete (OctavoSalvage *self, guint table); /* nothing of it is missing */

/* What the indexes of notes say. id → OctavoSalvageTrace; how many of them could be read from end to end */
GHashTable *octavo_salvage_get_traces (OctavoSalvage *self);
guint       octavo_salvage_get_n_traced (OctavoSalvage *self);

/* A quick look: whether there is anything of notes in the first pages. */
gboolean octavo_salvage_find_notes (OctavoPageFile *file, GPtrArray *tables, guint32 max_pages);

/* Whether this was a file of notes at all. */
gboolean octavo_salvage_has_notes (OctavoSalvage *self);

void     octavo_salvage_row_init (OctavoSalvageRow *self);
void     octavo_salvage_row_clear (OctavoSalvageRow *self);

gint64   octavo_salvage_get_rowid (OctavoSalvage *self, guint table, guint index);
gboolean octavo_salvage_row_agrees (const OctavoSalvageRow *self, const OctavoSalvageTable *table);

/* NULL: it could not be read */
const char *octavo_salvage_row_get_bytes (const OctavoSalvageRow *self, guint field, gsize *length);
char       *octavo_salvage_row_dup_text (const OctavoSalvageRow *self, guint field) G_GNUC_WARN_UNUSED_RESULT;
gboolean    octavo_salvage_row_get_int64 (const OctavoSalvageRow *self, guint field, gint64 *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoSalvage, octavo_salvage_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OctavoSalvageRow, octavo_salvage_row_clear)

G_END_DECLS
