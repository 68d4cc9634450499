/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-connection-private.h"
#include "orm-error.h"
#include "orm-parameter-private.h"

GPtrArray *
orm_parameters_copy (const OrmParameter *parameters, guint n_parameters, GArray *values)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_parameters; i++)
    {
      OrmValue value = ORM_VALUE_INIT;

      orm_value_copy (&parameters[i].value, &value);
      g_array_append_val (values, value);
      g_ptr_array_add (names, g_strdup (parameters[i].name));
    }
  return names;
}

/* 0: the statement has no such parameter. */
static int
find_position (sqlite3_stmt *handle, const char *name)
{
  g_autofree char *with_colon = NULL;

  if (name[0] == ':' || name[0] == '@' || name[0] == '$')
    return sqlite3_bind_parameter_index (handle, name);
  with_colon = g_strconcat (":", name, NULL);
  return sqlite3_bind_parameter_index (handle, with_colon);
}

/* A statement that has names is not to be filled by position: the order in which they come up is no one's concern. */
static int
find_unnamed (sqlite3_stmt *handle, int position)
{
  const char *name;

  if (position > sqlite3_bind_parameter_count (handle))
    return 0;
  name = sqlite3_bind_parameter_name (handle, position);
  return name == NULL || name[0] == '?' ? position : 0;
}

gboolean
orm_parameters_bind (GPtrArray *names, GArray *values, OrmStatement *statement, GError **error)
{
  int n_expected = sqlite3_bind_parameter_count (statement->handle);
  g_autofree gboolean *is_bound = g_new0 (gboolean, (gsize) n_expected + 1);

  if ((guint) n_expected != names->len)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "The statement takes %d parameters, and %u were given: %s",
                   n_expected, names->len, sqlite3_sql (statement->handle));
      return FALSE;
    }
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      int position =
          name != NULL ? find_position (statement->handle, name) : find_unnamed (statement->handle, (int) i + 1);

      if (position == 0 || is_bound[position])
        {
          g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "The parameter %u (%s) %s: %s", i + 1,
                       name != NULL ? name : "without a name",
                       position == 0 ? "is none of the statement" : "was given twice", sqlite3_sql (statement->handle));
          return FALSE;
        }
      is_bound[position] = TRUE;
      orm_statement_bind_value (statement, position, &g_array_index (values, OrmValue, i));
    }
  return TRUE;
}
