/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm-test"

#include <dlfcn.h>
#include <gio/gio.h>

/* ThreadSanitizer sees threads and their locks where they are pthread's. GLib's locks are futexes of its own and its
 * code is not instrumented, so that what it orders would be told as races. These stand in front of the functions of
 * GLib that hand something from thread to thread, tell what happens before what, and call them. What is told is only
 * what the function promises; nothing is ignored. */

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* The next function of the name: GLib's. */
#define REAL(name)                                                                                                     \
  static __typeof__ (&name) real;                                                                                      \
  __typeof__ (real) found = __atomic_load_n (&real, __ATOMIC_RELAXED);                                                 \
  if (found == NULL)                                                                                                   \
    {                                                                                                                  \
      found = (__typeof__ (real)) dlsym (RTLD_NEXT, #name);                                                            \
      __atomic_store_n (&real, found, __ATOMIC_RELAXED);                                                               \
    }

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock)
  found (mutex);
  __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock)
  __tsan_release (mutex);
  found (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait)
  __tsan_release (mutex);
  found (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean is_signalled;
  REAL (g_cond_wait_until)

  __tsan_release (mutex);
  is_signalled = found (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return is_signalled;
}

/* What was done before a push is seen after the pop. */
void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  REAL (g_async_queue_push)
  __tsan_release (data);
  found (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data;
  REAL (g_async_queue_pop)

  data = found (queue);
  __tsan_acquire (data);
  return data;
}

/* Who drops the last reference sees what others did before they dropped theirs. */
gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean is_last;
  REAL (g_atomic_ref_count_dec)

  __tsan_release (count);
  is_last = found (count);
  if (is_last)
    __tsan_acquire (count);
  return is_last;
}

void (g_object_unref) (gpointer object)
{
  REAL (g_object_unref)
  __tsan_release (object);
  if (((GObject *) object)->ref_count == 1)
    __tsan_acquire (object);
  found (object);
}

/* Types and other things that are made once. */
gboolean (g_once_init_enter) (volatile void *location)
{
  gboolean is_first;
  REAL (g_once_init_enter)

  is_first = found (location);
  if (!is_first)
    __tsan_acquire ((void *) location);
  return is_first;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  REAL (g_once_init_leave)
  __tsan_release ((void *) location);
  found (location, result);
}

/* What was done before a source was attached is seen by its callback, on the thread of the context. */
typedef struct
{
  GSource *source;
  GSourceFunc callback;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static gboolean
on_source (gpointer data)
{
  Callback *self = data;

  __tsan_acquire (self);
  __tsan_acquire (self->source);
  return self->callback (self->data);
}

static void
callback_free (gpointer data)
{
  Callback *self = data;

  __tsan_acquire (self);
  __tsan_acquire (self->source);
  if (self->notify != NULL)
    self->notify (self->data);
  g_free (self);
}

void
g_source_set_callback (GSource *source, GSourceFunc callback, gpointer data, GDestroyNotify notify)
{
  Callback *self;
  REAL (g_source_set_callback)

  /* Others have callbacks with more arguments. */
  if (source->source_funcs != &g_idle_funcs && source->source_funcs != &g_timeout_funcs)
    {
      found (source, callback, data, notify);
      return;
    }
  self = g_new (Callback, 1);
  *self = (Callback){ source, callback, data, notify };
  __tsan_release (self);
  found (source, on_source, self, callback_free);
}

guint
g_source_attach (GSource *source, GMainContext *context)
{
  REAL (g_source_attach)
  __tsan_release (source);
  return found (source, context);
}

/* A cancelled one is seen as such after the lock that its handlers run under. */
void
g_cancellable_disconnect (GCancellable *cancellable, gulong handler)
{
  REAL (g_cancellable_disconnect)
  found (cancellable, handler);
  if (cancellable != NULL)
    __tsan_acquire (cancellable);
}

void
g_cancellable_cancel (GCancellable *cancellable)
{
  REAL (g_cancellable_cancel)
  __tsan_release (cancellable);
  found (cancellable);
  __tsan_release (cancellable);
}
