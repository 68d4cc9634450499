/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-model"

#include "octavo-clock.h"

/* A clock that is set wrong by a year, or that began at its first day as its battery is empty, is soon set right. What
 * it said meanwhile must not empty the trash, nor end the time in which something can be undone. So a clock that jumps
 * is not believed for a day: until then it is no later than it was before, or than when the last jump but one was over.
 * Whoever comes back after a holiday jumps as well, and loses nothing by waiting. */

#define BACK   G_TIME_SPAN_HOUR          /* a clock that is set back by less was a little wrong */
#define AHEAD  (8 * G_TIME_SPAN_DAY)     /* nobody looked for so long: not a jump yet */
#define DOUBT  G_TIME_SPAN_DAY           /* after a jump */
#define PERIOD (G_TIME_SPAN_MINUTE * 30) /* what is seen is not written down more often */

typedef struct
{
  gint64 seen, since, before;
  gboolean is_new;
} Clock;

/* What a damaged file says must not be more than can be reckoned with. */
static gint64
get_time (OrmStatement *statement, int column)
{
  return CLAMP (orm_statement_get_int64 (statement, column), 0, G_MAXINT64 / 2);
}

static gboolean
read_clock (OrmConnection *connection, Clock *self, GError **error)
{
  OrmStatement *statement = orm_connection_prepare (connection, "SELECT seen, since, before FROM clock", error);
  OrmStep step;

  if (statement == NULL)
    return FALSE;
  step = orm_statement_step (statement, error);
  self->is_new = step == ORM_STEP_DONE;
  if (step == ORM_STEP_ROW)
    {
      self->seen = get_time (statement, 0);
      self->since = get_time (statement, 1);
      self->before = get_time (statement, 2);
    }
  orm_statement_reset (statement);
  return step != ORM_STEP_ERROR;
}

static gboolean
write_clock (OrmConnection *connection, const Clock *self, GError **error)
{
  OrmStatement *statement =
      orm_connection_prepare (connection, "INSERT OR REPLACE INTO clock (id, seen, since, before) VALUES (1, ?, ?, ?)",
                              error);

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, self->seen);
  orm_statement_bind_int64 (statement, 2, self->since);
  orm_statement_bind_int64 (statement, 3, self->before);
  return orm_statement_run (statement, error);
}

/* Returns whether it is worth writing down. */
static gboolean
advance (Clock *self, gint64 now)
{
  gboolean has_jumped = !self->is_new && (now < self->seen - BACK || now > self->seen + AHEAD);
  gboolean is_news = self->is_new || has_jumped || now >= self->seen + PERIOD;

  if (has_jumped)
    {
      self->before = self->since;
      self->since = now;
    }
  if (is_news)
    self->seen = now;
  return is_news;
}

static gint64
get_sure (const Clock *self, gint64 now)
{
  return now >= self->since && now - self->since >= DOUBT ? now : MIN (now, self->before);
}

/**
 * octavo_clock_look:
 * @connection: the writing connection, in a transaction
 * @now: what the clock says, in microseconds since 1970
 * @sure: (out): what the time surely is by now, at least; 0: nobody knows
 * @error: return location
 *
 * Looks whether the clock is to be believed, and remembers what it said. Thread of the connection.
 *
 * Returns: whether it could
 */
gboolean
octavo_clock_look (OrmConnection *connection, gint64 now, gint64 *sure, GError **error)
{
  Clock self = { 0 };

  if (!read_clock (connection, &self, error) || (advance (&self, now) && !write_clock (connection, &self, error)))
    return FALSE;
  *sure = get_sure (&self, now);
  return TRUE;
}

/**
 * octavo_clock_peek:
 * @connection: a connection
 * @now: what the clock says, in microseconds since 1970
 * @sure: (out): as octavo_clock_look() says
 * @error: return location
 *
 * The same, remembering nothing. Thread of the connection.
 *
 * Returns: whether it could
 */
gboolean
octavo_clock_peek (OrmConnection *connection, gint64 now, gint64 *sure, GError **error)
{
  Clock self = { 0 };

  if (!read_clock (connection, &self, error))
    return FALSE;
  advance (&self, now);
  *sure = get_sure (&self, now);
  return TRUE;
}
