/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>

#include "octavo-note-properties.h"

#include "octavo-note-repository.h"
#include "octavo-origin-repository.h"
#include "octavo-task.h"
#include "octavo-text-count.h"
#include "octavo-transient.h"

#include <string.h>

/* Read and counted on a thread, as a note may be large. */
typedef struct
{
  OctavoNoteRepository *notes;
  OctavoOriginRepository *origins;
  gint64 id;
  OctavoNoteValues *values; /* NULL: the note is gone */
  OctavoTextCount count;
  char *location;
} Facts;

struct _OctavoNoteProperties
{
  AdwPreferencesWindow parent_instance;

  GtkWidget *group;
};

G_DEFINE_FINAL_TYPE (OctavoNoteProperties, octavo_note_properties, ADW_TYPE_PREFERENCES_WINDOW)

static void
facts_free (Facts *self)
{
  g_object_unref (self->notes);
  g_object_unref (self->origins);
  g_clear_pointer (&self->values, octavo_note_values_free);
  g_free (self->location);
  g_free (self);
}

/* What is shown of the note outlives the reading of it. */
static gboolean
take_values (OctavoNoteValues *values, gpointer data)
{
  Facts *facts = data;

  octavo_text_count_add (&facts->count, values->body, (gssize) strlen (values->body));
  facts->values = octavo_note_values_new ();
  facts->values->id = values->id;
  facts->values->created = values->created;
  facts->values->updated = values->updated;
  facts->values->trashed = values->trashed;
  facts->values->title = g_steal_pointer (&values->title);
  facts->values->user_name = g_steal_pointer (&values->user_name);
  facts->values->tags = g_steal_pointer (&values->tags);
  return FALSE;
}

static gboolean
find_out (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Facts *facts = data;

  return octavo_note_repository_foreach (facts->notes, &facts->id, 1, TRUE, take_values, facts, cancellable, error) &&
         octavo_origin_repository_find_location (facts->origins, facts->id, &facts->location, error);
}

static void
add_row (OctavoNoteProperties *self, const char *name, const char *value)
{
  g_autofree char *safe = g_markup_escape_text (value, -1);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
}

static void
add_time (OctavoNoteProperties *self, const char *name, gint64 when)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (when / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%c") : NULL;

  if (text != NULL)
    add_row (self, name, text);
}

static void
add_number (OctavoNoteProperties *self, const char *name, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, number);

  add_row (self, name, text);
}

/* A group without a heading has a list without a name. */
static void
name_list (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Properties"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    name_list (child);
}

static void
show (OctavoNoteProperties *self, const Facts *facts)
{
  const OctavoNoteValues *values = facts->values;
  g_autofree char *tags = values->tags != NULL ? g_strjoinv (", ", values->tags) : g_strdup ("");
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, values->id);
  g_autofree char *link = g_strdup_printf ("[[%s]]", values->title);

  add_time (self, _ ("Created"), values->created);
  add_time (self, _ ("Changed"), values->updated);
  if (values->trashed != 0)
    add_time (self, _ ("Moved to the Trash"), values->trashed);
  add_number (self, _ ("Words"), facts->count.words);
  add_number (self, _ ("Characters"), facts->count.characters);
  if (values->user_name != NULL)
    add_row (self, _ ("User"), values->user_name);
  add_row (self, _ ("Tags"), *tags != '\0' ? tags : C_ ("tags", "None"));
  if (facts->location != NULL)
    add_row (self, _ ("Imported From"), facts->location);
  if (*values->title != '\0')
    add_row (self, _ ("Link to It"), link);
  add_row (self, _ ("Number, for the Command Line"), id);
}

static void
on_found_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OctavoNoteProperties) self = data;
  Facts *facts = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), error->message);
  else if (facts->values == NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), _ ("The note was deleted."));
  else
    show (self, facts);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
octavo_note_properties_class_init (OctavoNotePropertiesClass *klass)
{
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
octavo_note_properties_init (OctavoNoteProperties *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  self->group = adw_preferences_group_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->group));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  name_list (self->group);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Properties"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Properties"), -1);
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 560);
}

/**
 * octavo_note_properties_present:
 * @over: a window
 * @store: the open store
 * @id: a note
 *
 * Shows what there is to know about a note, once that was found out.
 */
void
octavo_note_properties_present (GtkWindow *over, OctavoStore *store, gint64 id)
{
  OctavoNoteProperties *self;
  GTask *task;
  Facts *facts;

  g_return_if_fail (OCTAVO_IS_STORE (store));

  self = g_object_new (OCTAVO_TYPE_NOTE_PROPERTIES, "modal", TRUE, NULL);
  octavo_transient_set_over (GTK_WINDOW (self), over);
  facts = g_new0 (Facts, 1);
  facts->notes = g_object_ref (octavo_store_get_notes (store));
  facts->origins = g_object_ref (octavo_store_get_origins (store));
  facts->id = id;
  task = g_task_new (store, NULL, on_found_out, g_object_ref (self));
  g_task_set_task_data (task, facts, (GDestroyNotify) facts_free);
  octavo_task_run_in_thread (task, find_out);
  gtk_window_present (GTK_WINDOW (self));
}
