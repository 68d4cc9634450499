/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-salvage.h"

#include "octavo-salvage-private.h"
#include "octavo-tag.h"

#include <string.h>

/* Each page of the file gets a label: of which table it is, by the trees as far as they lead, and by what its rows look
 * like where no tree leads there any more. Then the pages are read one by one; no tree is needed for that, so one page
 * that is damaged costs what is on it.
 *
 * Pages on which a long text goes on do not say whose they are. Each is used once: where two rows go on on the same
 * page, or one on a page of a tree, a number was changed on the way there. */

#define TABLE_OF(self, index) ((OctavoSalvageTable *) g_ptr_array_index ((self)->tables, index))

static void
trace_free (gpointer data)
{
  g_free (((OctavoSalvageTrace *) data)->title);
  g_free (data);
}

/* The page that a row is on, the last one of those that were read. */
static const guint8 *
get_page (OctavoSalvage *self, guint32 number)
{
  if (self->page_number != number)
    {
      self->page_number = 0;
      if (!octavo_page_file_read (self->file, number, self->page))
        return NULL;
      self->page_number = number;
    }
  return self->page;
}

/* Whether it may be used for what a row goes on with. */
static gboolean
is_free_for_overflow (OctavoSalvage *self, guint32 page)
{
  return page > 1 && page <= self->file->n_pages && self->labels[page] == OCTAVO_LABEL_NONE;
}

/* Whether the chain is as long as it has to be, and ends there. */
static gboolean
ends_well (OctavoSalvage *self, guint32 page, guint64 n_left)
{
  guint32 content = self->file->page_size - 4;

  while (n_left > 0)
    {
      if (!is_free_for_overflow (self, page) || !octavo_page_file_read (self->file, page, self->overflow))
        return FALSE;
      page = octavo_get_32 (self->overflow);
      n_left -= MIN (n_left, content);
    }
  return page == 0;
}

/* Reads what is behind the page of the row, until something is wrong. */
static void
read_overflow (OctavoSalvage *self, const OctavoCell *cell, OctavoSalvageRow *row)
{
  guint32 content = self->file->page_size - 4;
  guint64 n_left = cell->size - cell->n_local;
  guint32 page = cell->overflow;
  gboolean is_shared_well = FALSE;

  while (n_left > 0)
    {
      guint n = (guint) MIN (n_left, content);

      if (!is_free_for_overflow (self, page))
        break;
      /* the one that is right ends where it has to; of two that do nobody can tell */
      if (self->uses[page] > 1 && !is_shared_well)
        {
          if (!ends_well (self, page, n_left) || self->good_uses[page] > 1)
            break;
          is_shared_well = TRUE;
        }
      if (!octavo_page_file_read (self->file, page, self->overflow))
        break;
      g_byte_array_append (row->bytes, self->overflow + 4, n);
      n_left -= n;
      page = octavo_get_32 (self->overflow);
    }
  if (n_left > 0)
    row->state = OCTAVO_SALVAGE_CUT;
}

/* page: that of the cell. FALSE: this is no record */
gboolean
octavo_salvage_read_cell (OctavoSalvage *self, const OctavoBTreePage *page, OctavoCell *cell, OctavoSalvageRow *row)
{
  guint64 size;

  g_byte_array_set_size (row->bytes, 0);
  row->rowid = cell->rowid;
  row->state = OCTAVO_SALVAGE_WHOLE;
  row->n_fields = octavo_record_parse (cell->local, cell->n_local, row->fields, &size);
  if (row->n_fields == 0)
    return FALSE;
  /* It is said twice how long a record is. By its columns it was read often enough to be right. */
  if (size != cell->size)
    {
      row->state = OCTAVO_SALVAGE_DOUBTFUL;
      if (!octavo_cell_set_size (cell, page, size))
        return FALSE;
    }
  if (size > self->file->size + (guint64) self->file->page_size * g_hash_table_size (self->file->frames->frames))
    return FALSE;
  g_byte_array_append (row->bytes, cell->local, (guint) cell->n_local);
  if (cell->n_local < cell->size)
    {
      OctavoSalvageState state = row->state;

      read_overflow (self, cell, row);
      row->state = MAX (state, row->state);
    }
  return TRUE;
}

/* How many of the rows of a page are those of a table; n_rows (out): how many there are at all */
static guint
count_fitting (OctavoSalvage *self,
               const OctavoBTreePage *page,
               const OctavoSalvageTable *table,
               OctavoSalvageFit least)
{
  g_auto (OctavoSalvageRow) row = { 0 };
  guint n_fitting = 0;

  octavo_salvage_row_init (&row);
  for (guint i = 0; i < page->n_cells; i++)
    {
      OctavoCell cell;

      if (octavo_b_tree_page_get_cell (page, i, &cell) && octavo_salvage_read_cell (self, page, &cell, &row) &&
          octavo_salvage_table_fit (table, row.fields, row.n_fields) >= least &&
          (least < OCTAVO_SALVAGE_FIT_WELL || octavo_salvage_row_agrees (&row, table)))
        n_fitting++;
    }
  return n_fitting;
}

/* A page that holds rows of nothing else will do where its tree says whose it is. */
gboolean
octavo_salvage_may_be_of (OctavoSalvage *self, const OctavoBTreePage *page, guint table)
{
  return page->n_cells == 0 ||
         2 * count_fitting (self, page, TABLE_OF (self, table), OCTAVO_SALVAGE_FIT_NEARLY) >= page->n_cells;
}

static guint8
guess_label (OctavoSalvage *self, const OctavoBTreePage *page)
{
  guint8 label = OCTAVO_LABEL_NONE;
  guint most = 0;

  for (guint i = 0; i < self->tables->len; i++)
    {
      OctavoSalvageTable *table = TABLE_OF (self, i);
      guint n_fitting =
          table->is_index || !table->is_kept ? 0 : count_fitting (self, page, table, OCTAVO_SALVAGE_FIT_WELL);

      /* what has to agree with itself, and does, goes before what says nothing about itself */
      if (n_fitting > most ||
          (n_fitting > 0 && n_fitting == most && octavo_salvage_table_find_column (table, "folded") >= 0))
        {
          most = n_fitting;
          label = OCTAVO_LABEL_FIRST + (guint8) i;
        }
    }
  return 2 * most >= page->n_cells ? label : OCTAVO_LABEL_NONE;
}

/* Leaves to which no tree leads any more; and nodes of lost trees, which tell what else there was. */
static void
label_orphans (OctavoSalvage *self)
{
  g_autofree guint8 *bytes = g_malloc (self->file->page_size);

  for (guint32 number = 2; number <= self->file->n_pages; number++)
    {
      OctavoBTreePage page;

      if (self->labels[number] != OCTAVO_LABEL_NONE || !octavo_page_file_read (self->file, number, bytes) ||
          !octavo_b_tree_page_parse (&page, bytes, self->file->page_size, 0) || page.kind != OCTAVO_PAGE_TABLE_LEAF ||
          page.n_cells == 0)
        continue;
      self->labels[number] = guess_label (self, &page);
      if (self->labels[number] != OCTAVO_LABEL_NONE)
        self->n_orphans++;
    }
}

/* Says of each page how many rows go on there. */
static void
count_uses (OctavoSalvage *self, const OctavoBTreePage *page)
{
  guint32 content = self->file->page_size - 4;

  for (guint i = 0; i < page->n_cells; i++)
    {
      OctavoCell cell;
      guint64 n_left;
      guint32 number;
      gboolean is_good;

      if (page->kind == OCTAVO_PAGE_TABLE_NODE || !octavo_b_tree_page_get_cell (page, i, &cell) || cell.overflow == 0)
        continue;
      n_left = cell.size - cell.n_local;
      if (n_left > self->file->size)
        continue;
      is_good = ends_well (self, cell.overflow, n_left);
      for (number = cell.overflow; n_left > 0 && is_free_for_overflow (self, number); n_left -= MIN (n_left, content))
        {
          self->uses[number] = (guint8) MIN (self->uses[number] + 1, 255);
          if (is_good)
            self->good_uses[number] = (guint8) MIN (self->good_uses[number] + 1, 255);
          if (self->uses[number] > 4 || !octavo_page_file_read (self->file, number, self->overflow))
            break;
          number = octavo_get_32 (self->overflow);
        }
    }
}

/* Remembers where a row is. */
void
octavo_salvage_add_row (OctavoSalvage *self, guint table, guint32 page, guint cell, gint64 rowid)
{
  OctavoSalvagePlace place = { .rowid = rowid, .page = page, .cell = (guint16) cell };

  g_array_append_val (self->places[table], place);
}

/* A head that counts too few cells leaves the others where they are. */
static void
add_rows_of_page (OctavoSalvage *self, const OctavoBTreePage *page, guint32 number, guint table, OctavoSalvageRow *row)
{
  gboolean is_tight = octavo_b_tree_page_is_tight (page, number == 1 ? 100 : 0);
  guint max_cells = is_tight ? page->n_cells : MIN ((page->size - page->array) / 2, page->n_cells + 512);
  gint64 last = G_MININT64;

  if (!is_tight)
    self->is_incomplete[table] = TRUE;
  for (guint i = 0; i < max_cells; i++)
    {
      OctavoCell cell;
      gboolean is_counted = i < page->n_cells;
      OctavoSalvageFit least = is_counted ? OCTAVO_SALVAGE_FIT_NEARLY : OCTAVO_SALVAGE_FIT_WELL;
      gboolean is_read = octavo_b_tree_page_get_cell (page, i, &cell) &&
                         (is_counted || page->array + 2 * (i + 1) <= cell.place) &&
                         octavo_salvage_read_cell (self, page, &cell, row) &&
                         octavo_salvage_table_fit (TABLE_OF (self, table), row->fields, row->n_fields) >= least;

      if (is_read && (is_counted || (row->state == OCTAVO_SALVAGE_WHOLE && cell.rowid > last)))
        octavo_salvage_add_row (self, table, number, i, cell.rowid);
      else if (is_counted)
        self->is_incomplete[table] = TRUE;
      else
        break;
      last = is_read ? MAX (last, cell.rowid) : last;
    }
}

typedef void (
    *EachPage) (OctavoSalvage *self, const OctavoBTreePage *page, guint32 number, guint8 label, gpointer data);

static gboolean
for_each_labelled (OctavoSalvage *self, EachPage func, gpointer data, double from, double to)
{
  g_autofree guint8 *bytes = g_malloc (self->file->page_size);

  for (guint32 number = 1; number <= self->file->n_pages; number++)
    {
      OctavoBTreePage page;
      guint8 label = self->labels[number];

      if (number % 256 == 0 && self->progress != NULL)
        self->progress (from + (to - from) * number / self->file->n_pages, self->user_data);
      if (g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      if (label != OCTAVO_LABEL_NONE && label != OCTAVO_LABEL_FREE &&
          octavo_page_file_read (self->file, number, bytes) &&
          octavo_b_tree_page_parse (&page, bytes, self->file->page_size, number == 1 ? 100 : 0))
        func (self, &page, number, label, data);
    }
  return TRUE;
}

static void
use_page (OctavoSalvage *self, const OctavoBTreePage *page, guint32 number, guint8 label, gpointer data)
{
  count_uses (self, page);
}

static void
take_page (OctavoSalvage *self, const OctavoBTreePage *page, guint32 number, guint8 label, gpointer row)
{
  guint table;

  if (label < OCTAVO_LABEL_FIRST || label > OCTAVO_LABEL_LAST)
    return;
  table = label - OCTAVO_LABEL_FIRST;
  if (page->kind != OCTAVO_PAGE_TABLE_NODE && TABLE_OF (self, table)->table == NULL)
    add_rows_of_page (self, page, number, table, row);
  else if (TABLE_OF (self, table)->table != NULL)
    octavo_salvage_take_index_page (self, page, number, table, row);
}

static gboolean
scan (OctavoSalvage *self)
{
  g_auto (OctavoSalvageRow) row = { 0 };

  octavo_salvage_row_init (&row);
  octavo_salvage_label_trees (self);
  label_orphans (self);
  if (!for_each_labelled (self, use_page, NULL, 0.1, 0.5) || !for_each_labelled (self, take_page, &row, 0.5, 1))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    if (TABLE_OF (self, i)->table != NULL && g_str_equal (TABLE_OF (self, i)->table, "note") && !self->is_incomplete[i])
      self->n_traced++;
  return TRUE;
}

static OctavoSalvage *
salvage_new (OctavoPageFile *file, GPtrArray *tables)
{
  OctavoSalvage *self = g_new0 (OctavoSalvage, 1);

  self->file = file;
  self->tables = g_ptr_array_ref (tables);
  self->labels = g_malloc0 ((gsize) file->n_pages + 1);
  self->uses = g_malloc0 ((gsize) file->n_pages + 1);
  self->good_uses = g_malloc0 ((gsize) file->n_pages + 1);
  self->page = g_malloc (file->page_size);
  self->overflow = g_malloc (file->page_size);
  self->places = g_new0 (GArray *, tables->len + 1);
  self->is_incomplete = g_new0 (gboolean, tables->len + 1);
  for (guint i = 0; i < tables->len; i++)
    self->places[i] = g_array_new (FALSE, FALSE, sizeof (OctavoSalvagePlace));
  self->traces = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, trace_free);
  return self;
}

/**
 * octavo_salvage_new:
 * @file: the pages of a file; has to stay
 * @tables: (element-type OctavoSalvageTable): what its tables look like; no more than two hundred
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): stops it
 *
 * Looks where the rows are. Any thread; blocks.
 *
 * Returns: (transfer full) (nullable): what was found; %NULL where it was stopped
 */
OctavoSalvage *
octavo_salvage_new (OctavoPageFile *file,
                    GPtrArray *tables,
                    OctavoProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable)
{
  g_autoptr (OctavoSalvage) self = NULL;

  g_return_val_if_fail (tables->len <= OCTAVO_LABEL_LAST - OCTAVO_LABEL_FIRST, NULL);

  self = salvage_new (file, tables);
  self->progress = progress;
  self->user_data = user_data;
  self->cancellable = cancellable;
  return scan (self) ? g_steal_pointer (&self) : NULL;
}

/**
 * octavo_salvage_find_notes:
 * @file: the pages of a file
 * @tables: (element-type OctavoSalvageTable): what the tables of notes look like
 * @max_pages: how many pages to look at
 *
 * Looks for a note, or for what says that there is a table of them, as far as pages do not hang together.
 *
 * Returns: whether there is one
 */
gboolean
octavo_salvage_find_notes (OctavoPageFile *file, GPtrArray *tables, guint32 max_pages)
{
  g_autoptr (OctavoSalvage) self = salvage_new (file, tables);
  int note = octavo_salvage_schema_find (tables, "note");
  g_autofree guint8 *bytes = g_malloc (file->page_size);

  octavo_salvage_find_schema (self);
  for (guint32 number = 1; number <= MIN (file->n_pages, max_pages) && !self->has_schema; number++)
    {
      OctavoBTreePage page;

      if (octavo_page_file_read (file, number, bytes) &&
          octavo_b_tree_page_parse (&page, bytes, file->page_size, number == 1 ? 100 : 0) &&
          page.kind == OCTAVO_PAGE_TABLE_LEAF &&
          count_fitting (self, &page, TABLE_OF (self, note), OCTAVO_SALVAGE_FIT_WELL) > 0)
        return TRUE;
    }
  return self->has_schema;
}

/**
 * octavo_salvage_free:
 * @self: (transfer full) (nullable): what was found
 */
void
octavo_salvage_free (OctavoSalvage *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->tables->len; i++)
    g_array_unref (self->places[i]);
  g_free (self->places);
  g_free (self->is_incomplete);
  g_free (self->labels);
  g_free (self->uses);
  g_free (self->good_uses);
  g_free (self->page);
  g_free (self->overflow);
  g_hash_table_unref (self->traces);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

/**
 * octavo_salvage_get_n_rows:
 * @self: what was found
 * @table: which of the tables
 *
 * Returns: how many of its rows there are; one may be among them twice
 */
guint
octavo_salvage_get_n_rows (OctavoSalvage *self, guint table)
{
  return self->places[table]->len;
}

/**
 * octavo_salvage_read_row:
 * @self: what was found
 * @table: which of the tables
 * @index: which of its rows
 * @row: gets it
 *
 * Reads a row, as much of it as there is.
 */
void
octavo_salvage_read_row (OctavoSalvage *self, guint table, guint index, OctavoSalvageRow *row)
{
  const OctavoSalvagePlace *place = &g_array_index (self->places[table], OctavoSalvagePlace, index);
  const guint8 *bytes = get_page (self, place->page);
  OctavoBTreePage page;
  OctavoCell cell;

  row->n_fields = 0;
  row->state = OCTAVO_SALVAGE_CUT;
  row->rowid = place->rowid;
  /* it was there a moment ago, and nobody writes; but the disk may have ceased to read it */
  if (bytes != NULL && octavo_b_tree_page_parse (&page, bytes, self->file->page_size, place->page == 1 ? 100 : 0) &&
      octavo_b_tree_page_get_cell (&page, place->cell, &cell) && octavo_salvage_read_cell (self, &page, &cell, row) &&
      octavo_salvage_table_fit (TABLE_OF (self, table), row->fields, row->n_fields) < OCTAVO_SALVAGE_FIT_WELL &&
      row->n_fields == TABLE_OF (self, table)->columns->len)
    row->state = MAX (row->state, OCTAVO_SALVAGE_DOUBTFUL);
}

/**
 * octavo_salvage_is_complete:
 * @self: what was found
 * @table: which of the tables
 *
 * Returns: whether its tree was read from end to end, and every row on it
 */
gboolean
octavo_salvage_is_complete (OctavoSalvage *self, guint table)
{
  return !self->is_incomplete[table];
}

/**
 * octavo_salvage_get_traces:
 * @self: what was found
 *
 * Returns: (transfer none) (element-type gint64 OctavoSalvageTrace): what the indexes say of notes
 */
GHashTable *
octavo_salvage_get_traces (OctavoSalvage *self)
{
  return self->traces;
}

/**
 * octavo_salvage_get_n_traced:
 * @self: what was found
 *
 * Returns: how many indexes name every note that there was
 */
guint
octavo_salvage_get_n_traced (OctavoSalvage *self)
{
  return self->n_traced;
}

/**
 * octavo_salvage_has_notes:
 * @self: what was found
 *
 * Returns: whether there is a note in it, or the table of notes
 */
gboolean
octavo_salvage_has_notes (OctavoSalvage *self)
{
  int note = octavo_salvage_schema_find (self->tables, "note");

  return (note >= 0 && self->places[note]->len > 0) || self->has_schema;
}

/**
 * octavo_salvage_row_init:
 * @self: gets room for a row
 */
void
octavo_salvage_row_init (OctavoSalvageRow *self)
{
  *self = (OctavoSalvageRow){ .bytes = g_byte_array_new () };
}

/**
 * octavo_salvage_row_clear:
 * @self: a row
 */
void
octavo_salvage_row_clear (OctavoSalvageRow *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

/**
 * octavo_salvage_row_get_bytes:
 * @self: a row
 * @field: which of its columns
 * @length: (out): how many bytes of it could be read
 *
 * Returns: (transfer none) (nullable): a text or bytes, as they are; %NULL where there is nothing of them
 */
const char *
octavo_salvage_row_get_bytes (const OctavoSalvageRow *self, guint field, gsize *length)
{
  const OctavoRecordField *each = &self->fields[field];

  *length = 0;
  if (field >= self->n_fields || (!octavo_record_field_is_text (each) && !octavo_record_field_is_blob (each)) ||
      each->offset > self->bytes->len)
    return NULL;
  *length = (gsize) MIN (each->length, self->bytes->len - each->offset);
  return (const char *) self->bytes->data + each->offset;
}

/**
 * octavo_salvage_row_dup_text:
 * @self: a row
 * @field: which of its columns
 *
 * Returns: (transfer full) (nullable): a text as far as it could be read, and up to the first zero in it
 */
char *
octavo_salvage_row_dup_text (const OctavoSalvageRow *self, guint field)
{
  gsize length;
  const char *bytes = octavo_salvage_row_get_bytes (self, field, &length);

  return bytes != NULL ? g_strndup (bytes, length) : NULL;
}

/**
 * octavo_salvage_row_get_int64:
 * @self: a row
 * @field: which of its columns
 * @value: (out): the number, where there is one
 *
 * Returns: whether there is
 */
gboolean
octavo_salvage_row_get_int64 (const OctavoSalvageRow *self, guint field, gint64 *value)
{
  const OctavoRecordField *each = &self->fields[field];

  if (field >= self->n_fields || !octavo_record_field_is_integer (each) ||
      each->offset + each->length > self->bytes->len)
    return FALSE;
  *value = octavo_record_field_get_int64 (each, self->bytes->data);
  return TRUE;
}

/**
 * octavo_salvage_row_agrees:
 * @self: a row
 * @table: of which it is
 *
 * Where a name and the name that it is found by stand in one row, they have to agree: so tags are told from what looks
 * alike, and names of which something has changed.
 *
 * Returns: whether they do
 */
gboolean
octavo_salvage_row_agrees (const OctavoSalvageRow *self, const OctavoSalvageTable *table)
{
  int name = octavo_salvage_table_find_column (table, "name");
  int folded = octavo_salvage_table_find_column (table, "folded");
  g_autofree char *name_text = NULL;
  g_autofree char *folded_text = NULL;
  g_autofree char *expected = NULL;

  if (name < 0 || folded < 0)
    return TRUE;
  name_text = octavo_salvage_row_dup_text (self, (guint) name);
  folded_text = octavo_salvage_row_dup_text (self, (guint) folded);
  if (name_text == NULL || folded_text == NULL || !g_utf8_validate (name_text, -1, NULL))
    return FALSE;
  expected = octavo_tag_fold_name (name_text);
  return g_str_equal (expected, folded_text);
}

/**
 * octavo_salvage_get_rowid:
 * @self: what was found
 * @table: which of the tables
 * @index: which of its rows
 *
 * Returns: its rowid, without a look at the file
 */
gint64
octavo_salvage_get_rowid (OctavoSalvage *self, guint table, guint index)
{
  return g_array_index (self->places[table], OctavoSalvagePlace, index).rowid;
}
