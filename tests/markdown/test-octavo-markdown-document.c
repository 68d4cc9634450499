/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-tell.h"

#include "octavo-markdown-direction.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *source;
  const char *expected;
} Example;

static const Example examples[] = {
  { "empty", "", "" },
  { "paragraphs", "one\ntwo\n\nthree *em* **strong** ~~gone~~ `code`\n",
    "text{one\ntwo}\ntext{three *em* **strong** ~~gone~~ `code`}\n" },
  { "highlights", "==one== *two ==three== four* \\==five== `==six==`\n",
    "text{==one== *two **==three*==* four* \\=\\=five== `==six==`}\n" },
  { "highlights-of-more", "==a *b* [c](d)== e==f==g ==h\ni== # ==\n\n# ==j==\n- ==k==\n",
    "text{==a ==*==b*==== ==[==c==→d] e==f==g ==h\ni== # ==}\nheading1{==j==}\n- text{==k==}\n" },
  { "no-highlights", "= =a= ===b=== == c == ==d *e== f* ====\n\n==\n",
    "text{= =a= ===b=== == c == ==d *e== f* ====}\ntext{==}\n" },
  { "highlights-in-cells", "|==a==|b==|==c|\n|-|-|-|\n|*==d==*|==e==f|g|\n",
    "row-head{==a==|b==|==c}\n+row{*==d*==|==e==f|g}\n" },
  { "no-highlights-in-addresses", "http://a.b/?c==d&e==f ==g==\n",
    "text{[http://a.b/?c==d&e==f→http://a.b/?c==d&e==f] ==g==}\n" },
  { "headings", "# One\nTwo\n---\n###### Six\n", "heading1{One}\nheading2{Two}\nheading6{Six}\n" },
  { "code", "```c\nint a;\n\n  b\n```\n\n    indented\n", "code{int a;\n\n  b}\ncode{indented}\n" },
  { "quotes", "> a\n>\n> > b\n", "> text{a}\n> > text{b}\n" },
  { "lists", "- a\n- b\n  1. c\n  2. d\n\n     more of d\n7) e\n",
    "- text{a}\n- text{b}\n  1. text{c}\n  2. text{d}\n    text{more of d}\n7. text{e}\n" },
  { "item-in-item", "- 1. a\n", "- 1. text{a}\n" },
  { "empty-item", "-\n- b\n", "- text{}\n- text{b}\n" },
  { "tasks", "- [ ] a\n- [x] b\n- c\n", "- [ ] text{a}\n- [x] text{b}\n- text{c}\n" },
  { "rule", "a\n\n***\n\nb\n", "text{a}\nrule{}\ntext{b}\n" },
  { "table", "| a | *b* |\n|:-:|--:|\n| c | |\n| d | [e](f) |\n", "row-head{a|*b*}\n+row{c|}\n+row{d|[e→f]}\n" },
  { "table-of-one-dash", "|a|b|c|\n|-|:-|-:|\n|d|e|f|\n\na|b\r\n-|-\r\n",
    "row-head{a|b|c}\n+row{d|e|f}\nrow-head{a|b}\n" },
  { "no-table", "```\n|-|:-|\n```\n\n|-|\n\n> [a](-|-)\n", "code{|-|:-|}\ntext{|-|}\n> text{[a→-|-]}\n" },
  { "links", "[a *b*](http://c 'd') <http://e> [f]\n\n[f]: g\n",
    "text{[a →http://c][*b*→http://c] [http://e→http://e] [f→g]}\n" },
  { "bare-links", "see https://a.b/c_d_e. (www.f.g) `http://no`\n",
    "text{see [https://a.b/c_d_e→https://a.b/c_d_e]. ([www.f.g→http://www.f.g]) `http://no`}\n" },
  { "notes-and-tags", "[[One]] [[Two|here]] #a/b x#c \\#d `#e` #1\n",
    "text{[One→note One] [here→note Two] [#a/b→#a/b] x#c \\#\\d `#e` #1}\n" },
  { "image", "![a *b*](http://c/d.png)\n", "text{!Image: a !*!b*!}\n" },
  { "entities", "a &amp; b &lt;&#x41;&#66; &nosuch; &hellip;\n", "text{a & b <AB &nosuch; …}\n" },
  { "html", "<div>\n*a*\n</div>\n\nb <i>c</i><br>d\n", "code{<div>\n*a*\n</div>}\ntext{b <i>c</i>\nd}\n" },
  { "footnotes", "a[^1] b\n\n[^1]: word\n[^2]: more words\n", "text{a[^1] b}\ntext{[^1]: word\n[^2]: more words}\n" },
  { "front-matter", "---\ntitle: A\ntags: [b]\n---\n# C\n", "heading1{C}\n" },
  { "front-matter-alone", "---\ntitle: A\n---\n", "" },
  { "no-front-matter", "---\n\na\n", "rule{}\ntext{a}\n" },
};

static void
test_example (gconstpointer data)
{
  const Example *example = data;
  g_autoptr (OctavoMarkdownDocument) document =
      octavo_markdown_document_new (example->source, strlen (example->source));
  g_autofree char *told = markdown_tell (document);

  markdown_check (document, strlen (example->source));
  g_assert_cmpstr (told, ==, example->expected);
}

/* By its place in the source what stands at the top of one view is found in another. */
static void
test_places (void)
{
  const char *source = "---\na: b\n---\n# One\n\n- two\n- three\n\n|a|\n|---|\n|b|\n";
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  const char *const lines[] = { "# One", "- two", "- three", "|a|", "|b|" };

  g_assert_cmpuint (octavo_markdown_document_get_n_pieces (document), ==, G_N_ELEMENTS (lines));
  g_assert_cmpuint (octavo_markdown_document_find_piece (document, 0), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gsize place = (gsize) (strstr (source, lines[i]) - source);

      g_assert_cmpuint (octavo_markdown_document_get_piece (document, i)->source, ==, place);
      g_assert_cmpuint (octavo_markdown_document_find_piece (document, place + 2), ==, i);
    }
}

/* Nor are the places wrong after signs that are not shown. */
static void
test_places_after_highlights (void)
{
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (OctavoMarkdownDocument) document = NULL;
  const char *text;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (source, "==w%u== and w%u ", i, i);
  document = octavo_markdown_document_new (source->str, source->len);
  text = octavo_markdown_document_get_text (document);
  markdown_check (document, source->len);
  g_assert_cmpuint (octavo_markdown_document_get_n_pieces (document), >, 5);
  g_assert_null (strstr (text, "="));
  for (guint i = 1; i < octavo_markdown_document_get_n_pieces (document); i++)
    {
      const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, i);
      const char *there = source->str + piece->source;

      g_assert_cmpint (strncmp (there + strspn (there, "="), text + piece->start, 2), ==, 0);
    }
}

/* Each block has the direction of its first letter; what has none goes on as the block before. */
static void
test_directions (void)
{
  const char *source =
      "אחת one\n\n1. 23\n2. two\n   - שלוש\n\n     more\n\n> 4\n\n```\nקוד\n```\n\n5\n\n|א|b|\n|-|-|\n|c|d|\n";
  const char *expected = "RRLRLLLLRR"; /* of the pieces */
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  g_autoptr (GString) directions = g_string_new (NULL);
  const OctavoMarkdownPiece *piece;

  for (guint i = 0; i < octavo_markdown_document_get_n_pieces (document); i++)
    g_string_append_c (directions, "-LR"[octavo_markdown_document_get_piece (document, i)->direction]);
  g_assert_cmpstr (directions->str, ==, expected);
  piece = octavo_markdown_document_get_piece (document, 4); /* what belongs to an item is where its mark is */
  g_assert_cmpint (octavo_markdown_document_get_direction (document, piece->holder), ==, OCTAVO_MARKDOWN_DIRECTION_RTL);
}

static void
test_direction_of_a_text (void)
{
  static const struct
  {
    const char *text;
    OctavoMarkdownDirection direction;
  } texts[] = {
    { "", OCTAVO_MARKDOWN_DIRECTION_NONE },          { "1. – 2!", OCTAVO_MARKDOWN_DIRECTION_NONE },
    { "٣", OCTAVO_MARKDOWN_DIRECTION_NONE },         { "12 a א", OCTAVO_MARKDOWN_DIRECTION_LTR },
    { "「笔记」", OCTAVO_MARKDOWN_DIRECTION_LTR },   { "«سلام» a", OCTAVO_MARKDOWN_DIRECTION_RTL },
    { "\u200e א", OCTAVO_MARKDOWN_DIRECTION_LTR },   { "\u200f a", OCTAVO_MARKDOWN_DIRECTION_RTL },
    { "\U0001e900", OCTAVO_MARKDOWN_DIRECTION_RTL }, { "\ufb1d", OCTAVO_MARKDOWN_DIRECTION_RTL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (octavo_markdown_direction_find (texts[i].text, strlen (texts[i].text)), ==, texts[i].direction);
}

static void
test_boxes (void)
{
  const char *source = "---\na: b\n---\n- é [x] no\n- [ ] one\n  - [X] two\n";
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, 1);
  const OctavoMarkdownHolder *holder = octavo_markdown_document_get_holder (document, piece->holder);

  g_assert_true (holder->is_task && !holder->is_done);
  g_assert_cmpuint (holder->box, ==, strstr (source, "[ ]") + 1 - source);
  octavo_markdown_document_set_done (document, piece->holder, TRUE);
  g_assert_true (holder->is_done);
  piece = octavo_markdown_document_get_piece (document, 2);
  holder = octavo_markdown_document_get_holder (document, piece->holder);
  g_assert_true (holder->is_task && holder->is_done);
  g_assert_cmpuint (holder->box, ==, strstr (source, "[X]") + 1 - source);
}

/* Long texts come in pieces, with nothing lost and nothing twice. */
static void
test_long_texts (void)
{
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (OctavoMarkdownDocument) document = NULL;
  guint n_pieces;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (source, "wörd%u *and%u* ", i, i);
  document = octavo_markdown_document_new (source->str, source->len);
  markdown_check (document, source->len);
  n_pieces = octavo_markdown_document_get_n_pieces (document);
  g_assert_cmpuint (n_pieces, >, 15);
  for (guint i = 0; i < n_pieces; i++)
    {
      const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, i);

      g_assert_true (piece->continues == (i > 0));
      g_assert_cmpuint (piece->end - piece->start, <=, 4000);
      g_string_append_len (whole, octavo_markdown_document_get_text (document) + piece->start,
                           (gssize) (piece->end - piece->start));
      if (i > 0)
        g_assert_true (strncmp (source->str + piece->source, whole->str + piece->start, 2) == 0 ||
                       source->str[piece->source] == '*' || source->str[piece->source - 1] == '*');
    }
  g_string_replace (source, "*", "", 0);
  g_strchomp (source->str);
  g_strchomp (whole->str);
  g_assert_cmpstr (whole->str, ==, source->str);
}

static OctavoMarkdownDocument *
repeat (const char *before, const char *part, guint size)
{
  g_autoptr (GString) source = g_string_new (before);
  OctavoMarkdownDocument *document;

  while (source->len < size)
    g_string_append (source, part);
  document = octavo_markdown_document_new (source->str, source->len);
  markdown_check (document, source->len);
  return document;
}

/* Words that fill lines are parted, but not what is written without spaces. */
static void
test_long_words (void)
{
  g_autofree char *word = g_strnfill (1200, 'x');
  g_autofree char *row = g_strconcat ("|a|\n|-|\n|", word, "|\n", NULL);
  g_autoptr (GString) chinese = g_string_new (NULL);
  g_autoptr (OctavoMarkdownDocument) one = octavo_markdown_document_new (word, strlen (word));
  g_autoptr (OctavoMarkdownDocument) two = octavo_markdown_document_new (row, strlen (row));
  g_autoptr (OctavoMarkdownDocument) three = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append (chinese, "生存");
  three = octavo_markdown_document_new (chinese->str, chinese->len);
  g_assert_cmpuint (octavo_markdown_document_get_n_pieces (one), ==, 3);
  g_assert_cmpuint (octavo_markdown_document_get_n_pieces (two), ==, 4);
  g_assert_cmpint (octavo_markdown_document_get_piece (two, 1)->kind, ==, OCTAVO_MARKDOWN_PIECE_TEXT);
  g_assert_cmpuint (octavo_markdown_document_get_n_pieces (three), ==, 1);
  markdown_check (one, strlen (word));
  markdown_check (two, strlen (row));
}

/* What makes readers of Markdown slow: ten times as much may take some more than ten times as long, not a hundred
 * times. */
static void
test_hostile_texts (void)
{
  static const char *const parts[] = { "[",        "[[",       "![",     "[a](b",    "> ",   "- ",       "*a ",
                                       "**a __b ", "`a``b",    "<!--",   "<a ",      "~~a ", "&amp",     "|a",
                                       "http://",  "www.a.b ", "[^a]: ", "[a]: b\n", "#a ",  "\\#",      "[a][b] ",
                                       "==",       "==a ",     "a== ",   "==a==|",   "|\n",  "- [ ] a\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gint64 start = g_get_monotonic_time (), middle, end;

      octavo_markdown_document_unref (repeat ("", parts[i], 30000));
      middle = g_get_monotonic_time ();
      octavo_markdown_document_unref (repeat ("", parts[i], 300000));
      end = g_get_monotonic_time ();
      if (end - middle > 50 * (middle - start) + 100 * 1000)
        g_error ("“%s” took %" G_GINT64_FORMAT " µs, ten times it %" G_GINT64_FORMAT, parts[i], middle - start,
                 end - middle);
    }
}

/* A table that would have a thousand million cells is text. */
static void
test_too_many_cells (void)
{
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (OctavoMarkdownDocument) document = NULL;
  g_autofree char *told = NULL;

  for (guint i = 0; i < 30000; i++)
    g_string_append (source, "|a");
  g_string_append_c (source, '\n');
  for (guint i = 0; i < 30000; i++)
    g_string_append (source, "|---");
  g_string_append_c (source, '\n');
  for (guint i = 0; i < 30000; i++)
    g_string_append (source, "|\n");
  g_string_append (source, "|the end|\n");
  document = octavo_markdown_document_new (source->str, source->len);
  markdown_check (document, source->len);
  told = markdown_tell (document);
  g_assert_nonnull (strstr (told, "the end"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *path = g_strconcat ("/markdown-document/", examples[i].name, NULL);

      g_test_add_data_func (path, &examples[i], test_example);
    }
  g_test_add_func ("/markdown-document/places", test_places);
  g_test_add_func ("/markdown-document/places-after-highlights", test_places_after_highlights);
  g_test_add_func ("/markdown-document/directions", test_directions);
  g_test_add_func ("/markdown-document/direction-of-a-text", test_direction_of_a_text);
  g_test_add_func ("/markdown-document/boxes", test_boxes);
  g_test_add_func ("/markdown-document/long-texts", test_long_texts);
  g_test_add_func ("/markdown-document/long-words", test_long_words);
  g_test_add_func ("/markdown-document/hostile-texts", test_hostile_texts);
  g_test_add_func ("/markdown-document/too-many-cells", test_too_many_cells);
  return g_test_run ();
}
