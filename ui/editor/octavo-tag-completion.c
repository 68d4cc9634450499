/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-tag-completion.h"

#include "octavo-offer-list.h"
#include "octavo-tag.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Names that begin with what is typed come before those that have it further on, the way one looks a word up. */

struct _OctavoTagCompletion
{
  GtkPopover parent_instance;

  GListModel *tags;
  GtkListBox *list;
  guint n_offers;
};

G_DEFINE_FINAL_TYPE (OctavoTagCompletion, octavo_tag_completion, GTK_TYPE_POPOVER)

enum
{
  PROP_0,
  PROP_TAGS,
  N_PROPS
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
add_offer (OctavoTagCompletion *self, const char *name)
{
  octavo_offer_list_add (self->list, name);
  self->n_offers++;
}

static gboolean
is_among (const char *folded, const char *const *names)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *other = octavo_tag_fold_name (names[i]);

      if (strcmp (other, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Those with the word at their start, or else those with it further on. */
static void
add_matches (OctavoTagCompletion *self, const char *word, gboolean at_start, const char *const *besides)
{
  guint n = self->tags != NULL ? g_list_model_get_n_items (self->tags) : 0;

  for (guint i = 0; i < n && self->n_offers < OCTAVO_TAG_COMPLETION_MAX; i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (self->tags, i);
      g_autofree char *folded = octavo_tag_fold_name (octavo_tag_get_name (tag));
      const char *found = strstr (folded, word);

      if (found != NULL && (found == folded) == at_start && !is_among (folded, besides))
        add_offer (self, octavo_tag_get_name (tag));
    }
}

static void
on_row_activated (OctavoTagCompletion *self, GtkListBoxRow *row)
{
  g_autofree char *name = g_strdup (octavo_offer_list_get_word (row));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, name);
}

static void
octavo_tag_completion_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TAGS:
      g_value_set_object (value, OCTAVO_TAG_COMPLETION (object)->tags);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_tag_completion_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TAGS:
      octavo_tag_completion_set_tags (OCTAVO_TAG_COMPLETION (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_tag_completion_dispose (GObject *object)
{
  g_clear_object (&OCTAVO_TAG_COMPLETION (object)->tags);
  G_OBJECT_CLASS (octavo_tag_completion_parent_class)->dispose (object);
}

static void
octavo_tag_completion_class_init (OctavoTagCompletionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_tag_completion_get_property;
  object_class->set_property = octavo_tag_completion_set_property;
  object_class->dispose = octavo_tag_completion_dispose;

  properties[PROP_TAGS] = g_param_spec_object ("tags", NULL, NULL, G_TYPE_LIST_MODEL,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", OCTAVO_TYPE_TAG_COMPLETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
octavo_tag_completion_init (OctavoTagCompletion *self)
{
  self->list = octavo_offer_list_new (GTK_POPOVER (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Matching tags"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
}

/**
 * octavo_tag_completion_new:
 *
 * Returns: (transfer floating): a completion that knows no tags yet
 */
GtkWidget *
octavo_tag_completion_new (void)
{
  return g_object_new (OCTAVO_TYPE_TAG_COMPLETION, NULL);
}

/**
 * octavo_tag_completion_set_tags:
 * @self: a completion
 * @tags: (nullable) (element-type OctavoTag): what can be offered
 *
 * Sets the tags to choose from.
 */
void
octavo_tag_completion_set_tags (OctavoTagCompletion *self, GListModel *tags)
{
  g_return_if_fail (OCTAVO_IS_TAG_COMPLETION (self));

  if (g_set_object (&self->tags, tags))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TAGS]);
}

/**
 * octavo_tag_completion_offer:
 * @self: a completion
 * @typed: what was typed; "" offers nothing
 * @besides: (nullable): names not to offer, as they are there already
 *
 * Shows the tags that fit what is typed, none of them selected; hides where there are none.
 */
void
octavo_tag_completion_offer (OctavoTagCompletion *self, const char *typed, const char *const *besides)
{
  g_autofree char *stripped = NULL;
  g_autofree char *word = NULL;

  g_return_if_fail (OCTAVO_IS_TAG_COMPLETION (self));
  g_return_if_fail (typed != NULL);

  octavo_offer_list_clear (self->list);
  self->n_offers = 0;
  stripped = g_strstrip (g_strdup (typed));
  word = octavo_tag_fold_name (*stripped == '#' ? stripped + 1 : stripped);
  if (*word != '\0')
    {
      add_matches (self, word, TRUE, besides);
      add_matches (self, word, FALSE, besides);
    }
  if (self->n_offers > 0)
    gtk_popover_popup (GTK_POPOVER (self));
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

/**
 * octavo_tag_completion_move:
 * @self: a completion
 * @step: 1 for the next, -1 for the one before
 *
 * Selects another of the offers; going up from the first selects none.
 *
 * Returns: whether there are any
 */
gboolean
octavo_tag_completion_move (OctavoTagCompletion *self, int step)
{
  GtkListBoxRow *row;
  int index;

  g_return_val_if_fail (OCTAVO_IS_TAG_COMPLETION (self), FALSE);

  if (self->n_offers == 0)
    return FALSE;
  row = gtk_list_box_get_selected_row (self->list);
  index = CLAMP ((row != NULL ? gtk_list_box_row_get_index (row) : -1) + step, -1, (int) self->n_offers - 1);
  gtk_list_box_select_row (self->list, index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL);
  return TRUE;
}

/**
 * octavo_tag_completion_get_selected:
 * @self: a completion
 *
 * Returns: (nullable) (transfer none): the name that was moved to
 */
const char *
octavo_tag_completion_get_selected (OctavoTagCompletion *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (OCTAVO_IS_TAG_COMPLETION (self), NULL);
  row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? octavo_offer_list_get_word (row) : NULL;
}

/**
 * octavo_tag_completion_get_n_offers:
 * @self: a completion
 *
 * Returns: how many tags are offered
 */
guint
octavo_tag_completion_get_n_offers (OctavoTagCompletion *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG_COMPLETION (self), 0);
  return self->n_offers;
}
