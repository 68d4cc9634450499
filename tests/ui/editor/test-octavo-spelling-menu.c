/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-spelling-menu"

#include "octavo-spelling-menu.h"

#include "fake-speller.h"
#include "octavo-markdown-buffer.h"
#include "octavo-note-view.h"
#include "octavo-settings.h"
#include "ui-test.h"

typedef struct
{
  OctavoSpelling *spelling;
  GtkWidget *window;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  GMenu *menu;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->spelling = fake_speller_new_spelling ();
  self->menu = g_menu_new ();
  g_menu_append (self->menu, "Other", "test.other");
  self->view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  octavo_spelling_menu_add (self->view, self->spelling, self->menu);
  self->buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  octavo_markdown_buffer_load (OCTAVO_MARKDOWN_BUFFER (self->buffer), "this thgir text");
  octavo_note_view_show (OCTAVO_NOTE_VIEW (self->view), self->buffer);
  self->window = ui_test_show (GTK_WIDGET (self->view));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  GtkWidget *window = g_steal_pointer (&self->window);

  ui_test_close (window);
  g_assert_finalize_object (self->buffer);
  g_assert_finalize_object (self->menu);
  fake_speller_drop_spelling (self->spelling);
}

static void
add_labels (GMenuModel *menu, GString *labels)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        g_string_append_printf (labels, "%s|", label);
      if (section != NULL)
        add_labels (section, labels);
      if (submenu != NULL)
        add_labels (submenu, labels);
    }
}

static void
assert_menu (Fixture *self, int offset, const char *expected)
{
  g_autoptr (GString) labels = g_string_new (NULL);
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &place, offset);
  gtk_text_buffer_place_cursor (self->buffer, &place);
  ui_test_press (GTK_WIDGET (self->view), GDK_KEY_Menu, 0);
  add_labels (G_MENU_MODEL (self->menu), labels);
  g_assert_cmpstr (labels->str, ==, expected);
}

#define LANGUAGES "Other|_Spelling Language|As the system|Deutsch|English (United Kingdom)|English (United States)|"
#define OF_WORD   "right|text|this|" /* after the first */

static void
test_items (Fixture *self, gconstpointer data)
{
  const char *wrong = "right|right|text|this|Add to Dictionar_y|I_gnore Word|" LANGUAGES;

  assert_menu (self, 2, LANGUAGES);
  assert_menu (self, 5, wrong);
  assert_menu (self, 7, wrong);
  assert_menu (self, 10, wrong);
  assert_menu (self, 12, LANGUAGES);
  gtk_text_view_set_editable (self->view, FALSE);
  assert_menu (self, 7, "Add to Dictionar_y|I_gnore Word|" LANGUAGES);
  g_settings_set_boolean (octavo_settings_get (), "check-spelling", FALSE);
  assert_menu (self, 7, "Other|");
}

static char *
dup_text (Fixture *self)
{
  return octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (self->buffer));
}

static void
test_correct (Fixture *self, gconstpointer data)
{
  g_autofree char *corrected = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *kept = NULL;
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &place, 7);
  gtk_text_buffer_place_cursor (self->buffer, &place);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), "spelling.correct", "s", "right"));
  corrected = dup_text (self);
  g_assert_cmpstr (corrected, ==, "this right text");
  gtk_text_buffer_undo (self->buffer); /* one step */
  g_assert_false (gtk_text_buffer_get_can_undo (self->buffer));
  undone = dup_text (self);
  g_assert_cmpstr (undone, ==, "this thgir text");

  gtk_text_buffer_get_iter_at_offset (self->buffer, &place, 7);
  gtk_text_buffer_place_cursor (self->buffer, &place);
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "spelling.correct", "s", "right");
  kept = dup_text (self);
  g_assert_cmpstr (kept, ==, "this thgir text");
}

static void
test_add_and_ignore (Fixture *self, gconstpointer data)
{
  const char *const actions[] = { "spelling.add", "spelling.ignore" };
  const char *const words[] = { "thgir", "txet" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_assert_false (octavo_spelling_is_right (self->spelling, words[i]));
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), actions[i], "s", words[i]));
      g_assert_true (octavo_spelling_is_right (self->spelling, words[i]));
    }
  assert_menu (self, 7, LANGUAGES);
}

static void
test_language (Fixture *self, gconstpointer data)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->view), "spelling.spelling-language", "s", "de_DE"));
  model_test_wait_for (g_strcmp0 (octavo_spelling_get_language (self->spelling), "de_DE") == 0);
  assert_menu (self, 1, "siht|" OF_WORD "Add to Dictionar_y|I_gnore Word|" LANGUAGES);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  ADD ("/spelling-menu/items", test_items);
  ADD ("/spelling-menu/correct", test_correct);
  ADD ("/spelling-menu/add-and-ignore", test_add_and_ignore);
  ADD ("/spelling-menu/language", test_language);
  return g_test_run ();
}
