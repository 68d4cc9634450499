/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-salvage-schema.h"

G_BEGIN_DECLS

/* The tables that the migrations make. (element-type OctavoSalvageTable) */
GPtrArray *octavo_salvage_model_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* version: 0: the present one */
GPtrArray *octavo_salvage_model_new_for_version (guint version, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
