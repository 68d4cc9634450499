/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-open-error-window"

#include "octavo-open-error-window.h"

#include "octavo-error.h"
#include "ui-test.h"

static void
on_retry (char **place, const char *path)
{
  g_free (*place);
  *place = g_strdup (path);
}

/* What happened, in words that are not taken for markup; and trying again asks for the same file. */
static void
assert_says (gconstpointer application, int code, const char *title)
{
  g_autoptr (GError) error = g_error_new (OCTAVO_ERROR, code, "because of <b> & c");
  GtkWindow *window = octavo_open_error_window_new (GTK_APPLICATION ((gpointer) application), "/a/notes.db", error);
  AdwStatusPage *page = ADW_STATUS_PAGE (ui_test_find (GTK_WIDGET (window), ADW_TYPE_STATUS_PAGE));
  g_autofree char *asked = NULL;
  GtkWidget *button;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_signal_connect_swapped (window, "retry", G_CALLBACK (on_retry), &asked);
  gtk_window_present (window);
  g_assert_cmpstr (adw_status_page_get_title (page), ==, title);
  g_assert_cmpstr (adw_status_page_get_description (page), ==, "because of &lt;b&gt; &amp; c");
  model_test_wait_for ((button = ui_test_find_button (GTK_WIDGET (window), "_Try Again")) != NULL);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (asked, ==, "/a/notes.db");
  gtk_window_destroy (window);
  model_test_wait_for (window == NULL);
}

static void
test_says_what_happened (gconstpointer application)
{
  assert_says (application, OCTAVO_ERROR_CORRUPT, "The File of Your Notes Is Damaged");
  assert_says (application, OCTAVO_ERROR_NEWER_VERSION, "Your Notes Are From a Newer Octavo");
  assert_says (application, OCTAVO_ERROR_FULL, "Your Notes Could Not Be Opened");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

  g_test_add_data_func ("/open-error-window/says-what-happened", application, test_says_what_happened);
  return g_test_run ();
}
