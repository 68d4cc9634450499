/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-speller.h"

#include <libspelling.h>

/* Of libspelling only the dictionaries are used. Its adapter looks at a whole text at once, and puts all the tags that
 * come of it in at once: in a note of a megabyte that is seconds in which no key is heard. */

static GPtrArray *
list_languages (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_speller_language_free);
  g_autoptr (GListModel) languages = NULL;

  spelling_init ();
  languages = spelling_provider_list_languages (spelling_provider_get_default ());
  for (guint i = 0; languages != NULL && i < g_list_model_get_n_items (languages); i++)
    {
      g_autoptr (SpellingLanguage) language = g_list_model_get_item (languages, i);

      g_ptr_array_add (found, octavo_speller_language_new (spelling_language_get_code (language),
                                                           spelling_language_get_name (language)));
    }
  return found;
}

static gpointer
open_words (const char *code)
{
  SpellingProvider *provider = spelling_provider_get_default ();

  return spelling_provider_supports_language (provider, code) ? spelling_provider_load_dictionary (provider, code)
                                                              : NULL;
}

static gboolean
has_word (gpointer words, const char *word)
{
  return spelling_dictionary_contains_word (words, word, -1);
}

static char **
list_corrections (gpointer words, const char *word)
{
  return spelling_dictionary_list_corrections (words, word, -1);
}

static void
add_word (gpointer words, const char *word)
{
  spelling_dictionary_add_word (words, word);
}

static void
ignore_word (gpointer words, const char *word)
{
  spelling_dictionary_ignore_word (words, word);
}

/**
 * octavo_speller_get:
 *
 * Returns: (transfer none) (nullable): what knows words; %NULL where Octavo was built without libspelling
 */
const OctavoSpeller *
octavo_speller_get (void)
{
  static const OctavoSpeller speller = {
    .list_languages = list_languages,
    .open = open_words,
    .close = g_object_unref,
    .has_word = has_word,
    .list_corrections = list_corrections,
    .add_word = add_word,
    .ignore_word = ignore_word,
  };

  return &speller;
}
