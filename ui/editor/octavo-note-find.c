/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-note-find.h"

#include "octavo-find-bar.h"
#include "octavo-find-marks.h"
#include "octavo-find-replace.h"

#include <glib/gi18n-lib.h>

/* The bar is made when it is first asked for. While it is open and has a text, that is what is marked; else what the
 * search of all notes looks for. What is to be done with hits waits until they are known. */

#define MOST_SELECTED 200 /* characters of a selection that becomes what is looked for */

/* What hits are waited for. */
typedef enum
{
  WAITS_FOR_NOTHING,
  WAITS_TO_SHOW,   /* the first one, in a note that was opened from a search */
  WAITS_TO_SELECT, /* the first one from where the cursor was, as one types */
  WAITS_TO_STEP,   /* the next one, or the one before */
} Wait;

struct _OctavoNoteFind
{
  GObject parent_instance;

  GtkBox *page;         /* owns this */
  OctavoNoteView *view; /* in it */
  OctavoFindBar *bar;   /* NULL until it is asked for */
  OctavoFinder *finder;
  OctavoFindMarks *marks;
  GtkTextBuffer *buffer; /* NULL: no note */
  GtkTextMark *anchor;   /* where the cursor was before the search moved it; NULL without a buffer */

  char *query;
  gboolean is_query;  /* the query is looked for, not what is in the bar */
  gboolean was_shown; /* the first hit of the query, in this note */
  int shown_at;       /* where the cursor was put for that; -1: nowhere */

  Wait wait;
  int direction; /* of the step that is waited for */
  char *notice;  /* what the bar says beside the count; NULL: nothing */
  gboolean is_broken;
};

G_DEFINE_FINAL_TYPE (OctavoNoteFind, octavo_note_find, G_TYPE_OBJECT)

static gboolean
is_open (OctavoNoteFind *self)
{
  return self->bar != NULL && gtk_widget_get_visible (GTK_WIDGET (self->bar));
}

/* What is selected; an empty range at the cursor where nothing is. */
static OctavoFindHit
get_selection (OctavoNoteFind *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  return (OctavoFindHit){ (guint) gtk_text_iter_get_offset (&start), (guint) gtk_text_iter_get_offset (&end) };
}

/* The hit that is selected, or that the cursor is at the start of. */
static gboolean
find_current (OctavoNoteFind *self, guint *index)
{
  OctavoFindHit selection = get_selection (self);
  OctavoFindHit hit;

  *index = octavo_finder_find (self->finder, selection.start);
  if (*index >= octavo_finder_get_n_hits (self->finder))
    return FALSE;
  hit = octavo_finder_get_hit (self->finder, *index);
  return hit.start == selection.start && (selection.end == selection.start || selection.end == hit.end);
}

/* ---- What the bar says ---- */

static void
set_notice (OctavoNoteFind *self, const char *notice)
{
  if (notice == self->notice)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
}

static char *
describe_hits (OctavoNoteFind *self, gboolean has_current, guint current)
{
  guint n_hits = octavo_finder_get_n_hits (self->finder);

  if (n_hits == 0)
    return g_strdup (_ ("Not found"));
  if (has_current)
    /* Translators: which of the places where something was found, of how many. */
    return g_strdup_printf (_ ("%'u of %'u"), current + 1, n_hits);
  return g_strdup_printf (ngettext ("%'u found", "%'u found", n_hits), n_hits);
}

static void
update_status (OctavoNoteFind *self, gboolean has_current, guint current)
{
  const char *problem = octavo_finder_get_problem (self->finder);
  g_autofree char *hits = NULL;
  g_autofree char *status = NULL;

  if (self->bar == NULL || self->is_broken)
    return;
  octavo_find_bar_set_can_step (self->bar, octavo_finder_get_n_hits (self->finder) > 0);
  if (problem != NULL || self->is_query || octavo_finder_get_pattern (self->finder) == NULL)
    {
      octavo_find_bar_set_status (self->bar, problem != NULL ? problem : "", problem != NULL);
      return;
    }
  if (octavo_finder_is_busy (self->finder))
    return;
  hits = describe_hits (self, has_current, current);
  if (self->notice != NULL)
    /* Translators: how many were found or which of them is shown, and what else there is to say: “1 of 12 · from the
     * start again” */
    status = g_strdup_printf (_ ("%s · %s"), hits, self->notice);
  octavo_find_bar_set_status (self->bar, status != NULL ? status : hits, octavo_finder_get_n_hits (self->finder) == 0);
}

static void
update (OctavoNoteFind *self)
{
  OctavoFindHit hit;
  guint current = 0;
  gboolean has_current;

  if (self->buffer == NULL)
    return;
  has_current = octavo_finder_get_pattern (self->finder) != NULL && find_current (self, &current);
  if (has_current)
    hit = octavo_finder_get_hit (self->finder, current);
  octavo_find_marks_set_current (self->marks, has_current ? &hit : NULL);
  update_status (self, has_current, current);
}

/* ---- Going to hits ---- */

static void
set_anchor (OctavoNoteFind *self)
{
  GtkTextIter start;

  gtk_text_buffer_get_selection_bounds (self->buffer, &start, NULL);
  gtk_text_buffer_move_mark (self->buffer, self->anchor, &start);
}

static GtkWidget *
get_focus (OctavoNoteFind *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->view));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* What is selected in the text takes the selection of the display from the entry that one types in, and the entry then
 * forgets what was selected in it. A hit that comes late must not undo a Ctrl+A: the entry takes it back, and the
 * cursor alone is at the hit. */
static void
select_range (OctavoNoteFind *self, OctavoFindHit hit)
{
  GtkWidget *focus = get_focus (self);
  GtkTextIter start, end;
  int first, last;
  gboolean is_kept = GTK_IS_EDITABLE (focus) && gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), &first, &last);

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) hit.start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) hit.end);
  gtk_text_buffer_select_range (self->buffer, &start, &end);
  if (is_kept)
    gtk_editable_select_region (GTK_EDITABLE (focus), first, last);
}

static void
select_hit (OctavoNoteFind *self, guint index)
{
  octavo_note_view_claim_cursor (self->view);
  select_range (self, octavo_finder_get_hit (self->finder, index));
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (self->buffer), 0.15, FALSE, 0,
                                0);
}

/* Where nothing is found the cursor goes back to where it was. */
static void
select_first (OctavoNoteFind *self)
{
  guint n_hits = octavo_finder_get_n_hits (self->finder);
  GtkTextIter anchor;
  guint index;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &anchor, self->anchor);
  index = octavo_finder_find (self->finder, (guint) gtk_text_iter_get_offset (&anchor));
  octavo_note_view_claim_cursor (self->view);
  if (n_hits == 0)
    gtk_text_buffer_place_cursor (self->buffer, &anchor);
  else
    select_hit (self, index < n_hits ? index : 0);
}

static void
step (OctavoNoteFind *self)
{
  guint n_hits = octavo_finder_get_n_hits (self->finder);
  gboolean is_forward = self->direction > 0;
  guint index;

  if (n_hits == 0)
    return;
  set_notice (self, NULL);
  if (find_current (self, &index))
    index = is_forward ? index + 1 : index - 1;
  else
    index = octavo_finder_find (self->finder, get_selection (self).start) - (is_forward ? 0 : 1);
  if (index >= n_hits)
    {
      set_notice (self, is_forward ? _ ("from the start again") : _ ("from the end again"));
      index = is_forward ? 0 : n_hits - 1;
    }
  select_hit (self, index);
  set_anchor (self);
}

/* The cursor alone: who types next does not type over the hit. */
static void
show_first (OctavoNoteFind *self)
{
  if (octavo_finder_get_n_hits (self->finder) == 0)
    return;
  self->shown_at = (int) octavo_finder_get_hit (self->finder, 0).start;
  self->was_shown = TRUE;
  octavo_note_view_show_place (self->view, self->shown_at);
  set_anchor (self);
}

static void
on_hits_changed (OctavoNoteFind *self)
{
  Wait wait = self->wait;

  if (self->buffer == NULL)
    return;
  if (octavo_finder_is_busy (self->finder))
    {
      set_notice (self, NULL);
      update (self);
      return;
    }
  self->wait = WAITS_FOR_NOTHING;
  if (wait == WAITS_TO_SHOW)
    show_first (self);
  else if (wait == WAITS_TO_SELECT)
    select_first (self);
  else if (wait == WAITS_TO_STEP)
    step (self);
  update (self);
}

static void
wait_for (OctavoNoteFind *self, Wait wait)
{
  self->wait = wait;
  if (!octavo_finder_is_busy (self->finder))
    on_hits_changed (self);
}

/* ---- What is looked for ---- */

static OctavoFindPattern *
make_pattern (OctavoNoteFind *self)
{
  g_autoptr (GError) error = NULL;
  OctavoFindPattern *pattern;

  self->is_broken = FALSE;
  self->is_query = !is_open (self) || *octavo_find_bar_get_text (self->bar) == '\0';
  if (self->is_query)
    return *self->query != '\0' ? octavo_find_pattern_new_for_query (self->query) : NULL;
  pattern =
      octavo_find_pattern_new (octavo_find_bar_get_text (self->bar), octavo_find_bar_get_flags (self->bar), &error);
  if (pattern == NULL)
    {
      octavo_find_bar_set_can_step (self->bar, FALSE);
      octavo_find_bar_set_status (self->bar, error->message, TRUE);
      self->is_broken = TRUE;
    }
  return pattern;
}

/* wait: what to do once hits are known */
static void
look (OctavoNoteFind *self, Wait wait)
{
  g_autoptr (OctavoFindPattern) pattern = make_pattern (self);

  set_notice (self, NULL);
  self->wait = pattern != NULL ? wait : WAITS_FOR_NOTHING;
  octavo_find_marks_set_buffer (self->marks, pattern != NULL ? self->buffer : NULL);
  octavo_finder_set_pattern (self->finder, pattern);
  update (self);
}

static void
on_bar_changed (OctavoNoteFind *self)
{
  if (self->buffer != NULL)
    look (self, WAITS_TO_SELECT);
}

static void
on_bar_step (OctavoNoteFind *self, int direction)
{
  octavo_note_find_step (self, direction);
}

static void
on_bar_close (OctavoNoteFind *self)
{
  octavo_note_find_close (self);
}

static void
on_bar_replace (OctavoNoteFind *self, gboolean all)
{
  OctavoFindPattern *pattern = octavo_finder_get_pattern (self->finder);
  const char *replacement = octavo_find_bar_get_replacement (self->bar);
  g_autoptr (GError) error = NULL;
  g_autofree char *notice = NULL;
  guint current, n_replaced;

  if (self->is_query || pattern == NULL || !gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)) ||
      !OCTAVO_IS_MARKDOWN_BUFFER (self->buffer))
    return;
  if (all)
    {
      if (octavo_find_replace_all (OCTAVO_MARKDOWN_BUFFER (self->buffer), pattern, replacement, &n_replaced, &error))
        notice = g_strdup_printf (ngettext ("%'u replaced", "%'u replaced", n_replaced), n_replaced);
      octavo_finder_look_again (self->finder);
    }
  else if (octavo_finder_is_busy (self->finder) || !find_current (self, &current))
    {
      octavo_note_find_step (self, 1);
    }
  else
    {
      OctavoFindHit hit = octavo_finder_get_hit (self->finder, current);

      if (octavo_find_replace_one (OCTAVO_MARKDOWN_BUFFER (self->buffer), pattern, &hit, replacement, &error))
        octavo_note_find_step (self, 1);
    }
  if (error != NULL)
    octavo_find_bar_set_status (self->bar, error->message, TRUE);
  else if (all)
    {
      set_notice (self, notice);
      update (self);
    }
}

static void
on_cursor_moved (OctavoNoteFind *self)
{
  if (octavo_finder_get_pattern (self->finder) != NULL)
    update (self);
}

static void
on_editable_changed (OctavoNoteFind *self)
{
  if (self->bar != NULL)
    octavo_find_bar_set_editable (self->bar, gtk_text_view_get_editable (GTK_TEXT_VIEW (self->view)));
}

static void
ensure_bar (OctavoNoteFind *self)
{
  if (self->bar != NULL)
    return;
  self->bar = OCTAVO_FIND_BAR (octavo_find_bar_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_box_prepend (self->page, GTK_WIDGET (self->bar));
  on_editable_changed (self);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (on_bar_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "step", G_CALLBACK (on_bar_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "replace", G_CALLBACK (on_bar_replace), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "close", G_CALLBACK (on_bar_close), self, G_CONNECT_SWAPPED);
}

/* ---- Object ---- */

static void
octavo_note_find_dispose (GObject *object)
{
  OctavoNoteFind *self = OCTAVO_NOTE_FIND (object);

  if (self->finder != NULL)
    octavo_note_find_set_buffer (self, NULL);
  g_clear_pointer (&self->marks, octavo_find_marks_free);
  g_clear_object (&self->finder);
  G_OBJECT_CLASS (octavo_note_find_parent_class)->dispose (object);
}

static void
octavo_note_find_finalize (GObject *object)
{
  OctavoNoteFind *self = OCTAVO_NOTE_FIND (object);

  g_free (self->query);
  g_free (self->notice);
  G_OBJECT_CLASS (octavo_note_find_parent_class)->finalize (object);
}

static void
octavo_note_find_class_init (OctavoNoteFindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_note_find_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_note_find_finalize;
}

static void
octavo_note_find_init (OctavoNoteFind *self)
{
  self->query = g_strdup ("");
  self->is_query = TRUE;
  self->shown_at = -1;
  self->finder = octavo_finder_new ();
  g_signal_connect_object (self->finder, "changed", G_CALLBACK (on_hits_changed), self, G_CONNECT_SWAPPED);
}

/**
 * octavo_note_find_new:
 * @page: what the bar is put on top of; it outlives this
 * @view: the view of the text, which does too
 *
 * Returns: (transfer full): what finds nothing yet
 */
OctavoNoteFind *
octavo_note_find_new (GtkBox *page, OctavoNoteView *view)
{
  OctavoNoteFind *self;

  g_return_val_if_fail (GTK_IS_BOX (page), NULL);
  g_return_val_if_fail (OCTAVO_IS_NOTE_VIEW (view), NULL);

  self = g_object_new (OCTAVO_TYPE_NOTE_FIND, NULL);
  self->page = page;
  self->view = view;
  self->marks = octavo_find_marks_new (view, self->finder);
  g_signal_connect_object (view, "notify::editable", G_CALLBACK (on_editable_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * octavo_note_find_set_buffer:
 * @self: a find
 * @buffer: (nullable): what the view shows now; %NULL: no note is open
 *
 * Finds in another note. Where a search of all notes found it, the cursor goes to the first hit.
 */
void
octavo_note_find_set_buffer (OctavoNoteFind *self, GtkTextBuffer *buffer)
{
  GtkTextIter start;

  g_return_if_fail (OCTAVO_IS_NOTE_FIND (self));

  if (buffer == self->buffer)
    return;
  self->wait = WAITS_FOR_NOTHING;
  octavo_find_marks_set_buffer (self->marks, NULL);
  if (self->buffer != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->buffer, self);
      gtk_text_buffer_delete_mark (self->buffer, self->anchor);
      self->anchor = NULL;
    }
  g_set_object (&self->buffer, buffer);
  octavo_finder_set_pattern (self->finder, NULL);
  octavo_finder_set_buffer (self->finder, buffer);
  self->was_shown = FALSE;
  self->shown_at = -1;
  if (buffer == NULL)
    return;

  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::has-selection", G_CALLBACK (on_cursor_moved), self, G_CONNECT_SWAPPED);
  gtk_text_buffer_get_start_iter (buffer, &start);
  self->anchor = gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE);
  set_anchor (self);
  if (*self->query != '\0' && is_open (self))
    gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  look (self, *self->query != '\0' ? WAITS_TO_SHOW : WAITS_FOR_NOTHING);
}

/**
 * octavo_note_find_set_query:
 * @self: a find
 * @query: what a search of all notes looks for; "" for nothing
 *
 * Marks the hits of a search. The cursor goes to the first one only where that of the query before put it.
 */
void
octavo_note_find_set_query (OctavoNoteFind *self, const char *query)
{
  gboolean is_following;

  g_return_if_fail (OCTAVO_IS_NOTE_FIND (self));
  g_return_if_fail (query != NULL);

  if (g_str_equal (query, self->query))
    return;
  g_free (self->query);
  self->query = g_strdup (query);
  self->was_shown = FALSE;
  if (self->buffer == NULL || !self->is_query)
    return;
  is_following = self->shown_at >= 0 && get_selection (self).start == (guint) self->shown_at;
  look (self, is_following ? WAITS_TO_SHOW : WAITS_FOR_NOTHING);
}

/**
 * octavo_note_find_show_first:
 * @self: a find
 *
 * The note was chosen in a list: puts the cursor at the first hit of the search that the list shows, where it was not
 * there yet.
 */
void
octavo_note_find_show_first (OctavoNoteFind *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_FIND (self));

  if (self->buffer != NULL && self->is_query && !self->was_shown && octavo_finder_get_pattern (self->finder) != NULL)
    wait_for (self, WAITS_TO_SHOW);
}

/* What is selected is what one wants to find, unless it is what was found. */
static char *
dup_selected (OctavoNoteFind *self)
{
  GtkTextIter start, end;
  guint current;

  if (!gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end) ||
      gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end) ||
      gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) > MOST_SELECTED)
    return NULL;
  if (!self->is_query && find_current (self, &current))
    return NULL;
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/**
 * octavo_note_find_open:
 * @self: a find
 * @replace: whether something is to be replaced
 *
 * Shows the bar, with what is selected in it, or what was last looked for, and puts the focus there.
 */
void
octavo_note_find_open (OctavoNoteFind *self, gboolean replace)
{
  g_autofree char *selected = NULL;
  gboolean was_open;

  g_return_if_fail (OCTAVO_IS_NOTE_FIND (self));

  if (self->buffer == NULL)
    return;
  ensure_bar (self);
  was_open = is_open (self);
  selected = dup_selected (self);
  set_anchor (self);
  if (!was_open)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
      look (self, WAITS_FOR_NOTHING);
    }
  if (selected != NULL)
    octavo_find_bar_set_text (self->bar, selected);
  octavo_find_bar_grab (self->bar, replace, was_open || selected != NULL);
}

/**
 * octavo_note_find_step:
 * @self: a find
 * @direction: 1: to the next hit; -1: to the one before
 *
 * Goes to another hit, on from the other end where there is none. Where nothing is looked for the bar opens.
 */
void
octavo_note_find_step (OctavoNoteFind *self, int direction)
{
  g_return_if_fail (OCTAVO_IS_NOTE_FIND (self));

  if (self->buffer == NULL)
    return;
  if (octavo_finder_get_pattern (self->finder) == NULL && !is_open (self))
    octavo_note_find_open (self, FALSE);
  if (octavo_finder_get_pattern (self->finder) == NULL)
    return;
  self->direction = direction;
  octavo_finder_look_again (self->finder);
  wait_for (self, WAITS_TO_STEP);
}

/**
 * octavo_note_find_close:
 * @self: a find
 *
 * Hides the bar, and puts the focus into the text, where the hit is selected if the focus was in the bar.
 *
 * Returns: whether it was open
 */
gboolean
octavo_note_find_close (OctavoNoteFind *self)
{
  GtkWidget *focus;
  gboolean is_left;
  guint current;

  g_return_val_if_fail (OCTAVO_IS_NOTE_FIND (self), FALSE);

  if (!is_open (self))
    return FALSE;
  focus = get_focus (self);
  is_left = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->bar));
  if (gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (is_left && self->buffer != NULL && octavo_finder_get_pattern (self->finder) != NULL &&
      find_current (self, &current))
    select_range (self, octavo_finder_get_hit (self->finder, current));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  if (self->buffer != NULL)
    look (self, WAITS_FOR_NOTHING);
  return TRUE;
}
