/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-places"

#include "octavo-note-places.h"

static void
put (OctavoNotePlaces *places, gint64 id, int cursor, int top)
{
  const OctavoNotePlace place = { id, cursor, top };

  octavo_note_places_put (places, &place);
}

static void
assert_all (OctavoNotePlaces *places, const char *expected)
{
  g_autofree char *text = octavo_note_places_to_string (places);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_the_last_place_counts (void)
{
  OctavoNotePlaces *places = octavo_note_places_new ();
  OctavoNotePlace place;

  g_assert_false (octavo_note_places_get (places, 1, &place));
  put (places, 1, 10, 5);
  put (places, 2, 7, 0);
  put (places, 1, 11, 6);
  g_assert_true (octavo_note_places_get (places, 1, &place));
  g_assert_cmpint (place.id, ==, 1);
  g_assert_cmpint (place.cursor, ==, 11);
  g_assert_cmpint (place.top, ==, 6);
  assert_all (places, "1:11:6 2:7:0");
  octavo_note_places_remove (places, 1);
  octavo_note_places_remove (places, 1);
  g_assert_false (octavo_note_places_get (places, 1, &place));
  put (places, 2, 0, 0); /* the beginning is nothing to remember */
  assert_all (places, "");
  g_assert_finalize_object (places);
}

static void
test_they_are_bounded (void)
{
  OctavoNotePlaces *places = octavo_note_places_new ();
  OctavoNotePlace place;

  for (int i = 1; i <= 3 * OCTAVO_NOTE_PLACES_MAX; i++)
    put (places, i, i, 0);
  g_assert_false (octavo_note_places_get (places, 2 * OCTAVO_NOTE_PLACES_MAX, &place));
  for (int i = 2 * OCTAVO_NOTE_PLACES_MAX + 1; i <= 3 * OCTAVO_NOTE_PLACES_MAX; i++)
    g_assert_true (octavo_note_places_get (places, i, &place));
  g_assert_finalize_object (places);
}

static void
test_they_come_back_from_a_text (void)
{
  OctavoNotePlaces *places = octavo_note_places_new ();

  octavo_note_places_load (places, "3:1:2 9223372036854775807:2147483647:0 5:0:8");
  assert_all (places, "3:1:2 9223372036854775807:2147483647:0 5:0:8");
  g_assert_finalize_object (places);
}

static void
test_what_is_no_place_is_passed_over (void)
{
  OctavoNotePlaces *places = octavo_note_places_new ();

  octavo_note_places_load (places, "");
  octavo_note_places_load (places, "0:1:1 -1:1:1 1:-1:1 2:3 4:5:6:7 x:y:z 8:1:99999999999 :: 7:1:1  9:0:0 7:2:2");
  assert_all (places, "7:1:1");
  g_assert_finalize_object (places);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note-places/the-last-place-counts", test_the_last_place_counts);
  g_test_add_func ("/note-places/they-are-bounded", test_they_are_bounded);
  g_test_add_func ("/note-places/they-come-back-from-a-text", test_they_come_back_from_a_text);
  g_test_add_func ("/note-places/what-is-no-place-is-passed-over", test_what_is_no_place_is_passed_over);
  return g_test_run ();
}
