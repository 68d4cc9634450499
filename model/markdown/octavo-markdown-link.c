/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-link.h"

#include <string.h>

/* Where links lead to: CommonMark 6.3 and 6.4, GFM 6.9. */

#define MAX_PARENTHESES 32
#define MAX_LABEL       999 /* characters, says CommonMark; bytes here */

static const char *
skip_spaces (const char *p, const char *end)
{
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n'))
    p++;
  return p;
}

/* p: after the <. */
static const char *
skip_pointed (const char *p, const char *end)
{
  for (; p < end && *p != '>'; p++)
    {
      if (*p == '<' || *p == '\n')
        return NULL;
      if (*p == '\\' && p + 1 < end)
        p++;
    }
  return p < end ? p : NULL;
}

static const char *
skip_plain (const char *p, const char *end)
{
  guint depth = 0;

  for (; p < end; p++)
    {
      if ((guchar) *p <= ' ')
        break;
      if (*p == '\\' && p + 1 < end && g_ascii_ispunct (p[1]))
        p++;
      else if (*p == '(' && ++depth > MAX_PARENTHESES)
        return NULL;
      else if (*p == ')' && depth-- == 0)
        break;
    }
  return p;
}

static const char *
skip_title (const char *p, const char *end)
{
  char open = *p;
  char close = open == '(' ? ')' : open;

  for (p++; p < end && *p != close; p++)
    {
      if (open == '(' && *p == '(')
        return NULL;
      if (*p == '\\' && p + 1 < end)
        p++;
    }
  return p < end ? p + 1 : NULL;
}

/* p: after the opening parenthesis. */
static const char *
skip_inline (const char *p, const char *end, const char **target, const char **target_end)
{
  const char *after;

  p = skip_spaces (p, end);
  if (p < end && *p == '<')
    {
      *target = p + 1;
      *target_end = skip_pointed (p + 1, end);
      p = *target_end != NULL ? *target_end + 1 : NULL;
    }
  else
    {
      *target = p;
      *target_end = p = skip_plain (p, end);
    }
  if (p == NULL)
    return NULL;
  after = skip_spaces (p, end);
  if (after > p && after < end && (*after == '"' || *after == '\'' || *after == '('))
    {
      after = skip_title (after, end);
      if (after == NULL)
        return NULL;
      after = skip_spaces (after, end);
    }
  return after < end && *after == ')' ? after + 1 : NULL;
}

/* p: after the opening bracket. */
static const char *
skip_label (const char *p, const char *end, const char **target, const char **target_end)
{
  const char *start = p;

  end = MIN (end, p + MAX_LABEL);
  for (; p < end && *p != ']'; p++)
    {
      if (*p == '[')
        return NULL;
      if (*p == '\\' && p + 1 < end)
        p++;
    }
  if (p >= end || skip_spaces (start, p) == p)
    return NULL;
  *target = start;
  *target_end = p;
  return p + 1;
}

/**
 * octavo_markdown_link_skip_destination:
 * @text: what stands after the ] of a link's text
 * @end: of the text
 * @target: (out): where the destination or the label begins
 * @target_end: (out): where it ends
 *
 * Reads the (destination "title") or the [label] of a link. Whether the label is defined anywhere is not asked. Any
 * thread.
 *
 * Returns: (nullable): after it; %NULL where there is none
 */
const char *
octavo_markdown_link_skip_destination (const char *text, const char *end, const char **target, const char **target_end)
{
  if (text < end && *text == '(')
    return skip_inline (text + 1, end, target, target_end);
  if (text < end && *text == '[')
    return skip_label (text + 1, end, target, target_end);
  return NULL;
}

static const char *
skip_mail (const char *p, const char *end)
{
  const char *start = p;
  const char *label;

  while (p < end && (g_ascii_isalnum (*p) || strchr (".!#$%&'*+/=?^_`{|}~-", *p) != NULL))
    p++;
  if (p == start || p == end || *p != '@')
    return NULL;
  do
    {
      label = ++p;
      while (p < end && (g_ascii_isalnum (*p) || *p == '-'))
        p++;
      if (p == label || p - label > 63 || *label == '-' || p[-1] == '-')
        return NULL;
    }
  while (p < end && *p == '.');
  return p < end && *p == '>' ? p + 1 : NULL;
}

/**
 * octavo_markdown_link_skip_autolink:
 * @text: where a < stands
 * @end: of the text
 *
 * Reads a link in angle brackets: an absolute URI, or a mail address. Any thread.
 *
 * Returns: (nullable): after it; %NULL where there is none
 */
const char *
octavo_markdown_link_skip_autolink (const char *text, const char *end)
{
  const char *p = text + 1;

  if (p == end || !g_ascii_isalnum (*p))
    return p < end && strchr (".!#$%&'*+=^_`{|}~-", *p) != NULL ? skip_mail (p, end) : NULL;
  while (p < end && (g_ascii_isalnum (*p) || strchr ("+.-", *p) != NULL))
    p++;
  if (p == end || *p != ':' || !g_ascii_isalpha (text[1]) || p - text < 3 || p - text > 33)
    return skip_mail (text + 1, end);
  while (p < end && (guchar) *p > ' ' && *p != '<' && *p != '>' && *p != 0x7f)
    p++;
  return p < end && *p == '>' ? p + 1 : NULL;
}

static const char *
skip_prefix (const char *p, const char *end)
{
  static const char *const prefixes[] = { "http://", "https://", "www." };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize length = strlen (prefixes[i]);

      if ((gsize) (end - p) > length && memcmp (p, prefixes[i], length) == 0)
        return p + length;
    }
  return NULL;
}

/* A full stop after a link, or the parenthesis that it stands in, is not of it. */
static const char *
trim (const char *start, const char *end)
{
  gsize n_open = 0, n_close = 0;

  for (const char *p = start; p < end; p++)
    {
      n_open += *p == '(';
      n_close += *p == ')';
    }
  for (; end > start; end--)
    if (end[-1] == ')' && n_close > n_open)
      n_close--;
    else if (strchr ("?!.,:;*_~'\"", end[-1]) == NULL)
      break;
  return end;
}

/**
 * octavo_markdown_link_skip_bare:
 * @text: where a link may begin
 * @end: of the text
 *
 * Reads a web address that stands in the text as it is. Any thread.
 *
 * Returns: (nullable): after it; %NULL where there is none
 */
const char *
octavo_markdown_link_skip_bare (const char *text, const char *end)
{
  const char *start = skip_prefix (text, end);
  const char *p = start;

  if (start == NULL)
    return NULL;
  while (p < end && (guchar) *p > ' ' && *p != '<')
    p = g_utf8_next_char (p);
  p = trim (text, p);
  return p > start && (*start & 0x80 || g_ascii_isalnum (*start)) ? p : NULL;
}
