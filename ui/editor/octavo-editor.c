/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-editor.h"

#include "octavo-editor-status.h"
#include "octavo-note-banners.h"
#include "octavo-note-repository.h"

/* Puts the parts together: the buffers of notes, which other windows may show as well, the page that shows one of them,
 * the autosave that keeps them safe. The page is made when it is first to be seen: a text view takes as long to make as
 * the rest of the window, which can be on the screen before it. */

/* What was open stays on screen this long while the next note is read: most are there sooner. */
#define LOADING_DELAY 150 /* milliseconds */

typedef enum
{
  FOCUS_NONE,
  FOCUS_TITLE,
  FOCUS_TEXT,
  FOCUS_TAGS,
} Focus;

struct _OctavoEditor
{
  GtkWidget parent_instance;

  OctavoNoteBuffers *buffers;
  OctavoStore *store; /* of the buffers; so is the autosave */
  OctavoAutosave *autosave;

  OctavoNoteBuffer *buffer; /* what is shown; NULL for none */
  GSignalGroup *buffer_signals;
  gint64 loading_id;          /* the note that is being read; 0: none */
  OctavoNoteRow *loading_row; /* what the list knows of it; NULL where it is gone */
  gint64 failed_id;           /* the note that could not be */
  GCancellable *loading;
  guint loading_timer;
  Focus focus; /* where to put it once the note is there */

  GtkStack *stack;
  OctavoNotePage *page; /* NULL until a note is asked for */
};

G_DEFINE_FINAL_TYPE (OctavoEditor, octavo_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUFFERS,
  PROP_NOTE_ID,
  PROP_NOTE_TITLE,
  PROP_PINNED,
  PROP_TRASHED,
  PROP_HAS_NOTE,
  N_PROPS
};

enum
{
  SIGNAL_SAVE_PROBLEM,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (OctavoEditor *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_title (OctavoEditor *self)
{
  notify (self, PROP_NOTE_TITLE);
}

static void
update_editable (OctavoEditor *self)
{
  gboolean is_ready = self->buffer != NULL && self->loading_id == 0;
  gboolean is_trashed = octavo_editor_get_trashed (self);
  gboolean is_truncated = self->buffer != NULL && octavo_note_buffer_is_truncated (self->buffer);

  if (self->page != NULL)
    octavo_note_page_set_ready (self->page, is_ready, is_ready && !is_trashed && !is_truncated);
}

static void
update_trashed (OctavoEditor *self)
{
  update_editable (self);
  notify (self, PROP_TRASHED);
}

static void
update_pinned (OctavoEditor *self)
{
  notify (self, PROP_PINNED);
}

static void
update_id (OctavoEditor *self)
{
  notify (self, PROP_NOTE_ID);
}

static void
update_problem (OctavoEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE_PROBLEM], 0, octavo_autosave_get_problem (self->autosave));
}

static void
apply_focus (OctavoEditor *self)
{
  Focus focus = self->focus;

  if (self->buffer == NULL || self->loading_id != 0)
    return;
  self->focus = FOCUS_NONE;
  if (focus == FOCUS_TITLE)
    octavo_note_page_grab_title (self->page);
  else if (focus == FOCUS_TEXT)
    octavo_note_page_grab_text (self->page);
  else if (focus == FOCUS_TAGS)
    octavo_note_page_grab_tags (self->page);
}

static void
set_focus (OctavoEditor *self, Focus focus)
{
  self->focus = focus;
  apply_focus (self);
}

static void
stop_loading (OctavoEditor *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->loading_timer, g_source_remove);
  g_clear_object (&self->loading_row);
  self->loading_id = 0;
  self->failed_id = 0;
}

static void
notify_all (OctavoEditor *self)
{
  notify (self, PROP_HAS_NOTE);
  notify (self, PROP_NOTE_ID);
  notify (self, PROP_NOTE_TITLE);
  notify (self, PROP_PINNED);
  notify (self, PROP_TRASHED);
}

static void
ensure_page (OctavoEditor *self)
{
  if (self->page != NULL)
    return;
  self->page = OCTAVO_NOTE_PAGE (octavo_note_page_new (self->store, self->autosave));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->page), "note");
}

/* buffer: NULL for no note */
static void
show_buffer (OctavoEditor *self, OctavoNoteBuffer *buffer)
{
  g_autoptr (OctavoNoteBuffer) old = g_steal_pointer (&self->buffer);

  g_object_freeze_notify (G_OBJECT (self));
  if (buffer != NULL)
    octavo_note_buffers_hold (self->buffers, buffer);
  if (old != NULL)
    octavo_note_buffers_release (self->buffers, old);
  g_set_object (&self->buffer, buffer);
  g_signal_group_set_target (self->buffer_signals, buffer);
  if (buffer != NULL)
    ensure_page (self);
  if (self->page != NULL)
    octavo_note_page_show (self->page, buffer);
  update_editable (self);
  if (buffer != NULL)
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->page));
  else
    octavo_editor_status_show_none (self->stack);
  notify_all (self);
  g_object_thaw_notify (G_OBJECT (self));
  apply_focus (self);
}

static void
show_error (OctavoEditor *self, const GError *error)
{
  self->failed_id = self->loading_id;
  self->loading_id = 0;
  show_buffer (self, NULL);
  octavo_editor_status_show_error (self->stack, error);
}

static void
on_note_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNoteBuffer) buffer = octavo_note_buffers_read_finish (OCTAVO_NOTE_BUFFERS (source), result, &error);

  /* Another note was asked for meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_handle_id (&self->loading_timer, g_source_remove);
  g_clear_object (&self->loading);
  g_clear_object (&self->loading_row);
  if (buffer == NULL)
    {
      show_error (self, error);
      return;
    }
  self->loading_id = 0;
  show_buffer (self, buffer);
}

static gboolean
on_loading_long (gpointer data)
{
  OctavoEditor *self = data;

  self->loading_timer = 0;
  octavo_editor_status_show_loading (self->stack);
  return G_SOURCE_REMOVE;
}

static void
load (OctavoEditor *self, gint64 id)
{
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->store), &id, 1);

  ensure_page (self);
  self->loading_id = id;
  self->loading_row = g_steal_pointer (&rows->pdata[0]);
  self->loading = g_cancellable_new ();
  self->loading_timer = g_timeout_add (LOADING_DELAY, on_loading_long, self);
  update_editable (self);
  notify_all (self);
  octavo_note_buffers_read_async (self->buffers, id, self->loading, on_note_read, g_object_ref (self));
}

static void
on_gone (OctavoEditor *self, OctavoNoteBuffer *buffer)
{
  if (buffer == self->buffer && self->loading_id == 0)
    show_buffer (self, NULL);
}

static void
on_reload (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoEditor *self = OCTAVO_EDITOR (widget);

  if (self->failed_id > 0)
    octavo_editor_open (self, self->failed_id);
}

/* Who goes elsewhere, or puts the machine to sleep, leaves nothing that is not saved. */
static void
on_window_active (OctavoEditor *self, GParamSpec *pspec, GtkWindow *window)
{
  if (!gtk_window_is_active (window))
    octavo_editor_save (self);
  else if (self->page != NULL)
    octavo_note_page_claim_cursor (self->page);
}

static void
octavo_editor_root (GtkWidget *widget)
{
  OctavoEditor *self = OCTAVO_EDITOR (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (octavo_editor_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-active", G_CALLBACK (on_window_active), self, G_CONNECT_SWAPPED);
}

static void
octavo_editor_unroot (GtkWidget *widget)
{
  /* no GSignalGroup: where the window is being disposed of it forgets to let go, and is called after it is gone */
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_window_active, widget);
  GTK_WIDGET_CLASS (octavo_editor_parent_class)->unroot (widget);
}

static void
octavo_editor_unmap (GtkWidget *widget)
{
  octavo_editor_save (OCTAVO_EDITOR (widget));
  GTK_WIDGET_CLASS (octavo_editor_parent_class)->unmap (widget);
}

static void
octavo_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoEditor *self = OCTAVO_EDITOR (object);

  switch (id)
    {
    case PROP_NOTE_ID:
      g_value_set_int64 (value, octavo_editor_get_note_id (self));
      break;
    case PROP_NOTE_TITLE:
      g_value_set_string (value, octavo_editor_get_note_title (self));
      break;
    case PROP_PINNED:
      g_value_set_boolean (value, octavo_editor_get_pinned (self));
      break;
    case PROP_TRASHED:
      g_value_set_boolean (value, octavo_editor_get_trashed (self));
      break;
    case PROP_HAS_NOTE:
      g_value_set_boolean (value, octavo_editor_get_has_note (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoEditor *self = OCTAVO_EDITOR (object);

  switch (id)
    {
    case PROP_BUFFERS:
      self->buffers = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_editor_constructed (GObject *object)
{
  OctavoEditor *self = OCTAVO_EDITOR (object);

  G_OBJECT_CLASS (octavo_editor_parent_class)->constructed (object);

  g_return_if_fail (OCTAVO_IS_NOTE_BUFFERS (self->buffers));
  self->store = octavo_note_buffers_get_store (self->buffers);
  self->autosave = octavo_note_buffers_get_autosave (self->buffers);
  octavo_note_buffers_enter (self->buffers);
  g_signal_connect_object (self->buffers, "gone", G_CALLBACK (on_gone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->autosave, "notify::problem", G_CALLBACK (update_problem), self, G_CONNECT_SWAPPED);
}

static void
octavo_editor_dispose (GObject *object)
{
  OctavoEditor *self = OCTAVO_EDITOR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  stop_loading (self);
  self->page = NULL;
  g_clear_object (&self->buffer_signals);
  g_clear_pointer (&child, gtk_widget_unparent);
  if (self->buffer != NULL)
    octavo_note_buffers_release (self->buffers, self->buffer);
  g_clear_object (&self->buffer);
  if (self->buffers != NULL)
    octavo_note_buffers_leave (self->buffers);
  self->autosave = NULL;
  self->store = NULL;
  g_clear_object (&self->buffers);
  G_OBJECT_CLASS (octavo_editor_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_BUFFERS] = g_param_spec_object ("buffers", NULL, NULL, OCTAVO_TYPE_NOTE_BUFFERS,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTE_ID] = g_param_spec_int64 ("note-id", NULL, NULL, 0, G_MAXINT64, 0, shown);
  properties[PROP_NOTE_TITLE] = g_param_spec_string ("note-title", NULL, NULL, "", shown);
  properties[PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, shown);
  properties[PROP_TRASHED] = g_param_spec_boolean ("trashed", NULL, NULL, FALSE, shown);
  properties[PROP_HAS_NOTE] = g_param_spec_boolean ("has-note", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_SAVE_PROBLEM] = g_signal_new ("save-problem", OCTAVO_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
octavo_editor_class_init (OctavoEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = octavo_editor_get_property;
  object_class->set_property = octavo_editor_set_property;
  object_class->constructed = octavo_editor_constructed;
  object_class->dispose = octavo_editor_dispose;
  widget_class->root = octavo_editor_root;
  widget_class->unroot = octavo_editor_unroot;
  widget_class->unmap = octavo_editor_unmap;
  install_properties (object_class);

  gtk_widget_class_install_action (widget_class, "editor.reload", NULL, on_reload);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "octavo-editor");
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoEditor, stack);
}

static void
octavo_editor_init (OctavoEditor *self)
{
  self->buffer_signals = g_signal_group_new (OCTAVO_TYPE_NOTE_BUFFER);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::title", G_CALLBACK (update_title), self);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::id", G_CALLBACK (update_id), self);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::pinned", G_CALLBACK (update_pinned), self);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::trashed", G_CALLBACK (update_trashed), self);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::truncated", G_CALLBACK (update_editable), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_editor_new:
 * @buffers: the notes that are open, which all windows share
 *
 * Makes an editor that shows nothing yet.
 *
 * Returns: (transfer floating): the editor
 */
GtkWidget *
octavo_editor_new (OctavoNoteBuffers *buffers)
{
  return g_object_new (OCTAVO_TYPE_EDITOR, "buffers", buffers, NULL);
}

/**
 * octavo_editor_open:
 * @self: an editor
 * @id: the note to show; 0 for none
 *
 * Leaves the note that is open, saving it, and shows another as soon as it is read. Nothing happens where it is open
 * already.
 */
void
octavo_editor_open (OctavoEditor *self, gint64 id)
{
  OctavoNoteBuffer *buffer;

  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  g_return_if_fail (id >= 0);

  if (id > 0 && id == octavo_editor_get_note_id (self))
    return;
  octavo_autosave_save (self->autosave);
  stop_loading (self);
  self->focus = FOCUS_NONE;
  buffer = id > 0 ? octavo_note_buffers_use (self->buffers, id) : NULL;
  if (id > 0 && buffer == NULL)
    load (self, id);
  else
    show_buffer (self, buffer);
}

/**
 * octavo_editor_create:
 * @self: an editor
 * @user_id: whose note it will be
 * @title: (nullable): its title; %NULL to have the person type it
 *
 * Leaves the note that is open and starts a new one, with the focus in its title, or in the text where it has one. It
 * is in the file from the first save on; left empty, it is forgotten.
 */
void
octavo_editor_create (OctavoEditor *self, gint64 user_id, const char *title)
{
  g_autoptr (OctavoNoteBuffer) buffer = NULL;

  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  g_return_if_fail (user_id > 0);

  octavo_autosave_save (self->autosave);
  stop_loading (self);
  buffer = octavo_note_buffer_new_for_user (user_id);
  octavo_note_buffers_add (self->buffers, buffer);
  show_buffer (self, buffer);
  if (title == NULL)
    {
      octavo_editor_grab_title (self);
      return;
    }
  octavo_note_buffer_set_title (buffer, title);
  octavo_editor_grab_text (self);
}

/**
 * octavo_editor_get_note_id:
 * @self: an editor
 *
 * Returns: the note that is open or being read; 0 for none, or a new one that was not saved yet
 */
gint64
octavo_editor_get_note_id (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), 0);

  if (self->loading_id > 0)
    return self->loading_id;
  return self->buffer != NULL ? octavo_note_buffer_get_id (self->buffer) : 0;
}

/**
 * octavo_editor_get_note_title:
 * @self: an editor
 *
 * Returns: (transfer none): the title of the open note as it is typed, or that of the one that is being read; "" where
 *   it has none
 */
const char *
octavo_editor_get_note_title (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), "");
  if (self->loading_id > 0)
    return self->loading_row != NULL ? octavo_note_row_get_title (self->loading_row) : "";
  return self->buffer != NULL ? octavo_note_buffer_get_title (self->buffer) : "";
}

/**
 * octavo_editor_get_pinned:
 * @self: an editor
 *
 * Returns: whether the note that is open or being read is pinned
 */
gboolean
octavo_editor_get_pinned (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);
  if (self->loading_id > 0)
    return self->loading_row != NULL && octavo_note_row_get_pinned (self->loading_row);
  return self->buffer != NULL && octavo_note_buffer_get_pinned (self->buffer);
}

/**
 * octavo_editor_get_trashed:
 * @self: an editor
 *
 * Returns: whether the note that is open or being read is in the trash
 */
gboolean
octavo_editor_get_trashed (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);
  if (self->loading_id > 0)
    return self->loading_row != NULL && octavo_note_row_get_trashed (self->loading_row) != 0;
  return self->buffer != NULL && octavo_note_buffer_get_trashed (self->buffer);
}

/**
 * octavo_editor_get_has_note:
 * @self: an editor
 *
 * Returns: whether there is a note, new or old, in it, or one is being read
 */
gboolean
octavo_editor_get_has_note (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);
  return self->buffer != NULL || self->loading_id > 0;
}

/**
 * octavo_editor_get_page:
 *
 * Returns: (nullable) (transfer none): what shows notes; %NULL until one was asked for
 */
OctavoNotePage *
octavo_editor_get_page (OctavoEditor *self)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), NULL);
  return self->page;
}

/**
 * octavo_editor_dup_unsaved:
 * @self: an editor
 * @title: (out) (transfer full): what the first of the notes is called
 *
 * Returns: (transfer full): what was typed and is not in the file, of the open note and of those that were left, as
 *   octavo_autosave_dup_unsaved() gives it
 */
char *
octavo_editor_dup_unsaved (OctavoEditor *self, char **title)
{
  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), NULL);
  return octavo_autosave_dup_unsaved (self->autosave, title);
}

/**
 * octavo_editor_grab_title:
 * @self: an editor
 *
 * Puts the focus into the title, all of it selected; as soon as the note is read where that is still going on.
 */
void
octavo_editor_grab_title (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  set_focus (self, FOCUS_TITLE);
}

/**
 * octavo_editor_grab_text:
 * @self: an editor
 *
 * Puts the focus into the text, where the cursor was; as soon as the note is read where that is still going on.
 */
void
octavo_editor_grab_text (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  set_focus (self, FOCUS_TEXT);
}

/**
 * octavo_editor_edit_tags:
 * @self: an editor
 *
 * Puts the focus where a tag is added; as soon as the note is read where that is still going on.
 */
void
octavo_editor_edit_tags (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  set_focus (self, FOCUS_TAGS);
}

/**
 * octavo_editor_save:
 * @self: an editor
 *
 * Saves what was typed, now, without blocking.
 */
void
octavo_editor_save (OctavoEditor *self)
{
  g_return_if_fail (OCTAVO_IS_EDITOR (self));
  octavo_autosave_save (self->autosave);
}

/**
 * octavo_editor_flush:
 * @self: an editor
 * @error: why something could not be saved, in words for a person
 *
 * Saves what was typed, and waits until it is safe: for closing. Where notes are shown elsewhere too, what is not
 * decided and what cannot be saved of other notes is left to that; otherwise it is as octavo_note_buffers_flush().
 *
 * Returns: whether everything that closing would take away is safe
 */
gboolean
octavo_editor_flush (OctavoEditor *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gboolean is_safe;

  g_return_val_if_fail (OCTAVO_IS_EDITOR (self), FALSE);

  if (octavo_note_buffers_get_n_viewers (self->buffers) == 1)
    is_safe = octavo_note_buffers_flush (self->buffers, &reason);
  else
    is_safe = octavo_autosave_flush (self->autosave, &reason) || self->buffer == NULL ||
              !octavo_note_buffer_is_unsaved (self->buffer);
  if (is_safe)
    return self->page == NULL || octavo_note_page_flush (self->page, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}
