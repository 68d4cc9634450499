/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-date-text.h"

#include <string.h>

/* Dates as note-taking programs write them into front matter. Every program has a habit of its own, so this reads
 * what is unambiguous: year first, or the month by its (English) name. Two bare numbers around a slash are not. */

typedef struct
{
  const char *p;
  int year, month, day;
  int hour, minute, second, micros;
  gboolean has_zone;
  int offset;      /* seconds east of UTC */
  GTimeZone *zone; /* by name; NULL where offset says it, or nothing does */
} DateReader;

static void
skip_blanks (DateReader *self)
{
  while (*self->p == ' ' || *self->p == '\t')
    self->p++;
}

static int
count_digits (const char *p)
{
  int n = 0;

  while (g_ascii_isdigit (p[n]))
    n++;
  return n;
}

static gboolean
read_number (DateReader *self, int min_digits, int max_digits, int *number)
{
  int value = 0, n = 0;

  while (n < max_digits && g_ascii_isdigit (self->p[n]))
    value = value * 10 + (self->p[n++] - '0');
  if (n < min_digits)
    return FALSE;
  self->p += n;
  *number = value;
  return TRUE;
}

static gboolean
read_char (DateReader *self, const char *any_of)
{
  if (*self->p == '\0' || strchr (any_of, *self->p) == NULL)
    return FALSE;
  self->p++;
  return TRUE;
}

static gboolean
read_word (DateReader *self, const char *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (self->p, word, length) != 0 || g_ascii_isalpha (self->p[length]))
    return FALSE;
  self->p += length;
  return TRUE;
}

/* The number of a month or weekday name, short or long, from 1; 0 where there is none. */
static int
read_name (DateReader *self, const char *const *names)
{
  for (int i = 0; names[i] != NULL; i++)
    {
      char abbreviation[4] = { names[i][0], names[i][1], names[i][2], '\0' };

      if (read_word (self, names[i]) || read_word (self, abbreviation))
        {
          read_char (self, ".");
          return i + 1;
        }
    }
  return 0;
}

static void
read_fraction (DateReader *self)
{
  int scale = 100000;

  if ((*self->p != '.' && *self->p != ',') || !g_ascii_isdigit (self->p[1]))
    return;
  for (self->p++; g_ascii_isdigit (*self->p); self->p++, scale /= 10)
    self->micros += (*self->p - '0') * scale;
}

static gboolean
read_twelve_hours (DateReader *self)
{
  gboolean afternoon;

  skip_blanks (self);
  if (read_word (self, "pm") || read_word (self, "p.m."))
    afternoon = TRUE;
  else if (read_word (self, "am") || read_word (self, "a.m."))
    afternoon = FALSE;
  else
    return TRUE;
  if (self->hour < 1 || self->hour > 12)
    return FALSE;
  self->hour = self->hour % 12 + (afternoon ? 12 : 0);
  return TRUE;
}

static gboolean
read_time (DateReader *self, gboolean compact)
{
  if (!read_number (self, compact ? 2 : 1, 2, &self->hour))
    return FALSE;
  if (!read_char (self, ":") && !compact)
    return FALSE;
  if (!read_number (self, 2, 2, &self->minute))
    return FALSE;
  if (read_char (self, ":") || (compact && g_ascii_isdigit (*self->p)))
    {
      if (!read_number (self, 2, 2, &self->second))
        return FALSE;
      read_fraction (self);
    }
  if (self->second == 60) /* a leap second; nothing here has one */
    self->second = 59;
  return read_twelve_hours (self);
}

static gboolean
read_offset (DateReader *self)
{
  int sign = *self->p == '-' ? -1 : 1;
  int hours = 0, minutes = 0;

  self->p++;
  if (!read_number (self, 1, 2, &hours))
    return FALSE;
  if (read_char (self, ":") || g_ascii_isdigit (*self->p))
    if (!read_number (self, 2, 2, &minutes))
      return FALSE;
  if (hours > 18 || minutes > 59)
    return FALSE;
  self->offset = sign * (hours * 3600 + minutes * 60);
  self->has_zone = TRUE;
  return TRUE;
}

/* "Europe/Berlin", "EST": whatever the system's time zones know. */
static gboolean
read_zone_name (DateReader *self)
{
  gsize length = strspn (self->p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_/+-0123456789");
  g_autofree char *name = g_strndup (self->p, length);

  if (length < 3 || length > 64 || !g_ascii_isalpha (*name))
    return FALSE;
  self->zone = g_time_zone_new_identifier (name);
  self->p += length;
  self->has_zone = TRUE;
  return self->zone != NULL;
}

static gboolean
read_zone (DateReader *self)
{
  skip_blanks (self);
  if (*self->p == '\0')
    return TRUE;
  if (read_word (self, "z") || read_word (self, "utc") || read_word (self, "gmt"))
    self->has_zone = TRUE;
  if (*self->p == '+' || *self->p == '-')
    return read_offset (self);
  if (g_ascii_isalpha (*self->p) && !self->has_zone)
    return read_zone_name (self);
  return self->has_zone || *self->p == '(';
}

static gboolean
read_end (DateReader *self)
{
  skip_blanks (self);
  if (*self->p == '(') /* the zone's name as JavaScript adds it */
    self->p += strlen (self->p);
  return *self->p == '\0';
}

static gboolean
read_rest (DateReader *self, gboolean compact)
{
  gboolean separated = compact && g_ascii_isdigit (*self->p);

  if (read_char (self, "Tt_"))
    separated = TRUE;
  else if (*self->p == ' ' || *self->p == '\t' || *self->p == ',')
    {
      read_char (self, ",");
      skip_blanks (self);
      if (read_word (self, "at"))
        skip_blanks (self);
      separated = g_ascii_isdigit (*self->p);
      compact = compact && self->p[1] != ':' && self->p[2] != ':';
    }
  if (separated && !read_time (self, compact))
    return FALSE;
  return read_zone (self) && read_end (self);
}

static gboolean
read_year_first (DateReader *self)
{
  gboolean compact = count_digits (self->p) >= 8;

  if (!read_number (self, 4, 4, &self->year))
    return FALSE;
  if (compact)
    return read_number (self, 2, 2, &self->month) && read_number (self, 2, 2, &self->day) && read_rest (self, TRUE);
  return read_char (self, "-/.") && read_number (self, 1, 2, &self->month) && read_char (self, "-/.") &&
         read_number (self, 1, 2, &self->day) && !g_ascii_isdigit (*self->p) && read_rest (self, FALSE);
}

/* "Sat, 1 May 2021 16:40:00 +0200", "May 1st, 2021 4:40 pm", "Sat May 01 2021 16:40:00 GMT+0200". */
static gboolean
read_month_by_name (DateReader *self)
{
  static const char *const months[] = { "January", "February",  "March",   "April",    "May",      "June", "July",
                                        "August",  "September", "October", "November", "December", NULL };
  static const char *const days[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", NULL
  };
  static const char *const ordinals[] = { "st", "nd", "rd", "th" };

  if (read_name (self, days) != 0)
    read_char (self, ",");
  skip_blanks (self);
  self->month = read_name (self, months);
  skip_blanks (self);
  if (!read_number (self, 1, 2, &self->day))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ordinals); i++)
    if (read_word (self, ordinals[i]))
      break;
  read_char (self, ",.-");
  skip_blanks (self);
  if (self->month == 0)
    {
      self->month = read_name (self, months);
      read_char (self, ",-");
      skip_blanks (self);
    }
  return self->month != 0 && read_number (self, 4, 4, &self->year) && read_rest (self, FALSE);
}

/* A bare count since 1970, in the unit its length gives away; "@seconds.fraction" says it outright. */
static gboolean
read_epoch (const char *text, gint64 *microseconds)
{
  gboolean marked = *text == '@';
  char *end = NULL;
  gint64 value;
  int n;

  if (marked)
    text++;
  n = count_digits (text + (*text == '-'));
  if (n == 0 || n > 18)
    return FALSE;
  value = g_ascii_strtoll (text, &end, 10);
  if (marked)
    {
      DateReader reader = { .p = end };

      read_fraction (&reader);
      if (value > G_MAXINT64 / 1000000 - 1 || value < G_MININT64 / 1000000 + 1)
        return FALSE;
      *microseconds = value * 1000000 + (*text == '-' ? -reader.micros : reader.micros);
      return *reader.p == '\0';
    }
  if (*end != '\0' || *text == '-')
    return FALSE;
  if (n != 10 && n != 13 && n != 16)
    return FALSE;
  *microseconds = value * (n == 10 ? 1000000 : n == 13 ? 1000 : 1);
  return TRUE;
}

static gboolean
to_microseconds (DateReader *self, gint64 *microseconds)
{
  g_autoptr (GDateTime) date = NULL;
  gboolean midnight = self->hour == 24 && self->minute == 0 && self->second == 0;
  int hour = midnight ? 0 : self->hour;

  if (self->zone != NULL)
    date = g_date_time_new (self->zone, self->year, self->month, self->day, hour, self->minute, self->second);
  else if (self->has_zone)
    date = g_date_time_new_utc (self->year, self->month, self->day, hour, self->minute, self->second);
  else
    date = g_date_time_new_local (self->year, self->month, self->day, hour, self->minute, self->second);
  if (date == NULL)
    return FALSE;
  *microseconds = (g_date_time_to_unix (date) - self->offset + (midnight ? 86400 : 0)) * G_USEC_PER_SEC + self->micros;
  return TRUE;
}

/**
 * octavo_date_text_parse:
 * @text: a date as front matter has it: ISO 8601 in its many habits, RFC 2822, the month by its English name
 * @microseconds: (out): since 1970, UTC
 *
 * Reads a date. One without a zone is local time, one without a time is its midnight. Any thread.
 *
 * Returns: whether @text is a date
 */
gboolean
octavo_date_text_parse (const char *text, gint64 *microseconds)
{
  g_autofree char *trimmed = NULL;
  DateReader reader = { NULL };
  gboolean found;

  g_return_val_if_fail (text != NULL && microseconds != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (text));
  if (g_str_has_prefix (trimmed, "[[") && g_str_has_suffix (trimmed, "]]")) /* a link to the note of that day */
    {
      trimmed[strlen (trimmed) - 2] = '\0';
      memmove (trimmed, trimmed + 2, strlen (trimmed) - 1);
    }
  if (read_epoch (trimmed, microseconds))
    return TRUE;
  reader.p = trimmed;
  found = g_ascii_isdigit (*trimmed) && read_year_first (&reader) && to_microseconds (&reader, microseconds);
  g_clear_pointer (&reader.zone, g_time_zone_unref);
  if (found)
    return TRUE;
  reader = (DateReader){ .p = trimmed };
  found = read_month_by_name (&reader) && to_microseconds (&reader, microseconds);
  g_clear_pointer (&reader.zone, g_time_zone_unref);
  return found;
}

/**
 * octavo_date_text_format:
 * @microseconds: since 1970, UTC
 *
 * Writes a date in ISO 8601, UTC, such that octavo_date_text_parse() gives the same microsecond. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
octavo_date_text_format (gint64 microseconds)
{
  gint64 seconds = microseconds / G_USEC_PER_SEC;
  int micros = microseconds % G_USEC_PER_SEC;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *whole = NULL;

  if (micros < 0)
    {
      micros += G_USEC_PER_SEC;
      seconds--;
    }
  date = g_date_time_new_from_unix_utc (seconds);
  if (date == NULL || g_date_time_get_year (date) > 9999) /* no calendar of ours has it: the bare count */
    {
      gint64 rest = microseconds % G_USEC_PER_SEC;

      return g_strdup_printf ("@%" G_GINT64_FORMAT ".%06d", microseconds / G_USEC_PER_SEC, (int) ABS (rest));
    }
  whole = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  /* g_date_time_format does not pad the year */
  if (micros == 0)
    return g_strdup_printf ("%04d%sZ", g_date_time_get_year (date), strchr (whole, '-'));
  return g_strdup_printf ("%04d%s.%06dZ", g_date_time_get_year (date), strchr (whole, '-'), micros);
}
