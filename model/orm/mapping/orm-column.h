/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ORM_FIELD_INT64,     /* gint64 field */
  ORM_FIELD_DOUBLE,    /* double */
  ORM_FIELD_BOOLEAN,   /* gboolean; 0 or 1 */
  ORM_FIELD_TEXT,      /* char *, owned */
  ORM_FIELD_BLOB,      /* GBytes *, owned */
  ORM_FIELD_DATE_TIME, /* GDateTime *, owned, UTC; stored as microseconds since 1970 */
  ORM_FIELD_ENUM,      /* int */
  ORM_FIELD_FLAGS,     /* guint */
} OrmFieldType;

typedef enum
{
  ORM_COLUMN_DEFAULT = 0,
  ORM_COLUMN_KEY = 1 << 0, /* INTEGER PRIMARY KEY; 0 in the object means not yet inserted */
  ORM_COLUMN_NOT_NULL = 1 << 1,
  ORM_COLUMN_UNIQUE = 1 << 2,
  ORM_COLUMN_NOCASE = 1 << 3,
  ORM_COLUMN_INDEXED = 1 << 4,
} OrmColumnFlags;

/* What becomes of a row when the one that it refers to is deleted. */
typedef enum
{
  ORM_ON_DELETE_NOTHING, /* refused, at the end of the transaction at the latest */
  ORM_ON_DELETE_RESTRICT,
  ORM_ON_DELETE_CASCADE,
  ORM_ON_DELETE_SET_NULL,
} OrmOnDelete;

/* One column of a class, declared once: its name in the table (the property has the same name with
 * '-' for '_'), its type, and the field of the instance it lives in. */
typedef struct
{
  const char    *name;
  OrmFieldType   type;
  OrmColumnFlags flags;
  gsize          offset;         /* G_STRUCT_OFFSET of the field */
  guint          max_length;     /* characters of a text; 0: any */
  const char    *default_value;  /* SQL literal of the type, or NULL; new objects have it */
  const char    *check;          /* SQL expression, or NULL */
  GType (*value_type) (void);    /* of an enum or flags */
  const char *references;        /* the table whose rows it refers to, or NULL */
  const char *references_column; /* NULL: its key */
  OrmOnDelete on_delete;
} OrmColumn;

G_END_DECLS
