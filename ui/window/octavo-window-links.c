/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-link-follow.h"
#include "octavo-note-repository.h"
#include "octavo-tag-repository.h"
#include "octavo-window-private.h"

#include <string.h>

/* Where links lead to: the window opens notes and shows places, and hands what is of the web to the desktop. */

static void G_GNUC_PRINTF (2, 3) say (OctavoWindow *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  octavo_window_toast (self, text);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) || self->selection == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("A link could not be opened: %s", error->message);
  octavo_window_toast (self, _ ("The link could not be opened. Copy it, and open it in a browser."));
}

/* What the dialog is about, while it is there. */
typedef struct
{
  OctavoWindow *window;
  char *title;
} Offer;

static void
offer_free (gpointer data, GClosure *closure)
{
  Offer *offer = data;

  g_object_unref (offer->window);
  g_free (offer->title);
  g_free (offer);
}

static void
on_offer_answered (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  const Offer *offer = user_data;

  if (strcmp (response, "make") == 0 && offer->window->selection != NULL)
    octavo_window_create_titled_note (offer->window, offer->title);
}

/* The key that followed the link makes the note as well. */
static gboolean
on_offer_key (GtkWidget *dialog, GVariant *arguments, gpointer user_data)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "make");
  gtk_window_destroy (GTK_WINDOW (dialog));
  return TRUE;
}

static void
offer_to_make (OctavoWindow *self, const char *title)
{
  Offer *offer = g_new0 (Offer, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Make This Note?"), NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  offer->window = g_object_ref (self);
  offer->title = g_strdup (title);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _ ("There is no note with the title “%s” yet."), title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "make", _ ("_Make Note"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "make", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "make");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return"),
                                                          gtk_callback_action_new (on_offer_key, NULL, NULL)));
  gtk_widget_add_controller (dialog, keys);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_offer_answered), offer, offer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
go_to_note (OctavoWindow *self, const OctavoLinkNote *note)
{
  octavo_window_open_note (self, note->id);
  if (note->heading != NULL)
    octavo_note_page_go_to_heading (octavo_editor_get_page (self->editor), note->heading);
  if (note->is_trashed)
    say (self, _ ("“%s” is in the trash"), note->title);
  else if (note->n_notes > 1)
    /* Translators: a link leads to a title that several notes have. */
    say (self,
         ngettext ("%u note is called “%s”: this one changed last", "%u notes are called “%s”: this one changed last",
                   note->n_notes),
         note->n_notes, note->title);
}

static void
on_resolved (OctavoWindow *self, const OctavoLinkNote *note)
{
  if (note->id == 0)
    offer_to_make (self, note->title);
  else
    go_to_note (self, note);
}

/* What is done once it is known which note has a title. */
typedef struct
{
  OctavoWindow *window;
  const char *heading;
  OctavoWindowFound found;
} Finding;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Finding *finding = user_data;
  g_autoptr (OctavoWindow) self = finding->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLinkNote) note = octavo_link_resolver_find_finish (OCTAVO_STORE (source), result, &error);

  if (self->selection == NULL)
    return;
  if (note == NULL)
    octavo_window_show_error (self, finding->heading, error->message);
  else
    finding->found (self, note);
}

/* Finds the note that a link with a title leads to. heading: static; what is said where that cannot be read. found: not
 * called then, nor where the window is gone */
void
octavo_window_find_note (OctavoWindow *self, const char *title, const char *heading, OctavoWindowFound found)
{
  Finding *finding = g_new (Finding, 1);

  *finding = (Finding){ g_object_ref (self), heading, found };
  octavo_editor_save (self->editor);
  octavo_link_resolver_find_async (self->store, title, 0, NULL, on_found, finding);
}

static void
open_by_id (OctavoWindow *self, gint64 id)
{
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->store), &id, 1);

  if (rows->pdata[0] == NULL)
    octavo_window_toast (self, _ ("The note that this link leads to was deleted"));
  else
    octavo_window_open_note (self, id);
}

static gint64
find_tag (OctavoWindow *self, const char *name)
{
  GListModel *tags = octavo_tag_repository_get_list (octavo_store_get_tags (self->store));
  g_autofree char *folded = octavo_tag_fold_name (name);

  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (tags, i);
      g_autofree char *other = octavo_tag_fold_name (octavo_tag_get_name (tag));

      if (strcmp (other, folded) == 0)
        return octavo_tag_get_id (tag);
    }
  return 0;
}

static void
go_to_tag (OctavoWindow *self, const char *name)
{
  const OctavoScope scope = { .place = OCTAVO_PLACE_TAG, .tag_id = find_tag (self, name) };

  if (scope.tag_id == 0 || !octavo_sidebar_set_scope (self->sidebar, &scope))
    {
      say (self, _ ("No note has the tag “%s”"), name);
      return;
    }
  octavo_window_show_list (self);
  octavo_note_list_pane_grab_list (self->list_pane);
}

static void
go_to_heading (OctavoWindow *self, const char *heading)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  if (page != NULL && !octavo_note_page_go_to_heading (page, heading))
    say (self, _ ("This note has no heading “%s”"), heading);
}

static void
follow (OctavoWindow *self, const OctavoLink *link)
{
  switch (link->kind)
    {
    case OCTAVO_LINK_ADDRESS:
      gtk_show_uri_full (GTK_WINDOW (self), link->target, GDK_CURRENT_TIME, NULL, on_shown, g_object_ref (self));
      break;
    case OCTAVO_LINK_TITLE:
      octavo_window_find_note (self, link->target, _ ("The Link Could Not Be Followed"), on_resolved);
      break;
    case OCTAVO_LINK_NOTE:
      open_by_id (self, link->id);
      break;
    case OCTAVO_LINK_HEADING:
      go_to_heading (self, link->target);
      break;
    case OCTAVO_LINK_TAG:
      go_to_tag (self, link->target);
      break;
    case OCTAVO_LINK_REFUSED:
    default:
      octavo_window_toast (self, _ ("Links of this kind are not opened from a note. Copy it to open it elsewhere."));
    }
}

static void
on_follow (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (OctavoLink) link = octavo_link_new_from_uri (g_variant_get_string (parameter, NULL));

  follow (OCTAVO_WINDOW (widget), link);
}

/* Gives the class of the window what follows links. */
void
octavo_window_install_links (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, OCTAVO_LINK_FOLLOW, "s", on_follow);
}

/* Goes to the list of the notes that link to the one that is open. */
void
octavo_window_show_linked_from (OctavoWindow *self)
{
  OctavoNotePage *page = octavo_editor_get_page (self->editor);

  if (page == NULL || !octavo_editor_get_has_note (self->editor))
    return;
  octavo_window_show_editor (self);
  if (!octavo_note_page_grab_linked_from (page))
    octavo_window_toast (self, _ ("No note links to this one"));
}
