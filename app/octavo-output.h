/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-paint.h"

G_BEGIN_DECLS

/* Standard output of a command. A reader that goes away (`octavo list | head`) is no error: there is just nobody to
 * write for any more. */
typedef struct
{
  gboolean terminal;     /* (read only) a person looks at it */
  gboolean colours;      /* (read only) and sees colours */
  int      columns;      /* (read only) how wide it is; 0 where it is no terminal */
  gboolean reader_gone;  /* (read only) nothing that is written arrives */
  int      error_number; /* why writing failed; 0 where it did not */
} OctavoOutput;

void     octavo_output_guard_streams (void);

void     octavo_output_init (OctavoOutput *self);
gboolean octavo_output_write (OctavoOutput *self, const char *text);
gboolean octavo_output_printf (OctavoOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean octavo_output_write_text (OctavoOutput *self, const char *text);
gboolean octavo_output_write_path (OctavoOutput *self, const char *path);
gboolean octavo_output_finish (OctavoOutput *self, GError **error);

char    *octavo_output_clean (const char *text, gboolean keep_lines);
/* Of text as octavo_output_clean() gives it. */
int   octavo_output_measure (const char *text);
char *octavo_output_fit (const char *text, int columns);

void  octavo_output_complain (const char *message);

G_END_DECLS
