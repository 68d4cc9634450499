/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "model-test.h"
#include "octavo-note-list.h"
#include "octavo-note-selection.h"

#include <locale.h>

#define N_NOTES 10000
#define N_ROWS  200
#define N_PAGES 8 /* a view keeps some 205 rows alive: four pages, and one more where they begin in the middle */

/* A real view on a real file: what it asks of the list is what the list was made for. */
typedef struct
{
  ModelTest model;
  OctavoNoteList *list;
  GtkWidget *window;
  GtkWidget *view;
  guint n_items_changed;
  guint n_bound; /* rows that the view asked for */
} ViewTest;

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ViewTest *self)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ViewTest *self)
{
  self->n_bound++;
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       octavo_note_row_get_title (gtk_list_item_get_item (item)));
}

static void
on_items_changed (GListModel *model, guint position, guint n_removed, guint n_added, ViewTest *self)
{
  self->n_items_changed++;
}

static void
on_settled (OctavoNoteList *list, gboolean *is_settled)
{
  *is_settled = TRUE;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

/* A view that has not got its size yet makes no rows: frames alone do not tell that it is done. */
static gboolean
has_rows (ViewTest *self)
{
  guint n_wanted = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->list)), N_ROWS);
  guint n_rows = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL; row = gtk_widget_get_next_sibling (row))
    n_rows++;
  return gtk_widget_get_mapped (self->view) && n_rows >= n_wanted;
}

/* Until the view has had the time to lay out and paint what it was told. */
static void
wait_for_frames (ViewTest *self)
{
  guint n_frames = 0;
  guint callback = gtk_widget_add_tick_callback (self->window, on_frame, &n_frames, NULL);

  model_test_wait_for (has_rows (self));
  n_frames = 0;
  model_test_wait_for (n_frames >= 3);
  gtk_widget_remove_tick_callback (self->window, callback);
}

static void
settle (ViewTest *self)
{
  gboolean is_settled = FALSE;
  gulong handler = g_signal_connect (self->list, "settled", G_CALLBACK (on_settled), &is_settled);

  model_test_wait_for (is_settled);
  g_signal_handler_disconnect (self->list, handler);
  wait_for_frames (self);
}

static void
set_up (ViewTest *self, gconstpointer data)
{
  OctavoNoteSelection *selection;
  GtkListItemFactory *factory;
  GtkWidget *scroller;

  model_test_set_up (&self->model, NULL);
  model_test_add_notes (&self->model, N_NOTES);
  self->list = octavo_note_list_new (self->model.store);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), self);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  selection = octavo_note_selection_new (self->list);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), scroller);
  gtk_window_present (GTK_WINDOW (self->window));
  settle (self);
  octavo_note_selection_select_id (selection, N_NOTES - 3);
  wait_for_frames (self);
}

static void
tear_down (ViewTest *self, gconstpointer data)
{
  /* Another notice of what somebody else wrote would have had all rows read once more. */
  g_assert_cmpuint (self->model.n_everything, ==, 1);

  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->list);
  model_test_tear_down (&self->model, NULL);
}

static void
test_shows (ViewTest *self, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, N_NOTES);
  g_assert_cmpuint (self->n_bound, >, 10);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, N_PAGES);
}

static void
test_replacing_reads_a_few_pages (ViewTest *self, gconstpointer data)
{
  guint n_pages = octavo_note_list_get_n_pages_read (self->list);

  octavo_note_list_set_sort (self->list, OCTAVO_SORT_TITLE);
  settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, N_NOTES);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), >, n_pages);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + N_PAGES);

  /* And so does a search that half of them answer. */
  n_pages = octavo_note_list_get_n_pages_read (self->list);
  octavo_note_list_set_query (self->list, "1");
  settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), <, N_NOTES);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), >, 1000);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + N_PAGES);
}

static void
test_editing_moves_one_row (ViewTest *self, gconstpointer data)
{
  guint n_pages = octavo_note_list_get_n_pages_read (self->list);
  OctavoNoteRepository *notes = octavo_store_get_notes (self->model.store);
  g_autoptr (OctavoNote) note = octavo_note_repository_get (notes, N_NOTES - 5, NULL, NULL);
  g_autoptr (GError) error = NULL;

  self->n_items_changed = 0;
  octavo_note_set_body (note, "typed");
  octavo_note_repository_save (notes, note, NULL, &error);
  g_assert_no_error (error);
  settle (self);
  g_assert_cmpint (octavo_note_list_get_id (self->list, 0), ==, N_NOTES - 5);
  g_assert_cmpuint (self->n_items_changed, ==, 2);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + 1);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 77;
    }

#define ADD(name, function) g_test_add ("/note-list-view/" name, ViewTest, NULL, set_up, function, tear_down)

  ADD ("shows", test_shows);
  ADD ("replacing-reads-a-few-pages", test_replacing_reads_a_few_pages);
  ADD ("editing-moves-one-row", test_editing_moves_one_row);

  return g_test_run ();
}
