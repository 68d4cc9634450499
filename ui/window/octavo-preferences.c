/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-preferences.h"

#include "octavo-backup-folder-row.h"

#include "octavo-choice-row.h"
#include "octavo-settings.h"
#include "octavo-spelling-preferences.h"
#include "octavo-text-style.h"

#include <string.h>

/* Each row is bound to a key of the settings, and whatever a key is about follows that key by itself. */
struct _OctavoPreferences
{
  AdwPreferencesWindow parent_instance;

  GSettings *settings; /* NULL: there are none */

  GtkWidget *page;
  GtkWidget *style;
  GtkWidget *font;
  GtkWidget *custom_font_row;
  GtkWidget *custom_font;
  GtkWidget *system_size;
  GtkWidget *size;
  GtkWidget *line_width;
  GtkWidget *show_count;
  GtkWidget *sort;
  GtkWidget *trash_days;
  GtkWidget *backup_folder;
  GtkWidget *file;
  GtkWidget *move;
  GtkNativeDialog *chooser;
};

enum
{
  SIGNAL_MOVE_FILE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoPreferences, octavo_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* What the rows of a choice stand for, in their order. */
static const char *const styles[] = { "system", "light", "dark", NULL };
static const char *const fonts[] = { "system", "serif", "monospace", "custom", NULL };
static const char *const widths[] = { "narrow", "medium", "wide", "full", NULL };
static const char *const sorts[] = { "updated", "created", "title", NULL };
static const int days[] = { 0, 7, 30, 90, 365 };

static gboolean
get_choice (GValue *value, GVariant *variant, gpointer names)
{
  const char *const *name = names;

  for (guint i = 0; name[i] != NULL; i++)
    if (strcmp (name[i], g_variant_get_string (variant, NULL)) == 0)
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_choice (const GValue *value, const GVariantType *type, gpointer names)
{
  const char *const *name = names;
  guint i = g_value_get_uint (value);

  return i < g_strv_length ((char **) names) ? g_variant_new_string (name[i]) : NULL;
}

/* A number of days that was set by other means is shown as the choice before it. */
static gboolean
get_days (GValue *value, GVariant *variant, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (days[i] <= g_variant_get_int32 (variant))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_days (const GValue *value, const GVariantType *type, gpointer data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (days) ? g_variant_new_int32 (days[i]) : NULL;
}

static gboolean
get_size (GValue *value, GVariant *variant, gpointer data)
{
  int size = g_variant_get_int32 (variant);

  g_value_set_double (value, size > 0 ? size : octavo_text_style_get_system_size ());
  return TRUE;
}

static GVariant *
set_size (const GValue *value, const GVariantType *type, gpointer data)
{
  return g_variant_new_int32 ((gint32) g_value_get_double (value));
}

static void
bind_choice (OctavoPreferences *self, const char *key, GtkWidget *row, const char *const *names)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT, get_choice, set_choice,
                                (gpointer) names, NULL);
  g_signal_connect (row, "map", G_CALLBACK (octavo_choice_row_name), NULL);
  g_signal_connect_after (row, "notify::selected", G_CALLBACK (octavo_choice_row_name), NULL);
}

static void
update_font (OctavoPreferences *self)
{
  g_autofree char *font = g_settings_get_string (self->settings, "font");

  gtk_widget_set_visible (self->custom_font_row, strcmp (font, "custom") == 0);
  gtk_widget_set_sensitive (self->system_size, g_settings_get_int (self->settings, "font-size") > 0);
}

static void
on_system_size (OctavoPreferences *self)
{
  g_settings_reset (self->settings, "font-size");
}

static void
bind_all (OctavoPreferences *self)
{
  bind_choice (self, "style", self->style, styles);
  bind_choice (self, "font", self->font, fonts);
  bind_choice (self, "line-width", self->line_width, widths);
  bind_choice (self, "sort", self->sort, sorts);
  g_settings_bind_with_mapping (self->settings, "trash-days", self->trash_days, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_days, set_days, NULL, NULL);
  g_signal_connect (self->trash_days, "map", G_CALLBACK (octavo_choice_row_name), NULL);
  g_signal_connect_after (self->trash_days, "notify::selected", G_CALLBACK (octavo_choice_row_name), NULL);
  g_settings_bind_with_mapping (self->settings, "font-size", self->size, "value", G_SETTINGS_BIND_DEFAULT, get_size,
                                set_size, NULL, NULL);
  g_settings_bind (self->settings, "custom-font", self->custom_font, "font", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "show-count", self->show_count, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::font", G_CALLBACK (update_font), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::font-size", G_CALLBACK (update_font), self, G_CONNECT_SWAPPED);
  update_font (self);
}

/* What is made of it goes on without this window. */
static void
on_place_chosen (GtkNativeDialog *chooser, int response, OctavoPreferences *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    {
      g_clear_object (&self->chooser);
      return;
    }
  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[SIGNAL_MOVE_FILE], 0, path);
  g_object_unref (self);
}

static void
on_move (OctavoPreferences *self)
{
  g_autofree char *name = g_path_get_basename (adw_action_row_get_subtitle (ADW_ACTION_ROW (self->file)));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("Move the File of All Notes"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Move"), NULL);

  g_clear_object (&self->chooser);
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_place_chosen), self);
  gtk_native_dialog_show (self->chooser);
}

static void
octavo_preferences_dispose (GObject *object)
{
  OctavoPreferences *self = OCTAVO_PREFERENCES (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (octavo_preferences_parent_class)->dispose (object);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
octavo_preferences_class_init (OctavoPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_preferences_dispose;
  signals[SIGNAL_MOVE_FILE] = g_signal_new ("move-file", OCTAVO_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (OCTAVO_TYPE_SPELLING_PREFERENCES);
  g_type_ensure (OCTAVO_TYPE_BACKUP_FOLDER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, page);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, style);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, font);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, custom_font_row);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, custom_font);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, system_size);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, size);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, line_width);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, show_count);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, sort);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, trash_days);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, backup_folder);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, file);
  gtk_widget_class_bind_template_child (widget_class, OctavoPreferences, move);
  gtk_widget_class_bind_template_callback (widget_class, on_system_size);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

/* Where the schema of the settings is not installed there is nothing to choose. */
static void
octavo_preferences_init (OctavoPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = octavo_settings_get ();
  gtk_widget_set_sensitive (self->page, self->settings != NULL);
  if (self->settings != NULL)
    bind_all (self);
}

/**
 * octavo_preferences_new:
 * @path: where the file of notes is
 *
 * Returns: (transfer none): a window, owned by GTK
 */
OctavoPreferences *
octavo_preferences_new (const char *path)
{
  OctavoPreferences *self = g_object_new (OCTAVO_TYPE_PREFERENCES, NULL);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *safe = g_markup_escape_text (name, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file), safe);
  octavo_backup_folder_row_set_file (OCTAVO_BACKUP_FOLDER_ROW (self->backup_folder), path);
  return self;
}

/**
 * octavo_preferences_set_can_move:
 * @self: the window
 * @can_move: whether the file of notes may be moved
 */
void
octavo_preferences_set_can_move (OctavoPreferences *self, gboolean can_move)
{
  g_return_if_fail (OCTAVO_IS_PREFERENCES (self));

  gtk_widget_set_visible (self->move, can_move);
}
