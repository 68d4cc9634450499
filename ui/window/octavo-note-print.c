/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-print.h"

#include "octavo-file-choice.h"
#include "octavo-text-style.h"
#include "octavo-window-common.h"

/* Printing notes, on paper or into a PDF file. */

#define SETTINGS "octavo-print-settings" /* of a window: as they were chosen last */

/* What is to come of the notes. */
typedef struct
{
  GtkWindow *window;
  OctavoStore *store;
  OctavoPrintNotes *notes; /* NULL: they are being read */
  char *path;              /* of the PDF; NULL: it is printed */
} Job;

static Job *
job_new (GtkWindow *window, OctavoStore *store, OctavoPrintNotes *notes)
{
  Job *job = g_new0 (Job, 1);

  job->window = g_object_ref (window);
  job->store = g_object_ref (store);
  job->notes = notes;
  return job;
}

static void
job_free (Job *job)
{
  g_object_unref (job->window);
  g_object_unref (job->store);
  g_clear_pointer (&job->notes, octavo_print_notes_free);
  g_free (job->path);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
job_free_closure (gpointer data, GClosure *closure)
{
  job_free (data);
}

/* It may be closed meanwhile. */
static gboolean
is_there (const Job *job)
{
  return gtk_widget_get_realized (GTK_WIDGET (job->window));
}

static void
show_error (const Job *job, const char *message)
{
  octavo_window_common_show_error (job->window, job->path != NULL ? _ ("No PDF Was Made") : _ ("Nothing Was Printed"),
                                   message);
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  const Job *job = user_data;
  g_autoptr (GError) error = NULL;

  if (!is_there (job))
    return;
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      show_error (job, error != NULL ? error->message : _ ("The printer did not say why. Try again."));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY && job->path != NULL)
    octavo_window_common_toast (job->window, _ ("PDF saved"));
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    g_object_set_data_full (G_OBJECT (job->window), SETTINGS,
                            g_object_ref (gtk_print_operation_get_print_settings (operation)), g_object_unref);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  GtkWindow *window = job->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNotePrinter) printer = octavo_print_notes_read_finish (result, &error);
  GtkPrintOperation *operation = GTK_PRINT_OPERATION (printer);
  GtkPrintOperationAction action =
      job->path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG;
  PangoFontDescription *font;

  if (!is_there (job))
    return;
  if (printer == NULL)
    {
      show_error (job, error->message);
      return;
    }
  font = octavo_text_style_dup_print_font (octavo_text_style_get ());
  octavo_note_printer_set_font (printer, font);
  pango_font_description_free (font);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (job->path != NULL)
    gtk_print_operation_set_export_filename (operation, job->path);
  gtk_print_operation_set_print_settings (operation, g_object_get_data (G_OBJECT (window), SETTINGS));
  g_signal_connect_data (operation, "done", G_CALLBACK (on_done), g_steal_pointer (&job), job_free_closure, 0);
  /* errors are told by "done" as well */
  gtk_print_operation_run (operation, action, window, NULL);
}

/**
 * octavo_note_print_run:
 * @window: a window
 * @store: where the notes are
 * @notes: (transfer full): what is to be printed
 *
 * Asks for a printer, and prints.
 */
void
octavo_note_print_run (GtkWindow *window, OctavoStore *store, OctavoPrintNotes *notes)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (notes != NULL);

  octavo_print_notes_read_async (notes, store, NULL, on_read, job_new (window, store, NULL));
}

static void
on_pdf_chosen (GtkWindow *window, const char *path, gpointer user_data)
{
  Job *asked = user_data;
  Job *job;

  if (path == NULL)
    {
      octavo_window_common_show_error (window, _ ("No PDF Was Made"),
                                       _ ("The folder you chose is not on this computer. Choose one that is."));
      return;
    }
  job = job_new (window, asked->store, NULL);
  job->path = g_strdup (path);
  octavo_print_notes_read_async (g_steal_pointer (&asked->notes), asked->store, NULL, on_read, job);
}

/* The title, without what a file cannot be called. */
static char *
make_name (const char *title)
{
  g_autofree char *name = g_strdup (*title != '\0' ? title : _ ("Untitled"));

  if (g_utf8_strlen (name, -1) > 80)
    *g_utf8_offset_to_pointer (name, 80) = '\0';
  g_strdelimit (name, "/\\:*?\"<>|\n\t", '-');
  return g_strconcat (name, ".pdf", NULL);
}

/**
 * octavo_note_print_export:
 * @window: a window
 * @store: where the notes are
 * @notes: (transfer full): what is to be printed
 * @title: what the file may be called
 *
 * Asks for a file, and makes a PDF of them.
 */
void
octavo_note_print_export (GtkWindow *window, OctavoStore *store, OctavoPrintNotes *notes, const char *title)
{
  g_autofree char *name = make_name (title);
  GtkFileChooserNative *chooser;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (notes != NULL);

  chooser =
      gtk_file_chooser_native_new (_ ("Export as PDF"), window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  octavo_file_choice_ask (window, chooser, on_pdf_chosen, job_new (window, store, notes), (GDestroyNotify) job_free);
}
