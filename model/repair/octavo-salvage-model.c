/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-salvage-model.h"

#include "octavo-schema.h"

/**
 * octavo_salvage_model_new_for_version:
 * @version: of files of notes; 0: the present one
 * @error: where to put an error
 *
 * Makes the tables of a version in memory, and looks at them. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type OctavoSalvageTable): what they look like
 */
GPtrArray *
octavo_salvage_model_new_for_version (guint version, GError **error)
{
  g_autoptr (GArray) migrations = octavo_schema_load_migrations ();
  g_autoptr (OrmConnection) connection = orm_connection_new (":memory:", ORM_OPEN_CREATE, error);

  if (connection == NULL || !orm_migrate (connection, (const OrmMigration *) (gpointer) migrations->data,
                                          version != 0 ? MIN (version, migrations->len) : migrations->len, error))
    return NULL;
  return octavo_salvage_schema_read (orm_connection_get_handle (connection), error);
}

/**
 * octavo_salvage_model_new:
 * @error: where to put an error
 *
 * Returns: (transfer full) (nullable) (element-type OctavoSalvageTable): the tables of the present version
 */
GPtrArray *
octavo_salvage_model_new (GError **error)
{
  return octavo_salvage_model_new_for_version (0, error);
}
