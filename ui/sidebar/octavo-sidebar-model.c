/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "octavo-sidebar-model.h"

#include "octavo-sidebar-rows.h"
#include "octavo-sidebar-tags.h"

#define RECOUNT_AT_ONCE 16 /* rows, and a frame of time between them */
#define RECOUNT_PAUSE   20 /* milliseconds */

/* A list with levels, and not a GtkTreeListModel: that makes a list model for each tag that has some under it, and the
 * selection would walk all of them. Rows stay the same objects while their tags do. */
struct _OctavoSidebarModel
{
  GObject parent_instance;

  GListModel *tags; /* (nullable) until it is given */
  OctavoSidebarTags *shown_tags;
  GListModel *searches;  /* the same */
  GPtrArray *items;      /* of OctavoSidebarItem */
  GHashTable *by_id;     /* of these, by the id of the tag */
  GHashTable *collapsed; /* folded names: a set */

  GHashTable *recounted; /* of OctavoTag, a set: whose rows are still to be told */
  guint recount_source;
};

static void octavo_sidebar_model_list_model_init (GListModelInterface *iface);
static gboolean octavo_sidebar_model_update_some (OctavoSidebarModel *self, guint at_once);
static void octavo_sidebar_model_update (OctavoSidebarModel *self);
static void octavo_sidebar_model_queue_recount (OctavoSidebarModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (OctavoSidebarModel,
                               octavo_sidebar_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, octavo_sidebar_model_list_model_init))

static GType
octavo_sidebar_model_get_item_type (GListModel *model)
{
  return OCTAVO_TYPE_SIDEBAR_ITEM;
}

static guint
octavo_sidebar_model_get_n_items (GListModel *model)
{
  return OCTAVO_SIDEBAR_MODEL (model)->items->len;
}

static gpointer
octavo_sidebar_model_get_item (GListModel *model, guint position)
{
  OctavoSidebarItem *item = octavo_sidebar_model_peek (OCTAVO_SIDEBAR_MODEL (model), position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
octavo_sidebar_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = octavo_sidebar_model_get_item_type;
  iface->get_n_items = octavo_sidebar_model_get_n_items;
  iface->get_item = octavo_sidebar_model_get_item;
}

/* ---- What changes of a tag ---- */

static OctavoSidebarItem *
octavo_sidebar_model_lookup (OctavoSidebarModel *self, OctavoTag *tag)
{
  gint64 id = octavo_tag_get_id (tag);

  return g_hash_table_lookup (self->by_id, &id);
}

static gboolean
octavo_sidebar_model_on_recount (gpointer user_data)
{
  g_autoptr (OctavoSidebarModel) self = g_object_ref (user_data);
  GHashTableIter iter;
  gpointer tag;

  g_hash_table_iter_init (&iter, self->recounted);
  for (guint i = 0; i < RECOUNT_AT_ONCE && g_hash_table_iter_next (&iter, &tag, NULL); i++)
    {
      OctavoSidebarItem *item = octavo_sidebar_model_lookup (self, tag);

      if (item != NULL)
        octavo_sidebar_item_update_tag (item, octavo_sidebar_tags_get_user (self->shown_tags));
      g_hash_table_iter_remove (&iter);
    }
  if (g_hash_table_size (self->recounted) > 0)
    return G_SOURCE_CONTINUE;
  self->recount_source = 0;
  /* Tags that somebody has begun to use, or uses no more. */
  if (octavo_sidebar_tags_get_user (self->shown_tags) != 0 && octavo_sidebar_model_update_some (self, RECOUNT_AT_ONCE))
    octavo_sidebar_model_queue_recount (self);
  return G_SOURCE_REMOVE;
}

static void
octavo_sidebar_model_queue_recount (OctavoSidebarModel *self)
{
  if (self->recount_source == 0)
    self->recount_source = g_timeout_add (RECOUNT_PAUSE, octavo_sidebar_model_on_recount, self);
}

/* An import changes the counts of all tags at once, each of which has a row laid out anew: told in one go it takes
 * longer than a frame. */
static void
octavo_sidebar_model_on_tag_changed (OctavoSidebarModel *self, GParamSpec *pspec, OctavoTag *tag)
{
  g_hash_table_add (self->recounted, g_object_ref (tag));
  octavo_sidebar_model_queue_recount (self);
}

static void
octavo_sidebar_model_set_item_tag (OctavoSidebarModel *self, OctavoSidebarItem *item, OctavoTag *tag)
{
  OctavoTag *before = octavo_sidebar_item_get_tag (item);

  if (before == tag)
    return;
  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, octavo_sidebar_model_on_tag_changed, self);
  g_signal_connect_object (tag, "notify::n-notes-in-tree", G_CALLBACK (octavo_sidebar_model_on_tag_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tag, "notify::color", G_CALLBACK (octavo_sidebar_model_on_tag_changed), self,
                           G_CONNECT_SWAPPED);
  octavo_sidebar_item_set_tag (item, tag, octavo_sidebar_tags_get_user (self->shown_tags));
}

/* ---- The tree ---- */

static guint
get_depth (const char *path)
{
  guint depth = 0;

  for (; *path != '\0'; path++)
    depth += *path == '/';
  return depth;
}

static gboolean
has_tree (GPtrArray *tags)
{
  for (guint i = 0; i < tags->len; i++)
    if (strchr (octavo_tag_get_folded_name (tags->pdata[i]), '/') != NULL)
      return TRUE;
  return FALSE;
}

/* (transfer full): the row that the tag has already, under its id, or by its name where that is now another's */
static OctavoSidebarItem *
octavo_sidebar_model_take_item (OctavoSidebarModel *self,
                                OctavoTag *tag,
                                GHashTable *taken,
                                GPtrArray *before,
                                GHashTable **by_path)
{
  const OctavoScope scope = { .place = OCTAVO_PLACE_TAG };
  OctavoSidebarItem *item = octavo_sidebar_model_lookup (self, tag);

  if (item != NULL && g_hash_table_add (taken, item))
    return g_object_ref (item);

  if (*by_path == NULL)
    {
      *by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < before->len; i++)
        {
          OctavoTag *known = octavo_sidebar_item_get_tag (before->pdata[i]);

          if (known != NULL)
            g_hash_table_insert (*by_path, g_strdup (octavo_tag_get_folded_name (known)), before->pdata[i]);
        }
    }
  item = g_hash_table_lookup (*by_path, octavo_tag_get_folded_name (tag));
  return item != NULL && g_hash_table_add (taken, item) ? g_object_ref (item)
                                                        : octavo_sidebar_item_new (&scope, NULL, "octavo-tag-symbolic");
}

static void
octavo_sidebar_model_add_searches (OctavoSidebarModel *self, GPtrArray *before, GPtrArray *after)
{
  guint n_searches = self->searches != NULL ? g_list_model_get_n_items (self->searches) : 0;

  for (guint i = 0; i < n_searches; i++)
    {
      g_autoptr (OctavoSavedSearch) search = g_list_model_get_item (self->searches, i);
      OctavoSidebarItem *item = NULL;

      for (guint j = OCTAVO_SIDEBAR_N_PLACES; j < before->len && item == NULL; j++)
        if (octavo_sidebar_item_get_search (before->pdata[j]) == search)
          item = g_object_ref (before->pdata[j]);
        else if (octavo_sidebar_item_get_search (before->pdata[j]) == NULL)
          break;
      if (item == NULL)
        item = octavo_sidebar_item_new_for_search (search);
      octavo_sidebar_item_set_place (item, 0, OCTAVO_EXPANDER_NONE, i == 0);
      g_ptr_array_add (after, item);
    }
}

static void
octavo_sidebar_model_add_tags (OctavoSidebarModel *self, GPtrArray *before, GPtrArray *after, GPtrArray *tags)
{
  guint first = after->len;
  g_autoptr (GHashTable) by_path = NULL;
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  OctavoExpander without = has_tree (tags) ? OCTAVO_EXPANDER_BLANK : OCTAVO_EXPANDER_NONE;
  const char *closed = NULL;

  for (guint i = 0; i < tags->len; i++)
    {
      OctavoTag *this = tags->pdata[i];
      OctavoTag *next = i + 1 < tags->len ? tags->pdata[i + 1] : NULL;
      const char *path = octavo_tag_get_folded_name (this);
      OctavoExpander expander = without;
      g_autoptr (OctavoSidebarItem) item = NULL;

      if (closed != NULL && octavo_sidebar_tags_is_under (path, closed))
        continue;
      closed = NULL;
      if (next != NULL && octavo_sidebar_tags_is_under (octavo_tag_get_folded_name (next), path))
        {
          closed = g_hash_table_lookup (self->collapsed, path);
          expander = closed != NULL ? OCTAVO_EXPANDER_COLLAPSED : OCTAVO_EXPANDER_EXPANDED;
        }
      item = octavo_sidebar_model_take_item (self, this, taken, before, &by_path);
      octavo_sidebar_model_set_item_tag (self, item, this);
      octavo_sidebar_item_set_place (item, get_depth (path), expander, after->len == first);
      g_ptr_array_add (after, g_steal_pointer (&item));
    }
}

/* tags: (nullable). The rows as they are to be now; all in before are still alive. */
static GPtrArray *
octavo_sidebar_model_make_items (OctavoSidebarModel *self, GPtrArray *before, GPtrArray *tags)
{
  GPtrArray *after = g_ptr_array_new_full (before->len, g_object_unref);

  for (guint i = 0; i < OCTAVO_SIDEBAR_N_PLACES; i++)
    g_ptr_array_add (after, g_object_ref (before->pdata[i]));
  octavo_sidebar_model_add_searches (self, before, after);
  if (tags != NULL)
    octavo_sidebar_model_add_tags (self, before, after, tags);
  return after;
}

static void
octavo_sidebar_model_index (OctavoSidebarModel *self, GPtrArray *items)
{
  g_hash_table_remove_all (self->by_id);
  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < items->len; i++)
    {
      OctavoTag *tag = octavo_sidebar_item_get_tag (items->pdata[i]);
      gint64 id = tag != NULL ? octavo_tag_get_id (tag) : 0;

      if (tag != NULL)
        g_hash_table_insert (self->by_id, g_memdup2 (&id, sizeof id), items->pdata[i]);
    }
}

/* Takes the tags as they are now: rows that were there stay the same objects. at_once: how many tags may get a row, or
 * lose it. Returns: whether others are to. */
static gboolean
octavo_sidebar_model_update_some (OctavoSidebarModel *self, guint at_once)
{
  gboolean has_more = FALSE;
  g_autoptr (GPtrArray) tags =
      self->tags != NULL ? octavo_sidebar_tags_list (self->shown_tags, self->tags, at_once, &has_more) : NULL;
  g_autoptr (GPtrArray) after = octavo_sidebar_model_make_items (self, self->items, tags);

  octavo_sidebar_model_index (self, after);
  octavo_sidebar_rows_change (G_LIST_MODEL (self), self->items, after);
  return has_more;
}

static void
octavo_sidebar_model_update (OctavoSidebarModel *self)
{
  octavo_sidebar_model_update_some (self, G_MAXUINT);
}

/* ---- The object ---- */

static void
octavo_sidebar_model_dispose (GObject *object)
{
  OctavoSidebarModel *self = OCTAVO_SIDEBAR_MODEL (object);

  if (self->tags != NULL)
    g_signal_handlers_disconnect_by_data (self->tags, self);
  g_clear_object (&self->tags);
  if (self->searches != NULL)
    g_signal_handlers_disconnect_by_data (self->searches, self);
  g_clear_object (&self->searches);
  g_clear_handle_id (&self->recount_source, g_source_remove);
  g_hash_table_remove_all (self->recounted);
  octavo_sidebar_tags_clear (self->shown_tags);

  G_OBJECT_CLASS (octavo_sidebar_model_parent_class)->dispose (object);
}

static void
octavo_sidebar_model_finalize (GObject *object)
{
  OctavoSidebarModel *self = OCTAVO_SIDEBAR_MODEL (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->collapsed);
  g_hash_table_unref (self->recounted);
  octavo_sidebar_tags_free (self->shown_tags);

  G_OBJECT_CLASS (octavo_sidebar_model_parent_class)->finalize (object);
}

static void
octavo_sidebar_model_class_init (OctavoSidebarModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = octavo_sidebar_model_dispose;
  object_class->finalize = octavo_sidebar_model_finalize;
}

static void
octavo_sidebar_model_init (OctavoSidebarModel *self)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  const OctavoScope untagged = { .place = OCTAVO_PLACE_UNTAGGED };
  const OctavoScope trash = { .place = OCTAVO_PLACE_TRASH };

  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->collapsed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->recounted = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->shown_tags = octavo_sidebar_tags_new ((GCallback) octavo_sidebar_model_queue_recount, self);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->items, octavo_sidebar_item_new (&all, _ ("All notes"), "octavo-notes-symbolic"));
  g_ptr_array_add (self->items, octavo_sidebar_item_new (&untagged, _ ("Untagged"), "octavo-untagged-symbolic"));
  g_ptr_array_add (self->items, octavo_sidebar_item_new (&trash, _ ("Trash"), "user-trash-symbolic"));
}

/**
 * octavo_sidebar_model_new:
 *
 * Makes the rows of a sidebar that has no tags yet.
 *
 * Returns: (transfer full): the model
 */
OctavoSidebarModel *
octavo_sidebar_model_new (void)
{
  return g_object_new (OCTAVO_TYPE_SIDEBAR_MODEL, NULL);
}

/**
 * octavo_sidebar_model_set_tags:
 * @tags: (transfer none): of #OctavoTag, children right after their parents, none without one
 *
 * Gives each tag a row; the rows follow the tags from now on. Once only.
 */
void
octavo_sidebar_model_set_tags (OctavoSidebarModel *self, GListModel *tags)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self));
  g_return_if_fail (G_IS_LIST_MODEL (tags));
  g_return_if_fail (self->tags == NULL);

  self->tags = g_object_ref (tags);
  g_signal_connect_swapped (tags, "items-changed", G_CALLBACK (octavo_sidebar_model_update), self);
  octavo_sidebar_model_update (self);
}

/**
 * octavo_sidebar_model_set_searches:
 * @searches: (transfer none): of #OctavoSavedSearch
 *
 * Gives each saved search a row; the rows follow the searches from now on. Once only.
 */
void
octavo_sidebar_model_set_searches (OctavoSidebarModel *self, GListModel *searches)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self));
  g_return_if_fail (G_IS_LIST_MODEL (searches));
  g_return_if_fail (self->searches == NULL);

  self->searches = g_object_ref (searches);
  g_signal_connect_swapped (searches, "items-changed", G_CALLBACK (octavo_sidebar_model_update), self);
  octavo_sidebar_model_update (self);
}

/**
 * octavo_sidebar_model_set_user:
 * @user_id: a user; 0: everyone
 *
 * Counts the notes of a user. Tags that only others use have no rows.
 */
void
octavo_sidebar_model_set_user (OctavoSidebarModel *self, gint64 user_id)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self));

  if (!octavo_sidebar_tags_set_user (self->shown_tags, user_id) || self->tags == NULL)
    return;
  octavo_sidebar_model_update (self);
  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < self->items->len; i++)
    {
      OctavoTag *tag = octavo_sidebar_item_get_tag (self->items->pdata[i]);

      if (tag != NULL)
        octavo_sidebar_model_on_tag_changed (self, NULL, tag);
    }
}

/**
 * octavo_sidebar_model_keep:
 * @name: (nullable): the name of a tag, in any case
 *
 * Has a tag keep its row, or get one, whoever uses it: it is selected, or is to be. The one before needs none any more.
 */
void
octavo_sidebar_model_keep (OctavoSidebarModel *self, const char *name)
{
  guint position;

  g_return_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self));

  if (!octavo_sidebar_tags_keep (self->shown_tags, name) || self->tags == NULL)
    return;
  if (name != NULL && !octavo_sidebar_model_find_tag (self, name, &position))
    octavo_sidebar_model_update (self);
  else
    octavo_sidebar_model_queue_recount (self); /* who asks for this may be in the middle of a selection */
}

/**
 * octavo_sidebar_model_reveal:
 * @scope: a place
 * @position: (out): its row
 *
 * Finds a place, and has it get a row where it is a tag that only others use.
 *
 * Returns: whether there is such a row
 */
gboolean
octavo_sidebar_model_reveal (OctavoSidebarModel *self, const OctavoScope *scope, guint *position)
{
  OctavoTag *tag;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self), FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);

  tag = octavo_sidebar_tags_find_hidden (self->shown_tags, scope);
  if (tag != NULL)
    octavo_sidebar_model_keep (self, octavo_tag_get_folded_name (tag));
  return octavo_sidebar_model_find (self, scope, position);
}

/**
 * octavo_sidebar_model_peek:
 * @position: a row
 *
 * Returns: (transfer none) (nullable): its item
 */
OctavoSidebarItem *
octavo_sidebar_model_peek (OctavoSidebarModel *self, guint position)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self), NULL);

  return position < self->items->len ? g_ptr_array_index (self->items, position) : NULL;
}

/**
 * octavo_sidebar_model_find:
 * @scope: a place
 * @position: (out): its row
 *
 * Returns: whether there is such a row
 */
gboolean
octavo_sidebar_model_find (OctavoSidebarModel *self, const OctavoScope *scope, guint *position)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self), FALSE);

  for (guint i = 0; i < self->items->len; i++)
    if (octavo_scope_equal (octavo_sidebar_item_get_scope (self->items->pdata[i]), scope))
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * octavo_sidebar_model_find_tag:
 * @name: the name of a tag, in any case
 * @position: (out): its row
 *
 * Returns: whether there is such a row
 */
gboolean
octavo_sidebar_model_find_tag (OctavoSidebarModel *self, const char *name, guint *position)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  folded = octavo_tag_fold_name (name);
  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < self->items->len; i++)
    {
      OctavoTag *tag = octavo_sidebar_item_get_tag (self->items->pdata[i]);

      if (tag != NULL && g_str_equal (octavo_tag_get_folded_name (tag), folded))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * octavo_sidebar_model_find_search:
 * @id: the id of a saved search
 * @position: (out): its row
 *
 * Returns: whether there is such a row
 */
gboolean
octavo_sidebar_model_find_search (OctavoSidebarModel *self, gint64 id, guint *position)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self), FALSE);

  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < self->items->len; i++)
    {
      OctavoSavedSearch *search = octavo_sidebar_item_get_search (self->items->pdata[i]);

      if (search == NULL)
        break;
      if (octavo_saved_search_get_id (search) == id)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * octavo_sidebar_model_get_parent:
 * @position: a row
 *
 * Returns: the row that it stands under; @position where it stands under none
 */
guint
octavo_sidebar_model_get_parent (OctavoSidebarModel *self, guint position)
{
  guint depth;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self), position);
  g_return_val_if_fail (position < self->items->len, position);

  depth = octavo_sidebar_item_get_depth (self->items->pdata[position]);
  for (guint i = position; depth > 0 && i > 0; i--)
    if (octavo_sidebar_item_get_depth (self->items->pdata[i - 1]) < depth)
      return i - 1;
  return position;
}

/**
 * octavo_sidebar_model_set_expanded:
 * @position: a row
 * @expanded: whether the rows under it are shown
 *
 * Shows or hides the rows under a tag that has some.
 */
void
octavo_sidebar_model_set_expanded (OctavoSidebarModel *self, guint position, gboolean expanded)
{
  OctavoTag *tag;

  g_return_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self));
  g_return_if_fail (position < self->items->len);

  tag = octavo_sidebar_item_get_tag (self->items->pdata[position]);
  if (tag == NULL)
    return;

  if (expanded)
    g_hash_table_remove (self->collapsed, octavo_tag_get_folded_name (tag));
  else
    g_hash_table_add (self->collapsed, g_strdup (octavo_tag_get_folded_name (tag)));
  octavo_sidebar_model_update (self);
}

/**
 * octavo_sidebar_model_set_collapsed:
 * @names: the folded names of tags
 *
 * Hides the rows under these tags, and shows all others.
 */
void
octavo_sidebar_model_set_collapsed (OctavoSidebarModel *self, const char *const *names)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self));
  g_return_if_fail (names != NULL);

  g_hash_table_remove_all (self->collapsed);
  for (gsize i = 0; names[i] != NULL; i++)
    g_hash_table_add (self->collapsed, g_strdup (names[i]));
  octavo_sidebar_model_update (self);
}

/**
 * octavo_sidebar_model_dup_collapsed:
 *
 * Returns: (transfer full): the folded names of the tags under which rows are hidden, of those there are
 */
GStrv
octavo_sidebar_model_dup_collapsed (OctavoSidebarModel *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_tags;

  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_MODEL (self), NULL);

  n_tags = self->tags != NULL ? g_list_model_get_n_items (self->tags) : 0;
  for (guint i = 0; i < n_tags; i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (self->tags, i);

      if (g_hash_table_contains (self->collapsed, octavo_tag_get_folded_name (tag)))
        g_strv_builder_add (names, octavo_tag_get_folded_name (tag));
    }
  return g_strv_builder_end (names);
}
