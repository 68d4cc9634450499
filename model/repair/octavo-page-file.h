/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-wal-frames.h"

G_BEGIN_DECLS

/* The pages of a file of SQLite as they are, with those of its log in their place, whatever state they are in. Nothing
 * is ever written. One thread at a time. */
typedef struct
{
  int              descriptor; /* -1: of data */
  int              log;        /* likewise; -1: there is none */
  GBytes          *data;
  GBytes          *log_data;
  guint64          size; /* bytes of the file */
  guint32          page_size;
  guint32          n_pages;    /* that can be read */
  guint32          n_expected; /* that there ought to be; 0: nobody knows */
  gboolean         has_head;   /* the first page says what it ought to */
  gboolean         is_later;   /* it names a format that is not known, and was written by a later SQLite */
  OctavoWalFrames *frames;
} OctavoPageFile;

#define OCTAVO_PAGE_FILE_MAX_PAGE 65536

OctavoPageFile *octavo_page_file_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
OctavoPageFile *octavo_page_file_new (GBytes *data, GBytes *log) G_GNUC_WARN_UNUSED_RESULT;
void            octavo_page_file_free (OctavoPageFile *self);

/* page: of page_size bytes. number: from 1. FALSE: there is no such page */
gboolean octavo_page_file_read (OctavoPageFile *self, guint32 number, guint8 *page);

/* The number at a place of the head, where the first page has one; else 0. */
guint32 octavo_page_file_get_head (OctavoPageFile *self, gsize offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OctavoPageFile, octavo_page_file_free)

G_END_DECLS
