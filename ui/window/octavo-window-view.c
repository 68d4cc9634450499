/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-text-style.h"
#include "octavo-window-private.h"

/* How the text is looked at: its zoom, and with nothing else around it. */

/* Makes the text larger. */
void
octavo_window_zoom_in (OctavoWindow *self)
{
  octavo_text_style_zoom (octavo_text_style_get (), 1);
}

/* Makes the text smaller. */
void
octavo_window_zoom_out (OctavoWindow *self)
{
  octavo_text_style_zoom (octavo_text_style_get (), -1);
}

/* Gives the text its usual size. */
void
octavo_window_zoom_normal (OctavoWindow *self)
{
  octavo_text_style_reset_zoom (octavo_text_style_get ());
}

static void
on_focus_mode (OctavoWindow *self)
{
  gboolean is_active = octavo_window_is_focus_mode (self);

  if (is_active)
    {
      octavo_window_show_editor (self);
      octavo_editor_grab_text (self->editor);
    }
  octavo_window_update_folding (self);
  octavo_window_set_action_state (self, "focus-mode", g_variant_new_boolean (is_active));
}

/* Whether there is nothing but the text. */
gboolean
octavo_window_is_focus_mode (OctavoWindow *self)
{
  return self->focus_mode != NULL && octavo_focus_mode_get_active (self->focus_mode);
}

/* Takes all but the text away, or brings it back. */
void
octavo_window_set_focus_mode (OctavoWindow *self, gboolean focus_mode)
{
  if (focus_mode == octavo_window_is_focus_mode (self))
    return;
  if (self->focus_mode == NULL)
    {
      self->focus_mode = octavo_focus_mode_new (GTK_WIDGET (self), self->editor_header);
      g_signal_connect_object (self->focus_mode, "notify::active", G_CALLBACK (on_focus_mode), self, G_CONNECT_SWAPPED);
    }
  octavo_focus_mode_set_active (self->focus_mode, focus_mode);
}
