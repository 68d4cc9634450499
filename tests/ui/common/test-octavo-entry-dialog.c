/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-entry-dialog.h"
#include "octavo-tag-colors.h"
#include "ui-test.h"

static char *
refuse_commas (const char *text, gpointer data)
{
  return strchr (text, ',') != NULL ? g_strdup ("No commas.") : NULL;
}

static void
count (guint *n_accepted)
{
  (*n_accepted)++;
}

static GtkEditable *
find_entry (OctavoEntryDialog *dialog)
{
  return GTK_EDITABLE (ui_test_find (adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)), GTK_TYPE_ENTRY));
}

static void
test_only_what_can_be_is_accepted (void)
{
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());
  OctavoEntryDialog *dialog = octavo_entry_dialog_new (parent, "Rename?", "_Rename");
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *problem;
  guint n_accepted = 0;

  octavo_entry_dialog_add (dialog, "Name", "old", refuse_commas, NULL);
  octavo_entry_dialog_add (dialog, "Query", "", NULL, NULL);
  g_signal_connect_swapped (dialog, "accepted", G_CALLBACK (count), &n_accepted);
  problem = gtk_widget_get_next_sibling (GTK_WIDGET (find_entry (dialog)));
  g_assert_cmpstr (octavo_entry_dialog_get_text (dialog, 0), ==, "old");
  g_assert_false (adw_message_dialog_get_response_enabled (message, "accept")); /* the second is empty */
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == parent);

  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_prev_sibling (
                             gtk_widget_get_last_child (adw_message_dialog_get_extra_child (message)))),
                         "words");
  g_assert_true (adw_message_dialog_get_response_enabled (message, "accept"));
  gtk_editable_set_text (find_entry (dialog), "a,b");
  g_assert_false (adw_message_dialog_get_response_enabled (message, "accept"));
  g_assert_true (gtk_widget_get_visible (problem));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (problem)), ==, "No commas.");
  gtk_editable_set_text (find_entry (dialog), "new");
  g_assert_false (gtk_widget_get_visible (problem));

  adw_message_dialog_response (message, "cancel");
  g_assert_cmpuint (n_accepted, ==, 0);
  adw_message_dialog_response (message, "accept");
  g_assert_cmpuint (n_accepted, ==, 1);
  g_assert_cmpstr (octavo_entry_dialog_get_text (dialog, 0), ==, "new");
  g_assert_cmpstr (octavo_entry_dialog_get_text (dialog, 1), ==, "words");
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (parent);
}

static void
test_colors (void)
{
  GtkWidget *image = g_object_ref_sink (gtk_image_new ());
  gsize n_colors;
  const OctavoTagColor *colors = octavo_tag_colors_get (&n_colors);

  for (gsize i = 0; i < n_colors; i++)
    {
      g_autofree char *css_class = g_strconcat ("tag-", colors[i].name, NULL);

      g_assert_nonnull (octavo_tag_color_get_title (colors[i].name));
      octavo_tag_color_apply (image, colors[i].name);
      g_assert_true (gtk_widget_has_css_class (image, css_class));
      if (i > 0)
        {
          g_autofree char *before = g_strconcat ("tag-", colors[i - 1].name, NULL);

          g_assert_false (gtk_widget_has_css_class (image, before));
        }
    }
  g_assert_null (octavo_tag_color_get_title (""));
  g_assert_null (octavo_tag_color_get_title ("#ff0000"));
  g_assert_finalize_object (image);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/entry-dialog/only-what-can-be-is-accepted", test_only_what_can_be_is_accepted);
  g_test_add_func ("/tag-colors/each-has-a-class", test_colors);
  return g_test_run ();
}
