/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-launch.h"

#include "octavo-quiet-application.h"

G_BEGIN_DECLS

#define OCTAVO_TYPE_APPLICATION (octavo_application_get_type ())
G_DECLARE_FINAL_TYPE (OctavoApplication, octavo_application, OCTAVO, APPLICATION, OctavoQuietApplication)

OctavoApplication *octavo_application_new (const OctavoLaunch *launch) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
