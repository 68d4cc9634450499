/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-spelling-words.h"

#include <string.h>

/* Only what reads as a word of a language is worth looking up. What is no prose (code, addresses, links, tags), and
 * what looks like a name of a file, of a program or of a thing (letters beside digits, CamelCase, capitals alone, a.b,
 * a_b, a@b, /a/b), would nearly always be called wrong. */

#define LEAST_LETTERS 2

/* What may stand in a word, and what makes it none where it stands between letters. */
#define IN_WORDS  "'’"
#define IN_NAMES  "_@\\.:=&"
#define AT_STARTS "/\\@$#&"

typedef struct
{
  const OctavoMarkdownLeaf *leaf;
  guint line;
  const char *text;
  gsize size;
  guint first_part; /* of the line */
  GArray *words;
} Finder;

static gboolean
is_prose (const OctavoMarkdownLeaf *leaf, guint line)
{
  const OctavoMarkdownLine *info = &g_array_index (leaf->lines, OctavoMarkdownLine, line - leaf->first);

  switch (info->block)
    {
    case OCTAVO_MARKDOWN_PARAGRAPH:
    case OCTAVO_MARKDOWN_HEADING:
    case OCTAVO_MARKDOWN_TABLE_HEAD:
    case OCTAVO_MARKDOWN_TABLE_ROW:
      return leaf->text->len <= OCTAVO_MARKDOWN_MAX_LEAF_SIZE;
    default:
      return FALSE;
    }
}

static gboolean
is_prose_kind (OctavoMarkdownSpanKind kind)
{
  switch (kind)
    {
    case OCTAVO_MARKDOWN_EMPHASIS:
    case OCTAVO_MARKDOWN_STRONG:
    case OCTAVO_MARKDOWN_STRIKETHROUGH:
    case OCTAVO_MARKDOWN_HIGHLIGHT:
      return TRUE;
    default:
      return FALSE;
    }
}

static guint
find_first_part (const Finder *self)
{
  guint i = 0;

  while (i < self->leaf->parts->len && g_array_index (self->leaf->parts, OctavoMarkdownPart, i).line < self->line)
    i++;
  return i;
}

static gboolean
is_in_prose (const Finder *self, guint32 start, guint32 end)
{
  for (guint i = self->first_part; i < self->leaf->parts->len; i++)
    {
      const OctavoMarkdownPart *part = &g_array_index (self->leaf->parts, OctavoMarkdownPart, i);

      if (part->line != self->line)
        break;
      if (part->start < end && part->end > start && !is_prose_kind ((OctavoMarkdownSpanKind) part->kind))
        return FALSE;
    }
  return TRUE;
}

/**
 * octavo_spelling_words_is_letter:
 * @character: a character
 *
 * Returns: whether it is part of words
 */
gboolean
octavo_spelling_words_is_letter (gunichar character)
{
  return g_unichar_isalpha (character) || g_unichar_ismark (character);
}

static gboolean
is_alnum (gunichar character)
{
  return octavo_spelling_words_is_letter (character) || g_unichar_isdigit (character);
}

static gunichar
get_char (const Finder *self, guint32 place)
{
  return place < self->size ? g_utf8_get_char (self->text + place) : 0;
}

static guint32
get_next (const Finder *self, guint32 place)
{
  return (guint32) (g_utf8_next_char (self->text + place) - self->text);
}

static gboolean
is_among (gunichar character, const char *characters)
{
  return character != 0 && g_utf8_strchr (characters, -1, character) != NULL;
}

/* Capitals alone are an abbreviation, and one after a small letter is of a name. */
static gboolean
is_word (const Finder *self, guint32 start, guint32 end)
{
  gboolean was_lower = FALSE, has_small = FALSE;
  guint n_letters = 0;

  for (guint32 place = start; place < end; place = get_next (self, place))
    {
      gunichar character = get_char (self, place);

      if (g_unichar_isdigit (character) || (was_lower && g_unichar_isupper (character)))
        return FALSE;
      was_lower = g_unichar_islower (character);
      has_small = has_small || !g_unichar_isupper (character);
      n_letters += octavo_spelling_words_is_letter (character);
    }
  return has_small && n_letters >= LEAST_LETTERS;
}

static void
add_word (Finder *self, guint32 start, guint32 end)
{
  OctavoSpellingWord word = { start, end };

  if (is_word (self, start, end) && is_in_prose (self, start, end))
    g_array_append_val (self->words, word);
}

/* Letters and digits, and what stands between them without a space. Returns: where that ends */
static guint32
read_run (Finder *self, guint32 start)
{
  gboolean is_name = start > 0 && is_among (g_utf8_get_char (g_utf8_prev_char (self->text + start)), AT_STARTS);
  guint first = self->words->len;
  guint32 word = start;
  guint32 place = start;

  while (place < self->size)
    {
      gunichar character = get_char (self, place);
      guint32 next = get_next (self, place);
      gboolean goes_on = is_alnum (get_char (self, next));

      if (!is_alnum (character) && !(goes_on && (character == '/' || is_among (character, IN_WORDS IN_NAMES))))
        break;
      if (character == '/')
        {
          add_word (self, word, place);
          word = next;
        }
      is_name = is_name || is_among (character, IN_NAMES);
      place = next;
    }
  add_word (self, word, place);
  if (is_name)
    g_array_set_size (self->words, first);
  return place;
}

/**
 * octavo_spelling_words_find:
 * @leaf: the block that a line is of
 * @line: the line
 * @text: its text
 * @size: its length, in bytes
 *
 * Returns: (transfer full) (element-type OctavoSpellingWord): the words in it that can be right or wrong
 */
GArray *
octavo_spelling_words_find (const OctavoMarkdownLeaf *leaf, guint line, const char *text, gsize size)
{
  Finder finder = { leaf, line, text, size, 0, g_array_new (FALSE, FALSE, sizeof (OctavoSpellingWord)) };
  guint32 place = 0;

  if (!is_prose (leaf, line))
    return finder.words;
  finder.first_part = find_first_part (&finder);
  while (place < size)
    {
      if (!is_alnum (get_char (&finder, place)))
        place = get_next (&finder, place);
      else
        place = read_run (&finder, place);
    }
  return finder.words;
}
