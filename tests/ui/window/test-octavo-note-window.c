/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-window"

#include "octavo-link-follow.h"
#include "octavo-note-window-private.h"
#include "octavo-recent-changes.h"
#include "octavo-window.h"
#include "ui-test.h"

#include <string.h>

typedef struct
{
  ModelTest model;
  GtkApplication *application;
  OctavoNoteBuffers *buffers;
  OctavoNoteWindow *window;
  gint64 id;
} Test;

static guint
count_windows (Test *self)
{
  return g_list_length (gtk_application_get_windows (self->application));
}

static gboolean
is_ready (Test *self)
{
  GtkWidget *view = ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_TEXT_VIEW);

  return view != NULL && gtk_text_view_get_editable (GTK_TEXT_VIEW (view));
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, NULL);
  self->application = (gpointer) data;
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->id = model_test_add_note (&self->model, "A title", "Some text", "tag");
  octavo_note_window_open (self->application, self->buffers, self->id);
  self->window = gtk_application_get_windows (self->application)->data;
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  model_test_wait_for (is_ready (self));
}

static void
tear_down (Test *self, gconstpointer data)
{
  GList *windows;

  g_assert_true (octavo_note_buffers_flush (self->buffers, NULL));
  while ((windows = gtk_application_get_windows (self->application)) != NULL)
    gtk_window_destroy (windows->data);
  model_test_wait_for (self->window == NULL && G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  model_test_tear_down (&self->model, NULL);
}

static gboolean
can (Test *self, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), action);
}

static void
activate (Test *self, const char *action)
{
  g_assert_true (can (self, action));
  g_action_group_activate_action (G_ACTION_GROUP (self->window), action, NULL);
}

static void
test_it_is_about_its_note (Test *self, gconstpointer data)
{
  GtkEditable *title = GTK_EDITABLE (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_ENTRY));

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "A title — Octavo");
  g_assert_cmpint (octavo_note_window_get_note_id (self->window), ==, self->id);
  gtk_editable_set_text (title, "");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Untitled — Octavo");
  gtk_window_close (GTK_WINDOW (self->window));
  model_test_wait_for (self->window == NULL);
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT title = '' FROM note"), ==, 1);
}

static void
test_a_note_has_one_window (Test *self, gconstpointer data)
{
  gint64 other = model_test_add_note (&self->model, "Other", "Text", NULL);

  octavo_note_window_open (self->application, self->buffers, self->id);
  g_assert_cmpuint (count_windows (self), ==, 1);
  octavo_note_window_open (self->application, self->buffers, other);
  g_assert_cmpuint (count_windows (self), ==, 2);
  octavo_note_window_open (self->application, self->buffers, 4711); /* there is no such note */
  g_assert_cmpuint (count_windows (self), ==, 2);
}

static void
test_what_can_be_done_depends_on_the_trash (Test *self, gconstpointer data)
{
  g_assert_false (can (self, "restore"));
  g_assert_false (can (self, "delete"));
  g_action_group_change_action_state (G_ACTION_GROUP (self->window), "pin", g_variant_new_boolean (TRUE));
  model_test_wait_for (octavo_editor_get_pinned (self->window->editor));
  activate (self, "trash");
  model_test_wait_for (can (self, "restore"));
  g_assert_false (can (self, "rename"));
  g_assert_false (can (self, "edit-tags"));
  g_assert_false (can (self, "pin"));
  g_assert_false (gtk_widget_get_visible (self->window->trash_button));
  g_assert_true (gtk_widget_get_visible (self->window->delete_button));
  activate (self, "restore");
  model_test_wait_for (can (self, "trash"));
  g_assert_true (gtk_widget_get_visible (self->window->pin_button));
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT pinned FROM note"), ==, 1);
}

static void
test_it_goes_with_its_note (Test *self, gconstpointer data)
{
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, self->id, NULL);
  model_test_wait_for (self->window == NULL);
}

static void
test_what_is_about_all_notes_brings_up_their_window (Test *self, gconstpointer data)
{
  GtkWindow *window;

  activate (self, "search");
  g_assert_cmpuint (count_windows (self), ==, 2);
  window = gtk_application_get_windows (self->application)->data;
  if (window == GTK_WINDOW (self->window))
    window = gtk_application_get_windows (self->application)->next->data;
  g_assert_true (OCTAVO_IS_WINDOW (window));
  activate (self, "show-in-list");
  g_assert_cmpuint (count_windows (self), ==, 2);
  model_test_wait_for (g_strcmp0 (gtk_window_get_title (window), "A title — Octavo") == 0);
}

static GtkWindow *
find_recent_changes (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (OCTAVO_IS_RECENT_CHANGES (link->data))
      return link->data;
  return NULL;
}

/* They are those of all notes. */
static void
test_recent_changes_are_shown_there (Test *self, gconstpointer data)
{
  GtkWindow *changes;

  activate (self, "recent-changes");
  model_test_wait_for ((changes = find_recent_changes ()) != NULL);
  g_assert_true (OCTAVO_IS_WINDOW (gtk_window_get_transient_for (changes)));
  gtk_window_destroy (changes);
  model_test_wait_for (find_recent_changes () == NULL);
}

static const char *
get_text_of (Test *self)
{
  OctavoNoteBuffer *buffer = octavo_note_buffers_find (self->buffers, self->window->note_id);
  static char *body;

  g_free (body);
  body = buffer != NULL ? octavo_note_buffer_dup_body (buffer) : NULL;
  return body;
}

static void
follow (Test *self, const char *uri)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), OCTAVO_LINK_FOLLOW, "s", uri));
}

/* A link leads on in the window, and back. */
static void
test_links_lead_on_in_the_window (Test *self, gconstpointer data)
{
  gint64 other = model_test_add_note (&self->model, "Other", "Other text\n\n# Head\n", NULL);

  g_assert_false (can (self, "go-back"));
  follow (self, "octavo:title/Other");
  model_test_wait_for (octavo_note_window_get_note_id (self->window) == other);
  g_assert_cmpuint (count_windows (self), ==, 1);
  model_test_wait_for (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self->window)), "Other — Octavo") == 0);
  g_assert_true (can (self, "go-back"));
  g_assert_false (can (self, "go-forward"));
  activate (self, "go-back");
  g_assert_cmpint (octavo_note_window_get_note_id (self->window), ==, self->id);
  model_test_wait_for (g_strcmp0 (get_text_of (self), "Some text") == 0);
  g_assert_false (can (self, "go-back"));
  activate (self, "go-forward");
  g_assert_cmpint (octavo_note_window_get_note_id (self->window), ==, other);
}

/* A note that has a window is not shown in another. */
static void
test_a_link_to_a_note_with_a_window (Test *self, gconstpointer data)
{
  gint64 other = model_test_add_note (&self->model, "Other", "Other text", NULL);
  gint64 third = model_test_add_note (&self->model, "Third", "Text", NULL);
  g_autofree char *uri = g_strdup_printf ("octavo:note/%" G_GINT64_FORMAT, other);

  follow (self, "octavo:title/Third");
  model_test_wait_for (octavo_note_window_get_note_id (self->window) == third);
  octavo_note_window_open (self->application, self->buffers, other);
  octavo_note_window_open (self->application, self->buffers, self->id);
  g_assert_cmpuint (count_windows (self), ==, 3);
  follow (self, uri);
  g_assert_cmpuint (count_windows (self), ==, 3);
  g_assert_cmpint (octavo_note_window_get_note_id (self->window), ==, third);
  activate (self, "go-back");
  g_assert_cmpint (octavo_note_window_get_note_id (self->window), ==, third);
  g_assert_true (can (self, "go-back"));
}

/* What leads to no note of the file is told by the window of all notes. */
static void
test_other_links_bring_up_the_window_of_all_notes (Test *self, gconstpointer data)
{
  follow (self, "octavo:tag/tag");
  g_assert_cmpuint (count_windows (self), ==, 2);
  g_assert_cmpint (octavo_note_window_get_note_id (self->window), ==, self->id);
}

static void
test_focus_mode (Test *self, gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (self->window);
  g_autoptr (GVariant) state = NULL;

  g_action_group_change_action_state (actions, "focus-mode", g_variant_new_boolean (TRUE));
  g_assert_false (gtk_widget_get_visible (self->window->header));
  g_assert_true (ui_test_press (GTK_WIDGET (self->window), GDK_KEY_Escape, 0));
  g_assert_true (gtk_widget_get_visible (self->window->header));
  state = g_action_group_get_action_state (actions, "focus-mode");
  g_assert_false (g_variant_get_boolean (state));
}

static void
collect_actions (GMenuModel *menu, GHashTable *found)
{
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *action = NULL;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        {
          g_assert_true (g_str_has_prefix (action, "win."));
          g_hash_table_add (found, g_strdup (action + strlen ("win.")));
        }
      collect_actions (section, found);
      collect_actions (submenu, found);
    }
}

/* Nothing in the menu is without an action; what is about more than the note is in the menus of the other windows. */
static void
test_every_action_is_in_the_menu (Test *self, gconstpointer data)
{
  const char *const elsewhere[] = { "main-menu", "about",  "new-note",     "new-window", "jump",
                                    "search",    "import", "import-files", "export",     NULL };
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->window));
  GHashTableIter iter;
  gpointer name;

  collect_actions (self->window->note_menu, found);
  for (gsize i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (elsewhere, names[i]) && !g_hash_table_contains (found, names[i]))
      g_error ("the menu does not have “%s”", names[i]);
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains ((const char *const *) names, name))
      g_error ("the window cannot do “%s”, which its menu has", (const char *) name);
}

static GtkWindow *
find_over (Test *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (gtk_window_get_transient_for (link->data) == GTK_WINDOW (self->window))
      return link->data;
  return NULL;
}

static void
test_windows_over_it (Test *self, gconstpointer data)
{
  static const char *const openers[] = { "preferences", "properties", "about" };

  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      activate (self, openers[i]);
      model_test_wait_for (find_over (self) != NULL);
      gtk_window_destroy (find_over (self));
      model_test_wait_for (find_over (self) == NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = ui_test_init_application (&argc, &argv);

#define ADD(name, func) g_test_add ("/note-window/" name, Test, application, set_up, func, tear_down)
  ADD ("it-is-about-its-note", test_it_is_about_its_note);
  ADD ("a-note-has-one-window", test_a_note_has_one_window);
  ADD ("what-can-be-done-depends-on-the-trash", test_what_can_be_done_depends_on_the_trash);
  ADD ("it-goes-with-its-note", test_it_goes_with_its_note);
  ADD ("what-is-about-all-notes-brings-up-their-window", test_what_is_about_all_notes_brings_up_their_window);
  ADD ("recent-changes-are-shown-there", test_recent_changes_are_shown_there);
  ADD ("links-lead-on-in-the-window", test_links_lead_on_in_the_window);
  ADD ("a-link-to-a-note-with-a-window", test_a_link_to_a_note_with_a_window);
  ADD ("other-links-bring-up-the-window-of-all-notes", test_other_links_bring_up_the_window_of_all_notes);
  ADD ("focus-mode", test_focus_mode);
  ADD ("every-action-is-in-the-menu", test_every_action_is_in_the_menu);
  ADD ("windows-over-it", test_windows_over_it);
  return g_test_run ();
}
