/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orm-test-book.h"

G_DEFINE_FINAL_TYPE (OrmTestAuthor, orm_test_author, ORM_TYPE_ENTITY)
G_DEFINE_FINAL_TYPE (OrmTestBook, orm_test_book, ORM_TYPE_ENTITY)

#define AUTHOR(field) G_STRUCT_OFFSET (OrmTestAuthor, field)
#define BOOK(field)   G_STRUCT_OFFSET (OrmTestBook, field)

static const OrmColumn author_columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, AUTHOR (id) },
  { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE | ORM_COLUMN_NOCASE, AUTHOR (name),
    .max_length = 50 },
};

static const OrmColumn book_columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, BOOK (id) },
  { "title", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED, BOOK (title), .default_value = "'it''s new'" },
  { "pages", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, BOOK (pages), .default_value = "-1", .check = "pages <> 0" },
  { "price", ORM_FIELD_DOUBLE, ORM_COLUMN_DEFAULT, BOOK (price), .default_value = "9.5" },
  { "cover", ORM_FIELD_BLOB, ORM_COLUMN_DEFAULT, BOOK (cover), .default_value = "x'00fF'" },
  { "printed", ORM_FIELD_DATE_TIME, ORM_COLUMN_DEFAULT, BOOK (printed), .default_value = "1000001" },
  { "author_id", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL | ORM_COLUMN_INDEXED, BOOK (author_id), .references = "author",
    .references_column = "id", .on_delete = ORM_ON_DELETE_CASCADE },
  { "next_id", ORM_FIELD_INT64, ORM_COLUMN_DEFAULT, BOOK (next_id), .default_value = "NULL", .references = "book",
    .on_delete = ORM_ON_DELETE_SET_NULL },
};

static void
orm_test_author_class_init (OrmTestAuthorClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "author", author_columns, G_N_ELEMENTS (author_columns));
}

static void
orm_test_author_init (OrmTestAuthor *self)
{
}

static void
orm_test_book_class_init (OrmTestBookClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "book", book_columns, G_N_ELEMENTS (book_columns));
}

static void
orm_test_book_init (OrmTestBook *self)
{
}
