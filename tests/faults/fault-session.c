/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-faults"

#include "fault-session.h"

#include "fault-calls.h"

#include <glib/gstdio.h>
#include <stdlib.h>

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("octavo-faults-XXXXXX", &error);
  char *real, *copy;

  g_assert_no_error (error);
  real = realpath (folder, NULL);
  copy = g_strdup (real);
  free (real);
  return copy;
}

FaultSession *
fault_session_new (guint32 seed)
{
  FaultSession *self = g_new0 (FaultSession, 1);

  self->folder = make_folder ();
  self->vault = make_folder ();
  self->path = g_build_filename (self->folder, "octavo", "notes.db", NULL);
  self->snapshots = octavo_snapshots_new (self->path, NULL);
  self->rand = g_rand_new_with_seed (seed);
  self->backups = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
fault_session_open (FaultSession *self, GError **error)
{
  g_assert_null (self->store);
  self->store = octavo_store_new (self->path);
  if (!octavo_store_open (self->store, NULL, error))
    fault_session_close (self);
}

void
fault_session_close (FaultSession *self)
{
  g_clear_object (&self->note);
  if (self->store == NULL)
    return;
  octavo_store_close (self->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  model_test_wait_for (g_atomic_int_get (&G_OBJECT (self->store)->ref_count) == 1);
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
fault_session_settle (FaultSession *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
fault_session_free (FaultSession *self)
{
  fault_session_close (self);
  model_test_remove_folder (self->folder);
  model_test_remove_folder (self->vault);
  octavo_snapshots_unref (self->snapshots);
  g_rand_free (self->rand);
  g_ptr_array_unref (self->backups);
  g_free (self->text);
  g_free (self->made);
  g_free (self->path);
  g_free (self->vault);
  g_free (self->folder);
  g_free (self);
}
