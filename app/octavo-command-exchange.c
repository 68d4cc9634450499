/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-exchange.h"

#include "octavo-markdown-exporter.h"
#include "octavo-markdown-importer.h"
#include "octavo-progress-bar.h"
#include "octavo-search.h"
#include "octavo-undo.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <unistd.h>

static void
print_report (OctavoInvocation *invocation, const OctavoImportReport *report)
{
  for (guint i = 0; i < report->messages->len; i++)
    octavo_output_complain (g_ptr_array_index (report->messages, i));

  /* Not translated: scripts read it. */
  octavo_output_printf (&invocation->output, "imported %u, updated %u, unchanged %u, failed %u\n", report->n_imported,
                        report->n_updated, report->n_unchanged, report->n_failed);

  if (report->n_failed > 0)
    invocation->status = OCTAVO_EXIT_FAILED;
}

/* Whose notes they become; 0: whose the files say they are, or the first user's. A dry run makes no user. */
static gboolean
choose_user (OctavoInvocation *invocation, gboolean dry_run, gint64 *user_id)
{
  *user_id = 0;

  if (invocation->user == NULL || dry_run)
    return TRUE;

  return octavo_invocation_ensure_user (invocation, user_id);
}

/* An import that somebody watches: it can be stopped by Ctrl+C, between two files. */
typedef struct
{
  OctavoProgressBar bar;
  GMainContext *context; /* no other: the file of notes is not to be looked after meanwhile */
  GSource *sources[2];
  GCancellable *cancellable;
} Watch;

static gboolean
on_signal (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  /* The second one ends the program at once. */
  return G_SOURCE_REMOVE;
}

static void
watch_init (Watch *self)
{
  const int signals[] = { SIGINT, SIGTERM };

  octavo_progress_bar_init (&self->bar, _ ("Importing"));
  self->context = g_main_context_new ();
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      self->sources[i] = g_unix_signal_source_new (signals[i]);
      g_source_set_callback (self->sources[i], on_signal, self->cancellable, NULL);
      g_source_attach (self->sources[i], self->context);
    }
}

static void
watch_clear (Watch *self)
{
  octavo_progress_bar_clear (&self->bar);
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    {
      g_source_destroy (self->sources[i]);
      g_source_unref (self->sources[i]);
    }
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
}

static void
watch_update (double fraction, gpointer data)
{
  Watch *self = data;

  octavo_progress_bar_update (fraction, &self->bar);
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

static void
fail_import (OctavoInvocation *invocation, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      octavo_output_complain (_ ("The import was stopped. What is in stays; the same command goes on with the rest."));
      invocation->status = OCTAVO_EXIT_FAILED;
    }
  else
    octavo_invocation_fail (invocation, error);
}

/**
 * octavo_command_import:
 * @invocation: the call
 *
 * Imports folders of Markdown and single files. The last line counts.
 */
void
octavo_command_import (OctavoInvocation *invocation)
{
  gboolean dry_run = FALSE;
  gboolean folders_as_tags = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run },
    { "folders-as-tags", 0, 0, G_OPTION_ARG_NONE, &folders_as_tags },
    { NULL },
  };
  g_autoptr (OctavoMarkdownImporter) importer = NULL;
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch;
  gint64 user_id = 0;

  if (!octavo_invocation_parse (invocation, entries) || !octavo_invocation_open (invocation) ||
      !choose_user (invocation, dry_run, &user_id))
    return;

  importer = octavo_markdown_importer_new (invocation->store, user_id);
  octavo_markdown_importer_set_dry_run (importer, dry_run);
  octavo_markdown_importer_set_folders_as_tags (importer, folders_as_tags);

  watch_init (&watch);
  report = octavo_markdown_importer_run (importer, (const char *const *) invocation->words, watch_update, &watch,
                                         watch.cancellable, &error);
  watch_clear (&watch);

  if (report != NULL && report->step_id != 0 && isatty (STDERR_FILENO))
    octavo_output_complain (_ ("“octavo undo-import” takes this back, for a day."));
  if (report != NULL)
    print_report (invocation, report);

  if (error != NULL)
    fail_import (invocation, error);
}

/* The newest that was not undone, by a window or the command line; 0: there is none. */
static gboolean
find_import (OctavoInvocation *invocation, gint64 *step_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = octavo_undo_list (invocation->store, G_MAXINT, &error);

  if (steps == NULL)
    return octavo_invocation_fail (invocation, error);
  for (guint i = 0; i < steps->len; i++)
    {
      const OctavoUndoStep *step = g_ptr_array_index (steps, i);

      if (step->kind == OCTAVO_UNDO_IMPORT && step->undone == 0)
        {
          *step_id = step->id;
          return TRUE;
        }
    }
  octavo_output_complain (_ ("There is no import to take back: none was made within a day."));
  invocation->status = OCTAVO_EXIT_FAILED;
  return FALSE;
}

/**
 * octavo_command_undo_import:
 * @invocation: the call
 *
 * Takes the last import back: notes that it made are gone, or in the trash where they were changed since; those that it
 * updated are what they were, unless they were changed since. The last line counts.
 */
void
octavo_command_undo_import (OctavoInvocation *invocation)
{
  const GOptionEntry none[] = { { NULL } };
  g_auto (OctavoUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 step_id = 0;

  if (!octavo_invocation_parse (invocation, none) || !octavo_invocation_open (invocation) ||
      !find_import (invocation, &step_id))
    return;

  if (!octavo_undo_run (invocation->store, step_id, &result, &error))
    {
      octavo_invocation_fail (invocation, error);
      return;
    }
  /* Not translated: scripts read it. */
  octavo_output_printf (&invocation->output, "removed %u, kept in the trash %u, left as they are %u\n",
                        result.removed != NULL ? result.removed->len : 0, result.n_kept, result.n_left + result.n_gone);
}

/* The ids of what one user has, so that --user exports only that. */
static gboolean
find_ids (OctavoInvocation *invocation, GArray **ids)
{
  OctavoScope scope = { .place = OCTAVO_PLACE_ALL };
  g_autoptr (GError) error = NULL;

  if (invocation->user == NULL)
    return TRUE;

  if (!octavo_invocation_find_user (invocation, &scope.user_id))
    return FALSE;

  *ids =
      octavo_search_run (octavo_store_get_search (invocation->store), NULL, &scope, OCTAVO_SORT_CREATED, NULL, &error);

  return *ids != NULL || octavo_invocation_fail (invocation, error);
}

/**
 * octavo_command_export:
 * @invocation: the call
 *
 * Exports the notes that are not in the trash as Markdown files.
 */
void
octavo_command_export (OctavoInvocation *invocation)
{
  const GOptionEntry none[] = { { NULL } };
  g_autoptr (OctavoMarkdownExporter) exporter = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  OctavoProgressBar bar;
  guint n_exported = 0;
  gboolean done = FALSE;

  if (!octavo_invocation_parse (invocation, none) || !octavo_invocation_open_for_reading (invocation) ||
      !find_ids (invocation, &ids))
    return;

  exporter = octavo_markdown_exporter_new (invocation->store);
  octavo_progress_bar_init (&bar, _ ("Exporting"));
  done = octavo_markdown_exporter_run (exporter, invocation->words[0], ids ? (const void *) ids->data : NULL,
                                       ids ? ids->len : 0, octavo_progress_bar_update, &bar, &n_exported, NULL, &error);
  octavo_progress_bar_clear (&bar);

  if (done)
    octavo_output_printf (&invocation->output, "exported %u\n", n_exported);
  else
    octavo_invocation_fail (invocation, error);
}
