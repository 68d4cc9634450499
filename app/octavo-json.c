/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-json.h"

/**
 * octavo_json_array_begin:
 * @self: an array that was not used yet
 * @output: where it goes; has to outlive the array
 *
 * Starts an array.
 */
void
octavo_json_array_begin (OctavoJsonArray *self, OctavoOutput *output)
{
  *self = (OctavoJsonArray){ .output = output };
  octavo_output_write (output, "[");
}

/* A terminal obeys U+0080 to U+009F as it does ESC, and json-glib writes them as they are; as it does U+001F, which
 * JSON does not allow. */
static char *
escape_controls (char *text)
{
  GString *escaped = NULL;
  const char *begin = text;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character >= 0x20 && (character < 0x7f || character > 0x9f))
        continue;
      if (escaped == NULL)
        escaped = g_string_new (NULL);
      g_string_append_len (escaped, begin, at - begin);
      g_string_append_printf (escaped, "\\u%04x", character);
      begin = g_utf8_next_char (at);
    }
  if (escaped == NULL)
    return text;

  g_string_append (escaped, begin);
  g_free (text);
  return g_string_free (escaped, FALSE);
}

/**
 * octavo_json_array_take:
 * @self: an array
 * @object: (transfer full): its next element
 *
 * Writes one element, on a line of its own.
 *
 * Returns: FALSE where there is no point in writing more
 */
gboolean
octavo_json_array_take (OctavoJsonArray *self, JsonNode *object)
{
  g_autoptr (JsonNode) node = object;
  g_autofree char *text = escape_controls (json_to_string (node, FALSE));
  const char *separator = self->begun ? ",\n" : "\n";

  self->begun = TRUE;

  return octavo_output_write (self->output, separator) && octavo_output_write (self->output, text);
}

/**
 * octavo_json_array_end:
 * @self: an array
 *
 * Ends the array and its line.
 */
void
octavo_json_array_end (OctavoJsonArray *self)
{
  octavo_output_write (self->output, self->begun ? "\n]\n" : "]\n");
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value != NULL ? value : "");
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* ISO 8601 in UTC; null for what no calendar has a day for (the file can be edited by other programs). */
static void
add_time (JsonBuilder *builder, const char *name, gint64 microseconds)
{
  gint64 seconds = microseconds / G_USEC_PER_SEC - (microseconds % G_USEC_PER_SEC < 0 ? 1 : 0);
  g_autoptr (GDateTime) whole = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) time = whole ? g_date_time_add (whole, microseconds - seconds * G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time ? g_date_time_format_iso8601 (time) : NULL;

  json_builder_set_member_name (builder, name);

  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * octavo_json_note_new:
 * @values: a note; its body is left out where it was not read
 *
 * Makes the object that stands for a note.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
octavo_json_note_new (const OctavoNoteValues *values)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_int (builder, "id", values->id);
  add_string (builder, "title", values->title);

  if (values->body != NULL)
    add_string (builder, "body", values->body);

  add_string (builder, "excerpt", values->excerpt);

  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  for (gsize i = 0; values->tags != NULL && values->tags[i] != NULL; i++)
    json_builder_add_string_value (builder, values->tags[i]);
  json_builder_end_array (builder);

  add_string (builder, "user", values->user_name);
  add_time (builder, "created", values->created);
  add_time (builder, "updated", values->updated);
  add_boolean (builder, "pinned", values->pinned);
  add_boolean (builder, "trashed", values->trashed != 0);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * octavo_json_tag_new:
 * @name: the name of a tag
 * @n_notes: how many notes have it
 *
 * Makes the object that stands for a tag.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
octavo_json_tag_new (const char *name, gint64 n_notes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_string (builder, "name", name);
  add_int (builder, "notes", n_notes);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * octavo_json_user_new:
 * @user: a user
 * @n_notes: how many notes they have
 *
 * Makes the object that stands for a user.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
octavo_json_user_new (OctavoUser *user, gint64 n_notes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_int (builder, "id", octavo_user_get_id (user));
  add_string (builder, "name", octavo_user_get_name (user));
  add_string (builder, "email", octavo_user_get_email (user));
  add_time (builder, "created", octavo_user_get_created (user));
  add_int (builder, "notes", n_notes);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * octavo_json_version_new:
 * @version: what a note said before
 *
 * Makes the object that stands for it.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
octavo_json_version_new (OctavoNoteVersion *version)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_int (builder, "version", octavo_note_version_get_id (version));
  add_int (builder, "id", octavo_note_version_get_note_id (version));
  add_string (builder, "title", octavo_note_version_get_title (version));
  add_int (builder, "size", octavo_note_version_get_size (version));
  add_string (builder, "reason", octavo_version_reason_to_string (octavo_note_version_get_reason (version)));
  add_time (builder, "updated", octavo_note_version_get_updated (version));
  add_time (builder, "kept", octavo_note_version_get_made (version));
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * octavo_json_problem_new:
 * @problem: something that is wrong with the file
 *
 * Makes the object that stands for a problem.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
octavo_json_problem_new (const OctavoProblem *problem)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_string (builder, "problem", problem->text);
  add_boolean (builder, "mended", problem->is_mended);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/**
 * octavo_json_snapshot_new:
 * @snapshot: a backup that was looked at
 *
 * Makes the object that stands for a backup.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
octavo_json_snapshot_new (const OctavoSnapshot *snapshot)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *file = g_filename_display_name (snapshot->path);

  json_builder_begin_object (builder);
  add_string (builder, "file", file);
  add_time (builder, "made", snapshot->time);
  add_string (builder, "kind", octavo_snapshot_kind_get_name (snapshot->kind));
  json_builder_set_member_name (builder, "notes");
  if (snapshot->n_notes >= 0)
    json_builder_add_int_value (builder, snapshot->n_notes);
  else
    json_builder_add_null_value (builder); /* it cannot be read */
  add_int (builder, "size", snapshot->size);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static void
add_path (JsonBuilder *builder, const char *name, const char *path)
{
  g_autofree char *text = path != NULL ? g_filename_display_name (path) : NULL;

  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_repaired_notes (JsonBuilder *builder, const GPtrArray *notes)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++)
    {
      const OctavoRepairNote *note = g_ptr_array_index (notes, i);

      json_builder_begin_object (builder);
      add_int (builder, "id", note->id);
      add_string (builder, "title", note->title);
      add_string (builder, "fate", octavo_repair_fate_get_name (note->fate));
      if (note->beside_id != 0)
        add_int (builder, "beside", note->beside_id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/**
 * octavo_json_repair_new:
 * @report: what a repair did
 *
 * Makes the object that stands for a repair. Notes that are as they were are only counted.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
octavo_json_repair_new (const OctavoRepairReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_path (builder, "file", report->path);
  json_builder_set_member_name (builder, "sound");
  json_builder_add_boolean_value (builder, report->is_sound);
  add_path (builder, "kept", report->kept);
  add_path (builder, "report", report->file);
  add_path (builder, "backup", report->backup);
  add_int (builder, "whole", report->n_whole);
  add_int (builder, "unknown", report->n_unknown);
  add_repaired_notes (builder, report->notes);
  json_builder_set_member_name (builder, "remarks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->remarks->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (report->remarks, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
