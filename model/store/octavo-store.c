/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-store-private.h"

#include "octavo-backup.h"
#include "octavo-change-private.h"
#include "octavo-change-read.h"
#include "octavo-check.h"
#include "octavo-damage.h"
#include "octavo-excerpt-finder-private.h"
#include "octavo-note-repository.h"
#include "octavo-origin-private.h"
#include "octavo-origin-repository.h"
#include "octavo-place.h"
#include "octavo-saved-search-repository-private.h"
#include "octavo-schema.h"
#include "octavo-search-private.h"
#include "octavo-snapshots.h"
#include "octavo-stray-log.h"
#include "octavo-tag-repository-private.h"
#include "octavo-task.h"
#include "octavo-user-repository-private.h"
#include "octavo-version-repository.h"
#include "orm-session.h"

#include <glib/gi18n-lib.h>

/* Puts together what works on one file, and tells what commits mean for notes. */

#define MAX_FORGOTTEN 256 /* changed notes of which each is looked up */

struct _OctavoStore
{
  GObject parent_instance;

  char *path;
  OrmOpenFlags flags;
  GArray *migrations; /* (element-type OrmMigration) */
  OrmDatabase *database;
  OrmSession *session;
  OctavoNoteRepository *notes;
  OctavoTagRepository *tags;
  OctavoUserRepository *users;
  OctavoSavedSearchRepository *saved_searches;
  OctavoVersionRepository *versions;
  OctavoOriginRepository *origins;
  OctavoSearch *search;
  OctavoExcerptFinder *excerpts; /* made when it is first asked for */
  gboolean has_log;              /* that is remembered */
  char *notice;                  /* (nullable): what happened before it was opened */
  gboolean is_trashing;          /* the next change of notes changes the counts of tags */
};

G_DEFINE_FINAL_TYPE (OctavoStore, octavo_store, G_TYPE_OBJECT)

enum
{
  PROP_PATH = 1,
  PROP_FLAGS,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_DISPLACED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Few notes change at once, but for an import. */
static void
forget_excerpts (OctavoStore *self, const GArray *updated, gboolean is_everything)
{
  if (self->excerpts == NULL)
    return;
  if (is_everything || updated->len > MAX_FORGOTTEN)
    octavo_excerpt_finder_forget (self->excerpts, 0);
  for (guint i = 0; !is_everything && i < MIN (updated->len, MAX_FORGOTTEN); i++)
    octavo_excerpt_finder_forget (self->excerpts, g_array_index (updated, gint64, i));
}

static void
on_database_changed (OctavoStore *self, OrmChanges *changes, OrmDatabase *database)
{
  gboolean is_everything = orm_changes_is_everything (changes);
  gboolean has_notes = orm_changes_has_table (changes, "note");
  gboolean has_tags = orm_changes_has_table (changes, "tag") || orm_changes_has_table (changes, "note_tag") ||
                      (has_notes && self->is_trashing);
  gboolean has_users = orm_changes_has_table (changes, "user");
  g_autoptr (OctavoChange) change = NULL;
  GArray *added, *removed, *updated;

  if ((is_everything || orm_changes_has_table (changes, "saved_search")) &&
      orm_database_get_page_connection (database) != NULL)
    octavo_saved_search_repository_refresh (self->saved_searches);

  /* What was committed last may be told after the file was closed, when there is nothing to read any more. */
  if ((!is_everything && !has_notes && !has_tags && !has_users) || orm_database_get_page_connection (database) == NULL)
    return;

  if (has_notes)
    self->is_trashing = FALSE;
  octavo_change_read_notes (changes, &added, &removed, &updated);
  forget_excerpts (self, updated, is_everything);
  change = octavo_change_new (is_everything, has_tags, has_users);
  octavo_change_set_notes (change, added, removed, updated);

  /* Tags are counted for each user, and the notes of one who goes are another's. */
  if (octavo_change_has_tags (change) || octavo_change_has_users (change))
    octavo_tag_repository_refresh (self->tags);
  if (octavo_change_has_users (change))
    octavo_user_repository_refresh (self->users);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, change);
}

static void
on_displaced (OctavoStore *self)
{
  g_signal_emit (self, signals[SIGNAL_DISPLACED], 0);
}

static void
on_trashing (OctavoStore *self, OctavoNoteRepository *notes)
{
  self->is_trashing = TRUE;
}

/* Opening */

/* A migration that goes wrong in a way that nobody thought of: the notes are there as they were. On the writing thread.
 */
static gboolean
keep_before_migration (const char *file, gpointer data, GError **error)
{
  g_autoptr (OctavoSnapshots) snapshots = octavo_snapshots_new (file, NULL);
  g_autoptr (OctavoSnapshot) made = octavo_snapshots_make (snapshots, OCTAVO_SNAPSHOT_BEFORE_MIGRATION,
                                                           OCTAVO_SNAPSHOT_AT_ONCE, g_get_real_time (), NULL, error);

  return made != NULL;
}

static void
octavo_store_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  OctavoStore *self = OCTAVO_STORE (object);

  if (property_id == PROP_PATH)
    self->path = g_value_dup_string (value);
  else if (property_id == PROP_FLAGS)
    self->flags = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
octavo_store_constructed (GObject *object)
{
  OctavoStore *self = OCTAVO_STORE (object);

  G_OBJECT_CLASS (octavo_store_parent_class)->constructed (object);

  self->migrations = octavo_schema_load_migrations ();
  self->database = orm_database_new (self->path, self->flags);
  orm_database_set_application_id (self->database, OCTAVO_SCHEMA_FILE_ID);
  orm_database_set_migrations (self->database, (const OrmMigration *) (gpointer) self->migrations->data,
                               self->migrations->len);
  orm_database_set_before_migration (self->database, keep_before_migration, NULL);
  orm_database_set_setup (self->database, octavo_search_setup_connection, NULL);
  g_signal_connect_object (self->database, "changed", G_CALLBACK (on_database_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->database, "displaced", G_CALLBACK (on_displaced), self, G_CONNECT_SWAPPED);

  self->session = orm_session_new (self->database);
  orm_session_set_checks_stale (self->session, TRUE); /* nobody writes over what they have not seen */
  self->notes = g_object_new (OCTAVO_TYPE_NOTE_REPOSITORY, "session", self->session, NULL);
  self->users = g_object_new (OCTAVO_TYPE_USER_REPOSITORY, "session", self->session, NULL);
  self->saved_searches = g_object_new (OCTAVO_TYPE_SAVED_SEARCH_REPOSITORY, "session", self->session, NULL);
  self->versions = g_object_new (OCTAVO_TYPE_VERSION_REPOSITORY, "session", self->session, NULL);
  self->tags = g_object_new (OCTAVO_TYPE_TAG_REPOSITORY, "database", self->database, NULL);
  self->origins = g_object_new (OCTAVO_TYPE_ORIGIN_REPOSITORY, "database", self->database, NULL);
  g_signal_connect_object (self->notes, "trashing", G_CALLBACK (on_trashing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->users, "given", G_CALLBACK (octavo_tag_repository_refresh), self->tags,
                           G_CONNECT_SWAPPED);
}

static void
drop_repositories (OctavoStore *self)
{
  g_clear_object (&self->notes);
  g_clear_object (&self->tags);
  g_clear_object (&self->users);
  g_clear_object (&self->saved_searches);
  g_clear_object (&self->versions);
  g_clear_object (&self->origins);
}

static void
close_file (OctavoStore *self)
{
  orm_database_close (self->database);
  if (self->has_log)
    octavo_stray_log_forget (self->path);
  self->has_log = FALSE;
}

static void
octavo_store_dispose (GObject *object)
{
  OctavoStore *self = OCTAVO_STORE (object);

  if (self->database != NULL)
    close_file (self);
  drop_repositories (self);
  g_clear_object (&self->search);
  g_clear_object (&self->excerpts);
  g_clear_object (&self->session);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (octavo_store_parent_class)->dispose (object);
}

static void
octavo_store_finalize (GObject *object)
{
  OctavoStore *self = OCTAVO_STORE (object);

  g_clear_pointer (&self->migrations, g_array_unref);
  g_free (self->path);
  g_free (self->notice);

  G_OBJECT_CLASS (octavo_store_parent_class)->finalize (object);
}

static void
octavo_store_class_init (OctavoStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = octavo_store_set_property;
  object_class->constructed = octavo_store_constructed;
  object_class->dispose = octavo_store_dispose;
  object_class->finalize = octavo_store_finalize;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL,
                                               G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FLAGS] = g_param_spec_uint ("flags", NULL, NULL, 0, G_MAXUINT, ORM_OPEN_CREATE,
                                              G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Someone wrote to the file: this process or another. Coalesced, after the commit, on the main context. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, OCTAVO_TYPE_CHANGE);

  /* The file is not where it was opened any more, or another one is there: nothing can be written. On the main context.
   */
  signals[SIGNAL_DISPLACED] =
      g_signal_new ("displaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_store_init (OctavoStore *self)
{
}

/**
 * octavo_store_get_default_path:
 *
 * Says where the notes are unless told otherwise: in octavo/notes.db of the user's data folder, where they were moved
 * to, or in what the environment names by OCTAVO_DATABASE.
 *
 * Returns: (transfer full): a path
 */
char *
octavo_store_get_default_path (void)
{
  const char *path = g_getenv ("OCTAVO_DATABASE");

  if (path != NULL && *path != '\0')
    return g_strdup (path);
  return octavo_place_get ();
}

/**
 * octavo_store_new:
 * @path: a file, or ":memory:"
 *
 * Makes a store that is not open yet. Main thread.
 *
 * Returns: (transfer full): the store
 */
OctavoStore *
octavo_store_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_object_new (OCTAVO_TYPE_STORE, "path", path, NULL);
}

/**
 * octavo_store_new_for_reading:
 * @path: a file, or ":memory:"
 *
 * Makes a store that is not open yet, for those who only read: where the file or its folder cannot be written it is
 * opened for reading only, and nothing is written to it or beside it. Main thread.
 *
 * Returns: (transfer full): the store
 */
OctavoStore *
octavo_store_new_for_reading (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_object_new (OCTAVO_TYPE_STORE, "path", path, "flags", ORM_OPEN_CREATE | ORM_OPEN_MAY_READ_ONLY, NULL);
}

/**
 * octavo_store_new_for_searching:
 * @path: a file
 *
 * Makes a store that is not open yet, for those who only look for something: a file that is not there, or of an earlier
 * version, is not opened, nothing is made or mended, and nobody is kept from writing. Main thread.
 *
 * Returns: (transfer full): the store
 */
OctavoStore *
octavo_store_new_for_searching (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_object_new (OCTAVO_TYPE_STORE, "path", path, "flags", ORM_OPEN_READ_ONLY, NULL);
}

/**
 * octavo_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the path it was made with
 */
const char *
octavo_store_get_path (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->path;
}

/**
 * octavo_store_get_database:
 * @self: a store
 *
 * Returns: (transfer none): the file, as the mapper sees it
 */
OrmDatabase *
octavo_store_get_database (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->database;
}

/* A file of the right version whose tables were changed by hand is not written to. */
static gboolean
check_tables (OctavoStore *self, GCancellable *cancellable, GError **error)
{
  const GType types[] = { OCTAVO_TYPE_USER,   OCTAVO_TYPE_NOTE,         OCTAVO_TYPE_TAG,
                          OCTAVO_TYPE_ORIGIN, OCTAVO_TYPE_SAVED_SEARCH, OCTAVO_TYPE_NOTE_VERSION };
  g_autoptr (GError) problem = NULL;

  /* SQLite says nothing where there was no memory for a row of a pragma: one look is not enough. */
  return orm_database_check_mapping (self->database, types, G_N_ELEMENTS (types), cancellable, &problem) ||
         orm_database_check_mapping (self->database, types, G_N_ELEMENTS (types), cancellable, error);
}

static gboolean
make_first_user (OctavoStore *self, GCancellable *cancellable, GError **error)
{
  return orm_database_is_read_only (self->database) ||
         orm_database_write (self->database, octavo_user_repository_make_first, NULL, cancellable, error);
}

/* What may take its time, and touches no object of the main thread. */
static gboolean
open_file (OctavoStore *self, GCancellable *cancellable, GError **error)
{
  gboolean may_make = (self->flags & ORM_OPEN_CREATE) != 0;

  g_clear_pointer (&self->notice, g_free);
  if (!octavo_place_prepare (self->path, may_make, &self->notice, error) || !octavo_damage_look (self->path, error))
    return FALSE;
  if (may_make)
    octavo_place_make_private (self->path);
  if (orm_database_open (self->database, cancellable, error))
    {
      self->has_log = !orm_database_is_read_only (self->database);
      if (self->has_log)
        octavo_stray_log_remember (self->path);
      if (check_tables (self, cancellable, error) && make_first_user (self, cancellable, error))
        return TRUE;
      close_file (self);
    }
  octavo_damage_explain (self->path, error);
  octavo_error_for_person (error, self->path);
  return FALSE;
}

static gboolean
finish_open (OctavoStore *self, GError **error)
{
  if (!octavo_user_repository_load (self->users, error))
    {
      octavo_error_for_person (error, self->path);
      close_file (self);
      return FALSE;
    }
  g_clear_object (&self->search);
  g_clear_object (&self->excerpts);
  self->search = octavo_search_new (self->database);
  octavo_tag_repository_refresh (self->tags);
  octavo_saved_search_repository_refresh (self->saved_searches);
  return TRUE;
}

/**
 * octavo_store_open:
 * @self: a store that is not open
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Opens the file: makes its folder (for the owner alone) and the file where they are missing, brings it up to date, and
 * makes the first user. Sets %OCTAVO_ERROR with a message for a person; a file that cannot be opened is not written to.
 * Main thread; blocks.
 *
 * Returns: whether it is open
 */
gboolean
octavo_store_open (OctavoStore *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), FALSE);

  return open_file (self, cancellable, error) && finish_open (self, error);
}

static gboolean
open_on_thread (gpointer self, gpointer data, GCancellable *cancellable, GError **error)
{
  return open_file (self, cancellable, error);
}

/**
 * octavo_store_open_async:
 * @self: a store that is not open
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Opens the file without blocking. Main thread.
 */
void
octavo_store_open_async (OctavoStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (OCTAVO_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, octavo_store_open_async);
  /* Once it is open, it is: to say otherwise would leave it open behind the caller's back. */
  g_task_set_check_cancellable (task, FALSE);
  octavo_task_run_in_thread (task, open_on_thread);
}

/**
 * octavo_store_open_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: where to put an error, as of octavo_store_open()
 *
 * Returns: whether it is open
 */
gboolean
octavo_store_open_finish (OctavoStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error) && finish_open (self, error);
}

/**
 * octavo_store_close:
 * @self: a store
 *
 * Waits for everything that was asked for, and closes the file. May run twice. Main thread; blocks.
 */
void
octavo_store_close (OctavoStore *self)
{
  g_return_if_fail (OCTAVO_IS_STORE (self));

  close_file (self);
}

/**
 * octavo_store_take_notice:
 * @self: an open store
 *
 * Returns: (transfer full) (nullable): what happened to the file before it was opened and a person should know; once
 */
char *
octavo_store_take_notice (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return g_steal_pointer (&self->notice);
}

/**
 * octavo_store_get_notes:
 * @self: a store
 *
 * Returns: (transfer none): the notes
 */
OctavoNoteRepository *
octavo_store_get_notes (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->notes;
}

/**
 * octavo_store_get_tags:
 * @self: a store
 *
 * Returns: (transfer none): the tags
 */
OctavoTagRepository *
octavo_store_get_tags (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->tags;
}

/**
 * octavo_store_get_users:
 * @self: a store
 *
 * Returns: (transfer none): the users
 */
OctavoUserRepository *
octavo_store_get_users (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->users;
}

/**
 * octavo_store_get_saved_searches:
 * @self: a store
 *
 * Returns: (transfer none): the searches that are kept
 */
OctavoSavedSearchRepository *
octavo_store_get_saved_searches (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->saved_searches;
}

/**
 * octavo_store_get_versions:
 * @self: an open store
 *
 * Returns: (transfer none): what notes said before
 */
OctavoVersionRepository *
octavo_store_get_versions (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->versions;
}

/**
 * octavo_store_get_search:
 * @self: a store
 *
 * Returns: (transfer none): what answers queries
 */
OctavoSearch *
octavo_store_get_search (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->search;
}

/**
 * octavo_store_get_excerpts:
 * @self: a store that is open
 *
 * Returns: (transfer none): what finds the lines that the rows of a search show
 */
OctavoExcerptFinder *
octavo_store_get_excerpts (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  if (self->excerpts == NULL)
    self->excerpts = octavo_excerpt_finder_new (self->database);
  return self->excerpts;
}

/**
 * octavo_store_get_origins:
 * @self: a store
 *
 * Returns: (transfer none): where notes were imported from
 */
OctavoOriginRepository *
octavo_store_get_origins (OctavoStore *self)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), NULL);

  return self->origins;
}

/**
 * octavo_store_look_for_changes:
 * @self: an open store
 *
 * Has #OctavoStore::changed follow soon where the file was written to by others; it would come by itself a little
 * later. Main thread.
 */
void
octavo_store_look_for_changes (OctavoStore *self)
{
  g_return_if_fail (OCTAVO_IS_STORE (self));

  orm_database_poll (self->database);
}

/**
 * octavo_store_backup:
 * @self: an open store
 * @path: where the copy goes; nothing may be there yet
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Copies the whole file as it is now, checks the copy, and puts it in place. Sets %OCTAVO_ERROR_EXISTS where something
 * is at @path, and other errors of %OCTAVO_ERROR. Main thread; blocks.
 *
 * Returns: whether there is a good copy at @path
 */
gboolean
octavo_store_backup (OctavoStore *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return octavo_backup_run (self->database, path, cancellable, error);
}

/**
 * octavo_store_check:
 * @self: an open store
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @problems: (out) (transfer full) (element-type OctavoProblem): what was found
 * @cancellable: (nullable): stops it
 * @error: where to put an error
 *
 * Looks the whole file over and mends what is derived from the rest. Main thread; blocks.
 *
 * Returns: whether it could be looked over; %FALSE with %OCTAVO_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
octavo_store_check (OctavoStore *self,
                    OctavoProgress progress,
                    gpointer user_data,
                    GPtrArray **problems,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (self), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  if (octavo_check_run (self->database, self->search, self->migrations, progress, user_data, problems, cancellable,
                        error))
    return TRUE;
  octavo_error_for_person (error, self->path);
  return FALSE;
}
