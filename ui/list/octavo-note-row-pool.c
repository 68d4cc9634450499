/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-row-pool.h"
#include "octavo-note-row-author.h"
#include "octavo-store.h"
#include "octavo-user-repository.h"

/* Which widget shows which note. The widgets are made once and stay: a new result gives them other notes to show, those
 * that can be seen at once, the others when there is nothing else to do. There are some more of them than can be seen,
 * so that scrolling finds its rows read and a screen reader finds what is near. */

#define N_ROWS 64 /* as many as the model reads at once */
#define STEP   8  /* rows made or bound in one go while there is nothing else to do */

typedef struct
{
  OctavoNoteRowWidget *widget;
  guint position; /* or GTK_INVALID_LIST_POSITION: it shows nothing */
  guint placed;   /* the position at whose place it stands, or GTK_INVALID_LIST_POSITION */
  gint64 id;      /* of the note that it showed last */
  gboolean is_bound;
} Slot;

struct _OctavoNoteRowPool
{
  GtkWidget *owner; /* the parent of the rows */
  OctavoNoteSelection *selection;
  OctavoNoteList *list;
  OctavoListGroups *groups;      /* (nullable) */
  OctavoUserRepository *users;   /* of the list's store */
  OctavoTagRepository *tags;     /* the same */
  OctavoQuery *query;            /* (nullable) */
  OctavoExcerptFinder *excerpts; /* (nullable): with a query, what the rows show of their notes */

  GArray *slots; /* of Slot: the first of them show the positions from first on, the others are hidden */
  guint first;
  guint n_shown;
  Slot stray; /* the row that has the focus, where it was scrolled far away; its widget may be NULL */

  gboolean is_stale; /* the list changed since they were assigned */

  guint start; /* what can be seen */
  guint end;
  gboolean is_going_up;
};

static Slot *
get_slot (OctavoNoteRowPool *self, guint index)
{
  return &g_array_index (self->slots, Slot, index);
}

static guint
get_n_items (OctavoNoteRowPool *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static gboolean
has_focus (OctavoNoteRowPool *self, const Slot *slot)
{
  GtkRoot *root = gtk_widget_get_root (self->owner);

  return root != NULL && slot->widget != NULL && gtk_root_get_focus (root) == GTK_WIDGET (slot->widget);
}

/* ---- Binding ---- */

static void
update_selected (OctavoNoteRowPool *self, const Slot *slot)
{
  octavo_note_row_widget_set_selected (slot->widget,
                                       slot->position != GTK_INVALID_LIST_POSITION &&
                                           gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection),
                                                                            slot->position));
}

static void
update_excerpt (OctavoNoteRowPool *self, const Slot *slot)
{
  OctavoNoteRow *row = octavo_note_row_widget_get_row (slot->widget);

  octavo_note_row_widget_set_hit_excerpt (slot->widget,
                                          row != NULL && self->query != NULL && self->excerpts != NULL
                                              ? octavo_excerpt_finder_get (self->excerpts, self->query, row)
                                              : NULL);
}

static void
on_excerpts_found (OctavoNoteRowPool *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (get_slot (self, i)->is_bound)
      update_excerpt (self, get_slot (self, i));
  if (self->stray.widget != NULL && self->stray.is_bound)
    update_excerpt (self, &self->stray);
}

static void
bind (OctavoNoteRowPool *self, Slot *slot)
{
  g_autoptr (OctavoNoteRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), slot->position);

  slot->is_bound = TRUE;
  slot->id = octavo_note_list_get_id (self->list, slot->position);
  octavo_note_row_widget_set_query (slot->widget, self->query);
  octavo_note_row_widget_set_shows_author (slot->widget, octavo_note_row_author_is_shown (self->list, self->users));
  octavo_note_row_widget_set_position (slot->widget, slot->position);
  octavo_note_row_widget_set_group (slot->widget, self->groups != NULL
                                                      ? octavo_list_groups_get_label (self->groups, slot->position)
                                                      : NULL);
  octavo_note_row_widget_set_row (slot->widget, row);
  update_excerpt (self, slot);
  update_selected (self, slot);
}

/* The same notes may be those of one user, and then everyone's. */
static void
update_authors (OctavoNoteRowPool *self)
{
  gboolean shows_author = octavo_note_row_author_is_shown (self->list, self->users);

  for (guint i = 0; i < self->slots->len; i++)
    octavo_note_row_widget_set_shows_author (get_slot (self, i)->widget, shows_author);
  if (self->stray.widget != NULL)
    octavo_note_row_widget_set_shows_author (self->stray.widget, shows_author);
}

static void
update_colors (OctavoNoteRowPool *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    gtk_widget_queue_draw (GTK_WIDGET (get_slot (self, i)->widget));
  if (self->stray.widget != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self->stray.widget));
}

/* ---- Which widget shows what ---- */

/* The order of the widgets is that of the notes. Those that moved are at the end to which the person scrolls, so only
 * they have to be put elsewhere when the comparison begins there. */
static void
order_widgets (OctavoNoteRowPool *self, gboolean from_end)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_sized_new (self->slots->len + 1);
  GtkWidget *beside = NULL;

  if (self->stray.widget != NULL && self->stray.position < self->first)
    g_ptr_array_add (widgets, self->stray.widget);
  for (guint i = 0; i < self->slots->len; i++)
    g_ptr_array_add (widgets, get_slot (self, i)->widget);
  if (self->stray.widget != NULL && self->stray.position >= self->first)
    g_ptr_array_add (widgets, self->stray.widget);

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = widgets->pdata[from_end ? widgets->len - 1 - i : i];

      if (from_end && gtk_widget_get_next_sibling (widget) != beside)
        gtk_widget_insert_before (widget, self->owner, beside);
      else if (!from_end && gtk_widget_get_prev_sibling (widget) != beside)
        gtk_widget_insert_after (widget, self->owner, beside);
      beside = widget;
    }
}

static void
add_widget (OctavoNoteRowPool *self)
{
  Slot slot = { .widget = OCTAVO_NOTE_ROW_WIDGET (octavo_note_row_widget_new ()),
                .position = GTK_INVALID_LIST_POSITION,
                .placed = GTK_INVALID_LIST_POSITION };

  octavo_note_row_widget_set_colors (slot.widget, self->tags);
  gtk_widget_set_visible (GTK_WIDGET (slot.widget), FALSE);
  gtk_widget_insert_before (GTK_WIDGET (slot.widget), self->owner, NULL);
  g_array_append_val (self->slots, slot);
}

/* The row that has the focus goes on showing its note, in its place or out of sight. */
static void
set_stray_aside (OctavoNoteRowPool *self, guint first, guint n_shown)
{
  if (self->stray.widget != NULL)
    {
      g_array_append_val (self->slots, self->stray);
      self->stray = (Slot){ 0 };
    }
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      if (slot->position != GTK_INVALID_LIST_POSITION &&
          (slot->position < first || slot->position >= first + n_shown) && has_focus (self, slot))
        {
          self->stray = *slot;
          g_array_remove_index (self->slots, i);
          break;
        }
    }
}

/* Where two widgets stand for one position, the one that has the focus keeps it. */
static void
keep_slots (OctavoNoteRowPool *self, GArray *kept, guint first, guint n_shown, gboolean focused)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      Slot *place;

      if (slot->widget == NULL || slot->position < first || slot->position >= first + n_shown ||
          has_focus (self, slot) != focused)
        continue;
      place = &g_array_index (kept, Slot, slot->position - first);
      if (place->widget != NULL)
        continue;
      *place = *slot;
      slot->widget = NULL;
    }
}

/* Has the positions from first on shown, by the widgets that show them already as far as there are such. */
static void
assign (OctavoNoteRowPool *self, guint first, guint n_shown)
{
  GArray *slots = g_array_new (FALSE, TRUE, sizeof (Slot));
  gboolean from_end = first > self->first;
  guint next = 0;

  set_stray_aside (self, first, n_shown);
  g_array_set_size (slots, self->slots->len);
  n_shown = MIN (n_shown, slots->len);
  keep_slots (self, slots, first, n_shown, TRUE);
  keep_slots (self, slots, first, n_shown, FALSE);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      if (slot->widget == NULL)
        continue;
      while (g_array_index (slots, Slot, next).widget != NULL)
        next++;
      slot->position = next < n_shown ? first + next : GTK_INVALID_LIST_POSITION;
      slot->is_bound = FALSE;
      g_array_index (slots, Slot, next) = *slot;
    }

  g_array_unref (self->slots);
  self->slots = slots;
  self->first = first;
  self->n_shown = n_shown;
  order_widgets (self, from_end);
  for (guint i = 0; i < slots->len; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (get_slot (self, i)->widget), i < n_shown);
      if (i >= n_shown)
        octavo_note_row_widget_set_row (get_slot (self, i)->widget, NULL);
    }
  self->is_stale = FALSE;
}

/* Some of the rows that cannot be seen are behind, most are ahead. */
static void
assign_around_view (OctavoNoteRowPool *self)
{
  guint n_items = get_n_items (self);
  guint n_shown = MIN (self->slots->len, n_items);
  guint spare = n_shown - MIN (n_shown, self->end - self->start);
  guint before = self->is_going_up ? spare - spare / 4 : spare / 4;
  guint first = self->start - MIN (self->start, before);

  assign (self, MIN (first, n_items - n_shown), n_shown);
}

/**
 * octavo_note_row_pool_new:
 * @owner: the widget that is to be the parent of the rows, and outlives the pool
 * @selection: the notes, and which of them is selected
 *
 * Makes a pool without rows.
 *
 * Returns: (transfer full): the pool
 */
OctavoNoteRowPool *
octavo_note_row_pool_new (GtkWidget *owner, OctavoNoteSelection *selection)
{
  OctavoNoteRowPool *self = g_new0 (OctavoNoteRowPool, 1);
  g_autoptr (OctavoStore) store = NULL;

  self->owner = owner;
  self->selection = g_object_ref (selection);
  self->list = octavo_note_selection_get_list (selection);
  self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
  g_object_get (self->list, "store", &store, NULL);
  self->users = octavo_store_get_users (store);
  g_signal_connect_swapped (self->users, "changed", G_CALLBACK (update_authors), self);
  self->tags = octavo_store_get_tags (store);
  g_signal_connect_swapped (self->tags, "colors-changed", G_CALLBACK (update_colors), self);
  g_signal_connect_swapped (self->list, "notify::loading", G_CALLBACK (update_authors), self);
  return self;
}

/**
 * octavo_note_row_pool_free:
 * @self: (transfer full): a pool
 *
 * Takes the rows out of their parent.
 */
void
octavo_note_row_pool_free (OctavoNoteRowPool *self)
{
  octavo_note_row_pool_set_query (self, NULL, NULL);
  g_signal_handlers_disconnect_by_func (self->list, update_authors, self);
  g_signal_handlers_disconnect_by_func (self->users, update_authors, self);
  g_signal_handlers_disconnect_by_func (self->tags, update_colors, self);
  for (guint i = 0; i < self->slots->len; i++)
    gtk_widget_unparent (GTK_WIDGET (get_slot (self, i)->widget));
  if (self->stray.widget != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stray.widget));
  g_array_unref (self->slots);
  g_clear_object (&self->groups);
  g_object_unref (self->selection);
  g_free (self);
}

/**
 * octavo_note_row_pool_set_groups:
 * @self: a pool
 * @groups: the groups of the list
 *
 * Has the first row of each group tell a screen reader what stands above it.
 */
void
octavo_note_row_pool_set_groups (OctavoNoteRowPool *self, OctavoListGroups *groups)
{
  g_set_object (&self->groups, groups);
}

static void
unbind_all (OctavoNoteRowPool *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    get_slot (self, i)->is_bound = FALSE;
  self->stray.is_bound = FALSE;
}

/**
 * octavo_note_row_pool_set_query:
 * @self: a pool
 * @query: (nullable): a query
 * @excerpts: (nullable): finds what the rows show of its notes
 *
 * Has marked what was looked for, in each row when it is bound the next time.
 */
void
octavo_note_row_pool_set_query (OctavoNoteRowPool *self, OctavoQuery *query, OctavoExcerptFinder *excerpts)
{
  if (self->excerpts != NULL)
    g_signal_handlers_disconnect_by_func (self->excerpts, on_excerpts_found, self);
  g_set_object (&self->excerpts, excerpts);
  if (excerpts != NULL)
    g_signal_connect_swapped (excerpts, "found", G_CALLBACK (on_excerpts_found), self);
  g_clear_pointer (&self->query, octavo_query_unref);
  self->query = query != NULL ? octavo_query_ref (query) : NULL;
  unbind_all (self);
}

static void
follow_slot (OctavoNoteRowPool *self, Slot *slot, int shift)
{
  guint n_items = get_n_items (self);
  gint64 position = (gint64) slot->position + shift;

  if (slot->widget == NULL || slot->position == GTK_INVALID_LIST_POSITION)
    return;

  if (has_focus (self, slot) && n_items > 0)
    {
      if (!octavo_note_list_find_position (self->list, slot->id, &slot->position))
        slot->position = (guint) CLAMP (position, 0, (gint64) n_items - 1);
      return;
    }
  slot->position = position >= 0 && position < n_items ? (guint) position : GTK_INVALID_LIST_POSITION;
}

/**
 * octavo_note_row_pool_follow:
 * @self: a pool
 * @shift: how many rows the notes that could be seen have moved down
 *
 * Takes note that the list is another. A row that has the focus goes where its note went, and where that is gone shows
 * what took its place.
 */
void
octavo_note_row_pool_follow (OctavoNoteRowPool *self, int shift)
{
  for (guint i = 0; i < self->slots->len; i++)
    follow_slot (self, get_slot (self, i), shift);
  follow_slot (self, &self->stray, shift);
  unbind_all (self);
  self->first = (guint) MAX (0, (gint64) self->first + shift);
  self->is_stale = TRUE;
}

/* What can be seen is among what is shown, and there are no more rows than notes. */
static gboolean
is_covered (OctavoNoteRowPool *self, guint start, guint end)
{
  guint n_items = get_n_items (self);

  return self->n_shown == MIN (self->slots->len, n_items) && self->first + self->n_shown <= n_items &&
         start >= self->first && end <= self->first + self->n_shown;
}

/**
 * octavo_note_row_pool_can_show:
 * @self: a pool
 * @start: the first position that can be seen
 * @end: the position after the last one
 *
 * Returns: whether the rows for these notes are there and in their order, so that showing them has the list laid out no
 *   second time
 */
gboolean
octavo_note_row_pool_can_show (OctavoNoteRowPool *self, guint start, guint end)
{
  return !self->is_stale && is_covered (self, start, end);
}

/**
 * octavo_note_row_pool_show:
 * @self: a pool
 * @start: the first position that can be seen
 * @end: the position after the last one
 *
 * Has these notes shown, and no others read.
 */
void
octavo_note_row_pool_show (OctavoNoteRowPool *self, guint start, guint end)
{
  guint n_items = get_n_items (self);

  end = MIN (end, n_items);
  start = MIN (start, end);
  self->is_going_up = start < self->start || (start == self->start && self->is_going_up);
  self->start = start;
  self->end = end;

  while (self->slots->len < end - start)
    add_widget (self);
  if (!is_covered (self, start, end))
    assign_around_view (self);
  else if (self->is_stale)
    assign (self, self->first, self->n_shown);
  /* The row that has the focus was set aside, and there is one too few. */
  if (!is_covered (self, start, end))
    {
      add_widget (self);
      assign_around_view (self);
    }

  for (guint i = start; i < end; i++)
    if (!get_slot (self, i - self->first)->is_bound)
      bind (self, get_slot (self, i - self->first));
  if (self->stray.widget != NULL && !self->stray.is_bound && self->stray.position < n_items)
    bind (self, &self->stray);
}

static gboolean
is_end_near (OctavoNoteRowPool *self)
{
  guint quarter = (self->n_shown - MIN (self->n_shown, self->end - self->start)) / 4;
  guint last = self->first + self->n_shown;

  if (self->is_going_up)
    return self->first > 0 && self->start - self->first < quarter;
  return last < get_n_items (self) && last - self->end < quarter;
}

/**
 * octavo_note_row_pool_fill:
 * @self: a pool
 *
 * Makes and binds some of the rows that cannot be seen, those first that are ahead where a person scrolls. To be called
 * while there is nothing else to do.
 *
 * Returns: whether there are more
 */
gboolean
octavo_note_row_pool_fill (OctavoNoteRowPool *self)
{
  guint n_wanted = MIN (get_n_items (self), N_ROWS);
  guint n_bound = 0;

  if (self->n_shown == 0)
    return FALSE;

  if (self->slots->len < n_wanted)
    {
      for (guint i = 0; i < STEP && self->slots->len < n_wanted; i++)
        add_widget (self);
      assign_around_view (self);
    }
  else if (is_end_near (self))
    {
      assign_around_view (self);
    }

  for (guint i = 0; i < self->n_shown; i++)
    {
      Slot *slot = get_slot (self, self->is_going_up ? self->n_shown - 1 - i : i);

      if (slot->is_bound)
        continue;
      if (n_bound++ == STEP)
        return TRUE;
      bind (self, slot);
    }
  return self->slots->len < n_wanted;
}

/**
 * octavo_note_row_pool_update_selected:
 * @self: a pool
 *
 * Has the row of the selected note, and no other, look selected.
 */
void
octavo_note_row_pool_update_selected (OctavoNoteRowPool *self)
{
  for (guint i = 0; i < self->n_shown; i++)
    if (get_slot (self, i)->is_bound)
      update_selected (self, get_slot (self, i));
  if (self->stray.widget != NULL)
    update_selected (self, &self->stray);
}

/**
 * octavo_note_row_pool_find:
 * @self: a pool
 * @position: the position of a note
 *
 * Returns: (transfer none) (nullable): the row that shows it
 */
OctavoNoteRowWidget *
octavo_note_row_pool_find (OctavoNoteRowPool *self, guint position)
{
  if (self->stray.widget != NULL && self->stray.position == position)
    return self->stray.widget;
  if (position < self->first || position >= self->first + self->n_shown)
    return NULL;
  return get_slot (self, position - self->first)->widget;
}

/**
 * octavo_note_row_pool_get_position:
 * @self: a pool
 * @row: a widget
 * @position: (out): the position of the note that it shows
 *
 * Returns: whether it is a row that shows a note
 */
gboolean
octavo_note_row_pool_get_position (OctavoNoteRowPool *self, GtkWidget *row, guint *position)
{
  if (self->stray.widget != NULL && GTK_WIDGET (self->stray.widget) == row)
    {
      *position = self->stray.position;
      return TRUE;
    }
  for (guint i = 0; i < self->n_shown; i++)
    if (GTK_WIDGET (get_slot (self, i)->widget) == row)
      {
        *position = self->first + i;
        return TRUE;
      }
  return FALSE;
}

/**
 * octavo_note_row_pool_foreach:
 * @self: a pool
 * @each: called with each row that shows a note
 * @data: for @each
 */
void
octavo_note_row_pool_foreach (OctavoNoteRowPool *self, OctavoNoteRowEach each, gpointer data)
{
  for (guint i = 0; i < self->n_shown; i++)
    each (get_slot (self, i)->widget, self->first + i, data);
  if (self->stray.widget != NULL)
    each (self->stray.widget, self->stray.position, data);
}

/**
 * octavo_note_row_pool_place:
 * @self: a pool
 * @place: puts a row that shows a note where it belongs
 * @data: for @place
 *
 * Has all rows put where they belong.
 */
void
octavo_note_row_pool_place (OctavoNoteRowPool *self, OctavoNoteRowEach place, gpointer data)
{
  for (guint i = 0; i < self->slots->len; i++)
    get_slot (self, i)->placed = i < self->n_shown ? self->first + i : GTK_INVALID_LIST_POSITION;
  self->stray.placed = self->stray.position;
  octavo_note_row_pool_foreach (self, place, data);
}

/**
 * octavo_note_row_pool_is_placed:
 * @self: a pool
 *
 * Returns: whether each row that shows a note stands where octavo_note_row_pool_place() has put it
 */
gboolean
octavo_note_row_pool_is_placed (OctavoNoteRowPool *self)
{
  for (guint i = 0; i < self->n_shown; i++)
    if (get_slot (self, i)->placed != self->first + i)
      return FALSE;
  return self->stray.widget == NULL || self->stray.placed == self->stray.position;
}
