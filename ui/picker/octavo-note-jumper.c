/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-date-format.h"
#include "octavo-note-jumper.h"
#include "octavo-title-finder.h"

#define MAX_NOTES 50

struct _OctavoNoteJumper
{
  OctavoPicker parent_instance;

  OctavoStore *store;
  GCancellable *request;
  char *text; /* that the request is about */
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_CREATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoNoteJumper, octavo_note_jumper, OCTAVO_TYPE_PICKER)

static OctavoPickerItem *
make_note_item (const OctavoNoteValues *note, GDateTime *now)
{
  g_autofree char *date = octavo_date_format_relative (note->updated, now);

  return octavo_picker_item_new (*note->title != '\0' ? note->title : _ ("Untitled"), date, NULL,
                                 g_variant_new_int64 (note->id));
}

static OctavoPickerItem *
make_create_item (const char *title)
{
  /* Translators: offers to make a note with a title that no note has. */
  g_autofree char *label = g_strdup_printf (_ ("New note “%s”"), title);

  return octavo_picker_item_new (label, NULL, NULL, g_variant_new_string (title));
}

static void
show_found (OctavoNoteJumper *self, GPtrArray *notes, gboolean has_exact)
{
  g_autoptr (GListStore) items = g_list_store_new (OCTAVO_TYPE_PICKER_ITEM);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  for (guint i = 0; i < notes->len; i++)
    {
      g_autoptr (OctavoPickerItem) item = make_note_item (g_ptr_array_index (notes, i), now);

      g_list_store_append (items, item);
    }
  if (*self->text != '\0' && !has_exact)
    {
      g_autoptr (OctavoPickerItem) item = make_create_item (self->text);

      g_list_store_append (items, item);
    }
  octavo_picker_set_items (OCTAVO_PICKER (self), G_LIST_MODEL (items),
                           _ ("There are no notes yet.\nType a title to make one."));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoNoteJumper) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean has_exact;
  g_autoptr (GPtrArray) notes = octavo_title_finder_find_finish (OCTAVO_STORE (source), result, &has_exact, &error);

  if (notes != NULL)
    {
      g_clear_object (&self->request);
      show_found (self, notes, has_exact);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (GListStore) none = g_list_store_new (OCTAVO_TYPE_PICKER_ITEM);

      octavo_picker_set_items (OCTAVO_PICKER (self), G_LIST_MODEL (none), error->message);
    }
}

static void
octavo_note_jumper_text_changed (OctavoPicker *picker, const char *text)
{
  OctavoNoteJumper *self = OCTAVO_NOTE_JUMPER (picker);

  g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  self->request = g_cancellable_new ();
  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
  octavo_title_finder_find_async (self->store, self->text, MAX_NOTES, self->request, on_found, g_object_ref (self));
}

static void
octavo_note_jumper_picked (OctavoPicker *picker, OctavoPickerItem *item)
{
  GVariant *value = octavo_picker_item_get_value (item);

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    g_signal_emit (picker, signals[SIGNAL_CHOSEN], 0, g_variant_get_int64 (value));
  else
    g_signal_emit (picker, signals[SIGNAL_CREATE], 0, g_variant_get_string (value, NULL));
}

/* The window is gone from here on, and lives until the answer has come. */
static void
octavo_note_jumper_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (OCTAVO_NOTE_JUMPER (widget)->request);
  GTK_WIDGET_CLASS (octavo_note_jumper_parent_class)->unrealize (widget);
}

static void
octavo_note_jumper_dispose (GObject *object)
{
  OctavoNoteJumper *self = OCTAVO_NOTE_JUMPER (object);

  g_clear_object (&self->request);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_note_jumper_parent_class)->dispose (object);
}

static void
octavo_note_jumper_finalize (GObject *object)
{
  g_free (OCTAVO_NOTE_JUMPER (object)->text);
  G_OBJECT_CLASS (octavo_note_jumper_parent_class)->finalize (object);
}

static void
octavo_note_jumper_class_init (OctavoNoteJumperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_note_jumper_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_note_jumper_finalize;
  GTK_WIDGET_CLASS (klass)->unrealize = octavo_note_jumper_unrealize;
  OCTAVO_PICKER_CLASS (klass)->text_changed = octavo_note_jumper_text_changed;
  OCTAVO_PICKER_CLASS (klass)->picked = octavo_note_jumper_picked;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", OCTAVO_TYPE_NOTE_JUMPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_CREATE] = g_signal_new ("create", OCTAVO_TYPE_NOTE_JUMPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
octavo_note_jumper_init (OctavoNoteJumper *self)
{
}

/**
 * octavo_note_jumper_new:
 * @store: an open store
 *
 * Returns: (transfer none): a window that is not shown yet, owned by GTK
 */
OctavoNoteJumper *
octavo_note_jumper_new (OctavoStore *store)
{
  OctavoNoteJumper *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  self = g_object_new (OCTAVO_TYPE_NOTE_JUMPER, NULL);
  self->store = g_object_ref (store);
  return self;
}

/**
 * octavo_note_jumper_present:
 * @self: a window that was not shown yet
 * @over: the window that it belongs to
 *
 * Shows it, with the notes that changed last.
 */
void
octavo_note_jumper_present (OctavoNoteJumper *self, GtkWindow *over)
{
  g_return_if_fail (OCTAVO_IS_NOTE_JUMPER (self));

  octavo_picker_present (OCTAVO_PICKER (self), over, _ ("Jump to note"), _ ("Title of a note, or of a new one"));
}
