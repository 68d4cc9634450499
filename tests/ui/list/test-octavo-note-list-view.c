/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-note-list-view.h"
#include "octavo-note-row-widget.h"
#include "ui-test.h"

#define N_NOTES 10000
#define N_PAGES 2 /* the rows that are kept are as many as a page has, and may begin in the middle of one */

/* The real view on a real file. */
typedef struct
{
  ModelTest model;
  OctavoNoteList *list;
  OctavoNoteSelection *selection;
  GtkWidget *window;
  GtkWidget *view;
  GtkAdjustment *adjustment;
  guint n_settled;
} ViewTest;

static void
on_settled (OctavoNoteList *list, ViewTest *self)
{
  self->n_settled++;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

/* Until the view has done what it does before a frame, and what it leaves for afterwards. */
static void
wait_for_frames (ViewTest *self)
{
  guint n_frames = 0;
  guint callback = gtk_widget_add_tick_callback (self->window, on_frame, &n_frames, NULL);

  model_test_wait_for (n_frames >= 3);
  gtk_widget_remove_tick_callback (self->window, callback);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
settle (ViewTest *self)
{
  guint n_settled = self->n_settled;

  model_test_wait_for (self->n_settled > n_settled);
  wait_for_frames (self);
}

static guint
count_rows (ViewTest *self, gboolean visible)
{
  guint n_rows = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL; row = gtk_widget_get_next_sibling (row))
    n_rows += !visible || gtk_widget_get_visible (row);
  return n_rows;
}

static void
set_up (ViewTest *self, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  model_test_set_up (&self->model, NULL);
  model_test_add_notes (&self->model, GPOINTER_TO_UINT (data));
  self->list = octavo_note_list_new (self->model.store);
  self->selection = octavo_note_selection_new (self->list);
  g_signal_connect (self->list, "settled", G_CALLBACK (on_settled), self);

  self->view = g_object_new (OCTAVO_TYPE_NOTE_LIST_VIEW, NULL);
  octavo_note_list_view_set_selection (OCTAVO_NOTE_LIST_VIEW (self->view), self->selection);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  self->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), scroller);
  gtk_window_present (GTK_WINDOW (self->window));
  settle (self);
  model_test_wait_for (count_rows (self, TRUE) == MIN (64, GPOINTER_TO_UINT (data)));
}

static void
tear_down (ViewTest *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->selection);
  g_assert_finalize_object (self->list);
  model_test_tear_down (&self->model, NULL);
}

static double
get_row_height (ViewTest *self)
{
  return gtk_adjustment_get_upper (self->adjustment) / g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

/* The row that can be seen so many rows below the upper edge. */
static OctavoNoteRowWidget *
get_row (ViewTest *self, guint index)
{
  GtkWidget *row =
      gtk_widget_pick (self->view, 100, (index + 0.5) * get_row_height (self), GTK_PICK_INSENSITIVE | GTK_PICK_DEFAULT);

  g_assert_true (OCTAVO_IS_NOTE_ROW_WIDGET (row));
  return OCTAVO_NOTE_ROW_WIDGET (row);
}

static gint64
get_shown_id (ViewTest *self, guint index)
{
  return octavo_note_row_get_id (octavo_note_row_widget_get_row (get_row (self, index)));
}

static gint64
get_focused_id (ViewTest *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  g_assert_true (OCTAVO_IS_NOTE_ROW_WIDGET (focus));
  return octavo_note_row_get_id (octavo_note_row_widget_get_row (OCTAVO_NOTE_ROW_WIDGET (focus)));
}

/* Each row that is not hidden shows a note, and the rows come in the order of the list. */
static void
assert_rows_in_order (ViewTest *self)
{
  guint last = 0;
  guint n_rows = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      OctavoNoteRow *shown = octavo_note_row_widget_get_row (OCTAVO_NOTE_ROW_WIDGET (row));
      guint position;

      if (!gtk_widget_get_visible (row))
        continue;
      g_assert_nonnull (shown);
      g_assert_true (octavo_note_list_find_position (self->list, octavo_note_row_get_id (shown), &position));
      g_assert_true (n_rows == 0 || position > last);
      last = position;
      n_rows++;
    }
  g_assert_cmpuint (n_rows, >=, MIN (8, g_list_model_get_n_items (G_LIST_MODEL (self->list))));
}

static void
scroll_to (ViewTest *self, double value)
{
  gtk_adjustment_set_value (self->adjustment, value);
  wait_for_frames (self);
}

static void
save_body (ViewTest *self, gint64 id, const char *body)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->model.store);
  g_autoptr (OctavoNote) note = octavo_note_repository_get (notes, id, NULL, NULL);
  g_autoptr (GError) error = NULL;

  octavo_note_set_body (note, body);
  octavo_note_repository_save (notes, note, NULL, &error);
  g_assert_no_error (error);
  settle (self);
}

static gint64
edit_note (ViewTest *self, gint64 id)
{
  save_body (self, id, "typed");
  return id;
}

/* What the list does at a key. */
static gboolean
press (ViewTest *self, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n_shortcuts =
          GTK_IS_SHORTCUT_CONTROLLER (controller) ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n_shortcuts; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkKeyvalTrigger *trigger = GTK_KEYVAL_TRIGGER (gtk_shortcut_get_trigger (shortcut));

          if (gtk_keyval_trigger_get_keyval (trigger) == key && gtk_keyval_trigger_get_modifiers (trigger) == modifiers)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, self->view,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

static void
test_shows (ViewTest *self, gconstpointer data)
{
  g_assert_cmpint (get_shown_id (self, 0), ==, N_NOTES);
  g_assert_cmpint (get_shown_id (self, 3), ==, N_NOTES - 3);
  gtk_test_accessible_assert_role (self->view, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (GTK_WIDGET (get_row (self, 1)), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), ==, 1);
  assert_rows_in_order (self);
}

/* A new result gives the rows that there are other notes. */
static void
test_replacing (ViewTest *self, gconstpointer data)
{
  GtkWidget *first = GTK_WIDGET (get_row (self, 0));
  guint n_rows = count_rows (self, FALSE);
  guint n_pages = octavo_note_list_get_n_pages_read (self->list);

  scroll_to (self, 5000);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + N_PAGES);
  n_pages = octavo_note_list_get_n_pages_read (self->list);
  octavo_note_list_set_sort (self->list, OCTAVO_SORT_TITLE);
  settle (self);
  g_assert_cmpfloat (gtk_adjustment_get_value (self->adjustment), ==, 0);
  g_assert_cmpint (get_shown_id (self, 0), ==, 1);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + N_PAGES);

  n_pages = octavo_note_list_get_n_pages_read (self->list);
  octavo_note_list_set_query (self->list, "1");
  settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), <, N_NOTES);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + N_PAGES);

  octavo_note_list_set_query (self->list, "\"note 77\"");
  settle (self);
  g_assert_cmpuint (count_rows (self, TRUE), ==, g_list_model_get_n_items (G_LIST_MODEL (self->list)));
  octavo_note_list_set_query (self->list, "nothing of the kind");
  settle (self);
  g_assert_cmpuint (count_rows (self, TRUE), ==, 0);
  octavo_note_list_set_query (self->list, "");
  settle (self);
  g_assert_true (gtk_widget_get_parent (first) == self->view);
  g_assert_cmpuint (count_rows (self, FALSE), ==, n_rows);
  g_assert_cmpuint (count_rows (self, TRUE), ==, n_rows);
  assert_rows_in_order (self);
}

/* Who sees the top goes on seeing the top, who has scrolled goes on seeing the same notes. */
static void
test_stays (ViewTest *self, gconstpointer data)
{
  double height = get_row_height (self);
  gint64 seen, id;

  id = edit_note (self, N_NOTES - 5);
  g_assert_cmpint (get_shown_id (self, 0), ==, id);

  scroll_to (self, 100 * height + 7);
  seen = get_shown_id (self, 1);
  model_test_add_note (&self->model, "new", "", NULL);
  settle (self);
  g_assert_cmpint (get_shown_id (self, 1), ==, seen);
  g_assert_cmpfloat (gtk_adjustment_get_value (self->adjustment), ==, 101 * height + 7);
  assert_rows_in_order (self);

  /* The first that can be seen goes to the top, and the list does not go with it. */
  id = edit_note (self, get_shown_id (self, 0));
  g_assert_cmpint (octavo_note_list_get_id (self->list, 0), ==, id);
  g_assert_cmpint (get_shown_id (self, 1), ==, seen);

  /* A question with the same answer leaves everything where it is; before all are indexed, it would have another. */
  model_test_wait_for (model_test_query_int (self->model.path, "SELECT count (*) FROM search_queue") == 0);
  octavo_note_list_set_query (self->list, "-absent");
  settle (self);
  g_assert_cmpint (get_shown_id (self, 1), ==, seen);

  /* And another process that writes a lot does so too. */
  model_test_execute (self->model.path, "UPDATE note SET updated = updated + 1000000000000 WHERE id % 3 = 0");
  settle (self);
  g_assert_cmpint (octavo_note_list_get_id (self->list, 0) % 3, ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (self->adjustment), >, 100 * height);
  assert_rows_in_order (self);
}

/* The selected note stays selected while what is looked for grows: seen from the start of what is found, or not found.
 */
static void
test_searching (ViewTest *self, gconstpointer data)
{
  double height = get_row_height (self);
  gint64 id;
  guint position;

  model_test_wait_for (model_test_query_int (self->model.path, "SELECT count (*) FROM search_queue") == 0);
  scroll_to (self, (N_NOTES - 7123) * height);
  id = get_shown_id (self, 0);
  g_assert_cmpint (id, ==, 7123);
  octavo_note_selection_select_id (self->selection, id);
  for (guint n_digits = 1; n_digits <= 4; n_digits++)
    {
      g_autofree char *query = g_strdup_printf ("note %.*s", (int) n_digits, "7123");

      octavo_note_list_set_query (self->list, query);
      settle (self);
      g_assert_cmpint (octavo_note_selection_get_selected_id (self->selection), ==, id);
      g_assert_true (octavo_note_selection_get_position (self->selection, &position));
      g_assert_cmpint (octavo_note_list_get_id (self->list, position), ==, id);
      g_assert_cmpfloat (gtk_adjustment_get_value (self->adjustment), ==, 0);
      assert_rows_in_order (self);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 1);

  octavo_note_list_set_query (self->list, "absent");
  settle (self);
  g_assert_false (octavo_note_selection_get_position (self->selection, &position));
  octavo_note_list_set_query (self->list, "");
  settle (self);
  g_assert_true (octavo_note_selection_get_position (self->selection, &position));
  g_assert_cmpuint (position, ==, N_NOTES - 7123);
}

static void
test_scrolling (ViewTest *self, gconstpointer data)
{
  double height = get_row_height (self);
  guint n_rows = count_rows (self, FALSE);
  guint n_pages;

  for (guint i = 1; i < 400; i++)
    {
      gtk_adjustment_set_value (self->adjustment, i * height / 2);
      g_assert_cmpuint (count_rows (self, FALSE), ==, n_rows);
      if (i % 100 == 0)
        wait_for_frames (self);
    }
  wait_for_frames (self);
  assert_rows_in_order (self);
  for (guint i = 400; i > 0; i--)
    gtk_adjustment_set_value (self->adjustment, i * height / 3);
  wait_for_frames (self);
  assert_rows_in_order (self);

  /* Dragging the bar reads what it passes, a page at a place, and no more. */
  n_pages = octavo_note_list_get_n_pages_read (self->list);
  for (guint i = 1; i <= 10; i++)
    scroll_to (self, gtk_adjustment_get_upper (self->adjustment) * i / 10);
  g_assert_cmpuint (octavo_note_list_get_n_pages_read (self->list), <=, n_pages + 10 * N_PAGES);
  g_assert_cmpfloat (gtk_adjustment_get_value (self->adjustment), ==,
                     gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment));
  assert_rows_in_order (self);
}

/* A row that has the focus shows the note that it showed, wherever that goes. */
static void
test_focus_stays (ViewTest *self, gconstpointer data)
{
  OctavoNoteListView *view = OCTAVO_NOTE_LIST_VIEW (self->view);
  GtkWidget *focus;

  g_assert_true (octavo_note_list_view_focus_position (view, 4));
  g_assert_true (octavo_note_list_view_has_focus (view));
  focus = gtk_root_get_focus (GTK_ROOT (self->window));
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES - 4);

  model_test_add_note (&self->model, "new", "", NULL);
  settle (self);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->window)) == focus);
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES - 4);
  edit_note (self, N_NOTES - 4);
  g_assert_true (GTK_WIDGET (get_row (self, 0)) == focus);
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES - 4);
  assert_rows_in_order (self);

  octavo_note_list_set_query (self->list, "5");
  settle (self);
  octavo_note_list_set_query (self->list, "");
  settle (self);
  g_assert_true (octavo_note_list_view_has_focus (view));

  /* Of a note that is gone the row shows what took its place. */
  octavo_note_list_view_focus_position (view, 4);
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, get_focused_id (self), NULL);
  settle (self);
  g_assert_cmpint (get_focused_id (self), ==, octavo_note_list_get_id (self->list, 4));
  assert_rows_in_order (self);
}

static void
test_focus_is_scrolled_away (ViewTest *self, gconstpointer data)
{
  OctavoNoteListView *view = OCTAVO_NOTE_LIST_VIEW (self->view);
  GtkWidget *focus;

  octavo_note_list_view_focus_position (view, 4);
  focus = gtk_root_get_focus (GTK_ROOT (self->window));
  scroll_to (self, 200000);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->window)) == focus);
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES - 4);
  assert_rows_in_order (self);

  /* It is where it was for a person who goes on with the keys. */
  g_assert_true (press (self, GDK_KEY_Down, 0));
  wait_for_frames (self);
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES - 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (self->adjustment), <, 1000);
  assert_rows_in_order (self);

  scroll_to (self, 200000);
  scroll_to (self, 0);
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES - 5);
  g_assert_cmpint (get_shown_id (self, 5), ==, N_NOTES - 5);
  assert_rows_in_order (self);
}

static void
on_activate (OctavoNoteListView *view, guint position, guint *activated)
{
  *activated = position;
}

static void
test_keys (ViewTest *self, gconstpointer data)
{
  guint activated = 0;

  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), &activated);
  g_assert_true (gtk_widget_grab_focus (self->view));
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES);
  g_assert_true (press (self, GDK_KEY_End, 0));
  g_assert_cmpint (get_focused_id (self), ==, 1);
  g_assert_cmpint (octavo_note_selection_get_selected_id (self->selection), ==, 1);
  wait_for_frames (self);
  g_assert_true (gtk_widget_get_state_flags (GTK_WIDGET (gtk_root_get_focus (GTK_ROOT (self->window)))) &
                 GTK_STATE_FLAG_SELECTED);

  g_assert_true (press (self, GDK_KEY_Page_Up, 0));
  g_assert_cmpint (get_focused_id (self), >, 3);
  g_assert_true (press (self, GDK_KEY_Home, 0));
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES);
  g_assert_true (press (self, GDK_KEY_Up, 0));
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES);

  /* With Ctrl the focus goes alone, and Space selects what has it. */
  g_assert_true (press (self, GDK_KEY_Down, GDK_CONTROL_MASK));
  g_assert_cmpint (octavo_note_selection_get_selected_id (self->selection), ==, N_NOTES);
  g_assert_cmpint (get_focused_id (self), ==, N_NOTES - 1);
  g_assert_true (press (self, GDK_KEY_space, 0));
  g_assert_cmpint (octavo_note_selection_get_selected_id (self->selection), ==, N_NOTES - 1);
  g_assert_true (press (self, GDK_KEY_Return, 0));
  g_assert_cmpuint (activated, ==, 1);

  /* The list is one stop of Tab. */
  g_assert_false (gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD));
}

static void
test_actions (ViewTest *self, gconstpointer data)
{
  GtkWidget *row = GTK_WIDGET (get_row (self, 2));
  guint activated = 0;

  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), &activated);
  g_assert_true (gtk_widget_activate_action (row, "listitem.select", NULL));
  g_assert_cmpint (octavo_note_selection_get_selected_id (self->selection), ==, N_NOTES - 2);
  g_assert_true (gtk_widget_activate_action (row, "listitem.activate", NULL));
  g_assert_cmpuint (activated, ==, 2);
  scroll_to (self, 1000);
  g_assert_true (gtk_widget_activate_action (row, "listitem.scroll-to", NULL));
  g_assert_cmpfloat (gtk_adjustment_get_value (self->adjustment), ==, 2 * get_row_height (self));
}

static void
test_few (ViewTest *self, gconstpointer data)
{
  g_assert_cmpuint (count_rows (self, TRUE), ==, 3);
  g_assert_true (octavo_note_list_view_focus_position (OCTAVO_NOTE_LIST_VIEW (self->view), 2));
  g_assert_false (octavo_note_list_view_focus_position (OCTAVO_NOTE_LIST_VIEW (self->view), 3));
  model_test_apply (&self->model, OCTAVO_NOTES_DELETE, 1, NULL);
  settle (self);
  g_assert_cmpint (get_focused_id (self), ==, 2);
  g_assert_cmpuint (count_rows (self, TRUE), ==, 2);
  model_test_add_note (&self->model, "new", "", NULL);
  settle (self);
  g_assert_cmpuint (count_rows (self, TRUE), ==, 3);
  g_assert_cmpint (get_focused_id (self), ==, 2);
}

static void
count_signal (guint *n_times)
{
  (*n_times)++;
}

/* Until the row shows it. */
static void
save_and_wait (ViewTest *self, gint64 id, const char *body)
{
  gint64 updated = octavo_note_row_get_updated (octavo_note_row_widget_get_row (get_row (self, 0)));

  save_body (self, id, body);
  model_test_wait_for (octavo_note_row_get_updated (octavo_note_row_widget_get_row (get_row (self, 0))) > updated);
  wait_for_frames (self);
}

/* A frame for nothing would have the next key wait for another. */
static void
test_saving_paints_only_what_is_new (ViewTest *self, gconstpointer data)
{
  g_autofree char *body = g_strnfill (5000, 'a');
  GdkFrameClock *clock;
  guint n_layouts = 0;
  guint n_paints = 0;

  save_and_wait (self, 2, body); /* its row is the first now */
  clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect_swapped (clock, "layout", G_CALLBACK (count_signal), &n_layouts);
  g_signal_connect_swapped (clock, "paint", G_CALLBACK (count_signal), &n_paints);
  do
    {
      n_layouts = n_paints = 0;
      wait_for_frames (self);
    }
  while (n_layouts + n_paints > 0);

  body[4999] = 'b';
  save_and_wait (self, 2, body);
  g_assert_cmpuint (n_layouts, ==, 0);
  g_assert_cmpuint (n_paints, ==, 0);

  body[0] = 'b';
  save_and_wait (self, 2, body);
  g_assert_cmpuint (n_paints, >, 0);

  model_test_add_note (&self->model, "new", "", NULL);
  settle (self);
  model_test_wait_for (n_layouts > 0);
  g_signal_handlers_disconnect_by_func (clock, count_signal, &n_layouts);
  g_signal_handlers_disconnect_by_func (clock, count_signal, &n_paints);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

#define ADD(name, n_notes, function)                                                                                   \
  g_test_add ("/note-list-view/" name, ViewTest, GUINT_TO_POINTER (n_notes), set_up, function, tear_down)

  ADD ("shows", N_NOTES, test_shows);
  ADD ("replacing", N_NOTES, test_replacing);
  ADD ("stays", N_NOTES, test_stays);
  ADD ("searching", N_NOTES, test_searching);
  ADD ("scrolling", N_NOTES, test_scrolling);
  ADD ("focus-stays", N_NOTES, test_focus_stays);
  ADD ("focus-is-scrolled-away", N_NOTES, test_focus_is_scrolled_away);
  ADD ("keys", N_NOTES, test_keys);
  ADD ("actions", N_NOTES, test_actions);
  ADD ("few", 3, test_few);
  ADD ("saving-paints-only-what-is-new", 100, test_saving_paints_only_what_is_new);

  return g_test_run ();
}
