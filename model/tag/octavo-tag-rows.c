/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-tag-rows-private.h"

#include "octavo-note.h"
#include "octavo-tag.h"
#include "orm-query-work.h"

#include <string.h>

/* The tags as plain values, and how many notes have them. How many notes a tag and those under it have together is no
 * sum of counts, as a note may have several of them. One pass over the associations, note by note, counts all tags of a
 * file at once: a query for each tag would look up each of its notes. */

static void
row_free (gpointer data)
{
  OctavoTagRow *row = data;

  g_free (row->name);
  g_free (row->folded);
  g_free (row->color);
  g_free (row->sort_key);
  g_free (row);
}

/* Children come right after their parent, whatever the locale thinks of a slash. */
static char *
make_sort_key (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = g_steal_pointer (&parts[i]);
      g_autofree char *folded = g_utf8_casefold (part, -1);

      parts[i] = g_utf8_collate_key (folded, -1);
    }
  return g_strjoinv ("\001", parts);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const OctavoTagRow *one = *(const OctavoTagRow *const *) a;
  const OctavoTagRow *other = *(const OctavoTagRow *const *) b;
  int order = strcmp (one->sort_key, other->sort_key);

  if (order != 0)
    return order;
  return one->id < other->id ? -1 : one->id > other->id;
}

static char *
dup_text (const OrmValue *value)
{
  return g_strdup (value->type == ORM_VALUE_TEXT ? value->text : ""); /* only a damaged file has none */
}

static OctavoTagRow *
add_row (GPtrArray *rows, gint64 id, char *name, char *color)
{
  OctavoTagRow *row = g_new0 (OctavoTagRow, 1);

  row->id = id;
  row->name = name;
  row->folded = octavo_tag_fold_name (name);
  row->color = color;
  row->sort_key = make_sort_key (name);
  g_ptr_array_add (rows, row);
  return row;
}

static gboolean
read_names (GPtrArray *rows, OrmConnection *connection, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_TAG);
  g_autoptr (OrmRows) read = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  orm_query_select (query, ORM_AGGREGATE_NONE, "name");
  orm_query_select (query, ORM_AGGREGATE_NONE, "color");
  read = orm_query_read (query, connection, error);
  if (read == NULL)
    return FALSE;
  for (guint i = 0; i < orm_rows_get_n_rows (read); i++)
    add_row (rows, orm_rows_get (read, i, 0)->int64, dup_text (orm_rows_get (read, i, 1)),
             dup_text (orm_rows_get (read, i, 2)));
  return TRUE;
}

static gsize
count_parts (const char *path)
{
  gsize n_parts = 1;

  for (; *path != '\0'; path++)
    n_parts += *path == '/';
  return n_parts;
}

static OctavoTagRow *
add_path (GPtrArray *rows, GHashTable *by_name, const char *name, gsize n_parts)
{
  const char *end = name;
  OctavoTagRow *row;

  for (gsize i = 0; i < n_parts && end != NULL; i++)
    end = strchr (end + (i > 0), '/');
  row = add_row (rows, 0, end != NULL ? g_strndup (name, (gsize) (end - name)) : g_strdup (name), g_strdup (""));
  g_hash_table_insert (by_name, row->folded, row);
  return row;
}

/* The nearest tag above each: of "a/b/c" that is "a" where there is no "a/b", unless paths are rows as well. */
static void
find_parents (GPtrArray *rows, gboolean with_paths)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (by_name, ((OctavoTagRow *) rows->pdata[i])->folded, rows->pdata[i]);
  /* What is added here comes round by itself, and gets its own parent. */
  for (guint i = 0; i < rows->len; i++)
    {
      OctavoTagRow *row = rows->pdata[i];
      g_autofree char *path = g_strdup (row->folded);
      char *slash;

      while (row->parent == NULL && (slash = strrchr (path, '/')) != NULL)
        {
          *slash = '\0';
          row->parent = g_hash_table_lookup (by_name, path);
          if (row->parent == NULL && with_paths)
            row->parent = add_path (rows, by_name, row->name, count_parts (path));
        }
    }
}

/* (element-type gint64): the keys of a set */
static GHashTable *
read_trashed (OrmConnection *connection, GError **error)
{
  g_autoptr (GHashTable) trashed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autoptr (OrmRows) read = NULL;
  const OrmValue nothing = { .type = ORM_VALUE_INT64, .int64 = 0 };

  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  orm_query_filter (query, orm_compare ("trashed", ">", &nothing));
  read = orm_query_read (query, connection, error);
  if (read == NULL)
    return NULL;
  for (guint i = 0; i < orm_rows_get_n_rows (read); i++)
    g_hash_table_add (trashed, g_memdup2 (&orm_rows_get (read, i, 0)->int64, sizeof (gint64)));
  return g_steal_pointer (&trashed);
}

/* Whoever is marked with the note has marked all above it. */
static void
count_note (OctavoTagRow *row, gint64 note_id)
{
  row->n_notes++;
  for (; row != NULL && row->last_note_id != note_id; row = row->parent)
    {
      row->n_notes_in_tree++;
      row->last_note_id = note_id;
    }
}

/* A query of the mapper is of a class, and the associations have none. */
static gboolean
count_notes (GPtrArray *rows, OrmConnection *connection, GHashTable *trashed, GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT note_id, tag_id FROM note_tag ORDER BY note_id", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (((OctavoTagRow *) rows->pdata[i])->id != 0)
      g_hash_table_add (by_id, rows->pdata[i]); /* the id is its first field */
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 note_id = orm_statement_get_int64 (statement, 0);
      gint64 tag_id = orm_statement_get_int64 (statement, 1);
      OctavoTagRow *row = g_hash_table_lookup (by_id, &tag_id);

      if (row != NULL && !g_hash_table_contains (trashed, &note_id))
        count_note (row, note_id);
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

/**
 * octavo_tag_rows_new:
 *
 * Returns: (transfer full) (element-type OctavoTagRow): where octavo_tag_rows_read() puts rows
 */
GPtrArray *
octavo_tag_rows_new (void)
{
  return g_ptr_array_new_with_free_func (row_free);
}

/**
 * octavo_tag_rows_read:
 * @rows: (element-type OctavoTagRow): takes the tags by name, children after their parents
 * @with_paths: whether paths that only tags under them have are rows, too
 * @connection: a connection, in a snapshot
 * @error: where to put an error
 *
 * Reads all tags and counts their notes. Thread of the connection.
 *
 * Returns: whether they were read
 */
gboolean
octavo_tag_rows_read (GPtrArray *rows, gboolean with_paths, OrmConnection *connection, GError **error)
{
  g_autoptr (GHashTable) trashed = NULL;

  if (!read_names (rows, connection, error))
    return FALSE;
  find_parents (rows, with_paths);
  g_ptr_array_sort (rows, compare_rows);
  trashed = read_trashed (connection, error);
  return trashed != NULL && count_notes (rows, connection, trashed, error);
}
