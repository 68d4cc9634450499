/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "torture-week"

#include "octavo-editor.h"
#include "octavo-markdown-importer.h"
#include "octavo-note-repository.h"
#include "octavo-note-view.h"
#include "octavo-notes-act.h"
#include "octavo-query.h"
#include "octavo-search.h"
#include "octavo-undo.h"
#include "octavo-view-cursor.h"
#include "ui-test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A person who writes without a pause: notes in two windows that show the same file, another process that changes what
 * is open there, tags, pins, the trash, deletions and their undoing, imports, searches, and the command line. A model
 * of the notes is kept beside, which knows nothing of windows and files; the file has to be what the model is.
 *
 * torture-week FOLDER OPERATIONS SEED DONE: each operation is in the file before it is counted in FOLDER/done. Who
 * kills it gives it that number: the model gets so far by itself, and the file may be one operation ahead of it. */

#define N_PLACES  2
#define N_TAGS    5
#define MOST      40 /* notes */
#define FEWEST    15
#define MOST_TEXT 1500
#define N_LOOKS   10                        /* at the memory */
#define PATIENCE  (60 * G_TIME_SPAN_SECOND) /* the sanitizers are slow */
#define LOOK      25                        /* operations from one look at everything to the next */

typedef enum
{
  ADD,
  IMPORT,
  COMMAND,
  EDIT,
  EDIT_BESIDE,
  EDIT_BOTH,
  ACT,
  UNDO,
  SEARCH,
  N_KINDS
} Kind;

typedef struct
{
  char *title;
  GString *body;
  guint tags; /* a bit each */
  gboolean is_pinned, is_trashed, is_gone;
} Note;

/* What is to be done, as it was drawn. */
typedef struct
{
  Kind kind;
  Note *note;
  guint place;
  gsize at, n_deleted;
  OctavoNotesAction action;
  guint tag;
  char word[16];
} Operation;

typedef struct
{
  char *folder;
  char *path;
  GRand *rand;
  GPtrArray *notes; /* (element-type Note) */
  guint n_words;
  Note *acted; /* the last operation was an act on it that changed something */
  Note before; /* that; without texts */
  OctavoStore *store;
  OctavoStore *beside;
  OctavoNoteBuffers *buffers;
  OctavoEditor *editors[N_PLACES];
  guint n_done_of[N_KINDS];
} Week;

static const char *const kind_names[] = { "added",          "imported", "by command", "edited",  "edited beside",
                                          "edited by both", "acts",     "undone",     "searches" };

/* ---- The model ---- */

static guint
count_alive (Week *self)
{
  guint n = 0;

  for (guint i = 0; i < self->notes->len; i++)
    n += !((Note *) self->notes->pdata[i])->is_gone;
  return n;
}

static Note *
draw_note (Week *self)
{
  guint number = (guint) g_rand_int_range (self->rand, 0, (int) count_alive (self));

  for (guint i = 0; TRUE; i++)
    if (!((Note *) self->notes->pdata[i])->is_gone && number-- == 0)
      return self->notes->pdata[i];
}

static Kind
draw_kind (Week *self, guint n_notes)
{
  int number = g_rand_int_range (self->rand, 0, 1000);

  if (n_notes < FEWEST)
    return ADD;
  if (self->acted != NULL && number < 500)
    return UNDO;
  if (number < 40)
    return n_notes < MOST ? ADD : EDIT;
  if (number < 60)
    return n_notes < MOST ? IMPORT : EDIT;
  if (number < 65)
    return n_notes < MOST ? COMMAND : EDIT;
  return number < 600 ? EDIT : number < 680 ? EDIT_BESIDE : number < 760 ? EDIT_BOTH : number < 900 ? ACT : SEARCH;
}

static OctavoNotesAction
draw_action (Week *self)
{
  static const OctavoNotesAction actions[] = { OCTAVO_NOTES_TRASH,   OCTAVO_NOTES_RESTORE,    OCTAVO_NOTES_RESTORE,
                                               OCTAVO_NOTES_PIN,     OCTAVO_NOTES_UNPIN,      OCTAVO_NOTES_ADD_TAG,
                                               OCTAVO_NOTES_ADD_TAG, OCTAVO_NOTES_REMOVE_TAG, OCTAVO_NOTES_DELETE };

  return actions[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (actions))];
}

/* Takes the same numbers in the same state, whatever becomes of it. */
static Operation
draw (Week *self)
{
  Operation operation = { .kind = draw_kind (self, count_alive (self)) };
  guint length;

  operation.place = (guint) g_rand_int_range (self->rand, 0, N_PLACES);
  operation.tag = (guint) g_rand_int_range (self->rand, 0, N_TAGS);
  operation.action = draw_action (self);
  g_snprintf (operation.word, sizeof operation.word, "w%07ux", ++self->n_words);
  if (operation.kind == UNDO)
    operation.note = self->acted;
  else if (count_alive (self) > 0)
    operation.note = draw_note (self);
  if (operation.note == NULL || operation.kind == UNDO)
    return operation;
  /* what is in the trash is not edited in the window */
  if (operation.note->is_trashed && (operation.kind == EDIT || operation.kind == EDIT_BOTH))
    operation.kind = EDIT_BESIDE;
  length = (guint) operation.note->body->len;
  operation.at = (gsize) g_rand_int_range (self->rand, 0, (int) length + 1);
  operation.n_deleted = length > MOST_TEXT ? length - operation.at : (gsize) g_rand_int_range (self->rand, 0, 12);
  operation.n_deleted = MIN (operation.n_deleted, length - operation.at);
  if (operation.kind == SEARCH && length > 9)
    g_snprintf (operation.word, sizeof operation.word, "w%07ux",
                (guint) g_rand_int_range (self->rand, 1, (int) self->n_words));
  return operation;
}

static Note *
make_note (Week *self, const char *word)
{
  Note *note = g_new0 (Note, 1);

  note->title = g_strdup_printf ("Note %u", self->notes->len);
  note->body = g_string_new (NULL);
  g_string_printf (note->body, "first\n%s\nlast", word);
  return note;
}

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->title);
  g_string_free (note->body, TRUE);
  g_free (note);
}

static void
apply_act (Note *note, const Operation *operation)
{
  switch (operation->action)
    {
    case OCTAVO_NOTES_TRASH:
      note->is_trashed = TRUE;
      break;
    case OCTAVO_NOTES_RESTORE:
      note->is_trashed = FALSE;
      break;
    case OCTAVO_NOTES_PIN:
      note->is_pinned = TRUE;
      break;
    case OCTAVO_NOTES_UNPIN:
      note->is_pinned = FALSE;
      break;
    case OCTAVO_NOTES_ADD_TAG:
      note->tags |= 1u << operation->tag;
      break;
    case OCTAVO_NOTES_REMOVE_TAG:
      note->tags &= ~(1u << operation->tag);
      break;
    default:
      note->is_gone = TRUE;
    }
}

static void
apply (Week *self, const Operation *operation)
{
  Note *note = operation->note;
  Note *acted = NULL;

  g_assert (note != NULL || operation->kind <= COMMAND);
  switch (operation->kind)
    {
    case ADD:
    case IMPORT:
    case COMMAND:
      g_ptr_array_add (self->notes, make_note (self, operation->word));
      break;
    case EDIT:
      g_string_erase (note->body, (gssize) operation->at, (gssize) operation->n_deleted);
      g_string_insert (note->body, (gssize) operation->at, operation->word);
      break;
    case EDIT_BESIDE:
      g_string_append_printf (note->body, "\n%s", operation->word);
      break;
    case EDIT_BOTH:
      g_string_prepend (note->body, "top\n");
      g_string_append_printf (note->body, "\n%s", operation->word);
      break;
    case ACT:
      self->before = *note;
      apply_act (note, operation);
      if (memcmp (&self->before, note, sizeof *note) != 0)
        acted = note;
      break;
    case UNDO:
      *note = self->before;
      break;
    default:
      break;
    }
  self->acted = acted;
}

/* ---- The file ---- */

static char *
dup_model (Week *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = self->notes->pdata[i];

      if (!note->is_gone)
        g_string_append_printf (text, "%s|%s|%d%d%u\n", note->title, note->body->str, note->is_pinned, note->is_trashed,
                                note->tags);
    }
  return g_string_free (text, FALSE);
}

/* As another program reads it. */
static char *
dup_file (Week *self)
{
  return model_test_query_text (
      self->path, "SELECT coalesce (group_concat (line, ''), '') FROM (SELECT title || '|' || body || '|' || pinned || "
                  "(trashed > 0) || (SELECT coalesce (sum (1 << substr (name, 4)), 0) FROM note_tag JOIN tag ON tag.id "
                  "= tag_id WHERE note_id = note.id) || char (10) AS line FROM note ORDER BY 0 + substr (title, 6))");
}

static gboolean
is_same (Week *self)
{
  g_autofree char *model = dup_model (self);
  g_autofree char *file = dup_file (self);

  return strcmp (model, file) == 0;
}

static void
check (Week *self)
{
  g_autofree char *model = dup_model (self);
  g_autofree char *file = dup_file (self);

  g_assert_cmpstr (file, ==, model);
}

static gint64
find_id (Week *self, const Note *note)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM note WHERE title = '%s'", note->title);

  return model_test_query_int (self->path, sql);
}

/* ---- The person ---- */

static GtkTextBuffer *
get_buffer (Week *self, guint place)
{
  GtkWidget *view = ui_test_find (GTK_WIDGET (self->editors[place]), OCTAVO_TYPE_NOTE_VIEW);

  if (view == NULL || !gtk_text_view_get_editable (GTK_TEXT_VIEW (view)))
    return NULL;
  octavo_note_view_claim_cursor (OCTAVO_NOTE_VIEW (view));
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static gboolean
shows (Week *self, guint place, gint64 id, const char *body)
{
  GtkTextBuffer *buffer = get_buffer (self, place);
  g_autofree char *text = NULL;

  if (buffer == NULL || !OCTAVO_IS_NOTE_BUFFER (buffer) ||
      octavo_note_buffer_get_id (OCTAVO_NOTE_BUFFER (buffer)) != id)
    return FALSE;
  text = octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (buffer));
  return strcmp (text, body) == 0;
}

/* It does not show what it should. */
static void
complain (Week *self, const Operation *operation, gint64 id)
{
  GtkTextBuffer *buffer = get_buffer (self, operation->place);
  g_autofree char *text = buffer != NULL ? octavo_markdown_buffer_dup_text (OCTAVO_MARKDOWN_BUFFER (buffer)) : NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT body FROM note WHERE id = %" G_GINT64_FORMAT, id);
  g_autofree char *body = id > 0 ? model_test_query_text (self->path, sql) : NULL;

  g_error ("note %" G_GINT64_FORMAT ", the editor has %" G_GINT64_FORMAT ":\n%s\nin the file:\n%s\nin the model:\n%s",
           id, octavo_editor_get_note_id (self->editors[operation->place]), text, body, operation->note->body->str);
}

/* With what the other process has made of it meanwhile. */
static GtkTextBuffer *
open_note (Week *self, const Operation *operation)
{
  gint64 id = find_id (self, operation->note);

  octavo_editor_open (self->editors[operation->place], id);
  octavo_store_look_for_changes (self->store);
  for (gint64 end = g_get_monotonic_time () + PATIENCE;
       !shows (self, operation->place, id, operation->note->body->str);)
    {
      if (g_get_monotonic_time () > end)
        complain (self, operation, id);
      model_test_iterate ();
    }
  return get_buffer (self, operation->place);
}

static void
flush (Week *self)
{
  g_autoptr (GError) error = NULL;

  octavo_note_buffers_flush (self->buffers, &error);
  g_assert_no_error (error);
}

static void
edit (Week *self, const Operation *operation)
{
  GtkTextBuffer *buffer = open_note (self, operation);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) operation->at);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) (operation->at + operation->n_deleted));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, operation->word, -1);
  gtk_text_buffer_end_user_action (buffer);
  flush (self);
}

static void
edit_beside (Week *self, const Operation *operation)
{
  OctavoNoteRepository *notes = octavo_store_get_notes (self->beside);
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoNote) note = octavo_note_repository_get (notes, find_id (self, operation->note), NULL, &error);
  g_autofree char *body = NULL;

  g_assert_no_error (error);
  body = g_strdup_printf ("%s\n%s", octavo_note_get_body (note), operation->word);
  octavo_note_set_body (note, body);
  octavo_note_repository_save (notes, note, NULL, &error);
  g_assert_no_error (error);
}

static void
edit_both (Week *self, const Operation *operation)
{
  GtkTextBuffer *buffer = open_note (self, operation);
  GtkTextIter start;

  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert (buffer, &start, "top\n", -1);
  edit_beside (self, operation);
  flush (self);
}

static void
add (Week *self, const Operation *operation)
{
  g_autoptr (OctavoNoteBuffer) buffer = octavo_note_buffer_new_for_user (1);
  g_autofree char *title = g_strdup_printf ("Note %u", self->notes->len);
  g_autofree char *body = g_strdup_printf ("first\n%s\nlast", operation->word);

  octavo_note_buffers_add (self->buffers, buffer);
  octavo_note_buffer_set_title (buffer, title);
  octavo_markdown_buffer_replace (OCTAVO_MARKDOWN_BUFFER (buffer), body);
  flush (self);
}

static void
import_file (Week *self, const Operation *operation)
{
  g_autoptr (OctavoMarkdownImporter) importer = octavo_markdown_importer_new (self->store, 1);
  g_autofree char *path = g_strdup_printf ("%s/Note %u.md", self->folder, self->notes->len);
  g_autofree char *body = g_strdup_printf ("first\n%s\nlast", operation->word);
  const char *const paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoImportReport) report = NULL;

  g_assert_true (g_file_set_contents (path, body, -1, NULL));
  report = octavo_markdown_importer_run (importer, paths, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
}

static void
run_command (Week *self, const Operation *operation)
{
  g_autofree char *title = g_strdup_printf ("Note %u", self->notes->len);
  g_autofree char *body = g_strdup_printf ("first\n%s\nlast", operation->word);
  const char *octavo = g_getenv ("OCTAVO");
  const char *const arguments[] = { octavo, "add", "--database", self->path, "--title", title, body, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
act (Week *self, const Operation *operation)
{
  OctavoStore *store = operation->place == 0 ? self->store : self->beside;
  OctavoNoteRepository *notes = octavo_store_get_notes (store);
  g_autoptr (OctavoNotesAct) step = octavo_notes_act_new ();
  gboolean has_tag = operation->action == OCTAVO_NOTES_ADD_TAG || operation->action == OCTAVO_NOTES_REMOVE_TAG;
  g_autofree char *tag = has_tag ? g_strdup_printf ("tag%u", operation->tag) : NULL;
  gint64 id = find_id (self, operation->note);
  gint64 step_id = 0;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  octavo_notes_act_add (step, operation->action, &id, 1, tag, &error);
  g_assert_no_error (error);
  octavo_notes_act_perform_async (step, notes, NULL, model_test_on_result, &result);
  done = model_test_take_result (&result);
  octavo_notes_act_perform_finish (notes, done, &step_id, NULL, &error);
  g_assert_no_error (error);
}

static void
undo (Week *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = octavo_undo_list (self->store, 1, &error);
  g_auto (OctavoUndoResult) result = { 0 };

  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 1);
  octavo_undo_run (self->store, ((OctavoUndoStep *) steps->pdata[0])->id, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_left, ==, 0);
}

static void
search (Week *self, const Operation *operation)
{
  g_autoptr (OctavoQuery) query = octavo_query_new (operation->word);
  g_autoptr (GArray) found = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (guint i = 0; i < self->notes->len; i++)
    {
      const Note *note = self->notes->pdata[i];

      n += !note->is_gone && !note->is_trashed && strstr (note->body->str, operation->word) != NULL;
    }
  found = octavo_search_run (octavo_store_get_search (self->store), query, NULL, OCTAVO_SORT_UPDATED, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, n);
}

static void
perform (Week *self, const Operation *operation)
{
  static void (*const functions[]) (Week *, const Operation *) = {
    [ADD] = add, [IMPORT] = import_file,      [COMMAND] = run_command, [EDIT] = edit,
    [ACT] = act, [EDIT_BESIDE] = edit_beside, [EDIT_BOTH] = edit_both, [SEARCH] = search,
  };

  g_assert (operation->note != NULL || operation->kind <= COMMAND);
  if (operation->kind == UNDO)
    undo (self);
  else
    functions[operation->kind](self, operation);
  self->n_done_of[operation->kind]++;
}

/* ---- From beginning to end ---- */

static OctavoStore *
open_store (const char *path)
{
  OctavoStore *store = octavo_store_new (path);
  g_autoptr (GError) error = NULL;

  octavo_store_open (store, NULL, &error);
  g_assert_no_error (error);
  return store;
}

/* MiB */
static double
get_memory (void)
{
  g_autofree char *text = NULL;
  const char *resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || (resident = strchr (text, ' ')) == NULL)
    return 0;
  return (double) g_ascii_strtoull (resident, NULL, 10) * (double) sysconf (_SC_PAGESIZE) / (1024 * 1024);
}

static void
write_down (int file, guint32 n_done)
{
  g_assert_cmpint (pwrite (file, &n_done, sizeof n_done, 0), ==, sizeof n_done);
}

/* To where it was killed: the last operation may be in the file, and not have been counted. */
static guint32
catch_up (Week *self, guint32 n_done)
{
  Operation operation;

  for (guint32 i = 0; i < n_done; i++)
    {
      operation = draw (self);
      apply (self, &operation);
    }
  if (is_same (self))
    return n_done;
  operation = draw (self);
  if (operation.kind == EDIT_BOTH)
    {
      Operation first = operation;

      g_assert (operation.note != NULL);
      first.kind = EDIT_BESIDE;
      apply (self, &first);
      if (is_same (self))
        {
          edit (self, &(Operation){ .note = operation.note, .word = "top\n" });
          g_string_prepend (operation.note->body, "top\n");
        }
      else
        g_string_prepend (operation.note->body, "top\n");
    }
  else
    apply (self, &operation);
  check (self);
  return n_done + 1;
}

static void
run (Week *self, guint32 n_operations, guint32 n_done)
{
  g_autofree char *name = g_build_filename (self->folder, "done", NULL);
  int file = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_autoptr (GString) memory = g_string_new (NULL);
  guint32 start = n_done = catch_up (self, n_done);

  for (; n_done < n_operations; write_down (file, ++n_done))
    {
      Operation operation = draw (self);

      perform (self, &operation);
      apply (self, &operation);
      if (n_done % LOOK == 0)
        check (self);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if ((n_done - start) % MAX ((n_operations - start) / N_LOOKS, 1) == 0)
        g_string_append_printf (memory, " %.0f", get_memory ());
    }
  check (self);
  g_print ("# %u operations:", n_done - start);
  for (guint i = 0; i < N_KINDS; i++)
    g_print (" %u %s,", self->n_done_of[i], kind_names[i]);
  g_print (" memory in MiB:%s %.0f\n", memory->str, get_memory ());
  close (file);
}

int
main (int argc, char *argv[])
{
  Week self = { 0 };
  GtkWidget *windows[N_PLACES];

  ui_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 5);
  self.folder = argv[1];
  self.path = g_build_filename (self.folder, "notes.db", NULL);
  self.rand = g_rand_new_with_seed ((guint32) strtoul (argv[3], NULL, 10));
  self.notes = g_ptr_array_new_with_free_func (note_free);
  self.store = open_store (self.path);
  self.beside = open_store (self.path);
  self.buffers = octavo_note_buffers_new (self.store);
  for (int i = 0; i < N_PLACES; i++)
    {
      self.editors[i] = OCTAVO_EDITOR (octavo_editor_new (self.buffers));
      windows[i] = ui_test_show (GTK_WIDGET (self.editors[i]));
    }

  run (&self, (guint32) strtoul (argv[2], NULL, 10), (guint32) strtoul (argv[4], NULL, 10));

  for (int i = 0; i < N_PLACES; i++)
    ui_test_close (windows[i]);
  model_test_wait_for (G_OBJECT (self.buffers)->ref_count == 1);
  g_clear_object (&self.buffers);
  octavo_store_close (self.store);
  octavo_store_close (self.beside);
  g_clear_object (&self.store);
  g_clear_object (&self.beside);
  g_ptr_array_unref (self.notes);
  g_rand_free (self.rand);
  g_free (self.path);
  return 0;
}
