/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-tag-rows-private.h"

#include "octavo-id-set.h"
#include "octavo-note.h"
#include "octavo-tag.h"
#include "octavo-user.h"
#include "orm-query-work.h"

#include <string.h>

/* The tags as plain values, and how many notes have them. How many notes a tag and those under it have together is no
 * sum of counts, as a note may have several of them. One pass over the associations, note by note, counts all tags of a
 * file at once, for all of its users: a query for each tag would look up each of its notes. Whose a note is stands in
 * an index, which is read once, into a set for each user but the first; where there is one user, nothing is read. */

/* The notes of a user. */
typedef struct
{
  gint64 id;
  OctavoIdSet *notes; /* NULL: what nobody else has */
} Owner;

static void
row_free (gpointer data)
{
  OctavoTagRow *row = data;

  g_free (row->name);
  g_free (row->folded);
  g_free (row->color);
  g_free (row->sort_key);
  g_free (row->n_of_users);
  g_clear_pointer (&row->user_counts, g_array_unref);
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

static void
owner_clear (gpointer data)
{
  octavo_id_set_free (((Owner *) data)->notes);
}

/* The one that was there first, who mostly has the most notes; 0: there is no other one. */
static gboolean
read_first_user (OrmConnection *connection, gint64 *id, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_USER);
  g_autoptr (OrmRows) read = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "id");
  orm_query_order_by_selected (query, 0, ORM_ORDER_ASCENDING);
  orm_query_limit (query, 2);
  read = orm_query_read (query, connection, error);
  *id = read != NULL && orm_rows_get_n_rows (read) > 1 ? orm_rows_get (read, 0, 0)->int64 : 0;
  return read != NULL;
}

/* From the index by user, which has nothing else: a query of the mapper would not have the rows one by one, and there
 * may be a million. */
static gboolean
read_owners (OrmConnection *connection, gint64 first_id, GArray *owners, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT user_id, id FROM note WHERE user_id > ? ORDER BY user_id", error);
  Owner owner = { .id = first_id };
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  g_array_append_val (owners, owner);
  orm_statement_bind_int64 (statement, 1, first_id);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 user_id = orm_statement_get_int64 (statement, 0);

      if (owner.id != user_id)
        {
          owner = (Owner){ user_id, octavo_id_set_new () };
          g_array_append_val (owners, owner);
        }
      octavo_id_set_add (owner.notes, orm_statement_get_int64 (statement, 1));
    }
  orm_statement_reset (statement);
  return step == ORM_STEP_DONE;
}

/* (nullable) with an error; empty where there is one user. (element-type Owner) */
static GArray *
make_owners (OrmConnection *connection, GError **error)
{
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (Owner));
  gint64 first_id;

  g_array_set_clear_func (owners, owner_clear);
  if (!read_first_user (connection, &first_id, error) ||
      (first_id != 0 && !read_owners (connection, first_id, owners, error)))
    return NULL;
  return g_steal_pointer (&owners);
}

/* The place of who has a note: the first one has what no other has. */
static guint
find_owner (const GArray *owners, gint64 note_id)
{
  for (guint i = 1; i < owners->len; i++)
    if (octavo_id_set_contains (g_array_index (owners, Owner, i).notes, note_id))
      return i;
  return 0;
}

/* Whoever is marked with the note has marked all above it. */
static void
count_note (OctavoTagRow *row, gint64 note_id, guint owner, guint n_owners)
{
  row->n_notes++;
  for (; row != NULL && row->last_note_id != note_id; row = row->parent)
    {
      row->n_notes_in_tree++;
      row->last_note_id = note_id;
      if (n_owners == 0)
        continue;
      if (row->n_of_users == NULL)
        row->n_of_users = g_new0 (gint64, n_owners);
      row->n_of_users[owner]++;
    }
}

static void
list_user_counts (GPtrArray *rows, const GArray *owners)
{
  for (guint i = 0; owners->len > 0 && i < rows->len; i++)
    {
      OctavoTagRow *row = rows->pdata[i];

      row->user_counts = g_array_new (FALSE, FALSE, sizeof (OctavoTagUserCount));
      for (guint j = 0; row->n_of_users != NULL && j < owners->len; j++)
        {
          OctavoTagUserCount count = { g_array_index (owners, Owner, j).id, row->n_of_users[j] };

          if (count.n_notes > 0)
            g_array_append_val (row->user_counts, count);
        }
    }
}

/* A query of the mapper is of a class, and the associations have none. */
static gboolean
count_notes (GPtrArray *rows, OrmConnection *connection, GHashTable *trashed, const GArray *owners, GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  OrmStatement *statement =
      orm_connection_prepare (connection, "SELECT note_id, tag_id FROM note_tag ORDER BY note_id", error);
  gint64 last_note_id = 0;
  guint owner = 0;
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

      if (row == NULL || g_hash_table_contains (trashed, &note_id))
        continue;
      if (note_id != last_note_id)
        owner = find_owner (owners, note_id);
      last_note_id = note_id;
      count_note (row, note_id, owner, owners->len);
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
  g_autoptr (GArray) owners = NULL;

  if (!read_names (rows, connection, error))
    return FALSE;
  find_parents (rows, with_paths);
  g_ptr_array_sort (rows, compare_rows);
  trashed = read_trashed (connection, error);
  owners = trashed != NULL ? make_owners (connection, error) : NULL;
  if (owners == NULL || !count_notes (rows, connection, trashed, owners, error))
    return FALSE;
  list_user_counts (rows, owners);
  return TRUE;
}
