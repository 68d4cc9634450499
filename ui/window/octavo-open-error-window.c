/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-error.h"
#include "octavo-open-error-window.h"

/* A file that cannot be opened is left as it is, and the person decides: nothing is made anew in its place. */
struct _OctavoOpenErrorWindow
{
  AdwApplicationWindow parent_instance;

  char *path;
  GtkNativeDialog *chooser;

  AdwStatusPage *page;
  GtkWidget *path_label;
};

enum
{
  RETRY,
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

  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-open-error-window.ui");
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

/**
 * octavo_open_error_window_new:
 * @application: the application it belongs to
 * @path: the file that could not be opened
 * @error: why
 *
 * Makes a window that says what happened and offers to try again, to open another file, or to quit.
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

  return GTK_WINDOW (self);
}
