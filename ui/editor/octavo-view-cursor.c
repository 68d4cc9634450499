/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-view-cursor.h"

/* Cursor and selection belong to a GtkTextBuffer, so all views of it have them in common. The buffer's are those of the
 * view that was last worked in; each of the others keeps its own as marks, which the edits made elsewhere move along,
 * and puts the buffer's there when it is turned to. */

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("octavo-last-cursor");
}

static OctavoViewCursor *
get_last (GtkTextBuffer *buffer)
{
  return g_object_get_qdata (G_OBJECT (buffer), get_quark ());
}

static void
set_last (GtkTextBuffer *buffer, OctavoViewCursor *last)
{
  g_object_set_qdata (G_OBJECT (buffer), get_quark (), last);
}

/* Takes what is the buffer's for its own. */
static void
keep (OctavoViewCursor *self)
{
  GtkTextIter insert, bound;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &insert, gtk_text_buffer_get_insert (self->buffer));
  gtk_text_buffer_get_iter_at_mark (self->buffer, &bound, gtk_text_buffer_get_selection_bound (self->buffer));
  gtk_text_buffer_move_mark (self->buffer, self->insert, &insert);
  gtk_text_buffer_move_mark (self->buffer, self->bound, &bound);
}

static void
put_back (OctavoViewCursor *self)
{
  GtkTextIter insert, bound;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &insert, self->insert);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &bound, self->bound);
  gtk_text_buffer_select_range (self->buffer, &insert, &bound);
}

/**
 * octavo_view_cursor_init:
 * @self: to be filled in; lives as long as @view, and is told of no buffer before that goes
 * @view: whose cursor it is
 *
 * Makes the cursor of a view that shows nothing yet.
 */
void
octavo_view_cursor_init (OctavoViewCursor *self, GtkTextView *view)
{
  *self = (OctavoViewCursor){ .view = view };
}

/**
 * octavo_view_cursor_set_buffer:
 * @self: a cursor
 * @buffer: (nullable): what the view shows from now on
 *
 * Leaves one buffer, and begins in another where its cursor is.
 */
void
octavo_view_cursor_set_buffer (OctavoViewCursor *self, GtkTextBuffer *buffer)
{
  GtkTextIter start;

  if (buffer == self->buffer)
    return;
  if (self->buffer != NULL)
    {
      if (get_last (self->buffer) == self)
        set_last (self->buffer, NULL);
      gtk_text_buffer_delete_mark (self->buffer, self->insert);
      gtk_text_buffer_delete_mark (self->buffer, self->bound);
      g_clear_object (&self->buffer);
    }
  if (buffer == NULL)
    return;

  self->buffer = g_object_ref (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  self->insert = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);
  self->bound = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);
  keep (self);
  if (get_last (buffer) == NULL)
    set_last (buffer, self);
}

/**
 * octavo_view_cursor_claim:
 * @self: a cursor
 *
 * The view is turned to: the cursor of its buffer is now where this view has it. Nothing happens where it is already.
 */
void
octavo_view_cursor_claim (OctavoViewCursor *self)
{
  OctavoViewCursor *last;

  if (self->buffer == NULL || (last = get_last (self->buffer)) == self)
    return;
  if (last != NULL)
    keep (last);
  put_back (self);
  set_last (self->buffer, self);
}

/**
 * octavo_view_cursor_get_last_view:
 * @buffer: a buffer
 *
 * Returns: (nullable) (transfer none): the view that it was last worked in, of those that show it
 */
GtkTextView *
octavo_view_cursor_get_last_view (GtkTextBuffer *buffer)
{
  OctavoViewCursor *last = get_last (buffer);

  return last != NULL ? last->view : NULL;
}
