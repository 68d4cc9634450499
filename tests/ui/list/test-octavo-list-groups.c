/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#include "octavo-list-groups.h"
#include "octavo-note-list-view.h"
#include "octavo-note-row-widget.h"

typedef struct
{
  ModelTest model;
  OctavoNoteList *list;
  OctavoListGroups *groups;
} Fixture;

#define YEAR ((gint64) 366 * 24 * 60 * 60 * G_USEC_PER_SEC)

/* Notes of today, and of years ago. */
static void
fill (Fixture *self, guint n_today, guint n_old)
{
  g_autofree char *sql = NULL;

  model_test_add_notes (&self->model, n_today + n_old);
  sql =
      g_strdup_printf ("UPDATE note SET updated = %" G_GINT64_FORMAT " + id - iif (id <= %u, %" G_GINT64_FORMAT ", 0)",
                       g_get_real_time (), n_old, 3 * YEAR);
  model_test_execute (self->model.path, sql);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  model_test_set_up (&self->model, NULL);
  fill (self, 100, 100);
  self->list = octavo_note_list_new (self->model.store);
  self->groups = octavo_list_groups_new (self->model.store, self->list);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 200);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  /* what is being looked up holds them until it is there */
  model_test_wait_for (G_OBJECT (self->groups)->ref_count == 1);
  g_assert_finalize_object (self->groups);
  g_assert_finalize_object (self->list);
  model_test_tear_down (&self->model, NULL);
}

static guint
count (Fixture *self)
{
  guint n_starts;

  octavo_list_groups_get_starts (self->groups, &n_starts);
  return n_starts;
}

static void
test_first_ones_at_once (Fixture *self, gconstpointer data)
{
  octavo_list_groups_follow (self->groups, 0);
  g_assert_cmpstr (octavo_list_groups_get_label (self->groups, 0), ==, "Today");
  g_assert_null (octavo_list_groups_get_label (self->groups, 1));
  model_test_wait_for (count (self) == 2);
  g_assert_nonnull (octavo_list_groups_get_label (self->groups, 100));
}

static void
test_follow_the_list (Fixture *self, gconstpointer data)
{
  octavo_list_groups_follow (self->groups, 0);
  model_test_wait_for (count (self) == 2);
  model_test_apply (&self->model, OCTAVO_NOTES_PIN, octavo_note_list_get_id (self->list, 5), NULL);
  model_test_wait_for (octavo_list_groups_get_label (self->groups, 0) != NULL &&
                       g_str_equal (octavo_list_groups_get_label (self->groups, 0), "Pinned"));
  g_assert_cmpstr (octavo_list_groups_get_label (self->groups, 1), ==, "Today");
  g_assert_cmpuint (count (self), ==, 3);
  model_test_apply (&self->model, OCTAVO_NOTES_TRASH, octavo_note_list_get_id (self->list, 50), NULL);
  model_test_wait_for (octavo_list_groups_get_label (self->groups, 99) != NULL && count (self) == 3);
}

static void
test_not_by_title (Fixture *self, gconstpointer data)
{
  octavo_list_groups_follow (self->groups, 0);
  octavo_note_list_set_sort (self->list, OCTAVO_SORT_TITLE);
  model_test_wait_for (!octavo_note_list_get_loading (self->list));
  octavo_list_groups_follow (self->groups, 0);
  g_assert_cmpuint (count (self), ==, 0);
}

static void
test_not_in_a_search (Fixture *self, gconstpointer data)
{
  octavo_note_list_set_query (self->list, "note");
  model_test_wait_for (!octavo_note_list_get_loading (self->list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), >, 0);
  octavo_list_groups_follow (self->groups, 0);
  g_assert_cmpuint (count (self), ==, 0);
}

static void
test_switched_off (Fixture *self, gconstpointer data)
{
  octavo_list_groups_follow (self->groups, 0);
  model_test_wait_for (count (self) == 2);
  octavo_list_groups_set_enabled (self->groups, FALSE);
  octavo_list_groups_follow (self->groups, 0);
  g_assert_cmpuint (count (self), ==, 0);
  octavo_list_groups_set_enabled (self->groups, TRUE);
  model_test_wait_for (count (self) == 2);
}

/* What was today where it was noon was yesterday where a day has just begun. */
static void
test_another_zone (Fixture *self, gconstpointer data)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE note SET updated = %" G_GINT64_FORMAT " - 100 + id WHERE id > 100",
                                          g_get_real_time () - 2 * G_TIME_SPAN_HOUR);

  model_test_execute (self->model.path, sql);
  octavo_list_groups_follow (self->groups, 0);
  ui_test_set_hour (12);
  octavo_list_groups_refresh (self->groups);
  model_test_wait_for (g_strcmp0 (octavo_list_groups_get_label (self->groups, 0), "Today") == 0 && count (self) == 2);
  ui_test_set_hour (0);
  octavo_list_groups_refresh (self->groups);
  model_test_wait_for (g_strcmp0 (octavo_list_groups_get_label (self->groups, 0), "Yesterday") == 0);
  g_unsetenv ("TZ");
}

static guint
get_n_visible (GtkWidget *view)
{
  guint n_rows = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_visible (row))
      n_rows++;
  return n_rows;
}

/* The rows stand below the headers, and are as high as without; the list is so much longer. */
static void
test_in_the_view (Fixture *self, gconstpointer data)
{
  OctavoNoteSelection *selection = octavo_note_selection_new (self->list);
  GtkWidget *view = g_object_new (OCTAVO_TYPE_NOTE_LIST_VIEW, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  GtkWidget *row, *window;
  int row_height;
  double y;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  octavo_note_list_view_set_selection (OCTAVO_NOTE_LIST_VIEW (view), selection);
  octavo_note_list_view_set_groups (OCTAVO_NOTE_LIST_VIEW (view), self->groups);
  window = ui_test_show (scroller);
  model_test_wait_for (count (self) == 2 && get_n_visible (view) > 3);
  row = gtk_widget_get_first_child (view);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, &row_height, NULL, NULL, NULL);
  model_test_wait_for (gtk_widget_get_height (row) > 0 && gtk_adjustment_get_upper (adjustment) > 200 * row_height);
  /* two headers, and the first row below the first of them */
  g_assert_true (gtk_widget_translate_coordinates (row, view, 0, 0, NULL, &y));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, 200 * row_height);
  g_assert_cmpfloat (y, >=, (gtk_adjustment_get_upper (adjustment) - 200 * row_height) / 2);

  octavo_note_list_view_scroll_to (OCTAVO_NOTE_LIST_VIEW (view), 199);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==,
                     gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
  octavo_note_list_view_scroll_to (OCTAVO_NOTE_LIST_VIEW (view), 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);

  ui_test_close (window);
  g_assert_finalize_object (selection);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(path, func) g_test_add ("/list-groups/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("first-ones-at-once", test_first_ones_at_once);
  ADD ("follow-the-list", test_follow_the_list);
  ADD ("not-by-title", test_not_by_title);
  ADD ("not-in-a-search", test_not_in_a_search);
  ADD ("switched-off", test_switched_off);
  ADD ("another-zone", test_another_zone);
  ADD ("in-the-view", test_in_the_view);

  return g_test_run ();
}
