/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-inline.h"

#include "octavo-markdown-delimiters.h"
#include "octavo-markdown-html.h"
#include "octavo-markdown-link.h"
#include "octavo-markdown-tag.h"

#include <string.h>

/* The inlines of CommonMark 6, with GFM's strikethrough and autolinks, and what notes have beside: #tags, wiki links,
 * ==highlights==. One pass, in which brackets and delimiters wait on a stack for what closes them (appendix, phase 2).
 * Whatever is looked for in vain is looked for once, so that no text takes longer than in proportion to its length. */

#define MAX_BACKTICKS 80

/* HTML that goes on until its own end, which may be missing. */
typedef enum
{
  HTML_COMMENT,
  HTML_DATA,
  HTML_DECLARATION,
  HTML_INSTRUCTION,
  HTML_TAG, /* which ends soon or is none */
  N_HTML,
} Html;

typedef struct
{
  guint32 start;
  guint32 n_delimiters; /* before it */
  guint8 is_image;
  guint8 is_inactive; /* a link in it was found */
} Bracket;

typedef struct
{
  const char *text;
  const char *start;
  const char *end;
  const char *p;
  GArray *spans;
  OctavoMarkdownDelimiters *delimiters;
  GArray *brackets;
  const char *last_run[MAX_BACKTICKS + 1]; /* of that many backticks */
  gboolean has_looked_for_runs;
  const char *no_wiki_end; /* from here on; NULL: not known */
  gboolean has_no_html_end[N_HTML];
} Scan;

static void
add_span_full (Scan *scan,
               OctavoMarkdownSpanKind kind,
               const char *start,
               const char *end,
               const char *target,
               const char *target_end)
{
  OctavoMarkdownSpan span = { .kind = (guint8) kind,
                              .start = (guint32) (start - scan->text),
                              .end = (guint32) (end - scan->text) };

  if (target != NULL)
    {
      span.target_start = (guint32) (target - scan->text);
      span.target_end = (guint32) (target_end - scan->text);
    }
  g_array_append_val (scan->spans, span);
}

static void
add_span (Scan *scan, OctavoMarkdownSpanKind kind, const char *start, const char *end)
{
  add_span_full (scan, kind, start, end, NULL, NULL);
}

static gsize
count_run (const char *p, const char *end, char c)
{
  const char *start = p;

  while (p < end && *p == c)
    p++;
  return (gsize) (p - start);
}

static void
look_for_runs (Scan *scan)
{
  const char *p = scan->p;

  scan->has_looked_for_runs = TRUE;
  while ((p = memchr (p, '`', (gsize) (scan->end - p))) != NULL)
    {
      gsize length = count_run (p, scan->end, '`');

      if (length <= MAX_BACKTICKS)
        scan->last_run[length] = p;
      p += length;
    }
}

/* CommonMark 6.1. */
static void
read_code_span (Scan *scan)
{
  const char *start = scan->p;
  gsize length = count_run (start, scan->end, '`');
  const char *p = start + length;

  if (!scan->has_looked_for_runs)
    look_for_runs (scan);
  scan->p = p;
  if (length > MAX_BACKTICKS || scan->last_run[length] == NULL || scan->last_run[length] <= start)
    return;
  while ((p = memchr (p, '`', (gsize) (scan->end - p))) != NULL)
    {
      gsize closing = count_run (p, scan->end, '`');

      if (closing == length)
        {
          add_span (scan, OCTAVO_MARKDOWN_CODE_SPAN, start, p + length);
          add_span (scan, OCTAVO_MARKDOWN_MARK, start, start + length);
          add_span (scan, OCTAVO_MARKDOWN_MARK, p, p + length);
          scan->p = p + length;
          return;
        }
      p += closing;
    }
}

static Html
get_html_kind (const char *p, const char *end)
{
  if (end - p > 3 && memcmp (p, "<!--", 4) == 0)
    return HTML_COMMENT;
  if (end - p > 2 && p[1] == '!')
    return p[2] == '[' ? HTML_DATA : HTML_DECLARATION;
  return end - p > 1 && p[1] == '?' ? HTML_INSTRUCTION : HTML_TAG;
}

/* CommonMark 6.4, 6.6. */
static void
read_angle (Scan *scan)
{
  const char *start = scan->p;
  const char *end = octavo_markdown_link_skip_autolink (start, scan->end);
  Html kind = get_html_kind (start, scan->end);

  scan->p++;
  if (end != NULL)
    {
      add_span_full (scan, OCTAVO_MARKDOWN_AUTOLINK, start, end, start + 1, end - 1);
      add_span (scan, OCTAVO_MARKDOWN_MARK, start, start + 1);
      add_span (scan, OCTAVO_MARKDOWN_MARK, end - 1, end);
      scan->p = end;
      return;
    }
  if (scan->has_no_html_end[kind])
    return;
  end = octavo_markdown_html_skip_tag (start, scan->end);
  if (end != NULL)
    {
      add_span (scan, OCTAVO_MARKDOWN_INLINE_HTML, start, end);
      scan->p = end;
    }
  else
    scan->has_no_html_end[kind] = kind < HTML_DECLARATION || kind == HTML_INSTRUCTION;
}

/* [[title]], [[title#heading|alias]], in one line. */
static gboolean
read_wiki_link (Scan *scan, const char *start, gboolean is_embed)
{
  const char *name = start + is_embed + 2;
  const char *line_end, *end, *bar, *target_end;

  if (scan->end - start < is_embed + 5 || name[-1] != '[' || name[-2] != '[' ||
      (scan->no_wiki_end != NULL && start >= scan->no_wiki_end))
    return FALSE;
  line_end = memchr (name, '\n', (gsize) (scan->end - name));
  if (line_end == NULL)
    line_end = scan->end;
  end = memmem (name, (gsize) (line_end - name), "]]", 2);
  if (end == NULL)
    {
      scan->no_wiki_end = line_end == scan->end ? start : NULL;
      return FALSE;
    }
  if (end == name || memchr (name, '[', (gsize) (end - name)) != NULL)
    return FALSE;
  bar = memchr (name, '|', (gsize) (end - name));
  target_end = bar != NULL ? bar : end;
  if (bar != NULL && bar > name && bar[-1] == '\\') /* in a table */
    target_end--;
  add_span_full (scan, is_embed ? OCTAVO_MARKDOWN_WIKI_EMBED : OCTAVO_MARKDOWN_WIKI_LINK, start, end + 2, name,
                 target_end);
  add_span (scan, OCTAVO_MARKDOWN_MARK, start, name);
  if (bar != NULL)
    add_span (scan, OCTAVO_MARKDOWN_DESTINATION, name, bar + 1);
  add_span (scan, OCTAVO_MARKDOWN_MARK, end, end + 2);
  scan->p = end + 2;
  return TRUE;
}

static gboolean
read_footnote (Scan *scan)
{
  const char *start = scan->p;
  const char *p = start + 2;

  if (scan->end - start < 4 || start[1] != '^')
    return FALSE;
  while (p < scan->end && strchr (" \t\n[]", *p) == NULL)
    p++;
  if (p == start + 2 || p == scan->end || *p != ']')
    return FALSE;
  add_span_full (scan, OCTAVO_MARKDOWN_FOOTNOTE, start, p + 1, start + 2, p);
  scan->p = p + 1;
  return TRUE;
}

static void
push_bracket (Scan *scan, gboolean is_image)
{
  Bracket bracket = { .start = (guint32) (scan->p - scan->text),
                      .n_delimiters = octavo_markdown_delimiters_get_n (scan->delimiters),
                      .is_image = is_image != FALSE };

  g_array_append_val (scan->brackets, bracket);
  scan->p += is_image ? 2 : 1;
}

static void
read_opening_bracket (Scan *scan)
{
  if (read_wiki_link (scan, scan->p, FALSE) || read_footnote (scan))
    return;
  push_bracket (scan, FALSE);
}

static void
read_exclamation (Scan *scan)
{
  if (scan->end - scan->p < 2 || scan->p[1] != '[')
    scan->p++;
  else if (!read_wiki_link (scan, scan->p, TRUE))
    push_bracket (scan, TRUE);
}

/* No link is in another (CommonMark 6.3). */
static void
forbid_links_around (Scan *scan)
{
  for (guint i = scan->brackets->len; i > 0; i--)
    {
      Bracket *bracket = &g_array_index (scan->brackets, Bracket, i - 1);

      if (bracket->is_image)
        continue;
      if (bracket->is_inactive)
        break;
      bracket->is_inactive = TRUE;
    }
}

static void
read_closing_bracket (Scan *scan)
{
  const char *close = scan->p++;
  const char *start, *end, *target, *target_end;
  Bracket bracket;

  if (scan->brackets->len == 0)
    return;
  bracket = g_array_index (scan->brackets, Bracket, scan->brackets->len - 1);
  g_array_set_size (scan->brackets, scan->brackets->len - 1);
  if (bracket.is_inactive)
    return;
  end = octavo_markdown_link_skip_destination (close + 1, scan->end, &target, &target_end);
  if (end == NULL)
    return;

  start = scan->text + bracket.start;
  add_span_full (scan, bracket.is_image ? OCTAVO_MARKDOWN_IMAGE : OCTAVO_MARKDOWN_LINK, start, end, target, target_end);
  add_span (scan, OCTAVO_MARKDOWN_MARK, start, start + 1 + bracket.is_image);
  add_span (scan, OCTAVO_MARKDOWN_MARK, close, close + 1);
  add_span (scan, OCTAVO_MARKDOWN_DESTINATION, close + 1, end);
  octavo_markdown_delimiters_close (scan->delimiters, bracket.n_delimiters, scan->spans);
  if (!bracket.is_image)
    forbid_links_around (scan);
  scan->p = end;
}

static gboolean
is_at_word_start (const Scan *scan)
{
  return scan->p == scan->start || g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (scan->p)));
}

static void
read_hash (Scan *scan)
{
  const char *start = scan->p;
  gboolean is_tag;
  gsize length;

  if (!is_at_word_start (scan))
    {
      scan->p++;
      return;
    }
  length = octavo_markdown_tag_get_length (start + 1, scan->end, &is_tag);
  scan->p += 1 + length;
  if (is_tag)
    add_span_full (scan, OCTAVO_MARKDOWN_TAG, start, scan->p, start + 1, scan->p);
}

/* GFM 6.9, for http, https and www. */
static void
read_bare_link (Scan *scan)
{
  const char *start = scan->p;
  const char *end;

  scan->p++;
  if (start > scan->start && !g_ascii_isspace (start[-1]) && strchr ("*_~(", start[-1]) == NULL)
    return;
  end = octavo_markdown_link_skip_bare (start, scan->end);
  if (end == NULL)
    return;
  add_span_full (scan, OCTAVO_MARKDOWN_AUTOLINK, start, end, start, end);
  scan->p = end;
}

static void
read_escape (Scan *scan)
{
  if (scan->end - scan->p < 2 || !g_ascii_ispunct (scan->p[1]))
    {
      scan->p++;
      return;
    }
  add_span (scan, OCTAVO_MARKDOWN_MARK, scan->p, scan->p + 1);
  scan->p += 2;
}

static gboolean
is_sign (char c)
{
  return c != '\0' && strchr ("\\`<[!]#hw*_~=", c) != NULL;
}

static void
read_sign (Scan *scan)
{
  switch (*scan->p)
    {
    case '\\':
      read_escape (scan);
      break;
    case '`':
      read_code_span (scan);
      break;
    case '<':
      read_angle (scan);
      break;
    case '[':
      read_opening_bracket (scan);
      break;
    case '!':
      read_exclamation (scan);
      break;
    case ']':
      read_closing_bracket (scan);
      break;
    case '#':
      read_hash (scan);
      break;
    case 'h':
    case 'w':
      read_bare_link (scan);
      break;
    default:
      scan->p = octavo_markdown_delimiters_add (scan->delimiters, scan->p, scan->end);
    }
}

/**
 * octavo_markdown_inline_scan:
 * @text: a text, UTF-8; more lines of a paragraph are parted by \n
 * @start: where in it to begin, in bytes
 * @end: where to end
 * @spans: (element-type OctavoMarkdownSpan): what is found is added to it, in no particular order
 *
 * Finds the parts of the text of a heading, a paragraph or a cell. Any thread.
 */
void
octavo_markdown_inline_scan (const char *text, gsize start, gsize end, GArray *spans)
{
  Scan scan = { .text = text, .start = text + start, .end = text + end, .p = text + start, .spans = spans };

  while (scan.p < scan.end && !is_sign (*scan.p))
    scan.p++;
  if (scan.p == scan.end)
    return;
  scan.delimiters = octavo_markdown_delimiters_new (text, scan.start);
  scan.brackets = g_array_new (FALSE, FALSE, sizeof (Bracket));
  while (scan.p < scan.end)
    if (is_sign (*scan.p))
      read_sign (&scan);
    else
      scan.p++;
  octavo_markdown_delimiters_close (scan.delimiters, 0, spans);
  octavo_markdown_delimiters_free (scan.delimiters);
  g_array_unref (scan.brackets);
}
