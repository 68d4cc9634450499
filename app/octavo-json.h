/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-note-values.h"
#include "octavo-note-version.h"
#include "octavo-output.h"
#include "octavo-problem.h"
#include "octavo-repair-report.h"
#include "octavo-snapshot.h"
#include "octavo-tag.h"
#include "octavo-user.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* An array that is written object by object, so that memory does not grow with their number. */
typedef struct
{
  OctavoOutput *output;
  gboolean      begun;
} OctavoJsonArray;

void      octavo_json_array_begin (OctavoJsonArray *self, OctavoOutput *output);
gboolean  octavo_json_array_take (OctavoJsonArray *self, JsonNode *object);
void      octavo_json_array_end (OctavoJsonArray *self);

JsonNode *octavo_json_note_new (const OctavoNoteValues *values) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *octavo_json_tag_new (const char *name, gint64 n_notes) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *octavo_json_user_new (OctavoUser *user, gint64 n_notes) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *octavo_json_snapshot_new (const OctavoSnapshot *snapshot) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *octavo_json_version_new (OctavoNoteVersion *version) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *octavo_json_repair_new (const OctavoRepairReport *report) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *octavo_json_problem_new (const OctavoProblem *problem) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
