/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-open-error-window"

#include "octavo-open-error-window.h"

#include "octavo-error.h"
#include "ui-test.h"

static void
on_asked (char **place, const char *path)
{
  g_free (*place);
  *place = g_strdup (path);
}

/* What happened, in words that are not taken for markup (NULL: in words of its own), and a button that does something
 * about it. (transfer full): what that asked for */
static char *
see_and_click (gconstpointer application,
               int code,
               const char *title,
               const char *description,
               const char *button_label,
               const char *signal)
{
  g_autoptr (GError) error = g_error_new (OCTAVO_ERROR, code, "because of <b> & c");
  GtkWindow *window = octavo_open_error_window_new (GTK_APPLICATION ((gpointer) application), "/a/notes.db", error);
  AdwStatusPage *page = ADW_STATUS_PAGE (ui_test_find (GTK_WIDGET (window), ADW_TYPE_STATUS_PAGE));
  char *asked = g_strdup ("nothing");
  GtkWidget *button;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_signal_connect_swapped (window, signal, G_CALLBACK (on_asked), &asked);
  gtk_window_present (window);
  g_assert_cmpstr (adw_status_page_get_title (page), ==, title);
  if (description != NULL)
    g_assert_cmpstr (adw_status_page_get_description (page), ==, description);
  model_test_wait_for ((button = ui_test_find_button (GTK_WIDGET (window), button_label)) != NULL);
  g_signal_emit_by_name (button, "clicked");
  gtk_window_destroy (window);
  model_test_wait_for (window == NULL);
  return asked;
}

static void
test_tries_again (gconstpointer application)
{
  const char *description = "because of &lt;b&gt; &amp; c";
  g_autofree char *newer = see_and_click (application, OCTAVO_ERROR_NEWER_VERSION, "Your Notes Are From a Newer Octavo",
                                          description, "_Try Again", "retry");
  g_autofree char *full = see_and_click (application, OCTAVO_ERROR_FULL, "Your Notes Could Not Be Opened", description,
                                         "_Try Again", "retry");

  g_assert_cmpstr (newer, ==, "/a/notes.db");
  g_assert_cmpstr (full, ==, "/a/notes.db");
}

/* Without a backup. */
static void
test_repairs (gconstpointer application)
{
  g_autofree char *asked =
      see_and_click (application, OCTAVO_ERROR_CORRUPT, "The File of Your Notes Is Damaged", NULL, "_Repair", "repair");

  g_assert_null (asked);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

  g_test_add_data_func ("/open-error-window/tries-again", application, test_tries_again);
  g_test_add_data_func ("/open-error-window/repairs", application, test_repairs);
  return g_test_run ();
}
