/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-spelling-marks.h"

#include "octavo-markdown-buffer.h"
#include "octavo-spelling-words.h"

/* What is in sight and beside it is looked at when there is nothing else to do, a few milliseconds at a time, and the
 * word that is being typed only once the cursor has left it. Lines remember that they were looked at, so a key costs
 * one line; and the marks are tags of the buffer, so all views of it show the same, and a screen reader can tell of
 * them. */

#define PRIORITY   (GDK_PRIORITY_REDRAW + 4)
#define SLICE      (3 * G_TIME_SPAN_MILLISECOND)
#define TYPED_NAME "octavo-typed" /* a mark in the word that is being typed */
#define GENERATION "octavo-spelling-generation"

typedef struct
{
  OctavoNoteView *view; /* owns this */
  OctavoSpelling *spelling;
  GtkTextBuffer *buffer; /* weak */
  guint source;
  gboolean has_asked; /* for the words of the language */
} Marks;

static OctavoMarkdownLines *
get_lines (gpointer buffer)
{
  return octavo_markdown_highlighter_get_lines (octavo_markdown_buffer_get_highlighter (buffer));
}

static GtkTextTag *
get_tag (GtkTextBuffer *buffer)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  GtkTextTag *tag = gtk_text_tag_table_lookup (table, OCTAVO_SPELLING_MARKS_TAG);
  const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 1 };

  return tag != NULL ? tag
                     : gtk_text_buffer_create_tag (buffer, OCTAVO_SPELLING_MARKS_TAG, "underline",
                                                   PANGO_UNDERLINE_ERROR, "underline-rgba", &red, NULL);
}

static void
drop_tag (GtkTextBuffer *buffer)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (buffer);
  GtkTextTag *tag = gtk_text_tag_table_lookup (table, OCTAVO_SPELLING_MARKS_TAG);

  if (tag != NULL)
    gtk_text_tag_table_remove (table, tag);
}

/* What was found out while other words were right does not count. */
static void
follow_spelling (Marks *self)
{
  gpointer generation = GUINT_TO_POINTER (octavo_spelling_get_generation (self->spelling));

  if (g_object_get_data (G_OBJECT (self->buffer), GENERATION) == generation)
    return;
  g_object_set_data (G_OBJECT (self->buffer), GENERATION, generation);
  octavo_markdown_lines_forget_spelled (get_lines (self->buffer));
  if (!octavo_spelling_is_on (self->spelling))
    drop_tag (self->buffer);
}

static void
get_iter_in_line (GtkTextBuffer *buffer, GtkTextIter *iter, guint line, guint32 index)
{
  gtk_text_buffer_get_iter_at_line (buffer, iter, (int) line);
  gtk_text_iter_set_line_index (iter, (int) index);
}

static void
get_line_bounds (GtkTextBuffer *buffer, guint line, GtkTextIter *start, GtkTextIter *end)
{
  gtk_text_buffer_get_iter_at_line (buffer, start, (int) line);
  *end = *start;
  if (!gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);
}

static void
get_cursor (GtkTextBuffer *buffer, GtkTextIter *cursor)
{
  gtk_text_buffer_get_iter_at_mark (buffer, cursor, gtk_text_buffer_get_insert (buffer));
}

/* ---- The word that is being typed ---- */

static gboolean
is_in_one_word (const GtkTextIter *a, const GtkTextIter *b)
{
  GtkTextIter from = *a, to = *b;

  if (gtk_text_iter_get_line (a) != gtk_text_iter_get_line (b))
    return FALSE;
  gtk_text_iter_order (&from, &to);
  for (; !gtk_text_iter_equal (&from, &to); gtk_text_iter_forward_char (&from))
    if (!octavo_spelling_words_is_letter (gtk_text_iter_get_char (&from)))
      return FALSE;
  return TRUE;
}

static void
drop_typed (GtkTextBuffer *buffer)
{
  GtkTextMark *typed = gtk_text_buffer_get_mark (buffer, TYPED_NAME);
  GtkTextIter place;

  if (typed == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &place, typed);
  octavo_markdown_lines_set_spelled (get_lines (buffer), (guint) gtk_text_iter_get_line (&place), FALSE);
  gtk_text_buffer_delete_mark (buffer, typed);
}

static void
settle_typed (GtkTextBuffer *buffer)
{
  GtkTextMark *typed = gtk_text_buffer_get_mark (buffer, TYPED_NAME);
  GtkTextIter place, cursor;

  if (typed == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &place, typed);
  get_cursor (buffer, &cursor);
  if (!is_in_one_word (&place, &cursor))
    drop_typed (buffer);
}

static gboolean
is_typed (GtkTextBuffer *buffer, guint line, const OctavoSpellingWord *word)
{
  GtkTextMark *typed = gtk_text_buffer_get_mark (buffer, TYPED_NAME);
  GtkTextIter place;
  guint32 index;

  if (typed == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, &place, typed);
  index = (guint32) gtk_text_iter_get_line_index (&place);
  return (guint) gtk_text_iter_get_line (&place) == line && word->start <= index && index <= word->end;
}

/* ---- Marking ---- */

/* Whether the tag is just where it is wanted: each of @wanted is a word that has it. */
static gboolean
is_tagged (GtkTextTag *tag, const GtkTextIter *start, const GtkTextIter *end, GArray *wanted)
{
  GtkTextIter iter = *start;
  guint n = 0;

  if (!gtk_text_iter_has_tag (&iter, tag) &&
      (!gtk_text_iter_forward_to_tag_toggle (&iter, tag) || gtk_text_iter_compare (&iter, end) >= 0))
    return wanted->len == 0;
  do
    {
      const OctavoSpellingWord *word = &g_array_index (wanted, OctavoSpellingWord, n);

      if (n++ == wanted->len || gtk_text_iter_get_line_index (&iter) != (int) word->start)
        return FALSE;
      gtk_text_iter_forward_to_tag_toggle (&iter, tag);
      if (gtk_text_iter_compare (&iter, end) > 0 || gtk_text_iter_get_line_index (&iter) != (int) word->end)
        return FALSE;
    }
  while (gtk_text_iter_forward_to_tag_toggle (&iter, tag) && gtk_text_iter_compare (&iter, end) < 0);
  return n == wanted->len;
}

static void
mark_words (Marks *self, guint line, GArray *wrong)
{
  GtkTextTag *tag = get_tag (self->buffer);
  GtkTextIter start, end;

  get_line_bounds (self->buffer, line, &start, &end);
  if (is_tagged (tag, &start, &end, wrong))
    return;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_remove_tag (self->buffer, tag, &start, &end);
  for (guint i = 0; i < wrong->len; i++)
    {
      const OctavoSpellingWord *word = &g_array_index (wrong, OctavoSpellingWord, i);

      get_iter_in_line (self->buffer, &start, line, word->start);
      get_iter_in_line (self->buffer, &end, line, word->end);
      gtk_text_buffer_apply_tag (self->buffer, tag, &start, &end);
    }
}

/* Returns: whether it was done in time. What was found out of its words until then is kept. */
static gboolean
check_line (Marks *self, const OctavoMarkdownLeaf *leaf, guint line, gint64 deadline)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autoptr (GArray) words = NULL;
  g_autoptr (GArray) wrong = g_array_new (FALSE, FALSE, sizeof (OctavoSpellingWord));

  get_line_bounds (self->buffer, line, &start, &end);
  text = gtk_text_iter_get_slice (&start, &end);
  words = octavo_spelling_words_find (leaf, line, text, strlen (text));
  for (guint i = 0; i < words->len; i++)
    {
      const OctavoSpellingWord *word = &g_array_index (words, OctavoSpellingWord, i);
      g_autofree char *letters = g_strndup (text + word->start, word->end - word->start);

      if (!octavo_spelling_is_right (self->spelling, letters) && !is_typed (self->buffer, line, word))
        g_array_append_val (wrong, *word);
      if (g_get_monotonic_time () >= deadline && i + 1 < words->len)
        return FALSE;
    }
  mark_words (self, line, wrong);
  octavo_markdown_lines_set_spelled (get_lines (self->buffer), line, TRUE);
  return TRUE;
}

static gboolean
check_lines (Marks *self, guint first, guint end, gint64 deadline)
{
  OctavoMarkdownLines *lines = get_lines (self->buffer);
  guint line = first;

  while (line < end)
    {
      g_autoptr (OctavoMarkdownLeaf) leaf = NULL;

      if (octavo_markdown_lines_is_spelled (lines, line))
        {
          line++;
          continue;
        }
      leaf = octavo_markdown_leaf_new (lines, line);
      for (; line < MIN (end, leaf->first + leaf->n_lines); line++)
        if (!octavo_markdown_lines_is_spelled (lines, line) && !check_line (self, leaf, line, deadline))
          return FALSE;
      if (g_get_monotonic_time () >= deadline)
        return line == end;
    }
  return TRUE;
}

static gboolean
on_idle (gpointer data)
{
  Marks *self = data;
  OctavoMarkdownLines *lines = get_lines (self->buffer);
  gint64 deadline = g_get_monotonic_time () + SLICE;
  guint first, end;

  if (!self->has_asked)
    {
      self->has_asked = TRUE;
      octavo_spelling_want (self->spelling);
    }
  follow_spelling (self);
  if (octavo_spelling_is_on (self->spelling))
    {
      settle_typed (self->buffer);
      octavo_note_view_get_near (self->view, &first, &end);
      end = MIN (end, octavo_markdown_lines_get_n_lines (lines));
      if (!octavo_markdown_lines_advance (lines, end, deadline) || !check_lines (self, first, end, deadline))
        return G_SOURCE_CONTINUE;
    }
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
queue (Marks *self)
{
  if (self->source == 0 && self->buffer != NULL)
    self->source = g_idle_add_full (PRIORITY, on_idle, self, NULL);
}

/* ---- What happens ---- */

/* A text that changes by other means has no word that somebody is about to finish. */
static void
on_changed (Marks *self)
{
  GtkTextIter cursor;

  if (gtk_widget_is_focus (GTK_WIDGET (self->view)))
    {
      settle_typed (self->buffer);
      get_cursor (self->buffer, &cursor);
      if (gtk_text_buffer_get_mark (self->buffer, TYPED_NAME) == NULL)
        gtk_text_buffer_create_mark (self->buffer, TYPED_NAME, &cursor, FALSE);
      else
        gtk_text_buffer_move_mark_by_name (self->buffer, TYPED_NAME, &cursor);
    }
  queue (self);
}

static void
on_cursor_moved (Marks *self)
{
  if (gtk_text_buffer_get_mark (self->buffer, TYPED_NAME) != NULL)
    queue (self);
}

static void
set_buffer (Marks *self, GtkTextBuffer *buffer)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->buffer != NULL)
    {
      drop_typed (self->buffer);
      g_signal_handlers_disconnect_by_data (self->buffer, self);
    }
  g_set_weak_pointer (&self->buffer, OCTAVO_IS_MARKDOWN_BUFFER (buffer) ? buffer : NULL);
  if (self->buffer == NULL)
    return;
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved), self);
  queue (self);
}

static void
on_buffer_changed (Marks *self)
{
  GtkWidget *view = GTK_WIDGET (self->view);

  set_buffer (self, gtk_widget_in_destruction (view) ? NULL : gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
}

static void
marks_free (gpointer data)
{
  Marks *self = data;

  set_buffer (self, NULL);
  g_signal_handlers_disconnect_by_data (self->spelling, self);
  g_object_unref (self->spelling);
  g_free (self);
}

/**
 * octavo_spelling_marks_add:
 * @view: a view
 * @spelling: what says which words are right
 *
 * Has the words that are wrong underlined in whatever the view shows.
 */
void
octavo_spelling_marks_add (OctavoNoteView *view, OctavoSpelling *spelling)
{
  Marks *self = g_new0 (Marks, 1);

  self->view = view;
  self->spelling = g_object_ref (spelling);
  g_object_set_data_full (G_OBJECT (view), "octavo-spelling-marks", self, marks_free);
  g_signal_connect_swapped (spelling, "changed", G_CALLBACK (queue), self);
  g_signal_connect_swapped (view, "near-changed", G_CALLBACK (queue), self);
  g_signal_connect_swapped (view, "notify::buffer", G_CALLBACK (on_buffer_changed), self);
  on_buffer_changed (self);
}

/**
 * octavo_spelling_marks_dup_wrong:
 * @view: a view
 * @spelling: what says which words are right
 * @place: a place in its text
 * @start: (out): where a word begins
 * @end: (out): where it ends
 *
 * Finds the word at a place, or at an end of which that is, if it is wrong.
 *
 * Returns: (transfer full) (nullable): the word
 */
char *
octavo_spelling_marks_dup_wrong (GtkTextView *view,
                                 OctavoSpelling *spelling,
                                 const GtkTextIter *place,
                                 GtkTextIter *start,
                                 GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  guint line = (guint) gtk_text_iter_get_line (place);
  guint32 index = (guint32) gtk_text_iter_get_line_index (place);
  g_autoptr (OctavoMarkdownLeaf) leaf = NULL;
  g_autoptr (GArray) words = NULL;
  g_autofree char *text = NULL;

  if (!OCTAVO_IS_MARKDOWN_BUFFER (buffer) || !octavo_spelling_is_on (spelling) ||
      !octavo_markdown_lines_advance (get_lines (buffer), line + 1, G_MAXINT64))
    return NULL;
  leaf = octavo_markdown_leaf_new (get_lines (buffer), line);
  get_line_bounds (buffer, line, start, end);
  text = gtk_text_iter_get_slice (start, end);
  words = octavo_spelling_words_find (leaf, line, text, strlen (text));
  for (guint i = 0; i < words->len; i++)
    {
      const OctavoSpellingWord *word = &g_array_index (words, OctavoSpellingWord, i);
      g_autofree char *letters = NULL;

      if (index < word->start || index > word->end)
        continue;
      letters = g_strndup (text + word->start, word->end - word->start);
      if (octavo_spelling_is_right (spelling, letters))
        continue;
      get_iter_in_line (buffer, start, line, word->start);
      get_iter_in_line (buffer, end, line, word->end);
      return g_steal_pointer (&letters);
    }
  return NULL;
}
