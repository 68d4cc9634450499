/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-note-list-view.h"
#include "octavo-note-row-widget.h"
#include "octavo-search.h"
#include "octavo-sidebar-row.h"
#include "octavo-tag-repository.h"
#include "octavo-window-private.h"

/* What is there when the first notes are painted, and what is not there yet: time is hard to hold on to in a test, but
 * what takes it can be counted. */

#define N_NOTES 150

typedef struct
{
  gboolean is_painted; /* notes are; the rest is as it was then */
  gboolean is_order_read;
  guint n_rows;
  guint n_pages;
  guint n_places;
  guint n_menus;
  gboolean has_note_page;
} Seen;

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  OctavoWindow *window; /* not shown yet */
} StartTest;

static void
set_up (StartTest *self, gconstpointer application)
{
  model_test_set_up (&self->model, NULL);
  for (guint i = 0; i < N_NOTES; i++)
    model_test_add_note (&self->model, "Note", "", i % 2 == 0 ? "even" : "odd");
  /* what was saved is told before the window is there */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->window = OCTAVO_WINDOW (octavo_window_new (GTK_APPLICATION ((gpointer) application), self->buffers));
}

static void
tear_down (StartTest *self, gconstpointer application)
{
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  model_test_wait_for (self->window == NULL);
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, NULL);
}

static void
look (GtkWidget *widget, Seen *seen)
{
  if (OCTAVO_IS_NOTE_ROW_WIDGET (widget))
    seen->n_rows++;
  if (OCTAVO_IS_SIDEBAR_ROW (widget) && octavo_sidebar_row_get_item (OCTAVO_SIDEBAR_ROW (widget)) != NULL)
    seen->n_places++;
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget)) != NULL)
    seen->n_menus++;
  if (ADW_IS_STATUS_PAGE (widget))
    seen->n_pages++;
  if (GTK_IS_TEXT_VIEW (widget))
    seen->has_note_page = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look (child, seen);
}

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  OctavoWindow *window = g_object_get_data (G_OBJECT (clock), "window");
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  Seen *seen = data;

  if (seen->is_painted || g_list_model_get_n_items (G_LIST_MODEL (window->selection)) == 0)
    return;
  seen->is_painted = TRUE;
  seen->is_order_read =
      !octavo_search_has_first (octavo_store_get_search (window->store), NULL, &all, OCTAVO_SORT_UPDATED);
  look (GTK_WIDGET (window), seen);
}

static guint
count_rows (OctavoWindow *window)
{
  Seen seen = { 0 };

  look (GTK_WIDGET (window), &seen);
  return seen.n_rows;
}

static void
test_first_notes_are_painted_before_the_rest (StartTest *self, gconstpointer application)
{
  OctavoStore *store = self->model.store;
  GdkFrameClock *clock;
  Seen seen = { 0 };

  gtk_widget_realize (GTK_WIDGET (self->window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  g_object_set_data (G_OBJECT (clock), "window", self->window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &seen);
  gtk_window_present (GTK_WINDOW (self->window));
  model_test_wait_for (seen.is_painted);

  g_assert_cmpuint (seen.n_rows, >, 3);
  g_assert_cmpuint (seen.n_rows, <, 20); /* as many as can be seen */
  g_assert_cmpuint (seen.n_places, ==, 3);
  g_assert_cmpuint (seen.n_pages, ==, 0);
  g_assert_cmpuint (seen.n_menus, ==, 0);
  g_assert_false (seen.has_note_page);
  g_assert_false (seen.is_order_read);

  /* and all of it comes */
  model_test_wait_for (octavo_editor_get_note_id (self->window->editor) != 0);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (self->window->selection)) == N_NOTES);
  model_test_wait_for (g_list_model_get_n_items (octavo_tag_repository_get_list (octavo_store_get_tags (store))) == 2);
  model_test_wait_for (count_rows (self->window) == 64);
  g_signal_handlers_disconnect_by_func (clock, on_painted, &seen);
}

static GtkWidget *
find_page (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child);
  return found;
}

static void
test_a_page_is_made_once (StartTest *self, gconstpointer application)
{
  GtkWidget *page;

  gtk_window_present (GTK_WINDOW (self->window));
  octavo_window_search (self->window, "<nowhere>");
  model_test_wait_for (find_page (GTK_WIDGET (self->window->list_pane)) != NULL);
  page = find_page (GTK_WIDGET (self->window->list_pane));
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), "&lt;nowhere&gt;"));
  octavo_window_search (self->window, "");
  model_test_wait_for (find_page (GTK_WIDGET (self->window->list_pane)) == NULL);
  octavo_window_search (self->window, "nothing");
  model_test_wait_for (find_page (GTK_WIDGET (self->window->list_pane)) != NULL);
  g_assert_true (find_page (GTK_WIDGET (self->window->list_pane)) == page);
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), "nothing"));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  application = adw_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

  g_test_add ("/window-start/first-notes-are-painted-before-the-rest", StartTest, application, set_up,
              test_first_notes_are_painted_before_the_rest, tear_down);
  g_test_add ("/window-start/a-page-is-made-once", StartTest, application, set_up, test_a_page_is_made_once, tear_down);

  return g_test_run ();
}
