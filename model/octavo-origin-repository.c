/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-origin-repository.h"

#include "octavo-error.h"
#include "octavo-note-digest.h"
#include "octavo-note-sql.h"
#include "octavo-user-repository-private.h"
#include "orm-database.h"

#include <string.h>

/* Where a note came from is no object, as nobody holds one, and its row is that of a note: it has no class, and SQL of
 * its own.
 *
 * An import that is run twice must not make two notes of one file, and must not undo what was written here in between.
 * So each imported note remembers the path of its file, a digest of the file, and a digest of itself: a file that is
 * as it was has nothing new to say; a note that is as it was may be overwritten; where both moved on, both are kept. */

struct _OctavoOriginRepository
{
  GObject parent_instance;
  OrmDatabase *database;
};

G_DEFINE_FINAL_TYPE (OctavoOriginRepository, octavo_origin_repository, G_TYPE_OBJECT)

enum
{
  PROP_DATABASE = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

typedef struct
{
  gint64 note_id;
  char *location;
  char *file_digest;
  char *note_digest;
} Origin;

static void
origin_clear (Origin *self)
{
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->file_digest, g_free);
  g_clear_pointer (&self->note_digest, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Origin, origin_clear)

#define ORIGIN_COLUMNS "SELECT note_id, location, file_digest, note_digest FROM note_origin "

static void
read_origin (OrmStatement *statement, Origin *origin)
{
  origin_clear (origin);
  origin->note_id = orm_statement_get_int64 (statement, 0);
  origin->location = g_strdup (orm_statement_get_text (statement, 1, NULL));
  origin->file_digest = g_strdup (orm_statement_get_text (statement, 2, NULL));
  origin->note_digest = g_strdup (orm_statement_get_text (statement, 3, NULL));
}

/* note_id is 0 where there is none. */
static gboolean
find_by_location (OrmConnection *connection, const char *location, Origin *origin, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, ORIGIN_COLUMNS "WHERE location = ?", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, location, -1);
  step = orm_statement_step (statement, error);
  if (step == ORM_STEP_ROW)
    read_origin (statement, origin);
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
same_base_name (const char *a, const char *b)
{
  const char *a_slash = strrchr (a, '/'), *b_slash = strrchr (b, '/');

  return g_strcmp0 (a_slash != NULL ? a_slash : a, b_slash != NULL ? b_slash : b) == 0;
}

/* A location that is no path (its name is not UTF-8) is a URI. */
static gboolean
is_gone (const char *location)
{
  g_autofree char *path = g_str_has_prefix (location, "file://") ? g_filename_from_uri (location, NULL, NULL) : NULL;

  return !g_file_test (path != NULL ? path : location, G_FILE_TEST_EXISTS);
}

/* A folder that was moved: the same bytes under the same name, where the file they came from is no more. Files that
 * are copies of each other are all there, so looking at some of them is enough. */
static gboolean
find_moved (OrmConnection *connection, const OctavoImportItem *item, Origin *origin, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, ORIGIN_COLUMNS "WHERE file_digest = ? ORDER BY note_id LIMIT 1000", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, item->file_digest, -1);
  while ((step = orm_statement_step (statement, error)) == ORM_STEP_ROW)
    {
      const char *location = orm_statement_get_text (statement, 1, NULL);

      if (same_base_name (location, item->location) && is_gone (location))
        {
          read_origin (statement, origin);
          break;
        }
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
write_origin (OrmConnection *connection, gint64 note_id, const OctavoImportItem *item, GError **error)
{
  g_autofree char *digest = octavo_note_digest_new (item->values);
  OrmStatement *statement;

  /* what the location belonged to before, where a conflict gives it to the note beside */
  statement = orm_connection_prepare (connection, "DELETE FROM note_origin WHERE location = ? AND note_id <> ?", error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, item->location, -1);
  orm_statement_bind_int64 (statement, 2, note_id);
  if (!orm_statement_run (statement, error))
    return FALSE;
  statement = orm_connection_prepare (
      connection,
      "INSERT INTO note_origin (note_id, location, file_digest, note_digest) VALUES (?, ?, ?, ?) "
      "ON CONFLICT (note_id) DO UPDATE SET location = excluded.location, file_digest = excluded.file_digest, "
      "note_digest = excluded.note_digest",
      error);
  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, note_id);
  orm_statement_bind_text (statement, 2, item->location, -1);
  orm_statement_bind_text (statement, 3, item->file_digest, -1);
  orm_statement_bind_text (statement, 4, digest, -1);
  return orm_statement_run (statement, error);
}

static gboolean
move_origin (OrmConnection *connection, gint64 note_id, const char *location, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "UPDATE note_origin SET location = ? WHERE note_id = ?", error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_text (statement, 1, location, -1);
  orm_statement_bind_int64 (statement, 2, note_id);
  return orm_statement_run (statement, error);
}

/* A note that names its user, not its user's id, comes from an export of several people's notes. */
static gboolean
ensure_user (OrmConnection *connection, OctavoNoteValues *values, GError **error)
{
  return values->user_id != 0 || values->user_name == NULL ||
         octavo_user_repository_ensure_id (connection, values->user_name, &values->user_id, error);
}

static gboolean
insert_note (OrmConnection *connection, OctavoImportItem *item, gboolean dry_run, GError **error)
{
  if (dry_run)
    return TRUE;
  return ensure_user (connection, item->values, error) && octavo_note_sql_insert (connection, item->values, error) &&
         write_origin (connection, item->values->id, item, error);
}

static gboolean
update_note (OrmConnection *connection,
             OctavoImportItem *item,
             const Origin *origin,
             const OctavoNoteValues *now,
             gboolean dry_run,
             GError **error)
{
  OctavoNoteValues *values = item->values;
  gboolean file_pinned = values->pinned;
  gboolean pinned;

  if (dry_run)
    return TRUE;
  values->id = now->id;
  values->user_id = now->user_id;
  values->trashed = now->trashed;
  pinned = now->pinned != octavo_note_digest_was_pinned (origin->note_digest) ? now->pinned : file_pinned;
  values->pinned = pinned;
  if (!octavo_note_sql_update (connection, values, error))
    return FALSE;
  /* what is remembered is what the file said, so that a pin set here stays at the next update too */
  values->pinned = file_pinned;
  if (!write_origin (connection, values->id, item, error))
    return FALSE;
  values->pinned = pinned;
  return TRUE;
}

static gboolean
import_item (OrmConnection *connection, OctavoImportItem *item, gboolean dry_run, GError **error)
{
  g_auto (Origin) origin = { 0 };
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_note_values_free);
  g_autofree char *digest = NULL;
  const OctavoNoteValues *now;

  if (!find_by_location (connection, item->location, &origin, error))
    return FALSE;
  if (origin.note_id == 0)
    {
      if (!find_moved (connection, item, &origin, error))
        return FALSE;
      if (origin.note_id != 0 && !dry_run && !move_origin (connection, origin.note_id, item->location, error))
        return FALSE;
    }
  if (origin.note_id == 0)
    {
      item->outcome = OCTAVO_IMPORTED;
      return insert_note (connection, item, dry_run, error);
    }
  item->values->id = origin.note_id;
  item->outcome = OCTAVO_IMPORT_UNCHANGED;
  if (g_str_equal (origin.file_digest, item->file_digest))
    return TRUE;

  if (!octavo_note_sql_read (connection, &origin.note_id, 1, TRUE, notes, NULL, error))
    return FALSE;
  g_assert (notes->len == 1); /* origins go with their notes */
  now = g_ptr_array_index (notes, 0);
  digest = octavo_note_digest_new (now);
  if (octavo_note_digest_same_note (digest, origin.note_digest))
    {
      item->outcome = OCTAVO_IMPORT_UPDATED;
      return update_note (connection, item, &origin, now, dry_run, error);
    }
  item->values->id = 0;
  item->outcome = OCTAVO_IMPORT_CONFLICT;
  return insert_note (connection, item, dry_run, error);
}

typedef struct
{
  GPtrArray *items;
  gboolean dry_run;
} Work;

static gboolean
import_items (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;

  for (guint i = 0; i < work->items->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!import_item (connection, g_ptr_array_index (work->items, i), work->dry_run, error))
        return FALSE;
    }
  return TRUE;
}

static void
octavo_origin_repository_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoOriginRepository *self = OCTAVO_ORIGIN_REPOSITORY (object);

  switch (id)
    {
    case PROP_DATABASE:
      self->database = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_origin_repository_dispose (GObject *object)
{
  OctavoOriginRepository *self = OCTAVO_ORIGIN_REPOSITORY (object);

  g_clear_object (&self->database);

  G_OBJECT_CLASS (octavo_origin_repository_parent_class)->dispose (object);
}

static void
octavo_origin_repository_class_init (OctavoOriginRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_origin_repository_set_property;
  object_class->dispose = octavo_origin_repository_dispose;

  properties[PROP_DATABASE] = g_param_spec_object ("database", NULL, NULL, ORM_TYPE_DATABASE,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
octavo_origin_repository_init (OctavoOriginRepository *self)
{
}

/**
 * octavo_import_item_new:
 *
 * Returns: (transfer full): a file that says nothing yet, with empty values. Any thread.
 */
OctavoImportItem *
octavo_import_item_new (void)
{
  OctavoImportItem *self = g_new0 (OctavoImportItem, 1);

  self->values = octavo_note_values_new ();
  return self;
}

/**
 * octavo_import_item_free:
 * @self: (nullable) (transfer full): an item
 *
 * Frees it, and its values.
 */
void
octavo_import_item_free (OctavoImportItem *self)
{
  if (self == NULL)
    return;
  g_free (self->location);
  g_free (self->file_digest);
  octavo_note_values_free (self->values);
  g_free (self);
}

/**
 * octavo_origin_repository_import:
 * @self: the repository
 * @items: (element-type OctavoImportItem): files as notes; user_id 0 with a user_name means the user of that name, made
 *   where there is none. Their outcomes are set, and the ids of their notes
 * @dry_run: whether to only find the outcomes
 * @cancellable: (nullable): to stop it
 * @error: where to put an error
 *
 * Writes files as notes in one transaction: new ones are inserted; those known with other bytes are updated, unless the
 * note was edited here too; those known are left alone. Any thread, blocks.
 *
 * Returns: whether all of it was written; FALSE with OCTAVO_ERROR, and nothing was
 */
gboolean
octavo_origin_repository_import (OctavoOriginRepository *self,
                                 GPtrArray *items,
                                 gboolean dry_run,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (GError) failure = NULL;
  Work work = { items, dry_run };
  gboolean done;

  g_return_val_if_fail (OCTAVO_IS_ORIGIN_REPOSITORY (self) && items != NULL, FALSE);

  done = dry_run ? orm_database_read (self->database, import_items, &work, cancellable, &failure)
                 : orm_database_write (self->database, import_items, &work, cancellable, &failure);
  if (!done)
    {
      octavo_error_for_person (&failure, orm_database_get_path (self->database));
      g_propagate_error (error, g_steal_pointer (&failure));
    }
  return done;
}
