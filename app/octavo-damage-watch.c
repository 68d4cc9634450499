/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-damage-watch.h"

#include "octavo-rest-check.h"
#include "octavo-window.h"

struct _OctavoDamageWatch
{
  GObject parent_instance;

  GtkApplication *application; /* weak */
  OctavoRestCheck *check;
  guint idle;
};

G_DEFINE_FINAL_TYPE (OctavoDamageWatch, octavo_damage_watch, G_TYPE_OBJECT)

static gboolean
tell (gpointer data)
{
  OctavoDamageWatch *self = data;
  GList *windows = self->application != NULL ? gtk_application_get_windows (self->application) : NULL;

  self->idle = 0;
  for (GList *link = windows; link != NULL; link = link->next)
    if (OCTAVO_IS_WINDOW (link->data))
      octavo_window_tell_damage (link->data);
  return G_SOURCE_REMOVE;
}

/* A window that was added is still being put together. */
static void
queue_telling (OctavoDamageWatch *self)
{
  if (self->idle == 0 && octavo_rest_check_is_damaged (self->check))
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, tell, self, NULL);
}

/* A backup reads everything, too. */
static void
on_backup_problem (OctavoDamageWatch *self, GParamSpec *pspec, OctavoBackupKeeper *backups)
{
  if (octavo_backup_keeper_is_stopped_by_damage (backups))
    octavo_rest_check_suspect (self->check);
}

static void
octavo_damage_watch_dispose (GObject *object)
{
  OctavoDamageWatch *self = OCTAVO_DAMAGE_WATCH (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->check);
  G_OBJECT_CLASS (octavo_damage_watch_parent_class)->dispose (object);
}

static void
octavo_damage_watch_class_init (OctavoDamageWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_damage_watch_dispose;
}

static void
octavo_damage_watch_init (OctavoDamageWatch *self)
{
}

/**
 * octavo_damage_watch_new:
 * @application: whose windows say so
 * @store: an open store
 * @backups: what makes its backups
 * @name: what the application that has the file open is called: when the file was read last is a matter of each file
 *   and machine
 *
 * Begins to look after the file. Main thread.
 *
 * Returns: (transfer full): what does it, for as long as it is kept
 */
OctavoDamageWatch *
octavo_damage_watch_new (GtkApplication *application, OctavoStore *store, OctavoBackupKeeper *backups, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".checked", NULL);
  g_autofree char *stamp = g_build_filename (g_get_user_state_dir (), "octavo", file, NULL);
  OctavoDamageWatch *self = g_object_new (OCTAVO_TYPE_DAMAGE_WATCH, NULL);

  g_set_weak_pointer (&self->application, application);
  self->check = octavo_rest_check_new (store, stamp);
  g_signal_connect_object (self->check, "notify::damaged", G_CALLBACK (queue_telling), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (queue_telling), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backups, "notify::problem", G_CALLBACK (on_backup_problem), self, G_CONNECT_SWAPPED);
  return self;
}
