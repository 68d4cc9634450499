/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "octavo-sidebar-row.h"
#include "octavo-tag-colors.h"

#define INDENT 18 /* pixels for each row that it stands under */

/* GtkListView makes a row for each of some two hundred tags, so a row is put together here: a template with its
 * expressions takes twice as long. */
struct _OctavoSidebarRow
{
  GtkBox parent_instance;

  OctavoSidebarItem *item;
  GSignalGroup *signals;

  GtkWidget *expander; /* (nullable): made where there is need of it */
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *count;
};

G_DEFINE_FINAL_TYPE (OctavoSidebarRow, octavo_sidebar_row, GTK_TYPE_BOX)

enum
{
  TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* (transfer full): what the row has that is not in its name */
static char *
octavo_sidebar_row_describe (OctavoSidebarRow *self)
{
  gint64 count = MAX (octavo_sidebar_item_get_count (self->item), 0);
  const char *color = octavo_tag_color_get_title (octavo_sidebar_item_get_color (self->item));
  g_autofree char *notes =
      g_strdup_printf (ngettext ("%'" PRId64 " note", "%'" PRId64 " notes", (gulong) count), count);

  /* Translators: the first is “3 notes”, the second the name of a colour. */
  return color != NULL ? g_strdup_printf (_ ("%s, %s"), notes, color) : g_steal_pointer (&notes);
}

/* An import changes the counts of all tags again and again, and nothing else of them: so little else is done then, and
 * a screen reader is told just that. */
static void
octavo_sidebar_row_update_count (OctavoSidebarRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *text = NULL;
  g_autofree char *description = NULL;

  if (self->item == NULL)
    return;

  g_object_get (self->item, "count-text", &text, NULL);
  gtk_label_set_label (GTK_LABEL (self->count), text);
  if (row == NULL)
    return;

  description = octavo_sidebar_row_describe (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
octavo_sidebar_row_update_section (OctavoSidebarRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  if (row == NULL || self->item == NULL)
    return;

  if (octavo_sidebar_item_get_first_of_section (self->item))
    gtk_widget_add_css_class (row, "first-of-section");
  else
    gtk_widget_remove_css_class (row, "first-of-section");
}

static void
octavo_sidebar_row_on_expander_pressed (OctavoSidebarRow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  OctavoExpander expander = octavo_sidebar_item_get_expander (self->item);

  if (expander != OCTAVO_EXPANDER_COLLAPSED && expander != OCTAVO_EXPANDER_EXPANDED)
    return;

  /* The row is not selected by it. */
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
octavo_sidebar_row_make_expander (OctavoSidebarRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->expander = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->expander, "expander");
  gtk_box_prepend (GTK_BOX (self), self->expander);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (octavo_sidebar_row_on_expander_pressed), self);
  gtk_widget_add_controller (self->expander, GTK_EVENT_CONTROLLER (click));
}

/* Levels count from 1, as a screen reader says them. */
static void
octavo_sidebar_row_update_tree (OctavoSidebarRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  OctavoExpander expander = octavo_sidebar_item_get_expander (self->item);
  int depth = (int) octavo_sidebar_item_get_depth (self->item);

  if (self->expander == NULL && expander != OCTAVO_EXPANDER_NONE)
    octavo_sidebar_row_make_expander (self);
  if (self->expander != NULL)
    {
      const char *icon_name = expander == OCTAVO_EXPANDER_EXPANDED ? "pan-down-symbolic" : "pan-end-symbolic";

      gtk_widget_set_visible (self->expander, expander != OCTAVO_EXPANDER_NONE);
      gtk_image_set_from_icon_name (GTK_IMAGE (self->expander), expander > OCTAVO_EXPANDER_BLANK ? icon_name : NULL);
    }
  gtk_widget_set_margin_start (GTK_WIDGET (self), depth * INDENT);
  if (row == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LEVEL, depth + 1, -1);
  if (expander > OCTAVO_EXPANDER_BLANK)
    gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED,
                                 expander == OCTAVO_EXPANDER_EXPANDED, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED);
}

static void
octavo_sidebar_row_update_color (OctavoSidebarRow *self)
{
  const char *color = octavo_sidebar_item_get_color (self->item);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), octavo_tag_color_get_title (color) != NULL
                                                            ? OCTAVO_TAG_COLOR_ICON
                                                            : octavo_sidebar_item_get_icon_name (self->item));
  octavo_tag_color_apply (self->icon, color);
}

static void
octavo_sidebar_row_update (OctavoSidebarRow *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean is_named;

  if (self->item == NULL)
    return;

  /* What a person named may be of any length. The words for places may not be cut, however large the letters are. */
  is_named = octavo_sidebar_item_get_tag (self->item) != NULL || octavo_sidebar_item_get_search (self->item) != NULL;
  octavo_sidebar_row_update_tree (self);
  octavo_sidebar_row_update_color (self);
  gtk_label_set_label (GTK_LABEL (self->label), octavo_sidebar_item_get_label (self->item));
  gtk_label_set_ellipsize (GTK_LABEL (self->label), is_named ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    octavo_sidebar_item_get_name (self->item), -1);
  octavo_sidebar_row_update_section (self);
}

static void
octavo_sidebar_row_on_color (OctavoSidebarRow *self)
{
  octavo_sidebar_row_update_color (self);
  octavo_sidebar_row_update_count (self);
}

static void
octavo_sidebar_row_dispose (GObject *object)
{
  OctavoSidebarRow *self = OCTAVO_SIDEBAR_ROW (object);

  g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (octavo_sidebar_row_parent_class)->dispose (object);
}

static void
octavo_sidebar_row_finalize (GObject *object)
{
  OctavoSidebarRow *self = OCTAVO_SIDEBAR_ROW (object);

  g_clear_object (&self->signals);

  G_OBJECT_CLASS (octavo_sidebar_row_parent_class)->finalize (object);
}

static void
octavo_sidebar_row_class_init (OctavoSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = octavo_sidebar_row_dispose;
  object_class->finalize = octavo_sidebar_row_finalize;

  signals[TOGGLED] =
      g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
octavo_sidebar_row_init (OctavoSidebarRow *self)
{
  static const char *const others[] = { "notify::name", "notify::depth", "notify::expander",
                                        "notify::first-of-section" };

  /* What the icon says the name says, too. */
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "count");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), self->icon);
  gtk_box_append (GTK_BOX (self), self->label);
  gtk_box_append (GTK_BOX (self), self->count);

  self->signals = g_signal_group_new (OCTAVO_TYPE_SIDEBAR_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::count", G_CALLBACK (octavo_sidebar_row_update_count), self);
  g_signal_group_connect_swapped (self->signals, "notify::color", G_CALLBACK (octavo_sidebar_row_on_color), self);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_signal_group_connect_swapped (self->signals, others[i], G_CALLBACK (octavo_sidebar_row_update), self);
}

/**
 * octavo_sidebar_row_new:
 *
 * Makes a row that shows no place yet.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
octavo_sidebar_row_new (void)
{
  return g_object_new (OCTAVO_TYPE_SIDEBAR_ROW, NULL);
}

/**
 * octavo_sidebar_row_get_item:
 *
 * Returns: (transfer none) (nullable): the place it shows
 */
OctavoSidebarItem *
octavo_sidebar_row_get_item (OctavoSidebarRow *self)
{
  g_return_val_if_fail (OCTAVO_IS_SIDEBAR_ROW (self), NULL);

  return self->item;
}

/**
 * octavo_sidebar_row_set_item:
 * @item: (nullable): the place to show
 *
 * Shows a place, and names the list's row after it: the row has to be the widget's parent by then.
 */
void
octavo_sidebar_row_set_item (OctavoSidebarRow *self, OctavoSidebarItem *item)
{
  g_return_if_fail (OCTAVO_IS_SIDEBAR_ROW (self));

  if (!g_set_object (&self->item, item))
    return;

  g_signal_group_set_target (self->signals, item);
  octavo_sidebar_row_update (self);
  octavo_sidebar_row_update_count (self);
}
