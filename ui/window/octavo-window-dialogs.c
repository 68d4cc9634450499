/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-help-window.h"
#include "octavo-note-properties.h"
#include "octavo-versions-window.h"
#include "octavo-window-common.h"
#include "octavo-window-private.h"

/* Windows over the window, about the note and about the program. */

/* Shows what can be chosen once and for all. */
void
octavo_window_show_preferences (OctavoWindow *self)
{
  octavo_window_common_show_preferences (GTK_WINDOW (self), octavo_store_get_path (self->store));
}

/* Tells what there is to know about the current note, as it is typed. */
void
octavo_window_show_properties (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);

  octavo_editor_save (self->editor);
  if (id != 0)
    octavo_note_properties_present (GTK_WINDOW (self), self->store, id);
}

/* Shows what the current note said before. */
void
octavo_window_show_versions (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);

  octavo_editor_save (self->editor);
  if (id != 0)
    octavo_versions_window_present (GTK_WINDOW (self), self->buffers, id);
}

/* The page of the help that is about what has the focus. */
static const char *
get_help_page (OctavoWindow *self)
{
  if (octavo_sidebar_has_focus (self->sidebar))
    return "tags";
  if (octavo_window_has_focus_in (self, self->editor))
    return "writing";
  if (octavo_window_has_focus_in (self, self->list_pane) && GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (self))))
    return "search";
  return "index";
}

/* Shows the help, where it is about what is being done. */
void
octavo_window_show_help (OctavoWindow *self)
{
  octavo_help_window_present (GTK_WINDOW (self), get_help_page (self));
}

/**
 * octavo_window_tell:
 * @text: what happened
 *
 * Says something that nothing need be done about.
 */
void
octavo_window_tell (OctavoWindow *self, const char *text)
{
  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  octavo_window_toast (self, text);
}

/**
 * octavo_window_tell_emptied:
 * @n_notes: how many notes
 *
 * Says that the trash emptied itself.
 */
void
octavo_window_tell_emptied (OctavoWindow *self, guint n_notes)
{
  g_autofree char *text = g_strdup_printf (ngettext ("The trash emptied itself of %'u note",
                                                     "The trash emptied itself of %'u notes", n_notes),
                                           n_notes);

  g_return_if_fail (OCTAVO_IS_WINDOW (self));

  octavo_window_toast (self, text);
}
