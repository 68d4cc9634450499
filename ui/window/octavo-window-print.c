/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-print-notes.h"
#include "octavo-text-style.h"
#include "octavo-window-private.h"

/* Printing the note that is open, or all that are selected, on paper or into a PDF file. */

#define SETTINGS "octavo-print-settings" /* of a window: as they were chosen last */

/* What is to come of the notes once they are read. */
typedef struct
{
  OctavoWindow *window;
  char *path; /* of the PDF; NULL: it is printed */
} Job;

static Job *
job_new (OctavoWindow *window, const char *path)
{
  Job *job = g_new0 (Job, 1);

  job->window = g_object_ref (window);
  job->path = g_strdup (path);
  return job;
}

static void
job_free (Job *job)
{
  g_object_unref (job->window);
  g_free (job->path);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
job_free_closure (gpointer data, GClosure *closure)
{
  job_free (data);
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  const Job *job = user_data;
  g_autoptr (GError) error = NULL;

  if (job->window->selection == NULL)
    return; /* the window was closed meanwhile */
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      octavo_window_show_error (job->window, job->path != NULL ? _ ("No PDF Was Made") : _ ("Nothing Was Printed"),
                                error != NULL ? error->message : _ ("The printer did not say why. Try again."));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY && job->path != NULL)
    octavo_window_toast (job->window, _ ("PDF saved"));
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    g_object_set_data_full (G_OBJECT (job->window), SETTINGS,
                            g_object_ref (gtk_print_operation_get_print_settings (operation)), g_object_unref);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  OctavoWindow *window = job->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNotePrinter) printer = octavo_print_notes_read_finish (result, &error);
  GtkPrintOperation *operation = GTK_PRINT_OPERATION (printer);
  GtkPrintOperationAction action =
      job->path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG;
  PangoFontDescription *font;

  if (window->selection == NULL)
    return;
  if (printer == NULL)
    {
      octavo_window_show_error (window, _ ("Nothing Was Printed"), error->message);
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
  gtk_print_operation_run (operation, action, GTK_WINDOW (window), NULL);
}

/* path: (nullable): of a PDF file; NULL to print */
static void
run (OctavoWindow *self, const char *path)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);
  OctavoNoteBuffer *open = page != NULL ? octavo_note_reading_get_buffer (octavo_note_page_get_reading (page)) : NULL;
  g_autoptr (GArray) ids = octavo_window_dup_chosen (self);
  OctavoPrintNotes *notes = octavo_print_notes_new ();

  if (!octavo_window_has_several (self) && open != NULL)
    octavo_print_notes_add_buffer (notes, open);
  else
    for (guint i = 0; i < ids->len; i++)
      {
        gint64 id = g_array_index (ids, gint64, i);
        OctavoNoteBuffer *buffer = octavo_note_buffers_find (self->buffers, id);

        if (buffer != NULL)
          octavo_print_notes_add_buffer (notes, buffer);
        else
          octavo_print_notes_add_id (notes, id);
      }
  octavo_print_notes_read_async (notes, self->store, NULL, on_read, job_new (self, path));
}

/* Asks for a printer, and prints what is open or selected. */
void
octavo_window_print (OctavoWindow *self)
{
  run (self, NULL);
}

static void
on_pdf_chosen (GtkNativeDialog *chooser, int response, OctavoWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        run (self, path);
      else
        octavo_window_show_error (self, _ ("No PDF Was Made"),
                                  _ ("The folder you chose is not on this computer. Choose one that is."));
    }
  g_clear_object (&self->chooser);
}

/* The title, without what a file cannot be called. */
static char *
make_name (OctavoWindow *self)
{
  const char *title = octavo_editor_get_note_title (self->editor);
  g_autofree char *name = NULL;

  if (octavo_window_has_several (self))
    name = g_strdup (_ ("Notes"));
  else
    name = g_strdup (*title != '\0' ? title : _ ("Untitled"));
  if (g_utf8_strlen (name, -1) > 80)
    *g_utf8_offset_to_pointer (name, 80) = '\0';
  g_strdelimit (name, "/\\:*?\"<>|\n\t", '-');
  return g_strconcat (name, ".pdf", NULL);
}

/* Asks for a file, and makes a PDF of what is open or selected. */
void
octavo_window_export_pdf (OctavoWindow *self)
{
  g_autofree char *name = make_name (self);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("Export as PDF"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);

  g_clear_object (&self->chooser);
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_pdf_chosen), self);
  gtk_native_dialog_show (self->chooser);
}
