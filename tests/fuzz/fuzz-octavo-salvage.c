/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-repair-private.h"
#include "octavo-salvage-model.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A sound file of notes with its log, and what an input does to them: pieces of five bytes say where, and what is put
 * there. Whatever is found in it then can be read, and a bound holds for how much that is. */

#define PIECE 5

static GBytes *file_bytes;
static GBytes *log_bytes;
static GPtrArray *tables;

static void
make (void)
{
  g_autofree char *folder = g_dir_make_tmp ("octavo-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notes.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);
  g_autoptr (OctavoStore) store = octavo_store_new (path);
  g_autoptr (GError) error = NULL;
  sqlite3 *file = NULL;
  char *bytes;
  gsize size;

  g_assert_true (octavo_store_open (store, NULL, &error));
  octavo_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (sqlite3_open (path, &file), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (file,
                                 "PRAGMA wal_autocheckpoint = 0;"
                                 "WITH n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
                                 "INSERT INTO note (user_id, created, updated, title, body) "
                                 "SELECT 1, i, i, 'title ' || i, hex (zeroblob (100 * i)) FROM n;"
                                 "PRAGMA wal_checkpoint (TRUNCATE);"
                                 "UPDATE note SET title = title || '!' WHERE id < 9;"
                                 "DELETE FROM note WHERE id = 20; INSERT INTO tag (name, folded) VALUES ('a', 'a');"
                                 "INSERT INTO note_tag VALUES (1, 1), (2, 1)",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  file_bytes = g_bytes_new_take (bytes, size);
  g_assert_true (g_file_get_contents (log, &bytes, &size, NULL));
  log_bytes = g_bytes_new_take (bytes, size);
  sqlite3_close (file);
  remove (path);
  remove (log);
  remove (shared);
  g_rmdir (folder);
  tables = octavo_salvage_model_new (&error);
  g_assert_no_error (error);
}

/* Either of the two is damaged. */
static GBytes *
damage (GBytes *sound, const uint8_t *data, size_t size, guint which)
{
  gsize length;
  guint8 *bytes = g_bytes_unref_to_data (g_bytes_ref (sound), &length);

  for (size_t i = 0; i + PIECE <= size; i += PIECE)
    {
      guint where = (guint) data[i] << 16 | (guint) data[i + 1] << 8 | data[i + 2];

      if ((where & 1) != which)
        continue;
      where >>= 1;
      if (data[i + 3] == 0xff) /* a page of zeros, or an end */
        length = data[i + 4] == 0 ? MIN (length, where) : length;
      if (data[i + 3] == 0xfe && where % 64 * 4096 + 4096 <= length)
        memset (bytes + where % 64 * 4096, data[i + 4], 4096);
      else if (where < length)
        bytes[where] = data[i + 4];
    }
  return g_bytes_new_take (bytes, length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) log = NULL;
  g_autoptr (OctavoPageFile) file = NULL;
  g_autoptr (OctavoSalvage) salvage = NULL;
  g_auto (OctavoSalvageRow) row = { 0 };

  if (tables == NULL)
    make ();
  bytes = damage (file_bytes, data, size, 0);
  log = damage (log_bytes, data, size, 1);
  file = octavo_page_file_new (bytes, log);
  salvage = octavo_salvage_new (file, tables, NULL, NULL, NULL);
  octavo_salvage_row_init (&row);
  for (guint table = 0; table < tables->len; table++)
    for (guint i = 0; i < octavo_salvage_get_n_rows (salvage, table); i++)
      {
        octavo_salvage_read_row (salvage, table, i, &row);
        g_assert_cmpuint (row.bytes->len, <=, g_bytes_get_size (bytes) + g_bytes_get_size (log));
        for (guint field = 0; field < row.n_fields; field++)
          {
            G_GNUC_UNUSED g_autofree char *text = octavo_salvage_row_dup_text (&row, field);
            gint64 value;

            octavo_salvage_row_get_int64 (&row, field, &value);
          }
      }
  if (size == 0)
    g_assert_cmpuint (octavo_salvage_get_n_rows (salvage, (guint) octavo_salvage_schema_find (tables, "note")), ==, 29);
  return 0;
}
