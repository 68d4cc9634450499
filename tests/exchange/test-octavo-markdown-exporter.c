/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "octavo-markdown-exporter.h"
#include "octavo-markdown-importer.h"
#include "octavo-note-repository.h"
#include "octavo-origin-repository.h"
#include "octavo-user-repository.h"

#include <string.h>
#include <sys/stat.h>

typedef struct
{
  OctavoStore *store;
  OctavoStore *other; /* empty: what an export is imported into */
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = exchange_test_open_store ();
  fixture->other = exchange_test_open_store ();
  fixture->folder = g_dir_make_tmp ("octavo-export-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  exchange_test_close_store (fixture->store);
  exchange_test_close_store (fixture->other);
  exchange_test_remove (fixture->folder);
  g_free (fixture->folder);
}

/* n_expected: 0 for any number. */
static void
import (OctavoStore *store, const char *path, guint n_expected)
{
  const char *paths[] = { path, NULL };
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (store, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoImportReport) report = octavo_markdown_importer_run (importer, paths, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->n_failed, ==, 0);
  if (n_expected != 0)
    g_assert_cmpuint (report->n_imported, ==, n_expected);
  g_assert_cmpuint (report->n_updated + report->n_unchanged, ==, 0);
}

static guint export(Fixture *fixture, const gint64 *ids, gsize n_ids)
{
  g_autoptr (OctavoMarkdownExporter) exporter = octavo_markdown_exporter_new (fixture->store);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  octavo_markdown_exporter_run (exporter, fixture->folder, ids, n_ids, NULL, NULL, &n, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static void
assert_equal_stores (OctavoStore *a, OctavoStore *b, OctavoPlace place)
{
  g_autoptr (GPtrArray) in_a = exchange_test_read_all (a, place);
  g_autoptr (GPtrArray) in_b = exchange_test_read_all (b, place);

  g_assert_cmpuint (in_a->len, ==, in_b->len);
  for (guint i = 0; i < in_a->len; i++)
    exchange_test_assert_equal_notes (g_ptr_array_index (in_a, i), g_ptr_array_index (in_b, i));
}

static void
check_round_trip (Fixture *fixture)
{
  g_autoptr (GPtrArray) notes = NULL;

  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_assert_cmpuint (notes->len, >, 0);
  g_assert_cmpuint (export(fixture, NULL, 0), ==, notes->len);
  import (fixture->other, fixture->folder, notes->len);
  assert_equal_stores (fixture->store, fixture->other, OCTAVO_PLACE_ALL);
}

static void
test_fixture_vault (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", NULL);

  import (fixture->store, vault, 31);
  check_round_trip (fixture);
}

static void
test_corpus (Fixture *fixture, gconstpointer data)
{
  g_autofree char *corpus = exchange_test_find_corpus ();

  if (corpus == NULL)
    {
      g_test_skip ("there is no corpus beside the project");
      return;
    }
  import (fixture->store, corpus, 0);
  check_round_trip (fixture);
}

/* Writes a note as it is; its id. */
static gint64
add_note (Fixture *fixture, const char *title, const char *body, const char *tags)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_import_item_free);
  OctavoImportItem *item = octavo_import_item_new ();
  g_autoptr (GError) error = NULL;

  item->location = g_uuid_string_random ();
  item->file_digest = g_strdup (item->location);
  item->values->user_id = octavo_user_repository_get_default_id (octavo_store_get_users (fixture->store));
  item->values->title = g_strdup (title);
  item->values->body = g_strdup (body);
  item->values->tags = g_strsplit (tags, ",", -1);
  item->values->created = 1 + g_random_int ();
  item->values->updated = 1 + g_random_int () * G_GINT64_CONSTANT (400000);
  g_ptr_array_add (items, item);
  octavo_origin_repository_import (octavo_store_get_origins (fixture->store), items, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return item->values->id;
}

static void
test_awkward (Fixture *fixture, gconstpointer data)
{
  static const char *const titles[] = { "",          "true",  "- x",  "a: b # c", "\"",   "'",   "---",
                                        "null",      "{}",    "../x", "/etc/x",   "..",   "con", "é",
                                        "e\xcc\x81", "日本",  "~",    " x ",      "x",    "X",   "x",
                                        "\\",        "[[a]]", "%s",   "#tag",     "!!str" };
  static const char *const bodies[] = { "",
                                        "\n",
                                        "\n\n",
                                        "---\ntitle: no\n---\n",
                                        "text without end",
                                        "#tag not carried",
                                        "blanks  \n ",
                                        "a\r\nb\r\n",
                                        "a\rb",
                                        "\xef\xbb\xbfmark",
                                        "# Heading\n",
                                        "...\n---\n" };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (bodies); j++, n++)
      add_note (fixture, titles[i], bodies[j], j % 3 == 0 ? "" : j % 3 == 1 ? "null,work/sub" : "Heading");
  check_round_trip (fixture);
}

static void
check_there (Fixture *fixture, const char *name, gboolean there)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, there);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_build_filename (fixture->folder, "note.md", NULL);
  g_autofree char *kept = NULL;
  gint64 id;

  exchange_test_write (fixture->folder, "note.md", "was here");
  id = add_note (fixture, "Note", "text", "");
  add_note (fixture, "../escaped", "text", "");
  g_assert_cmpuint (export(fixture, NULL, 0), ==, 2);
  g_assert_true (g_file_get_contents (first, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "was here");
  check_there (fixture, "Note (2).md", TRUE);
  check_there (fixture, "-escaped.md", TRUE);
  check_there (fixture, "../escaped.md", FALSE);
  /* a second export stands beside the first */
  g_assert_cmpuint (export(fixture, &id, 1), ==, 1);
  check_there (fixture, "Note (3).md", TRUE);
}

static void
test_file_date (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "Note.md", NULL);
  g_autoptr (GPtrArray) notes = NULL;
  struct stat info;

  add_note (fixture, "Note", "text", "");
  export(fixture, NULL, 0);
  notes = exchange_test_read_all (fixture->store, OCTAVO_PLACE_ALL);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000, ==,
                   ((OctavoNoteValues *) g_ptr_array_index (notes, 0))->updated);
}

static void
test_trash (Fixture *fixture, gconstpointer data)
{
  gint64 kept = add_note (fixture, "Kept", "text", "x");
  gint64 trashed = add_note (fixture, "Trashed", "text", "x");
  const gint64 ids[] = { trashed, kept, 12345 };

  g_assert_true (octavo_note_repository_apply (octavo_store_get_notes (fixture->store), OCTAVO_NOTES_TRASH, &trashed, 1,
                                               NULL, NULL, NULL, NULL));
  g_assert_cmpuint (export(fixture, NULL, 0), ==, 1);
  exchange_test_remove (fixture->folder);
  g_assert_cmpuint (export(fixture, ids, G_N_ELEMENTS (ids)), ==, 2); /* makes the folder again */
  import (fixture->other, fixture->folder, 2);
  assert_equal_stores (fixture->store, fixture->other, OCTAVO_PLACE_ALL);
  assert_equal_stores (fixture->store, fixture->other, OCTAVO_PLACE_TRASH);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  const gint64 none = 0;

  add_note (fixture, "Note", "text", "");
  g_assert_cmpuint (export(fixture, &none, 0), ==, 0);
}

static void
test_users (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) notes = NULL;

  exchange_test_write (fixture->folder, "in/1.md", "---\noctavo-user: \"Ana: x\"\n---\n");
  exchange_test_write (fixture->folder, "in/2.md", "mine");
  import (fixture->store, fixture->folder, 2);
  exchange_test_remove (fixture->folder);
  g_assert_cmpuint (export(fixture, NULL, 0), ==, 2);
  import (fixture->other, fixture->folder, 2);
  notes = exchange_test_read_all (fixture->other, OCTAVO_PLACE_ALL);
  g_assert_cmpstr (((OctavoNoteValues *) g_ptr_array_index (notes, 0))->user_name, ==, "Ana: x");
  g_assert_cmpint (((OctavoNoteValues *) g_ptr_array_index (notes, 1))->user_id, ==,
                   octavo_user_repository_get_default_id (octavo_store_get_users (fixture->other)));
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoMarkdownExporter) exporter = octavo_markdown_exporter_new (fixture->store);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "folder", NULL);
  g_autoptr (GError) error = NULL;
  guint n = 99;

  add_note (fixture, "Note", "text", "");
  exchange_test_write (fixture->folder, "file", "");
  g_assert_false (octavo_markdown_exporter_run (exporter, below, NULL, 0, NULL, NULL, &n, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_assert_nonnull (strstr (error->message, below));
  g_assert_cmpuint (n, ==, 0);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (
      octavo_markdown_exporter_run (exporter, fixture->folder, NULL, 0, NULL, NULL, &n, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoMarkdownExporter) exporter = octavo_markdown_exporter_new (fixture->store);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (int i = 0; i < 100; i++)
    add_note (fixture, "Note", "text", "x");
  octavo_markdown_exporter_run_async (exporter, fixture->folder, NULL, 0, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (octavo_markdown_exporter_run_finish (exporter, result, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/markdown-exporter/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("the-vault-round-trips", test_fixture_vault);
  ADD ("the-corpus-round-trips", test_corpus);
  ADD ("awkward-titles-and-texts-round-trip", test_awkward);
  ADD ("nothing-is-overwritten-nor-escapes", test_names);
  ADD ("files-are-dated-as-their-notes", test_file_date);
  ADD ("the-trash-only-where-asked", test_trash);
  ADD ("no-ids-are-no-notes", test_nothing);
  ADD ("users-round-trip", test_users);
  ADD ("errors", test_errors);
  ADD ("on-a-thread", test_async);
  return g_test_run ();
}
