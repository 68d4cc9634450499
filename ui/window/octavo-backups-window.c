/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-backup-folder.h"
#include "octavo-backups-window.h"
#include "octavo-banner.h"
#include "octavo-note-values.h"
#include "octavo-snapshot-notes.h"
#include "octavo-task.h"
#include "octavo-wrap-box.h"

/* Everything is read on threads: a backup may be large, or on a slow disk. An answer that comes after another question
 * was asked is passed over. */

#define MAX_NOTES 200
#define MAX_PREVIEW                                                                                                    \
  100000 /* bytes: GtkTextView bears no more of one line, and nobody reads more to know a note again */

struct _OctavoBackupsWindow
{
  AdwWindow parent_instance;

  OctavoStore *store;
  OctavoSnapshots *all;
  OctavoSnapshot *snapshot;  /* (nullable): the one that is looked through */
  OctavoNoteValues *note;    /* (nullable): the one whose text is shown */
  GCancellable *cancellable; /* what is being read */
  GtkNativeDialog *chooser;

  GtkWidget *content;
  GtkWidget *back;
  GtkWidget *making;
  GtkWidget *title;
  GtkWidget *banner;
  GtkWidget *stack;
  GtkWidget *spinner;
  GtkWidget *snapshots;
  AdwLeaflet *panes;
  GtkWidget *list_pane;
  GtkWidget *text_pane;
  GtkWidget *search;
  GtkWidget *notes;
  GtkWidget *more;
  GtkWidget *text;
  GtkWidget *restore;
  GtkWidget *restore_new;
};

G_DEFINE_FINAL_TYPE (OctavoBackupsWindow, octavo_backups_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_RESTORE_NOTE,
  SIGNAL_RESTORE_ALL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One question to a thread, with its answer. */
typedef struct
{
  OctavoSnapshots *all;
  char *path;
  char *words;
  gint64 id;
  GPtrArray *list; /* of snapshots, or of notes */
  guint n_found;
  OctavoNoteValues *note;
  OctavoSnapshot *snapshot;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  octavo_snapshots_unref (self->all);
  g_free (self->path);
  g_free (self->words);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  octavo_note_values_free (self->note);
  octavo_snapshot_free (self->snapshot);
  g_free (self);
}

/* Takes the place of the one before. */
static void
ask (OctavoBackupsWindow *self, Question *question, OctavoTaskFunc func, GAsyncReadyCallback callback)
{
  GTask *task;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  question->all = octavo_snapshots_ref (self->all);
  task = g_task_new (self, self->cancellable, callback, NULL);
  g_task_set_task_data (task, question, question_free);
  octavo_task_run_in_thread (task, func);
}

/* Says what went wrong. (nullable): the answer, where it is still wanted */
static Question *
take_answer (OctavoBackupsWindow *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return self->store != NULL ? g_task_get_task_data (G_TASK (result)) : NULL;
  if (self->store != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    octavo_backups_window_show_error (self, error->message);
  return NULL;
}

static char *
format_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%x, %H:%M") : g_strdup ("");
}

static const char *
describe_kind (OctavoSnapshotKind kind)
{
  switch (kind)
    {
    case OCTAVO_SNAPSHOT_BEFORE_MIGRATION:
      return _ ("before an update");
    case OCTAVO_SNAPSHOT_BEFORE_RESTORE:
      return _ ("before going back");
    case OCTAVO_SNAPSHOT_ASKED:
      return _ ("asked for");
    case OCTAVO_SNAPSHOT_DAILY:
    default:
      return C_ ("backup", "daily");
    }
}

static char *
describe_snapshot (const OctavoSnapshot *snapshot)
{
  g_autofree char *size = g_format_size ((guint64) snapshot->size);
  g_autofree char *notes = NULL;

  if (snapshot->n_notes < 0)
    notes = g_strdup (_ ("damaged"));
  else
    notes = g_strdup_printf (ngettext ("%'u note", "%'u notes", (gulong) snapshot->n_notes), (guint) snapshot->n_notes);
  /* Translators: of a backup: how many notes it has, its size, why it was made. */
  return g_strdup_printf (_ ("%s, %s, %s"), notes, size, describe_kind (snapshot->kind));
}

static void
show_page (OctavoBackupsWindow *self, const char *page)
{
  gboolean is_notes = g_str_equal (page, "notes");

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), g_str_equal (page, "wait"));
  gtk_widget_set_visible (self->back, is_notes);
  gtk_widget_set_visible (self->making, !is_notes);
  if (!is_notes)
    adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), _ ("Backups"));
}

static void
clear_list (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

static void
add_snapshot_row (OctavoBackupsWindow *self, const OctavoSnapshot *snapshot)
{
  g_autofree char *date = format_date (snapshot->time);
  g_autofree char *facts = describe_snapshot (snapshot);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), date);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, date,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, facts, -1);
  g_object_set_data_full (G_OBJECT (row), "snapshot", octavo_snapshot_copy (snapshot),
                          (GDestroyNotify) octavo_snapshot_free);
  gtk_list_box_append (GTK_LIST_BOX (self->snapshots), row);
}

static gboolean
list_snapshots (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  question->list = octavo_snapshots_list (question->all);
  return TRUE;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoBackupsWindow *self = OCTAVO_BACKUPS_WINDOW (source);
  const Question *answer = take_answer (self, result);

  if (answer == NULL)
    return;
  clear_list (self->snapshots);
  for (guint i = 0; i < answer->list->len; i++)
    add_snapshot_row (self, g_ptr_array_index (answer->list, i));
  show_page (self, answer->list->len > 0 ? "list" : "empty");
}

static void
list_all (OctavoBackupsWindow *self)
{
  ask (self, g_new0 (Question, 1), list_snapshots, on_listed);
}

static void
set_note (OctavoBackupsWindow *self, OctavoNoteValues *note)
{
  g_clear_pointer (&self->note, octavo_note_values_free);
  self->note = note;
  gtk_widget_set_sensitive (self->restore, note != NULL);
  gtk_widget_set_sensitive (self->restore_new, note != NULL);
  if (note == NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "", 0);
}

/* At the end of a character. */
static char *
dup_beginning (const char *text)
{
  gsize length = strlen (text);
  const char *end = length > MAX_PREVIEW ? g_utf8_find_prev_char (text, text + MAX_PREVIEW) : text + length;

  return length > MAX_PREVIEW ? g_strdup_printf ("%.*s\n…", (int) (end - text), text) : g_strdup (text);
}

static gboolean
read_note (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  question->note = octavo_snapshot_notes_read (question->path, question->id, error);
  return question->note != NULL;
}

static void
on_note_read (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoBackupsWindow *self = OCTAVO_BACKUPS_WINDOW (source);
  Question *answer = take_answer (self, result);
  g_autofree char *shown = NULL;

  if (answer == NULL)
    return;
  shown = dup_beginning (answer->note->body);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), shown, -1);
  set_note (self, g_steal_pointer (&answer->note));
}

static void
on_note_selected (OctavoBackupsWindow *self, GtkListBoxRow *row)
{
  const gint64 *id = row != NULL ? g_object_get_data (G_OBJECT (row), "id") : NULL;
  Question *question;

  /* Rows are unselected as the window goes, too. */
  if (self->store == NULL)
    return;
  set_note (self, NULL);
  if (id == NULL || self->snapshot == NULL)
    return;
  question = g_new0 (Question, 1);
  question->path = g_strdup (self->snapshot->path);
  question->id = *id;
  ask (self, question, read_note, on_note_read);
}

static void
add_note_row (OctavoBackupsWindow *self, const OctavoNoteValues *note)
{
  const char *title = *note->title != '\0' ? note->title : _ ("Untitled");
  g_autofree char *date = format_date (note->updated);
  g_autofree char *facts = note->trashed != 0 ? g_strdup_printf (_ ("%s, in the trash"), date) : g_strdup (date);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *detail = gtk_label_new (facts);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, facts, -1);
  g_object_set_data_full (G_OBJECT (row), "id", g_memdup2 (&note->id, sizeof note->id), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->notes), row);
}

static gboolean
search_notes (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  question->list =
      octavo_snapshot_notes_find (question->path, question->words, MAX_NOTES, &question->n_found, cancellable, error);
  return question->list != NULL;
}

static void
show_more (OctavoBackupsWindow *self, guint n_found)
{
  guint n_more = n_found > MAX_NOTES ? n_found - MAX_NOTES : 0;
  g_autofree char *text = NULL;

  if (n_found == 0)
    text = g_strdup (_ ("No title has these words."));
  else
    text = g_strdup_printf (ngettext ("And %'u other. Search for a word of its title.",
                                      "And %'u others. Search for a word of the title.", n_more),
                            n_more);
  gtk_label_set_text (GTK_LABEL (self->more), text);
  gtk_widget_set_visible (self->more, n_found == 0 || n_more > 0);
}

static void
on_notes_found (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoBackupsWindow *self = OCTAVO_BACKUPS_WINDOW (source);
  const Question *answer = take_answer (self, result);

  if (answer == NULL)
    return;
  set_note (self, NULL);
  clear_list (self->notes);
  for (guint i = 0; i < answer->list->len; i++)
    add_note_row (self, g_ptr_array_index (answer->list, i));
  show_more (self, answer->n_found);
  if (answer->list->len > 0)
    gtk_list_box_select_row (GTK_LIST_BOX (self->notes), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->notes), 0));
}

static void
find_notes (OctavoBackupsWindow *self)
{
  Question *question;

  if (self->snapshot == NULL)
    return;
  question = g_new0 (Question, 1);
  question->path = g_strdup (self->snapshot->path);
  question->words = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  ask (self, question, search_notes, on_notes_found);
}

/* snapshot: (transfer full) */
static void
look_through (OctavoBackupsWindow *self, OctavoSnapshot *snapshot)
{
  g_autofree char *date = format_date (snapshot->time);

  g_clear_pointer (&self->snapshot, octavo_snapshot_free);
  self->snapshot = snapshot;
  octavo_banner_set_text (OCTAVO_BANNER (self->banner), NULL);
  clear_list (self->notes);
  set_note (self, NULL);
  adw_leaflet_set_visible_child (self->panes, self->list_pane);
  show_page (self, "notes");
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), date);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (self->search);
  find_notes (self);
}

static void
on_snapshot_activated (OctavoBackupsWindow *self, GtkListBoxRow *row)
{
  look_through (self, octavo_snapshot_copy (g_object_get_data (G_OBJECT (row), "snapshot")));
}

/* Where there is room for one of them. */
static void
show_text (OctavoBackupsWindow *self)
{
  if (!adw_leaflet_get_folded (self->panes))
    return;
  adw_leaflet_set_visible_child (self->panes, self->text_pane);
  gtk_widget_grab_focus (self->text);
}

static gboolean
leave_text (OctavoBackupsWindow *self)
{
  if (!adw_leaflet_get_folded (self->panes) || adw_leaflet_get_visible_child (self->panes) != self->text_pane)
    return FALSE;
  adw_leaflet_set_visible_child (self->panes, self->list_pane);
  gtk_widget_child_focus (self->notes, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* From the text to the notes, where one of both is seen, and from there to the backups. */
static void
on_back (OctavoBackupsWindow *self)
{
  if (leave_text (self))
    return;
  g_clear_pointer (&self->snapshot, octavo_snapshot_free);
  octavo_banner_set_text (OCTAVO_BANNER (self->banner), NULL);
  set_note (self, NULL);
  show_page (self, "wait");
  list_all (self);
}

static gboolean
make_snapshot (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  question->snapshot = octavo_snapshots_make (question->all, OCTAVO_SNAPSHOT_ASKED, OCTAVO_SNAPSHOT_AT_ONCE,
                                              g_get_real_time (), cancellable, error);
  return question->snapshot != NULL;
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoBackupsWindow *self = OCTAVO_BACKUPS_WINDOW (source);

  take_answer (self, result);
  if (self->store != NULL)
    list_all (self);
}

static void
on_make (OctavoBackupsWindow *self)
{
  octavo_banner_set_text (OCTAVO_BANNER (self->banner), NULL);
  show_page (self, "wait");
  ask (self, g_new0 (Question, 1), make_snapshot, on_made);
}

static gboolean
find_file (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  question->snapshot = octavo_snapshots_find (question->all, question->path, zone, error);
  return question->snapshot != NULL;
}

static void
on_file_found (GObject *source, GAsyncResult *result, gpointer data)
{
  OctavoBackupsWindow *self = OCTAVO_BACKUPS_WINDOW (source);
  Question *answer = take_answer (self, result);

  if (answer != NULL)
    look_through (self, g_steal_pointer (&answer->snapshot));
}

static void
on_file_chosen (GtkNativeDialog *chooser, int response, OctavoBackupsWindow *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  char *path = file != NULL ? g_file_get_path (file) : NULL;
  Question *question;

  g_clear_object (&self->chooser);
  if (path == NULL)
    return;
  question = g_new0 (Question, 1);
  question->path = path;
  ask (self, question, find_file, on_file_found);
}

static void
on_open (OctavoBackupsWindow *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("Open a Backup"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);

  g_clear_object (&self->chooser);
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_file_chosen), self);
  gtk_native_dialog_show (self->chooser);
}

static void
on_restore (OctavoBackupsWindow *self)
{
  if (self->note != NULL)
    g_signal_emit (self, signals[SIGNAL_RESTORE_NOTE], 0, self->snapshot->path, self->note,
                   (int) OCTAVO_NOTE_RETURN_IN_PLACE);
}

static void
on_restore_new (OctavoBackupsWindow *self)
{
  if (self->note != NULL)
    g_signal_emit (self, signals[SIGNAL_RESTORE_NOTE], 0, self->snapshot->path, self->note,
                   (int) OCTAVO_NOTE_RETURN_AS_NEW);
}

static void
on_restore_all_response (OctavoBackupsWindow *self, const char *response)
{
  g_autofree char *date = self->snapshot != NULL ? format_date (self->snapshot->time) : NULL;

  if (self->snapshot != NULL && g_str_equal (response, "restore"))
    g_signal_emit (self, signals[SIGNAL_RESTORE_ALL], 0, self->snapshot->path, date);
}

static void
on_restore_all (OctavoBackupsWindow *self)
{
  g_autofree char *date = format_date (self->snapshot->time);
  g_autofree char *heading = g_strdup_printf (_ ("Go Back to %s?"), date);
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), heading,
      _ ("All notes, tags and users will be as they were then. What there is now is kept as a backup first."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "restore", _ ("_Go Back"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_restore_all_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  OctavoBackupsWindow *self = OCTAVO_BACKUPS_WINDOW (widget);

  if (gtk_widget_get_visible (self->back))
    on_back (self);
  else
    gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

static void
octavo_backups_window_dispose (GObject *object)
{
  OctavoBackupsWindow *self = OCTAVO_BACKUPS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->snapshot, octavo_snapshot_free);
  g_clear_pointer (&self->note, octavo_note_values_free);
  g_clear_pointer (&self->all, octavo_snapshots_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (octavo_backups_window_parent_class)->dispose (object);
}

static void
octavo_backups_window_class_init (OctavoBackupsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_backups_window_dispose;
  signals[SIGNAL_RESTORE_NOTE] = g_signal_new ("restore-note", OCTAVO_TYPE_BACKUPS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_POINTER, G_TYPE_INT);
  signals[SIGNAL_RESTORE_ALL] = g_signal_new ("restore-all", OCTAVO_TYPE_BACKUPS_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (OCTAVO_TYPE_BANNER);
  g_type_ensure (OCTAVO_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-backups-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, content);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, back);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, making);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, snapshots);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, list_pane);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, text_pane);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, notes);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, more);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, text);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, restore);
  gtk_widget_class_bind_template_child (widget_class, OctavoBackupsWindow, restore_new);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_make);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_restore);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_new);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_all);
  gtk_widget_class_bind_template_callback (widget_class, on_snapshot_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_note_selected);
  gtk_widget_class_bind_template_callback (widget_class, show_text);
  gtk_widget_class_bind_template_callback (widget_class, find_notes);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
octavo_backups_window_init (OctavoBackupsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_backups_window_new:
 * @store: an open store
 *
 * Returns: (transfer none): a window, owned by GTK
 */
OctavoBackupsWindow *
octavo_backups_window_new (OctavoStore *store)
{
  OctavoBackupsWindow *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store), NULL);

  self = g_object_new (OCTAVO_TYPE_BACKUPS_WINDOW, NULL);
  self->store = g_object_ref (store);
  self->all = octavo_backup_folder_get_snapshots (octavo_store_get_path (store));
  set_note (self, NULL);
  show_page (self, "wait");
  list_all (self);
  return self;
}

/**
 * octavo_backups_window_set_busy:
 * @self: the window
 * @busy: whether something that was asked for is being done
 */
void
octavo_backups_window_set_busy (OctavoBackupsWindow *self, gboolean busy)
{
  g_return_if_fail (OCTAVO_IS_BACKUPS_WINDOW (self));

  gtk_widget_set_sensitive (self->content, !busy);
}

/**
 * octavo_backups_window_show_error:
 * @self: the window
 * @message: what did not work, and what can be done
 */
void
octavo_backups_window_show_error (OctavoBackupsWindow *self, const char *message)
{
  g_return_if_fail (OCTAVO_IS_BACKUPS_WINDOW (self));

  octavo_banner_set_text (OCTAVO_BANNER (self->banner), message);
}
