/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-spelling-menu.h"

#include "octavo-settings.h"
#include "octavo-spelling-marks.h"

#include <string.h>

/* To find out what may be meant takes a while, so it is only done as the menu is opened on a word that is wrong. */

#define MAX_CORRECTIONS 4

typedef struct
{
  GtkTextView *view; /* owns this */
  OctavoSpelling *spelling;
  GMenu *word;      /* what can be done with the word at the cursor */
  GMenu *languages; /* empty, or a submenu */
} Menu;

static char *
dup_word (Menu *self, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  return octavo_spelling_marks_dup_wrong (self->view, self->spelling, &cursor, start, end);
}

/* ---- What is in the menu ---- */

static void
append (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
update_word (Menu *self)
{
  GtkTextIter start, end;
  g_autofree char *word = dup_word (self, &start, &end);
  g_auto (GStrv) corrections = NULL;

  g_menu_remove_all (self->word);
  if (word == NULL)
    return;
  corrections = octavo_spelling_dup_corrections (self->spelling, word);
  for (guint i = 0; gtk_text_view_get_editable (self->view) && corrections[i] != NULL && i < MAX_CORRECTIONS; i++)
    append (self->word, corrections[i], "spelling.correct", corrections[i]);
  append (self->word, _ ("Add to Dictionar_y"), "spelling.add", word);
  append (self->word, _ ("I_gnore Word"), "spelling.ignore", word);
}

/* One language is none to choose. */
static void
update_languages (Menu *self)
{
  GPtrArray *languages = octavo_spelling_get_languages (self->spelling);
  g_autoptr (GMenu) submenu = NULL;

  g_menu_remove_all (self->languages);
  if (octavo_settings_get () == NULL || !octavo_spelling_is_on (self->spelling) || languages->len < 2)
    return;
  submenu = g_menu_new ();
  append (submenu, _ ("As the system"), "spelling.spelling-language", "");
  for (guint i = 0; i < languages->len; i++)
    {
      const OctavoSpellerLanguage *language = languages->pdata[i];

      append (submenu, language->name, "spelling.spelling-language", language->code);
    }
  g_menu_append_submenu (self->languages, _ ("_Spelling Language"), G_MENU_MODEL (submenu));
}

/* The menu is about the word that it is opened on: the cursor goes there, unless something is selected. */
static void
on_pressed (GtkGesture *gesture, int n_press, double x, double y, Menu *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter place, start, end;
  g_autofree char *word = NULL;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  g_menu_remove_all (self->word);
  if (gtk_text_buffer_get_has_selection (buffer) ||
      !gtk_text_view_get_iter_at_location (self->view, &place, buffer_x, buffer_y))
    return;
  word = octavo_spelling_marks_dup_wrong (self->view, self->spelling, &place, &start, &end);
  if (word == NULL)
    return;
  gtk_text_buffer_place_cursor (buffer, &place);
  update_word (self);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, Menu *self)
{
  if (key == GDK_KEY_Menu || key == GDK_KEY_F10)
    update_word (self);
  return GDK_EVENT_PROPAGATE;
}

/* ---- What can be done ---- */

static void
on_correct (GSimpleAction *action, GVariant *correction, gpointer data)
{
  Menu *self = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;
  g_autofree char *word = dup_word (self, &start, &end);

  if (word == NULL || !gtk_text_view_get_editable (self->view))
    return;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, g_variant_get_string (correction, NULL), -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
on_add (GSimpleAction *action, GVariant *word, gpointer data)
{
  Menu *self = data;

  if (octavo_spelling_is_on (self->spelling))
    octavo_spelling_add_word (self->spelling, g_variant_get_string (word, NULL));
}

static void
on_ignore (GSimpleAction *action, GVariant *word, gpointer data)
{
  Menu *self = data;

  if (octavo_spelling_is_on (self->spelling))
    octavo_spelling_ignore_word (self->spelling, g_variant_get_string (word, NULL));
}

static void
add_actions (Menu *self)
{
  static const GActionEntry entries[] = {
    { .name = "correct", .parameter_type = "s", .activate = on_correct },
    { .name = "add", .parameter_type = "s", .activate = on_add },
    { .name = "ignore", .parameter_type = "s", .activate = on_ignore },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  if (octavo_settings_get () != NULL)
    {
      g_autoptr (GAction) language = g_settings_create_action (octavo_settings_get (), "spelling-language");

      g_action_map_add_action (G_ACTION_MAP (group), language);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self->view), "spelling", G_ACTION_GROUP (group));
}

static void
menu_free (gpointer data)
{
  Menu *self = data;

  g_signal_handlers_disconnect_by_data (self->spelling, self);
  g_object_unref (self->spelling);
  g_object_unref (self->word);
  g_object_unref (self->languages);
  g_free (self);
}

/**
 * octavo_spelling_menu_add:
 * @view: a view of Markdown
 * @spelling: what says which words are right
 * @menu: the view's own menu
 *
 * Adds to the menu of a view what can be done with a word that is wrong, and the languages.
 */
void
octavo_spelling_menu_add (GtkTextView *view, OctavoSpelling *spelling, GMenu *menu)
{
  Menu *self = g_new0 (Menu, 1);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = view;
  self->spelling = g_object_ref (spelling);
  self->word = g_menu_new ();
  self->languages = g_menu_new ();
  g_menu_prepend_section (menu, NULL, G_MENU_MODEL (self->word));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->languages));
  g_object_set_data_full (G_OBJECT (view), "octavo-spelling-menu", self, menu_free);
  add_actions (self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  g_signal_connect_swapped (spelling, "changed", G_CALLBACK (update_languages), self);
  update_languages (self);
}
