/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-note-list-pane.h"
#include "octavo-note-row-widget.h"
#include "octavo-note-row-words.h"
#include "ui-test.h"

#include <adwaita.h>
#include <string.h>

#define N_NOTES 12000 /* more than a search looks into while the index is made */

typedef struct
{
  ModelTest model;
  OctavoNoteListPane *pane;
  GtkWidget *window;
} PaneTest;

static void
set_up (PaneTest *self, gconstpointer data)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };

  model_test_set_up (&self->model, NULL);
  self->pane = g_object_new (OCTAVO_TYPE_NOTE_LIST_PANE, "store", self->model.store, NULL);
  octavo_note_list_pane_set_place (self->pane, &all, "All Notes");
  self->window = ui_test_show (GTK_WIDGET (self->pane));
}

static void
tear_down (PaneTest *self, gconstpointer data)
{
  ui_test_close (self->window);
  model_test_tear_down (&self->model, NULL);
}

/* What is said in place of a list; NULL where there is one. */
static AdwStatusPage *
get_page (PaneTest *self)
{
  GtkStack *stack = GTK_STACK (ui_test_find (GTK_WIDGET (self->pane), GTK_TYPE_STACK));
  GtkWidget *page = gtk_stack_get_visible_child (stack);

  return ADW_IS_STATUS_PAGE (page) ? ADW_STATUS_PAGE (page) : NULL;
}

static gboolean
says (PaneTest *self, const char *title)
{
  AdwStatusPage *page = get_page (self);

  return page != NULL && g_str_equal (adw_status_page_get_title (page), title);
}

static void
test_nothing_yet (PaneTest *self, gconstpointer data)
{
  OctavoNoteList *list = octavo_note_list_pane_get_list (self->pane);

  model_test_insert_notes (&self->model, N_NOTES);
  octavo_note_list_pane_search (self->pane, "nowhere");
  model_test_wait_for (says (self, "Nothing Found Yet"));
  g_assert_cmpuint (octavo_note_list_get_n_missing (list), >, 0);
  g_assert_nonnull (strstr (adw_status_page_get_description (get_page (self)), "so far"));

  /* The list asks again as the index grows. */
  model_test_wait_for (says (self, "Nothing Found"));
  g_assert_cmpuint (octavo_note_list_get_n_missing (list), ==, 0);
  g_assert_cmpstr (adw_status_page_get_description (get_page (self)), ==, "There is no “nowhere” in “All Notes”.");
}

static void
test_found_later (PaneTest *self, gconstpointer data)
{
  OctavoNoteList *list = octavo_note_list_pane_get_list (self->pane);

  model_test_insert_notes (&self->model, N_NOTES);
  octavo_note_list_pane_search (self->pane, "oldest");
  model_test_wait_for (says (self, "Nothing Found Yet"));
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (list)) == 1 && get_page (self) == NULL);
}

static gboolean
shows_date (GtkWidget *row, const char *expected)
{
  g_autofree char *other =
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected, NULL);

  return other == NULL;
}

static char *
dup_expected (OctavoNoteRowWidget *row)
{
  return octavo_note_row_words_dup_description (octavo_note_row_widget_get_row (row), NULL, "Today");
}

/* Somebody travels: on the same day the hours are other ones. */
static void
test_another_zone (PaneTest *self, gconstpointer data)
{
  g_autofree char *at_noon = NULL;
  g_autofree char *later = NULL;
  GtkWidget *row = NULL;

  ui_test_set_hour (12);
  octavo_note_list_pane_refresh_dates (self->pane);
  model_test_add_note (&self->model, "One", "text", NULL);
  model_test_wait_for ((row = ui_test_find (GTK_WIDGET (self->pane), OCTAVO_TYPE_NOTE_ROW_WIDGET)) != NULL &&
                       octavo_note_row_widget_get_row (OCTAVO_NOTE_ROW_WIDGET (row)) != NULL);
  at_noon = dup_expected (OCTAVO_NOTE_ROW_WIDGET (row));
  model_test_wait_for (shows_date (row, at_noon));
  octavo_note_list_pane_refresh_dates (self->pane);
  g_assert_true (shows_date (row, at_noon));

  ui_test_set_hour (15);
  octavo_note_list_pane_refresh_dates (self->pane);
  later = dup_expected (OCTAVO_NOTE_ROW_WIDGET (row));
  g_assert_cmpstr (later, !=, at_noon);
  model_test_wait_for (shows_date (row, later));
  g_unsetenv ("TZ");
}

int
main (int argc, char **argv)
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, function) g_test_add ("/note-list-pane/" name, PaneTest, NULL, set_up, function, tear_down)
  ADD ("nothing-yet", test_nothing_yet);
  ADD ("found-later", test_found_later);
  ADD ("another-zone", test_another_zone);
  return g_test_run ();
}
