/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-command-line"

#include "octavo-config.h"

#include "octavo-command-table.h"

#include "octavo-command-backup.h"
#include "octavo-command-exchange.h"
#include "octavo-command-file.h"
#include "octavo-command-help.h"
#include "octavo-command-names.h"
#include "octavo-command-read.h"
#include "octavo-command-versions.h"
#include "octavo-command-write.h"
#include "octavo-suggestion.h"

#include <glib/gi18n.h>

/* The one list of commands and their options. What calls them and what helps are made of it; the man page, the
 * completions, the help pages and the JSON schema are held against it by the tests. */

#define JSON_OPTION                                                                                                    \
  {                                                                                                                    \
    "json", NULL, N_ ("Print JSON")                                                                                    \
  }
#define PLACE_OPTIONS                                                                                                  \
  { "database", N_ ("FILE"), N_ ("Work on this file of notes") },                                                      \
  {                                                                                                                    \
    "user", N_ ("NAME"), N_ ("Whose notes: a name")                                                                    \
  }
#define LIMIT_OPTIONS                                                                                                  \
  { "limit", N_ ("N"), N_ ("At most this many") },                                                                     \
  {                                                                                                                    \
    "offset", N_ ("N"), N_ ("Leave the first ones out")                                                                \
  }

static const OctavoOption no_options[] = { { NULL } };
static const OctavoOption json_options[] = { JSON_OPTION, { NULL } };

static const OctavoOption add_options[] = {
  { "title", N_ ("TEXT"), N_ ("The title of the note") },
  { "tag", N_ ("NAME"), N_ ("A tag for it; may be said again") },
  { NULL },
};

static const OctavoOption list_options[] = {
  { "sort", N_ ("ORDER"), N_ ("In which order: updated (the default), created or title") },
  LIMIT_OPTIONS,
  JSON_OPTION,
  { NULL },
};

static const OctavoOption search_options[] = {
  { "sort", N_ ("ORDER"), N_ ("In which order: updated (the default), created, title or relevance") },
  LIMIT_OPTIONS,
  JSON_OPTION,
  { NULL },
};

static const OctavoOption show_options[] = {
  { "version", N_ ("N"), N_ ("What it said before, by its number") },
  JSON_OPTION,
  { NULL },
};

static const OctavoOption edit_options[] = {
  { "title", N_ ("TEXT"), N_ ("Its new title") },
  { "body", N_ ("TEXT|-"), N_ ("Its new text; - reads it") },
  { "tag", N_ ("NAME"), N_ ("A tag to add; may be said again") },
  { "untag", N_ ("NAME"), N_ ("A tag to take off; may be said again") },
  { "pin", NULL, N_ ("Pin it to the top of the list") },
  { "unpin", NULL, N_ ("Pin it no more") },
  { NULL },
};

static const OctavoOption restore_options[] = {
  { "version", N_ ("N"), N_ ("What it said before, by its number") },
  { NULL },
};

static const OctavoOption import_options[] = {
  { "dry-run", NULL, N_ ("Only say what would be done") },
  { "folders-as-tags", NULL, N_ ("Make folders into tags") },
  { NULL },
};

static const OctavoOption backup_options[] = {
  { "now", NULL, N_ ("Add one to the daily backups") },
  { "list", NULL, N_ ("List the backups that there are") },
  { "json", NULL, N_ ("With --list: print JSON") },
  { NULL },
};

static const OctavoOption restore_backup_options[] = {
  { "note", N_ ("ID"), N_ ("Only this note") },
  { "as-new", NULL, N_ ("As a new note, beside the one that is there") },
  { NULL },
};

static const OctavoOption common_options[] = {
  PLACE_OPTIONS,
  { "help", NULL, N_ ("Show this help") },
  { NULL },
};

static const OctavoOption window_options[] = {
  PLACE_OPTIONS,
  { "new-note", NULL, N_ ("Open a small window for a quick note") },
  { "search", N_ ("QUERY"), N_ ("Search for this") },
  { "note", N_ ("ID"), N_ ("Open this note") },
  { "help", NULL, N_ ("Show this help; after a command, its own") },
  { "version", NULL, N_ ("Show the version") },
  { NULL },
};

static const OctavoCommand commands[] = {
  { "add", "[--title TEXT] [--tag NAME]… [--user NAME] [TEXT | -]", N_ ("Make a note, and print its id."),
    N_ ("The text is TEXT, or what is read from standard input where that is - or a pipe. Without --title, a first "
        "line like “# Title” names the note. A user who is not there yet is made."),
    "add --title Shopping --tag home \"milk and eggs\"\nadd --tag log - < report.md", add_options, TRUE, 0, 1,
    octavo_command_add },
  { "list", "[--sort updated|created|title] [--limit N] [--offset N] [--user NAME] [--json]", N_ ("List the notes."),
    N_ ("Pinned notes come first; those in the trash are left out. For another program, there is a line for each note: "
        "its id, when it was changed, its title and its tags, with tabs between them."),
    "list --limit 10\nlist --sort title --json", list_options, TRUE, 0, 0, octavo_command_list },
  { "search", "[--sort updated|created|title|relevance] [--limit N] [--offset N] [--user NAME] [--json] QUERY",
    N_ ("List the notes that a query finds."),
    N_ ("A query is what it is in the window: words, \"a phrase\", -word, OR, tag:NAME, title:WORD, user:NAME, "
        "updated:2026-11, is:pinned, is:trashed, is:todo. Several words are one query. A query that begins with - comes "
        "after --."),
    "search egg tag:home\nsearch '\"to be paid\" -tag:done' --limit 5\nsearch -- -tag:home", search_options, TRUE, 1,
    G_MAXUINT, octavo_command_search },
  { "show", "ID [--version N] [--json]", N_ ("Print a note, or what it said before."),
    N_ ("What is known of the note comes first, then an empty line, then its text. “octavo versions” tells the numbers "
        "for --version."),
    "show 12\nshow 12 --json", show_options, FALSE, 1, 1, octavo_command_show },
  { "edit", "ID [--title TEXT] [--body TEXT|-] [--tag NAME]… [--untag NAME]… [--pin|--unpin]", N_ ("Change a note."),
    N_ ("What is not named stays as it is. What the note said before is kept: see “octavo versions”."),
    "edit 12 --title \"New title\" --tag work --untag home\nedit 12 --body - < text.md", edit_options, FALSE, 1, 1,
    octavo_command_edit },
  { "trash", "ID…", N_ ("Put notes into the trash."), N_ ("“octavo restore” takes them out again."), "trash 12 13",
    no_options, FALSE, 1, G_MAXUINT, octavo_command_trash },
  { "restore", "ID… | ID --version N", N_ ("Take notes out of the trash, or go back to what one said before."),
    N_ ("“octavo search is:trashed” lists what is in the trash, “octavo versions” tells the numbers for --version."),
    "restore 12\nrestore 12 --version 345", restore_options, FALSE, 1, G_MAXUINT, octavo_command_restore },
  { "delete", "ID…", N_ ("Delete notes for ever."),
    N_ ("They need not be in the trash. To get rid of a note and change your mind later, use “octavo trash”."),
    "delete 12", no_options, FALSE, 1, G_MAXUINT, octavo_command_delete },
  { "versions", "ID [--json]", N_ ("List what a note said before."),
    N_ ("The number comes first: “octavo show ID --version N” prints that version, “octavo restore ID --version N” goes "
        "back to it."),
    "versions 12", json_options, FALSE, 1, 1, octavo_command_versions },
  { "tags", "[--json]", N_ ("List the tags, and how many notes have each."), NULL, NULL, json_options, FALSE, 0, 0,
    octavo_command_tags },
  { "users", "[--json]", N_ ("List the users, and how many notes each has."), NULL, NULL, json_options, FALSE, 0, 0,
    octavo_command_users },
  { "import", "[--dry-run] [--folders-as-tags] [--user NAME] PATH…",
    N_ ("Import folders of Markdown files, and single ones."),
    N_ ("What was imported before and did not change is left alone, so the same folder can be imported again. The last "
        "line counts. “octavo undo-import” takes it back, for a day."),
    "import --dry-run ~/Documents/notes\nimport --folders-as-tags ~/Documents/notes", import_options, TRUE, 1,
    G_MAXUINT, octavo_command_import },
  { "undo-import", "", N_ ("Take back the last import, for a day after it."),
    N_ ("Notes that it made are deleted, or in the trash where they were changed since. Notes that it updated say what "
        "they said before, unless they were changed since."),
    NULL, no_options, FALSE, 0, 0, octavo_command_undo_import },
  { "export", "[--user NAME] DIR", N_ ("Write each note into a Markdown file of its own."),
    N_ ("The folder is made where it is not there, and nothing in it is written over. “octavo import” reads the files "
        "back with tags, dates and pins. Notes in the trash are left out."),
    "export ~/notes-as-files", no_options, TRUE, 1, 1, octavo_command_export },
  { "backup", "FILE | --now | --list [--json]", N_ ("Copy the whole file of notes, and check the copy."),
    N_ ("Give the name of a new FILE; or --now, which adds a backup to those that are made by themselves, and prints "
        "where it is."),
    "backup ~/notes-of-today.db\nbackup --list", backup_options, FALSE, 0, 1, octavo_command_backup },
  { "restore-backup", "[FILE | DATE] [--note ID [--as-new]]", N_ ("Go back to a backup, or take one note out of it."),
    N_ ("The backup is a file, or the newest one of a date like 2026-11-22; without either, the newest of all. What was "
        "there before is kept as a backup, too. With --note, the id of the note is printed."),
    "restore-backup 2026-11-22\nrestore-backup --note 12 --as-new", restore_backup_options, FALSE, 0, 1,
    octavo_command_restore_backup },
  { "check", "[--json]", N_ ("Look the file of notes over, and mend what can be mended."),
    N_ ("The exit status is 1 where something is left that is not mended."), NULL, json_options, FALSE, 0, 0,
    octavo_command_check },
  { "repair", "[--json]", N_ ("Make a sound file of a damaged one, which is kept, and say what became of the notes."),
    N_ ("What cannot be read is taken from the newest backup. Close Octavo’s window first."), NULL, json_options, FALSE,
    0, 0, octavo_command_repair },
  { "help", "[COMMAND]", N_ ("Show all commands, or tell more of one."), NULL, "help search", no_options, FALSE, 0, 1,
    octavo_command_help },
  { NULL },
};

/* What these are called elsewhere. */
static const char *const other_names[][2] = {
  { "cat", "show" },     { "create", "add" }, { "find", "search" }, { "ls", "list" },
  { "new", "add" },      { "print", "show" }, { "rm", "trash" },    { "remove", "trash" },
  { "status", "check" }, { "view", "show" },  { "write", "add" },
};

/**
 * octavo_command_table_get:
 *
 * Returns: all commands, in the order of the help
 */
const OctavoCommand *
octavo_command_table_get (void)
{
  return commands;
}

/**
 * octavo_command_table_get_common_options:
 *
 * Returns: the options that every command has; --user only where it says something
 */
const OctavoOption *
octavo_command_table_get_common_options (void)
{
  return common_options;
}

/**
 * octavo_command_table_get_window_options:
 *
 * Returns: the options of a call without a command
 */
const OctavoOption *
octavo_command_table_get_window_options (void)
{
  return window_options;
}

/**
 * octavo_command_table_find:
 * @name: a word
 *
 * Returns: (nullable): the command of just that name
 */
const OctavoCommand *
octavo_command_table_find (const char *name)
{
  for (const OctavoCommand *command = commands; command->name != NULL; command++)
    if (g_str_equal (name, command->name))
      return command;

  return NULL;
}

/**
 * octavo_command_table_suggest:
 * @word: what is no command
 *
 * Returns: (nullable): the name of the command that was likely meant
 */
const char *
octavo_command_table_suggest (const char *word)
{
  const char *names[G_N_ELEMENTS (commands)] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (other_names); i++)
    if (g_str_equal (word, other_names[i][0]))
      return other_names[i][1];

  for (gsize i = 0; commands[i].name != NULL; i++)
    names[i] = commands[i].name;

  return octavo_suggestion_find (word, names);
}
