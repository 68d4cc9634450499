/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person can cause, or has to know. The message says what happened and what to do; the window and the
 * command line show it as it is. Errors of the mapper are turned into these by OctavoStore. */
#define OCTAVO_ERROR (octavo_error_quark ())

typedef enum
{
  OCTAVO_ERROR_FAILED,
  OCTAVO_ERROR_CANT_OPEN,
  OCTAVO_ERROR_NOT_A_DATABASE,
  OCTAVO_ERROR_CORRUPT,
  OCTAVO_ERROR_NEWER_VERSION,
  OCTAVO_ERROR_READ_ONLY,
  OCTAVO_ERROR_FULL,
  OCTAVO_ERROR_BUSY,
  OCTAVO_ERROR_NO_SUCH_NOTE,
  OCTAVO_ERROR_NO_SUCH_USER,
  OCTAVO_ERROR_NO_SUCH_TAG,
  OCTAVO_ERROR_INVALID_TAG,
  OCTAVO_ERROR_INVALID_USER,
  OCTAVO_ERROR_LAST_USER,
  OCTAVO_ERROR_INVALID_TEXT, /* not UTF-8, or a NUL byte */
  OCTAVO_ERROR_TOO_BIG,
  OCTAVO_ERROR_EXISTS,    /* a file is there already, and would be overwritten; a name is taken */
  OCTAVO_ERROR_CHANGED,   /* it was changed since it was read, or since what is to be undone */
  OCTAVO_ERROR_UNDONE,    /* it was undone already, or is too long ago */
  OCTAVO_ERROR_DISPLACED, /* the file of notes is not where it was opened any more, or another one is there */
} OctavoError;

GQuark octavo_error_quark (void);

/* Turns an error of the mapper about a file into one for a person, in place; others are left alone. */
void octavo_error_for_person (GError **error, const char *path);

G_END_DECLS
