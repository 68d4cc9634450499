/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-buffer.h"

#include "octavo-text-edit.h"

#include <adwaita.h>
#include <string.h>

/* GtkSourceView's scheme does not follow the style of the application, and its highlighting knows no limits. */

G_DEFINE_TYPE (OctavoMarkdownBuffer, octavo_markdown_buffer, GTK_SOURCE_TYPE_BUFFER)

static void
update_scheme (OctavoMarkdownBuffer *self)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (self),
                                      gtk_source_style_scheme_manager_get_scheme (schemes, is_dark ? "Adwaita-dark"
                                                                                                   : "Adwaita"));
}

/* Looks first: a line that is too long would be highlighted once before it is found out. */
static void
octavo_markdown_buffer_insert_text (GtkTextBuffer *buffer, GtkTextIter *position, const char *text, int length)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  gsize line = (gsize) gtk_text_iter_get_chars_in_line (position) + 1;

  if ((gsize) gtk_text_buffer_get_char_count (buffer) + size > OCTAVO_MARKDOWN_BUFFER_MAX_SIZE ||
      line > OCTAVO_MARKDOWN_BUFFER_MAX_LINE ||
      octavo_text_get_longest_line (text, (gssize) size) > OCTAVO_MARKDOWN_BUFFER_MAX_LINE)
    gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (buffer), FALSE);
  GTK_TEXT_BUFFER_CLASS (octavo_markdown_buffer_parent_class)->insert_text (buffer, position, text, length);
}

static void
octavo_markdown_buffer_class_init (OctavoMarkdownBufferClass *klass)
{
  GTK_TEXT_BUFFER_CLASS (klass)->insert_text = octavo_markdown_buffer_insert_text;
}

static void
octavo_markdown_buffer_init (OctavoMarkdownBuffer *self)
{
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (self);

  gtk_source_buffer_set_language (buffer,
                                  gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (),
                                                                            "markdown"));
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_scheme), self,
                           G_CONNECT_SWAPPED);
  update_scheme (self);
}
