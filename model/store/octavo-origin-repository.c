/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-origin-repository.h"

#include "octavo-error.h"
#include "octavo-note-digest.h"
#include "octavo-note-sql.h"
#include "octavo-origin-private.h"
#include "octavo-undo-sql.h"
#include "octavo-user-repository-private.h"
#include "octavo-version-sql.h"
#include "orm-database.h"
#include "orm-query-work.h"

#include <string.h>

/* An import that is run twice must not make two notes of one file, and must not undo what was written here in between.
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

enum
{
  NOTE_ID,
  LOCATION,
  FILE_DIGEST,
  NOTE_DIGEST,
};

#define MAX_LOOKED_AT 1000
#define CACHE         8 /* MiB: notes stand in several orders, so that a batch of them changes pages all over the file */

static OrmValue
of_text (const char *text)
{
  return (OrmValue){ .type = ORM_VALUE_TEXT, .text = (char *) text };
}

static OrmQuery *
query_note (gint64 note_id)
{
  const OrmValue value = { .type = ORM_VALUE_INT64, .int64 = note_id };
  OrmQuery *query = orm_query_new (OCTAVO_TYPE_ORIGIN);

  orm_query_filter (query, orm_equal ("note_id", &value));
  return query;
}

/* Origins with a text in a column, with the columns of the enumeration above. */
static OrmRows *
select_origins (OrmConnection *connection, const char *column, const char *text, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_ORIGIN);
  const OrmValue value = of_text (text);

  orm_query_select (query, ORM_AGGREGATE_NONE, "note_id");
  orm_query_select (query, ORM_AGGREGATE_NONE, "location");
  orm_query_select (query, ORM_AGGREGATE_NONE, "file_digest");
  orm_query_select (query, ORM_AGGREGATE_NONE, "note_digest");
  orm_query_filter (query, orm_equal (column, &value));
  orm_query_order_by (query, "note_id", ORM_ORDER_ASCENDING);
  orm_query_limit (query, MAX_LOOKED_AT);
  return orm_query_read (query, connection, error);
}

static void
take_origin (OrmRows *rows, guint row, Origin *origin)
{
  origin_clear (origin);
  origin->note_id = orm_rows_get (rows, row, NOTE_ID)->int64;
  origin->location = g_strdup (orm_rows_get (rows, row, LOCATION)->text);
  origin->file_digest = g_strdup (orm_rows_get (rows, row, FILE_DIGEST)->text);
  origin->note_digest = g_strdup (orm_rows_get (rows, row, NOTE_DIGEST)->text);
}

/* note_id is 0 where there is none. */
static gboolean
find_by_location (OrmConnection *connection, const char *location, Origin *origin, GError **error)
{
  g_autoptr (OrmRows) rows = select_origins (connection, "location", location, error);

  if (rows != NULL && orm_rows_get_n_rows (rows) > 0)
    take_origin (rows, 0, origin);
  return rows != NULL;
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
  g_autoptr (OrmRows) rows = select_origins (connection, "file_digest", item->file_digest, error);

  for (guint i = 0; rows != NULL && origin->note_id == 0 && i < orm_rows_get_n_rows (rows); i++)
    {
      const char *location = orm_rows_get (rows, i, LOCATION)->text;

      if (same_base_name (location, item->location) && is_gone (location))
        take_origin (rows, i, origin);
    }
  return rows != NULL;
}

/* What the location belonged to before, where a conflict gives it to the note beside. */
static gboolean
delete_other_origin (OrmConnection *connection, gint64 note_id, const char *location, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_ORIGIN);
  const OrmValue note = { .type = ORM_VALUE_INT64, .int64 = note_id };
  const OrmValue place = of_text (location);

  orm_query_filter (query, orm_equal ("location", &place));
  orm_query_filter (query, orm_compare ("note_id", "<>", &note));
  return orm_query_delete (query, connection, error) >= 0;
}

static gboolean
write_origin (OrmConnection *connection, gint64 note_id, gboolean is_new, const OctavoImportItem *item, GError **error)
{
  g_autofree char *digest = octavo_note_digest_new (item->values);
  g_autoptr (OrmQuery) query = query_note (note_id);
  const OrmAssignment values[] = {
    { "location", of_text (item->location) },
    { "file_digest", of_text (item->file_digest) },
    { "note_digest", of_text (digest) },
    { "note_id", { .type = ORM_VALUE_INT64, .int64 = note_id } },
  };

  if (item->outcome == OCTAVO_IMPORT_CONFLICT && !delete_other_origin (connection, note_id, item->location, error))
    return FALSE;
  if (is_new)
    return orm_connection_insert (connection, OCTAVO_TYPE_ORIGIN, values, G_N_ELEMENTS (values), error) != 0;
  return orm_query_update (query, connection, values, G_N_ELEMENTS (values) - 1, error) >= 0;
}

static gboolean
move_origin (OrmConnection *connection, gint64 note_id, const char *location, GError **error)
{
  g_autoptr (OrmQuery) query = query_note (note_id);
  const OrmAssignment value = { "location", of_text (location) };

  return orm_query_update (query, connection, &value, 1, error) >= 0;
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
         write_origin (connection, item->values->id, TRUE, item, error);
}

/* Before the file's text is written over it. */
static gboolean
keep_version (OrmConnection *connection, const OctavoNoteValues *now, const OctavoNoteValues *next, GError **error)
{
  const OctavoVersionState state = {
    .note_id = now->id,
    .updated = now->updated,
    .title = now->title,
    .body = now->body,
  };

  return (g_strcmp0 (now->title, next->title) == 0 && g_strcmp0 (now->body, next->body) == 0) ||
         octavo_version_sql_add (connection, &state, OCTAVO_VERSION_IMPORT, error);
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
  if (!keep_version (connection, now, values, error) || !octavo_note_sql_update (connection, values, error))
    return FALSE;
  /* what is remembered is what the file said, so that a pin set here stays at the next update too */
  values->pinned = file_pinned;
  if (!write_origin (connection, values->id, FALSE, item, error))
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
  gint64 step_id; /* (inout) */
  gint64 elapsed;
} Work;

static gboolean
import_items (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  gint64 started = g_get_monotonic_time ();
  gint64 step_id = work->step_id;
  OctavoUndoRecord record;

  if (!work->dry_run && !octavo_undo_resume (connection, OCTAVO_UNDO_IMPORT, "", &step_id, &record, error))
    return FALSE;
  for (guint i = 0; i < work->items->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!import_item (connection, g_ptr_array_index (work->items, i), work->dry_run, error))
        return FALSE;
    }
  if (!work->dry_run && !octavo_undo_end (connection, &record, &work->step_id, error))
    return FALSE;
  work->elapsed = g_get_monotonic_time () - started;
  return TRUE;
}

static gboolean
set_cache (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  return orm_connection_set_cache (connection, *(guint *) data, error);
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
 * octavo_origin_repository_begin:
 * @self: the repository
 *
 * Prepares for many calls of octavo_origin_repository_import(); octavo_origin_repository_end() follows. Without it,
 * writing is slower, and not wrong. Any thread, blocks.
 */
void
octavo_origin_repository_begin (OctavoOriginRepository *self)
{
  g_autoptr (GError) error = NULL;
  guint cache = CACHE;

  g_return_if_fail (OCTAVO_IS_ORIGIN_REPOSITORY (self));

  if (!orm_database_write (self->database, set_cache, &cache, NULL, &error))
    g_debug ("The cache was not set: %s", error->message);
}

/**
 * octavo_origin_repository_end:
 * @self: the repository
 * @error: where to put an error
 *
 * Ends what octavo_origin_repository_begin() began, and waits until the disk has all that was imported. Any thread,
 * blocks.
 *
 * Returns: whether it has; FALSE with OCTAVO_ERROR
 */
gboolean
octavo_origin_repository_end (OctavoOriginRepository *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  guint cache = 0;

  g_return_val_if_fail (OCTAVO_IS_ORIGIN_REPOSITORY (self), FALSE);

  if (!orm_database_write (self->database, set_cache, &cache, NULL, &failure))
    g_debug ("The cache was not set: %s", failure->message);
  g_clear_error (&failure);
  if (orm_database_force (self->database, &failure))
    return TRUE;
  octavo_error_for_person (&failure, orm_database_get_path (self->database));
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * octavo_origin_repository_import:
 * @self: the repository
 * @items: (element-type OctavoImportItem): files as notes; user_id 0 with a user_name means the user of that name, made
 *   where there is none. Their outcomes are set, and the ids of their notes
 * @dry_run: whether to only find the outcomes
 * @step_id: (inout) (optional): the import that they are a part of, as a step that can be undone; 0: nothing was
 * written yet
 * @elapsed: (out) (optional): how long it took, without the commit, in microseconds; set where it was done
 * @cancellable: (nullable): to stop it
 * @error: where to put an error
 *
 * Writes files as notes in one transaction, which the disk has at octavo_origin_repository_end(): new ones are
 * inserted; those known with other bytes are updated, unless the note was edited here too; those known are left alone.
 * Any thread, blocks.
 *
 * Returns: whether all of it was written; FALSE with OCTAVO_ERROR, and nothing was
 */
gboolean
octavo_origin_repository_import (OctavoOriginRepository *self,
                                 GPtrArray *items,
                                 gboolean dry_run,
                                 gint64 *step_id,
                                 gint64 *elapsed,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autoptr (GError) failure = NULL;
  Work work = { items, dry_run, step_id != NULL ? *step_id : 0, 0 };
  gboolean done;

  g_return_val_if_fail (OCTAVO_IS_ORIGIN_REPOSITORY (self) && items != NULL, FALSE);

  done = dry_run ? orm_database_read (self->database, import_items, &work, cancellable, &failure)
                 : orm_database_write_relaxed (self->database, import_items, &work, cancellable, &failure);
  if (!done)
    {
      octavo_error_for_person (&failure, orm_database_get_path (self->database));
      g_propagate_error (error, g_steal_pointer (&failure));
    }
  if (done && step_id != NULL)
    *step_id = work.step_id;
  if (done && elapsed != NULL)
    *elapsed = work.elapsed;
  return done;
}

typedef struct
{
  gint64 note_id;
  char *location;
} Lookup;

static gboolean
look_up (OrmConnection *connection, gpointer data, GCancellable *cancellable, GError **error)
{
  Lookup *lookup = data;
  g_autoptr (OrmQuery) query = query_note (lookup->note_id);
  g_autoptr (OrmRows) rows = NULL;

  orm_query_select (query, ORM_AGGREGATE_NONE, "location");
  rows = orm_query_read (query, connection, error);
  if (rows != NULL && orm_rows_get_n_rows (rows) > 0)
    lookup->location = g_strdup (orm_rows_get (rows, 0, 0)->text);
  return rows != NULL;
}

/**
 * octavo_origin_repository_find_location:
 * @self: a repository
 * @note_id: a note
 * @location: (out) (transfer full) (nullable): the path of the file that the note was imported from; %NULL: of none
 * @error: OCTAVO_ERROR
 *
 * Any thread; blocks.
 *
 * Returns: whether it could be found out
 */
gboolean
octavo_origin_repository_find_location (OctavoOriginRepository *self, gint64 note_id, char **location, GError **error)
{
  Lookup lookup = { .note_id = note_id };
  GError *failure = NULL;
  gboolean done;

  g_return_val_if_fail (OCTAVO_IS_ORIGIN_REPOSITORY (self), FALSE);
  g_return_val_if_fail (location != NULL, FALSE);

  done = orm_database_read (self->database, look_up, &lookup, NULL, &failure);
  if (!done)
    {
      octavo_error_for_person (&failure, orm_database_get_path (self->database));
      g_propagate_error (error, failure);
    }
  *location = lookup.location;
  return done;
}
