/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-excerpt-finder.h"

#include "model-test.h"
#include "octavo-note-list.h"

#define FILLER                                                                                                         \
  "There are two hundred characters and some more here, in which nothing stands that anybody would look for, and "     \
  "which are the start of the text that every row of the list shows as long as there is no search, so that what is "   \
  "below is out of sight.\n\n"

typedef struct
{
  ModelTest model;
  OctavoExcerptFinder *finder; /* of the store */
  OctavoQuery *query;
  guint n_found;
} Test;

static void
on_found (Test *self)
{
  self->n_found++;
}

static void
set_up (Test *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->finder = octavo_store_get_excerpts (self->model.store);
  self->query = octavo_query_new ("needle");
  g_signal_connect_swapped (self->finder, "found", G_CALLBACK (on_found), self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->finder, self);
  octavo_query_unref (self->query);
  model_test_tear_down (&self->model, data);
}

static OctavoNoteRow *
read_row (Test *self, gint64 id)
{
  g_autoptr (GPtrArray) rows = octavo_note_repository_read_page (octavo_store_get_notes (self->model.store), &id, 1);

  return g_object_ref (rows->pdata[0]);
}

static char *
find (Test *self, gint64 id)
{
  g_autoptr (OctavoNoteRow) row = read_row (self, id);
  guint n_found = self->n_found;
  const char *excerpt = octavo_excerpt_finder_get (self->finder, self->query, row);

  if (excerpt == NULL)
    model_test_wait_for (self->n_found > n_found);
  return g_strdup (octavo_excerpt_finder_get (self->finder, self->query, row));
}

static void
test_what_is_further_down_is_found (Test *self, gconstpointer data)
{
  gint64 below = model_test_add_note (&self->model, "Below", FILLER "* the **needle** in it", NULL);
  gint64 above = model_test_add_note (&self->model, "Above", "the needle above " FILLER "and the needle below", NULL);
  gint64 nowhere = model_test_add_note (&self->model, "The needle", FILLER, NULL);
  g_autofree char *one = find (self, below);
  g_autofree char *two = find (self, above);
  g_autofree char *three = find (self, nowhere);

  g_assert_cmpstr (one, ==, "…the needle in it");
  g_assert_null (two);
  g_assert_null (three);
}

static void
test_what_is_known_is_not_read_again (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Below", FILLER "the needle", NULL);
  g_autofree char *one = find (self, id);
  g_autofree char *two = NULL;
  guint n_found = self->n_found;

  g_assert_cmpuint (n_found, ==, 1);
  two = find (self, id);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpuint (self->n_found, ==, n_found);
}

static void
test_an_edit_is_seen (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Below", FILLER "the needle", NULL);
  g_autofree char *one = find (self, id);
  g_autofree char *two = NULL;
  guint n_changed = self->model.n_changed;

  model_test_execute (self->model.path, "UPDATE note SET body = replace (body, 'the needle', 'another needle')");
  model_test_wait_for (self->model.n_changed > n_changed);
  two = find (self, id);
  g_assert_cmpstr (one, ==, "…the needle");
  g_assert_cmpstr (two, ==, "…another needle");
}

static void
test_a_tag_has_no_hit (Test *self, gconstpointer data)
{
  gint64 id = model_test_add_note (&self->model, "Tagged", FILLER, "needle");
  g_autoptr (OctavoQuery) query = octavo_query_new ("tag:needle");
  g_autoptr (OctavoNoteRow) row = read_row (self, id);

  model_test_reset_statements (&self->model);
  g_assert_null (octavo_excerpt_finder_get (self->finder, query, row));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->model.n_statements, ==, 0);
}

/* The rows of a new result have what was found in them before they are told of. */
static void
test_the_first_rows_are_prepared (Test *self, gconstpointer data)
{
  g_autoptr (OctavoNoteList) list = NULL;
  g_autoptr (OctavoNoteRow) row = NULL;

  for (guint i = 0; i < 20; i++)
    model_test_add_note (&self->model, "Below", FILLER "the needle", NULL);
  list = octavo_note_list_new (self->model.store);
  octavo_note_list_set_query (list, "needle");
  model_test_wait_for (!octavo_note_list_get_loading (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == 20);
  row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (octavo_excerpt_finder_get (self->finder, self->query, row), ==, "…the needle");
  g_assert_cmpuint (self->n_found, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/excerpt-finder/" name, Test, NULL, set_up, func, tear_down)
  ADD ("what-is-further-down-is-found", test_what_is_further_down_is_found);
  ADD ("what-is-known-is-not-read-again", test_what_is_known_is_not_read_again);
  ADD ("an-edit-is-seen", test_an_edit_is_seen);
  ADD ("a-tag-has-no-hit", test_a_tag_has_no_hit);
  ADD ("the-first-rows-are-prepared", test_the_first_rows_are_prepared);
  return g_test_run ();
}
