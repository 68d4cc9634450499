/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-markdown"

#include "octavo-markdown-direction.h"

/* Where Unicode keeps the scripts that are written from right to left, those to come as well. */
static const struct
{
  gunichar first;
  gunichar last;
} right_to_left[] = {
  { 0x0590, 0x08ff }, { 0xfb1d, 0xfdff }, { 0xfe70, 0xfeff }, { 0x10800, 0x10fff }, { 0x1e800, 0x1efff },
};

#define LEFT_TO_RIGHT_MARK 0x200e
#define RIGHT_TO_LEFT_MARK 0x200f

static OctavoMarkdownDirection
get_direction (gunichar c)
{
  if (c == LEFT_TO_RIGHT_MARK)
    return OCTAVO_MARKDOWN_DIRECTION_LTR;
  if (c == RIGHT_TO_LEFT_MARK)
    return OCTAVO_MARKDOWN_DIRECTION_RTL;
  if (!g_unichar_isalpha (c))
    return OCTAVO_MARKDOWN_DIRECTION_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (right_to_left); i++)
    if (c >= right_to_left[i].first && c <= right_to_left[i].last)
      return OCTAVO_MARKDOWN_DIRECTION_RTL;
  return OCTAVO_MARKDOWN_DIRECTION_LTR;
}

/**
 * octavo_markdown_direction_find:
 * @text: a text, UTF-8
 * @size: of it, in bytes
 *
 * Finds the direction of a text as the Unicode algorithm does (P2, P3): that of its first letter. Any thread.
 *
 * Returns: the direction; none where it has no letter
 */
OctavoMarkdownDirection
octavo_markdown_direction_find (const char *text, gsize size)
{
  OctavoMarkdownDirection direction = OCTAVO_MARKDOWN_DIRECTION_NONE;

  for (const char *p = text; p < text + size && direction == OCTAVO_MARKDOWN_DIRECTION_NONE; p = g_utf8_next_char (p))
    direction = get_direction (g_utf8_get_char (p));
  return direction;
}
