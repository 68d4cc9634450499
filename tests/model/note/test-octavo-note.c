/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-test.h"
#include "octavo-store-private.h"
#include "octavo-tag.h"
#include "octavo-user.h"
#include "orm-session.h"

#include <locale.h>

/* What notes, tags and users are to each other, as the mapper has it. */

static char *
get_names (gpointer note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrmCollection) tags = orm_entity_get_collection (note, "tags", &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < orm_collection_get_n_items (tags); i++)
    g_string_append_printf (names, "%s ", octavo_tag_get_name (orm_collection_peek (tags, i)));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
has_names (gpointer note, const char *expected)
{
  g_autofree char *names = get_names (note);

  return g_str_equal (names, expected);
}

static void
test_relations (ModelTest *self, gconstpointer data)
{
  g_autoptr (OrmSession) session = orm_session_new (octavo_store_get_database (self->store));
  g_autoptr (OrmQuery) query = orm_query_new (OCTAVO_TYPE_NOTE);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first = model_test_add_note (self, "first", "", "b,a/c,A");

  model_test_add_note (self, "second", "", NULL);
  orm_query_joined (query, "user");
  orm_query_select_in (query, "tags");
  orm_query_order_by (query, "id", ORM_ORDER_ASCENDING);
  notes = orm_session_all (session, query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 2);
  g_assert_true (has_names (notes->pdata[0], "A a/c b "));
  g_assert_true (has_names (notes->pdata[1], ""));
  g_assert_cmpint (octavo_user_get_id (orm_entity_get_related (notes->pdata[1], "user", &error)), ==, 1);

  /* What the repository does to many notes at once is seen. */
  model_test_apply (self, OCTAVO_NOTES_ADD_TAG, first, "d");
  model_test_wait_for (has_names (notes->pdata[0], "A a/c b d "));
  model_test_apply (self, OCTAVO_NOTES_REMOVE_TAG, first, "B");
  model_test_wait_for (has_names (notes->pdata[0], "A a/c d "));
}

/* What a session relates is what the repository reads. */
static void
test_relate (ModelTest *self, gconstpointer data)
{
  g_autoptr (OrmSession) session = orm_session_new (octavo_store_get_database (self->store));
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (OctavoNote) note = NULL;
  g_autoptr (OctavoTag) tag = NULL;
  g_autoptr (OrmCollection) tags = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = model_test_add_note (self, "first", "", "a");
  guint n_changed = self->n_changed;

  note = orm_session_get (session, OCTAVO_TYPE_NOTE, id, NULL, &error);
  g_ptr_array_add (list, note);
  g_assert_true (orm_session_load (session, list, "tags", NULL, &error));
  tags = orm_entity_get_collection (ORM_ENTITY (note), "tags", &error);
  tag = g_object_new (OCTAVO_TYPE_TAG, "name", "New", "folded", "new", "color", "", NULL);
  orm_collection_add (tags, tag);
  g_assert_true (orm_session_commit (session, NULL, &error));
  g_assert_no_error (error);
  names = octavo_note_repository_get_tags (octavo_store_get_notes (self->store), id, &error);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[1], ==, "New");
  model_test_wait_for (self->n_changed > n_changed);
}

#define ADD(path, test) g_test_add (path, ModelTest, NULL, model_test_set_up, test, model_test_tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  ADD ("/note/relations", test_relations);
  ADD ("/note/relate", test_relate);
  return g_test_run ();
}
