/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-tag-bar.h"

#include "octavo-tag-completion.h"
#include "octavo-tag-pill.h"
#include "octavo-tag.h"
#include "octavo-wrap-box.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* All of it can be done by keyboard: a name and Return adds, Backspace in the empty entry takes the last away, and each
 * tag is a button that one can reach and press, or delete. */

struct _OctavoTagBar
{
  GtkWidget parent_instance;

  GStrv tags;
  gboolean is_editable;
  GtkWidget *box;
  GtkWidget *flow;
  GtkEntry *entry;
  GtkLabel *problem;
  OctavoTagCompletion *completion;
  GListModel *all_tags; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (OctavoTagBar, octavo_tag_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_EDITABLE,
  N_PROPS
};

enum
{
  SIGNAL_ADD,
  SIGNAL_REMOVE,
  SIGNAL_LEAVE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
remove_tag (OctavoTagBar *self, const char *name)
{
  g_autofree char *copy = g_strdup (name);

  if (self->is_editable)
    g_signal_emit (self, signals[SIGNAL_REMOVE], 0, copy);
}

static void
on_pill_clicked (OctavoTagBar *self, OctavoTagPill *pill)
{
  remove_tag (self, octavo_tag_pill_get_name (pill));
}

static gboolean
on_pill_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType modifiers, OctavoTagBar *self)
{
  if (key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete && key != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  remove_tag (self, octavo_tag_pill_get_name (
                        OCTAVO_TAG_PILL (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys)))));
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_pill (OctavoTagBar *self, const char *name)
{
  GtkWidget *pill = octavo_tag_pill_new (name);
  GtkEventController *keys = gtk_event_controller_key_new ();

  octavo_tag_pill_set_tags (OCTAVO_TAG_PILL (pill), self->all_tags);
  g_signal_connect_swapped (pill, "clicked", G_CALLBACK (on_pill_clicked), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_pill_key), self);
  gtk_widget_add_controller (pill, keys);
  gtk_widget_set_sensitive (pill, self->is_editable);
  return pill;
}

static gboolean
has_tag (OctavoTagBar *self, const char *name)
{
  g_autofree char *folded = octavo_tag_fold_name (name);

  for (gsize i = 0; self->tags[i] != NULL; i++)
    {
      g_autofree char *other = octavo_tag_fold_name (self->tags[i]);

      if (strcmp (folded, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
set_entry (OctavoTagBar *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* Several names at once, with commas between them. What cannot be a name stays in the entry, and why is said. */
static void
add_names (OctavoTagBar *self, const char *typed)
{
  g_auto (GStrv) names = g_strsplit (typed, ",", -1);
  g_autoptr (GString) left = g_string_new (NULL);
  g_autoptr (GError) first = NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      name = octavo_tag_normalize_name (names[i], &error);
      if (name == NULL)
        {
          g_string_append_printf (left, "%s%s", left->len > 0 ? ", " : "", names[i]);
          if (first == NULL)
            first = g_steal_pointer (&error);
        }
      else if (!has_tag (self, name))
        g_signal_emit (self, signals[SIGNAL_ADD], 0, name);
    }

  if (first != NULL)
    octavo_tag_bar_show_problem (self, left->str, first->message);
  else
    octavo_tag_bar_clear (self);
}

static void
on_activate (OctavoTagBar *self)
{
  const char *selected = octavo_tag_completion_get_selected (self->completion);
  g_autofree char *typed = g_strdup (selected != NULL ? selected : gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (*typed == '\0')
    g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
  else
    add_names (self, typed);
}

static void
on_chosen (OctavoTagBar *self, const char *name)
{
  add_names (self, name);
}

static void
on_typed (OctavoTagBar *self)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  if (g_str_has_suffix (typed, ","))
    add_names (self, typed);
  else
    octavo_tag_completion_offer (self->completion, typed, (const char *const *) self->tags);
}

/* Goes from the start of the entry to the tag before it. */
static gboolean
go_to_last_pill (OctavoTagBar *self, guint key)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_back =
      is_mirrored ? key == GDK_KEY_Right || key == GDK_KEY_KP_Right : key == GDK_KEY_Left || key == GDK_KEY_KP_Left;
  GtkWidget *pill = gtk_widget_get_prev_sibling (GTK_WIDGET (self->entry));

  return is_back && pill != NULL && gtk_editable_get_position (GTK_EDITABLE (self->entry)) == 0 &&
         !gtk_editable_get_selection_bounds (GTK_EDITABLE (self->entry), NULL, NULL) && gtk_widget_grab_focus (pill);
}

static gboolean
on_entry_key (OctavoTagBar *self, guint key, guint code, GdkModifierType modifiers)
{
  gboolean is_empty = gtk_entry_get_text_length (self->entry) == 0;
  guint n = g_strv_length (self->tags);

  switch (key)
    {
    case GDK_KEY_BackSpace:
      if (!is_empty || n == 0)
        return GDK_EVENT_PROPAGATE;
      remove_tag (self, self->tags[n - 1]);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (octavo_tag_completion_move (self->completion, 1))
        return GDK_EVENT_STOP;
      g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return octavo_tag_completion_move (self->completion, -1) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return (modifiers & gtk_accelerator_get_default_mod_mask ()) == 0 && go_to_last_pill (self, key)
                 ? GDK_EVENT_STOP
                 : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Escape:
      if (!is_empty)
        octavo_tag_bar_clear (self);
      else
        g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_entry_left (OctavoTagBar *self)
{
  octavo_tag_completion_offer (self->completion, "", NULL);
}

static GtkSizeRequestMode
octavo_tag_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
octavo_tag_bar_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  gtk_widget_measure (OCTAVO_TAG_BAR (widget)->box, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

/* The popover has no part in the layout, and has to be told when what it points to moves. */
static void
octavo_tag_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OctavoTagBar *self = OCTAVO_TAG_BAR (widget);
  graphene_rect_t bounds;

  gtk_widget_size_allocate (self->box, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (gtk_widget_compute_bounds (GTK_WIDGET (self->entry), widget, &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->completion),
                                 &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                                  (int) bounds.size.height });
  gtk_popover_present (GTK_POPOVER (self->completion));
}

static gboolean
octavo_tag_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (OCTAVO_TAG_BAR (widget)->entry));
}

static void
octavo_tag_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_EDITABLE:
      g_value_set_boolean (value, octavo_tag_bar_get_editable (OCTAVO_TAG_BAR (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_tag_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_EDITABLE:
      octavo_tag_bar_set_editable (OCTAVO_TAG_BAR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
octavo_tag_bar_dispose (GObject *object)
{
  OctavoTagBar *self = OCTAVO_TAG_BAR (object);

  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->all_tags);
  G_OBJECT_CLASS (octavo_tag_bar_parent_class)->dispose (object);
}

static void
octavo_tag_bar_finalize (GObject *object)
{
  g_strfreev (OCTAVO_TAG_BAR (object)->tags);
  G_OBJECT_CLASS (octavo_tag_bar_parent_class)->finalize (object);
}

static void
octavo_tag_bar_class_init (OctavoTagBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = octavo_tag_bar_get_property;
  object_class->set_property = octavo_tag_bar_set_property;
  object_class->dispose = octavo_tag_bar_dispose;
  object_class->finalize = octavo_tag_bar_finalize;
  widget_class->get_request_mode = octavo_tag_bar_get_request_mode;
  widget_class->measure = octavo_tag_bar_measure;
  widget_class->size_allocate = octavo_tag_bar_size_allocate;
  widget_class->grab_focus = octavo_tag_bar_grab_focus;

  properties[PROP_EDITABLE] =
      g_param_spec_boolean ("editable", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ADD] =
      g_signal_new ("add", OCTAVO_TYPE_TAG_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", OCTAVO_TYPE_TAG_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LEAVE] =
      g_signal_new ("leave", OCTAVO_TYPE_TAG_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (OCTAVO_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-tag-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoTagBar, box);
  gtk_widget_class_bind_template_child (widget_class, OctavoTagBar, flow);
  gtk_widget_class_bind_template_child (widget_class, OctavoTagBar, entry);
  gtk_widget_class_bind_template_child (widget_class, OctavoTagBar, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_key);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_left);
}

static void
octavo_tag_bar_init (OctavoTagBar *self)
{
  self->is_editable = TRUE;
  self->tags = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->completion = OCTAVO_TAG_COMPLETION (octavo_tag_completion_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->completion), GTK_WIDGET (self));
  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (on_chosen), self);
}

/**
 * octavo_tag_bar_new:
 *
 * Returns: (transfer floating): a bar without tags
 */
GtkWidget *
octavo_tag_bar_new (void)
{
  return g_object_new (OCTAVO_TYPE_TAG_BAR, NULL);
}

/* Where the focus goes when what it was on is replaced: to the tag that is now in that place, or the entry. */
static int
find_focus (OctavoTagBar *self)
{
  int position = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->flow); child != NULL && child != GTK_WIDGET (self->entry);
       child = gtk_widget_get_next_sibling (child), position++)
    if (gtk_widget_is_focus (child))
      return position;
  return -1;
}

/**
 * octavo_tag_bar_set_tags:
 * @self: a bar
 * @tags: the names of the tags, in order
 *
 * Shows these tags.
 */
void
octavo_tag_bar_set_tags (OctavoTagBar *self, const char *const *tags)
{
  GtkWidget *child, *to_focus = NULL;
  int focus;

  g_return_if_fail (OCTAVO_IS_TAG_BAR (self));
  g_return_if_fail (tags != NULL);

  if (g_strv_equal (tags, (const char *const *) self->tags))
    return;
  focus = find_focus (self);
  g_strfreev (self->tags);
  self->tags = g_strdupv ((char **) tags);

  if (focus >= 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  while ((child = gtk_widget_get_first_child (self->flow)) != GTK_WIDGET (self->entry))
    gtk_widget_unparent (child);
  for (int i = 0; tags[i] != NULL; i++)
    {
      child = make_pill (self, tags[i]);
      gtk_widget_insert_before (child, self->flow, GTK_WIDGET (self->entry));
      if (i == focus)
        to_focus = child;
    }
  if (to_focus != NULL)
    gtk_widget_grab_focus (to_focus);
}

/**
 * octavo_tag_bar_get_tags:
 * @self: a bar
 *
 * Returns: (transfer none): the tags it shows
 */
const char *const *
octavo_tag_bar_get_tags (OctavoTagBar *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG_BAR (self), NULL);
  return (const char *const *) self->tags;
}

/**
 * octavo_tag_bar_set_completions:
 * @self: a bar
 * @tags: (nullable) (element-type OctavoTag): the tags there are
 *
 * Sets what is offered while a name is typed.
 */
void
octavo_tag_bar_set_completions (OctavoTagBar *self, GListModel *tags)
{
  g_return_if_fail (OCTAVO_IS_TAG_BAR (self));
  octavo_tag_completion_set_tags (self->completion, tags);
  g_set_object (&self->all_tags, tags);
  for (GtkWidget *child = gtk_widget_get_first_child (self->flow); child; child = gtk_widget_get_next_sibling (child))
    if (OCTAVO_IS_TAG_PILL (child))
      octavo_tag_pill_set_tags (OCTAVO_TAG_PILL (child), tags);
}

/**
 * octavo_tag_bar_set_editable:
 * @self: a bar
 * @editable: whether tags can be added and removed
 */
void
octavo_tag_bar_set_editable (OctavoTagBar *self, gboolean editable)
{
  g_return_if_fail (OCTAVO_IS_TAG_BAR (self));

  if (self->is_editable == !!editable)
    return;
  self->is_editable = !!editable;
  for (GtkWidget *child = gtk_widget_get_first_child (self->flow); child; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_sensitive (child, self->is_editable);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), self->is_editable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

/**
 * octavo_tag_bar_get_editable:
 * @self: a bar
 *
 * Returns: whether tags can be added and removed
 */
gboolean
octavo_tag_bar_get_editable (OctavoTagBar *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG_BAR (self), FALSE);
  return self->is_editable;
}

/**
 * octavo_tag_bar_show_problem:
 * @self: a bar
 * @name: (nullable): what could not be added, to be put back where it can be corrected
 * @message: why, in words for a person
 *
 * Says what went wrong, where it was typed, until something else is.
 */
void
octavo_tag_bar_show_problem (OctavoTagBar *self, const char *name, const char *message)
{
  g_return_if_fail (OCTAVO_IS_TAG_BAR (self));

  if (name != NULL)
    set_entry (self, name);
  octavo_tag_completion_offer (self->completion, "", NULL);
  gtk_label_set_text (self->problem, message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
}

/**
 * octavo_tag_bar_clear:
 * @self: a bar
 *
 * Empties the entry, and takes back what was said.
 */
void
octavo_tag_bar_clear (OctavoTagBar *self)
{
  g_return_if_fail (OCTAVO_IS_TAG_BAR (self));

  set_entry (self, "");
  on_typed (self);
}

/**
 * octavo_tag_bar_take:
 * @self: a bar
 *
 * Adds what was typed, as Return does: the window is about to close.
 */
void
octavo_tag_bar_take (OctavoTagBar *self)
{
  g_return_if_fail (OCTAVO_IS_TAG_BAR (self));

  if (self->is_editable)
    add_names (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}
