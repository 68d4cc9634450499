/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-sidebar-tags.h"

#include <string.h>

/* Tags are of the file, and not of a user: to whom one means nothing, it has no row, unless it is selected. One that
 * nobody uses, which was given a colour, is everyone's. */

struct _OctavoSidebarTags
{
  GCallback on_hidden_changed; /* called with the owner: one that is hidden may be to be shown */
  gpointer owner;
  gint64 user_id;     /* 0: everyone */
  char *kept;         /* (nullable) the folded name of one that is shown, whoever uses it */
  GHashTable *hidden; /* of OctavoTag, a set */
};

static gboolean
is_shown (OctavoSidebarTags *self, OctavoTag *tag)
{
  const char *path = octavo_tag_get_folded_name (tag);

  return octavo_tag_get_n_notes_of_user (tag, self->user_id) > 0 || octavo_tag_get_n_notes_in_tree (tag) == 0 ||
         (self->kept != NULL && (g_str_equal (self->kept, path) || octavo_sidebar_tags_is_under (self->kept, path)));
}

static void
hide (OctavoSidebarTags *self, OctavoTag *tag)
{
  if (g_hash_table_add (self->hidden, tag))
    g_signal_connect_swapped (g_object_ref (tag), "notify::n-notes-in-tree", self->on_hidden_changed, self->owner);
}

static void
leave (OctavoSidebarTags *self, OctavoTag *tag)
{
  g_signal_handlers_disconnect_by_func (tag, self->on_hidden_changed, self->owner);
  g_object_unref (tag);
}

/**
 * octavo_sidebar_tags_new:
 * @on_hidden_changed: called with @owner where one that has no row may be to have one
 * @owner: for @on_hidden_changed
 *
 * Returns: (transfer full): what shows all tags
 */
OctavoSidebarTags *
octavo_sidebar_tags_new (GCallback on_hidden_changed, gpointer owner)
{
  OctavoSidebarTags *self = g_new0 (OctavoSidebarTags, 1);

  self->on_hidden_changed = on_hidden_changed;
  self->owner = owner;
  self->hidden = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * octavo_sidebar_tags_clear:
 * @self: the tags
 *
 * Lets go of the tags that have no rows.
 */
void
octavo_sidebar_tags_clear (OctavoSidebarTags *self)
{
  GHashTableIter iter;
  gpointer tag;

  g_hash_table_iter_init (&iter, self->hidden);
  while (g_hash_table_iter_next (&iter, &tag, NULL))
    {
      g_hash_table_iter_remove (&iter);
      leave (self, tag);
    }
}

/**
 * octavo_sidebar_tags_free:
 * @self: the tags
 */
void
octavo_sidebar_tags_free (OctavoSidebarTags *self)
{
  octavo_sidebar_tags_clear (self);
  g_hash_table_unref (self->hidden);
  g_free (self->kept);
  g_free (self);
}

/**
 * octavo_sidebar_tags_get_user:
 * @self: the tags
 *
 * Returns: whose notes are shown; 0: everyone's
 */
gint64
octavo_sidebar_tags_get_user (OctavoSidebarTags *self)
{
  return self->user_id;
}

/**
 * octavo_sidebar_tags_set_user:
 * @self: the tags
 * @user_id: a user; 0: everyone
 *
 * Returns: whether it was another one before
 */
gboolean
octavo_sidebar_tags_set_user (OctavoSidebarTags *self, gint64 user_id)
{
  if (self->user_id == user_id)
    return FALSE;
  self->user_id = user_id;
  return TRUE;
}

/**
 * octavo_sidebar_tags_keep:
 * @self: the tags
 * @name: (nullable): the name of a tag, in any case
 *
 * Has one tag, and those above it, have a row whoever uses it.
 *
 * Returns: whether it was another one before, and somebody's notes are shown
 */
gboolean
octavo_sidebar_tags_keep (OctavoSidebarTags *self, const char *name)
{
  g_autofree char *folded = name != NULL ? octavo_tag_fold_name (name) : NULL;

  if (g_strcmp0 (self->kept, folded) == 0)
    return FALSE;
  g_free (self->kept);
  self->kept = g_steal_pointer (&folded);
  return self->user_id != 0;
}

/**
 * octavo_sidebar_tags_list:
 * @self: the tags
 * @tags: (element-type OctavoTag): all tags
 * @at_once: how many may get a row, or lose it
 * @has_more: (out): whether others are to, when this is next called
 *
 * Returns: (transfer full) (element-type OctavoTag): those that have rows, unless they are under a closed branch
 */
GPtrArray *
octavo_sidebar_tags_list (OctavoSidebarTags *self, GListModel *tags, guint at_once, gboolean *has_more)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) hidden = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  guint n_tags = g_list_model_get_n_items (tags);
  guint n_changed = 0;
  GHashTableIter iter;
  gpointer tag;

  for (guint i = 0; i < n_tags; i++)
    {
      gboolean was_hidden, is_hidden;

      tag = g_list_model_get_item (tags, i);
      was_hidden = g_hash_table_contains (self->hidden, tag);
      is_hidden = !is_shown (self, tag);
      if (is_hidden != was_hidden && n_changed++ >= at_once)
        is_hidden = was_hidden;
      if (!is_hidden)
        g_ptr_array_add (shown, tag);
      else
        g_hash_table_add (hidden, tag);
    }
  *has_more = n_changed > at_once;
  g_hash_table_iter_init (&iter, self->hidden);
  while (g_hash_table_iter_next (&iter, &tag, NULL))
    if (!g_hash_table_contains (hidden, tag))
      {
        g_hash_table_iter_remove (&iter);
        leave (self, tag);
      }
  g_hash_table_iter_init (&iter, hidden);
  while (g_hash_table_iter_next (&iter, &tag, NULL))
    hide (self, tag);
  return shown;
}

/**
 * octavo_sidebar_tags_find_hidden:
 * @self: the tags
 * @scope: a place
 *
 * Returns: (transfer none) (nullable): the tag of the place, where it is one that has no row
 */
OctavoTag *
octavo_sidebar_tags_find_hidden (OctavoSidebarTags *self, const OctavoScope *scope)
{
  GHashTableIter iter;
  gpointer tag;

  g_hash_table_iter_init (&iter, self->hidden);
  while (scope->place == OCTAVO_PLACE_TAG && g_hash_table_iter_next (&iter, &tag, NULL))
    if (octavo_tag_get_id (tag) == scope->tag_id || g_strcmp0 (octavo_tag_get_folded_name (tag), scope->tag_path) == 0)
      return tag;
  return NULL;
}

/**
 * octavo_sidebar_tags_is_under:
 * @path: the folded name of a tag
 * @parent: that of another
 *
 * Returns: whether the one stands under the other in the tree
 */
gboolean
octavo_sidebar_tags_is_under (const char *path, const char *parent)
{
  gsize length = strlen (parent);

  return strncmp (path, parent, length) == 0 && path[length] == '/';
}
