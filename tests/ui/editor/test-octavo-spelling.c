/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-spelling"

#include "octavo-spelling.h"

#include "fake-speller.h"
#include "octavo-settings.h"
#include "ui-test.h"

static void
count (OctavoSpelling *spelling, gpointer n)
{
  (*(guint *) n)++;
}

static void
test_language (void)
{
  OctavoSpelling *spelling = fake_speller_new_spelling ();

  g_assert_cmpstr (octavo_spelling_get_language (spelling), ==, "en_US"); /* tests run in no language: in English */
  g_assert_cmpuint (octavo_spelling_get_languages (spelling)->len, ==, 3);
  g_assert_true (octavo_spelling_is_right (spelling, "text"));
  g_assert_false (octavo_spelling_is_right (spelling, "richtig"));
  g_settings_set_string (octavo_settings_get (), "spelling-language", "de_DE");
  model_test_wait_for (g_strcmp0 (octavo_spelling_get_language (spelling), "de_DE") == 0);
  g_assert_cmpuint (fake_speller_get_n_open (), ==, 1);
  g_assert_true (octavo_spelling_is_right (spelling, "richtig"));
  g_assert_false (octavo_spelling_is_right (spelling, "right"));
  g_settings_set_string (octavo_settings_get (), "spelling-language", "xx"); /* a dictionary that is gone */
  model_test_wait_for (g_strcmp0 (octavo_spelling_get_language (spelling), "en_US") == 0);
  fake_speller_drop_spelling (spelling);
}

/* What is chosen while the words of another are still being read comes after these. */
static void
test_language_twice (void)
{
  OctavoSpelling *spelling = fake_speller_new_spelling ();

  g_settings_set_string (octavo_settings_get (), "spelling-language", "de_DE");
  g_settings_set_string (octavo_settings_get (), "spelling-language", "en_GB");
  model_test_wait_for (g_strcmp0 (octavo_spelling_get_language (spelling), "en_GB") == 0);
  g_assert_cmpuint (fake_speller_get_n_open (), ==, 1);
  fake_speller_drop_spelling (spelling);
}

static void
test_off_and_on (void)
{
  OctavoSpelling *spelling = fake_speller_new_spelling ();
  guint n_changes = 0;
  guint generation = octavo_spelling_get_generation (spelling);

  g_signal_connect (spelling, "changed", G_CALLBACK (count), &n_changes);
  g_settings_set_boolean (octavo_settings_get (), "check-spelling", FALSE);
  g_assert_false (octavo_spelling_is_on (spelling));
  g_assert_null (octavo_spelling_get_language (spelling));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (octavo_spelling_get_generation (spelling), !=, generation);
  g_assert_cmpuint (fake_speller_get_n_open (), ==, 0);
  g_settings_set_boolean (octavo_settings_get (), "check-spelling", TRUE);
  model_test_wait_for (octavo_spelling_is_on (spelling));
  g_assert_cmpuint (n_changes, ==, 2);
  fake_speller_drop_spelling (spelling);
}

/* Nothing is read before somebody wants it. */
static void
test_unwanted (void)
{
  OctavoSpelling *spelling = octavo_spelling_new (fake_speller_get (), octavo_settings_get ());

  g_settings_set_string (octavo_settings_get (), "spelling-language", "en_GB");
  octavo_spelling_want_languages (spelling);
  model_test_wait_for (octavo_spelling_get_languages (spelling) != NULL);
  g_assert_false (octavo_spelling_is_on (spelling));
  g_assert_cmpuint (fake_speller_get_n_open (), ==, 0);
  octavo_spelling_want (spelling);
  model_test_wait_for (octavo_spelling_is_on (spelling));
  g_assert_cmpstr (octavo_spelling_get_language (spelling), ==, "en_GB");
  fake_speller_drop_spelling (spelling);
}

static void
test_words (void)
{
  OctavoSpelling *spelling = fake_speller_new_spelling ();
  g_auto (GStrv) corrections = octavo_spelling_dup_corrections (spelling, "thgir");
  guint generation = octavo_spelling_get_generation (spelling);

  g_assert_cmpstr (corrections[0], ==, "right");
  g_assert_true (octavo_spelling_is_right (spelling, "don't"));
  g_assert_true (octavo_spelling_is_right (spelling, "don’t"));
  g_assert_true (octavo_spelling_is_right (spelling, "Слово")); /* of no English letters */
  g_assert_true (octavo_spelling_is_right (spelling, "言葉"));
  g_assert_false (octavo_spelling_is_right (spelling, "wrng"));
  g_assert_false (octavo_spelling_is_right (spelling, "thgir"));
  octavo_spelling_add_word (spelling, "wrng");
  g_assert_true (octavo_spelling_is_right (spelling, "wrng"));
  g_assert_cmpuint (octavo_spelling_get_generation (spelling), !=, generation);
  octavo_spelling_ignore_word (spelling, "thgir");
  g_assert_true (octavo_spelling_is_right (spelling, "thgir"));
  fake_speller_get_n_looked ();
  g_assert_true (octavo_spelling_is_right (spelling, "wrng"));
  g_assert_true (octavo_spelling_is_right (spelling, "thgir"));
  g_assert_cmpuint (fake_speller_get_n_looked (), <=, 1); /* what was said once is remembered */
  fake_speller_drop_spelling (spelling);
}

/* ---- libspelling ---- */

static void
test_libspelling (void)
{
  OctavoSpelling *spelling = octavo_spelling_get ();
  g_auto (GStrv) corrections = NULL;

  if (spelling == NULL)
    {
      g_test_skip ("built without libspelling");
      return;
    }
  octavo_spelling_want (spelling);
  model_test_wait_for (octavo_spelling_get_languages (spelling) != NULL);
  if (octavo_spelling_get_language (spelling) == NULL)
    {
      g_test_skip ("no English dictionary is installed");
      return;
    }
  g_assert_true (octavo_spelling_is_right (spelling, "spelling"));
  g_assert_true (octavo_spelling_is_right (spelling, "doesn’t"));
  g_assert_false (octavo_spelling_is_right (spelling, "speling"));
  corrections = octavo_spelling_dup_corrections (spelling, "speling");
  g_assert_true (g_strv_contains ((const char *const *) corrections, "spelling"));
  octavo_spelling_ignore_word (spelling, "speling");
  g_assert_true (octavo_spelling_is_right (spelling, "speling"));
  g_assert_false (octavo_spelling_is_right (spelling, "octavoish"));
  octavo_spelling_add_word (spelling, "octavoish");
  g_assert_true (octavo_spelling_is_right (spelling, "octavoish"));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/spelling/language", test_language);
  g_test_add_func ("/spelling/language-twice", test_language_twice);
  g_test_add_func ("/spelling/off-and-on", test_off_and_on);
  g_test_add_func ("/spelling/unwanted", test_unwanted);
  g_test_add_func ("/spelling/words", test_words);
  g_test_add_func ("/spelling/libspelling", test_libspelling);
  return g_test_run ();
}
