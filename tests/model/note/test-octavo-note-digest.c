/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-note-digest.h"

static OctavoNoteValues *
make_note (const char *title, const char *body, const char *tags)
{
  OctavoNoteValues *note = octavo_note_values_new ();

  note->title = g_strdup (title);
  note->body = g_strdup (body);
  note->tags = tags != NULL ? g_strsplit (tags, " ", -1) : NULL;
  return note;
}

static gboolean
same (OctavoNoteValues *a, OctavoNoteValues *b)
{
  g_autofree char *digest_a = octavo_note_digest_new (a);
  g_autofree char *digest_b = octavo_note_digest_new (b);
  gboolean result = octavo_note_digest_same_note (digest_a, digest_b);

  octavo_note_values_free (a);
  octavo_note_values_free (b);
  return result;
}

static void
test_writing (void)
{
  g_assert_true (same (make_note ("t", "b", "x y"), make_note ("t", "b", "x y")));
  g_assert_false (same (make_note ("t", "b", "x y"), make_note ("u", "b", "x y")));
  g_assert_false (same (make_note ("t", "b", "x y"), make_note ("t", "c", "x y")));
  g_assert_false (same (make_note ("t", "b", "x y"), make_note ("t", "b", "x")));
  g_assert_false (same (make_note ("ab", "c", NULL), make_note ("a", "bc", NULL)));
}

static void
test_not_writing (void)
{
  OctavoNoteValues *dated = make_note ("t", "b", NULL);

  dated->id = 7;
  dated->created = dated->updated = 5;
  g_assert_true (same (dated, make_note ("t", "b", "")));
  g_assert_true (same (make_note ("t", "b", "Été b"), make_note ("t", "b", "B été")));
  g_assert_true (same (make_note (NULL, NULL, NULL), make_note ("", "", "")));
}

static void
test_pin (void)
{
  g_autoptr (OctavoNoteValues) note = make_note ("t", "b", NULL);
  g_autofree char *loose = octavo_note_digest_new (note);
  g_autofree char *pinned = NULL;

  note->pinned = TRUE;
  pinned = octavo_note_digest_new (note);
  g_assert_true (octavo_note_digest_same_note (loose, pinned));
  g_assert_false (octavo_note_digest_was_pinned (loose));
  g_assert_true (octavo_note_digest_was_pinned (pinned));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note-digest/is-of-what-is-written", test_writing);
  g_test_add_func ("/note-digest/is-not-of-dates-and-case", test_not_writing);
  g_test_add_func ("/note-digest/a-pin-stands-beside-it", test_pin);
  return g_test_run ();
}
