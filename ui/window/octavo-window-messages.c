/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-window-common.h"
#include "octavo-window-private.h"

/* What the window has to say: toasts, dialogs, and the windows about itself. */

/* Says something that needs no answer. */
void
octavo_window_toast (OctavoWindow *self, const char *text)
{
  octavo_window_common_toast (GTK_WINDOW (self), text);
}

/* Says what went wrong and waits until it was read. */
void
octavo_window_show_error (OctavoWindow *self, const char *heading, const char *message)
{
  octavo_window_common_show_error (GTK_WINDOW (self), heading, message);
}

/* Shows what the application is, and under which terms. */
void
octavo_window_show_about (OctavoWindow *self)
{
  octavo_window_common_show_about (GTK_WINDOW (self));
}

/* Shows every key. */
void
octavo_window_show_shortcuts (OctavoWindow *self)
{
  octavo_window_common_show_shortcuts (GTK_WINDOW (self));
}
