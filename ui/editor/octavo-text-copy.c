/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-text-copy.h"

#include <string.h>

/* To read a megabyte out of a GtkTextBuffer takes ten milliseconds, and who types has it saved each second. So the text
 * is kept in parts of whole lines, of which an edit drops those it touches: only these are read again. After the first
 * edit the others are read when there is nothing else to do. */

typedef struct
{
  guint n_lines;
  char *text; /* NULL: to be read */
  gsize size;
} Part;

struct _OctavoTextCopy
{
  GtkTextBuffer *buffer; /* owns this */
  guint part_size;       /* characters, about */
  GArray *parts;         /* (element-type Part): all lines, in order */
  int n_chars;           /* of the buffer, after the last edit */
  guint source;          /* 0: nothing is to be read before it is asked for */
};

static void
part_clear (gpointer data)
{
  g_free (((Part *) data)->text);
}

static Part *
get_part (OctavoTextCopy *self, guint index)
{
  return &g_array_index (self->parts, Part, index);
}

static guint
count_lines (OctavoTextCopy *self)
{
  guint n_lines = 0;

  for (guint i = 0; i < self->parts->len; i++)
    n_lines += get_part (self, i)->n_lines;
  return n_lines;
}

/* A line beyond the last one is of the last part. */
static guint
find_part (OctavoTextCopy *self, guint line)
{
  guint index = 0;

  while (index + 1 < self->parts->len && line >= get_part (self, index)->n_lines)
    line -= get_part (self, index++)->n_lines;
  return index;
}

/* Leaves some lines of a part that is too large to another after it. Moves its end to where it ends then. */
static void
split_part (OctavoTextCopy *self, guint index, const GtkTextIter *start, GtkTextIter *end)
{
  Part *part = get_part (self, index);
  Part rest = { part->n_lines, NULL, 0 };
  GtkTextIter middle = *start;

  gtk_text_iter_forward_chars (&middle, (int) self->part_size);
  if (!gtk_text_iter_starts_line (&middle))
    gtk_text_iter_forward_line (&middle);
  if (gtk_text_iter_compare (&middle, end) >= 0)
    return;
  part->n_lines = (guint) (gtk_text_iter_get_line (&middle) - gtk_text_iter_get_line (start));
  rest.n_lines -= part->n_lines;
  g_array_insert_val (self->parts, index + 1, rest);
  *end = middle;
}

static void
read_part (OctavoTextCopy *self, guint index, guint line)
{
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  Part *part;

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, (int) line);
  if (index + 1 == self->parts->len)
    gtk_text_buffer_get_end_iter (self->buffer, &end);
  else
    gtk_text_buffer_get_iter_at_line (self->buffer, &end, (int) (line + get_part (self, index)->n_lines));
  if ((guint) (gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start)) > 2 * self->part_size)
    split_part (self, index, &start, &end);

  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  part = get_part (self, index);
  part->text = g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : g_utf8_make_valid (text, -1);
  part->size = strlen (part->text);
}

/* Reads the first part that is to be read. Returns: whether there was one. */
static gboolean
read_next (OctavoTextCopy *self)
{
  guint line = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      if (get_part (self, i)->text == NULL)
        {
          read_part (self, i, line);
          return TRUE;
        }
      line += get_part (self, i)->n_lines;
    }
  return FALSE;
}

static gboolean
on_idle (gpointer data)
{
  OctavoTextCopy *self = data;

  if (read_next (self))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
schedule (OctavoTextCopy *self)
{
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

/**
 * octavo_text_copy_new:
 * @buffer: a buffer, which outlives the copy
 * @part_size: how many characters are read at once, about
 *
 * Begins to read the text, when there is nothing else to do.
 *
 * Returns: (transfer full): the copy
 */
OctavoTextCopy *
octavo_text_copy_new (GtkTextBuffer *buffer, guint part_size)
{
  OctavoTextCopy *self = g_new0 (OctavoTextCopy, 1);
  Part all = { (guint) gtk_text_buffer_get_line_count (buffer), NULL, 0 };

  self->buffer = buffer;
  self->part_size = part_size;
  self->n_chars = gtk_text_buffer_get_char_count (buffer);
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  g_array_append_val (self->parts, all);
  schedule (self);
  return self;
}

/**
 * octavo_text_copy_free:
 * @self: a copy
 */
void
octavo_text_copy_free (OctavoTextCopy *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_array_unref (self->parts);
  g_free (self);
}

/**
 * octavo_text_copy_edited:
 * @self: a copy
 * @first: the first line that was edited
 * @last: the last one, as lines were counted before
 *
 * Tells that the text was edited. The lines beside the edit are read again as well: a line feed that comes to stand
 * after a carriage return belongs to the line before.
 */
void
octavo_text_copy_edited (OctavoTextCopy *self, guint first, guint last)
{
  guint from = find_part (self, first > 0 ? first - 1 : 0);
  guint to = find_part (self, last + 1);
  guint n_lines_before = count_lines (self);
  int n_chars = gtk_text_buffer_get_char_count (self->buffer);
  Part *part = get_part (self, from);

  for (guint i = from + 1; i <= to; i++)
    part->n_lines += get_part (self, i)->n_lines;
  part->n_lines += (guint) gtk_text_buffer_get_line_count (self->buffer) - n_lines_before;
  g_clear_pointer (&part->text, g_free);
  g_array_remove_range (self->parts, from + 1, to - from);
  if (n_chars > self->n_chars + (int) self->part_size)
    schedule (self);
  self->n_chars = n_chars;
}

/**
 * octavo_text_copy_is_done:
 * @self: a copy
 *
 * Returns: whether nothing is read any more before it is asked for
 */
gboolean
octavo_text_copy_is_done (OctavoTextCopy *self)
{
  return self->source == 0;
}

/**
 * octavo_text_copy_dup_text:
 * @self: a copy
 *
 * Returns: (transfer full): the whole text, in valid UTF-8
 */
char *
octavo_text_copy_dup_text (OctavoTextCopy *self)
{
  gsize size = 0, at = 0;
  char *text;

  while (read_next (self))
    ;
  for (guint i = 0; i < self->parts->len; i++)
    size += get_part (self, i)->size;
  text = g_malloc (size + 1);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = get_part (self, i);

      memcpy (text + at, part->text, part->size);
      at += part->size;
    }
  text[at] = '\0';
  return text;
}
