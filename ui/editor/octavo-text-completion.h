/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Offers the titles of notes after [[, and tags after #, as one types. */
void octavo_text_completion_add (GtkTextView *view, GtkWidget *owner, OctavoStore *store);

G_END_DECLS
