/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-wal-frames.h"

#include <sqlite3.h>
#include <string.h>

/* Logs as SQLite writes them, read by what reads damaged ones. */

#define HEAD       32
#define FRAME_HEAD 24

static gsize
read_bytes (guint64 offset, guint8 *buffer, gsize size, gpointer data)
{
  const GByteArray *log = data;

  if (offset >= log->len)
    return 0;
  size = MIN (size, log->len - offset);
  memcpy (buffer, log->data + offset, size);
  return size;
}

/* What is done to a small file, with a log of n frames. */
static GByteArray *
make_log_of (const char *sql, guint n_frames, guint *page_size)
{
  g_autofree char *statements = g_strconcat ("PRAGMA page_size = 1024; CREATE TABLE t (x); INSERT INTO t VALUES (0);"
                                             "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;",
                                             sql, NULL);
  g_autofree char *folder = g_dir_make_tmp ("octavo-log-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  sqlite3 *file = NULL;
  gsize size;

  g_assert_cmpint (sqlite3_open (path, &file), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (file, statements, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (g_file_get_contents (log_path, &bytes, &size, NULL));
  sqlite3_close (file);
  model_test_remove_folder (folder);
  *page_size = 1024;
  g_assert_cmpuint (size, ==, HEAD + n_frames * (FRAME_HEAD + *page_size));
  return g_byte_array_new_take ((guint8 *) g_steal_pointer (&bytes), size);
}

/* Three transactions of one page each. */
static GByteArray *
make_log (guint *page_size)
{
  return make_log_of ("UPDATE t SET x = 1; UPDATE t SET x = 2; UPDATE t SET x = 3", 3, page_size);
}

/* Which frame the page is in; 0: none. is_damaged: what is expected */
static guint
find_frame (GByteArray *log, guint page_size, guint32 number, gboolean is_damaged)
{
  g_autoptr (OctavoWalFrames) frames = octavo_wal_frames_read (read_bytes, log);
  guint64 place = octavo_wal_frames_find (frames, number);

  g_assert_cmpint (frames->is_damaged, ==, is_damaged);
  return place == 0 ? 0 : (guint) ((place - HEAD - FRAME_HEAD) / (FRAME_HEAD + page_size)) + 1;
}

static void
test_read (void)
{
  guint page_size;
  g_autoptr (GByteArray) log = make_log (&page_size);
  g_autoptr (GByteArray) nothing = g_byte_array_new ();

  g_assert_cmpuint (find_frame (log, page_size, 2, FALSE), ==, 3);
  g_assert_cmpuint (find_frame (log, page_size, 9, FALSE), ==, 0);
  g_assert_cmpuint (find_frame (nothing, page_size, 2, FALSE), ==, 0);

  /* who was stopped while writing the last one did not commit it */
  g_byte_array_set_size (log, log->len - 1);
  g_assert_cmpuint (find_frame (log, page_size, 2, FALSE), ==, 2);
}

static void
test_damaged_frame (void)
{
  guint page_size;
  g_autoptr (GByteArray) log = make_log (&page_size);
  gsize frame = FRAME_HEAD + page_size;

  /* the last one may not have been written to its end; before it there is no such excuse */
  log->data[HEAD + 2 * frame + FRAME_HEAD + 5] ^= 1;
  g_assert_cmpuint (find_frame (log, page_size, 2, FALSE), ==, 2);
  log->data[HEAD + 2 * frame + FRAME_HEAD + 5] ^= 1;
  log->data[HEAD + frame + FRAME_HEAD + 5] ^= 1;
  g_assert_cmpuint (find_frame (log, page_size, 2, TRUE), ==, 3);
}

/* The last transaction was not on the disk when the power went: any of it may be there, and anything in its place. */
static void
test_torn_end (void)
{
  guint page_size;
  g_autoptr (GByteArray) log =
      make_log_of ("UPDATE t SET x = 1; INSERT INTO t VALUES (zeroblob (4000))", 6, &page_size);
  gsize frame = FRAME_HEAD + page_size;

  g_assert_cmpuint (find_frame (log, page_size, 2, FALSE), >, 1);
  g_byte_array_set_size (log, log->len - frame);
  g_assert_cmpuint (find_frame (log, page_size, 2, FALSE), ==, 1);
  memset (log->data + HEAD + 2 * frame, 0x99, 8);
  g_assert_cmpuint (find_frame (log, page_size, 2, FALSE), ==, 1);
}

static void
test_damaged_head (void)
{
  guint page_size;
  g_autoptr (GByteArray) log = make_log (&page_size);

  for (guint i = 0; i < HEAD; i++)
    {
      log->data[i] ^= 4;
      g_assert_cmpuint (find_frame (log, page_size, 2, TRUE), ==, 3);
      log->data[i] ^= 4;
    }
}

/* Frames that are left from before the log began anew have other salts. */
static void
test_older_frames (void)
{
  guint page_size;
  g_autoptr (GByteArray) log = make_log (&page_size);
  gsize frame = FRAME_HEAD + page_size;

  for (guint i = 1; i < 3; i++)
    log->data[HEAD + i * frame + 9] ^= 0xff;
  g_assert_cmpuint (find_frame (log, page_size, 2, FALSE), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wal-frames/read", test_read);
  g_test_add_func ("/wal-frames/damaged-frame", test_damaged_frame);
  g_test_add_func ("/wal-frames/torn-end", test_torn_end);
  g_test_add_func ("/wal-frames/damaged-head", test_damaged_head);
  g_test_add_func ("/wal-frames/older-frames", test_older_frames);
  return g_test_run ();
}
