/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-link-rename.h"
#include "octavo-note-head.h"
#include "octavo-window-private.h"

/* A note has another title: the links to it are updated if one wants it. That is asked in a toast, as one writes on
 * meanwhile, and can be said until another note is renamed. */

#define TITLE_LENGTH 40 /* characters of a title in a toast */
#define ASK_TIME     20 /* seconds */

/* What a window knows of the last note that was renamed. */
typedef struct
{
  OctavoLinkRename *rename; /* (nullable) */
  gint64 step_id;           /* that updated its links; 0: they are to be updated still */
  guint toast;              /* that asks */
  GCancellable *request;
} Renaming;

static void
renaming_free (gpointer data)
{
  Renaming *self = data;

  g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_clear_pointer (&self->rename, octavo_link_rename_unref);
  g_free (self);
}

static Renaming *
get_renaming (OctavoWindow *window)
{
  Renaming *self = g_object_get_data (G_OBJECT (window), "octavo-renaming");

  if (self != NULL)
    return self;
  self = g_new0 (Renaming, 1);
  g_object_set_data_full (G_OBJECT (window), "octavo-renaming", self, renaming_free);
  return self;
}

static void
update_actions (OctavoWindow *window)
{
  const Renaming *self = get_renaming (window);

  octavo_window_enable_action (window, "update-links", self->rename != NULL && self->step_id == 0);
}

static void
dismiss_toast (OctavoWindow *window)
{
  octavo_toast_overlay_dismiss (window->toasts, get_renaming (window)->toast);
}

static void
forget (OctavoWindow *window)
{
  Renaming *self = get_renaming (window);

  dismiss_toast (window);
  g_clear_pointer (&self->rename, octavo_link_rename_unref);
  self->step_id = 0;
  update_actions (window);
}

/* text: (transfer full) */
static void
show_toast (OctavoWindow *window, char *text, const char *button, const char *action)
{
  g_autofree char *owned = text;
  const OctavoToast toast = { .text = owned, .button = button, .action = action, .seconds = ASK_TIME };

  dismiss_toast (window);
  get_renaming (window)->toast = octavo_toast_overlay_add (window->toasts, &toast);
}

static char *
dup_short (const char *title)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (title, -1) <= TITLE_LENGTH)
    return g_strdup (title);
  start = g_utf8_substring (title, 0, TITLE_LENGTH - 1);
  return g_strconcat (start, "…", NULL);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLinkRename) rename = octavo_link_rename_find_finish (OCTAVO_STORE (source), result, &error);
  g_autofree char *title = NULL;
  Renaming *self;
  guint n;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("Links to a renamed note were not found: %s", error->message);
  if (window->selection == NULL || rename == NULL)
    return;
  forget (window);
  self = get_renaming (window);
  self->rename = g_steal_pointer (&rename);
  update_actions (window);
  n = octavo_link_rename_get_n_notes (self->rename);
  title = dup_short (octavo_link_rename_get_old_title (self->rename));
  show_toast (window,
              /* Translators: asks, after the note “%s” was given another title. */
              g_strdup_printf (ngettext ("%'u note links to “%s”. Update its links?",
                                         "%'u notes link to “%s”. Update their links?", n),
                               n, title),
              _ ("Update"), "win.update-links");
}

static void
on_renamed (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoWindow *window = OCTAVO_WINDOW (widget);
  Renaming *self = get_renaming (window);
  const char *old_title, *title, *aliases;
  gint64 id;

  g_variant_get (parameter, "(x&s&s&s)", &id, &old_title, &title, &aliases);
  g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  self->request = g_cancellable_new ();
  octavo_editor_save (window->editor);
  octavo_link_rename_find_async (window->store, id, old_title, title, aliases, self->request, on_found,
                                 g_object_ref (window));
}

static void
on_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;
  const OctavoWindowReturn nowhere = { 0 };
  gint64 step_id;
  guint n;

  if (!octavo_link_rename_run_finish (OCTAVO_STORE (source), result, &n, &step_id, &error))
    {
      if (window->selection != NULL)
        {
          octavo_window_fail_act (window, _ ("The Links Could Not Be Updated"), error->message);
          update_actions (window);
        }
      return;
    }
  if (window->selection == NULL)
    return;
  get_renaming (window)->step_id = step_id;
  update_actions (window);
  told = g_strdup_printf (ngettext ("Links updated in %'u note", "Links updated in %'u notes", n), n);
  octavo_window_end_act (window, step_id, &nowhere, told);
}

/* Has the links to the note that was renamed lead to it again. */
void
octavo_window_update_links (OctavoWindow *window)
{
  Renaming *self = get_renaming (window);

  if (self->rename == NULL || self->step_id != 0)
    return;
  dismiss_toast (window);
  octavo_editor_save (window->editor);
  octavo_window_enable_action (window, "update-links", FALSE);
  octavo_window_begin_act (window);
  octavo_link_rename_run_async (window->store, self->rename, on_updated, g_object_ref (window));
}

/* A step was undone: where it was that, the links can be updated again. */
void
octavo_window_undid_update_links (OctavoWindow *window, gint64 step_id)
{
  Renaming *self = get_renaming (window);

  if (self->step_id != step_id)
    return;
  self->step_id = 0;
  update_actions (window);
}

/* Gives the class of the window what hears that a note was renamed. */
void
octavo_window_install_rename (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, OCTAVO_NOTE_HEAD_RENAMED, "(xsss)", on_renamed);
}

/* Nothing was renamed yet. */
void
octavo_window_init_rename (OctavoWindow *window)
{
  update_actions (window);
}
