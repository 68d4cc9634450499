/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"

#include "octavo-date-text.h"
#include "octavo-folder-walk.h"
#include "octavo-markdown-file.h"
#include "octavo-tag.h"

#include <string.h>
#include <time.h>

#define FILE_CREATED G_GINT64_CONSTANT (1700000000000000)
#define FILE_UPDATED G_GINT64_CONSTANT (1750000000123456)

static OctavoNoteValues *
read_bytes (const char *bytes, gsize length, const char *name, GPtrArray *warnings)
{
  const OctavoMarkdownFileInfo info = { .name = name, .created = FILE_CREATED, .updated = FILE_UPDATED };
  char *copy = g_malloc (length + 1);

  memcpy (copy, bytes, length);
  copy[length] = '\0';
  return octavo_markdown_file_read (copy, length, &info, warnings);
}

static OctavoNoteValues *
read_fixture (const char *path, GPtrArray *warnings)
{
  g_autofree char *full = g_test_build_filename (G_TEST_DIST, "fixtures", "vault", path, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (full, &bytes, &length, &error);
  g_assert_no_error (error);
  return read_bytes (bytes, length, name, warnings);
}

typedef struct
{
  const char *path, *title, *tags, *created, *updated;
  guint n_warnings;
} Expected;

/* NULL for a date: the file's. */
static const Expected expected[] = {
  { "Tags as a list.md", "Tags as a list", "garden|hash|work/projects", "2026-01-02T03:04:05Z",
    "2026-02-03T04:05:06.789012Z", 0 },
  { "Tags inline.md", "Tags in brackets: it's fine", "garden|two words|été", "2026-03-04T04:06:07Z",
    "2026-03-05T04:06:07Z", 0 },
  { "Tags with commas.md", "Tags with commas", "Work/Projects|garden", "2026-03-04T05:06:07Z", "2026-03-05T06:07:08Z",
    0 },
  { "Tags in the text.md", "Tags in the text", "garden|heading-tag|work/projects", "2026-03-31T22:00:00Z",
    "2026-04-02T08:00:00Z", 0 },
  { "Pinned.md", "Pinned", "", "2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z", 0 },
  { "Favourite.md", "The heading is the title", "", NULL, NULL, 0 },
  { "Unknown keys.md", "Unknown keys", "kept", NULL, NULL, 1 },
  { "Flow.md", "In one line", "flow", NULL, NULL, 0 },
  { "Broken front matter.md", "Broken, but here", "", NULL, NULL, 1 },
  { "Not a mapping.md", "Not a mapping", "", NULL, NULL, 1 },
  { "No front matter.md", "No front matter", "", NULL, NULL, 0 },
  { "Rule at the start.md", "Rule at the start", "", NULL, NULL, 0 },
  { "Heading.md", "Heading *inside* the text", "", NULL, NULL, 0 },
  { "Dots end it.md", "Dots end it", "", NULL, NULL, 0 },
  { "Looks like YAML.md", "yes", "", NULL, NULL, 0 },
  { "Empty.md", "Empty", "", NULL, NULL, 0 },
  { "Only a newline.md", "Only a newline", "", NULL, NULL, 0 },
  { "Only front matter.md", "Only front matter", "", NULL, NULL, 0 },
  { "No final newline.md", "No final newline", "", NULL, NULL, 0 },
  { "Trailing blanks.md", "Trailing blanks", "", NULL, NULL, 0 },
  { "Windows.md", "From Windows", "crlf|inline", NULL, NULL, 0 },
  { "Byte order mark.md", "With a mark", "", NULL, NULL, 0 },
  { "Latin.md", "Café crème", "", NULL, NULL, 1 },
  { "UTF-16.md", "Wide letters", "", NULL, NULL, 0 },
  { "NUL.md", "NUL", "", NULL, NULL, 1 },
  { "Bad tags.md", "Bad tags", "fine", NULL, NULL, 2 },
  { "日本語/読書メモ.md", "読書メモ", "小説|日本語/本|読書", "2026-05-31T22:00:00Z", NULL, 0 },
  { "中文/笔记。.md", "中文笔记", "学习|学习/词汇", NULL, NULL, 0 },
  { "Français/Élémentaire été.md", "Élémentaire, mon cher", "lecture|Été", "2026-07-13T22:00:00Z", NULL, 0 },
  { "Français/Noël/Deep.md", "Deep", "", NULL, NULL, 0 },
  { "Folder, with comma/Inside.markdown", "Inside", "", NULL, NULL, 0 },
};

static void
test_fixtures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (OctavoNoteValues) note = read_fixture (expected[i].path, warnings);
      g_autofree char *tags = g_strjoinv ("|", note->tags);
      g_autofree char *created = octavo_date_text_format (note->created);
      g_autofree char *updated = octavo_date_text_format (note->updated);

      g_test_message ("%s", expected[i].path);
      g_assert_cmpstr (note->title, ==, expected[i].title);
      g_assert_cmpstr (tags, ==, expected[i].tags);
      if (expected[i].created != NULL)
        g_assert_cmpstr (created, ==, expected[i].created);
      else
        g_assert_cmpint (note->created, ==, FILE_CREATED);
      if (expected[i].updated != NULL)
        g_assert_cmpstr (updated, ==, expected[i].updated);
      else
        g_assert_cmpint (note->updated, ==, MAX (FILE_UPDATED, note->created));
      g_assert_cmpuint (warnings->len, ==, expected[i].n_warnings);
    }
}

static void
check_body (const char *path, const char *body)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OctavoNoteValues) note = read_fixture (path, warnings);

  g_assert_cmpstr (note->body, ==, body);
}

static void
test_bodies (void)
{
  check_body ("Empty.md", "");
  check_body ("Only a newline.md", "\n");
  check_body ("Only front matter.md", "");
  check_body ("No final newline.md", "Ends here");
  check_body ("Trailing blanks.md", "Two blanks at the end  \nand a tab\t\n\n\n   ");
  check_body ("Windows.md", "One line,\nanother #inline.\n");
  check_body ("Byte order mark.md", "Text.\n");
  check_body ("Latin.md", "# Café crème\n\nCosts 3 €, “quoted”.\n");
  check_body ("UTF-16.md", "# Wide letters\n\nBoth ways: é 日.\n");
  check_body ("NUL.md", "Before␀after.\n");
  check_body ("Looks like YAML.md", "---\nkey: value\n---\n");
  check_body ("Dots end it.md", "---\nThis line follows a rule of its own.\n");
  check_body ("Not a mapping.md", "---\nJust words between two rules.\n---\nMore words.\n");
  check_body ("Broken front matter.md",
              "---\ntitle: Broken\ntags: [never closed\ndate: 2026-01-01\n---\n# Broken, but here\n\n"
              "The text is not lost.\n");
}

static void
check_bytes (const char *bytes, const char *body)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OctavoNoteValues) note = read_bytes (bytes, strlen (bytes), "a.md", warnings);

  g_assert_cmpstr (note->body, ==, body);
  g_assert_cmpuint (warnings->len, ==, 0);
}

static void
test_line_ends (void)
{
  check_bytes ("one\r\ntwo\nthree\r\n", "one\ntwo\nthree\n");
  check_bytes ("one\rtwo\r", "one\ntwo\n"); /* an old Macintosh */
  check_bytes ("one\rtwo\n", "one\rtwo\n");
  check_bytes ("---\ntitle: T\n---\none\rtwo", "one\rtwo");
  check_bytes ("---\noctavo-line-ends: true\n---\none\r\n", "one\r\n");
}

static void
test_other_values (void)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OctavoNoteValues) pinned = read_fixture ("Pinned.md", warnings);
  g_autoptr (OctavoNoteValues) favourite = read_fixture ("Favourite.md", warnings);
  g_autoptr (OctavoNoteValues) unknown = read_fixture ("Unknown keys.md", warnings);
  g_autoptr (OctavoNoteValues) yaml = read_fixture ("Looks like YAML.md", warnings);

  g_assert_true (pinned->pinned);
  g_assert_cmpstr (pinned->aliases, ==, "Held fast\nNoted, twice\nNailed");
  g_assert_true (favourite->pinned);
  g_assert_cmpstr (favourite->aliases, ==, "one\ntwo");
  g_assert_cmpstr (yaml->aliases, ==, "null\n- x\na: b");
  g_assert_false (unknown->pinned);
  g_assert_cmpstr (unknown->front_matter, ==,
                   "# a comment at the start\npermalink: /unknown\ncssclasses:\n  - wide\n  - \"quoted: yes\"\n"
                   "nested:\n  list:\n    - a\n    - {b: c}\n  text: |\n    Several lines,\n\n    # not a comment\n"
                   "description: >-\n  folded\n  text\npublish: false\ncreated: someday");
}

static void
test_folder_tag (void)
{
  const OctavoMarkdownFileInfo info = { .name = "a.md", .folder_tag = "Work/Old", .created = 1, .updated = 1 };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OctavoNoteValues) note = octavo_markdown_file_read (g_strdup ("#work/old #b"), 12, &info, warnings);
  g_autofree char *tags = g_strjoinv ("|", note->tags);

  g_assert_cmpstr (tags, ==, "b|work/old");
}

static void
check_dates (const char *yaml, gint64 created, gint64 updated)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = g_strdup_printf ("---\n%s---\n", yaml);
  g_autoptr (OctavoNoteValues) note = read_bytes (text, strlen (text), "a.md", warnings);

  g_assert_cmpint (note->created, ==, created);
  g_assert_cmpint (note->updated, ==, updated);
}

/* Nothing is changed before it is made, but what the file says outright is not argued with. */
static void
test_dates (void)
{
  check_dates ("", FILE_CREATED, FILE_UPDATED);
  check_dates ("created: \"@1\"\n", 1000000, FILE_UPDATED);
  check_dates ("created: \"@1900000000\"\n", 1900000000000000, 1900000000000000);
  check_dates ("updated: \"@1\"\n", 1000000, 1000000);
  check_dates ("updated: \"@1\"\ncreated: \"@2\"\n", 2000000, 1000000);
  check_dates ("created: 1970-01-01T00:00:00Z\n", 1, FILE_UPDATED);
}

static void
test_long_title (void)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new ("# ");
  g_autoptr (OctavoNoteValues) note = NULL;

  for (int i = 0; i < 5000; i++)
    g_string_append (text, "語");
  note = read_bytes (text->str, text->len, "a.md", warnings);
  g_assert_cmpuint (strlen (note->title), ==, 9999);
  g_assert_true (g_utf8_validate (note->title, -1, NULL));
  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_cmpstr (note->body, ==, text->str);
}

static void
check_round_trip (const OctavoNoteValues *note, const char *user_name)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OctavoNoteValues) read = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  bytes = octavo_markdown_file_write (note, user_name, &length);
  read = read_bytes (bytes, length, "other.md", warnings);
  exchange_test_assert_equal_notes (note, read);
  g_assert_cmpstr (read->user_name, ==, user_name);
}

static void
test_fixtures_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (OctavoNoteValues) note = read_fixture (expected[i].path, warnings);

      g_test_message ("%s", expected[i].path);
      check_round_trip (note, i % 2 == 0 ? "Ana: the first" : NULL);
    }
}

/* Each name is as long as one may be, and of characters of four bytes. */
static void
test_many_tags_round_trip (void)
{
  g_autoptr (OctavoNoteValues) note = octavo_note_values_new ();
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_autofree char *rest = g_strnfill (1000, 'x');

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) name = g_string_new (NULL);

      g_string_append_printf (name, "%05u", i);
      while (g_utf8_strlen (name->str, -1) < OCTAVO_TAG_MAX_LENGTH)
        g_string_append (name, "𠮷");
      g_strv_builder_add (tags, name->str);
    }
  note->title = g_strdup ("T");
  note->body = g_strdup ("text\n");
  note->aliases = g_strdup ("");
  note->front_matter = g_strdup_printf ("key: %s # why", rest);
  note->created = note->updated = 1;
  note->tags = g_strv_builder_end (tags);
  check_round_trip (note, "Ana");
}

static void
test_corpus_round_trip (void)
{
  g_autofree char *corpus = exchange_test_find_corpus ();
  const char *paths[] = { corpus, NULL };
  g_autoptr (OctavoFolderWalk) walk = NULL;
  g_auto (OctavoWalkEntry) entry = { 0 };
  guint n = 0;

  if (corpus == NULL)
    {
      g_test_skip ("there is no corpus beside the project");
      return;
    }
  walk = octavo_folder_walk_new (paths);
  while (octavo_folder_walk_next (walk, &entry) == OCTAVO_WALK_FILE)
    {
      g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (OctavoNoteValues) note = NULL;
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (entry.path, &bytes, &length, NULL));
      note = read_bytes (bytes, length, entry.name, warnings);
      check_round_trip (note, NULL);
      n++;
    }
  g_assert_cmpuint (n, >, 500);
}

/* Text of a note as bad as it gets: all of it comes back. */
static void
test_random_round_trip (void)
{
  static const char *const pieces[] = { "a ",   "#tag ",      "#Work/Sub ",   "---\n",     "\n", "\r\n",
                                        "\r",   "title: x\n", "# Head\n",     "```\n",     "`",  "[[x#y]] ",
                                        "    ", "\t",         "日本",         "e\xcc\x81", "𝄞",  "\xef\xbb\xbf",
                                        "␀",    "...\n",      "\xe2\x80\xa8", "\x01",      "%",  "<!-- -->" };

  for (int i = 0; i < 10000; i++)
    {
      g_autoptr (OctavoNoteValues) note = octavo_note_values_new ();
      g_autoptr (GString) title = g_string_new (NULL);
      g_autoptr (GString) body = g_string_new (NULL);
      const char *tags[3] = { g_test_rand_bit () ? "tag" : NULL, "work/sub", NULL };

      for (int n = g_test_rand_int_range (0, 6); n > 0; n--)
        g_string_append (title, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
        g_string_append (body, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      note->title = g_strdup (title->str);
      note->body = g_strdup (body->str);
      note->aliases = g_strdup ("");
      note->front_matter = g_strdup (g_test_rand_bit () ? "key: v" : "");
      note->tags = g_strdupv ((char **) tags);
      note->created = 1 + (gint64) g_random_int () * 500000;
      note->updated = 1 + (gint64) g_random_int () * 500000;
      note->pinned = g_test_rand_bit ();
      check_round_trip (note, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  tzset ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markdown-file/titles-tags-dates-of-the-fixtures", test_fixtures);
  g_test_add_func ("/markdown-file/bodies-are-kept-to-the-byte", test_bodies);
  g_test_add_func ("/markdown-file/line-ends", test_line_ends);
  g_test_add_func ("/markdown-file/pins-aliases-unknown-keys", test_other_values);
  g_test_add_func ("/markdown-file/folder-as-a-tag", test_folder_tag);
  g_test_add_func ("/markdown-file/dates-from-text-and-file", test_dates);
  g_test_add_func ("/markdown-file/a-title-has-an-end", test_long_title);
  g_test_add_func ("/markdown-file/fixtures-round-trip", test_fixtures_round_trip);
  g_test_add_func ("/markdown-file/many-tags-round-trip", test_many_tags_round_trip);
  g_test_add_func ("/markdown-file/corpus-round-trip", test_corpus_round_trip);
  g_test_add_func ("/markdown-file/any-text-round-trips", test_random_round_trip);
  return g_test_run ();
}
