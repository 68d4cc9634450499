/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-user.h"
#include "octavo-note.h"
#include "orm-relation.h"

/* A person whose notes are in the file. Most files have one. */

struct _OctavoUser
{
  OrmEntity parent_instance;

  gint64 id;
  char *name;
  char *folded;
  char *email;
  char *color;
  gint64 created;
};

struct _OctavoUserClass
{
  OrmEntityClass parent_class;
};

G_DEFINE_FINAL_TYPE (OctavoUser, octavo_user, ORM_TYPE_ENTITY)

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (OctavoUser, id) },
  { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoUser, name), 200 },
  { "folded", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, G_STRUCT_OFFSET (OctavoUser, folded) },
  { "email", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoUser, email), 0, "''" },
  { "color", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoUser, color), 0, "''" },
  { "created", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoUser, created) },
};

static const OrmRelation relations[] = {
  { .name = "notes", .kind = ORM_RELATION_HAS_MANY, .target = octavo_note_get_type, .back_populates = "user" },
};

static void
octavo_user_class_init (OctavoUserClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "user", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, G_N_ELEMENTS (relations));
}

static void
octavo_user_init (OctavoUser *self)
{
}

/**
 * octavo_user_get_id:
 * @self: a user
 *
 * Returns: the id of the user
 */
gint64
octavo_user_get_id (OctavoUser *self)
{
  g_return_val_if_fail (OCTAVO_IS_USER (self), 0);

  return self->id;
}

/**
 * octavo_user_get_name:
 * @self: a user
 *
 * Returns: (transfer none): the name
 */
const char *
octavo_user_get_name (OctavoUser *self)
{
  g_return_val_if_fail (OCTAVO_IS_USER (self), NULL);

  return self->name != NULL ? self->name : ""; /* only a damaged file has none */
}

/**
 * octavo_user_get_email:
 * @self: a user
 *
 * Returns: (transfer none): the mail address, "" for none
 */
const char *
octavo_user_get_email (OctavoUser *self)
{
  g_return_val_if_fail (OCTAVO_IS_USER (self), NULL);

  return self->email;
}

/**
 * octavo_user_get_color:
 * @self: a user
 *
 * Returns: (transfer none): the name of a colour, "" where none was chosen
 */
const char *
octavo_user_get_color (OctavoUser *self)
{
  g_return_val_if_fail (OCTAVO_IS_USER (self), NULL);

  return self->color != NULL ? self->color : "";
}

/**
 * octavo_user_get_created:
 * @self: a user
 *
 * Returns: when the user was made, in microseconds since 1970, UTC
 */
gint64
octavo_user_get_created (OctavoUser *self)
{
  g_return_val_if_fail (OCTAVO_IS_USER (self), 0);

  return self->created;
}
