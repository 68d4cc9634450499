/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-version-row.h"

#include "octavo-date-format.h"
#include "octavo-version-reading.h"

#include <glib/gi18n-lib.h>

struct _OctavoVersionRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *when;
  GtkLabel *why;
  GtkLabel *counts;
  gint64 version_id;
};

G_DEFINE_FINAL_TYPE (OctavoVersionRow, octavo_version_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_description (OctavoVersionRow *self)
{
  const char *counts = gtk_label_get_label (self->counts);
  g_autofree char *description = g_strjoin (*counts != '\0' ? ", " : "", gtk_label_get_label (self->why), counts, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->when), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

/* Several versions may be of one day. */
static char *
dup_when (gint64 time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autofree char *day = octavo_date_format_relative (time, now);
  g_autofree char *hour = then != NULL ? g_date_time_format (then, _ ("%H:%M")) : g_strdup ("");

  /* Translators: a day, and the time of it. */
  return g_strcmp0 (day, hour) == 0 ? g_steal_pointer (&day) : g_strdup_printf (C_ ("time", "%s, %s"), day, hour);
}

static void
octavo_version_row_class_init (OctavoVersionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/octavo_notes/Octavo/ui/octavo-version-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionRow, when);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionRow, why);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionRow, counts);
}

static void
octavo_version_row_init (OctavoVersionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_version_row_new:
 * @version: (nullable): a version; %NULL for what the note says now
 *
 * Returns: (transfer full): a row, floating
 */
GtkWidget *
octavo_version_row_new (OctavoNoteVersion *version)
{
  OctavoVersionRow *self = g_object_new (OCTAVO_TYPE_VERSION_ROW, NULL);
  g_autofree char *when = NULL;

  if (version != NULL)
    {
      self->version_id = octavo_note_version_get_id (version);
      when = dup_when (octavo_note_version_get_updated (version));
      gtk_label_set_label (self->why, octavo_version_reason_get_text (octavo_note_version_get_reason (version)));
    }
  else
    {
      /* Translators: first in the list of what a note said at which time. */
      when = g_strdup (C_ ("version", "Now"));
      gtk_label_set_label (self->why, _ ("What the note says"));
    }
  gtk_label_set_label (self->when, when);
  update_description (self);
  return GTK_WIDGET (self);
}

/**
 * octavo_version_row_get_version_id:
 * @self: a row
 *
 * Returns: the id of its version; %OCTAVO_VERSION_NOW
 */
gint64
octavo_version_row_get_version_id (OctavoVersionRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_VERSION_ROW (self), 0);

  return self->version_id;
}

/**
 * octavo_version_row_get_when:
 * @self: a row
 *
 * Returns: (transfer none): when that was, in words
 */
const char *
octavo_version_row_get_when (OctavoVersionRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_VERSION_ROW (self), NULL);

  return gtk_label_get_label (self->when);
}

/**
 * octavo_version_row_set_counts:
 * @self: a row
 * @n_added: words that the version before does not have
 * @n_removed: words that it has alone
 *
 * Shows how many words differ.
 */
void
octavo_version_row_set_counts (OctavoVersionRow *self, guint n_added, guint n_removed)
{
  g_autofree char *text = NULL;

  g_return_if_fail (OCTAVO_IS_VERSION_ROW (self));

  text = octavo_version_dup_counts (n_added, n_removed);
  gtk_label_set_label (self->counts, text);
  update_description (self);
}
