/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-search-provider.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* An application that the bus may start for a question. It has nothing to do with a display until a window is asked
 * for: then it wakes up, once, which is when others start up. */
#define OCTAVO_TYPE_QUIET_APPLICATION (octavo_quiet_application_get_type ())
G_DECLARE_DERIVABLE_TYPE (OctavoQuietApplication, octavo_quiet_application, OCTAVO, QUIET_APPLICATION, AdwApplication)

struct _OctavoQuietApplicationClass
{
  AdwApplicationClass parent_class;

  void (*wake) (OctavoQuietApplication *self); /* the default starts GTK */
};

void octavo_quiet_application_set_provider (OctavoQuietApplication *self, OctavoSearchProvider *provider);
void octavo_quiet_application_wake (OctavoQuietApplication *self);

G_END_DECLS
