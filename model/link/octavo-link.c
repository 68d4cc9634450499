/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-link.h"

#include <inttypes.h>
#include <string.h>

/* What a link means, apart from where it stands. Only what leads to the web, to a mailbox or to a note is followed: a
 * note may come from anybody, and a click must neither run nor open what lies on the disk. */

#define NOTE_PREFIX    "octavo:note/"
#define TITLE_PREFIX   "octavo:title/"
#define TAG_PREFIX     "octavo:tag/"
#define HEADING_PREFIX "octavo:heading/"

#define UNESCAPED      "!$&'()*+,;=:@/"

static const struct
{
  const char *name;
  char character;
} entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };

static OctavoLink *
link_new (OctavoLinkKind kind, char *target)
{
  OctavoLink *self = g_new0 (OctavoLink, 1);

  self->kind = kind;
  self->target = target;
  return self;
}

static gsize
read_entity (const char *text, char *character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (text, entities[i].name))
      {
        *character = entities[i].character;
        return strlen (entities[i].name);
      }
  return 0;
}

/* A destination as it is meant: backslashes before signs, and entities, are ways to write (CommonMark 6.3). */
static char *
unescape_destination (const char *text)
{
  gsize size = strlen (text);
  g_autoptr (GString) plain = g_string_sized_new (size);

  if (size > 1 && *text == '<' && text[size - 1] == '>')
    {
      text++;
      size -= 2;
    }
  for (const char *end = text + size; text < end;)
    {
      char character = *text;
      gsize length = *text == '&' ? read_entity (text, &character) : 0;

      if (*text == '\\' && text + 1 < end && g_ascii_ispunct (text[1]))
        character = *++text;
      g_string_append_c (plain, character);
      text += MAX (length, 1);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* Returns: (nullable) (transfer full): NULL where it is no text */
static char *
unescape_uri (const char *text)
{
  g_autofree char *plain = g_uri_unescape_string (text, NULL);

  return plain != NULL && *plain != '\0' && g_utf8_validate (plain, -1, NULL) ? g_steal_pointer (&plain) : NULL;
}

static OctavoLink *
new_for_scheme (const char *uri)
{
  static const char *const schemes[] = { "http", "https", "mailto" };
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  for (gsize i = 0; scheme != NULL && i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strcasecmp (scheme, schemes[i]) == 0 && strlen (uri) > strlen (scheme) + 1)
      return link_new (OCTAVO_LINK_ADDRESS, g_strdup (uri));
  return link_new (OCTAVO_LINK_REFUSED, g_strdup (uri));
}

static OctavoLink *
new_for_note (const char *uri)
{
  const char *number = uri + strlen (NOTE_PREFIX);
  OctavoLink *self;
  guint64 id;

  if (!g_ascii_string_to_unsigned (number, 10, 1, G_MAXINT64, &id, NULL))
    return link_new (OCTAVO_LINK_REFUSED, g_strdup (uri));
  self = link_new (OCTAVO_LINK_NOTE, g_strdup (number));
  self->id = (gint64) id;
  return self;
}

/**
 * octavo_link_new_from_uri:
 * @uri: an absolute address
 *
 * Says where an address leads to: out, or within, where its scheme is octavo. Any thread.
 *
 * Returns: (transfer full): the link
 */
OctavoLink *
octavo_link_new_from_uri (const char *uri)
{
  static const struct
  {
    const char *prefix;
    OctavoLinkKind kind;
  } kinds[] = {
    { TITLE_PREFIX, OCTAVO_LINK_TITLE },
    { TAG_PREFIX, OCTAVO_LINK_TAG },
    { HEADING_PREFIX, OCTAVO_LINK_HEADING },
  };

  g_return_val_if_fail (uri != NULL, NULL);

  if (g_str_has_prefix (uri, NOTE_PREFIX))
    return new_for_note (uri);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (uri, kinds[i].prefix))
      {
        char *target = unescape_uri (uri + strlen (kinds[i].prefix));

        return target != NULL ? link_new (kinds[i].kind, target) : link_new (OCTAVO_LINK_REFUSED, g_strdup (uri));
      }
  return new_for_scheme (uri);
}

/* The name of a file, as another program for notes links to it: its title. */
static OctavoLink *
new_for_path (const char *path)
{
  static const char *const endings[] = { ".md", ".markdown" };
  const char *slash = strrchr (path, '/');
  g_autofree char *name = unescape_uri (slash != NULL ? slash + 1 : path);
  const char *heading = name != NULL ? strchr (name, '#') : NULL;
  gsize length = heading != NULL ? (gsize) (heading - name) : name != NULL ? strlen (name) : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize size = strlen (endings[i]);

      if (length > size && g_ascii_strncasecmp (name + length - size, endings[i], size) == 0)
        {
          memmove (name + length - size, name + length, strlen (name + length) + 1);
          return link_new (OCTAVO_LINK_TITLE, g_steal_pointer (&name));
        }
    }
  if (length == 0 || memchr (name, '.', length) != NULL)
    return link_new (OCTAVO_LINK_REFUSED, g_strdup (path));
  return link_new (OCTAVO_LINK_TITLE, g_steal_pointer (&name));
}

static OctavoLink *
new_for_destination (const char *destination)
{
  g_autofree char *scheme = g_uri_peek_scheme (destination) != NULL ? g_uri_parse_scheme (destination) : NULL;

  if (*destination == '#')
    {
      char *heading = unescape_uri (destination + 1);

      return heading != NULL ? link_new (OCTAVO_LINK_HEADING, heading)
                             : link_new (OCTAVO_LINK_REFUSED, g_strdup (destination));
    }
  if (scheme != NULL)
    return octavo_link_new_from_uri (destination);
  if (g_ascii_strncasecmp (destination, "www.", 4) == 0)
    return link_new (OCTAVO_LINK_ADDRESS, g_strconcat ("https://", destination, NULL));
  if (g_str_has_prefix (destination, "//"))
    return link_new (OCTAVO_LINK_REFUSED, g_strdup (destination));
  return new_for_path (destination);
}

static OctavoLink *
new_for_wiki (const char *target)
{
  g_autofree char *title = g_strstrip (g_strdup (target));
  const char *heading = title + 1;

  if (*title != '#')
    return *title != '\0' ? link_new (OCTAVO_LINK_TITLE, g_steal_pointer (&title))
                          : link_new (OCTAVO_LINK_REFUSED, g_strdup (target));
  while (*heading == '#' || *heading == ' ')
    heading++;
  return *heading != '\0' ? link_new (OCTAVO_LINK_HEADING, g_strdup (heading))
                          : link_new (OCTAVO_LINK_REFUSED, g_strdup (target));
}

static OctavoLink *
new_for_autolink (const char *target)
{
  g_autofree char *mail = NULL;

  if (strchr (target, ':') != NULL || g_ascii_strncasecmp (target, "www.", 4) == 0)
    return new_for_destination (target);
  mail = g_strconcat ("mailto:", target, NULL);
  return new_for_scheme (mail);
}

/**
 * octavo_link_new:
 * @kind: what the scanner calls it: a link, an image, a wiki link, an autolink or a tag
 * @target: where it leads to, as it is written: a destination, a title, the name of a tag
 *
 * Says where a link of a text leads to. Any thread.
 *
 * Returns: (transfer full): the link
 */
OctavoLink *
octavo_link_new (OctavoMarkdownSpanKind kind, const char *target)
{
  g_autofree char *destination = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  if (kind == OCTAVO_MARKDOWN_WIKI_LINK || kind == OCTAVO_MARKDOWN_WIKI_EMBED)
    return new_for_wiki (target);
  if (kind == OCTAVO_MARKDOWN_TAG)
    return link_new (OCTAVO_LINK_TAG, g_strdup (target));
  if (kind == OCTAVO_MARKDOWN_AUTOLINK)
    return new_for_autolink (target);
  destination = unescape_destination (target);
  return new_for_destination (destination);
}

/**
 * octavo_link_free:
 * @self: (transfer full): a link
 */
void
octavo_link_free (OctavoLink *self)
{
  g_free (self->target);
  g_free (self);
}

static char *
make_uri (const char *prefix, const char *target)
{
  g_autofree char *escaped = g_uri_escape_string (target, UNESCAPED, FALSE);

  return g_strconcat (prefix, escaped, NULL);
}

/**
 * octavo_link_to_uri:
 * @self: a link
 *
 * Returns: (transfer full): an address that octavo_link_new_from_uri() understands
 */
char *
octavo_link_to_uri (const OctavoLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case OCTAVO_LINK_TITLE:
      return make_uri (TITLE_PREFIX, self->target);
    case OCTAVO_LINK_NOTE:
      return g_strdup_printf (NOTE_PREFIX "%" PRId64, self->id);
    case OCTAVO_LINK_HEADING:
      return make_uri (HEADING_PREFIX, self->target);
    case OCTAVO_LINK_TAG:
      return make_uri (TAG_PREFIX, self->target);
    case OCTAVO_LINK_ADDRESS:
    case OCTAVO_LINK_REFUSED:
    default:
      return g_strdup (self->target);
    }
}

/**
 * octavo_link_next_title:
 * @target: the target of a link to a title
 * @length: (inout): 0 to begin with; how much of @target the next title is, in bytes
 *
 * Goes through the titles that a target can mean: all of it, and what stands before each of its #, the longest first.
 * What follows is a heading in the note. Any thread.
 *
 * Returns: whether there is another
 */
gboolean
octavo_link_next_title (const char *target, gsize *length)
{
  const char *sign;

  g_return_val_if_fail (target != NULL && length != NULL, FALSE);

  if (*length == 0)
    {
      *length = strlen (target);
      return *length > 0;
    }
  sign = memrchr (target, '#', *length);
  *length = sign != NULL ? (gsize) (sign - target) : 0;
  return *length > 0;
}

/**
 * octavo_link_dup_title:
 * @target: the target of a link to a title that no note has
 *
 * Guesses what a note is to be called that a link leads to: a # before a word begins a heading in it. Any thread.
 *
 * Returns: (transfer full): the title
 */
char *
octavo_link_dup_title (const char *target)
{
  const char *sign;

  g_return_val_if_fail (target != NULL, NULL);

  sign = strchr (target + (*target != '\0'), '#');
  while (sign != NULL && (sign[1] == '\0' || sign[1] == ' ' || sign[1] == '#'))
    sign = strchr (sign + 1, '#');
  return g_strstrip (sign != NULL ? g_strndup (target, (gsize) (sign - target)) : g_strdup (target));
}

/**
 * octavo_link_make:
 * @id: a note
 * @title: its title
 *
 * Makes a link to a note, as it is written in a text: a wiki link, where the title can stand in one. Any thread.
 *
 * Returns: (transfer full): the link
 */
char *
octavo_link_make (gint64 id, const char *title)
{
  g_autoptr (GString) words = NULL;

  g_return_val_if_fail (title != NULL, NULL);

  if (*title != '\0' && *title != '#' && strpbrk (title, "[]|\n") == NULL && !g_ascii_isspace (*title) &&
      title[strlen (title) - 1] != '\\')
    return g_strdup_printf ("[[%s]]", title);
  words = g_string_new (NULL);
  for (const char *next = title; *next != '\0'; next++)
    {
      if (strchr ("[]\\`*_<!|", *next) != NULL)
        g_string_append_c (words, '\\');
      g_string_append_c (words, *next == '\n' ? ' ' : *next);
    }
  return g_strdup_printf ("[%s](" NOTE_PREFIX "%" PRId64 ")", words->str, id);
}
