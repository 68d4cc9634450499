/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-date-text.h"
#include "octavo-error.h"
#include "octavo-front-matter-writer.h"
#include "octavo-front-matter.h"

#include <string.h>
#include <time.h>

static OctavoFrontMatter *
parse (const char *yaml)
{
  g_autoptr (GError) error = NULL;
  OctavoFrontMatter *front = octavo_front_matter_parse (yaml, strlen (yaml), &error);

  g_assert_no_error (error);
  g_assert_nonnull (front);
  return front;
}

static void
check_list (GPtrArray *list, const char *expected)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (joined, i > 0 ? "|%s" : "%s", (const char *) g_ptr_array_index (list, i));
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
check_find (const char *text, const char *yaml, const char *body)
{
  gsize start, length, body_start;
  gboolean found = octavo_front_matter_find (text, strlen (text), &start, &length, &body_start);

  g_assert_cmpint (found, ==, yaml != NULL);
  if (!found)
    return;
  g_assert_cmpmem (text + start, length, yaml, strlen (yaml));
  g_assert_cmpstr (text + body_start, ==, body);
}

static void
test_find (void)
{
  check_find ("---\na: b\n---\nbody\n", "a: b\n", "body\n");
  check_find ("---\r\na: b\r\n---\r\nbody", "a: b\r\n", "body");
  check_find ("--- \na: b\n...\n---\n", "a: b\n", "---\n");
  check_find ("---\n---", "", "");
  check_find ("---\n---\n\n\n", "", "\n\n");
  check_find ("---\na: |\n  ---\n---\nb", "a: |\n  ---\n", "b");
  check_find ("", NULL, NULL);
  check_find ("---", NULL, NULL);
  check_find ("---\nno end\n", NULL, NULL);
  check_find ("----\na: b\n----\n", NULL, NULL);
  check_find ("\n---\na: b\n---\n", NULL, NULL);
  check_find ("...\na: b\n---\n", NULL, NULL);
  check_find ("---x\na: b\n---\n", NULL, NULL);
}

static void
check_title (const char *yaml, const char *expected)
{
  g_autoptr (OctavoFrontMatter) front = parse (yaml);

  g_assert_cmpstr (front->title, ==, expected);
  g_assert_cmpuint (front->warnings->len, ==, 0);
  g_assert_cmpstr (front->rest, ==, "");
}

static void
test_title (void)
{
  check_title ("title: Plain words\n", "Plain words");
  check_title ("TITLE: 'it''s'\n", "it's");
  check_title ("Title: \" kept \\n \\x41\"\n", " kept \n A");
  check_title ("title: >-\n  over two\n  lines\n", "over two lines");
  check_title ("title: |\n  one\n  two\n", "one two");
  check_title ("title: 2021\n", "2021");
  check_title ("title: \"\"\n", "");
  check_title ("title:\n", NULL);
  check_title ("title: ~\n", NULL);
  check_title ("{title: Flow}", "Flow");
  check_title ("? title\n: explicit\n", "explicit");
  check_title ("", NULL);
}

static void
check_tags (const char *yaml, const char *expected)
{
  g_autoptr (OctavoFrontMatter) front = parse (yaml);

  check_list (front->tags, expected);
  g_assert_cmpuint (front->warnings->len, ==, 0);
  g_assert_cmpstr (front->rest, ==, "");
}

static void
test_tags (void)
{
  check_tags ("tags:\n  - one\n  - two words\n", "one|two words");
  check_tags ("tags:\n- one\n- '#two'\n", "one|#two");
  check_tags ("tags: [one, \"two\", work/sub]\n", "one|two|work/sub");
  check_tags ("tags: one, two , #three\n", "one|two");
  check_tags ("tags: 'one, #two'\n", "one|#two");
  check_tags ("tags: single\n", "single");
  check_tags ("Tag: old\ntags: [new]\n", "new|old");
  check_tags ("tags:\n", "");
  check_tags ("tags: []\n", "");
  check_tags ("tags: [a, null, ~, 'b,c']\n", "a|b|c");
}

static void
test_aliases (void)
{
  g_autoptr (OctavoFrontMatter) front = parse ("aliases:\n  - Start here\n  - 'a, b'\nalias: x, y\n");

  check_list (front->aliases, "Start here|a, b|x|y");
  g_assert_cmpstr (front->rest, ==, "");
}

static void
check_dates (const char *yaml, const char *created, const char *updated, const char *rest)
{
  g_autoptr (OctavoFrontMatter) front = parse (yaml);
  g_autofree char *found_created = octavo_date_text_format (front->created);
  g_autofree char *found_updated = octavo_date_text_format (front->updated);

  g_assert_cmpint (front->has_created, ==, created != NULL);
  g_assert_cmpint (front->has_updated, ==, updated != NULL);
  if (created != NULL)
    g_assert_cmpstr (found_created, ==, created);
  if (updated != NULL)
    g_assert_cmpstr (found_updated, ==, updated);
  g_assert_cmpstr (front->rest, ==, rest);
}

#define DAY "2021-05-01T00:00:00Z"

static void
test_dates (void)
{
  static const char *const created[] = { "created",      "date",         "created_at",  "created-at",
                                         "date created", "Date Created", "date_created" };
  static const char *const updated[] = { "updated", "modified", "lastmod", "updated_at", "UPDATED", "date modified" };

  for (gsize i = 0; i < G_N_ELEMENTS (created); i++)
    {
      g_autofree char *yaml = g_strdup_printf ("%s: 2021-05-01\n", created[i]);

      check_dates (yaml, DAY, NULL, "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (updated); i++)
    {
      g_autofree char *yaml = g_strdup_printf ("%s: 2021-05-01 00:00:00 +0000\n", updated[i]);

      check_dates (yaml, NULL, DAY, "");
    }
  check_dates ("date: 2020-01-01\ncreated: 2021-05-01\n", DAY, NULL, "date: 2020-01-01");
  check_dates ("created:\ndate: 2021-05-01\n", DAY, NULL, "");
}

static void
test_not_understood (void)
{
  g_autoptr (OctavoFrontMatter) front =
      parse ("created: some day\ndate: 2021-05-01\npinned: perhaps\ntitle: [a]\ntags: {a: b}\naliases: [[x]]\n");

  g_assert_true (front->has_created);
  g_assert_false (front->pinned);
  g_assert_null (front->title);
  g_assert_cmpuint (front->tags->len, ==, 0);
  g_assert_cmpuint (front->aliases->len, ==, 0);
  g_assert_cmpuint (front->warnings->len, ==, 5);
  g_assert_nonnull (strstr (g_ptr_array_index (front->warnings, 3), "created: some day"));
  g_assert_cmpstr (front->rest, ==, "created: some day\npinned: perhaps\ntitle: [a]\ntags: {a: b}\naliases: [[x]]");
}

static void
test_pinned (void)
{
  static const char *const yes[] = { "pinned: true", "favorite: yes", "Pinned: 1", "favourite: on" };
  static const char *const no[] = { "pinned: false", "favorite: no", "pinned:", "pinned: false\nfavorite: true" };

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    {
      g_autoptr (OctavoFrontMatter) front = parse (yes[i]);

      g_assert_true (front->pinned);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    {
      g_autoptr (OctavoFrontMatter) front = parse (no[i]);

      g_assert_false (front->pinned);
    }
}

static void
check_rest (const char *yaml, const char *expected)
{
  g_autoptr (OctavoFrontMatter) front = parse (yaml);

  g_assert_cmpstr (front->rest, ==, expected);
}

static void
test_rest (void)
{
  check_rest ("permalink: /x\ntitle: T\npublish: true\n", "permalink: /x\npublish: true");
  check_rest ("title: T\nnested:\n  a: 1\n  b:\n    - c\ntags: [x]\n", "nested:\n  a: 1\n  b:\n    - c");
  check_rest ("text: |\n  one\n\n  # two\ntitle: |\n  T\n\nlast: x", "text: |\n  one\n\n  # two\n\nlast: x");
  check_rest ("# about\ntitle: T # the title\n# more\nkey: v # kept\n", "# about\n# more\nkey: v # kept");
  check_rest ("tags:\n- a\n- b\nx: 'q'\naliases:\n  - z\n", "x: 'q'");
  check_rest ("key: \"two\n  lines\"\ntitle: T\n", "key: \"two\n  lines\"");
  check_rest ("日本語: 値\ntitle: 題\nété: 1\n", "日本語: 値\nété: 1");
  check_rest ("{title: T, key: v, list: [a, b], deep: {x: y}}", "key: v\nlist: [a, b]\ndeep: {x: y}");
  check_rest ("[a, b]: complex\ntitle: T\n", "[a, b]: complex");
  check_rest ("key: &x v\ntitle: *x\n", "key: &x v");
  check_rest ("&k key: v\n*k : w\ntitle: T\nlast: x\n", "&k key: v\n*k : w\nlast: x");
  check_rest ("&k title: T\n*k : w\nlast: x\n", "&k title: T\n*k : w\nlast: x");
  check_rest ("\n\ntitle: T\n\n", "");
}

static void
check_broken (const char *yaml, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoFrontMatter) front = octavo_front_matter_parse (yaml, strlen (yaml), &error);

  g_assert_error (error, OCTAVO_ERROR, OCTAVO_ERROR_INVALID_TEXT);
  g_assert_null (front);
  g_assert_nonnull (strstr (error->message, words));
}

static char *
repeat (const char *start, const char *text, guint n)
{
  GString *string = g_string_new (start);

  for (guint i = 0; i < n; i++)
    g_string_append (string, text);
  return g_string_free (string, FALSE);
}

static void
test_broken (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *nested = repeat ("", "- ", 100000);
  g_autofree char *rest = repeat ("title: T\n", "key: value\n", 20000);
  g_autofree char *anchors = repeat ("key:\n", "- &a *a\n", 20000);
  g_autofree char *items = repeat ("tags:\n", "- a\n", 600000);
  g_autofree char *names = repeat ("tags:\n", "- 0123456789012345678901234567890123456789\n", 400000);

  check_broken ("title: T\ntags: [open\nkey: v\n", "line ");
  check_broken ("title: a: b\n", "line 2:");
  check_broken ("ok: 1\n\tkey: tab\n", "line 3:");
  check_broken ("just words", "line 2:");
  check_broken ("- a\n- b\n", "line 2:");
  check_broken ("key: *nobody\n", "line 2:");
  check_broken ("key: \x01\n", "line ");
  check_broken (deep, "too deep");
  check_broken (huge, "too long");
  check_broken (nested, "too deep");
  check_broken (rest, "too long");
  check_broken (anchors, "too long");
  check_broken (items, "too long");
  check_broken (names, "too long");
}

/* Brackets that nest nothing are no depth. */
static void
test_brackets (void)
{
  g_autofree char *brackets = g_strnfill (1000, '[');
  g_autofree char *quoted = octavo_yaml_quote (brackets);
  g_autofree char *yaml = g_strdup_printf ("title: %s # %s\n", quoted, brackets);
  g_autoptr (OctavoFrontMatter) front = parse (yaml);

  g_assert_cmpstr (front->title, ==, brackets);
}

static void
test_duplicates (void)
{
  g_autoptr (OctavoFrontMatter) front = parse ("title: first\nTitle: other\ntitle: last\n");

  g_assert_true (front->has_duplicates);
  g_assert_cmpstr (front->title, ==, "first");
  g_assert_cmpstr (front->rest, ==, "Title: other\ntitle: last");
}

static void
check_quote (const char *text, const char *expected)
{
  g_autofree char *quoted = octavo_yaml_quote (text);

  g_assert_cmpstr (quoted, ==, expected);
}

static void
test_quote (void)
{
  check_quote ("Shopping list", "Shopping list");
  check_quote ("été & more (2)", "été & more (2)");
  check_quote ("読書", "読書");
  check_quote ("", "\"\"");
  check_quote ("true", "\"true\"");
  check_quote ("No", "\"No\"");
  check_quote ("2021-05-01", "\"2021-05-01\"");
  check_quote ("a: b", "\"a: b\"");
  check_quote ("a #b", "\"a #b\"");
  check_quote ("- item", "\"- item\"");
  check_quote ("trailing ", "\"trailing \"");
  check_quote ("a\"b\\c", "\"a\\\"b\\\\c\"");
  check_quote ("a\nb\t\x01\x7f", "\"a\\nb\\t\\x01\\x7f\"");
  check_quote ("\xc2\x85\xe2\x80\xa8\xef\xbb\xbf", "\"\\x85\\u2028\\ufeff\"");
}

static char *
random_text (int max, gboolean lines)
{
  static const char *const pieces[] = { "a",
                                        "b c",
                                        ":",
                                        ": ",
                                        " #",
                                        "#x",
                                        "-",
                                        "- ",
                                        "---",
                                        "...",
                                        "'",
                                        "\"",
                                        "\\",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        ",",
                                        "é",
                                        "語",
                                        "𝄞",
                                        "|",
                                        ">",
                                        "&a",
                                        "*a",
                                        "!",
                                        "%",
                                        "@",
                                        "`",
                                        " ",
                                        "  ",
                                        "title: t",
                                        "key: v",
                                        "tags:",
                                        "~",
                                        "null",
                                        "\t",
                                        "created: x",
                                        "\xc2\x85",
                                        "\xe2\x80\xa8",
                                        "\x7f",
                                        "\xef\xbb\xbf",
                                        "octavo-tags-in-text: no" };
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, max); n > 0; n--)
    if (lines && g_test_rand_int_range (0, 4) == 0)
      g_string_append_c (text, '\n');
    else
      g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static OctavoNoteValues *
random_note (void)
{
  static const char *const tags[] = { "a", "Work/sub", "été", "1", "null", "two words", "x: y", "- z" };
  OctavoNoteValues *note = octavo_note_values_new ();
  GStrvBuilder *builder = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_test_rand_int_range (0, 4) == 0)
      g_strv_builder_add (builder, tags[i]);
  note->tags = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  note->title = random_text (5, TRUE);
  note->body = random_text (5, TRUE);
  note->aliases = random_text (6, TRUE);
  note->front_matter = random_text (7, TRUE);
  if (note->front_matter[strspn (note->front_matter, " \t\r\n")] == '\0')
    *note->front_matter = '\0';
  note->created = g_test_rand_int ();
  note->updated = g_test_rand_int () * G_GINT64_CONSTANT (1000003);
  note->pinned = g_test_rand_bit ();
  note->trashed = g_test_rand_bit () ? g_test_rand_int () : 0;
  return note;
}

static void
check_read_back (OctavoFrontMatter *front, const OctavoNoteValues *note)
{
  g_autofree char *tags = g_strjoinv ("|", note->tags);
  g_autofree char *aliases = NULL;

  g_assert_cmpstr (front->title, ==, note->title);
  g_assert_cmpstr (front->rest, ==, note->front_matter);
  g_assert_cmpint (front->created, ==, note->created);
  g_assert_cmpint (front->updated, ==, note->updated);
  g_assert_cmpint (front->pinned, ==, note->pinned);
  g_assert_cmpint (front->trashed, ==, note->trashed);
  g_assert_false (front->has_duplicates);
  check_list (front->tags, tags);
  g_ptr_array_add (front->aliases, NULL);
  aliases = g_strjoinv ("\n", (char **) front->aliases->pdata);
  g_assert_cmpstr (aliases, ==, note->aliases);
}

/* Whatever a note says, and whatever the lines kept from an import look like, reading gives what was written. */
static void
test_write_and_read (void)
{
  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (OctavoNoteValues) note = random_note ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (OctavoFrontMatter) front = NULL;
      gsize start, length, body;

      octavo_front_matter_write (text, note, g_test_rand_bit () ? "Ana" : NULL);
      g_string_append (text, note->body);
      g_assert_true (octavo_front_matter_find (text->str, text->len, &start, &length, &body));
      g_assert_cmpstr (text->str + body, ==, note->body);
      text->str[start + length] = '\0';
      front = parse (text->str + start);
      check_read_back (front, note);
    }
}

/* Any text between the marks is either read or refused, in reasonable time. */
static void
test_noise (void)
{
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *yaml = random_text (20, TRUE);
      g_autoptr (GError) error = NULL;
      g_autoptr (OctavoFrontMatter) front = octavo_front_matter_parse (yaml, strlen (yaml), &error);

      g_assert_true ((front != NULL) != (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  tzset ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/front-matter/is-found-between-its-marks", test_find);
  g_test_add_func ("/front-matter/title", test_title);
  g_test_add_func ("/front-matter/tags-in-every-form", test_tags);
  g_test_add_func ("/front-matter/aliases", test_aliases);
  g_test_add_func ("/front-matter/dates-under-every-name", test_dates);
  g_test_add_func ("/front-matter/what-is-not-understood-is-kept", test_not_understood);
  g_test_add_func ("/front-matter/pinned", test_pinned);
  g_test_add_func ("/front-matter/unknown-keys-stay-as-they-are", test_rest);
  g_test_add_func ("/front-matter/broken-yaml-names-its-line", test_broken);
  g_test_add_func ("/front-matter/brackets-in-a-text", test_brackets);
  g_test_add_func ("/front-matter/the-first-of-two-counts", test_duplicates);
  g_test_add_func ("/front-matter/quoting", test_quote);
  g_test_add_func ("/front-matter/what-is-written-is-read", test_write_and_read);
  g_test_add_func ("/front-matter/noise-is-survived", test_noise);
  return g_test_run ();
}
