/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-html.h"

#include <string.h>

/* HTML in Markdown: blocks of it (CommonMark 4.6), and single tags in a text (6.6). */

static const char *const raw_names[] = { "pre", "script", "style", "textarea" };

static const char *const block_names[] = {
  "address",  "article",    "aside",  "base",    "basefont", "blockquote", "body",     "caption",  "center",
  "col",      "colgroup",   "dd",     "details", "dialog",   "dir",        "div",      "dl",       "dt",
  "fieldset", "figcaption", "figure", "footer",  "form",     "frame",      "frameset", "h1",       "h2",
  "h3",       "h4",         "h5",     "h6",      "head",     "header",     "hr",       "html",     "iframe",
  "legend",   "li",         "link",   "main",    "menu",     "menuitem",   "nav",      "noframes", "ol",
  "optgroup", "option",     "p",      "param",   "search",   "section",    "summary",  "table",    "tbody",
  "td",       "tfoot",      "th",     "thead",   "title",    "tr",         "track",    "ul",
};

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n';
}

static const char *
skip_spaces (const char *p, const char *end)
{
  while (p < end && is_space (*p))
    p++;
  return p;
}

static gboolean
is_one_of (const char *const *names, gsize n_names, const char *name, gsize length)
{
  for (gsize i = 0; i < n_names; i++)
    if (strlen (names[i]) == length && g_ascii_strncasecmp (names[i], name, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
starts_with (const char *text, const char *end, const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - text) >= length && memcmp (text, what, length) == 0;
}

/* p: after < or </ */
static const char *
skip_name (const char *p, const char *end)
{
  if (p == end || !g_ascii_isalpha (*p))
    return NULL;
  while (p < end && (g_ascii_isalnum (*p) || *p == '-'))
    p++;
  return p;
}

/* p: after the =. */
static const char *
skip_value (const char *p, const char *end)
{
  const char *start;

  p = skip_spaces (p, end);
  if (p < end && (*p == '"' || *p == '\''))
    {
      p = memchr (p + 1, *p, (gsize) (end - p - 1));
      return p != NULL ? p + 1 : NULL;
    }
  start = p;
  while (p < end && !is_space (*p) && strchr ("\"'=<>`", *p) == NULL)
    p++;
  return p > start ? p : NULL;
}

/* p: after the name; the attributes and what closes the tag. */
static const char *
skip_attributes (const char *p, const char *end)
{
  while (p != NULL)
    {
      const char *next = skip_spaces (p, end);
      gboolean has_space = next > p;

      p = next;
      if (p < end && *p == '>')
        return p + 1;
      if (end - p >= 2 && p[0] == '/' && p[1] == '>')
        return p + 2;
      if (!has_space || p == end || !(g_ascii_isalpha (*p) || *p == '_' || *p == ':'))
        return NULL;
      while (p < end && (g_ascii_isalnum (*p) || strchr ("_.:-", *p) != NULL))
        p++;
      next = skip_spaces (p, end);
      if (next < end && *next == '=')
        p = skip_value (next + 1, end);
    }
  return NULL;
}

/* An opening or closing tag. */
static const char *
skip_plain_tag (const char *p, const char *end)
{
  gboolean is_closing = end - p > 1 && p[1] == '/';
  const char *name = skip_name (p + 1 + is_closing, end);

  if (name == NULL)
    return NULL;
  if (!is_closing)
    return skip_attributes (name, end);
  name = skip_spaces (name, end);
  return name < end && *name == '>' ? name + 1 : NULL;
}

static const char *
skip_past (const char *p, const char *end, const char *what)
{
  const char *found = memmem (p, (gsize) (end - p), what, strlen (what));

  return found != NULL ? found + strlen (what) : NULL;
}

/**
 * octavo_markdown_html_skip_tag:
 * @text: where a < stands
 * @end: of the text
 *
 * Reads one tag, comment, processing instruction, declaration or section of character data. Any thread.
 *
 * Returns: (nullable): after it; %NULL where there is none
 */
const char *
octavo_markdown_html_skip_tag (const char *text, const char *end)
{
  g_return_val_if_fail (text < end && *text == '<', NULL);

  if (starts_with (text, end, "<!-->"))
    return text + strlen ("<!-->");
  if (starts_with (text, end, "<!--->"))
    return text + strlen ("<!--->");
  if (starts_with (text, end, "<!--"))
    return skip_past (text + 4, end, "-->");
  if (starts_with (text, end, "<?"))
    return skip_past (text + 2, end, "?>");
  if (starts_with (text, end, "<![CDATA["))
    return skip_past (text + 9, end, "]]>");
  if (starts_with (text, end, "<!"))
    return end - text > 2 && g_ascii_isalpha (text[2]) ? skip_past (text + 2, end, ">") : NULL;
  return skip_plain_tag (text, end);
}

/**
 * octavo_markdown_html_get_block:
 * @text: where a line's content begins
 * @end: of the line
 * @is_in_paragraph: whether it would interrupt a paragraph, which the seventh kind cannot
 *
 * Returns: which kind of HTML block begins there, 1 to 7; 0 for none. Any thread.
 */
guint
octavo_markdown_html_get_block (const char *text, const char *end, gboolean is_in_paragraph)
{
  const char *name, *name_end, *after;

  if (text == end || *text != '<')
    return 0;
  if (starts_with (text, end, "<!--"))
    return 2;
  if (starts_with (text, end, "<?"))
    return 3;
  if (starts_with (text, end, "<![CDATA["))
    return 5;
  if (end - text > 2 && text[1] == '!' && g_ascii_isalpha (text[2]))
    return 4;

  name = text + 1 + (end - text > 1 && text[1] == '/');
  name_end = skip_name (name, end);
  if (name_end == NULL)
    return 0;
  if (name == text + 1 && (name_end == end || is_space (*name_end) || *name_end == '>') &&
      is_one_of (raw_names, G_N_ELEMENTS (raw_names), name, (gsize) (name_end - name)))
    return 1;
  if ((name_end == end || is_space (*name_end) || *name_end == '>' || starts_with (name_end, end, "/>")) &&
      is_one_of (block_names, G_N_ELEMENTS (block_names), name, (gsize) (name_end - name)))
    return 6;
  if (is_in_paragraph)
    return 0;
  after = skip_plain_tag (text, end);
  return after != NULL && skip_spaces (after, end) == end ? 7 : 0;
}

static gboolean
ends_raw_block (const char *text, const char *end)
{
  for (const char *p = text; (p = memmem (p, (gsize) (end - p), "</", 2)) != NULL; p += 2)
    for (gsize i = 0; i < G_N_ELEMENTS (raw_names); i++)
      {
        gsize length = strlen (raw_names[i]);

        if ((gsize) (end - p) > length + 2 && p[length + 2] == '>' &&
            g_ascii_strncasecmp (p + 2, raw_names[i], length) == 0)
          return TRUE;
      }
  return FALSE;
}

/**
 * octavo_markdown_html_ends_block:
 * @text: a line of an HTML block
 * @end: of the line
 * @block: the kind of the block, as octavo_markdown_html_get_block() gave it
 *
 * Returns: whether the block ends with this line; the kinds 6 and 7 end before a blank one instead. Any thread.
 */
gboolean
octavo_markdown_html_ends_block (const char *text, const char *end, guint block)
{
  static const char *const ends[] = { [2] = "-->", [3] = "?>", [4] = ">", [5] = "]]>" };

  if (block == 1)
    return ends_raw_block (text, end);
  if (block < 2 || block > 5)
    return FALSE;
  return skip_past (text, end, ends[block]) != NULL;
}
