/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-tokenizer.h"

#include <sqlite3.h>
#include <string.h>

/* How a text becomes terms of the index.
 *
 * A folded text is a row of elements: words, glyphs (characters of scripts without spaces), and the gaps between them.
 * All of them are terms, gaps too: so a text is found exactly, punctuation included, by a phrase of terms, without
 * reading the notes again. Only the commonest gap, one space between two words, is left out, and the empty one.
 *
 * Terms are bounded: a longer word or gap is kept in overlapping pieces at the same position, with a mark at each cut,
 * so that a part of it is found inside a piece, its start at the start of one, its end at the end of one.
 *
 * Facts about the whole text (has it an open checkbox?) are terms too.
 *
 * SQLite gets the terms as one stream with NUL after each, so its tokenizer only has to split that, and a query can
 * name any term as it is. */

/* octavo_element_iter_init:
 *
 * Starts to walk over the elements of a folded text. The text must outlive the walk. */
void
octavo_element_iter_init (OctavoElementIter *iter, const char *folded, gsize length)
{
  iter->text = folded;
  iter->end = folded + length;
  iter->last = OCTAVO_CLASS_GAP;
}

static inline OctavoClass
class_at (const char *text, const char **next)
{
  *next = g_utf8_next_char (text);
  return octavo_class_of ((guchar) *text < 0x80 ? (gunichar) *text : g_utf8_get_char (text));
}

/* octavo_element_iter_next:
 * @element: (out caller-allocates)
 *
 * Returns: %FALSE at the end of the text */
gboolean
octavo_element_iter_next (OctavoElementIter *iter, OctavoElement *element)
{
  const char *next, *text = iter->text;
  OctavoClass class;

  if (text >= iter->end)
    return FALSE;
  class = class_at (text, &next);
  element->class = class;
  element->text = text;
  element->implicit = FALSE;
  text = next;
  if (class != OCTAVO_CLASS_GLYPH)
    while (text < iter->end && class_at (text, &next) == class)
      text = next;
  element->length = text - element->text;
  if (class == OCTAVO_CLASS_GAP && element->length == 1 && *element->text == ' ' && iter->last == OCTAVO_CLASS_WORD)
    element->implicit = text < iter->end && class_at (text, &next) == OCTAVO_CLASS_WORD;
  iter->last = class;
  iter->text = text;
  return TRUE;
}

/* A list mark, then a box: returns its fact. line: after the indentation and marks of quotations. */
static OctavoFacts
box_of_line (const char *line, const char *end)
{
  const char *mark = line;

  if (mark < end && strchr ("-*+", *mark) != NULL)
    mark++;
  else
    {
      while (mark < end && g_ascii_isdigit (*mark))
        mark++;
      if (mark == line || mark == end || (*mark != '.' && *mark != ')'))
        return 0;
      mark++;
    }
  line = mark;
  while (mark < end && (*mark == ' ' || *mark == '\t'))
    mark++;
  if (mark == line || end - mark < 3 || mark[0] != '[' || mark[2] != ']')
    return 0;
  if (end - mark > 3 && !g_ascii_isspace (mark[3]))
    return 0;
  return mark[1] == ' ' ? OCTAVO_FACT_OPEN_BOX : (mark[1] | 0x20) == 'x' ? OCTAVO_FACT_TICKED_BOX : 0;
}

/* [[wiki]], [text](target), scheme://address, <mailto:…> */
static gboolean
has_link (const char *line, const char *end)
{
  gboolean opened = FALSE, wiki_opened = FALSE;

  for (const char *c = line; c + 1 < end; c++)
    {
      gsize rest = end - c;

      if (*c == ':' && rest > 2 && c[1] == '/' && c[2] == '/' && c > line && g_ascii_isalnum (c[-1]))
        return TRUE;
      if (*c == ']' && c[1] == '(' && opened && rest > 2 && c[2] != ')')
        return TRUE;
      if (*c == ']' && c[1] == ']' && wiki_opened)
        return TRUE;
      if (*c == '<' && rest > 8 && g_ascii_strncasecmp (c, "<mailto:", 8) == 0)
        return TRUE;
      opened |= *c == '[';
      wiki_opened |= *c == '[' && c[1] == '[' && rest > 2 && c[2] != ']';
    }
  return FALSE;
}

/* octavo_facts_of_text:
 * @text: a Markdown text, as it was written
 * @length: in bytes
 *
 * Looks for checkboxes and links. Any thread. */
OctavoFacts
octavo_facts_of_text (const char *text, gsize length)
{
  const char *line = text, *end = text + length;
  OctavoFacts facts = 0;

  while (line < end)
    {
      const char *feed = memchr (line, '\n', end - line);
      const char *line_end = feed != NULL ? feed : end;
      const char *start = line;

      while (start < line_end && strchr (" \t>", *start) != NULL)
        start++;
      facts |= box_of_line (start, line_end);
      if (!(facts & OCTAVO_FACT_LINK) && has_link (line, line_end))
        facts |= OCTAVO_FACT_LINK;
      line = line_end + 1;
    }
  return facts;
}

/* octavo_fact_term:
 *
 * Returns: (transfer full): the term that the index keeps for one fact */
char *
octavo_fact_term (OctavoFacts fact)
{
  return g_strdup_printf ("%c%c", OCTAVO_MARK_FACT, 'a' + g_bit_nth_lsf (fact, -1));
}

typedef struct
{
  GByteArray *stream;
  OctavoTermFunc func;
  gpointer user_data;
} Writer;

static void
write_term (Writer *self, const OctavoElement *element, const char *start, const char *end, gboolean same)
{
  const char *element_end = element->text + element->length;
  guint8 byte;
  guint first;

  byte = OCTAVO_MARK_SAME;
  if (same)
    g_byte_array_append (self->stream, &byte, 1);
  first = self->stream->len;
  byte = OCTAVO_MARK_GAP;
  if (element->class == OCTAVO_CLASS_GAP)
    g_byte_array_append (self->stream, &byte, 1);
  byte = OCTAVO_MARK_PIECE;
  if (start > element->text)
    g_byte_array_append (self->stream, &byte, 1);
  g_byte_array_append (self->stream, (const guint8 *) start, end - start);
  if (end < element_end)
    g_byte_array_append (self->stream, &byte, 1);
  if (self->func != NULL)
    self->func ((const char *) self->stream->data + first, self->stream->len - first,
                element->class != OCTAVO_CLASS_GLYPH, self->user_data);
  byte = 0;
  g_byte_array_append (self->stream, &byte, 1);
}

static void
write_element (Writer *self, const OctavoElement *element)
{
  const char *start = element->text;
  const char *element_end = element->text + element->length;

  if (element->length <= OCTAVO_PIECE_LENGTH)
    {
      write_term (self, element, start, element_end, FALSE);
      return;
    }
  for (gboolean same = FALSE;; same = TRUE)
    {
      const char *end = start;
      const char *next = start;

      for (guint i = 0; i < OCTAVO_PIECE_LENGTH && end < element_end; i++)
        {
          end = g_utf8_next_char (end);
          if (i + 1 == OCTAVO_PIECE_STEP)
            next = end;
        }
      write_term (self, element, start, end, same);
      if (end == element_end)
        break;
      start = next;
    }
}

/* octavo_tokenize:
 * @text: UTF-8, as it was written
 * @length: in bytes
 * @with_facts: whether facts about the text are terms too
 * @func: (nullable): told of each term
 *
 * Makes the stream of terms that is bound where the index expects a text. Any thread.
 *
 * Returns: (transfer full): the terms, NUL after each */
GByteArray *
octavo_tokenize (const char *text, gsize length, gboolean with_facts, OctavoTermFunc func, gpointer user_data)
{
  g_auto (OctavoFolded) folded = OCTAVO_FOLDED_INIT;
  OctavoElementIter iter;
  OctavoElement element;
  Writer writer = { NULL, func, user_data };
  OctavoFacts facts = with_facts ? octavo_facts_of_text (text, length) : 0;

  octavo_fold (text, length, FALSE, &folded);
  writer.stream = g_byte_array_sized_new (folded.length + folded.length / 4 + 16);
  octavo_element_iter_init (&iter, folded.text, folded.length);
  while (octavo_element_iter_next (&iter, &element))
    if (!element.implicit)
      write_element (&writer, &element);
  for (guint i = 0; i < OCTAVO_N_FACTS; i++)
    if (facts & (1 << i))
      {
        g_autofree char *term = octavo_fact_term (1 << i);
        guint8 same = OCTAVO_MARK_SAME;

        g_byte_array_append (writer.stream, &same, 1);
        g_byte_array_append (writer.stream, (const guint8 *) term, strlen (term) + 1);
        if (func != NULL)
          func (term, strlen (term), FALSE, user_data);
      }
  return writer.stream;
}

static int
splitter_create (void *context, const char **arguments, int n_arguments, Fts5Tokenizer **tokenizer)
{
  static int token;

  *tokenizer = (Fts5Tokenizer *) &token;
  return SQLITE_OK;
}

static void
splitter_delete (Fts5Tokenizer *tokenizer)
{
}

static int
splitter_tokenize (Fts5Tokenizer *tokenizer,
                   void *context,
                   int flags,
                   const char *text,
                   int length,
                   int (*put) (void *, int, const char *, int, int, int))
{
  const char *end = text + length;
  int result = SQLITE_OK;

  while (text < end && result == SQLITE_OK)
    {
      const char *stop = memchr (text, '\0', end - text);
      gboolean same = *text == OCTAVO_MARK_SAME;

      if (stop == NULL)
        stop = end;
      if (same)
        text++;
      result = put (context, same ? FTS5_TOKEN_COLOCATED : 0, text, stop - text, 0, 0);
      text = stop + 1;
    }
  return result;
}

/* octavo_tokenizer_register:
 * @db: a connection
 *
 * Makes the tokenizer "octavo" known to FTS5 on a connection. The thread of the connection.
 *
 * Returns: %FALSE where this SQLite has no FTS5 */
gboolean
octavo_tokenizer_register (struct sqlite3 *db)
{
  fts5_tokenizer tokenizer = { splitter_create, splitter_delete, splitter_tokenize };
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5 (?1)", -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_bind_pointer (statement, 1, (void *) &api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
  return api != NULL && api->xCreateTokenizer (api, "octavo", NULL, &tokenizer, NULL) == SQLITE_OK;
}
