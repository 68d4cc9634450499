/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "octavo-store.h"

G_BEGIN_DECLS

/* Answers the searches of the desktop (org.gnome.Shell.SearchProvider2), without any window.
 *
 * Signals: "open" (const char *query, gint64 note_id): what was searched for is to be shown, and a note of that, unless
 * it is 0; "create" (const char *title): a note is to be begun. */
#define OCTAVO_TYPE_SEARCH_PROVIDER (octavo_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (OctavoSearchProvider, octavo_search_provider, OCTAVO, SEARCH_PROVIDER, GObject)

#define OCTAVO_SEARCH_PROVIDER_MAX_RESULTS 20 /* and what makes a note */

/* Whose notes are searched: 0 for everyone's. */
typedef gint64 (*OctavoSearchProviderUser) (OctavoStore *store);

/* value: the tuple that is returned, NULL with error. */
typedef void (*OctavoSearchProviderReply) (GVariant *value, const GError *error, gpointer user_data);

OctavoSearchProvider *octavo_search_provider_new (GApplication            *application,
                                                  const char              *path,
                                                  OctavoSearchProviderUser find_user) G_GNUC_WARN_UNUSED_RESULT;

gboolean              octavo_search_provider_export (OctavoSearchProvider *self,
                                                     GDBusConnection      *connection,
                                                     const char           *object_path,
                                                     GError              **error);
void                  octavo_search_provider_unexport (OctavoSearchProvider *self);
void                  octavo_search_provider_use (OctavoSearchProvider *self, OctavoStore *store);

void                  octavo_search_provider_call (OctavoSearchProvider     *self,
                                                   const char               *method,
                                                   GVariant                 *parameters,
                                                   OctavoSearchProviderReply reply,
                                                   gpointer                  user_data);

G_END_DECLS
