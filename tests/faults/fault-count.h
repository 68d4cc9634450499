/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells the n-th from the others. Any thread; makes nothing, so that an allocator may ask it. */
typedef struct
{
  GMutex   lock;
  gboolean is_armed;
  guint    n_before; /* the first that is refused */
  guint    n_left;   /* to be refused from there */
  guint    n_refused;
} FaultCount;

void     fault_count_arm (FaultCount *self, guint nth, guint n_more);
gboolean fault_count_disarm (FaultCount *self); /* whether one was refused */
gboolean fault_count_refuses (FaultCount *self);

G_END_DECLS
