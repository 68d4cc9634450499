/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "octavo-actions.h"

/* One table says what can be done, and by which key; the accelerators, the keys of the list, the shortcuts window and
 * the list of commands are made from it, so none of them can lag behind another. */
static const OctavoAction actions[] = {
  { N_ ("Notes"), N_ ("New note"), "win.new-note", "<Control>n", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Quick note, in a small window"), "app.new-note", "", OCTAVO_KEYS_NONE },
  { N_ ("Notes"), N_ ("Jump to a note, or make it"), "win.jump", "<Control>k", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Search all notes"), "win.search", "<Control><Shift>f", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Go back"), "win.go-back", "<Alt>Left", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Go forward"), "win.go-forward", "<Alt>Right", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Save this search"), "win.save-search", "", OCTAVO_KEYS_NONE },
  { N_ ("Notes"), N_ ("Previous note"), "win.previous-note", "<Control>Page_Up", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Next note"), "win.next-note", "<Control>Page_Down", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Import a folder"), "win.import", "<Control>o", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Import files"), "win.import-files", "", OCTAVO_KEYS_NONE },
  { N_ ("Notes"), N_ ("Export all notes"), "win.export", "<Control><Shift>s", OCTAVO_KEYS_WINDOW },
  { N_ ("Notes"), N_ ("Export the notes of this place"), "win.export-place", "", OCTAVO_KEYS_NONE },
  { N_ ("Notes"), N_ ("Backups"), "win.backups", "", OCTAVO_KEYS_NONE },
  { N_ ("Notes"), N_ ("Undo the return to a backup"), "win.undo-backup", "", OCTAVO_KEYS_NONE },
  { N_ ("Notes"), N_ ("Stop the import or export"), "win.cancel-exchange", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Rename"), "win.rename", "F2", OCTAVO_KEYS_WINDOW },
  { N_ ("This Note"), N_ ("Edit tags"), "win.edit-tags", "<Control>t", OCTAVO_KEYS_WINDOW },
  { N_ ("This Note"), N_ ("Show which notes link to it"), "win.linked-from", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Update the links to its new title"), "win.update-links", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Pin or unpin"), "win.pin", "<Control>d", OCTAVO_KEYS_WINDOW },
  { N_ ("This Note"), N_ ("Read the note, or write in it"), "win.reading", "<Control><Shift>m", OCTAVO_KEYS_WINDOW },
  { N_ ("This Note"), N_ ("Show in the list"), "win.show-in-list", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Copy the text"), "win.copy-note", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Copy a link to this note"), "win.copy-note-link", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Print"), "win.print", "<Control>p", OCTAVO_KEYS_WINDOW },
  { N_ ("This Note"), N_ ("Export as PDF"), "win.export-pdf", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Properties"), "win.properties", "<Alt>Return", OCTAVO_KEYS_WINDOW },
  { N_ ("This Note"), N_ ("Earlier versions"), "win.versions", "<Control><Shift>h", OCTAVO_KEYS_WINDOW },
  { N_ ("This Note"), N_ ("Export this note"), "win.export-note", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Restore from the trash"), "win.restore", "", OCTAVO_KEYS_NONE },
  { N_ ("This Note"), N_ ("Undo"), "text.undo", "<Control>z", OCTAVO_KEYS_WIDGET },
  { N_ ("This Note"), N_ ("Redo"), "text.redo", "<Control><Shift>z", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Find in the note"), "win.find", "<Control>f", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Replace in the note"), "win.replace", "<Control>h", OCTAVO_KEYS_WINDOW },
  { N_ ("In the Text"), N_ ("Next match"), "win.find-next", "<Control>g F3", OCTAVO_KEYS_WINDOW },
  { N_ ("In the Text"), N_ ("Previous match"), "win.find-previous", "<Control><Shift>g <Shift>F3", OCTAVO_KEYS_WINDOW },
  { N_ ("In the Text"), N_ ("Check spelling"), "win.check-spelling", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Text"), N_ ("Bold"), "markdown.strong", "<Control>b", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Italic"), "markdown.emphasis", "<Control>i", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Strikethrough"), "markdown.strikethrough", "<Control><Shift>x", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Code"), "markdown.code", "<Control>e", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Link"), "markdown.link", "<Control>l", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Heading 1"), "markdown.heading(1)", "<Control>1", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Heading 2"), "markdown.heading(2)", "<Control>2", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Heading 3"), "markdown.heading(3)", "<Control>3", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Heading 4"), "markdown.heading(4)", "<Control>4", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Heading 5"), "markdown.heading(5)", "<Control>5", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Heading 6"), "markdown.heading(6)", "<Control>6", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Bullets"), "markdown.bullets", "<Control><Shift>8", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Numbers"), "markdown.numbers", "<Control><Shift>7", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Checklist"), "markdown.checklist", "<Control><Shift>l", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Tick the task, or open the link, at the cursor"), "markdown.tick", "<Control>Return",
    OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Open the link"), "markdown.open-link", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Text"), N_ ("Copy the link"), "markdown.copy-link", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Text"), N_ ("Put the item into the one before"), "markdown.indent", "Tab", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Take the item out of the one it is in"), "markdown.outdent", "<Shift>Tab",
    OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Move the lines up"), "markdown.move-up", "<Alt>Up", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Move the lines down"), "markdown.move-down", "<Alt>Down", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Text"), N_ ("Insert the date"), "markdown.date", "<Control><Shift>t", OCTAVO_KEYS_WIDGET },
  { N_ ("In the List"), N_ ("Write in the selected note"), NULL, "Return", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Open in a window of its own"), "win.open-window", "<Control>Return", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Search"), "win.search", "<Control>f", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Leave the search and empty it"), "win.leave-search", "Escape", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Move to the trash"), "win.trash", "Delete", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Delete for ever, in the trash"), "win.delete", "<Shift>Delete", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Undo what was done to notes"), "win.undo", "<Control>z", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Select all"), "win.select-all", "<Control>a", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Select one more, or one less"), NULL, "<Shift>Down", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Select this one too, or not"), NULL, "<Control>space", OCTAVO_KEYS_LIST },
  { N_ ("In the List"), N_ ("Merge the selected notes into one"), "win.merge", "", OCTAVO_KEYS_NONE },
  { N_ ("In the List"), N_ ("Sort by last change"), "win.sort::updated", "", OCTAVO_KEYS_NONE },
  { N_ ("In the List"), N_ ("Sort by creation"), "win.sort::created", "", OCTAVO_KEYS_NONE },
  { N_ ("In the List"), N_ ("Sort by title"), "win.sort::title", "", OCTAVO_KEYS_NONE },
  { N_ ("In the List"), N_ ("Sort a search by relevance"), "win.sort::relevance", "", OCTAVO_KEYS_NONE },
  { N_ ("In the List"), N_ ("Group by date"), "win.group-notes", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Show what is under a tag"), NULL, "Right plus", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Sidebar"), N_ ("Hide what is under a tag"), NULL, "Left minus", OCTAVO_KEYS_WIDGET },
  { N_ ("In the Sidebar"), N_ ("Rename the tag, or edit the search"), "win.rename-place", "F2", OCTAVO_KEYS_SIDEBAR },
  { N_ ("In the Sidebar"), N_ ("Delete the tag or the search"), "win.delete-place", "Delete", OCTAVO_KEYS_SIDEBAR },
  { N_ ("In the Sidebar"), N_ ("Undo what was done last"), "win.undo", "<Control>z", OCTAVO_KEYS_SIDEBAR },
  { N_ ("In the Sidebar"), N_ ("Give the tag no colour"), "win.tag-color::", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Give the tag the colour red"), "win.tag-color::red", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Give the tag the colour orange"), "win.tag-color::orange", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Give the tag the colour yellow"), "win.tag-color::yellow", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Give the tag the colour green"), "win.tag-color::green", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Give the tag the colour blue"), "win.tag-color::blue", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Give the tag the colour purple"), "win.tag-color::purple", "", OCTAVO_KEYS_NONE },
  { N_ ("In the Sidebar"), N_ ("Give the tag the colour brown"), "win.tag-color::brown", "", OCTAVO_KEYS_NONE },
  { N_ ("Users"), N_ ("Notes of the first user, the second, …"), "win.switch-user",
    "<Control><Alt>1 <Control><Alt>2 <Control><Alt>3 <Control><Alt>4 <Control><Alt>5 <Control><Alt>6 "
    "<Control><Alt>7 <Control><Alt>8 <Control><Alt>9",
    OCTAVO_KEYS_NUMBERED },
  { N_ ("Users"), N_ ("Add a user"), "win.add-user", "", OCTAVO_KEYS_NONE },
  { N_ ("Users"), N_ ("Edit the user"), "win.edit-user", "", OCTAVO_KEYS_NONE },
  { N_ ("Users"), N_ ("Delete the user"), "win.delete-user", "", OCTAVO_KEYS_NONE },
  { N_ ("Users"), N_ ("Give notes to another user"), "win.give-notes", "", OCTAVO_KEYS_NONE },
  { N_ ("Window"), N_ ("Commands"), OCTAVO_ACTION_COMMANDS, "<Control><Shift>p", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Recent changes, to undo them"), "win.recent-changes", "<Control><Alt>z", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Next pane"), "win.next-pane", "F6", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Sidebar"), "win.sidebar", "F9", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Larger text"), "win.zoom-in", "<Control>plus <Control>equal <Control>KP_Add",
    OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Smaller text"), "win.zoom-out", "<Control>minus <Control>KP_Subtract", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Text of its usual size"), "win.zoom-normal", "<Control>0 <Control>KP_0", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Nothing but the text"), "win.focus-mode", "<Shift>F11", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Full screen"), "win.fullscreen", "F11", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Main menu"), "win.main-menu", "F10", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Context menu"), NULL, "<Shift>F10 Menu", OCTAVO_KEYS_WIDGET },
  { N_ ("Window"), N_ ("New window"), "win.new-window", "<Control><Shift>n", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Preferences"), "win.preferences", "<Control>comma", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Keyboard shortcuts"), "win.shortcuts", "<Control>question", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Help"), "win.help", "F1", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Show the welcome note"), "win.welcome", "", OCTAVO_KEYS_NONE },
  { N_ ("Window"), N_ ("About Octavo"), "win.about", "", OCTAVO_KEYS_NONE },
  { N_ ("Window"), N_ ("Close the window"), "window.close", "<Control>w", OCTAVO_KEYS_WINDOW },
  { N_ ("Window"), N_ ("Quit"), "app.quit", "<Control>q", OCTAVO_KEYS_WINDOW },
};

/**
 * octavo_actions_get:
 * @n_actions: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_actions): the table of keys
 */
const OctavoAction *
octavo_actions_get (gsize *n_actions)
{
  g_return_val_if_fail (n_actions != NULL, NULL);

  *n_actions = G_N_ELEMENTS (actions);
  return actions;
}

/**
 * octavo_window_install_accels:
 * @application: the application whose windows are to hear them
 *
 * Makes the keys of the table that are heard everywhere accelerators of the application.
 */
void
octavo_window_install_accels (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_auto (GStrv) keys = g_strsplit (actions[i].keys, " ", -1);

      if (actions[i].place == OCTAVO_KEYS_WINDOW)
        gtk_application_set_accels_for_action (application, actions[i].action, (const char *const *) keys);
      for (guint j = 0; actions[i].place == OCTAVO_KEYS_NUMBERED && keys[j] != NULL; j++)
        {
          const char *const key[] = { keys[j], NULL };
          g_autofree char *action = g_strdup_printf ("%s(%u)", actions[i].action, j + 1);

          gtk_application_set_accels_for_action (application, action, key);
        }
    }
}

/**
 * octavo_action_make_shortcut:
 * @self: an action of the table, with keys
 *
 * Returns: (transfer full): what does it by its keys
 */
GtkShortcut *
octavo_action_make_shortcut (const OctavoAction *self)
{
  g_autofree char *trigger = g_strdelimit (g_strdup (self->keys), " ", '|');

  return gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_named_action_new (self->action));
}

/**
 * octavo_actions_make_shortcuts:
 * @place: a place
 *
 * Makes what hears the keys of a place.
 *
 * Returns: (transfer full): a controller to add to it
 */
GtkEventController *
octavo_actions_make_shortcuts (OctavoKeysPlace place)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].place == place && actions[i].action != NULL)
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            octavo_action_make_shortcut (&actions[i]));

  return controller;
}

/* Keys that are numbered are shown as a range. */
static char *
dup_shown_keys (const OctavoAction *action)
{
  const char *first_end = strchr (action->keys, ' ');
  const char *last = strrchr (action->keys, ' ');

  if (action->place != OCTAVO_KEYS_NUMBERED || last == NULL)
    return g_strdup (action->keys);
  return g_strdup_printf ("%.*s...%s", (int) (first_end - action->keys), action->keys, last + 1);
}

static void
append_shortcut (GString *xml, const OctavoAction *action)
{
  g_autofree char *title = g_markup_escape_text (_ (action->title), -1);
  g_autofree char *shown = dup_shown_keys (action);
  g_autofree char *keys = g_markup_escape_text (shown, -1);

  g_string_append_printf (xml,
                          "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
                          "<property name='accelerator'>%s</property></object></child>",
                          title, keys);
}

/* GTK gives the button that opens the search an icon and no name. */
static void
name_search_button (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search"), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search_button (child);
}

/**
 * octavo_actions_make_shortcuts_window:
 *
 * Makes the window that shows every key of the table, in the table's order and groups.
 *
 * Returns: (transfer full): a #GtkShortcutsWindow
 */
GtkWidget *
octavo_actions_make_shortcuts_window (void)
{
  g_autoptr (GString) xml = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                                          "<property name='modal'>1</property>"
                                          "<child><object class='GtkShortcutsSection'>"
                                          "<property name='section-name'>all</property>"
                                          "<property name='max-height'>17</property>");
  g_autoptr (GtkBuilder) builder = NULL;
  const char *group = NULL;
  GtkWidget *window;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (actions[i].place == OCTAVO_KEYS_NONE)
        continue;
      if (g_strcmp0 (group, actions[i].group) != 0)
        {
          g_autofree char *title = g_markup_escape_text (_ (actions[i].group), -1);

          if (group != NULL)
            g_string_append (xml, "</object></child>");
          g_string_append_printf (xml, "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>",
                                  title);
          group = actions[i].group;
        }
      append_shortcut (xml, &actions[i]);
    }
  g_string_append (xml, "</object></child></object></child></object></interface>");

  builder = gtk_builder_new_from_string (xml->str, -1);
  window = GTK_WIDGET (g_object_ref (gtk_builder_get_object (builder, "window")));
  gtk_window_set_title (GTK_WINDOW (window), _ ("Keyboard Shortcuts"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Keyboard Shortcuts"), -1);
  name_search_button (gtk_window_get_titlebar (GTK_WINDOW (window)));
  return window;
}
