/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-changes-private.h"

/* What commits changed, as a listener wants it: each row once, with what became of it in all. It is built on the thread
 * that wrote from the log of the update hook, by a stable sort, so that the main thread is spared even after an import
 * of a hundred thousand rows. */

/* Of a row that was inserted and deleted. A listener who reads what is there has nothing to do with it, and yet someone
 * may have made an object of it in between: it is in no list, but told to those who look for a key. */
#define PASSED ((OrmChangeKind) (ORM_CHANGE_DELETE + 1))

/* Of several commits that nobody was told of yet. Who is told of more than this reads anew what it shows, and what is
 * not told, as where no main loop runs, is not to grow. */
#define MAX_MERGED 32768

typedef struct
{
  gint64 key;
  gconstpointer origin;
  OrmChangeKind kind;
} Row;

typedef struct
{
  const char *table; /* interned */
  GArray *rows;      /* of Row, by key, each key once */
  GArray *keys[3];   /* of gint64, by OrmChangeKind; made with the object */
} TableChanges;

struct _OrmChanges
{
  gatomicrefcount ref_count;
  gboolean everything;
  GPtrArray *tables; /* of TableChanges */
};

G_DEFINE_BOXED_TYPE (OrmChanges, orm_changes, orm_changes_ref, orm_changes_unref)

static void
table_changes_free (gpointer data)
{
  TableChanges *self = data;

  g_array_unref (self->rows);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    g_array_unref (self->keys[i]);
  g_free (self);
}

static OrmChanges *
orm_changes_new (gboolean everything)
{
  OrmChanges *self = g_new0 (OrmChanges, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->everything = everything;
  self->tables = g_ptr_array_new_with_free_func (table_changes_free);
  return self;
}

static TableChanges *
orm_changes_find (OrmChanges *self, const char *table)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      TableChanges *changes = g_ptr_array_index (self->tables, i);

      if (changes->table == table || g_str_equal (changes->table, table))
        return changes;
    }
  return NULL;
}

static TableChanges *
orm_changes_ensure (OrmChanges *self, const char *table)
{
  TableChanges *changes = orm_changes_find (self, table);

  if (changes != NULL)
    return changes;

  changes = g_new0 (TableChanges, 1);
  changes->table = g_intern_string (table);
  changes->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (guint i = 0; i < G_N_ELEMENTS (changes->keys); i++)
    changes->keys[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (self->tables, changes);
  return changes;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  gint64 first = ((const Row *) a)->key;
  gint64 second = ((const Row *) b)->key;

  return (first > second) - (first < second);
}

/* What became of a row in all. */
static OrmChangeKind
combine (OrmChangeKind kind, OrmChangeKind next)
{
  if (next == ORM_CHANGE_DELETE || next == PASSED)
    return kind == ORM_CHANGE_INSERT || kind == PASSED ? PASSED : ORM_CHANGE_DELETE;
  if (kind == ORM_CHANGE_DELETE)
    return ORM_CHANGE_UPDATE;
  return kind == PASSED ? next : kind;
}

/* next: of the same key, and later */
static void
row_add (Row *self, const Row *next)
{
  self->kind = combine (self->kind, next->kind);
  if (next->origin != self->origin)
    self->origin = NULL;
}

static void
table_changes_list_keys (TableChanges *self)
{
  const Row *rows = (const Row *) (gconstpointer) self->rows->data;

  for (guint i = 0; i < self->rows->len; i++)
    if (rows[i].kind != PASSED)
      g_array_append_val (self->keys[rows[i].kind], rows[i].key);
}

static void
table_changes_coalesce (TableChanges *self)
{
  Row *rows = (Row *) (gpointer) self->rows->data;
  guint n = 0;

  g_array_sort (self->rows, compare_rows);
  for (guint i = 0; i < self->rows->len;)
    {
      Row row = rows[i];
      guint end = i + 1;

      for (; end < self->rows->len && rows[end].key == row.key; end++)
        row_add (&row, &rows[end]);
      rows[n++] = row;
      i = end;
    }
  g_array_set_size (self->rows, n);
  table_changes_list_keys (self);
}

/* Both are in the order of their keys, so that many commits that nobody was told of are not sorted again with each. */
static void
table_changes_merge (TableChanges *self, const TableChanges *first, const TableChanges *second)
{
  guint i = 0;
  guint j = 0;

  while (i < first->rows->len && j < second->rows->len)
    {
      const Row *a = &g_array_index (first->rows, Row, i);
      const Row *b = &g_array_index (second->rows, Row, j);
      Row row = a->key <= b->key ? *a : *b;

      if (a->key == b->key)
        row_add (&row, b);
      i += a->key == row.key;
      j += b->key == row.key;
      g_array_append_val (self->rows, row);
    }
  if (i < first->rows->len)
    g_array_append_vals (self->rows, &g_array_index (first->rows, Row, i), first->rows->len - i);
  if (j < second->rows->len)
    g_array_append_vals (self->rows, &g_array_index (second->rows, Row, j), second->rows->len - j);
  table_changes_list_keys (self);
}

static gboolean
table_changes_has_keys (TableChanges *self)
{
  return self != NULL &&
         self->keys[ORM_CHANGE_INSERT]->len + self->keys[ORM_CHANGE_UPDATE]->len + self->keys[ORM_CHANGE_DELETE]->len >
             0;
}

static void
orm_changes_coalesce (OrmChanges *self)
{
  for (guint i = 0; i < self->tables->len; i++)
    table_changes_coalesce (self->tables->pdata[i]);
}

OrmChanges *
orm_changes_new_everything (void)
{
  return orm_changes_new (TRUE);
}

OrmChanges *
orm_changes_new_from_log (const OrmChange *log, gsize n_log)
{
  OrmChanges *self = orm_changes_new (FALSE);
  TableChanges *changes = NULL;

  for (gsize i = 0; i < n_log; i++)
    {
      Row row = { .key = log[i].key, .origin = log[i].origin, .kind = log[i].kind };

      if (changes == NULL || changes->table != log[i].table)
        changes = orm_changes_ensure (self, log[i].table);
      g_array_append_val (changes->rows, row);
    }
  orm_changes_coalesce (self);
  return self;
}

static gsize
orm_changes_get_n_rows (OrmChanges *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->tables->len; i++)
    n += ((TableChanges *) self->tables->pdata[i])->rows->len;
  return n;
}

OrmChanges *
orm_changes_merge (OrmChanges *first, OrmChanges *second)
{
  GArray no_rows = { 0 };
  const TableChanges none = { .rows = &no_rows };
  OrmChanges *self;

  if (first == NULL)
    return second;

  self = orm_changes_new (first->everything || second->everything);
  if (orm_changes_get_n_rows (first) + orm_changes_get_n_rows (second) > MAX_MERGED)
    self->everything = TRUE;
  else
    for (guint side = 0; side < 2; side++)
      {
        OrmChanges *from = side == 0 ? first : second;

        for (guint i = 0; i < from->tables->len; i++)
          {
            const TableChanges *changes = g_ptr_array_index (from->tables, i);
            const TableChanges *other = side == 0 ? orm_changes_find (second, changes->table) : &none;

            if (side == 0 || orm_changes_find (first, changes->table) == NULL)
              table_changes_merge (orm_changes_ensure (self, changes->table), changes, other != NULL ? other : &none);
          }
      }
  orm_changes_unref (first);
  orm_changes_unref (second);
  return self;
}

gboolean
orm_changes_is_empty (OrmChanges *self)
{
  return !self->everything && self->tables->len == 0;
}

void
orm_changes_foreach (OrmChanges *self, const char *table, OrmChangeFunc func, gpointer data)
{
  TableChanges *changes = orm_changes_find (self, table);

  for (guint i = 0; changes != NULL && i < changes->rows->len; i++)
    {
      const Row *row = &g_array_index (changes->rows, Row, i);

      func (row->key, row->kind == PASSED ? ORM_CHANGE_DELETE : row->kind, row->origin, data);
    }
}

gboolean
orm_changes_has_key (OrmChanges *self, const char *table, gint64 key)
{
  TableChanges *changes = orm_changes_find (self, table);
  Row wanted = { .key = key };

  return self->everything || (changes != NULL && g_array_binary_search (changes->rows, &wanted, compare_rows, NULL));
}

/**
 * orm_changes_ref:
 * @self: changes
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @self
 */
OrmChanges *
orm_changes_ref (OrmChanges *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * orm_changes_unref:
 * @self: (transfer full): changes
 *
 * Drops a reference. Any thread.
 */
void
orm_changes_unref (OrmChanges *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->tables);
  g_free (self);
}

/**
 * orm_changes_is_everything:
 * @self: changes
 *
 * Returns: whether anything may have changed: another process wrote, or so many rows changed, in several commits, that
 *   they are not told apart
 */
gboolean
orm_changes_is_everything (OrmChanges *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->everything;
}

/**
 * orm_changes_has_table:
 * @self: changes
 * @table: the name of a table
 *
 * Returns: whether a row of the table changed, or may have
 */
gboolean
orm_changes_has_table (OrmChanges *self, const char *table)
{
  g_return_val_if_fail (self != NULL && table != NULL, FALSE);

  return self->everything || table_changes_has_keys (orm_changes_find (self, table));
}

/**
 * orm_changes_get_keys:
 * @self: changes
 * @table: the name of a table
 * @kind: what became of the rows
 * @n_keys: (out): how many there are
 *
 * Lists the rows that one thing happened to. Where everything may have changed, the list has those that are known.
 *
 * Returns: (array length=n_keys) (transfer none) (nullable): keys in rising order
 */
const gint64 *
orm_changes_get_keys (OrmChanges *self, const char *table, OrmChangeKind kind, gsize *n_keys)
{
  TableChanges *changes;

  g_return_val_if_fail (self != NULL && table != NULL && n_keys != NULL, NULL);
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (changes->keys), NULL);

  changes = orm_changes_find (self, table);
  *n_keys = changes != NULL ? changes->keys[kind]->len : 0;
  return *n_keys > 0 ? (const gint64 *) (gpointer) changes->keys[kind]->data : NULL;
}
