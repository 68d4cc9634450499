/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-saved-search.h"

#include "octavo-error.h"
#include "orm-entity.h"

#include <glib/gi18n-lib.h>

/* A query with a name. What it finds is found anew each time. */

struct _OctavoSavedSearch
{
  OrmEntity parent_instance;

  gint64 id;
  char *name;
  char *folded;
  char *query;
  gint64 position;
};

struct _OctavoSavedSearchClass
{
  OrmEntityClass parent_class;
};

G_DEFINE_FINAL_TYPE (OctavoSavedSearch, octavo_saved_search, ORM_TYPE_ENTITY)

static const OrmColumn columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (OctavoSavedSearch, id) },
  { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoSavedSearch, name),
    OCTAVO_SAVED_SEARCH_MAX_NAME },
  { "folded", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL | ORM_COLUMN_UNIQUE, G_STRUCT_OFFSET (OctavoSavedSearch, folded) },
  { "query", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoSavedSearch, query) },
  { "position", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (OctavoSavedSearch, position) },
};

static void
octavo_saved_search_class_init (OctavoSavedSearchClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "saved_search", columns, G_N_ELEMENTS (columns));
}

static void
octavo_saved_search_init (OctavoSavedSearch *self)
{
}

/**
 * octavo_saved_search_get_id:
 * @self: a search
 *
 * Returns: its id
 */
gint64
octavo_saved_search_get_id (OctavoSavedSearch *self)
{
  g_return_val_if_fail (OCTAVO_IS_SAVED_SEARCH (self), 0);

  return self->id;
}

/**
 * octavo_saved_search_get_name:
 * @self: a search
 *
 * Returns: (transfer none): what it is called
 */
const char *
octavo_saved_search_get_name (OctavoSavedSearch *self)
{
  g_return_val_if_fail (OCTAVO_IS_SAVED_SEARCH (self), NULL);

  return self->name != NULL ? self->name : ""; /* only a damaged file has none */
}

/**
 * octavo_saved_search_get_query:
 * @self: a search
 *
 * Returns: (transfer none): what is searched for, as it is typed
 */
const char *
octavo_saved_search_get_query (OctavoSavedSearch *self)
{
  g_return_val_if_fail (OCTAVO_IS_SAVED_SEARCH (self), NULL);

  return self->query != NULL ? self->query : ""; /* only a damaged file has none */
}

/**
 * octavo_saved_search_get_position:
 * @self: a search
 *
 * Returns: where it comes among the others
 */
gint64
octavo_saved_search_get_position (OctavoSavedSearch *self)
{
  g_return_val_if_fail (OCTAVO_IS_SAVED_SEARCH (self), 0);

  return self->position;
}

/**
 * octavo_saved_search_normalize_name:
 * @name: what a person typed
 * @error: where to put an error
 *
 * Makes a name as it is stored: white space trimmed, composed (NFC), in one line. Any thread. Sets
 * %OCTAVO_ERROR_INVALID_TEXT where nothing is left of it, or more than %OCTAVO_SAVED_SEARCH_MAX_NAME characters.
 *
 * Returns: (transfer full): the name, or %NULL with @error set
 */
char *
octavo_saved_search_normalize_name (const char *name, GError **error)
{
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  const char *stripped;

  g_return_val_if_fail (name != NULL, NULL);

  valid = g_utf8_make_valid (name, -1);
  composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  stripped = g_strstrip (g_strdelimit (composed, "\n\r\t", ' '));
  if (*stripped == '\0')
    {
      g_set_error_literal (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                           _ ("A saved search must have a name. Type one."));
      return NULL;
    }
  if (g_utf8_strlen (stripped, -1) > OCTAVO_SAVED_SEARCH_MAX_NAME)
    {
      g_set_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT,
                   ngettext ("The name of a search cannot be longer than %d character. Choose a shorter name.",
                             "The name of a search cannot be longer than %d characters. Choose a shorter name.",
                             OCTAVO_SAVED_SEARCH_MAX_NAME),
                   OCTAVO_SAVED_SEARCH_MAX_NAME);
      return NULL;
    }
  return g_strdup (stripped);
}
