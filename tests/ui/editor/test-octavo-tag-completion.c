/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-tag-completion"

#include "octavo-tag-completion.h"

#include "octavo-tag-repository.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model;
  GtkWidget *window;
  OctavoTagCompletion *completion;
} Test;

static void
set_up (Test *self, gconstpointer data)
{
  GListModel *tags;

  model_test_set_up (&self->model, data);
  model_test_add_note (&self->model, "Title", "Text", "work,Work/Éclair,homework,network,garden");
  tags = octavo_tag_repository_get_list (octavo_store_get_tags (self->model.store));
  model_test_wait_for (g_list_model_get_n_items (tags) == 5);

  self->window = ui_test_show (gtk_label_new ("parent"));
  self->completion = OCTAVO_TAG_COMPLETION (octavo_tag_completion_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->completion), gtk_window_get_child (GTK_WINDOW (self->window)));
  octavo_tag_completion_set_tags (self->completion, tags);
}

static void
tear_down (Test *self, gconstpointer data)
{
  gtk_widget_unparent (GTK_WIDGET (self->completion));
  ui_test_close (self->window);
  model_test_tear_down (&self->model, data);
}

static void
assert_offers (Test *self, const char *typed, const char *const *besides, const char *expected)
{
  g_autoptr (GString) offers = g_string_new (NULL);

  octavo_tag_completion_offer (self->completion, typed, besides);
  for (guint i = 0; i < octavo_tag_completion_get_n_offers (self->completion); i++)
    {
      octavo_tag_completion_move (self->completion, 1);
      g_string_append_printf (offers, "%s%s", i > 0 ? " " : "", octavo_tag_completion_get_selected (self->completion));
    }
  g_assert_cmpstr (offers->str, ==, expected);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->completion)) == (*expected != '\0'));
}

static void
test_names_that_begin_so_come_first (Test *self, gconstpointer data)
{
  static const char *const besides[] = { "WORK", NULL };

  assert_offers (self, "work", NULL, "work Work/Éclair homework network");
  assert_offers (self, " #WoRk ", NULL, "work Work/Éclair homework network");
  assert_offers (self, "work", besides, "Work/Éclair homework network");
  assert_offers (self, "éclair", NULL, "Work/Éclair");
  assert_offers (self, "nothing like it", NULL, "");
  assert_offers (self, "", NULL, "");
}

static void
test_nothing_is_selected_until_one_moves (Test *self, gconstpointer data)
{
  octavo_tag_completion_offer (self->completion, "work", NULL);
  g_assert_null (octavo_tag_completion_get_selected (self->completion));
  octavo_tag_completion_move (self->completion, 1);
  g_assert_cmpstr (octavo_tag_completion_get_selected (self->completion), ==, "work");
  octavo_tag_completion_move (self->completion, -1);
  g_assert_null (octavo_tag_completion_get_selected (self->completion));
  octavo_tag_completion_offer (self->completion, "", NULL);
  g_assert_false (octavo_tag_completion_move (self->completion, 1));
}

static void
on_chosen (OctavoTagCompletion *completion, const char *name, char **chosen)
{
  *chosen = g_strdup (name);
}

static void
test_a_click_chooses (Test *self, gconstpointer data)
{
  GtkWidget *list = ui_test_find (GTK_WIDGET (self->completion), GTK_TYPE_LIST_BOX);
  g_autofree char *chosen = NULL;

  g_signal_connect (self->completion, "chosen", G_CALLBACK (on_chosen), &chosen);
  octavo_tag_completion_offer (self->completion, "gar", NULL);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpstr (chosen, ==, "garden");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->completion)));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/tag-completion/" name, Test, NULL, set_up, func, tear_down)
  ADD ("names-that-begin-so-come-first", test_names_that_begin_so_come_first);
  ADD ("nothing-is-selected-until-one-moves", test_nothing_is_selected_until_one_moves);
  ADD ("a-click-chooses", test_a_click_chooses);
  return g_test_run ();
}
