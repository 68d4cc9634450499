/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a key is heard. */
typedef enum
{
  OCTAVO_KEYS_WINDOW,   /* everywhere: an accelerator of the application */
  OCTAVO_KEYS_LIST,     /* in the list of notes alone, so that the text keeps its own */
  OCTAVO_KEYS_SIDEBAR,  /* in the sidebar alone */
  OCTAVO_KEYS_WIDGET,   /* where a widget hears it by itself */
  OCTAVO_KEYS_NUMBERED, /* everywhere: the first key is for number 1, the next for 2, and so on */
  OCTAVO_KEYS_NONE,     /* it has none: it is in a menu, and among the commands */
} OctavoKeysPlace;

/* What the window can do. */
typedef struct
{
  const char     *group; /* of the shortcuts window, not translated yet; so is the title */
  const char     *title;
  const char     *action; /* a detailed name; NULL where it is a matter of the key alone */
  const char     *keys;   /* as gtk_accelerator_parse() reads them, with a space between; "" for none */
  OctavoKeysPlace place;
} OctavoAction;

#define OCTAVO_ACTION_COMMANDS "win.commands" /* shows all the others */

const OctavoAction *octavo_actions_get (gsize *n_actions);

void                octavo_window_install_accels (GtkApplication *application);
GtkShortcut        *octavo_action_make_shortcut (const OctavoAction *self) G_GNUC_WARN_UNUSED_RESULT;
GtkEventController *octavo_actions_make_shortcuts (OctavoKeysPlace place) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget          *octavo_actions_make_shortcuts_window (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
