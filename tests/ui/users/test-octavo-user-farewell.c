/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#include "octavo-user-drop-down.h"
#include "octavo-user-farewell.h"

typedef struct
{
  ModelTest model;
  OctavoUserRepository *users;
  GtkWidget *dialog; /* weak */
  gint64 heir_id;
  gboolean to_trash;
} FarewellTest;

static void
on_decided (FarewellTest *self, gint64 heir_id, gboolean to_trash)
{
  self->heir_id = heir_id;
  self->to_trash = to_trash;
}

static void
set_up (FarewellTest *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->users = octavo_store_get_users (self->model.store);
  model_test_execute (self->model.path, "INSERT INTO user (name, folded, created) VALUES ('Zoe', 'zoe', 1), "
                                        "('Ada', 'ada', 2)");
  model_test_wait_for (octavo_user_repository_get (self->users, 3) != NULL);
}

static void
tear_down (FarewellTest *self, gconstpointer data)
{
  model_test_wait_for (self->dialog == NULL);
  model_test_tear_down (&self->model, data);
}

static void
open_dialog (FarewellTest *self, gint64 n_notes, gint64 n_trashed)
{
  self->dialog =
      octavo_user_farewell_new (self->users, octavo_user_repository_get (self->users, 2), n_notes, n_trashed);
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  g_signal_connect_swapped (self->dialog, "decided", G_CALLBACK (on_decided), self);
  gtk_window_present (GTK_WINDOW (self->dialog));
  model_test_wait_for (gtk_widget_get_mapped (self->dialog));
}

static void
answer (FarewellTest *self, const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (self->dialog), response);
  gtk_window_destroy (GTK_WINDOW (self->dialog));
}

static void
test_heirs (FarewellTest *self, gconstpointer data)
{
  GtkWidget *heir;
  GtkWidget *trash;

  open_dialog (self, 1234, 5);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (self->dialog)), "Zoe has 1"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (self->dialog)), "5 of them are in the"));
  heir = ui_test_find (self->dialog, GTK_TYPE_DROP_DOWN);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (heir))), ==, 2);
  g_assert_cmpint (octavo_user_drop_down_get_id (heir), ==, 1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (heir), 1);
  trash = ui_test_find (self->dialog, GTK_TYPE_CHECK_BUTTON);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (trash)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (trash), TRUE);
  answer (self, "delete");
  g_assert_cmpint (self->heir_id, ==, 3);
  g_assert_true (self->to_trash);
}

static void
test_no_notes (FarewellTest *self, gconstpointer data)
{
  open_dialog (self, 0, 0);
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (self->dialog)), ==, "Zoe has no notes.");
  g_assert_false (gtk_widget_get_mapped (ui_test_find (self->dialog, GTK_TYPE_DROP_DOWN)));
  answer (self, "delete");
  g_assert_cmpint (self->heir_id, ==, 1);
  g_assert_false (self->to_trash);
}

static void
test_all_in_the_trash (FarewellTest *self, gconstpointer data)
{
  open_dialog (self, 1, 1);
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (self->dialog)), ==,
                   "Zoe has 1 note. 1 of them is in the trash.");
  g_assert_null (ui_test_find (self->dialog, GTK_TYPE_CHECK_BUTTON));
  answer (self, "cancel");
  g_assert_cmpint (self->heir_id, ==, 0);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(name, function) g_test_add ("/user-farewell/" name, FarewellTest, NULL, set_up, function, tear_down)

  ADD ("heirs", test_heirs);
  ADD ("no-notes", test_no_notes);
  ADD ("all-in-the-trash", test_all_in_the_trash);

  return g_test_run ();
}
