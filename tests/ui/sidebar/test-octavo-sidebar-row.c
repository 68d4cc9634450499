/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-sidebar-model.h"
#include "octavo-sidebar-row.h"
#include "octavo-tag-private.h"
#include "ui-test.h"

#define LONG_NAME "a-name-that-somebody-gave-to-a-tag-and-that-goes-on-for-a-while"

typedef struct
{
  GListStore *tags;
  OctavoSidebarModel *model;
  OctavoSidebarRow *row;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OctavoTag) tag = octavo_tag_new (1, LONG_NAME, "", 12, 12);

  fixture->tags = g_list_store_new (OCTAVO_TYPE_TAG);
  g_list_store_append (fixture->tags, tag);
  fixture->model = octavo_sidebar_model_new ();
  octavo_sidebar_model_set_tags (fixture->model, G_LIST_MODEL (fixture->tags));
  fixture->row = g_object_ref_sink (OCTAVO_SIDEBAR_ROW (octavo_sidebar_row_new ()));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->row);
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->tags);
}

static void
show (Fixture *fixture, guint position)
{
  octavo_sidebar_row_set_item (fixture->row, octavo_sidebar_model_peek (fixture->model, position));
}

static gboolean
can_be_cut (Fixture *fixture)
{
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (fixture->row), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return minimum < natural;
}

/* The words for places fit, however large the letters are; the name of a tag may be too long for any sidebar. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < OCTAVO_SIDEBAR_N_PLACES; i++)
    {
      show (fixture, i);
      g_assert_false (can_be_cut (fixture));
    }
  show (fixture, OCTAVO_SIDEBAR_N_PLACES);
  g_assert_true (can_be_cut (fixture));
  show (fixture, 0);
  g_assert_false (can_be_cut (fixture));
}

static void
test_shows (Fixture *fixture, gconstpointer data)
{
  show (fixture, OCTAVO_SIDEBAR_N_PLACES);
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (fixture->row), LONG_NAME));
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (fixture->row), "12"));
  octavo_sidebar_item_set_count (octavo_sidebar_row_get_item (fixture->row), 1234);
  g_assert_null (ui_test_find_label (GTK_WIDGET (fixture->row), "12"));
  octavo_sidebar_row_set_item (fixture->row, NULL);
  g_assert_null (octavo_sidebar_row_get_item (fixture->row));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add ("/sidebar-row/cut", Fixture, NULL, set_up, test_cut, tear_down);
  g_test_add ("/sidebar-row/shows", Fixture, NULL, set_up, test_shows, tear_down);

  return g_test_run ();
}
