/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo"

#include "octavo-config.h"

#include "octavo-application.h"
#include "octavo-command-line.h"
#include "octavo-output.h"

#include <glib/gi18n.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define LARGE (512 * 1024) /* bytes */

/* The ids of a million notes come and go with each search. What is large is given back when it is freed; glibc would
 * put the second of such arrays among what stays, and keep the room of both. Nor does each thread need a heap of its
 * own: most of them load an icon or ask for a font, and leave a heap behind that nobody fills. */
static void
give_back_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, LARGE);
  mallopt (M_ARENA_MAX, 2);
#endif
}

static int
run_window (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OctavoLaunch) launch = octavo_launch_new ((const char *const *) argv, &error);
  g_autoptr (OctavoApplication) application = NULL;

  if (launch == NULL || !octavo_launch_check_files (launch, &error))
    return octavo_command_line_refuse (error);

  give_back_memory ();
  application = octavo_application_new (launch);

  return g_application_run (G_APPLICATION (application), argc, argv);
}

int
main (int argc, char **argv)
{
  const char *locale_folder = g_getenv ("OCTAVO_LOCALE_FOLDER"); /* for who runs it where it was built */

  octavo_output_guard_streams ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder != NULL ? locale_folder : LOCALE_FOLDER);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (octavo_command_line_is_meant (argc, argv))
    return octavo_command_line_run (argc, argv);

  return run_window (argc, argv);
}
