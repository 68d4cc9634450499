/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-transient.h"

static void
let_go (GtkWindow *window)
{
  gtk_window_set_transient_for (window, NULL);
}

/**
 * octavo_transient_set_over:
 * @window: a window, as a dialog
 * @over: (nullable): the window that it is over; %NULL for none
 *
 * As gtk_window_set_transient_for(), but safe where the upper window is closed while something still refers to it, as
 * what is being read for it does. GTK 4.8 then lets it keep a pointer to the lower one, and uses that when it ends,
 * whether the lower one is still there or not.
 */
void
octavo_transient_set_over (GtkWindow *window, GtkWindow *over)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (over == NULL || GTK_IS_WINDOW (over));

  gtk_window_set_transient_for (window, over);
  if (over != NULL)
    g_signal_connect_object (over, "destroy", G_CALLBACK (let_go), window, G_CONNECT_SWAPPED);
}
