/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-jumper"

#include "octavo-note-jumper.h"

#include "ui-test.h"

typedef struct
{
  ModelTest model;
  GtkWidget *below;
  OctavoNoteJumper *jumper; /* weak */
  GtkEditable *entry;
  gint64 chosen;
  char *created;
} Test;

static void
on_chosen (OctavoNoteJumper *jumper, gint64 id, Test *self)
{
  self->chosen = id;
}

static void
on_create (OctavoNoteJumper *jumper, const char *title, Test *self)
{
  g_free (self->created);
  self->created = g_strdup (title);
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  model_test_add_note (&self->model, "Bread", "", NULL);
  model_test_add_note (&self->model, "", "text", NULL);
  model_test_add_note (&self->model, "A green thread", "", NULL);

  self->below = ui_test_show (gtk_label_new ("below"));
  g_set_weak_pointer (&self->jumper, octavo_note_jumper_new (self->model.store));
  g_signal_connect (self->jumper, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect (self->jumper, "create", G_CALLBACK (on_create), self);
  octavo_note_jumper_present (self->jumper, GTK_WINDOW (self->below));
  self->entry = GTK_EDITABLE (ui_test_find (GTK_WIDGET (self->jumper), GTK_TYPE_SEARCH_ENTRY));
}

static void
tear_down (Test *self, gconstpointer data)
{
  if (self->jumper != NULL)
    gtk_window_destroy (GTK_WINDOW (self->jumper));
  model_test_wait_for (self->jumper == NULL);
  g_free (self->created);
  ui_test_close (self->below);
  model_test_tear_down (&self->model, data);
}

static gboolean
are_offered (Test *self, const char *titles)
{
  return ui_test_offers (GTK_WIDGET (self->jumper), titles);
}

static void
test_offers_follow_the_text (Test *self, gconstpointer data)
{
  model_test_wait_for (are_offered (self, "A green thread|Untitled|Bread"));
  gtk_editable_set_text (self->entry, "read");
  model_test_wait_for (are_offered (self, "A green thread|Bread|New note “read”"));
  gtk_editable_set_text (self->entry, " BREAD ");
  model_test_wait_for (are_offered (self, "Bread"));
  gtk_editable_set_text (self->entry, "milk");
  model_test_wait_for (are_offered (self, "New note “milk”"));
  gtk_editable_set_text (self->entry, "");
  model_test_wait_for (are_offered (self, "A green thread|Untitled|Bread"));
}

/* It is about the text that is there, not about the answer to an earlier one. */
static void
test_return_waits_for_the_answer (Test *self, gconstpointer data)
{
  model_test_wait_for (are_offered (self, "A green thread|Untitled|Bread"));
  gtk_editable_set_text (self->entry, "brea");
  g_signal_emit_by_name (self->entry, "activate");
  g_assert_cmpint (self->chosen, ==, 0);
  model_test_wait_for (self->chosen == 1);
  model_test_wait_for (self->jumper == NULL);
  g_assert_null (self->created);
}

static void
test_a_note_is_made_where_none_fits (Test *self, gconstpointer data)
{
  gtk_editable_set_text (self->entry, "  Milk  ");
  g_signal_emit_by_name (self->entry, "activate");
  model_test_wait_for (self->created != NULL);
  g_assert_cmpstr (self->created, ==, "Milk");
  g_assert_cmpint (self->chosen, ==, 0);
}

static void
test_it_closes_while_it_looks (Test *self, gconstpointer data)
{
  gtk_editable_set_text (self->entry, "b");
  g_signal_emit_by_name (self->entry, "activate");
  g_signal_emit_by_name (self->entry, "stop-search");
  model_test_wait_for (self->jumper == NULL);
  g_assert_cmpint (self->chosen, ==, 0);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/note-jumper/" name, Test, NULL, set_up, func, tear_down)
  ADD ("offers-follow-the-text", test_offers_follow_the_text);
  ADD ("return-waits-for-the-answer", test_return_waits_for_the_answer);
  ADD ("a-note-is-made-where-none-fits", test_a_note_is_made_where_none_fits);
  ADD ("it-closes-while-it-looks", test_it_closes_while_it_looks);
  return g_test_run ();
}
