/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-salvage-private.h"

#include "octavo-schema.h"

#include <string.h>

/* From the roots down. Where the roots are the table of the schema says; its own pages are known by their looks as
 * well. A root that nobody tells of is looked for where it is in a new file. */

#define MAX_DEPTH         24
#define MAX_TRUNKS        1000000
#define APPLICATION_ID_AT 68

static gboolean walk (OctavoSalvage *self, guint32 number, guint8 label, gboolean is_index, guint depth);

static gboolean
walk_children (OctavoSalvage *self, const OctavoBTreePage *page, guint8 label, gboolean is_index, guint depth)
{
  gboolean is_whole = TRUE;

  for (guint i = 0; i < page->n_cells; i++)
    {
      OctavoCell cell;

      if (!octavo_b_tree_page_get_cell (page, i, &cell))
        is_whole = FALSE;
      if (cell.child != 0)
        is_whole &= walk (self, cell.child, label, is_index, depth + 1);
    }
  return walk (self, page->right, label, is_index, depth + 1) && is_whole;
}

static gboolean
has_kind (const OctavoBTreePage *page, gboolean is_index)
{
  return is_index ? page->kind == OCTAVO_PAGE_INDEX_NODE || page->kind == OCTAVO_PAGE_INDEX_LEAF
                  : page->kind == OCTAVO_PAGE_TABLE_NODE || page->kind == OCTAVO_PAGE_TABLE_LEAF;
}

/* Nothing of the one that is looked for may be on the page: then it is left to be known by its looks. */
static gboolean
is_strange (OctavoSalvage *self, const OctavoBTreePage *page, guint8 label)
{
  return label <= OCTAVO_LABEL_LAST && page->kind != OCTAVO_PAGE_TABLE_NODE &&
         !octavo_salvage_may_be_of (self, page, label - OCTAVO_LABEL_FIRST);
}

/* Whether everything below this page was there. */
static gboolean
walk (OctavoSalvage *self, guint32 number, guint8 label, gboolean is_index, guint depth)
{
  g_autofree guint8 *bytes = NULL;
  OctavoBTreePage page;

  if (depth > MAX_DEPTH || number == 0 || number > self->file->n_pages || self->labels[number] != OCTAVO_LABEL_NONE ||
      g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  bytes = g_malloc (self->file->page_size);
  if (!octavo_page_file_read (self->file, number, bytes) ||
      !octavo_b_tree_page_parse (&page, bytes, self->file->page_size, number == 1 ? 100 : 0) ||
      !has_kind (&page, is_index) || is_strange (self, &page, label))
    return FALSE;
  self->labels[number] = label;
  return octavo_b_tree_page_is_leaf (&page) || walk_children (self, &page, label, is_index, depth);
}

typedef struct
{
  guint32 root;
  gboolean is_index; /* as its root page is */
} Tree;

/* What a row of the schema says. */
static void
take_schema_row (OctavoSalvage *self, const OctavoSalvageRow *row, GHashTable *trees)
{
  g_autofree char *name = octavo_salvage_row_dup_text (row, 1);
  g_autofree char *sql = octavo_salvage_row_dup_text (row, 4);
  gint64 root = 0;
  Tree *tree;

  if (name == NULL || !octavo_salvage_row_get_int64 (row, 3, &root) || root <= 1 || root > self->file->n_pages)
    return;
  self->has_schema |= g_str_equal (name, "note") && sql != NULL && strstr (sql, "front_matter") != NULL;
  tree = g_new0 (Tree, 1);
  tree->root = (guint32) root;
  g_hash_table_replace (trees, g_steal_pointer (&name), tree);
}

static void
take_schema_page (OctavoSalvage *self, const OctavoBTreePage *page, const OctavoSalvageTable *schema, GHashTable *trees)
{
  g_auto (OctavoSalvageRow) row = { 0 };

  octavo_salvage_row_init (&row);
  for (guint i = 0; i < page->n_cells; i++)
    {
      OctavoCell cell;

      if (octavo_b_tree_page_get_cell (page, i, &cell) && octavo_salvage_read_cell (self, page, &cell, &row) &&
          octavo_salvage_table_fit (schema, row.fields, row.n_fields) == OCTAVO_SALVAGE_FIT_WELL)
        take_schema_row (self, &row, trees);
    }
}

/* Of what its tree does not lead to, pages that look like nothing else. */
static void
find_schema (OctavoSalvage *self, GHashTable *trees)
{
  int index = octavo_salvage_schema_find (self->tables, "sqlite_schema");
  guint8 label = OCTAVO_LABEL_FIRST + (guint8) index;
  gboolean is_whole = walk (self, 1, label, FALSE, 0);
  g_autofree guint8 *bytes = g_malloc (self->file->page_size);

  /* the head says as much where the table of tables is gone */
  self->has_schema = octavo_page_file_get_head (self->file, APPLICATION_ID_AT) == OCTAVO_SCHEMA_FILE_ID;
  self->is_incomplete[index] = !is_whole;
  for (guint32 number = 1; number <= self->file->n_pages; number++)
    {
      OctavoBTreePage page;

      if ((is_whole && self->labels[number] != label) || !octavo_page_file_read (self->file, number, bytes) ||
          !octavo_b_tree_page_parse (&page, bytes, self->file->page_size, number == 1 ? 100 : 0) ||
          page.kind != OCTAVO_PAGE_TABLE_LEAF || page.n_cells == 0)
        continue;
      if (self->labels[number] == OCTAVO_LABEL_NONE && octavo_salvage_may_be_of (self, &page, (guint) index))
        self->labels[number] = label;
      if (self->labels[number] == label)
        take_schema_page (self, &page, g_ptr_array_index (self->tables, index), trees);
    }
}

static gboolean
is_index_root (OctavoSalvage *self, guint32 number)
{
  OctavoBTreePage page;

  return octavo_page_file_read (self->file, number, self->overflow) &&
         octavo_b_tree_page_parse (&page, self->overflow, self->file->page_size, 0) && has_kind (&page, TRUE);
}

/* The pages that are in no use. Where the list of them leads into a tree it is the list that is wrong. */
static void
label_free (OctavoSalvage *self)
{
  guint32 trunk = octavo_page_file_get_head (self->file, 32);
  guint32 n_left = octavo_page_file_get_head (self->file, 36);

  for (guint n = 0; trunk > 1 && trunk <= self->file->n_pages && n < MAX_TRUNKS && n_left > 0; n++)
    {
      guint32 n_leaves;

      if (self->labels[trunk] != OCTAVO_LABEL_NONE || !octavo_page_file_read (self->file, trunk, self->overflow))
        return;
      n_leaves = octavo_get_32 (self->overflow + 4);
      if (n_leaves > self->file->page_size / 4 - 2 || n_leaves + 1 > n_left)
        return;
      self->labels[trunk] = OCTAVO_LABEL_FREE;
      for (guint32 i = 0; i < n_leaves; i++)
        {
          guint32 leaf = octavo_get_32 (self->overflow + 8 + 4 * i);

          if (leaf > 1 && leaf <= self->file->n_pages && self->labels[leaf] == OCTAVO_LABEL_NONE)
            self->labels[leaf] = OCTAVO_LABEL_FREE;
        }
      n_left -= n_leaves + 1;
      trunk = octavo_get_32 (self->overflow);
    }
}

static void
label_known (OctavoSalvage *self, GHashTable *trees)
{
  gboolean is_schema_whole = !self->is_incomplete[octavo_salvage_schema_find (self->tables, "sqlite_schema")];

  for (guint i = 0; i < self->tables->len; i++)
    {
      OctavoSalvageTable *table = g_ptr_array_index (self->tables, i);
      Tree *tree = g_hash_table_lookup (trees, table->name);

      /* an older version does not have all of them, and what it does not have is not missing */
      if (g_str_equal (table->name, "sqlite_schema") || (tree == NULL && is_schema_whole))
        continue;
      self->is_incomplete[i] =
          !walk (self, tree != NULL ? tree->root : table->root, OCTAVO_LABEL_FIRST + (guint8) i, table->is_index, 0);
      g_hash_table_remove (trees, table->name);
    }
}

/* Looks only whether the schema has a table of notes. */
void
octavo_salvage_find_schema (OctavoSalvage *self)
{
  g_autoptr (GHashTable) trees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  find_schema (self, trees);
}

/* Follows the trees from their roots, and the list of free pages. */
void
octavo_salvage_label_trees (OctavoSalvage *self)
{
  g_autoptr (GHashTable) trees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer value;

  find_schema (self, trees);
  label_known (self, trees);
  g_hash_table_iter_init (&iter, trees);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      guint32 root = ((Tree *) value)->root;

      walk (self, root, OCTAVO_LABEL_OTHER, is_index_root (self, root), 0);
    }
  label_free (self);
}

static void
note_trace (OctavoSalvage *self, const OctavoSalvageTable *index, const OctavoSalvageRow *row)
{
  int title = octavo_salvage_table_find_column (index, "title");
  int updated = octavo_salvage_table_find_column (index, "updated");
  OctavoSalvageTrace *trace;
  gint64 id;

  if (!octavo_salvage_row_get_int64 (row, row->n_fields - 1, &id) || row->state != OCTAVO_SALVAGE_WHOLE)
    return;
  trace = g_hash_table_lookup (self->traces, &id);
  if (trace == NULL)
    {
      trace = g_new0 (OctavoSalvageTrace, 1);
      g_hash_table_insert (self->traces, g_memdup2 (&id, sizeof id), trace);
    }
  trace->n_votes++;
  if (title >= 0 && trace->title == NULL)
    trace->title = octavo_salvage_row_dup_text (row, (guint) title);
  if (updated >= 0)
    octavo_salvage_row_get_int64 (row, (guint) updated, &trace->updated);
}

/* Notes what an index says of notes; and of a table without rowid its indexes say as much as the table. */
void
octavo_salvage_take_index_page (OctavoSalvage *self,
                                const OctavoBTreePage *page,
                                guint32 number,
                                guint index,
                                OctavoSalvageRow *row)
{
  const OctavoSalvageTable *each = g_ptr_array_index (self->tables, index);
  int parent = octavo_salvage_schema_find (self->tables, each->table);
  gboolean is_of_notes = g_str_equal (each->table, "note");
  gboolean is_twin = parent >= 0 && ((OctavoSalvageTable *) g_ptr_array_index (self->tables, parent))->is_index;

  for (guint i = 0; i < page->n_cells; i++)
    {
      OctavoCell cell;

      if (!octavo_b_tree_page_get_cell (page, i, &cell) || !octavo_salvage_read_cell (self, page, &cell, row) ||
          octavo_salvage_table_fit (each, row->fields, row->n_fields) != OCTAVO_SALVAGE_FIT_WELL)
        {
          self->is_incomplete[index] = TRUE;
          continue;
        }
      if (is_of_notes)
        note_trace (self, each, row);
      else if (is_twin)
        octavo_salvage_add_row (self, index, number, i, 0);
    }
  if (!octavo_b_tree_page_is_tight (page, 0))
    self->is_incomplete[index] = TRUE;
}
