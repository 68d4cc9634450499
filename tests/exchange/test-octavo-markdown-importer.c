/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "octavo-folder-walk.h"
#include "octavo-markdown-importer.h"
#include "octavo-note-repository.h"
#include "octavo-tag-repository.h"
#include "octavo-undo.h"
#include "octavo-user-repository.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define N_FIXTURE_NOTES 31

typedef struct
{
  OctavoStore *store;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = exchange_test_open_store ();
  fixture->folder = g_dir_make_tmp ("octavo-import-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  exchange_test_close_store (fixture->store);
  exchange_test_remove (fixture->folder);
  g_free (fixture->folder);
}

static OctavoImportReport *
import_with (OctavoMarkdownImporter *importer, const char *path)
{
  const char *paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  OctavoImportReport *report = octavo_markdown_importer_run (importer, paths, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return report;
}

static OctavoImportReport *
import (Fixture *fixture, const char *path)
{
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);

  return import_with (importer, path);
}

static void
check (const OctavoImportReport *report, guint imported, guint updated, guint unchanged, guint failed)
{
  g_assert_cmpuint (report->n_imported, ==, imported);
  g_assert_cmpuint (report->n_updated, ==, updated);
  g_assert_cmpuint (report->n_unchanged, ==, unchanged);
  g_assert_cmpuint (report->n_failed, ==, failed);
}

static gboolean
has_message (const OctavoImportReport *report, const char *file, const char *words)
{
  for (guint i = 0; i < report->messages->len; i++)
    {
      const char *message = g_ptr_array_index (report->messages, i);

      if (strstr (message, file) != NULL && strstr (message, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gint64
count (Fixture *fixture)
{
  g_autoptr (GPtrArray) notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);

  return notes->len;
}

static void
test_fixture_vault (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  g_autoptr (OctavoImportReport) first = import (fixture, vault);
  g_autoptr (OctavoImportReport) second = import (fixture, vault);

  check (first, N_FIXTURE_NOTES, 0, 0, 0);
  g_assert_cmpint (first->first_id, !=, 0);
  check (second, 0, 0, N_FIXTURE_NOTES, 0);
  g_assert_cmpint (count (fixture), ==, N_FIXTURE_NOTES);
}

static void
test_messages (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *file, *words;
  } expected[] = {
    { "/Broken front matter.md: line ", "the whole file was taken for the text" },
    { "/Not a mapping.md: line 2", "the whole file was taken for the text" },
    { "/Latin.md: ", "Windows-1252" },
    { "/NUL.md: ", "NUL" },
    { "/Bad tags.md: ", "a tag was left out" },
    { "/Unknown keys.md: ", "created: someday" },
    { "vault: ", "3 files that are no Markdown were left out (.canvas 1, .csv 1, .svg 1)" },
    { "vault: ", "2 hidden files or folders were left out (.hidden.md, .obsidian)" },
  };
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  g_autoptr (OctavoImportReport) report = import (fixture, vault);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (!has_message (report, expected[i].file, expected[i].words))
      g_error ("nothing was said of %s (%s)", expected[i].file, expected[i].words);
  g_assert_cmpuint (report->messages->len, ==, 9); /* two bad tags */
}

static guint
count_files (const char *folder)
{
  const char *paths[] = { folder, NULL };
  g_autoptr (OctavoFolderWalk) walk = octavo_folder_walk_new (paths);
  g_auto (OctavoWalkEntry) entry = { 0 };
  guint n = 0;

  while (octavo_folder_walk_next (walk, &entry) == OCTAVO_WALK_FILE)
    n++;
  return n;
}

static void
test_corpus (Fixture *fixture, gconstpointer data)
{
  g_autofree char *corpus = exchange_test_find_corpus ();
  g_autoptr (OctavoImportReport) first = NULL, second = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  guint n_files, n_aliases = 0, n_links = 0;

  if (corpus == NULL)
    {
      g_test_skip ("there is no corpus beside the project");
      return;
    }
  n_files = count_files (corpus);
  first = import (fixture, corpus);
  check (first, n_files, 0, 0, 0);
  second = import (fixture, corpus);
  check (second, 0, 0, n_files, 0);
  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_assert_cmpuint (notes->len, ==, n_files);
  g_assert_cmpuint (notes->len, >=, 500);
  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoNoteValues *note = g_ptr_array_index (notes, i);

      n_aliases += *note->aliases != '\0';
      for (const char *p = note->body; (p = strstr (p, "[[")) != NULL; p++)
        n_links++;
      g_assert_cmpstr (note->title, !=, "");
      g_assert_null (strstr (note->front_matter, "aliases:"));
    }
  g_assert_cmpuint (n_aliases, >, 250);
  g_assert_cmpuint (n_links, >, 1900);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (OctavoImportReport) report = NULL;

  octavo_markdown_importer_set_dry_run (importer, TRUE);
  report = import_with (importer, vault);
  check (report, N_FIXTURE_NOTES, 0, 0, 0);
  g_assert_cmpint (count (fixture), ==, 0);
}

/* Edits the notes whose titles are not that. */
static void
edit_others (Fixture *fixture, const char *title)
{
  OctavoNoteRepository *repository = octavo_store_get_notes (fixture->store);
  g_autoptr (GPtrArray) notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);

  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoNoteValues *values = g_ptr_array_index (notes, i);
      g_autoptr (OctavoNote) note = octavo_note_repository_get (repository, values->id, NULL, NULL);

      if (g_str_equal (values->title, title))
        continue;
      octavo_note_set_body (note, "edited here");
      g_assert_true (octavo_note_repository_save (repository, note, NULL, NULL));
    }
}

static void
check_bodies (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_autoptr (GString) bodies = g_string_new (NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoNoteValues *values = g_ptr_array_index (notes, i);

      g_string_append_printf (bodies, "%s: %s|", values->title, values->body);
    }
  g_assert_cmpstr (bodies->str, ==, expected);
}

static void
test_edits_on_both_sides (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoImportReport) first = NULL, second = NULL, third = NULL;

  exchange_test_write (fixture->folder, "file.md", "---\ncreated: 2026-01-01\n---\nold");
  exchange_test_write (fixture->folder, "both.md", "---\ncreated: 2026-01-01\n---\nold");
  exchange_test_write (fixture->folder, "here.md", "---\ncreated: 2026-01-01\n---\nold");
  first = import (fixture, fixture->folder);
  check (first, 3, 0, 0, 0);
  edit_others (fixture, "file");
  exchange_test_write (fixture->folder, "file.md", "---\ncreated: 2026-01-01\n---\nnew");
  exchange_test_write (fixture->folder, "both.md", "---\ncreated: 2026-01-02\n---\nnew");
  second = import (fixture, fixture->folder);
  check (second, 1, 1, 1, 0);
  g_assert_cmpuint (second->messages->len, ==, 1);
  g_assert_true (has_message (second, "/both.md: ", "the file came in as a second note"));
  third = import (fixture, fixture->folder);
  check (third, 0, 0, 3, 0);
  check_bodies (fixture, "both: edited here|both: new|file: new|here: edited here|");
}

static void
test_moved_vault (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = g_build_filename (fixture->folder, "old", NULL);
  g_autofree char *new = g_build_filename (fixture->folder, "new", NULL);
  g_autoptr (OctavoImportReport) first = NULL, second = NULL;

  exchange_test_write (old, "sub/a.md", "a");
  exchange_test_write (old, "b.md", "b");
  first = import (fixture, old);
  check (first, 2, 0, 0, 0);
  g_assert_cmpint (g_rename (old, new), ==, 0);
  second = import (fixture, new);
  check (second, 0, 0, 2, 0);
}

static void
test_folders_as_tags (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  guint n_found = 0;

  octavo_markdown_importer_set_folders_as_tags (importer, TRUE);
  report = import_with (importer, vault);
  check (report, N_FIXTURE_NOTES, 0, 0, 0);
  tags = octavo_tag_repository_read (octavo_store_get_tags (fixture->store), NULL);
  for (guint i = 0; i < tags->len; i++)
    {
      const char *name = octavo_tag_get_name (g_ptr_array_index (tags, i));

      n_found += g_str_equal (name, "Français") || g_str_equal (name, "Français/Noël") || g_str_equal (name, "中文") ||
                 g_str_equal (name, "Folder  with comma");
    }
  g_assert_cmpuint (n_found, ==, 4);
}

static void
test_single_files (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "note.md", "note.txt", "picture.png", "missing.md" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  g_autofree char *picture = g_build_filename (fixture->folder, "picture.png", NULL);
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  exchange_test_write (fixture->folder, "note.md", "text");
  exchange_test_write (fixture->folder, "note.txt", "text");
  g_assert_true (g_file_set_contents (picture, "\x89PNG\r\n\x1a\n\0\0\0", 11, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  report = octavo_markdown_importer_run (importer, (const char *const *) paths, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  check (report, 2, 0, 0, 2);
  g_assert_true (has_message (report, "/picture.png: ", "it is not a text"));
  g_assert_true (has_message (report, "/missing.md: ", "No such file"));
}

static void
test_odd_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *odd = g_build_filename (fixture->folder, "caf\xe9.md", NULL);
  g_autoptr (OctavoImportReport) first = NULL, second = NULL;

  if (!g_file_set_contents (odd, "text", -1, NULL))
    {
      g_test_skip ("this file system takes UTF-8 only");
      return;
    }
  first = import (fixture, fixture->folder);
  second = import (fixture, fixture->folder);
  check (first, 1, 0, 0, 0);
  check (second, 0, 0, 1, 0);
}

static void
test_users (Fixture *fixture, gconstpointer data)
{
  gint64 bo = octavo_user_repository_ensure (octavo_store_get_users (fixture->store), "Bo", NULL);
  g_autoptr (OctavoMarkdownImporter) importer = NULL;
  g_autoptr (OctavoImportReport) first = NULL, second = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *own = g_build_filename (fixture->folder, "own", NULL);
  g_autofree char *others = g_build_filename (fixture->folder, "others", NULL);
  const char *expected[] = { "Ana", NULL, NULL, "Bo" };

  exchange_test_write (own, "1.md", "---\noctavo-user: Ana\n---\n");
  exchange_test_write (own, "2.md", "---\nauthor: Somebody\n---\n");
  exchange_test_write (own, "3.md", "---\noctavo-user: \"\"\n---\n");
  exchange_test_write (others, "4.md", "---\noctavo-user: Ana\n---\n");
  first = import (fixture, own);
  importer = octavo_markdown_importer_new (fixture->store, bo);
  second = import_with (importer, others);
  check (first, 3, 0, 0, 0);
  check (second, 1, 0, 0, 0);
  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoNoteValues *note = g_ptr_array_index (notes, i);

      if (expected[i] != NULL)
        g_assert_cmpstr (note->user_name, ==, expected[i]);
      else
        g_assert_cmpint (note->user_id, ==,
                         octavo_user_repository_get_default_id (octavo_store_get_users (fixture->store)));
    }
}

/* Has the file refuse notes of one title, as no note that an importer makes is refused otherwise. */
static void
refuse_title (const char *database, const char *title)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TRIGGER refuse BEFORE INSERT ON note WHEN new.title = '%s' "
                                          "BEGIN SELECT RAISE (ABORT, 'refused'); END",
                                          title);
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (database, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (connection);
}

static void
test_one_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_build_filename (fixture->folder, "vault", NULL);
  g_autofree char *database = g_build_filename (fixture->folder, "notes.db", NULL);
  const char *paths[] = { vault, NULL };
  OctavoStore *store = octavo_store_new (database);
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (store, 0);
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  exchange_test_write (vault, "a.md", "a");
  exchange_test_write (vault, "b.md", "b");
  exchange_test_write (vault, "c.md", "c");
  g_assert_true (octavo_store_open (store, NULL, &error));
  refuse_title (database, "b");
  report = octavo_markdown_importer_run (importer, paths, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  check (report, 2, 0, 0, 1);
  g_assert_true (has_message (report, "/b.md: not imported", "refused"));
  g_clear_object (&importer);
  exchange_test_close_store (store);
}

/* 50 MB in one note, and many notes beside it. */
static void
test_big (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("# Big\n");
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  while (text->len < 50 * 1000 * 1000)
    g_string_append (text, "A line of some words, with a #tag and [[a link]] in it.\n");
  exchange_test_write (fixture->folder, "big.md", text->str);
  for (int i = 0; i < 1200; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.md", i);

      exchange_test_write (fixture->folder, name, name);
    }
  report = import (fixture, fixture->folder);
  check (report, 1201, 0, 0, 0);
  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_assert_cmpuint (notes->len, ==, 1201);
  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoNoteValues *note = g_ptr_array_index (notes, i);

      if (g_str_equal (note->title, "Big"))
        g_assert_cmpstr (note->body, ==, text->str);
    }
}

static void
watch (double fraction, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  *last = fraction;
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  const char *paths[] = { vault, NULL };
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  double last = 0.0;

  report = octavo_markdown_importer_run (importer, paths, watch, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, ==, 1.0);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  const char *paths[] = { vault, NULL };
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  octavo_markdown_importer_run_async (importer, paths, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  report = octavo_markdown_importer_run_finish (importer, result, &error);
  g_assert_no_error (error);
  check (report, N_FIXTURE_NOTES, 0, 0, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  const char *paths[] = { vault, NULL };
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  octavo_markdown_importer_run_async (importer, paths, cancellable, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  report = octavo_markdown_importer_run_finish (importer, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (report);
  check (report, 0, 0, 0, 0);
}

static void
cancel_half_way (double fraction, gpointer cancellable)
{
  if (fraction >= 0.5)
    g_cancellable_cancel (cancellable);
}

/* What was written stays, and is what the report says; the same call goes on with the rest. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  const guint n_files = 2000;
  const char *paths[] = { fixture->folder, NULL };
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (OctavoImportReport) again = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%05u.md", i);

      exchange_test_write (fixture->folder, name, name);
    }
  report = octavo_markdown_importer_run (importer, paths, cancel_half_way, cancellable, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (report->n_imported, >, 0);
  g_assert_cmpuint (report->n_imported, <, n_files);
  g_assert_cmpuint (report->n_failed, ==, 0);
  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_assert_cmpuint (notes->len, ==, report->n_imported);

  again = import (fixture, fixture->folder);
  check (again, n_files - report->n_imported, 0, report->n_imported, 0);
  all = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_assert_cmpuint (all->len, ==, n_files);
}

static void
test_a_tag_for_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (fixture->store, 0);
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (OctavoImportReport) again = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  const OctavoNoteValues *note;

  exchange_test_write (fixture->folder, "a.md", "---\ntags: [own, shown]\n---\none");
  exchange_test_write (fixture->folder, "b.md", "two");
  octavo_markdown_importer_set_tag (importer, "shown");
  report = import_with (importer, fixture->folder);
  check (report, 2, 0, 0, 0);
  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  note = notes->pdata[0];
  g_assert_cmpuint (g_strv_length (note->tags), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) note->tags, "own"));
  g_assert_true (g_strv_contains ((const char *const *) note->tags, "shown"));
  note = notes->pdata[1];
  g_assert_cmpuint (g_strv_length (note->tags), ==, 1);
  g_assert_cmpstr (note->tags[0], ==, "shown");

  again = import_with (importer, fixture->folder);
  check (again, 0, 0, 2, 0);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
undo (Fixture *fixture, gint64 step_id, guint n_removed, guint n_kept, guint n_left)
{
  g_auto (OctavoUndoResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  octavo_undo_run (fixture->store, step_id, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.removed != NULL ? result.removed->len : 0, ==, n_removed);
  g_assert_cmpuint (result.n_kept, ==, n_kept);
  g_assert_cmpuint (result.n_left, ==, n_left);
}

/* As one step, however many transactions it took; and importing again is as at first. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);
  g_autoptr (OctavoImportReport) first = import (fixture, vault);
  g_autoptr (OctavoImportReport) second = import (fixture, vault);
  g_autoptr (OctavoImportReport) third = NULL;

  g_assert_cmpint (first->step_id, >, 0);
  g_assert_cmpint (second->step_id, ==, 0);
  undo (fixture, first->step_id, N_FIXTURE_NOTES, 0, 0);
  g_assert_cmpint (count (fixture), ==, 0);
  third = import (fixture, vault);
  check (third, N_FIXTURE_NOTES, 0, 0, 0);
}

static void
test_an_update_is_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoImportReport) first = NULL;
  g_autoptr (OctavoImportReport) second = NULL;
  g_autoptr (OctavoImportReport) third = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  write_file (fixture, "a.md", "one #x");
  write_file (fixture, "b.md", "two");
  first = import (fixture, fixture->folder);
  write_file (fixture, "a.md", "one more #y");
  write_file (fixture, "c.md", "three");
  second = import (fixture, fixture->folder);
  check (second, 1, 1, 1, 0);
  undo (fixture, second->step_id, 1, 0, 0);
  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_assert_cmpuint (notes->len, ==, 2);
  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoNoteValues *note = notes->pdata[i];

      g_assert_cmpstr (note->body, ==, note->tags[0] != NULL ? "one #x" : "two");
    }
  /* the file says what it said still */
  third = import (fixture, fixture->folder);
  check (third, 1, 1, 1, 0);
  undo (fixture, third->step_id, 1, 0, 0);
  undo (fixture, first->step_id, 2, 0, 0);
  g_assert_cmpint (count (fixture), ==, 0);
}

static void
test_what_was_changed_since_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoImportReport) report = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, "a.md", "one");
  write_file (fixture, "b.md", "two");
  report = import (fixture, fixture->folder);
  g_assert_true (octavo_note_repository_apply (octavo_store_get_notes (fixture->store), OCTAVO_NOTES_ADD_TAG,
                                               &report->first_id, 1, "precious", NULL, NULL, &error));
  undo (fixture, report->step_id, 1, 1, 0);
  g_assert_cmpint (count (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/markdown-importer/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("every-file-of-the-vault-is-counted", test_fixture_vault);
  ADD ("what-is-odd-is-said", test_messages);
  ADD ("the-corpus-comes-in-whole", test_corpus);
  ADD ("a-dry-run-writes-nothing", test_dry_run);
  ADD ("edits-on-both-sides", test_edits_on_both_sides);
  ADD ("a-moved-vault-is-known", test_moved_vault);
  ADD ("folders-as-tags", test_folders_as_tags);
  ADD ("single-files", test_single_files);
  ADD ("names-that-are-not-utf8", test_odd_names);
  ADD ("users", test_users);
  ADD ("one-refused-note-stops-no-other", test_one_is_refused);
  ADD ("a-big-note", test_big);
  ADD ("progress-goes-to-the-end", test_progress);
  ADD ("on-a-thread", test_async);
  ADD ("cancelled", test_cancelled);
  ADD ("stopped", test_stopped);
  ADD ("a-tag-for-all", test_a_tag_for_all);
  ADD ("taken-back", test_taken_back);
  ADD ("an-update-is-taken-back", test_an_update_is_taken_back);
  ADD ("what-was-changed-since-is-kept", test_what_was_changed_since_is_kept);

  return g_test_run ();
}
