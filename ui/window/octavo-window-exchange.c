/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-error.h"
#include "octavo-markdown-exporter.h"
#include "octavo-markdown-importer.h"
#include "octavo-note-export.h"
#include "octavo-search.h"
#include "octavo-window-private.h"

#define MAX_MESSAGES 500

/* Import and export from the window: choose, run in the background, tell what came of it. */

static void
begin (OctavoWindow *self, const char *text)
{
  const OctavoToast toast = { .text = text, .button = _ ("Cancel"), .action = "win.cancel-exchange", .stays = TRUE };

  self->exchange = g_cancellable_new ();
  self->progress_toast = octavo_toast_overlay_add (self->toasts, &toast);
  octavo_window_update_actions (self);
}

/* Whether the window is still there to be told. */
static gboolean
end (OctavoWindow *self)
{
  if (self->selection == NULL)
    return FALSE;

  octavo_toast_overlay_dismiss (self->toasts, self->progress_toast);
  self->progress_toast = 0;
  g_clear_object (&self->exchange);
  octavo_window_update_actions (self);
  return TRUE;
}

/* Takes the text, and leaves it out where there is nothing to count. */
static void
append_count (GString *line, guint count, char *text)
{
  if (count > 0)
    g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", text);
  g_free (text);
}

static char *
describe_report (const OctavoImportReport *report)
{
  GString *line = g_string_new (NULL);
  guint n = report->n_imported;

  append_count (line, n, g_strdup_printf (ngettext ("%u note imported", "%u notes imported", n), n));
  n = report->n_updated;
  append_count (line, n, g_strdup_printf (ngettext ("%u updated", "%u updated", n), n));
  n = report->n_unchanged;
  append_count (line, n, g_strdup_printf (ngettext ("%u unchanged", "%u unchanged", n), n));
  n = report->n_failed;
  append_count (line, n, g_strdup_printf (ngettext ("%u failed", "%u failed", n), n));
  if (line->len == 0)
    g_string_append (line, _ ("There were no Markdown files to import"));

  return g_string_free (line, FALSE);
}

static void
show_messages (OctavoWindow *self, const char *heading, GPtrArray *messages)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, _ ("Some files need a look:"));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label;

  for (guint i = 0; i < MIN (messages->len, MAX_MESSAGES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (messages, i));
  if (messages->len > MAX_MESSAGES)
    g_string_append_printf (text, _ ("\n… and %u more"), messages->len - MAX_MESSAGES);

  label = gtk_label_new (text->str);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 240);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scroller);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoImportReport) report =
      octavo_markdown_importer_run_finish (OCTAVO_MARKDOWN_IMPORTER (source), result, &error);
  g_autofree char *counts = report != NULL ? describe_report (report) : NULL;
  const OctavoWindowReturn nowhere = { 0 };

  if (!end (self))
    return;

  if (report != NULL && report->n_imported + report->n_updated + report->n_unchanged == 1)
    octavo_window_open_note (self, report->first_id);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    octavo_window_show_error (self, _ ("The Import Ended Early"), error->message);
  else if (report != NULL && report->messages->len > 0)
    show_messages (self, counts, report->messages);
  else if (report != NULL && report->step_id == 0)
    octavo_window_toast (self, counts);
  if (report != NULL && report->step_id != 0)
    octavo_window_did (self, report->step_id, &nowhere, error == NULL && report->messages->len == 0 ? counts : NULL);
}

static void
import_chosen (OctavoWindow *self, GListModel *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }

  paths = g_strv_builder_end (builder);
  octavo_window_import_files (self, (const char *const *) paths, 0);
}

static void
on_import_chosen (GtkNativeDialog *chooser, int response, OctavoWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));

      import_chosen (self, files);
    }
  g_clear_object (&self->chooser);
}

static GtkFileFilter *
make_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Markdown files"));
  gtk_file_filter_add_suffix (filter, "md");
  gtk_file_filter_add_suffix (filter, "markdown");

  return filter;
}

/* Asks for a folder of Markdown files, or for files, and imports them. */
void
octavo_window_import (OctavoWindow *self, gboolean folder)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (folder ? _ ("Import a Folder of Notes") : _ ("Import Notes"), GTK_WINDOW (self),
                                   folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
                                   _ ("_Import"), NULL);

  if (!folder)
    {
      g_autoptr (GtkFileFilter) filter = make_filter ();

      gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
    }
  g_clear_object (&self->chooser);
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_import_chosen), self);
  gtk_native_dialog_show (self->chooser);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_exported = 0;
  gboolean done = octavo_markdown_exporter_run_finish (OCTAVO_MARKDOWN_EXPORTER (source), result, &n_exported, &error);

  if (end (self))
    octavo_note_export_tell (GTK_WINDOW (self), done, n_exported, error);
}

static void
on_export_chosen (GtkWindow *window, const char *path, gpointer user_data)
{
  OctavoWindow *self = OCTAVO_WINDOW (window);
  const GArray *ids = user_data;
  g_autoptr (OctavoMarkdownExporter) exporter = octavo_markdown_exporter_new (self->store);

  begin (self, _ ("Exporting notes…"));
  octavo_markdown_exporter_run_async (exporter, path, ids != NULL ? (const gint64 *) (gpointer) ids->data : NULL,
                                      ids != NULL ? ids->len : 0, self->exchange, on_exported, g_object_ref (self));
}

static void
free_ids (gpointer ids)
{
  if (ids != NULL)
    g_array_unref (ids);
}

/* Asks where to. ids: (nullable) (transfer full): NULL for every note that is not in the trash. What was typed is saved
 * before. */
static void
ask_where_to_export (OctavoWindow *self, const char *title, GArray *ids)
{
  octavo_editor_save (self->editor);
  octavo_note_export_ask (GTK_WINDOW (self), title, on_export_chosen, ids, free_ids);
}

/* Asks for a folder and writes every note that is not in the trash into it. */
void
octavo_window_export (OctavoWindow *self)
{
  ask_where_to_export (self, _ ("Export All Notes Into a Folder"), NULL);
}

/* Asks for a folder and writes the current note, or all that are selected, into it. */
void
octavo_window_export_current (OctavoWindow *self)
{
  ask_where_to_export (self,
                       octavo_window_has_several (self) ? _ ("Export These Notes Into a Folder")
                                                        : _ ("Export This Note Into a Folder"),
                       octavo_window_dup_chosen (self));
}

static void
on_place_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *ids = octavo_search_run_finish (OCTAVO_SEARCH (source), result, &error);

  if (self->selection == NULL)
    g_clear_pointer (&ids, g_array_unref);
  else if (ids == NULL)
    {
      octavo_error_for_person (&error, octavo_store_get_path (self->store));
      octavo_window_show_error (self, _ ("Nothing Was Exported"), error->message);
    }
  else if (ids->len == 0)
    {
      octavo_window_toast (self, _ ("There are no notes here to export"));
      g_array_unref (ids);
    }
  else
    ask_where_to_export (self, _ ("Export These Notes Into a Folder"), ids);
}

/* Asks for a folder and writes the notes of the place that is chosen in the sidebar into it. */
void
octavo_window_export_place (OctavoWindow *self)
{
  octavo_search_run_async (octavo_store_get_search (self->store), NULL, octavo_sidebar_get_scope (self->sidebar),
                           OCTAVO_SORT_CREATED, NULL, on_place_read, g_object_ref (self));
}

/* Imports files, which get a tag (nullable) beside their own. */
void
octavo_window_import_into (OctavoWindow *self, const char *const *paths, gint64 user_id, const char *tag)
{
  g_autoptr (OctavoMarkdownImporter) importer = NULL;

  if (self->exchange != NULL)
    {
      octavo_window_show_error (self, _ ("Nothing Was Imported"),
                                _ ("Notes are being imported or exported already. Try again when that is done."));
      return;
    }

  if (paths[0] == NULL)
    {
      octavo_window_show_error (
          self, _ ("Nothing Was Imported"),
          _ ("What you chose is not on this computer. Copy it here first, then import the copy."));
      return;
    }

  importer = octavo_markdown_importer_new (self->store, user_id);
  octavo_markdown_importer_set_tag (importer, tag);
  begin (self, _ ("Importing notes…"));
  octavo_markdown_importer_run_async (importer, paths, self->exchange, on_imported, g_object_ref (self));
}

/**
 * octavo_window_import_files:
 * @self: a window
 * @paths: (array zero-terminated=1): folders of Markdown and single files
 * @user_id: whose notes they become; 0: the first user's, but where an export says whose they were
 *
 * Imports in the background, and tells what came of it; a note that came alone is opened. One import or export runs at
 * a time: while one does, a second is refused with a word about it. Main thread.
 */
void
octavo_window_import_files (OctavoWindow *self, const char *const *paths, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  octavo_window_import_into (self, paths, user_id, NULL);
}
