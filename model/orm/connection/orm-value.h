/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ORM_VALUE_NULL,
  ORM_VALUE_INT64,
  ORM_VALUE_DOUBLE,
  ORM_VALUE_TEXT,
  ORM_VALUE_BLOB,
} OrmValueType;

/* A plain value on its way to or from SQLite. It may cross threads; it owns its text or blob. */
typedef struct
{
  OrmValueType type;
  union
  {
    gint64  int64;
    double  real;
    char   *text;
    GBytes *blob;
  };
} OrmValue;

#define ORM_VALUE_INIT                                                                                                 \
  {                                                                                                                    \
    .type = ORM_VALUE_NULL                                                                                             \
  }

void     orm_value_set_null (OrmValue *self);
void     orm_value_set_int64 (OrmValue *self, gint64 value);
void     orm_value_set_double (OrmValue *self, double value);
void     orm_value_set_text (OrmValue *self, const char *text);
void     orm_value_take_text (OrmValue *self, char *text);
void     orm_value_set_blob (OrmValue *self, GBytes *blob);
void     orm_value_copy (const OrmValue *self, OrmValue *copy);
gboolean orm_value_equal (const OrmValue *a, const OrmValue *b);
void     orm_value_clear (OrmValue *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrmValue, orm_value_clear)

G_END_DECLS
