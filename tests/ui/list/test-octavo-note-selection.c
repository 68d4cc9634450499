/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "octavo-note-repository.h"
#include "octavo-note-selection.h"
#include "octavo-store.h"
#include "octavo-user-repository.h"

#define N_NOTES 200

typedef struct
{
  OctavoStore *store;
  OctavoNoteList *list;
  OctavoNoteSelection *selection;
  GString *signals; /* items as position-removed+added, the selection as ?position+n */
  guint n_notified;
  guint waker; /* so that a wait that is in vain ends */
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *signals)
{
  g_string_append_printf (signals, "%s%u-%u+%u", signals->len > 0 ? " " : "", position, removed, added);
}

static void
on_selection_changed (GtkSelectionModel *model, guint position, guint n_items, GString *signals)
{
  g_string_append_printf (signals, "%s?%u+%u", signals->len > 0 ? " " : "", position, n_items);
}

static void
count_up (guint *counter)
{
  (*counter)++;
}

/* Runs the main loop until the list has that many rows. */
static void
wait_for_rows (Fixture *fixture, guint n_rows)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) != n_rows && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, n_rows);
}

static void
fill (Fixture *fixture)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (fixture->store);
  gint64 user_id = octavo_user_repository_get_default_id (octavo_store_get_users (fixture->store));

  for (int i = 0; i < N_NOTES; i++)
    {
      g_autoptr (OctavoNote) note = octavo_note_repository_create (notes, user_id);
      g_autofree char *title = g_strdup_printf ("Note %03d", i);
      g_autoptr (GError) error = NULL;

      octavo_note_set_title (note, title);
      octavo_note_repository_save (notes, note, NULL, &error);
      g_assert_no_error (error);
    }
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const OctavoScope all = { .place = OCTAVO_PLACE_ALL };
  g_autoptr (GError) error = NULL;

  fixture->waker = g_timeout_add (100, wake, NULL);
  fixture->store = octavo_store_new (":memory:");
  octavo_store_open (fixture->store, NULL, &error);
  g_assert_no_error (error);
  fill (fixture);

  fixture->list = octavo_note_list_new (fixture->store);
  fixture->selection = octavo_note_selection_new (fixture->list);
  fixture->signals = g_string_new (NULL);
  octavo_note_list_set_sort (fixture->list, OCTAVO_SORT_TITLE);
  octavo_note_list_set_scope (fixture->list, &all);
  wait_for_rows (fixture, N_NOTES);

  g_signal_connect (fixture->selection, "items-changed", G_CALLBACK (on_items_changed), fixture->signals);
  g_signal_connect (fixture->selection, "selection-changed", G_CALLBACK (on_selection_changed), fixture->signals);
  g_signal_connect_swapped (fixture->selection, "notify::selected-id", G_CALLBACK (count_up), &fixture->n_notified);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->list);
  octavo_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->store);
  g_string_free (fixture->signals, TRUE);
  g_source_remove (fixture->waker);
}

static void
assert_signals (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->signals->str, ==, expected);
  g_string_truncate (fixture->signals, 0);
}

static void
test_nothing_at_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (fixture->selection));

  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, 0);
  g_assert_true (gtk_bitset_is_empty (selected));
  g_assert_false (octavo_note_selection_get_position (fixture->selection, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->selection)), ==, N_NOTES);
}

static void
test_selecting_tells_two_rows (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);

  g_assert_true (gtk_selection_model_select_item (model, 3, TRUE));
  assert_signals (fixture, "?3+1");
  g_assert_true (gtk_selection_model_select_item (model, 150, TRUE));
  assert_signals (fixture, "?3+1 ?150+1");
  g_assert_cmpuint (fixture->n_notified, ==, 2);

  /* again is nothing new */
  g_assert_true (gtk_selection_model_select_item (model, 150, TRUE));
  assert_signals (fixture, "");
  g_assert_cmpuint (fixture->n_notified, ==, 2);

  g_assert_false (gtk_selection_model_is_selected (model, 3));
  g_assert_true (gtk_selection_model_is_selected (model, 150));
  g_assert_false (gtk_selection_model_select_item (model, N_NOTES, TRUE));
  octavo_note_selection_select_id (fixture->selection, 0);
  assert_signals (fixture, "?150+1");
}

static GtkSelectionModel *
get_model (Fixture *fixture)
{
  return GTK_SELECTION_MODEL (fixture->selection);
}

static gint64
get_id (Fixture *fixture, guint position)
{
  return octavo_note_list_get_id (fixture->list, position);
}

/* expected: the positions, as ranges: "3-5 9" */
static void
assert_selected (Fixture *fixture, const char *expected)
{
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (get_model (fixture));
  g_autoptr (GArray) ids = octavo_note_selection_dup_ids (fixture->selection);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = (guint) gtk_bitset_get_size (bits);

  for (guint i = 0; i < n; i++)
    {
      guint start = gtk_bitset_get_nth (bits, i);
      guint end = start;

      g_assert_cmpint (g_array_index (ids, gint64, i), ==, get_id (fixture, start));
      while (i + 1 < n && gtk_bitset_get_nth (bits, i + 1) == end + 1)
        {
          end++;
          i++;
        }
      g_string_append_printf (text, start == end ? "%s%u" : "%s%u-%u", text->len > 0 ? " " : "", start, end);
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (octavo_note_selection_get_n_selected (fixture->selection), ==, n);
  g_assert_cmpuint (ids->len, ==, n);
}

static void
test_ranges_begin_where_one_was_selected (Fixture *fixture, gconstpointer data)
{
  octavo_note_selection_select_id (fixture->selection, get_id (fixture, 10));
  octavo_note_selection_extend (fixture->selection, 12, FALSE);
  assert_selected (fixture, "10-12");
  octavo_note_selection_extend (fixture->selection, 8, FALSE);
  assert_selected (fixture, "8-10");
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, get_id (fixture, 10));
  octavo_note_selection_extend (fixture->selection, 10, FALSE);
  assert_selected (fixture, "10");

  octavo_note_selection_toggle (fixture->selection, 20);
  octavo_note_selection_extend (fixture->selection, 22, TRUE);
  assert_selected (fixture, "10 20-22");
  octavo_note_selection_extend (fixture->selection, 21, FALSE);
  assert_selected (fixture, "20-21");
  octavo_note_selection_select_id (fixture->selection, 0);
  assert_selected (fixture, "");
  octavo_note_selection_extend (fixture->selection, 5, FALSE);
  assert_selected (fixture, "5");
}

static void
test_toggling (Fixture *fixture, gconstpointer data)
{
  gint64 id = get_id (fixture, 4);

  octavo_note_selection_toggle (fixture->selection, 4);
  assert_selected (fixture, "4");
  octavo_note_selection_toggle (fixture->selection, 2);
  octavo_note_selection_toggle (fixture->selection, 7);
  assert_selected (fixture, "2 4 7");
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, id);
  g_assert_cmpuint (fixture->n_notified, ==, 1);

  /* the first one goes: another takes its place */
  octavo_note_selection_toggle (fixture->selection, 4);
  assert_selected (fixture, "2 7");
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, get_id (fixture, 7));
  octavo_note_selection_toggle (fixture->selection, 7);
  assert_selected (fixture, "2");
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, get_id (fixture, 2));
  octavo_note_selection_toggle (fixture->selection, 2);
  assert_selected (fixture, "");
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, 0);
}

static void
test_all_and_one (Fixture *fixture, gconstpointer data)
{
  guint n_pages = octavo_note_list_get_n_pages_read (fixture->list);
  g_autoptr (GtkBitset) some = gtk_bitset_new_range (3, 2);
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (0, N_NOTES);

  octavo_note_selection_select_id (fixture->selection, get_id (fixture, 50));
  g_assert_true (gtk_selection_model_select_all (get_model (fixture)));
  assert_selected (fixture, "0-199");
  g_assert_cmpint (octavo_note_selection_find_other (fixture->selection), ==, 0);
  octavo_note_selection_toggle (fixture->selection, 100);
  assert_selected (fixture, "0-99 101-199");
  g_assert_cmpint (octavo_note_selection_find_other (fixture->selection), ==, get_id (fixture, 100));
  octavo_note_selection_select_id (fixture->selection, octavo_note_selection_get_selected_id (fixture->selection));
  assert_selected (fixture, "50");
  g_assert_true (gtk_selection_model_set_selection (get_model (fixture), some, mask));
  assert_selected (fixture, "3-4");
  g_assert_true (gtk_selection_model_unselect_all (get_model (fixture)));
  assert_selected (fixture, "");
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (fixture->list), ==, n_pages);
}

static void
test_several_go_by_id (Fixture *fixture, gconstpointer data)
{
  const gint64 trashed[] = { get_id (fixture, 0), get_id (fixture, 11) };
  g_autoptr (GError) error = NULL;

  octavo_note_selection_select_id (fixture->selection, get_id (fixture, 10));
  octavo_note_selection_extend (fixture->selection, 14, FALSE);
  octavo_note_repository_apply (octavo_store_get_notes (fixture->store), OCTAVO_NOTES_TRASH, trashed,
                                G_N_ELEMENTS (trashed), NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  wait_for_rows (fixture, N_NOTES - 2);
  while (octavo_note_selection_get_n_selected (fixture->selection) != 4)
    g_main_context_iteration (NULL, TRUE);
  assert_selected (fixture, "9-12");
}

/* What cannot be seen is not selected; but the last one is, as one alone would be. */
static void
test_several_in_a_search (Fixture *fixture, gconstpointer data)
{
  gint64 first = get_id (fixture, 10);

  octavo_note_selection_select_id (fixture->selection, first);
  octavo_note_selection_extend (fixture->selection, 14, FALSE);
  octavo_note_list_set_query (fixture->list, "011 OR 012");
  wait_for_rows (fixture, 2);
  while (octavo_note_selection_get_n_selected (fixture->selection) != 2)
    g_main_context_iteration (NULL, TRUE);
  assert_selected (fixture, "0-1");
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, get_id (fixture, 0));

  octavo_note_list_set_query (fixture->list, "150");
  wait_for_rows (fixture, 1);
  while (octavo_note_selection_get_n_selected (fixture->selection) != 1)
    g_main_context_iteration (NULL, TRUE);
  octavo_note_list_set_query (fixture->list, "");
  wait_for_rows (fixture, N_NOTES);
  assert_selected (fixture, "11");
}

/* Many ids that are few of the list come in its order too. */
static void
test_ids_come_in_order (Fixture *fixture, gconstpointer data)
{
  octavo_note_selection_toggle (fixture->selection, 150);
  octavo_note_selection_toggle (fixture->selection, 3);
  octavo_note_selection_toggle (fixture->selection, 77);
  assert_selected (fixture, "3 77 150");
  for (guint i = 100; i < 130; i++)
    octavo_note_selection_toggle (fixture->selection, i);
  assert_selected (fixture, "3 77 100-129 150");
}

static void
test_range (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);
  g_autoptr (GtkBitset) around = NULL;
  g_autoptr (GtkBitset) before = NULL;
  g_autoptr (GtkBitset) after = NULL;

  gtk_selection_model_select_item (model, 20, TRUE);
  around = gtk_selection_model_get_selection_in_range (model, 20, 1);
  before = gtk_selection_model_get_selection_in_range (model, 0, 20);
  after = gtk_selection_model_get_selection_in_range (model, 21, 100);
  g_assert_cmpuint (gtk_bitset_get_size (around), ==, 1);
  g_assert_true (gtk_bitset_contains (around, 20));
  g_assert_true (gtk_bitset_is_empty (before));
  g_assert_true (gtk_bitset_is_empty (after));
}

static void
test_reads_nothing (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);
  guint n_pages = octavo_note_list_get_n_pages_read (fixture->list);

  for (guint i = 0; i < N_NOTES; i++)
    {
      gtk_selection_model_select_item (model, i, TRUE);
      g_assert_true (gtk_selection_model_is_selected (model, i));
    }
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (fixture->list), ==, n_pages);
}

static void
test_stays_with_the_note (Fixture *fixture, gconstpointer data)
{
  gint64 first = octavo_note_list_get_id (fixture->list, 0);
  gint64 id = octavo_note_list_get_id (fixture->list, 10);
  g_autoptr (GError) error = NULL;
  guint position = 0;

  octavo_note_selection_select_id (fixture->selection, id);
  g_string_truncate (fixture->signals, 0);
  octavo_note_repository_apply (octavo_store_get_notes (fixture->store), OCTAVO_NOTES_TRASH, &first, 1, NULL, NULL,
                                NULL, &error);
  g_assert_no_error (error);
  wait_for_rows (fixture, N_NOTES - 1);

  assert_signals (fixture, "0-1+0");
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, id);
  g_assert_true (octavo_note_selection_get_position (fixture->selection, &position));
  g_assert_cmpuint (position, ==, 9);
  g_assert_cmpuint (fixture->n_notified, ==, 1);
}

static void
test_outlives_a_search (Fixture *fixture, gconstpointer data)
{
  gint64 id = octavo_note_list_get_id (fixture->list, 10);
  guint position = 0;

  octavo_note_selection_select_id (fixture->selection, id);
  octavo_note_list_set_query (fixture->list, "150");
  wait_for_rows (fixture, 1);
  g_assert_cmpint (octavo_note_selection_get_selected_id (fixture->selection), ==, id);
  g_assert_false (octavo_note_selection_get_position (fixture->selection, &position));
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->selection), 0));

  octavo_note_list_set_query (fixture->list, "");
  wait_for_rows (fixture, N_NOTES);
  g_assert_true (octavo_note_selection_get_position (fixture->selection, &position));
  g_assert_cmpint (octavo_note_list_get_id (fixture->list, position), ==, id);
  g_assert_cmpuint (fixture->n_notified, ==, 1);
}

static void
test_neighbours (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (octavo_note_selection_get_neighbour (fixture->selection, 1), ==,
                   octavo_note_list_get_id (fixture->list, 0));
  g_assert_cmpint (octavo_note_selection_get_neighbour (fixture->selection, -1), ==,
                   octavo_note_list_get_id (fixture->list, N_NOTES - 1));

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->selection), 0, TRUE);
  g_assert_cmpint (octavo_note_selection_get_neighbour (fixture->selection, -1), ==, 0);
  g_assert_cmpint (octavo_note_selection_get_neighbour (fixture->selection, 1), ==,
                   octavo_note_list_get_id (fixture->list, 1));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->selection), N_NOTES - 1, TRUE);
  g_assert_cmpint (octavo_note_selection_get_neighbour (fixture->selection, 1), ==, 0);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/note-selection/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("nothing-at-first", test_nothing_at_first);
  ADD ("selecting-tells-two-rows", test_selecting_tells_two_rows);
  ADD ("ranges-begin-where-one-was-selected", test_ranges_begin_where_one_was_selected);
  ADD ("toggling", test_toggling);
  ADD ("all-and-one", test_all_and_one);
  ADD ("several-go-by-id", test_several_go_by_id);
  ADD ("several-in-a-search", test_several_in_a_search);
  ADD ("ids-come-in-order", test_ids_come_in_order);
  ADD ("range", test_range);
  ADD ("reads-nothing", test_reads_nothing);
  ADD ("stays-with-the-note", test_stays_with_the_note);
  ADD ("outlives-a-search", test_outlives_a_search);
  ADD ("neighbours", test_neighbours);

  return g_test_run ();
}
