/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-error.h"
#include "octavo-search.h"
#include "octavo-tag-repository.h"
#include "octavo-user-repository.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  char *wal; /* what SQLite writes beside it */
} Folder;

static void
set_up_folder (Folder *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("octavo-store-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "notes.db", NULL);
  self->wal = g_strconcat (self->path, "-wal", NULL);
}

static void
tear_down_folder (Folder *self, gconstpointer data)
{
  model_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->wal);
}

/* The store cannot be opened, for that reason, and says so of that file. (transfer full) */
static char *
assert_cannot_open (const char *path, OctavoError code)
{
  OctavoStore *store = octavo_store_new (path);
  g_autoptr (GError) error = NULL;
  char *message;

  g_assert_false (octavo_store_open (store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, (int) code);
  message = g_strdup (error->message);
  /* A second try fails in the same way, and so does the other way to open it. */
  g_clear_error (&error);
  g_assert_false (octavo_store_open (store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  g_clear_error (&error);
  {
    GAsyncResult *place = NULL;
    g_autoptr (GAsyncResult) result = NULL;

    octavo_store_open_async (store, NULL, model_test_on_result, &place);
    result = model_test_take_result (&place);
    g_assert_false (octavo_store_open_finish (store, result, &error));
    g_assert_error (error, OCTAVO_ERROR, (int) code);
  }
  octavo_store_close (store);
  g_assert_finalize_object (store);
  return message;
}

static void
assert_holds (const char *message, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  g_assert_nonnull (strstr (message, name));
  g_assert_true (g_str_has_suffix (message, "."));
}

static char *
take_contents (const char *path, gsize *length)
{
  char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
make_file (Folder *self)
{
  OctavoStore *store = octavo_store_new (self->path);

  g_assert_true (octavo_store_open (store, NULL, NULL));
  octavo_store_close (store);
  g_assert_finalize_object (store);
}

/* How many files there are beside it. */
static guint
count_others (const char *folder, const char *but)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_files = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_prefix (name, but))
      n_files++;
  return n_files;
}

/* It was refused, and is as it was, with nothing beside it. */
static void
assert_refused (Folder *self, const char *contents, gsize length, OctavoError code)
{
  g_autofree char *message = NULL;
  g_autofree char *after = NULL;
  gsize length_after;
  struct stat before_info, after_info;

  g_assert_true (g_file_set_contents (self->path, contents, (gssize) length, NULL));
  g_assert_cmpint (stat (self->path, &before_info), ==, 0);
  message = assert_cannot_open (self->path, code);
  assert_holds (message, self->path);
  g_assert_cmpint (stat (self->path, &after_info), ==, 0);
  after = take_contents (self->path, &length_after);
  g_assert_cmpmem (after, length_after, contents, length);
  g_assert_cmpint (before_info.st_mtim.tv_nsec, ==, after_info.st_mtim.tv_nsec);
  g_assert_cmpuint (count_others (self->folder, "notes.db"), ==, 0);
  g_assert_false (g_file_test (self->wal, G_FILE_TEST_EXISTS));
}

static void
test_makes_folder_and_file (Folder *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "a", "b", "notes.db", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  OctavoStore *store = octavo_store_new (path);
  mode_t mask = umask (0);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (octavo_store_open (store, NULL, &error));
  g_assert_no_error (error);
  umask (mask);
  g_assert_cmpstr (octavo_store_get_path (store), ==, path);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  octavo_store_close (store);
  octavo_store_close (store);
  g_assert_finalize_object (store);

  g_assert_cmpint (model_test_query_int (path, "PRAGMA application_id"), ==, 0x4f435456);
  g_assert_cmpint (model_test_query_int (path, "PRAGMA user_version"), ==, 5);
}

static void
test_opens_async (Folder *self, gconstpointer data)
{
  OctavoStore *store = octavo_store_new (self->path);
  GAsyncResult *place = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  octavo_store_open_async (store, NULL, model_test_on_result, &place);
  result = model_test_take_result (&place);
  g_assert_true (octavo_store_open_finish (store, result, &error));
  g_assert_no_error (error);
  g_assert_true (OCTAVO_IS_SEARCH (octavo_store_get_search (store)));
  g_assert_nonnull (octavo_store_get_notes (store));
  g_assert_nonnull (octavo_store_get_origins (store));
  g_assert_cmpint (octavo_user_repository_get_default_id (octavo_store_get_users (store)), ==, 1);
  octavo_store_close (store);
  g_clear_object (&result);
  g_assert_finalize_object (store);
}

static void
test_cancelled (Folder *self, gconstpointer data)
{
  OctavoStore *store = octavo_store_new (self->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (octavo_store_open (store, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (store);
}

static void
test_first_user (Folder *self, gconstpointer data)
{
  const char *expected = g_str_equal (g_get_real_name (), "Unknown") ? g_get_user_name () : g_get_real_name ();

  for (guint i = 0; i < 2; i++)
    {
      OctavoStore *store = octavo_store_new (self->path);
      g_autoptr (GError) error = NULL;
      GListModel *users;
      g_autoptr (OctavoUser) user = NULL;

      g_assert_true (octavo_store_open (store, NULL, &error));
      g_assert_no_error (error);
      users = octavo_user_repository_get_list (octavo_store_get_users (store));
      g_assert_cmpuint (g_list_model_get_n_items (users), ==, 1);
      user = g_list_model_get_item (users, 0);
      g_assert_cmpstr (octavo_user_get_name (user), ==, expected);
      g_assert_cmpstr (octavo_user_get_email (user), ==, "");
      g_assert_cmpint (octavo_user_get_created (user), >, 0);
      g_assert_cmpint (octavo_user_get_id (user), ==,
                       octavo_user_repository_get_default_id (octavo_store_get_users (store)));
      octavo_store_close (store);
      g_clear_object (&user);
      g_assert_finalize_object (store);
    }
}

static void
test_memory (void)
{
  OctavoStore *store = octavo_store_new (":memory:");
  g_autoptr (GError) error = NULL;

  g_assert_true (octavo_store_open (store, NULL, &error));
  g_assert_no_error (error);
  octavo_store_close (store);
  g_assert_finalize_object (store);
  g_assert_false (g_file_test (":memory:", G_FILE_TEST_EXISTS));
}

/* A file where a folder should be stops root, too. */
static void
test_folder_cannot_be_made (Folder *self, gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->folder, "file", NULL);
  g_autofree char *path = g_build_filename (file, "sub", "notes.db", NULL);
  g_autofree char *in_proc = NULL;
  g_autofree char *message = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  message = assert_cannot_open (path, OCTAVO_ERROR_CANT_OPEN);
  g_assert_nonnull (strstr (message, "sub"));

  in_proc = assert_cannot_open ("/proc/octavo/notes.db", OCTAVO_ERROR_CANT_OPEN);
  g_assert_nonnull (strstr (in_proc, "/proc/octavo"));
}

static void
test_folder_cannot_be_written (Folder *self, gconstpointer data)
{
  g_autofree char *message = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write anywhere");
      return;
    }
  g_assert_cmpint (g_chmod (self->folder, 0500), ==, 0);
  message = assert_cannot_open (self->path, OCTAVO_ERROR_CANT_OPEN);
  assert_holds (message, self->path);
  g_assert_cmpint (g_chmod (self->folder, 0700), ==, 0);
}

static void
test_folder_in_place_of_file (Folder *self, gconstpointer data)
{
  g_autofree char *message = NULL;

  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  message = assert_cannot_open (self->path, OCTAVO_ERROR_CANT_OPEN);
  assert_holds (message, self->path);
  g_assert_true (g_file_test (self->path, G_FILE_TEST_IS_DIR));
}

static void
test_not_a_database (Folder *self, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  assert_refused (self, text, strlen (text), OCTAVO_ERROR_NOT_A_DATABASE);
  assert_refused (self, "short", 5, OCTAVO_ERROR_NOT_A_DATABASE);
}

static void
test_of_another_program (Folder *self, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  model_test_execute (self->path, "CREATE TABLE theirs (a)");
  contents = take_contents (self->path, &length);
  assert_refused (self, contents, length, OCTAVO_ERROR_NOT_A_DATABASE);
}

static void
test_newer_version (Folder *self, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  make_file (self);
  model_test_execute (self->path, "PRAGMA user_version = 99; PRAGMA journal_mode = DELETE");
  contents = take_contents (self->path, &length);
  assert_refused (self, contents, length, OCTAVO_ERROR_NEWER_VERSION);
}

/* Who only searches makes nothing, brings nothing up to date, and cannot write. */
static void
test_for_searching (Folder *self, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (self->folder, "none", "notes.db", NULL);
  g_autofree char *none = g_path_get_dirname (elsewhere);
  OctavoStore *store = octavo_store_new_for_searching (elsewhere);
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = NULL;

  g_assert_false (octavo_store_open (store, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN);
  g_clear_error (&error);
  g_assert_false (g_file_test (none, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (store);

  make_file (self);
  store = octavo_store_new_for_searching (self->path);
  octavo_store_open (store, NULL, &error);
  g_assert_no_error (error);
  note = octavo_note_repository_create (octavo_store_get_notes (store), 1);
  octavo_note_set_title (note, "never");
  g_assert_false (octavo_note_repository_save (octavo_store_get_notes (store), note, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_clear_object (&note);
  octavo_store_close (store);
  g_assert_finalize_object (store);

  model_test_execute (self->path, "PRAGMA user_version = 1; PRAGMA journal_mode = DELETE");
  store = octavo_store_new_for_searching (self->path);
  g_assert_false (octavo_store_open (store, NULL, &error));
  g_assert_cmpint (model_test_query_int (self->path, "PRAGMA user_version"), ==, 1);
  g_assert_finalize_object (store);
}

/* All but the first page, which says what the file is, is noise. */
static void
test_corrupt (Folder *self, gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  make_file (self);
  model_test_execute (self->path, "PRAGMA journal_mode = DELETE");
  contents = take_contents (self->path, &length);
  memset (contents + 100, 0xa5, length - 100);
  assert_refused (self, contents, length, OCTAVO_ERROR_CORRUPT);
}

static void
test_default_path (void)
{
  g_autofree char *usual = NULL;
  g_autofree char *named = NULL;

  g_unsetenv ("OCTAVO_DATABASE");
  usual = octavo_store_get_default_path ();
  g_assert_true (g_str_has_suffix (usual, "/octavo/notes.db"));
  g_assert_true (g_str_has_prefix (usual, g_get_user_data_dir ()));
  g_setenv ("OCTAVO_DATABASE", "/tmp/elsewhere.db", TRUE);
  named = octavo_store_get_default_path ();
  g_assert_cmpstr (named, ==, "/tmp/elsewhere.db");
  g_unsetenv ("OCTAVO_DATABASE");
}

/* What changed, as text: "everything tags users +added -removed ~updated". */
static void
on_changed (OctavoStore *store, OctavoChange *change, GString *text)
{
  gsize n_ids;
  const gint64 *ids;

  g_string_append_c (text, '[');
  if (octavo_change_is_everything (change))
    g_string_append (text, "everything ");
  if (octavo_change_has_tags (change))
    g_string_append (text, "tags ");
  if (octavo_change_has_users (change))
    g_string_append (text, "users ");
  ids = octavo_change_get_added (change, &n_ids);
  for (gsize i = 0; i < n_ids; i++)
    g_string_append_printf (text, "+%d ", (int) ids[i]);
  ids = octavo_change_get_removed (change, &n_ids);
  for (gsize i = 0; i < n_ids; i++)
    g_string_append_printf (text, "-%d ", (int) ids[i]);
  ids = octavo_change_get_updated (change, &n_ids);
  for (gsize i = 0; i < n_ids; i++)
    g_string_append_printf (text, "~%d ", (int) ids[i]);
  if (text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, ']');
}

static void
assert_changes (GString *text, const char *expected)
{
  model_test_wait_for (text->len > 0);
  g_assert_cmpstr (text->str, ==, expected);
  g_string_truncate (text, 0);
}

static void
save (ModelTest *self, OctavoNote *note)
{
  g_autoptr (GError) error = NULL;

  octavo_note_repository_save (octavo_store_get_notes (self->store), note, NULL, &error);
  g_assert_no_error (error);
}

static void
test_changes (ModelTest *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  OctavoNoteRepository *notes = octavo_store_get_notes (self->store);
  g_autoptr (OctavoNote) note = NULL;
  g_autoptr (GError) error = NULL;
  gint64 both[] = { 1, 2 };

  g_signal_connect (self->store, "changed", G_CALLBACK (on_changed), text);
  model_test_wait_for (self->n_changed > 0); /* the first user */
  g_string_truncate (text, 0);

  model_test_add_note (self, "one", "", NULL);
  assert_changes (text, "[+1]");
  model_test_add_note (self, "two", "", "tag");
  assert_changes (text, "[tags +2]");
  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, 1, "tag");
  assert_changes (text, "[tags ~1]");
  model_test_apply (self, OCTAVO_NOTES_PIN, 1, NULL);
  assert_changes (text, "[~1]");
  model_test_apply (self, OCTAVO_NOTES_TRASH, 1, NULL);
  assert_changes (text, "[tags ~1]");

  note = octavo_note_repository_get (notes, 1, NULL, &error);
  octavo_note_set_body (note, "text");
  save (self, note);
  assert_changes (text, "[~1]");
  octavo_note_set_trashed (note, 0);
  save (self, note);
  assert_changes (text, "[tags ~1]");
  g_clear_object (&note);

  g_assert_cmpint (octavo_user_repository_ensure (octavo_store_get_users (self->store), "Ada", &error), !=, 0);
  g_assert_no_error (error);
  assert_changes (text, "[users]");

  octavo_note_repository_apply (notes, OCTAVO_NOTES_DELETE, both, 2, NULL, NULL, NULL, &error);
  assert_changes (text, "[tags -1 -2]");

  model_test_execute (self->path, "INSERT INTO note (user_id, created, updated) VALUES (1, 1, 1)");
  assert_changes (text, "[everything tags users]");
}

/* Two processes: what one writes the other shows within a second or so. */
static void
test_two_stores (ModelTest *self, gconstpointer data)
{
  OctavoStore *other = octavo_store_new (self->path);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 began;

  g_assert_true (octavo_store_open (other, NULL, &error));
  g_assert_no_error (error);
  g_signal_connect (other, "changed", G_CALLBACK (on_changed), text);

  began = g_get_monotonic_time ();
  model_test_add_note (self, "from the first", "", NULL);
  model_test_wait_for (strstr (text->str, "everything") != NULL);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  {
    g_autoptr (OctavoNote) note = octavo_note_repository_get (octavo_store_get_notes (other), 1, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (octavo_note_get_title (note), ==, "from the first");
  }
  octavo_store_close (other);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (other);
}

static void
test_backup (ModelTest *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "copy.db", NULL);
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;
  OctavoStore *copy = octavo_store_new (path);
  struct stat info;

  model_test_add_note (self, "kept", "text", "tag");
  g_assert_true (octavo_store_backup (self->store, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_others (self->folder, "notes.db"), ==, 1);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  title = model_test_query_text (path, "SELECT title FROM note");
  g_assert_cmpstr (title, ==, "kept");

  /* It is a store, too. */
  g_assert_true (octavo_store_open (copy, NULL, &error));
  g_assert_no_error (error);
  octavo_store_close (copy);
  g_assert_finalize_object (copy);
}

static void
assert_no_backup (ModelTest *self, const char *path, OctavoError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (octavo_store_backup (self->store, path, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_backup_refused (ModelTest *self, gconstpointer data)
{
  g_autofree char *there = g_build_filename (self->folder, "there", NULL);
  g_autofree char *nowhere = g_build_filename (self->folder, "missing", "copy.db", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (there, "mine", 4, NULL));
  assert_no_backup (self, there, OCTAVO_ERROR_EXISTS);
  assert_no_backup (self, self->path, OCTAVO_ERROR_EXISTS);
  assert_no_backup (self, self->folder, OCTAVO_ERROR_EXISTS);
  assert_no_backup (self, nowhere, OCTAVO_ERROR_CANT_OPEN);
  g_assert_true (g_file_get_contents (there, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "mine");
  g_assert_cmpuint (count_others (self->folder, "notes.db"), ==, 1);
}

/* A page of notes is noise: the file opens, but a copy of it would be no good. */
static void
test_backup_of_corrupt (Folder *self, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (self->folder, "copy.db", NULL);
  OctavoStore *store;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  gint64 page;

  make_file (self);
  model_test_execute (self->path, "PRAGMA journal_mode = DELETE");
  page = model_test_query_int (self->path, "SELECT rootpage FROM sqlite_schema WHERE name = 'note_by_title'");
  contents = take_contents (self->path, &length);
  memset (contents + (page - 1) * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (self->path, contents, (gssize) length, NULL));

  store = octavo_store_new (self->path);
  g_assert_true (octavo_store_open (store, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (octavo_store_backup (store, copy, NULL, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT);
  octavo_store_close (store);
  g_assert_finalize_object (store);
  g_assert_cmpuint (count_others (self->folder, "notes.db"), ==, 0);
}

static void
test_backup_cancelled (ModelTest *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "copy.db", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (octavo_store_backup (self->store, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define ADD_FOLDER(name, function) g_test_add ("/store/" name, Folder, NULL, set_up_folder, function, tear_down_folder)
#define ADD(name, function)                                                                                            \
  g_test_add ("/store/" name, ModelTest, NULL, model_test_set_up, function, model_test_tear_down)

static void
add_tests_of_opening (void)
{
  ADD_FOLDER ("makes-folder-and-file", test_makes_folder_and_file);
  ADD_FOLDER ("opens-async", test_opens_async);
  ADD_FOLDER ("cancelled", test_cancelled);
  ADD_FOLDER ("for-searching", test_for_searching);
  ADD_FOLDER ("first-user", test_first_user);
  g_test_add_func ("/store/memory", test_memory);
  ADD_FOLDER ("folder-cannot-be-made", test_folder_cannot_be_made);
  ADD_FOLDER ("folder-cannot-be-written", test_folder_cannot_be_written);
  ADD_FOLDER ("folder-in-place-of-file", test_folder_in_place_of_file);
  ADD_FOLDER ("not-a-database", test_not_a_database);
  ADD_FOLDER ("of-another-program", test_of_another_program);
  ADD_FOLDER ("newer-version", test_newer_version);
  ADD_FOLDER ("corrupt", test_corrupt);
  g_test_add_func ("/store/default-path", test_default_path);
}

static void
add_tests_of_an_open_store (void)
{
  ADD ("changes", test_changes);
  ADD ("two-stores", test_two_stores);
  ADD ("backup", test_backup);
  ADD ("backup-refused", test_backup_refused);
  ADD_FOLDER ("backup-of-corrupt", test_backup_of_corrupt);
  ADD ("backup-cancelled", test_backup_cancelled);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add_tests_of_opening ();
  add_tests_of_an_open_store ();
  return g_test_run ();
}
