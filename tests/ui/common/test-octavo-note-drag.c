/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-drag"

#include "octavo-note-drag.h"

#include <gdk/gdk.h>

static void
test_ids_come_as_they_were_given (void)
{
  const gint64 ids[] = { 3, 1, G_MAXINT64 };
  g_autoptr (OctavoNoteDrag) notes = octavo_note_drag_new (ids, G_N_ELEMENTS (ids));
  const gint64 *got;
  gsize n_ids;

  got = octavo_note_drag_get_ids (notes, &n_ids);
  g_assert_cmpmem (got, n_ids * sizeof *got, ids, sizeof ids);
}

static void
test_a_drop_gets_what_was_dragged (void)
{
  const gint64 id = 42;
  OctavoNoteDrag *notes = octavo_note_drag_new (&id, 1);
  GdkContentProvider *provider = gdk_content_provider_new_typed (OCTAVO_TYPE_NOTE_DRAG, notes);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  gsize n_ids;

  octavo_note_drag_unref (notes);
  g_value_init (&value, OCTAVO_TYPE_NOTE_DRAG);
  g_assert_true (gdk_content_provider_get_value (provider, &value, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (provider);
  g_assert_cmpint (octavo_note_drag_get_ids (g_value_get_boxed (&value), &n_ids)[0], ==, 42);
  g_assert_cmpuint (n_ids, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note-drag/ids-come-as-they-were-given", test_ids_come_as_they_were_given);
  g_test_add_func ("/note-drag/a-drop-gets-what-was-dragged", test_a_drop_gets_what_was_dragged);
  return g_test_run ();
}
