/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-tag-repository-private.h"

#include "octavo-error.h"
#include "octavo-list-follow.h"
#include "octavo-tag-private.h"
#include "octavo-tag-rows-private.h"
#include "orm-database.h"

#include <string.h>

/* Reads which tags there are and how many notes have them. Names and counts are read and sorted off the main thread;
 * the objects stay the same from one reading to the next. */

struct _OctavoTagRepository
{
  GObject parent_instance;

  OrmDatabase *database;
  GListStore *list;
  gboolean is_reading;
  gboolean is_stale;  /* something changed since the reading began */
  gboolean is_wanted; /* somebody asked for the list */
};

G_DEFINE_FINAL_TYPE (OctavoTagRepository, octavo_tag_repository, G_TYPE_OBJECT)

enum
{
  PROP_DATABASE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
read_rows (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return octavo_tag_rows_read (data, connection, error);
}

static gint64
get_item_id (gpointer item)
{
  return octavo_tag_get_id (item);
}

static gint64
get_row_id (gpointer row)
{
  return ((OctavoTagRow *) row)->id;
}

static gboolean
update (gpointer item, gpointer row)
{
  OctavoTagRow *values = row;

  if (strcmp (octavo_tag_get_name (item), values->name) != 0)
    return FALSE;
  octavo_tag_set_counts (item, values->n_notes, values->n_notes_in_tree);
  return TRUE;
}

static gpointer
create (gpointer row)
{
  OctavoTagRow *values = row;

  return octavo_tag_new (values->id, values->name, values->n_notes, values->n_notes_in_tree);
}

static const OctavoFollow follow = { get_item_id, get_row_id, update, create };

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoTagRepository) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer rows = NULL;

  self->is_reading = FALSE;
  if (orm_database_read_finish (ORM_DATABASE (source), result, &rows, &error))
    octavo_list_store_follow (self->list, rows, &follow);
  else
    g_message ("The tags could not be read: %s", error->message);

  if (self->is_stale)
    octavo_tag_repository_refresh (self);
}

static void
read_again (OctavoTagRepository *self)
{
  self->is_stale = FALSE;
  self->is_reading = TRUE;
  orm_database_read_async (self->database, read_rows, octavo_tag_rows_new (), (GDestroyNotify) g_ptr_array_unref, NULL,
                           on_read, g_object_ref (self));
}

static void
octavo_tag_repository_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoTagRepository *self = OCTAVO_TAG_REPOSITORY (object);

  if (property_id == PROP_DATABASE)
    self->database = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_tag_repository_dispose (GObject *object)
{
  OctavoTagRepository *self = OCTAVO_TAG_REPOSITORY (object);

  g_clear_object (&self->database);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (octavo_tag_repository_parent_class)->dispose (object);
}

static void
octavo_tag_repository_class_init (OctavoTagRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_tag_repository_set_property;
  object_class->dispose = octavo_tag_repository_dispose;

  properties[PROP_DATABASE] = g_param_spec_object ("database", NULL, NULL, ORM_TYPE_DATABASE,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_tag_repository_init (OctavoTagRepository *self)
{
  self->list = g_list_store_new (OCTAVO_TYPE_TAG);
}

/**
 * octavo_tag_repository_refresh:
 * @self: the repository
 *
 * Reads the list again in the background, where anybody has asked for it. Main thread.
 */
void
octavo_tag_repository_refresh (OctavoTagRepository *self)
{
  g_return_if_fail (OCTAVO_IS_TAG_REPOSITORY (self));

  if (self->is_reading)
    self->is_stale = TRUE;
  else if (self->is_wanted && orm_database_get_page_connection (self->database) != NULL)
    read_again (self);
}

/**
 * octavo_tag_repository_get_list:
 * @self: the repository
 *
 * Gives all tags by name, children after their parents, with their counts. The list is filled in the background and
 * follows the file: tags come and go, and "n-notes" of those that stay notifies. Main thread.
 *
 * Returns: (element-type OctavoTag) (transfer none): the list
 */
GListModel *
octavo_tag_repository_get_list (OctavoTagRepository *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG_REPOSITORY (self), NULL);

  if (!self->is_wanted)
    {
      self->is_wanted = TRUE;
      octavo_tag_repository_refresh (self);
    }
  return G_LIST_MODEL (self->list);
}

/**
 * octavo_tag_repository_read:
 * @self: the repository
 * @error: where to put an error
 *
 * Reads all tags now, by name. Main thread; blocks.
 *
 * Returns: (element-type OctavoTag) (transfer full): the tags, or %NULL with @error set
 */
GPtrArray *
octavo_tag_repository_read (OctavoTagRepository *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *tags;

  g_return_val_if_fail (OCTAVO_IS_TAG_REPOSITORY (self), NULL);

  rows = octavo_tag_rows_new ();
  if (!orm_database_read (self->database, read_rows, rows, NULL, error))
    {
      octavo_error_for_person (error, orm_database_get_path (self->database));
      return NULL;
    }
  tags = g_ptr_array_new_full (rows->len, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (tags, create (rows->pdata[i]));
  return tags;
}
