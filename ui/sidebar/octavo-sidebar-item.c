/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-sidebar-item.h"

#include <string.h>

/* Rows of the sidebar are objects that stay while what they show changes, so that a count that grows is no change of
 * the list. */
struct _OctavoSidebarItem
{
  GObject parent_instance;

  OctavoScope scope;
  OctavoTag *tag;            /* (nullable) */
  OctavoSavedSearch *search; /* (nullable) */
  char *name;
  const char *label; /* in it */
  char *icon_name;
  char *color;
  guint depth;
  OctavoExpander expander;
  gint64 count;
  gboolean first_of_section;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_LABEL,
  PROP_ICON_NAME,
  PROP_COLOR,
  PROP_DEPTH,
  PROP_EXPANDER,
  PROP_COUNT,
  PROP_COUNT_TEXT,
  PROP_FIRST_OF_SECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OctavoSidebarItem, octavo_sidebar_item, G_TYPE_OBJECT)

static void
octavo_sidebar_item_finalize (GObject *object)
{
  OctavoSidebarItem *self = OCTAVO_SIDEBAR_ITEM (object);

  g_clear_object (&self->tag);
  g_clear_object (&self->search);
  g_free (self->name);
  g_free (self->icon_name);
  g_free (self->color);

  G_OBJECT_CLASS (octavo_sidebar_item_parent_class)->finalize (object);
}

static void
octavo_sidebar_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OctavoSidebarItem *self = OCTAVO_SIDEBAR_ITEM (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_COLOR:
      g_value_set_string (value, self->color);
      break;
    case PROP_DEPTH:
      g_value_set_uint (value, self->depth);
      break;
    case PROP_EXPANDER:
      g_value_set_int (value, (int) self->expander);
      break;
    case PROP_COUNT:
      g_value_set_int64 (value, self->count);
      break;
    case PROP_COUNT_TEXT:
      g_value_take_string (value,
                           self->count > 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT, self->count) : g_strdup (""));
      break;
    case PROP_FIRST_OF_SECTION:
      g_value_set_boolean (value, self->first_of_section);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_sidebar_item_class_init (OctavoSidebarItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = octavo_sidebar_item_finalize;
  object_class->get_property = octavo_sidebar_item_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, "", flags);
  properties[PROP_DEPTH] = g_param_spec_uint ("depth", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_EXPANDER] = g_param_spec_int ("expander", NULL, NULL, OCTAVO_EXPANDER_NONE, OCTAVO_EXPANDER_EXPANDED,
                                                OCTAVO_EXPANDER_NONE, flags);
  properties[PROP_COUNT] = g_param_spec_int64 ("count", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_COUNT_TEXT] = g_param_spec_string ("count-text", NULL, NULL, "", flags);
  properties[PROP_FIRST_OF_SECTION] = g_param_spec_boolean ("first-of-section", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_sidebar_item_init (OctavoSidebarItem *self)
{
  self->count = -1;
  self->color = g_strdup ("");
}

/**
 * octavo_sidebar_item_new:
 * @scope: which notes are there
 * @name: what the place is called
 * @icon_name: its icon
 *
 * Makes a row whose count is not known yet.
 *
 * Returns: (transfer full): the row
 */
OctavoSidebarItem *
octavo_sidebar_item_new (const OctavoScope *scope, const char *name, const char *icon_name)
{
  OctavoSidebarItem *self;

  g_return_val_if_fail (scope != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_SIDEBAR_ITEM, NULL);
  self->scope = *scope;
  self->name = g_strdup (name);
  self->label = self->name;
  self->icon_name = g_strdup (icon_name);

  return self;
}

/**
 * octavo_sidebar_item_get_search:
 *
 * Returns: (transfer none) (nullable): the search that finds the notes that are there
 */
OctavoSavedSearch *
octavo_sidebar_item_get_search (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), NULL);

  return self->search;
}

/**
 * octavo_sidebar_item_get_tag:
 *
 * Returns: (transfer none) (nullable): the tag whose notes are there
 */
OctavoTag *
octavo_sidebar_item_get_tag (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), NULL);

  return self->tag;
}

static void
octavo_sidebar_item_set_color (OctavoSidebarItem *self, const char *color)
{
  if (g_str_equal (self->color, color))
    return;

  g_free (self->color);
  self->color = g_strdup (color);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
}

/* What is shown is the part of a tag's path that the rows above it do not say. */
static void
octavo_sidebar_item_set_name (OctavoSidebarItem *self, const char *name)
{
  const char *slash = NULL;

  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  if (self->tag != NULL)
    slash = strrchr (self->name, '/');
  self->label = slash != NULL ? slash + 1 : self->name;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
octavo_sidebar_item_on_search_renamed (OctavoSidebarItem *self)
{
  octavo_sidebar_item_set_name (self, octavo_saved_search_get_name (self->search));
}

/**
 * octavo_sidebar_item_new_for_search:
 * @search: a search
 *
 * Makes the row of a saved search, which looks among all notes.
 *
 * Returns: (transfer full): the row
 */
OctavoSidebarItem *
octavo_sidebar_item_new_for_search (OctavoSavedSearch *search)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  OctavoSidebarItem *self;

  g_return_val_if_fail (OCTAVO_IS_SAVED_SEARCH (search), NULL);

  self = octavo_sidebar_item_new (&all, octavo_saved_search_get_name (search), "folder-saved-search-symbolic");
  self->search = g_object_ref (search);
  g_signal_connect_object (search, "notify::name", G_CALLBACK (octavo_sidebar_item_on_search_renamed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * octavo_sidebar_item_set_tag:
 * @tag: a tag
 * @user_id: whose notes are counted; 0: everyone's
 *
 * Makes it the row of a tag, or of the tag that it has become.
 */
void
octavo_sidebar_item_set_tag (OctavoSidebarItem *self, OctavoTag *tag, gint64 user_id)
{
  gboolean is_path;

  g_return_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self));
  g_return_if_fail (OCTAVO_IS_TAG (tag));

  if (!g_set_object (&self->tag, tag))
    return;

  is_path = octavo_tag_is_path (tag);
  self->scope = (OctavoScope){
    .place = OCTAVO_PLACE_TAG,
    .tag_id = is_path ? 0 : octavo_tag_get_id (tag),
    .tag_path = is_path ? g_intern_string (octavo_tag_get_folded_name (tag)) : NULL,
  };
  octavo_sidebar_item_set_name (self, octavo_tag_get_name (tag));
  octavo_sidebar_item_update_tag (self, user_id);
}

/**
 * octavo_sidebar_item_update_tag:
 * @user_id: whose notes are counted; 0: everyone's
 *
 * Shows the colour and the count that its tag has now.
 */
void
octavo_sidebar_item_update_tag (OctavoSidebarItem *self, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self));
  g_return_if_fail (self->tag != NULL);

  octavo_sidebar_item_set_color (self, octavo_tag_get_color (self->tag));
  octavo_sidebar_item_set_count (self, octavo_tag_get_n_notes_of_user (self->tag, user_id));
}

/**
 * octavo_sidebar_item_get_scope:
 *
 * Returns: (transfer none): which notes are there
 */
const OctavoScope *
octavo_sidebar_item_get_scope (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), NULL);

  return &self->scope;
}

/**
 * octavo_sidebar_item_get_name:
 *
 * Returns: what the place is called: the whole path of a tag
 */
const char *
octavo_sidebar_item_get_name (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), NULL);

  return self->name;
}

/**
 * octavo_sidebar_item_get_label:
 *
 * Returns: what is shown: the part of a tag's path that the rows above it do not say
 */
const char *
octavo_sidebar_item_get_label (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), NULL);

  return self->label;
}

/**
 * octavo_sidebar_item_get_depth:
 *
 * Returns: how many rows it stands under
 */
guint
octavo_sidebar_item_get_depth (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), 0);

  return self->depth;
}

/**
 * octavo_sidebar_item_get_icon_name:
 *
 * Returns: its icon
 */
const char *
octavo_sidebar_item_get_icon_name (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), NULL);

  return self->icon_name;
}

/**
 * octavo_sidebar_item_get_color:
 *
 * Returns: the name of the tag's colour, "" for none
 */
const char *
octavo_sidebar_item_get_color (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), NULL);

  return self->color;
}

/**
 * octavo_sidebar_item_get_expander:
 *
 * Returns: whether there are rows under it
 */
OctavoExpander
octavo_sidebar_item_get_expander (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), OCTAVO_EXPANDER_NONE);

  return self->expander;
}

/**
 * octavo_sidebar_item_set_place:
 * @depth: how many rows it stands under
 * @expander: whether there are rows under it
 * @first: whether it is the first of its section
 *
 * Puts the row to its place in the tree.
 */
void
octavo_sidebar_item_set_place (OctavoSidebarItem *self, guint depth, OctavoExpander expander, gboolean first)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self));

  if (self->depth != depth)
    {
      self->depth = depth;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEPTH]);
    }
  if (self->expander != expander)
    {
      self->expander = expander;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDER]);
    }
  if (self->first_of_section != first)
    {
      self->first_of_section = first;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIRST_OF_SECTION]);
    }
}

/**
 * octavo_sidebar_item_get_count:
 *
 * Returns: how many notes are there; -1 where that is not known yet
 */
gint64
octavo_sidebar_item_get_count (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), -1);

  return self->count;
}

/**
 * octavo_sidebar_item_set_count:
 * @count: how many notes are there
 *
 * Sets what the badge says.
 */
void
octavo_sidebar_item_set_count (OctavoSidebarItem *self, gint64 count)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self));

  if (self->count == count)
    return;

  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT_TEXT]);
}

/**
 * octavo_sidebar_item_get_first_of_section:
 *
 * Returns: whether a line is drawn above it
 */
gboolean
octavo_sidebar_item_get_first_of_section (OctavoSidebarItem *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ITEM (self), FALSE);

  return self->first_of_section;
}
