/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-rescue.h"

#include "octavo-error.h"
#include "octavo-merge.h"
#include "octavo-note-repository.h"
#include "octavo-user-repository.h"
#include "octavo-version-repository.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where the file of notes cannot be written, what is typed is kept in a file of its own, in plain sight of whoever
 * looks for it, until the notes have it. With each note stands what the file had of it: others may have written
 * meanwhile. */

#define NOTE      "Note "
#define MAX_TRIES 20 /* where others write to the note at the same moment */

/**
 * octavo_rescued_free:
 * @self: (transfer full): a rescued note
 *
 * Frees it.
 */
void
octavo_rescued_free (OctavoRescued *self)
{
  g_free (self->base_title);
  g_free (self->base_body);
  g_free (self->title);
  g_free (self->body);
  g_clear_object (&self->note);
  g_free (self);
}

/**
 * octavo_rescue_to_text:
 * @notes: (element-type OctavoRescued): what is to be kept
 *
 * Returns: (transfer full): a text that octavo_rescue_read() understands, and a person can read
 */
char *
octavo_rescue_to_text (GPtrArray *notes)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoRescued *note = g_ptr_array_index (notes, i);
      g_autofree char *group = g_strdup_printf (NOTE "%u", i + 1);

      g_key_file_set_int64 (file, group, "Id", note->id);
      g_key_file_set_int64 (file, group, "Created", note->created);
      g_key_file_set_int64 (file, group, "User", note->user_id);
      g_key_file_set_int64 (file, group, "Since", note->since);
      g_key_file_set_string (file, group, "Title", note->title);
      g_key_file_set_string (file, group, "Text", note->body);
      g_key_file_set_string (file, group, "OldTitle", note->base_title);
      g_key_file_set_string (file, group, "OldText", note->base_body);
    }
  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * octavo_rescue_write:
 * @path: a file, which is written over
 * @text: what octavo_rescue_to_text() gave
 * @error: why it cannot be written
 *
 * Writes the file for its owner alone; it is on the disk when this returns. Any thread; blocks.
 *
 * Returns: whether it is
 */
gboolean
octavo_rescue_write (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

static OctavoRescued *
read_note (GKeyFile *file, const char *group)
{
  g_autoptr (OctavoRescued) note = g_new0 (OctavoRescued, 1);

  note->id = g_key_file_get_int64 (file, group, "Id", NULL);
  note->created = g_key_file_get_int64 (file, group, "Created", NULL);
  note->user_id = g_key_file_get_int64 (file, group, "User", NULL);
  note->since = g_key_file_get_int64 (file, group, "Since", NULL);
  note->title = g_key_file_get_string (file, group, "Title", NULL);
  note->body = g_key_file_get_string (file, group, "Text", NULL);
  note->base_title = g_key_file_get_string (file, group, "OldTitle", NULL);
  note->base_body = g_key_file_get_string (file, group, "OldText", NULL);
  if (note->title == NULL || note->body == NULL || note->base_title == NULL || note->base_body == NULL)
    return NULL;
  return g_steal_pointer (&note);
}

/**
 * octavo_rescue_read:
 * @path: a file
 * @is_understood: (out): whether it holds nothing else than these notes; also where there is none
 *
 * Reads what octavo_rescue_write() wrote. Any thread; blocks.
 *
 * Returns: (element-type OctavoRescued) (transfer full): the notes; none where there is no such file
 */
GPtrArray *
octavo_rescue_read (const char *path, gboolean *is_understood)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify) octavo_rescued_free);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) groups = NULL;

  *is_understood = TRUE;
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    {
      *is_understood = g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      return notes;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      OctavoRescued *note = read_note (file, groups[i]);

      if (note != NULL)
        g_ptr_array_add (notes, note);
      else
        *is_understood = FALSE;
    }
  return notes;
}

/* The one of that id in another file of notes is another note. (nullable) (transfer full) */
static OctavoNote *
find_note (OctavoNoteRepository *notes, const OctavoRescued *rescued, GError **error)
{
  g_autoptr (OctavoNote) note = NULL;
  g_autoptr (GError) reason = NULL;

  if (rescued->id <= 0)
    return NULL;
  note = octavo_note_repository_get (notes, rescued->id, NULL, &reason);
  if (note == NULL && !g_error_matches (reason, OCTAVO_ERROR, OCTAVO_ERROR_NO_SUCH_NOTE))
    g_propagate_error (error, g_steal_pointer (&reason));
  if (note == NULL || octavo_note_get_created (note) != rescued->created)
    return NULL;
  return g_steal_pointer (&note);
}

/* (nullable) (transfer full): what both have made of it; %NULL where that is not the same */
static char *
bring_together (const char *base, const char *ours, const char *theirs)
{
  if (g_str_equal (theirs, base) || g_str_equal (theirs, ours))
    return g_strdup (ours);
  if (g_str_equal (ours, base))
    return g_strdup (theirs);
  return octavo_merge (base, ours, theirs);
}

/* Gives a note what was typed into it; FALSE where somebody else changed the same words meanwhile. */
static gboolean
set_words (OctavoNote *note, const OctavoRescued *rescued)
{
  g_autofree char *title = bring_together (rescued->base_title, rescued->title, octavo_note_get_title (note));
  g_autofree char *body = bring_together (rescued->base_body, rescued->body, octavo_note_get_body (note));

  if (title == NULL || body == NULL)
    return FALSE;
  octavo_note_set_title (note, title);
  octavo_note_set_body (note, body);
  return TRUE;
}

static gboolean
is_rescued (OctavoVersionRepository *versions, OctavoNoteVersion *version, const OctavoRescued *rescued)
{
  g_autoptr (OctavoNoteValues) values = NULL;

  if (octavo_note_version_get_updated (version) < rescued->since ||
      octavo_note_version_get_size (version) != (gint64) strlen (rescued->body) ||
      !g_str_equal (octavo_note_version_get_title (version), rescued->title))
    return FALSE;
  values = octavo_version_repository_read (versions, octavo_note_version_get_id (version), NULL);
  return values != NULL && g_str_equal (values->body, rescued->body);
}

/* The program may be ended after what was typed was saved, and before its file is removed. Who wrote over it since has
 * made a version of it; one that the note had before it was typed is another matter. */
static gboolean
was_saved (OctavoStore *store, OctavoNote *note, const OctavoRescued *rescued)
{
  OctavoVersionRepository *versions = octavo_store_get_versions (store);
  g_autoptr (GPtrArray) list =
      rescued->since != 0 ? octavo_version_repository_list (versions, octavo_note_get_id (note), NULL) : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (is_rescued (versions, g_ptr_array_index (list, i), rescued))
      return TRUE;
  return FALSE;
}

/* (transfer full) */
static OctavoNote *
make_note (OctavoStore *store, const OctavoRescued *rescued, gboolean is_beside)
{
  OctavoUserRepository *users = octavo_store_get_users (store);
  gboolean has_user = octavo_user_repository_get (users, rescued->user_id) != NULL;
  OctavoNote *note =
      octavo_note_repository_create (octavo_store_get_notes (store),
                                     has_user ? rescued->user_id : octavo_user_repository_get_default_id (users));
  g_autofree char *title = NULL;

  if (is_beside)
    /* Translators: the title of a note that holds what was written elsewhere at the same time */
    title = g_strdup_printf (_ ("%s (other version)"), *rescued->title != '\0' ? rescued->title : _ ("Untitled"));
  octavo_note_set_title (note, is_beside ? title : rescued->title);
  octavo_note_set_body (note, rescued->body);
  return note;
}

/* (transfer full) (nullable): the note that has what was typed */
static OctavoNote *
give_note (OctavoStore *store, OctavoRescued *rescued, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (OctavoNote) note = NULL;

  if (rescued->note != NULL)
    return g_object_ref (rescued->note);
  note = find_note (octavo_store_get_notes (store), rescued, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (note != NULL && (was_saved (store, note, rescued) || set_words (note, rescued)))
    return g_steal_pointer (&note);
  rescued->note = make_note (store, rescued, note != NULL);
  return g_object_ref (rescued->note);
}

static gboolean
take_in_note (OctavoStore *store, OctavoRescued *rescued, GError **error)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (store);

  for (guint n_tries = 1; TRUE; n_tries++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (OctavoNote) note = give_note (store, rescued, &reason);

      if (note != NULL && octavo_note_repository_save (notes, note, NULL, &reason))
        return TRUE;
      if (note == NULL || n_tries == MAX_TRIES || !g_error_matches (reason, OCTAVO_ERROR, OCTAVO_ERROR_CHANGED))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      octavo_note_repository_refresh (notes, note);
    }
}

/**
 * octavo_rescue_take_in:
 * @store: an open store
 * @notes: (element-type OctavoRescued): what octavo_rescue_read() gave; those that were taken in are removed
 * @error: why one could not be saved, in words for a person
 *
 * Writes to the notes what could not be written before: into its note, together with what others wrote there since;
 * where that is in the same place, or the note is gone, as a note of its own. What the note said meanwhile was
 * written already. Main thread; blocks.
 *
 * Returns: whether all are in the file
 */
gboolean
octavo_rescue_take_in (OctavoStore *store, GPtrArray *notes, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_STORE (store), FALSE);
  g_return_val_if_fail (notes != NULL, FALSE);

  while (notes->len > 0)
    {
      if (!take_in_note (store, g_ptr_array_index (notes, 0), error))
        return FALSE;
      g_ptr_array_remove_index (notes, 0);
    }
  return TRUE;
}
