/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-command-names.h"

#include "octavo-json.h"
#include "octavo-note-repository.h"
#include "octavo-tag-repository.h"
#include "octavo-user-repository.h"

#include <glib/gi18n.h>

/* A name and a number, in columns on a terminal. */
static gboolean
print_count (OctavoOutput *output, const char *name, gint64 count)
{
  g_autofree char *clean = octavo_output_clean (name, FALSE);

  if (output->terminal)
    return octavo_output_printf (output, "%7" G_GINT64_FORMAT "  %s\n", count, clean);

  return octavo_output_printf (output, "%s\t%" G_GINT64_FORMAT "\n", clean, count);
}

/**
 * octavo_command_tags:
 * @invocation: the call
 *
 * Lists the tags, and how many notes have each.
 */
void
octavo_command_tags (OctavoInvocation *invocation)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json },
    { NULL },
  };
  OctavoJsonArray array;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GError) error = NULL;

  if (!octavo_invocation_parse (invocation, entries) || !octavo_invocation_open_for_reading (invocation))
    return;

  tags = octavo_tag_repository_read (octavo_store_get_tags (invocation->store), &error);
  if (tags == NULL)
    {
      octavo_invocation_fail (invocation, error);
      return;
    }

  if (json)
    octavo_json_array_begin (&array, &invocation->output);

  for (guint i = 0; i < tags->len; i++)
    {
      OctavoTag *tag = g_ptr_array_index (tags, i);
      const char *name = octavo_tag_get_name (tag);
      gint64 n_notes = octavo_tag_get_n_notes (tag);

      if (json)
        octavo_json_array_take (&array, octavo_json_tag_new (name, n_notes));
      else
        print_count (&invocation->output, name, n_notes);
    }

  if (json)
    octavo_json_array_end (&array);
}

/**
 * octavo_command_users:
 * @invocation: the call
 *
 * Lists the users, and how many notes each has outside of the trash.
 */
void
octavo_command_users (OctavoInvocation *invocation)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json },
    { NULL },
  };
  OctavoJsonArray array;
  GListModel *users = NULL;

  if (!octavo_invocation_parse (invocation, entries) || !octavo_invocation_open_for_reading (invocation))
    return;

  if (json)
    octavo_json_array_begin (&array, &invocation->output);

  users = octavo_user_repository_get_list (octavo_store_get_users (invocation->store));
  for (guint i = 0; i < g_list_model_get_n_items (users); i++)
    {
      g_autoptr (OctavoUser) user = g_list_model_get_item (users, i);
      g_autoptr (GError) error = NULL;
      OctavoScope scope = { .place = OCTAVO_PLACE_ALL, .user_id = octavo_user_get_id (user) };
      gint64 n_notes = 0;

      if (!octavo_note_repository_count (octavo_store_get_notes (invocation->store), &scope, &n_notes, &error))
        {
          octavo_invocation_fail (invocation, error);
          return;
        }

      if (json)
        octavo_json_array_take (&array, octavo_json_user_new (user, n_notes));
      else
        print_count (&invocation->output, octavo_user_get_name (user), n_notes);
    }

  if (json)
    octavo_json_array_end (&array);
}
