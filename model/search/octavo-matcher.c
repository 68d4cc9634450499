/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-matcher.h"

#include <string.h>

static gboolean
is_word (const char *c)
{
  return octavo_class_of (g_utf8_get_char (c)) == OCTAVO_CLASS_WORD;
}

/* Whether the ends of a stretch cut a word in two. */
static gboolean
cuts_word (const OctavoFolded *folded, gsize start, gsize end, gboolean at_start, gboolean at_end)
{
  const char *first = folded->text + start, *after = folded->text + end;

  if (at_start && start > 0 && is_word (first) && is_word (g_utf8_prev_char (first)))
    return TRUE;
  return at_end && end < folded->length && is_word (g_utf8_prev_char (after)) && is_word (after);
}

/* octavo_match_find:
 * @text_node: a node of text
 * @from: byte offset where to start
 * @start: (out): byte offset of the hit in the folded text
 * @end: (out): byte offset after it
 *
 * Finds the next place where a text holds what a node asks for. Any thread.
 *
 * Returns: %FALSE where there is none */
gboolean
octavo_match_find (const OctavoNode *text_node, const OctavoFolded *folded, gsize from, gsize *start, gsize *end)
{
  gsize length = strlen (text_node->text);

  while (from + length <= folded->length)
    {
      const char *hit = memmem (folded->text + from, folded->length - from, text_node->text, length);

      if (hit == NULL)
        return FALSE;
      *start = hit - folded->text;
      *end = *start + length;
      if (!cuts_word (folded, *start, *end, text_node->at_start, text_node->at_end))
        return TRUE;
      from = g_utf8_next_char (hit) - folded->text;
    }
  return FALSE;
}

/* octavo_match_text:
 *
 * Returns: whether a text holds what a node of text asks for */
gboolean
octavo_match_text (const OctavoNode *text_node, const OctavoFolded *folded)
{
  gsize start, end;

  return octavo_match_find (text_node, folded, 0, &start, &end);
}

/* octavo_match_tag:
 * @tag_node: a node that asks for a tag
 *
 * Returns: whether it is that tag, or a child of it */
gboolean
octavo_match_tag (const OctavoNode *tag_node, const char *folded_name)
{
  gsize length = strlen (tag_node->text);

  if (strcmp (tag_node->text, "*") == 0)
    return TRUE;
  if (strncmp (folded_name, tag_node->text, length) != 0)
    return FALSE;
  return tag_node->is_start || folded_name[length] == '\0' || folded_name[length] == '/';
}

/* octavo_match_user:
 * @user_node: a node that asks for a user
 *
 * Returns: whether the name has these words: "anna" is Anna Schmidt, "ann" is not */
gboolean
octavo_match_user (const OctavoNode *user_node, const char *folded_name)
{
  OctavoFolded name = { (char *) folded_name, strlen (folded_name), NULL };
  OctavoNode words = *user_node;

  if (strcmp (user_node->text, "*") == 0)
    return TRUE;
  words.at_start = TRUE;
  words.at_end = !user_node->is_start;
  return octavo_match_text (&words, &name);
}
