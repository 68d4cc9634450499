/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-buffer.h"

#include "octavo-text-edit.h"

#include <adwaita.h>
#include <string.h>

/* GtkSourceView's scheme does not follow the style of the application, and its highlighting knows no limits. Markdown,
 * with all the languages that code in it may have, takes it some 100 ms to read and compile: that comes after the first
 * text is shown, and once, as a buffer that is never shown holds on to it. */

#define COMPILED "octavo-compiled"

typedef struct
{
  guint highlighting;  /* the source that turns it on; 0: it is */
  gboolean is_setting; /* the program puts the text in, which is not to be refused */
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

/* Looks first: a line that is too long would be highlighted once before it is found out, and one that is far too long
 * would keep the view busy for seconds, and then again at each key. */
static void
octavo_markdown_buffer_insert_text (GtkTextBuffer *buffer, GtkTextIter *position, const char *text, int length)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (OCTAVO_MARKDOWN_BUFFER (buffer));
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  gsize line = get_line_length (position, text, size);
  gsize whole = (gsize) gtk_text_buffer_get_char_count (buffer) + size;

  if (!priv->is_setting &&
      (whole > OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_SIZE || line > OCTAVO_MARKDOWN_BUFFER_MAX_EDITED_LINE))
    {
      g_signal_stop_emission_by_name (buffer, "insert-text");
      g_signal_emit (buffer, signals[SIGNAL_REFUSED], 0);
      return;
    }

  if (whole > OCTAVO_MARKDOWN_BUFFER_MAX_SIZE || line > OCTAVO_MARKDOWN_BUFFER_MAX_LINE)
    gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (buffer), FALSE);
  GTK_TEXT_BUFFER_CLASS (octavo_markdown_buffer_parent_class)->insert_text (buffer, position, text, length);
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

static GtkSourceLanguage *
get_language (void)
{
  return gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "markdown");
}

static void
highlight (OctavoMarkdownBuffer *self)
{
  GtkSourceLanguage *language = get_language ();

  if (language != NULL && g_object_get_data (G_OBJECT (language), COMPILED) == NULL)
    g_object_set_data_full (G_OBJECT (language), COMPILED, gtk_source_buffer_new_with_language (language),
                            g_object_unref);
  gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (self), language);
}

static gboolean
on_idle (gpointer data)
{
  OctavoMarkdownBuffer *self = data;
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);

  priv->highlighting = 0;
  highlight (self);
  return G_SOURCE_REMOVE;
}

/* Not in init: the table of tags is a construct property, and must not be there before. */
static void
octavo_markdown_buffer_constructed (GObject *object)
{
  OctavoMarkdownBuffer *self = OCTAVO_MARKDOWN_BUFFER (object);
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (self);
  GtkSourceLanguage *language = get_language ();

  G_OBJECT_CLASS (octavo_markdown_buffer_parent_class)->constructed (object);

  if (language != NULL && g_object_get_data (G_OBJECT (language), COMPILED) != NULL)
    highlight (self);
  else
    priv->highlighting = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
  gtk_source_buffer_set_highlight_matching_brackets (GTK_SOURCE_BUFFER (self), FALSE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_scheme), self,
                           G_CONNECT_SWAPPED);
  update_scheme (self);
}

static void
octavo_markdown_buffer_dispose (GObject *object)
{
  OctavoMarkdownBufferPrivate *priv = octavo_markdown_buffer_get_instance_private (OCTAVO_MARKDOWN_BUFFER (object));

  g_clear_handle_id (&priv->highlighting, g_source_remove);
  G_OBJECT_CLASS (octavo_markdown_buffer_parent_class)->dispose (object);
}

static void
octavo_markdown_buffer_class_init (OctavoMarkdownBufferClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = octavo_markdown_buffer_constructed;
  G_OBJECT_CLASS (klass)->dispose = octavo_markdown_buffer_dispose;
  GTK_TEXT_BUFFER_CLASS (klass)->insert_text = octavo_markdown_buffer_insert_text;
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

  gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (self), TRUE);
  priv->is_setting = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  priv->is_setting = FALSE;
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
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
  OctavoTextChange change;
  GtkTextIter start, end;

  g_return_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (self));
  g_return_if_fail (text != NULL);

  before = octavo_markdown_buffer_dup_text (self);
  octavo_text_find_change (before, text, &change);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_strlen (before, (gssize) change.start));
  end = start;
  gtk_text_iter_forward_chars (&end,
                               (int) g_utf8_strlen (before + change.start, (gssize) (change.old_end - change.start)));

  priv->is_setting = TRUE;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text + change.start, (int) (change.new_end - change.start));
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
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_return_val_if_fail (OCTAVO_IS_MARKDOWN_BUFFER (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self), &start, &end);
  text = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self), &start, &end, TRUE);
  return g_utf8_validate (text, -1, NULL) ? g_steal_pointer (&text) : g_utf8_make_valid (text, -1);
}
