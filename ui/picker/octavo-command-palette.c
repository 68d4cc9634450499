/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "octavo-actions.h"
#include "octavo-command-palette.h"
#include "octavo-fold.h"
#include "octavo-note-view.h"
#include "octavo-settings.h"

#define RECENT     "recent-commands"
#define MAX_RECENT 8

struct _OctavoCommandPalette
{
  OctavoPicker parent_instance;

  GtkApplicationWindow *window; /* weak: what the commands are done to */
  GStrv recent;                 /* detailed names, the last one first */
  GPtrArray *added;             /* of OctavoAction, which are not in the table */
};

/* A command that fits, and how well: less is better. */
typedef struct
{
  const OctavoAction *action;
  guint rank;
  guint order;
} Offer;

G_DEFINE_FINAL_TYPE (OctavoCommandPalette, octavo_command_palette, OCTAVO_TYPE_PICKER)

static gboolean
can_write (GtkWidget *focus)
{
  return OCTAVO_IS_NOTE_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus));
}

/* What belongs to a widget is there as long as the widget has the focus, and says itself whether it can be done. */
static gboolean
can_be_done (OctavoCommandPalette *self, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GActionGroup *group = NULL;

  if (self->window == NULL || !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return FALSE;
  if (g_str_has_prefix (name, "win."))
    group = G_ACTION_GROUP (self->window);
  else if (g_str_has_prefix (name, "app."))
    group = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (self->window)));
  if (g_str_has_prefix (name, "markdown."))
    return can_write (gtk_window_get_focus (GTK_WINDOW (self->window)));
  if (group == NULL)
    return !g_str_has_prefix (name, "text.") || GTK_IS_TEXT_VIEW (gtk_window_get_focus (GTK_WINDOW (self->window))) ||
           GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (self->window)));
  return g_action_group_get_action_enabled (group, strchr (name, '.') + 1);
}

static guint
get_recency (OctavoCommandPalette *self, const char *detailed)
{
  guint place = 0;

  while (self->recent[place] != NULL && strcmp (self->recent[place], detailed) != 0)
    place++;
  return self->recent[place] != NULL ? place : MAX_RECENT;
}

/* Words of the text may begin anywhere in the title; a title that begins with the text fits best. */
static gboolean
fits (const char *title, const char *text, guint *rank)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (title, words[i]) == NULL)
      return FALSE;
  *rank = g_str_has_prefix (title, text) ? 0 : strstr (title, text) != NULL ? 1 : 2;
  return TRUE;
}

static int
compare_offers (gconstpointer a, gconstpointer b)
{
  const Offer *one = a;
  const Offer *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  return one->order < other->order ? -1 : one->order > other->order;
}

static gboolean
is_among (GArray *offers, const char *detailed)
{
  for (guint i = 0; i < offers->len; i++)
    if (strcmp (g_array_index (offers, Offer, i).action->action, detailed) == 0)
      return TRUE;
  return FALSE;
}

static void
offer_action (OctavoCommandPalette *self, GArray *offers, const OctavoAction *action, const char *text)
{
  g_autofree char *title = octavo_fold_string (_ (action->title));
  Offer offer = { action, 0, offers->len };
  guint fit;

  if (action->action == NULL || action->place == OCTAVO_KEYS_NUMBERED ||
      strcmp (action->action, OCTAVO_ACTION_COMMANDS) == 0 || !fits (title, text, &fit) ||
      is_among (offers, action->action) || !can_be_done (self, action->action))
    return;
  offer.rank = fit * (MAX_RECENT + 1) + get_recency (self, action->action);
  g_array_append_val (offers, offer);
}

static GArray *
find_offers (OctavoCommandPalette *self, const char *text)
{
  GArray *offers = g_array_new (FALSE, FALSE, sizeof (Offer));
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    offer_action (self, offers, &actions[i], text);
  for (guint i = 0; i < self->added->len; i++)
    offer_action (self, offers, self->added->pdata[i], text);
  g_array_sort (offers, compare_offers);
  return offers;
}

static OctavoPickerItem *
make_item (const OctavoAction *action)
{
  g_auto (GStrv) keys = g_strsplit (action->keys, " ", -1);
  g_autofree char *label = NULL;
  GdkModifierType modifiers;
  guint key;

  if (keys[0] != NULL && gtk_accelerator_parse (keys[0], &key, &modifiers))
    label = gtk_accelerator_get_label (key, modifiers);
  return octavo_picker_item_new (_ (action->title), _ (action->group), label, g_variant_new_string (action->action));
}

static void
octavo_command_palette_text_changed (OctavoPicker *picker, const char *text)
{
  OctavoCommandPalette *self = OCTAVO_COMMAND_PALETTE (picker);
  g_autofree char *folded = g_strstrip (octavo_fold_string (text));
  g_autoptr (GArray) offers = find_offers (self, folded);
  g_autoptr (GListStore) items = g_list_store_new (OCTAVO_TYPE_PICKER_ITEM);

  for (guint i = 0; i < offers->len; i++)
    {
      g_autoptr (OctavoPickerItem) item = make_item (g_array_index (offers, Offer, i).action);

      g_list_store_append (items, item);
    }
  octavo_picker_set_items (picker, G_LIST_MODEL (items), _ ("No command has such a name."));
}

static void
remember (OctavoCommandPalette *self, const char *detailed)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) recent = NULL;
  GSettings *settings = octavo_settings_get ();

  g_strv_builder_add (builder, detailed);
  for (guint i = 0; i < MAX_RECENT - 1 && self->recent[i] != NULL; i++)
    if (strcmp (self->recent[i], detailed) != 0)
      g_strv_builder_add (builder, self->recent[i]);
  recent = g_strv_builder_end (builder);
  if (settings != NULL)
    g_settings_set_strv (settings, RECENT, (const char *const *) recent);
}

/* From the widget that has the focus, so that those of a text are found, too. */
static void
octavo_command_palette_picked (OctavoPicker *picker, OctavoPickerItem *item)
{
  OctavoCommandPalette *self = OCTAVO_COMMAND_PALETTE (picker);
  const char *detailed = g_variant_get_string (octavo_picker_item_get_value (item), NULL);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkWidget *focus;

  remember (self, detailed);
  if (self->window == NULL || !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;
  focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  gtk_widget_activate_action_variant (focus != NULL ? focus : GTK_WIDGET (self->window), name, target);
}

static void
octavo_command_palette_finalize (GObject *object)
{
  OctavoCommandPalette *self = OCTAVO_COMMAND_PALETTE (object);

  g_clear_weak_pointer (&self->window);
  g_strfreev (self->recent);
  g_ptr_array_unref (self->added);
  G_OBJECT_CLASS (octavo_command_palette_parent_class)->finalize (object);
}

static void
octavo_command_palette_class_init (OctavoCommandPaletteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = octavo_command_palette_finalize;
  OCTAVO_PICKER_CLASS (klass)->text_changed = octavo_command_palette_text_changed;
  OCTAVO_PICKER_CLASS (klass)->picked = octavo_command_palette_picked;
}

static void
added_free (gpointer data)
{
  OctavoAction *action = data;

  g_free ((char *) action->title);
  g_free ((char *) action->action);
  g_free ((char *) action->keys);
  g_free (action);
}

static void
octavo_command_palette_init (OctavoCommandPalette *self)
{
  GSettings *settings = octavo_settings_get ();

  self->added = g_ptr_array_new_with_free_func (added_free);
  self->recent = settings != NULL ? g_settings_get_strv (settings, RECENT) : g_new0 (char *, 1);
}

/**
 * octavo_command_palette_new:
 *
 * Returns: (transfer none): a window that is not shown yet, owned by GTK
 */
OctavoCommandPalette *
octavo_command_palette_new (void)
{
  return g_object_new (OCTAVO_TYPE_COMMAND_PALETTE, NULL);
}

/**
 * octavo_command_palette_add:
 * @self: a window that was not shown yet
 * @group: (not nullable): a string constant, as in the table of actions
 * @title: what it is called, translated
 * @action: a detailed name
 * @keys: as in the table; "" for none
 *
 * Offers a command that is not in the table of actions.
 */
void
octavo_command_palette_add (OctavoCommandPalette *self,
                            const char *group,
                            const char *title,
                            const char *action,
                            const char *keys)
{
  OctavoAction *added;

  g_return_if_fail (OCTAVO_IS_COMMAND_PALETTE (self));
  g_return_if_fail (group != NULL && title != NULL && action != NULL && keys != NULL);

  added = g_new0 (OctavoAction, 1);
  added->group = group;
  added->title = g_strdup (title);
  added->action = g_strdup (action);
  added->keys = g_strdup (keys);
  added->place = OCTAVO_KEYS_NONE;
  g_ptr_array_add (self->added, added);
}

/**
 * octavo_command_palette_present:
 * @self: a window that was not shown yet
 * @over: what the commands are done to
 *
 * Shows it, with all commands that can be done now.
 */
void
octavo_command_palette_present (OctavoCommandPalette *self, GtkApplicationWindow *over)
{
  g_return_if_fail (OCTAVO_IS_COMMAND_PALETTE (self) && GTK_IS_APPLICATION_WINDOW (over));

  g_set_weak_pointer (&self->window, over);
  octavo_picker_present (OCTAVO_PICKER (self), GTK_WINDOW (over), _ ("Command"), _ ("Name of a command"));
}
