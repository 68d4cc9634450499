/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-user-badge.h"
#include "octavo-user-colors.h"
#include "octavo-user-form.h"
#include "octavo-wrap-box.h"

#define MAX_NAME  200 /* characters, as the file keeps them */
#define MAX_EMAIL 320

struct _OctavoUserForm
{
  AdwWindow parent_instance;

  OctavoUserRepository *users;
  gint64 id;         /* 0: somebody new */
  const char *color; /* the name of the one that is chosen */

  GtkEditable *name_entry;
  GtkEditable *email_entry;
  GtkWidget *colors;
  GtkLabel *error_label;
  GtkButton *save_button;
};

G_DEFINE_FINAL_TYPE (OctavoUserForm, octavo_user_form, ADW_TYPE_WINDOW)

static guint saved_signal;

/* ---- Saving ---- */

static void
octavo_user_form_update (OctavoUserForm *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_entry)));

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), *name != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
}

static void
octavo_user_form_end (OctavoUserForm *self, gint64 id, const GError *error)
{
  /* The window was closed meanwhile: not disposed of yet, as whoever waits for the answer holds on to it. */
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;

  if (error == NULL)
    {
      g_signal_emit (self, saved_signal, 0, id);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), TRUE);
  gtk_label_set_label (self->error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (self->name_entry)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, error->message, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoUserForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 id = octavo_user_repository_add_finish (OCTAVO_USER_REPOSITORY (source), result, &error);

  octavo_user_form_end (self, id, error);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoUserForm) self = user_data;
  g_autoptr (GError) error = NULL;

  octavo_user_repository_change_finish (OCTAVO_USER_REPOSITORY (source), result, &error);
  octavo_user_form_end (self, self->id, error);
}

static void
octavo_user_form_save (OctavoUserForm *self)
{
  const char *name = gtk_editable_get_text (self->name_entry);
  const char *email = gtk_editable_get_text (self->email_entry);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save_button)))
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_button), FALSE);
  if (self->id == 0)
    octavo_user_repository_add_async (self->users, name, email, self->color, NULL, on_added, g_object_ref (self));
  else
    octavo_user_repository_change_async (self->users, self->id, name, email, self->color, NULL, on_changed,
                                         g_object_ref (self));
}

/* ---- Colours ---- */

static void
on_color_toggled (OctavoUserForm *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    self->color = g_object_get_data (G_OBJECT (button), "color");
}

/* Each shows the initials as they would look. */
static void
octavo_user_form_update_badges (OctavoUserForm *self)
{
  const char *name = gtk_editable_get_text (self->name_entry);

  for (GtkWidget *button = gtk_widget_get_first_child (self->colors); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    octavo_user_badge_set (OCTAVO_USER_BADGE (gtk_button_get_child (GTK_BUTTON (button))), name,
                           g_object_get_data (G_OBJECT (button), "color"), self->id);
  octavo_user_form_update (self);
}

static void
octavo_user_form_add_colors (OctavoUserForm *self, const char *chosen)
{
  gsize n_colors;
  const OctavoUserColor *colors = octavo_user_colors_get (&n_colors);
  GtkToggleButton *first = NULL;

  for (gsize i = 0; i < n_colors; i++)
    {
      const char *title = g_dpgettext2 (GETTEXT_PACKAGE, "colour", colors[i].title);
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), octavo_user_badge_new ());
      gtk_widget_set_tooltip_text (button, title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "circular");
      gtk_widget_add_css_class (button, "octavo-swatch");
      g_object_set_data (G_OBJECT (button), "color", (gpointer) colors[i].name);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_color_toggled), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (button, self->colors);
      if (g_str_equal (colors[i].name, chosen))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
    }
}

/* The first colour that nobody has. */
static const char *
choose_color (OctavoUserRepository *users)
{
  g_autoptr (GPtrArray) all = octavo_user_repository_list_by_age (users);
  gsize n_colors;
  const OctavoUserColor *colors = octavo_user_colors_get (&n_colors);

  g_assert (n_colors > 0);
  for (gsize i = 0; i < n_colors; i++)
    {
      guint n_users = 0;

      for (guint j = 0; j < all->len; j++)
        n_users += octavo_user_colors_find (octavo_user_get_color (all->pdata[j]),
                                            octavo_user_get_id (all->pdata[j])) == &colors[i];
      if (n_users == 0)
        return colors[i].name;
    }
  return colors[all->len % n_colors].name;
}

/* ---- Object ---- */

static void
octavo_user_form_dispose (GObject *object)
{
  OctavoUserForm *self = OCTAVO_USER_FORM (object);
  GtkWidget *button;

  while (self->colors != NULL && (button = gtk_widget_get_first_child (self->colors)) != NULL)
    gtk_widget_unparent (button);
  self->colors = NULL;
  g_clear_object (&self->users);

  G_OBJECT_CLASS (octavo_user_form_parent_class)->dispose (object);
}

static void
octavo_user_form_class_init (OctavoUserFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_user_form_dispose;

  saved_signal = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                               1, G_TYPE_INT64);

  g_type_ensure (OCTAVO_TYPE_WRAP_BOX);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-user-form.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoUserForm, name_entry);
  gtk_widget_class_bind_template_child (widget_class, OctavoUserForm, email_entry);
  gtk_widget_class_bind_template_child (widget_class, OctavoUserForm, colors);
  gtk_widget_class_bind_template_child (widget_class, OctavoUserForm, error_label);
  gtk_widget_class_bind_template_child (widget_class, OctavoUserForm, save_button);
  gtk_widget_class_bind_template_callback (widget_class, octavo_user_form_update);
  gtk_widget_class_bind_template_callback (widget_class, octavo_user_form_update_badges);
  gtk_widget_class_bind_template_callback (widget_class, octavo_user_form_save);
}

static void
octavo_user_form_init (OctavoUserForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_text_set_max_length (GTK_TEXT (gtk_editable_get_delegate (self->name_entry)), MAX_NAME);
  gtk_text_set_max_length (GTK_TEXT (gtk_editable_get_delegate (self->email_entry)), MAX_EMAIL);
}

/**
 * octavo_user_form_new:
 * @users: the users of the file
 * @user: (nullable): who is to be changed; %NULL: somebody new is made
 *
 * Makes a form. To be presented over a window.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWidget *
octavo_user_form_new (OctavoUserRepository *users, OctavoUser *user)
{
  OctavoUserForm *self;

  g_return_val_if_fail (OCTAVO_IS_USER_REPOSITORY (users), NULL);
  g_return_val_if_fail (user == NULL || OCTAVO_IS_USER (user), NULL);

  self = g_object_new (OCTAVO_TYPE_USER_FORM, NULL);
  self->users = g_object_ref (users);
  self->id = user != NULL ? octavo_user_get_id (user) : 0;
  gtk_window_set_title (GTK_WINDOW (self), user != NULL ? _ ("Edit User") : _ ("Add User"));
  gtk_button_set_label (self->save_button, user != NULL ? _ ("_Save") : _ ("_Add"));
  octavo_user_form_add_colors (self, user != NULL
                                         ? octavo_user_colors_find (octavo_user_get_color (user), self->id)->name
                                         : choose_color (users));
  if (user != NULL)
    {
      gtk_editable_set_text (self->name_entry, octavo_user_get_name (user));
      gtk_editable_set_text (self->email_entry, octavo_user_get_email (user));
    }
  octavo_user_form_update_badges (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
  return GTK_WIDGET (self);
}
