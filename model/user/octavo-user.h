/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-types.h"

G_BEGIN_DECLS

/* A person whose notes are in the file: an entity of the mapper. */
#define OCTAVO_TYPE_USER (octavo_user_get_type ())
OCTAVO_DECLARE_FINAL_TYPE (OctavoUser, octavo_user, OCTAVO, USER)

gint64      octavo_user_get_id (OctavoUser *self);
const char *octavo_user_get_name (OctavoUser *self);
const char *octavo_user_get_email (OctavoUser *self);
const char *octavo_user_get_color (OctavoUser *self);
gint64      octavo_user_get_created (OctavoUser *self);

G_END_DECLS
