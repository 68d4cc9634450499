/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-test.h"

#include "octavo-user-badge.h"
#include "octavo-user-colors.h"

static void
assert_initials (const char *name, const char *expected)
{
  g_autofree char *initials = octavo_user_badge_dup_initials (name);

  g_assert_cmpstr (initials, ==, expected);
}

static void
test_initials (void)
{
  assert_initials ("Ada Lovelace", "AL");
  assert_initials ("ada", "A");
  assert_initials ("Maximiliane von und zu Hohenlohe", "MH");
  assert_initials ("éva \"the\" ødegaard", "ÉØ");
  assert_initials ("李 明", "李明");
  assert_initials ("(root)", "R");
  assert_initials ("…", "");
  assert_initials ("", "");
}

static void
test_colors (void)
{
  gsize n_colors;
  const OctavoUserColor *colors = octavo_user_colors_get (&n_colors);

  for (gsize i = 0; i < n_colors; i++)
    {
      GdkRGBA rgba;

      g_assert_true (octavo_user_colors_find (colors[i].name, 1) == &colors[i]);
      g_assert_true (octavo_user_colors_find ("", (gint64) i + 1) == &colors[i]); /* one each, while there are some */
      g_assert_true (gdk_rgba_parse (&rgba, colors[i].value));
      octavo_user_colors_parse (colors[i].name, 99, &rgba);
      g_assert_cmpfloat (0.2126 * rgba.red + 0.7152 * rgba.green + 0.0722 * rgba.blue, <,
                         0.5); /* below white letters */
    }
  g_assert_true (octavo_user_colors_find ("#bada55", (gint64) n_colors + 2) == &colors[1]);
}

static void
test_badge (void)
{
  GtkWidget *badge = octavo_user_badge_new ();
  GtkWidget *window;
  int width, height;

  octavo_user_badge_set (OCTAVO_USER_BADGE (badge), "Ada Lovelace", "red", 1);
  window = ui_test_show (badge);
  gtk_widget_measure (badge, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (badge, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, height);
  g_assert_cmpint (width, >=, 24);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (badge)), ==, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/user-badge/initials", test_initials);
  g_test_add_func ("/user-badge/colors", test_colors);
  g_test_add_func ("/user-badge/badge", test_badge);

  return g_test_run ();
}
