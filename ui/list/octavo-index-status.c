/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-index-status.h"

/* A few notes are indexed in less time than it takes to read a line about it, so the line waits a moment where they are
 * few; but no longer, as what is missing must not be missing in silence. */
#define MANY_NOTES 2000
#define DELAY      1000           /* milliseconds */
#define PERIOD     G_USEC_PER_SEC /* a number that changes ten times a second cannot be read, nor read out */

struct _OctavoIndexStatus
{
  GtkWidget parent_instance;

  OctavoSearch *search;
  OctavoNoteList *list;
  guint timeout;
  guint n_most;      /* notes that waited, since it is shown */
  gint64 label_time; /* when the number was last said */

  GtkWidget *content;
  GtkLabel *label;
  GtkProgressBar *progress;
};

G_DEFINE_FINAL_TYPE (OctavoIndexStatus, octavo_index_status, GTK_TYPE_WIDGET)

static void
update_label (OctavoIndexStatus *self, guint n_notes)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (self->label_time != 0 && now - self->label_time < PERIOD)
    return;
  self->label_time = now;
  text = g_strdup_printf (ngettext ("Indexing: %'u note to go. Results may be incomplete.",
                                    "Indexing: %'u notes to go. Results may be incomplete.", n_notes),
                          n_notes);
  gtk_label_set_text (self->label, text);
}

static void
show (OctavoIndexStatus *self)
{
  guint n_pending = octavo_search_get_n_pending (self->search);
  guint n_notes = n_pending > 0 ? n_pending : octavo_note_list_get_n_missing (self->list);

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->n_most = MAX (self->n_most, n_notes);
  update_label (self, n_notes);
  gtk_progress_bar_set_fraction (self->progress, 1 - (double) n_pending / self->n_most);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static gboolean
on_timeout (gpointer data)
{
  OctavoIndexStatus *self = data;

  self->timeout = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
hide (OctavoIndexStatus *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->n_most = 0;
  self->label_time = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
update (OctavoIndexStatus *self)
{
  if (octavo_note_list_get_n_missing (self->list) == 0)
    hide (self);
  else if (gtk_widget_get_visible (GTK_WIDGET (self)) || octavo_search_get_n_pending (self->search) > MANY_NOTES)
    show (self);
  else if (self->timeout == 0)
    self->timeout = g_timeout_add (DELAY, on_timeout, self);
}

static void
octavo_index_status_dispose (GObject *object)
{
  OctavoIndexStatus *self = OCTAVO_INDEX_STATUS (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->search);
  g_clear_object (&self->list);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (octavo_index_status_parent_class)->dispose (object);
}

static void
octavo_index_status_class_init (OctavoIndexStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_index_status_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-index-status.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoIndexStatus, content);
  gtk_widget_class_bind_template_child (widget_class, OctavoIndexStatus, label);
  gtk_widget_class_bind_template_child (widget_class, OctavoIndexStatus, progress);
}

static void
octavo_index_status_init (OctavoIndexStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_index_status_watch:
 * @self: a status
 * @search: what answers the list
 * @list: what is shown
 *
 * Says from now on what may be missing from a list. Is called once.
 */
void
octavo_index_status_watch (OctavoIndexStatus *self, OctavoSearch *search, OctavoNoteList *list)
{
  g_return_if_fail (OCTAVO_IS_INDEX_STATUS (self));
  g_return_if_fail (self->list == NULL && list != NULL && search != NULL);

  self->search = g_object_ref (search);
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "notify::n-missing", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (search, "notify::n-pending", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
