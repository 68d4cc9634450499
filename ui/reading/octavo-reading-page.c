/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-reading-page.h"

#include "octavo-link-follow.h"
#include "octavo-reading-view.h"
#include "octavo-task.h"
#include "octavo-text-style.h"

#include <string.h>

/* The note is read on another thread, as a long one takes some frames. While it is shown it may change, by a tick here
 * or an edit in another window: a tick changes one letter and what it means is known, anything else has it read again.
 */

#define DELAY 150 /* milliseconds from an edit to reading it */

struct _OctavoReadingPage
{
  GtkWidget parent_instance;

  OctavoNoteBuffer *buffer; /* NULL: none */
  GSignalGroup *signals;
  char *source; /* what is shown was read from it */
  int top;      /* where to begin when it was read, in characters; -1: where it is */
  gboolean is_ticking;
  guint timer;
  GCancellable *reading;

  GtkWidget *scroller;
  OctavoReadingView *view;
};

G_DEFINE_FINAL_TYPE (OctavoReadingPage, octavo_reading_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- Reading ---- */

typedef struct
{
  char *source;
  OctavoMarkdownDocument *document;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_free (self->source);
  g_clear_pointer (&self->document, octavo_markdown_document_unref);
  g_free (self);
}

static gboolean
read_source (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  work->document = octavo_markdown_document_new (work->source, strlen (work->source));
  return TRUE;
}

/* The bytes of the text before a number of characters, or all. */
static gsize
to_bytes (const char *text, int characters)
{
  const char *p = text;

  for (; characters > 0 && *p != '\0'; characters--)
    p = g_utf8_next_char (p);
  return (gsize) (p - text);
}

/* The piece of a place in the text: that of its line. */
static guint
find_top (OctavoMarkdownDocument *document, const char *source, int top)
{
  gsize place = to_bytes (source, top);

  return top == 0 ? 0 : octavo_markdown_document_find_piece (document, place + strcspn (source + place, "\n"));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoReadingPage) self = data;
  GTask *task = G_TASK (result);
  Work *work = g_task_get_task_data (task);
  gboolean is_new = self->top >= 0;
  gboolean has_focus;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)) || !g_task_propagate_boolean (task, NULL))
    return;
  g_clear_object (&self->reading);
  if (!is_new)
    self->top = octavo_reading_page_get_top (self);
  g_free (self->source);
  self->source = g_steal_pointer (&work->source);
  has_focus = gtk_widget_get_focus_child (self->scroller) != NULL;
  octavo_reading_view_set_document (self->view, work->document, find_top (work->document, self->source, self->top));
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  self->top = -1;
  if (is_new)
    g_signal_emit (self, signals[SIGNAL_READY], 0);
}

static void
stop_reading (OctavoReadingPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
start_reading (OctavoReadingPage *self)
{
  GTask *task;
  Work *work;

  stop_reading (self);
  self->reading = g_cancellable_new ();
  work = g_new0 (Work, 1);
  work->source = octavo_note_buffer_dup_body (self->buffer);
  task = g_task_new (NULL, self->reading, on_read, g_object_ref (self));
  g_task_set_source_tag (task, start_reading);
  g_task_set_task_data (task, work, work_free);
  octavo_task_run_in_thread (task, read_source);
}

static gboolean
on_delay (gpointer data)
{
  OctavoReadingPage *self = data;

  self->timer = 0;
  start_reading (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (OctavoReadingPage *self)
{
  if (!self->is_ticking && self->timer == 0)
    self->timer = g_timeout_add (DELAY, on_delay, self);
}

/* ---- What can be done in it ---- */

static void
on_link (OctavoReadingPage *self, const char *address)
{
  g_autoptr (OctavoLink) link = octavo_link_new_from_uri (address);

  octavo_link_follow (GTK_WIDGET (self), link);
}

/* Where the text is no longer what was read, it is left alone: it is about to be read again. */
static void
on_tick (OctavoReadingPage *self, guint holder, gboolean is_done)
{
  OctavoMarkdownDocument *document = octavo_reading_view_get_document (self->view);
  guint box = octavo_markdown_document_get_holder (document, holder)->box;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;
  const char mark[] = { is_done ? 'x' : ' ', '\0' };

  if (self->timer != 0 || self->reading != NULL)
    return;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_strlen (self->source, box));
  end = start;
  gtk_text_iter_forward_char (&end);
  self->is_ticking = TRUE;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, mark, 1);
  gtk_text_buffer_end_user_action (buffer);
  self->is_ticking = FALSE;
  self->source[box] = mark[0];
  octavo_markdown_document_set_done (document, holder, is_done);
}

static gboolean
on_undo (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  OctavoReadingPage *self = OCTAVO_READING_PAGE (widget);

  if (self->buffer != NULL && gtk_text_buffer_get_can_undo (GTK_TEXT_BUFFER (self->buffer)))
    gtk_text_buffer_undo (GTK_TEXT_BUFFER (self->buffer));
  return GDK_EVENT_STOP;
}

static gboolean
on_redo (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  OctavoReadingPage *self = OCTAVO_READING_PAGE (widget);

  if (self->buffer != NULL && gtk_text_buffer_get_can_redo (GTK_TEXT_BUFFER (self->buffer)))
    gtk_text_buffer_redo (GTK_TEXT_BUFFER (self->buffer));
  return GDK_EVENT_STOP;
}

static void
octavo_reading_page_dispose (GObject *object)
{
  OctavoReadingPage *self = OCTAVO_READING_PAGE (object);

  stop_reading (self);
  g_clear_object (&self->signals);
  g_clear_object (&self->buffer);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (octavo_reading_page_parent_class)->dispose (object);
}

static void
octavo_reading_page_finalize (GObject *object)
{
  OctavoReadingPage *self = OCTAVO_READING_PAGE (object);

  g_free (self->source);
  G_OBJECT_CLASS (octavo_reading_page_parent_class)->finalize (object);
}

static void
octavo_reading_page_class_init (OctavoReadingPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = octavo_reading_page_dispose;
  object_class->finalize = octavo_reading_page_finalize;
  g_type_ensure (OCTAVO_TYPE_READING_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-reading-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoReadingPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, OctavoReadingPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
  gtk_widget_class_bind_template_callback (widget_class, on_tick);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, on_undo, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_redo, NULL);

  signals[SIGNAL_READY] =
      g_signal_new ("ready", OCTAVO_TYPE_READING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_reading_page_init (OctavoReadingPage *self)
{
  OctavoTextStyle *style = octavo_text_style_get ();

  self->top = -1;
  self->signals = g_signal_group_new (OCTAVO_TYPE_NOTE_BUFFER);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (on_changed), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), OCTAVO_TEXT_STYLE_CLASS);
  octavo_text_style_bind_width (style, G_OBJECT (gtk_widget_get_parent (GTK_WIDGET (self->view))));
  octavo_text_style_add_scroll (style, GTK_WIDGET (self));
}

/**
 * octavo_reading_page_new:
 *
 * Makes a page that shows nothing yet.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
octavo_reading_page_new (void)
{
  return g_object_new (OCTAVO_TYPE_READING_PAGE, NULL);
}

/**
 * octavo_reading_page_show:
 * @self: a page
 * @buffer: (nullable): a note; %NULL to let go of the one before
 * @top: where in its text to begin, in characters
 *
 * Has a note read, and shows it then: "ready" tells when.
 */
void
octavo_reading_page_show (OctavoReadingPage *self, OctavoNoteBuffer *buffer, int top)
{
  g_return_if_fail (OCTAVO_IS_READING_PAGE (self));
  g_return_if_fail (buffer == NULL || OCTAVO_IS_NOTE_BUFFER (buffer));

  stop_reading (self);
  g_set_object (&self->buffer, buffer);
  g_signal_group_set_target (self->signals, buffer);
  self->top = top;
  if (buffer != NULL)
    start_reading (self);
}

/**
 * octavo_reading_page_set_editable:
 * @self: a page
 * @editable: whether boxes may be ticked
 */
void
octavo_reading_page_set_editable (OctavoReadingPage *self, gboolean editable)
{
  g_return_if_fail (OCTAVO_IS_READING_PAGE (self));

  octavo_reading_view_set_editable (self->view, editable);
}

/**
 * octavo_reading_page_get_top:
 * @self: a page
 *
 * Returns: where in the note's text what is at the top begins, in characters
 */
int
octavo_reading_page_get_top (OctavoReadingPage *self)
{
  OctavoMarkdownDocument *document;
  guint piece;

  g_return_val_if_fail (OCTAVO_IS_READING_PAGE (self), 0);

  document = octavo_reading_view_get_document (self->view);
  if (document == NULL || octavo_markdown_document_get_n_pieces (document) == 0)
    return 0;
  piece = octavo_reading_view_get_top (self->view);
  if (piece == 0)
    return 0;
  return (int) g_utf8_strlen (self->source, octavo_markdown_document_get_piece (document, piece)->source);
}

/**
 * octavo_reading_page_scroll_to:
 * @self: a page
 * @place: a place in the note's text, in characters
 *
 * Has what stands there at the top; as soon as the note is read where that is still going on.
 */
void
octavo_reading_page_scroll_to (OctavoReadingPage *self, int place)
{
  OctavoMarkdownDocument *document;

  g_return_if_fail (OCTAVO_IS_READING_PAGE (self));

  document = octavo_reading_view_get_document (self->view);
  if (self->top >= 0)
    self->top = place;
  else if (document != NULL)
    octavo_reading_view_scroll_to (self->view, find_top (document, self->source, place));
}

/**
 * octavo_reading_page_grab:
 * @self: a page
 *
 * Puts the focus into it.
 */
void
octavo_reading_page_grab (OctavoReadingPage *self)
{
  g_return_if_fail (OCTAVO_IS_READING_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
