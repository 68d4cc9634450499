/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-b-tree-page.h"

#define MAX_RECORD G_GUINT64_CONSTANT (2147483647) /* bytes; SQLite keeps none that is longer */

static guint
get_16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static guint32
get_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/**
 * octavo_varint_read:
 * @bytes: (array length=size): where the number begins
 * @size: how many bytes there are
 * @value: (out): the number
 *
 * Returns: how many bytes it has; 0 where it is not whole
 */
guint
octavo_varint_read (const guint8 *bytes, gsize size, guint64 *value)
{
  guint64 number = 0;

  for (guint i = 0; i < 9 && i < size; i++)
    {
      if (i == 8)
        {
          *value = number << 8 | bytes[i];
          return 9;
        }
      number = number << 7 | (bytes[i] & 0x7f);
      if ((bytes[i] & 0x80) == 0)
        {
          *value = number;
          return i + 1;
        }
    }
  return 0;
}

static gboolean
is_node (OctavoPageKind kind)
{
  return kind == OCTAVO_PAGE_INDEX_NODE || kind == OCTAVO_PAGE_TABLE_NODE;
}

static gboolean
is_table (OctavoPageKind kind)
{
  return kind == OCTAVO_PAGE_TABLE_NODE || kind == OCTAVO_PAGE_TABLE_LEAF;
}

/**
 * octavo_b_tree_page_parse:
 * @self: (out): gets what the head of the page says
 * @bytes: (array length=size): the page, which has to stay
 * @size: its size
 * @offset: where its head begins
 *
 * Returns: whether this may be a page of a tree
 */
gboolean
octavo_b_tree_page_parse (OctavoBTreePage *self, const guint8 *bytes, guint32 size, guint32 offset)
{
  guint32 head;

  if (offset + 12 > size)
    return FALSE;
  self->bytes = bytes;
  self->size = size;
  self->kind = bytes[offset];
  if (!is_node (self->kind) && self->kind != OCTAVO_PAGE_INDEX_LEAF && self->kind != OCTAVO_PAGE_TABLE_LEAF)
    return FALSE;
  head = is_node (self->kind) ? 12 : 8;
  self->n_cells = get_16 (bytes + offset + 3);
  self->array = offset + head;
  self->start = get_16 (bytes + offset + 5);
  if (self->start == 0)
    self->start = 65536;
  self->right = is_node (self->kind) ? get_32 (bytes + offset + 8) : 0;
  /* A page is not told by this alone where it is damaged: any sixteen bits do. */
  return self->array + 2 * (guint64) self->n_cells <= size && self->start <= size;
}

/**
 * octavo_b_tree_page_is_leaf:
 * @self: a page of a tree
 *
 * Returns: whether it has no children
 */
gboolean
octavo_b_tree_page_is_leaf (const OctavoBTreePage *self)
{
  return !is_node (self->kind);
}

/* How many bytes of a record of that size stand on the page itself. */
static gsize
get_local_size (const OctavoBTreePage *self, guint64 size)
{
  guint64 usable = self->size;
  guint64 max = is_table (self->kind) ? usable - 35 : (usable - 12) * 64 / 255 - 23;
  guint64 min = (usable - 12) * 32 / 255 - 23;
  guint64 local;

  if (size <= max)
    return (gsize) size;
  local = min + (size - min) % (usable - 4);
  return (gsize) (local <= max ? local : min);
}

/**
 * octavo_cell_set_size:
 * @self: a cell that has a record
 * @page: its page
 * @size: of the record
 *
 * Says where the record goes on if it has that size. Other places of @self stay.
 *
 * Returns: whether the page has as much of it as it would then have to
 */
gboolean
octavo_cell_set_size (OctavoCell *self, const OctavoBTreePage *page, guint64 size)
{
  guint32 offset = (guint32) (self->local - page->bytes);

  if (size > MAX_RECORD)
    return FALSE;
  self->size = size;
  self->n_local = get_local_size (page, size);
  self->overflow = 0;
  if (offset + (guint64) self->n_local + (self->n_local < size ? 4 : 0) > page->size)
    return FALSE;
  if (self->n_local < size)
    self->overflow = get_32 (self->local + self->n_local);
  self->length = offset - self->place + (guint32) self->n_local + (self->n_local < size ? 4 : 0);
  return TRUE;
}

/**
 * octavo_b_tree_page_get_cell:
 * @self: a page of a tree
 * @index: which of its cells; one behind the last may be left from a head that counts too few
 * @cell: (out): gets what it says
 *
 * Returns: whether it is whole
 */
gboolean
octavo_b_tree_page_get_cell (const OctavoBTreePage *self, guint index, OctavoCell *cell)
{
  guint32 place = self->array + 2 * index;
  guint64 value;
  guint length;

  *cell = (OctavoCell){ 0 };
  if (place + 2 > self->size)
    return FALSE;
  place = get_16 (self->bytes + place);
  cell->place = place;
  if (place < self->array || place + 4 > self->size)
    return FALSE;
  if (is_node (self->kind))
    {
      cell->child = get_32 (self->bytes + place);
      place += 4;
    }
  if (self->kind != OCTAVO_PAGE_TABLE_NODE)
    {
      length = octavo_varint_read (self->bytes + place, self->size - place, &value);
      if (length == 0)
        return FALSE;
      place += length;
      cell->size = value;
    }
  if (is_table (self->kind))
    {
      length = octavo_varint_read (self->bytes + place, self->size - place, &value);
      if (length == 0)
        return FALSE;
      place += length;
      cell->rowid = (gint64) value;
    }
  cell->local = self->bytes + place;
  cell->length = place - cell->place;
  return self->kind == OCTAVO_PAGE_TABLE_NODE || octavo_cell_set_size (cell, self, cell->size);
}

/**
 * octavo_b_tree_page_is_tight:
 * @self: a page of a tree
 * @offset: where its head begins
 *
 * Adds up what the page says of its parts. A cell takes four bytes at least.
 *
 * Returns: whether that is the whole page
 */
gboolean
octavo_b_tree_page_is_tight (const OctavoBTreePage *self, guint32 offset)
{
  guint64 sum = self->array + 2 * (guint64) self->n_cells;
  guint32 free_block = get_16 (self->bytes + offset + 1);

  if (sum > self->start)
    return FALSE;
  sum = self->start + (guint64) self->bytes[offset + 7];
  for (guint i = 0; i < self->n_cells; i++)
    {
      OctavoCell cell;

      if (!octavo_b_tree_page_get_cell (self, i, &cell))
        return FALSE;
      sum += MAX (cell.length, 4);
    }
  for (guint i = 0; free_block != 0 && i < self->size; i++)
    {
      if (free_block + 4 > self->size)
        return FALSE;
      sum += get_16 (self->bytes + free_block + 2);
      free_block = get_16 (self->bytes + free_block);
    }
  return sum == self->size;
}

static guint64
get_length (guint64 type)
{
  static const guint8 lengths[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };

  return type < G_N_ELEMENTS (lengths) ? lengths[type] : (type - 12) / 2;
}

/**
 * octavo_record_parse:
 * @bytes: (array length=n_bytes): the beginning of a record
 * @n_bytes: how many bytes are there
 * @fields: (out caller-allocates): room for %OCTAVO_RECORD_MAX_FIELDS
 * @size: (out): how long the record is by what its columns say
 *
 * Returns: how many columns there are; 0: this is no record
 */
guint
octavo_record_parse (const guint8 *bytes, gsize n_bytes, OctavoRecordField *fields, guint64 *size)
{
  guint64 head, offset;
  guint length = octavo_varint_read (bytes, n_bytes, &head);
  gsize place = length;
  guint n_fields = 0;

  if (length == 0 || head < length || head > n_bytes)
    return 0;
  offset = head;
  while (place < head)
    {
      OctavoRecordField *field = &fields[n_fields];

      length = octavo_varint_read (bytes + place, (gsize) head - place, &field->type);
      if (length == 0 || n_fields == OCTAVO_RECORD_MAX_FIELDS - 1 || field->type == 10 || field->type == 11)
        return 0;
      field->offset = offset;
      field->length = get_length (field->type);
      if (field->length > MAX_RECORD)
        return 0;
      offset += field->length;
      place += length;
      n_fields++;
    }
  *size = offset;
  return offset <= MAX_RECORD ? n_fields : 0;
}

/**
 * octavo_record_field_is_null:
 * @self: a column
 *
 * Returns: whether there is nothing in it
 */
gboolean
octavo_record_field_is_null (const OctavoRecordField *self)
{
  return self->type == 0;
}

/**
 * octavo_record_field_is_integer:
 * @self: a column
 *
 * Returns: whether a whole number is in it
 */
gboolean
octavo_record_field_is_integer (const OctavoRecordField *self)
{
  return (self->type >= 1 && self->type <= 6) || self->type == 8 || self->type == 9;
}

/**
 * octavo_record_field_is_real:
 * @self: a column
 *
 * Returns: whether a number with a fraction is in it
 */
gboolean
octavo_record_field_is_real (const OctavoRecordField *self)
{
  return self->type == 7;
}

/**
 * octavo_record_field_is_text:
 * @self: a column
 *
 * Returns: whether a text is in it
 */
gboolean
octavo_record_field_is_text (const OctavoRecordField *self)
{
  return self->type >= 13 && self->type % 2 == 1;
}

/**
 * octavo_record_field_is_blob:
 * @self: a column
 *
 * Returns: whether bytes are in it
 */
gboolean
octavo_record_field_is_blob (const OctavoRecordField *self)
{
  return self->type >= 12 && self->type % 2 == 0;
}

/**
 * octavo_record_field_get_int64:
 * @self: a column with a whole number
 * @bytes: the record
 *
 * Returns: the number
 */
gint64
octavo_record_field_get_int64 (const OctavoRecordField *self, const guint8 *bytes)
{
  guint64 value;

  if (self->type == 8 || self->type == 9)
    return self->type == 9 ? 1 : 0;
  if (self->length == 0)
    return 0;
  value = (bytes[self->offset] & 0x80) != 0 ? G_MAXUINT64 : 0;
  for (guint64 i = 0; i < self->length; i++)
    value = value << 8 | bytes[self->offset + i];
  return (gint64) value;
}
