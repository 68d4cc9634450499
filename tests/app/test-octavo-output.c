/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-output.h"

static void
assert_cleaned (const char *text, gboolean keep_lines, const char *expected)
{
  g_autofree char *clean = octavo_output_clean (text, keep_lines);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  assert_cleaned ("", FALSE, "");
  assert_cleaned ("plain é 生", FALSE, "plain é 生");
  assert_cleaned ("a\tb\nc\r\nd", FALSE, "a b c  d");
  assert_cleaned ("a\tb\nc\r\nd", TRUE, "a\tb\nc\nd");
  assert_cleaned ("\033[2J \007 \177 \302\233", FALSE, "\357\277\275[2J \357\277\275 \357\277\275 \357\277\275");
  assert_cleaned ("\033", TRUE, "\357\277\275");
  assert_cleaned ("\342\200\256abc\342\201\251 \327\220\342\200\217", FALSE, "abc \327\220\342\200\217");
  assert_cleaned ("\342\200\256abc", TRUE, "\342\200\256abc");
  assert_cleaned ("a\342\200\250b", FALSE, "a b");
}

static void
test_measure (void)
{
  g_assert_cmpint (octavo_output_measure (""), ==, 0);
  g_assert_cmpint (octavo_output_measure ("abc é"), ==, 5);
  g_assert_cmpint (octavo_output_measure ("e\314\201"), ==, 1);
  g_assert_cmpint (octavo_output_measure ("生存"), ==, 4);
}

static void
assert_fitted (const char *text, int columns, const char *expected)
{
  g_autofree char *fitted = octavo_output_fit (text, columns);

  g_assert_cmpstr (fitted, ==, expected);
  g_assert_cmpint (octavo_output_measure (fitted), ==, columns);
}

static void
test_fit (void)
{
  assert_fitted ("", 0, "");
  assert_fitted ("", 3, "   ");
  assert_fitted ("abc", 3, "abc");
  assert_fitted ("abc", 5, "abc  ");
  assert_fitted ("abcd", 3, "ab…");
  assert_fitted ("abcd", 1, "…");
  assert_fitted ("abcd", 0, "");
  assert_fitted ("生存", 4, "生存");
  assert_fitted ("生存生", 4, "生… ");
  assert_fitted ("e\314\201e\314\201", 2, "e\314\201e\314\201");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/output/clean-leaves-no-control-characters", test_clean);
  g_test_add_func ("/output/measure-counts-cells", test_measure);
  g_test_add_func ("/output/fit-takes-just-that-many-cells", test_fit);

  return g_test_run ();
}
