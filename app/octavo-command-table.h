/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-command.h"

G_BEGIN_DECLS

/* An option, as the help tells of it. */
struct _OctavoOption
{
  const char *name;    /* without the dashes */
  const char *value;   /* (nullable): what stands for its value, to be translated; NULL: it has none */
  const char *summary; /* to be translated */
};

struct _OctavoCommand
{
  const char         *name;
  const char         *parameters; /* as the line of usage says them after the name */
  const char         *summary;    /* a sentence, to be translated */
  const char         *details;    /* (nullable): more of them, to be translated */
  const char         *examples;   /* (nullable): calls, a line each, without the name of the program */
  const OctavoOption *options;    /* its own, up to one without a name */
  gboolean            has_user;   /* --user says something to it */
  guint               min_words;  /* how many have to stand beside the options */
  guint               max_words;  /* how many may */
  void (*run) (OctavoInvocation *self);
};

/* These end with one that has no name. */
const OctavoCommand *octavo_command_table_get (void);
const OctavoOption  *octavo_command_table_get_common_options (void);
const OctavoOption  *octavo_command_table_get_window_options (void);

const OctavoCommand *octavo_command_table_find (const char *name);
const char          *octavo_command_table_suggest (const char *word);

#define OCTAVO_WINDOW_PARAMETERS                                                                                       \
  "[--database FILE] [--user NAME] [--new-note] [--search QUERY] [--note ID] [FILE.md | octavo:note/ID]…"

G_END_DECLS
