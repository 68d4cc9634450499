/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-error.h"
#include "octavo-note.h"
#include "octavo-tag-private.h"
#include "orm-relation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A tag, and what makes two names the same tag. How many notes have it is counted by the repository. */

struct _OctavoTag
{
  OrmEntity parent_instance;

  gint64 id;
  char *name;
  char *folded;
  char *color;
  gint64 n_notes;
  gint64 n_notes_in_tree;
  GArray *user_counts; /* (element-type OctavoTagUserCount) (nullable): there is one user */
};

struct _OctavoTagClass
{
  OrmEntityClass parent_class;
};

G_DEFINE_FINAL_TYPE (OctavoTag, octavo_tag, ORM_TYPE_ENTITY)

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (OctavoTag, id) },
  { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoTag, name), OCTAVO_TAG_MAX_LENGTH },
  { "folded", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, G_STRUCT_OFFSET (OctavoTag, folded) },
  { "color", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoTag, color), 0, "''" },
};

static const OrmRelation relations[] = {
  { .name = "notes", .kind = ORM_RELATION_MANY_TO_MANY, .target = octavo_note_get_type, .back_populates = "tags" },
};

/* The mapper's properties are 1 to the number of columns. */
enum
{
  PROP_N_NOTES = G_N_ELEMENTS (columns) + 1,
  PROP_N_NOTES_IN_TREE,
};

static GParamSpec *n_notes_property;
static GParamSpec *n_notes_in_tree_property;

static void
octavo_tag_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_N_NOTES)
    g_value_set_int64 (value, OCTAVO_TAG (object)->n_notes);
  else if (property_id == PROP_N_NOTES_IN_TREE)
    g_value_set_int64 (value, OCTAVO_TAG (object)->n_notes_in_tree);
  else
    G_OBJECT_CLASS (octavo_tag_parent_class)->get_property (object, property_id, value, pspec);
}

static GParamSpec *
install_count (GObjectClass *object_class, guint property_id, const char *name)
{
  GParamSpec *property = g_param_spec_int64 (name, NULL, NULL, 0, G_MAXINT64, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_property (object_class, property_id, property);
  return property;
}

static void
octavo_tag_finalize (GObject *object)
{
  g_clear_pointer (&OCTAVO_TAG (object)->user_counts, g_array_unref);
  G_OBJECT_CLASS (octavo_tag_parent_class)->finalize (object);
}

static void
octavo_tag_class_init (OctavoTagClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "tag", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), relations, G_N_ELEMENTS (relations));

  object_class->finalize = octavo_tag_finalize;
  object_class->get_property = octavo_tag_get_property;
  n_notes_property = install_count (object_class, PROP_N_NOTES, "n-notes");
  n_notes_in_tree_property = install_count (object_class, PROP_N_NOTES_IN_TREE, "n-notes-in-tree");
}

static void
octavo_tag_init (OctavoTag *self)
{
}

/**
 * octavo_tag_new:
 * @id: its id in the file; below 0: there is none, as it is a path only
 * @name: its name
 * @color: the name of its colour, "" for none
 * @n_notes: how many notes have it
 * @n_notes_in_tree: how many have it or a tag under it
 *
 * Makes a tag as it was read from the file. Main thread.
 *
 * Returns: (transfer full): the tag
 */
OctavoTag *
octavo_tag_new (gint64 id, const char *name, const char *color, gint64 n_notes, gint64 n_notes_in_tree)
{
  OctavoTag *self;

  g_return_val_if_fail (name != NULL && color != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_TAG, NULL);
  self->id = id;
  self->n_notes = n_notes;
  self->n_notes_in_tree = n_notes_in_tree;
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->folded);
  self->folded = octavo_tag_fold_name (name);
  g_free (self->color);
  self->color = g_strdup (color);
  return self;
}

/**
 * octavo_tag_set_color:
 * @self: a tag
 * @color: the name of its colour, "" for none
 *
 * Sets the colour, and notifies where it is another. Main thread.
 */
void
octavo_tag_set_color (OctavoTag *self, const char *color)
{
  g_return_if_fail (OCTAVO_IS_TAG (self));
  g_return_if_fail (color != NULL);

  if (strcmp (octavo_tag_get_color (self), color) == 0)
    return;

  g_free (self->color);
  self->color = g_strdup (color);
  g_object_notify (G_OBJECT (self), "color");
}

static void
set_count (OctavoTag *self, gint64 *count, gint64 value, GParamSpec *property)
{
  if (*count == value)
    return;

  *count = value;
  g_object_notify_by_pspec (G_OBJECT (self), property);
}

/**
 * octavo_tag_set_counts:
 * @self: a tag
 * @n_notes: how many notes have it
 * @n_notes_in_tree: how many have it or a tag under it
 *
 * Sets the counts and notifies of those that differ. Main thread.
 */
void
octavo_tag_set_counts (OctavoTag *self, gint64 n_notes, gint64 n_notes_in_tree)
{
  g_return_if_fail (OCTAVO_IS_TAG (self));

  set_count (self, &self->n_notes, n_notes, n_notes_property);
  set_count (self, &self->n_notes_in_tree, n_notes_in_tree, n_notes_in_tree_property);
}

static gboolean
is_same (const GArray *one, const GArray *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return one->len == other->len &&
         (one->len == 0 || memcmp (one->data, other->data, one->len * sizeof (OctavoTagUserCount)) == 0);
}

/**
 * octavo_tag_set_user_counts:
 * @self: a tag
 * @counts: (nullable) (element-type OctavoTagUserCount): how many notes of each user have it or a tag under it, in the
 *   order of the users; %NULL: there is one user
 *
 * Sets the counts of users and notifies where they differ. Main thread.
 */
void
octavo_tag_set_user_counts (OctavoTag *self, GArray *counts)
{
  g_return_if_fail (OCTAVO_IS_TAG (self));

  if (is_same (self->user_counts, counts))
    return;
  g_clear_pointer (&self->user_counts, g_array_unref);
  self->user_counts = counts != NULL ? g_array_ref (counts) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), n_notes_in_tree_property);
}

/**
 * octavo_tag_get_id:
 * @self: a tag
 *
 * Returns: the id of the tag; below 0 where it is a path only
 */
gint64
octavo_tag_get_id (OctavoTag *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), 0);

  return self->id;
}

/**
 * octavo_tag_get_name:
 * @self: a tag
 *
 * Returns: (transfer none): its whole name, with those of its parents
 */
const char *
octavo_tag_get_name (OctavoTag *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), NULL);

  return self->name;
}

/**
 * octavo_tag_get_folded_name:
 * @self: a tag
 *
 * Returns: (transfer none): what all ways to write its name have in common
 */
const char *
octavo_tag_get_folded_name (OctavoTag *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), NULL);

  return self->folded;
}

/**
 * octavo_tag_get_color:
 * @self: a tag
 *
 * Returns: (transfer none): the name of its colour, "" for none
 */
const char *
octavo_tag_get_color (OctavoTag *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), NULL);

  return self->color != NULL ? self->color : "";
}

/**
 * octavo_tag_is_path:
 * @self: a tag
 *
 * Returns: whether no note can have it, as it is only the path of those under it
 */
gboolean
octavo_tag_is_path (OctavoTag *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), FALSE);

  return self->id < 0;
}

/**
 * octavo_tag_get_n_notes:
 * @self: a tag
 *
 * Returns: how many notes that are not in the trash have it, without those that have a child of it only
 */
gint64
octavo_tag_get_n_notes (OctavoTag *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), 0);

  return self->n_notes;
}

/**
 * octavo_tag_get_n_notes_in_tree:
 * @self: a tag
 *
 * Returns: how many notes that are not in the trash have it or a tag under it
 */
gint64
octavo_tag_get_n_notes_in_tree (OctavoTag *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), 0);

  return self->n_notes_in_tree;
}

/**
 * octavo_tag_get_n_notes_of_user:
 * @self: a tag
 * @user_id: a user; 0: everyone
 *
 * Returns: how many notes of the user that are not in the trash have it or a tag under it
 */
gint64
octavo_tag_get_n_notes_of_user (OctavoTag *self, gint64 user_id)
{
  g_return_val_if_fail (OCTAVO_IS_TAG (self), 0);

  if (user_id == 0 || self->user_counts == NULL)
    return self->n_notes_in_tree;
  for (guint i = 0; i < self->user_counts->len; i++)
    {
      const OctavoTagUserCount *count = &g_array_index (self->user_counts, OctavoTagUserCount, i);

      if (count->user_id == user_id)
        return count->n_notes;
    }
  return 0;
}

static gboolean
check_characters (const char *name, GError **error)
{
  if (!g_utf8_validate (name, -1, NULL))
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG,
                           _ ("A tag must be text in UTF-8. Type its name again."));
      return FALSE;
    }

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (character == ',')
        {
          g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG,
                       _ ("A tag cannot have a comma in it. Add “%s” as several tags, or leave the comma out."), name);
          return FALSE;
        }
      if (g_unichar_iscntrl (character))
        {
          g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG,
                               _ ("A tag cannot have a line break or another control character in it. Leave it out."));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * octavo_tag_normalize_name:
 * @name: what a person typed or a file says
 * @error: where to put an error
 *
 * Makes a name as it is stored: white space and "#" in front trimmed, composed (NFC), without the empty parts of a
 * path. Any thread. Sets %OCTAVO_ERROR_INVALID_TAG where the name is empty, longer than %OCTAVO_TAG_MAX_LENGTH
 * characters, not UTF-8, or has a comma or a control character.
 *
 * Returns: (transfer full): the name, or %NULL with @error set
 */
char *
octavo_tag_normalize_name (const char *name, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *composed = NULL;
  g_autoptr (GString) path = NULL;
  g_auto (GStrv) parts = NULL;
  const char *start;

  g_return_val_if_fail (name != NULL, NULL);

  trimmed = g_utf8_validate (name, -1, NULL) ? g_strstrip (g_strdup (name)) : g_strdup (name);
  if (!check_characters (trimmed, error))
    return NULL;

  start = trimmed;
  while (*start == '#')
    start++;
  composed = g_utf8_normalize (start, -1, G_NORMALIZE_NFC);

  path = g_string_new (NULL);
  parts = g_strsplit (composed, "/", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (*part == '\0')
        continue;
      if (path->len > 0)
        g_string_append_c (path, '/');
      g_string_append (path, part);
    }

  if (path->len == 0)
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG, _ ("A tag must have a name. Type one."));
      return NULL;
    }
  if (g_utf8_strlen (path->str, -1) > OCTAVO_TAG_MAX_LENGTH)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG,
                   ngettext ("A tag cannot be longer than %d character. Choose a shorter name.",
                             "A tag cannot be longer than %d characters. Choose a shorter name.",
                             OCTAVO_TAG_MAX_LENGTH),
                   OCTAVO_TAG_MAX_LENGTH);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&path), FALSE);
}

/**
 * octavo_tag_fold_name:
 * @name: a name, valid UTF-8
 *
 * Gives what all ways to write one tag have in common: two names are the same tag where this is the same. Any thread.
 *
 * Returns: (transfer full): the folded name
 */
char *
octavo_tag_fold_name (const char *name)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  folded = g_utf8_casefold (name, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}
