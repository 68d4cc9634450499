/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#include "octavo-user-form.h"

typedef struct
{
  ModelTest model;
  OctavoUserRepository *users;
  GtkWidget *form; /* weak */
  gint64 saved;
} FormTest;

static void
on_saved (FormTest *self, gint64 id)
{
  self->saved = id;
}

static void
set_up (FormTest *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->users = octavo_store_get_users (self->model.store);
  model_test_execute (self->model.path, "UPDATE user SET name = 'Me', folded = 'me'");
  model_test_wait_for (g_strcmp0 (octavo_user_get_name (octavo_user_repository_get (self->users, 1)), "Me") == 0);
}

static void
tear_down (FormTest *self, gconstpointer data)
{
  if (self->form != NULL)
    gtk_window_destroy (GTK_WINDOW (self->form));
  model_test_wait_for (self->form == NULL);
  model_test_tear_down (&self->model, data);
}

static void
open_form (FormTest *self, OctavoUser *user)
{
  self->form = octavo_user_form_new (self->users, user);
  g_object_add_weak_pointer (G_OBJECT (self->form), (gpointer *) &self->form);
  g_signal_connect_swapped (self->form, "saved", G_CALLBACK (on_saved), self);
  gtk_window_present (GTK_WINDOW (self->form));
  model_test_wait_for (gtk_widget_get_mapped (self->form));
}

/* 0 is the name, 1 the e-mail address. */
static GtkEditable *
find_entry (GtkWidget *widget, guint *skip)
{
  GtkEditable *found = NULL;

  if (GTK_IS_ENTRY (widget))
    return (*skip)-- == 0 ? GTK_EDITABLE (widget) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, skip);
  return found;
}

static GtkEditable *
get_entry (FormTest *self, guint number)
{
  return find_entry (self->form, &number);
}

static GtkWidget *
find_toggle (GtkWidget *widget, const char *tooltip, gboolean active)
{
  GtkWidget *found = NULL;

  if (GTK_IS_TOGGLE_BUTTON (widget) &&
      (tooltip != NULL ? g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0
                       : gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget)) == active))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_toggle (child, tooltip, active);
  return found;
}

static GtkLabel *
find_error (GtkWidget *widget)
{
  GtkLabel *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "error"))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_error (child);
  return found;
}

static void
test_add (FormTest *self, gconstpointer data)
{
  GtkWidget *save;

  open_form (self, NULL);
  save = gtk_window_get_default_widget (GTK_WINDOW (self->form));
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->form)), GTK_WIDGET (get_entry (self, 0))));
  /* the first colour is mine: it offers the next */
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_toggle (self->form, NULL, TRUE)), ==, "Green");
  gtk_editable_set_text (get_entry (self, 0), " Ada ");
  gtk_editable_set_text (get_entry (self, 1), "ada@example.org");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_toggle (self->form, "Purple", FALSE)), TRUE);
  gtk_widget_activate (save);
  model_test_wait_for (self->form == NULL);
  g_assert_cmpint (self->saved, ==, 2);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count (*) FROM user WHERE name = 'Ada' AND "
                                                           "email = 'ada@example.org' AND color = 'purple'"),
                   ==, 1);
}

static void
test_what_cannot_be (FormTest *self, gconstpointer data)
{
  GtkWidget *save;

  open_form (self, NULL);
  save = gtk_window_get_default_widget (GTK_WINDOW (self->form));
  gtk_editable_set_text (get_entry (self, 0), "  ");
  g_assert_false (gtk_widget_get_sensitive (save));
  gtk_editable_set_text (get_entry (self, 0), "ME");
  g_assert_true (gtk_widget_get_sensitive (save));
  gtk_widget_activate (save);
  model_test_wait_for (gtk_widget_get_visible (GTK_WIDGET (find_error (self->form))));
  g_assert_nonnull (strstr (gtk_label_get_label (find_error (self->form)), "ME"));
  g_assert_true (gtk_widget_get_sensitive (save));
  /* and can be mended */
  gtk_editable_set_text (get_entry (self, 0), "Bob");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (find_error (self->form))));
  gtk_widget_activate (save);
  model_test_wait_for (self->form == NULL);
  g_assert_cmpint (self->saved, ==, 2);
}

static void
test_change (FormTest *self, gconstpointer data)
{
  open_form (self, octavo_user_repository_get (self->users, 1));
  g_assert_cmpstr (gtk_editable_get_text (get_entry (self, 0)), ==, "Me");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_toggle (self->form, NULL, TRUE)), ==, "Blue");
  gtk_editable_set_text (get_entry (self, 0), "Myself");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_toggle (self->form, "Red", FALSE)), TRUE);
  gtk_widget_activate (gtk_window_get_default_widget (GTK_WINDOW (self->form)));
  model_test_wait_for (self->form == NULL);
  g_assert_cmpint (self->saved, ==, 1);
  model_test_wait_for (g_strcmp0 (octavo_user_get_name (octavo_user_repository_get (self->users, 1)), "Myself") == 0);
  g_assert_cmpstr (octavo_user_get_color (octavo_user_repository_get (self->users, 1)), ==, "red");
}

static void
test_closed_meanwhile (FormTest *self, gconstpointer data)
{
  open_form (self, NULL);
  gtk_editable_set_text (get_entry (self, 0), "Ada");
  g_signal_emit_by_name (gtk_window_get_default_widget (GTK_WINDOW (self->form)), "clicked");
  gtk_window_destroy (GTK_WINDOW (self->form));
  model_test_wait_for (self->form == NULL);
  g_assert_cmpint (self->saved, ==, 0);
  model_test_wait_for (octavo_user_repository_get (self->users, 2) != NULL);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(name, function) g_test_add ("/user-form/" name, FormTest, NULL, set_up, function, tear_down)

  ADD ("add", test_add);
  ADD ("what-cannot-be", test_what_cannot_be);
  ADD ("change", test_change);
  ADD ("closed-meanwhile", test_closed_meanwhile);

  return g_test_run ();
}
