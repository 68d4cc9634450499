/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-text-counter.h"

#include <string.h>

/* A key costs the count of its line, before and after. The text is counted once, and what is selected each time that
 * this changes, some lines at a time when there is nothing else to do; what was reached so far is told by a place in
 * the text, which edits move along. */

#define SLICE 32768 /* characters that are counted at once; whole lines */
#define MOST  65536 /* characters that are put in or taken away: with more all is counted anew */
#define REST  250   /* milliseconds after the last change that it is told of: each time a frame is painted */
#define LIMIT 1000  /* after the first one, for who never rests */

struct _OctavoTextCounter
{
  GObject parent_instance;

  GtkTextBuffer *buffer;
  OctavoTextCount all; /* of what is before reached */
  GtkTextMark *reached;
  gboolean is_done;
  int line;               /* where an edit begins; -1: there is none, or none that counts */
  OctavoTextCount before; /* of its lines */

  OctavoTextCount selected;
  int selected_from; /* what is not counted yet; in characters */
  int selected_to;
  gboolean is_selected_done;

  guint counting; /* sources; 0: none */
  guint telling;
  gint64 tell_at; /* the latest, while it is to be told */
};

G_DEFINE_FINAL_TYPE (OctavoTextCounter, octavo_text_counter, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void start (OctavoTextCounter *self);

static void
count_range (OctavoTextCounter *self, const GtkTextIter *from, const GtkTextIter *to, OctavoTextCount *count)
{
  g_autofree char *text = gtk_text_buffer_get_slice (self->buffer, from, to, TRUE);

  octavo_text_count_add (count, text, (gssize) strlen (text));
}

static void
add (OctavoTextCount *count, const OctavoTextCount *other, int sign)
{
  count->words += sign * other->words;
  count->characters += sign * other->characters;
}

/* ---- In turns ---- */

/* Moves a place to the end of a slice. Returns: whether that is before the given end. */
static gboolean
go_on (GtkTextIter *place, const GtkTextIter *end)
{
  if (gtk_text_iter_get_offset (end) - gtk_text_iter_get_offset (place) <= SLICE)
    *place = *end;
  else
    {
      gtk_text_iter_forward_chars (place, SLICE);
      if (!gtk_text_iter_starts_line (place))
        gtk_text_iter_forward_line (place);
      if (gtk_text_iter_compare (place, end) > 0)
        *place = *end;
    }
  return !gtk_text_iter_equal (place, end);
}

static void
count_text (OctavoTextCounter *self)
{
  GtkTextIter from, to, end;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &from, self->reached);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  to = from;
  self->is_done = !go_on (&to, &end);
  count_range (self, &from, &to, &self->all);
  gtk_text_buffer_move_mark (self->buffer, self->reached, &to);
}

static void
count_selected (OctavoTextCounter *self)
{
  GtkTextIter from, to, end;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, self->selected_from);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, self->selected_to);
  to = from;
  self->is_selected_done = !go_on (&to, &end);
  count_range (self, &from, &to, &self->selected);
  self->selected_from = gtk_text_iter_get_offset (&to);
}

static gboolean
on_idle (gpointer data)
{
  OctavoTextCounter *self = data;

  if (!self->is_done)
    count_text (self);
  else if (!self->is_selected_done)
    count_selected (self);
  if (!self->is_done || !self->is_selected_done)
    return G_SOURCE_CONTINUE;
  self->counting = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
start (OctavoTextCounter *self)
{
  if (self->counting == 0)
    self->counting = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

static void
count_anew (OctavoTextCounter *self)
{
  GtkTextIter first;

  gtk_text_buffer_get_start_iter (self->buffer, &first);
  gtk_text_buffer_move_mark (self->buffer, self->reached, &first);
  memset (&self->all, 0, sizeof self->all);
  self->is_done = FALSE;
  self->line = -1;
  start (self);
}

static gboolean
on_changed_for_a_while (gpointer data)
{
  OctavoTextCounter *self = data;
  GtkTextIter from, to;

  self->telling = 0;
  memset (&self->selected, 0, sizeof self->selected);
  self->is_selected_done = !gtk_text_buffer_get_selection_bounds (self->buffer, &from, &to);
  self->selected_from = gtk_text_iter_get_offset (&from);
  self->selected_to = gtk_text_iter_get_offset (&to);
  start (self);
  return G_SOURCE_REMOVE;
}

static void
tell_soon (OctavoTextCounter *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->telling == 0)
    self->tell_at = now + LIMIT * G_TIME_SPAN_MILLISECOND;
  g_clear_handle_id (&self->telling, g_source_remove);
  self->telling =
      g_timeout_add_full (G_PRIORITY_LOW, (guint) CLAMP ((self->tell_at - now) / G_TIME_SPAN_MILLISECOND, 0, REST),
                          on_changed_for_a_while, self, NULL);
}

/* ---- Edits ---- */

static void
begin_edit (OctavoTextCounter *self, const GtkTextIter *from, const GtkTextIter *to, int size)
{
  GtkTextIter reached, first = *from, last = *to;

  self->line = -1;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &reached, self->reached);
  gtk_text_iter_set_line_offset (&first, 0);
  if (!self->is_done && gtk_text_iter_compare (&first, &reached) >= 0)
    return; /* it is counted when its turn comes */
  gtk_text_iter_forward_line (&last);
  if (size > MOST || (!self->is_done && gtk_text_iter_compare (&last, &reached) > 0))
    {
      count_anew (self);
      return;
    }
  memset (&self->before, 0, sizeof self->before);
  count_range (self, &first, &last, &self->before);
  self->line = gtk_text_iter_get_line (&first);
}

static void
end_edit (OctavoTextCounter *self, const GtkTextIter *to)
{
  GtkTextIter first, last = *to;

  tell_soon (self);
  if (self->line < 0)
    return;
  gtk_text_buffer_get_iter_at_line (self->buffer, &first, self->line);
  gtk_text_iter_forward_line (&last);
  add (&self->all, &self->before, -1);
  count_range (self, &first, &last, &self->all);
  if (self->is_done)
    {
      gtk_text_buffer_get_end_iter (self->buffer, &last);
      gtk_text_buffer_move_mark (self->buffer, self->reached, &last);
    }
  self->line = -1;
}

static void
on_insert (GtkTextBuffer *buffer, GtkTextIter *place, char *text, int size, OctavoTextCounter *self)
{
  begin_edit (self, place, place, size);
}

/* What was refused does not come to this. */
static void
on_inserted (GtkTextBuffer *buffer, GtkTextIter *place, char *text, int size, OctavoTextCounter *self)
{
  end_edit (self, place);
}

static void
on_delete (GtkTextBuffer *buffer, GtkTextIter *from, GtkTextIter *to, OctavoTextCounter *self)
{
  begin_edit (self, from, to, gtk_text_iter_get_offset (to) - gtk_text_iter_get_offset (from));
}

static void
on_deleted (GtkTextBuffer *buffer, GtkTextIter *from, GtkTextIter *to, OctavoTextCounter *self)
{
  end_edit (self, from);
}

static void
on_mark_set (GtkTextBuffer *buffer, GtkTextIter *place, GtkTextMark *mark, OctavoTextCounter *self)
{
  if ((mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer)) &&
      (gtk_text_buffer_get_has_selection (buffer) || self->selected_to > 0))
    tell_soon (self);
}

/* ---- Object ---- */

static void
octavo_text_counter_dispose (GObject *object)
{
  OctavoTextCounter *self = OCTAVO_TEXT_COUNTER (object);

  g_clear_handle_id (&self->counting, g_source_remove);
  g_clear_handle_id (&self->telling, g_source_remove);
  if (self->buffer != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->buffer, self);
      gtk_text_buffer_delete_mark (self->buffer, self->reached);
    }
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (octavo_text_counter_parent_class)->dispose (object);
}

static void
octavo_text_counter_class_init (OctavoTextCounterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_text_counter_dispose;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", OCTAVO_TYPE_TEXT_COUNTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_text_counter_init (OctavoTextCounter *self)
{
  self->line = -1;
  self->is_selected_done = TRUE;
}

/**
 * octavo_text_counter_new:
 * @buffer: a text
 *
 * Begins to count, when there is nothing else to do.
 *
 * Returns: (transfer full): what counts
 */
OctavoTextCounter *
octavo_text_counter_new (GtkTextBuffer *buffer)
{
  OctavoTextCounter *self;
  GtkTextIter first;

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), NULL);

  self = g_object_new (OCTAVO_TYPE_TEXT_COUNTER, NULL);
  self->buffer = g_object_ref (buffer);
  gtk_text_buffer_get_start_iter (buffer, &first);
  self->reached = gtk_text_buffer_create_mark (buffer, NULL, &first, TRUE);
  g_signal_connect (buffer, "insert-text", G_CALLBACK (on_insert), self);
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (on_inserted), self);
  g_signal_connect (buffer, "delete-range", G_CALLBACK (on_delete), self);
  g_signal_connect_after (buffer, "delete-range", G_CALLBACK (on_deleted), self);
  g_signal_connect_after (buffer, "mark-set", G_CALLBACK (on_mark_set), self);
  tell_soon (self);
  start (self);
  return self;
}

/**
 * octavo_text_counter_get_all:
 * @self: a counter
 * @count: (out): the count of the whole text
 *
 * Returns: whether it is known already
 */
gboolean
octavo_text_counter_get_all (OctavoTextCounter *self, OctavoTextCount *count)
{
  g_return_val_if_fail (OCTAVO_IS_TEXT_COUNTER (self), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  *count = self->all;
  return self->is_done;
}

/**
 * octavo_text_counter_get_selected:
 * @self: a counter
 * @count: (out): the count of what is selected
 *
 * Returns: whether something is, and its count is known
 */
gboolean
octavo_text_counter_get_selected (OctavoTextCounter *self, OctavoTextCount *count)
{
  g_return_val_if_fail (OCTAVO_IS_TEXT_COUNTER (self), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  *count = self->selected;
  return self->is_selected_done && self->selected_to > 0 && gtk_text_buffer_get_has_selection (self->buffer);
}
