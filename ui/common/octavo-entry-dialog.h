/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for a name, or for a few words that belong together, and says of each while it is typed why it cannot be. Signal
 * "accepted" (). */
#define OCTAVO_TYPE_ENTRY_DIALOG (octavo_entry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (OctavoEntryDialog, octavo_entry_dialog, OCTAVO, ENTRY_DIALOG, AdwMessageDialog)

/* Why a text cannot be (transfer full), or NULL where it can; not asked of the empty one, which cannot. */
typedef char *(*OctavoEntryCheck) (const char *text, gpointer data);

OctavoEntryDialog *octavo_entry_dialog_new (GtkWindow  *parent,
                                            const char *heading,
                                            const char *accept) G_GNUC_WARN_UNUSED_RESULT;
void               octavo_entry_dialog_add (OctavoEntryDialog *self,
                                            const char        *label,
                                            const char        *text,
                                            OctavoEntryCheck   check,
                                            gpointer           data);
const char        *octavo_entry_dialog_get_text (OctavoEntryDialog *self, guint position);

G_END_DECLS
