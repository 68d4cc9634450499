/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-input.h"
#include "orm.h"

#include <sqlite3.h>
#include <string.h>

/* Statements from outside with parameters from outside, beside SQLite's own interface over the same rows: the mapper
 * runs what has a value for each of its parameters, gives as many rows and changes as many, and takes nothing else. */

typedef struct
{
  OrmEntity parent_instance;
  gint64 id;
  char *word;
} FuzzObject;

typedef OrmEntityClass FuzzObjectClass;

static GType fuzz_object_get_type (void);

G_DEFINE_TYPE (FuzzObject, fuzz_object, ORM_TYPE_ENTITY)

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (FuzzObject, id) },
  { "word", ORM_FIELD_TEXT, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (FuzzObject, word) },
};

static void
fuzz_object_class_init (FuzzObjectClass *klass)
{
  orm_entity_class_map (klass, "row", columns, G_N_ELEMENTS (columns));
}

static void
fuzz_object_init (FuzzObject *self)
{
}

#define MAX_TOKENS     24
#define MAX_PARAMETERS 5
#define SCHEMA         "CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, word TEXT) STRICT;"
#define ROWS           "DELETE FROM row; INSERT INTO row VALUES (1, 'a'), (2, ''), (3, NULL);"

typedef enum
{
  SELECT,
  EXECUTE,
  OBJECTS,
  N_WAYS
} Way;

typedef struct
{
  char *sql;
  OrmParameter parameters[MAX_PARAMETERS];
  guint n_parameters;
  Way way;
} Question;

static OrmDatabase *database;
static OrmSession *session;
static sqlite3 *beside;

static gboolean
run_script (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_execute (connection, data, error);
}

static void
reset (void)
{
  g_autoptr (GError) error = NULL;

  orm_database_write (database, run_script, (gpointer) SCHEMA ROWS, NULL, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  orm_database_open (database, NULL, &error);
  g_assert_no_error (error);
  reset ();
  session = orm_session_new (database);
  g_assert_cmpint (sqlite3_open (":memory:", &beside), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (beside, SCHEMA ROWS, NULL, NULL, NULL), ==, SQLITE_OK);
}

static const char *const tokens[] = { "SELECT",
                                      "SELECT * FROM row",
                                      "SELECT id, word FROM row",
                                      "*",
                                      "id",
                                      "word",
                                      "AS id",
                                      "AS word",
                                      "FROM row",
                                      "WHERE",
                                      "=",
                                      "IS",
                                      "?",
                                      "?1",
                                      "?2",
                                      "?4",
                                      ":a",
                                      "@a",
                                      "$a",
                                      ":b",
                                      "AND",
                                      "OR",
                                      "(",
                                      ")",
                                      ",",
                                      "1",
                                      "'?'",
                                      "\":a\"",
                                      "NULL",
                                      "UPDATE row SET word =",
                                      "INSERT INTO row (word) VALUES (",
                                      "INSERT INTO row (id, word) VALUES (",
                                      "DELETE FROM row",
                                      "RETURNING id, word",
                                      ";",
                                      "-- ?\n",
                                      "/* :a */",
                                      "count (*)",
                                      "LIMIT",
                                      "ORDER BY",
                                      "WITH c AS (",
                                      "UNION SELECT",
                                      "VALUES (",
                                      "EXPLAIN",
                                      "BEGIN",
                                      "COMMIT",
                                      "ROLLBACK",
                                      "SAVEPOINT s",
                                      "RELEASE s" };

static char *
take_sql (FuzzInput *input)
{
  GString *sql = g_string_new (NULL);

  for (guint n = 1 + fuzz_input_take (input, MAX_TOKENS); n > 0; n--)
    {
      guint which = fuzz_input_take (input, G_N_ELEMENTS (tokens) + 1);
      const char *token = which < G_N_ELEMENTS (tokens) ? tokens[which] : NULL;
      g_autofree char *text = token == NULL ? fuzz_input_take_text (input) : NULL;

      g_string_append (sql, token != NULL ? token : text);
      g_string_append_c (sql, ' ');
    }
  return g_string_free (sql, FALSE);
}

static void
question_take (Question *self, FuzzInput *input)
{
  static const char *const names[] = { NULL, NULL, NULL, "a", ":a", "@a", "$a", "b", "?1", "c", "", ":" };

  self->way = fuzz_input_take (input, N_WAYS);
  self->n_parameters = fuzz_input_take (input, MAX_PARAMETERS + 1);
  for (guint i = 0; i < self->n_parameters; i++)
    {
      self->parameters[i].name = names[fuzz_input_take (input, G_N_ELEMENTS (names))];
      fuzz_input_take_value (input, &self->parameters[i].value);
    }
  self->sql = take_sql (input);
}

static void
question_clear (Question *self)
{
  for (guint i = 0; i < self->n_parameters; i++)
    orm_value_clear (&self->parameters[i].value);
  g_free (self->sql);
}

static void
bind (sqlite3_stmt *statement, int position, const OrmValue *value)
{
  gconstpointer data;
  gsize length;

  switch (value->type)
    {
    case ORM_VALUE_INT64:
      sqlite3_bind_int64 (statement, position, value->int64);
      break;
    case ORM_VALUE_DOUBLE:
      sqlite3_bind_double (statement, position, value->real);
      break;
    case ORM_VALUE_TEXT:
      sqlite3_bind_text (statement, position, value->text, -1, SQLITE_STATIC);
      break;
    case ORM_VALUE_BLOB:
      data = g_bytes_get_data (value->blob, &length);
      sqlite3_bind_blob64 (statement, position, data != NULL ? data : "", length, SQLITE_STATIC);
      break;
    case ORM_VALUE_NULL:
    default:
      sqlite3_bind_null (statement, position);
      break;
    }
}

/* Whether there is one value for each parameter, and none more; binds them. */
static gboolean
bind_all (sqlite3_stmt *statement, const Question *question)
{
  gboolean bound[MAX_PARAMETERS + 1] = { FALSE };

  if (sqlite3_bind_parameter_count (statement) != (int) question->n_parameters)
    return FALSE;
  for (guint i = 0; i < question->n_parameters; i++)
    {
      const char *name = question->parameters[i].name;
      const char *known = NULL;
      int position = (int) i + 1;

      if (name != NULL)
        {
          g_autofree char *full =
              *name != '\0' && strchr (":@$", *name) ? g_strdup (name) : g_strconcat (":", name, NULL);

          for (position = (int) question->n_parameters; position > 0; position--)
            if (g_strcmp0 (sqlite3_bind_parameter_name (statement, position), full) == 0)
              break;
        }
      else if ((known = sqlite3_bind_parameter_name (statement, position)) != NULL && *known != '?')
        return FALSE;
      if (position == 0 || bound[position])
        return FALSE;
      bound[position] = TRUE;
      bind (statement, position, &question->parameters[i].value);
    }
  return TRUE;
}

static gboolean
has_column (sqlite3_stmt *statement, const char *name)
{
  for (int i = 0; i < sqlite3_column_count (statement); i++)
    if (g_str_equal (sqlite3_column_name (statement, i), name))
      return TRUE;
  return FALSE;
}

typedef struct
{
  gboolean may_run;  /* one statement that fits its parameters and what is asked of it */
  gboolean must_run; /* and ran */
  gint64 n_rows;
  gint64 n_changes;
} Answer;

/* The mapper takes none of these. */
static gboolean
controls_transaction (const char *sql)
{
  return g_regex_match_simple ("^(\\s|;|--[^\\n]*(\\n|$)|/\\*.*?\\*/)*(EXPLAIN\\s+(QUERY\\s+PLAN\\s+)?)?"
                               "(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\\b",
                               sql, G_REGEX_CASELESS | G_REGEX_DOTALL | G_REGEX_RAW, 0);
}

/* What SQLite itself says, undone after. */
static Answer
ask_sqlite (const Question *question)
{
  Answer answer = { 0 };
  sqlite3_stmt *statement = NULL;
  const char *rest = "";
  int result;

  g_assert_cmpint (sqlite3_exec (beside, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
  /* Of a savepoint that is not there, SQLite 3.40 explains what it has let go of. */
  result = controls_transaction (question->sql) ? SQLITE_AUTH
                                                : sqlite3_prepare_v2 (beside, question->sql, -1, &statement, &rest);
  answer.may_run = result == SQLITE_OK && statement != NULL && bind_all (statement, question) &&
                   (question->way == EXECUTE || sqlite3_stmt_readonly (statement)) &&
                   (question->way != OBJECTS || (has_column (statement, "id") && has_column (statement, "word")));
  if (answer.may_run)
    {
      gint64 before = sqlite3_total_changes64 (beside);

      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        answer.n_rows++;
      answer.n_changes = sqlite3_total_changes64 (beside) - before;
      /* What ends the transaction that it runs in is not to be had from the mapper. */
      answer.may_run = !sqlite3_get_autocommit (beside);
      answer.must_run = answer.may_run && result == SQLITE_DONE && rest[strspn (rest, " ;")] == '\0';
    }
  sqlite3_finalize (statement);
  if (!sqlite3_get_autocommit (beside))
    sqlite3_exec (beside, "ROLLBACK", NULL, NULL, NULL);
  return answer;
}

static void
ask_mapper (const Question *question, const Answer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmRows) rows = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  gint64 n = -1;

  if (question->way == SELECT)
    {
      rows = orm_database_select (database, question->sql, question->parameters, question->n_parameters, NULL, &error);
      n = rows != NULL ? (gint64) orm_rows_get_n_rows (rows) : -1;
    }
  else if (question->way == OBJECTS)
    {
      objects = orm_session_all_sql (session, fuzz_object_get_type (), question->sql, question->parameters,
                                     question->n_parameters, NULL, &error);
      n = objects != NULL ? (gint64) objects->len : -1;
    }
  else
    n = orm_database_execute (database, question->sql, question->parameters, question->n_parameters, NULL, &error);

  g_assert_cmpint (n >= 0, ==, error == NULL);
  if (n >= 0)
    g_assert_true (answer->may_run);
  if (answer->must_run)
    {
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, question->way == EXECUTE ? answer->n_changes : answer->n_rows);
    }
}

/* Whatever was asked, the next question is answered. */
static void
check_alive (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmRows) rows = orm_database_select (database, "SELECT count (*) FROM row", NULL, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (orm_rows_get (rows, 0, 0)->int64, ==, 3);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };
  Question question = { 0 };

  if (database == NULL)
    set_up ();
  question_take (&question, &input);
  /* Texts of the input must not reach for other files. */
  if (strcasestr (question.sql, "attach") == NULL && strcasestr (question.sql, "vacuum") == NULL &&
      strcasestr (question.sql, "pragma") == NULL && strcasestr (question.sql, "recursive") == NULL)
    {
      Answer answer = ask_sqlite (&question);

      ask_mapper (&question, &answer);
      if (question.way == EXECUTE)
        reset ();
      check_alive ();
    }
  question_clear (&question);
  return 0;
}
