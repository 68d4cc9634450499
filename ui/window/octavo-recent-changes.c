/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-recent-changes.h"

#include "octavo-date-format.h"
#include "octavo-undo.h"

/* The list is read anew when something was done meanwhile, here or elsewhere; the focus stays at the step it was on. */

#define MAX_STEPS 200

struct _OctavoRecentChanges
{
  AdwWindow parent_instance;

  OctavoStore *store;
  GtkListBox *list;
  GtkStack *stack;
  GtkWidget *clear_button;
  GPtrArray *steps; /* (element-type OctavoUndoStep), by row */
  gint64 focused_id;
  gboolean is_reading;
  gboolean is_stale; /* something changed since the reading began */
};

G_DEFINE_FINAL_TYPE (OctavoRecentChanges, octavo_recent_changes, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_UNDO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
get_row_id (GtkWidget *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "step-id");

  return *id;
}

static void
on_undo_asked (OctavoRecentChanges *self, GtkWidget *widget)
{
  g_signal_emit (self, signals[SIGNAL_UNDO], 0, get_row_id (gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW)));
}

/* When, and whether it was undone. */
static char *
dup_subtitle (const OctavoUndoStep *step)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = octavo_date_format_relative (step->done, now);

  if (step->undone == 0)
    return g_steal_pointer (&when);
  if (step->n_left == 0)
    /* Translators: the time at which something was done that was taken back since. */
    return g_strdup_printf (_ ("%s, undone"), when);
  /* Translators: the same; some notes were changed in between. */
  return g_strdup_printf (ngettext ("%s, undone but for %'u note that was changed since",
                                    "%s, undone but for %'u notes that were changed since", step->n_left),
                          when, step->n_left);
}

static GtkWidget *
make_row (OctavoRecentChanges *self, const OctavoUndoStep *step)
{
  g_autofree char *title = octavo_undo_step_dup_title (step);
  g_autofree char *safe = g_markup_escape_text (title, -1);
  g_autofree char *subtitle = dup_subtitle (step);
  GtkWidget *row = adw_action_row_new ();

  g_object_set_data_full (G_OBJECT (row), "step-id", g_memdup2 (&step->id, sizeof step->id), g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  if (step->undone == 0)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Undo"));
      /* Translators: what a screen reader says of a button; what it undoes. */
      g_autofree char *label = g_strdup_printf (_ ("Undo: %s"), title);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      /* Otherwise the word that it shows follows its name. */
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_undo_asked), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      /* Not as its activatable widget, which would be named after the row a second time. */
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_undo_asked), self, G_CONNECT_SWAPPED);
    }
  return row;
}

static void
remember_focus (OctavoRecentChanges *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_ACTION_ROW) : NULL;

  self->focused_id = row != NULL ? get_row_id (row) : 0;
}

static void
show_steps (OctavoRecentChanges *self, GPtrArray *steps)
{
  GtkWidget *child;

  remember_focus (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = g_ptr_array_ref (steps);
  gtk_stack_set_visible_child_name (self->stack, steps->len > 0 ? "list" : "nothing");
  gtk_widget_set_sensitive (self->clear_button, steps->len > 0);
  for (guint i = 0; i < steps->len; i++)
    {
      const OctavoUndoStep *step = steps->pdata[i];
      GtkWidget *row = make_row (self, step);

      gtk_list_box_append (self->list, row);
      if (step->id == self->focused_id || (self->focused_id == 0 && i == 0))
        gtk_widget_grab_focus (row);
    }
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoRecentChanges) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = octavo_undo_list_finish (OCTAVO_STORE (source), result, &error);

  self->is_reading = FALSE;
  /* It was closed meanwhile. */
  if (self->store == NULL)
    return;
  if (steps != NULL)
    show_steps (self, steps);
  else
    g_message ("What was done could not be read: %s", error->message);
  if (self->is_stale)
    octavo_recent_changes_refresh (self);
}

/* ---- Forgetting ---- */

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoRecentChanges) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!octavo_undo_forget_finish (OCTAVO_STORE (source), result, &error))
    g_message ("What was done was not forgotten: %s", error->message);
  if (self->store != NULL)
    octavo_recent_changes_refresh (self);
}

static void
on_clear_answered (OctavoRecentChanges *self, const char *response, AdwMessageDialog *dialog)
{
  if (g_strcmp0 (response, "clear") == 0)
    octavo_undo_forget_async (self->store, 0, NULL, on_forgotten, g_object_ref (self));
}

static void
on_clear_clicked (OctavoRecentChanges *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Clear Recent Changes?"),
      _ ("Notes stay as they are. None of these changes can be undone then, and notes that were deleted are gone."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "clear", _ ("C_lear"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_clear_answered), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- The type ---- */

static void
octavo_recent_changes_dispose (GObject *object)
{
  OctavoRecentChanges *self = OCTAVO_RECENT_CHANGES (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->steps, g_ptr_array_unref);

  G_OBJECT_CLASS (octavo_recent_changes_parent_class)->dispose (object);
}

static void
octavo_recent_changes_class_init (OctavoRecentChangesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_recent_changes_dispose;
  signals[SIGNAL_UNDO] = g_signal_new ("undo", OCTAVO_TYPE_RECENT_CHANGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octavo_notes/Octavo/ui/octavo-recent-changes.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoRecentChanges, list);
  gtk_widget_class_bind_template_child (widget_class, OctavoRecentChanges, stack);
  gtk_widget_class_bind_template_child (widget_class, OctavoRecentChanges, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
octavo_recent_changes_init (OctavoRecentChanges *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_recent_changes_new:
 * @store: an open store
 *
 * Returns: (transfer none): a window, which reads what it lists; owned by GTK
 */
OctavoRecentChanges *
octavo_recent_changes_new (OctavoStore *store)
{
  OctavoRecentChanges *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  self = g_object_new (OCTAVO_TYPE_RECENT_CHANGES, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (octavo_recent_changes_refresh), self, G_CONNECT_SWAPPED);
  octavo_recent_changes_refresh (self);
  return self;
}

/**
 * octavo_recent_changes_refresh:
 * @self: the list
 *
 * Reads anew what was done. Main thread; does not block.
 */
void
octavo_recent_changes_refresh (OctavoRecentChanges *self)
{
  g_return_if_fail (OCTAVO_IS_RECENT_CHANGES (self));

  self->is_stale = self->is_reading;
  if (self->is_reading || self->store == NULL)
    return;
  self->is_reading = TRUE;
  octavo_undo_list_async (self->store, MAX_STEPS, NULL, on_listed, g_object_ref (self));
}

/**
 * octavo_recent_changes_get_n_rows:
 * @self: the list
 *
 * Returns: how many changes it shows
 */
guint
octavo_recent_changes_get_n_rows (OctavoRecentChanges *self)
{
  g_return_val_if_fail (OCTAVO_IS_RECENT_CHANGES (self), 0);

  return self->steps != NULL ? self->steps->len : 0;
}
