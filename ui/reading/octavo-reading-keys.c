/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-reading-keys.h"

#include "octavo-reading-view.h"

#define PAGE 0.9 /* of the height */

typedef enum
{
  STEPS,
  PAGES,
  ENDS,
} Unit;

static void
go_to_end (OctavoReadingView *view, gboolean is_last)
{
  OctavoMarkdownDocument *document = octavo_reading_view_get_document (view);
  guint n = document != NULL ? octavo_markdown_document_get_n_pieces (document) : 0;

  octavo_reading_view_scroll_to (view, is_last && n > 0 ? n - 1 : 0);
}

static gboolean
on_scroll_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  int unit, step;
  double pixels;

  g_variant_get (arguments, "(ii)", &unit, &step);
  pixels = unit == STEPS ? OCTAVO_READING_STEP : gtk_widget_get_height (widget) * PAGE;
  if (unit == ENDS)
    go_to_end (OCTAVO_READING_VIEW (widget), step > 0);
  else if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step * pixels);
  return GDK_EVENT_STOP;
}

static gboolean
on_copy (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  g_autofree char *text = octavo_reading_view_dup_selection (OCTAVO_READING_VIEW (widget));

  if (*text != '\0')
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  return GDK_EVENT_STOP;
}

static gboolean
on_select_all (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  octavo_reading_view_select (OCTAVO_READING_VIEW (widget), 0, G_MAXUINT);
  return GDK_EVENT_STOP;
}

/* Gives the class of the view its keys. */
void
octavo_reading_keys_install (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    Unit unit;
    int step;
  } keys[] = {
    { GDK_KEY_Up, 0, STEPS, -1 },
    { GDK_KEY_KP_Up, 0, STEPS, -1 },
    { GDK_KEY_Down, 0, STEPS, 1 },
    { GDK_KEY_KP_Down, 0, STEPS, 1 },
    { GDK_KEY_Page_Up, 0, PAGES, -1 },
    { GDK_KEY_KP_Page_Up, 0, PAGES, -1 },
    { GDK_KEY_Page_Down, 0, PAGES, 1 },
    { GDK_KEY_KP_Page_Down, 0, PAGES, 1 },
    { GDK_KEY_space, 0, PAGES, 1 },
    { GDK_KEY_space, GDK_SHIFT_MASK, PAGES, -1 },
    { GDK_KEY_Home, 0, ENDS, -1 },
    { GDK_KEY_KP_Home, 0, ENDS, -1 },
    { GDK_KEY_Home, GDK_CONTROL_MASK, ENDS, -1 },
    { GDK_KEY_End, 0, ENDS, 1 },
    { GDK_KEY_KP_End, 0, ENDS, 1 },
    { GDK_KEY_End, GDK_CONTROL_MASK, ENDS, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, on_scroll_key, "(ii)",
                                  (int) keys[i].unit, keys[i].step);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, on_copy, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, on_copy, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, on_select_all, NULL);
}
