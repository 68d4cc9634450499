/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search"

#include "torture-edit.h"

#include "octavo-index.h"

#define PART   65536 /* ids in a part of the sets */
#define N_TAGS 60

static guint
below (TortureEditor *self, guint n)
{
  return torture_text_below (&self->text, n);
}

/* sql: ?1 is the id, ?2 a number, ?3 a text */
static gboolean
run (OrmConnection *connection, const char *sql, gint64 id, gint64 number, const char *text, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, id);
  if (strstr (sql, "?2") != NULL)
    orm_statement_bind_int64 (statement, 2, number);
  if (strstr (sql, "?3") != NULL)
    orm_statement_bind_text (statement, 3, text, -1);
  return orm_statement_run (statement, error);
}

static gboolean
get (OrmConnection *connection, const char *sql, gint64 *value, GError **error)
{
  return orm_connection_get_int64 (connection, sql, value, error);
}

/* A note that there is: any one, or, as that is where slots begin and end, the first or the last. */
static gboolean
pick_note (TortureEditor *self, OrmConnection *connection, gint64 *id, GError **error)
{
  g_autofree char *sql = NULL;
  gint64 n_notes;

  if (!get (connection, "SELECT count (*) FROM note", &n_notes, error))
    return FALSE;
  switch (below (self, 8))
    {
    case 0:
      return get (connection, "SELECT coalesce (min (id), 0) FROM note", id, error);
    case 1:
      return get (connection, "SELECT coalesce (max (id), 0) FROM note", id, error);
    default:
      sql = g_strdup_printf ("SELECT coalesce ((SELECT id FROM note INDEXED BY note_by_user LIMIT 1 OFFSET %u), 0)",
                             below (self, (guint) MAX (n_notes, 1)));
      return get (connection, sql, id, error);
    }
}

static gint64
wild_id (TortureEditor *self)
{
  switch (below (self, 7))
    {
    case 0:
      return G_MININT64 + below (self, 4);
    case 1:
      return G_MAXINT64 - below (self, 4);
    case 2:
      return (G_GINT64_CONSTANT (1) << 40) + below (self, 3 * PART);
    case 3:
      return -(G_GINT64_CONSTANT (1) << 33) * below (self, 1000);
    case 4:
      return -(gint64) below (self, 50);
    default:
      return below (self, 1000);
    }
}

/* An id for a note that comes; one that there is, now and then. */
static gboolean
pick_id (TortureEditor *self, OrmConnection *connection, gint64 *id, GError **error)
{
  gint64 last;

  if (!get (connection, "SELECT coalesce (max (id), 0) FROM note", &last, error))
    return FALSE;
  switch (self->ids)
    {
    case TORTURE_IDS_BORDER:
      *id = PART + (gint64) below (self, 2 * self->n_notes) - self->n_notes;
      break;
    case TORTURE_IDS_NEGATIVE:
      *id = (gint64) below (self, 2 * self->n_notes) - self->n_notes;
      break;
    case TORTURE_IDS_GAPS:
      *id = below (self, 3) == 0 ? 1 + below (self, (guint) CLAMP (last, 1, G_MAXINT / 2))
                                 : last + 1 + below (self, 2000);
      break;
    case TORTURE_IDS_PARTS:
      *id = ((gint64) below (self, 5) - 2) * PART + (gint64) below (self, self->n_notes) - self->n_notes / 2;
      break;
    case TORTURE_IDS_WILD:
      *id = wild_id (self);
      break;
    case TORTURE_IDS_DENSE:
    default:
      *id = below (self, 3) == 0 ? 1 + below (self, (guint) CLAMP (last, 1, G_MAXINT / 2)) : last + 1 + below (self, 3);
    }
  return TRUE;
}

static char *
random_body (TortureEditor *self)
{
  g_autofree char *body = torture_text_body (&self->text, self->median_words);

  /* Not every program writes UTF-8. */
  return below (self, 200) == 0 ? g_strconcat (body, " \xff\xfe broken\xc3", NULL) : g_steal_pointer (&body);
}

static gboolean
write_note (TortureEditor *self,
            OrmConnection *connection,
            const char *sql,
            const gint64 *id,
            const char *title,
            const char *body,
            GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  g_autofree char *aliases = below (self, 8) == 0 ? torture_text_title (&self->text) : g_strdup ("");
  gint64 created = torture_text_time (&self->text);
  gint64 updated = below (self, 2) == 0 ? created : torture_text_time (&self->text);

  if (statement == NULL)
    return FALSE;
  if (id != NULL)
    orm_statement_bind_int64 (statement, 1, *id);
  else
    orm_statement_bind_null (statement, 1);
  orm_statement_bind_int64 (statement, 2, 1 + below (self, 3));
  orm_statement_bind_int64 (statement, 3, created);
  orm_statement_bind_int64 (statement, 4, updated);
  orm_statement_bind_int64 (statement, 5, below (self, 12) == 0 ? updated : 0);
  orm_statement_bind_int64 (statement, 6, below (self, 15) == 0);
  orm_statement_bind_text (statement, 7, title, -1);
  orm_statement_bind_text (statement, 8, aliases, -1);
  orm_statement_bind_text (statement, 9, body, -1);
  return orm_statement_run (statement, error);
}

#define VALUES                                                                                                         \
  "INTO note (id, user_id, created, updated, trashed, pinned, title, aliases, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"

static gboolean
tag_note (TortureEditor *self, OrmConnection *connection, gint64 id, GError **error)
{
  return run (
      connection,
      "INSERT OR IGNORE INTO note_tag SELECT n.id, t.id FROM note AS n, tag AS t WHERE n.id = ?1 AND t.id >= ?2 "
      "ORDER BY t.id LIMIT 1",
      id, below (self, N_TAGS), NULL, error);
}

gboolean
torture_editor_add_note (TortureEditor *self,
                         OrmConnection *connection,
                         const char *title,
                         const char *body,
                         GError **error)
{
  gint64 id;
  gboolean gives_id = self->ids != TORTURE_IDS_DENSE || below (self, 6) == 0;

  if (!pick_id (self, connection, &id, error) ||
      !write_note (self, connection, "INSERT OR IGNORE " VALUES, gives_id ? &id : NULL, title, body, error))
    return FALSE;
  if (!gives_id)
    id = orm_connection_get_last_insert_id (connection);
  for (guint i = below (self, 4); i > 0; i--)
    if (!tag_note (self, connection, id, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_note (TortureEditor *self, OrmConnection *connection, GError **error)
{
  g_autofree char *title = torture_text_title (&self->text);
  g_autofree char *body = random_body (self);

  return torture_editor_add_note (self, connection, title, body, error);
}

static gboolean
replace_note (TortureEditor *self, OrmConnection *connection, gint64 id, GError **error)
{
  g_autofree char *title = torture_text_title (&self->text);
  g_autofree char *body = random_body (self);

  return write_note (self, connection, "INSERT OR REPLACE " VALUES, &id, title, body, error);
}

/* To an id that is free or, where the note there is to go, is not. */
static gboolean
renumber_note (TortureEditor *self, OrmConnection *connection, gint64 id, GError **error)
{
  gint64 new_id;

  return pick_id (self, connection, &new_id, error) &&
         run (connection, "DELETE FROM note_tag WHERE note_id IN (?1, ?2)", id, new_id, NULL, error) &&
         run (connection,
              below (self, 2) == 0 ? "UPDATE OR IGNORE note SET id = ?2 WHERE id = ?1"
                                   : "UPDATE OR REPLACE note SET id = ?2 WHERE id = ?1",
              id, new_id, NULL, error);
}

static gboolean
write_tag (TortureEditor *self, OrmConnection *connection, const char *sql, GError **error)
{
  g_autofree char *name = torture_text_tag (&self->text);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, name, -1);
  orm_statement_bind_text (statement, 2, folded, -1);
  orm_statement_bind_int64 (statement, 3, 1 + below (self, N_TAGS));
  return orm_statement_run (statement, error);
}

static gboolean
edit_tag (TortureEditor *self, OrmConnection *connection, GError **error)
{
  switch (below (self, 4))
    {
    case 0:
      return run (connection, "DELETE FROM tag WHERE id = ?1", 1 + below (self, N_TAGS), 0, NULL, error);
    case 1:
    case 2:
      return write_tag (self, connection, "INSERT OR IGNORE INTO tag (name, folded, id) VALUES (?, ?, ?)", error);
    default:
      return write_tag (self, connection, "UPDATE OR IGNORE tag SET name = ?, folded = ? WHERE id = ?", error);
    }
}

static gboolean
edit_text (TortureEditor *self, OrmConnection *connection, gint64 id, GError **error)
{
  g_autofree char *title = torture_text_title (&self->text);
  g_autofree char *body = random_body (self);
  gint64 now = g_get_real_time ();

  switch (below (self, 4))
    {
    case 0:
      return run (connection, "UPDATE note SET title = ?3, updated = ?2 WHERE id = ?1", id, now, title, error);
    case 1:
      return run (connection, "UPDATE note SET aliases = ?3 WHERE id = ?1 AND ?2", id, 1, title, error);
    case 2: /* as one who types */
      return run (connection, "UPDATE note SET body = body || ' ' || ?3, updated = ?2 WHERE id = ?1", id, now, title,
                  error);
    default:
      return run (connection, "UPDATE note SET body = ?3, updated = ?2 WHERE id = ?1", id, now, body, error);
    }
}

static gboolean
edit_values (TortureEditor *self, OrmConnection *connection, gint64 id, GError **error)
{
  static const char *const sql[] = {
    "UPDATE note SET pinned = NOT pinned WHERE id = ?1",
    "UPDATE note SET trashed = CASE WHEN trashed THEN 0 ELSE ?2 END WHERE id = ?1",
    "UPDATE note SET updated = ?2 WHERE id = ?1",
    "UPDATE note SET created = ?2 WHERE id = ?1",
    "UPDATE note SET user_id = 1 + abs (?2) % 3 WHERE id = ?1",
    "UPDATE note SET trashed = -1 WHERE id = ?1 AND NOT pinned",
  };

  return run (connection, sql[below (self, G_N_ELEMENTS (sql))], id, torture_text_time (&self->text), NULL, error);
}

gboolean
torture_editor_edit (TortureEditor *self, OrmConnection *connection, GError **error)
{
  gint64 id, n_notes;
  guint kind = below (self, 20);

  if (!get (connection, "SELECT count (*) FROM note", &n_notes, error) || !pick_note (self, connection, &id, error))
    return FALSE;
  /* As many come as go. */
  if (kind < 6)
    return n_notes == 0 || below (self, 2 * self->n_notes) >= n_notes
               ? add_note (self, connection, error)
               : run (connection, "DELETE FROM note WHERE id = ?1", id, 0, NULL, error);
  if (kind < 12)
    return edit_text (self, connection, id, error);
  if (kind < 15)
    return edit_values (self, connection, id, error);
  if (kind < 17)
    return tag_note (self, connection, id, error);
  if (kind == 17)
    return run (connection, "DELETE FROM note_tag WHERE note_id = ?1", id, 0, NULL, error);
  if (kind == 18)
    return edit_tag (self, connection, error);
  return below (self, 2) == 0 ? replace_note (self, connection, id, error)
                              : renumber_note (self, connection, id, error);
}

gboolean
torture_editor_fill (TortureEditor *self, OrmConnection *connection, GError **error)
{
  gint64 n_notes = 0;

  for (guint i = 0; i < N_TAGS; i++)
    if (!write_tag (self, connection, "INSERT OR IGNORE INTO tag (name, folded, id) VALUES (?, ?, ?)", error))
      return FALSE;
  while (n_notes < self->n_notes)
    {
      for (guint i = 0; i < 100; i++)
        if (!add_note (self, connection, error))
          return FALSE;
      if (!get (connection, "SELECT count (*) FROM note", &n_notes, error))
        return FALSE;
      /* Where there are not so many ids to be had. */
      if (self->ids >= TORTURE_IDS_BORDER && n_notes >= (gint64) self->n_notes / 2)
        break;
    }
  return TRUE;
}

gboolean
torture_editor_index (TortureEditor *self, OrmConnection *connection, GError **error)
{
  OctavoIndexBatch batch = {
    .from_id = G_MININT64,
    .max_notes = below (self, 3) == 0 ? 1 + below (self, 100) : 5000,
    .max_bytes = G_MAXSIZE,
  };
  OctavoIndexState state;

  if (!octavo_index_get_state (connection, &state, error) ||
      (!state.is_usable && !octavo_index_create (connection, error)) ||
      !octavo_index_update (connection, &batch, NULL, error))
    return FALSE;
  return batch.has_more || below (self, 4) != 0 || octavo_index_merge (connection, TRUE, &batch.has_more, error);
}

gboolean
torture_editor_break_index (TortureEditor *self, OrmConnection *connection, GError **error)
{
  static const char *const sql[] = {
    "DROP TABLE IF EXISTS search_posting",
    "DROP TABLE IF EXISTS search_title",
    "DROP TABLE IF EXISTS search_meta",
    "DROP TABLE IF EXISTS search_term; DROP TABLE IF EXISTS search_body",
  };

  switch (below (self, 3))
    {
    case 0:
      return octavo_index_create (connection, error);
    default:
      return orm_connection_execute (connection, sql[below (self, G_N_ELEMENTS (sql))], error);
    }
}
