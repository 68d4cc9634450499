/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-find-bar.h"

#include "octavo-wrap-box.h"

#include <adwaita.h>

struct _OctavoFindBar
{
  GtkWidget parent_instance;

  gboolean is_editable; /* the note: there is something to replace */
  gboolean can_step;    /* there is a hit */
  GtkEditable *entry;
  GtkEditable *replacement;
  GtkToggleButton *case_button;
  GtkToggleButton *word_button;
  GtkToggleButton *regex_button;
  GtkToggleButton *replacing_button;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkWidget *replacing;
  GtkWidget *replace_button;
  GtkWidget *replace_all_button;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (OctavoFindBar, octavo_find_bar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STEP,
  SIGNAL_REPLACE,
  SIGNAL_CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_changed (OctavoFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_next (OctavoFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_STEP], 0, 1);
}

static void
on_previous (OctavoFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_STEP], 0, -1);
}

static void
on_replace (OctavoFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_REPLACE], 0, FALSE);
}

static void
on_replace_all (OctavoFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_REPLACE], 0, TRUE);
}

static void
on_close (OctavoFindBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

static void
on_close_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_close (OCTAVO_FIND_BAR (widget));
}

static gboolean
on_entry_key (OctavoFindBar *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != GDK_SHIFT_MASK)
    return GDK_EVENT_PROPAGATE;
  on_previous (self);
  return GDK_EVENT_STOP;
}

/* What cannot be clicked any more must not keep the focus: no key would do anything then, not even Escape. */
static void
move_focus (OctavoFindBar *self, gboolean can_replace)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL)
    return;
  if (!self->is_editable && gtk_widget_is_ancestor (focus, self->replacing))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else if (!can_replace && (focus == self->replace_button || focus == self->replace_all_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->replacement));
  else if (!self->can_step && (focus == self->previous_button || focus == self->next_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
update (OctavoFindBar *self)
{
  gboolean can_replace = self->is_editable && self->can_step;

  move_focus (self, can_replace);
  gtk_widget_set_sensitive (self->previous_button, self->can_step);
  gtk_widget_set_sensitive (self->next_button, self->can_step);
  gtk_widget_set_sensitive (self->replace_button, can_replace);
  gtk_widget_set_sensitive (self->replace_all_button, can_replace);
  gtk_widget_set_visible (GTK_WIDGET (self->replacing_button), self->is_editable);
  gtk_widget_set_visible (self->replacing, self->is_editable && gtk_toggle_button_get_active (self->replacing_button));
}

static void
on_replacing (OctavoFindBar *self)
{
  update (self);
  if (gtk_widget_get_visible (self->replacing))
    gtk_widget_grab_focus (GTK_WIDGET (self->replacement));
}

static void
octavo_find_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (octavo_find_bar_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, replacement);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, case_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, word_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, regex_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, replacing_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, previous_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, next_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, replacing);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, replace_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, replace_all_button);
  gtk_widget_class_bind_template_child (widget_class, OctavoFindBar, status);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_replace);
  gtk_widget_class_bind_template_callback (widget_class, on_replace_all);
  gtk_widget_class_bind_template_callback (widget_class, on_replacing);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_key);
}

static void
octavo_find_bar_class_init (OctavoFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = OCTAVO_TYPE_FIND_BAR;

  G_OBJECT_CLASS (klass)->dispose = octavo_find_bar_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STEP] =
      g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_REPLACE] =
      g_signal_new ("replace", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_CLOSE] = g_signal_new ("close", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "find.close", NULL, on_close_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "octavo-find-bar");
  g_type_ensure (OCTAVO_TYPE_WRAP_BOX);
  bind_template (widget_class);
}

static void
octavo_find_bar_init (OctavoFindBar *self)
{
  GtkToggleButton *buttons[3];

  self->is_editable = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  buttons[0] = self->case_button;
  buttons[1] = self->word_button;
  buttons[2] = self->regex_button;
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) /* later GTK would go by “Aa”, and not by the name */
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (buttons[i]), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  update (self);
}

/**
 * octavo_find_bar_new:
 *
 * Returns: (transfer floating): an empty bar
 */
GtkWidget *
octavo_find_bar_new (void)
{
  return g_object_new (OCTAVO_TYPE_FIND_BAR, NULL);
}

/**
 * octavo_find_bar_get_text:
 * @self: a bar
 *
 * Returns: (transfer none): what is to be found
 */
const char *
octavo_find_bar_get_text (OctavoFindBar *self)
{
  g_return_val_if_fail (OCTAVO_IS_FIND_BAR (self), "");
  return gtk_editable_get_text (self->entry);
}

/**
 * octavo_find_bar_set_text:
 * @self: a bar
 * @text: what is to be found, as it is; where a regular expression is asked for it becomes one
 */
void
octavo_find_bar_set_text (OctavoFindBar *self, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (OCTAVO_IS_FIND_BAR (self));

  if ((octavo_find_bar_get_flags (self) & OCTAVO_FIND_REGEX) != 0)
    escaped = g_regex_escape_string (text, -1);
  gtk_editable_set_text (self->entry, escaped != NULL ? escaped : text);
}

/**
 * octavo_find_bar_get_flags:
 * @self: a bar
 *
 * Returns: how it is to be found
 */
OctavoFindFlags
octavo_find_bar_get_flags (OctavoFindBar *self)
{
  OctavoFindFlags flags = 0;

  g_return_val_if_fail (OCTAVO_IS_FIND_BAR (self), 0);

  if (gtk_toggle_button_get_active (self->case_button))
    flags |= OCTAVO_FIND_CASE;
  if (gtk_toggle_button_get_active (self->word_button))
    flags |= OCTAVO_FIND_WORD;
  if (gtk_toggle_button_get_active (self->regex_button))
    flags |= OCTAVO_FIND_REGEX;
  return flags;
}

/**
 * octavo_find_bar_get_replacement:
 * @self: a bar
 *
 * Returns: (transfer none): what is to be put in its place
 */
const char *
octavo_find_bar_get_replacement (OctavoFindBar *self)
{
  g_return_val_if_fail (OCTAVO_IS_FIND_BAR (self), "");
  return gtk_editable_get_text (self->replacement);
}

/**
 * octavo_find_bar_set_editable:
 * @self: a bar
 * @is_editable: whether hits can be replaced
 */
void
octavo_find_bar_set_editable (OctavoFindBar *self, gboolean is_editable)
{
  g_return_if_fail (OCTAVO_IS_FIND_BAR (self));

  self->is_editable = is_editable;
  update (self);
}

/**
 * octavo_find_bar_set_can_step:
 * @self: a bar
 * @can_step: whether there are hits
 */
void
octavo_find_bar_set_can_step (OctavoFindBar *self, gboolean can_step)
{
  g_return_if_fail (OCTAVO_IS_FIND_BAR (self));

  self->can_step = can_step;
  update (self);
}

/**
 * octavo_find_bar_set_status:
 * @self: a bar
 * @text: what came of it
 * @is_problem: whether nothing did
 *
 * Shows how many hits there are, or what is wrong. It is the description of the entry as well, which a screen reader
 * reads where the focus is.
 */
void
octavo_find_bar_set_status (OctavoFindBar *self, const char *text, gboolean is_problem)
{
  g_return_if_fail (OCTAVO_IS_FIND_BAR (self));

  if (is_problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  if (g_str_equal (text, gtk_label_get_label (self->status)))
    return;
  gtk_label_set_label (self->status, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->replacement), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/**
 * octavo_find_bar_grab:
 * @self: a bar
 * @replace: whether something is to be replaced
 * @is_known: whether what to find is there already, and not what was looked for some other time
 *
 * Puts the focus where one types what to find, all of it selected; or, where that is known, what to put there instead.
 */
void
octavo_find_bar_grab (OctavoFindBar *self, gboolean replace, gboolean is_known)
{
  GtkEditable *entry;

  g_return_if_fail (OCTAVO_IS_FIND_BAR (self));

  if (replace && self->is_editable)
    gtk_toggle_button_set_active (self->replacing_button, TRUE);
  is_known = is_known && *octavo_find_bar_get_text (self) != '\0';
  entry = replace && self->is_editable && is_known ? self->replacement : self->entry;
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_select_region (entry, 0, -1);
}
