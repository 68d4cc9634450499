/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-text-style.h"

#include "octavo-settings.h"

#include <math.h>
#include <string.h>

/* One style sheet for all windows, which is there only where something is not as usual, so that the start has none to
 * read. Without settings the zoom alone can be changed, until the end. */

#define NORMAL_ZOOM    100
#define NORMAL_SIZE    11   /* points: what the widths are for */
#define NORMAL_DPI     96   /* pixels an inch at that */
#define PRINT_SIZE     10.5 /* points, where none was chosen */
#define PRINT_LEAST    9.0
#define TEXT_SCALE     1.05 /* of what is around the text: that of style.css */
#define TITLE_SCALE    1.7
#define TIGHTENING     (5.0 / 6) /* of the width: from there on margins are let go of bit by bit */
#define SCROLL_OF_STEP 1.0       /* notches of a wheel */

static const int zooms[] = { 50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300 };

static const struct
{
  const char *name;
  int pixels;
} widths[] = {
  { "narrow", 560 },
  { "medium", 720 },
  { "wide", 960 },
};

struct _OctavoTextStyle
{
  GObject parent_instance;

  GSettings *settings; /* NULL: there are none */
  GtkCssProvider *provider;
  char *css; /* what it holds */
  int zoom;
  int width;
};

G_DEFINE_FINAL_TYPE (OctavoTextStyle, octavo_text_style, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ZOOM,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* ---- Style sheet ---- */

static void
append_family (GString *css, const char *family)
{
  g_string_append (css, "font-family: \"");
  for (const char *p = family; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (css, '\\');
      if ((guchar) *p >= ' ')
        g_string_append_c (css, *p);
    }
  g_string_append (css, "\"; ");
}

static void
append_custom_font (GString *css, const char *name)
{
  static const char *const styles[] = { "normal", "oblique", "italic" };
  PangoFontDescription *font = pango_font_description_from_string (name);
  PangoFontMask fields = pango_font_description_get_set_fields (font);

  if (fields & PANGO_FONT_MASK_FAMILY)
    append_family (css, pango_font_description_get_family (font));
  if (fields & PANGO_FONT_MASK_STYLE)
    g_string_append_printf (css, "font-style: %s; ", styles[pango_font_description_get_style (font)]);
  if (fields & PANGO_FONT_MASK_WEIGHT)
    g_string_append_printf (css, "font-weight: %d; ",
                            CLAMP ((int) pango_font_description_get_weight (font), 100, 1000));
  pango_font_description_free (font);
}

static void
append_font (OctavoTextStyle *self, GString *css)
{
  g_autofree char *font = NULL;
  g_autofree char *custom = NULL;

  if (self->settings == NULL)
    return;
  font = g_settings_get_string (self->settings, "font");
  if (strcmp (font, "serif") == 0)
    append_family (css, "Serif");
  else if (strcmp (font, "monospace") == 0)
    append_family (css, "Monospace");
  else if (strcmp (font, "custom") == 0)
    {
      custom = g_settings_get_string (self->settings, "custom-font");
      append_custom_font (css, custom);
    }
}

static int
get_size (OctavoTextStyle *self)
{
  return self->settings != NULL ? g_settings_get_int (self->settings, "font-size") : 0;
}

/* Numbers of a style sheet have a point, whatever the language. */
static void
append_size (GString *css, double size, const char *unit)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (css, "font-size: %s%s; ", g_ascii_formatd (number, sizeof number, "%.3f", size), unit);
}

static char *
make_css (OctavoTextStyle *self)
{
  g_autoptr (GString) font = g_string_new (NULL);
  GString *css = g_string_new (NULL);
  int size = get_size (self);
  double zoom = (double) self->zoom / NORMAL_ZOOM;

  append_font (self, font);
  if (font->len == 0 && size == 0 && self->zoom == NORMAL_ZOOM)
    return g_string_free (css, FALSE);
  g_string_append_printf (css, ".%s, .octavo-title { %s}\n.%s { ", OCTAVO_TEXT_STYLE_CLASS, font->str,
                          OCTAVO_TEXT_STYLE_CLASS);
  append_size (css, size > 0 ? size * zoom : TEXT_SCALE * zoom, size > 0 ? "pt" : "em");
  g_string_append (css, "}\n.octavo-title { font-weight: 800; ");
  append_size (css, size > 0 ? size * zoom * TITLE_SCALE / TEXT_SCALE : TITLE_SCALE * zoom, size > 0 ? "pt" : "em");
  g_string_append (css, "}\n");
  return g_string_free (css, FALSE);
}

static void
update_css (OctavoTextStyle *self)
{
  g_autofree char *css = make_css (self);
  GdkDisplay *display = gdk_display_get_default ();

  if (strcmp (css, self->css) == 0)
    return;
  if (self->provider == NULL)
    {
      self->provider = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    }
  gtk_css_provider_load_from_data (self->provider, css, -1);
  g_free (self->css);
  self->css = g_steal_pointer (&css);
}

/* ---- Width ---- */

/* Lines hold as many characters where these are larger. */
static void
update_width (OctavoTextStyle *self)
{
  g_autofree char *name = self->settings != NULL ? g_settings_get_string (self->settings, "line-width") : NULL;
  int size = get_size (self);
  int pixels = name == NULL || strcmp (name, "full") != 0 ? widths[1].pixels : 0;
  int width = G_MAXINT;
  int dpi = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    if (g_strcmp0 (name, widths[i].name) == 0)
      pixels = widths[i].pixels;
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  if (size == 0)
    size = octavo_text_style_get_system_size ();
  if (pixels > 0)
    width = (int) lround (pixels * ((double) self->zoom / NORMAL_ZOOM) * ((double) size / NORMAL_SIZE) *
                          (dpi > 0 ? (double) dpi / PANGO_SCALE / NORMAL_DPI : 1));
  if (width == self->width)
    return;
  self->width = width;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}

static gboolean
get_threshold (GBinding *binding, const GValue *width, GValue *threshold, gpointer data)
{
  g_value_set_int (threshold, (int) (g_value_get_int (width) * TIGHTENING));
  return TRUE;
}

/* ---- Object ---- */

static void
update (OctavoTextStyle *self)
{
  int zoom = self->settings != NULL ? g_settings_get_int (self->settings, "zoom") : self->zoom;
  gboolean is_new = zoom != self->zoom;

  self->zoom = zoom;
  update_css (self);
  update_width (self);
  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
set_zoom (OctavoTextStyle *self, int zoom)
{
  if (zoom == self->zoom)
    return;
  if (self->settings != NULL && g_settings_set_int (self->settings, "zoom", zoom))
    {
      update (self);
      return;
    }
  self->zoom = zoom;
  update_css (self);
  update_width (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
octavo_text_style_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoTextStyle *self = OCTAVO_TEXT_STYLE (object);

  switch (id)
    {
    case PROP_ZOOM:
      g_value_set_int (value, self->zoom);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_text_style_class_init (OctavoTextStyleClass *klass)
{
  GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  G_OBJECT_CLASS (klass)->get_property = octavo_text_style_get_property;
  properties[PROP_ZOOM] = g_param_spec_int ("zoom", NULL, NULL, 0, G_MAXINT, NORMAL_ZOOM, shown);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, shown);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
octavo_text_style_init (OctavoTextStyle *self)
{
  static const char *const keys[] = { "font", "custom-font", "font-size", "zoom", "line-width" };
  GtkSettings *desktop = gtk_settings_get_default ();

  self->settings = octavo_settings_get ();
  self->zoom = NORMAL_ZOOM;
  self->css = g_strdup ("");
  for (gsize i = 0; self->settings != NULL && i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (self->settings, signal, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (desktop, "notify::gtk-font-name", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::gtk-xft-dpi", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * octavo_text_style_get:
 *
 * Reads the settings when it is first asked for. Main thread; a display is open.
 *
 * Returns: (transfer none): how notes are shown
 */
OctavoTextStyle *
octavo_text_style_get (void)
{
  static OctavoTextStyle *style;

  if (style == NULL)
    style = g_object_new (OCTAVO_TYPE_TEXT_STYLE, NULL);
  return style;
}

/**
 * octavo_text_style_get_zoom:
 * @self: the style
 *
 * Returns: in percent
 */
int
octavo_text_style_get_zoom (OctavoTextStyle *self)
{
  g_return_val_if_fail (OCTAVO_IS_TEXT_STYLE (self), NORMAL_ZOOM);
  return self->zoom;
}

/**
 * octavo_text_style_get_width:
 * @self: the style
 *
 * Returns: the most that lines take, in pixels; %G_MAXINT: all the room there is
 */
int
octavo_text_style_get_width (OctavoTextStyle *self)
{
  g_return_val_if_fail (OCTAVO_IS_TEXT_STYLE (self), 0);
  return self->width;
}

/**
 * octavo_text_style_get_system_size:
 *
 * Returns: the size of the desktop's font, in points
 */
int
octavo_text_style_get_system_size (void)
{
  g_autofree char *name = NULL;
  PangoFontDescription *font;
  int size;

  g_object_get (gtk_settings_get_default (), "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name != NULL ? name : "");
  size = pango_font_description_get_size (font) / PANGO_SCALE;
  pango_font_description_free (font);
  return size > 0 ? size : NORMAL_SIZE;
}

/**
 * octavo_text_style_dup_print_font:
 * @self: the style
 *
 * Finds the font for paper: the one that was chosen, in its size, which zoom does not change; letters that are too
 * small for paper are larger.
 *
 * Returns: (transfer full): the font, with a size in points
 */
PangoFontDescription *
octavo_text_style_dup_print_font (OctavoTextStyle *self)
{
  g_autofree char *font = NULL;
  g_autofree char *name = NULL;
  PangoFontDescription *description;
  int size;

  g_return_val_if_fail (OCTAVO_IS_TEXT_STYLE (self), NULL);

  font = self->settings != NULL ? g_settings_get_string (self->settings, "font") : NULL;
  if (g_strcmp0 (font, "serif") == 0)
    name = g_strdup ("Serif");
  else if (g_strcmp0 (font, "monospace") == 0)
    name = g_strdup ("Monospace");
  else if (g_strcmp0 (font, "custom") == 0)
    name = g_settings_get_string (self->settings, "custom-font");
  else
    g_object_get (gtk_settings_get_default (), "gtk-font-name", &name, NULL);
  description = pango_font_description_from_string (name != NULL ? name : "");
  size = get_size (self);
  pango_font_description_set_size (description,
                                   (int) ((size > 0 ? MAX (size, PRINT_LEAST) : PRINT_SIZE) * PANGO_SCALE));
  return description;
}

/**
 * octavo_text_style_zoom:
 * @self: the style
 * @steps: how many steps larger; less than 0: smaller
 *
 * Makes the text larger or smaller, as far as that goes, and remembers it.
 */
void
octavo_text_style_zoom (OctavoTextStyle *self, int steps)
{
  int n = (int) G_N_ELEMENTS (zooms);
  int i = 0;

  g_return_if_fail (OCTAVO_IS_TEXT_STYLE (self));

  while (i < n - 1 && zooms[i] < self->zoom)
    i++;
  set_zoom (self, zooms[CLAMP (i + steps, 0, n - 1)]);
}

/**
 * octavo_text_style_reset_zoom:
 * @self: the style
 *
 * Gives the text the size that it has without zoom.
 */
void
octavo_text_style_reset_zoom (OctavoTextStyle *self)
{
  g_return_if_fail (OCTAVO_IS_TEXT_STYLE (self));
  set_zoom (self, NORMAL_ZOOM);
}

/**
 * octavo_text_style_bind_width:
 * @self: the style
 * @clamp: an #AdwClamp or an #AdwClampScrollable
 *
 * Has it as wide as lines are to be, from now on.
 */
void
octavo_text_style_bind_width (OctavoTextStyle *self, GObject *clamp)
{
  g_return_if_fail (OCTAVO_IS_TEXT_STYLE (self));

  g_object_bind_property (self, "width", clamp, "maximum-size", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (self, "width", clamp, "tightening-threshold", G_BINDING_SYNC_CREATE, get_threshold, NULL,
                               NULL, NULL);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, OctavoTextStyle *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double *rest;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK)
    return GDK_EVENT_PROPAGATE;
  rest = g_object_get_data (G_OBJECT (controller), "octavo-rest"); /* a touchpad scrolls by parts of a notch */
  *rest += dy;
  if (fabs (*rest) >= SCROLL_OF_STEP)
    {
      octavo_text_style_zoom (self, (int) (-*rest / SCROLL_OF_STEP));
      *rest = fmod (*rest, SCROLL_OF_STEP);
    }
  return GDK_EVENT_STOP;
}

/**
 * octavo_text_style_add_scroll:
 * @self: the style
 * @widget: what shows a text
 *
 * Has Ctrl and the wheel over a widget zoom.
 */
void
octavo_text_style_add_scroll (OctavoTextStyle *self, GtkWidget *widget)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_return_if_fail (OCTAVO_IS_TEXT_STYLE (self));

  g_object_set_data_full (G_OBJECT (scroll), "octavo-rest", g_new0 (double, 1), g_free);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scroll), self, 0);
  gtk_widget_add_controller (widget, scroll);
}
