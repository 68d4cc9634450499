/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-index.h"

/* Takes away an index of which any part may be missing, damaged or something else altogether.
 *
 * FTS5 reads its tables before it drops them, and refuses where it does not find what it wrote. Then its row is taken
 * out of the schema: a virtual table has no pages of its own, and its tables are plain ones once it is gone. */
static const char *const names[] = {
  /* the virtual ones first, as theirs go with them */
  "search_title",      "search_body",

  "search_title_data", "search_title_idx", "search_title_content", "search_title_docsize", "search_title_config",
  "search_body_data",  "search_body_idx",  "search_body_content",  "search_body_docsize",  "search_body_config",

  "search_term",       "search_posting",   "search_meta",
};

static gboolean
forget_virtual_table (OrmConnection *connection, const char *name, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("DELETE FROM sqlite_schema WHERE name = '%s' AND type = 'table' AND rootpage = 0", name);
  gboolean is_done;

  if (!orm_connection_execute (connection, "PRAGMA writable_schema = ON", error))
    return FALSE;
  is_done = orm_connection_execute (connection, sql, error);
  /* This reads the schema again, too. */
  return orm_connection_execute (connection, "PRAGMA writable_schema = RESET", is_done ? error : NULL) && is_done;
}

/* kind: (out) (transfer full): what to DROP; NULL: there is nothing of this name */
static gboolean
find_kind (OrmConnection *connection, const char *name, char **kind, gboolean *is_virtual, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection,
                                                    "SELECT upper (type), rootpage = 0 FROM sqlite_schema "
                                                    "WHERE name = ? AND type IN ('table', 'view', 'index')",
                                                    error);
  OrmStep step;

  *kind = NULL;
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, name, -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    {
      *kind = g_strdup (orm_statement_get_text (statement, 0, NULL));
      *is_virtual = g_str_equal (*kind, "TABLE") && orm_statement_get_int64 (statement, 1) != 0;
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
drop (OrmConnection *connection, const char *name, GError **error)
{
  g_autofree char *kind = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) refused = NULL;
  gboolean is_virtual = FALSE;

  if (!find_kind (connection, name, &kind, &is_virtual, error))
    return FALSE;
  if (kind == NULL)
    return TRUE;
  sql = g_strdup_printf ("DROP %s %s", kind, name);
  if (orm_connection_execute (connection, sql, &refused))
    return TRUE;
  if (!is_virtual || !octavo_index_is_to_blame (refused))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  g_debug ("%s is taken out of the schema: %s", name, refused->message);
  return forget_virtual_table (connection, name, error);
}

/* octavo_index_drop:
 * @connection: in a transaction that writes
 *
 * Drops all tables of the index, in whatever state they are. Writing thread. */
gboolean
octavo_index_drop (OrmConnection *connection, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!drop (connection, names[i], error))
      return FALSE;
  return TRUE;
}
