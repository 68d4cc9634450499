/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "torture-editor"

#include "octavo-editor.h"
#include "octavo-markdown-block.h"
#include "octavo-markdown-list.h"
#include "octavo-markdown-move.h"
#include "octavo-markdown-toggle.h"
#include "octavo-note-view.h"
#include "octavo-view-cursor.h"
#include "ui-test.h"

#include <stdlib.h>
#include <string.h>

/* Random editing of five notes in two windows, against a model that is kept beside: the states that each note went
 * through. What is undone must lead back to a state of that very note, what is redone to where it was, no other note
 * may change by it, both windows must show the same, and the file must have what was typed.
 *
 * torture-editor [OPERATIONS [SEED]]: a few hundred by default; as many as asked for by ./dev torture editor. */

#define N_NOTES    5
#define N_PLACES   2
#define LOOK_AGAIN 25    /* operations from one look at everything to the next */
#define MOST_TEXT  20000 /* characters: what is longer is cut */

typedef struct
{
  gint64 id;
  GPtrArray *states; /* of the text, the first one first */
  guint now;         /* which of them it is in */
} Note;

typedef struct
{
  OctavoEditor *editor;
  GtkWidget *window;
  int note; /* that is open */
} Place;

typedef struct
{
  ModelTest model;
  OctavoNoteBuffers *buffers;
  Place places[N_PLACES];
  Note notes[N_NOTES];
  GRand *rand;
  guint n_undone;
  guint n_redone;
  guint n_edits;
  guint n_saved;
} Torture;

static int n_operations = 400;
static guint32 seed = 1;

static int
choose (Torture *self, int end)
{
  return g_rand_int_range (self->rand, 0, end);
}

static GtkTextView *
get_view (Place *place)
{
  return GTK_TEXT_VIEW (ui_test_find (GTK_WIDGET (place->editor), OCTAVO_TYPE_NOTE_VIEW));
}

static GtkTextBuffer *
get_buffer (Place *place)
{
  return gtk_text_view_get_buffer (get_view (place));
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  return octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (buffer));
}

static const char *
get_state (const Note *note)
{
  return g_ptr_array_index (note->states, note->now);
}

/* ---- What is looked at ---- */

static void
check_shown (Torture *self)
{
  for (int i = 0; i < N_PLACES; i++)
    {
      g_autofree char *text = dup_text (get_buffer (&self->places[i]));

      g_assert_cmpstr (text, ==, get_state (&self->notes[self->places[i].note]));
    }
}

static void
check_file (Torture *self)
{
  g_autoptr (GError) error = NULL;

  octavo_note_buffers_flush (self->buffers, &error);
  g_assert_no_error (error);
  for (int i = 0; i < N_NOTES; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT body FROM note WHERE id = %" G_GINT64_FORMAT, self->notes[i].id);
      g_autofree char *body = model_test_query_text (self->model.path, sql);

      g_assert_cmpstr (body, ==, get_state (&self->notes[i]));
    }
  g_assert_cmpint (model_test_query_int (self->model.path, "SELECT count(*) FROM note"), ==, N_NOTES);
  self->n_saved++;
}

/* ---- What is done ---- */

static void
open_note (Torture *self, Place *place, int note)
{
  place->note = note;
  octavo_editor_open (place->editor, self->notes[note].id);
  model_test_wait_for (get_view (place) != NULL && gtk_text_view_get_editable (get_view (place)) &&
                       OCTAVO_IS_NOTE_BUFFER (get_buffer (place)) &&
                       octavo_note_buffer_get_id (OCTAVO_NOTE_BUFFER (get_buffer (place))) == self->notes[note].id);
}

static void
select_any (Torture *self, GtkTextBuffer *buffer)
{
  int length = gtk_text_buffer_get_char_count (buffer);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, choose (self, length + 1));
  end = start;
  if (choose (self, 3) == 0)
    gtk_text_iter_forward_chars (&end, choose (self, 40));
  gtk_text_buffer_select_range (buffer, &start, &end);
}

static void
type_text (Torture *self, GtkTextBuffer *buffer)
{
  static const char *const pieces[] = { "word ", "\n",     "- item\n",   "1. one\n2. two\n",       "生存 ",
                                        "é",     "**b** ", "\n\n## h\n", "- [ ] task\n  - in it\n" };
  g_autofree char *text = g_strdup_printf ("%s%u", pieces[choose (self, G_N_ELEMENTS (pieces))], self->n_edits);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
delete_text (Torture *self, GtkTextBuffer *buffer)
{
  int length = gtk_text_buffer_get_char_count (buffer);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_mark (buffer, &start, gtk_text_buffer_get_insert (buffer));
  end = start;
  gtk_text_iter_forward_chars (&end, length > MOST_TEXT ? length : 1 + choose (self, 30));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_end_user_action (buffer);
}

static void
format (Torture *self, OctavoMarkdownBuffer *buffer)
{
  switch (choose (self, 8))
    {
    case 0:
      octavo_markdown_block_toggle_heading (buffer, 1 + (guint) choose (self, 6));
      break;
    case 1:
      octavo_markdown_block_toggle_list (buffer, (OctavoMarkdownListKind) choose (self, 3));
      break;
    case 2:
      octavo_markdown_move (buffer, choose (self, 2) == 0);
      break;
    case 3:
      octavo_markdown_toggle (buffer, choose (self, 2) == 0 ? OCTAVO_MARKDOWN_STRONG : OCTAVO_MARKDOWN_EMPHASIS);
      break;
    case 4:
      octavo_markdown_list_break_line (buffer);
      break;
    case 5:
      octavo_markdown_list_indent (buffer);
      break;
    case 6:
      octavo_markdown_list_outdent (buffer);
      break;
    default:
      octavo_markdown_insert_link (buffer, "https://example.org/");
      break;
    }
}

static void
edit (Torture *self, Place *place)
{
  Note *note = &self->notes[place->note];
  GtkTextBuffer *buffer = get_buffer (place);
  g_autofree char *text = NULL;
  int kind = choose (self, 10);

  octavo_note_view_claim_cursor (OCTAVO_NOTE_VIEW (get_view (place)));
  select_any (self, buffer);
  if (kind < 5)
    type_text (self, buffer);
  else if (kind < 7)
    delete_text (self, buffer);
  else
    format (self, OCTAVO_MARKDOWN_BUFFER (buffer));
  self->n_edits++;
  text = dup_text (buffer);
  if (strcmp (text, get_state (note)) == 0)
    return;
  g_ptr_array_set_size (note->states, (int) note->now + 1);
  g_ptr_array_add (note->states, g_steal_pointer (&text));
  note->now++;
}

/* GTK may take several edits back in one step, but leads to no state that the note was not in. */
static void
undo (Torture *self, Place *place)
{
  Note *note = &self->notes[place->note];
  GtkTextBuffer *buffer = get_buffer (place);
  g_autofree char *text = NULL;
  guint i = note->now;

  if (!gtk_text_buffer_get_can_undo (buffer))
    return;
  octavo_note_view_claim_cursor (OCTAVO_NOTE_VIEW (get_view (place)));
  gtk_text_buffer_undo (buffer);
  text = dup_text (buffer);
  while (strcmp (g_ptr_array_index (note->states, i), text) != 0)
    {
      g_assert_cmpuint (i, >, 0);
      i--;
    }
  note->now = i;
  self->n_undone++;
}

static void
redo (Torture *self, Place *place)
{
  Note *note = &self->notes[place->note];
  GtkTextBuffer *buffer = get_buffer (place);
  g_autofree char *text = NULL;
  guint i = note->now;

  if (!gtk_text_buffer_get_can_redo (buffer))
    return;
  octavo_note_view_claim_cursor (OCTAVO_NOTE_VIEW (get_view (place)));
  gtk_text_buffer_redo (buffer);
  text = dup_text (buffer);
  while (strcmp (g_ptr_array_index (note->states, i), text) != 0)
    {
      i++;
      g_assert_cmpuint (i, <, note->states->len);
    }
  note->now = i;
  self->n_redone++;
}

static void
operate (Torture *self)
{
  Place *place = &self->places[choose (self, N_PLACES)];
  int kind = choose (self, 100);

  if (kind < 12)
    open_note (self, place, choose (self, N_NOTES));
  else if (kind < 30)
    undo (self, place);
  else if (kind < 42)
    redo (self, place);
  else if (kind < 46)
    octavo_editor_save (place->editor);
  else if (kind < 56)
    g_main_context_iteration (NULL, FALSE);
  else
    edit (self, place);
  check_shown (self);
}

/* ---- From beginning to end ---- */

static void
set_up (Torture *self, gconstpointer data)
{
  model_test_set_up (&self->model, data);
  self->buffers = octavo_note_buffers_new (self->model.store);
  self->rand = g_rand_new_with_seed (seed);
  for (int i = 0; i < N_NOTES; i++)
    {
      g_autofree char *text = g_strdup_printf ("note %d\n\n- one\n- two\n", i);

      self->notes[i].id = model_test_add_note (&self->model, "Title", text, NULL);
      self->notes[i].states = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->notes[i].states, g_steal_pointer (&text));
    }
  for (int i = 0; i < N_PLACES; i++)
    {
      self->places[i].editor = OCTAVO_EDITOR (octavo_editor_new (self->buffers));
      self->places[i].window = ui_test_show (GTK_WIDGET (self->places[i].editor));
      open_note (self, &self->places[i], i);
    }
}

static void
tear_down (Torture *self, gconstpointer data)
{
  for (int i = 0; i < N_PLACES; i++)
    {
      gpointer editor = self->places[i].editor;

      g_object_add_weak_pointer (G_OBJECT (editor), &editor);
      ui_test_close (self->places[i].window);
      model_test_wait_for (editor == NULL);
    }
  model_test_wait_for (G_OBJECT (self->buffers)->ref_count == 1);
  g_assert_finalize_object (self->buffers);
  for (int i = 0; i < N_NOTES; i++)
    g_ptr_array_unref (self->notes[i].states);
  g_rand_free (self->rand);
  model_test_tear_down (&self->model, data);
}

/* However far it is undone, a note begins with what it was when it was read. */
static void
undo_all (Torture *self)
{
  for (int i = 0; i < N_NOTES; i++)
    {
      Place *place = &self->places[i % N_PLACES];

      open_note (self, place, i);
      while (gtk_text_buffer_get_can_undo (get_buffer (place)))
        undo (self, place);
      check_shown (self);
    }
}

static void
test_random (Torture *self, gconstpointer data)
{
  for (int i = 0; i < n_operations; i++)
    {
      operate (self);
      if (i % LOOK_AGAIN == 0)
        check_file (self);
    }
  check_file (self);
  undo_all (self);
  check_file (self);
  g_test_message ("%d operations, seed %u: %u edits, %u undone, %u redone; the file was looked at %u times",
                  n_operations, seed, self->n_edits, self->n_undone, self->n_redone, self->n_saved);
  g_assert_cmpuint (self->n_edits, >, 0);
  g_assert_cmpuint (self->n_undone, >, 0);
  g_assert_cmpuint (self->n_redone, >, 0);
}

/* Ctrl+Z in one note, in another, and after coming back to the first: each takes back what was done in it. */
static void
test_each_note_remembers (Torture *self, gconstpointer data)
{
  Place *place = &self->places[0];
  const char *first;

  open_note (self, place, 2);
  first = get_state (&self->notes[2]);
  gtk_text_buffer_insert_at_cursor (get_buffer (place), "two ", -1);
  open_note (self, place, 3);
  g_assert_false (gtk_text_buffer_get_can_undo (get_buffer (place)));
  gtk_text_buffer_undo (get_buffer (place));
  check_shown (self);
  open_note (self, place, 2);
  g_assert_true (gtk_text_buffer_get_can_undo (get_buffer (place)));
  gtk_text_buffer_undo (get_buffer (place));
  check_shown (self);
  g_assert_cmpstr (first, ==, get_state (&self->notes[2]));
  g_assert_false (gtk_text_buffer_get_can_undo (get_buffer (place)));
  check_file (self);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  if (argc > 1)
    n_operations = (int) strtol (argv[1], NULL, 10);
  if (argc > 2)
    seed = (guint32) strtoul (argv[2], NULL, 10);
  g_assert_cmpint (n_operations, >=, 100);
  g_test_add ("/torture-editor/each-note-remembers", Torture, NULL, set_up, test_each_note_remembers, tear_down);
  g_test_add ("/torture-editor/random", Torture, NULL, set_up, test_random, tear_down);
  return g_test_run ();
}
