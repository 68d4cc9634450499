/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fuzz-input.h"
#include "orm-expression.h"

G_BEGIN_DECLS

/* A condition twice: as the mapper has it, and as a tree that is judged here, row by row, by what the papers say. */
typedef enum
{
  FUZZ_FALSE,
  FUZZ_TRUE,
  FUZZ_NULL,
} FuzzTruth;

enum
{
  FUZZ_ID,
  FUZZ_NUMBER,
  FUZZ_REAL,
  FUZZ_WORD,
  FUZZ_DATA,
  FUZZ_N_COLUMNS,
};

extern const char *const fuzz_columns[FUZZ_N_COLUMNS];

typedef struct
{
  OrmValue values[FUZZ_N_COLUMNS];
} FuzzRow;

typedef struct _FuzzCondition FuzzCondition;

/* Takes one from the input, and what the mapper makes of it. (transfer full) both */
FuzzCondition *fuzz_condition_take (FuzzInput *input, OrmExpression **expression);
void           fuzz_condition_free (FuzzCondition *self);

/* Whether a query of the rows must take it. */
gboolean fuzz_condition_is_valid (const FuzzCondition *self);

/* Whether what it means is said nowhere: patterns of what is not text. */
gboolean  fuzz_condition_is_murky (const FuzzCondition *self);

FuzzTruth fuzz_condition_judge (const FuzzCondition *self, const FuzzRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FuzzCondition, fuzz_condition_free)

G_END_DECLS
