/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#include "octavo-picker-item.h"
#include "octavo-user-repository.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

/* GTK 4.18 complains of how the dialogs of libadwaita 1.7, which are deprecated there, find out how wide they are to
 * be. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  static const char complaint[] = "Trying to measure GtkLabel";

  for (gsize i = 0; i < n_fields && adw_get_minor_version () >= 4; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0 && g_str_has_prefix (fields[i].value, complaint))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, NULL);
}

void
ui_test_init (int *argc, char ***argv)
{
  g_log_set_writer_func (write_log, NULL, NULL);
  gtk_test_init (argc, argv, NULL);
  /* GTK 4.8 complains when the last step of a scrolling that is animated makes a text view scroll by itself, which
   * depends on when frames come. The end-to-end tests run without animations as well. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  adw_init ();
  gtk_source_init ();
}

/* What widgets say of themselves is kept, and sent to nobody. */
void
ui_test_init_accessible (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  ui_test_init (argc, argv);
}

/* One for all cases: a process registers but once. */
GtkApplication *
ui_test_init_application (int *argc, char ***argv)
{
  GtkApplication *application;
  g_autoptr (GError) error = NULL;

  ui_test_init (argc, argv);
  application = GTK_APPLICATION (adw_application_new ("io.github.octavo_notes.Octavo.Test", G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  return application;
}

GtkWidget *
ui_test_find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_test_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
ui_test_find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0 &&
      gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_test_find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
ui_test_find_label (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_test_find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gboolean
ui_test_offers (GtkWidget *picker, const char *titles)
{
  GtkListView *list = GTK_LIST_VIEW (ui_test_find (picker, GTK_TYPE_LIST_VIEW));
  GListModel *offers = G_LIST_MODEL (gtk_list_view_get_model (list));
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (OctavoPickerItem) item = g_list_model_get_item (offers, i);

      g_string_append_printf (seen, "%s%s", i > 0 ? "|" : "", octavo_picker_item_get_title (item));
    }
  return g_str_equal (seen->str, titles);
}

void
ui_test_set_hour (int hour)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  int east = hour - g_date_time_get_hour (now);
  g_autofree char *zone = NULL;

  /* zones are from -12:00 to +12:00 */
  if (east < -12 || east > 12)
    east += east < 0 ? 24 : -24;
  zone = g_strdup_printf ("%c%02d:00", east < 0 ? '-' : '+', ABS (east));
  g_setenv ("TZ", zone, TRUE);
}

GtkWidget *
ui_test_show (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 700, 500);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  model_test_wait_for (gtk_widget_get_mapped (widget));
  return g_object_ref (window);
}

void
ui_test_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (window);
}

void
ui_test_add_users (ModelTest *model)
{
  OctavoUserRepository *users = octavo_store_get_users (model->store);

  model_test_execute (model->path,
                      "UPDATE user SET name = 'Me', folded = 'me'; INSERT INTO user (name, folded, created) "
                      "VALUES ('Ada', 'ada', 1), ('Bob', 'bob', 1)");
  model_test_wait_for (octavo_user_repository_get (users, 3) != NULL &&
                       g_str_equal (octavo_user_get_name (octavo_user_repository_get (users, 1)), "Me"));
}

OctavoNoteBuffer *
ui_test_read_note (ModelTest *model, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get (octavo_store_get_notes (model->store), id, NULL, &error);

  g_assert_no_error (error);
  return octavo_note_buffer_new (note);
}

gboolean
ui_test_press (GtkWidget *widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_handled = FALSE;

      /* the text view's own looks at the event itself, of which there is none */
      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller) ||
          (GTK_IS_TEXT_VIEW (widget) && gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &is_handled);
      if (is_handled)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_one_of (GtkShortcutTrigger *wanted, GtkShortcutTrigger *trigger)
{
  GtkAlternativeTrigger *both;

  if (!GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return gtk_shortcut_trigger_equal (trigger, wanted);
  both = GTK_ALTERNATIVE_TRIGGER (trigger);
  return is_one_of (wanted, gtk_alternative_trigger_get_first (both)) ||
         is_one_of (wanted, gtk_alternative_trigger_get_second (both));
}

gboolean
ui_test_press_bound (GtkWidget *widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, modifiers);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0;
           GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (is_one_of (wanted, gtk_shortcut_get_trigger (shortcut)))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                                 widget, gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}
