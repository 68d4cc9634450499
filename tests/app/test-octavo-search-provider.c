/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-search-provider.h"

#include <string.h>

/* What the bus would bring, without one. */
typedef struct
{
  ModelTest model;
  OctavoSearchProvider *provider;
  gint64 user_id; /* whose notes are searched */
  GString *told;  /* of signals */
} Test;

static Test *current; /* for what has no data of its own */

static gint64
find_user (OctavoStore *store)
{
  g_assert_nonnull (store);
  return current->user_id;
}

static void
on_open (Test *self, const char *query, gint64 id)
{
  g_string_append_printf (self->told, "open %s %d;", query, (int) id);
}

static void
on_create (Test *self, const char *title)
{
  g_string_append_printf (self->told, "create %s;", title);
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  current = self;
  self->told = g_string_new (NULL);
  self->provider = octavo_search_provider_new (NULL, self->model.path, find_user);
  g_signal_connect_swapped (self->provider, "open", G_CALLBACK (on_open), self);
  g_signal_connect_swapped (self->provider, "create", G_CALLBACK (on_create), self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_assert_finalize_object (self->provider);
  g_string_free (self->told, TRUE);
  model_test_tear_down (&self->model, data);
}

/* What became of a call: its answer in GVariant's text, or the words of its error. */
typedef struct
{
  char *text;
} Answer;

static void
on_reply (GVariant *value, const GError *error, gpointer user_data)
{
  Answer *answer = user_data;

  g_assert_null (answer->text);
  g_assert_true ((value == NULL) == (error != NULL));
  answer->text = value != NULL ? g_variant_print (value, FALSE)
                               : g_strdup_printf ("%s %d", g_quark_to_string (error->domain), error->code);
}

static char *
ask (Test *self, const char *method, const char *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (NULL, parameters, NULL, NULL, &error);
  Answer answer = { NULL };

  g_assert_no_error (error);
  octavo_search_provider_call (self->provider, method, value, on_reply, &answer);
  model_test_wait_for (answer.text != NULL);
  return answer.text;
}

static void
assert_asked (Test *self, const char *method, const char *parameters, const char *expected)
{
  g_autofree char *answer = ask (self, method, parameters);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_results (Test *self, gconstpointer data)
{
  model_test_add_note (&self->model, "Garden", "roses\nand *thorns*", NULL);
  model_test_add_note (&self->model, "", "thorns", NULL);

  assert_asked (self, "GetInitialResultSet", "(['thorns'],)", "(['2', '1', 'special:create:thorns'],)");
  assert_asked (self, "GetSubsearchResultSet", "(['1'], ['roses', 'thorns'])",
                "(['1', 'special:create:roses thorns'],)");
  assert_asked (self, "GetSubsearchResultSet", "(@as [], ['garden'])", "(['1', 'special:create:garden'],)");
  assert_asked (self, "GetInitialResultSet", "(['is:trashed'],)", "(['special:create:is:trashed'],)");
  assert_asked (self, "GetInitialResultSet", "(@as [],)", "([],)");
  assert_asked (self, "GetInitialResultSet", "(['', ' '],)", "([],)");
}

static void
test_metas (Test *self, gconstpointer data)
{
  g_autofree char *body = g_strconcat ("start of it\n", "\n\nand the hit", NULL);

  model_test_add_note (&self->model, "", body, NULL);
  model_test_add_note (&self->model, "A\tB", "start", NULL);
  assert_asked (self, "GetResultMetas", "(['2', '7', 'x', '1', '2', 'special:create:a\\nb', 'special:create: '],)",
                "([{'id': <'2'>, 'name': <'A B'>, 'description': <'start'>, 'gicon': <'text-x-generic'>}, "
                "{'id': <'1'>, 'name': <'Untitled'>, 'description': <'start of it and the hit'>, 'gicon': "
                "<'text-x-generic'>}, {'id': <'2'>, 'name': <'A B'>, 'description': <'start'>, 'gicon': "
                "<'text-x-generic'>}, {'id': <'special:create:a\\nb'>, 'name': <'Create note: a b'>, 'gicon': "
                "<'document-new'>}],)");
  assert_asked (self, "GetResultMetas", "(@as [],)", "([],)");
}

static void
test_an_excerpt_has_the_hit (Test *self, gconstpointer data)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (body, "line of words\n");
  g_string_append (body, "needle at last");
  model_test_add_note (&self->model, "Hay", body->str, NULL);
  assert_asked (self, "GetInitialResultSet", "(['needle'],)", "(['1', 'special:create:needle'],)");
  answer = ask (self, "GetResultMetas", "(['1'],)");
  g_assert_nonnull (strstr (answer, "<'…needle at last'>"));
}

static void
test_going_there (Test *self, gconstpointer data)
{
  assert_asked (self, "ActivateResult", "('7', ['two', 'words'], uint32 0)", "()");
  assert_asked (self, "ActivateResult", "('special:create:A title', ['any'], uint32 0)", "()");
  assert_asked (self, "ActivateResult", "('nothing', ['any'], uint32 0)", "()");
  assert_asked (self, "LaunchSearch", "(['two', 'words'], uint32 0)", "()");
  g_assert_cmpstr (self->told->str, ==, "open two words 7;create A title;open two words 0;");
}

static void
test_what_is_no_call (Test *self, gconstpointer data)
{
  const char *const calls[][2] = { { "GetInitialResultSet", "('thorns',)" },
                                   { "GetInitialResultSet", "(['a'], ['b'])" },
                                   { "GetResultMetas", "([1],)" },
                                   { "ActivateResult", "('7', ['a'], 0)" },
                                   { "XUbuntuCancel", "(['a'],)" } };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *expected = g_strdup_printf ("g-dbus-error-quark %d", G_DBUS_ERROR_INVALID_ARGS);

      assert_asked (self, calls[i][0], calls[i][1], expected);
    }
  g_assert_cmpstr (self->told->str, ==, "");
}

static void
test_a_search_stops_the_one_before (Test *self, gconstpointer data)
{
  g_autofree char *cancelled = g_strdup_printf ("%s %d", g_quark_to_string (G_IO_ERROR), G_IO_ERROR_CANCELLED);
  Answer answers[3] = { { NULL } };

  model_test_add_note (&self->model, "Garden", "roses", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    octavo_search_provider_call (self->provider, "GetInitialResultSet", g_variant_new_parsed ("(['roses'],)"), on_reply,
                                 &answers[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      model_test_wait_for (answers[i].text != NULL);
      g_assert_cmpstr (answers[i].text, ==, i < 2 ? cancelled : "(['1', 'special:create:roses'],)");
      g_free (answers[i].text);
    }
}

static void
test_whose_notes (Test *self, gconstpointer data)
{
  gint64 ada = model_test_query_int (self->model.path, "SELECT id FROM user");

  model_test_add_note (&self->model, "Garden", "roses", NULL);
  self->user_id = ada;
  assert_asked (self, "GetInitialResultSet", "(['roses'],)", "(['1', 'special:create:roses'],)");
  self->user_id = ada + 1;
  assert_asked (self, "GetInitialResultSet", "(['roses'],)", "(['special:create:roses'],)");
}

/* Only the windows know what becomes of the file: where they have none open, none is opened. */
static void
test_the_store_of_the_windows (Test *self, gconstpointer data)
{
  model_test_add_note (&self->model, "Garden", "roses", NULL);
  octavo_search_provider_use (self->provider, NULL);
  assert_asked (self, "GetInitialResultSet", "(['roses'],)", "(['special:create:roses'],)");
  octavo_search_provider_use (self->provider, self->model.store);
  assert_asked (self, "GetInitialResultSet", "(['roses'],)", "(['1', 'special:create:roses'],)");
  octavo_search_provider_use (self->provider, NULL);
  assert_asked (self, "GetResultMetas", "(['1'],)", "([],)");
}

/* It is lent while ours is being opened. */
static void
test_lent_meanwhile (Test *self, gconstpointer data)
{
  Answer answer = { NULL };

  model_test_add_note (&self->model, "Garden", "roses", NULL);
  octavo_search_provider_call (self->provider, "GetInitialResultSet", g_variant_new_parsed ("(['roses'],)"), on_reply,
                               &answer);
  octavo_search_provider_use (self->provider, self->model.store);
  model_test_wait_for (answer.text != NULL);
  g_assert_cmpstr (answer.text, ==, "(['1', 'special:create:roses'],)");
  g_free (answer.text);
  octavo_search_provider_use (self->provider, NULL);
}

static void
test_no_file (Test *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->model.folder, "none", "notes.db", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_finalize_object (self->provider);
  self->provider = octavo_search_provider_new (NULL, path, NULL);
  assert_asked (self, "GetInitialResultSet", "(['roses'],)", "(['special:create:roses'],)");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/search-provider/" name, Test, NULL, set_up, test, tear_down)
  ADD ("results", test_results);
  ADD ("metas", test_metas);
  ADD ("an-excerpt-has-the-hit", test_an_excerpt_has_the_hit);
  ADD ("going-there", test_going_there);
  ADD ("what-is-no-call", test_what_is_no_call);
  ADD ("a-search-stops-the-one-before", test_a_search_stops_the_one_before);
  ADD ("whose-notes", test_whose_notes);
  ADD ("the-store-of-the-windows", test_the_store_of_the_windows);
  ADD ("lent-meanwhile", test_lent_meanwhile);
  ADD ("no-file", test_no_file);

  return g_test_run ();
}
