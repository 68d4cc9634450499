/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-spelling-preferences.h"

#include "octavo-choice-row.h"
#include "octavo-settings.h"

#include <string.h>

struct _OctavoSpellingPreferences
{
  AdwPreferencesGroup parent_instance;

  GSettings *settings; /* NULL: there are none */
  OctavoSpelling *spelling;
  gboolean is_following; /* the settings */

  GtkWidget *row;
  GtkWidget *check;
  GtkWidget *language;
};

G_DEFINE_FINAL_TYPE (OctavoSpellingPreferences, octavo_spelling_preferences, ADW_TYPE_PREFERENCES_GROUP)

/* The first one is that of the desktop. */
static const char *
get_code (OctavoSpellingPreferences *self, guint position)
{
  GPtrArray *languages = octavo_spelling_get_languages (self->spelling);

  return position == 0 || languages == NULL || position > languages->len
             ? ""
             : ((OctavoSpellerLanguage *) languages->pdata[position - 1])->code;
}

static void
on_selected (OctavoSpellingPreferences *self)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (self->language));

  if (self->settings != NULL && !self->is_following && position != GTK_INVALID_LIST_POSITION)
    g_settings_set_string (self->settings, "spelling-language", get_code (self, position));
}

static void
update_selected (OctavoSpellingPreferences *self)
{
  GPtrArray *languages = octavo_spelling_get_languages (self->spelling);
  g_autofree char *code = g_settings_get_string (self->settings, "spelling-language");
  guint position = 0;

  for (guint i = 1; languages != NULL && i <= languages->len; i++)
    if (g_str_equal (get_code (self, i), code))
      position = i;
  self->is_following = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->language), position);
  self->is_following = FALSE;
}

static void
update_languages (OctavoSpellingPreferences *self)
{
  GPtrArray *languages = octavo_spelling_get_languages (self->spelling);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean has_languages = languages != NULL && languages->len > 0;

  gtk_string_list_append (names, _ ("As the system"));
  for (guint i = 0; languages != NULL && i < languages->len; i++)
    gtk_string_list_append (names, ((OctavoSpellerLanguage *) languages->pdata[i])->name);
  self->is_following = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->language), G_LIST_MODEL (names));
  self->is_following = FALSE;
  update_selected (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self), has_languages);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), languages == NULL || has_languages
                                                               ? _ ("Underlines words that are not in the dictionary")
                                                               : _ ("No dictionary is installed"));
}

/* Each word that is added or ignored changes something too. */
static void
on_spelling_changed (OctavoSpellingPreferences *self)
{
  GPtrArray *languages = octavo_spelling_get_languages (self->spelling);
  guint n_shown = g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (self->language)));

  if (languages != NULL && (n_shown != languages->len + 1 || languages->len == 0))
    update_languages (self);
}

static void
octavo_spelling_preferences_dispose (GObject *object)
{
  g_clear_object (&OCTAVO_SPELLING_PREFERENCES (object)->spelling);
  G_OBJECT_CLASS (octavo_spelling_preferences_parent_class)->dispose (object);
}

static void
octavo_spelling_preferences_class_init (OctavoSpellingPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_spelling_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-spelling-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoSpellingPreferences, row);
  gtk_widget_class_bind_template_child (widget_class, OctavoSpellingPreferences, check);
  gtk_widget_class_bind_template_child (widget_class, OctavoSpellingPreferences, language);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
octavo_spelling_preferences_init (OctavoSpellingPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = octavo_settings_get ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (octavo_spelling_get () != NULL)
    octavo_spelling_preferences_set_spelling (self, octavo_spelling_get ());
}

/**
 * octavo_spelling_preferences_set_spelling:
 * @self: the group
 * @spelling: what knows the languages; to be set once
 *
 * Shows what there is to choose.
 */
void
octavo_spelling_preferences_set_spelling (OctavoSpellingPreferences *self, OctavoSpelling *spelling)
{
  g_return_if_fail (OCTAVO_IS_SPELLING_PREFERENCES (self));
  g_return_if_fail (OCTAVO_IS_SPELLING (spelling));
  g_return_if_fail (self->spelling == NULL);

  if (self->settings == NULL)
    return;
  self->spelling = g_object_ref (spelling);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_settings_bind (self->settings, "check-spelling", self->check, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "check-spelling", self->language, "sensitive", G_SETTINGS_BIND_GET);
  g_signal_connect (self->language, "map", G_CALLBACK (octavo_choice_row_name), NULL);
  g_signal_connect_after (self->language, "notify::selected", G_CALLBACK (octavo_choice_row_name), NULL);
  g_signal_connect_object (self->settings, "changed::spelling-language", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (spelling, "changed", G_CALLBACK (on_spelling_changed), self, G_CONNECT_SWAPPED);
  update_languages (self);
  octavo_spelling_want_languages (spelling);
}
