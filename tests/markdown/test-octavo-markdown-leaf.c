/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown-test.h"

/* What is in a text: the examples of CommonMark and GFM that a highlighter can tell apart, and what notes have beside.
 * The marks of quotes, lists and headings, and of what is emphasised, are told as well. */

typedef struct
{
  const char *name;
  const char *text;
  const char *expected;
} Example;

static const Example examples[] = {
  /* blocks */
  { "heading", "# one\n###### six #\n####### seven\n#no\n  ## two ##  ",
    "heading1 (#)\nheading6 (######) ( #)\nparagraph\nparagraph tag(#no)→no\nheading2 (##) ( ##  )\n" },
  { "setext-heading", "one\n===\ntwo *a\nb*\n---\n\n---\n> a\n===",
    "heading1\nunderline1 (===)\nheading2 em(*a) (*)\nheading2 em(b*) (*)\nunderline2 (---)\nblank\nrule (---)\n"
    "paragraph >(>)\nparagraph\n" },
  { "rule", "***\n - - -\n__ _\n**a\n+++", "rule (***)\nrule (- - -)\nrule (__ _)\nparagraph\nparagraph\n" },
  { "fence", "```c x\n*a*\n\n  ```\n~~~\n```\n~~~~\n*b*",
    "fence (```) info(c x)\ncode\ncode\nfence (```)\nfence (~~~)\ncode\nfence (~~~~)\nparagraph em(*b*) (*) (*)\n" },
  { "fence-in-item", "- a\n\n  ```\n  b\nc", "paragraph -(-)\nblank\nfence (```)\ncode\nparagraph\n" },
  { "fence-with-backticks", "``` a`\nb", "paragraph\nparagraph\n" },
  { "indented-code", "    *a*\n\n\t*b*\nc\n    *d*", "code\nblank\ncode\nparagraph\nparagraph em(*d*) (*) (*)\n" },
  { "html", "<div>\n*a*\n\n*b*\n<!-- \n\n *c* -->\n<b>\n",
    "html\nhtml\nblank\nparagraph em(*b*) (*) (*)\nhtml\nhtml\nhtml\nhtml\nblank\n" },
  { "html-in-paragraph", "a\n<b>\n<p>\n", "paragraph\nparagraph html(<b>)\nhtml\nblank\n" },
  { "script", "<script>\n\na\n</script>\n*a*", "html\nhtml\nhtml\nhtml\nparagraph em(*a*) (*) (*)\n" },
  { "quote", "> a\nlazy\n> > b\n\n>no space\n    > code",
    "paragraph >(>)\nparagraph\nparagraph >(>) >(>)\nblank\nparagraph >(>)\nparagraph\n" },
  { "list", "- a\n  - b\n\n    c\n1. d\n10) e\n*no\n1.no\n",
    "paragraph -(-)\nparagraph -(-)\nblank\nparagraph\nparagraph 1.(1.)\nparagraph 1.(10))\nparagraph\nparagraph\nblank\n" },
  { "item-and-paragraph", "a\n2. b\n1. c\n2. d\ne\n-\n-\n\n  f",
    "paragraph\nparagraph\nparagraph 1.(1.)\nparagraph 1.(2.)\nparagraph\nblank -(-)\nblank -(-)\nblank\nparagraph\n" },
  { "item-to-be", "- a\n  - \n- b\n  -\n1. c\n   3. ",
    "paragraph -(-)\nblank -(-)\nheading2 -(-)\nunderline2 (-)\nparagraph 1.(1.)\nblank 1.(3.)\n" },
  { "item-of-code", "-     a\n- b\n\n      c", "code -(-)\nparagraph -(-)\nblank\ncode\n" },
  { "task", "- [ ] a\n- [x] b\n1. [X] c\n[ ] d\n- [ ]e\n- [ ]",
    "paragraph -(-) [ ]([ ])\nparagraph -(-) [x]([x])\nparagraph 1.(1.) [x]([X])\nparagraph\nparagraph -(-)\n"
    "paragraph -(-) [ ]([ ])\n" },
  { "table", "a | *b*\n- | :-:\n`c` | d \\| e\n\n| f |\n",
    "table-head (|) em(*b*) (*) (*)\ntable-delimiter (- | :-:)\ntable-row code(`c`) (`) (`) (|) (\\)\nblank\nparagraph\nblank\n" },
  { "table-after-text", "text *a\n| b* |\n|--|\n| c\n> d",
    "paragraph\ntable-head (|) (|)\ntable-delimiter (|--|)\ntable-row (|)\nparagraph >(>)\n" },
  { "no-table", "a | b\n---\n\na | b\n-|-|-\n", "heading2\nunderline2 (---)\nblank\nparagraph\nparagraph\nblank\n" },
  { "definition", "[a b]: http://x 'title'\n[^1]: note\n    more\n[no]:\n",
    "definition ([a b]: ) link(http://x)→http://x\nparagraph [^]:([^1]:)\nparagraph\nparagraph\nblank\n" },
  { "front-matter", "---\na: *b*\n---\n*c*\n---",
    "front-matter (---)\nfront-matter\nfront-matter (---)\nheading2 em(*c*) (*) (*)\nunderline2 (---)\n" },
  { "front-matter-that-does-not-end", "---\na: b\n", "rule (---)\nparagraph\nblank\n" },
  { "no-front-matter", "---\n\na: b\n---\n", "rule (---)\nblank\nheading2\nunderline2 (---)\nblank\n" },
  { "line-of-no-front-matter", "a\n\n---\na: b\n---", "paragraph\nblank\nrule (---)\nheading2\nunderline2 (---)\n" },
  /* inlines */
  { "emphasis", "*a* _b_ **c** __d__ ***e***",
    "paragraph em(*a*) (*) (*) em(_b_) (_) (_) strong(**c**) (**) (**) strong(__d__) (__) (__) em(***e***) (*) "
    "strong(**e**) (**) (**) (*)\n" },
  { "no-emphasis", "a * b * c_d_e \\*f* *g", "paragraph (\\)\n" },
  { "emphasis-in-emphasis", "*a **b** c* **d *e* f**",
    "paragraph em(*a **b** c*) (*) strong(**b**) (**) (**) (*) strong(**d *e* f**) (**) em(*e*) (*) (*) (**)\n" },
  { "rule-of-three", "*a**b**c*", "paragraph em(*a**b**c*) (*) strong(**b**) (**) (**) (*)\n" },
  { "crossed", "*a **b* c**", "paragraph em(*a **b* c**) (*) em(**b* c*) (*) em(*b*) (*) (*) (*) (*)\n" },
  { "emphasis-beside-letters", "生*存*生 «_a_»", "paragraph em(*存*) (*) (*) em(_a_) (_) (_)\n" },
  { "emphasis-over-lines", "> *a\n> b* c", "paragraph >(>) em(*a) (*)\nparagraph >(>) em(b*) (*)\n" },
  { "code-span", "`a` ``b`c`` `d *e` f*",
    "paragraph code(`a`) (`) (`) code(``b`c``) (``) (``) code(`d *e`) (`) (`)\n" },
  { "strikethrough", "~~a~~ ~b~ ~~~c~~~ ==d== =e=",
    "paragraph strike(~~a~~) (~~) (~~) strike(~b~) (~) (~) highlight(==d==) (==) (==)\n" },
  { "link", "[a *b*](c \"d\") ![e](<f g>) [h][i] [j] [k](l m)",
    "paragraph link([a *b*](c \"d\"))→c ([) em(*b*) (*) (*) (]) dest((c \"d\")) image(![e](<f g>))→f g (![) (]) "
    "dest((<f g>)) link([h][i])→i ([) (]) dest([i])\n" },
  { "link-in-link", "[a [b](c) d](e)", "paragraph link([b](c))→c ([) (]) dest((c))\n" },
  { "link-with-parentheses", "[a](b(c)d) [e](f\\)g)",
    "paragraph link([a](b(c)d))→b(c)d ([) (]) dest((b(c)d)) link([e](f\\)g))→f\\)g ([) (]) dest((f\\)g))\n" },
  { "emphasis-and-link", "*a [b*](c)", "paragraph link([b*](c))→c ([) (]) dest((c))\n" },
  { "wiki-link", "[[a]] [[b#c|d]] ![[e.png]] [[]] [[f",
    "paragraph wiki([[a]])→a ([[) (]]) wiki([[b#c|d]])→b#c ([[) dest(b#c|) (]]) embed(![[e.png]])→e.png (![[) (]])\n" },
  { "autolink", "<http://a.b> <c@d.e> http://f.g/h(i). (www.j.k) xhttp://l <m>",
    "paragraph auto(<http://a.b>)→http://a.b (<) (>) auto(<c@d.e>)→c@d.e (<) (>) auto(http://f.g/h(i))→http://f.g/h(i) "
    "auto(www.j.k)→www.j.k html(<m>)\n" },
  { "footnote", "a[^1] [^b c]", "paragraph note([^1])→1\n" },
  { "inline-html", "a <b c=\"*d*\"> <!-- *e* --> </f> < g> <1>",
    "paragraph html(<b c=\"*d*\">) html(<!-- *e* -->) html(</f>)\n" },
  { "tag", "#a #b/c-d #12 e#f \\#g (#h) #é生 `#i`",
    "paragraph tag(#a)→a tag(#b/c-d)→b/c-d (\\) tag(#é生)→é生 code(`#i`) (`) (`)\n" },
  { "escape", "\\*a\\* \\a", "paragraph (\\) (\\)\n" },
  { "heading-with-parts", "## *a* `b` #c", "heading2 (##) em(*a*) (*) (*) code(`b`) (`) (`) tag(#c)→c\n" },
};

static void
test_example (gconstpointer data)
{
  const Example *example = data;
  g_autofree char *described = markdown_test_describe (example->text);

  g_assert_cmpstr (described, ==, example->expected);
}

static void
test_no_text_takes_long (void)
{
  static const char *const pieces[] = {
    "*a ",  "**a_", "[",   "![",   "[a](", "`",  "``` ", "<a ",  "<!-- ",   "[[",
    "](<",  "](a ", "~~a", "==a ", "a* _", "<?", "<!A ", "](((", "[a][",    "#",
    "www.", "> ",   "- ",  "|",    "a|-",  "\\", "*_",   "]",    "<a b=\"", "`a``"
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      GString *text = g_string_new (NULL);
      gint64 began = g_get_monotonic_time ();
      g_autofree char *described = NULL;

      while (text->len + 8 < OCTAVO_MARKDOWN_MAX_LEAF_SIZE)
        g_string_append (text, pieces[i]);
      described = markdown_test_describe (text->str);
      g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_TIME_SPAN_SECOND);
      g_string_free (text, TRUE);
    }
}

static void
test_long_lines_have_no_parts (void)
{
  g_autofree char *words = g_strnfill (OCTAVO_MARKDOWN_MAX_LEAF_SIZE, 'a');
  g_autofree char *text = g_strconcat ("# *a* ", words, NULL);
  g_autofree char *described = markdown_test_describe (text);

  g_assert_cmpstr (described, ==, "heading1 (#)\n");
}

static void
test_deep_nesting_is_text (void)
{
  GString *text = g_string_new (NULL);
  g_autofree char *described = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "> - ");
  described = markdown_test_describe (text->str);
  g_assert_true (g_str_has_prefix (described, "paragraph >(>) -(-)"));
  g_string_free (text, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *path = g_strconcat ("/markdown-leaf/", examples[i].name, NULL);

      g_test_add_data_func (path, &examples[i], test_example);
    }
  g_test_add_func ("/markdown-leaf/no-text-takes-long", test_no_text_takes_long);
  g_test_add_func ("/markdown-leaf/long-lines-have-no-parts", test_long_lines_have_no_parts);
  g_test_add_func ("/markdown-leaf/deep-nesting-is-text", test_deep_nesting_is_text);
  return g_test_run ();
}
