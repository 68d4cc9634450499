/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-print-pages.h"

/* A page is a hundred high, a line ten. */
static void
add (GArray *units, guint piece, guint n_lines, gboolean keeps)
{
  for (guint i = 0; i < n_lines; i++)
    {
      const OctavoPrintUnit unit = { .piece = piece,
                                     .line = i,
                                     .is_last = i + 1 == n_lines,
                                     .keeps = keeps,
                                     .space = i == 0 ? 5 : 0,
                                     .height = 10 };

      g_array_append_val (units, unit);
    }
}

static char *
tell (GArray *units)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (guint));
  GString *told = g_string_new (NULL);

  octavo_print_pages_break ((const OctavoPrintUnit *) (gconstpointer) units->data, units->len, 100, pages);
  for (guint i = 0; i < pages->len; i++)
    {
      const OctavoPrintUnit *unit = &g_array_index (units, OctavoPrintUnit, g_array_index (pages, guint, i));

      g_string_append_printf (told, "%s%u.%u", i > 0 ? " " : "", unit->piece, unit->line);
    }
  return g_string_free (told, FALSE);
}

static void
test_lines (void)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (OctavoPrintUnit));
  g_autofree char *told = NULL;

  add (units, 0, 25, FALSE);
  told = tell (units);
  g_assert_cmpstr (told, ==, "0.0 0.10 0.20");
}

/* No line of a paragraph is alone at an end of a page. */
static void
test_lonely_lines (void)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (OctavoPrintUnit));
  g_autoptr (GArray) last = g_array_new (FALSE, FALSE, sizeof (OctavoPrintUnit));
  g_autofree char *told_first = NULL, *told_last = NULL;

  add (first, 0, 8, FALSE);
  add (first, 1, 5, FALSE); /* one line of it would fit */
  told_first = tell (first);
  g_assert_cmpstr (told_first, ==, "0.0 1.0");
  add (last, 0, 11, FALSE); /* all but one would */
  told_last = tell (last);
  g_assert_cmpstr (told_last, ==, "0.0 0.9");
}

static void
test_headings (void)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (OctavoPrintUnit));
  g_autofree char *told = NULL;

  add (units, 0, 6, FALSE);
  add (units, 1, 1, TRUE);
  add (units, 2, 1, TRUE);
  add (units, 3, 4, FALSE);
  told = tell (units);
  g_assert_cmpstr (told, ==, "0.0 1.0");
}

/* What is too high for a page has one of its own, and nothing but headings is parted somewhere. */
static void
test_what_does_not_fit (void)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (OctavoPrintUnit));
  g_autofree char *told = NULL, *told_headings = NULL;

  add (units, 0, 1, FALSE);
  add (units, 1, 1, FALSE);
  add (units, 2, 1, FALSE);
  g_array_index (units, OctavoPrintUnit, 1).height = 500;
  told = tell (units);
  g_assert_cmpstr (told, ==, "0.0 1.0 2.0");

  g_array_set_size (units, 0);
  for (guint i = 0; i < 9; i++)
    add (units, i, 1, TRUE);
  told_headings = tell (units);
  g_assert_cmpstr (told_headings, ==, "0.0 7.0");
}

static void
test_nothing (void)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (OctavoPrintUnit));
  g_autofree char *told = tell (units);

  g_assert_cmpstr (told, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print-pages/lines", test_lines);
  g_test_add_func ("/print-pages/lonely-lines", test_lonely_lines);
  g_test_add_func ("/print-pages/headings", test_headings);
  g_test_add_func ("/print-pages/what-does-not-fit", test_what_does_not_fit);
  g_test_add_func ("/print-pages/nothing", test_nothing);
  return g_test_run ();
}
