/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-note-banners.h"

#include "octavo-banner.h"
#include "octavo-link-follow.h"
#include "octavo-note-beside.h"
#include "octavo-save-copy.h"

#include <glib/gi18n-lib.h>

/* What goes wrong is said where the person looks, next to the note, and nothing of it passes by in silence. */

struct _OctavoNoteBanners
{
  GtkWidget parent_instance;

  OctavoAutosave *autosave;
  OctavoNoteBuffer *buffer;
  GSignalGroup *buffer_signals;

  OctavoBanner *save_banner;
  OctavoBanner *other_banner;
  OctavoBanner *info_banner;
  OctavoBanner *trash_banner;
  OctavoBanner *size_banner;
};

G_DEFINE_FINAL_TYPE (OctavoNoteBanners, octavo_note_banners, GTK_TYPE_WIDGET)

static void
update_problem (OctavoNoteBanners *self)
{
  const char *problem = octavo_autosave_get_problem (self->autosave);
  /* Translators: %s is a sentence that says why, and what to do */
  g_autofree char *text = problem != NULL ? g_strdup_printf (_ ("Not saved yet. %s"), problem) : NULL;

  octavo_banner_set_text (self->save_banner, text);
}

static void
update_conflict (OctavoNoteBanners *self)
{
  OctavoNoteBuffer *beside = self->buffer != NULL ? octavo_note_beside_get (self->buffer) : NULL;
  g_autofree char *text = NULL;

  if (beside != NULL)
    /* Translators: %s is the title of a note */
    text = g_strdup_printf (_ ("This note was changed elsewhere while you were writing in the same place. What was "
                               "written there is in “%s” now."),
                            octavo_note_buffer_get_title (beside));
  octavo_banner_set_text (self->other_banner, text);
}

static void
update_trashed (OctavoNoteBanners *self)
{
  gboolean is_trashed = self->buffer != NULL && octavo_note_buffer_get_trashed (self->buffer);

  octavo_banner_set_text (self->trash_banner, is_trashed ? _ ("This note is in the trash") : NULL);
}

static void
update_size (OctavoNoteBanners *self)
{
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (self->buffer != NULL && octavo_note_buffer_is_truncated (self->buffer))
    {
      size = g_format_size (octavo_note_buffer_get_size (self->buffer));
      /* Translators: %s is a size, as in "50 MB" */
      text = g_strdup_printf (_ ("This note is too large to be shown whole, so this is its beginning, which cannot be "
                                 "edited. All %s of it are safe; save a copy to read the rest."),
                              size);
    }
  octavo_banner_set_text (self->size_banner, text);
}

static void
on_recreated (OctavoNoteBanners *self, OctavoNoteBuffer *buffer)
{
  if (buffer == self->buffer)
    octavo_banner_set_text (self->info_banner, _ ("This note was deleted elsewhere while you were writing. What stands "
                                                  "here was kept, as a new note."));
}

static void
on_adopted (OctavoNoteBanners *self, OctavoNoteBuffer *buffer)
{
  if (buffer == self->buffer)
    octavo_banner_set_text (self->info_banner,
                            _ ("The user whose note this was to be was deleted elsewhere. It was kept, "
                               "as a note of the first user."));
}

static void
on_refused (OctavoNoteBanners *self)
{
  g_autofree char *size = g_format_size_full (OCTAVO_NOTE_BUFFER_MAX_SIZE, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: %s is a size, as in "4.0 MiB" */
  g_autofree char *text =
      g_strdup_printf (_ ("That was too much for one note, so nothing of it was put in. A note that "
                          "is edited here can have %s, and a line of it %'d characters. Save the "
                          "text as a file and import that instead."),
                       size, OCTAVO_NOTE_BUFFER_MAX_LINE);

  octavo_banner_set_text (self->info_banner, text);
}

static void
on_show_other (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoNoteBanners *self = OCTAVO_NOTE_BANNERS (widget);
  OctavoNoteBuffer *beside = self->buffer != NULL ? octavo_note_beside_get (self->buffer) : NULL;
  OctavoLink link = { .kind = OCTAVO_LINK_NOTE };

  if (beside == NULL || octavo_note_buffer_get_id (beside) == 0)
    return;
  link.id = octavo_note_buffer_get_id (beside);
  octavo_link_follow (widget, &link);
}

static void
on_close_other (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoNoteBanners *self = OCTAVO_NOTE_BANNERS (widget);

  if (self->buffer != NULL)
    octavo_note_beside_forget (self->buffer);
  update_conflict (self);
}

static void
on_close_info (GtkWidget *widget, const char *action, GVariant *parameter)
{
  octavo_banner_set_text (OCTAVO_NOTE_BANNERS (widget)->info_banner, NULL);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  octavo_autosave_save (OCTAVO_NOTE_BANNERS (widget)->autosave);
}

static void
on_save_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OctavoNoteBanners *self = OCTAVO_NOTE_BANNERS (widget);
  g_autofree char *body = NULL;

  if (self->buffer == NULL)
    return;
  body = octavo_note_buffer_dup_body (self->buffer);
  octavo_save_copy (GTK_WINDOW (gtk_widget_get_root (widget)), octavo_note_buffer_get_title (self->buffer), body);
}

static void
octavo_note_banners_dispose (GObject *object)
{
  OctavoNoteBanners *self = OCTAVO_NOTE_BANNERS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->buffer_signals);
  g_clear_object (&self->buffer);
  g_clear_object (&self->autosave);
  G_OBJECT_CLASS (octavo_note_banners_parent_class)->dispose (object);
}

static void
octavo_note_banners_class_init (OctavoNoteBannersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_note_banners_dispose;

  gtk_widget_class_install_action (widget_class, "banners.show-other", NULL, on_show_other);
  gtk_widget_class_install_action (widget_class, "banners.close-other", NULL, on_close_other);
  gtk_widget_class_install_action (widget_class, "banners.close-info", NULL, on_close_info);
  gtk_widget_class_install_action (widget_class, "banners.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "banners.save-copy", NULL, on_save_copy);

  g_type_ensure (OCTAVO_TYPE_BANNER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-note-banners.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteBanners, save_banner);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteBanners, other_banner);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteBanners, info_banner);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteBanners, trash_banner);
  gtk_widget_class_bind_template_child (widget_class, OctavoNoteBanners, size_banner);
}

static void
octavo_note_banners_init (OctavoNoteBanners *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->buffer_signals = g_signal_group_new (OCTAVO_TYPE_NOTE_BUFFER);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::trashed", G_CALLBACK (update_trashed), self);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::conflict", G_CALLBACK (update_conflict), self);
  g_signal_group_connect_swapped (self->buffer_signals, "notify::truncated", G_CALLBACK (update_size), self);
  g_signal_group_connect_swapped (self->buffer_signals, "refused", G_CALLBACK (on_refused), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_note_banners_set_autosave:
 * @self: the banners
 * @autosave: what saves the notes, set once
 *
 * Tells of its problems from now on.
 */
void
octavo_note_banners_set_autosave (OctavoNoteBanners *self, OctavoAutosave *autosave)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BANNERS (self));
  g_return_if_fail (self->autosave == NULL);

  self->autosave = g_object_ref (autosave);
  g_signal_connect_object (autosave, "notify::problem", G_CALLBACK (update_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (autosave, "recreated", G_CALLBACK (on_recreated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (autosave, "adopted", G_CALLBACK (on_adopted), self, G_CONNECT_SWAPPED);
  update_problem (self);
}

/**
 * octavo_note_banners_set_buffer:
 * @self: the banners
 * @buffer: (nullable): the note that is open
 *
 * Turns to another note.
 */
void
octavo_note_banners_set_buffer (OctavoNoteBanners *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_NOTE_BANNERS (self));

  g_set_object (&self->buffer, buffer);
  g_signal_group_set_target (self->buffer_signals, buffer);
  octavo_banner_set_text (self->info_banner, NULL);
  update_conflict (self);
  update_trashed (self);
  update_size (self);
}
