/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-file-names.h"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A title may hold anything; a file's name may not, and the folder may be carried to a system with other rules than
 * this one's. So names obey all of them: Linux's, Windows's and macOS's. */

#define MAX_BYTES 200 /* with number and suffix */

/* Of the names only their hashes are kept, so that a folder of a hundred thousand takes no room to speak of. Two names
 * with one hash do no harm: the second gets a number. */
struct _OctavoFileNames
{
  GHashTable *taken;  /* a set: names with their case folded */
  GHashTable *counts; /* folded stem → the last number given, where that is not 1: ten thousand equal titles are no ten
                       * thousand tries each */
};

/* FNV-1a, in as many bits as a pointer has. */
static gpointer
hash (const char *text)
{
  guint64 value = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const char *p = text; *p != '\0'; p++)
    value = (value ^ (guchar) *p) * G_GUINT64_CONSTANT (0x100000001b3);
  return GSIZE_TO_POINTER ((gsize) (value ^ (sizeof (gsize) < sizeof value ? value >> 32 : 0)));
}

static gpointer
hash_folded (const char *name)
{
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  g_autofree char *folded = g_utf8_casefold (composed != NULL ? composed : name, -1);

  return hash (folded);
}

/* What a name has for a character of a title; 0: nothing. */
static gunichar
safe_char (gunichar c)
{
  if (c == '/' || c == '\\' || c == ':' || c == '|')
    return '-';
  if (c < 0x20 || g_unichar_isspace (c))
    return ' ';
  if (c < 0x80 && strchr ("?*\"<>\x7f", (int) c) != NULL)
    return 0;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT: /* a name that turns the writing around can pretend to be another */
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
      return c == 0x200d ? c : 0; /* joins emoji and some scripts */
    default:
      return c;
    }
}

static gboolean
is_reserved (const char *name)
{
  static const char *const names[] = { "con", "prn", "aux", "nul", NULL };
  gsize length = strcspn (name, ".");
  g_autofree char *stem = g_ascii_strdown (name, (gssize) length);

  g_strchomp (stem);
  if (g_strv_contains (names, stem))
    return TRUE;
  return strlen (stem) == 4 && (g_str_has_prefix (stem, "com") || g_str_has_prefix (stem, "lpt")) &&
         g_ascii_isdigit (stem[3]);
}

/* No letter loses half its accents. */
static void
cut (GString *name, gsize max_bytes)
{
  const char *p;

  if (name->len <= max_bytes)
    return;
  p = g_utf8_find_prev_char (name->str, name->str + max_bytes + 1);
  while (p != NULL && p > name->str && g_unichar_ismark (g_utf8_get_char (p)))
    p = g_utf8_find_prev_char (name->str, p);
  g_string_truncate (name, p != NULL ? (gsize) (p - name->str) : 0);
}

static void
trim_end (GString *name)
{
  while (name->len > 0 && (name->str[name->len - 1] == ' ' || name->str[name->len - 1] == '.'))
    g_string_truncate (name, name->len - 1);
}

/**
 * octavo_file_name_from_title:
 * @title: a title, UTF-8
 * @max_bytes: how long the name may be
 *
 * Makes a name that every file system takes: no path, no hidden file, nothing that Windows reserves. Any thread.
 *
 * Returns: (transfer full): the name, without a suffix, never empty
 */
char *
octavo_file_name_from_title (const char *title, gsize max_bytes)
{
  g_autofree char *composed = NULL;
  GString *name;

  g_return_val_if_fail (title != NULL, NULL);

  composed = g_utf8_normalize (title, -1, G_NORMALIZE_NFC);
  name = g_string_new (NULL);
  for (const char *p = composed != NULL ? composed : ""; *p != '\0' && name->len <= max_bytes; p = g_utf8_next_char (p))
    {
      gunichar c = safe_char (g_utf8_get_char (p));

      if (c == 0 || (name->len == 0 && (c == '.' || c == ' ')))
        continue;
      if (c == ' ' && name->str[name->len - 1] == ' ')
        continue;
      g_string_append_unichar (name, c);
    }
  cut (name, max_bytes);
  trim_end (name);
  if (name->len == 0)
    g_string_assign (name, _ ("Untitled"));
  if (is_reserved (name->str))
    {
      g_string_prepend_c (name, '_');
      cut (name, max_bytes);
    }
  return g_string_free (name, FALSE);
}

/**
 * octavo_file_name_to_title:
 * @name: the name of a file in the file system's encoding, without folders
 *
 * Makes a title of the name of a Markdown file: without its suffix. Any thread.
 *
 * Returns: (transfer full): the title, UTF-8
 */
char *
octavo_file_name_to_title (const char *name)
{
  static const char *const suffixes[] = { ".md", ".markdown", ".txt" };
  g_autofree char *shown = g_filename_display_name (name);
  char *composed;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize length = strlen (shown), suffix = strlen (suffixes[i]);

      if (length > suffix && g_ascii_strcasecmp (shown + length - suffix, suffixes[i]) == 0)
        {
          shown[length - suffix] = '\0';
          break;
        }
    }
  composed = g_utf8_normalize (shown, -1, G_NORMALIZE_NFC); /* macOS writes names taken apart */
  return composed != NULL ? composed : g_steal_pointer (&shown);
}

/**
 * octavo_file_names_new:
 *
 * Returns: (transfer full): a folder's names, none yet. One thread at a time.
 */
OctavoFileNames *
octavo_file_names_new (void)
{
  OctavoFileNames *self = g_new0 (OctavoFileNames, 1);

  self->taken = g_hash_table_new (NULL, NULL);
  self->counts = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * octavo_file_names_free:
 * @self: (nullable) (transfer full): names
 *
 * Frees them.
 */
void
octavo_file_names_free (OctavoFileNames *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->counts);
  g_free (self);
}

/**
 * octavo_file_names_add:
 * @self: names
 * @name: the name of a file that is there already, UTF-8
 *
 * Says that a name is not to be given.
 */
void
octavo_file_names_add (OctavoFileNames *self, const char *name)
{
  g_return_if_fail (self != NULL && name != NULL);

  g_hash_table_add (self->taken, hash_folded (name));
}

/**
 * octavo_file_names_make:
 * @self: names
 * @title: the title of a note, UTF-8
 * @suffix: what the name ends with, with its dot
 *
 * Gives a name that nothing else in the folder has: "Title.md", "Title (2).md", …
 *
 * Returns: (transfer full): the name, at most 200 bytes
 */
char *
octavo_file_names_make (OctavoFileNames *self, const char *title, const char *suffix)
{
  g_autofree char *stem = NULL;
  gpointer stem_hash = NULL;
  guint number;

  g_return_val_if_fail (self != NULL && title != NULL && suffix != NULL, NULL);

  stem = octavo_file_name_from_title (title, MAX_BYTES - strlen (suffix) - strlen (" (4294967295)"));
  stem_hash = hash_folded (stem);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, stem_hash));
  for (;;)
    {
      g_autofree char *name = NULL;

      number++;
      name = number == 1 ? g_strconcat (stem, suffix, NULL) : g_strdup_printf ("%s (%u)%s", stem, number, suffix);
      if (!g_hash_table_add (self->taken, hash_folded (name)))
        continue;
      if (number > 1)
        g_hash_table_insert (self->counts, stem_hash, GUINT_TO_POINTER (number));
      return g_steal_pointer (&name);
    }
}
