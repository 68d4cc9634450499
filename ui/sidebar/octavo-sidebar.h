/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "octavo-saved-search.h"
#include "octavo-store.h"
#include "octavo-tag.h"

G_BEGIN_DECLS

/* The left pane: the places where notes are, with how many there are, and the main menu.
 *
 * Properties: "store" (OctavoStore, construct only), "place-name" (what the chosen place is called; notifies for its
 * colour, too; read only), "show-end-title-buttons". Signals: "scope-changed" () when another place was chosen;
 * "activated" () when it is to be gone to, by Return or a double click; "clicked" () by a click; "menu-closed" (): the
 * main menu was; "notes-dropped" (OctavoNoteDrag, OctavoTag): on a tag, or on the trash, which is no tag; "tag-dropped"
 * (OctavoTag moved, OctavoTag): on a tag. */
#define OCTAVO_TYPE_SIDEBAR (octavo_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSidebar, octavo_sidebar, OCTAVO, SIDEBAR, GtkWidget)

void               octavo_sidebar_fill (OctavoSidebar *self);
const OctavoScope *octavo_sidebar_get_scope (OctavoSidebar *self);
gboolean           octavo_sidebar_set_scope (OctavoSidebar *self, const OctavoScope *scope);
OctavoTag         *octavo_sidebar_get_tag (OctavoSidebar *self);
OctavoSavedSearch *octavo_sidebar_get_search (OctavoSidebar *self);
void               octavo_sidebar_choose_search (OctavoSidebar *self, gint64 id);
void               octavo_sidebar_choose_tag (OctavoSidebar *self, const char *name);
void               octavo_sidebar_set_user (OctavoSidebar *self, gint64 user_id);
void               octavo_sidebar_set_title_widget (OctavoSidebar *self, GtkWidget *widget);
const char        *octavo_sidebar_get_place_name (OctavoSidebar *self);
gint64             octavo_sidebar_get_n_notes (OctavoSidebar *self);

gboolean           octavo_sidebar_has_focus (OctavoSidebar *self);
void               octavo_sidebar_grab_list (OctavoSidebar *self);
void               octavo_sidebar_open_menu (OctavoSidebar *self);
gboolean           octavo_sidebar_is_menu_focused (OctavoSidebar *self);

G_END_DECLS
