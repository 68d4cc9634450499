/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-note-repository.h"
#include "octavo-origin-repository.h"
#include "octavo-search.h"
#include "octavo-store.h"
#include "octavo-user-repository.h"
#include "octavo-version-repository.h"

#include <glib/gstdio.h>

typedef struct
{
  OctavoStore *store;
  OctavoOriginRepository *origins;
  OctavoNoteRepository *notes;
  gint64 user_id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->store = octavo_store_new (":memory:");
  octavo_store_open (fixture->store, NULL, &error);
  g_assert_no_error (error);
  fixture->origins = octavo_store_get_origins (fixture->store);
  fixture->notes = octavo_store_get_notes (fixture->store);
  fixture->user_id = octavo_user_repository_get_default_id (octavo_store_get_users (fixture->store));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  octavo_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->store);
}

static OctavoImportItem *
make_item (Fixture *fixture, const char *location, const char *digest, const char *body, const char *tags)
{
  OctavoImportItem *item = octavo_import_item_new ();

  item->location = g_strdup (location);
  item->file_digest = g_strdup (digest);
  item->values->user_id = fixture->user_id;
  item->values->title = g_strdup ("Title");
  item->values->body = g_strdup (body);
  item->values->tags = g_strsplit (tags, " ", -1);
  item->values->created = 1000;
  item->values->updated = 2000;
  return item;
}

/* Imports one file; its outcome. id (out) (optional): the note's. */
static OctavoImportOutcome
import (Fixture *fixture, OctavoImportItem *item, gboolean dry_run, gint64 *id)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_import_item_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (items, item);
  octavo_origin_repository_import (fixture->origins, items, dry_run, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  if (id != NULL)
    *id = item->values->id;
  return item->outcome;
}

static gint64
count (Fixture *fixture)
{
  const OctavoScope scope = { .place = OCTAVO_PLACE_ALL };
  gint64 n = -1;

  g_assert_true (octavo_note_repository_count (fixture->notes, &scope, &n, NULL));
  return n;
}

static void
edit (Fixture *fixture, gint64 id, const char *body)
{
  g_autoptr (OctavoNote) note = octavo_note_repository_get (fixture->notes, id, NULL, NULL);

  octavo_note_set_body (note, body);
  g_assert_true (octavo_note_repository_save (fixture->notes, note, NULL, NULL));
}

static void
apply (Fixture *fixture, OctavoNotesAction action, gint64 id, const char *tag)
{
  g_assert_true (octavo_note_repository_apply (fixture->notes, action, &id, 1, tag, NULL, NULL, NULL));
}

static gboolean
keep_values (OctavoNoteValues *values, gpointer data)
{
  OctavoNoteValues *kept = data;

  kept->body = g_strdup (values->body);
  kept->user_name = g_strdup (values->user_name);
  kept->tags = g_strdupv (values->tags);
  kept->pinned = values->pinned;
  kept->trashed = values->trashed;
  kept->updated = values->updated;
  return TRUE;
}

static OctavoNoteValues *
read_note (Fixture *fixture, gint64 id)
{
  OctavoNoteValues *values = octavo_note_values_new ();

  g_assert_true (octavo_note_repository_foreach (fixture->notes, &id, 1, TRUE, keep_values, values, NULL, NULL));
  return values;
}

static void
check_note (Fixture *fixture, gint64 id, const char *body, const char *tags)
{
  g_autoptr (OctavoNoteValues) note = read_note (fixture, id);
  g_autofree char *found = note->tags != NULL ? g_strjoinv (" ", note->tags) : g_strdup ("");

  g_assert_cmpstr (note->body, ==, body);
  g_assert_cmpstr (found, ==, tags);
}

static void
test_unchanged (Fixture *fixture, gconstpointer data)
{
  gint64 id = 0, again = 0;

  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x y"), FALSE, &id), ==,
                   OCTAVO_IMPORTED);
  check_note (fixture, id, "old", "x y");
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x y"), FALSE, &again), ==,
                   OCTAVO_IMPORT_UNCHANGED);
  g_assert_cmpint (again, ==, id);
  edit (fixture, id, "edited here");
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x y"), FALSE, NULL), ==,
                   OCTAVO_IMPORT_UNCHANGED);
  check_note (fixture, id, "edited here", "x y");
  g_assert_cmpint (count (fixture), ==, 1);
}

static void
test_updated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoNoteValues) note = NULL;
  gint64 id = 0, again = 0;

  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x y"), FALSE, &id);
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "y z"), FALSE, &again), ==,
                   OCTAVO_IMPORT_UPDATED);
  g_assert_cmpint (again, ==, id);
  check_note (fixture, id, "new", "y z");
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "3", "newer", ""), FALSE, NULL), ==,
                   OCTAVO_IMPORT_UPDATED);
  check_note (fixture, id, "newer", "");
  note = read_note (fixture, id);
  g_assert_cmpint (note->updated, ==, 2000);
  g_assert_cmpint (count (fixture), ==, 1);
}

/* What a file's text is written over is kept, and nothing else. */
static void
test_versions (Fixture *fixture, gconstpointer data)
{
  OctavoVersionRepository *versions = octavo_store_get_versions (fixture->store);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (OctavoNoteValues) version = NULL;
  gint64 id = 0;

  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, &id);
  import (fixture, make_item (fixture, "/v/a.md", "2", "old", "y"), FALSE, NULL);
  import (fixture, make_item (fixture, "/v/a.md", "3", "dry", "y"), TRUE, NULL);
  import (fixture, make_item (fixture, "/v/a.md", "4", "new", "y"), FALSE, NULL);
  list = octavo_version_repository_list (versions, id, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (octavo_note_version_get_reason (list->pdata[0]), ==, OCTAVO_VERSION_IMPORT);
  version = octavo_version_repository_read (versions, octavo_note_version_get_id (list->pdata[0]), NULL);
  g_assert_cmpstr (version->body, ==, "old");
  g_assert_cmpint (version->updated, ==, 2000);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  gint64 id = 0, second = 0, third = 0;

  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, &id);
  edit (fixture, id, "edited here");
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "x"), FALSE, &second), ==,
                   OCTAVO_IMPORT_CONFLICT);
  g_assert_cmpint (second, !=, id);
  check_note (fixture, id, "edited here", "x");
  check_note (fixture, second, "new", "x");
  /* from now on the file is the second note's */
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "x"), FALSE, &third), ==,
                   OCTAVO_IMPORT_UNCHANGED);
  g_assert_cmpint (third, ==, second);
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "3", "newer", "x"), FALSE, &third), ==,
                   OCTAVO_IMPORT_UPDATED);
  g_assert_cmpint (third, ==, second);
  g_assert_cmpint (count (fixture), ==, 2);
}

static void
test_tag_is_an_edit (Fixture *fixture, gconstpointer data)
{
  gint64 id = 0;

  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, &id);
  apply (fixture, OCTAVO_NOTES_ADD_TAG, id, "mine");
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "x"), FALSE, NULL), ==,
                   OCTAVO_IMPORT_CONFLICT);
  check_note (fixture, id, "old", "mine x");
}

/* The tag was there in another case before: not an edit. */
static void
test_case_of_tags (Fixture *fixture, gconstpointer data)
{
  gint64 id = 0;

  import (fixture, make_item (fixture, "/v/first.md", "0", "", "Été"), FALSE, NULL);
  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "été"), FALSE, &id);
  check_note (fixture, id, "old", "Été");
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "été"), FALSE, NULL), ==,
                   OCTAVO_IMPORT_UPDATED);
}

static void
check_pinned (Fixture *fixture, gint64 id, gboolean pinned)
{
  g_autoptr (OctavoNoteValues) note = read_note (fixture, id);

  g_assert_cmpint (note->pinned, ==, pinned);
}

static void
test_pin_stays (Fixture *fixture, gconstpointer data)
{
  OctavoImportItem *item;
  gint64 id = 0;

  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, &id);
  apply (fixture, OCTAVO_NOTES_PIN, id, NULL);
  for (int i = 2; i < 5; i++)
    {
      g_autofree char *digest = g_strdup_printf ("%d", i);

      g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", digest, digest, "x"), FALSE, NULL), ==,
                       OCTAVO_IMPORT_UPDATED);
      check_pinned (fixture, id, TRUE);
    }
  apply (fixture, OCTAVO_NOTES_UNPIN, id, NULL);
  item = make_item (fixture, "/v/a.md", "6", "6", "x");
  item->values->pinned = TRUE;
  g_assert_cmpint (import (fixture, item, FALSE, NULL), ==, OCTAVO_IMPORT_UPDATED);
  check_pinned (fixture, id, TRUE); /* the file's news */
}

static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  gint64 id = 0, again = 0;

  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, &id);
  apply (fixture, OCTAVO_NOTES_TRASH, id, NULL);
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, NULL), ==,
                   OCTAVO_IMPORT_UNCHANGED);
  g_assert_cmpint (count (fixture), ==, 0);
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "x"), FALSE, NULL), ==,
                   OCTAVO_IMPORT_UPDATED);
  g_assert_cmpint (count (fixture), ==, 0); /* still in the trash */
  check_note (fixture, id, "new", "x");
  apply (fixture, OCTAVO_NOTES_DELETE, id, NULL);
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "x"), FALSE, &again), ==,
                   OCTAVO_IMPORTED);
  g_assert_cmpint (again, !=, id);
  g_assert_cmpint (count (fixture), ==, 1);
}

static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("octavo-moved-XXXXXX", NULL);
  g_autofree char *there = g_build_filename (folder, "a.md", NULL);
  gint64 id = 0, moved = 0;

  g_assert_true (g_file_set_contents (there, "x", -1, NULL));
  import (fixture, make_item (fixture, there, "1", "old", "x"), FALSE, &id);
  /* the file is still there: this is a copy of it */
  g_assert_cmpint (import (fixture, make_item (fixture, "/copy/a.md", "1", "old", "x"), FALSE, NULL), ==,
                   OCTAVO_IMPORTED);
  g_assert_cmpint (g_unlink (there), ==, 0);
  g_rmdir (folder);
  /* another name: another note */
  g_assert_cmpint (import (fixture, make_item (fixture, "/new/b.md", "1", "old", "x"), FALSE, NULL), ==,
                   OCTAVO_IMPORTED);
  g_assert_cmpint (import (fixture, make_item (fixture, "/new/a.md", "1", "old", "x"), FALSE, &moved), ==,
                   OCTAVO_IMPORT_UNCHANGED);
  g_assert_cmpint (moved, ==, id);
  g_assert_cmpint (import (fixture, make_item (fixture, "/new/a.md", "2", "new", "x"), FALSE, &moved), ==,
                   OCTAVO_IMPORT_UPDATED);
  g_assert_cmpint (moved, ==, id);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  gint64 id = 0;

  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), TRUE, NULL), ==, OCTAVO_IMPORTED);
  g_assert_cmpint (count (fixture), ==, 0);
  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, &id);
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "x"), TRUE, NULL), ==,
                   OCTAVO_IMPORT_UPDATED);
  check_note (fixture, id, "old", "x");
  edit (fixture, id, "edited here");
  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "2", "new", "x"), TRUE, NULL), ==,
                   OCTAVO_IMPORT_CONFLICT);
  g_assert_cmpint (count (fixture), ==, 1);
}

static void
test_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_import_item_free);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (items, make_item (fixture, "/v/a.md", "1", "fine", "x"));
  g_ptr_array_add (items, make_item (fixture, "/v/b.md", "2", "not fine", "a,b"));
  g_assert_false (octavo_origin_repository_import (fixture->origins, items, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TAG);
  g_assert_cmpint (count (fixture), ==, 0);
  g_clear_error (&error);

  g_ptr_array_set_size (items, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (octavo_origin_repository_import (fixture->origins, items, FALSE, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture), ==, 0);
}

static void
test_users (Fixture *fixture, gconstpointer data)
{
  const char *names[] = { "Ana", "ANA", "Bo" };
  gint64 ids[3];
  g_autoptr (OctavoNoteValues) second = NULL;
  g_autoptr (OctavoUser) bo = NULL;

  for (gsize i = 0; i < 3; i++)
    {
      g_autofree char *location = g_strdup_printf ("/v/%zu.md", i);
      OctavoImportItem *item = make_item (fixture, location, "1", location, "");

      item->values->user_id = 0;
      item->values->user_name = g_strdup (names[i]);
      g_assert_cmpint (import (fixture, item, FALSE, &ids[i]), ==, OCTAVO_IMPORTED);
    }
  second = read_note (fixture, ids[1]);
  g_assert_cmpstr (second->user_name, ==, "Ana");
  bo = octavo_user_repository_find (octavo_store_get_users (fixture->store), "bo", NULL);
  g_assert_nonnull (bo);
}

static void
test_location (Fixture *fixture, gconstpointer data)
{
  g_autofree char *location = NULL;
  g_autofree char *nowhere = NULL;
  gint64 id = 0;

  g_assert_cmpint (import (fixture, make_item (fixture, "/v/a.md", "1", "old", ""), FALSE, &id), ==, OCTAVO_IMPORTED);
  g_assert_true (octavo_origin_repository_find_location (fixture->origins, id, &location, NULL));
  g_assert_cmpstr (location, ==, "/v/a.md");
  g_assert_true (octavo_origin_repository_find_location (fixture->origins, id + 1, &nowhere, NULL));
  g_assert_null (nowhere);
}

static void
note_change (OctavoStore *store, OctavoChange *change, gpointer data)
{
  gsize *n_added = data;
  gsize n = 0;

  octavo_change_get_added (change, &n);
  *n_added += n;
}

static void
test_change_is_told (Fixture *fixture, gconstpointer data)
{
  gsize n_added = 0;
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_signal_connect (fixture->store, "changed", G_CALLBACK (note_change), &n_added);
  import (fixture, make_item (fixture, "/v/a.md", "1", "old", "x"), FALSE, NULL);
  while (n_added == 0 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n_added, ==, 1);
  g_signal_handlers_disconnect_by_func (fixture->store, note_change, &n_added);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/origin-repository/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("the-same-file-is-one-note", test_unchanged);
  ADD ("a-newer-file-updates-its-note", test_updated);
  ADD ("what-is-written-over-is-kept", test_versions);
  ADD ("two-edits-make-two-notes", test_conflict);
  ADD ("a-tag-set-here-is-an-edit", test_tag_is_an_edit);
  ADD ("the-case-of-a-tag-is-no-edit", test_case_of_tags);
  ADD ("a-pin-set-here-stays", test_pin_stays);
  ADD ("the-trash-counts-and-deleting-does-not", test_deleted);
  ADD ("a-moved-folder-is-known", test_moved);
  ADD ("a-dry-run-writes-nothing", test_dry_run);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("users-by-name", test_users);
  ADD ("where-a-note-is-from", test_location);
  ADD ("the-store-tells-of-it", test_change_is_told);
  return g_test_run ();
}
