/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-error.h"
#include "octavo-launch.h"

static void
test_nothing (void)
{
  const char *const arguments[] = { "octavo", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLaunch) launch = octavo_launch_new (arguments, &error);

  g_assert_no_error (error);
  g_assert_null (launch->database);
  g_assert_null (launch->user);
  g_assert_null (launch->query);
  g_assert_cmpint (launch->note_id, ==, 0);
  g_assert_false (launch->new_note);
  g_assert_cmpuint (g_strv_length (launch->files), ==, 0);
}

static void
test_everything (void)
{
  const char *const arguments[] = { "octavo",   "--database", "a.db", "--user=Ada", "--search", "-x",
                                    "--note=7", "--new-note", "b.md", "--",         "--c.md",   NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLaunch) launch = octavo_launch_new (arguments, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (launch->database, ==, "a.db");
  g_assert_cmpstr (launch->user, ==, "Ada");
  g_assert_cmpstr (launch->query, ==, "-x");
  g_assert_cmpint (launch->note_id, ==, 7);
  g_assert_true (launch->new_note);
  g_assert_cmpuint (g_strv_length (launch->files), ==, 2);
  g_assert_cmpstr (launch->files[0], ==, "b.md");
  g_assert_cmpstr (launch->files[1], ==, "--c.md");
}

static void
test_wrong_words (void)
{
  const char *const calls[][4] = {
    { "octavo", "--nonsense", NULL }, { "octavo", "--note", NULL },    { "octavo", "--note", "x", NULL },
    { "octavo", "--note=0", NULL },   { "octavo", "--note=-1", NULL }, { "octavo", "--database", "", NULL },
    { "octavo", "--note=1x", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (octavo_launch_new (calls[i], &error));
      g_assert_true (error->domain == G_OPTION_ERROR);
    }
}

static void
test_query_that_is_no_text (void)
{
  const char *const arguments[] = { "octavo", "--search", "\351", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (octavo_launch_new (arguments, &error));
  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT);
}

static void
test_missing_file (void)
{
  const char *const arguments[] = { "octavo", "lst", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLaunch) launch = octavo_launch_new (arguments, &error);

  g_assert_no_error (error);
  g_assert_false (octavo_launch_check_files (launch, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED);
}

static void
test_default_file (void)
{
  const char *const plain[] = { "octavo", NULL };
  const char *const named[] = { "octavo", "--database=x", NULL };
  g_autoptr (OctavoLaunch) plain_launch = octavo_launch_new (plain, NULL);
  g_autoptr (OctavoLaunch) named_launch = octavo_launch_new (named, NULL);

  g_unsetenv ("OCTAVO_DATABASE");
  g_assert_true (octavo_launch_is_for_default_file (plain_launch));
  g_assert_false (octavo_launch_is_for_default_file (named_launch));
  g_setenv ("OCTAVO_DATABASE", "x", TRUE);
  g_assert_false (octavo_launch_is_for_default_file (plain_launch));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/launch/nothing-asked-for", test_nothing);
  g_test_add_func ("/launch/everything-asked-for", test_everything);
  g_test_add_func ("/launch/wrong-words-are-option-errors", test_wrong_words);
  g_test_add_func ("/launch/query-that-is-no-text", test_query_that_is_no_text);
  g_test_add_func ("/launch/missing-file-is-no-file", test_missing_file);
  g_test_add_func ("/launch/only-the-default-file-is-handed-over", test_default_file);

  return g_test_run ();
}
