/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-config.h"

#include "octavo-undo.h"

#include <glib/gi18n-lib.h>

/* What was done, in words: for toasts, the list of changes and the command line alike. */

static char *
dup_notes_title (const OctavoUndoStep *self)
{
  guint n = self->n_notes;

  switch ((int) self->kind)
    {
    case OCTAVO_UNDO_TRASH:
      return g_strdup_printf (ngettext ("%'u note moved to the trash", "%'u notes moved to the trash", n), n);
    case OCTAVO_UNDO_RESTORE:
      return g_strdup_printf (ngettext ("%'u note taken out of the trash", "%'u notes taken out of the trash", n), n);
    case OCTAVO_UNDO_DELETE:
      return g_strdup_printf (ngettext ("%'u note deleted", "%'u notes deleted", n), n);
    case OCTAVO_UNDO_EMPTY_TRASH:
      return g_strdup_printf (ngettext ("Trash emptied of %'u note", "Trash emptied of %'u notes", n), n);
    case OCTAVO_UNDO_PIN:
      return g_strdup_printf (ngettext ("%'u note pinned", "%'u notes pinned", n), n);
    case OCTAVO_UNDO_UNPIN:
      return g_strdup_printf (ngettext ("%'u note unpinned", "%'u notes unpinned", n), n);
    case OCTAVO_UNDO_MERGE:
      /* the one that came of it is one of them */
      return g_strdup_printf (ngettext ("%'u note merged into one", "%'u notes merged into one", MAX (n, 1) - 1),
                              MAX (n, 1) - 1);
    case OCTAVO_UNDO_GIVE:
      return g_strdup_printf (ngettext ("%'u note given to another user", "%'u notes given to another user", n), n);
    case OCTAVO_UNDO_LINKS:
      return g_strdup_printf (ngettext ("Links updated in %'u note", "Links updated in %'u notes", n), n);
    case OCTAVO_UNDO_IMPORT:
      return g_strdup_printf (ngettext ("%'u note imported", "%'u notes imported", n), n);
    default:
      return g_strdup (_ ("A change of another version of Octavo"));
    }
}

/**
 * octavo_undo_step_dup_title:
 * @self: a step
 *
 * Returns: (transfer full): what was done, in a few words
 */
char *
octavo_undo_step_dup_title (const OctavoUndoStep *self)
{
  guint n;

  g_return_val_if_fail (self != NULL, NULL);

  n = self->n_notes;
  switch ((int) self->kind)
    {
    case OCTAVO_UNDO_ADD_TAG:
      /* Translators: a tag, and how many notes were given it. */
      return g_strdup_printf (ngettext ("“%s” added to %'u note", "“%s” added to %'u notes", n), self->subject, n);
    case OCTAVO_UNDO_REMOVE_TAG:
      return g_strdup_printf (ngettext ("“%s” removed from %'u note", "“%s” removed from %'u notes", n), self->subject,
                              n);
    case OCTAVO_UNDO_RENAME_TAG:
      return g_strdup_printf (_ ("Tag “%s” renamed"), self->subject);
    case OCTAVO_UNDO_MERGE_TAGS:
      return g_strdup_printf (_ ("Tag “%s” merged with another"), self->subject);
    case OCTAVO_UNDO_DELETE_TAG:
      return g_strdup_printf (_ ("Tag “%s” deleted"), self->subject);
    case OCTAVO_UNDO_DELETE_SEARCH:
      return g_strdup_printf (_ ("Search “%s” deleted"), self->subject);
    case OCTAVO_UNDO_DELETE_USER:
      return g_strdup_printf (_ ("User “%s” deleted"), self->subject);
    case OCTAVO_UNDO_CLEAR_HISTORY:
      /* Translators: the title of a note. */
      return g_strdup_printf (_ ("History of “%s” cleared"), self->subject);
    default:
      return dup_notes_title (self);
    }
}

/**
 * octavo_undo_result_dup_text:
 * @self: what came of taking something back
 *
 * Returns: (transfer full) (nullable): what was not taken back, and why; %NULL where all of it was
 */
char *
octavo_undo_result_dup_text (const OctavoUndoResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_kept > 0)
    return g_strdup_printf (ngettext ("Undone, but %'u note was changed since, and is kept in the trash",
                                      "Undone, but %'u notes were changed since, and are kept in the trash",
                                      self->n_kept),
                            self->n_kept);
  if (self->n_left > 0)
    return g_strdup_printf (ngettext ("Undone, but %'u note was changed since, and stays as it is",
                                      "Undone, but %'u notes were changed since, and stay as they are", self->n_left),
                            self->n_left);
  if (self->n_gone > 0)
    return g_strdup_printf (ngettext ("Undone, but %'u note was deleted since",
                                      "Undone, but %'u notes were deleted since", self->n_gone),
                            self->n_gone);
  return NULL;
}
