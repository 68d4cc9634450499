/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-transient"

#include "octavo-transient.h"

#include "ui-test.h"

static GtkWindow *
open_over (GtkWindow *below)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_destroy_with_parent (window, TRUE);
  octavo_transient_set_over (window, below);
  gtk_window_present (window);
  g_assert_true (gtk_window_get_transient_for (window) == below);
  return g_object_ref (window);
}

/* A window that was closed, and then the one below, is let go of at last. */
static void
test_closed_before (void)
{
  GtkWindow *below = GTK_WINDOW (gtk_window_new ());
  GtkWindow *window;

  gtk_window_present (below);
  window = open_over (below);
  gtk_window_destroy (window);
  g_object_ref (below);
  gtk_window_destroy (below);
  g_assert_finalize_object (below);
  g_assert_null (gtk_window_get_transient_for (window));
  g_assert_finalize_object (window);
}

static void
test_closed_with (void)
{
  GtkWindow *below = GTK_WINDOW (gtk_window_new ());
  GtkWindow *window;

  gtk_window_present (below);
  window = open_over (below);
  g_object_ref (below);
  gtk_window_destroy (below);
  g_assert_finalize_object (below);
  g_assert_null (gtk_window_get_transient_for (window));
  g_assert_finalize_object (window);
}

static void
test_over_none (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  octavo_transient_set_over (window, NULL);
  g_assert_null (gtk_window_get_transient_for (window));
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/transient/closed-before", test_closed_before);
  g_test_add_func ("/transient/closed-with", test_closed_with);
  g_test_add_func ("/transient/over-none", test_over_none);
  return g_test_run ();
}
