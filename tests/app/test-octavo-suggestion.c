/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-command-table.h"
#include "octavo-suggestion.h"

static const char *const names[] = { "add", "list", "restore", "restore-backup", "search", "show", "tags", NULL };

static void
check (const char *word, const char *expected)
{
  g_assert_cmpstr (octavo_suggestion_find (word, names), ==, expected);
}

static void
test_mistyped (void)
{
  check ("lst", "list");
  check ("lsit", "list");
  check ("listt", "list");
  check ("LIST", "list");
  check ("serach", "search");
  check ("ad", "add");
  check ("tag", "tags");
  check ("restore-bakcup", "restore-backup");
  check ("restor", "restore");
}

static void
test_beginning (void)
{
  check ("sea", "search");
  check ("restore-b", "restore-backup");
  check ("se", NULL);
}

static void
test_nothing_like_it (void)
{
  g_autofree char *long_word = g_strnfill (100000, 'x');

  check ("", NULL);
  check ("x", NULL);
  check ("nonsense", NULL);
  check ("\xff\xfe", NULL);
  check (long_word, NULL);
}

static void
test_nearest (void)
{
  static const char *const near[] = { "abcdef", "abcdxf", NULL };

  g_assert_cmpstr (octavo_suggestion_find ("abcdxx", near), ==, "abcdxf");
  g_assert_cmpstr (octavo_suggestion_find ("abcdex", near), ==, "abcdef");
}

/* Names are found by what they are called elsewhere, and none of those is itself a command. */
static void
test_commands (void)
{
  const OctavoCommand *commands = octavo_command_table_get ();

  for (const OctavoCommand *command = commands; command->name != NULL; command++)
    {
      g_autofree char *mistyped = g_strconcat (command->name, "x", NULL);

      g_assert_cmpstr (octavo_command_table_suggest (mistyped), ==, command->name);
      g_assert_true (octavo_command_table_find (command->name) == command);
      g_assert_null (octavo_command_table_find (mistyped));
    }
  g_assert_cmpstr (octavo_command_table_suggest ("ls"), ==, "list");
  g_assert_cmpstr (octavo_command_table_suggest ("rm"), ==, "trash");
  g_assert_null (octavo_command_table_suggest ("somebody.md"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/suggestion/mistyped", test_mistyped);
  g_test_add_func ("/suggestion/beginning", test_beginning);
  g_test_add_func ("/suggestion/nothing-like-it", test_nothing_like_it);
  g_test_add_func ("/suggestion/nearest", test_nearest);
  g_test_add_func ("/suggestion/commands", test_commands);

  return g_test_run ();
}
