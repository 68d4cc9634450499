/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-note-digest.h"

#include "octavo-note-private.h"
#include "octavo-tag.h"

#include <string.h>

/* What an import leaves behind to see later whether somebody edited the note since: a digest of what is written in it.
 * The dates are not in it, as they follow from edits, and neither is the case of tags, which is one for all notes.
 * Whether it was pinned stands beside it: pinning a note is no reason to refuse a newer text. */

#define PINNED_MARK "+pinned"

static void
add_text (GChecksum *checksum, const char *text)
{
  /* with the NUL, so that no text can pretend to be two */
  g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""), text != NULL ? strlen (text) + 1 : 1);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * octavo_note_digest_new:
 * @values: a note, with its body
 *
 * Returns: (transfer full): its digest. Any thread.
 */
char *
octavo_note_digest_new (const OctavoNoteValues *values)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = NULL;

  g_return_val_if_fail (values != NULL, NULL);

  title = octavo_note_clean_title (values->title != NULL ? values->title : "");
  add_text (checksum, title);
  add_text (checksum, values->body);
  add_text (checksum, values->aliases);
  add_text (checksum, values->front_matter);
  for (gsize i = 0; values->tags != NULL && values->tags[i] != NULL; i++)
    g_ptr_array_add (folded, octavo_tag_fold_name (values->tags[i]));
  g_ptr_array_sort (folded, compare_names);
  for (guint i = 0; i < folded->len; i++)
    add_text (checksum, g_ptr_array_index (folded, i));
  return g_strconcat (g_checksum_get_string (checksum), values->pinned ? PINNED_MARK : "", NULL);
}

/**
 * octavo_note_digest_same_note:
 * @a: a digest
 * @b: another
 *
 * Returns: whether both are of the same writing, pinned or not. Any thread.
 */
gboolean
octavo_note_digest_same_note (const char *a, const char *b)
{
  gsize length;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  length = strcspn (a, "+");
  return length == strcspn (b, "+") && strncmp (a, b, length) == 0;
}

/**
 * octavo_note_digest_was_pinned:
 * @digest: a digest
 *
 * Returns: whether the note was pinned. Any thread.
 */
gboolean
octavo_note_digest_was_pinned (const char *digest)
{
  g_return_val_if_fail (digest != NULL, FALSE);

  return g_str_has_suffix (digest, PINNED_MARK);
}
