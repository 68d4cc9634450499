/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-config.h"

#include "octavo-actions.h"
#include "octavo-window-private.h"
#include "ui-test.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

/* The window in a language that nobody speaks (tests/support/pseudo.py): what a person wrote is Chinese here, so any
 * Latin letter outside of the brackets is a word that was never translated; and a text that is cut off has no room for
 * a language a third longer than English. */

#define OPEN  "‹"
#define CLOSE "›"

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  OctavoWindow *window;
  GPtrArray *problems;
} TranslationTest;

static void
set_up (TranslationTest *self, gconstpointer application)
{
  model_test_set_up (&self->model, NULL);
  model_test_execute (self->model.path, "UPDATE user SET name = '我', folded = '我'");
  model_test_add_note (&self->model, "花园", "- [ ] 种树", "家");
  model_test_add_note (&self->model, "旅行", "火车", NULL);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->window = OCTAVO_WINDOW (octavo_window_new (GTK_APPLICATION ((gpointer) application), self->buffers));
  gtk_window_present (GTK_WINDOW (self->window));
  model_test_wait_for (octavo_editor_get_note_id (self->window->editor) != 0);
  model_test_wait_for (gtk_widget_get_width (GTK_WIDGET (self->window)) > 360);
}

static void
tear_down (TranslationTest *self, gconstpointer application)
{
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  gtk_window_destroy (GTK_WINDOW (self->window));
  model_test_wait_for (self->window == NULL);
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  g_ptr_array_unref (self->problems);
  model_test_tear_down (&self->model, NULL);
}

/* ---- What is looked at ---- */

/* What GTK and libadwaita say, in the languages that they are in; and what is the same in every language. */
static gboolean
is_of_others (const char *text)
{
  static const char *const others[] = {
    "Cut",       "Copy",    "Paste", "Delete",   "Select All", "Insert Emoji", "Clear entry", "Clear Entry",
    "Shortcuts", "Details", "Legal", "Markdown", "Octavo",     "GPL",          "4.0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (text, others[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalpha (*text))
      return TRUE;
  return FALSE;
}

/* The name of a key, as GTK writes it. */
static gboolean
is_key (const char *text)
{
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    {
      g_auto (GStrv) keys = g_strsplit (actions[i].keys, " ", -1);
      GdkModifierType modifiers;
      guint key;

      for (guint j = 0; keys[j] != NULL; j++)
        {
          g_autofree char *label = NULL;

          if (gtk_accelerator_parse (keys[j], &key, &modifiers))
            label = gtk_accelerator_get_label (key, modifiers);
          if (g_strcmp0 (label, text) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static void
look_at_text (TranslationTest *self, const char *view, GtkWidget *widget, const char *what, const char *text)
{
  if (text == NULL || !has_letters (text) || strstr (text, OPEN) != NULL || is_of_others (text) || is_key (text) ||
      gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUT_LABEL) != NULL)
    return;
  g_ptr_array_add (self->problems, g_strdup_printf ("%s: the %s “%s” of a %s is not translated", view, what, text,
                                                    G_OBJECT_TYPE_NAME (widget)));
}

static void
look_at_label (TranslationTest *self, const char *view, GtkLabel *label)
{
  const char *text = gtk_label_get_text (label);

  look_at_text (self, view, GTK_WIDGET (label), "text", text);
  if (g_str_has_prefix (text, OPEN) && g_str_has_suffix (text, CLOSE) &&
      pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    g_ptr_array_add (self->problems,
                     g_strdup_printf ("%s: “%s” is cut off at %d of %d pixels", view, text,
                                      gtk_widget_get_width (GTK_WIDGET (label)),
                                      gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (label))))));
}

static void
look (TranslationTest *self, const char *view, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    look_at_label (self, view, GTK_LABEL (widget));
  if (GTK_IS_TEXT (widget))
    look_at_text (self, view, widget, "placeholder", gtk_text_get_placeholder_text (GTK_TEXT (widget)));
  look_at_text (self, view, widget, "tooltip", gtk_widget_get_tooltip_text (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look (self, view, child);
}

static void
look_at_windows (TranslationTest *self, const char *view)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    look (self, view, each->data);
}

static void
assert_no_problems (TranslationTest *self)
{
  for (guint i = 0; i < self->problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (self->problems, i));
  g_assert_cmpuint (self->problems->len, ==, 0);
}

/* ---- Where it is looked for ---- */

static void
settle (void)
{
  for (guint i = 0; i < 20; i++)
    model_test_iterate ();
}

static void
activate (TranslationTest *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), action, NULL);
  settle ();
}

static GtkWindow *
find_dialog (TranslationTest *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *each = windows; each != NULL; each = each->next)
    if (each->data != (gpointer) self->window && gtk_widget_get_mapped (each->data))
      return each->data;
  return NULL;
}

static void
close_dialog (TranslationTest *self)
{
  GtkWindow *dialog = find_dialog (self);

  if (dialog != NULL)
    gtk_window_destroy (dialog);
  model_test_wait_for (find_dialog (self) == NULL);
}

static void
test_window (TranslationTest *self, gconstpointer application)
{
  static const OctavoScope trash = { .place = OCTAVO_PLACE_TRASH };

  settle ();
  look_at_windows (self, "at the start");
  octavo_window_search (self->window, "无");
  settle ();
  look_at_windows (self, "nothing found");
  octavo_window_search (self->window, "");
  octavo_sidebar_set_scope (self->window->sidebar, &trash);
  settle ();
  look_at_windows (self, "empty trash");
  octavo_window_create_note (self->window);
  settle ();
  look_at_windows (self, "new note");
  assert_no_problems (self);
}

static void
test_dialogs (TranslationTest *self, gconstpointer application)
{
  static const char *const openers[] = { "win.commands", "win.jump", "win.shortcuts", "win.about" };

  for (guint i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      activate (self, openers[i]);
      g_assert_nonnull (find_dialog (self));
      look_at_windows (self, openers[i]);
      close_dialog (self);
    }
  assert_no_problems (self);
}

static void
test_main_menu (TranslationTest *self, gconstpointer application)
{
  activate (self, "win.main-menu");
  look_at_windows (self, "main menu");
  assert_no_problems (self);
}

static void
test_every_action_has_a_name (TranslationTest *self, gconstpointer application)
{
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    {
      g_assert_nonnull (strstr (dgettext (GETTEXT_PACKAGE, actions[i].title), OPEN));
      g_assert_nonnull (strstr (dgettext (GETTEXT_PACKAGE, actions[i].group), OPEN));
    }
}

/* The catalogue, where gettext looks for it. */
static char *
make_locales (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("octavo-locale-XXXXXX", &error);
  g_autofree char *messages = g_build_filename (folder, "xx", "LC_MESSAGES", NULL);
  g_autofree char *link = g_build_filename (messages, GETTEXT_PACKAGE ".mo", NULL);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_assert_cmpint (symlink (g_getenv ("OCTAVO_TEST_CATALOGUE"), link), ==, 0);
  return folder;
}

/* Later glibcs translate nothing in C.UTF-8. Returns: whether there is a locale in which things are translated */
static gboolean
choose_locale (void)
{
  static const char *const names[] = { "C.UTF-8", "en_US.UTF-8", "en_GB.UTF-8", "de_DE.UTF-8" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (setlocale (LC_ALL, names[i]) != NULL && strstr (dgettext (GETTEXT_PACKAGE, "Notes"), OPEN) != NULL)
      return TRUE;
  return FALSE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *locales = make_locales ();

  g_setenv ("LANGUAGE", "xx", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  ui_test_init (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, locales);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (!choose_locale ())
    {
      puts ("1..0 # SKIP no locale but C is installed"); /* not g_print(), of which later GLibs make comments */
      model_test_remove_folder (locales);
      return 0;
    }
  application = adw_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), APPLICATION_PATH); /* the style sheet */
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

  g_test_add ("/translation/window", TranslationTest, application, set_up, test_window, tear_down);
  g_test_add ("/translation/dialogs", TranslationTest, application, set_up, test_dialogs, tear_down);
  g_test_add ("/translation/main-menu", TranslationTest, application, set_up, test_main_menu, tear_down);
  g_test_add ("/translation/every-action-has-a-name", TranslationTest, application, set_up,
              test_every_action_has_a_name, tear_down);

  g_assert_cmpint (g_test_run (), ==, 0);
  model_test_remove_folder (locales);
  return 0;
}
