/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-export.h"

#include "octavo-markdown-exporter.h"
#include "octavo-window-common.h"

typedef struct
{
  GtkWindow *window;
  OctavoStore *store;
  gint64 note_id;
} Job;

static Job *
job_new (GtkWindow *window, OctavoStore *store, gint64 note_id)
{
  Job *job = g_new0 (Job, 1);

  job->window = g_object_ref (window);
  job->store = g_object_ref (store);
  job->note_id = note_id;
  return job;
}

static void
job_free (Job *job)
{
  g_object_unref (job->window);
  g_object_unref (job->store);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* What a folder was chosen for, and what to call with it. */
typedef struct
{
  OctavoFileChosen chosen;
  gpointer user_data;
  GDestroyNotify free_data;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->user_data);
  g_free (question);
}

static void
on_folder_chosen (GtkWindow *window, const char *path, gpointer user_data)
{
  const Question *question = user_data;

  if (path != NULL)
    question->chosen (window, path, question->user_data);
  else
    octavo_window_common_show_error (window, _ ("Nothing Was Exported"),
                                     _ ("The folder you chose is not on this computer. Choose one that is."));
}

/**
 * octavo_note_export_ask:
 * @window: a window
 * @title: what to ask
 * @chosen: called with the folder, where one was chosen that is on this computer
 * @user_data: for @chosen
 * @free_data: (nullable): for @user_data
 *
 * Asks for the folder that notes are to be written into.
 */
void
octavo_note_export_ask (GtkWindow *window,
                        const char *title,
                        OctavoFileChosen chosen,
                        gpointer user_data,
                        GDestroyNotify free_data)
{
  Question *question = g_new0 (Question, 1);

  question->chosen = chosen;
  question->user_data = user_data;
  question->free_data = free_data;
  octavo_file_choice_ask (window,
                          gtk_file_chooser_native_new (title, window, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                       _ ("_Export"), NULL),
                          on_folder_chosen, question, question_free);
}

/**
 * octavo_note_export_tell:
 * @window: a window
 * @done: whether it went well
 * @n_exported: how many notes were written
 * @error: (nullable): why not all were
 *
 * Tells what came of an export.
 */
void
octavo_note_export_tell (GtkWindow *window, gboolean done, guint n_exported, const GError *error)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u note exported", "%u notes exported", n_exported), n_exported);

  if (done)
    octavo_window_common_toast (window, text);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    octavo_window_common_show_error (window, _ ("The Export Ended Early"), error->message);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  guint n_exported = 0;
  gboolean done = octavo_markdown_exporter_run_finish (OCTAVO_MARKDOWN_EXPORTER (source), result, &n_exported, &error);

  if (gtk_widget_get_realized (GTK_WIDGET (job->window)))
    octavo_note_export_tell (job->window, done, n_exported, error);
}

static void
on_chosen (GtkWindow *window, const char *path, gpointer user_data)
{
  const Job *asked = user_data;
  g_autoptr (OctavoMarkdownExporter) exporter = octavo_markdown_exporter_new (asked->store);

  octavo_markdown_exporter_run_async (exporter, path, &asked->note_id, 1, NULL, on_exported,
                                      job_new (window, asked->store, asked->note_id));
}

/**
 * octavo_note_export_run:
 * @window: the window of a note
 * @store: where the note is
 * @note_id: the note, which was saved
 *
 * Asks for a folder, and writes the note into it.
 */
void
octavo_note_export_run (GtkWindow *window, OctavoStore *store, gint64 note_id)
{
  octavo_note_export_ask (window, _ ("Export This Note Into a Folder"), on_chosen, job_new (window, store, note_id),
                          (GDestroyNotify) job_free);
}
