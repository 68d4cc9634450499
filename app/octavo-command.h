/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-output.h"
#include "octavo-store.h"

G_BEGIN_DECLS

typedef enum
{
  OCTAVO_EXIT_DONE = 0,
  OCTAVO_EXIT_FAILED = 1,
  OCTAVO_EXIT_USAGE = 2,
  OCTAVO_EXIT_NO_SUCH_NOTE = 3,
} OctavoExit;

typedef struct _OctavoCommand    OctavoCommand;
typedef struct _OctavoOption     OctavoOption;
typedef struct _OctavoInvocation OctavoInvocation;

/* One call of a command: the words it was called with, the file it works on, what it prints, how it ends. */
struct _OctavoInvocation
{
  const OctavoCommand *command;
  GStrv                arguments; /* of the call, without the command's name; [0] is the program's */
  OctavoOutput         output;
  OctavoExit           status;

  /* From octavo_invocation_parse() on: */
  char *database; /* (nullable) */
  char *user;     /* (nullable): valid UTF-8 */
  GStrv words;    /* what is no option; never NULL */

  /* From octavo_invocation_open() on: */
  OctavoStore *store;
};

/* What entries say of GOptionEntry.arg: texts are taken as bytes and looked at later, as the conversion from the
 * character set of the locale would refuse "é" where that is C. */
#define OCTAVO_OPTION_TEXT  G_OPTION_ARG_FILENAME
#define OCTAVO_OPTION_TEXTS G_OPTION_ARG_FILENAME_ARRAY

/* These set the status and complain where they return FALSE; the command has just to return then. */
gboolean octavo_invocation_parse (OctavoInvocation *self, const GOptionEntry *entries);
char    *octavo_invocation_dup_path (OctavoInvocation *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean octavo_invocation_open (OctavoInvocation *self);
gboolean octavo_invocation_open_for_reading (OctavoInvocation *self);
gboolean octavo_invocation_find_user (OctavoInvocation *self, gint64 *user_id);
gboolean octavo_invocation_ensure_user (OctavoInvocation *self, gint64 *user_id);
gboolean octavo_invocation_parse_ids (OctavoInvocation *self, GArray **ids);

/* These always return FALSE. */
gboolean octavo_invocation_fail (OctavoInvocation *self, const GError *error);
gboolean octavo_invocation_usage (OctavoInvocation *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean octavo_invocation_no_such_note (OctavoInvocation *self, const char *id);

void     octavo_invocation_clear (OctavoInvocation *self);

G_END_DECLS
