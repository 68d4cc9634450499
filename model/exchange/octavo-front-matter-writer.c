/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-front-matter-writer.h"

#include "octavo-date-text.h"
#include "octavo-front-matter.h"
#include "octavo-markdown-text.h"
#include "octavo-tag.h"

#include <string.h>

/* Writes what octavo_front_matter_parse() reads. The promise is that nothing is lost on the way, so where the lines
 * that were kept from an import could be taken for something else, the result is read back and, if it differs, written
 * again in words that leave no choice. */

static gboolean
is_plain (const char *text)
{
  static const char *const words[] = { "true", "false", "yes", "no", "on", "off", "null", "y", "n", NULL };
  const char *last = NULL;

  if (!g_unichar_isalpha (g_utf8_get_char (text)))
    return FALSE;
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 ? !g_ascii_isalnum (c) && strchr (" -_/.()'&+;!?", (int) c) == NULL : !g_unichar_isalnum (c))
        return FALSE;
      last = p;
    }
  return *last != ' ';
}

/**
 * octavo_yaml_quote:
 * @text: UTF-8
 *
 * Writes a text as a YAML scalar on one line, quoted where it could be taken for anything but itself. Any thread.
 *
 * Returns: (transfer full): the scalar
 */
char *
octavo_yaml_quote (const char *text)
{
  GString *quoted;

  g_return_val_if_fail (text != NULL, NULL);

  if (is_plain (text))
    return g_strdup (text);
  quoted = g_string_new ("\"");
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (quoted, "\\%c", (int) c);
      else if (c == '\n')
        g_string_append (quoted, "\\n");
      else if (c == '\t')
        g_string_append (quoted, "\\t");
      else if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        g_string_append_printf (quoted, "\\x%02x", c);
      else if (c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff)
        g_string_append_printf (quoted, "\\u%04x", c);
      else if (c > 0xffff && (c & 0xfffe) == 0xfffe)
        g_string_append_printf (quoted, "\\U%08x", c);
      else
        g_string_append_unichar (quoted, c);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

static void
append_text (GString *to, const char *key, const char *text)
{
  g_autofree char *quoted = octavo_yaml_quote (text);

  g_string_append_printf (to, "%s: %s\n", key, quoted);
}

static void
append_date (GString *to, const char *key, gint64 date)
{
  g_autofree char *text = octavo_date_text_format (date);

  g_string_append_printf (to, *text == '@' ? "%s: \"%s\"\n" : "%s: %s\n", key, text);
}

static void
append_list (GString *to, const char *key, const char *const *items)
{
  g_string_append_printf (to, "%s:\n", key);
  for (gsize i = 0; items[i] != NULL; i++)
    {
      g_autofree char *quoted = octavo_yaml_quote (items[i]);

      g_string_append_printf (to, "  - %s\n", quoted);
    }
}

/* Whether the text has a #tag that the note does not carry: an import must not give it one. */
static gboolean
text_has_other_tags (const OctavoNoteValues *note)
{
  g_autoptr (GPtrArray) in_text = octavo_markdown_text_find_tags (note->body != NULL ? note->body : "");
  g_autoptr (GHashTable) carried = NULL;

  if (in_text->len == 0)
    return FALSE;
  carried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; note->tags != NULL && note->tags[i] != NULL; i++)
    g_hash_table_add (carried, octavo_tag_fold_name (note->tags[i]));
  for (guint i = 0; i < in_text->len; i++)
    {
      g_autofree char *name = octavo_tag_normalize_name (g_ptr_array_index (in_text, i), NULL);
      g_autofree char *folded = name != NULL ? octavo_tag_fold_name (name) : NULL;

      if (folded != NULL && !g_hash_table_contains (carried, folded))
        return TRUE;
    }
  return FALSE;
}

static void
append_rest (GString *to, const char *rest, gboolean quoted)
{
  if (rest == NULL || *rest == '\0')
    return;
  if (quoted)
    append_text (to, OCTAVO_FRONT_MATTER_REST, rest);
  else
    g_string_append_printf (to, "%s\n", rest);
}

static void
append_known (GString *to, const OctavoNoteValues *note, const char *user_name, gboolean explicitly)
{
  g_auto (GStrv) aliases = g_strsplit (note->aliases != NULL ? note->aliases : "", "\n", -1);

  append_text (to, "title", note->title != NULL ? note->title : "");
  append_date (to, "created", note->created);
  append_date (to, "updated", note->updated);
  if (note->pinned || explicitly)
    g_string_append_printf (to, "pinned: %s\n", note->pinned ? "true" : "false");
  if (note->tags != NULL && note->tags[0] != NULL)
    append_list (to, "tags", (const char *const *) note->tags);
  if (aliases[0] != NULL)
    append_list (to, "aliases", (const char *const *) aliases);
  if (user_name != NULL)
    append_text (to, OCTAVO_FRONT_MATTER_USER, user_name);
  if (note->trashed != 0)
    append_date (to, OCTAVO_FRONT_MATTER_TRASHED, note->trashed);
  if (text_has_other_tags (note))
    g_string_append (to, OCTAVO_FRONT_MATTER_TAGS_IN_TEXT ": false\n");
  if (note->body != NULL && strstr (note->body, "\r\n") != NULL)
    g_string_append (to, OCTAVO_FRONT_MATTER_LINE_ENDS ": true\n");
}

static gboolean
lists_equal (GPtrArray *list, const char *const *strings)
{
  gsize n = strings != NULL ? g_strv_length ((GStrv) strings) : 0;

  if (list->len != n)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (strcmp (g_ptr_array_index (list, i), strings[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Only the rest is somebody else's writing: what could go wrong is that it says something that is ours to say. */
static gboolean
reads_back (const char *yaml, gsize length, const OctavoNoteValues *note, const char *user_name)
{
  g_autoptr (OctavoFrontMatter) read = octavo_front_matter_parse (yaml, length, NULL);
  g_auto (GStrv) aliases = g_strsplit (note->aliases != NULL ? note->aliases : "", "\n", -1);
  gsize start, yaml_length, body;
  g_autofree char *framed = g_strdup_printf ("---\n%.*s---\n", (int) length, yaml);

  return read != NULL && !read->has_duplicates && strcmp (read->rest, note->front_matter) == 0 &&
         g_strcmp0 (read->title, note->title != NULL ? note->title : "") == 0 && read->created == note->created &&
         read->updated == note->updated && read->pinned == note->pinned && read->trashed == note->trashed &&
         g_strcmp0 (read->user_name, user_name) == 0 && read->tags_in_text == !text_has_other_tags (note) &&
         read->keeps_line_ends == (note->body != NULL && strstr (note->body, "\r\n") != NULL) &&
         lists_equal (read->tags, (const char *const *) note->tags) &&
         lists_equal (read->aliases, (const char *const *) aliases) &&
         octavo_front_matter_find (framed, strlen (framed), &start, &yaml_length, &body) && yaml_length == length;
}

/**
 * octavo_front_matter_write:
 * @to: what to append to
 * @note: a note, with its body
 * @user_name: (nullable): whose it is; %NULL where that goes without saying
 *
 * Writes the front matter of a note with the marks around it, such that reading it gives the same note. Any thread.
 */
void
octavo_front_matter_write (GString *to, const OctavoNoteValues *note, const char *user_name)
{
  gsize start;

  g_return_if_fail (to != NULL && note != NULL);

  g_string_append (to, "---\n");
  start = to->len;
  append_known (to, note, user_name, FALSE);
  append_rest (to, note->front_matter, FALSE);
  if (note->front_matter != NULL && *note->front_matter != '\0' &&
      !reads_back (to->str + start, to->len - start, note, user_name))
    {
      g_string_truncate (to, start);
      append_known (to, note, user_name, TRUE);
      append_rest (to, note->front_matter, TRUE);
    }
  g_string_append (to, "---\n");
}
