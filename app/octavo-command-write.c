/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-write.h"

#include "octavo-command-versions.h"
#include "octavo-note-repository.h"
#include "octavo-tag.h"
#include "octavo-text.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define MAX_TRIES 20 /* where others write to the note at the same moment */

/* "-" stands for standard input. */
static char *
read_text (OctavoInvocation *invocation, const char *argument)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (g_str_equal (argument, "-"))
    {
      if (isatty (STDIN_FILENO) == 1 && isatty (STDERR_FILENO) == 1)
        octavo_output_complain (_ ("Write the text. Ctrl+D on a line of its own ends it."));
      text = octavo_text_from_stream (STDIN_FILENO, &error);
    }
  else
    text = octavo_text_from_argument (argument, &error);

  if (text == NULL)
    octavo_invocation_fail (invocation, error);

  return text;
}

/* One line: a title is shown in lists. */
static char *
read_title (OctavoInvocation *invocation, const char *argument)
{
  g_autoptr (GError) error = NULL;
  char *title = octavo_text_from_argument (argument, &error);

  if (title == NULL)
    octavo_invocation_fail (invocation, error);
  else
    g_strdelimit (title, "\r\n", ' ');

  return title;
}

/* All tags are looked at before the first is given, so that a bad one leaves no half of the work. */
static gboolean
read_tags (OctavoInvocation *invocation, const char *const *given, GStrv *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; given != NULL && given[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *name = NULL;
      g_autoptr (GError) error = NULL;

      text = octavo_text_from_argument (given[i], &error);
      if (text != NULL)
        name = octavo_tag_normalize_name (text, &error);

      if (name == NULL)
        return octavo_invocation_fail (invocation, error);

      g_strv_builder_add (builder, name);
    }

  *names = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
apply_tags (OctavoInvocation *invocation, OctavoNotesAction action, gint64 id, const char *const *names)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!octavo_note_repository_apply (octavo_store_get_notes (invocation->store), action, &id, 1, names[i], NULL,
                                         NULL, &error))
        return octavo_invocation_fail (invocation, error);
    }

  return TRUE;
}

/* A text that begins with a heading carries its title with it. */
static char *
dup_heading (const char *body)
{
  const char *start = body;

  while (g_ascii_isspace (*start))
    start++;

  if (start[0] != '#' || start[1] != ' ')
    return g_strdup ("");

  return g_strstrip (g_strndup (start + 2, strcspn (start + 2, "\r\n")));
}

static gint64
insert_note (OctavoInvocation *invocation, gint64 user_id, const char *title, const char *body)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (invocation->store);
  g_autoptr (OctavoNote) note = octavo_note_repository_create (notes, user_id);
  g_autofree char *heading = title == NULL ? dup_heading (body) : NULL;
  g_autoptr (GError) error = NULL;

  octavo_note_set_title (note, title != NULL ? title : heading);
  octavo_note_set_body (note, body);

  if (!octavo_note_repository_save (notes, note, NULL, &error))
    {
      octavo_invocation_fail (invocation, error);
      return 0;
    }

  return octavo_note_get_id (note);
}

/* TEXT, else what is piped in, unless a title alone makes the note. */
static const char *
find_text_argument (OctavoInvocation *invocation, const char *title)
{
  if (invocation->words[0] != NULL)
    return invocation->words[0];

  if (title != NULL)
    return "";

  return isatty (STDIN_FILENO) == 1 ? NULL : "-";
}

/**
 * octavo_command_add:
 * @invocation: the call
 *
 * Makes a note and prints its id.
 */
void
octavo_command_add (OctavoInvocation *invocation)
{
  g_autofree char *given_title = NULL;
  g_auto (GStrv) given_tags = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, OCTAVO_OPTION_TEXT, &given_title },
    { "tag", 0, 0, OCTAVO_OPTION_TEXTS, &given_tags },
    { NULL },
  };
  const char *argument = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_auto (GStrv) tags = NULL;
  gint64 user_id = 0;
  gint64 id = 0;

  if (!octavo_invocation_parse (invocation, entries))
    return;

  argument = find_text_argument (invocation, given_title);
  if (argument == NULL)
    {
      octavo_invocation_usage (invocation, _ ("There is nothing to add. Give a TEXT, - to read it, or a --title."));
      return;
    }

  if (!read_tags (invocation, (const char *const *) given_tags, &tags) ||
      (given_title != NULL && (title = read_title (invocation, given_title)) == NULL) ||
      (body = read_text (invocation, argument)) == NULL)
    return;

  if (body[0] == '\0' && (title == NULL || title[0] == '\0'))
    {
      octavo_invocation_usage (invocation, _ ("The text is empty. Nothing was added."));
      return;
    }

  if (!octavo_invocation_open (invocation) || !octavo_invocation_ensure_user (invocation, &user_id))
    return;

  id = insert_note (invocation, user_id, title, body);
  if (id != 0 && apply_tags (invocation, OCTAVO_NOTES_ADD_TAG, id, (const char *const *) tags))
    octavo_output_printf (&invocation->output, "%" G_GINT64_FORMAT "\n", id);
}

/* What edit is told. */
typedef struct
{
  char *title;
  char *body;
  GStrv tags;
  GStrv untags;
  gboolean pin;
  gboolean unpin;
} EditOptions;

static void
edit_options_clear (EditOptions *options)
{
  g_free (options->title);
  g_free (options->body);
  g_strfreev (options->tags);
  g_strfreev (options->untags);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EditOptions, edit_options_clear)

static gboolean
check_edit_options (OctavoInvocation *invocation, const EditOptions *options)
{
  if (options->pin && options->unpin)
    return octavo_invocation_usage (invocation, _ ("--pin and --unpin contradict each other."));

  if (options->title == NULL && options->body == NULL && options->tags == NULL && options->untags == NULL &&
      !options->pin && !options->unpin)
    return octavo_invocation_usage (invocation, _ ("There is nothing to change. Say what, for example with --title."));

  return TRUE;
}

static gboolean
change_words (OctavoInvocation *invocation, gint64 id, const char *title, const char *body, OctavoVersionReason reason)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (invocation->store);
  g_autoptr (OctavoNote) note = NULL;
  g_autoptr (GError) error = NULL;

  note = octavo_note_repository_get (notes, id, NULL, &error);
  for (guint n_tries = 1; note != NULL; n_tries++)
    {
      if (title != NULL)
        octavo_note_set_title (note, title);

      if (body != NULL)
        octavo_note_set_body (note, body);

      octavo_note_repository_end_sitting (notes, id, reason);
      if (octavo_note_repository_save (notes, note, NULL, &error))
        return TRUE;
      /* a window may be saving it: what is said here comes after that */
      if (n_tries == MAX_TRIES || !g_error_matches (error, OCTAVO_ERROR, OCTAVO_ERROR_CHANGED))
        break;
      g_clear_error (&error);
      octavo_note_repository_refresh (notes, note);
    }
  return octavo_invocation_fail (invocation, error);
}

static gboolean
change_pin (OctavoInvocation *invocation, gint64 id, const EditOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (!options->pin && !options->unpin)
    return TRUE;

  return octavo_note_repository_apply (octavo_store_get_notes (invocation->store),
                                       options->pin ? OCTAVO_NOTES_PIN : OCTAVO_NOTES_UNPIN, &id, 1, NULL, NULL, NULL,
                                       &error) ||
         octavo_invocation_fail (invocation, error);
}

/* Everything that can be wrong with the words is found before anything is written. */
static void
edit_note (OctavoInvocation *invocation, gint64 id, const EditOptions *options)
{
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_auto (GStrv) tags = NULL;
  g_auto (GStrv) untags = NULL;

  if (!read_tags (invocation, (const char *const *) options->tags, &tags) ||
      !read_tags (invocation, (const char *const *) options->untags, &untags) ||
      (options->title != NULL && (title = read_title (invocation, options->title)) == NULL) ||
      (options->body != NULL && (body = read_text (invocation, options->body)) == NULL))
    return;

  if (octavo_invocation_open (invocation) && change_words (invocation, id, title, body, OCTAVO_VERSION_COMMAND) &&
      apply_tags (invocation, OCTAVO_NOTES_REMOVE_TAG, id, (const char *const *) untags) &&
      apply_tags (invocation, OCTAVO_NOTES_ADD_TAG, id, (const char *const *) tags))
    change_pin (invocation, id, options);
}

/**
 * octavo_command_edit:
 * @invocation: the call
 *
 * Changes a note: its words, its tags, its pin.
 */
void
octavo_command_edit (OctavoInvocation *invocation)
{
  g_auto (EditOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "title", 0, 0, OCTAVO_OPTION_TEXT, &options.title },
    { "body", 0, 0, OCTAVO_OPTION_TEXT, &options.body },
    { "tag", 0, 0, OCTAVO_OPTION_TEXTS, &options.tags },
    { "untag", 0, 0, OCTAVO_OPTION_TEXTS, &options.untags },
    { "pin", 0, 0, G_OPTION_ARG_NONE, &options.pin },
    { "unpin", 0, 0, G_OPTION_ARG_NONE, &options.unpin },
    { NULL },
  };
  g_autoptr (GArray) ids = NULL;

  if (octavo_invocation_parse (invocation, entries) && octavo_invocation_parse_ids (invocation, &ids) &&
      check_edit_options (invocation, &options))
    edit_note (invocation, g_array_index (ids, gint64, 0), &options);
}

static gboolean
note_is_there (OctavoNoteValues *values, gpointer data)
{
  g_hash_table_add (data, g_memdup2 (&values->id, sizeof values->id));
  return TRUE;
}

/* Names the first id that no note has. */
static void
report_missing (OctavoInvocation *invocation, GArray *ids, GHashTable *there)
{
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (there, &g_array_index (ids, gint64, i)))
      {
        octavo_invocation_no_such_note (invocation, invocation->words[i]);
        return;
      }
}

/* Does to the notes that are there what is asked for; then says which is not there, as rm does with files. */
static void
apply_to_parsed (OctavoInvocation *invocation, OctavoNotesAction action)
{
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  OctavoNoteRepository *notes = NULL;

  if (!octavo_invocation_parse_ids (invocation, &ids) || !octavo_invocation_open (invocation))
    return;

  notes = octavo_store_get_notes (invocation->store);
  if (octavo_note_repository_foreach (notes, (const void *) ids->data, ids->len, FALSE, note_is_there, there, NULL,
                                      &error) &&
      octavo_note_repository_apply (notes, action, (const void *) ids->data, ids->len, NULL, NULL, NULL, &error))
    report_missing (invocation, ids, there);
  else
    octavo_invocation_fail (invocation, error);
}

static void
apply_to_ids (OctavoInvocation *invocation, OctavoNotesAction action)
{
  const GOptionEntry none[] = { { NULL } };

  if (octavo_invocation_parse (invocation, none))
    apply_to_parsed (invocation, action);
}

static void
restore_version (OctavoInvocation *invocation, gint64 version_id)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (OctavoNoteValues) version = NULL;

  if (invocation->words[1] != NULL)
    {
      octavo_invocation_usage (invocation, _ ("--version is about one note. Give one ID."));
      return;
    }
  if (!octavo_invocation_parse_ids (invocation, &ids) || !octavo_invocation_open (invocation))
    return;

  version = octavo_command_read_version (invocation, g_array_index (ids, gint64, 0), version_id);
  if (version != NULL)
    change_words (invocation, version->id, version->title, version->body, OCTAVO_VERSION_RESTORE);
}

/**
 * octavo_command_trash:
 * @invocation: the call
 *
 * Puts notes into the trash.
 */
void
octavo_command_trash (OctavoInvocation *invocation)
{
  apply_to_ids (invocation, OCTAVO_NOTES_TRASH);
}

/**
 * octavo_command_restore:
 * @invocation: the call
 *
 * Takes notes out of the trash, or has one say what it said before.
 */
void
octavo_command_restore (OctavoInvocation *invocation)
{
  gint64 version_id = 0;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_INT64, &version_id },
    { NULL },
  };

  if (!octavo_invocation_parse (invocation, entries))
    return;

  if (version_id != 0)
    restore_version (invocation, version_id);
  else
    apply_to_parsed (invocation, OCTAVO_NOTES_RESTORE);
}

/**
 * octavo_command_delete:
 * @invocation: the call
 *
 * Deletes notes for ever.
 */
void
octavo_command_delete (OctavoInvocation *invocation)
{
  apply_to_ids (invocation, OCTAVO_NOTES_DELETE);
}
