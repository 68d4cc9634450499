/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fake-speller"

#include "fake-speller.h"

#include "octavo-settings.h"
#include "ui-test.h"

static int n_open;
static guint n_looked;

static GPtrArray *
list_languages (void)
{
  GPtrArray *languages = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_speller_language_free);

  g_ptr_array_add (languages, octavo_speller_language_new ("de_DE", "Deutsch"));
  g_ptr_array_add (languages, octavo_speller_language_new ("en_GB", "English (United Kingdom)"));
  g_ptr_array_add (languages, octavo_speller_language_new ("en_US", "English (United States)"));
  return languages;
}

static gpointer
open_words (const char *code)
{
  static const char *const english[] = { "this", "is", "right", "the", "don't", "text", "and", "more", "to", "one" };
  static const char *const german[] = { "das", "ist", "richtig", "der", "Text" };
  const char *const *words = *code == 'e' ? english : german;
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < (*code == 'e' ? G_N_ELEMENTS (english) : G_N_ELEMENTS (german)); i++)
    g_hash_table_add (known, g_strdup (words[i]));
  g_atomic_int_inc (&n_open);
  return known;
}

static void
close_words (gpointer words)
{
  g_atomic_int_add (&n_open, -1);
  g_hash_table_unref (words);
}

static gboolean
has_word (gpointer words, const char *word)
{
  g_autofree char *small = g_utf8_strdown (word, -1);

  n_looked++;
  return g_hash_table_contains (words, word) || g_hash_table_contains (words, small);
}

static char **
list_corrections (gpointer words, const char *word)
{
  g_autofree char *backwards = g_utf8_strreverse (word, -1);
  const char *corrections[] = { backwards, "right", "text", "this", "the", "and", "more", NULL };

  return g_strdupv ((char **) corrections);
}

static void
add_word (gpointer words, const char *word)
{
  g_hash_table_add (words, g_strdup (word));
}

const OctavoSpeller *
fake_speller_get (void)
{
  static const OctavoSpeller speller = {
    .list_languages = list_languages,
    .open = open_words,
    .close = close_words,
    .has_word = has_word,
    .list_corrections = list_corrections,
    .add_word = add_word,
    .ignore_word = add_word,
  };

  return &speller;
}

guint
fake_speller_get_n_open (void)
{
  return (guint) g_atomic_int_get (&n_open);
}

guint
fake_speller_get_n_looked (void)
{
  guint n = n_looked;

  n_looked = 0;
  return n;
}

OctavoSpelling *
fake_speller_new_spelling (void)
{
  OctavoSpelling *spelling = octavo_spelling_new (fake_speller_get (), octavo_settings_get ());

  octavo_spelling_want (spelling);
  model_test_wait_for (octavo_spelling_is_on (spelling));
  return spelling;
}

void
fake_speller_drop_spelling (OctavoSpelling *spelling)
{
  model_test_wait_for (G_OBJECT (spelling)->ref_count == 1); /* the thread lets go of it a little later */
  g_assert_finalize_object (spelling);
  g_assert_cmpuint (fake_speller_get_n_open (), ==, 0);
  g_settings_reset (octavo_settings_get (), "check-spelling");
  g_settings_reset (octavo_settings_get (), "spelling-language");
}
