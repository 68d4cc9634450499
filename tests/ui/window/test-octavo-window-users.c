/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#include "octavo-note-repository.h"
#include "octavo-note-row-author.h"
#include "octavo-user-memory.h"
#include "octavo-user-popover.h"
#include "octavo-window-private.h"

#define ME  1
#define ADA 2
#define BOB 3

typedef struct
{
  ModelTest model;
  OctavoUserRepository *users;
  OctavoNoteBuffers *buffers;
  OctavoWindow *window; /* weak */
} UsersTest;

static void
open_window (UsersTest *self, gpointer application)
{
  self->window = OCTAVO_WINDOW (octavo_window_new (application, self->buffers));
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  model_test_wait_for (self->window->settled);
}

static void
close_window (UsersTest *self)
{
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  gtk_window_destroy (GTK_WINDOW (self->window));
  model_test_wait_for (self->window == NULL);
}

/* Mine is one note, Ada's are two, and Bob has none. */
static void
set_up (UsersTest *self, gconstpointer application)
{
  model_test_set_up (&self->model, NULL);
  self->users = octavo_store_get_users (self->model.store);
  model_test_add_note (&self->model, "mine", "", "");
  model_test_add_note (&self->model, "hers", "", "work");
  model_test_add_note (&self->model, "hers too", "", "");
  ui_test_add_users (&self->model);
  model_test_execute (self->model.path, "UPDATE note SET user_id = 2 WHERE id > 1");
  self->buffers = octavo_note_buffers_new (self->model.store);
  open_window (self, (gpointer) application);
}

static void
tear_down (UsersTest *self, gconstpointer application)
{
  close_window (self);
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, NULL);
}

static guint
get_n_rows (UsersTest *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->window->selection));
}

static void
switch_to (UsersTest *self, int number)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.switch-user", "i", number);
}

static gboolean
has_title (UsersTest *self, const char *title)
{
  return g_strcmp0 (octavo_editor_get_note_title (self->window->editor), title) == 0;
}

static gboolean
is_named (UsersTest *self, const char *name)
{
  GtkWidget *button = ui_test_find (GTK_WIDGET (self->window->user_button), GTK_TYPE_MENU_BUTTON);
  g_autofree char *expected = g_strdup_printf ("User: %s", name);

  return g_strcmp0 (gtk_widget_get_tooltip_text (button), expected) == 0;
}

static void
test_switch (UsersTest *self, gconstpointer application)
{
  model_test_wait_for (get_n_rows (self) == 1 && has_title (self, "mine"));
  g_assert_true (is_named (self, "Me"));
  switch_to (self, 2);
  model_test_wait_for (get_n_rows (self) == 2 && has_title (self, "hers too"));
  g_assert_true (is_named (self, "Ada"));
  model_test_wait_for (octavo_sidebar_get_n_notes (self->window->sidebar) == 2);
  switch_to (self, 3);
  model_test_wait_for (get_n_rows (self) == 0 && !octavo_editor_get_has_note (self->window->editor));
  switch_to (self, 9); /* nobody */
  g_assert_true (is_named (self, "Bob"));
  switch_to (self, 0);
  model_test_wait_for (get_n_rows (self) == 3);
  g_assert_true (is_named (self, "Everyone"));
  g_assert_true (
      octavo_note_row_author_is_shown (octavo_note_list_pane_get_list (self->window->list_pane), self->users));
}

static void
write_note (UsersTest *self, const char *title)
{
  octavo_window_create_note (self->window);
  octavo_window_create_titled_note (self->window, title);
  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
}

static void
test_new_notes (UsersTest *self, gconstpointer application)
{
  switch_to (self, 2);
  write_note (self, "of Ada");
  switch_to (self, 0);
  write_note (self, "of Ada as well");
  switch_to (self, 3);
  write_note (self, "of Bob");
  g_assert_cmpint (model_test_query_int (self->model.path,
                                         "SELECT count (*) FROM note WHERE title LIKE 'of Ada%' AND user_id = 2"),
                   ==, 2);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT user_id FROM note WHERE title = 'of Bob'"), ==, BOB);
}

/* What was begun is finished, whoever is looked at then. */
static void
test_a_new_note_is_left (UsersTest *self, gconstpointer application)
{
  octavo_window_create_note (self->window);
  g_assert_true (self->window->creating);
  switch_to (self, 2);
  g_assert_false (self->window->creating);
  model_test_wait_for (has_title (self, "hers too"));
}

static void
test_who_goes_elsewhere (UsersTest *self, gconstpointer application)
{
  switch_to (self, 2);
  model_test_wait_for (get_n_rows (self) == 2);
  model_test_execute (self->model.path, "UPDATE user SET name = 'Ada King', folded = 'ada king' WHERE id = 2");
  model_test_wait_for (is_named (self, "Ada King"));
  model_test_execute (self->model.path, "UPDATE note SET user_id = 3; DELETE FROM user WHERE id = 2");
  model_test_wait_for (is_named (self, "Me"));
  model_test_wait_for (get_n_rows (self) == 0);
  model_test_execute (self->model.path, "DELETE FROM user WHERE id = 1");
  model_test_wait_for (is_named (self, "Bob"));
  model_test_wait_for (get_n_rows (self) == 3);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), "give-notes"));
}

static void
test_is_remembered (UsersTest *self, gconstpointer application)
{
  gint64 user_id = 0;
  gboolean everyone = FALSE;

  switch_to (self, 2);
  switch_to (self, 0);
  g_assert_true (octavo_user_memory_recall (self->model.path, &user_id, &everyone));
  g_assert_cmpint (user_id, ==, ADA);
  g_assert_true (everyone);
  close_window (self);
  open_window (self, (gpointer) application);
  g_assert_true (is_named (self, "Everyone"));
  g_assert_cmpint (self->window->user_id, ==, ADA);
  octavo_user_memory_keep (self->model.path, 77, FALSE);
  close_window (self);
  open_window (self, (gpointer) application);
  g_assert_true (is_named (self, "Me"));
  g_assert_false (octavo_user_memory_recall ("/nowhere", &user_id, &everyone));
}

static guint
count_rows (GtkWidget *widget)
{
  guint n_rows = GTK_IS_LIST_BOX_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_rows += count_rows (child);
  return n_rows;
}

static void
test_popover (UsersTest *self, gconstpointer application)
{
  GtkMenuButton *button = GTK_MENU_BUTTON (ui_test_find (GTK_WIDGET (self->window->user_button), GTK_TYPE_MENU_BUTTON));
  GtkWidget *popover, *row;

  g_assert_null (gtk_menu_button_get_popover (button));
  gtk_menu_button_popup (button);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  model_test_wait_for (gtk_widget_get_mapped (popover));
  g_assert_cmpuint (count_rows (popover), ==, 4); /* with everyone */
  row = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_assert_true (GTK_IS_LIST_BOX_ROW (row));
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), ==, 0);
  /* it follows while it is open */
  model_test_execute (self->model.path, "DELETE FROM user WHERE id = 3");
  model_test_wait_for (count_rows (popover) == 3);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (ui_test_find (popover, GTK_TYPE_LIST_BOX)), 1));
  g_signal_emit_by_name (row, "activate");
  model_test_wait_for (is_named (self, "Ada") && !gtk_widget_get_mapped (popover));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, function) g_test_add ("/window-users/" name, UsersTest, application, set_up, function, tear_down)

  ADD ("switch", test_switch);
  ADD ("new-notes", test_new_notes);
  ADD ("a-new-note-is-left", test_a_new_note_is_left);
  ADD ("who-goes-elsewhere", test_who_goes_elsewhere);
  ADD ("is-remembered", test_is_remembered);
  ADD ("popover", test_popover);

  return g_test_run ();
}
