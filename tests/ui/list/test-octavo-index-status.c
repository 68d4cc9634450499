/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-index-status.h"
#include "ui-test.h"

#include <string.h>

#define N_NOTES 12000

typedef struct
{
  ModelTest model;
  OctavoNoteList *list;
  GtkWidget *window;
  OctavoIndexStatus *status;
  GPtrArray *texts; /* that it said */
} StatusTest;

static void
on_label (GtkLabel *label, GParamSpec *pspec, StatusTest *self)
{
  g_ptr_array_add (self->texts, g_strdup (gtk_label_get_text (label)));
}

static void
set_up (StatusTest *self, gconstpointer data)
{
  model_test_set_up (&self->model, NULL);
  self->list = octavo_note_list_new (self->model.store);
  self->status = g_object_new (OCTAVO_TYPE_INDEX_STATUS, NULL);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  octavo_index_status_watch (self->status, octavo_store_get_search (self->model.store), self->list);
  g_signal_connect (ui_test_find (GTK_WIDGET (self->status), GTK_TYPE_LABEL), "notify::label", G_CALLBACK (on_label),
                    self);
  self->window = g_object_ref (gtk_window_new ());
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->status));
}

static void
tear_down (StatusTest *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->window);
  g_assert_finalize_object (self->list);
  g_ptr_array_unref (self->texts);
  model_test_tear_down (&self->model, NULL);
}

static gboolean
is_shown (StatusTest *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->status));
}

static void
test_shown_while_notes_are_missing (StatusTest *self, gconstpointer data)
{
  model_test_insert_notes (&self->model, N_NOTES);
  g_assert_false (is_shown (self));
  octavo_note_list_set_query (self->list, "oldest");
  model_test_wait_for (octavo_note_list_get_n_missing (self->list) > 0);
  g_assert_true (is_shown (self));
  g_assert_cmpuint (self->texts->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (self->texts, 0), "notes to go. Results may be incomplete."));

  /* The list asks again by itself. */
  model_test_wait_for (octavo_note_list_get_n_missing (self->list) == 0);
  g_assert_false (is_shown (self));
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 1);
}

static void
test_hidden_without_a_search (StatusTest *self, gconstpointer data)
{
  model_test_insert_notes (&self->model, N_NOTES);
  model_test_wait_for (g_list_model_get_n_items (G_LIST_MODEL (self->list)) == N_NOTES);
  model_test_wait_for (model_test_query_int (self->model.path, "SELECT count (*) FROM search_queue") == 0);
  g_assert_false (is_shown (self));
  g_assert_cmpuint (self->texts->len, ==, 0);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/index-status/" name, StatusTest, NULL, set_up, function, tear_down)
  ADD ("shown-while-notes-are-missing", test_shown_while_notes_are_missing);
  ADD ("hidden-without-a-search", test_hidden_without_a_search);
  return g_test_run ();
}
