/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-text-count"

#include "octavo-text-count.h"

#include "octavo-text-counter.h"
#include "ui-test.h"

#include <string.h>

static const struct
{
  const char *text;
  gint64 words;
  gint64 characters;
} examples[] = {
  { "", 0, 0 },
  { "one", 1, 3 },
  { "one  two\nthree\r\n", 3, 13 },
  { "don't stop’n go", 3, 15 },
  { "well-known - or not", 3, 19 },
  { "'quoted' -dash-", 2, 15 },
  { "3.14, 1,000 and 12:30. End", 5, 26 },
  { "# **bold** _it_ `code`", 3, 22 },
  { "l·l Ärger Ελλάδα мир", 4, 20 },
  { "e\xcc\x81t\xc3\xa9", 1, 3 },
  { "生存 is 2 words", 5, 13 },
  { "コーヒー", 2, 4 },
  { "한국어 문장", 2, 6 },
  { "👩‍👩‍👧 👍🏽", 0, 3 },
  { "שלום עולם", 2, 9 },
  { "हिन्दी", 1, 3 },
};

static void
test_examples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      OctavoTextCount count = { 0 };

      g_test_message ("%s", examples[i].text);
      octavo_text_count_add (&count, examples[i].text, (gssize) strlen (examples[i].text));
      g_assert_cmpint (count.words, ==, examples[i].words);
      g_assert_cmpint (count.characters, ==, examples[i].characters);
    }
}

static void
assert_counts (OctavoTextCounter *counter, GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  OctavoTextCount expected = { 0 }, count;

  while (!octavo_text_counter_get_all (counter, &count))
    g_main_context_iteration (NULL, TRUE);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  octavo_text_count_add (&expected, text, (gssize) strlen (text));
  g_assert_cmpint (count.words, ==, expected.words);
  g_assert_cmpint (count.characters, ==, expected.characters);
}

static void
edit (GtkTextBuffer *buffer)
{
  static const char *const pieces[] = { "a", " ", "\n", "one two\nthree", "生", "é", "'s" };
  int length = gtk_text_buffer_get_char_count (buffer);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, g_test_rand_int_range (0, length + 1));
  if (g_test_rand_int_range (0, 3) > 0)
    {
      gtk_text_buffer_insert (buffer, &from, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))], -1);
      return;
    }
  to = from;
  gtk_text_iter_forward_chars (&to, g_test_rand_int_range (0, 30));
  gtk_text_buffer_delete (buffer, &from, &to);
}

/* Whatever is edited, and whenever, the count is that of the text. */
static void
test_follows (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  OctavoTextCounter *counter;

  for (int i = 0; i < 12000; i++)
    g_string_append_printf (text, "word %d%s", i, i % 7 == 0 ? "\n" : " ");
  gtk_text_buffer_set_text (buffer, text->str, -1);
  counter = octavo_text_counter_new (buffer);
  for (int i = 0; i < 2000; i++)
    {
      edit (buffer);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
      if (i % 100 == 0)
        assert_counts (counter, buffer);
    }
  gtk_text_buffer_set_text (buffer, text->str, -1);
  assert_counts (counter, buffer);
  gtk_text_buffer_set_text (buffer, "", -1);
  assert_counts (counter, buffer);
  g_assert_finalize_object (counter);
}

static void
on_changed (gboolean *is_changed)
{
  *is_changed = TRUE;
}

static void
wait_for (gboolean *is_changed)
{
  *is_changed = FALSE;
  while (!*is_changed)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_selected (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  OctavoTextCounter *counter;
  OctavoTextCount count;
  GtkTextIter start, end;
  gboolean is_changed;

  gtk_text_buffer_set_text (buffer, "one two three", -1);
  counter = octavo_text_counter_new (buffer);
  g_signal_connect_swapped (counter, "changed", G_CALLBACK (on_changed), &is_changed);
  wait_for (&is_changed);
  g_assert_false (octavo_text_counter_get_selected (counter, &count));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 4);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  wait_for (&is_changed);
  while (!octavo_text_counter_get_selected (counter, &count))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (count.words, ==, 2);
  g_assert_cmpint (count.characters, ==, 9);
  gtk_text_buffer_place_cursor (buffer, &start);
  wait_for (&is_changed);
  g_assert_false (octavo_text_counter_get_selected (counter, &count));
  g_assert_finalize_object (counter);
}

static void
on_told (guint *n_told)
{
  (*n_told)++;
}

/* Each time that it is told a frame is painted, which the next key may have to wait for. */
static void
test_is_told_after_a_rest (void)
{
  g_autoptr (GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  OctavoTextCounter *counter;
  OctavoTextCount count;
  gint64 began;
  guint n_told = 0;

  counter = octavo_text_counter_new (buffer);
  g_signal_connect_swapped (counter, "changed", G_CALLBACK (on_told), &n_told);
  while (n_told < 2) /* what was counted first, and what is selected */
    g_main_context_iteration (NULL, TRUE);
  n_told = 0;
  began = g_get_monotonic_time ();
  while (g_get_monotonic_time () < began + G_TIME_SPAN_SECOND / 2)
    {
      gtk_text_buffer_insert_at_cursor (buffer, "a ", -1);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (n_told, ==, 0);
  while (n_told == 0) /* also by who does not rest */
    {
      gtk_text_buffer_insert_at_cursor (buffer, "a ", -1);
      g_main_context_iteration (NULL, FALSE);
    }
  while (n_told < 2)
    g_main_context_iteration (NULL, TRUE);
  octavo_text_counter_get_all (counter, &count);
  g_assert_cmpint (count.characters, ==, gtk_text_buffer_get_char_count (buffer));
  g_assert_finalize_object (counter);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/text-count/examples", test_examples);
  g_test_add_func ("/text-count/follows", test_follows);
  g_test_add_func ("/text-count/selected", test_selected);
  g_test_add_func ("/text-count/is-told-after-a-rest", test_is_told_after_a_rest);
  return g_test_run ();
}
