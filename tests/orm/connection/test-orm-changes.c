/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-changes-private.h"

#define I ORM_CHANGE_INSERT
#define U ORM_CHANGE_UPDATE
#define D ORM_CHANGE_DELETE

static void
append_key (gint64 key, OrmChangeKind kind, gconstpointer origin, gpointer data)
{
  g_string_append_printf (data, "%c%" G_GINT64_FORMAT "%s ", "+~-"[kind], key, origin != NULL ? "!" : "");
}

static char *
to_text (OrmChanges *changes, const char *table)
{
  GString *text = g_string_new (NULL);

  orm_changes_foreach (changes, table, append_key, text);
  return g_string_free (text, FALSE);
}

static OrmChange
change (const char *table, gint64 key, OrmChangeKind kind, gconstpointer origin)
{
  return (OrmChange){ .table = g_intern_string (table), .origin = origin, .key = key, .kind = kind };
}

static void
test_coalesce (void)
{
  const struct
  {
    OrmChangeKind kinds[4];
    guint n;
    const char *expected;
  } cases[] = {
    { { I, U }, 2, "+1 " },    { { U, U }, 2, "~1 " }, { { U, D }, 2, "-1 " },       { { D, I }, 2, "~1 " },
    { { I, D, I }, 3, "+1 " }, { { D }, 1, "-1 " },    { { D, I, U, D }, 4, "-1 " }, { { I, U, D, I }, 4, "+1 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OrmChange log[4];
      g_autoptr (OrmChanges) changes = NULL;
      g_autofree char *text = NULL;

      for (guint j = 0; j < cases[i].n; j++)
        log[j] = change ("note", 1, cases[i].kinds[j], NULL);
      changes = orm_changes_new_from_log (log, cases[i].n);
      text = to_text (changes, "note");
      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_true (orm_changes_has_table (changes, "note"));
      g_assert_false (orm_changes_is_empty (changes));
    }
}

/* In no list; but who has an object of it is told. */
static void
test_came_and_went (void)
{
  const OrmChange once[] = { change ("note", 1, I, NULL), change ("note", 1, U, NULL), change ("note", 1, D, NULL) };
  const OrmChange again[] = { change ("note", 1, I, NULL), change ("note", 1, D, NULL) };
  const OrmChange back[] = { change ("note", 1, I, NULL) };
  OrmChanges *changes = orm_changes_new_from_log (once, G_N_ELEMENTS (once));
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  gsize n_keys;

  first = to_text (changes, "note");
  g_assert_cmpstr (first, ==, "-1 ");
  changes = orm_changes_merge (changes, orm_changes_new_from_log (again, G_N_ELEMENTS (again)));
  second = to_text (changes, "note");
  g_assert_cmpstr (second, ==, "-1 ");
  g_assert_false (orm_changes_is_empty (changes));
  g_assert_false (orm_changes_has_table (changes, "note"));
  g_assert_true (orm_changes_has_key (changes, "note", 1));
  for (int kind = I; kind <= D; kind++)
    g_assert_null (orm_changes_get_keys (changes, "note", (OrmChangeKind) kind, &n_keys));

  changes = orm_changes_merge (changes, orm_changes_new_from_log (back, 1));
  third = to_text (changes, "note");
  g_assert_cmpstr (third, ==, "+1 ");
  orm_changes_unref (changes);
}

static void
test_tables_and_keys (void)
{
  const OrmChange log[] = { change ("note", 3, I, NULL), change ("tag", 1, U, NULL), change ("note", 2, I, NULL),
                            change ("note", 9, D, NULL) };
  g_autoptr (OrmChanges) changes = orm_changes_new_from_log (log, G_N_ELEMENTS (log));
  const gint64 *keys;
  gsize n_keys;

  keys = orm_changes_get_keys (changes, "note", I, &n_keys);
  g_assert_cmpuint (n_keys, ==, 2);
  g_assert_cmpint (keys[0], ==, 2);
  g_assert_cmpint (keys[1], ==, 3);
  g_assert_null (orm_changes_get_keys (changes, "note", U, &n_keys));
  g_assert_cmpuint (n_keys, ==, 0);
}

static void
test_has_key (void)
{
  const OrmChange log[] = { change ("note", 9, D, NULL) };
  g_autoptr (OrmChanges) changes = orm_changes_new_from_log (log, G_N_ELEMENTS (log));

  g_assert_false (orm_changes_is_everything (changes));
  g_assert_true (orm_changes_has_table (changes, "note"));
  g_assert_false (orm_changes_has_table (changes, "user"));
  g_assert_true (orm_changes_has_key (changes, "note", 9));
  g_assert_false (orm_changes_has_key (changes, "note", 1));
}

static void
test_merge (void)
{
  const OrmChange first[] = { change ("note", 1, I, NULL), change ("note", 2, U, NULL) };
  const OrmChange second[] = { change ("note", 1, D, NULL), change ("note", 2, D, NULL), change ("tag", 5, I, NULL) };
  g_autoptr (OrmChanges) changes =
      orm_changes_merge (orm_changes_new_from_log (first, 2), orm_changes_new_from_log (second, 3));
  g_autofree char *notes = to_text (changes, "note");
  g_autofree char *tags = to_text (changes, "tag");

  g_assert_cmpstr (notes, ==, "-1 -2 ");
  g_assert_cmpstr (tags, ==, "+5 ");
}

static void
test_merge_in_order (void)
{
  int a = 0, b = 0;
  const OrmChange first[] = { change ("note", 1, I, &a), change ("note", 4, U, &a), change ("note", 9, I, &a) };
  const OrmChange second[] = { change ("note", 0, I, &b), change ("note", 4, U, &b), change ("note", 5, I, &b),
                               change ("note", 9, U, &a), change ("note", 12, D, &b) };
  g_autoptr (OrmChanges) changes = orm_changes_merge (orm_changes_new_from_log (first, G_N_ELEMENTS (first)),
                                                      orm_changes_new_from_log (second, G_N_ELEMENTS (second)));
  g_autofree char *text = to_text (changes, "note");
  const gint64 *keys;
  gsize n_keys;

  g_assert_cmpstr (text, ==, "+0! +1! ~4 +5! +9! -12! ");
  keys = orm_changes_get_keys (changes, "note", I, &n_keys);
  g_assert_cmpuint (n_keys, ==, 4);
  g_assert_cmpint (keys[0], ==, 0);
  g_assert_cmpint (keys[3], ==, 9);
}

/* Nobody was told of ever more commits. */
static void
test_merge_has_a_bound (void)
{
  OrmChanges *changes = NULL;
  gsize n_keys;

  for (gint64 i = 0; i < 200; i++)
    {
      OrmChange log[1000];

      for (guint j = 0; j < G_N_ELEMENTS (log); j++)
        log[j] = change ("note", i * 1000 + j, I, NULL);
      changes = orm_changes_merge (changes, orm_changes_new_from_log (log, G_N_ELEMENTS (log)));
      g_assert_true (orm_changes_has_key (changes, "note", i * 1000));
      g_assert_true (orm_changes_has_table (changes, "note"));
      orm_changes_get_keys (changes, "note", I, &n_keys);
      g_assert_cmpuint (n_keys, <=, 40000);
      if (i < 20)
        g_assert_false (orm_changes_is_everything (changes));
    }
  g_assert_true (orm_changes_is_everything (changes));
  orm_changes_unref (changes);
}

static void
test_everything (void)
{
  const OrmChange log[] = { change ("note", 1, I, NULL) };
  g_autoptr (OrmChanges) changes = orm_changes_merge (orm_changes_new_everything (), orm_changes_new_from_log (log, 1));
  gsize n_keys;

  g_assert_true (orm_changes_is_everything (changes));
  g_assert_true (orm_changes_has_table (changes, "user"));
  g_assert_true (orm_changes_has_key (changes, "user", 4));
  g_assert_nonnull (orm_changes_get_keys (changes, "note", I, &n_keys));
}

static void
test_origin (void)
{
  int a = 0, b = 0;
  const OrmChange log[] = { change ("note", 1, U, &a), change ("note", 1, U, &a),   change ("note", 2, U, &a),
                            change ("note", 2, U, &b), change ("note", 3, U, NULL), change ("note", 3, U, &a) };
  g_autoptr (OrmChanges) changes = orm_changes_new_from_log (log, G_N_ELEMENTS (log));
  g_autofree char *text = to_text (changes, "note");

  g_assert_cmpstr (text, ==, "~1! ~2 ~3 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/changes/coalesce", test_coalesce);
  g_test_add_func ("/orm/changes/came-and-went", test_came_and_went);
  g_test_add_func ("/orm/changes/tables-and-keys", test_tables_and_keys);
  g_test_add_func ("/orm/changes/has-key", test_has_key);
  g_test_add_func ("/orm/changes/merge", test_merge);
  g_test_add_func ("/orm/changes/merge-in-order", test_merge_in_order);
  g_test_add_func ("/orm/changes/merge-has-a-bound", test_merge_has_a_bound);
  g_test_add_func ("/orm/changes/everything", test_everything);
  g_test_add_func ("/orm/changes/origin", test_origin);

  return g_test_run ();
}
