/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-text-style"

#include "octavo-text-style.h"

#include "octavo-settings.h"
#include "ui-test.h"

#include <adwaita.h>

static PangoFontDescription *
dup_font (GtkWidget *label)
{
  PangoFontDescription *font = NULL;

  gtk_test_widget_wait_for_draw (label);
  font = pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (label)));
  return font;
}

static int
get_size (GtkWidget *label)
{
  PangoFontDescription *font = dup_font (label);
  int size = pango_font_description_get_size (font);

  pango_font_description_free (font);
  return size;
}

static void
reset (void)
{
  static const char *const keys[] = { "font", "custom-font", "font-size", "zoom", "line-width" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (octavo_settings_get (), keys[i]);
}

static void
test_zoom (void)
{
  OctavoTextStyle *style = octavo_text_style_get ();
  GtkWidget *label = gtk_label_new ("text");
  GtkWidget *window;
  int size;

  gtk_widget_add_css_class (label, OCTAVO_TEXT_STYLE_CLASS);
  window = ui_test_show (label);
  size = get_size (label);
  octavo_text_style_zoom (style, 1);
  g_assert_cmpint (octavo_text_style_get_zoom (style), ==, 110);
  g_assert_cmpint (g_settings_get_int (octavo_settings_get (), "zoom"), ==, 110);
  g_assert_cmpint (get_size (label), >, size);
  octavo_text_style_zoom (style, 100);
  g_assert_cmpint (octavo_text_style_get_zoom (style), ==, 300);
  octavo_text_style_zoom (style, -100);
  g_assert_cmpint (octavo_text_style_get_zoom (style), ==, 50);
  g_assert_cmpint (get_size (label), <, size);
  octavo_text_style_reset_zoom (style);
  g_assert_cmpint (octavo_text_style_get_zoom (style), ==, 100);
  ui_test_close (window);
}

static void
test_font (void)
{
  GSettings *settings = octavo_settings_get ();
  GtkWidget *label = gtk_label_new ("text");
  GtkWidget *window;
  PangoFontDescription *font;

  gtk_widget_add_css_class (label, OCTAVO_TEXT_STYLE_CLASS);
  window = ui_test_show (label);
  octavo_text_style_get ();
  g_settings_set_string (settings, "font", "serif");
  font = dup_font (label);
  g_assert_cmpstr (pango_font_description_get_family (font), ==, "Serif");
  pango_font_description_free (font);
  g_settings_set_string (settings, "font", "custom");
  g_settings_set_string (settings, "custom-font", "Od\"d Na\\me, Bold Italic 30");
  g_settings_set_int (settings, "font-size", 18);
  font = dup_font (label);
  g_assert_cmpstr (pango_font_description_get_family (font), ==, "Od\"d Na\\me");
  g_assert_cmpint (pango_font_description_get_weight (font), ==, PANGO_WEIGHT_BOLD);
  g_assert_cmpint (pango_font_description_get_style (font), ==, PANGO_STYLE_ITALIC);
  g_assert_cmpint (pango_font_description_get_size (font), ==, 24 * PANGO_SCALE);
  pango_font_description_free (font);
  reset ();
  ui_test_close (window);
}

static char *
dup_print_font (void)
{
  PangoFontDescription *font = octavo_text_style_dup_print_font (octavo_text_style_get ());
  char *name = pango_font_description_to_string (font);

  pango_font_description_free (font);
  return name;
}

/* On paper letters are as they were chosen, but not as they are zoomed, and large enough. */
static void
test_print_font (void)
{
  GSettings *settings = octavo_settings_get ();
  g_autofree char *system = NULL, *zoomed = NULL, *serif = NULL, *custom = NULL, *small = NULL;

  system = dup_print_font ();
  g_assert_true (g_str_has_suffix (system, " 10.5"));
  octavo_text_style_zoom (octavo_text_style_get (), 3);
  zoomed = dup_print_font ();
  g_assert_cmpstr (zoomed, ==, system);
  g_settings_set_string (settings, "font", "serif");
  serif = dup_print_font ();
  g_assert_cmpstr (serif, ==, "Serif 10.5");
  g_settings_set_string (settings, "font", "custom");
  g_settings_set_string (settings, "custom-font", "Some Name, Bold 30");
  g_settings_set_int (settings, "font-size", 14);
  custom = dup_print_font ();
  g_assert_cmpstr (custom, ==, "Some Name Bold 14");
  g_settings_set_string (settings, "font", "monospace");
  g_settings_set_int (settings, "font-size", 4);
  small = dup_print_font ();
  g_assert_cmpstr (small, ==, "Monospace 9");
  reset ();
}

static void
test_width (void)
{
  GSettings *settings = octavo_settings_get ();
  OctavoTextStyle *style = octavo_text_style_get ();
  g_autoptr (AdwClamp) clamp = g_object_ref_sink (ADW_CLAMP (adw_clamp_new ()));
  int width;

  octavo_text_style_bind_width (style, G_OBJECT (clamp));
  width = adw_clamp_get_maximum_size (clamp);
  g_assert_cmpint (width, ==, octavo_text_style_get_width (style));
  g_settings_set_string (settings, "line-width", "wide");
  g_assert_cmpint (adw_clamp_get_maximum_size (clamp), >, width);
  g_assert_cmpint (adw_clamp_get_tightening_threshold (clamp), <, adw_clamp_get_maximum_size (clamp));
  g_settings_set_string (settings, "line-width", "narrow");
  g_assert_cmpint (adw_clamp_get_maximum_size (clamp), <, width);
  g_settings_set_string (settings, "line-width", "full");
  g_assert_cmpint (adw_clamp_get_maximum_size (clamp), ==, G_MAXINT);
  g_settings_reset (settings, "line-width");
  octavo_text_style_zoom (style, 1);
  g_assert_cmpint (adw_clamp_get_maximum_size (clamp), >, width);
  reset ();
  g_assert_cmpint (adw_clamp_get_maximum_size (clamp), ==, width);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/text-style/zoom", test_zoom);
  g_test_add_func ("/text-style/font", test_font);
  g_test_add_func ("/text-style/print-font", test_print_font);
  g_test_add_func ("/text-style/width", test_width);
  return g_test_run ();
}
