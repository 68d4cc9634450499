/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-link-match.h"

#include "octavo-fold.h"
#include "octavo-query.h"

#include <inttypes.h>
#include <string.h>

/* The search finds the notes in whose text a link may stand, as a phrase: brackets and title, or title and ending. The
 * scanner then says whether one does, and not only what looks like it in code; titles are compared as the search
 * compares words, case and accents folded. */

#define MAX_TITLES 8   /* that are looked for */
#define MAX_PHRASE 100 /* characters of each: what begins so is looked into */

struct _OctavoLinkMatch
{
  gint64 id;         /* 0: none */
  GStrv titles;      /* as they were given, without spaces around */
  GPtrArray *folded; /* (element-type utf8) */
};

static char *
fold (const char *title)
{
  return g_strstrip (octavo_fold_string (title));
}

/**
 * octavo_link_match_new:
 * @id: a note; 0: links by id do not count
 * @titles: (array zero-terminated=1): its title and its aliases; those that are empty do not count
 *
 * Returns: (transfer full): what says whether links lead there
 */
OctavoLinkMatch *
octavo_link_match_new (gint64 id, const char *const *titles)
{
  OctavoLinkMatch *self;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (titles != NULL, NULL);

  self = g_atomic_rc_box_new0 (OctavoLinkMatch);
  self->id = id;
  self->folded = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; titles[i] != NULL && self->folded->len < MAX_TITLES; i++)
    {
      g_autofree char *title = g_strstrip (g_strdup (titles[i]));
      char *folded = fold (title);

      if (*folded == '\0')
        {
          g_free (folded);
          continue;
        }
      g_strv_builder_add (builder, title);
      g_ptr_array_add (self->folded, folded);
    }
  self->titles = g_strv_builder_end (builder);
  return self;
}

/**
 * octavo_link_match_ref:
 * @self: a match
 *
 * Returns: (transfer full): @self
 */
OctavoLinkMatch *
octavo_link_match_ref (OctavoLinkMatch *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
match_clear (gpointer data)
{
  OctavoLinkMatch *self = data;

  g_strfreev (self->titles);
  g_ptr_array_unref (self->folded);
}

/**
 * octavo_link_match_unref:
 * @self: (transfer full): a match
 */
void
octavo_link_match_unref (OctavoLinkMatch *self)
{
  g_atomic_rc_box_release_full (self, match_clear);
}

/**
 * octavo_link_match_get_id:
 *
 * Returns: the note that links lead to; 0 where it is not known
 */
gint64
octavo_link_match_get_id (OctavoLinkMatch *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->id;
}

static void
append_phrase (GString *query, const char *begin, const char *words, const char *end)
{
  gsize length = strcspn (words, "\"");

  if (g_utf8_strlen (words, (gssize) length) > MAX_PHRASE)
    length = (gsize) (g_utf8_offset_to_pointer (words, MAX_PHRASE) - words);
  g_string_append_printf (query, "%sbody:\"%s%.*s%s\"", query->len > 0 ? " OR " : "", begin, (int) length, words,
                          words[length] == '\0' ? end : "");
}

/* What no file is called that is named after the title, or an address would have to say otherwise. */
static gboolean
can_be_file_name (const char *title)
{
  return *title != '\0' && *title != '.' && strpbrk (title, "/\\:|?*\"<>#%") == NULL && !g_str_has_suffix (title, ".");
}

/* With a space after the brackets, too; and as the name of a file. */
static void
append_phrases (GString *query, const char *title)
{
  g_autofree char *escaped = g_uri_escape_string (title, NULL, TRUE);

  append_phrase (query, "[[", title, "");
  append_phrase (query, "[[ ", title, "");
  if (!can_be_file_name (title))
    return;
  append_phrase (query, "", title, ".md");
  if (strcmp (escaped, title) != 0)
    append_phrase (query, "", escaped, ".md");
}

/**
 * octavo_link_match_make_query:
 * @self: a match
 *
 * Returns: (transfer full) (nullable): what finds the notes that may have such links; %NULL where none can have
 */
OctavoQuery *
octavo_link_match_make_query (OctavoLinkMatch *self)
{
  g_autoptr (GString) query = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; self->titles[i] != NULL; i++)
    append_phrases (query, self->titles[i]);
  if (self->id != 0)
    g_string_append_printf (query, "%sbody:\"octavo:note/%" PRId64 "\"", query->len > 0 ? " OR " : "", self->id);
  return query->len > 0 ? octavo_query_new (query->str) : NULL;
}

static gboolean
is_among (OctavoLinkMatch *self, const char *title)
{
  g_autofree char *folded = fold (title);

  for (guint i = 0; i < self->folded->len; i++)
    if (strcmp (g_ptr_array_index (self->folded, i), folded) == 0)
      return TRUE;
  return FALSE;
}

/* Of the titles that it can mean, the longest that there is. */
static gboolean
fits_title (OctavoLinkMatch *self, const char *target, OctavoLinkIsTitle is_title, gpointer user_data, gsize *length)
{
  *length = 0;
  while (octavo_link_next_title (target, length))
    {
      g_autofree char *title = g_strstrip (g_strndup (target, *length));

      if (is_among (self, title))
        return TRUE;
      if (strchr (target, '#') != NULL && is_title != NULL && is_title (title, user_data))
        return FALSE;
    }
  return FALSE;
}

/**
 * octavo_link_match_fits:
 * @self: a match
 * @link: a link
 * @is_title: (nullable) (scope call): asked where a target with a # may be the title of another note
 * @user_data: for @is_title
 * @length: (out): where it leads there by its title, how much of the target that is, in bytes; else 0
 *
 * Returns: whether it leads to the note
 */
gboolean
octavo_link_match_fits (OctavoLinkMatch *self,
                        const OctavoMarkdownFoundLink *link,
                        OctavoLinkIsTitle is_title,
                        gpointer user_data,
                        gsize *length)
{
  g_autoptr (OctavoLink) meaning = NULL;

  g_return_val_if_fail (self != NULL && link != NULL && length != NULL, FALSE);

  *length = 0;
  if (link->kind == OCTAVO_MARKDOWN_WIKI_LINK || link->kind == OCTAVO_MARKDOWN_WIKI_EMBED)
    return fits_title (self, link->target, is_title, user_data, length);
  meaning = octavo_link_new ((OctavoMarkdownSpanKind) link->kind, link->target);
  if (link->kind == OCTAVO_MARKDOWN_LINK && meaning->kind == OCTAVO_LINK_TITLE)
    return fits_title (self, meaning->target, is_title, user_data, length);
  return self->id != 0 && meaning->kind == OCTAVO_LINK_NOTE && meaning->id == self->id;
}

static gsize
count_spaces (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && g_ascii_isspace (text[n]))
    n++;
  return n;
}

/* What stands in a wiki link is taken over with another title: the heading, and the words that are shown. */
static void
append_renamed (GString *out, const char *link, gsize size, gsize mark, gsize length, gint64 id, const char *title)
{
  g_autofree char *made = octavo_link_make (id, title);
  const char *rest = link + mark + length;
  gsize lead = count_spaces (link + mark, length);
  const char *bar;

  while (length > lead && g_ascii_isspace (link[mark + length - 1]))
    length--;
  if (g_str_has_prefix (made, "[["))
    {
      g_string_append_len (out, link, (gssize) (mark + lead));
      g_string_append (out, title);
      g_string_append_len (out, link + mark + length, (gssize) (size - mark - length));
      return;
    }
  bar = memchr (rest, '|', (gsize) (link + size - rest));
  if (bar == NULL)
    {
      g_string_append (out, made);
      return;
    }
  g_string_append_printf (out, "[%.*s](octavo:note/%" PRId64 ")", (int) (link + size - 2 - bar - 1), bar + 1, id);
}

/* A file beside it: the folder, the ending, the heading and how it is written stay. */
static void
append_renamed_file (GString *out, const char *link, gsize size, const char *target, gint64 id, const char *title)
{
  const char *at = g_strrstr_len (link, (gssize) size, target);
  const char *end = strstr (target, ".md");
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  const char *slash;

  if (at == NULL)
    {
      g_string_append_len (out, link, (gssize) size);
      return;
    }
  g_string_append_len (out, link, (gssize) (at - link));
  if (can_be_file_name (title))
    {
      folder = g_strndup (target, (gsize) (end - target));
      slash = strrchr (folder, '/');
      name = g_uri_escape_string (title, at > link && at[-1] == '<' ? " !$&'()*+,;=@[]^`{}" : "!$&'*+,;=@", TRUE);
      g_string_append_printf (out, "%.*s%s%s", slash != NULL ? (int) (slash + 1 - folder) : 0, folder, name, end);
    }
  else
    g_string_append_printf (out, "octavo:note/%" PRId64, id);
  g_string_append_len (out, at + strlen (target), (gssize) (link + size - at) - (gssize) strlen (target));
}

/**
 * octavo_link_match_rename:
 * @self: what says which links are meant
 * @text: a Markdown text
 * @id: the note that they lead to
 * @title: its new title
 * @is_title: (nullable) (scope call): as of octavo_link_match_fits()
 * @user_data: for @is_title
 *
 * Has the links of a text that lead to a note by a title of it lead there by another, those that name its file too.
 * Where this cannot stand in a link, they become links to the note's id. All else stays as it is, byte by byte. Any
 * thread.
 *
 * Returns: (transfer full) (nullable): the text; %NULL where it has no such link
 */
char *
octavo_link_match_rename (OctavoLinkMatch *self,
                          const char *text,
                          gint64 id,
                          const char *title,
                          OctavoLinkIsTitle is_title,
                          gpointer user_data)
{
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GString) out = NULL;
  gsize done = 0;

  g_return_val_if_fail (self != NULL && text != NULL && title != NULL, NULL);

  links = octavo_markdown_links_find_notes (text);
  for (guint i = 0; i < links->len; i++)
    {
      const OctavoMarkdownFoundLink *link = g_ptr_array_index (links, i);
      gsize start = link->offset + link->start;
      gsize mark = link->kind == OCTAVO_MARKDOWN_WIKI_EMBED ? 3 : 2;
      gsize length;

      if (start < done || !octavo_link_match_fits (self, link, is_title, user_data, &length) || length == 0)
        continue;
      if (out == NULL)
        out = g_string_sized_new (strlen (text));
      g_string_append_len (out, text + done, (gssize) (start - done));
      if (link->kind == OCTAVO_MARKDOWN_LINK)
        append_renamed_file (out, text + start, link->end - link->start, link->target, id, title);
      else
        append_renamed (out, text + start, link->end - link->start, mark, length, id, title);
      done = link->offset + link->end;
    }
  if (out == NULL)
    return NULL;
  g_string_append (out, text + done);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
