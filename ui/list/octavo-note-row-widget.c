/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-appearance.h"
#include "octavo-date-format.h"
#include "octavo-note-row-author.h"
#include "octavo-note-row-line.h"
#include "octavo-note-row-widget.h"
#include "octavo-note-row-words.h"
#include "octavo-tag-colors.h"

#define LINE_GAP    3
#define PIN_SIZE    16 /* of this one themes have a picture: no drawing is rendered for the first frame */
#define MAX_TAGS    3
#define MAX_HITS    32
#define MARK_ALPHA  0x2800 /* of 65535 */
#define LEAD        24     /* letters before the first hit; half as many characters that are twice as wide */
#define LEAST_WIDTH 2      /* pixels of a letter, on average: no more of them than that are laid out */

/* Each key of a search gives all rows that can be seen other notes, so a row is no tree of boxes and labels: it has a
 * height that follows from the font alone, and lays its text out when it is first drawn. */
struct _OctavoNoteRowWidget
{
  GtkWidget parent_instance;

  OctavoNoteRow *row;
  guint position;
  OctavoQuery *query; /* (nullable): whose hits are marked */
  char *hit_excerpt;  /* (nullable): the line with the first of them, where the row's own has none */
  char *group;        /* (nullable): what stands above it */
  gboolean shows_author;
  OctavoTagRepository *colors; /* (nullable): of tags */

  PangoLayout *title;
  PangoLayout *excerpt;
  PangoLayout *author; /* (nullable) */
  PangoLayout *date;
  PangoLayout *tags[MAX_TAGS];
  PangoLayout *more;
  int width; /* that title and excerpt are cut for */
  guint font_hash;
  int line_height;
};

G_DEFINE_FINAL_TYPE (OctavoNoteRowWidget, octavo_note_row_widget, GTK_TYPE_WIDGET)

static void
octavo_note_row_widget_drop_layouts (OctavoNoteRowWidget *self)
{
  g_clear_object (&self->title);
  g_clear_object (&self->excerpt);
  g_clear_object (&self->author);
  g_clear_object (&self->date);
  for (guint i = 0; i < MAX_TAGS; i++)
    g_clear_object (&self->tags[i]);
  g_clear_object (&self->more);
}

/* Marks what was looked for by attributes: what a person wrote is never read as markup. */
static void
octavo_note_row_widget_mark (OctavoNoteRowWidget *self, PangoLayout *layout, const char *field)
{
  PangoAttrList *attributes = pango_layout_get_attributes (layout);
  g_autoptr (GArray) hits = NULL;
  GdkRGBA color;

  if (self->query == NULL)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  hits = octavo_query_find_hits (self->query, field, pango_layout_get_text (layout), MAX_HITS);
  for (guint i = 0; i < hits->len; i++)
    {
      const OctavoHit *hit = &g_array_index (hits, OctavoHit, i);
      PangoAttribute *marks[] = {
        pango_attr_weight_new (PANGO_WEIGHT_ULTRABOLD),
        pango_attr_background_new ((guint16) (color.red * 65535), (guint16) (color.green * 65535),
                                   (guint16) (color.blue * 65535)),
        pango_attr_background_alpha_new (MARK_ALPHA),
      };

      for (gsize j = 0; j < G_N_ELEMENTS (marks); j++)
        {
          marks[j]->start_index = (guint) hit->start;
          marks[j]->end_index = (guint) hit->end;
          pango_attr_list_insert (attributes, marks[j]);
        }
    }
}

static const char *
octavo_note_row_widget_get_excerpt (OctavoNoteRowWidget *self)
{
  return self->hit_excerpt != NULL ? self->hit_excerpt : octavo_note_row_get_excerpt (self->row);
}

/* Where the first hit is far from the start, the excerpt begins shortly before it. */
static char *
octavo_note_row_widget_dup_excerpt (OctavoNoteRowWidget *self)
{
  const char *excerpt = octavo_note_row_widget_get_excerpt (self);
  g_autoptr (GArray) hits = self->query != NULL ? octavo_query_find_hits (self->query, "body", excerpt, 1) : NULL;
  const char *first, *start;

  if (excerpt[0] == '\0')
    return g_strdup (_ ("No text"));
  if (hits == NULL || hits->len == 0)
    return g_strdup (excerpt);

  start = first = excerpt + g_array_index (hits, OctavoHit, 0).start;
  for (guint i = 0; i < LEAD && start > excerpt; i += g_unichar_iswide (g_utf8_get_char (start)) ? 2 : 1)
    start = g_utf8_prev_char (start);
  /* At the start of a word, where there is one in between. */
  for (const char *c = start; start > excerpt && c < first; c = g_utf8_next_char (c))
    if (g_unichar_isspace (g_utf8_get_char (c)))
      {
        start = g_utf8_next_char (c);
        break;
      }
  return start == excerpt || g_str_has_prefix (start, "…") ? g_strdup (start) : g_strconcat ("…", start, NULL);
}

static PangoLayout *
octavo_note_row_widget_lay_out (OctavoNoteRowWidget *self, const char *text, PangoWeight weight, double scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (weight != PANGO_WEIGHT_NORMAL)
    pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  if (scale != 1.0)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

/* Of two hundred letters of an excerpt, forty can be seen. */
static PangoLayout *
octavo_note_row_widget_lay_out_line (OctavoNoteRowWidget *self, const char *text, PangoWeight weight, double scale)
{
  const char *end = text;

  for (int i = 0; i < self->width / LEAST_WIDTH && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  if (*end != '\0')
    {
      g_autofree char *cut = g_strndup (text, (gsize) (end - text));

      return octavo_note_row_widget_lay_out (self, cut, weight, scale);
    }
  return octavo_note_row_widget_lay_out (self, text, weight, scale);
}

static char *
octavo_note_row_widget_dup_date (OctavoNoteRow *row)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return octavo_date_format_relative (octavo_note_row_get_updated (row), now);
}

static void
octavo_note_row_widget_ensure_layouts (OctavoNoteRowWidget *self)
{
  const char *title = octavo_note_row_get_title (self->row);
  const char *const *tags = octavo_note_row_get_tags (self->row);
  guint n_tags = tags != NULL ? g_strv_length ((GStrv) tags) : 0;
  g_autofree char *date = NULL;
  g_autofree char *excerpt = NULL;

  if (gtk_widget_get_width (GTK_WIDGET (self)) > self->width)
    octavo_note_row_widget_drop_layouts (self);
  if (self->title != NULL)
    return;

  self->width = gtk_widget_get_width (GTK_WIDGET (self));
  date = octavo_note_row_widget_dup_date (self->row);
  excerpt = octavo_note_row_widget_dup_excerpt (self);

  self->title =
      octavo_note_row_widget_lay_out_line (self, title[0] != '\0' ? title : _ ("Untitled"), PANGO_WEIGHT_SEMIBOLD, 1.0);
  if (title[0] != '\0')
    octavo_note_row_widget_mark (self, self->title, "title");
  self->excerpt = octavo_note_row_widget_lay_out_line (self, excerpt, PANGO_WEIGHT_NORMAL, 0.93);
  if (octavo_note_row_widget_get_excerpt (self)[0] != '\0')
    octavo_note_row_widget_mark (self, self->excerpt, "body");
  if (self->shows_author)
    self->author =
        octavo_note_row_widget_lay_out (self, octavo_note_row_get_user_name (self->row), PANGO_WEIGHT_NORMAL, 0.85);
  self->date = octavo_note_row_widget_lay_out (self, date, PANGO_WEIGHT_NORMAL, 0.85);
  for (guint i = 0; i < MIN (n_tags, MAX_TAGS); i++)
    {
      self->tags[i] = octavo_note_row_widget_lay_out (self, tags[i], PANGO_WEIGHT_NORMAL, 0.85);
      octavo_note_row_widget_mark (self, self->tags[i], "tag");
    }
  if (n_tags > 0)
    self->more = octavo_note_row_widget_lay_out (self, "", PANGO_WEIGHT_NORMAL, 0.85);
}

static void
octavo_note_row_widget_draw_pin (OctavoNoteRowWidget *self, GtkSnapshot *snapshot, const GdkRGBA *color, float x)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GtkIconPaintable) pin = gtk_icon_theme_lookup_icon (theme, "view-pin-symbolic", NULL, PIN_SIZE,
                                                                 gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                                                 gtk_widget_get_direction (GTK_WIDGET (self)), 0);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (float) (self->line_height - PIN_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (pin), GDK_SNAPSHOT (snapshot), PIN_SIZE, PIN_SIZE,
                                            color, 1);
  gtk_snapshot_restore (snapshot);
}

static gboolean
octavo_note_row_widget_draw_tag (OctavoNoteRowWidget *self, OctavoNoteRowLine *line, guint tag)
{
  const char *name = octavo_note_row_get_tags (self->row)[tag];
  GdkRGBA color;
  gboolean has_color =
      self->colors != NULL &&
      octavo_tag_color_look_up (GTK_WIDGET (self), octavo_tag_repository_get_color (self->colors, name), &color);

  return octavo_note_row_line_draw_tag (line, self->tags[tag], has_color ? &color : NULL, tag == 0 ? 24 : 56);
}

static void
octavo_note_row_widget_draw_last_line (OctavoNoteRowWidget *self, OctavoNoteRowLine *line)
{
  const char *const *tags = octavo_note_row_get_tags (self->row);
  guint n_tags = tags != NULL ? g_strv_length ((GStrv) tags) : 0;
  guint n_drawn = 0;
  const OctavoNoteRowAuthorPlace place = { line->color, line->width, line->baseline, line->rtl };
  float width;

  if (self->author != NULL)
    line->x = octavo_note_row_author_draw (self->row, self->author, line->snapshot, &place);
  width = octavo_note_row_line_fit (self->date, line->width - line->x);
  octavo_note_row_line_append (line->snapshot, self->date, line->color,
                               line->rtl ? line->width - line->x - width : line->x, line->baseline);
  line->x += width + 2 * OCTAVO_NOTE_ROW_LINE_GAP;

  while (n_drawn < MIN (n_tags, MAX_TAGS) && octavo_note_row_widget_draw_tag (self, line, n_drawn))
    n_drawn++;

  if (n_drawn > 0 && n_drawn < n_tags)
    {
      g_autofree char *text = g_strdup_printf ("+%u", n_tags - n_drawn);

      pango_layout_set_text (self->more, text, -1);
      width = octavo_note_row_line_fit (self->more, G_MAXINT / PANGO_SCALE);
      if (line->x + width <= line->width)
        octavo_note_row_line_append (line->snapshot, self->more, line->color,
                                     line->rtl ? line->width - line->x - width : line->x, line->baseline);
    }
}

static void
octavo_note_row_widget_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OctavoNoteRowWidget *self = OCTAVO_NOTE_ROW_WIDGET (widget);
  float width = (float) gtk_widget_get_width (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float title_width = width;
  float step = (float) (self->line_height + LINE_GAP);
  float baseline, text_width;
  GdkRGBA color, dim;
  OctavoNoteRowLine line;

  if (self->row == NULL || width <= 0)
    return;

  octavo_note_row_widget_ensure_layouts (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  dim = color;
  dim.alpha *= octavo_appearance_get_dimming ();

  if (octavo_note_row_get_pinned (self->row))
    {
      title_width -= PIN_SIZE + OCTAVO_NOTE_ROW_LINE_GAP;
      octavo_note_row_widget_draw_pin (self, snapshot, &dim, rtl ? 0 : width - PIN_SIZE);
    }

  baseline = (float) PANGO_PIXELS (pango_layout_get_baseline (self->title));
  baseline = MIN (baseline, (float) self->line_height * 0.85f);
  text_width = octavo_note_row_line_fit (self->title, title_width);
  octavo_note_row_line_append (snapshot, self->title, &color, rtl ? width - text_width : 0, baseline);
  text_width = octavo_note_row_line_fit (self->excerpt, width);
  octavo_note_row_line_append (snapshot, self->excerpt, &dim, rtl ? width - text_width : 0, baseline + step);

  line = (OctavoNoteRowLine){ .snapshot = snapshot,
                              .color = &dim,
                              .rtl = rtl,
                              .width = width,
                              .baseline = baseline + 2 * step };
  octavo_note_row_widget_draw_last_line (self, &line);
}

/* To ask for the metrics of a font takes as long as to bind a row, and all rows have the same: the last answer is kept.
 */
static int
get_line_height_of (PangoContext *context)
{
  static PangoFontDescription *font;
  static PangoLanguage *language;
  static double resolution;
  static int line_height;
  PangoFontMetrics *metrics;

  if (font != NULL && pango_font_description_equal (font, pango_context_get_font_description (context)) &&
      language == pango_context_get_language (context) &&
      G_APPROX_VALUE (resolution, pango_cairo_context_get_resolution (context), 0.001))
    return line_height;

  metrics = pango_context_get_metrics (context, NULL, NULL);
  line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
  g_clear_pointer (&font, pango_font_description_free);
  font = pango_font_description_copy (pango_context_get_font_description (context));
  language = pango_context_get_language (context);
  resolution = pango_cairo_context_get_resolution (context);
  return line_height;
}

static int
octavo_note_row_widget_get_line_height (OctavoNoteRowWidget *self)
{
  if (self->line_height == 0)
    self->line_height = get_line_height_of (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  return self->line_height;
}

static void
octavo_note_row_widget_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  OctavoNoteRowWidget *self = OCTAVO_NOTE_ROW_WIDGET (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 240;
    }
  else
    {
      *minimum = *natural = 3 * octavo_note_row_widget_get_line_height (self) + 2 * LINE_GAP;
    }
}

static guint
octavo_note_row_widget_hash_font (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);

  return pango_font_description_hash (pango_context_get_font_description (context)) ^
         (guint) (pango_cairo_context_get_resolution (context) * 100);
}

static void
octavo_note_row_widget_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  OctavoNoteRowWidget *self = OCTAVO_NOTE_ROW_WIDGET (widget);
  guint hash;

  GTK_WIDGET_CLASS (octavo_note_row_widget_parent_class)->css_changed (widget, change);

  hash = octavo_note_row_widget_hash_font (widget);
  if (hash != self->font_hash)
    {
      self->font_hash = hash;
      self->line_height = 0;
      octavo_note_row_widget_drop_layouts (self);
      gtk_widget_queue_resize (widget);
    }
  /* Marks have the color of the text. */
  else if (self->query != NULL)
    {
      octavo_note_row_widget_drop_layouts (self);
    }
  gtk_widget_queue_draw (widget);
}

static void
octavo_note_row_widget_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  octavo_note_row_widget_drop_layouts (OCTAVO_NOTE_ROW_WIDGET (widget));

  GTK_WIDGET_CLASS (octavo_note_row_widget_parent_class)->direction_changed (widget, previous);
}

static void
octavo_note_row_widget_dispose (GObject *object)
{
  OctavoNoteRowWidget *self = OCTAVO_NOTE_ROW_WIDGET (object);

  octavo_note_row_widget_drop_layouts (self);
  g_clear_object (&self->row);
  g_clear_object (&self->colors);
  g_clear_pointer (&self->query, octavo_query_unref);
  g_clear_pointer (&self->hit_excerpt, g_free);
  g_clear_pointer (&self->group, g_free);

  G_OBJECT_CLASS (octavo_note_row_widget_parent_class)->dispose (object);
}

/* For screen readers; a mouse and keys are heard by the list. */
static void
octavo_note_row_widget_act (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autofree char *name = g_strdup_printf ("list.%s-item", action_name + strlen ("listitem."));

  gtk_widget_activate_action (widget, name, "u", OCTAVO_NOTE_ROW_WIDGET (widget)->position);
}

static void
octavo_note_row_widget_class_init (OctavoNoteRowWidgetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = octavo_note_row_widget_dispose;
  widget_class->measure = octavo_note_row_widget_measure;
  widget_class->snapshot = octavo_note_row_widget_snapshot;
  widget_class->css_changed = octavo_note_row_widget_css_changed;
  widget_class->direction_changed = octavo_note_row_widget_direction_changed;

  gtk_widget_class_install_action (widget_class, "listitem.activate", NULL, octavo_note_row_widget_act);
  gtk_widget_class_install_action (widget_class, "listitem.select", NULL, octavo_note_row_widget_act);
  gtk_widget_class_install_action (widget_class, "listitem.scroll-to", NULL, octavo_note_row_widget_act);
  gtk_widget_class_set_css_name (widget_class, "row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
octavo_note_row_widget_init (OctavoNoteRowWidget *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
}

/**
 * octavo_note_row_widget_new:
 *
 * Makes a widget that shows no note yet.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
octavo_note_row_widget_new (void)
{
  return g_object_new (OCTAVO_TYPE_NOTE_ROW_WIDGET, NULL);
}

/**
 * octavo_note_row_widget_get_row:
 *
 * Returns: (transfer none) (nullable): what is shown
 */
OctavoNoteRow *
octavo_note_row_widget_get_row (OctavoNoteRowWidget *self)
{
  g_return_val_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self), NULL);

  return self->row;
}

static void
octavo_note_row_widget_tell_screen_reader (OctavoNoteRowWidget *self)
{
  g_autofree char *name = octavo_note_row_words_dup_name (self->row);
  g_autofree char *shown = octavo_note_row_words_dup_description (self->row, self->hit_excerpt, self->group);
  g_autofree char *description = self->shows_author
                                     ? g_strdup_printf ("%s, %s", octavo_note_row_get_user_name (self->row), shown)
                                     : g_steal_pointer (&shown);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* While one types, the note is saved each second, and its row is mostly what it was. A frame that paints nothing new
 * would have the next key wait for another. */
static gboolean
octavo_note_row_widget_looks_like (OctavoNoteRowWidget *self, OctavoNoteRow *row)
{
  g_autofree char *date = NULL;

  if (self->row == NULL || row == NULL || self->date == NULL || !octavo_note_row_equal_but_time (self->row, row))
    return FALSE;
  date = octavo_note_row_widget_dup_date (row);
  return g_str_equal (date, pango_layout_get_text (self->date));
}

/**
 * octavo_note_row_widget_set_row:
 * @row: (nullable): what to show
 *
 * Shows another row, and names it. Nothing is laid out before it is drawn, nor drawn where it looks the same.
 */
void
octavo_note_row_widget_set_row (OctavoNoteRowWidget *self, OctavoNoteRow *row)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));
  g_return_if_fail (row == NULL || OCTAVO_IS_NOTE_ROW (row));

  if (octavo_note_row_widget_looks_like (self, row))
    {
      g_set_object (&self->row, row);
    }
  else if (g_set_object (&self->row, row))
    {
      octavo_note_row_widget_drop_layouts (self);
      g_clear_pointer (&self->hit_excerpt, g_free);
      if (row != NULL)
        octavo_note_row_widget_tell_screen_reader (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

/**
 * octavo_note_row_widget_set_position:
 * @position: where the row is in the list
 *
 * Says what the actions of the row are about.
 */
void
octavo_note_row_widget_set_position (OctavoNoteRowWidget *self, guint position)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  self->position = position;
}

/**
 * octavo_note_row_widget_set_selected:
 * @selected: whether it is the row of the selected note
 *
 * Looks selected, or not.
 */
void
octavo_note_row_widget_set_selected (OctavoNoteRowWidget *self, gboolean selected)
{
  GtkStateFlags flags;

  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  flags = gtk_widget_get_state_flags (GTK_WIDGET (self));
  if (selected == ((flags & GTK_STATE_FLAG_SELECTED) != 0))
    return;

  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

/**
 * octavo_note_row_widget_set_query:
 * @query: (nullable): a query
 *
 * Marks what was looked for in title, excerpt and tags.
 */
void
octavo_note_row_widget_set_query (OctavoNoteRowWidget *self, OctavoQuery *query)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  if (self->query == query)
    return;

  g_clear_pointer (&self->query, octavo_query_unref);
  self->query = query != NULL ? octavo_query_ref (query) : NULL;
  octavo_note_row_widget_drop_layouts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * octavo_note_row_widget_set_hit_excerpt:
 * @excerpt: (nullable): a line of the text with what was looked for; %NULL to show the start of the text
 *
 * Shows another part of the text, until the row is another one.
 */
void
octavo_note_row_widget_set_hit_excerpt (OctavoNoteRowWidget *self, const char *excerpt)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  if (g_strcmp0 (self->hit_excerpt, excerpt) == 0)
    return;

  g_free (self->hit_excerpt);
  self->hit_excerpt = g_strdup (excerpt);
  octavo_note_row_widget_drop_layouts (self);
  if (self->row != NULL)
    octavo_note_row_widget_tell_screen_reader (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * octavo_note_row_widget_set_group:
 * @group: (nullable): what stands above the row, where it is the first of a group
 *
 * Says it to a screen reader: what is drawn there is no widget.
 */
void
octavo_note_row_widget_set_group (OctavoNoteRowWidget *self, const char *group)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  if (g_strcmp0 (self->group, group) == 0)
    return;

  g_free (self->group);
  self->group = g_strdup (group);
  if (self->row != NULL)
    octavo_note_row_widget_tell_screen_reader (self);
}

/**
 * octavo_note_row_widget_set_colors:
 * @self: a row
 * @tags: what knows the colours of tags
 *
 * Has tags that have a colour shown with it.
 */
void
octavo_note_row_widget_set_colors (OctavoNoteRowWidget *self, OctavoTagRepository *tags)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  g_set_object (&self->colors, tags);
}

/**
 * octavo_note_row_widget_set_shows_author:
 * @shows_author: whether to say whose note it is
 *
 * Names the author of the note, or not.
 */
void
octavo_note_row_widget_set_shows_author (OctavoNoteRowWidget *self, gboolean shows_author)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  if (self->shows_author == shows_author)
    return;

  self->shows_author = shows_author;
  octavo_note_row_widget_refresh_date (self);
}

/**
 * octavo_note_row_widget_refresh_date:
 *
 * Says the date anew, as what was today is yesterday after midnight.
 */
void
octavo_note_row_widget_refresh_date (OctavoNoteRowWidget *self)
{
  g_return_if_fail (OCTAVO_IS_NOTE_ROW_WIDGET (self));

  octavo_note_row_widget_drop_layouts (self);
  if (self->row != NULL)
    octavo_note_row_widget_tell_screen_reader (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
