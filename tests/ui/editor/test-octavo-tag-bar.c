/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-tag-bar"

#include "octavo-tag-bar.h"

#include "octavo-tag-repository.h"
#include "ui-test.h"

typedef struct
{
  ModelTest model;
  GtkWidget *window;
  OctavoTagBar *bar;
  GtkEditable *entry;
  GString *log;
} Test;

static void
on_add (OctavoTagBar *bar, const char *name, GString *log)
{
  g_string_append_printf (log, "+%s ", name);
}

static void
on_remove (OctavoTagBar *bar, const char *name, GString *log)
{
  g_string_append_printf (log, "-%s ", name);
}

static void
on_leave (OctavoTagBar *bar, GString *log)
{
  g_string_append (log, "leave ");
}

static void
set_up (Test *self, gconstpointer data)
{
  static const char *const tags[] = { "alpha", "beta", NULL };
  GListModel *all;

  model_test_set_up (&self->model, data);
  model_test_add_note (&self->model, "Title", "Text", "gamma,gamut");
  all = octavo_tag_repository_get_list (octavo_store_get_tags (self->model.store));
  model_test_wait_for (g_list_model_get_n_items (all) == 2);

  self->log = g_string_new (NULL);
  self->bar = OCTAVO_TAG_BAR (octavo_tag_bar_new ());
  octavo_tag_bar_set_tags (self->bar, tags);
  octavo_tag_bar_set_completions (self->bar, all);
  g_signal_connect (self->bar, "add", G_CALLBACK (on_add), self->log);
  g_signal_connect (self->bar, "remove", G_CALLBACK (on_remove), self->log);
  g_signal_connect (self->bar, "leave", G_CALLBACK (on_leave), self->log);
  self->entry = GTK_EDITABLE (ui_test_find (GTK_WIDGET (self->bar), GTK_TYPE_ENTRY));
  self->window = ui_test_show (GTK_WIDGET (self->bar));
}

static void
tear_down (Test *self, gconstpointer data)
{
  ui_test_close (self->window);
  g_string_free (self->log, TRUE);
  model_test_tear_down (&self->model, data);
}

static void
enter (Test *self, const char *text)
{
  gtk_editable_set_text (self->entry, text);
  g_signal_emit_by_name (self->entry, "activate");
}

static void
assert_log (Test *self, const char *expected)
{
  g_assert_cmpstr (self->log->str, ==, expected);
  g_string_truncate (self->log, 0);
}

static GtkWidget *
get_pill (Test *self, int position)
{
  GtkWidget *pill = gtk_widget_get_first_child (gtk_widget_get_parent (GTK_WIDGET (self->entry)));

  while (position-- > 0)
    pill = gtk_widget_get_next_sibling (pill);
  return pill;
}

static void
test_return_adds (Test *self, gconstpointer data)
{
  enter (self, " #New  ");
  assert_log (self, "+New ");
  g_assert_cmpstr (gtk_editable_get_text (self->entry), ==, "");
  enter (self, "one, two,,three/four");
  assert_log (self, "+one +two +three/four ");
  enter (self, "ALPHA");
  assert_log (self, "");
  enter (self, "");
  assert_log (self, "leave ");
}

static void
test_comma_adds_at_once (Test *self, gconstpointer data)
{
  gtk_editable_set_text (self->entry, "new,");
  assert_log (self, "+new ");
  g_assert_cmpstr (gtk_editable_get_text (self->entry), ==, "");
}

static void
test_what_cannot_be_a_tag_stays_and_is_said (Test *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (10000, 'x');
  GtkWidget *box = gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (self->entry)));
  GtkWidget *problem = gtk_widget_get_last_child (box);
  g_autofree char *typed = g_strdup_printf ("good,%s", name);

  enter (self, typed);
  assert_log (self, "+good ");
  g_assert_cmpstr (gtk_editable_get_text (self->entry), ==, name);
  g_assert_true (gtk_widget_get_visible (problem));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (problem)), !=, "");
  gtk_editable_set_text (self->entry, "x");
  g_assert_false (gtk_widget_get_visible (problem));
}

static void
test_tags_can_be_removed (Test *self, gconstpointer data)
{
  g_signal_emit_by_name (get_pill (self, 0), "clicked");
  assert_log (self, "-alpha ");
  g_assert_true (ui_test_press (get_pill (self, 1), GDK_KEY_Delete, 0));
  assert_log (self, "-beta ");
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_BackSpace, 0));
  assert_log (self, "-beta ");
  gtk_editable_set_text (self->entry, "x");
  g_assert_false (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_BackSpace, 0));
  assert_log (self, "");
}

/* Backwards from the entry, as if the tags were letters. */
static void
test_tags_are_reached_by_arrow (Test *self, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (self->window);

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_text (self->entry, "x");
  gtk_editable_set_position (self->entry, 1);
  g_assert_false (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Left, 0));
  gtk_editable_set_position (self->entry, 0);
  g_assert_false (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Left, GDK_CONTROL_MASK));
  g_assert_false (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Right, 0));
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Left, 0));
  g_assert_true (gtk_window_get_focus (window) == get_pill (self, 1));

  gtk_widget_set_direction (GTK_WIDGET (self->bar), GTK_TEXT_DIR_RTL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (self->entry, 0);
  g_assert_false (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Left, 0));
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Right, 0));
  g_assert_true (gtk_window_get_focus (window) == get_pill (self, 1));
}

static GtkWidget *
get_dot (Test *self, int position)
{
  return gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (get_pill (self, position))));
}

static void
test_pills_have_the_colour_of_their_tag (Test *self, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (get_dot (self, 0)));
  model_test_execute (self->model.path, "INSERT INTO tag (name, folded, color) VALUES ('Alpha', 'alpha', 'blue')");
  model_test_wait_for (gtk_widget_get_visible (get_dot (self, 0)));
  g_assert_true (gtk_widget_has_css_class (get_dot (self, 0), "tag-blue"));
  g_assert_false (gtk_widget_get_visible (get_dot (self, 1)));
  model_test_execute (self->model.path, "UPDATE tag SET color = '' WHERE folded = 'alpha'");
  model_test_wait_for (!gtk_widget_get_visible (get_dot (self, 0)));
}

static void
test_pills_say_what_they_do (Test *self, gconstpointer data)
{
  g_assert_cmpstr (gtk_widget_get_tooltip_text (get_pill (self, 0)), ==, "Remove tag alpha");
  g_assert_true (gtk_widget_get_focusable (get_pill (self, 0)));
  g_assert_true (get_pill (self, 2) == GTK_WIDGET (self->entry));
}

static void
test_completion_goes_by_keys (Test *self, gconstpointer data)
{
  gtk_editable_set_text (self->entry, "ga");
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Down, 0));
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Down, 0));
  g_signal_emit_by_name (self->entry, "activate");
  assert_log (self, "+gamut ");

  /* what is typed stands unless one moved */
  enter (self, "ga");
  assert_log (self, "+ga ");
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Down, 0));
  assert_log (self, "leave ");
}

static void
test_escape_empties_then_leaves (Test *self, gconstpointer data)
{
  gtk_editable_set_text (self->entry, "ga");
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Escape, 0));
  g_assert_cmpstr (gtk_editable_get_text (self->entry), ==, "");
  assert_log (self, "");
  g_assert_true (ui_test_press (GTK_WIDGET (self->entry), GDK_KEY_Escape, 0));
  assert_log (self, "leave ");
}

static void
test_focus_stays_in_place (Test *self, gconstpointer data)
{
  static const char *const fewer[] = { "beta", NULL };
  static const char *const none[] = { NULL };

  gtk_widget_grab_focus (get_pill (self, 0));
  octavo_tag_bar_set_tags (self->bar, fewer);
  g_assert_true (gtk_widget_has_focus (get_pill (self, 0)) ||
                 gtk_window_get_focus (GTK_WINDOW (self->window)) == get_pill (self, 0));
  octavo_tag_bar_set_tags (self->bar, none);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (self->window)), GTK_WIDGET (self->entry)));
}

static void
test_it_can_be_locked (Test *self, gconstpointer data)
{
  octavo_tag_bar_set_editable (self->bar, FALSE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->entry)));
  g_assert_false (gtk_widget_get_sensitive (get_pill (self, 0)));
  octavo_tag_bar_set_editable (self->bar, TRUE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->entry)));
  g_assert_true (gtk_widget_get_sensitive (get_pill (self, 0)));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/tag-bar/" name, Test, NULL, set_up, func, tear_down)
  ADD ("return-adds", test_return_adds);
  ADD ("comma-adds-at-once", test_comma_adds_at_once);
  ADD ("what-cannot-be-a-tag-stays-and-is-said", test_what_cannot_be_a_tag_stays_and_is_said);
  ADD ("tags-can-be-removed", test_tags_can_be_removed);
  ADD ("tags-are-reached-by-arrow", test_tags_are_reached_by_arrow);
  ADD ("pills-have-the-colour-of-their-tag", test_pills_have_the_colour_of_their_tag);
  ADD ("pills-say-what-they-do", test_pills_say_what_they_do);
  ADD ("completion-goes-by-keys", test_completion_goes_by_keys);
  ADD ("escape-empties-then-leaves", test_escape_empties_then_leaves);
  ADD ("focus-stays-in-place", test_focus_stays_in_place);
  ADD ("it-can-be-locked", test_it_can_be_locked);
  return g_test_run ();
}
