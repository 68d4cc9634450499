/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-text-completion.h"

#include "octavo-link.h"
#include "octavo-markdown-tag.h"
#include "octavo-note-buffer.h"
#include "octavo-offers.h"
#include "octavo-tag-repository.h"
#include "octavo-title-finder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Each edit looks a little back from the cursor for what a link or a tag begins with; only where that is there, the
 * scanner is asked whether it means anything. Titles are found on a reading thread; what was typed meanwhile is asked
 * for again. */

#define MAX_TYPED  100 /* characters between what begins it and the cursor */
#define MAX_OFFERS 8
#define SCAN_TIME  2000 /* microseconds that a key may wait for the scanner, in a text that was just opened */

typedef enum
{
  PLACE_NONE,
  PLACE_TITLE,
  PLACE_TAG,
} PlaceKind;

/* What is being typed. */
typedef struct
{
  PlaceKind kind;
  int start;   /* of the [[ or the #, in characters of the text */
  char *typed; /* after it */
} Place;

typedef struct
{
  GtkTextView *view; /* which has this */
  GtkWidget *owner;
  OctavoStore *store;
  GtkTextBuffer *buffer; /* weak: which is watched */
  OctavoOffers *offers;  /* weak; NULL until there were some */
  GPtrArray *notes;      /* (element-type OctavoNoteValues): what is offered, where they are titles */
  PlaceKind kind;        /* of what is offered */
  int dismissed;         /* where nothing is to be offered; -1: nowhere */
  GCancellable *request;
  gboolean is_putting;
} Completion;

static void
place_clear (Place *self)
{
  g_clear_pointer (&self->typed, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static Completion *
get_completion (gpointer view)
{
  return g_object_get_data (view, "octavo-text-completion");
}

static gboolean
is_shown (const Completion *self)
{
  return self->offers != NULL && gtk_widget_get_visible (GTK_WIDGET (self->offers));
}

/* What Return would take, for who does not see it. */
static void
describe (Completion *self)
{
  const char *word =
      is_shown (self) ? octavo_offers_get_word (self->offers, octavo_offers_get_selected (self->offers)) : NULL;

  if (word != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, word, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
hide (Completion *self)
{
  g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  if (!is_shown (self))
    return;
  gtk_popover_popdown (GTK_POPOVER (self->offers));
  describe (self);
}

/* ---- What is being typed ---- */

/* text: of the line, up to the cursor. Returns: where it begins in it; NULL where it is nothing of that kind */
static const char *
find_title (const char *text)
{
  const char *start = g_strrstr (text, "[[");

  if (start == NULL || strpbrk (start + 2, "[]|#") != NULL || (start > text && start[-1] == '\\'))
    return NULL;
  return start;
}

static const char *
find_tag (const char *text)
{
  const char *start = strrchr (text, '#');
  const char *end = text + strlen (text);
  gboolean is_tag;

  if (start == NULL || octavo_markdown_tag_get_length (start + 1, end, &is_tag) != (gsize) (end - start - 1) || !is_tag)
    return NULL;
  return start;
}

/* Whether what begins at a place of a line means what it looks like. */
static gboolean
is_meant (OctavoMarkdownBuffer *buffer, guint line, gsize index, PlaceKind kind)
{
  OctavoMarkdownLines *lines = octavo_markdown_highlighter_get_lines (octavo_markdown_buffer_get_highlighter (buffer));
  g_autoptr (OctavoMarkdownLeaf) leaf = NULL;
  gboolean is_tag = FALSE;

  if (!octavo_markdown_lines_advance (lines, line + 1, g_get_monotonic_time () + SCAN_TIME))
    return FALSE;
  leaf = octavo_markdown_leaf_new (lines, line);
  if (leaf->block == OCTAVO_MARKDOWN_FENCE || leaf->block == OCTAVO_MARKDOWN_FENCED_CODE ||
      leaf->block == OCTAVO_MARKDOWN_INDENTED_CODE || leaf->block == OCTAVO_MARKDOWN_HTML ||
      leaf->block == OCTAVO_MARKDOWN_FRONT_MATTER)
    return FALSE;
  for (guint i = 0; i < leaf->parts->len; i++)
    {
      const OctavoMarkdownPart *part = &g_array_index (leaf->parts, OctavoMarkdownPart, i);

      if (part->line != line || part->start > index || part->end <= index)
        continue;
      if (part->kind == OCTAVO_MARKDOWN_CODE_SPAN || part->kind == OCTAVO_MARKDOWN_INLINE_HTML)
        return FALSE;
      is_tag = is_tag || (part->kind == OCTAVO_MARKDOWN_TAG && part->start == index);
    }
  return kind != PLACE_TAG || is_tag;
}

static gboolean
is_inside_word (const GtkTextIter *cursor)
{
  return g_unichar_isalnum (gtk_text_iter_get_char (cursor));
}

/* What stands before the cursor in its line, as far as it matters. */
static char *
get_text_before (const GtkTextIter *cursor, GtkTextIter *start)
{
  *start = *cursor;
  gtk_text_iter_set_line_offset (start, MAX (0, gtk_text_iter_get_line_offset (cursor) - MAX_TYPED - 2));
  return gtk_text_iter_get_slice (start, cursor);
}

static void
find_place (Completion *self, Place *place)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *text = NULL;
  GtkTextIter cursor, start;
  const char *found;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (!OCTAVO_IS_MARKDOWN_BUFFER (buffer) || !gtk_text_view_get_editable (self->view) ||
      gtk_text_buffer_get_has_selection (buffer))
    return;
  text = get_text_before (&cursor, &start);
  place->kind = PLACE_TITLE;
  found = find_title (text);
  if (found == NULL && !is_inside_word (&cursor))
    {
      place->kind = PLACE_TAG;
      found = find_tag (text);
    }
  if (found != NULL)
    {
      gtk_text_iter_forward_chars (&start, (int) g_utf8_strlen (text, found - text));
      if (is_meant (OCTAVO_MARKDOWN_BUFFER (buffer), (guint) gtk_text_iter_get_line (&start),
                    (gsize) gtk_text_iter_get_line_index (&start), place->kind))
        {
          place->start = gtk_text_iter_get_offset (&start);
          place->typed = g_strdup (found + (place->kind == PLACE_TITLE ? 2 : 1));
          return;
        }
    }
  place->kind = PLACE_NONE;
}

/* ---- Putting it there ---- */

/* The two brackets that close it may be there already. */
static void
take_closing (GtkTextIter *end)
{
  GtkTextIter after = *end;
  g_autofree char *next = NULL;

  gtk_text_iter_forward_chars (&after, 2);
  next = gtk_text_iter_get_slice (end, &after);
  if (strcmp (next, "]]") == 0)
    *end = after;
}

static void
put (Completion *self, const Place *place, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, place->start);
  gtk_text_buffer_get_iter_at_mark (buffer, &end, gtk_text_buffer_get_insert (buffer));
  if (place->kind == PLACE_TITLE)
    take_closing (&end);
  self->is_putting = TRUE;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
  self->is_putting = FALSE;
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (buffer));
}

static void
take (Completion *self, int position)
{
  const char *word = octavo_offers_get_word (self->offers, position);
  g_auto (Place) place = { 0 };
  g_autofree char *text = NULL;

  find_place (self, &place);
  if (word != NULL && place.kind == self->kind && place.kind != PLACE_NONE)
    {
      if (place.kind == PLACE_TAG)
        text = g_strconcat ("#", word, NULL);
      else
        {
          const OctavoNoteValues *note = g_ptr_array_index (self->notes, position);

          text = octavo_link_make (note->id, note->title);
        }
      put (self, &place, text);
    }
  hide (self);
}

static void
on_chosen (Completion *self, guint position)
{
  take (self, (int) position);
}

/* ---- Offering ---- */

static void
get_rectangle (Completion *self, int offset, GdkRectangle *place)
{
  GtkTextIter start;
  int x, y;
  double owner_x, owner_y;

  gtk_text_buffer_get_iter_at_offset (gtk_text_view_get_buffer (self->view), &start, offset);
  gtk_text_view_get_iter_location (self->view, &start, place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place->x, place->y, &x, &y);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), self->owner, x, y, &owner_x, &owner_y);
  place->x = (int) owner_x;
  place->y = (int) owner_y;
  place->width = 1;
}

static void
ensure_offers (Completion *self)
{
  if (self->offers != NULL)
    return;
  g_set_weak_pointer (&self->offers, OCTAVO_OFFERS (octavo_offers_new ()));
  gtk_widget_set_parent (GTK_WIDGET (self->offers), self->owner);
  g_signal_connect_swapped (self->offers, "chosen", G_CALLBACK (on_chosen), self);
}

/* words: (transfer full) (element-type utf8) */
static void
offer (Completion *self, const Place *place, GPtrArray *words)
{
  G_GNUC_UNUSED g_autoptr (GPtrArray) owned = words;
  GdkRectangle rectangle;

  if (words->len == 0)
    {
      hide (self);
      return;
    }
  g_ptr_array_add (words, NULL);
  ensure_offers (self);
  get_rectangle (self, place->start, &rectangle);
  self->kind = place->kind;
  octavo_offers_show (self->offers, place->kind == PLACE_TITLE ? _ ("Matching notes") : _ ("Matching tags"),
                      (const char *const *) words->pdata, place->kind == PLACE_TITLE, &rectangle);
  describe (self);
}

static void
add_tags (Completion *self, const char *word, gboolean at_start, GPtrArray *words)
{
  GListModel *tags = octavo_tag_repository_get_list (octavo_store_get_tags (self->store));

  for (guint i = 0; i < g_list_model_get_n_items (tags) && words->len < MAX_OFFERS; i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (tags, i);
      const char *name = octavo_tag_get_name (tag);
      g_autofree char *folded = octavo_tag_fold_name (name);
      const char *found = strstr (folded, word);
      gboolean is_tag;

      if (found != NULL && (found == folded) == at_start &&
          octavo_markdown_tag_get_length (name, name + strlen (name), &is_tag) == strlen (name) && is_tag)
        g_ptr_array_add (words, g_strdup (name));
    }
}

static void
offer_tags (Completion *self, const Place *place)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *word = octavo_tag_fold_name (place->typed);

  add_tags (self, word, TRUE, words);
  add_tags (self, word, FALSE, words);
  if (words->len == 1 && strcmp (g_ptr_array_index (words, 0), place->typed) == 0)
    g_ptr_array_set_size (words, 0); /* it is there already */
  offer (self, place, words);
}

static gboolean
is_among (GPtrArray *words, const char *title)
{
  for (guint i = 0; i < words->len; i++)
    if (strcmp (g_ptr_array_index (words, i), title) == 0)
      return TRUE;
  return FALSE;
}

/* notes: (transfer full) */
static void
offer_notes (Completion *self, const Place *place, GPtrArray *notes)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  gint64 own = OCTAVO_IS_NOTE_BUFFER (buffer) ? octavo_note_buffer_get_id (OCTAVO_NOTE_BUFFER (buffer)) : 0;
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < notes->len;)
    {
      const OctavoNoteValues *note = g_ptr_array_index (notes, i);

      if (note->id == own || *note->title == '\0' || words->len >= MAX_OFFERS || is_among (words, note->title))
        {
          g_ptr_array_remove_index (notes, i);
          continue;
        }
      g_ptr_array_add (words, g_strdup (note->title));
      i++;
    }
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  self->notes = notes;
  offer (self, place, words);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkTextView) view = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *notes = octavo_title_finder_find_finish (OCTAVO_STORE (source), result, NULL, &error);
  Completion *self = get_completion (view);
  g_auto (Place) place = { 0 };

  if (notes == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Titles could not be offered: %s", error->message);
      return;
    }
  g_clear_object (&self->request);
  find_place (self, &place);
  if (place.kind == PLACE_TITLE)
    offer_notes (self, &place, notes);
  else
    g_ptr_array_unref (notes);
}

/* What was offered stays until there is something else. */
static void
update (Completion *self)
{
  g_auto (Place) place = { 0 };

  find_place (self, &place);
  if (place.kind == PLACE_NONE || place.start != self->dismissed)
    self->dismissed = -1;
  if (place.kind == PLACE_NONE || place.start == self->dismissed || place.kind != self->kind)
    hide (self);
  if (place.kind == PLACE_NONE || place.start == self->dismissed)
    return;
  g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  if (place.kind == PLACE_TAG)
    {
      offer_tags (self, &place);
      return;
    }
  self->request = g_cancellable_new ();
  octavo_title_finder_find_async (self->store, place.typed, 2 * MAX_OFFERS, self->request, on_found,
                                  g_object_ref (self->view));
}

/* ---- Keys ---- */

static void
dismiss (Completion *self)
{
  g_auto (Place) place = { 0 };

  find_place (self, &place);
  self->dismissed = place.kind != PLACE_NONE ? place.start : -1;
  hide (self);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Completion *self)
{
  int selected;

  if (!is_shown (self) || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  selected = octavo_offers_get_selected (self->offers);
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      octavo_offers_move (self->offers, key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? -1 : 1);
      describe (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      take (self, MAX (selected, 0));
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (selected < 0)
        return GDK_EVENT_PROPAGATE; /* a line may end with a tag */
      take (self, selected);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      dismiss (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* ---- What it follows ---- */

static void
on_edited (GtkTextView *view)
{
  Completion *self = get_completion (view);

  if (!self->is_putting && gtk_widget_has_focus (GTK_WIDGET (view)))
    update (self);
}

static void
on_cursor_moved (GtkTextView *view)
{
  Completion *self = get_completion (view);
  g_auto (Place) place = { 0 };

  if (!is_shown (self) || self->is_putting)
    return;
  find_place (self, &place);
  if (place.kind != self->kind)
    hide (self);
}

static void
on_buffer_changed (GtkTextView *view)
{
  Completion *self = get_completion (view);
  GtkTextBuffer *buffer = gtk_widget_in_destruction (GTK_WIDGET (view)) ? NULL : gtk_text_view_get_buffer (view);

  hide (self);
  self->dismissed = -1;
  if (self->buffer != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->buffer, on_edited, view);
      g_signal_handlers_disconnect_by_func (self->buffer, on_cursor_moved, view);
    }
  g_set_weak_pointer (&self->buffer, buffer);
  if (buffer == NULL)
    return;
  g_signal_connect_object (buffer, "end-user-action", G_CALLBACK (on_edited), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved), view, G_CONNECT_SWAPPED);
}

static void
on_focus_left (Completion *self)
{
  hide (self);
}

static void
on_preedit_changed (Completion *self, const char *preedit)
{
  if (*preedit != '\0')
    hide (self);
}

static void
on_destroy (Completion *self)
{
  g_cancellable_cancel (self->request);
}

static void
completion_free (gpointer data)
{
  Completion *self = data;

  g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_weak_pointer (&self->buffer);
  g_clear_weak_pointer (&self->offers);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * octavo_text_completion_add:
 * @view: a view of Markdown
 * @owner: a container around it, which shows the list, and takes it with it
 * @store: the open store, which has the notes and the tags
 *
 * Offers titles and tags in a text.
 */
void
octavo_text_completion_add (GtkTextView *view, GtkWidget *owner, OctavoStore *store)
{
  Completion *self = g_new0 (Completion, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->view = view;
  self->owner = owner;
  self->store = g_object_ref (store);
  self->dismissed = -1;
  g_object_set_data_full (G_OBJECT (view), "octavo-text-completion", self, completion_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE); /* before Return breaks the line */
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (owner, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (view), focus);
  g_signal_connect_swapped (view, "preedit-changed", G_CALLBACK (on_preedit_changed), self);
  g_signal_connect_swapped (view, "destroy", G_CALLBACK (on_destroy), self);
  g_signal_connect (view, "notify::buffer", G_CALLBACK (on_buffer_changed), NULL);
  on_buffer_changed (view);
}
