/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-test.h"
#include "octavo-command-line.h"
#include "octavo-launch.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is said of each call would fill the screen. */
typedef struct
{
  int output;
  int errors;
} Silence;

static Silence
begin_silence (void)
{
  Silence kept = { dup (STDOUT_FILENO), dup (STDERR_FILENO) };
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);

  dup2 (nothing, STDIN_FILENO);
  dup2 (nothing, STDOUT_FILENO);
  dup2 (nothing, STDERR_FILENO);
  close (nothing);
  return kept;
}

static void
end_silence (const Silence *kept)
{
  dup2 (kept->output, STDOUT_FILENO);
  dup2 (kept->errors, STDERR_FILENO);
  close (kept->output);
  close (kept->errors);
}

static char *folder;

static void
remove_folder (void)
{
  exchange_test_remove (folder);
}

/* Returns: the folder that one was in, open */
static int
enter_folder (void)
{
  int before = open (".", O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("octavo-fuzz-XXXXXX", NULL);
      exchange_test_write (folder, "a.md", "# A\n\n#tag");
      g_setenv ("OCTAVO_DATABASE", "notes.db", TRUE);
      g_setenv ("XDG_STATE_HOME", folder, TRUE);
      atexit (remove_folder);
    }
  g_assert_cmpint (g_chdir (folder), ==, 0);
  return before;
}

static void
leave_folder (int before)
{
  g_assert_cmpint (fchdir (before), ==, 0);
  close (before);
}

/* The words of a call, each a line of the input; none that leads out of the folder. (transfer full) (nullable) */
static GStrv
read_words (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *call = g_strconcat ("octavo\n", text, NULL);

  return strchr (text, '/') == NULL && strstr (text, "..") == NULL ? g_strsplit (call, "\n", 12) : NULL;
}

/* Any words: a command does what it does, or says what is wrong with them; and so does what asks for a window. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (GStrv) words = read_words (data, size);
  Silence silence;
  int before;

  if (words == NULL)
    return 0;

  before = enter_folder ();
  silence = begin_silence ();
  if (octavo_command_line_is_meant ((int) g_strv_length (words), words))
    {
      int status = octavo_command_line_run ((int) g_strv_length (words), words);

      g_assert_cmpint (status, >=, 0);
      g_assert_cmpint (status, <=, 3);
    }
  else
    {
      g_autoptr (GError) error = NULL;
      OctavoLaunch *launch = octavo_launch_new ((const char *const *) words, &error);

      g_assert_true ((launch != NULL) == (error == NULL));
      g_clear_pointer (&launch, octavo_launch_free);
    }
  end_silence (&silence);
  leave_folder (before);
  return 0;
}
