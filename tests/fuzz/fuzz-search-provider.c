/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-input.h"
#include "octavo-launch.h"
#include "octavo-note-repository.h"
#include "octavo-search-provider.h"
#include "octavo-user-repository.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* What the bus can bring: calls of the desktop's search, one after the other and at once, with any values of any type,
 * and addresses to be opened. Each call is answered once, with what its interface says or an error. */

#define MAX_CALLS 8

static const struct
{
  const char *name;
  const char *type;
  const char *answer;
} methods[] = {
  { "GetInitialResultSet", "(as)", "(as)" }, { "GetSubsearchResultSet", "(asas)", "(as)" },
  { "GetResultMetas", "(as)", "(aa{sv})" },  { "ActivateResult", "(sasu)", "()" },
  { "LaunchSearch", "(asu)", "()" },         { "Nothing", "(as)", NULL },
};

static const char *const other_types[] = { "(s)", "(av)", "(asa{sv})", "as", "(asasas)", "(sasi)", "(mas)" };

typedef struct
{
  guint method;
  gboolean is_right; /* of the type of the method */
  guint n_answers;
} Call;

static OctavoSearchProvider *provider;
static char *folder;

static void
add_note (OctavoStore *store, const char *title, const char *body)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (store);
  g_autoptr (OctavoNote) note =
      octavo_note_repository_create (notes, octavo_user_repository_get_default_id (octavo_store_get_users (store)));
  g_autoptr (GError) error = NULL;

  octavo_note_set_title (note, title);
  octavo_note_set_body (note, body);
  octavo_note_repository_save (notes, note, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_clear_object (&provider);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static void
begin (void)
{
  g_autofree char *path = NULL;
  g_autoptr (OctavoStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (provider != NULL)
    return;
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  folder = g_dir_make_tmp ("octavo-fuzz-XXXXXX", NULL);
  path = g_build_filename (folder, "notes.db", NULL);
  store = octavo_store_new (path);
  octavo_store_open (store, NULL, &error);
  g_assert_no_error (error);
  add_note (store, "Garden", "roses, *thorns* and a b c");
  add_note (store, "", "é生 [link](octavo:note/1)\n\n- [ ] a");
  add_note (store, "a", "");
  octavo_store_close (store);
  provider = octavo_search_provider_new (NULL, path, NULL);
  atexit (remove_folder);
}

static void
check_answer (const Call *call, GVariant *value)
{
  g_assert_true (call->is_right);
  g_assert_cmpstr (g_variant_get_type_string (value), ==, methods[call->method].answer);
  if (call->method < 2)
    {
      g_autoptr (GVariant) ids = g_variant_get_child_value (value, 0);
      gsize n_ids = g_variant_n_children (ids);
      const char *last = NULL;

      g_assert_cmpuint (n_ids, <=, OCTAVO_SEARCH_PROVIDER_MAX_RESULTS + 1);
      if (n_ids > 0)
        g_variant_get_child (ids, n_ids - 1, "&s", &last);
      g_assert_true (n_ids == 0 || g_str_has_prefix (last, "special:create:"));
    }
  else if (call->method == 2)
    {
      GVariantIter *metas;
      GVariant *meta;

      g_variant_get (value, "(aa{sv})", &metas);
      g_assert_cmpuint (g_variant_iter_n_children (metas), <=, 64);
      while (g_variant_iter_next (metas, "@a{sv}", &meta))
        {
          const char *text;

          g_assert_true (g_variant_lookup (meta, "id", "&s", &text) && g_variant_lookup (meta, "name", "&s", &text));
          g_assert_cmpuint (strlen (text), >, 0);
          g_variant_unref (meta);
        }
      g_variant_iter_free (metas);
    }
}

static void
on_reply (GVariant *value, const GError *error, gpointer user_data)
{
  Call *call = user_data;

  call->n_answers++;
  g_assert_true ((value == NULL) == (error != NULL));
  if (value != NULL)
    check_answer (call, value);
}

static GVariant *
make_value (const GVariantType *type, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_bytes (type, bytes, FALSE));

  return g_variant_get_normal_form (value); /* as the bus brings nothing else */
}

/* The words of the input, as the method takes them. */
static GVariant *
make_call (guint method, const guint8 *data, gsize size)
{
  g_autofree char *raw = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  g_auto (GStrv) words = g_strsplit (text, "\n", -1);
  GVariant *value;

  if (method == 1)
    value = g_variant_new ("(^as^as)", words, words);
  else if (method == 3)
    value = g_variant_new ("(s^asu)", words[0] != NULL ? words[0] : "", words, 0);
  else if (method == 4)
    value = g_variant_new ("(^asu)", words, 0);
  else
    value = g_variant_new ("(^as)", words);
  return g_variant_ref_sink (value);
}

static void
open_address (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *link = g_strconcat ("octavo:", text, NULL);
  const char *const words[] = { "octavo", "--", link, text, NULL };
  g_autoptr (GFile) file = g_file_new_for_uri (text);
  g_autoptr (GFile) link_file = g_file_new_for_uri (link);
  GFile *files[] = { file, link_file };
  g_autoptr (OctavoLaunch) opened = octavo_launch_new_for_files (files, G_N_ELEMENTS (files));
  g_autoptr (GError) error = NULL;
  OctavoLaunch *called = octavo_launch_new (words, &error);

  g_assert_true (opened->problem == NULL || g_utf8_validate (opened->problem, -1, NULL));
  g_assert_true (opened->is_link == (opened->note_id > 0));
  g_assert_true ((called != NULL) == (error == NULL));
  g_clear_pointer (&called, octavo_launch_free);
}

static void
ask (Call *call, FuzzInput *input)
{
  guint kind = fuzz_input_take (input, 3);
  guint other = fuzz_input_take (input, G_N_ELEMENTS (other_types));
  gsize wanted = fuzz_input_take (input, 256);
  gsize size = MIN (wanted, input->size);
  const guint8 *data = input->data;
  g_autoptr (GVariant) value = NULL;

  input->data += size;
  input->size -= size;
  open_address (data, size);
  call->is_right = kind != 2 && methods[call->method].answer != NULL;
  if (kind == 0)
    value = make_call (call->method, data, size);
  else
    value = make_value (G_VARIANT_TYPE (kind == 1 ? methods[call->method].type : other_types[other]), data, size);
  octavo_search_provider_call (provider, methods[call->method].name, value, on_reply, call);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };
  Call calls[MAX_CALLS] = { { 0 } };
  guint n_calls = 0;

  begin ();
  while (n_calls < MAX_CALLS && input.size > 0)
    {
      Call *call = &calls[n_calls++];

      call->method = fuzz_input_take (&input, G_N_ELEMENTS (methods));
      ask (call, &input);
    }
  for (guint i = 0; i < n_calls; i++)
    {
      while (calls[i].n_answers == 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (calls[i].n_answers, ==, 1);
    }
  return 0;
}
