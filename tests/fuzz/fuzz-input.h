/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orm-value.h"

#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The bytes of an input, taken one by one; zeros when they have run out. */
typedef struct
{
  const uint8_t *data;
  size_t         size;
} FuzzInput;

int     LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

guint   fuzz_input_take (FuzzInput *self, guint below); /* below 257 */
gint64  fuzz_input_take_int64 (FuzzInput *self);
double  fuzz_input_take_double (FuzzInput *self);
char   *fuzz_input_take_text (FuzzInput *self);
GBytes *fuzz_input_take_blob (FuzzInput *self);
void    fuzz_input_take_value (FuzzInput *self, OrmValue *value); /* of any type */

G_END_DECLS
