/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "octavo-task.h"

typedef struct
{
  GThread *worked_on;
  GThread *freed_on;
  gboolean fails;
  gboolean is_back;
} Work;

static gboolean
work (gpointer source, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *self = data;

  self->worked_on = g_thread_self ();
  if (self->fails)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No room");
  return !self->fails;
}

static void
on_freed (gpointer data)
{
  ((Work *) data)->freed_on = g_thread_self ();
}

static void
on_back (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *self = data;
  g_autoptr (GError) error = NULL;

  if (self->fails)
    {
      g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
  else
    {
      g_assert_true (g_task_propagate_boolean (G_TASK (result), &error));
      g_assert_no_error (error);
    }
  self->is_back = TRUE;
}

static void
run (Work *self)
{
  g_autoptr (GObject) object = g_object_new (G_TYPE_OBJECT, NULL);
  GTask *task = g_task_new (object, NULL, on_back, self);

  g_task_set_task_data (task, self, on_freed);
  octavo_task_run_in_thread (task, work);
  while (!self->is_back)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (self->worked_on != g_thread_self ());
  g_assert_true (self->freed_on == g_thread_self ());
  /* the thread holds on to nothing once the callback was called */
  g_assert_finalize_object (g_steal_pointer (&object));
}

static void
test_lets_go_where_it_belongs (void)
{
  for (guint i = 0; i < 200; i++)
    {
      Work self = { 0 };

      run (&self);
    }
}

static void
test_tells_the_error (void)
{
  Work self = { .fails = TRUE };

  run (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task/lets-go-where-it-belongs", test_lets_go_where_it_belongs);
  g_test_add_func ("/task/tells-the-error", test_tells_the_error);
  return g_test_run ();
}
