/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-search-results.h"

#include "octavo-hit-excerpt.h"
#include "octavo-note-repository.h"
#include "octavo-search-provider.h"
#include "octavo-task.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

/* A result is known by the id of its note. The one that makes a note carries the text that it is made of, as whoever
 * asks for its looks does not say again what was typed; names that begin with "special:" the Shell shows in any case,
 * however many others there are. */

#define CREATE      "special:create:"
#define MAX_TEXT    1000  /* characters of what is typed that are looked at */
#define MAX_NAME    200   /* characters that are shown of a title */
#define MAX_ASKED   64    /* results that are described at once */
#define EXCERPT_FOR 20000 /* microseconds that are spent on finding the hits of all of them */

static char *
shorten (const char *text, glong n_characters)
{
  const char *end = text;

  for (glong i = 0; i < n_characters && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  return g_strndup (text, (gsize) (end - text));
}

/* One line, of what a person sees. */
static char *
clean (const char *text, glong n_characters)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  char *line = shorten (valid, n_characters);

  for (char *at = line; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return g_strstrip (line);
}

/**
 * octavo_search_results_join_terms:
 * @terms: (array zero-terminated=1): words as the desktop parts them
 *
 * Makes a query of them, as it was typed. Very long ones are cut. Any thread.
 *
 * Returns: (transfer full): the query; "" where there is none
 */
char *
octavo_search_results_join_terms (const char *const *terms)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (terms != NULL, NULL);

  for (gsize i = 0; terms[i] != NULL && text->len < 4 * MAX_TEXT; i++)
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_len (text, terms[i], (gssize) strnlen (terms[i], 4 * MAX_TEXT));
    }
  return clean (text->str, MAX_TEXT);
}

/**
 * octavo_search_results_make_ids:
 * @note_ids: (nullable) (element-type gint64): the notes that were found, the best first
 * @text: what was typed
 *
 * Names the first of them, and what makes a note of the text. Any thread.
 *
 * Returns: (transfer floating): a tuple of a list of names
 */
GVariant *
octavo_search_results_make_ids (const GArray *note_ids, const char *text)
{
  GVariantBuilder builder;
  guint n_notes = note_ids != NULL ? MIN (note_ids->len, OCTAVO_SEARCH_PROVIDER_MAX_RESULTS) : 0;

  g_return_val_if_fail (text != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(as)"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < n_notes; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" PRId64, g_array_index (note_ids, gint64, i));

      g_variant_builder_add (&builder, "s", id);
    }
  if (*text != '\0')
    {
      g_autofree char *id = g_strconcat (CREATE, text, NULL);

      g_variant_builder_add (&builder, "s", id);
    }
  g_variant_builder_close (&builder);
  return g_variant_builder_end (&builder);
}

/**
 * octavo_search_results_get_note:
 * @id: the name of a result
 *
 * Returns: the note that it stands for; 0: none
 */
gint64
octavo_search_results_get_note (const char *id)
{
  guint64 number = 0;

  g_return_val_if_fail (id != NULL, 0);

  return g_ascii_string_to_unsigned (id, 10, 1, G_MAXINT64, &number, NULL) ? (gint64) number : 0;
}

/**
 * octavo_search_results_dup_title:
 * @id: the name of a result
 *
 * Returns: (transfer full) (nullable): the title of the note that it makes; %NULL where it makes none
 */
char *
octavo_search_results_dup_title (const char *id)
{
  g_autofree char *title = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  if (!g_str_has_prefix (id, CREATE))
    return NULL;
  title = clean (id + strlen (CREATE), MAX_TEXT);
  return *title != '\0' ? g_steal_pointer (&title) : NULL;
}

/* ---- What they look like ---- */

typedef struct
{
  OctavoNoteRepository *notes; /* NULL: no file is open */
  OctavoQuery *query;          /* (nullable) */
  GStrv ids;
  gint64 deadline;
  GHashTable *described; /* note id → a{sv} */
  GVariant *result;
} Description;

static void
description_free (gpointer data)
{
  Description *self = data;

  g_clear_object (&self->notes);
  g_clear_pointer (&self->query, octavo_query_unref);
  g_clear_pointer (&self->result, g_variant_unref);
  g_hash_table_unref (self->described);
  g_strfreev (self->ids);
  g_free (self);
}

static GVariant *
make_meta (const char *id, const char *name, const char *description, const char *icon)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (&builder, "{sv}", "name", g_variant_new_string (name));
  if (description != NULL && *description != '\0')
    g_variant_builder_add (&builder, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (&builder, "{sv}", "gicon", g_variant_new_string (icon));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* The start of the text, where that has what was looked for; else the line around the first hit. */
static char *
dup_excerpt (const Description *self, const OctavoNoteValues *values)
{
  g_autoptr (GArray) hits = NULL;
  char *excerpt = NULL;
  gboolean gave_up;

  if (self->query != NULL && values->body != NULL)
    {
      hits = octavo_query_find_hits (self->query, "body", values->excerpt, 1);
      if (hits->len == 0)
        excerpt = octavo_hit_excerpt_new (self->query, values->body, self->deadline, &gave_up);
    }
  return excerpt != NULL ? excerpt : g_strdup (values->excerpt);
}

static gboolean
describe_note (OctavoNoteValues *values, gpointer data)
{
  Description *self = data;
  g_autofree char *id = g_strdup_printf ("%" PRId64, values->id);
  g_autofree char *name = clean (values->title, MAX_NAME);
  g_autofree char *excerpt = dup_excerpt (self, values);
  g_autofree char *description = g_utf8_make_valid (excerpt, -1);

  g_hash_table_insert (self->described, g_memdup2 (&values->id, sizeof values->id),
                       make_meta (id, *name != '\0' ? name : _ ("Untitled"), description, "text-x-generic"));
  return TRUE;
}

static GVariant *
describe_creation (const char *id)
{
  g_autofree char *title = octavo_search_results_dup_title (id);
  g_autofree char *shown = title != NULL ? shorten (title, MAX_NAME) : NULL;
  g_autofree char *name = NULL;

  if (shown == NULL)
    return NULL;
  /* Translators: in the search of the desktop: makes a note with that title. */
  name = g_strdup_printf (_ ("Create note: %s"), shown);
  return make_meta (id, name, NULL, "document-new");
}

/* In the order that they were asked for; what nobody knows is left out. */
static GVariant *
put_together (Description *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(aa{sv})"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; self->ids[i] != NULL; i++)
    {
      gint64 note_id = octavo_search_results_get_note (self->ids[i]);
      GVariant *known = note_id != 0 ? g_hash_table_lookup (self->described, &note_id) : NULL;
      g_autoptr (GVariant) meta = known != NULL ? g_variant_ref (known) : describe_creation (self->ids[i]);

      if (meta != NULL)
        g_variant_builder_add_value (&builder, meta);
    }
  g_variant_builder_close (&builder);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gboolean
describe (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Description *self = data;
  g_autoptr (GArray) note_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean with_body = self->query != NULL && octavo_query_can_hit (self->query, "body");

  for (gsize i = 0; self->ids[i] != NULL; i++)
    {
      gint64 id = octavo_search_results_get_note (self->ids[i]);

      if (id != 0)
        g_array_append_val (note_ids, id);
    }
  if (self->notes != NULL && note_ids->len > 0 &&
      !octavo_note_repository_foreach (self->notes, (const gint64 *) (gpointer) note_ids->data, note_ids->len,
                                       with_body, describe_note, self, cancellable, error))
    return FALSE;
  self->result = put_together (self);
  return TRUE;
}

/**
 * octavo_search_results_describe_async:
 * @store: (nullable): an open store
 * @query: (nullable): what was searched for
 * @ids: (array zero-terminated=1): names of results; no more than 64 are looked at
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out what the desktop shows of results: the title, and the line with the first hit. Main thread.
 */
void
octavo_search_results_describe_async (OctavoStore *store,
                                      OctavoQuery *query,
                                      const char *const *ids,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Description *self = g_new0 (Description, 1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_task_set_source_tag (task, octavo_search_results_describe_async);
  for (gsize i = 0; i < MAX_ASKED && ids[i] != NULL; i++)
    g_strv_builder_add (builder, ids[i]);
  self->ids = g_strv_builder_end (builder);
  self->notes = store != NULL ? g_object_ref (octavo_store_get_notes (store)) : NULL;
  self->query = query != NULL ? octavo_query_ref (query) : NULL;
  self->deadline = g_get_monotonic_time () + EXCERPT_FOR;
  self->described = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_variant_unref);
  g_task_set_task_data (task, self, description_free);
  octavo_task_run_in_thread (task, describe);
}

/**
 * octavo_search_results_describe_finish:
 * @result: what the callback was given
 * @error: G_IO_ERROR_CANCELLED, OCTAVO_ERROR
 *
 * Returns: (transfer full) (nullable): a tuple of a list of dictionaries
 */
GVariant *
octavo_search_results_describe_finish (GAsyncResult *result, GError **error)
{
  Description *self = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&self->result) : NULL;
}
