/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-version-diff"

#include "octavo-version-diff.h"

#include "ui-test.h"

static OctavoVersionComparison *
compare (const char *old_title, const char *old_text, const char *new_title, const char *new_text)
{
  OctavoVersionComparison *comparison = g_new0 (OctavoVersionComparison, 1);

  comparison->old_title = g_strdup (old_title);
  comparison->new_title = g_strdup (new_title);
  comparison->page = octavo_diff_page_new (old_text, new_text, OCTAVO_VERSION_DIFF_MAX_LINES);
  return comparison;
}

static GtkTextBuffer *
get_buffer (OctavoVersionDiff *diff)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_test_find (GTK_WIDGET (diff), GTK_TYPE_TEXT_VIEW)));
}

static void
assert_shows (OctavoVersionDiff *diff, const char *summary, const char *expected)
{
  GtkTextBuffer *buffer = get_buffer (diff);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (ui_test_find (GTK_WIDGET (diff), GTK_TYPE_LABEL))), ==, summary);
}

/* What stands at the place of a word. */
static void
assert_tag (OctavoVersionDiff *diff, const char *word, const char *name, gboolean expected)
{
  GtkTextBuffer *buffer = get_buffer (diff);
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), name);
  GtkTextIter start, found;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, word, 0, &found, NULL, NULL));
  g_assert_cmpint (gtk_text_iter_has_tag (&found, tag), ==, expected);
}

static void
test_shows (void)
{
  OctavoVersionDiff *diff = g_object_ref_sink (g_object_new (OCTAVO_TYPE_VERSION_DIFF, NULL));
  g_autoptr (OctavoVersionComparison) comparison =
      compare ("Old", "same\nthe red house\n", "New", "same\nthe green house\nmore\n");
  g_autoptr (OctavoVersionComparison) same = compare ("T", "same\n", "T", "same\n");
  g_autoptr (OctavoVersionComparison) two = compare ("T", "a\n1\n2\n3\n4\n5\nb\n", "T", "x\n1\n2\n3\n4\n5\ny\n");

  octavo_version_diff_show (diff, comparison);
  assert_shows (diff, "2 words added, 1 word removed, in 1 place. The title was “Old” and became “New”.",
                "Line 2: 2 words added, 1 word removed\n\u2007 same\n\u2212 the red house\n+ the green house\n+ more");
  assert_tag (diff, "red", "word-removed", TRUE);
  assert_tag (diff, "red", "removed", TRUE);
  assert_tag (diff, "the", "word-removed", FALSE);
  assert_tag (diff, "green", "word-added", TRUE);
  assert_tag (diff, "more", "added", TRUE);
  assert_tag (diff, "same", "added", FALSE);
  assert_tag (diff, "same", "removed", FALSE);

  octavo_version_diff_show (diff, two);
  assert_shows (diff, "2 words added, 2 words removed, in 2 places.",
                "Line 1: 1 word added, 1 word removed\n\u2212 a\n+ x\n\u2007 1\n\u2007 2\n"
                "Line 7: 1 word added, 1 word removed\n\u2007 4\n\u2007 5\n\u2212 b\n+ y");
  octavo_version_diff_show (diff, same);
  assert_shows (diff, "The texts are the same.", "");
  octavo_version_diff_show_message (diff, "Nothing can be read");
  assert_shows (diff, "Nothing can be read", "");
  g_assert_finalize_object (diff);
}

/* Whatever there is, no more is put into the view than can be borne. */
static void
test_bounded (void)
{
  OctavoVersionDiff *diff = g_object_ref_sink (g_object_new (OCTAVO_TYPE_VERSION_DIFF, NULL));
  GString *text = g_string_new (NULL);
  g_autoptr (OctavoVersionComparison) comparison = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "word %u\n", i);
  comparison = compare ("T", "", "T", text->str);
  octavo_version_diff_show (diff, comparison);
  g_assert_cmpint (gtk_text_buffer_get_line_count (get_buffer (diff)), ==, OCTAVO_VERSION_DIFF_MAX_LINES);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (ui_test_find (GTK_WIDGET (diff), GTK_TYPE_LABEL))), ==,
                   "10000 words added, in 1 place. Only the first lines are shown.");
  g_string_free (text, TRUE);
  g_assert_finalize_object (diff);
}

static void
test_counts (void)
{
  static const struct
  {
    guint n_added;
    guint n_removed;
    const char *text;
  } all[] = {
    { 0, 0, "No word changed" },
    { 1, 0, "1 word added" },
    { 0, 2, "2 words removed" },
    { 3, 1, "3 words added, 1 word removed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *text = octavo_version_dup_counts (all[i].n_added, all[i].n_removed);

      g_assert_cmpstr (text, ==, all[i].text);
    }
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/version-diff/shows", test_shows);
  g_test_add_func ("/version-diff/bounded", test_bounded);
  g_test_add_func ("/version-diff/counts", test_counts);
  return g_test_run ();
}
