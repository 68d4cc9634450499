/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-task.h"

/* g_task_run_in_thread() may drop the last reference to the task, and with it to the object that asked, on the worker:
 * objects of the main thread would be finalized there. Here the thread borrows the task, and the main context lets go.
 */

typedef struct
{
  GTask *task;
  OctavoTaskFunc func;
  gboolean done;
  GError *error;
} Job;

static gboolean
on_done (gpointer data)
{
  Job *job = data;

  if (job->done)
    g_task_return_boolean (job->task, TRUE);
  else
    g_task_return_error (job->task, job->error);
  g_object_unref (job->task);
  g_free (job);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (job->task));

  job->done = job->func (g_task_get_source_object (job->task), g_task_get_task_data (job->task),
                         g_task_get_cancellable (job->task), &job->error);
  /* Not by g_main_context_invoke(): while nobody runs the main context it would call back on this very thread. */
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, on_done, job, NULL);
  g_source_attach (source, context);
  return NULL;
}

/**
 * octavo_task_run_in_thread:
 * @task: (transfer full): a task with what @func needs as its data
 * @func: what to do
 *
 * Runs @func on a thread of its own; the task then returns a boolean, or the error of @func, on its context, where its
 * last reference is dropped too. Any thread.
 */
void
octavo_task_run_in_thread (GTask *task, OctavoTaskFunc func)
{
  Job *job;

  g_return_if_fail (G_IS_TASK (task) && func != NULL);

  job = g_new0 (Job, 1);
  job->task = task;
  job->func = func;
  g_thread_unref (g_thread_new ("octavo-task", run, job));
}
