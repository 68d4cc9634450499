/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-find-marks.h"

#include <adwaita.h>

/* The marks are tags of the buffer, so that a screen reader can tell of them, and only of what is in sight and beside
 * it: the letter "e" is a hundred thousand times in a large note. They are changed only where they differ. */

#define PRIORITY G_PRIORITY_HIGH_IDLE /* before the view is laid out and painted */

typedef struct
{
  GtkTextTag *tag;
  GtkTextMark *start; /* of what has the tag */
  GtkTextMark *end;
} Kind;

struct _OctavoFindMarks
{
  OctavoNoteView *view;  /* owns this */
  OctavoFinder *finder;  /* unowned */
  GtkTextBuffer *buffer; /* NULL: none, or nothing is looked for */
  Kind hits;
  Kind current;
  OctavoFindHit current_hit; /* empty: none */
  guint source;              /* 0: all is marked that is in sight */
};

static void
set_colours (GtkTextTag *tag, const char *background, const char *foreground, gboolean is_underlined)
{
  GdkRGBA back = { 0 }, fore = { 0 };

  gdk_rgba_parse (&back, background);
  if (foreground != NULL)
    gdk_rgba_parse (&fore, foreground);
  g_object_set (tag, "background-rgba", &back, "foreground-rgba", foreground != NULL ? &fore : NULL, "underline",
                is_underlined ? PANGO_UNDERLINE_SINGLE : PANGO_UNDERLINE_NONE, NULL);
}

/* Of the GNOME palette: yellow for all, orange for the current one; text on either is dark where they are bright. */
static void
update_colours (OctavoFindMarks *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean is_dark = adw_style_manager_get_dark (manager);

  if (self->buffer == NULL)
    return;
  if (adw_style_manager_get_high_contrast (manager))
    {
      set_colours (self->hits.tag, "#f9f06b", "#000000", TRUE);
      set_colours (self->current.tag, is_dark ? "#ffffff" : "#000000", is_dark ? "#000000" : "#ffffff", TRUE);
      return;
    }
  if (is_dark)
    set_colours (self->hits.tag, "rgba(248,228,92,0.3)", NULL, FALSE);
  else
    set_colours (self->hits.tag, "rgba(249,240,107,0.75)", NULL, FALSE);
  set_colours (self->current.tag, "#ffa348", "#241f31", FALSE);
}

static void
kind_init (Kind *kind, GtkTextBuffer *buffer)
{
  GtkTextIter start;

  gtk_text_buffer_get_start_iter (buffer, &start);
  kind->tag = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  kind->start = gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE);
  kind->end = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);
}

static void
kind_clear (Kind *kind, GtkTextBuffer *buffer)
{
  gtk_text_tag_table_remove (gtk_text_buffer_get_tag_table (buffer), kind->tag);
  gtk_text_buffer_delete_mark (buffer, kind->start);
  gtk_text_buffer_delete_mark (buffer, kind->end);
}

static void
untag (Kind *kind, GtkTextBuffer *buffer, const GtkTextIter *start, const GtkTextIter *end)
{
  if (gtk_text_iter_compare (start, end) < 0)
    gtk_text_buffer_remove_tag (buffer, kind->tag, start, end);
}

/* What has the tag is from now on between two places alone. */
static void
kind_limit (Kind *kind, GtkTextBuffer *buffer, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter old_start, old_end;

  gtk_text_buffer_get_iter_at_mark (buffer, &old_start, kind->start);
  gtk_text_buffer_get_iter_at_mark (buffer, &old_end, kind->end);
  if (gtk_text_iter_compare (&old_end, start) <= 0 || gtk_text_iter_compare (end, &old_start) <= 0)
    {
      untag (kind, buffer, &old_start, &old_end);
    }
  else
    {
      untag (kind, buffer, &old_start, start);
      untag (kind, buffer, end, &old_end);
    }
  gtk_text_buffer_move_mark (buffer, kind->start, start);
  gtk_text_buffer_move_mark (buffer, kind->end, end);
}

/* The hits that begin between two places; those that touch are one to a tag. */
static GArray *
get_wanted (OctavoFindMarks *self, guint start, guint end)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (OctavoFindHit));
  guint n_hits = octavo_finder_get_n_hits (self->finder);

  for (guint i = octavo_finder_find (self->finder, start); i < n_hits; i++)
    {
      OctavoFindHit hit = octavo_finder_get_hit (self->finder, i);
      OctavoFindHit *last = wanted->len > 0 ? &g_array_index (wanted, OctavoFindHit, wanted->len - 1) : NULL;

      if (hit.start >= end)
        break;
      hit.end = MIN (hit.end, end);
      if (last != NULL && last->end == hit.start)
        last->end = hit.end;
      else
        g_array_append_val (wanted, hit);
    }
  return wanted;
}

/* Whether something is to be marked just there; it is not wanted any more then. */
static gboolean
take_wanted (GArray *wanted, guint *from, guint start, guint end)
{
  OctavoFindHit *hit;

  while (*from < wanted->len && g_array_index (wanted, OctavoFindHit, *from).start < start)
    (*from)++;
  hit = *from < wanted->len ? &g_array_index (wanted, OctavoFindHit, *from) : NULL;
  if (hit == NULL || hit->start != start || hit->end != end)
    return FALSE;
  hit->end = start;
  return TRUE;
}

static void
remove_unwanted (OctavoFindMarks *self, GArray *wanted, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter iter = *start;
  guint from = 0;

  while (gtk_text_iter_compare (&iter, end) < 0)
    {
      GtkTextIter tagged = iter;

      if (!gtk_text_iter_has_tag (&tagged, self->hits.tag) &&
          (!gtk_text_iter_forward_to_tag_toggle (&tagged, self->hits.tag) || gtk_text_iter_compare (&tagged, end) >= 0))
        return;
      iter = tagged;
      gtk_text_iter_forward_to_tag_toggle (&iter, self->hits.tag);
      if (!take_wanted (wanted, &from, (guint) gtk_text_iter_get_offset (&tagged),
                        (guint) gtk_text_iter_get_offset (&iter)))
        gtk_text_buffer_remove_tag (self->buffer, self->hits.tag, &tagged, &iter);
    }
}

static void
add_wanted (OctavoFindMarks *self, GArray *wanted)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      const OctavoFindHit *hit = &g_array_index (wanted, OctavoFindHit, i);
      GtkTextIter start, end;

      if (hit->start == hit->end)
        continue;
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) hit->start);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) hit->end);
      gtk_text_buffer_apply_tag (self->buffer, self->hits.tag, &start, &end);
    }
}

static void
update_hits (OctavoFindMarks *self)
{
  g_autoptr (GArray) wanted = NULL;
  GtkTextIter start, end;
  guint first, last;

  octavo_note_view_get_near (self->view, &first, &last);
  gtk_text_buffer_get_iter_at_line (self->buffer, &start, (int) first);
  gtk_text_buffer_get_iter_at_line (self->buffer, &end, (int) MIN (last, G_MAXINT));
  if (last >= (guint) gtk_text_buffer_get_line_count (self->buffer))
    gtk_text_buffer_get_end_iter (self->buffer, &end);
  kind_limit (&self->hits, self->buffer, &start, &end);
  wanted = get_wanted (self, (guint) gtk_text_iter_get_offset (&start), (guint) gtk_text_iter_get_offset (&end));
  remove_unwanted (self, wanted, &start, &end);
  add_wanted (self, wanted);
}

static void
update_current (OctavoFindMarks *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) self->current_hit.start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) self->current_hit.end);
  kind_limit (&self->current, self->buffer, &start, &end);
  if (gtk_text_iter_compare (&start, &end) < 0 &&
      !(gtk_text_iter_starts_tag (&start, self->current.tag) && gtk_text_iter_ends_tag (&end, self->current.tag)))
    gtk_text_buffer_apply_tag (self->buffer, self->current.tag, &start, &end);
}

static gboolean
on_idle (gpointer data)
{
  OctavoFindMarks *self = data;

  self->source = 0;
  update_hits (self);
  update_current (self);
  return G_SOURCE_REMOVE;
}

static void
on_colours_changed (OctavoFindMarks *self)
{
  update_colours (self);
}

/**
 * octavo_find_marks_new:
 * @view: the view, which outlives the marks
 * @finder: what is found, which does too
 *
 * Returns: (transfer full): marks of nothing yet
 */
OctavoFindMarks *
octavo_find_marks_new (OctavoNoteView *view, OctavoFinder *finder)
{
  OctavoFindMarks *self = g_new0 (OctavoFindMarks, 1);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->view = view;
  self->finder = finder;
  g_signal_connect_swapped (manager, "notify::dark", G_CALLBACK (on_colours_changed), self);
  g_signal_connect_swapped (manager, "notify::high-contrast", G_CALLBACK (on_colours_changed), self);
  g_signal_connect_swapped (view, "near-changed", G_CALLBACK (octavo_find_marks_queue_update), self);
  g_signal_connect_swapped (finder, "changed", G_CALLBACK (octavo_find_marks_queue_update), self);
  return self;
}

/**
 * octavo_find_marks_free:
 * @self: marks
 *
 * Takes the marks away.
 */
void
octavo_find_marks_free (OctavoFindMarks *self)
{
  octavo_find_marks_set_buffer (self, NULL);
  g_signal_handlers_disconnect_by_data (adw_style_manager_get_default (), self);
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_signal_handlers_disconnect_by_data (self->finder, self);
  g_free (self);
}

/**
 * octavo_find_marks_set_buffer:
 * @self: marks
 * @buffer: (nullable): the buffer of the view; %NULL where nothing is looked for
 *
 * Says where marks are to be.
 */
void
octavo_find_marks_set_buffer (OctavoFindMarks *self, GtkTextBuffer *buffer)
{
  if (buffer == self->buffer)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->buffer != NULL)
    {
      kind_clear (&self->hits, self->buffer);
      kind_clear (&self->current, self->buffer);
    }
  self->current_hit = (OctavoFindHit){ 0 };
  g_set_object (&self->buffer, buffer);
  if (buffer == NULL)
    return;
  kind_init (&self->hits, buffer);
  kind_init (&self->current, buffer); /* made later, it wins */
  update_colours (self);
  octavo_find_marks_queue_update (self);
}

/**
 * octavo_find_marks_set_current:
 * @self: marks
 * @hit: (nullable): the hit that is told apart from the others
 */
void
octavo_find_marks_set_current (OctavoFindMarks *self, const OctavoFindHit *hit)
{
  OctavoFindHit current = hit != NULL ? *hit : (OctavoFindHit){ 0 };

  if (current.start == self->current_hit.start && current.end == self->current_hit.end)
    return;
  self->current_hit = current;
  octavo_find_marks_queue_update (self);
}

/**
 * octavo_find_marks_queue_update:
 * @self: marks
 *
 * Has what is in sight marked before the next frame.
 */
void
octavo_find_marks_queue_update (OctavoFindMarks *self)
{
  if (self->source == 0 && self->buffer != NULL)
    self->source = g_idle_add_full (PRIORITY, on_idle, self, NULL);
}
