/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-column.h"
#include "orm-statement.h"

#include <string.h>

G_BEGIN_DECLS

/* The value of one column as it stands in the field of an instance, eight bytes wide: a row is an array of them, read
 * on a thread of the database and moved into an object on the main thread, without a copy in between. Private to the
 * mapper. */
typedef union
{
  gint64   int64;
  double   real;
  gboolean boolean;
  int      enumeration;
  guint    flags;
  gpointer pointer; /* char *, GBytes * or GDateTime * */
} OrmSlot;

void     orm_slot_clear (OrmFieldType type, OrmSlot *self);
OrmSlot  orm_slot_copy (OrmFieldType type, OrmSlot self);
gboolean orm_slot_equal (OrmFieldType type, OrmSlot a, OrmSlot b);

/* In the order of the database, NULL first; blobs and plain texts by their bytes. */
int orm_column_compare (const OrmColumn *column, OrmSlot a, OrmSlot b);

/* Texts and blobs are bound without a copy. */
void    orm_slot_bind (OrmFieldType type, OrmSlot self, OrmStatement *statement, int position);
OrmSlot orm_slot_read (OrmFieldType type, OrmStatement *statement, int column);

void    orm_slot_to_value (OrmFieldType type, OrmSlot self, OrmValue *value);
void    orm_slot_to_gvalue (OrmFieldType type, OrmSlot self, GValue *value);
OrmSlot orm_slot_from_microseconds (gint64 microseconds); /* a date-time */
OrmSlot orm_slot_from_gvalue (OrmFieldType type, const GValue *value);

static inline gboolean
orm_field_type_is_pointer (OrmFieldType type)
{
  return type == ORM_FIELD_TEXT || type == ORM_FIELD_BLOB || type == ORM_FIELD_DATE_TIME;
}

static inline gsize
orm_field_type_get_size (OrmFieldType type)
{
  if (orm_field_type_is_pointer (type))
    return sizeof (gpointer);
  return type == ORM_FIELD_INT64 || type == ORM_FIELD_DOUBLE ? 8 : sizeof (int);
}

/* What the field holds, still owned by it. */
static inline OrmSlot
orm_slot_peek (const OrmColumn *column, gconstpointer instance)
{
  OrmSlot self = { 0 };

  memcpy (&self, (const char *) instance + column->offset, orm_field_type_get_size (column->type));
  return self;
}

/* Hands the value to the field; what it held is not freed. */
static inline void
orm_slot_poke (OrmSlot self, const OrmColumn *column, gpointer instance)
{
  memcpy ((char *) instance + column->offset, &self, orm_field_type_get_size (column->type));
}

G_END_DECLS
