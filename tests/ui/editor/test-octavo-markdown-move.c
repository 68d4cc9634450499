/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-markdown-move"

#include "octavo-markdown-move.h"

#include "marked-buffer.h"
#include "ui-test.h"

/* In these texts | is the cursor, or each end of what is selected. */
static const struct
{
  gboolean down;
  const char *before;
  const char *after; /* NULL: there is nothing to do */
} examples[] = {
  { TRUE, "o|ne\ntwo\nthree", "two\no|ne\nthree" },
  { TRUE, "one\ntw|o\nthree", "one\nthree\ntw|o" },
  { TRUE, "one\ntw|o", NULL },
  { FALSE, "o|ne\ntwo", NULL },
  { FALSE, "one\ntwo|", "two|\none" },
  { FALSE, "one\ntwo\n|", "one\n|\ntwo" },
  { FALSE, "one\nt|wo\nthr|ee\nfour", "t|wo\nthr|ee\none\nfour" },
  { TRUE, "|one\n|two\nthree", "two\n|one\n|three" },
  { TRUE, "|one\n|two", "two\n|one|" },
  { FALSE, "one\n\ntwo|\n", "one\ntwo|\n\n" },
  { TRUE, "- on|e\n  text\n  - in it\n- two\n  - in two\n- three",
    "- two\n  - in two\n- on|e\n  text\n  - in it\n- three" },
  { FALSE, "- one\n  - in it\n- two|\n  - in two", "- two|\n  - in two\n- one\n  - in it" },
  { TRUE, "1. on|e\n2. two\n3. three", "1. two\n2. on|e\n3. three" },
  { FALSE, "4. one\n5. tw|o\n6. three", "4. tw|o\n5. one\n6. three" },
  { FALSE, "1. one\n\n2. tw|o\n\n3. three", "1. tw|o\n\n2. one\n\n3. three" },
  { TRUE, "1. on|e\n\n2. two", "1. two\n\n2. on|e" },
  { FALSE, "1. one\n   1. in| it\n   2. and\n2. two", "1. in| it\n2. one\n   1. and\n3. two" },
  { TRUE, "1. one\n   1. a\n   2. in| it\n2. two", "1. one\n   1. a\n2. two\n   1. in| it" },
  { TRUE, "8. a|\n9. b\n   - in b\n10. c\n    - in c", "8. b\n   - in b\n9. a|\n10. c\n    - in c" },
  { TRUE, "8. a\n9. b|\n   - in b\n10. c\n    - in c", "8. a\n9. c\n   - in c\n10. b|\n    - in b" },
  { TRUE, "> - o|ne\n> - two", "> - two\n> - o|ne" },
  { FALSE, "text\n\n5. on|e", "text\n5. on|e\n" },
};

static void
test_moves (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      OctavoMarkdownBuffer *buffer = marked_buffer_new (examples[i].before);

      g_test_message ("%s", examples[i].before);
      g_assert_cmpint (octavo_markdown_move (buffer, examples[i].down), ==, examples[i].after != NULL);
      marked_buffer_assert (buffer, examples[i].before,
                            examples[i].after != NULL ? examples[i].after : examples[i].before);
      marked_buffer_drop (buffer);
    }
}

/* Whatever is moved, the same lines are there, and one step takes it back. */
static void
test_moves_of_any_text (void)
{
  static const char *const lines[] = { "- one", "  - two", "1. three", "   2. four", "", "text", "> - five", "```" };

  for (int i = 0; i < 300; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      OctavoMarkdownBuffer *buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
      g_autofree char *after = NULL;
      GtkTextIter start, end;

      for (int j = 0; j < 8; j++)
        g_string_append_printf (text, "%s%s", j > 0 ? "\n" : "",
                                lines[g_test_rand_int_range (0, G_N_ELEMENTS (lines))]);
      octavo_markdown_buffer_load (buffer, text->str);
      gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &start, g_test_rand_int_range (0, 8));
      gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &end, g_test_rand_int_range (0, 8));
      gtk_text_buffer_select_range (GTK_TEXT_BUFFER (buffer), &start, &end);
      if (octavo_markdown_move (buffer, g_test_rand_bit ()))
        {
          g_assert_cmpint (gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (buffer)), ==, 8);
          gtk_text_buffer_undo (GTK_TEXT_BUFFER (buffer));
        }
      after = octavo_markdown_buffer_dup_text (buffer);
      g_assert_cmpstr (after, ==, text->str);
      marked_buffer_drop (buffer);
    }
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/markdown-move/moves", test_moves);
  g_test_add_func ("/markdown-move/moves-of-any-text", test_moves_of_any_text);
  return g_test_run ();
}
