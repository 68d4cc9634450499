/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-repository.h"
#include "octavo-tag-picker.h"
#include "octavo-window-common.h"
#include "octavo-window-private.h"

/* What is done to the current note, or to all that are selected. */

/* The notes that actions are about. (transfer full) (element-type gint64) */
GArray *
octavo_window_dup_chosen (OctavoWindow *self)
{
  GArray *ids;
  gint64 id = octavo_window_get_current_id (self);

  if (octavo_window_has_several (self))
    return octavo_note_selection_dup_ids (self->selection);

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (id != 0)
    g_array_append_val (ids, id);
  return ids;
}

/* Whether actions are about more than one note. */
gboolean
octavo_window_has_several (OctavoWindow *self)
{
  return octavo_note_selection_get_n_selected (self->selection) > 1;
}

/* What is selected next where the notes leave the list. */
static OctavoWindowAct
make_act (OctavoWindow *self, gboolean leaves)
{
  OctavoWindowAct act = { .leaves = leaves };

  act.selected = octavo_window_get_current_id (self);
  act.next = leaves ? octavo_note_selection_find_other (self->selection) : 0;
  if (act.next == act.selected)
    act.next = 0;
  return act;
}

/* Does one thing to notes. told: (nullable) */
static void
apply_to (OctavoWindow *self,
          OctavoNotesAction action,
          const GArray *ids,
          gboolean leaves,
          const char *tag,
          const char *told,
          const char *failure)
{
  const OctavoWindowAct act = make_act (self, leaves);
  g_autoptr (OctavoNotesAct) notes_act = octavo_notes_act_new ();
  g_autoptr (GError) error = NULL;

  if (ids->len == 0)
    return;

  if (octavo_notes_act_add (notes_act, action, (const gint64 *) (gconstpointer) ids->data, ids->len, tag, &error))
    octavo_window_perform (self, notes_act, &act, told, failure);
  else
    octavo_window_show_error (self, failure, error->message);
}

/* Moves notes to the trash, and tells how to take them back. */
void
octavo_window_trash_notes (OctavoWindow *self, const GArray *ids)
{
  g_autofree char *told =
      g_strdup_printf (ngettext ("%'u note moved to the trash", "%'u notes moved to the trash", ids->len), ids->len);

  apply_to (self, OCTAVO_NOTES_TRASH, ids, TRUE, NULL, ids->len > 1 ? told : _ ("Note moved to the trash"),
            ngettext ("The note could not be moved to the trash", "The notes could not be moved to the trash",
                      ids->len));
}

/* Moves the chosen notes to the trash. */
void
octavo_window_trash_current (OctavoWindow *self)
{
  g_autoptr (GArray) ids = octavo_window_dup_chosen (self);

  octavo_window_trash_notes (self, ids);
}

/* Gives notes a tag, and tells how to take it off again. */
void
octavo_window_tag_notes (OctavoWindow *self, const GArray *ids, const char *tag, const char *told)
{
  apply_to (self, OCTAVO_NOTES_ADD_TAG, ids, FALSE, tag, told, _ ("The notes could not be given the tag"));
}

/* Takes the notes out of the trash. */
void
octavo_window_restore_current (OctavoWindow *self)
{
  g_autoptr (GArray) ids = octavo_window_dup_chosen (self);
  gboolean leaves = octavo_sidebar_get_scope (self->sidebar)->place == OCTAVO_PLACE_TRASH;
  g_autofree char *told =
      g_strdup_printf (ngettext ("%'u note taken out of the trash", "%'u notes taken out of the trash", ids->len),
                       ids->len);

  apply_to (self, OCTAVO_NOTES_RESTORE, ids, leaves, NULL, ids->len > 1 ? told : NULL,
            ngettext ("The note could not be taken out of the trash", "The notes could not be taken out of the trash",
                      ids->len));
}

/* Pins the notes, or takes the pins away. */
void
octavo_window_pin_current (OctavoWindow *self, gboolean pin)
{
  g_autoptr (GArray) ids = octavo_window_dup_chosen (self);
  g_autofree char *told = g_strdup_printf (pin ? ngettext ("%'u note pinned", "%'u notes pinned", ids->len)
                                               : ngettext ("%'u note unpinned", "%'u notes unpinned", ids->len),
                                           ids->len);

  apply_to (self, pin ? OCTAVO_NOTES_PIN : OCTAVO_NOTES_UNPIN, ids, FALSE, NULL, ids->len > 1 ? told : NULL,
            ngettext ("The note could not be pinned", "The notes could not be pinned", ids->len));
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!octavo_note_repository_apply_finish (OCTAVO_NOTE_REPOSITORY (source), result, NULL, &error) &&
      self->selection != NULL)
    octavo_window_show_error (self, _ ("The note could not be given the tag of this list"), error->message);
}

/* Gives a note that was just made a tag. */
void
octavo_window_add_tag (OctavoWindow *self, gint64 id, const char *tag)
{
  octavo_editor_save (self->editor);
  octavo_note_repository_apply_async (octavo_store_get_notes (self->store), OCTAVO_NOTES_ADD_TAG, &id, 1, tag, NULL,
                                      on_applied, g_object_ref (self));
}

/* ---- Tags of several ---- */

static void
on_tag_picked (OctavoWindow *self, const char *tag, gboolean add, OctavoTagPicker *picker)
{
  const GArray *ids = octavo_tag_picker_get_ids (picker);
  /* Translators: a tag, and how many notes were given it. */
  g_autofree char *told =
      g_strdup_printf (add ? ngettext ("“%s” added to %'u note", "“%s” added to %'u notes", ids->len)
                           : ngettext ("“%s” removed from %'u note", "“%s” removed from %'u notes", ids->len),
                       tag, ids->len);

  apply_to (self, add ? OCTAVO_NOTES_ADD_TAG : OCTAVO_NOTES_REMOVE_TAG, ids, FALSE, tag, told,
            _ ("The tags could not be changed"));
}

/* Goes to the tags of the note; of several it asks for a tag to give them all, or to take off. */
void
octavo_window_edit_tags (OctavoWindow *self)
{
  g_autoptr (GArray) ids = NULL;
  OctavoTagPicker *picker;

  if (!octavo_window_has_several (self))
    {
      octavo_window_show_editor (self);
      octavo_editor_edit_tags (self->editor);
      return;
    }

  ids = octavo_window_dup_chosen (self);
  picker = octavo_tag_picker_new (self->store, ids);
  octavo_editor_save (self->editor);
  g_signal_connect_object (picker, "picked-tag", G_CALLBACK (on_tag_picked), self, G_CONNECT_SWAPPED);
  octavo_tag_picker_present (picker, GTK_WINDOW (self));
}

/* ---- Merging ---- */

/* Makes one note of all that are selected. */
void
octavo_window_merge (OctavoWindow *self)
{
  g_autoptr (GArray) ids = octavo_window_dup_chosen (self);
  g_autoptr (OctavoNotesAct) notes_act = octavo_notes_act_new ();
  g_autofree char *told =
      g_strdup_printf (ngettext ("%'u note merged into one", "%'u notes merged into one", ids->len), ids->len);
  OctavoWindowAct act = make_act (self, TRUE);

  act.selects_made = TRUE;
  octavo_notes_act_add_merge (notes_act, (const gint64 *) (gpointer) ids->data, ids->len);
  octavo_window_perform (self, notes_act, &act, told, _ ("The notes could not be merged"));
}

/* ---- Deleting ---- */

static void
on_delete_answered (AdwMessageDialog *dialog, const char *response, GArray *ids)
{
  OctavoWindow *self = OCTAVO_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
  g_autofree char *told = g_strdup_printf (ngettext ("%'u note deleted", "%'u notes deleted", ids->len), ids->len);

  if (g_strcmp0 (response, "delete") == 0)
    apply_to (self, OCTAVO_NOTES_DELETE, ids, TRUE, NULL, ids->len > 1 ? told : _ ("Note deleted"),
              ngettext ("The note could not be deleted", "The notes could not be deleted", ids->len));
}

static void
unref_ids (gpointer ids, GClosure *closure)
{
  g_array_unref (ids);
}

/* The title as the list has it: the editor may still show the note before this one. */
static char *
dup_current_title (OctavoWindow *self)
{
  g_autoptr (OctavoNoteRow) row = NULL;
  const char *title;
  guint position;

  if (octavo_note_selection_get_position (self->selection, &position))
    row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  title = row != NULL ? octavo_note_row_get_title (row) : octavo_editor_get_note_title (self->editor);
  return g_strdup (title != NULL ? title : "");
}

/* Deletes the notes for ever, if the person says so. */
void
octavo_window_ask_to_delete_current (OctavoWindow *self)
{
  g_autoptr (GArray) ids = octavo_window_dup_chosen (self);
  g_autofree char *title = NULL;
  GtkWidget *dialog;

  if (ids->len == 0)
    return;

  title = dup_current_title (self);
  dialog = octavo_window_common_make_delete_dialog (GTK_WINDOW (self), title, ids->len);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_delete_answered), g_array_ref (ids), unref_ids, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- Copying ---- */

static void
on_note_to_copy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get_finish (OCTAVO_NOTE_REPOSITORY (source), result, &error);

  if (self->selection == NULL)
    return;

  if (note == NULL)
    {
      octavo_window_show_error (self, _ ("The note could not be copied"), error->message);
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), octavo_note_get_body (note));
  octavo_window_toast (self, _ ("Text copied"));
}

/* Copies the text of the current note, as it is typed. */
void
octavo_window_copy_current (OctavoWindow *self)
{
  gint64 id = octavo_window_get_current_id (self);

  octavo_editor_save (self->editor);
  if (id != 0)
    octavo_note_repository_get_async (octavo_store_get_notes (self->store), id, NULL, on_note_to_copy,
                                      g_object_ref (self));
}
