/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-read.h"

#include "octavo-command-versions.h"
#include "octavo-excerpt.h"
#include "octavo-hit-excerpt.h"
#include "octavo-json.h"
#include "octavo-note-repository.h"
#include "octavo-note-table.h"
#include "octavo-progress-bar.h"
#include "octavo-search.h"
#include "octavo-text.h"

#include <glib/gi18n.h>

/* What list and search are told beside the query. */
typedef struct
{
  char *sort_name;
  char *limit_text;
  char *offset_text;
  gboolean json;

  OctavoSort sort;
  guint64 limit;
  guint64 offset;
} ListOptions;

#define LIST_ENTRIES(options)                                                                                          \
  { "sort", 0, 0, OCTAVO_OPTION_TEXT, &(options).sort_name },                                                          \
      { "limit", 0, 0, OCTAVO_OPTION_TEXT, &(options).limit_text },                                                    \
      { "offset", 0, 0, OCTAVO_OPTION_TEXT, &(options).offset_text },                                                  \
  {                                                                                                                    \
    "json", 0, 0, G_OPTION_ARG_NONE, &(options).json                                                                   \
  }

static void
list_options_clear (ListOptions *options)
{
  g_free (options->sort_name);
  g_free (options->limit_text);
  g_free (options->offset_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

static gboolean
read_sort (OctavoInvocation *invocation, ListOptions *options, gboolean by_relevance)
{
  static const char *const names[] = { "updated", "created", "title", "relevance", NULL };

  options->sort = OCTAVO_SORT_UPDATED;

  if (options->sort_name == NULL)
    return TRUE;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (options->sort_name, names[i]) && (i != OCTAVO_SORT_RELEVANCE || by_relevance))
      {
        options->sort = (OctavoSort) i;
        return TRUE;
      }

  return octavo_invocation_usage (invocation, _ ("“%s” is no order to sort by."), options->sort_name);
}

static gboolean
read_number (OctavoInvocation *invocation, const char *name, const char *text, guint64 *number)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, number, NULL))
    return TRUE;

  return octavo_invocation_usage (invocation, _ ("%s needs a number, and “%s” is none."), name, text);
}

static gboolean
read_list_options (OctavoInvocation *invocation, ListOptions *options, gboolean by_relevance)
{
  options->limit = G_MAXUINT64;

  return read_sort (invocation, options, by_relevance) &&
         read_number (invocation, "--limit", options->limit_text, &options->limit) &&
         read_number (invocation, "--offset", options->offset_text, &options->offset);
}

typedef struct
{
  OctavoInvocation *invocation;
  gboolean json;
  OctavoQuery *query; /* (nullable): what found the notes */
  gint64 version_id;  /* what it said before; 0: what it says */
  gboolean found;     /* (out): there was a note */
  OctavoJsonArray array;
  OctavoNoteTable table;
} Printer;

/* Where the start of the text has nothing of what was looked for, the line that has the first of it. */
static void
show_hit (OctavoNoteValues *values, OctavoQuery *query)
{
  g_autoptr (GArray) hits = octavo_query_find_hits (query, "body", values->excerpt, 1);
  g_autofree char *body = g_steal_pointer (&values->body);
  char *excerpt;
  gboolean gave_up;

  if (hits->len > 0)
    return;
  excerpt = octavo_hit_excerpt_new (query, body, 0, &gave_up);
  if (excerpt == NULL)
    return;
  g_free (values->excerpt);
  values->excerpt = excerpt;
}

static gboolean
print_note (OctavoNoteValues *values, gpointer data)
{
  Printer *printer = data;

  if (values->body != NULL)
    show_hit (values, printer->query);
  if (printer->json)
    return octavo_json_array_take (&printer->array, octavo_json_note_new (values));

  return octavo_note_table_add (&printer->table, values);
}

static gint64
find_greatest (const gint64 *ids, gsize n_ids)
{
  gint64 greatest = 0;

  for (gsize i = 0; i < n_ids; i++)
    greatest = MAX (greatest, ids[i]);

  return greatest;
}

static void
print_notes (OctavoInvocation *invocation, OctavoQuery *query, const gint64 *ids, gsize n_ids, gboolean json)
{
  Printer printer = { .invocation = invocation, .json = json, .query = query };
  gboolean shows_hits = json && query != NULL && octavo_query_can_hit (query, "body");
  g_autoptr (GError) error = NULL;

  if (json)
    octavo_json_array_begin (&printer.array, &invocation->output);
  else
    octavo_note_table_init (&printer.table, &invocation->output, find_greatest (ids, n_ids));

  if (!octavo_note_repository_foreach (octavo_store_get_notes (invocation->store), ids, n_ids, shows_hits, print_note,
                                       &printer, NULL, &error))
    {
      octavo_invocation_fail (invocation, error);
      return;
    }

  if (json)
    octavo_json_array_end (&printer.array);
}

/* A search that waits for the index. */
typedef struct
{
  OctavoProgressBar bar;
  guint n_notes; /* that were not indexed */
} Waiting;

static void
on_n_pending (OctavoSearch *search, GParamSpec *pspec, gpointer data)
{
  Waiting *waiting = data;
  guint n_pending = octavo_search_get_n_pending (search);

  waiting->n_notes = MAX (waiting->n_notes, n_pending);
  if (waiting->n_notes > 0)
    octavo_progress_bar_update (1 - (double) n_pending / (double) waiting->n_notes, &waiting->bar);
}

static GArray *
find (OctavoInvocation *invocation, OctavoQuery *query, const OctavoScope *scope, OctavoSort sort, GError **error)
{
  OctavoSearch *search = octavo_store_get_search (invocation->store);
  Waiting waiting = { .n_notes = 0 };
  GArray *ids = NULL;
  gulong handler = 0;

  octavo_progress_bar_init (&waiting.bar, _ ("Indexing"));
  handler = g_signal_connect (search, "notify::n-pending", G_CALLBACK (on_n_pending), &waiting);
  ids = octavo_search_run (search, query, scope, sort, NULL, error);
  g_signal_handler_disconnect (search, handler);
  octavo_progress_bar_clear (&waiting.bar);
  return ids;
}

static void
find_and_print (OctavoInvocation *invocation, OctavoQuery *query, const ListOptions *options)
{
  OctavoScope scope = { .place = OCTAVO_PLACE_ALL };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  gsize first = 0;
  gsize n_ids = 0;

  if (!octavo_invocation_open_for_reading (invocation) || !octavo_invocation_find_user (invocation, &scope.user_id))
    return;

  ids = find (invocation, query, &scope, options->sort, &error);
  if (ids == NULL)
    {
      octavo_invocation_fail (invocation, error);
      return;
    }

  first = (gsize) MIN (options->offset, ids->len);
  n_ids = (gsize) MIN (options->limit, ids->len - first);
  print_notes (invocation, query, (const gint64 *) (const void *) ids->data + first, n_ids, options->json);
}

/**
 * octavo_command_list:
 * @invocation: the call
 *
 * Lists the notes that are not in the trash.
 */
void
octavo_command_list (OctavoInvocation *invocation)
{
  g_auto (ListOptions) options = { 0 };
  const GOptionEntry entries[] = { LIST_ENTRIES (options), { NULL } };

  if (octavo_invocation_parse (invocation, entries) && read_list_options (invocation, &options, FALSE))
    find_and_print (invocation, NULL, &options);
}

/**
 * octavo_command_search:
 * @invocation: the call
 *
 * Lists the notes that a query finds. Several words are one query, as they are in the search entry.
 */
void
octavo_command_search (OctavoInvocation *invocation)
{
  g_auto (ListOptions) options = { 0 };
  const GOptionEntry entries[] = { LIST_ENTRIES (options), { NULL } };
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  g_autoptr (OctavoQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  if (!octavo_invocation_parse (invocation, entries) || !read_list_options (invocation, &options, TRUE))
    return;

  words = g_strjoinv (" ", invocation->words);
  text = octavo_text_from_argument (words, &error);
  if (text == NULL)
    {
      octavo_invocation_fail (invocation, error);
      return;
    }

  query = octavo_query_new (text);
  if (octavo_query_was_cut (query))
    octavo_output_complain (_ ("The query is too long. Its end was not looked at."));

  find_and_print (invocation, query, &options);
}

/* Puts what the note said before in the place of what it says. */
static gboolean
put_version (Printer *printer, OctavoNoteValues *values)
{
  g_autoptr (OctavoNoteValues) version =
      octavo_command_read_version (printer->invocation, values->id, printer->version_id);

  if (version == NULL)
    return FALSE;
  g_free (values->title);
  g_free (values->body);
  g_free (values->excerpt);
  values->title = g_steal_pointer (&version->title);
  values->body = g_steal_pointer (&version->body);
  values->excerpt = octavo_excerpt_new (values->body, values->title);
  values->updated = version->updated;
  return TRUE;
}

static gboolean
show_note (OctavoNoteValues *values, gpointer data)
{
  Printer *printer = data;

  printer->found = TRUE;
  if (printer->version_id != 0 && !put_version (printer, values))
    return FALSE;

  if (!printer->json)
    {
      octavo_note_table_show (&printer->invocation->output, values);
      return TRUE;
    }

  octavo_json_array_begin (&printer->array, &printer->invocation->output);
  octavo_json_array_take (&printer->array, octavo_json_note_new (values));
  octavo_json_array_end (&printer->array);
  return TRUE;
}

/**
 * octavo_command_show:
 * @invocation: the call
 *
 * Prints one note, wherever it is, or one of its versions.
 */
void
octavo_command_show (OctavoInvocation *invocation)
{
  Printer printer = { .invocation = invocation };
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_INT64, &printer.version_id },
    { "json", 0, 0, G_OPTION_ARG_NONE, &printer.json },
    { NULL },
  };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  if (!octavo_invocation_parse (invocation, entries) || !octavo_invocation_parse_ids (invocation, &ids) ||
      !octavo_invocation_open_for_reading (invocation))
    return;

  if (!octavo_note_repository_foreach (octavo_store_get_notes (invocation->store), (const void *) ids->data, 1, TRUE,
                                       show_note, &printer, NULL, &error))
    octavo_invocation_fail (invocation, error);
  else if (!printer.found)
    octavo_invocation_no_such_note (invocation, invocation->words[0]);
}
