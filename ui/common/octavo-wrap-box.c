/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-wrap-box.h"

/* GtkFlowBox sets children in columns of one width; words and pills want to flow as in a paragraph. */

struct _OctavoWrapBox
{
  GtkWidget parent_instance;
  int spacing;
};

G_DEFINE_FINAL_TYPE (OctavoWrapBox, octavo_wrap_box, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  GtkWidget *first;
  GtkWidget *end; /* after the last */
  int width;      /* natural, no more than there is */
  int height;
  int n_expanding;
} Line;

static int
measure_width (GtkWidget *child, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, available));
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static int
get_extra (const Line *line, int available)
{
  return line->n_expanding > 0 ? MAX (available - line->width, 0) / line->n_expanding : 0;
}

/* Fills one line from a child on; FALSE where there is none. */
static gboolean
get_line (OctavoWrapBox *self, GtkWidget *child, int available, Line *line)
{
  *line = (Line){ 0 };
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int width;

      if (!gtk_widget_should_layout (child))
        continue;
      width = measure_width (child, available);
      if (line->first != NULL && line->width + self->spacing + width > available)
        break;
      line->width += width + (line->first != NULL ? self->spacing : 0);
      line->n_expanding += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) ? 1 : 0;
      if (line->first == NULL)
        line->first = child;
    }
  line->end = child;

  for (child = line->first; child != line->end; child = gtk_widget_get_next_sibling (child))
    {
      int width;

      if (!gtk_widget_should_layout (child))
        continue;
      width = measure_width (child, available);
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        width += get_extra (line, available);
      line->height = MAX (line->height, measure_height (child, width));
    }
  return line->first != NULL;
}

static GtkSizeRequestMode
octavo_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
octavo_wrap_box_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  OctavoWrapBox *self = OCTAVO_WRAP_BOX (widget);
  Line line;

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
        {
          int child_minimum, child_natural;

          if (!gtk_widget_should_layout (child))
            continue;
          gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
          *minimum = MAX (*minimum, child_minimum);
          *natural += child_natural + (*natural > 0 ? self->spacing : 0);
        }
      return;
    }

  if (for_size < 0)
    for_size = G_MAXINT / 2;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); get_line (self, child, for_size, &line);
       child = line.end)
    *natural += line.height + (*natural > 0 ? self->spacing : 0);
  *minimum = *natural;
}

static void
allocate_line (OctavoWrapBox *self, const Line *line, int available, int y)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end; child = gtk_widget_get_next_sibling (child))
    {
      int width;

      if (!gtk_widget_should_layout (child))
        continue;
      width = measure_width (child, available);
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        width += get_extra (line, available);
      gtk_widget_size_allocate (child, &(GtkAllocation){ is_rtl ? available - x - width : x, y, width, line->height },
                                -1);
      x += width + self->spacing;
    }
}

static void
octavo_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OctavoWrapBox *self = OCTAVO_WRAP_BOX (widget);
  int y = 0;
  Line line;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); get_line (self, child, width, &line); child = line.end)
    {
      allocate_line (self, &line, width, y);
      y += line.height + self->spacing;
    }
}

static void
octavo_wrap_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SPACING:
      g_value_set_int (value, OCTAVO_WRAP_BOX (object)->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_wrap_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SPACING:
      OCTAVO_WRAP_BOX (object)->spacing = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (octavo_wrap_box_parent_class)->dispose (object);
}

static void
octavo_wrap_box_class_init (OctavoWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = octavo_wrap_box_get_property;
  object_class->set_property = octavo_wrap_box_set_property;
  object_class->dispose = octavo_wrap_box_dispose;
  widget_class->get_request_mode = octavo_wrap_box_get_request_mode;
  widget_class->measure = octavo_wrap_box_measure;
  widget_class->size_allocate = octavo_wrap_box_size_allocate;

  properties[PROP_SPACING] =
      g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
octavo_wrap_box_init (OctavoWrapBox *self)
{
}

/**
 * octavo_wrap_box_new:
 * @spacing: between children and between lines, in pixels
 *
 * Returns: (transfer floating): an empty box; children are put in with gtk_widget_insert_before()
 */
GtkWidget *
octavo_wrap_box_new (int spacing)
{
  return g_object_new (OCTAVO_TYPE_WRAP_BOX, "spacing", spacing, NULL);
}
