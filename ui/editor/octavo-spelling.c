/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-spelling.h"

#include "octavo-settings.h"

#include <pango/pango.h>
#include <string.h>

/* A dictionary takes a tenth of a second to be read, so a thread does that, and only once a text is shown. What was
 * said of a word is kept: most words of a text are there again and again. */

#define MAX_KNOWN 20000 /* words; more than the longest line has that is looked into */

struct _OctavoSpelling
{
  GObject parent_instance;

  const OctavoSpeller *speller;
  GSettings *settings;  /* NULL: there are none */
  GPtrArray *languages; /* NULL: not known yet */
  char *loaded_for;     /* what the settings were; NULL: nothing is checked */
  char *code;           /* of the language, with the words */
  gpointer words;       /* NULL: there are none */
  GHashTable *known;    /* word → GINT_TO_POINTER (whether it is right) */
  guint generation;
  gboolean is_wanted;
  gboolean is_list_wanted;
  gboolean is_loading;
};

G_DEFINE_FINAL_TYPE (OctavoSpelling, octavo_spelling, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  const OctavoSpeller *speller;
  char *wanted;         /* NULL: no words */
  gboolean is_listing;  /* the languages are to be found out */
  GPtrArray *languages; /* those that there are */
  char *code;
  gpointer words;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->words, load->speller->close);
  g_clear_pointer (&load->languages, g_ptr_array_unref);
  g_free (load->wanted);
  g_free (load->code);
  g_free (load);
}

static const char *
find_code (GPtrArray *languages, const char *code)
{
  for (guint i = 0; i < languages->len; i++)
    if (g_str_equal (((OctavoSpellerLanguage *) languages->pdata[i])->code, code))
      return ((OctavoSpellerLanguage *) languages->pdata[i])->code;
  return NULL;
}

/* As it is spoken in the country that it is named after, or else anywhere. */
static const char *
find_language (GPtrArray *languages, const char *language)
{
  g_autofree char *country = g_ascii_strup (language, -1);
  g_autofree char *usual = g_strconcat (language, "_", country, NULL);
  const char *found = find_code (languages, usual);

  for (guint i = 0; found == NULL && i < languages->len; i++)
    {
      const char *code = ((OctavoSpellerLanguage *) languages->pdata[i])->code;
      gsize size = strcspn (code, "_-");

      if (size == strlen (language) && strncmp (code, language, size) == 0)
        found = code;
    }
  return found;
}

/* Returns: (nullable): the code of the language that is wanted, or of the person's */
static const char *
choose (GPtrArray *languages, const char *wanted)
{
  const char *const english[] = { "en_US", "en", NULL };
  const char *const *names = g_get_language_names ();
  const char *found = find_code (languages, wanted);

  if (*names[0] == 'C' || g_str_equal (names[0], "POSIX"))
    names = english;
  for (guint i = 0; found == NULL && names[i] != NULL; i++)
    {
      found = find_code (languages, names[i]);
      if (found == NULL && strpbrk (names[i], "_.@") == NULL)
        found = find_language (languages, names[i]);
    }
  return found;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;

  if (load->is_listing)
    load->languages = load->speller->list_languages ();
  if (load->wanted != NULL)
    load->code = g_strdup (choose (load->languages, load->wanted));
  if (load->code != NULL)
    load->words = load->speller->open (load->code);
  g_task_return_boolean (task, TRUE);
}

static void
changed (OctavoSpelling *self)
{
  self->generation++;
  g_hash_table_remove_all (self->known);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Returns: (nullable) (transfer full): the language, "" for the person's; NULL where nothing is to be checked */
static char *
dup_wanted (OctavoSpelling *self)
{
  if (self->settings == NULL)
    return g_strdup ("");
  return g_settings_get_boolean (self->settings, "check-spelling")
             ? g_settings_get_string (self->settings, "spelling-language")
             : NULL;
}

static void update (OctavoSpelling *self);

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoSpelling *self = OCTAVO_SPELLING (source);
  Load *load = g_task_get_task_data (G_TASK (result));

  self->is_loading = FALSE;
  if (self->languages == NULL)
    self->languages = g_ptr_array_ref (load->languages);
  if (load->wanted != NULL)
    {
      self->loaded_for = g_steal_pointer (&load->wanted);
      self->code = g_steal_pointer (&load->code);
      self->words = g_steal_pointer (&load->words);
    }
  changed (self);
  update (self);
}

static void
drop_words (OctavoSpelling *self)
{
  g_clear_pointer (&self->loaded_for, g_free);
  g_clear_pointer (&self->code, g_free);
  if (self->words == NULL)
    return;
  g_clear_pointer (&self->words, self->speller->close);
  changed (self);
}

/* One at a time; what was changed meanwhile is looked at when it is done. */
static void
update (OctavoSpelling *self)
{
  g_autofree char *wanted = dup_wanted (self);
  gboolean needs_words = self->is_wanted && wanted != NULL && g_strcmp0 (wanted, self->loaded_for) != 0;
  gboolean needs_list = self->is_list_wanted && self->languages == NULL;
  g_autoptr (GTask) task = NULL;
  Load *load;

  if (self->is_loading)
    return;
  if (needs_words || wanted == NULL)
    drop_words (self);
  if (!needs_words && !needs_list)
    return;
  self->is_loading = TRUE;
  load = g_new0 (Load, 1);
  load->speller = self->speller;
  load->wanted = needs_words ? g_steal_pointer (&wanted) : NULL;
  load->is_listing = self->languages == NULL;
  load->languages = self->languages != NULL ? g_ptr_array_ref (self->languages) : NULL;
  task = g_task_new (self, NULL, on_loaded, NULL);
  g_task_set_source_tag (task, update);
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_in_thread);
}

static void
octavo_spelling_finalize (GObject *object)
{
  OctavoSpelling *self = OCTAVO_SPELLING (object);

  g_clear_pointer (&self->words, self->speller->close);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_hash_table_unref (self->known);
  g_free (self->loaded_for);
  g_free (self->code);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (octavo_spelling_parent_class)->finalize (object);
}

static void
octavo_spelling_class_init (OctavoSpellingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = octavo_spelling_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", OCTAVO_TYPE_SPELLING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_spelling_init (OctavoSpelling *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * octavo_spelling_get:
 *
 * Returns: (transfer none) (nullable): what says which words are right, for all texts; %NULL where Octavo was built
 * without libspelling. Main thread.
 */
OctavoSpelling *
octavo_spelling_get (void)
{
  static OctavoSpelling *spelling;

  if (spelling == NULL && octavo_speller_get () != NULL)
    spelling = octavo_spelling_new (octavo_speller_get (), octavo_settings_get ());
  return spelling;
}

/**
 * octavo_spelling_new:
 * @speller: what knows words
 * @settings: (nullable): whose keys are followed
 *
 * Returns: (transfer full): what says which words are right, once octavo_spelling_want() was called
 */
OctavoSpelling *
octavo_spelling_new (const OctavoSpeller *speller, GSettings *settings)
{
  OctavoSpelling *self = g_object_new (OCTAVO_TYPE_SPELLING, NULL);

  self->speller = speller;
  if (settings == NULL)
    return self;
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::check-spelling", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::spelling-language", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * octavo_spelling_want:
 * @self: a spelling
 *
 * Has it read the words of the language that the settings have, now and whenever they have another.
 */
void
octavo_spelling_want (OctavoSpelling *self)
{
  g_return_if_fail (OCTAVO_IS_SPELLING (self));

  self->is_wanted = TRUE;
  update (self);
}

/**
 * octavo_spelling_want_languages:
 * @self: a spelling
 *
 * Has it find out which languages there are.
 */
void
octavo_spelling_want_languages (OctavoSpelling *self)
{
  g_return_if_fail (OCTAVO_IS_SPELLING (self));

  self->is_list_wanted = TRUE;
  update (self);
}

/**
 * octavo_spelling_is_on:
 * @self: a spelling
 *
 * Returns: whether words can be checked, and are to be
 */
gboolean
octavo_spelling_is_on (OctavoSpelling *self)
{
  g_return_val_if_fail (OCTAVO_IS_SPELLING (self), FALSE);

  return self->words != NULL;
}

/**
 * octavo_spelling_get_generation:
 * @self: a spelling
 *
 * Returns: a number that is another whenever words may be right that were wrong, or the other way round; never 0
 */
guint
octavo_spelling_get_generation (OctavoSpelling *self)
{
  g_return_val_if_fail (OCTAVO_IS_SPELLING (self), 0);

  return self->generation + 1;
}

/**
 * octavo_spelling_get_languages:
 * @self: a spelling
 *
 * Returns: (transfer none) (nullable) (element-type OctavoSpellerLanguage): the languages that there are dictionaries
 * of; %NULL as long as that is not known
 */
GPtrArray *
octavo_spelling_get_languages (OctavoSpelling *self)
{
  g_return_val_if_fail (OCTAVO_IS_SPELLING (self), NULL);

  return self->languages;
}

/**
 * octavo_spelling_get_language:
 * @self: a spelling
 *
 * Returns: (transfer none) (nullable): the code of the language that is checked; %NULL where none is
 */
const char *
octavo_spelling_get_language (OctavoSpelling *self)
{
  g_return_val_if_fail (OCTAVO_IS_SPELLING (self), NULL);

  return self->words != NULL ? self->code : NULL;
}

/* Whether it is written as words of the language are, with spaces around them. */
static gboolean
is_of_script (OctavoSpelling *self, const char *word)
{
  GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (word));

  switch ((int) script)
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_THAI:
      return FALSE;
    default:
      return pango_language_includes_script (pango_language_from_string (self->code), (PangoScript) script);
    }
}

/* Dictionaries have the apostrophe of typewriters. */
static char *
dup_plain (const char *word)
{
  g_autoptr (GString) plain = g_string_new (word);

  g_string_replace (plain, "’", "'", 0);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/**
 * octavo_spelling_is_right:
 * @self: a spelling that is on
 * @word: letters, perhaps with apostrophes between them
 *
 * Returns: whether a word is spelt rightly, or is of another script than the language's
 */
gboolean
octavo_spelling_is_right (OctavoSpelling *self, const char *word)
{
  gpointer is_right;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (OCTAVO_IS_SPELLING (self), TRUE);
  g_return_val_if_fail (self->words != NULL, TRUE);

  if (g_hash_table_lookup_extended (self->known, word, NULL, &is_right))
    return GPOINTER_TO_INT (is_right);
  plain = dup_plain (word);
  is_right = GINT_TO_POINTER (!is_of_script (self, word) || self->speller->has_word (self->words, plain));
  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  g_hash_table_insert (self->known, g_strdup (word), is_right);
  return GPOINTER_TO_INT (is_right);
}

/**
 * octavo_spelling_dup_corrections:
 * @self: a spelling that is on
 * @word: a word that is wrong
 *
 * Returns: (transfer full): what may be meant, the best first
 */
char **
octavo_spelling_dup_corrections (OctavoSpelling *self, const char *word)
{
  g_autofree char *plain = NULL;
  char **corrections;

  g_return_val_if_fail (OCTAVO_IS_SPELLING (self), NULL);
  g_return_val_if_fail (self->words != NULL, NULL);

  plain = dup_plain (word);
  corrections = self->speller->list_corrections (self->words, plain);
  return corrections != NULL ? corrections : g_new0 (char *, 1);
}

/**
 * octavo_spelling_add_word:
 * @self: a spelling that is on
 * @word: a word
 *
 * Makes a word right for good.
 */
void
octavo_spelling_add_word (OctavoSpelling *self, const char *word)
{
  g_autofree char *plain = dup_plain (word);

  g_return_if_fail (OCTAVO_IS_SPELLING (self));
  g_return_if_fail (self->words != NULL);

  self->speller->add_word (self->words, plain);
  changed (self);
}

/**
 * octavo_spelling_ignore_word:
 * @self: a spelling that is on
 * @word: a word
 *
 * Makes a word right until Octavo is closed.
 */
void
octavo_spelling_ignore_word (OctavoSpelling *self, const char *word)
{
  g_autofree char *plain = dup_plain (word);

  g_return_if_fail (OCTAVO_IS_SPELLING (self));
  g_return_if_fail (self->words != NULL);

  self->speller->ignore_word (self->words, plain);
  changed (self);
}
