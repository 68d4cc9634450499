/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-banner.h"

#include "octavo-config.h"
#include "octavo-wrap-box.h"

/* libadwaita has such a thing from 1.3 on, with one button. The buttons name actions, so that whoever knows how to
 * mend what the banner tells of need not know the banner. */

struct _OctavoBanner
{
  GtkWidget parent_instance;

  char *text;
  GtkRevealer *revealer;
  GtkLabel *message;
  GtkButton *button;
  GtkButton *second_button;
};

G_DEFINE_FINAL_TYPE (OctavoBanner, octavo_banner, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_LABEL,
  PROP_ACTION_NAME,
  PROP_SECOND_LABEL,
  PROP_SECOND_ACTION_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_label (GtkButton *button, const char *label)
{
  gtk_button_set_label (button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL && *label != '\0');
}

static void
octavo_banner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OctavoBanner *self = OCTAVO_BANNER (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->button));
      break;
    case PROP_ACTION_NAME:
      g_value_set_string (value, gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)));
      break;
    case PROP_SECOND_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->second_button));
      break;
    case PROP_SECOND_ACTION_NAME:
      g_value_set_string (value, gtk_actionable_get_action_name (GTK_ACTIONABLE (self->second_button)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_banner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OctavoBanner *self = OCTAVO_BANNER (object);
  const char *string = g_value_get_string (value);

  switch (id)
    {
    case PROP_TEXT:
      octavo_banner_set_text (self, string);
      break;
    case PROP_LABEL:
      set_label (self->button, string);
      break;
    case PROP_ACTION_NAME:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), string);
      break;
    case PROP_SECOND_LABEL:
      set_label (self->second_button, string);
      break;
    case PROP_SECOND_ACTION_NAME:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->second_button), string);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_banner_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (octavo_banner_parent_class)->dispose (object);
}

static void
octavo_banner_finalize (GObject *object)
{
  g_free (OCTAVO_BANNER (object)->text);
  G_OBJECT_CLASS (octavo_banner_parent_class)->finalize (object);
}

static void
octavo_banner_class_init (OctavoBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = octavo_banner_get_property;
  object_class->set_property = octavo_banner_set_property;
  object_class->dispose = octavo_banner_dispose;
  object_class->finalize = octavo_banner_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags);
  properties[PROP_SECOND_LABEL] = g_param_spec_string ("second-label", NULL, NULL, NULL, flags);
  properties[PROP_SECOND_ACTION_NAME] = g_param_spec_string ("second-action-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (OCTAVO_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, OctavoBanner, message);
  gtk_widget_class_bind_template_child (widget_class, OctavoBanner, button);
  gtk_widget_class_bind_template_child (widget_class, OctavoBanner, second_button);
}

static void
octavo_banner_init (OctavoBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * octavo_banner_new:
 *
 * Returns: (transfer floating): a banner that is hidden, as it says nothing
 */
GtkWidget *
octavo_banner_new (void)
{
  return g_object_new (OCTAVO_TYPE_BANNER, NULL);
}

/**
 * octavo_banner_get_text:
 * @self: a banner
 *
 * Returns: (nullable) (transfer none): what it says; NULL where it is hidden
 */
const char *
octavo_banner_get_text (OctavoBanner *self)
{
  g_return_val_if_fail (OCTAVO_IS_BANNER (self), NULL);
  return self->text;
}

/**
 * octavo_banner_set_text:
 * @self: a banner
 * @text: (nullable): what it is to say; NULL or "" hides it
 *
 * Shows or hides the banner.
 */
void
octavo_banner_set_text (OctavoBanner *self, const char *text)
{
  g_return_if_fail (OCTAVO_IS_BANNER (self));

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (text, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  if (text != NULL)
    gtk_label_set_text (self->message, text);
  /* Hidden, not only folded: what it says must be out of a screen reader's way too. */
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
