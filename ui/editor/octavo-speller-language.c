/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-speller.h"

/**
 * octavo_speller_language_new:
 * @code: its code, as in en_GB
 * @name: its name
 *
 * Returns: (transfer full): a language
 */
OctavoSpellerLanguage *
octavo_speller_language_new (const char *code, const char *name)
{
  OctavoSpellerLanguage *self = g_new0 (OctavoSpellerLanguage, 1);

  self->code = g_strdup (code);
  self->name = g_strdup (name);
  return self;
}

/**
 * octavo_speller_language_free:
 * @self: a language
 */
void
octavo_speller_language_free (OctavoSpellerLanguage *self)
{
  g_free (self->code);
  g_free (self->name);
  g_free (self);
}
