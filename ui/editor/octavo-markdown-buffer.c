/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-buffer.h"

#include "octavo-diff.h"
#include "octavo-text-copy.h"
#include "octavo-text-edit.h"

#include <adwaita.h>
#include <string.h>

/* GtkSourceView's engine, which takes a sixteenth of a second to compile its Markdown and as long to follow a key in a
 * large text, has no part in this: OctavoMarkdownHighlighter styles the text. The scheme is for what else has colours.
 */

#define LARGE       131072 /* characters: a text that is copied */
#define PART_SIZE   32768
#define MOST_PLACES 100 /* that are changed one by one */

typedef struct
{
  OctavoMarkdownHighlighter *highlighter;
  OctavoTextCopy *copy; /* NULL: not edited, or not large */
  gboolean is_setting;  /* the program puts the text in, which is not to be refused */
} OctavoMarkdownBufferPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (OctavoMarkdownBuffer, octavo_markdown_buffer, GTK_SOURCE_TYPE_BUFFER)

enum
{
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_scheme (OctavoMarkdownBuffer *self)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (self),
                                      gtk_source_style_scheme_manager_get_scheme (schemes, is_dark ? "Adwaita-dark"
                                                                                                   : "Adwaita"));
}

/* How long the longest line is that a text would make where it is put in, in characters. */
static gsize
get_line_length (const GtkTextIter *position, const char *text, gsize size)
{
  gsize before = (gsize) gtk_text_iter_get_line_offset (position);
  gsize after = (gsize) gtk_text_iter_get_chars_in_line (position) - before;
  const char *first = memchr (text, '\n', size);
  const char *last = memrchr (text, '\n', size);
  gsize line;

  if (first == NULL)
    return before + (gsize) g_utf8_strlen (text, (gssize) size) + after;
  line = MAX (before + (gsize) g_utf8_strlen (text, first - text),
              (gsize) g_utf8_strlen (last, text + size - last) + after);
  return MAX (line, octavo_text_get_longest_line (text, (gssize) size));
}

static void
edited (OctavoMarkdownBuffer *self, int first, int last, gboolean is_bare)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);

  octavo_markdown_highlighter_edited (priv->highlighter, (guint) first, (guint) last, is_bare);
  if (priv->copy != NULL)
    octavo_text_copy_edited (priv->copy, (guint) first, (guint) last);
  else if (!priv->is_setting && gtk_text_buffer_get_char_count (buffer) > LARGE)
    priv->copy = octavo_text_copy_new (buffer, PART_SIZE);
}

/* A line that is far too long would keep the view busy for seconds, and then again at each key. */
static void
octavo_markdown_buffer_insert_text (GtkTextBuffer *buffer, GtkTextIter *position, const char *text, int length)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (OCTAVO_MARKDOWN_BUFFER (buffer));
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  gsize line = get_line_length (position, text, size);
  gsize whole = (gsize) gtk_text_buffer_get_char_count (buffer) + size;
  int first;

  if (!priv->is_setting &&
      (whole > OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE || line > OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE))
    {
      g_signal_stop_emission_by_name (buffer, "insert-text");
      g_signal_emit (buffer, signals[SIGNAL_REFUSED], 0);
      return;
    }

  first = gtk_text_iter_get_line (position);
  GTK_TEXT_BUFFER_CLASS (octavo_markdown_buffer_parent_class)->insert_text (buffer, position, text, length);
  edited (OCTAVO_MARKDOWN_BUFFER (buffer), first, first, whole == size);
}

static void
octavo_markdown_buffer_delete_range (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end)
{
  int first = gtk_text_iter_get_line (start);
  int last = gtk_text_iter_get_line (end);

  GTK_TEXT_BUFFER_CLASS (octavo_markdown_buffer_parent_class)->delete_range (buffer, start, end);
  edited (OCTAVO_MARKDOWN_BUFFER (buffer), MIN (first, last), MAX (first, last), FALSE);
}

/* A step that is left out would set all the steps before it wrong. */
static void
octavo_markdown_buffer_undo (GtkTextBuffer *buffer)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (OCTAVO_MARKDOWN_BUFFER (buffer));

  priv->is_setting = TRUE;
  GTK_TEXT_BUFFER_CLASS (octavo_markdown_buffer_parent_class)->undo (buffer);
  priv->is_setting = FALSE;
}

static void
octavo_markdown_buffer_redo (GtkTextBuffer *buffer)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (OCTAVO_MARKDOWN_BUFFER (buffer));

  priv->is_setting = TRUE;
  GTK_TEXT_BUFFER_CLASS (octavo_markdown_buffer_parent_class)->redo (buffer);
  priv->is_setting = FALSE;
}

/* Not in init: the table of tags is a construct property, and must not be there before. */
static void
octavo_markdown_buffer_constructed (GObject *object)
{
  OctavoMarkdownBuffer *self = OCTAVO_MARKDOWN_BUFFER (object);
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);

  G_OBJECT_CLASS (octavo_markdown_buffer_parent_class)->constructed (object);

  priv->highlighter = octavo_markdown_highlighter_new (GTK_TEXT_BUFFER (self));
  gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (self), FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (GTK_SOURCE_BUFFER (self), FALSE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_scheme), self,
                           G_CONNECT_SWAPPED);
  update_scheme (self);
}

static void
octavo_markdown_buffer_finalize (GObject *object)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (OCTAVO_MARKDOWN_BUFFER (object));

  octavo_markdown_highlighter_free (priv->highlighter);
  g_clear_pointer (&priv->copy, octavo_text_copy_free);
  G_OBJECT_CLASS (octavo_markdown_buffer_parent_class)->finalize (object);
}

static void
octavo_markdown_buffer_class_init (OctavoMarkdownBufferClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = octavo_markdown_buffer_constructed;
  G_OBJECT_CLASS (klass)->finalize = octavo_markdown_buffer_finalize;
  GTK_TEXT_BUFFER_CLASS (klass)->insert_text = octavo_markdown_buffer_insert_text;
  GTK_TEXT_BUFFER_CLASS (klass)->delete_range = octavo_markdown_buffer_delete_range;
  GTK_TEXT_BUFFER_CLASS (klass)->undo = octavo_markdown_buffer_undo;
  GTK_TEXT_BUFFER_CLASS (klass)->redo = octavo_markdown_buffer_redo;

  signals[SIGNAL_REFUSED] =
      g_signal_new ("refused", OCTAVO_TYPE_MARKDOWN_BUFFER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_markdown_buffer_init (OctavoMarkdownBuffer *self)
{
}

/**
 * octavo_markdown_buffer_load:
 * @self: a buffer
 * @text: a text
 *
 * Sets the text, with the cursor at its start. That cannot be undone, nor can anything that was before.
 */
void
octavo_markdown_buffer_load (OctavoMarkdownBuffer *self, const char *text)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (self));
  g_return_if_fail (text != NULL);

  g_clear_pointer (&priv->copy, octavo_text_copy_free);
  priv->is_setting = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  priv->is_setting = FALSE;
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

/* Bytes of the text as it was before, which is still so up to where they end, as the last place is changed first. */
static void
replace_stretch (GtkTextBuffer *buffer, const char *before, gsize start, gsize end, const char *with, gsize length)
{
  GtkTextIter first, last;

  gtk_text_buffer_get_iter_at_offset (buffer, &first, (int) g_utf8_strlen (before, (gssize) start));
  last = first;
  gtk_text_iter_forward_chars (&last, (int) g_utf8_strlen (before + start, (gssize) (end - start)));
  gtk_text_buffer_delete (buffer, &first, &last);
  gtk_text_buffer_insert (buffer, &first, with, (int) length);
}

/**
 * octavo_markdown_buffer_replace:
 * @self: a buffer
 * @text: a text
 *
 * Turns the text into another, as one step that can be undone, and touching as little as can be, for the cursor's sake.
 */
void
octavo_markdown_buffer_replace (OctavoMarkdownBuffer *self, const char *text)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  g_autofree char *before = NULL;
  g_autoptr (GArray) places = NULL;
  OctavoTextChange change;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (self));
  g_return_if_fail (text != NULL);

  before = octavo_markdown_buffer_dup_text (self);
  octavo_text_find_change (before, text, &change);
  places = octavo_diff_fine (before + change.start, change.old_end - change.start, text + change.start,
                             change.new_end - change.start);

  priv->is_setting = TRUE;
  gtk_text_buffer_begin_user_action (buffer);
  if (places->len > MOST_PLACES)
    replace_stretch (buffer, before, change.start, change.old_end, text + change.start, change.new_end - change.start);
  else
    for (guint i = places->len; i > 0; i--)
      {
        const OctavoDiffHunk *place = &g_array_index (places, OctavoDiffHunk, i - 1);

        replace_stretch (buffer, before, change.start + place->old_start, change.start + place->old_end,
                         text + change.start + place->new_start, place->new_end - place->new_start);
      }
  gtk_text_buffer_end_user_action (buffer);
  priv->is_setting = FALSE;
}

/**
 * octavo_markdown_buffer_dup_text:
 * @self: a buffer
 *
 * Returns: (transfer full): the whole text, and nothing but text, in valid UTF-8
 */
char *
octavo_markdown_buffer_dup_text (OctavoMarkdownBuffer *self)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (self), NULL);

  if (priv->copy != NULL)
    return octavo_text_copy_dup_text (priv->copy);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self), &start, &end);
  text = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self), &start, &end, TRUE);
  return g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : g_utf8_make_valid (text, -1);
}

/**
 * octavo_markdown_buffer_get_highlighter:
 * @self: a buffer
 *
 * Returns: (transfer none): what styles its text, and knows what its lines are
 */
OctavoMarkdownHighlighter *
octavo_markdown_buffer_get_highlighter (OctavoMarkdownBuffer *self)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (self), NULL);
  return priv->highlighter;
}
