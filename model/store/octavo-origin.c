/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-origin-private.h"

/* Nobody holds an origin: the class is what the mapper knows of its row, for the queries of imports. */

struct _OctavoOrigin
{
  OrmEntity parent_instance;

  gint64 note_id;
  char *location;
  char *file_digest;
  char *note_digest;
};

G_DEFINE_FINAL_TYPE (OctavoOrigin, octavo_origin, ORM_TYPE_ENTITY)

#define FIELD(name) G_STRUCT_OFFSET (OctavoOrigin, name)

static const OrmColumn columns[] = {
  { "note_id", ORM_FIELD_INT64, ORM_COLUMN_KEY, FIELD (note_id), .references = "note",
    .on_delete = ORM_ON_DELETE_CASCADE },
  { "location", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, FIELD (location) },
  { "file_digest", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED, FIELD (file_digest) },
  { "note_digest", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, FIELD (note_digest) },
};

static void
octavo_origin_class_init (OctavoOriginClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "note_origin", columns, G_N_ELEMENTS (columns));
}

static void
octavo_origin_init (OctavoOrigin *self)
{
}
