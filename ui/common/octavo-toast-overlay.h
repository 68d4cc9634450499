/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget (the property "child"), and above it, one at a time, words about what happened. */
#define OCTAVO_TYPE_TOAST_OVERLAY (octavo_toast_overlay_get_type ())
G_DECLARE_FINAL_TYPE (OctavoToastOverlay, octavo_toast_overlay, OCTAVO, TOAST_OVERLAY, GtkWidget)

/* What is said. */
typedef struct
{
  const char *text;
  const char *button;  /* (nullable): a word on it */
  const char *action;  /* (nullable): what the button does */
  guint       seconds; /* for which it is shown; 0: for five */
  gboolean    stays;   /* until it is dismissed */
  gboolean    is_next; /* is shown at once, and what is shown comes back after it */
} OctavoToast;

/* Returns its id, which is not 0. */
guint octavo_toast_overlay_add (OctavoToastOverlay *self, const OctavoToast *toast);
/* id: one that is gone, or 0, for nothing to be done */
void octavo_toast_overlay_dismiss (OctavoToastOverlay *self, guint id);

G_END_DECLS
