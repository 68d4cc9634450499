/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-selection.h"

/* GtkSingleSelection looks for the selected object among all that are added, which reads a paged list whole. Here the
 * selection belongs to an id, and the list says in constant time where it stands: so it also outlives every change of
 * the list, and a note that leaves and comes back is still the selected one. */
struct _OctavoNoteSelection
{
  GObject parent_instance;

  OctavoNoteList *list;
  gint64 selected;
};

enum
{
  PROP_0,
  PROP_LIST,
  PROP_SELECTED_ID,
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

static gboolean
octavo_note_selection_is_selected (GtkSelectionModel *model, guint position)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);

  return self->selected != 0 && octavo_note_list_get_id (self->list, position) == self->selected;
}

static GtkBitset *
octavo_note_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GtkBitset *bits = gtk_bitset_new_empty ();
  guint selected;

  if (octavo_note_selection_get_position (OCTAVO_NOTE_SELECTION (model), &selected) && selected >= position &&
      selected - position < n_items)
    gtk_bitset_add (bits, selected);

  return bits;
}

static gboolean
octavo_note_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (model);
  gint64 id = octavo_note_list_get_id (self->list, position);

  if (id == 0)
    return FALSE;

  octavo_note_selection_select_id (self, id);
  return TRUE;
}

static void
octavo_note_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = octavo_note_selection_is_selected;
  iface->get_selection_in_range = octavo_note_selection_get_selection_in_range;
  iface->select_item = octavo_note_selection_select_item;
}

static void
octavo_note_selection_dispose (GObject *object)
{
  OctavoNoteSelection *self = OCTAVO_NOTE_SELECTION (object);

  g_clear_object (&self->list);

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
 * Returns: the id of the selected note, whether it is in the list now or not; 0 for none
 */
gint64
octavo_note_selection_get_selected_id (OctavoNoteSelection *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_SELECTION (self), 0);

  return self->selected;
}

/**
 * octavo_note_selection_select_id:
 * @id: a note, in the list or not; 0 for none
 *
 * Selects a note. Only the rows that it concerns are told.
 */
void
octavo_note_selection_select_id (OctavoNoteSelection *self, gint64 id)
{
  guint before, after;
  gboolean had, has;

  g_return_if_fail (OCTAVO_IS_NOTE_SELECTION (self));
  g_return_if_fail (id >= 0);

  if (self->selected == id)
    return;

  had = octavo_note_selection_get_position (self, &before);
  self->selected = id;
  has = octavo_note_selection_get_position (self, &after);

  if (had)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), before, 1);
  if (has)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), after, 1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
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
