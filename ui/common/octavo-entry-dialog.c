/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-entry-dialog.h"

#include "octavo-transient.h"

#include <glib/gi18n-lib.h>

/* What cannot be accepted cannot be sent: the dialog is closed by the answer, and what was typed would be gone. */

typedef struct
{
  GtkEditable *entry;
  GtkLabel *problem;
  OctavoEntryCheck check; /* (nullable) */
  gpointer data;
} Field;

struct _OctavoEntryDialog
{
  AdwMessageDialog parent_instance;

  GtkBox *box;
  GArray *fields; /* of Field */
};

G_DEFINE_FINAL_TYPE (OctavoEntryDialog, octavo_entry_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
check_field (const Field *field)
{
  const char *text = gtk_editable_get_text (field->entry);
  g_autofree char *problem = *text != '\0' && field->check != NULL ? field->check (text, field->data) : NULL;

  gtk_label_set_text (field->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (field->problem), problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (field->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (field->entry), "error");
  return *text != '\0' && problem == NULL;
}

static void
on_typed (OctavoEntryDialog *self)
{
  gboolean can_accept = TRUE;

  for (guint i = 0; i < self->fields->len; i++)
    can_accept = check_field (&g_array_index (self->fields, Field, i)) && can_accept;
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "accept", can_accept);
}

static void
octavo_entry_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  if (g_str_equal (response, "accept"))
    g_signal_emit (dialog, signals[ACCEPTED], 0);
}

static void
octavo_entry_dialog_finalize (GObject *object)
{
  g_array_unref (OCTAVO_ENTRY_DIALOG (object)->fields);

  G_OBJECT_CLASS (octavo_entry_dialog_parent_class)->finalize (object);
}

static void
octavo_entry_dialog_class_init (OctavoEntryDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = octavo_entry_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = octavo_entry_dialog_response;

  signals[ACCEPTED] =
      g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_entry_dialog_init (OctavoEntryDialog *self)
{
  self->fields = g_array_new (FALSE, FALSE, sizeof (Field));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), GTK_WIDGET (self->box));
}

/**
 * octavo_entry_dialog_new:
 * @parent: the window that it is about
 * @heading: what is asked
 * @accept: what its button says, with a mnemonic
 *
 * Makes a dialog without an entry.
 *
 * Returns: (transfer none): the dialog, which is to be presented
 */
OctavoEntryDialog *
octavo_entry_dialog_new (GtkWindow *parent, const char *heading, const char *accept)
{
  OctavoEntryDialog *self;
  AdwMessageDialog *dialog;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (heading != NULL && accept != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_ENTRY_DIALOG, "modal", TRUE, "heading", heading, NULL);
  octavo_transient_set_over (GTK_WINDOW (self), parent);
  dialog = ADW_MESSAGE_DIALOG (self);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "accept");
  adw_message_dialog_set_close_response (dialog, "cancel");
  return self;
}

/**
 * octavo_entry_dialog_add:
 * @label: what is to be typed
 * @text: what is there at first
 * @check: (nullable) (scope forever): says why a text cannot be
 * @data: for @check
 *
 * Adds an entry. The first has the focus.
 */
void
octavo_entry_dialog_add (OctavoEntryDialog *self,
                         const char *label,
                         const char *text,
                         OctavoEntryCheck check,
                         gpointer data)
{
  Field field = { .check = check, .data = data };
  GtkWidget *caption;

  g_return_if_fail (OCTAVO_IS_ENTRY_DIALOG (self));
  g_return_if_fail (label != NULL && text != NULL);

  caption = g_object_new (GTK_TYPE_LABEL, "label", label, "xalign", 0.0f, "margin-top", 6, NULL);
  field.entry = g_object_new (GTK_TYPE_ENTRY, "text", text, "activates-default", TRUE, "width-chars", 28, NULL);
  field.problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "max-width-chars", 36, NULL);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_widget_add_css_class (GTK_WIDGET (field.problem), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (field.problem), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (field.entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_label_set_mnemonic_widget (GTK_LABEL (caption), GTK_WIDGET (field.entry));
  gtk_box_append (self->box, caption);
  gtk_box_append (self->box, GTK_WIDGET (field.entry));
  gtk_box_append (self->box, GTK_WIDGET (field.problem));
  g_array_append_val (self->fields, field);
  g_signal_connect_swapped (field.entry, "changed", G_CALLBACK (on_typed), self);
  if (self->fields->len == 1)
    gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (field.entry));
  on_typed (self);
}

/**
 * octavo_entry_dialog_get_text:
 * @position: which of its entries
 *
 * Returns: (transfer none): what is typed in it
 */
const char *
octavo_entry_dialog_get_text (OctavoEntryDialog *self, guint position)
{
  g_return_val_if_fail (OCTAVO_IS_ENTRY_DIALOG (self), NULL);
  g_return_val_if_fail (position < self->fields->len, NULL);

  return gtk_editable_get_text (g_array_index (self->fields, Field, position).entry);
}
