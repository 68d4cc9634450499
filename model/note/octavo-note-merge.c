/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-note-merge.h"

#include "octavo-error.h"
#include "octavo-note-private.h"
#include "octavo-note-sql.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BATCH_SIZE 256

/* One note of several: it is what the first one is, with the texts, the tags and the names of all. The titles of the
 * others become its aliases, so that links to them lead to it. */
typedef struct
{
  OctavoNoteValues *note; /* (nullable): nothing was read yet */
  GString *body;
  GString *aliases;
  GHashTable *names; /* what is a title or an alias already */
  GHashTable *tags;
} Merge;

static void
add_aliases (Merge *self, const char *names)
{
  g_auto (GStrv) lines = g_strsplit (names != NULL ? names : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && g_hash_table_add (self->names, g_strdup (lines[i])))
      g_string_append_printf (self->aliases, "%s%s", self->aliases->len > 0 ? "\n" : "", lines[i]);
}

/* What divides two texts: the title of the second as a heading, or a line where it has none. */
static void
add_heading (GString *body, const char *title)
{
  while (body->len > 0 && strchr (" \t\r\n", body->str[body->len - 1]) != NULL)
    g_string_truncate (body, body->len - 1);
  if (title[0] != '\0')
    g_string_append_printf (body, "%s## %s", body->len > 0 ? "\n\n" : "", title);
  else if (body->len > 0)
    g_string_append (body, "\n\n---");
}

static void
add_text (GString *body, const char *text)
{
  while (*text == '\n' || *text == '\r')
    text++;
  if (*text != '\0' && body->len > 0)
    g_string_append (body, "\n\n");
  g_string_append (body, text);
}

/* Takes the values of the first, but for what is put together from all. */
static void
begin (Merge *self, const OctavoNoteValues *first)
{
  self->note = octavo_note_values_new ();
  self->note->user_id = first->user_id;
  self->note->title = g_strdup (first->title);
  self->note->front_matter = g_strdup (first->front_matter);
  self->note->created = first->created;
  g_hash_table_add (self->names, g_strdup (first->title));
}

static gboolean
add_note (Merge *self, const OctavoNoteValues *note, GError **error)
{
  if (self->note == NULL)
    {
      begin (self, note);
    }
  else
    {
      add_heading (self->body, note->title);
      add_aliases (self, note->title);
    }
  add_text (self->body, note->body);
  add_aliases (self, note->aliases);
  self->note->created = MIN (self->note->created, note->created);
  self->note->pinned = self->note->pinned || note->pinned;
  for (guint i = 0; note->tags != NULL && note->tags[i] != NULL; i++)
    g_hash_table_add (self->tags, g_strdup (note->tags[i]));

  if (self->body->len <= OCTAVO_NOTE_MAX_BODY)
    return TRUE;
  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_TOO_BIG,
                       _ ("Together the notes are too big for one. Merge fewer of them."));
  return FALSE;
}

static gboolean
read_notes (Merge *self, OrmConnection *connection, const GArray *ids, GError **error)
{
  gsize position = 0;

  while (position < ids->len)
    {
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
      gsize n_read = 0;

      if (!octavo_note_sql_read (connection, &g_array_index (ids, gint64, position),
                                 MIN (ids->len - position, BATCH_SIZE), TRUE, notes, &n_read, error))
        return FALSE;
      for (guint i = 0; i < notes->len; i++)
        if (!add_note (self, notes->pdata[i], error))
          return FALSE;
      position += n_read;
    }
  if (self->note != NULL)
    return TRUE;

  g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE,
                       _ ("The notes are gone: somebody else has deleted them."));
  return FALSE;
}

static gint64
insert (Merge *self, OrmConnection *connection, GError **error)
{
  g_autoptr (GList) tags = g_hash_table_get_keys (self->tags);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GList *tag = tags; tag != NULL; tag = tag->next)
    g_strv_builder_add (builder, tag->data);
  self->note->tags = g_strv_builder_end (builder);
  self->note->body = g_strdup (self->body->str);
  self->note->aliases = g_strdup (self->aliases->str);
  return octavo_note_sql_insert (connection, self->note, error) ? self->note->id : 0;
}

/**
 * octavo_note_merge_run:
 * @connection: the writing connection
 * @ids: (element-type gint64): notes; those that are gone are skipped
 * @error: where to put an error
 *
 * Makes a note of the texts of several, in this order: the title of each but the first as a heading above its text,
 * with the tags of all; pinned where one of them is, and as old as the oldest. They stay as they are. Sets
 * %OCTAVO_ERROR_TOO_BIG, %OCTAVO_ERROR_NO_SUCH_NOTE, or an error of the mapper. Thread of the connection, within a
 * transaction.
 *
 * Returns: its id; 0 with @error set
 */
gint64
octavo_note_merge_run (OrmConnection *connection, const GArray *ids, GError **error)
{
  Merge self = { 0 };
  gint64 id;

  g_return_val_if_fail (connection != NULL && ids != NULL, 0);

  self.body = g_string_new (NULL);
  self.aliases = g_string_new (NULL);
  self.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  id = read_notes (&self, connection, ids, error) ? insert (&self, connection, error) : 0;

  g_string_free (self.body, TRUE);
  g_string_free (self.aliases, TRUE);
  g_hash_table_unref (self.names);
  g_hash_table_unref (self.tags);
  octavo_note_values_free (self.note);
  return id;
}
