/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-link-sql.h"

#include "octavo-excerpt.h"
#include "octavo-note-private.h"
#include "orm-query-work.h"

#include <string.h>

/* Notes for who looks for links in them, and changes these, on the thread of a connection. */

static OrmQuery *
query_note (gint64 id)
{
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_NOTE);
  const OrmValue key = { .type = ORM_VALUE_INT64, .int64 = id };

  orm_query_filter (query, orm_equal ("id", &key));
  return query;
}

static char *
dup_text (OrmRows *rows, guint column)
{
  const OrmValue *value = orm_rows_get (rows, 0, column);

  return g_strdup (value->type == ORM_VALUE_TEXT ? value->text : "");
}

/* octavo_link_sql_read:
 * @connection: a connection
 * @id: a note
 * @note: (out caller-allocates): what is read of it
 * @error: return location
 *
 * Returns: whether it could be read, or is gone or in the trash */
gboolean
octavo_link_sql_read (OrmConnection *connection, gint64 id, OctavoLinkText *note, GError **error)
{
  g_autoptr (OrmQuery) query = query_note (id);
  g_autoptr (OrmRows) rows = NULL;

  *note = (OctavoLinkText){ .id = id };
  orm_query_select (query, ORM_AGGREGATE_NONE, "trashed");
  orm_query_select (query, ORM_AGGREGATE_NONE, "title");
  orm_query_select (query, ORM_AGGREGATE_NONE, "body");
  rows = orm_query_read (query, connection, error);
  if (rows == NULL)
    return FALSE;
  if (orm_rows_get_n_rows (rows) == 0 || orm_rows_get (rows, 0, 0)->int64 != 0)
    return TRUE;
  note->title = dup_text (rows, 1);
  note->body = dup_text (rows, 2);
  return TRUE;
}

/* octavo_link_sql_write:
 * @connection: a connection in a transaction
 * @id: a note
 * @title: its title
 * @body: its new text
 * @error: return location
 *
 * Changes the text of a note, and what follows from it, but not when it was changed: no person did.
 *
 * Returns: whether it was written */
gboolean
octavo_link_sql_write (OrmConnection *connection, gint64 id, const char *title, const char *body, GError **error)
{
  g_autoptr (OrmQuery) query = query_note (id);
  g_autofree char *excerpt = octavo_excerpt_new (body, title);
  const OrmAssignment assignments[] = {
    { "body", { .type = ORM_VALUE_TEXT, .text = (char *) body } },
    { "excerpt", { .type = ORM_VALUE_TEXT, .text = excerpt } },
  };

  return octavo_note_check_size (title, body, error) &&
         orm_query_update (query, connection, assignments, G_N_ELEMENTS (assignments), error) >= 0;
}

static char *
escape_pattern (const char *text)
{
  GString *pattern = g_string_new (NULL);

  for (const char *next = text; *next != '\0'; next++)
    {
      if (*next == '%' || *next == '_' || *next == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *next);
    }
  return g_string_free (pattern, FALSE);
}

/* octavo_link_sql_like_title:
 * @title: a title
 *
 * Returns: (transfer full): what is so of the notes with the title, by the index of the titles, in which letters
 * without accents have no case */
OrmExpression *
octavo_link_sql_like_title (const char *title)
{
  g_autofree char *pattern = escape_pattern (title);

  return orm_ilike ("title", pattern);
}

/* octavo_link_sql_has_title:
 * @connection: a connection
 * @title: a title
 *
 * Returns: whether a note has it */
gboolean
octavo_link_sql_has_title (OrmConnection *connection, const char *title)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autoptr (OrmRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (strlen (title) > OCTAVO_NOTE_MAX_TITLE)
    return FALSE;
  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  orm_query_filter (query, octavo_link_sql_like_title (title));
  orm_query_limit (query, 1);
  rows = orm_query_read (query, connection, &error);
  if (rows == NULL)
    g_debug ("A title was not looked for: %s", error->message);
  return rows != NULL && orm_rows_get_n_rows (rows) > 0;
}

/* octavo_link_text_clear:
 *
 * Frees what is in it. */
void
octavo_link_text_clear (OctavoLinkText *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->body, g_free);
}
