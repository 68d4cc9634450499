/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-config.h"

#include "octavo-error.h"
#include "octavo-launch.h"

#include <gio/gio.h>

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
test_value_of_what_has_none (void)
{
  const char *const arguments[] = { "octavo", "--new-note=x", NULL };
  const char *const service[] = { "octavo", "--gapplication-service", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLaunch) launch = NULL;

  g_assert_null (octavo_launch_new (arguments, &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_clear_error (&error);
  launch = octavo_launch_new (service, &error);
  g_assert_no_error (error);
  g_assert_true (launch->is_service);
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
test_links (void)
{
  const char *const arguments[] = { "octavo", "a.md", "OCTAVO:note/12", "b.md", NULL };
  const char *const refused[] = { "octavo:",       "octavo:note/",    "octavo:note/0",
                                  "octavo:note/x", "octavo:tag/a",    "octavo:title/Garden",
                                  "octavo:x\351",  "octavo://note/7", "octavo:note/7/" };
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLaunch) launch = octavo_launch_new (arguments, &error);

  g_assert_no_error (error);
  g_assert_cmpint (launch->note_id, ==, 12);
  g_assert_true (launch->is_link);
  g_assert_cmpuint (g_strv_length (launch->files), ==, 2);
  g_assert_cmpstr (launch->files[1], ==, "b.md");

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      const char *const call[] = { "octavo", refused[i], NULL };
      g_autoptr (GError) problem = NULL;

      g_assert_null (octavo_launch_new (call, &problem));
      g_assert_error (problem, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
    }
}

static OctavoLaunch *
open_uris (const char *const *uris)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  return octavo_launch_new_for_files ((GFile **) files->pdata, (int) files->len);
}

static void
test_opened_by_the_desktop (void)
{
  g_autoptr (OctavoLaunch) launch =
      open_uris ((const char *const[]){ "file:///tmp/a%20b.md", "octavo:note/7", "file:///c.md", NULL });
  g_autoptr (OctavoLaunch) slashes = open_uris ((const char *const[]){ "octavo:///note/8", NULL });
  g_autoptr (OctavoLaunch) elsewhere = open_uris ((const char *const[]){ "https://example.org/", NULL });
  g_autoptr (OctavoLaunch) other = open_uris ((const char *const[]){ "octavo:tag/work", "file:///c.md", NULL });

  g_assert_null (launch->problem);
  g_assert_cmpint (launch->note_id, ==, 7);
  g_assert_true (launch->is_link);
  g_assert_cmpuint (g_strv_length (launch->files), ==, 2);
  g_assert_cmpstr (launch->files[0], ==, "/tmp/a b.md");
  g_assert_cmpint (slashes->note_id, ==, 8);
  g_assert_nonnull (elsewhere->problem);
  g_assert_cmpuint (g_strv_length (elsewhere->files), ==, 0);
  g_assert_nonnull (other->problem);
  g_assert_cmpint (other->note_id, ==, 0);
  g_assert_cmpuint (g_strv_length (other->files), ==, 1);
}

static void
test_results_of_a_search (void)
{
  g_autoptr (OctavoLaunch) result = octavo_launch_new_for_result ("roses", 7);
  g_autoptr (OctavoLaunch) search = octavo_launch_new_for_result ("roses", 0);
  g_autoptr (OctavoLaunch) title = octavo_launch_new_for_title ("Garden");

  g_assert_cmpstr (result->query, ==, "roses");
  g_assert_cmpint (result->note_id, ==, 7);
  g_assert_true (result->is_link);
  g_assert_false (search->is_link);
  g_assert_true (title->new_note);
  g_assert_cmpstr (title->title, ==, "Garden");
  g_assert_nonnull (title->files);
}

static void
assert_same_application (const char *path, const char *other, gboolean same)
{
  g_autofree char *id = octavo_launch_dup_application_id (path);
  g_autofree char *other_id = octavo_launch_dup_application_id (other);

  g_assert_true (g_application_id_is_valid (id));
  g_assert_true (g_str_has_prefix (id, APPLICATION_ID));

  if (same)
    g_assert_cmpstr (id, ==, other_id);
  else
    g_assert_cmpstr (id, !=, other_id);
}

static void
test_application_id (void)
{
  g_autofree char *default_path = g_build_filename (g_get_user_data_dir (), "octavo", "notes.db", NULL);
  g_autofree char *default_id = octavo_launch_dup_application_id (default_path);

  g_assert_cmpstr (default_id, ==, APPLICATION_ID);
  assert_same_application ("/nowhere/a.db", "/nowhere/a.db", TRUE);
  assert_same_application ("/nowhere/a.db", "/nowhere/b.db", FALSE);
  assert_same_application ("/nowhere/a.db", default_path, FALSE);
  assert_same_application ("/usr/../usr/a.db", "/usr/a.db", TRUE);
}

static void
assert_greeted (const char *argument, const char *other, const char *id, gboolean expected)
{
  const char *const arguments[] = { "octavo", argument, other, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLaunch) launch = octavo_launch_new (arguments, &error);

  g_assert_no_error (error);
  g_assert_cmpint (octavo_launch_wants_greeting (launch, id), ==, expected);
}

static void
test_greeting (void)
{
  assert_greeted (NULL, NULL, APPLICATION_ID, TRUE);
  assert_greeted ("--user", "Ada", APPLICATION_ID, TRUE);
  assert_greeted (NULL, NULL, APPLICATION_ID ".File0123456789abcdef", FALSE);
  assert_greeted ("--new-note", NULL, APPLICATION_ID, FALSE);
  assert_greeted ("--search", "", APPLICATION_ID, FALSE);
  assert_greeted ("--note", "7", APPLICATION_ID, FALSE);
  assert_greeted ("notes.md", NULL, APPLICATION_ID, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/launch/nothing-asked-for", test_nothing);
  g_test_add_func ("/launch/everything-asked-for", test_everything);
  g_test_add_func ("/launch/wrong-words-are-option-errors", test_wrong_words);
  g_test_add_func ("/launch/value-of-what-has-none", test_value_of_what_has_none);
  g_test_add_func ("/launch/query-that-is-no-text", test_query_that_is_no_text);
  g_test_add_func ("/launch/missing-file-is-no-file", test_missing_file);
  g_test_add_func ("/launch/links-to-notes", test_links);
  g_test_add_func ("/launch/opened-by-the-desktop", test_opened_by_the_desktop);
  g_test_add_func ("/launch/results-of-a-search", test_results_of_a_search);
  g_test_add_func ("/launch/one-application-a-file", test_application_id);
  g_test_add_func ("/launch/who-is-greeted", test_greeting);

  return g_test_run ();
}
