/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-quiet-application.h"

/* The desktop starts a program for a search with each key that is typed into it: to connect to the display, and to read
 * style sheets, would take longer than the search, and nobody would see anything of it. So what GtkApplication and
 * AdwApplication do at the startup is put off until somebody wants a window: by a call, an action, a link, or by what a
 * search is led to. Whoever was started by the bus and is asked nothing more goes away again. */

#define PATIENCE 15000 /* milliseconds without a question until that */

typedef struct
{
  OctavoSearchProvider *provider; /* (nullable) */
  gboolean is_awake;
} OctavoQuietApplicationPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (OctavoQuietApplication, octavo_quiet_application, ADW_TYPE_APPLICATION)

static OctavoQuietApplicationPrivate *
get_private (gpointer self)
{
  return octavo_quiet_application_get_instance_private (self);
}

/* What GLib alone does. */
static GApplicationClass *
get_plain_class (void)
{
  return g_type_class_peek (G_TYPE_APPLICATION);
}

static void
octavo_quiet_application_startup (GApplication *application)
{
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) == 0)
    {
      octavo_quiet_application_wake (OCTAVO_QUIET_APPLICATION (application));
      return;
    }
  g_application_set_inactivity_timeout (application, PATIENCE);
  get_plain_class ()->startup (application);
}

static void
octavo_quiet_application_shutdown (GApplication *application)
{
  if (get_private (application)->is_awake)
    G_APPLICATION_CLASS (octavo_quiet_application_parent_class)->shutdown (application);
  else
    get_plain_class ()->shutdown (application);
}

static void
octavo_quiet_application_real_wake (OctavoQuietApplication *self)
{
  G_APPLICATION_CLASS (octavo_quiet_application_parent_class)->startup (G_APPLICATION (self));
}

/* Another process wants something: to show a window, to open a file, to run an action. */
static void
octavo_quiet_application_before_emit (GApplication *application, GVariant *platform_data)
{
  octavo_quiet_application_wake (OCTAVO_QUIET_APPLICATION (application));
  G_APPLICATION_CLASS (octavo_quiet_application_parent_class)->before_emit (application, platform_data);
}

static gboolean
octavo_quiet_application_dbus_register (GApplication *application,
                                        GDBusConnection *connection,
                                        const char *object_path,
                                        GError **error)
{
  OctavoSearchProvider *provider = get_private (application)->provider;
  g_autofree char *path = g_strconcat (object_path, "/SearchProvider", NULL);

  return G_APPLICATION_CLASS (octavo_quiet_application_parent_class)
             ->dbus_register (application, connection, object_path, error) &&
         (provider == NULL || octavo_search_provider_export (provider, connection, path, error));
}

static void
octavo_quiet_application_dbus_unregister (GApplication *application,
                                          GDBusConnection *connection,
                                          const char *object_path)
{
  if (get_private (application)->provider != NULL)
    octavo_search_provider_unexport (get_private (application)->provider);
  G_APPLICATION_CLASS (octavo_quiet_application_parent_class)->dbus_unregister (application, connection, object_path);
}

static void
octavo_quiet_application_dispose (GObject *object)
{
  g_clear_object (&get_private (object)->provider);
  G_OBJECT_CLASS (octavo_quiet_application_parent_class)->dispose (object);
}

static void
octavo_quiet_application_class_init (OctavoQuietApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_quiet_application_dispose;
  application_class->startup = octavo_quiet_application_startup;
  application_class->shutdown = octavo_quiet_application_shutdown;
  application_class->before_emit = octavo_quiet_application_before_emit;
  application_class->dbus_register = octavo_quiet_application_dbus_register;
  application_class->dbus_unregister = octavo_quiet_application_dbus_unregister;
  klass->wake = octavo_quiet_application_real_wake;
}

static void
octavo_quiet_application_init (OctavoQuietApplication *self)
{
}

/**
 * octavo_quiet_application_set_provider:
 * @self: an application that is not registered yet
 * @provider: what answers searches
 *
 * Has it asked by the bus, below the path of the application.
 */
void
octavo_quiet_application_set_provider (OctavoQuietApplication *self, OctavoSearchProvider *provider)
{
  g_return_if_fail (OCTAVO_IS_QUIET_APPLICATION (self));

  g_set_object (&get_private (self)->provider, provider);
}

/**
 * octavo_quiet_application_wake:
 * @self: an application
 *
 * Starts GTK, and what windows need, where that has not been done.
 */
void
octavo_quiet_application_wake (OctavoQuietApplication *self)
{
  OctavoQuietApplicationPrivate *private = get_private (self);

  g_return_if_fail (OCTAVO_IS_QUIET_APPLICATION (self));

  if (private->is_awake)
    return;
  private->is_awake = TRUE;
  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
  if (private->provider != NULL)
    octavo_search_provider_use (private->provider, NULL);
  OCTAVO_QUIET_APPLICATION_GET_CLASS (self)->wake (self);
}
