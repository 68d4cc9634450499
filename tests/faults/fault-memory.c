/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-calls.h"
#include "fault-count.h"

#include <sqlite3.h>

/* SQLite's allocator, with a counter before it. */

static sqlite3_mem_methods real;
static FaultCount count;

static void *
allocate (int size)
{
  return fault_count_refuses (&count) ? NULL : real.xMalloc (size);
}

static void *
allocate_again (void *memory, int size)
{
  return fault_count_refuses (&count) ? NULL : real.xRealloc (memory, size);
}

void
fault_memory_install (void)
{
  sqlite3_mem_methods counted;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real), ==, SQLITE_OK);
  counted = real;
  counted.xMalloc = allocate;
  counted.xRealloc = allocate_again;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &counted), ==, SQLITE_OK);
}

void
fault_memory_arm (guint nth, guint n_more)
{
  fault_count_arm (&count, nth, n_more);
}

gboolean
fault_memory_disarm (void)
{
  return fault_count_disarm (&count);
}
