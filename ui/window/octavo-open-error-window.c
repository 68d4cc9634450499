/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-backup-folder.h"
#include "octavo-error.h"
#include "octavo-open-error-window.h"

#include <inttypes.h>

/* A file that cannot be opened is left as it is, and the person decides: nothing is made anew in its place. */
struct _OctavoOpenErrorWindow
{
  AdwApplicationWindow parent_instance;

  char *path;
  char *snapshot; /* (nullable): the path of the backup that was chosen */
  GtkNativeDialog *chooser;

  AdwStatusPage *page;
  GtkWidget *path_label;
  GtkWidget *repair_button;
  GtkWidget *restore_button;
  GtkWidget *retry_button;
};

enum
{
  RETRY,
  REPAIR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoOpenErrorWindow, octavo_open_error_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *
describe (const GError *error)
{
  if (error->domain != OCTAVO_ERROR)
    return _ ("Your Notes Could Not Be Opened");

  switch ((OctavoError) error->code)
    {
    case OCTAVO_ERROR_NOT_A_DATABASE:
      return _ ("This Is Not a File of Notes");
    case OCTAVO_ERROR_CORRUPT:
      return _ ("The File of Your Notes Is Damaged");
    case OCTAVO_ERROR_NEWER_VERSION:
      return _ ("Your Notes Are From a Newer Octavo");
    case OCTAVO_ERROR_READ_ONLY:
    case OCTAVO_ERROR_CANT_OPEN:
    case OCTAVO_ERROR_FULL:
    case OCTAVO_ERROR_BUSY:
    case OCTAVO_ERROR_FAILED:
    case OCTAVO_ERROR_NO_SUCH_NOTE:
    case OCTAVO_ERROR_NO_SUCH_USER:
    case OCTAVO_ERROR_NO_SUCH_TAG:
    case OCTAVO_ERROR_INVALID_TAG:
    case OCTAVO_ERROR_INVALID_TEXT:
    case OCTAVO_ERROR_TOO_BIG:
    default:
      return _ ("Your Notes Could Not Be Opened");
    }
}

static void
octavo_open_error_window_on_retry (OctavoOpenErrorWindow *self)
{
  g_signal_emit (self, signals[RETRY], 0, self->path);
}

static void
octavo_open_error_window_on_chosen (GtkNativeDialog *chooser, int response, OctavoOpenErrorWindow *self)
{
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      path = g_file_get_path (file);
    }
  g_clear_object (&self->chooser);

  if (path != NULL)
    g_signal_emit (self, signals[RETRY], 0, path);
}

static void
octavo_open_error_window_on_choose (OctavoOpenErrorWindow *self)
{
  g_clear_object (&self->chooser);
  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_ ("Open Another File of Notes"), GTK_WINDOW (self),
                                                                  GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL));
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (octavo_open_error_window_on_chosen), self);
  gtk_native_dialog_show (self->chooser);
}

static void
octavo_open_error_window_on_repair (OctavoOpenErrorWindow *self)
{
  g_signal_emit (self, signals[REPAIR], 0, NULL);
}

/* The window goes, and the dialog over it with it: not while that is still being answered. */
static gboolean
on_chosen_snapshot (gpointer data)
{
  OctavoOpenErrorWindow *self = data;

  g_signal_emit (self, signals[REPAIR], 0, self->snapshot);
  return G_SOURCE_REMOVE;
}

static void
on_restore_response (GtkWidget *dialog, const char *response, OctavoOpenErrorWindow *self)
{
  GtkDropDown *choice = GTK_DROP_DOWN (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)));
  GPtrArray *list = g_object_get_data (G_OBJECT (dialog), "snapshots");
  guint selected = gtk_drop_down_get_selected (choice);

  if (!g_str_equal (response, "restore") || selected >= list->len || self->snapshot != NULL)
    return;
  self->snapshot = g_strdup (((OctavoSnapshot *) list->pdata[selected])->path);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_chosen_snapshot, g_object_ref (self), g_object_unref);
}

/* (element-type OctavoSnapshot): those that can be read */
static GPtrArray *
list_snapshots (OctavoOpenErrorWindow *self, GtkStringList *names)
{
  g_autoptr (OctavoSnapshots) snapshots = octavo_backup_folder_get_snapshots (self->path);
  GPtrArray *list = octavo_snapshots_list (snapshots);

  for (guint i = list->len; i > 0; i--)
    if (((OctavoSnapshot *) list->pdata[i - 1])->n_notes < 0)
      g_ptr_array_remove_index (list, i - 1);
  for (guint i = 0; i < list->len; i++)
    {
      const OctavoSnapshot *snapshot = g_ptr_array_index (list, i);
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (snapshot->time / G_USEC_PER_SEC);
      g_autofree char *date = time != NULL ? g_date_time_format (time, "%x, %H:%M") : g_strdup ("?");
      g_autofree char *notes =
          g_strdup_printf (ngettext ("%'" PRId64 " note", "%'" PRId64 " notes", (gulong) snapshot->n_notes),
                           snapshot->n_notes);
      g_autofree char *name = g_strdup_printf ("%s · %s", date, notes);

      gtk_string_list_append (names, name);
    }
  return list;
}

static void
octavo_open_error_window_on_restore (OctavoOpenErrorWindow *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GPtrArray *list = list_snapshots (self, names);
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (self), _ ("Go Back to a Backup?"),
                              _ ("The notes will be those of the backup. The damaged file is kept under "
                                 "another name."));

  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Backup"), -1);
  g_object_set_data_full (G_OBJECT (dialog), "snapshots", list, (GDestroyNotify) g_ptr_array_unref);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), choice);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "restore", _ ("_Go Back"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "restore", list->len > 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_restore_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
octavo_open_error_window_dispose (GObject *object)
{
  OctavoOpenErrorWindow *self = OCTAVO_OPEN_ERROR_WINDOW (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (octavo_open_error_window_parent_class)->dispose (object);
}

static void
octavo_open_error_window_finalize (GObject *object)
{
  OctavoOpenErrorWindow *self = OCTAVO_OPEN_ERROR_WINDOW (object);

  g_free (self->path);
  g_free (self->snapshot);

  G_OBJECT_CLASS (octavo_open_error_window_parent_class)->finalize (object);
}

static void
octavo_open_error_window_class_init (OctavoOpenErrorWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = octavo_open_error_window_dispose;
  object_class->finalize = octavo_open_error_window_finalize;

  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[REPAIR] = g_signal_new ("repair", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-open-error-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoOpenErrorWindow, repair_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoOpenErrorWindow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoOpenErrorWindow, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, octavo_open_error_window_on_repair);
  gtk_widget_class_bind_template_callback (widget_class, octavo_open_error_window_on_restore);
  gtk_widget_class_bind_template_child (widget_class, OctavoOpenErrorWindow, page);
  gtk_widget_class_bind_template_child (widget_class, OctavoOpenErrorWindow, path_label);
  gtk_widget_class_bind_template_callback (widget_class, octavo_open_error_window_on_retry);
  gtk_widget_class_bind_template_callback (widget_class, octavo_open_error_window_on_choose);
}

static void
octavo_open_error_window_init (OctavoOpenErrorWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is damaged can be mended here and now. */
static void
offer_repair (OctavoOpenErrorWindow *self)
{
  g_autoptr (OctavoSnapshots) snapshots = octavo_backup_folder_get_snapshots (self->path);

  adw_status_page_set_description (
      self->page, _ ("Something happened to it on the disk. A repair saves what can be read, takes the "
                     "rest from the newest backup, and keeps the damaged file as it is."));
  gtk_widget_set_visible (self->repair_button, TRUE);
  gtk_widget_set_visible (self->restore_button, octavo_snapshots_has_any (snapshots));
  gtk_widget_set_visible (self->retry_button, FALSE);
  gtk_window_set_focus (GTK_WINDOW (self), self->repair_button);
}

/**
 * octavo_open_error_window_new:
 * @application: the application it belongs to
 * @path: the file that could not be opened
 * @error: why
 *
 * Makes a window that says what happened and offers to try again, to open another file, or to quit; for a damaged file
 * to repair it, or to go back to a backup.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWindow *
octavo_open_error_window_new (GtkApplication *application, const char *path, const GError *error)
{
  OctavoOpenErrorWindow *self;
  g_autofree char *message = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (path != NULL && error != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_OPEN_ERROR_WINDOW, "application", application, NULL);
  self->path = g_strdup (path);
  message = g_markup_escape_text (error->message, -1);
  adw_status_page_set_title (self->page, describe (error));
  adw_status_page_set_description (self->page, message);
  gtk_label_set_label (GTK_LABEL (self->path_label), path);
  if (g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_CORRUPT))
    offer_repair (self);

  return GTK_WINDOW (self);
}
