/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-markdown-list"

#include "octavo-markdown-list.h"

#include "marked-buffer.h"
#include "octavo-markdown-toggle.h"
#include "octavo-note-view.h"
#include "ui-test.h"

typedef struct
{
  gboolean (*edit) (OctavoMarkdownBuffer *);
  const char *before;
  const char *after; /* NULL: there is nothing to do */
} Example;

static const Example examples[] = {
  { octavo_markdown_list_break_line, "- one|", "- one\n- |" },
  { octavo_markdown_list_break_line, "- o|ne", "- o\n- |ne" },
  { octavo_markdown_list_break_line, "  * [x] one|\ntwo", "  * [x] one\n  * [ ] |\ntwo" },
  { octavo_markdown_list_break_line, "9. one|\n10. two\n    - three\n11. four\n\ntext\n\n1. five",
    "9. one\n10. |\n11. two\n    - three\n12. four\n\ntext\n\n1. five" },
  { octavo_markdown_list_break_line, "> 1) one|", "> 1) one\n> 2) |" },
  { octavo_markdown_list_break_line, "- - one|", "- - one\n  - |" },
  { octavo_markdown_list_break_line, "- one\n- |", "- one\n|" },
  { octavo_markdown_list_break_line, "- one\n  - [ ] |", "- one\n|" },
  { octavo_markdown_list_break_line, "> one|", "> one\n> |" },
  { octavo_markdown_list_break_line, "> one\n> |", "> one\n|" },
  { octavo_markdown_list_break_line, "one|", NULL },
  { octavo_markdown_list_break_line, "|- one", NULL },
  { octavo_markdown_list_break_line, "- |o|ne", NULL },
  { octavo_markdown_list_break_line, "```\n- one|\n```", NULL },
  { octavo_markdown_list_indent, "- one\n- two|\n- three", "- one\n  - two|\n- three" },
  { octavo_markdown_list_indent, "1. one\n2. two|\n   text\n\n   - in it\n3. three",
    "1. one\n   1. two|\n      text\n\n      - in it\n2. three" },
  { octavo_markdown_list_indent, "> - one\n> - two|", "> - one\n>   - two|" },
  { octavo_markdown_list_indent, "- one\n- |two\n- three|\nfour", "- one\n  - |two\n  - three|\n  four" },
  { octavo_markdown_list_indent, "- one|", "- one|" },
  { octavo_markdown_list_indent, "1. one\n2. |", "1. one\n   1. |" },
  { octavo_markdown_list_indent, "- one\n- |", "- one\n  - |" },
  { octavo_markdown_list_indent, "one|", NULL },
  { octavo_markdown_list_outdent, "- one\n  - two|\n    - three\n- four", "- one\n- two|\n  - three\n- four" },
  { octavo_markdown_list_outdent, "1. one\n   1. two|\n2. three", "1. one\n2. two|\n3. three" },
  { octavo_markdown_list_indent, "1. one\n2. two|\n3. three", "1. one\n   1. two|\n2. three" },
  { octavo_markdown_list_outdent, "1. one\n   1. two|\n   2. three", "1. one\n2. two|\n   1. three" },
  { octavo_markdown_list_outdent, "- one|", "- one|" },
  { octavo_markdown_list_outdent, "one|", NULL },
};

static void
test_lists (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      OctavoMarkdownBuffer *buffer = marked_buffer_new (examples[i].before);

      g_test_message ("%s", examples[i].before);
      g_assert_cmpint (examples[i].edit (buffer), ==, examples[i].after != NULL);
      marked_buffer_assert (buffer, examples[i].before,
                            examples[i].after != NULL ? examples[i].after : examples[i].before);
      marked_buffer_drop (buffer);
    }
}

static void
test_boxes (void)
{
  OctavoMarkdownBuffer *buffer = marked_buffer_new ("- [ ] one\n- two\n[ ] three");
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &place, 3);
  g_assert_true (octavo_markdown_list_is_box (buffer, &place));
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &place, 6);
  g_assert_false (octavo_markdown_list_is_box (buffer, &place));
  g_assert_true (octavo_markdown_list_tick (buffer, 0));
  marked_buffer_assert (buffer, "- [ ] one\n- two\n[ ] three", "- [x] one\n- two\n[ ] three");
  g_assert_false (octavo_markdown_list_tick (buffer, 1));
  g_assert_false (octavo_markdown_list_tick (buffer, 2));
  marked_buffer_drop (buffer);
  buffer = marked_buffer_new ("> 1. [X] one");
  g_assert_true (octavo_markdown_list_tick (buffer, 0));
  marked_buffer_assert (buffer, "> 1. [X] one", "> 1. [ ] one");
  marked_buffer_drop (buffer);
}

static const struct
{
  OctavoMarkdownSpanKind kind;
  const char *before;
  const char *after;
} toggled[] = {
  { OCTAVO_MARKDOWN_STRONG, "one |two| three", "one **|two|** three" },
  { OCTAVO_MARKDOWN_STRONG, "one **|two|** three", "one |two| three" },
  { OCTAVO_MARKDOWN_STRONG, "one |**two**| three", "one |two| three" },
  { OCTAVO_MARKDOWN_STRONG, "one __t|w|o__ three", "one t|w|o three" },
  { OCTAVO_MARKDOWN_EMPHASIS, "one **|two|** three", "one ***|two|*** three" },
  { OCTAVO_MARKDOWN_EMPHASIS, "one| two |three", "one *|two|* three" },
  { OCTAVO_MARKDOWN_EMPHASIS, "生|存|", "生*|存|*" },
  { OCTAVO_MARKDOWN_STRIKETHROUGH, "t|wo", "~~|two|~~" },
  { OCTAVO_MARKDOWN_CODE_SPAN, "``|two|``", "|two|" },
  { OCTAVO_MARKDOWN_CODE_SPAN, "one | ", "one `|` " },
  { OCTAVO_MARKDOWN_STRONG, "|one\ntwo|", "|one\ntwo|" },
};

static void
test_toggles (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (toggled); i++)
    {
      OctavoMarkdownBuffer *buffer = marked_buffer_new (toggled[i].before);

      octavo_markdown_toggle (buffer, toggled[i].kind);
      marked_buffer_assert (buffer, toggled[i].before, toggled[i].after);
      marked_buffer_drop (buffer);
    }
}

static void
test_links (void)
{
  OctavoMarkdownBuffer *buffer = marked_buffer_new ("one |two| three");

  g_assert_false (octavo_markdown_link_selection (buffer, "two"));
  g_assert_false (octavo_markdown_link_selection (buffer, "https://a b"));
  g_assert_true (octavo_markdown_link_selection (buffer, "https://example.org/a"));
  marked_buffer_assert (buffer, "one |two| three", "one [|two|](https://example.org/a) three");
  marked_buffer_drop (buffer);
  buffer = marked_buffer_new ("one| two");
  g_assert_false (octavo_markdown_link_selection (buffer, "https://example.org/a"));
  marked_buffer_drop (buffer);
}

static void
test_keys (void)
{
  OctavoMarkdownBuffer *buffer = marked_buffer_new ("- [ ] one|");
  GtkWidget *view = g_object_new (OCTAVO_TYPE_NOTE_VIEW, NULL);
  GtkWidget *window = ui_test_show (view);

  octavo_note_view_show (OCTAVO_NOTE_VIEW (view), GTK_TEXT_BUFFER (buffer));
  g_assert_true (ui_test_press (view, GDK_KEY_Return, GDK_CONTROL_MASK));
  marked_buffer_assert (buffer, "- [ ] one", "- [x] one|");
  g_assert_true (ui_test_press (view, GDK_KEY_Return, 0));
  marked_buffer_assert (buffer, "- [ ] one", "- [ ] one\n- [ ] |");
  g_assert_true (ui_test_press (view, GDK_KEY_Tab, 0));
  g_assert_true (ui_test_press (view, GDK_KEY_X, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  marked_buffer_assert (buffer, "- [ ] one", "- [ ] ~~|one|~~");
  gtk_widget_activate_action (view, "markdown.strong", NULL);
  marked_buffer_assert (buffer, "- [ ] one", "- [ ] **|one|**");

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_activate_action (view, "markdown.tick", NULL);
  marked_buffer_assert (buffer, "- [ ] one", "- [ ] one");
  ui_test_close (window);
  marked_buffer_drop (buffer);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/markdown-list/lists", test_lists);
  g_test_add_func ("/markdown-list/boxes", test_boxes);
  g_test_add_func ("/markdown-list/toggles", test_toggles);
  g_test_add_func ("/markdown-list/links", test_links);
  g_test_add_func ("/markdown-list/keys", test_keys);
  return g_test_run ();
}
