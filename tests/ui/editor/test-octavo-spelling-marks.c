/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-spelling-marks"

#include "octavo-spelling-marks.h"

#include "fake-speller.h"
#include "octavo-markdown-buffer.h"
#include "octavo-settings.h"
#include "ui-test.h"

typedef struct
{
  OctavoSpelling *spelling;
  GtkWidget *window;
  OctavoNoteView *views[2]; /* of one text */
  GtkTextBuffer *buffer;
} Fixture;

static void
show_text (Fixture *self, const char *text)
{
  g_clear_object (&self->buffer);
  self->buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  octavo_markdown_buffer_load (OCTAVO_MARKDOWN_BUFFER (self->buffer), text);
  octavo_note_view_show (self->views[0], self->buffer);
  octavo_note_view_show (self->views[1], self->buffer);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  self->spelling = fake_speller_new_spelling ();
  for (guint i = 0; i < G_N_ELEMENTS (self->views); i++)
    {
      GtkWidget *scroller = gtk_scrolled_window_new ();

      self->views[i] = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
      octavo_spelling_marks_add (self->views[i], self->spelling);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->views[i]));
      gtk_box_append (GTK_BOX (box), scroller);
    }
  self->window = ui_test_show (box);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL); /* nobody types */
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  GtkWidget *window = g_steal_pointer (&self->window);

  ui_test_close (window);
  g_assert_finalize_object (self->buffer);
  fake_speller_drop_spelling (self->spelling);
}

/* What is underlined, one behind the other. */
static char *
dup_marked (Fixture *self)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (self->buffer), OCTAVO_SPELLING_MARKS_TAG);
  GString *found = g_string_new (NULL);
  GtkTextIter start, end;

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  while (tag != NULL && (gtk_text_iter_starts_tag (&start, tag) || gtk_text_iter_forward_to_tag_toggle (&start, tag)) &&
         !gtk_text_iter_is_end (&start))
    {
      g_autofree char *text = NULL;

      end = start;
      gtk_text_iter_forward_to_tag_toggle (&end, tag);
      text = gtk_text_iter_get_slice (&start, &end);
      g_string_append_printf (found, "%s%s", found->len > 0 ? "," : "", text);
      start = end;
    }
  return g_string_free (found, FALSE);
}

static gboolean
has_marked (Fixture *self, const char *expected)
{
  g_autofree char *marked = dup_marked (self);

  return g_str_equal (marked, expected);
}

static void
wait_marked (Fixture *self, const char *expected)
{
  model_test_wait_for (has_marked (self, expected));
}

static void
insert (Fixture *self, int offset, const char *text)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, offset);
  gtk_text_buffer_insert (self->buffer, &iter, text, -1);
}

static void delete (Fixture *self, int from, int to)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, from);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, to);
  gtk_text_buffer_delete (self->buffer, &start, &end);
}

static void
test_in_sight (Fixture *self, gconstpointer data)
{
  show_text (self, "this is wrng\n`codde` and badd\n# Heddin");
  wait_marked (self, "wrng,badd,Heddin");
}

static void
test_edits (Fixture *self, gconstpointer data)
{
  show_text (self, "wrng text");
  wait_marked (self, "wrng");
  delete (self, 0, 5);
  wait_marked (self, "");
  insert (self, 4, " mre\nand onne");
  wait_marked (self, "mre,onne");
  insert (self, 0, "```\n"); /* all is code now */
  wait_marked (self, "");
  gtk_text_buffer_undo (self->buffer);
  wait_marked (self, "mre,onne");
  insert (self, 6, "o");
  wait_marked (self, "onne");
}

/* Marks are no steps. */
static void
test_undo (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  show_text (self, "wrng");
  wait_marked (self, "wrng");
  g_assert_false (gtk_text_buffer_get_can_undo (self->buffer));
  insert (self, 4, " badd");
  wait_marked (self, "wrng,badd");
  gtk_text_buffer_undo (self->buffer);
  g_assert_false (gtk_text_buffer_get_can_undo (self->buffer));
  wait_marked (self, "wrng");
  text = octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (self->buffer));
  g_assert_cmpstr (text, ==, "wrng");
}

static void
type (Fixture *self, const char *text)
{
  gtk_text_buffer_insert_interactive_at_cursor (self->buffer, text, -1, TRUE);
}

/* The word that is being typed is let be until the cursor leaves it. */
static void
test_typing (Fixture *self, gconstpointer data)
{
  GtkTextIter start;

  show_text (self, "badd \nthis");
  gtk_widget_grab_focus (GTK_WIDGET (self->views[0]));
  wait_marked (self, "badd");
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, 5);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  fake_speller_get_n_looked ();
  type (self, "wr");
  model_test_wait_for (fake_speller_get_n_looked () > 0);
  wait_marked (self, "badd");
  type (self, "ng");
  model_test_wait_for (fake_speller_get_n_looked () > 0);
  wait_marked (self, "badd");
  type (self, " ");
  wait_marked (self, "badd,wrng");
  type (self, "mre");
  model_test_wait_for (fake_speller_get_n_looked () > 0);
  wait_marked (self, "badd,wrng");
  gtk_text_buffer_get_end_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start); /* leaves it without an edit */
  wait_marked (self, "badd,wrng,mre");
}

static void
test_settings (Fixture *self, gconstpointer data)
{
  GSettings *settings = octavo_settings_get ();

  show_text (self, "this is richtig");
  wait_marked (self, "richtig");
  g_settings_set_boolean (settings, "check-spelling", FALSE);
  wait_marked (self, "");
  g_settings_set_boolean (settings, "check-spelling", TRUE);
  wait_marked (self, "richtig");
  g_settings_set_string (settings, "spelling-language", "de_DE");
  wait_marked (self, "this,is");
  octavo_spelling_add_word (self->spelling, "this");
  wait_marked (self, "is");
  octavo_spelling_ignore_word (self->spelling, "is");
  wait_marked (self, "");
}

/* A text that was shown while something else was right. */
static void
test_comes_back (Fixture *self, gconstpointer data)
{
  g_autoptr (GtkTextBuffer) first = NULL;

  show_text (self, "this wrng");
  wait_marked (self, "wrng");
  first = g_object_ref (self->buffer);
  show_text (self, "badd");
  wait_marked (self, "badd");
  octavo_spelling_ignore_word (self->spelling, "wrng");
  wait_marked (self, "badd");
  g_set_object (&self->buffer, first);
  octavo_note_view_show (self->views[1], self->buffer);
  wait_marked (self, "");
  octavo_note_view_show (self->views[0], self->buffer);
  g_clear_object (&first);
}

/* A note of a megabyte: only what is seen is looked up, and a key costs its line. */
static void
test_large (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTextIter start;
  guint n;

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, "word%c%c%c and some textt here\n", 'a' + i / 676 % 26, 'a' + i / 26 % 26,
                            'a' + i % 26);
  fake_speller_get_n_looked ();
  show_text (self, text->str);
  model_test_wait_for (octavo_markdown_highlighter_is_done (
      octavo_markdown_buffer_get_highlighter (OCTAVO_MARKDOWN_BUFFER (self->buffer))));
  model_test_wait_for (!has_marked (self, ""));
  n = fake_speller_get_n_looked ();
  g_assert_cmpuint (n, >, 20);
  g_assert_cmpuint (n, <, 2000);
  insert (self, 0, "newword ");
  model_test_wait_for ((n = fake_speller_get_n_looked ()) > 0);
  g_assert_cmpuint (n, ==, 1);

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, 20000);
  octavo_note_view_show_place (self->views[1], gtk_text_iter_get_offset (&start));
  model_test_wait_for ((n += fake_speller_get_n_looked ()) > 20);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n + fake_speller_get_n_looked (), <, 2000);
}

static void
test_wrong_at (Fixture *self, gconstpointer data)
{
  static const char *const expected[] = { NULL, NULL, NULL, NULL, NULL, "wrng", "wrng", "wrng", "wrng", "wrng", NULL };

  show_text (self, "this wrng\nx");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      GtkTextIter place, start, end;
      g_autofree char *word = NULL;

      gtk_text_buffer_get_iter_at_offset (self->buffer, &place, (int) i);
      word = octavo_spelling_marks_dup_wrong (GTK_TEXT_VIEW (self->views[0]), self->spelling, &place, &start, &end);
      g_assert_cmpstr (word, ==, expected[i]);
      if (word != NULL)
        g_assert_cmpint (gtk_text_iter_get_offset (&start) * 100 + gtk_text_iter_get_offset (&end), ==, 509);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  ADD ("/spelling-marks/in-sight", test_in_sight);
  ADD ("/spelling-marks/edits", test_edits);
  ADD ("/spelling-marks/undo", test_undo);
  ADD ("/spelling-marks/typing", test_typing);
  ADD ("/spelling-marks/settings", test_settings);
  ADD ("/spelling-marks/comes-back", test_comes_back);
  ADD ("/spelling-marks/large", test_large);
  ADD ("/spelling-marks/wrong-at", test_wrong_at);
  return g_test_run ();
}
