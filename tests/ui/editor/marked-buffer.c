/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "marked-buffer"

#include "marked-buffer.h"

#include <string.h>

/* Loads a text without its |s, which tell what to select. */
OctavoMarkdownBuffer *
marked_buffer_new (const char *marked)
{
  OctavoMarkdownBuffer *buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  g_auto (GStrv) parts = g_strsplit (marked, "|", -1);
  g_autofree char *text = g_strjoinv ("", parts);
  int place = (int) g_utf8_strlen (parts[0], -1);
  int other = g_strv_length (parts) > 2 ? place + (int) g_utf8_strlen (parts[1], -1) : place;
  GtkTextIter start, end;

  octavo_markdown_buffer_load (buffer, text);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &start, place);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &end, other);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (buffer), &end, &start);
  return buffer;
}

/* GTK 4.8 never lets go of a buffer in which something was selected: those are kept, so that they count as no leak. */
void
marked_buffer_drop (OctavoMarkdownBuffer *buffer)
{
  static GPtrArray *selected;

  if (selected == NULL)
    selected = g_ptr_array_new ();
  if (G_OBJECT (buffer)->ref_count > 1)
    g_ptr_array_add (selected, buffer);
  else
    g_assert_finalize_object (buffer);
}

static void
add_bars (GString *text, GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  gboolean has_selection = gtk_text_buffer_get_selection_bounds (buffer, &start, &end);

  if (has_selection)
    g_string_insert_c (text, g_utf8_offset_to_pointer (text->str, gtk_text_iter_get_offset (&end)) - text->str, '|');
  g_string_insert_c (text, g_utf8_offset_to_pointer (text->str, gtk_text_iter_get_offset (&start)) - text->str, '|');
}

void
marked_buffer_assert (OctavoMarkdownBuffer *buffer, const char *before, const char *expected)
{
  g_autofree char *text = octavo_markdown_buffer_dup_text (buffer);
  g_autofree char *undone = NULL;
  GString *marked = g_string_new (text);
  g_auto (GStrv) parts = g_strsplit (before, "|", -1);
  g_autofree char *plain = g_strjoinv ("", parts);

  if (strchr (expected, '|') != NULL)
    add_bars (marked, GTK_TEXT_BUFFER (buffer));
  g_assert_cmpstr (marked->str, ==, expected);
  g_string_free (marked, TRUE);
  if (strcmp (text, plain) != 0)
    gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
  undone = octavo_markdown_buffer_dup_text (buffer);
  g_assert_cmpstr (undone, ==, plain);
}
