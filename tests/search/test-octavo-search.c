/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-test.h"

static void
test_words (SearchTest *test, gconstpointer data)
{
  search_test_add (test, "The doorbell", "rang at the Café");      /* 1 */
  search_test_add (test, "Books", "a bell, a book, a candle");     /* 2 */
  search_test_add (test, "生存", "我们的生活");                    /* 3 */
  search_test_add (test, "Code", "C++ and foo_bar at 10.0.0.1.");  /* 4 */
  search_test_add (test, "Other", "C, foo bar, 10,0,0,1, foobar"); /* 5 */

  for (guint i = 0; i < 2; i++)
    {
      search_test_assert (test, NULL, "5 4 3 2 1");
      search_test_assert (test, "", "5 4 3 2 1");
      search_test_assert (test, "bell", "1 2");
      search_test_assert (test, "cafe", "1");
      search_test_assert (test, "b", "2 5 4");
      search_test_assert (test, "生", "3");
      search_test_assert (test, "生活", "3");
      search_test_assert (test, "C++", "4");
      search_test_assert (test, "\"foo_bar\"", "4");
      search_test_assert (test, "\"foo bar\"", "5");
      search_test_assert (test, "10.0.0", "4");
      search_test_assert (test, "-bell", "5 4 3");
      search_test_assert (test, "book OR 生", "3 2");
      search_test_assert (test, "nothing", "");
      search_test_index (test);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/search/words", SearchTest, NULL, search_test_set_up, test_words, search_test_tear_down);
  return g_test_run ();
}
