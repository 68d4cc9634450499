/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-window-common.h"

#include "octavo-settings.h"
#include "octavo-spelling.h"

/**
 * octavo_window_common_add_spelling:
 * @window: a window
 *
 * Adds the action that has spelling checked, or not, in all windows. It is disabled where Octavo was built without.
 */
void
octavo_window_common_add_spelling (GActionMap *window)
{
  static const char name[] = "check-spelling";
  g_autoptr (GAction) action = NULL;

  if (octavo_spelling_get () != NULL && octavo_settings_get () != NULL)
    action = g_settings_create_action (octavo_settings_get (), name);
  else
    {
      action = G_ACTION (g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (FALSE)));
      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), FALSE);
    }
  g_action_map_add_action (window, action);
}
