/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-disk.h"

#include <glib/gstdio.h>
#include <string.h>

/* The worst that POSIX allows. What was written to a file is safe once the file was synced; that a name leads to it, or
 * leads nowhere, once the folder was. Of the rest each sector may be there or not, whatever was written first, and one
 * that was being written may hold anything. Bytes that were not written to stay: SQLite relies on that (its
 * SQLITE_IOCAP_POWERSAFE_OVERWRITE), as all disks keep it that are sold. */

#define SECTOR 512

typedef enum
{
  ACT_CREATE,
  ACT_MAKE_FOLDER,
  ACT_WRITE,
  ACT_TRUNCATE,
  ACT_REMOVE,
  ACT_RENAME,
  ACT_SYNC,
} ActKind;

typedef struct
{
  ActKind kind;
  char *path;
  char *to;
  gint64 offset;
  GBytes *data;
} Act;

struct _FaultDisk
{
  char *folder;
  GHashTable *first; /* path → GBytes, NULL of a folder: when it began */
  GPtrArray *acts;
};

/* A file or a folder, while acts are gone through. */
typedef struct
{
  GByteArray *safe; /* NULL: a folder */
  GArray *acts;     /* (element-type guint): that are not safe */
} Node;

typedef struct
{
  guint act;
  Node *node;
} NameAct;

typedef struct
{
  FaultDisk *disk;
  GRand *rand;
  GPtrArray *nodes;
  GHashTable *seen; /* path → Node: what the program saw */
  GHashTable *safe; /* path → Node: what is safe */
  GArray *names;    /* (element-type NameAct): that are not safe */
} Cut;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_free (act->path);
  g_free (act->to);
  g_clear_pointer (&act->data, g_bytes_unref);
  g_free (act);
}

static void
free_bytes (gpointer bytes)
{
  if (bytes != NULL)
    g_bytes_unref (bytes);
}

static void
read_folder (FaultDisk *self, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_hash_table_insert (self->first, g_strdup (folder), NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      char *text;
      gsize length;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        read_folder (self, path);
      else if (g_file_get_contents (path, &text, &length, NULL))
        g_hash_table_insert (self->first, g_steal_pointer (&path), g_bytes_new_take (text, length));
    }
}

FaultDisk *
fault_disk_new (const char *folder)
{
  FaultDisk *self = g_new0 (FaultDisk, 1);

  self->folder = g_strdup (folder);
  self->first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_bytes);
  self->acts = g_ptr_array_new_with_free_func (act_free);
  read_folder (self, folder);
  return self;
}

void
fault_disk_free (FaultDisk *self)
{
  g_hash_table_unref (self->first);
  g_ptr_array_unref (self->acts);
  g_free (self->folder);
  g_free (self);
}

static Act *
add_act (FaultDisk *self, ActKind kind, const char *path)
{
  Act *act = g_new0 (Act, 1);

  act->kind = kind;
  act->path = g_strdup (path);
  g_ptr_array_add (self->acts, act);
  return act;
}

void
fault_disk_create (FaultDisk *self, const char *path, gboolean is_folder)
{
  add_act (self, is_folder ? ACT_MAKE_FOLDER : ACT_CREATE, path);
}

void
fault_disk_write (FaultDisk *self, const char *path, gint64 offset, const void *data, gsize length)
{
  Act *act = add_act (self, ACT_WRITE, path);

  act->offset = offset;
  act->data = g_bytes_new (data, length);
}

void
fault_disk_truncate (FaultDisk *self, const char *path, gint64 size)
{
  add_act (self, ACT_TRUNCATE, path)->offset = size;
}

void
fault_disk_remove (FaultDisk *self, const char *path)
{
  add_act (self, ACT_REMOVE, path);
}

void
fault_disk_rename (FaultDisk *self, const char *path, const char *to)
{
  add_act (self, ACT_RENAME, path)->to = g_strdup (to);
}

void
fault_disk_sync (FaultDisk *self, const char *path)
{
  add_act (self, ACT_SYNC, path);
}

guint
fault_disk_get_n_acts (FaultDisk *self)
{
  return self->acts->len;
}

/* A power cut */

static void
node_free (gpointer data)
{
  Node *node = data;

  g_clear_pointer (&node->safe, g_byte_array_unref);
  g_array_unref (node->acts);
  g_free (node);
}

static Node *
add_node (Cut *self, gboolean is_folder)
{
  Node *node = g_new0 (Node, 1);

  node->safe = is_folder ? NULL : g_byte_array_new ();
  node->acts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (self->nodes, node);
  return node;
}

static void
resize (GByteArray *bytes, gsize size)
{
  gsize old_size = bytes->len;

  g_byte_array_set_size (bytes, (guint) size);
  if (size > old_size)
    memset (bytes->data + old_size, 0, size - old_size);
}

static void
put_bytes (GByteArray *bytes, gint64 offset, const guint8 *data, gsize length)
{
  if ((gsize) offset + length > bytes->len)
    resize (bytes, (gsize) offset + length);
  if (length > 0)
    memcpy (bytes->data + offset, data, length);
}

static void
apply_to_file (Node *node, const Act *act)
{
  gsize length = 0;
  const guint8 *data = act->data != NULL ? g_bytes_get_data (act->data, &length) : NULL;

  if (act->kind == ACT_TRUNCATE)
    resize (node->safe, (gsize) act->offset);
  else
    put_bytes (node->safe, act->offset, data, length);
}

static void
apply_to_names (Cut *self, const NameAct *name)
{
  const Act *act = g_ptr_array_index (self->disk->acts, name->act);

  if (act->kind == ACT_REMOVE || act->kind == ACT_RENAME)
    g_hash_table_remove (self->safe, act->path);
  if (act->kind == ACT_RENAME)
    g_hash_table_insert (self->safe, act->to, name->node);
  else if (act->kind != ACT_REMOVE)
    g_hash_table_insert (self->safe, act->path, name->node);
}

static void
make_folder_safe (Cut *self, const char *folder)
{
  for (guint i = 0; i < self->names->len;)
    {
      const NameAct *name = &g_array_index (self->names, NameAct, i);
      g_autofree char *parent = g_path_get_dirname (((Act *) g_ptr_array_index (self->disk->acts, name->act))->path);

      if (!g_str_equal (parent, folder))
        {
          i++;
          continue;
        }
      apply_to_names (self, name);
      g_array_remove_index (self->names, i);
    }
}

static void
make_file_safe (Cut *self, Node *node)
{
  for (guint i = 0; i < node->acts->len; i++)
    apply_to_file (node, g_ptr_array_index (self->disk->acts, g_array_index (node->acts, guint, i)));
  g_array_set_size (node->acts, 0);
}

static void
follow_name (Cut *self, guint i, Node *node)
{
  const Act *act = g_ptr_array_index (self->disk->acts, i);

  if (act->kind == ACT_REMOVE || act->kind == ACT_RENAME)
    g_hash_table_remove (self->seen, act->path);
  if (act->kind != ACT_REMOVE)
    g_hash_table_insert (self->seen, act->kind == ACT_RENAME ? act->to : act->path, node);
  g_array_append_val (self->names, ((NameAct){ i, node }));
}

static void
follow (Cut *self, guint i)
{
  const Act *act = g_ptr_array_index (self->disk->acts, i);
  Node *node = g_hash_table_lookup (self->seen, act->path);

  if (act->kind == ACT_CREATE || act->kind == ACT_MAKE_FOLDER)
    follow_name (self, i, add_node (self, act->kind == ACT_MAKE_FOLDER));
  else if (node == NULL)
    return; /* it has no name any more: nobody will find it */
  else if (act->kind == ACT_REMOVE || act->kind == ACT_RENAME)
    follow_name (self, i, node);
  else if (act->kind != ACT_SYNC)
    g_array_append_val (node->acts, i);
  else if (node->safe == NULL)
    make_folder_safe (self, act->path);
  else
    make_file_safe (self, node);
}

/* Any part of what was written may be there, and what was being written may be anything. */
static void
tear (Cut *self, Node *node, const Act *act, double chance, gboolean is_garbled)
{
  gsize length = 0;
  const guint8 *data = act->data != NULL ? g_bytes_get_data (act->data, &length) : NULL;

  if (act->kind == ACT_TRUNCATE)
    {
      if (g_rand_double (self->rand) < chance)
        apply_to_file (node, act);
      return;
    }
  for (gsize i = 0; i < length;)
    {
      gsize part = MIN (length - i, SECTOR - (gsize) (act->offset + (gint64) i) % SECTOR);

      if (g_rand_double (self->rand) < chance)
        put_bytes (node->safe, act->offset + (gint64) i, data + i, part);
      else if (is_garbled && g_rand_boolean (self->rand))
        {
          guint8 garbage[SECTOR];

          for (gsize j = 0; j < part; j++)
            garbage[j] = (guint8) g_rand_int (self->rand);
          put_bytes (node->safe, act->offset + (gint64) i, garbage, part);
        }
      i += part;
    }
}

static void
lose_power (Cut *self)
{
  static const double chances[] = { 0, 0.5, 0.9, 1 };
  double name_chance = chances[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (chances))];
  double chance = chances[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (chances))];
  gboolean is_garbled = g_rand_boolean (self->rand);
  gboolean is_reordered = g_rand_boolean (self->rand);

  for (guint i = 0; i < self->names->len; i++)
    if (g_rand_double (self->rand) < name_chance)
      apply_to_names (self, &g_array_index (self->names, NameAct, i));
  for (guint i = 0; i < self->nodes->len; i++)
    {
      Node *node = g_ptr_array_index (self->nodes, i);

      for (guint j = node->acts->len; is_reordered && j > 1; j--)
        {
          guint other = (guint) g_rand_int_range (self->rand, 0, (gint32) j);
          guint act = g_array_index (node->acts, guint, j - 1);

          g_array_index (node->acts, guint, j - 1) = g_array_index (node->acts, guint, other);
          g_array_index (node->acts, guint, other) = act;
        }
      for (guint j = 0; j < node->acts->len; j++)
        tear (self, node, g_ptr_array_index (self->disk->acts, g_array_index (node->acts, guint, j)), chance,
              is_garbled);
    }
}

static gboolean
has_folder (Cut *self, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_str_equal (path, self->disk->folder))
    return TRUE;
  return g_hash_table_contains (self->safe, parent) && has_folder (self, parent);
}

static void
write_out (Cut *self, const char *to)
{
  GHashTableIter iter;
  gpointer path, data;

  g_hash_table_iter_init (&iter, self->safe);
  while (g_hash_table_iter_next (&iter, &path, &data))
    {
      Node *node = data;
      g_autofree char *place = g_build_filename (to, (const char *) path + strlen (self->disk->folder), NULL);
      g_autofree char *parent = g_path_get_dirname (place);
      g_autoptr (GError) error = NULL;

      if (!has_folder (self, path))
        continue;
      g_assert_cmpint (g_mkdir_with_parents (node->safe != NULL ? parent : place, 0700), ==, 0);
      if (node->safe == NULL)
        continue;
      g_file_set_contents_full (place, node->safe->data != NULL ? (const char *) node->safe->data : "",
                                (gssize) node->safe->len, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
}

static void
begin_at_first (Cut *self)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, self->disk->first);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      Node *node = add_node (self, bytes == NULL);

      if (bytes != NULL)
        g_byte_array_append (node->safe, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
      g_hash_table_insert (self->seen, path, node);
      g_hash_table_insert (self->safe, path, node);
    }
}

void
fault_disk_cut (FaultDisk *self, guint n_acts, guint32 seed, const char *to)
{
  Cut cut = { .disk = self,
              .rand = g_rand_new_with_seed (seed),
              .nodes = g_ptr_array_new_with_free_func (node_free),
              .seen = g_hash_table_new (g_str_hash, g_str_equal),
              .safe = g_hash_table_new (g_str_hash, g_str_equal),
              .names = g_array_new (FALSE, FALSE, sizeof (NameAct)) };

  g_assert_cmpuint (n_acts, <=, self->acts->len);
  begin_at_first (&cut);
  for (guint i = 0; i < n_acts; i++)
    follow (&cut, i);
  lose_power (&cut);
  write_out (&cut, to);
  g_array_unref (cut.names);
  g_hash_table_unref (cut.safe);
  g_hash_table_unref (cut.seen);
  g_ptr_array_unref (cut.nodes);
  g_rand_free (cut.rand);
}
