/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-launch-user.h"

#include "octavo-stand-in.h"
#include "octavo-tag.h"
#include "octavo-user-memory.h"
#include "octavo-user-repository.h"

#include <glib/gi18n.h>

/**
 * octavo_launch_user_find:
 * @store: an open store
 * @name: what somebody is called, in any case
 *
 * Returns: the id of who has that name; 0: nobody has
 */
gint64
octavo_launch_user_find (OctavoStore *store, const char *name)
{
  GListModel *list = octavo_user_repository_get_list (octavo_store_get_users (store));
  g_autofree char *folded = octavo_tag_fold_name (name);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OctavoUser) user = g_list_model_get_item (list, i);
      g_autofree char *other = octavo_tag_fold_name (octavo_user_get_name (user));

      if (g_str_equal (folded, other))
        return octavo_user_get_id (user);
    }

  return 0;
}

/**
 * octavo_launch_user_recall:
 * @store: an open store
 * @is_alone: (out) (optional): whether only the notes of that user are shown
 *
 * Finds out who is in use, as a new window does.
 *
 * Returns: the id of whose notes are made
 */
gint64
octavo_launch_user_recall (OctavoStore *store, gboolean *is_alone)
{
  OctavoUserRepository *users = octavo_store_get_users (store);
  gboolean has_others = g_list_model_get_n_items (octavo_user_repository_get_list (users)) > 1;
  gboolean shows_everyone = FALSE;
  gint64 user_id = 0;

  if (!octavo_user_memory_recall (octavo_store_get_path (store), &user_id, &shows_everyone) ||
      octavo_user_repository_get (users, user_id) == NULL)
    user_id = octavo_user_repository_get_default_id (users);
  if (is_alone != NULL)
    *is_alone = has_others && !shows_everyone;
  return user_id;
}

/**
 * octavo_launch_user_get_scope:
 * @store: an open store
 *
 * Returns: the id of whose notes are searched; 0: everyone's
 */
gint64
octavo_launch_user_get_scope (OctavoStore *store)
{
  gboolean is_alone;
  gint64 user_id = octavo_launch_user_recall (store, &is_alone);

  return is_alone ? user_id : 0;
}

/**
 * octavo_launch_user_complain:
 * @window: a window
 * @name: what nobody is called
 *
 * Says that new notes are somebody else's.
 */
void
octavo_launch_user_complain (GtkWindow *window, const char *name)
{
  g_autofree char *heading = g_strdup_printf (_ ("Nobody Is Named “%s” Here"), name);

  octavo_stand_in_complain (window, heading,
                            _ ("New notes are the first user’s. “octavo users” lists who there is, and "
                               "“octavo add --user” makes somebody new."));
}

/**
 * octavo_launch_user_choose:
 * @window: a window
 * @store: an open store
 * @name: whose notes it is to make
 *
 * Sets the user of a window, and says so where nobody has that name.
 */
void
octavo_launch_user_choose (OctavoWindow *window, OctavoStore *store, const char *name)
{
  gint64 user_id = octavo_launch_user_find (store, name);

  octavo_window_set_user (window, user_id);
  if (user_id == 0)
    octavo_launch_user_complain (GTK_WINDOW (window), name);
}

/**
 * octavo_launch_user_resolve_files:
 * @command_line: a call
 * @files: (inout): the files that it names
 *
 * Files are named from the folder of the process that was called.
 */
void
octavo_launch_user_resolve_files (GApplicationCommandLine *command_line, GStrv files)
{
  for (gsize i = 0; files[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, files[i]);
      char *path = g_file_get_path (file);

      if (path != NULL)
        {
          g_free (files[i]);
          files[i] = path;
        }
    }
}
