/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-count.h"

void
fault_count_arm (FaultCount *self, guint nth, guint n_more)
{
  g_assert_cmpuint (nth, >, 0);

  g_mutex_lock (&self->lock);
  self->is_armed = TRUE;
  self->n_before = nth - 1;
  self->n_left = 1 + n_more;
  self->n_refused = 0;
  g_mutex_unlock (&self->lock);
}

gboolean
fault_count_disarm (FaultCount *self)
{
  gboolean has_refused;

  g_mutex_lock (&self->lock);
  self->is_armed = FALSE;
  has_refused = self->n_refused > 0;
  g_mutex_unlock (&self->lock);
  return has_refused;
}

gboolean
fault_count_refuses (FaultCount *self)
{
  gboolean refuses = FALSE;

  g_mutex_lock (&self->lock);
  if (self->is_armed && self->n_before > 0)
    self->n_before--;
  else if (self->is_armed && self->n_left > 0)
    {
      self->n_left--;
      self->n_refused++;
      refuses = TRUE;
    }
  g_mutex_unlock (&self->lock);
  return refuses;
}
