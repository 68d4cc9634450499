/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-item.h"
#include "orm-test.h"

/* Each call of a session, a scope, a cursor or an object from another thread than its own ends a debug build. */

static OrmSession *session;
static OrmScope *scope;
static OrmTestItem *item;  /* of the session */
static OrmTestItem *other; /* of none */
static OrmQuery *query;
static OrmCursor *cursor;
static GAsyncResult *result;
static const char *const column = "name";
static const OrmValue value = { .type = ORM_VALUE_TEXT, .text = (char *) "x" };
static const OrmAssignment assignment = { "size", { .type = ORM_VALUE_INT64, .int64 = 1 } };

#define ENTITY ORM_ENTITY (item)

/* clang-format off */
#define CALLS                                                                                                          \
  CALL ("session/add", orm_session_add (session, ORM_ENTITY (other)))                                                  \
  CALL ("session/add-all", orm_session_add_all (session, g_ptr_array_new ()))                                          \
  CALL ("session/delete", orm_session_delete (session, ENTITY))                                                        \
  CALL ("session/expunge", orm_session_expunge (session, ENTITY))                                                      \
  CALL ("session/expunge-all", orm_session_expunge_all (session))                                                      \
  CALL ("session/merge", orm_session_merge (session, ORM_ENTITY (other), NULL, NULL))                                  \
  CALL ("session/merge-async", orm_session_merge_async (session, ORM_ENTITY (other), NULL, NULL, NULL))                \
  CALL ("session/merge-finish", orm_session_merge_finish (session, result, NULL))                                      \
  CALL ("session/is-modified", orm_session_is_modified (session))                                                      \
  CALL ("session/list-pending", orm_session_list_pending (session, ORM_CHANGE_INSERT))                                 \
  CALL ("session/set-checks-stale", orm_session_set_checks_stale (session, TRUE))                                      \
  CALL ("session/refresh", orm_session_refresh (session, ENTITY, NULL, NULL))                                          \
  CALL ("session/refresh-async", orm_session_refresh_async (session, ENTITY, NULL, NULL, NULL))                        \
  CALL ("session/refresh-finish", orm_session_refresh_finish (session, result, NULL))                                  \
  CALL ("session/lookup", orm_session_lookup (session, ORM_TYPE_TEST_ITEM, 1))                                         \
  CALL ("session/get", orm_session_get (session, ORM_TYPE_TEST_ITEM, 1, NULL, NULL))                                   \
  CALL ("session/get-async", orm_session_get_async (session, ORM_TYPE_TEST_ITEM, 1, NULL, NULL, NULL))                 \
  CALL ("session/get-finish", orm_session_get_finish (session, result, NULL))                                          \
  CALL ("session/all", orm_session_all (session, query, NULL, NULL))                                                   \
  CALL ("session/all-async", orm_session_all_async (session, query, NULL, NULL, NULL))                                 \
  CALL ("session/all-finish", orm_session_all_finish (session, result, NULL))                                          \
  CALL ("session/first", orm_session_first (session, query, NULL, NULL))                                               \
  CALL ("session/first-async", orm_session_first_async (session, query, NULL, NULL, NULL))                             \
  CALL ("session/one", orm_session_one (session, query, NULL, NULL))                                                   \
  CALL ("session/one-async", orm_session_one_async (session, query, NULL, NULL, NULL))                                 \
  CALL ("session/all-sql", orm_session_all_sql (session, ORM_TYPE_TEST_ITEM, "SELECT 1", NULL, 0, NULL, NULL))         \
  CALL ("session/all-sql-async",                                                                                       \
        orm_session_all_sql_async (session, ORM_TYPE_TEST_ITEM, "SELECT 1", NULL, 0, NULL, NULL, NULL))                \
  CALL ("session/count", orm_session_count (session, query, NULL, NULL))                                               \
  CALL ("session/count-async", orm_session_count_async (session, query, NULL, NULL, NULL))                             \
  CALL ("session/count-finish", orm_session_count_finish (session, result, NULL))                                      \
  CALL ("session/exists", orm_session_exists (session, query, &(gboolean){ FALSE }, NULL, NULL))                       \
  CALL ("session/exists-async", orm_session_exists_async (session, query, NULL, NULL, NULL))                           \
  CALL ("session/select", orm_session_select (session, query, NULL, NULL))                                             \
  CALL ("session/select-async", orm_session_select_async (session, query, NULL, NULL, NULL))                           \
  CALL ("session/delete-all", orm_session_delete_all (session, query, NULL, NULL))                                     \
  CALL ("session/delete-all-async", orm_session_delete_all_async (session, query, NULL, NULL, NULL))                   \
  CALL ("session/update-all", orm_session_update_all (session, query, &assignment, 1, NULL, NULL))                     \
  CALL ("session/update-all-async", orm_session_update_all_async (session, query, &assignment, 1, NULL, NULL, NULL))   \
  CALL ("session/bulk-insert", orm_session_bulk_insert (session, ORM_TYPE_TEST_ITEM, &column, 1, &value, 1, NULL, NULL)) \
  CALL ("session/bulk-insert-async",                                                                                   \
        orm_session_bulk_insert_async (session, ORM_TYPE_TEST_ITEM, &column, 1, &value, 1, NULL, NULL, NULL))          \
  CALL ("session/commit", orm_session_commit (session, NULL, NULL))                                                    \
  CALL ("session/commit-async", orm_session_commit_async (session, NULL, NULL, NULL))                                  \
  CALL ("session/commit-finish", orm_session_commit_finish (session, result, NULL))                                    \
  CALL ("session/rollback", orm_session_rollback (session))                                                            \
  CALL ("session/begin", g_assert_null (orm_session_begin (session, NULL)))                                            \
  CALL ("session/begin-async", orm_session_begin_async (session, NULL, NULL, NULL))                                    \
  CALL ("session/flush", orm_session_flush (session, NULL, NULL))                                                      \
  CALL ("session/flush-async", orm_session_flush_async (session, NULL, NULL, NULL))                                    \
  CALL ("scope/commit", orm_scope_commit (scope, NULL, NULL))                                                          \
  CALL ("scope/commit-async", orm_scope_commit_async (scope, NULL, NULL, NULL))                                        \
  CALL ("scope/rollback", orm_scope_rollback (scope))                                                                  \
  CALL ("scope/rollback-async", orm_scope_rollback_async (scope, NULL, NULL))                                          \
  CALL ("scope/rollback-finish", orm_scope_rollback_finish (scope, result))                                            \
  CALL ("scope/is-open", orm_scope_is_open (scope))                                                                    \
  CALL ("cursor/next", orm_cursor_next (cursor, NULL, NULL))                                                           \
  CALL ("cursor/next-async", orm_cursor_next_async (cursor, NULL, NULL, NULL))                                         \
  CALL ("entity/get-key", orm_entity_get_key (ENTITY))                                                                 \
  CALL ("entity/is-dirty", orm_entity_is_dirty (ENTITY))                                                               \
  CALL ("entity/is-dirty-column", orm_entity_is_dirty_column (ENTITY, 1))                                              \
  CALL ("entity/is-gone", orm_entity_is_gone (ENTITY))                                                                 \
  CALL ("entity/is-loaded-column", orm_entity_is_loaded_column (ENTITY, 1))                                            \
  CALL ("entity/check-loaded", orm_entity_check_loaded (ENTITY, 1, NULL))                                              \
  CALL ("entity/set-same", orm_entity_set_int64 (ENTITY, ORM_TEST_ITEM_SIZE, 1))                                       \
  CALL ("entity/set-double", orm_entity_set_double (ENTITY, ORM_TEST_ITEM_WEIGHT, 1))                                  \
  CALL ("entity/set-boolean", orm_entity_set_boolean (ENTITY, ORM_TEST_ITEM_IS_DONE, TRUE))                            \
  CALL ("entity/set-text", orm_entity_set_text (ENTITY, ORM_TEST_ITEM_NAME, "x"))                                      \
  CALL ("entity/set-blob", orm_entity_set_blob (ENTITY, ORM_TEST_ITEM_DATA, NULL))                                     \
  CALL ("entity/set-date-time", orm_entity_set_date_time (ENTITY, ORM_TEST_ITEM_CREATED, NULL))                        \
  CALL ("entity/set-enum", orm_entity_set_enum (ENTITY, ORM_TEST_ITEM_KIND, 1))                                        \
  CALL ("entity/set-flags", orm_entity_set_flags (ENTITY, ORM_TEST_ITEM_MARKS, 1))                                     \
  CALL ("entity/property", g_object_set (item, "size", G_GINT64_CONSTANT (1), NULL))                                   \
  CALL ("entity/get-property", g_object_get (item, "size", &(gint64){ 0 }, NULL))
/* clang-format on */

#define CALL(name, statement)                                                                                          \
  if (g_str_equal (data, name))                                                                                        \
    {                                                                                                                  \
      statement;                                                                                                       \
    }

static gpointer
call (gpointer data)
{
  CALLS
  return NULL;
}

#undef CALL
#define CALL(name, statement) name,

static const char *const names[] = { CALLS };

static void
open_all (void)
{
  OrmDatabase *database = orm_test_item_open (":memory:");

  session = orm_session_new (database);
  item = orm_test_item_new ("one", 1);
  other = orm_test_item_new ("two", 2);
  query = orm_query_new (ORM_TYPE_TEST_ITEM);
  orm_session_add (session, ORM_ENTITY (item));
  g_assert_true (orm_session_commit (session, NULL, NULL));
  cursor = orm_cursor_new (session, orm_query_new (ORM_TYPE_TEST_ITEM), 10);
  orm_session_commit_async (session, NULL, orm_test_keep_result, &result);
  orm_test_wait_result (&result);
  scope = orm_session_begin (session, NULL);
  g_assert_nonnull (scope);
}

static void
test_call (gconstpointer data)
{
  if (g_test_subprocess ())
    {
      open_all ();
      g_thread_join (g_thread_new ("other", call, (gpointer) data));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*A session or one of its objects was used on another thread than the one that made it*");
}

static gpointer
make_session (gpointer data)
{
  g_assert_null (orm_session_new (data));
  return NULL;
}

/* It would hear of changes on the thread of the database, and be used on its own. */
static void
test_session_of_another_thread (void)
{
  OrmDatabase *database;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*A session was made on another thread than its database*");
      return;
    }
  database = orm_test_item_open (":memory:");
  g_thread_join (g_thread_new ("other", make_session, database));
  g_assert_finalize_object (database);
}

/* Of no session yet: it may be made on one thread and handed to another. */
static gpointer
set_detached (gpointer data)
{
  orm_entity_set_int64 (data, ORM_TEST_ITEM_SIZE, 5);
  return NULL;
}

static void
test_detached (void)
{
  g_autoptr (OrmTestItem) detached = orm_test_item_new ("one", 1);

  g_thread_join (g_thread_new ("other", set_detached, detached));
  g_assert_cmpint (detached->size, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/orm/thread/", names[i], "/is-told", NULL);

      g_test_add_data_func (path, names[i], test_call);
    }
  g_test_add_func ("/orm/thread/session-of-another-thread", test_session_of_another_thread);
  g_test_add_func ("/orm/thread/detached", test_detached);

  return g_test_run ();
}
