/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-list-headers.h"

#include "octavo-appearance.h"

#define MARGIN_TOP    15
#define MARGIN_BOTTOM 3
#define MARGIN_SIDE   18 /* where the text of the rows begins */

/* They are no widgets: nothing of them takes the focus or is clicked, and a row that becomes the first of its group is
 * the row that it was. Screen readers hear of them by the rows. */
struct _OctavoListHeaders
{
  GtkWidget *view;
  GHashTable *layouts; /* PangoLayout by label */
  int text_height;     /* 0: not known yet */
};

/**
 * octavo_list_headers_new:
 * @view: the list, which outlives the headers
 *
 * Returns: (transfer full): its headers
 */
OctavoListHeaders *
octavo_list_headers_new (GtkWidget *view)
{
  OctavoListHeaders *self = g_new0 (OctavoListHeaders, 1);

  self->view = view;
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

/**
 * octavo_list_headers_free:
 * @self: (transfer full): headers
 */
void
octavo_list_headers_free (OctavoListHeaders *self)
{
  g_hash_table_unref (self->layouts);
  g_free (self);
}

/**
 * octavo_list_headers_restyle:
 * @self: headers
 *
 * Has them laid out anew in the font that the list has now.
 */
void
octavo_list_headers_restyle (OctavoListHeaders *self)
{
  g_hash_table_remove_all (self->layouts);
  self->text_height = 0;
}

static PangoLayout *
get_layout (OctavoListHeaders *self, const char *label)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, label);
  PangoAttrList *attributes;

  if (layout != NULL)
    return layout;

  layout = gtk_widget_create_pango_layout (self->view, label);
  attributes = pango_attr_list_new ();
  /* The font of the titles of the rows: another one would be looked for at the start. */
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  g_hash_table_insert (self->layouts, g_strdup (label), layout);
  return layout;
}

/**
 * octavo_list_headers_get_height:
 * @self: headers
 *
 * Returns: the height of each, in pixels
 */
int
octavo_list_headers_get_height (OctavoListHeaders *self)
{
  if (self->text_height == 0)
    pango_layout_get_pixel_size (get_layout (self, "Ág"), NULL, &self->text_height);
  return MARGIN_TOP + self->text_height + MARGIN_BOTTOM;
}

/**
 * octavo_list_headers_draw:
 * @self: headers
 * @snapshot: what to draw on
 * @label: what the group is called
 * @y: where the header begins, pixels from the top of what can be seen
 *
 * Draws a header, at the side where reading begins.
 */
void
octavo_list_headers_draw (OctavoListHeaders *self, GtkSnapshot *snapshot, const char *label, double y)
{
  PangoLayout *layout = get_layout (self, label);
  int room = gtk_widget_get_width (self->view) - 2 * MARGIN_SIDE;
  GdkRGBA color;
  int width;

  if (room <= 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (self->view), &color);
  color.alpha *= octavo_appearance_get_dimming ();
  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room)
    pango_layout_set_width (layout, room * PANGO_SCALE);
  width = MIN (width, room);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (gtk_widget_get_direction (self->view) == GTK_TEXT_DIR_RTL
                                                              ? (float) (MARGIN_SIDE + room - width)
                                                              : MARGIN_SIDE,
                                                          (float) y + MARGIN_TOP));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}
