/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-list-groups.h"

#define FIRST_PART 64 /* rows that are read together */

struct _OctavoListGroups
{
  GObject parent_instance;

  OctavoStore *store;
  OctavoNoteList *list;
  gboolean enabled;

  OctavoDateGroups *calendar;
  GHashTable *labels; /* of groups */
  GArray *starts;     /* of OctavoGroupStart */

  guint find_source;
  GCancellable *request; /* (nullable) */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (OctavoListGroups, octavo_list_groups, G_TYPE_OBJECT)

/* A search shows notes with the words in their titles before the others, so that days would come twice. */
static gboolean
is_grouped (OctavoListGroups *self)
{
  OctavoSort sort = octavo_note_list_get_sort (self->list);
  gboolean is_search = octavo_note_list_get_query (self->list)[0] != '\0';

  return self->enabled && !is_search && (sort == OCTAVO_SORT_UPDATED || sort == OCTAVO_SORT_CREATED);
}

static void
stop (OctavoListGroups *self)
{
  g_clear_handle_id (&self->find_source, g_source_remove);
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

/* starts: (transfer full) */
static void
take_starts (OctavoListGroups *self, GArray *starts)
{
  gboolean is_same =
      starts->len == self->starts->len &&
      (starts->len == 0 || memcmp (starts->data, self->starts->data, starts->len * sizeof (OctavoGroupStart)) == 0);

  g_array_unref (self->starts);
  self->starts = starts;
  if (!is_same)
    g_signal_emit (self, changed_signal, 0);
}

/* ---- All of them, in the background ---- */

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoListGroups) self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *starts = octavo_date_groups_find_finish (OCTAVO_STORE (source), result, &error);

  /* The list says itself that it cannot be read. */
  if (starts == NULL)
    return;

  if (self->request == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      g_array_unref (starts);
      return;
    }
  g_clear_object (&self->request);
  take_starts (self, starts);
}

static gboolean
on_find (gpointer user_data)
{
  OctavoListGroups *self = user_data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr (GArray) ids = NULL;

  self->find_source = 0;
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_items);
  for (guint i = 0; i < n_items; i++)
    {
      gint64 id = octavo_note_list_get_id (self->list, i);

      g_array_append_val (ids, id);
    }
  self->request = g_cancellable_new ();
  octavo_date_groups_find_async (self->calendar, self->store, ids, octavo_note_list_get_sort (self->list),
                                 self->request, on_found, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_settled (OctavoListGroups *self)
{
  stop (self);
  if (is_grouped (self) && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > FIRST_PART)
    self->find_source = g_idle_add_full (G_PRIORITY_LOW, on_find, self, NULL);
}

/* ---- As far as it can be told at once ---- */

/* The notes after a change are in the groups that they were in. */
static void
on_items_changed (OctavoListGroups *self, guint position, guint n_removed, guint n_added)
{
  guint kept = 0;

  stop (self);
  for (guint i = 0; i < self->starts->len; i++)
    {
      OctavoGroupStart start = g_array_index (self->starts, OctavoGroupStart, i);

      if (start.position >= position && start.position < position + n_removed)
        continue;
      if (start.position >= position)
        start.position = start.position - n_removed + n_added;
      g_array_index (self->starts, OctavoGroupStart, kept++) = start;
    }
  g_array_set_size (self->starts, kept);
}

static int
classify (OctavoListGroups *self, guint position)
{
  g_autoptr (OctavoNoteRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row == NULL)
    return 0;
  return octavo_date_groups_classify (self->calendar, octavo_note_row_get_pinned (row),
                                      octavo_note_list_get_sort (self->list) == OCTAVO_SORT_CREATED
                                          ? octavo_note_row_get_created (row)
                                          : octavo_note_row_get_updated (row));
}

/**
 * octavo_list_groups_follow:
 * @self: the groups
 * @first_seen: the first row that can be seen
 *
 * Finds the groups of the first rows, where they can be seen, after the list has changed. The others come later.
 */
void
octavo_list_groups_follow (OctavoListGroups *self, guint first_seen)
{
  guint n_first = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->list)), FIRST_PART);
  GArray *starts;
  int group = 0;

  g_return_if_fail (OCTAVO_IS_LIST_GROUPS (self));

  if (!is_grouped (self))
    {
      g_array_set_size (self->starts, 0);
      return;
    }
  if (first_seen >= n_first)
    return;

  starts = g_array_new (FALSE, FALSE, sizeof (OctavoGroupStart));
  for (guint i = 0; i < n_first; i++)
    {
      OctavoGroupStart start = { i, classify (self, i) };

      if (start.group != 0 && start.group != group)
        g_array_append_val (starts, start);
      group = start.group != 0 ? start.group : group;
    }
  for (guint i = 0; i < self->starts->len; i++)
    {
      OctavoGroupStart start = g_array_index (self->starts, OctavoGroupStart, i);

      if (start.position >= n_first && start.group != group)
        g_array_append_val (starts, start);
      if (start.position >= n_first)
        group = start.group;
    }
  g_array_unref (self->starts);
  self->starts = starts;
}

/* ---- The object ---- */

static void
octavo_list_groups_dispose (GObject *object)
{
  OctavoListGroups *self = OCTAVO_LIST_GROUPS (object);

  stop (self);
  g_clear_object (&self->list);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (octavo_list_groups_parent_class)->dispose (object);
}

static void
octavo_list_groups_finalize (GObject *object)
{
  OctavoListGroups *self = OCTAVO_LIST_GROUPS (object);

  octavo_date_groups_unref (self->calendar);
  g_hash_table_unref (self->labels);
  g_array_unref (self->starts);

  G_OBJECT_CLASS (octavo_list_groups_parent_class)->finalize (object);
}

static void
octavo_list_groups_class_init (OctavoListGroupsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = octavo_list_groups_dispose;
  object_class->finalize = octavo_list_groups_finalize;

  changed_signal =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static OctavoDateGroups *
make_calendar (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return octavo_date_groups_new (now);
}

static void
octavo_list_groups_init (OctavoListGroups *self)
{
  self->enabled = TRUE;
  self->calendar = make_calendar ();
  self->labels = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->starts = g_array_new (FALSE, FALSE, sizeof (OctavoGroupStart));
}

/**
 * octavo_list_groups_new:
 * @store: an open store
 * @list: a list of its notes
 *
 * Returns: (transfer full): its groups
 */
OctavoListGroups *
octavo_list_groups_new (OctavoStore *store, OctavoNoteList *list)
{
  OctavoListGroups *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (list), NULL);

  self = g_object_new (OCTAVO_TYPE_LIST_GROUPS, NULL);
  self->store = g_object_ref (store);
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  return self;
}

static void
start_anew (OctavoListGroups *self)
{
  g_array_set_size (self->starts, 0);
  on_settled (self);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * octavo_list_groups_set_enabled:
 * @self: the groups
 * @enabled: whether there are any
 */
void
octavo_list_groups_set_enabled (OctavoListGroups *self, gboolean enabled)
{
  g_return_if_fail (OCTAVO_IS_LIST_GROUPS (self));

  if (self->enabled == enabled)
    return;
  self->enabled = enabled;
  start_anew (self);
}

/**
 * octavo_list_groups_refresh:
 * @self: the groups
 *
 * Goes by the calendar of today, as what was today is yesterday after midnight.
 */
void
octavo_list_groups_refresh (OctavoListGroups *self)
{
  g_return_if_fail (OCTAVO_IS_LIST_GROUPS (self));

  octavo_date_groups_unref (self->calendar);
  self->calendar = make_calendar ();
  g_hash_table_remove_all (self->labels);
  start_anew (self);
}

/**
 * octavo_list_groups_get_starts:
 * @self: the groups
 * @n_starts: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_starts): where they begin, as far as is known, until they change
 */
const OctavoGroupStart *
octavo_list_groups_get_starts (OctavoListGroups *self, guint *n_starts)
{
  g_return_val_if_fail (OCTAVO_IS_LIST_GROUPS (self), NULL);

  *n_starts = self->starts->len;
  return (const OctavoGroupStart *) (gpointer) self->starts->data;
}

static const char *
get_label_of (OctavoListGroups *self, int group)
{
  char *label = g_hash_table_lookup (self->labels, GINT_TO_POINTER (group));

  if (label == NULL)
    {
      label = octavo_date_groups_describe (self->calendar, group);
      g_hash_table_insert (self->labels, GINT_TO_POINTER (group), label);
    }
  return label;
}

/**
 * octavo_list_groups_get_label:
 * @self: the groups
 * @position: the position of a note
 *
 * Returns: (transfer none) (nullable): what the group is called that begins there; %NULL where none does
 */
const char *
octavo_list_groups_get_label (OctavoListGroups *self, guint position)
{
  g_return_val_if_fail (OCTAVO_IS_LIST_GROUPS (self), NULL);

  for (guint i = 0; i < self->starts->len; i++)
    {
      const OctavoGroupStart *start = &g_array_index (self->starts, OctavoGroupStart, i);

      if (start->position == position)
        return get_label_of (self, start->group);
      if (start->position > position)
        break;
    }
  return NULL;
}
