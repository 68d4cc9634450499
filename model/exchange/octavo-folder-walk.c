/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-folder-walk.h"

#include "octavo-config.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A vault may have links that go round in circles, files that are reached twice, and much that is no note. Each file
 * comes once, under its true path, and what is left out is counted and said. Folders that were entered are
 * remembered by device and inode; files only where a link leads to them, as all others are reached one way only. */

#define MAX_DEPTH 100     /* folders in folders */
#define MAX_NAMES 5000000 /* files and folders, in all */

typedef struct
{
  char *path;     /* true */
  char *folder;   /* from the root; NULL at the root */
  GString *names; /* one after the other, each with its end: a folder may have very many */
  GArray *sorted; /* of guint32: where in names they begin */
  guint position;
  double start, span; /* its share of the whole walk */
} Level;

struct _OctavoFolderWalk
{
  char **paths;
  gsize n_paths;
  gsize position;       /* the next of paths */
  GQueue levels;        /* of Level, the deepest first */
  GHashTable *folders;  /* "device:inode" */
  GHashTable *files;    /* true paths of files that were reached by a link, or asked for */
  GHashTable *left_out; /* suffix → count, under the present root */
  guint n_left_out;
  GPtrArray *hidden; /* names, under the present root */
  guint n_names;     /* that were read */
  guint max_names;
};

static void
level_free (Level *self)
{
  g_free (self->path);
  g_free (self->folder);
  g_string_free (self->names, TRUE);
  g_array_unref (self->sorted);
  g_free (self);
}

/**
 * octavo_walk_entry_clear:
 * @entry: what octavo_folder_walk_next() gave
 *
 * Frees what is in it.
 */
void
octavo_walk_entry_clear (OctavoWalkEntry *entry)
{
  g_clear_pointer (&entry->path, g_free);
  g_clear_pointer (&entry->name, g_free);
  g_clear_pointer (&entry->folder, g_free);
  g_clear_pointer (&entry->text, g_free);
  entry->asked = FALSE;
}

/**
 * octavo_folder_walk_is_markdown:
 * @name: the name of a file
 *
 * Returns: whether it ends as Markdown does. Any thread.
 */
gboolean
octavo_folder_walk_is_markdown (const char *name)
{
  const char *suffix = strrchr (name, '.');

  return suffix != NULL && suffix != name &&
         (g_ascii_strcasecmp (suffix, ".md") == 0 || g_ascii_strcasecmp (suffix, ".markdown") == 0);
}

static OctavoWalkStep
report (OctavoWalkEntry *entry, OctavoWalkStep step, const char *path, const char *text)
{
  g_autofree char *shown = g_filename_display_name (path);

  entry->text = g_strdup_printf ("%s: %s", shown, text);
  return step;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static const char *
get_name (const Level *self, guint position)
{
  return self->names->str + g_array_index (self->sorted, guint32, position);
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer names)
{
  const char *text = ((GString *) names)->str;

  return strcmp (text + *(const guint32 *) a, text + *(const guint32 *) b);
}

/* Returns: whether they are at most so many */
static gboolean
read_names (Level *self, DIR *dir, guint max_names)
{
  const struct dirent *file;

  self->names = g_string_new (NULL);
  self->sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  while (self->sorted->len <= max_names && (file = readdir (dir)) != NULL)
    if (strcmp (file->d_name, ".") != 0 && strcmp (file->d_name, "..") != 0)
      {
        guint32 place = (guint32) self->names->len;

        g_array_append_val (self->sorted, place);
        g_string_append_len (self->names, file->d_name, (gssize) strlen (file->d_name) + 1);
      }
  if (self->sorted->len > max_names)
    return FALSE;
  g_array_sort_with_data (self->sorted, compare_places, self->names);
  return TRUE;
}

static char *
true_path (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved);

  free (resolved); /* not GLib's */
  return copy;
}

static char *
folder_key (const struct stat *info)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info->st_dev, (guint64) info->st_ino);
}

/* Goes into a folder, once. path is true. FALSE with errno: E2BIG where there are too many names. */
static gboolean
enter (OctavoFolderWalk *self, const char *path, const char *folder, const struct stat *info, double start, double span)
{
  g_autofree char *key = folder_key (info);
  gboolean is_read;
  Level *level;
  DIR *dir;

  if (g_hash_table_contains (self->folders, key))
    return TRUE;
  dir = opendir (path);
  if (dir == NULL)
    return FALSE;
  g_hash_table_add (self->folders, g_steal_pointer (&key));
  level = g_new0 (Level, 1);
  level->path = g_strdup (path);
  level->folder = g_strdup (folder);
  is_read = read_names (level, dir, self->max_names - self->n_names);
  closedir (dir);
  if (!is_read)
    {
      level_free (level);
      errno = E2BIG;
      return FALSE;
    }
  self->n_names += level->sorted->len;
  level->start = start;
  level->span = span;
  g_queue_push_head (&self->levels, level);
  return TRUE;
}

/* A folder that could not be gone into. */
static OctavoWalkStep
report_closed (OctavoWalkEntry *entry, const char *path)
{
  return report (entry, OCTAVO_WALK_PROBLEM, path,
                 errno == E2BIG ? _ ("these are too many files for one import; import its folders one after the other")
                                : g_strerror (errno));
}

static void
leave_out (OctavoFolderWalk *self, const char *name)
{
  const char *suffix = strrchr (name, '.');
  char *key = g_ascii_strdown (suffix != NULL && suffix != name ? suffix : "", -1);

  self->n_left_out++;
  g_hash_table_replace (self->left_out, key,
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->left_out, key)) + 1));
}

/* A link to a file: it is the file's turn if nothing else leads to it. Taken: it is one, here. */
static gboolean
take_linked_file (OctavoFolderWalk *self, const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *name = g_path_get_basename (target);
  struct stat info;

  if (g_hash_table_contains (self->files, target))
    return FALSE;
  if (octavo_folder_walk_is_markdown (name) && *name != '.' && stat (folder, &info) == 0)
    {
      g_autofree char *key = folder_key (&info);

      if (g_hash_table_contains (self->folders, key))
        return FALSE;
    }
  g_hash_table_add (self->files, g_strdup (target));
  return TRUE;
}

static OctavoWalkStep
visit_file (OctavoFolderWalk *self,
            Level *level,
            const char *path,
            const char *name,
            gboolean is_link,
            OctavoWalkEntry *entry)
{
  g_autofree char *target = is_link ? true_path (path) : g_strdup (path);

  if (target == NULL)
    return report (entry, OCTAVO_WALK_PROBLEM, path, g_strerror (errno));
  if (is_link ? !take_linked_file (self, target) : g_hash_table_contains (self->files, target))
    return OCTAVO_WALK_END;
  entry->path = g_steal_pointer (&target);
  entry->name = g_strdup (name);
  entry->folder = g_strdup (level->folder);
  return OCTAVO_WALK_FILE;
}

/* OCTAVO_WALK_END here means: nothing to say about this name. */
static OctavoWalkStep
visit (OctavoFolderWalk *self, Level *level, const char *name, double start, double span, OctavoWalkEntry *entry)
{
  g_autofree char *path = g_build_filename (level->path, name, NULL);
  struct stat info;
  gboolean is_link;

  if (*name == '.')
    {
      g_ptr_array_add (self->hidden, g_filename_display_name (name));
      return OCTAVO_WALK_END;
    }
  if (lstat (path, &info) != 0)
    return report (entry, OCTAVO_WALK_PROBLEM, path, g_strerror (errno));
  is_link = S_ISLNK (info.st_mode);
  if (is_link && stat (path, &info) != 0)
    {
      if (octavo_folder_walk_is_markdown (name))
        return report (entry, OCTAVO_WALK_PROBLEM, path, _ ("the link leads nowhere"));
      leave_out (self, name);
      return OCTAVO_WALK_END;
    }
  if (S_ISDIR (info.st_mode))
    {
      g_autofree char *target = is_link ? true_path (path) : g_strdup (path);
      g_autofree char *folder = level->folder != NULL ? g_strconcat (level->folder, "/", name, NULL) : g_strdup (name);

      if (g_queue_get_length (&self->levels) >= MAX_DEPTH)
        return report (entry, OCTAVO_WALK_PROBLEM, path, _ ("it lies more than 100 folders deep; import it by itself"));
      if (target == NULL || !enter (self, target, folder, &info, start, span))
        return report_closed (entry, path);
      return OCTAVO_WALK_END;
    }
  if (!octavo_folder_walk_is_markdown (name))
    {
      leave_out (self, name);
      return OCTAVO_WALK_END;
    }
  if (!S_ISREG (info.st_mode))
    return report (entry, OCTAVO_WALK_PROBLEM, path, _ ("it is not a file"));
  return visit_file (self, level, path, name, is_link, entry);
}

static OctavoWalkStep
visit_asked (OctavoFolderWalk *self, OctavoWalkEntry *entry)
{
  gsize n = self->position++;
  const char *asked = self->paths[n];
  g_autofree char *path = true_path (asked);
  struct stat info;

  if (path == NULL || stat (path, &info) != 0)
    return report (entry, OCTAVO_WALK_PROBLEM, asked, g_strerror (errno));
  if (S_ISDIR (info.st_mode))
    {
      if (!enter (self, path, NULL, &info, (double) n / self->n_paths, 1.0 / self->n_paths))
        return report_closed (entry, asked);
      return OCTAVO_WALK_END;
    }
  if (!S_ISREG (info.st_mode))
    return report (entry, OCTAVO_WALK_PROBLEM, asked, _ ("it is neither a file nor a folder"));
  if (!take_linked_file (self, path))
    return OCTAVO_WALK_END;
  entry->path = g_steal_pointer (&path);
  entry->name = g_path_get_basename (asked);
  entry->asked = TRUE;
  return OCTAVO_WALK_FILE;
}

static char *
list_suffixes (OctavoFolderWalk *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  g_autofree char **suffixes = (char **) g_hash_table_get_keys_as_array (self->left_out, NULL);

  for (gsize i = 0; suffixes[i] != NULL; i++)
    g_ptr_array_add (shown, g_strdup_printf ("%s %u", *suffixes[i] != '\0' ? suffixes[i] : _ ("no suffix"),
                                             GPOINTER_TO_UINT (g_hash_table_lookup (self->left_out, suffixes[i]))));
  g_ptr_array_sort (shown, compare_names);
  if (shown->len > 8)
    {
      g_ptr_array_set_size (shown, 8);
      g_ptr_array_add (shown, g_strdup ("…"));
    }
  g_ptr_array_add (shown, NULL);
  return g_strjoinv (", ", (char **) shown->pdata);
}

/* What is to be said about a root when it is done; one thing at a time. */
static gboolean
remark (OctavoFolderWalk *self, OctavoWalkEntry *entry)
{
  const char *root = self->position > 0 ? self->paths[self->position - 1] : "";
  g_autofree char *text = NULL;

  if (self->n_left_out > 0)
    {
      g_autofree char *suffixes = list_suffixes (self);

      text = g_strdup_printf (ngettext ("%u file that is no Markdown was left out (%s)",
                                        "%u files that are no Markdown were left out (%s)", self->n_left_out),
                              self->n_left_out, suffixes);
      self->n_left_out = 0;
      g_hash_table_remove_all (self->left_out);
    }
  else if (self->hidden->len > 0)
    {
      guint n = self->hidden->len;
      g_autofree char *names = NULL;

      g_ptr_array_set_size (self->hidden, MIN (n, 8));
      g_ptr_array_add (self->hidden, n > 8 ? g_strdup ("…") : NULL);
      if (n > 8)
        g_ptr_array_add (self->hidden, NULL);
      names = g_strjoinv (", ", (char **) self->hidden->pdata);
      text = g_strdup_printf (ngettext ("%u hidden file or folder was left out (%s)",
                                        "%u hidden files or folders were left out (%s)", n),
                              n, names);
      g_ptr_array_set_size (self->hidden, 0);
    }
  else
    return FALSE;
  report (entry, OCTAVO_WALK_REMARK, root, text);
  return TRUE;
}

/**
 * octavo_folder_walk_new:
 * @paths: (array zero-terminated=1): folders and files, in the encoding of the file system
 *
 * Returns: (transfer full): a walk through them. One thread at a time.
 */
OctavoFolderWalk *
octavo_folder_walk_new (const char *const *paths)
{
  OctavoFolderWalk *self = g_new0 (OctavoFolderWalk, 1);

  self->paths = g_strdupv ((char **) paths);
  self->n_paths = g_strv_length (self->paths);
  self->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hidden = g_ptr_array_new_with_free_func (g_free);
  self->max_names = MAX_NAMES;
  return self;
}

/**
 * octavo_folder_walk_set_max_names:
 * @self: a walk
 * @max_names: how many files and folders are looked at, in all; 5 million where this is not called
 *
 * Bounds the walk: folders beyond are problems.
 */
void
octavo_folder_walk_set_max_names (OctavoFolderWalk *self, guint max_names)
{
  g_return_if_fail (self != NULL);

  self->max_names = max_names;
}

/**
 * octavo_folder_walk_free:
 * @self: (nullable) (transfer full): a walk
 *
 * Frees it.
 */
void
octavo_folder_walk_free (OctavoFolderWalk *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->levels, (GDestroyNotify) level_free);
  g_strfreev (self->paths);
  g_hash_table_unref (self->folders);
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->left_out);
  g_ptr_array_unref (self->hidden);
  g_free (self);
}

/**
 * octavo_folder_walk_next:
 * @self: a walk
 * @entry: (out): what was met; cleared first
 *
 * Goes on to the next file, or to something that must be said. Blocks.
 *
 * Returns: what @entry is
 */
OctavoWalkStep
octavo_folder_walk_next (OctavoFolderWalk *self, OctavoWalkEntry *entry)
{
  g_return_val_if_fail (self != NULL && entry != NULL, OCTAVO_WALK_END);

  octavo_walk_entry_clear (entry);
  for (;;)
    {
      Level *level = g_queue_peek_head (&self->levels);
      OctavoWalkStep step = OCTAVO_WALK_END;

      if (level == NULL)
        {
          if (remark (self, entry))
            return OCTAVO_WALK_REMARK;
          if (self->position == self->n_paths)
            return OCTAVO_WALK_END;
          step = visit_asked (self, entry);
        }
      else if (level->position == level->sorted->len)
        level_free (g_queue_pop_head (&self->levels));
      else
        {
          double span = level->span / level->sorted->len;
          double start = level->start + level->position * span;

          step = visit (self, level, get_name (level, level->position++), start, span, entry);
        }
      if (step != OCTAVO_WALK_END)
        return step;
    }
}

/**
 * octavo_folder_walk_get_fraction:
 * @self: a walk
 *
 * Returns: how far it is, from 0 to 1, by the names of each folder: it never goes back
 */
double
octavo_folder_walk_get_fraction (OctavoFolderWalk *self)
{
  const Level *level;

  g_return_val_if_fail (self != NULL, 0.0);

  level = g_queue_peek_head (&self->levels);
  if (level == NULL)
    return self->n_paths > 0 ? (double) self->position / self->n_paths : 1.0;
  return level->sorted->len > 0 ? level->start + level->span * level->position / level->sorted->len : level->start;
}
