/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-linked-from.h"

#include "octavo-backlinks.h"
#include "octavo-link-follow.h"
#include "octavo-settings.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Asked for once the note rests open, and again once all notes rest: not while one goes through the list, nor at each
 * save of what is being typed. */

#define IS_OPEN  "linked-from-open"
#define MAX_ROWS 100
#define REST     300  /* milliseconds after a note was opened */
#define CALM     1500 /* after a note was changed, longer than a save takes to follow another */

struct _OctavoLinkedFrom
{
  GtkWidget parent_instance;

  OctavoStore *store;
  OctavoNoteBuffer *buffer;
  GCancellable *request;
  guint timer;
  GPtrArray *links; /* (element-type OctavoBacklink): what is shown; NULL where it is not known yet */
  gboolean has_more;
  gboolean wants_focus; /* once it is there */

  GtkWidget *box;
  GtkToggleButton *button;
  GtkImage *arrow;
  GtkLabel *label;
  GtkWidget *scroller;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (OctavoLinkedFrom, octavo_linked_from, GTK_TYPE_WIDGET)

static void schedule (OctavoLinkedFrom *self, guint rest);

static const OctavoBacklink *
get_link (OctavoLinkedFrom *self, guint position)
{
  return g_ptr_array_index (self->links, position);
}

static gboolean
is_same (OctavoLinkedFrom *self, GPtrArray *links, gboolean has_more)
{
  if (self->links == NULL || self->links->len != links->len || self->has_more != has_more)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      const OctavoBacklink *one = get_link (self, i);
      const OctavoBacklink *other = g_ptr_array_index (links, i);

      if (one->id != other->id || g_strcmp0 (one->title, other->title) != 0 || g_strcmp0 (one->line, other->line) != 0)
        return FALSE;
    }
  return TRUE;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (OctavoLinkedFrom *self, const OctavoBacklink *link)
{
  const char *title = *link->title != '\0' ? link->title : _ ("Untitled");
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), make_label (title, "heading"));
  gtk_box_append (GTK_BOX (box), make_label (link->line, "dim-label"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, link->line, -1);
  gtk_list_box_append (self->list, row);
}

static void
update_label (OctavoLinkedFrom *self)
{
  guint n = self->links != NULL ? self->links->len : 0;
  g_autofree char *text = NULL;

  if (self->has_more)
    text = g_strdup_printf (ngettext ("Linked from more than %'u note", "Linked from more than %'u notes", n), n);
  else
    text = g_strdup_printf (ngettext ("Linked from %'u note", "Linked from %'u notes", n), n);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (self->box, n > 0);
}

static void
fill (OctavoLinkedFrom *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    add_row (self, get_link (self, i));
}

static void
grab_row (OctavoLinkedFrom *self, gint64 id)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  for (guint i = 0; self->links != NULL && i < self->links->len; i++)
    if (get_link (self, i)->id == id)
      row = gtk_list_box_get_row_at_index (self->list, (int) i);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* The row that has the focus, or 0. */
static gint64
get_focused (OctavoLinkedFrom *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return row != NULL && gtk_widget_has_focus (row)
             ? get_link (self, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)))->id
             : 0;
}

/* links: (transfer full) (nullable) */
static void
show_links (OctavoLinkedFrom *self, GPtrArray *links, gboolean has_more)
{
  gint64 focused = get_focused (self);

  if (links != NULL && is_same (self, links, has_more))
    {
      g_ptr_array_unref (links);
      return;
    }
  g_clear_pointer (&self->links, g_ptr_array_unref);
  self->links = links;
  self->has_more = has_more;
  fill (self);
  update_label (self);
  if (focused != 0)
    grab_row (self, focused);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoLinkedFrom) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean has_more;
  GPtrArray *links = octavo_backlinks_find_finish (OCTAVO_STORE (source), result, &has_more, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&links, g_ptr_array_unref);
      return;
    }
  if (links == NULL)
    g_message ("Links to a note were not found: %s", error->message);
  g_clear_object (&self->request);
  show_links (self, links, links != NULL && has_more);
  if (self->wants_focus)
    octavo_linked_from_open (self);
  self->wants_focus = FALSE;
}

/* Its title as it is typed, and its aliases. */
static GStrv
list_titles (OctavoNoteBuffer *buffer)
{
  OctavoNote *note = octavo_note_buffer_get_note (buffer);
  g_autofree char *all =
      g_strjoin ("\n", octavo_note_buffer_get_title (buffer), note != NULL ? octavo_note_get_aliases (note) : "", NULL);

  return g_strsplit (all, "\n", -1);
}

static void
cancel (OctavoLinkedFrom *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

static void
find (OctavoLinkedFrom *self)
{
  g_autoptr (OctavoLinkMatch) match = NULL;
  g_auto (GStrv) titles = NULL;

  cancel (self);
  if (self->buffer == NULL || octavo_note_buffer_get_id (self->buffer) == 0)
    return;
  titles = list_titles (self->buffer);
  match = octavo_link_match_new (octavo_note_buffer_get_id (self->buffer), (const char *const *) titles);
  self->request = g_cancellable_new ();
  octavo_backlinks_find_async (self->store, match, MAX_ROWS, self->request, on_found, g_object_ref (self));
}

static gboolean
on_rested (gpointer data)
{
  OctavoLinkedFrom *self = data;

  self->timer = 0;
  find (self);
  return G_SOURCE_REMOVE;
}

/* What is not to be seen is not asked for. */
static void
schedule (OctavoLinkedFrom *self, guint rest)
{
  cancel (self);
  if (self->buffer != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = g_timeout_add (rest, on_rested, self);
}

static void
on_changed (OctavoLinkedFrom *self)
{
  schedule (self, CALM);
}

static void
on_toggled (OctavoLinkedFrom *self)
{
  gboolean is_open = gtk_toggle_button_get_active (self->button);
  GSettings *settings = octavo_settings_get ();

  gtk_widget_set_visible (self->scroller, is_open);
  gtk_image_set_from_icon_name (self->arrow, is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  if (settings != NULL)
    g_settings_set_boolean (settings, IS_OPEN, is_open);
}

static void
on_row_activated (OctavoLinkedFrom *self, GtkListBoxRow *row)
{
  const OctavoBacklink *found = get_link (self, (guint) gtk_list_box_row_get_index (row));
  const OctavoLink link = { .kind = OCTAVO_LINK_NOTE, .id = found->id };

  octavo_link_follow (GTK_WIDGET (self), &link);
}

static void
octavo_linked_from_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (octavo_linked_from_parent_class)->map (widget);
  schedule (OCTAVO_LINKED_FROM (widget), REST);
}

static void
octavo_linked_from_unmap (GtkWidget *widget)
{
  cancel (OCTAVO_LINKED_FROM (widget));
  GTK_WIDGET_CLASS (octavo_linked_from_parent_class)->unmap (widget);
}

static void
octavo_linked_from_dispose (GObject *object)
{
  OctavoLinkedFrom *self = OCTAVO_LINKED_FROM (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  cancel (self);
  g_clear_pointer (&child, gtk_widget_unparent);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  g_clear_object (&self->store);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  G_OBJECT_CLASS (octavo_linked_from_parent_class)->dispose (object);
}

static void
octavo_linked_from_class_init (OctavoLinkedFromClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = octavo_linked_from_dispose;
  widget_class->map = octavo_linked_from_map;
  widget_class->unmap = octavo_linked_from_unmap;

  g_type_ensure (ADW_TYPE_CLAMP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, APPLICATION_PATH "/ui/octavo-linked-from.ui");
  gtk_widget_class_bind_template_child (widget_class, OctavoLinkedFrom, box);
  gtk_widget_class_bind_template_child (widget_class, OctavoLinkedFrom, button);
  gtk_widget_class_bind_template_child (widget_class, OctavoLinkedFrom, arrow);
  gtk_widget_class_bind_template_child (widget_class, OctavoLinkedFrom, label);
  gtk_widget_class_bind_template_child (widget_class, OctavoLinkedFrom, scroller);
  gtk_widget_class_bind_template_child (widget_class, OctavoLinkedFrom, list);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
octavo_linked_from_init (OctavoLinkedFrom *self)
{
  GSettings *settings = octavo_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  if (settings != NULL)
    gtk_toggle_button_set_active (self->button, g_settings_get_boolean (settings, IS_OPEN));
}

/**
 * octavo_linked_from_set_store:
 * @self: a list
 * @store: the open store that has the notes; set once
 */
void
octavo_linked_from_set_store (OctavoLinkedFrom *self, OctavoStore *store)
{
  g_return_if_fail (OCTAVO_IS_LINKED_FROM (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

/**
 * octavo_linked_from_set_buffer:
 * @self: a list
 * @buffer: (nullable): the note that is open
 *
 * Turns to another note. What links to it is shown after a moment.
 */
void
octavo_linked_from_set_buffer (OctavoLinkedFrom *self, OctavoNoteBuffer *buffer)
{
  g_return_if_fail (OCTAVO_IS_LINKED_FROM (self));

  if (buffer == self->buffer)
    return;
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_set_object (&self->buffer, buffer);
  if (buffer != NULL)
    {
      g_signal_connect_object (buffer, "notify::title", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (buffer, "notify::id", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
    }
  self->wants_focus = FALSE;
  show_links (self, NULL, FALSE);
  schedule (self, REST);
}

/**
 * octavo_linked_from_open:
 * @self: a list
 *
 * Opens the list, and puts the focus into it; as soon as it is known what is in it.
 *
 * Returns: whether there is something in it, or it is not known yet
 */
gboolean
octavo_linked_from_open (OctavoLinkedFrom *self)
{
  g_return_val_if_fail (OCTAVO_IS_LINKED_FROM (self), FALSE);

  if (self->links == NULL)
    {
      self->wants_focus = TRUE;
      find (self);
      return TRUE;
    }
  if (self->links->len == 0)
    return FALSE;
  gtk_toggle_button_set_active (self->button, TRUE);
  grab_row (self, 0);
  return TRUE;
}
