/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-find-replace.h"

#include "octavo-text-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A few hits are replaced where they stand, which leaves all else as it is; many by setting the text anew, as a buffer
 * takes its time for each edit. */

#define MOST_EDITS 300

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
}

static void
replace_hit (GtkTextBuffer *buffer, const OctavoFindHit *hit, const char *replacement)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) hit->start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) hit->end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, replacement, -1);
}

static char *
make_text (const char *text, GArray *hits, GPtrArray *replacements)
{
  GString *made = g_string_new (NULL);
  const char *place = text;
  guint offset = 0;

  for (guint i = 0; i < hits->len; i++)
    {
      const OctavoFindHit *hit = &g_array_index (hits, OctavoFindHit, i);
      const char *start = g_utf8_offset_to_pointer (place, hit->start - offset);

      g_string_append_len (made, place, start - place);
      g_string_append (made, g_ptr_array_index (replacements, i));
      place = g_utf8_offset_to_pointer (start, hit->end - hit->start);
      offset = hit->end;
    }
  g_string_append (made, place);
  return g_string_free (made, FALSE);
}

/* Where the cursor is when the hits before it have become longer or shorter. */
static guint
move_cursor (guint cursor, GArray *hits, GPtrArray *replacements)
{
  gint64 moved = cursor;

  for (guint i = 0; i < hits->len; i++)
    {
      const OctavoFindHit *hit = &g_array_index (hits, OctavoFindHit, i);

      if (hit->start >= cursor)
        break;
      moved += g_utf8_strlen (g_ptr_array_index (replacements, i), -1) - (gint64) (MIN (hit->end, cursor) - hit->start);
    }
  return (guint) moved;
}

static guint
get_cursor (GtkTextBuffer *buffer)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  return (guint) gtk_text_iter_get_offset (&cursor);
}

static gboolean
check_size (const char *text, GError **error)
{
  if (strlen (text) <= OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE &&
      octavo_text_get_longest_line (text, -1) <= OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                       _ ("The text would become too long. Nothing was replaced."));
  return FALSE;
}

/* The buffer refuses an edit that makes it too large, even if the next one would make it smaller. */
static gboolean
is_near_limit (const char *text, const char *made)
{
  return strlen (text) + strlen (made) > OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE ||
         octavo_text_get_longest_line (text, -1) + octavo_text_get_longest_line (made, -1) >
             OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE;
}

/**
 * octavo_find_replace_one:
 * @buffer: a buffer
 * @pattern: what was looked for
 * @hit: where it was found
 * @replacement: what is to be there instead
 * @error: why it cannot be, in words for a person
 *
 * Replaces a hit, and puts the cursor after what is there now.
 *
 * Returns: whether it did
 */
gboolean
octavo_find_replace_one (OctavoMarkdownBuffer *buffer,
                         OctavoFindPattern *pattern,
                         const OctavoFindHit *hit,
                         const char *replacement,
                         GError **error)
{
  GtkTextBuffer *text_buffer = GTK_TEXT_BUFFER (buffer);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));
  g_autoptr (GPtrArray) replacements = g_ptr_array_new ();
  g_autofree char *text = dup_text (text_buffer);
  g_autofree char *replaced = octavo_find_pattern_replace_one (pattern, text, hit->start, replacement, error);
  g_autofree char *made = NULL;
  GtkTextIter end;

  if (replaced == NULL)
    return FALSE;
  g_array_append_val (hits, *hit);
  g_ptr_array_add (replacements, replaced);
  made = make_text (text, hits, replacements);
  if (!check_size (made, error))
    return FALSE;
  gtk_text_buffer_begin_user_action (text_buffer);
  replace_hit (text_buffer, hit, replaced);
  gtk_text_buffer_end_user_action (text_buffer);
  gtk_text_buffer_get_iter_at_offset (text_buffer, &end, (int) (hit->start + g_utf8_strlen (replaced, -1)));
  gtk_text_buffer_place_cursor (text_buffer, &end);
  return TRUE;
}

/**
 * octavo_find_replace_all:
 * @buffer: a buffer
 * @pattern: what to look for
 * @replacement: what is to be there instead
 * @n_replaced: (out): how often it was found
 * @error: why it cannot be, in words for a person
 *
 * Replaces all hits; the cursor stays where it is in the text.
 *
 * Returns: whether that could be done
 */
gboolean
octavo_find_replace_all (OctavoMarkdownBuffer *buffer,
                         OctavoFindPattern *pattern,
                         const char *replacement,
                         guint *n_replaced,
                         GError **error)
{
  GtkTextBuffer *text_buffer = GTK_TEXT_BUFFER (buffer);
  g_autoptr (GPtrArray) replacements = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = dup_text (text_buffer);
  g_autofree char *made = NULL;
  g_autoptr (GArray) hits = octavo_find_pattern_find_replacements (pattern, text, replacement, replacements, error);
  GtkTextIter cursor;
  guint place;

  *n_replaced = 0;
  if (hits == NULL)
    return FALSE;
  made = make_text (text, hits, replacements);
  if (!check_size (made, error))
    return FALSE;
  *n_replaced = hits->len;
  if (hits->len == 0)
    return TRUE;

  place = move_cursor (get_cursor (text_buffer), hits, replacements);
  gtk_text_buffer_begin_user_action (text_buffer);
  if (hits->len > MOST_EDITS || is_near_limit (text, made))
    octavo_markdown_buffer_replace (buffer, made);
  else
    for (guint i = hits->len; i > 0; i--)
      replace_hit (text_buffer, &g_array_index (hits, OctavoFindHit, i - 1), g_ptr_array_index (replacements, i - 1));
  gtk_text_buffer_end_user_action (text_buffer);
  gtk_text_buffer_get_iter_at_offset (text_buffer, &cursor, (int) place);
  gtk_text_buffer_place_cursor (text_buffer, &cursor);
  return TRUE;
}
