/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-selection.h"

#include "octavo-id-set.h"

#define FEW 16 /* of so many rows one is selected: then it is quicker to ask the list for each of these */

/* GtkMultiSelection looks for the selected objects among all that are added, which reads a paged list whole. Here the
 * selection belongs to ids, and the list says in constant time where they stand: so it also outlives every change of
 * the list. One selected note is so whether it is in the list or not: a note that leaves and comes back is still the
 * selected one. Of several those stay that are in the answer to another question, as nothing must be done to notes that
 * cannot be seen. */
struct _OctavoNoteSelection
{
  GObject parent_instance;

  OctavoNoteList *list;
  gint64 selected;      /* the one note, or the first of several; 0: none */
  gint64 anchor;        /* where a range begins that is selected by Shift */
  OctavoIdSet *several; /* (nullable): two or more, with the selected one */
};

enum
{
  PROP_0,
  PROP_LIST,
  PROP_SELECTED_ID,
  PROP_N_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void octavo_note_selection_list_model_init (GListModelInterface *iface);
static void octavo_note_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OctavoNoteSelection,
                               octavo_note_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, octavo_note_selection_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          octavo_note_selection_selection_model_init))

static GType
octavo_note_selection_get_item_type (GListModel *model)
{
  return OCTAVO_TYPE_NOTE_ROW;
}

static guint
octavo_note_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (OCTAVO_NOTE_SELECTION (model)->list));
}

static gpointer
octavo_note_selection_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (OCTAVO_NOTE_SELECTION (model)->list), position);
}

static void
octavo_note_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = octavo_note_selection_get_item_type;
  iface->get_n_items = octavo_note_selection_get_n_items;
  iface->get_item = octavo_note_selection_get_item;
}

/* ---- Several ---- */

/* Whether a note is selected. */
gboolean
octavo_note_selection_has_id (OctavoNoteSelection *self, gint64 id)
{
  return self->several != NULL ? octavo_id_set_contains (self->several, id) : id != 0 && id == self->selected;
}

/* The set to be changed: of what is selected and can be seen. */
static OctavoIdSet *
octavo_note_selection_open_set (OctavoNoteSelection *self)
{
  if (self->several == NULL)
    {
      self->several = octavo_id_set_new ();
      if (octavo_note_selection_get_position (self, NULL))
        octavo_id_set_add (self->several, self->selected);
    }
  return self->several;
}

static void
set_id (gint64 id, gpointer place)
{
  *(gint64 *) place = id;
}

/* The selected note that is nearest to a position; 0 where none is in the list. */
static gint64
octavo_note_selection_find_nearest (OctavoNoteSelection *self, guint position, gboolean selected)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = position; i < n_items; i++)
    if (octavo_note_selection_has_id (self, octavo_note_list_get_id (self->list, i)) == selected)
      return octavo_note_list_get_id (self->list, i);
  for (guint i = MIN (position, n_items); i > 0; i--)
    if (octavo_note_selection_has_id (self, octavo_note_list_get_id (self->list, i - 1)) == selected)
      return octavo_note_list_get_id (self->list, i - 1);
  return 0;
}

static void
octavo_note_selection_tell_all (OctavoNoteSelection *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (n_items > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n_items);
}

/* The set was changed: makes of it what it is, and tells. near: where the selected note is looked for if it is not one
 * any more. */
static void
octavo_note_selection_close_set (OctavoNoteSelection *self, guint near, guint n_before)
{
  gint64 selected = self->selected;
  guint n_selected = octavo_id_set_get_size (self->several);

  if (n_selected == 0)
    selected = 0;
  else if (n_selected == 1)
    octavo_id_set_foreach (self->several, set_id, &selected);
  else if (!octavo_id_set_contains (self->several, selected))
    selected = octavo_note_selection_find_nearest (self, near, TRUE);
  if (n_selected < 2)
    g_clear_pointer (&self->several, octavo_id_set_free);

  g_object_freeze_notify (G_OBJECT (self));
  if (selected != self->selected)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
  self->selected = selected;
  octavo_note_selection_tell_all (self);
  if (octavo_note_selection_get_n_selected (self) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
octavo_note_selection_add_range (OctavoNoteSelection *self, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    octavo_id_set_add (self->several, octavo_note_list_get_id (self->list, i));
}

static gboolean
octavo_note_selection_select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_before = octavo_note_selection_get_n_selected (self);

  if (position >= n_rows || n_items == 0)
    return FALSE;

  if (unselect_rest)
    g_clear_pointer (&self->several, octavo_id_set_free);
  octavo_note_selection_open_set (self);
  if (unselect_rest && self->selected != 0)
    octavo_id_set_remove (self->several, self->selected);
  octavo_note_selection_add_range (self, position, position + MIN (n_items, n_rows - position));
  octavo_note_selection_close_set (self, position, n_before);
  return TRUE;
}

static gboolean
octavo_note_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);
  gint64 id = octavo_note_list_get_id (self->list, position);
  guint n_before = octavo_note_selection_get_n_selected (self);

  if (!octavo_note_selection_has_id (self, id))
    return FALSE;

  octavo_id_set_remove (octavo_note_selection_open_set (self), id);
  octavo_note_selection_close_set (self, position, n_before);
  return TRUE;
}

static gboolean
octavo_note_selection_select_all (GtkSelectionModel *model)
{
  return octavo_note_selection_select_range (model, 0, G_MAXUINT, FALSE);
}

static gboolean
octavo_note_selection_unselect_all (GtkSelectionModel *model)
{
  octavo_note_selection_select_id (OCTAVO_NOTE_SELECTION (model), 0);
  return TRUE;
}

static gboolean
octavo_note_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint n_before = octavo_note_selection_get_n_selected (self);
  GtkBitsetIter iter;
  guint position;

  octavo_note_selection_open_set (self);
  for (gboolean ok = gtk_bitset_iter_init_first (&iter, mask, &position); ok && position < n_rows;
       ok = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = octavo_note_list_get_id (self->list, position);

      if (gtk_bitset_contains (selected, position))
        octavo_id_set_add (self->several, id);
      else
        octavo_id_set_remove (self->several, id);
    }
  octavo_note_selection_close_set (self, 0, n_before);
  return TRUE;
}

static gboolean
octavo_note_selection_is_selected (GtkSelectionModel *model, guint position)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);

  return octavo_note_selection_has_id (self, octavo_note_list_get_id (self->list, position));
}

static GtkBitset *
octavo_note_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);
  GtkBitset *bits = gtk_bitset_new_empty ();
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint selected;

  if (self->several == NULL)
    {
      if (octavo_note_selection_get_position (self, &selected) && selected >= position && selected - position < n_items)
        gtk_bitset_add (bits, selected);
      return bits;
    }

  for (guint i = position; i < n_rows && i - position < n_items; i++)
    if (octavo_note_selection_is_selected (model, i))
      gtk_bitset_add (bits, i);
  return bits;
}

static gboolean
octavo_note_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);
  gint64 id = octavo_note_list_get_id (self->list, position);

  if (id == 0)
    return FALSE;

  if (unselect_rest)
    octavo_note_selection_select_id (self, id);
  else if (!octavo_note_selection_has_id (self, id))
    octavo_note_selection_select_range (model, position, 1, FALSE);
  return TRUE;
}

static void
octavo_note_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = octavo_note_selection_is_selected;
  iface->get_selection_in_range = octavo_note_selection_get_selection_in_range;
  iface->select_item = octavo_note_selection_select_item;
  iface->unselect_item = octavo_note_selection_unselect_item;
  iface->select_range = octavo_note_selection_select_range;
  iface->select_all = octavo_note_selection_select_all;
  iface->unselect_all = octavo_note_selection_unselect_all;
  iface->set_selection = octavo_note_selection_set_selection;
}

typedef struct
{
  OctavoNoteList *list;
  OctavoIdSet *kept;
} Listed;

static void
keep_listed (gint64 id, gpointer data)
{
  Listed *listed = data;

  if (octavo_note_list_find_position (listed->list, id, NULL))
    octavo_id_set_add (listed->kept, id);
}

/* All notes of the list are known: what is selected is among them, or it is the one note that was there first. */
static void
octavo_note_selection_on_settled (OctavoNoteSelection *self)
{
  Listed listed = { self->list, NULL };
  guint n_before = octavo_note_selection_get_n_selected (self);

  if (self->several == NULL)
    return;

  listed.kept = octavo_id_set_new ();
  octavo_id_set_foreach (self->several, keep_listed, &listed);
  if (octavo_id_set_get_size (listed.kept) == n_before)
    {
      octavo_id_set_free (listed.kept);
      return;
    }
  if (octavo_id_set_get_size (listed.kept) == 0)
    octavo_id_set_add (listed.kept, self->selected);
  octavo_id_set_free (self->several);
  self->several = listed.kept;
  octavo_note_selection_close_set (self, 0, n_before);
}

static void
octavo_note_selection_dispose (GObject *object)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->several, octavo_id_set_free);

  G_OBJECT_CLASS (octavo_note_selection_parent_class)->dispose (object);
}

static void
octavo_note_selection_constructed (GObject *object)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (object);

  G_OBJECT_CLASS (octavo_note_selection_parent_class)->constructed (object);

  g_assert (OCTAVO_IS_NOTE_LIST (self->list));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "settled", G_CALLBACK (octavo_note_selection_on_settled), self,
                           G_CONNECT_SWAPPED);
}

static void
octavo_note_selection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (object);

  switch (prop_id)
    {
    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;
    case PROP_SELECTED_ID:
      g_value_set_int64 (value, self->selected);
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, octavo_note_selection_get_n_selected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_note_selection_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (object);

  switch (prop_id)
    {
    case PROP_LIST:
      self->list = g_value_dup_object (value);
      break;
    case PROP_SELECTED_ID:
      octavo_note_selection_select_id (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
octavo_note_selection_class_init (OctavoNoteSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = octavo_note_selection_constructed;
  object_class->dispose = octavo_note_selection_dispose;
  object_class->get_property = octavo_note_selection_get_property;
  object_class->set_property = octavo_note_selection_set_property;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, OCTAVO_TYPE_NOTE_LIST,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED_ID] =
      g_param_spec_int64 ("selected-id", NULL, NULL, 0, G_MAXINT64, 0,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_note_selection_init (OctavoNoteSelection *self)
{
}

/**
 * octavo_note_selection_new:
 * @list: the list whose notes are selected
 *
 * Makes a selection in which nothing is selected.
 *
 * Returns: (transfer full): the selection
 */
OctavoNoteSelection *
octavo_note_selection_new (OctavoNoteList *list)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_LIST (list), NULL);

  return g_object_new (OCTAVO_TYPE_NOTE_SELECTION, "list", list, NULL);
}

/**
 * octavo_note_selection_get_list:
 *
 * Returns: (transfer none): the list whose notes are selected
 */
OctavoNoteList *
octavo_note_selection_get_list (OctavoNoteSelection *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), NULL);

  return self->list;
}

/**
 * octavo_note_selection_get_selected_id:
 *
 * Returns: the id of the selected note, whether it is in the list now or not, or of several the one that was selected
 *   first; 0 for none
 */
gint64
octavo_note_selection_get_selected_id (OctavoNoteSelection *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), 0);

  return self->selected;
}

/**
 * octavo_note_selection_get_n_selected:
 *
 * Returns: how many notes are selected
 */
guint
octavo_note_selection_get_n_selected (OctavoNoteSelection *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), 0);

  if (self->several != NULL)
    return octavo_id_set_get_size (self->several);
  return self->selected != 0 ? 1 : 0;
}

/**
 * octavo_note_selection_select_id:
 * @id: a note, in the list or not; 0 for none
 *
 * Selects a note, and no other. Only the rows that it concerns are told.
 */
void
octavo_note_selection_select_id (OctavoNoteSelection *self, gint64 id)
{
  gboolean had_several;
  guint before, after, n_before;
  gboolean had, has;

  g_return_if_fail (OCTAVO_IS_NOTE_SELECTION (self));
  g_return_if_fail (id >= 0);

  self->anchor = id;
  had_several = self->several != NULL;
  if (self->selected == id && !had_several)
    return;

  n_before = octavo_note_selection_get_n_selected (self);
  g_clear_pointer (&self->several, octavo_id_set_free);
  had = octavo_note_selection_get_position (self, &before);
  g_object_freeze_notify (G_OBJECT (self));
  if (self->selected != id)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
  self->selected = id;
  has = octavo_note_selection_get_position (self, &after);

  if (had_several)
    octavo_note_selection_tell_all (self);
  if (had && !had_several)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), before, 1);
  if (has && !had_several)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), after, 1);
  if (octavo_note_selection_get_n_selected (self) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * octavo_note_selection_toggle:
 * @position: where a note is
 *
 * Selects a note beside the others, or takes it out; a range by Shift begins here from now on.
 */
void
octavo_note_selection_toggle (OctavoNoteSelection *self, guint position)
{
  g_return_if_fail (OCTAVO_IS_NOTE_SELECTION (self));

  if (octavo_note_selection_is_selected (GTK_SELECTION_MODEL (self), position))
    octavo_note_selection_unselect_item (GTK_SELECTION_MODEL (self), position);
  else
    octavo_note_selection_select_item (GTK_SELECTION_MODEL (self), position, FALSE);
  self->anchor = octavo_note_list_get_id (self->list, position);
}

/**
 * octavo_note_selection_extend:
 * @position: where a note is
 * @keep: whether what is selected stays so beside the range
 *
 * Selects from the note that was last selected by itself to this one.
 */
void
octavo_note_selection_extend (OctavoNoteSelection *self, guint position, gboolean keep)
{
  guint from;

  g_return_if_fail (OCTAVO_IS_NOTE_SELECTION (self));

  if (!octavo_note_list_find_position (self->list, self->anchor, &from))
    {
      from = position;
      octavo_note_selection_get_position (self, &from);
      self->anchor = octavo_note_list_get_id (self->list, from);
    }
  octavo_note_selection_select_range (GTK_SELECTION_MODEL (self), MIN (from, position),
                                      MAX (from, position) - MIN (from, position) + 1, !keep);
}

typedef struct
{
  OctavoNoteList *list;
  GArray *positions;
} Positions;

static void
add_position (gint64 id, gpointer data)
{
  Positions *found = data;
  guint position;

  if (octavo_note_list_find_position (found->list, id, &position))
    g_array_append_val (found->positions, position);
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/**
 * octavo_note_selection_dup_ids:
 *
 * Says what is to be done something to: the selected note, whether it is in the list or not, or of several those that
 * are, in the order of the list.
 *
 * Returns: (transfer full) (element-type gint64): ids
 */
GArray *
octavo_note_selection_dup_ids (OctavoNoteSelection *self)
{
  GArray *ids;
  guint n_rows;

  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), NULL);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (self->several == NULL)
    {
      if (self->selected != 0)
        g_array_append_val (ids, self->selected);
    }
  else if (octavo_id_set_get_size (self->several) < n_rows / FEW)
    {
      Positions found = { self->list, g_array_new (FALSE, FALSE, sizeof (guint)) };

      octavo_id_set_foreach (self->several, add_position, &found);
      g_array_sort (found.positions, compare_positions);
      for (guint i = 0; i < found.positions->len; i++)
        {
          gint64 id = octavo_note_list_get_id (self->list, g_array_index (found.positions, guint, i));

          g_array_append_val (ids, id);
        }
      g_array_unref (found.positions);
    }
  else
    {
      for (guint i = 0; i < n_rows; i++)
        {
          gint64 id = octavo_note_list_get_id (self->list, i);

          if (octavo_id_set_contains (self->several, id))
            g_array_append_val (ids, id);
        }
    }
  return ids;
}

/**
 * octavo_note_selection_find_other:
 *
 * Finds what is to be selected when all that is leaves the list: the next note after it, or else the one before.
 *
 * Returns: its id; 0 where there is none
 */
gint64
octavo_note_selection_find_other (OctavoNoteSelection *self)
{
  guint position;

  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), 0);

  if (octavo_note_selection_get_position (self, &position))
    return octavo_note_selection_find_nearest (self, position, FALSE);
  return octavo_note_selection_get_neighbour (self, 1);
}

/**
 * octavo_note_selection_get_position:
 * @position: (out) (optional): where the selected note stands
 *
 * Says whether the selected note is in the list.
 *
 * Returns: %TRUE if @position was set
 */
gboolean
octavo_note_selection_get_position (OctavoNoteSelection *self, guint *position)
{
  guint found;

  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), FALSE);

  if (self->selected == 0 || !octavo_note_list_find_position (self->list, self->selected, &found))
    return FALSE;

  if (position != NULL)
    *position = found;
  return TRUE;
}

/**
 * octavo_note_selection_get_neighbour:
 * @step: how many rows further down, or up where negative
 *
 * Finds the note next to the selected one. Where none is selected it is the first, or the last.
 *
 * Returns: its id; 0 where the list ends
 */
gint64
octavo_note_selection_get_neighbour (OctavoNoteSelection *self, int step)
{
  gint64 n_items, position;
  guint selected;

  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), 0);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (octavo_note_selection_get_position (self, &selected))
    position = (gint64) selected + step;
  else
    position = step > 0 ? 0 : n_items - 1;

  if (position < 0 || position >= n_items)
    return 0;
  return octavo_note_list_get_id (self->list, (guint) position);
}
