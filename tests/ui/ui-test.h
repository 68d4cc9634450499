/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-test.h"
#include "octavo-note-buffer.h"

#include <gtk/gtk.h>

/* What tests of widgets over a store share; the store is that of ModelTest. */
void            ui_test_init (int *argc, char ***argv);
void            ui_test_init_accessible (int *argc, char ***argv); /* where it is asked what a screen reader is told */
GtkApplication *ui_test_init_application (int    *argc,
                                          char ***argv); /* the same, where there are windows: (transfer full) */

GtkWidget      *ui_test_find (GtkWidget *widget, GType type);               /* the first inside, or NULL */
GtkWidget      *ui_test_find_button (GtkWidget *widget, const char *label); /* by its label, or NULL */
GtkWidget      *ui_test_find_label (GtkWidget *widget, const char *text);   /* that is not hidden, or NULL */
gboolean        ui_test_offers (GtkWidget *picker, const char *titles);     /* an OctavoPicker, just these: "one|two" */
void            ui_test_set_hour (int hour);      /* the system is in a zone where it is that of the day */
GtkWidget      *ui_test_show (GtkWidget *widget); /* in a window, which is mapped; (transfer full) */
void            ui_test_close (GtkWidget *window);

void            ui_test_add_users (ModelTest *model);              /* beside Me, who has the id 1: Ada and Bob */
OctavoNoteBuffer *ui_test_read_note (ModelTest *model, gint64 id); /* (transfer full) */

/* As a person would; the callers wait for what comes of it. */
gboolean ui_test_press (GtkWidget *widget, guint key, GdkModifierType modifiers); /* by the widget's controllers */
gboolean ui_test_press_bound (GtkWidget *widget, guint key, GdkModifierType modifiers); /* by a shortcut of its own */
