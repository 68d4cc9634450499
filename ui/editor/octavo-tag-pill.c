/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-tag-pill.h"

#include "octavo-tag-colors.h"
#include "octavo-tag.h"

#include <glib/gi18n-lib.h>

/* A note knows the names of its tags; the colours are looked up among all tags, which may come later. */
struct _OctavoTagPill
{
  GtkButton parent_instance;

  char *name;
  char *folded;
  GtkWidget *dot;
  GListModel *tags; /* (nullable): all of them */
  GSignalGroup *tag;
};

G_DEFINE_FINAL_TYPE (OctavoTagPill, octavo_tag_pill, GTK_TYPE_BUTTON)

/* The colour is a word, too. */
static void
update_color (OctavoTagPill *self)
{
  g_autoptr (OctavoTag) tag = g_signal_group_dup_target (self->tag);
  const char *color = tag != NULL ? octavo_tag_get_color (tag) : "";
  const char *title = octavo_tag_color_get_title (color);

  gtk_widget_set_visible (self->dot, title != NULL);
  octavo_tag_color_apply (self->dot, color);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title != NULL ? title : "", -1);
}

static void
find_tag (OctavoTagPill *self)
{
  guint n_tags = self->tags != NULL ? g_list_model_get_n_items (self->tags) : 0;
  g_autoptr (OctavoTag) found = NULL;

  for (guint i = 0; i < n_tags && found == NULL; i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (self->tags, i);

      if (g_str_equal (octavo_tag_get_folded_name (tag), self->folded))
        found = g_steal_pointer (&tag);
    }
  g_signal_group_set_target (self->tag, found);
  update_color (self);
}

static void
octavo_tag_pill_dispose (GObject *object)
{
  OctavoTagPill *self = OCTAVO_TAG_PILL (object);

  g_clear_object (&self->tags);
  g_clear_object (&self->tag);

  G_OBJECT_CLASS (octavo_tag_pill_parent_class)->dispose (object);
}

static void
octavo_tag_pill_finalize (GObject *object)
{
  OctavoTagPill *self = OCTAVO_TAG_PILL (object);

  g_free (self->name);
  g_free (self->folded);

  G_OBJECT_CLASS (octavo_tag_pill_parent_class)->finalize (object);
}

static void
octavo_tag_pill_class_init (OctavoTagPillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_tag_pill_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_tag_pill_finalize;
}

static void
octavo_tag_pill_init (OctavoTagPill *self)
{
  self->tag = g_signal_group_new (OCTAVO_TYPE_TAG);
  g_signal_group_connect_swapped (self->tag, "notify::color", G_CALLBACK (update_color), self);
  self->dot = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name",
                            OCTAVO_TAG_COLOR_ICON, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->dot, "dot");
  gtk_widget_add_css_class (GTK_WIDGET (self), "octavo-tag");
}

/**
 * octavo_tag_pill_new:
 * @name: the name of a tag
 *
 * Makes a button that says what it takes off.
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
octavo_tag_pill_new (const char *name)
{
  OctavoTagPill *self;
  GtkWidget *box, *label;
  g_autofree char *says = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_TAG_PILL, NULL);
  self->name = g_strdup (name);
  self->folded = octavo_tag_fold_name (name);

  label = gtk_label_new (name);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_box_append (GTK_BOX (box), self->dot);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (self), box);

  /* Translators: %s is the name of a tag */
  says = g_strdup_printf (_ ("Remove tag %s"), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), says);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, says, -1);
  return GTK_WIDGET (self);
}

/**
 * octavo_tag_pill_get_name:
 *
 * Returns: (transfer none): the name of its tag
 */
const char *
octavo_tag_pill_get_name (OctavoTagPill *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG_PILL (self), NULL);

  return self->name;
}

/**
 * octavo_tag_pill_set_tags:
 * @tags: (nullable) (element-type OctavoTag): all tags
 *
 * Shows the colour that its tag has among them, from now on.
 */
void
octavo_tag_pill_set_tags (OctavoTagPill *self, GListModel *tags)
{
  g_return_if_fail (OCTAVO_IS_TAG_PILL (self));
  g_return_if_fail (tags == NULL || G_IS_LIST_MODEL (tags));

  if (self->tags == tags)
    return;

  if (self->tags != NULL)
    g_signal_handlers_disconnect_by_func (self->tags, find_tag, self);
  g_set_object (&self->tags, tags);
  if (tags != NULL)
    g_signal_connect_object (tags, "items-changed", G_CALLBACK (find_tag), self, G_CONNECT_SWAPPED);
  find_tag (self);
}
