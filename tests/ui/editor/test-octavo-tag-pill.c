/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-tag-pill"

#include "octavo-tag-pill.h"

#include "octavo-tag-private.h"
#include "ui-test.h"

typedef struct
{
  GListStore *tags;
  OctavoTag *tag; /* whose name differs in its capitals only */
  GtkWidget *pill;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  g_autoptr (OctavoTag) other = octavo_tag_new (1, "work", "red", 1, 2);

  test->tags = g_list_store_new (OCTAVO_TYPE_TAG);
  g_list_store_append (test->tags, other);
  test->tag = octavo_tag_new (2, "WORK/plan", "blue", 1, 1);
  test->pill = g_object_ref_sink (octavo_tag_pill_new ("Work/Plan"));
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_assert_finalize_object (test->pill);
  g_assert_finalize_object (test->tags);
  g_assert_finalize_object (test->tag);
}

/* Its dot is the first thing in it. */
static GtkWidget *
get_dot (Test *test)
{
  return gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (test->pill)));
}

static void
assert_color (Test *test, const char *style, const char *word)
{
  g_assert_cmpint (gtk_widget_get_visible (get_dot (test)), ==, style != NULL);
  if (style != NULL)
    g_assert_true (gtk_widget_has_css_class (get_dot (test), style));
  gtk_test_accessible_assert_property (test->pill, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, word);
}

static void
test_says_what_it_takes_off (Test *test, gconstpointer data)
{
  g_assert_cmpstr (octavo_tag_pill_get_name (OCTAVO_TAG_PILL (test->pill)), ==, "Work/Plan");
  g_assert_nonnull (ui_test_find_label (test->pill, "Work/Plan"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (test->pill), ==, "Remove tag Work/Plan");
  gtk_test_accessible_assert_role (test->pill, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (test->pill, GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove tag Work/Plan");
}

/* The colour is to be seen, and is a word as well. */
static void
test_shows_the_colour (Test *test, gconstpointer data)
{
  OctavoTagPill *pill = OCTAVO_TAG_PILL (test->pill);

  g_assert_false (gtk_widget_get_visible (get_dot (test)));
  octavo_tag_pill_set_tags (pill, G_LIST_MODEL (test->tags));
  assert_color (test, NULL, "");
  g_list_store_append (test->tags, test->tag);
  assert_color (test, "tag-blue", "Blue");
  octavo_tag_set_color (test->tag, "green");
  assert_color (test, "tag-green", "Green");
  g_assert_false (gtk_widget_has_css_class (get_dot (test), "tag-blue"));
  octavo_tag_set_color (test->tag, "");
  assert_color (test, NULL, "");
}

static void
test_forgets_tags_that_are_gone (Test *test, gconstpointer data)
{
  OctavoTagPill *pill = OCTAVO_TAG_PILL (test->pill);

  g_list_store_append (test->tags, test->tag);
  octavo_tag_pill_set_tags (pill, G_LIST_MODEL (test->tags));
  assert_color (test, "tag-blue", "Blue");
  g_list_store_remove (test->tags, 1);
  assert_color (test, NULL, "");
  octavo_tag_set_color (test->tag, "red");
  assert_color (test, NULL, "");

  octavo_tag_pill_set_tags (pill, NULL);
  g_list_store_append (test->tags, test->tag);
  assert_color (test, NULL, "");
}

int
main (int argc, char *argv[])
{
  ui_test_init_accessible (&argc, &argv);
#define ADD(name, func) g_test_add ("/tag-pill/" name, Test, NULL, set_up, func, tear_down)
  ADD ("says-what-it-takes-off", test_says_what_it_takes_off);
  ADD ("shows-the-colour", test_shows_the_colour);
  ADD ("forgets-tags-that-are-gone", test_forgets_tags_that_are_gone);
  return g_test_run ();
}
