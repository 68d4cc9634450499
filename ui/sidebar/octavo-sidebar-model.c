/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-sidebar-model.h"
#include "octavo-tag.h"

#define RECOUNT_AT_ONCE 16 /* rows, and a frame of time between them */
#define RECOUNT_PAUSE   20 /* milliseconds */

/* Tags stand in their paths' order, part by part, so that a child always follows its parent ("work", "work/project",
 * "work-out"), which the order of whole names does not give. A tag whose parent does not exist shows its whole path. */
struct _OctavoSidebarModel
{
  GObject parent_instance;

  GListModel *tags;
  GPtrArray *items; /* of OctavoSidebarItem */

  GQueue recounted; /* of OctavoTag: whose rows are still to be told */
  guint recount_source;
};

static void octavo_sidebar_model_list_model_init (GListModelInterface *iface);

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

typedef struct
{
  OctavoTag *tag;
  GStrv keys; /* a collation key for each part of the path */
} SortedTag;

static void
sorted_tag_clear (gpointer data)
{
  SortedTag *sorted = data;

  g_object_unref (sorted->tag);
  g_strfreev (sorted->keys);
}

static int
sorted_tag_compare (gconstpointer a, gconstpointer b)
{
  const SortedTag *left = a, *right = b;
  guint i = 0;

  while (left->keys[i] != NULL && right->keys[i] != NULL)
    {
      int order = strcmp (left->keys[i], right->keys[i]);

      if (order != 0)
        return order;
      i++;
    }
  if (left->keys[i] != NULL || right->keys[i] != NULL)
    return left->keys[i] != NULL ? 1 : -1;

  return strcmp (octavo_tag_get_name (left->tag), octavo_tag_get_name (right->tag));
}

static GArray *
octavo_sidebar_model_sort_tags (OctavoSidebarModel *self)
{
  guint n_tags = g_list_model_get_n_items (self->tags);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (SortedTag), n_tags);

  g_array_set_clear_func (sorted, sorted_tag_clear);
  for (guint i = 0; i < n_tags; i++)
    {
      SortedTag entry = { .tag = g_list_model_get_item (self->tags, i) };

      entry.keys = g_strsplit (octavo_tag_get_name (entry.tag), "/", -1);
      for (guint j = 0; entry.keys[j] != NULL; j++)
        {
          g_autofree char *part = entry.keys[j];
          g_autofree char *folded = g_utf8_casefold (part, -1);

          entry.keys[j] = g_utf8_collate_key (folded, -1);
        }
      g_array_append_val (sorted, entry);
    }
  g_array_sort (sorted, sorted_tag_compare);

  return sorted;
}

static gboolean
is_ancestor (OctavoSidebarItem *item, const char *path)
{
  g_autofree char *ancestor = octavo_tag_fold_name (octavo_sidebar_item_get_name (item));
  g_autofree char *folded = octavo_tag_fold_name (path);
  gsize length = strlen (ancestor);

  return g_str_has_prefix (folded, ancestor) && folded[length] == '/';
}

/* The part of a path below an ancestor of as many parts as that has: the letters may differ in case. */
static const char *
path_below (const char *path, const char *ancestor)
{
  const char *rest = path;

  for (const char *at = ancestor; at != NULL; at = strchr (at, '/'))
    {
      if (*at == '/')
        at++;
      rest = strchr (rest, '/');
      if (rest == NULL)
        return path;
      rest++;
    }

  return rest;
}

static void
octavo_sidebar_model_place_tags (GPtrArray *items)
{
  g_autoptr (GPtrArray) above = g_ptr_array_new ();

  for (guint i = OCTAVO_SIDEBAR_N_PLACES; i < items->len; i++)
    {
      OctavoSidebarItem *item = g_ptr_array_index (items, i);
      const char *name = octavo_sidebar_item_get_name (item);
      const char *label = name;

      while (above->len > 0 && !is_ancestor (g_ptr_array_index (above, above->len - 1), name))
        g_ptr_array_remove_index (above, above->len - 1);
      if (above->len > 0)
        label = path_below (name, octavo_sidebar_item_get_name (g_ptr_array_index (above, above->len - 1)));

      octavo_sidebar_item_set_place (item, label, above->len, i == OCTAVO_SIDEBAR_N_PLACES);
      g_ptr_array_add (above, item);
    }
}

static void
octavo_sidebar_model_recount (OctavoSidebarModel *self, OctavoTag *tag)
{
  OctavoScope scope = { .place = OCTAVO_PLACE_TAG, .tag_id = octavo_tag_get_id (tag) };
  guint position;

  if (octavo_sidebar_model_find (self, &scope, &position))
    octavo_sidebar_item_set_count (g_ptr_array_index (self->items, position), octavo_tag_get_n_notes_in_tree (tag));
}

static gboolean
octavo_sidebar_model_on_recount (gpointer user_data)
{
  OctavoSidebarModel *self = user_data;

  for (guint i = 0; i < RECOUNT_AT_ONCE && !g_queue_is_empty (&self->recounted); i++)
    {
      g_autoptr (OctavoTag) tag = g_queue_pop_head (&self->recounted);

      octavo_sidebar_model_recount (self, tag);
    }
  if (!g_queue_is_empty (&self->recounted))
    return G_SOURCE_CONTINUE;
  self->recount_source = 0;
  return G_SOURCE_REMOVE;
}

/* An import changes the counts of all tags at once, each of which has a row laid out anew: told in one go it takes
 * longer than a frame. */
static void
octavo_sidebar_model_on_n_notes (OctavoSidebarModel *self, GParamSpec *pspec, OctavoTag *tag)
{
  if (g_queue_find (&self->recounted, tag) != NULL)
    return;
  g_queue_push_tail (&self->recounted, g_object_ref (tag));
  if (self->recount_source == 0)
    self->recount_source = g_timeout_add (RECOUNT_PAUSE, octavo_sidebar_model_on_recount, self);
}

static OctavoSidebarItem *
octavo_sidebar_model_make_tag_item (OctavoSidebarModel *self, OctavoTag *tag)
{
  OctavoScope scope = { .place = OCTAVO_PLACE_TAG, .tag_id = octavo_tag_get_id (tag) };

  g_signal_handlers_disconnect_by_func (tag, octavo_sidebar_model_on_n_notes, self);
  g_signal_connect_object (tag, "notify::n-notes-in-tree", G_CALLBACK (octavo_sidebar_model_on_n_notes), self,
                           G_CONNECT_SWAPPED);
  return octavo_sidebar_item_new (&scope, octavo_tag_get_name (tag), "octavo-tag-symbolic");
}

static gboolean
same_order (GPtrArray *before, GPtrArray *after, gsize from_before, gsize from_after)
{
  return g_ptr_array_index (before, from_before) == g_ptr_array_index (after, from_after);
}

/* Takes the tags as they are now: rows that were there stay the same objects, and only the part between the first and
 * the last difference is reported. */
static void
octavo_sidebar_model_update (OctavoSidebarModel *self)
{
  g_autoptr (GArray) sorted = octavo_sidebar_model_sort_tags (self);
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->items);
  GPtrArray *after = g_ptr_array_new_full (sorted->len + OCTAVO_SIDEBAR_N_PLACES, g_object_unref);
  guint head = 0, tail = 0;

  for (guint i = 0; i < before->len; i++)
    {
      OctavoSidebarItem *item = g_ptr_array_index (before, i);

      if (i < OCTAVO_SIDEBAR_N_PLACES)
        g_ptr_array_add (after, g_object_ref (item));
      else
        g_hash_table_insert (known, (gpointer) &octavo_sidebar_item_get_scope (item)->tag_id, item);
    }
  for (guint i = 0; i < sorted->len; i++)
    {
      OctavoTag *tag = g_array_index (sorted, SortedTag, i).tag;
      gint64 id = octavo_tag_get_id (tag);
      OctavoSidebarItem *item = g_hash_table_lookup (known, &id);

      if (item != NULL)
        octavo_sidebar_item_set_name (item, octavo_tag_get_name (tag));
      g_ptr_array_add (after, item != NULL ? g_object_ref (item) : octavo_sidebar_model_make_tag_item (self, tag));
    }
  octavo_sidebar_model_place_tags (after);
  for (guint i = 0; i < sorted->len; i++)
    octavo_sidebar_item_set_count (g_ptr_array_index (after, i + OCTAVO_SIDEBAR_N_PLACES),
                                   octavo_tag_get_n_notes_in_tree (g_array_index (sorted, SortedTag, i).tag));

  self->items = after;
  while (head < before->len && head < after->len && same_order (before, after, head, head))
    head++;
  while (tail < before->len - head && tail < after->len - head &&
         same_order (before, after, before->len - tail - 1, after->len - tail - 1))
    tail++;
  if (before->len - head - tail > 0 || after->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, before->len - head - tail, after->len - head - tail);
}

static void
octavo_sidebar_model_dispose (GObject *object)
{
  OctavoSidebarModel *self = OCTAVO_SIDEBAR_MODEL (object);

  if (self->tags != NULL)
    g_signal_handlers_disconnect_by_data (self->tags, self);
  g_clear_object (&self->tags);
  g_clear_handle_id (&self->recount_source, g_source_remove);
  g_queue_clear_full (&self->recounted, g_object_unref);

  G_OBJECT_CLASS (octavo_sidebar_model_parent_class)->dispose (object);
}

static void
octavo_sidebar_model_finalize (GObject *object)
{
  OctavoSidebarModel *self = OCTAVO_SIDEBAR_MODEL (object);

  g_ptr_array_unref (self->items);

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
 * @tags: (transfer none): of #OctavoTag, in any order
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
    {
      const OctavoScope *candidate = octavo_sidebar_item_get_scope (g_ptr_array_index (self->items, i));

      if (candidate->place == scope->place && (scope->place != OCTAVO_PLACE_TAG || candidate->tag_id == scope->tag_id))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}
