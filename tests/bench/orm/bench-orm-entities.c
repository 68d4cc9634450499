/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-orm-entities.h"

/* The classes that the mapper's engine reads notes into. */

G_DEFINE_FINAL_TYPE (BenchUser, bench_user, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (BenchTag, bench_tag, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (BenchNote, bench_note, ORM_TYPE_ENTITY)

static const OrmColumn user_columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (BenchUser, id) },
  { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, G_STRUCT_OFFSET (BenchUser, name) },
};

static const OrmColumn tag_columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (BenchTag, id) },
  { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, G_STRUCT_OFFSET (BenchTag, name) },
};

static const OrmColumn note_columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (BenchNote, id) },
  { "author", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED, G_STRUCT_OFFSET (BenchNote, author) },
  { "created", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (BenchNote, created) },
  { "updated", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED, G_STRUCT_OFFSET (BenchNote, updated) },
  { "pinned", ORM_FIELD_BOOLEAN, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (BenchNote, pinned) },
  { "title", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (BenchNote, title) },
  { "excerpt", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (BenchNote, excerpt) },
  { "body", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (BenchNote, body) },
};

static void
bench_user_class_init (BenchUserClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "user", user_columns, G_N_ELEMENTS (user_columns));
}

static void
bench_user_init (BenchUser *self)
{
}

static void
bench_tag_class_init (BenchTagClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "tag", tag_columns, G_N_ELEMENTS (tag_columns));
}

static void
bench_tag_init (BenchTag *self)
{
}

static const OrmRelation note_relations[] = {
  { "user", ORM_RELATION_BELONGS_TO, bench_user_get_type, .column = "author" },
  { "tags", ORM_RELATION_MANY_TO_MANY, bench_tag_get_type, .column = "note", .through = "note_tag",
    .target_column = "tag" },
};

static void
bench_note_class_init (BenchNoteClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "note", note_columns, G_N_ELEMENTS (note_columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), note_relations, G_N_ELEMENTS (note_relations));
}

static void
bench_note_init (BenchNote *self)
{
}
