/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-file-choice.h"

/* A native chooser belongs to nobody. Here it is its window's: one at a time, and it goes when that does. */

#define CHOICE "octavo-file-choice"

typedef struct
{
  GtkWindow *window; /* which has this */
  GtkNativeDialog *chooser;
  OctavoFileChosen chosen;
  gpointer user_data;
  GDestroyNotify free_data;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_signal_handlers_disconnect_by_data (self->chooser, self);
  gtk_native_dialog_destroy (self->chooser);
  g_object_unref (self->chooser);
  if (self->free_data != NULL)
    self->free_data (self->user_data);
  g_free (self);
}

static void
forget (GtkWindow *window)
{
  g_object_set_data (G_OBJECT (window), CHOICE, NULL);
}

static void
on_response (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Choice *self = user_data;
  GtkWindow *window = self->window;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      path = file != NULL ? g_file_get_path (file) : NULL;
      g_object_steal_data (G_OBJECT (window), CHOICE); /* it may ask for another file */
      self->chosen (window, path, self->user_data);
      choice_free (self);
    }
  else
    forget (window);
}

/**
 * octavo_file_choice_ask:
 * @window: a window
 * @chooser: (transfer full): what asks for one file or folder
 * @chosen: called with what was chosen, unless nothing was
 * @user_data: for @chosen
 * @free_data: (nullable): for @user_data
 *
 * Asks for a file, in place of another for which this window may be asking still.
 */
void
octavo_file_choice_ask (GtkWindow *window,
                        GtkFileChooserNative *chooser,
                        OctavoFileChosen chosen,
                        gpointer user_data,
                        GDestroyNotify free_data)
{
  Choice *self;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (GTK_IS_FILE_CHOOSER_NATIVE (chooser));

  self = g_new0 (Choice, 1);
  self->window = window;
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  self->chosen = chosen;
  self->user_data = user_data;
  self->free_data = free_data;
  g_object_set_data_full (G_OBJECT (window), CHOICE, self, choice_free);
  g_signal_handlers_disconnect_by_func (window, forget, NULL);
  g_signal_connect (window, "destroy", G_CALLBACK (forget), NULL);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response), self);
  gtk_native_dialog_set_transient_for (self->chooser, window);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  gtk_native_dialog_show (self->chooser);
}
