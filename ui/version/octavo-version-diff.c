/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-version-diff.h"

#include <glib/gi18n-lib.h>

/* The colours are tints of any ground, light or dark; what they tell is told by signs as well. */
#define TINT_ADDED   "rgba(38,162,105,0.18)"
#define TINT_REMOVED "rgba(224,27,36,0.16)"
#define WORD_ADDED   "rgba(38,162,105,0.32)"
#define WORD_REMOVED "rgba(224,27,36,0.30)"

struct _OctavoVersionDiff
{
  GtkBox parent_instance;

  GtkLabel *summary;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (OctavoVersionDiff, octavo_version_diff, GTK_TYPE_BOX)

static void
add_tags (GtkTextBuffer *buffer)
{
  gtk_text_buffer_create_tag (buffer, "place", "weight", PANGO_WEIGHT_BOLD, "pixels-above-lines", 12, NULL);
  gtk_text_buffer_create_tag (buffer, "line", "left-margin", 30, "indent", -18, NULL);
  gtk_text_buffer_create_tag (buffer, "added", "paragraph-background", TINT_ADDED, NULL);
  gtk_text_buffer_create_tag (buffer, "removed", "paragraph-background", TINT_REMOVED, NULL);
  gtk_text_buffer_create_tag (buffer, "word-added", "background", WORD_ADDED, "underline", PANGO_UNDERLINE_SINGLE,
                              NULL);
  gtk_text_buffer_create_tag (buffer, "word-removed", "background", WORD_REMOVED, "strikethrough", TRUE, NULL);
}

static void
add_place (GtkTextBuffer *buffer, GtkTextIter *end, const OctavoDiffLine *line)
{
  g_autofree char *counts = octavo_version_dup_counts (line->n_added, line->n_removed);
  /* Translators: where a text differs, and how: "Line 12: 3 words added". */
  g_autofree char *text = g_strdup_printf (_ ("Line %'u: %s"), line->number, counts);

  gtk_text_buffer_insert_with_tags_by_name (buffer, end, text, -1, "place", NULL);
}

static void
add_marks (GtkTextBuffer *buffer, int start, const OctavoDiffLine *line)
{
  const char *tag = line->kind == OCTAVO_DIFF_LINE_ADDED ? "word-added" : "word-removed";

  for (guint i = 0; line->marks != NULL && i < line->marks->len; i++)
    {
      const OctavoDiffMark *mark = &g_array_index (line->marks, OctavoDiffMark, i);
      GtkTextIter first, last;

      gtk_text_buffer_get_iter_at_offset (buffer, &first, start + (int) mark->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &last, start + (int) mark->end);
      gtk_text_buffer_apply_tag_by_name (buffer, tag, &first, &last);
    }
}

static void
add_line (GtkTextBuffer *buffer, const OctavoDiffLine *line)
{
  static const char *const signs[] = { "\u2007 ", "\u2212 ", "+ " };
  static const char *const tags[] = { NULL, "removed", "added" };
  GtkTextIter end;
  int start;

  gtk_text_buffer_get_end_iter (buffer, &end);
  if (gtk_text_iter_get_offset (&end) > 0)
    gtk_text_buffer_insert (buffer, &end, "\n", 1);
  if (line->kind == OCTAVO_DIFF_LINE_PLACE)
    {
      add_place (buffer, &end, line);
      return;
    }
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, signs[line->kind], -1, "line", tags[line->kind], NULL);
  start = gtk_text_iter_get_offset (&end);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, line->text, -1, "line", tags[line->kind], NULL);
  add_marks (buffer, start, line);
}

static void
octavo_version_diff_class_init (OctavoVersionDiffClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/octavo_notes/Octavo/ui/octavo-version-diff.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionDiff, summary);
  gtk_widget_class_bind_template_child (widget_class, OctavoVersionDiff, view);
}

static void
octavo_version_diff_init (OctavoVersionDiff *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tags (gtk_text_view_get_buffer (self->view));
}

static char *
dup_summary (const OctavoVersionComparison *comparison)
{
  const OctavoDiffPage *page = comparison->page;
  g_autofree char *counts = octavo_version_dup_counts (page->n_added, page->n_removed);
  GString *summary = g_string_new (NULL);

  if (page->n_places == 0)
    g_string_append (summary, _ ("The texts are the same."));
  else
    /* Translators: how many words were added and removed, and in how many places. */
    g_string_append_printf (summary, ngettext ("%s, in %'u place.", "%s, in %'u places.", page->n_places), counts,
                            page->n_places);
  if (g_strcmp0 (comparison->old_title, comparison->new_title) != 0)
    {
      g_string_append_c (summary, ' ');
      g_string_append_printf (summary, _ ("The title was “%s” and became “%s”."), comparison->old_title,
                              comparison->new_title);
    }
  if (page->is_cut)
    {
      g_string_append_c (summary, ' ');
      g_string_append (summary, _ ("Only the first lines are shown."));
    }
  return g_string_free (summary, FALSE);
}

/**
 * octavo_version_diff_show:
 * @self: the differences
 * @comparison: of two states of a note
 *
 * Shows how they differ, from the start.
 */
void
octavo_version_diff_show (OctavoVersionDiff *self, const OctavoVersionComparison *comparison)
{
  g_autofree char *summary = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start;

  g_return_if_fail (OCTAVO_IS_VERSION_DIFF (self));
  g_return_if_fail (comparison != NULL);

  summary = dup_summary (comparison);
  octavo_version_diff_show_message (self, summary);
  buffer = gtk_text_view_get_buffer (self->view);
  for (guint i = 0; i < comparison->page->lines->len; i++)
    add_line (buffer, comparison->page->lines->pdata[i]);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_iter (self->view, &start, 0, FALSE, 0, 0);
}

/**
 * octavo_version_diff_show_message:
 * @self: the differences
 * @message: what there is to say in their place
 *
 * Shows no differences.
 */
void
octavo_version_diff_show_message (OctavoVersionDiff *self, const char *message)
{
  g_return_if_fail (OCTAVO_IS_VERSION_DIFF (self));

  gtk_label_set_label (self->summary, message);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", -1);
}
