/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-fold.h"
#include "octavo-unicode.h"

#include <string.h>

/* What makes "cafe" find "Café": compatibility decomposition, accents dropped, lower case, and the few letters that
 * Unicode does not decompose though people type them plain. The index, the marking of hits and the matching of texts
 * that are not indexed yet all look at texts through this one function, so they cannot disagree.
 *
 * Accents are dropped where they are accents: marks of Indic scripts, the voicing marks of kana and the breve of й are
 * letters to their readers and stay (composed, so that either way of writing them is the same).
 *
 * The way back is kept as the list of stretches whose folded form is not as long as the original, or has several
 * characters; between two of them bytes correspond one to one. An ASCII text has none. */
typedef struct
{
  gsize folded_start;
  gsize text_start;
  guint32 folded_length;
  guint32 text_length;
} Segment;

typedef struct
{
  GString *out;
  GArray *segments;
  gsize last_folded; /* where the last character that was put out starts, folded and original */
  gsize last_text;
} Folder;

static gboolean
is_accent (gunichar c)
{
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05BD) ||
         (c >= 0x05BF && c <= 0x05C7 && c != 0x05C0 && c != 0x05C3 && c != 0x05C6) || (c >= 0x0610 && c <= 0x061A) ||
         c == 0x0640 || (c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x1AB0 && c <= 0x1AFF) ||
         (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xFE20 && c <= 0xFE2F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Unified ideographs, kana and syllables of Hangul: most of the characters of a text that has any, and already folded.
 */
static gboolean
is_settled (gunichar c)
{
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x30A1 && c <= 0x30FE) || (c >= 0x3131 && c <= 0x318E) || (c >= 0x20000 && c <= 0x2F7FF);
}

static gboolean
may_join_previous (gunichar c)
{
  return c == 0x0306 || c == 0x3099 || c == 0x309A || (c >= 0x1161 && c <= 0x11C2);
}

static const char *
plain_letters (gunichar c)
{
  switch (c)
    {
    case 0x00DF:
      return "ss";
    case 0x00E6:
      return "ae";
    case 0x00F8:
      return "o";
    case 0x0111:
      return "d";
    case 0x0127:
      return "h";
    case 0x0131:
      return "i";
    case 0x0142:
      return "l";
    case 0x0153:
      return "oe";
    case 0x0167:
      return "t";
    case 0x03C2:
      return "σ";
    case 0x02BC:
    case 0x2018:
    case 0x2019:
      return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
      return "\"";
    default:
      return NULL;
    }
}

/* Joins c to the character put out last where the two are one letter. */
static gboolean
join_previous (Folder *self, gunichar c)
{
  gunichar previous, joined;

  if (!may_join_previous (c) || self->out->len == 0)
    return FALSE;
  previous = g_utf8_get_char (self->out->str + self->last_folded);
  if (c == 0x0306 && previous != 0x0438 && previous != 0x0443)
    return FALSE;
  if (!g_unichar_compose (previous, c, &joined))
    return FALSE;
  g_string_truncate (self->out, self->last_folded);
  g_string_append_unichar (self->out, joined);
  return TRUE;
}

/* Both letters of a pair have to be there: one may come long after the other. */
static gunichar
to_lower (gunichar c)
{
  gunichar lower = g_unichar_tolower (c);

  return lower != c && octavo_unicode_has (lower) && octavo_unicode_has (c) ? lower : c;
}

static gboolean
is_format (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT && octavo_unicode_has (c);
}

static void
put_character (Folder *self, gunichar c)
{
  const char *plain;

  c = to_lower (c);
  plain = plain_letters (c);
  self->last_folded = self->out->len;
  if (plain != NULL)
    {
      g_string_append (self->out, plain);
      self->last_folded = self->out->len - (plain[0] & 0x80 ? strlen (plain) : 1);
    }
  else if (c < 0x20 && c != '\t' && c != '\n')
    g_string_append_c (self->out, ' ');
  else
    g_string_append_unichar (self->out, c);
}

/* Notes that the original bytes from text_start to text_end became what was put out from folded_start on. */
static void
note_segment (Folder *self, gsize folded_start, gsize text_start, gsize text_end)
{
  Segment *last = self->segments->len > 0 ? &g_array_index (self->segments, Segment, self->segments->len - 1) : NULL;
  Segment segment = { folded_start, text_start, self->out->len - folded_start, text_end - text_start };

  /* What joined its predecessor, or was dropped after it, belongs to the same stretch. */
  if (last != NULL && folded_start < last->folded_start + MAX (last->folded_length, 1))
    {
      last->folded_length = self->out->len - last->folded_start;
      last->text_length = text_end - last->text_start;
    }
  else
    g_array_append_val (self->segments, segment);
}

static void
fold_character (Folder *self, gunichar c, gsize text_start, gsize text_end)
{
  gunichar parts[18];
  gsize n_parts = 1;
  gsize before = self->out->len;
  gsize previous_folded = self->last_folded, previous_text = self->last_text;
  gboolean joined = FALSE;

  parts[0] = c;
  if (!is_settled (c) && c != 0x0419 && c != 0x0439 && c != 0x040E && c != 0x045E && octavo_unicode_has (c))
    n_parts = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n_parts; i++)
    {
      if (join_previous (self, parts[i]))
        joined |= self->last_folded < before;
      else if (!is_accent (parts[i]) && !is_format (parts[i]))
        put_character (self, parts[i]);
    }

  if (joined || (self->out->len == before && before > 0))
    {
      if (self->segments != NULL)
        note_segment (self, previous_folded, previous_text, text_end);
      self->last_text = previous_text;
      return;
    }
  if (self->segments != NULL && (self->out->len - before != text_end - text_start || self->last_folded != before))
    note_segment (self, before, text_start, text_end);
  self->last_text = text_start;
}

/* octavo_fold:
 * @text: UTF-8; bytes that are none become U+FFFD
 * @length: in bytes, or -1
 * @with_map: whether octavo_folded_unmap() will be asked
 * @folded: (out caller-allocates): to be freed with octavo_folded_clear()
 *
 * Folds case and accents of a text. Any thread. */
void
octavo_fold (const char *text, gssize length, gboolean with_map, OctavoFolded *folded)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *valid = NULL;
  Folder folder = { 0 };
  gsize i = 0;

  if (!g_utf8_validate_len (text, size, NULL))
    {
      valid = g_utf8_make_valid (text, size);
      text = valid;
      size = strlen (valid);
    }
  folder.out = g_string_sized_new (size + 1);
  folder.segments = with_map ? g_array_new (FALSE, FALSE, sizeof (Segment)) : NULL;
  while (i < size)
    {
      guchar byte = (guchar) text[i];
      gsize next;

      if (byte < 0x80 && (byte >= 0x20 || byte == '\t' || byte == '\n'))
        {
          folder.last_folded = folder.out->len;
          folder.last_text = i;
          g_string_append_c (folder.out, g_ascii_tolower (byte));
          i++;
          continue;
        }
      next = i + g_utf8_skip[byte];
      fold_character (&folder, g_utf8_get_char (text + i), i, next);
      i = next;
    }
  folded->length = folder.out->len;
  folded->text = g_string_free (folder.out, FALSE);
  folded->segments = folder.segments;
}

/* octavo_fold_string:
 * @text: (nullable): UTF-8; %NULL, which only a damaged file has in the place of a text, is empty
 *
 * Folds case and accents. Any thread.
 *
 * Returns: (transfer full): the folded text */
char *
octavo_fold_string (const char *text)
{
  OctavoFolded folded = OCTAVO_FOLDED_INIT;

  octavo_fold (text != NULL ? text : "", -1, FALSE, &folded);
  return folded.text;
}

/* octavo_folded_clear:
 *
 * Frees what is in @self. */
void
octavo_folded_clear (OctavoFolded *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->segments, g_array_unref);
  self->length = 0;
}

/* The last stretch that starts at or before offset. */
static const Segment *
find_segment (const OctavoFolded *self, gsize offset)
{
  guint low = 0, high = self->segments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->segments, Segment, middle).folded_start <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? &g_array_index (self->segments, Segment, low - 1) : NULL;
}

/* octavo_folded_unmap:
 * @self: folded with a map
 * @start: byte offset into the folded text
 * @end: byte offset after the last byte, greater than @start
 * @text_start: (out): where the first of the original characters starts
 * @text_end: (out): where the last of them ends
 *
 * Finds the characters of the original that a stretch of the folded text came from; whole ones, with their accents. */
void
octavo_folded_unmap (const OctavoFolded *self, gsize start, gsize end, gsize *text_start, gsize *text_end)
{
  const Segment *segment = find_segment (self, start);

  if (segment == NULL)
    *text_start = start;
  else if (start < segment->folded_start + segment->folded_length)
    *text_start = segment->text_start;
  else
    *text_start = segment->text_start + segment->text_length + (start - segment->folded_start - segment->folded_length);

  segment = find_segment (self, end - 1);
  if (segment == NULL)
    *text_end = end;
  else if (end <= segment->folded_start + segment->folded_length)
    *text_end = segment->text_start + segment->text_length;
  else
    *text_end = segment->text_start + segment->text_length + (end - segment->folded_start - segment->folded_length);
}

static gboolean
is_glyph (gunichar c)
{
  if (c < 0x0E01)
    return FALSE;
  if (c <= 0x0EFF) /* Thai and Lao, but not their digits */
    return (c <= 0x0E3A) || (c >= 0x0E40 && c <= 0x0E4E) || (c >= 0x0E81 && c <= 0x0ECD) || c >= 0x0EDC;
  return (c >= 0x1000 && c <= 0x103F) || (c >= 0x1050 && c <= 0x108F) || (c >= 0x1100 && c <= 0x11FF) ||
         (c >= 0x1780 && c <= 0x17D3) || (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3005 && c <= 0x3007) ||
         (c >= 0x3021 && c <= 0x3029) || (c >= 0x3031 && c <= 0x3035) || (c >= 0x3038 && c <= 0x303B) ||
         (c >= 0x3041 && c <= 0x309A) || (c >= 0x309D && c <= 0x309F) || (c >= 0x30A1 && c <= 0x30FA) ||
         (c >= 0x30FC && c <= 0x31BF) || (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0xA48F) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x1B000 && c <= 0x1B16F) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* octavo_class_of:
 * @folded_character: a character of a folded text
 *
 * Tells words, characters that are words of their own, and what stands between them apart. */
OctavoClass
octavo_class_of (gunichar folded_character)
{
  if (folded_character < 0x80)
    return g_ascii_isalnum (folded_character) ? OCTAVO_CLASS_WORD : OCTAVO_CLASS_GAP;
  if (is_glyph (folded_character))
    return OCTAVO_CLASS_GLYPH;
  if (octavo_unicode_has (folded_character) &&
      (g_unichar_isalnum (folded_character) || g_unichar_ismark (folded_character)))
    return OCTAVO_CLASS_WORD;
  return OCTAVO_CLASS_GAP;
}
