/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-count.h"

#include "octavo-settings.h"
#include "octavo-text-counter.h"

/* Counts only where it is to be seen. An inscription, as a label that gets another text has all of the window laid out,
 * over three frames, and a key that comes meanwhile waits for its own. */
struct _OctavoNoteCount
{
  GtkWidget parent_instance;

  GtkTextBuffer *buffer;
  OctavoTextCounter *counter; /* NULL: not shown, or without a note */
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (OctavoNoteCount, octavo_note_count, GTK_TYPE_WIDGET)

static char *
format (const OctavoTextCount *count)
{
  guint n_words = (guint) count->words; /* of what fits into an editor */
  guint n_characters = (guint) count->characters;
  g_autofree char *words = g_strdup_printf (ngettext ("%'u word", "%'u words", n_words), n_words);
  g_autofree char *characters =
      g_strdup_printf (ngettext ("%'u character", "%'u characters", n_characters), n_characters);

  /* Translators: the first is “12 words”, the second “80 characters”. */
  return g_strdup_printf (C_ ("count", "%s, %s"), words, characters);
}

static void
update (OctavoNoteCount *self)
{
  g_autofree char *text = NULL;
  OctavoTextCount all, selected;

  if (self->counter == NULL || !octavo_text_counter_get_all (self->counter, &all))
    return;
  if (octavo_text_counter_get_selected (self->counter, &selected))
    {
      g_autofree char *part = format (&selected);

      /* Translators: “3 words, 20 characters selected”. */
      text = g_strdup_printf (_ ("%s selected"), part);
    }
  else
    text = format (&all);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->label), text);
}

static void
update_counter (OctavoNoteCount *self)
{
  gboolean is_wanted = self->buffer != NULL && gtk_widget_get_visible (GTK_WIDGET (self));

  g_clear_object (&self->counter);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->label), "");
  if (!is_wanted)
    return;
  self->counter = octavo_text_counter_new (self->buffer);
  g_signal_connect_object (self->counter, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
octavo_note_count_dispose (GObject *object)
{
  OctavoNoteCount *self = OCTAVO_NOTE_COUNT (object);

  g_clear_object (&self->counter);
  g_clear_object (&self->buffer);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (octavo_note_count_parent_class)->dispose (object);
}

static void
octavo_note_count_class_init (OctavoNoteCountClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_note_count_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
octavo_note_count_init (OctavoNoteCount *self)
{
  GSettings *settings = octavo_settings_get ();

  self->label = gtk_inscription_new ("");
  g_object_set (self->label, "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "xalign", 0.5f, NULL);
  gtk_widget_add_css_class (self->label, "octavo-count");
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  if (settings != NULL)
    g_settings_bind (settings, "show-count", self, "visible", G_SETTINGS_BIND_GET);
  g_signal_connect (self, "notify::visible", G_CALLBACK (update_counter), NULL);
}

/**
 * octavo_note_count_set_buffer:
 * @self: a count
 * @buffer: (nullable): the text to count
 *
 * Turns to another text.
 */
void
octavo_note_count_set_buffer (OctavoNoteCount *self, GtkTextBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_COUNT (self));

  if (!g_set_object (&self->buffer, buffer))
    return;
  update_counter (self);
}
