/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-note-reading.h"

#include "octavo-reading-page.h"

/* Whether a note is read or written is a matter of the note, for as long as it is kept open. What was to be seen at the
 * top of the one is at the top of the other. */

#define READING "octavo-reading" /* of a buffer */

struct _OctavoNoteReading
{
  GObject parent_instance;

  GtkBox *box;          /* which owns this */
  OctavoNoteView *text; /* in it */
  GtkWidget *scroller;  /* of the text */
  GtkWidget *page;      /* NULL until it is asked for */
  OctavoNoteBuffer *buffer;
  gboolean is_active;
  gboolean is_ready; /* it is to be seen */
  gboolean is_editable;
  gboolean wants_focus; /* once it is */
};

G_DEFINE_FINAL_TYPE (OctavoNoteReading, octavo_note_reading, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACTIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
has_focus_in (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
on_ready (OctavoNoteReading *self)
{
  gboolean has_focus = self->wants_focus || has_focus_in (self->scroller);

  self->is_ready = TRUE;
  self->wants_focus = FALSE;
  gtk_widget_set_visible (self->page, TRUE);
  if (has_focus)
    octavo_reading_page_grab (OCTAVO_READING_PAGE (self->page));
  gtk_widget_set_visible (self->scroller, FALSE);
}

static void
ensure_page (OctavoNoteReading *self)
{
  if (self->page != NULL)
    return;
  self->page = octavo_reading_page_new ();
  gtk_widget_set_visible (self->page, FALSE);
  octavo_reading_page_set_editable (OCTAVO_READING_PAGE (self->page), self->is_editable);
  gtk_box_insert_child_after (self->box, self->page, self->scroller);
  g_signal_connect_object (self->page, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
}

static void
start (OctavoNoteReading *self)
{
  ensure_page (self);
  octavo_reading_page_show (OCTAVO_READING_PAGE (self->page), self->buffer,
                            octavo_note_view_get_remembered_top (GTK_TEXT_BUFFER (self->buffer)));
}

/* Where the reader was is where the text is shown from. */
static void
keep_top (OctavoNoteReading *self)
{
  if (self->is_ready)
    octavo_note_view_set_remembered_top (GTK_TEXT_BUFFER (self->buffer),
                                         octavo_reading_page_get_top (OCTAVO_READING_PAGE (self->page)));
}

static void
stop (OctavoNoteReading *self)
{
  gboolean has_focus;

  if (self->page == NULL)
    return;
  has_focus = has_focus_in (self->page);
  gtk_widget_set_visible (self->scroller, TRUE);
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_widget_set_visible (self->page, FALSE);
  octavo_reading_page_show (OCTAVO_READING_PAGE (self->page), NULL, 0);
  self->is_ready = FALSE;
  self->wants_focus = FALSE;
}

static void
octavo_note_reading_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoNoteReading *self = OCTAVO_NOTE_READING (object);

  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->is_active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_note_reading_dispose (GObject *object)
{
  g_clear_object (&OCTAVO_NOTE_READING (object)->buffer);
  G_OBJECT_CLASS (octavo_note_reading_parent_class)->dispose (object);
}

static void
octavo_note_reading_class_init (OctavoNoteReadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = octavo_note_reading_get_property;
  object_class->dispose = octavo_note_reading_dispose;
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_note_reading_init (OctavoNoteReading *self)
{
}

/**
 * octavo_note_reading_new:
 * @box: what the text is in, which is to own what is made
 * @text: the view of the text
 *
 * Makes what shows the notes of a page as they read.
 *
 * Returns: (transfer full): the object
 */
OctavoNoteReading *
octavo_note_reading_new (GtkBox *box, OctavoNoteView *text)
{
  OctavoNoteReading *self = g_object_new (OCTAVO_TYPE_NOTE_READING, NULL);

  self->box = box;
  self->text = text;
  self->scroller = gtk_widget_get_ancestor (GTK_WIDGET (text), GTK_TYPE_SCROLLED_WINDOW);
  return self;
}

/**
 * octavo_note_reading_set_buffer:
 * @self: what shows the notes of a page
 * @buffer: (nullable): the note that its text shows now; %NULL for none
 *
 * Goes on to another note, as it was left.
 */
void
octavo_note_reading_set_buffer (OctavoNoteReading *self, OctavoNoteBuffer *buffer)
{
  gboolean was_active = self->is_active;

  g_return_if_fail (OCTAVO_IS_NOTE_READING (self));

  if (buffer == self->buffer)
    return;
  keep_top (self);
  g_set_object (&self->buffer, buffer);
  self->is_active = buffer != NULL && g_object_get_data (G_OBJECT (buffer), READING) != NULL;
  if (self->is_active)
    start (self);
  else
    stop (self);
  if (self->is_active != was_active)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * octavo_note_reading_get_buffer:
 * @self: what shows the notes of a page
 *
 * Returns: (nullable) (transfer none): the note that the page shows
 */
OctavoNoteBuffer *
octavo_note_reading_get_buffer (OctavoNoteReading *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_READING (self), NULL);

  return self->buffer;
}

/**
 * octavo_note_reading_set_editable:
 * @self: what shows the notes of a page
 * @editable: whether boxes of tasks may be ticked
 */
void
octavo_note_reading_set_editable (OctavoNoteReading *self, gboolean editable)
{
  g_return_if_fail (OCTAVO_IS_NOTE_READING (self));

  self->is_editable = editable;
  if (self->page != NULL)
    octavo_reading_page_set_editable (OCTAVO_READING_PAGE (self->page), editable);
}

/**
 * octavo_note_reading_get_active:
 * @self: what shows the notes of a page
 *
 * Returns: whether the note is shown as it reads, or is about to be
 */
gboolean
octavo_note_reading_get_active (OctavoNoteReading *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_READING (self), FALSE);

  return self->is_active;
}

/**
 * octavo_note_reading_set_active:
 * @self: what shows the notes of a page
 * @active: whether to show the note as it reads
 *
 * Goes from the text to what it says, or back. The first takes until it was read: what was shown stays until then.
 */
void
octavo_note_reading_set_active (OctavoNoteReading *self, gboolean active)
{
  g_return_if_fail (OCTAVO_IS_NOTE_READING (self));

  if (active == self->is_active || self->buffer == NULL)
    return;
  self->is_active = active;
  g_object_set_data (G_OBJECT (self->buffer), READING, GINT_TO_POINTER (active));
  if (active)
    {
      octavo_note_view_remember_top (self->text);
      start (self);
    }
  else
    {
      gboolean was_ready = self->is_ready;

      keep_top (self);
      stop (self);
      if (was_ready)
        octavo_note_view_return_to_top (self->text);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * octavo_note_reading_show_place:
 * @self: what shows the notes of a page
 * @place: a place in the note's text, in characters
 *
 * Where the note is shown as it reads, has what stands there at the top.
 */
void
octavo_note_reading_show_place (OctavoNoteReading *self, int place)
{
  g_return_if_fail (OCTAVO_IS_NOTE_READING (self));

  if (self->is_active)
    octavo_reading_page_scroll_to (OCTAVO_READING_PAGE (self->page), place);
}

/**
 * octavo_note_reading_grab:
 * @self: what shows the notes of a page
 *
 * Puts the focus into the note as it reads, as soon as it does.
 *
 * Returns: whether that is what is shown
 */
gboolean
octavo_note_reading_grab (OctavoNoteReading *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_READING (self), FALSE);

  if (!self->is_active)
    return FALSE;
  if (self->is_ready)
    octavo_reading_page_grab (OCTAVO_READING_PAGE (self->page));
  else
    self->wants_focus = TRUE;
  return TRUE;
}
