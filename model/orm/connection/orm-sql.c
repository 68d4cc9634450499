/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-sql.h"
#include "orm-connection-private.h"
#include "orm-error.h"

#include <string.h>

/* A statement says by its first word what it is, behind EXPLAIN if need be. SQLite itself counts those that begin and
 * end transactions, and most of PRAGMA, as statements that only read. */

static const char *
skip_space (const char *sql)
{
  for (;;)
    {
      const char *end;

      sql += strspn (sql, " \t\n\f\r;");
      if (g_str_has_prefix (sql, "--"))
        end = strchr (sql, '\n');
      else if (g_str_has_prefix (sql, "/*"))
        end = (end = strstr (sql + 2, "*/")) != NULL ? end + 1 : NULL;
      else
        return sql;
      if (end == NULL)
        return sql + strlen (sql);
      sql = end + 1;
    }
}

static gboolean
take_word (const char **sql, const char *word)
{
  const char *start = skip_space (*sql);
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (start, word, length) != 0 || g_ascii_isalnum (start[length]) || start[length] == '_')
    return FALSE;
  *sql = start + length;
  return TRUE;
}

static gboolean
takes_one_of (const char *sql, const char *const *words)
{
  if (take_word (&sql, "EXPLAIN") && take_word (&sql, "QUERY"))
    take_word (&sql, "PLAN");
  for (; *words != NULL; words++)
    if (take_word (&sql, *words))
      return TRUE;
  return FALSE;
}

gboolean
orm_sql_check (const char *sql, OrmStatement *statement, gboolean writes, GError **error)
{
  static const char *const controls[] = { "BEGIN",   "COMMIT", "END",    "ROLLBACK", "SAVEPOINT",
                                          "RELEASE", "ATTACH", "DETACH", "VACUUM",   NULL };
  static const char *const pragma[] = { "PRAGMA", NULL };

  if (takes_one_of (sql, controls))
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID,
                 "The statement is not for use in a transaction, or would end it (an OrmScope begins and ends one): %s",
                 sql);
  else if (!writes && takes_one_of (sql, pragma))
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID,
                 "A PRAGMA may change how the connection works, where reading was asked for; "
                 "SELECT from its function, such as pragma_table_info ('note'), only reads: %s",
                 sql);
  else if (!writes && !sqlite3_stmt_readonly (statement->handle))
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "The statement writes, where reading was asked for: %s", sql);
  else
    return TRUE;
  return FALSE;
}
