/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-markdown-block"

#include "octavo-markdown-block.h"

#include "marked-buffer.h"
#include "ui-test.h"

/* In these texts | is the cursor, or each end of what is selected. */
typedef struct
{
  guint kind; /* a level, or an OctavoMarkdownListKind */
  const char *before;
  const char *after;
} Example;

static const Example headings[] = {
  { 1, "one|", "# one|" },
  { 3, "one|", "### one|" },
  { 2, "# o|ne", "## o|ne" },
  { 2, "## o|ne", "o|ne" },
  { 2, "## o|ne ##", "o|ne" },
  { 1, "|", "# |" },
  { 1, "> one|", "> # one|" },
  { 4, "- one|", "- #### one|" },
  { 1, "on|e\n\ntwo\n## three|\n", "# on|e\n\n# two\n# three|\n" },
  { 1, "# on|e\n# two|", "on|e\ntwo|" },
  { 1, "one|\n===", "one|" },
  { 2, "one|\n===", "## one|" },
  { 1, "|one\n---\ntwo|", "# |one\n# two|" },
  { 1, "```\none|\n```", "```\none|\n```" },
  { 1, "| a | b |\n|---|---|", "| a | b |\n|---|---|" },
};

static const Example lists[] = {
  { OCTAVO_MARKDOWN_BULLETS, "one|", "- one|" },
  { OCTAVO_MARKDOWN_BULLETS, "- one|", "one|" },
  { OCTAVO_MARKDOWN_BULLETS, "|", "- |" },
  { OCTAVO_MARKDOWN_BULLETS, "- |", "|" },
  { OCTAVO_MARKDOWN_BULLETS, "|one\n\ntwo|\nthree", "- |one\n\n- two|\nthree" },
  { OCTAVO_MARKDOWN_BULLETS, "|- one\ntwo|", "|- one\n- two|" },
  { OCTAVO_MARKDOWN_BULLETS, "|1. one\n2. two|\n", "- |one\n- two|\n" },
  { OCTAVO_MARKDOWN_BULLETS, "- [x] one|", "- one|" },
  { OCTAVO_MARKDOWN_BULLETS, "> one|", "> - one|" },
  { OCTAVO_MARKDOWN_BULLETS, "- one|\n  - in it", "one|\n- in it" },
  { OCTAVO_MARKDOWN_NUMBERS, "|one\ntwo\nthree|", "1. |one\n2. two\n3. three|" },
  { OCTAVO_MARKDOWN_NUMBERS, "|1. one\n2. two|", "|one\ntwo|" },
  { OCTAVO_MARKDOWN_NUMBERS, "1. one\n2. two\nthree|\n3. four", "1. one\n2. two\n3. three|\n4. four" },
  { OCTAVO_MARKDOWN_NUMBERS, "4. one\n- two|\n", "4. one\n5. two|\n" },
  { OCTAVO_MARKDOWN_NUMBERS, "|- one\n  - in it\n  - and it\n- two|", "1. |one\n   1. in it\n   2. and it\n2. two|" },
  { OCTAVO_MARKDOWN_NUMBERS, "- [ ] one|", "1. [ ] one|" },
  { OCTAVO_MARKDOWN_TASKS, "one|", "- [ ] one|" },
  { OCTAVO_MARKDOWN_TASKS, "- one|", "- [ ] one|" },
  { OCTAVO_MARKDOWN_TASKS, "- [x] one|", "one|" },
  { OCTAVO_MARKDOWN_TASKS, "1. one|", "1. [ ] one|" },
  { OCTAVO_MARKDOWN_TASKS, "1. [ ] one|", "1. one|" },
  { OCTAVO_MARKDOWN_TASKS, "|- [x] one\n- two|", "|- [x] one\n- [ ] two|" },
  { OCTAVO_MARKDOWN_TASKS, "## one|", "- [ ] ## one|" },
  { OCTAVO_MARKDOWN_TASKS, "    one|", "    one|" },
};

static void
check (const Example *example, gboolean is_heading)
{
  OctavoMarkdownBuffer *buffer = marked_buffer_new (example->before);

  g_test_message ("%u %s", example->kind, example->before);
  if (is_heading)
    octavo_markdown_block_toggle_heading (buffer, example->kind);
  else
    octavo_markdown_block_toggle_list (buffer, (OctavoMarkdownListKind) example->kind);
  marked_buffer_assert (buffer, example->before, example->after);
  marked_buffer_drop (buffer);
}

static void
test_headings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headings) - 1; i++)
    check (&headings[i], TRUE);
}

/* Its bars are the text's own. */
static void
test_tables_stay (void)
{
  const Example *table = &headings[G_N_ELEMENTS (headings) - 1];
  g_autoptr (OctavoMarkdownBuffer) buffer = g_object_new (OCTAVO_TYPE_MARKDOWN_BUFFER, NULL);
  g_autofree char *text = NULL;

  octavo_markdown_buffer_load (buffer, table->before);
  octavo_markdown_block_toggle_heading (buffer, table->kind);
  octavo_markdown_block_toggle_list (buffer, OCTAVO_MARKDOWN_TASKS);
  text = octavo_markdown_buffer_dup_text (buffer);
  g_assert_cmpstr (text, ==, table->after);
}

static void
test_lists (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    check (&lists[i], FALSE);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/markdown-block/headings", test_headings);
  g_test_add_func ("/markdown-block/tables-stay", test_tables_stay);
  g_test_add_func ("/markdown-block/lists", test_lists);
  return g_test_run ();
}
