/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-search"

#include "octavo-index-pages.h"
#include "orm-error.h"

/* What FTS5 finds terms by, and scores notes by. Its own integrity-check compares this with the texts, which it is not
 * given here, and does not ask whether anything is missing; so its tables are read as its documentation of the format
 * has them:
 *
 *   _data     10 is the structure, 1 the totals: how many texts, and how many places in them. A leaf is numbered by its
 *             segment and its page; it begins with the place of its first id and the size of what it holds, two bytes
 *             each, and ends with the places of its terms.
 *   _idx      the way to a leaf: what its first term begins with, and is greater than all terms before it
 *   _docsize  how many places each text has
 *   _config   the version of the format
 *
 * Numbers are the variable-length ones of SQLite. */
#define PAGE_BITS   31
#define HEIGHT_BITS 6 /* with the bit of the lists of a term's leaves */
#define FIRST_LEAF  (G_GINT64_CONSTANT (1) << (PAGE_BITS + HEIGHT_BITS))
#define HEADER      4 /* bytes */

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, ORM_ERROR, ORM_ERROR_CORRUPT, what);
  return FALSE;
}

/* sql: with the table of the column in the place of %s */
static OrmStatement *
prepare (OrmConnection *connection, OctavoColumn column, const char *sql, GError **error)
{
  g_autoptr (GString) text = g_string_new (sql);

  g_string_replace (text, "%s", column == OCTAVO_COLUMN_BODY ? "search_body" : "search_title", 0);
  return orm_connection_prepare (connection, text->str, error);
}

/* Moves at behind the number; FALSE where there is none. */
static gboolean
read_number (const guint8 **at, const guint8 *end, gint64 *number)
{
  guint64 value = 0;

  for (guint i = 0; i < 9 && *at < end; i++)
    {
      guint8 byte = *(*at)++;

      if (i == 8)
        value = value << 8 | byte;
      else
        value = value << 7 | (byte & 0x7f);
      if (i == 8 || byte < 0x80)
        {
          *number = (gint64) value;
          return TRUE;
        }
    }
  return FALSE;
}

/* octavo_index_foreach_size:
 * @func: (scope call): called with each text, and how many places it has
 *
 * Walks over the lengths of texts. Reading thread.
 *
 * Returns: %FALSE where they could not be read */
gboolean
octavo_index_foreach_size (OrmConnection *connection,
                           OctavoColumn column,
                           OctavoIndexSizeFunc func,
                           gpointer data,
                           GError **error)
{
  OrmStatement *statement = prepare (connection, column, "SELECT id, sz FROM %s_docsize", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gsize size;
      const guint8 *bytes = orm_statement_get_blob (statement, 1, &size);
      gint64 n_places;

      if (!read_number (&bytes, bytes + size, &n_places))
        {
          orm_statement_reset (statement);
          return refuse (error, "There is a text without a length");
        }
      func (orm_statement_get_int64 (statement, 0), n_places, data);
    }
  return step == ORM_STEP_DONE;
}

/* octavo_index_read_totals:
 * @n_notes: (out): how many texts there are
 * @n_places: (out): in all of them
 *
 * Reads what scores are reckoned with, and looks at the version of the format. Reading thread.
 *
 * Returns: %FALSE where there is no such thing */
gboolean
octavo_index_read_totals (OrmConnection *connection,
                          OctavoColumn column,
                          gint64 *n_notes,
                          gint64 *n_places,
                          GError **error)
{
  static const char sql[] = "SELECT block, (SELECT v FROM %s_config WHERE k = 'version') > 0 FROM %s_data WHERE id = 1";
  OrmStatement *statement = prepare (connection, column, sql, error);
  gboolean is_read = FALSE;
  OrmStep step;

  *n_notes = *n_places = 0;
  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW && orm_statement_get_int64 (statement, 1) == 1)
    {
      gsize size;
      const guint8 *bytes = orm_statement_get_blob (statement, 0, &size);
      const guint8 *end = bytes + size;

      /* Nothing at all, where nothing was written yet. */
      is_read = size == 0 || (read_number (&bytes, end, n_notes) && read_number (&bytes, end, n_places));
    }
  orm_statement_reset (statement);
  if (step == ORM_STEP_ERROR)
    return FALSE;
  return is_read || refuse (error, "There are no totals, or no version");
}

/* One walk over the leaves, in their order. */
typedef struct
{
  GHashTable *ways; /* number of a leaf → GBytes */
  gint64 segment;
  gint64 first_leaf; /* of the segment: found without a way */
  GBytes *last;      /* (nullable): first term of the leaf before */
} Walk;

static gint64
segment_of (gint64 leaf)
{
  return leaf >> (PAGE_BITS + HEIGHT_BITS);
}

static GHashTable *
read_ways (OrmConnection *connection, OctavoColumn column, GError **error)
{
  OrmStatement *statement = prepare (connection, column, "SELECT segid, pgno >> 1, term FROM %s_idx", error);
  g_autoptr (GHashTable) ways =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_bytes_unref);
  OrmStep step = ORM_STEP_ERROR;

  while (statement != NULL && (step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      gint64 leaf = orm_statement_get_int64 (statement, 0) * FIRST_LEAF + orm_statement_get_int64 (statement, 1);
      gsize size;
      const guint8 *term = orm_statement_get_blob (statement, 2, &size);

      g_hash_table_insert (ways, g_memdup2 (&leaf, sizeof leaf), g_bytes_new (term, size));
    }
  return step == ORM_STEP_DONE ? g_steal_pointer (&ways) : NULL;
}

/* term (out) (transfer full) (nullable): the first one of a leaf; NULL: only places of the last one before stand on it.
 * FALSE: it is no leaf */
static gboolean
read_first_term (const guint8 *data, gsize size, GBytes **term)
{
  const guint8 *at, *end = data + size;
  gsize n_held;
  gint64 place, length;

  *term = NULL;
  if (size < HEADER)
    return FALSE;
  n_held = (gsize) data[2] << 8 | data[3];
  if (n_held < HEADER || n_held > size)
    return FALSE;
  at = data + n_held;
  if (at == end)
    return TRUE;
  if (!read_number (&at, end, &place) || place < HEADER || place >= (gint64) n_held)
    return FALSE;
  at = data + place;
  end = data + n_held;
  if (!read_number (&at, end, &length) || length < 0 || length > end - at)
    return FALSE;
  *term = g_bytes_new (at, (gsize) length);
  return TRUE;
}

static gboolean
walk_leaf (Walk *self, gint64 leaf, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) term = NULL;
  GBytes *way;
  gboolean is_right;

  if (segment_of (leaf) != self->segment)
    {
      self->segment = segment_of (leaf);
      self->first_leaf = leaf;
      g_clear_pointer (&self->last, g_bytes_unref);
    }
  if (!read_first_term (data, size, &term))
    return FALSE;
  if (term == NULL)
    return TRUE;
  way = g_hash_table_lookup (self->ways, &leaf);
  if (way == NULL)
    return leaf == self->first_leaf;
  is_right = g_bytes_compare (way, term) <= 0 && (self->last == NULL || g_bytes_compare (self->last, way) < 0);
  g_clear_pointer (&self->last, g_bytes_unref);
  self->last = g_steal_pointer (&term);
  return is_right;
}

static gboolean
walk_leaves (Walk *self, OrmConnection *connection, OctavoColumn column, GCancellable *cancellable, GError **error)
{
  OrmStatement *statement =
      prepare (connection, column, "SELECT id, block FROM %s_data WHERE id >= ? ORDER BY id", error);
  gboolean is_right = TRUE;
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, FIRST_LEAF);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW && is_right)
    {
      gint64 id = orm_statement_get_int64 (statement, 0);
      gsize size;
      const guint8 *data = orm_statement_get_blob (statement, 1, &size);

      /* what is higher than a leaf only makes the way through a term's places shorter */
      if ((id >> PAGE_BITS & ((1 << HEIGHT_BITS) - 1)) == 0)
        is_right = walk_leaf (self, id, data, size);
    }
  orm_statement_reset (statement);
  if (step == ORM_STEP_ERROR || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return is_right || refuse (error, "There is no way to a part of the terms");
}

/* octavo_index_check_ways:
 *
 * Looks whether each term of a column can be found. Reading thread.
 *
 * Returns: %FALSE where it cannot, or that could not be looked at */
gboolean
octavo_index_check_ways (OrmConnection *connection, OctavoColumn column, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) ways = read_ways (connection, column, error);
  Walk walk = { .ways = ways };
  gboolean is_right;

  if (ways == NULL)
    return FALSE;
  is_right = walk_leaves (&walk, connection, column, cancellable, error);
  g_clear_pointer (&walk.last, g_bytes_unref);
  return is_right;
}
