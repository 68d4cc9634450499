/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-session.h"

#include "octavo-error.h"
#include "octavo-markdown-importer.h"
#include "octavo-notes-act.h"
#include "octavo-query.h"
#include "octavo-saved-search-repository.h"
#include "octavo-search-private.h"
#include "octavo-snapshot-restore.h"
#include "octavo-tag-repository.h"
#include "octavo-user-repository.h"

#include <glib/gstdio.h>

/* Each is prepared where nothing goes wrong, and may then be done several times, until it is done. */

#define N_FILES 5

static OctavoNoteRepository *
get_notes (FaultSession *self)
{
  return octavo_store_get_notes (self->store);
}

static gint64
get_user (FaultSession *self)
{
  return octavo_user_repository_get_default_id (octavo_store_get_users (self->store));
}

static void
set_text (FaultSession *self, guint n_lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (text, "Line %u of round %u: %08x\n", i, self->round, g_rand_int (self->rand));
  g_free (self->text);
  self->text = g_strdup (text->str);
}

/* Whether there is a row where a number is this one, or a name that ends in it. */
static gboolean
has_row (FaultSession *self, const char *from, gint64 number)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s%" G_GINT64_FORMAT, from, number);

  return model_test_query_int (self->path, sql) > 0;
}

static gint64
add_note (FaultSession *self, const char *title)
{
  g_autoptr (OctavoNote) note = octavo_note_repository_create (get_notes (self), get_user (self));
  g_autoptr (GError) error = NULL;

  set_text (self, (guint) g_rand_int_range (self->rand, 1, 30));
  octavo_note_set_title (note, title);
  octavo_note_set_body (note, self->text);
  octavo_note_repository_save (get_notes (self), note, NULL, &error);
  g_assert_no_error (error);
  return octavo_note_get_id (note);
}

static gboolean
apply (FaultSession *self, OctavoNotesAction action, const char *tag, GError **error)
{
  return octavo_note_repository_apply (get_notes (self), action, self->ids, 1, tag, NULL, NULL, error);
}

static char *
name_round (FaultSession *self, const char *word)
{
  return g_strdup_printf ("%s %u", word, self->round);
}

/* A new note, and one that is edited: little and much */

static void
prepare_new (FaultSession *self)
{
  g_autofree char *title = name_round (self, "New");

  g_clear_object (&self->note);
  self->note = octavo_note_repository_create (get_notes (self), get_user (self));
  set_text (self, (guint) g_rand_int_range (self->rand, 0, 50));
  octavo_note_set_title (self->note, title);
  octavo_note_set_body (self->note, self->text);
}

static void
prepare_edit_of (FaultSession *self, guint n_lines)
{
  g_autoptr (GError) error = NULL;

  self->ids[0] = add_note (self, "Edited");
  g_clear_object (&self->note);
  self->note = octavo_note_repository_get (get_notes (self), self->ids[0], NULL, &error);
  g_assert_no_error (error);
  set_text (self, n_lines);
  octavo_note_set_body (self->note, self->text);
}

static void
prepare_edit (FaultSession *self)
{
  prepare_edit_of (self, (guint) g_rand_int_range (self->rand, 1, 50));
}

static void
prepare_long_edit (FaultSession *self)
{
  prepare_edit_of (self, 3000);
}

static gboolean
save (FaultSession *self, GError **error)
{
  return octavo_note_repository_save (get_notes (self), self->note, NULL, error);
}

static gboolean
is_saved (FaultSession *self)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT body FROM note WHERE id = %" G_GINT64_FORMAT, octavo_note_get_id (self->note));
  g_autofree char *body = NULL;

  if (!has_row (self, "note WHERE id = ", octavo_note_get_id (self->note)))
    return FALSE;
  body = model_test_query_text (self->path, sql);
  return g_strcmp0 (body, self->text) == 0;
}

static gboolean
read_note (FaultSession *self, GError **error)
{
  g_clear_object (&self->note);
  self->note = octavo_note_repository_get (get_notes (self), self->ids[0], NULL, error);
  return self->note != NULL;
}

static gboolean
is_read (FaultSession *self)
{
  return g_strcmp0 (octavo_note_get_body (self->note), self->text) == 0;
}

/* Tags, trash */

static void
prepare_note (FaultSession *self)
{
  g_autofree char *title = name_round (self, "Note");

  self->ids[0] = add_note (self, title);
}

static gboolean
add_tag (FaultSession *self, GError **error)
{
  g_autofree char *tag = g_strdup_printf ("round/%u", self->round);

  return apply (self, OCTAVO_NOTES_ADD_TAG, tag, error);
}

static gboolean
has_tag (FaultSession *self)
{
  return has_row (self, "note_tag WHERE note_id = ", self->ids[0]);
}

static gboolean
trash (FaultSession *self, GError **error)
{
  return apply (self, OCTAVO_NOTES_TRASH, NULL, error);
}

static gboolean
is_trashed (FaultSession *self)
{
  return has_row (self, "note WHERE trashed > 0 AND id = ", self->ids[0]);
}

static void
prepare_trashed (FaultSession *self)
{
  g_autoptr (GError) error = NULL;

  prepare_note (self);
  trash (self, &error);
  g_assert_no_error (error);
}

static gboolean delete (FaultSession *self, GError **error)
{
  return apply (self, OCTAVO_NOTES_DELETE, NULL, error);
}

static gboolean
is_gone (FaultSession *self)
{
  return !has_row (self, "note WHERE id = ", self->ids[0]);
}

static gboolean
is_there (FaultSession *self)
{
  return !is_gone (self);
}

/* What is done as a step, and taken back */

static gboolean
perform (FaultSession *self, OctavoNotesAct *act, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  octavo_notes_act_perform_async (act, get_notes (self), NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  return octavo_notes_act_perform_finish (get_notes (self), result, &self->step_id, NULL, error);
}

static void
prepare_undo (FaultSession *self)
{
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();
  g_autoptr (GError) error = NULL;

  prepare_trashed (self);
  octavo_notes_act_add (act, OCTAVO_NOTES_DELETE, self->ids, 1, NULL, &error);
  g_assert_no_error (error);
  perform (self, act, &error);
  g_assert_no_error (error);
}

static gboolean
undo (FaultSession *self, GError **error)
{
  g_auto (OctavoUndoResult) result = { 0 };

  return octavo_undo_run (self->store, self->step_id, &result, error);
}

static void
prepare_merge (FaultSession *self)
{
  self->ids[1] = add_note (self, "Merged second");
  self->ids[0] = add_note (self, "Merged first");
}

static gboolean
merge (FaultSession *self, GError **error)
{
  g_autoptr (OctavoNotesAct) act = octavo_notes_act_new ();

  octavo_notes_act_add_merge (act, self->ids, 2);
  return perform (self, act, error);
}

static void
prepare_rename (FaultSession *self)
{
  g_autoptr (GError) error = NULL;

  prepare_note (self);
  apply (self, OCTAVO_NOTES_ADD_TAG, "old/name", &error);
  g_assert_no_error (error);
}

static gboolean
rename_tag (FaultSession *self, GError **error)
{
  OctavoTagRepository *tags = octavo_store_get_tags (self->store);
  g_autofree char *name = g_strdup_printf ("new/%u", self->round);
  g_autoptr (GAsyncResult) result = NULL;

  octavo_tag_repository_rename_async (tags, "old/name", name, TRUE, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  return octavo_tag_repository_rename_finish (tags, result, NULL, error);
}

static gboolean
is_renamed (FaultSession *self)
{
  return has_row (self, "note_tag JOIN tag ON tag.id = tag_id WHERE name LIKE 'new/%' AND note_id = ", self->ids[0]);
}

/* People */

static void
prepare_nothing (FaultSession *self)
{
}

static gboolean
add_user (FaultSession *self, GError **error)
{
  g_autofree char *name = name_round (self, "Ada");

  return octavo_user_repository_ensure (octavo_store_get_users (self->store), name, error) != 0;
}

static gboolean
has_user (FaultSession *self)
{
  return has_row (self, "user WHERE name = 'Ada ' || ", self->round);
}

static void
prepare_user (FaultSession *self)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  g_autofree char *name = name_round (self, "Bo");
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) given = NULL;
  g_autoptr (GError) error = NULL;

  prepare_note (self);
  octavo_user_repository_add_async (users, name, "", "", NULL, model_test_on_result, &added);
  model_test_wait_for (added != NULL);
  self->ids[1] = octavo_user_repository_add_finish (users, added, &error);
  g_assert_no_error (error);
  octavo_user_repository_give_async (users, self->ids[1], self->ids, 1, NULL, model_test_on_result, &given);
  model_test_wait_for (given != NULL);
  octavo_user_repository_give_finish (users, given, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
delete_user (FaultSession *self, GError **error)
{
  OctavoUserRepository *users = octavo_store_get_users (self->store);
  g_autoptr (GAsyncResult) result = NULL;

  octavo_user_repository_delete_async (users, self->ids[1], get_user (self), TRUE, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  return octavo_user_repository_delete_finish (users, result, NULL, error);
}

/* Searches */

static gboolean
keep_search (FaultSession *self, GError **error)
{
  OctavoSavedSearchRepository *searches = octavo_store_get_saved_searches (self->store);
  g_autofree char *name = name_round (self, "Search");
  g_autoptr (GAsyncResult) result = NULL;

  octavo_saved_search_repository_add_async (searches, name, "tag:work", -1, NULL, model_test_on_result, &result);
  model_test_wait_for (result != NULL);
  return octavo_saved_search_repository_add_finish (searches, result, error) > 0;
}

static gboolean
has_search (FaultSession *self)
{
  return has_row (self, "saved_search WHERE name = 'Search ' || ", self->round);
}

static gboolean
write_index (FaultSession *self, GError **error)
{
  if (octavo_search_update (octavo_store_get_search (self->store), NULL, error))
    return TRUE;
  octavo_error_for_person (error, self->path);
  return FALSE;
}

static gboolean
is_indexed (FaultSession *self)
{
  return model_test_query_int (self->path, "SELECT count(*) FROM search_queue") == 0;
}

static gboolean
search (FaultSession *self, GError **error)
{
  g_autoptr (OctavoQuery) query = octavo_query_new ("round line");
  g_autoptr (GArray) ids = octavo_search_run (octavo_store_get_search (self->store), query, &(OctavoScope){ 0 },
                                              OCTAVO_SORT_UPDATED, NULL, error);

  self->ids[1] = ids != NULL ? ids->len : 0;
  octavo_error_for_person (error, self->path);
  return ids != NULL;
}

static gboolean
has_found (FaultSession *self)
{
  return self->ids[1] == model_test_query_int (self->path, "SELECT count(*) FROM note WHERE trashed = 0 AND "
                                                           "body LIKE '%line%' AND body LIKE '%round%'");
}

/* Files */

static void
prepare_import (FaultSession *self)
{
  g_free (self->made);
  self->made = g_strdup_printf ("%s/vault-%u", self->vault, self->round);
  g_assert_cmpint (g_mkdir (self->made, 0700), ==, 0);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/File %u of %u.md", self->made, i, self->round);
      g_autofree char *text = NULL;

      set_text (self, 10);
      text = g_strconcat ("---\ntags: [imported, round/x]\n---\n", self->text, NULL);
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
    }
}

static gboolean
import (FaultSession *self, GError **error)
{
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (self->store, 0);
  const char *paths[] = { self->made, NULL };
  g_autoptr (OctavoImportReport) report = octavo_markdown_importer_run (importer, paths, NULL, NULL, NULL, error);

  return report != NULL && (error == NULL || *error == NULL) && report->n_failed == 0;
}

static gboolean
is_imported (FaultSession *self)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM note WHERE title LIKE 'File %% of %u' AND body <> ''", self->round);

  return model_test_query_int (self->path, sql) == N_FILES;
}

static gboolean
make_snapshot (FaultSession *self, GError **error)
{
  g_autoptr (OctavoSnapshot) made = octavo_snapshots_make (self->snapshots, OCTAVO_SNAPSHOT_ASKED,
                                                           OCTAVO_SNAPSHOT_AT_ONCE, g_get_real_time (), NULL, error);

  g_free (self->made);
  self->made = made != NULL ? g_strdup (made->path) : NULL;
  return made != NULL;
}

static gboolean
back_up (FaultSession *self, GError **error)
{
  g_free (self->made);
  self->made = g_strdup_printf ("%s/copy-%u.db", self->folder, self->round);
  return octavo_store_backup (self->store, self->made, NULL, error);
}

static gboolean
is_backed_up (FaultSession *self)
{
  g_autofree char *body = model_test_query_text (self->made, "SELECT body FROM note ORDER BY id DESC");

  g_ptr_array_add (self->backups, g_strdup (self->made));
  return g_strcmp0 (body, self->text) == 0;
}

static void
prepare_restore (FaultSession *self)
{
  g_autoptr (GError) error = NULL;

  prepare_note (self);
  make_snapshot (self, &error);
  g_assert_no_error (error);
  trash (self, &error);
  g_assert_no_error (error);
}

static gboolean
restore (FaultSession *self, GError **error)
{
  return octavo_snapshot_restore (self->snapshots, self->made, NULL, NULL, error);
}

static gboolean
is_restored (FaultSession *self)
{
  return is_there (self) && !is_trashed (self);
}

static gboolean
check (FaultSession *self, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;

  if (!octavo_store_check (self->store, NULL, NULL, &problems, NULL, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("the check says: %s", ((OctavoProblem *) g_ptr_array_index (problems, i))->text);
  return TRUE;
}

static gboolean
is_open (FaultSession *self)
{
  return self->store != NULL;
}

static gboolean
reopen (FaultSession *self, GError **error)
{
  fault_session_close (self);
  fault_session_open (self, error);
  return self->store != NULL;
}

static const FaultAct acts[] = {
  { "new", FAULT_WHOLE, prepare_new, save, is_saved },
  { "edit", FAULT_WHOLE, prepare_edit, save, is_saved },
  { "long-edit", FAULT_WHOLE, prepare_long_edit, save, is_saved },
  { "read", FAULT_WHOLE, prepare_note, read_note, is_read },
  { "tag", FAULT_WHOLE, prepare_note, add_tag, has_tag },
  { "trash", FAULT_WHOLE, prepare_note, trash, is_trashed },
  { "delete", FAULT_WHOLE, prepare_trashed, delete, is_gone },
  { "undo", FAULT_WHOLE, prepare_undo, undo, is_there },
  { "merge", FAULT_WHOLE, prepare_merge, merge, is_trashed },
  { "rename-tag", FAULT_WHOLE, prepare_rename, rename_tag, is_renamed },
  { "add-user", FAULT_EACH_NOTE, prepare_nothing, add_user, has_user },
  { "delete-user", FAULT_WHOLE, prepare_user, delete_user, is_trashed },
  { "keep-search", FAULT_WHOLE, prepare_nothing, keep_search, has_search },
  { "index", FAULT_WHOLE, prepare_note, write_index, is_indexed },
  { "search", FAULT_WHOLE, prepare_note, search, has_found },
  { "import", FAULT_EACH_NOTE, prepare_import, import, is_imported },
  { "snapshot", FAULT_WHOLE, prepare_note, make_snapshot, is_backed_up },
  { "backup", FAULT_WHOLE, prepare_note, back_up, is_backed_up },
  { "restore", FAULT_WHOLE, prepare_restore, restore, is_restored },
  { "check", FAULT_WHOLE, prepare_note, check, is_open },
  { "reopen", FAULT_WHOLE, prepare_note, reopen, is_open },
};

const FaultAct *
fault_session_get_acts (guint *n_acts)
{
  *n_acts = G_N_ELEMENTS (acts);
  return acts;
}
