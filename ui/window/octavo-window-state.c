/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-window-state.h"

/* The file may be of another version, or have been edited: what is not understood is as in a new window. */

#define MIN_SIZE 200 /* pixels */
#define MAX_SIZE 16384

static const char *const sorts[] = {
  [OCTAVO_SORT_UPDATED] = "updated",
  [OCTAVO_SORT_CREATED] = "created",
  [OCTAVO_SORT_TITLE] = "title",
  [OCTAVO_SORT_RELEVANCE] = "relevance",
};

static const char *const places[] = {
  [OCTAVO_PLACE_ALL] = "all",
  [OCTAVO_PLACE_UNTAGGED] = "untagged",
  [OCTAVO_PLACE_TRASH] = "trash",
  [OCTAVO_PLACE_TAG] = "tag",
};

/* What has no name here is as the first. */
static const char *
get_name (const char *const *names, guint n_names, guint value)
{
  return names[value < n_names ? value : 0];
}

static guint
find_name (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; name != NULL && i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return 0;
}

static int
read_size (GKeyFile *file, const char *group, const char *key, int otherwise)
{
  int size = g_key_file_get_integer (file, group, key, NULL);

  return size >= MIN_SIZE && size <= MAX_SIZE ? size : otherwise;
}

static gboolean
read_boolean (GKeyFile *file, const char *group, const char *key, gboolean otherwise)
{
  g_autoptr (GError) error = NULL;
  gboolean value = g_key_file_get_boolean (file, group, key, &error);

  return error == NULL ? value : otherwise;
}

/**
 * octavo_window_state_init:
 * @self: to be filled in
 * @is_of_note: whether it is the window of one note
 *
 * Makes the state of a new window.
 */
void
octavo_window_state_init (OctavoWindowState *self, gboolean is_of_note)
{
  *self = (OctavoWindowState){
    .is_of_note = is_of_note,
    .width = is_of_note ? 640 : 1080,
    .height = 720,
    .sidebar = TRUE,
    .sort = OCTAVO_SORT_UPDATED,
    .scope = { .place = OCTAVO_PLACE_ALL },
  };
}

/**
 * octavo_window_state_get_sort_name:
 * @self: a state
 *
 * Returns: (transfer none): the order of its list, as the window's action calls it
 */
const char *
octavo_window_state_get_sort_name (const OctavoWindowState *self)
{
  return get_name (sorts, G_N_ELEMENTS (sorts), self->sort);
}

/**
 * octavo_window_state_write:
 * @self: a state
 * @file: where to
 * @group: the group of it
 *
 * Writes a state down.
 */
void
octavo_window_state_write (const OctavoWindowState *self, GKeyFile *file, const char *group)
{
  g_key_file_set_string (file, group, "Kind", self->is_of_note ? "note" : "notes");
  g_key_file_set_int64 (file, group, "Note", self->note_id);
  g_key_file_set_integer (file, group, "Width", self->width);
  g_key_file_set_integer (file, group, "Height", self->height);
  g_key_file_set_boolean (file, group, "Maximized", self->maximized);
  if (self->is_of_note)
    return;
  g_key_file_set_boolean (file, group, "Sidebar", self->sidebar);
  g_key_file_set_string (file, group, "Sort", octavo_window_state_get_sort_name (self));
  g_key_file_set_string (file, group, "Place", get_name (places, G_N_ELEMENTS (places), self->scope.place));
  if (self->scope.place == OCTAVO_PLACE_TAG)
    g_key_file_set_int64 (file, group, "Tag", self->scope.tag_id);
}

/**
 * octavo_window_state_read:
 * @self: to be filled in
 * @file: what octavo_window_state_write() wrote to, or anything
 * @group: the group of it
 *
 * Reads a state.
 *
 * Returns: whether there is one
 */
gboolean
octavo_window_state_read (OctavoWindowState *self, GKeyFile *file, const char *group)
{
  g_autofree char *kind = g_key_file_get_string (file, group, "Kind", NULL);
  g_autofree char *sort = g_key_file_get_string (file, group, "Sort", NULL);
  g_autofree char *place = g_key_file_get_string (file, group, "Place", NULL);

  octavo_window_state_init (self, g_strcmp0 (kind, "note") == 0);
  if (!self->is_of_note && g_strcmp0 (kind, "notes") != 0)
    return FALSE;

  self->note_id = MAX (g_key_file_get_int64 (file, group, "Note", NULL), 0);
  self->width = read_size (file, group, "Width", self->width);
  self->height = read_size (file, group, "Height", self->height);
  self->maximized = read_boolean (file, group, "Maximized", FALSE);
  self->sidebar = read_boolean (file, group, "Sidebar", TRUE);
  self->sort = (OctavoSort) find_name (sorts, G_N_ELEMENTS (sorts), sort);
  self->scope.place = (OctavoPlace) find_name (places, G_N_ELEMENTS (places), place);
  if (self->scope.place == OCTAVO_PLACE_TAG)
    self->scope.tag_id = MAX (g_key_file_get_int64 (file, group, "Tag", NULL), 0);
  return !self->is_of_note || self->note_id != 0;
}
