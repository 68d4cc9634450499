/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include "octavo-link-follow.h"

#include <glib/gi18n-lib.h>

/**
 * octavo_link_follow:
 * @from: the widget that shows the link
 * @link: a link
 *
 * Goes where a link leads to: has the window of the widget do it.
 *
 * Returns: whether it is in a window that can
 */
gboolean
octavo_link_follow (GtkWidget *from, const OctavoLink *link)
{
  g_autofree char *uri = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (from) && link != NULL, FALSE);

  uri = octavo_link_to_uri (link);
  return gtk_widget_activate_action (from, OCTAVO_LINK_FOLLOW, "s", uri);
}

/**
 * octavo_link_describe:
 * @link: a link
 *
 * Returns: (transfer full): what following it does, in a few words
 */
char *
octavo_link_describe (const OctavoLink *link)
{
  g_return_val_if_fail (link != NULL, NULL);

  switch (link->kind)
    {
    case OCTAVO_LINK_TITLE:
      /* Translators: of a link in a text; the title of a note. */
      return g_strdup_printf (_ ("Open the note “%s”"), link->target);
    case OCTAVO_LINK_NOTE:
      return g_strdup (_ ("Open the note"));
    case OCTAVO_LINK_HEADING:
      /* Translators: of a link in a text; a heading in the same note. */
      return g_strdup_printf (_ ("Go to “%s”"), link->target);
    case OCTAVO_LINK_TAG:
      return g_strdup_printf (_ ("Show the notes with the tag “%s”"), link->target);
    case OCTAVO_LINK_REFUSED:
      return g_strdup (_ ("Links of this kind are not opened from a note"));
    case OCTAVO_LINK_ADDRESS:
    default:
      return g_strdup (link->target);
    }
}
