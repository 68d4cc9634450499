/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-markdown-indents.h"

#include "octavo-markdown-style.h"

#include <string.h>

/* A tag for each text that stands before the text of a line, with its width in the font of the view. The digits of
 * numbers are as wide as each other there, so one tag does for all numbers of as many digits, and there are a few in a
 * note, whatever its size. A font or a zoom changes the tags, and not where they are. */

#define MAX_SIZE 40             /* bytes: what is longer hangs nowhere */
#define MAX_TAGS 100            /* a text with more of them was not written by hand */
#define WIDEST   "000000000000" /* in a narrow window there is to be room for the text as well */

typedef struct
{
  char *prefix;
  GtkTextTag *tag; /* of the table */
  int width;       /* pixels; 0: not known yet */
} Indent;

struct _OctavoMarkdownIndents
{
  GtkTextBuffer *buffer; /* owns this */
  GArray *indents;       /* (element-type Indent) */
  GtkTextView *view;     /* (nullable) unowned: what is measured with */
};

static void
indent_clear (gpointer data)
{
  g_free (((Indent *) data)->prefix);
}

static Indent *
get_indent (OctavoMarkdownIndents *self, guint i)
{
  return &g_array_index (self->indents, Indent, i);
}

/* The blanks beside a mark are not of it, but for the one in an empty box. */
static PangoAttrList *
get_attributes (const char *text)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  const char *mark = text + strspn (text, "> \t");

  while (*mark != '\0')
    {
      const char *end = mark + (g_str_has_prefix (mark, "[ ]") ? strlen ("[ ]") : strcspn (mark, " \t"));

      octavo_markdown_style_add_list_mark (attributes, (guint) (mark - text), (guint) (end - text));
      mark = end + strspn (end, " \t");
    }
  return attributes;
}

static int
measure (OctavoMarkdownIndents *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), text);
  PangoTabArray *tabs = gtk_text_view_get_tabs (self->view);
  PangoAttrList *attributes = get_attributes (text);
  int width;

  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  if (tabs != NULL)
    pango_layout_set_tabs (layout, tabs);
  g_clear_pointer (&tabs, pango_tab_array_free);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* All lines that have a tag are laid out anew when it changes. */
static void
update_width (OctavoMarkdownIndents *self, Indent *indent)
{
  int width = MIN (measure (self, indent->prefix), measure (self, WIDEST));

  if (width == indent->width)
    return;
  indent->width = width;
  g_object_set (indent->tag, "indent", -width, NULL);
}

static GtkTextTag *
add_indent (OctavoMarkdownIndents *self, const char *prefix)
{
  Indent indent = { .prefix = g_strdup (prefix), .tag = gtk_text_buffer_create_tag (self->buffer, NULL, NULL) };

  if (self->view != NULL)
    update_width (self, &indent);
  g_array_append_val (self->indents, indent);
  return indent.tag;
}

/* (nullable) */
static GtkTextTag *
find_tag (OctavoMarkdownIndents *self, const char *prefix)
{
  for (guint i = 0; i < self->indents->len; i++)
    if (g_str_equal (get_indent (self, i)->prefix, prefix))
      return get_indent (self, i)->tag;
  return self->indents->len < MAX_TAGS ? add_indent (self, prefix) : NULL;
}

/* The one that the line has. (nullable) */
static GtkTextTag *
get_current (OctavoMarkdownIndents *self, const GtkTextIter *line)
{
  for (guint i = 0; i < self->indents->len; i++)
    if (gtk_text_iter_has_tag (line, get_indent (self, i)->tag))
      return get_indent (self, i)->tag;
  return NULL;
}

/* (nullable) */
static GtkTextTag *
get_wanted (OctavoMarkdownIndents *self, const GtkTextIter *line, const GtkTextIter *content)
{
  g_autofree char *prefix = gtk_text_iter_get_slice (line, content);

  for (char *p = prefix; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      *p = '0';
  return find_tag (self, prefix);
}

/**
 * octavo_markdown_indents_new:
 * @buffer: a buffer, which outlives this
 *
 * Returns: (transfer full): what knows no font yet
 */
OctavoMarkdownIndents *
octavo_markdown_indents_new (GtkTextBuffer *buffer)
{
  OctavoMarkdownIndents *self = g_new0 (OctavoMarkdownIndents, 1);

  self->buffer = buffer;
  self->indents = g_array_new (FALSE, FALSE, sizeof (Indent));
  g_array_set_clear_func (self->indents, indent_clear);
  return self;
}

/**
 * octavo_markdown_indents_free:
 * @self: the indents
 */
void
octavo_markdown_indents_free (OctavoMarkdownIndents *self)
{
  g_clear_weak_pointer (&self->view);
  g_array_unref (self->indents);
  g_free (self);
}

/**
 * octavo_markdown_indents_measure:
 * @self: the indents
 * @view: a view of the buffer
 *
 * Says what font the text is in: that of a view.
 */
void
octavo_markdown_indents_measure (OctavoMarkdownIndents *self, GtkTextView *view)
{
  g_set_weak_pointer (&self->view, view);
  for (guint i = 0; i < self->indents->len; i++)
    update_width (self, get_indent (self, i));
}

/**
 * octavo_markdown_indents_show:
 * @self: the indents
 * @line: the start of a line
 * @line_end: its end, with what ends it
 * @content: how many bytes stand before its text; 0 where nothing hangs
 *
 * Has the further rows of a line begin where its text does.
 */
void
octavo_markdown_indents_show (OctavoMarkdownIndents *self,
                              const GtkTextIter *line,
                              const GtkTextIter *line_end,
                              guint content)
{
  GtkTextTag *current = get_current (self, line);
  GtkTextTag *wanted = NULL;
  GtkTextIter end = *line;

  if (content > 0 && content <= MAX_SIZE)
    {
      gtk_text_iter_set_line_index (&end, (int) content);
      wanted = get_wanted (self, line, &end);
    }
  if (wanted == current)
    return;
  if (current != NULL)
    gtk_text_buffer_remove_tag (self->buffer, current, line, line_end);
  if (wanted != NULL)
    gtk_text_buffer_apply_tag (self->buffer, wanted, line, &end);
}
