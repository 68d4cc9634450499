/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-user-badge.h"
#include "octavo-user-colors.h"

#define LEAST_SIZE 24
#define MARGIN     4
#define SCALE      0.85 /* as the small texts of the list have: no other font is looked for */

/* An AdwAvatar would have a bold font looked for at the start, of another size. */
struct _OctavoUserBadge
{
  GtkWidget parent_instance;

  char *initials;
  GdkRGBA color;
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (OctavoUserBadge, octavo_user_badge, GTK_TYPE_WIDGET)

static PangoLayout *
octavo_user_badge_get_layout (OctavoUserBadge *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->layout != NULL)
    return self->layout;

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->initials);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (SCALE));
  pango_layout_set_attributes (self->layout, attributes);
  return self->layout;
}

static void
octavo_user_badge_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  int width, height;

  pango_layout_get_pixel_size (octavo_user_badge_get_layout (OCTAVO_USER_BADGE (widget)), &width, &height);
  *minimum = *natural = MAX (MAX (width, height) + MARGIN, LEAST_SIZE);
}

static void
octavo_user_badge_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OctavoUserBadge *self = OCTAVO_USER_BADGE (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float size = MIN (width, height);
  GskRoundedRect disc;
  int text_width, text_height;

  gsk_rounded_rect_init_from_rect (&disc, &GRAPHENE_RECT_INIT ((width - size) / 2, (height - size) / 2, size, size),
                                   size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, &self->color, &disc.bounds);
  gtk_snapshot_pop (snapshot);

  pango_layout_get_pixel_size (octavo_user_badge_get_layout (self), &text_width, &text_height);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((width - (float) text_width) / 2, (height - (float) text_height) / 2));
  gtk_snapshot_append_layout (snapshot, self->layout, &white);
}

static void
octavo_user_badge_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (octavo_user_badge_parent_class)->css_changed (widget, change);

  g_clear_object (&OCTAVO_USER_BADGE (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
octavo_user_badge_finalize (GObject *object)
{
  OctavoUserBadge *self = OCTAVO_USER_BADGE (object);

  g_clear_object (&self->layout);
  g_free (self->initials);

  G_OBJECT_CLASS (octavo_user_badge_parent_class)->finalize (object);
}

static void
octavo_user_badge_class_init (OctavoUserBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = octavo_user_badge_finalize;
  widget_class->measure = octavo_user_badge_measure;
  widget_class->snapshot = octavo_user_badge_snapshot;
  widget_class->css_changed = octavo_user_badge_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
octavo_user_badge_init (OctavoUserBadge *self)
{
  self->initials = g_strdup ("");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * octavo_user_badge_new:
 *
 * Returns: (transfer floating): a badge of nobody yet
 */
GtkWidget *
octavo_user_badge_new (void)
{
  return g_object_new (OCTAVO_TYPE_USER_BADGE, NULL);
}

static void
append_initial (GString *initials, const char *word)
{
  const char *letter = word;

  while (*letter != '\0' && !g_unichar_isalnum (g_utf8_get_char (letter)))
    letter = g_utf8_next_char (letter);
  if (*letter != '\0')
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (letter)));
}

/**
 * octavo_user_badge_dup_initials:
 * @name: a name
 *
 * Returns: (transfer full): the first letters of its first and of its last word; "" where there is no letter
 */
char *
octavo_user_badge_dup_initials (const char *name)
{
  g_autoptr (GString) initials = g_string_new (NULL);
  const char *last;

  g_return_val_if_fail (name != NULL, NULL);

  append_initial (initials, name);
  last = g_utf8_strrchr (name, -1, ' ');
  if (last != NULL)
    append_initial (initials, last);
  return g_string_free (g_steal_pointer (&initials), FALSE);
}

/**
 * octavo_user_badge_set:
 * @name: of the user
 * @color: what the file says of the user's colour
 * @id: of the user
 *
 * Shows a user.
 */
void
octavo_user_badge_set (OctavoUserBadge *self, const char *name, const char *color, gint64 id)
{
  g_return_if_fail (OCTAVO_IS_USER_BADGE (self));
  g_return_if_fail (name != NULL && color != NULL);

  g_free (self->initials);
  self->initials = octavo_user_badge_dup_initials (name);
  octavo_user_colors_parse (color, id, &self->color);
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
