/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-note-page.h"

#include "octavo-linked-from.h"
#include "octavo-note-banners.h"
#include "octavo-note-count.h"
#include "octavo-note-find.h"
#include "octavo-note-head.h"
#include "octavo-note-links.h"
#include "octavo-note-view.h"
#include "octavo-spelling-marks.h"
#include "octavo-spelling-menu.h"
#include "octavo-text-completion.h"
#include "octavo-text-style.h"

#include <adwaita.h>

struct _OctavoNotePage
{
  GtkBox parent_instance;

  OctavoNoteBanners *banners;
  OctavoNoteHead *head;
  OctavoNoteView *text;
  OctavoNoteReading *reading;
  OctavoNoteFind *find;
  OctavoNoteCount *count;
  GObject *head_clamp;
  GObject *text_clamp;
  OctavoLinkedFrom *linked_from;

  gboolean is_ready;
  char *heading; /* to go to once the note is there */
};

G_DEFINE_FINAL_TYPE (OctavoNotePage, octavo_note_page, GTK_TYPE_BOX)

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return octavo_note_find_close (OCTAVO_NOTE_PAGE (widget)->find);
}

/* What is found is in the text as it is written. */
static void
on_reading (OctavoNotePage *self)
{
  if (octavo_note_reading_get_active (self->reading))
    octavo_note_find_close (self->find);
}

static void
octavo_note_page_dispose (GObject *object)
{
  g_clear_object (&OCTAVO_NOTE_PAGE (object)->find);
  g_clear_object (&OCTAVO_NOTE_PAGE (object)->reading);
  G_OBJECT_CLASS (octavo_note_page_parent_class)->dispose (object);
}

static void
octavo_note_page_finalize (GObject *object)
{
  g_free (OCTAVO_NOTE_PAGE (object)->heading);
  G_OBJECT_CLASS (octavo_note_page_parent_class)->finalize (object);
}

static void
octavo_note_page_class_init (OctavoNotePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_note_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_note_page_finalize;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);

  g_type_ensure (OCTAVO_TYPE_LINKED_FROM);
  g_type_ensure (OCTAVO_TYPE_NOTE_BANNERS);
  g_type_ensure (OCTAVO_TYPE_NOTE_COUNT);
  g_type_ensure (OCTAVO_TYPE_NOTE_HEAD);
  g_type_ensure (OCTAVO_TYPE_NOTE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-note-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoNotePage, banners);
  gtk_widget_class_bind_template_child (widget_class, OctavoNotePage, head);
  gtk_widget_class_bind_template_child (widget_class, OctavoNotePage, text);
  gtk_widget_class_bind_template_child (widget_class, OctavoNotePage, count);
  gtk_widget_class_bind_template_child (widget_class, OctavoNotePage, head_clamp);
  gtk_widget_class_bind_template_child (widget_class, OctavoNotePage, text_clamp);
  gtk_widget_class_bind_template_child (widget_class, OctavoNotePage, linked_from);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_page_grab_text);
  gtk_widget_class_bind_template_callback (widget_class, octavo_note_page_grab_title);
}

static void
add_spelling (OctavoNotePage *self)
{
  OctavoSpelling *spelling = octavo_spelling_get ();
  GtkTextView *text = GTK_TEXT_VIEW (self->text);

  if (spelling == NULL)
    return;
  octavo_spelling_marks_add (self->text, spelling);
  octavo_spelling_menu_add (text, spelling, G_MENU (gtk_text_view_get_extra_menu (text)));
}

static void
octavo_note_page_init (OctavoNotePage *self)
{
  OctavoTextStyle *style = octavo_text_style_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->reading = octavo_note_reading_new (GTK_BOX (self), self->text);
  self->find = octavo_note_find_new (GTK_BOX (self), self->text);
  g_signal_connect_object (self->reading, "notify::active", G_CALLBACK (on_reading), self, G_CONNECT_SWAPPED);
  add_spelling (self);
  octavo_text_style_bind_width (style, self->head_clamp);
  octavo_text_style_bind_width (style, self->text_clamp);
  octavo_text_style_add_scroll (style, GTK_WIDGET (self));
}

/**
 * octavo_note_page_new:
 * @store: the open store that tags are offered from
 * @autosave: what saves the notes that are shown
 *
 * Makes a page that shows no note yet.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
octavo_note_page_new (OctavoStore *store, OctavoAutosave *autosave)
{
  OctavoNotePage *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);
  g_return_val_if_fail (OCTAVO_IS_AUTOSAVE (autosave), NULL);

  self = g_object_new (OCTAVO_TYPE_NOTE_PAGE, NULL);
  octavo_note_banners_set_autosave (self->banners, autosave);
  octavo_note_head_set_store (self->head, store, autosave);
  octavo_linked_from_set_store (self->linked_from, store);
  octavo_text_completion_add (GTK_TEXT_VIEW (self->text), GTK_WIDGET (self), store);
  return GTK_WIDGET (self);
}

/**
 * octavo_note_page_show:
 * @self: a page
 * @buffer: (nullable): a note; %NULL for none
 *
 * Shows a note from where it was left. With none the text stays as it was, to be hidden.
 */
void
octavo_note_page_show (OctavoNotePage *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PAGE (self));
  g_return_if_fail (buffer == NULL || OCTAVO_IS_NOTE_BUFFER (buffer));

  octavo_note_banners_set_buffer (self->banners, buffer);
  octavo_note_head_set_buffer (self->head, buffer);
  octavo_note_count_set_buffer (self->count, (GtkTextBuffer *) buffer);
  octavo_linked_from_set_buffer (self->linked_from, buffer);
  if (buffer != NULL)
    octavo_note_view_show (self->text, GTK_TEXT_BUFFER (buffer));
  octavo_note_reading_set_buffer (self->reading, buffer);
  octavo_note_find_set_buffer (self->find, buffer != NULL ? GTK_TEXT_BUFFER (buffer) : NULL);
}

static gboolean
go_to_heading (OctavoNotePage *self, const char *heading)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter cursor;

  if (!octavo_note_links_go_to_heading (GTK_TEXT_VIEW (self->text), heading))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  octavo_note_reading_show_place (self->reading, gtk_text_iter_get_offset (&cursor));
  return TRUE;
}

/**
 * octavo_note_page_set_ready:
 * @self: a page
 * @ready: whether the note that is shown is the one that was asked for
 * @editable: whether its text may be changed
 */
void
octavo_note_page_set_ready (OctavoNotePage *self, gboolean ready, gboolean editable)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PAGE (self));

  self->is_ready = ready;
  octavo_note_head_set_ready (self->head, ready);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), editable);
  octavo_note_reading_set_editable (self->reading, editable);
  if (ready && self->heading != NULL)
    {
      g_autofree char *heading = g_steal_pointer (&self->heading);

      go_to_heading (self, heading);
    }
}

/**
 * octavo_note_page_go_to_heading:
 * @self: a page
 * @heading: the words of a heading, or its address
 *
 * Puts the cursor to a heading of the note; as soon as the note is read where that is still going on.
 *
 * Returns: whether there is one, or the note is still being read
 */
gboolean
octavo_note_page_go_to_heading (OctavoNotePage *self, const char *heading)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_PAGE (self), FALSE);
  g_return_val_if_fail (heading != NULL, FALSE);

  g_clear_pointer (&self->heading, g_free);
  if (self->is_ready)
    return go_to_heading (self, heading);
  self->heading = g_strdup (heading);
  return TRUE;
}

/**
 * octavo_note_page_claim_cursor:
 * @self: a page
 *
 * Its window is turned to: the cursor of a text that other windows show as well is the one of this page.
 */
void
octavo_note_page_claim_cursor (OctavoNotePage *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PAGE (self));

  octavo_note_view_claim_cursor (self->text);
}

/**
 * octavo_note_page_grab_title:
 * @self: a page
 *
 * Puts the focus into the title, all of it selected.
 */
void
octavo_note_page_grab_title (OctavoNotePage *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PAGE (self));

  octavo_note_head_grab_title (self->head);
}

/**
 * octavo_note_page_grab_text:
 * @self: a page
 *
 * Puts the focus into the text, where the cursor was, or into what is shown in its place.
 */
void
octavo_note_page_grab_text (OctavoNotePage *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PAGE (self));

  if (!octavo_note_reading_grab (self->reading))
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/**
 * octavo_note_page_grab_tags:
 * @self: a page
 *
 * Puts the focus where a tag is added.
 */
void
octavo_note_page_grab_tags (OctavoNotePage *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PAGE (self));

  octavo_note_head_grab_tags (self->head);
}

/**
 * octavo_note_page_flush:
 * @self: a page
 * @error: why something could not be written, in words for a person
 *
 * Writes what was typed beside the text, and is not in the file yet. Blocks.
 *
 * Returns: whether all of it is
 */
gboolean
octavo_note_page_flush (OctavoNotePage *self, GError **error)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_PAGE (self), FALSE);

  return octavo_note_head_flush (self->head, error);
}

/**
 * octavo_note_page_get_reading:
 * @self: a page
 *
 * Returns: (transfer none): what shows the note as it reads
 */
OctavoNoteReading *
octavo_note_page_get_reading (OctavoNotePage *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_PAGE (self), NULL);

  return self->reading;
}

/**
 * octavo_note_page_show_first_hit:
 * @self: a page
 *
 * The note was chosen in a list: goes to the first hit of the search that the list shows. One that is still being read
 * begins there by itself.
 */
void
octavo_note_page_show_first_hit (OctavoNotePage *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_PAGE (self));

  if (self->is_ready)
    octavo_note_find_show_first (self->find);
}

/**
 * octavo_note_page_get_find:
 * @self: a page
 *
 * Returns: (transfer none): what finds in the note that is shown
 */
OctavoNoteFind *
octavo_note_page_get_find (OctavoNotePage *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_PAGE (self), NULL);

  return self->find;
}

/**
 * octavo_note_page_grab_linked_from:
 * @self: a page
 *
 * Puts the focus into the list of the notes that link to this one.
 *
 * Returns: whether there are any, or it is not known yet
 */
gboolean
octavo_note_page_grab_linked_from (OctavoNotePage *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_PAGE (self), FALSE);

  return octavo_linked_from_open (self->linked_from);
}
