/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-markdown-file.h"

#include "octavo-config.h"
#include "octavo-file-names.h"
#include "octavo-front-matter-writer.h"
#include "octavo-front-matter.h"
#include "octavo-markdown-text.h"
#include "octavo-note-private.h"
#include "octavo-tag.h"
#include "octavo-text-decoder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
warn_about_traits (OctavoTextTraits traits, GPtrArray *warnings)
{
  if (traits & OCTAVO_TEXT_NOT_UTF8)
    g_ptr_array_add (warnings, g_strdup (_ ("is not UTF-8; it was read as Windows-1252")));
  if (traits & OCTAVO_TEXT_HAD_NUL)
    g_ptr_array_add (warnings, g_strdup (_ ("has NUL bytes; each now shows as ␀")));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

typedef struct
{
  GPtrArray *names;
  GHashTable *folded;
  GPtrArray *warnings;
} TagSet;

static void
tag_set_add (TagSet *self, const char *written)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = octavo_tag_normalize_name (written, &error);
  g_autofree char *folded = NULL;

  if (name == NULL)
    {
      g_ptr_array_add (self->warnings, g_strdup_printf (_ ("a tag was left out (%s)"), error->message));
      return;
    }
  folded = octavo_tag_fold_name (name);
  if (g_hash_table_contains (self->folded, folded))
    return;
  g_hash_table_add (self->folded, g_steal_pointer (&folded));
  g_ptr_array_add (self->names, g_steal_pointer (&name));
}

static GStrv
collect_tags (const OctavoFrontMatter *front, const char *body, const char *folder_tag, GPtrArray *warnings)
{
  TagSet set = { g_ptr_array_new (), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), warnings };

  for (guint i = 0; i < front->tags->len; i++)
    tag_set_add (&set, g_ptr_array_index (front->tags, i));
  if (front->tags_in_text)
    {
      g_autoptr (GPtrArray) in_text = octavo_markdown_text_find_tags (body);

      for (guint i = 0; i < in_text->len; i++)
        tag_set_add (&set, g_ptr_array_index (in_text, i));
    }
  if (folder_tag != NULL)
    tag_set_add (&set, folder_tag);
  g_hash_table_unref (set.folded);
  g_ptr_array_sort (set.names, compare_names);
  g_ptr_array_add (set.names, NULL);
  return (GStrv) g_ptr_array_free (set.names, FALSE);
}

static char *
join_lines (GPtrArray *lines)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (joined, i > 0 ? "\n%s" : "%s", (const char *) g_ptr_array_index (lines, i));
  return g_string_free (joined, FALSE);
}

/* The front matter of the text, empty where there is none or where it is broken; *body_start then is 0. */
static OctavoFrontMatter *
read_front_matter (const char *text, gsize length, gsize *body_start, GPtrArray *warnings)
{
  OctavoFrontMatter *front;
  g_autoptr (GError) error = NULL;
  g_autofree char *yaml = NULL;
  gsize start, yaml_length;

  *body_start = 0;
  if (!octavo_front_matter_find (text, length, &start, &yaml_length, body_start))
    return octavo_front_matter_new ();
  yaml = octavo_text_unify_line_ends (g_strndup (text + start, yaml_length), &yaml_length);
  front = octavo_front_matter_parse (yaml, yaml_length, &error);
  if (front == NULL)
    {
      g_ptr_array_add (warnings, g_strdup_printf (_ ("%s; the whole file was taken for the text"), error->message));
      *body_start = 0;
      return octavo_front_matter_new ();
    }
  for (guint i = 0; i < front->warnings->len; i++)
    g_ptr_array_add (warnings, g_strdup (g_ptr_array_index (front->warnings, i)));
  return front;
}

static char *
read_body (const char *text, gsize length, gsize start, const OctavoFrontMatter *front)
{
  char *body;

  length -= start;
  body = g_malloc (length + 1);
  memcpy (body, text + start, length);
  body[length] = '\0';
  if (front->keeps_line_ends)
    return body;
  if (start == 0 && memchr (body, '\n', length) == NULL)
    return g_strdelimit (body, "\r", '\n'); /* an old Macintosh */
  return octavo_text_unify_line_ends (body, &length);
}

/* A heading may be as long as the file; a title may not. */
static void
limit_title (OctavoNoteValues *note, GPtrArray *warnings)
{
  if (strlen (note->title) <= OCTAVO_NOTE_MAX_TITLE)
    return;
  *g_utf8_find_prev_char (note->title, note->title + OCTAVO_NOTE_MAX_TITLE + 1) = '\0';
  g_ptr_array_add (warnings, g_strdup (_ ("the title is too long and was cut")));
}

static void
derive_dates (OctavoNoteValues *note, const OctavoFrontMatter *front, const OctavoMarkdownFileInfo *info)
{
  note->created = front->has_created ? front->created : MIN (info->created, info->updated);
  note->updated = front->has_updated ? front->updated : info->updated;
  /* one from the text, one from the file: nothing is changed before it is made */
  if (front->has_created && !front->has_updated)
    note->updated = MAX (note->updated, note->created);
  if (front->has_updated && !front->has_created)
    note->created = MIN (note->created, note->updated);
  /* zero stands for a date that nobody knows */
  note->created = note->created != 0 ? note->created : 1;
  note->updated = note->updated != 0 ? note->updated : 1;
}

/**
 * octavo_markdown_file_read:
 * @bytes: (transfer full): what is in the file, with a NUL after it
 * @length: its bytes
 * @info: what else is known of the file
 * @warnings: (element-type utf8): gets what is odd about the file, and what was done about it
 *
 * Makes a note of a file, whatever is in it. Any thread.
 *
 * Returns: (transfer full): the note, without a user; user_name where the front matter names one
 */
OctavoNoteValues *
octavo_markdown_file_read (char *bytes, gsize length, const OctavoMarkdownFileInfo *info, GPtrArray *warnings)
{
  OctavoNoteValues *note = octavo_note_values_new ();
  OctavoTextTraits traits;
  g_autofree char *text = octavo_text_decode (bytes, &length, &traits);
  g_autoptr (OctavoFrontMatter) front = NULL;
  gsize body_start;

  warn_about_traits (traits, warnings);
  front = read_front_matter (text, length, &body_start, warnings);
  note->body = read_body (text, length, body_start, front);
  note->title = g_steal_pointer (&front->title);
  if (note->title == NULL)
    note->title = octavo_markdown_text_find_heading (note->body);
  if (note->title == NULL)
    note->title = octavo_file_name_to_title (info->name);
  limit_title (note, warnings);
  note->tags = collect_tags (front, note->body, info->folder_tag, warnings);
  note->aliases = join_lines (front->aliases);
  note->front_matter = front->rest != NULL ? g_steal_pointer (&front->rest) : g_strdup ("");
  note->user_name = g_steal_pointer (&front->user_name);
  note->pinned = front->pinned;
  note->trashed = front->trashed;
  derive_dates (note, front, info);
  return note;
}

/**
 * octavo_markdown_file_write:
 * @note: a note, with its body
 * @user_name: (nullable): whose it is, where that must be said
 * @length: (out): the bytes of the result
 *
 * Makes the file that octavo_markdown_file_read() reads as the same note. Any thread.
 *
 * Returns: (transfer full): what is to be in the file
 */
char *
octavo_markdown_file_write (const OctavoNoteValues *note, const char *user_name, gsize *length)
{
  const char *body = note->body != NULL ? note->body : "";
  gsize body_length = strlen (body);
  GString *file = g_string_sized_new (body_length + 512);

  octavo_front_matter_write (file, note, user_name);
  g_string_append_len (file, body, (gssize) body_length);
  *length = file->len;
  return g_string_free (file, FALSE);
}
