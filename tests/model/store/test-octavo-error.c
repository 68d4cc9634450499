/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-error.h"
#include "orm-error.h"

#include <gio/gio.h>
#include <locale.h>
#include <string.h>

static void
test_codes (void)
{
  static const struct
  {
    OrmError from;
    OctavoError to;
  } codes[] = {
    { ORM_ERROR_FAILED, OCTAVO_ERROR_FAILED },
    { ORM_ERROR_CANT_OPEN, OCTAVO_ERROR_CANT_OPEN },
    { ORM_ERROR_NOT_A_DATABASE, OCTAVO_ERROR_NOT_A_DATABASE },
    { ORM_ERROR_CORRUPT, OCTAVO_ERROR_CORRUPT },
    { ORM_ERROR_UNKNOWN_FORMAT, OCTAVO_ERROR_CORRUPT },
    { ORM_ERROR_READ_ONLY, OCTAVO_ERROR_READ_ONLY },
    { ORM_ERROR_FULL, OCTAVO_ERROR_FULL },
    { ORM_ERROR_BUSY, OCTAVO_ERROR_BUSY },
    { ORM_ERROR_IO, OCTAVO_ERROR_FAILED },
    { ORM_ERROR_NEWER_SCHEMA, OCTAVO_ERROR_NEWER_VERSION },
    { ORM_ERROR_MISMATCH, OCTAVO_ERROR_CORRUPT },
    { ORM_ERROR_TOO_BIG, OCTAVO_ERROR_TOO_BIG },
    { ORM_ERROR_CONSTRAINT, OCTAVO_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (ORM_ERROR, (int) codes[i].from, "SQLite says so");

      octavo_error_for_person (&error, "/tmp/notes.db");
      g_assert_error (error, OCTAVO_ERROR, (int) codes[i].to);
      /* It says which file, and what to do, in a sentence. */
      if (codes[i].to != OCTAVO_ERROR_TOO_BIG)
        g_assert_nonnull (strstr (error->message, "/tmp/notes.db"));
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_null (strchr (error->message, '\n'));
      if (codes[i].from == ORM_ERROR_FAILED)
        g_assert_null (strstr (error->message, "SQLite says"));
    }
}

static void
test_keeps_what_the_mapper_saw (void)
{
  g_autoptr (GError) error = g_error_new_literal (ORM_ERROR, ORM_ERROR_CANT_OPEN, "“/tmp/x” is not a file.");

  octavo_error_for_person (&error, "/tmp/x");
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_CANT_OPEN);
  g_assert_cmpstr (error->message, ==, "“/tmp/x” is not a file.");
}

static void
test_leaves_others_alone (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  GError *none = NULL;

  octavo_error_for_person (&cancelled, "/tmp/notes.db");
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  octavo_error_for_person (&none, NULL);
  g_assert_no_error (none);
  octavo_error_for_person (NULL, NULL);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/codes", test_codes);
  g_test_add_func ("/error/keeps-what-the-mapper-saw", test_keeps_what_the_mapper_saw);
  g_test_add_func ("/error/leaves-others-alone", test_leaves_others_alone);

  return g_test_run ();
}
