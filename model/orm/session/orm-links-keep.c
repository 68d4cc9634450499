/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-links.h"
#include "orm-session-private.h"

/* An object lives as long as somebody holds it, or holds one that leads to it by loaded relations. Relations go round
 * in circles (a note leads to its tags, and they to their notes), so that counting references would keep a circle for
 * ever. All links to an object keep it by one toggle reference instead, which tells when it is the last. Then those
 * that lead to the object are asked, and those that lead to them, until one is found that is held; where there is none,
 * all that was met goes. That is short as a rule; where it is not, it is left for a quiet moment, and done for many. */

/* Objects that are looked at before the rest is put off. */
#define MAX_MET 500

static void orm_links_release (OrmEntity *entity);

static gboolean
is_held (OrmEntity *entity)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;

  return links == NULL || !links->is_unheld;
}

static void
on_toggled (gpointer data, GObject *object, gboolean is_last)
{
  OrmLinks *links = orm_entity_get_private (ORM_ENTITY (object))->links;

  links->is_unheld = is_last;
  if (is_last)
    orm_links_release (ORM_ENTITY (object));
}

void
orm_links_attach (OrmLink *link)
{
  OrmLinks *links = orm_entity_get_private (link->to)->links;

  if (links->incoming == NULL)
    {
      links->is_unheld = FALSE;
      g_object_add_toggle_ref (G_OBJECT (link->to), on_toggled, NULL);
    }
  else
    links->incoming->previous = link;
  link->next = links->incoming;
  links->incoming = link;
}

/* The object that it leads to may go with it. */
void
orm_links_free (OrmLink *link)
{
  OrmLinks *links = orm_entity_get_private (link->to)->links;
  OrmEntity *to = link->to;

  if (link->previous != NULL)
    link->previous->next = link->next;
  else
    links->incoming = link->next;
  if (link->next != NULL)
    link->next->previous = link->previous;
  g_free (link);

  if (links->incoming == NULL)
    {
      links->is_unheld = FALSE;
      g_object_remove_toggle_ref (G_OBJECT (to), on_toggled, NULL);
    }
  else if (links->is_unheld)
    orm_links_release (to);
}

/* All that lead to the objects of met, which are among them. FALSE where it stopped: at the first that is held, or at
 * too many. */
static gboolean
meet_all (GPtrArray *met, guint max, gboolean stops_at_held, gboolean *is_kept)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < met->len; i++)
    g_hash_table_add (known, met->pdata[i]);
  for (guint i = 0; i < met->len; i++)
    for (OrmLink *link = orm_entity_get_private (met->pdata[i])->links->incoming; link != NULL; link = link->next)
      {
        if (stops_at_held && is_held (link->from))
          {
            *is_kept = TRUE;
            return FALSE;
          }
        if (!g_hash_table_add (known, link->from))
          continue;
        if (met->len == max)
          return FALSE;
        g_ptr_array_add (met, link->from);
      }
  return TRUE;
}

/* Nothing leads to them but what is among them. */
static void
let_go (GPtrArray *garbage)
{
  for (guint i = 0; i < garbage->len; i++)
    g_object_ref (garbage->pdata[i]);
  for (guint i = 0; i < garbage->len; i++)
    {
      const OrmTable *table = orm_entity_get_table (garbage->pdata[i]);

      for (guint j = 0; j < table->n_relations; j++)
        orm_links_unload (garbage->pdata[i], &table->relations[j]);
    }
  for (guint i = 0; i < garbage->len; i++)
    g_object_unref (garbage->pdata[i]);
}

static void
keep_reachable (OrmEntity *entity, GHashTable *garbage, GPtrArray *open)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;
  guint n_relations = links != NULL && links->related != NULL ? orm_entity_get_table (entity)->n_relations : 0;

  for (guint i = 0; i < n_relations; i++)
    {
      OrmRelated *related = &links->related[i];

      if (related->one != NULL && g_hash_table_remove (garbage, related->one->to))
        g_ptr_array_add (open, related->one->to);
      for (guint j = 0; related->many != NULL && j < related->many->len; j++)
        {
          OrmLink *link = related->many->pdata[j];

          if (g_hash_table_remove (garbage, link->to))
            g_ptr_array_add (open, link->to);
        }
    }
}

static gboolean
on_quiet (gpointer data)
{
  OrmSession *session = data;
  g_autoptr (GPtrArray) met = g_ptr_array_new ();
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autoptr (GHashTable) garbage = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer entity;

  g_clear_pointer (&session->quiet, g_source_unref);
  g_hash_table_iter_init (&iter, session->suspects);
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    {
      orm_entity_get_private (entity)->links->is_suspect = FALSE;
      if (!is_held (entity))
        g_ptr_array_add (met, entity);
    }
  g_hash_table_remove_all (session->suspects);

  meet_all (met, G_MAXUINT, FALSE, NULL);
  for (guint i = 0; i < met->len; i++)
    if (is_held (met->pdata[i]))
      g_ptr_array_add (open, met->pdata[i]);
    else
      g_hash_table_add (garbage, met->pdata[i]);
  for (guint i = 0; i < open->len; i++)
    keep_reachable (open->pdata[i], garbage, open);
  g_hash_table_iter_init (&iter, garbage);
  while (g_hash_table_iter_next (&iter, &entity, NULL))
    g_ptr_array_add (rest, entity);
  let_go (rest);
  return G_SOURCE_REMOVE;
}

static void
put_off (OrmSession *session, OrmEntity *entity)
{
  orm_entity_get_private (entity)->links->is_suspect = TRUE;
  g_hash_table_add (session->suspects, entity);
  if (session->quiet != NULL)
    return;
  session->quiet = g_idle_source_new ();
  g_source_set_static_name (session->quiet, "[orm] objects that only lead to each other");
  g_source_set_callback (session->quiet, on_quiet, session, NULL);
  g_source_attach (session->quiet, g_main_context_get_thread_default ());
}

/* Nothing but links keeps the object. */
static void
orm_links_release (OrmEntity *entity)
{
  OrmSession *session = orm_entity_get_private (entity)->session;
  g_autoptr (GPtrArray) met = NULL;
  gboolean is_kept = FALSE;

  if (is_held (orm_entity_get_private (entity)->links->incoming->from))
    return;
  met = g_ptr_array_new ();
  g_ptr_array_add (met, entity);
  if (meet_all (met, session != NULL ? MAX_MET : G_MAXUINT, TRUE, &is_kept))
    let_go (met);
  else if (!is_kept && session != NULL)
    put_off (session, entity);
}

void
orm_links_end_suspicion (OrmEntity *entity)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  if (!priv->links->is_suspect)
    return;
  priv->links->is_suspect = FALSE;
  g_hash_table_remove (priv->session->suspects, entity);
}

void
orm_links_end_keeping (OrmSession *session)
{
  if (session->quiet == NULL)
    return;
  g_source_destroy (session->quiet);
  g_clear_pointer (&session->quiet, g_source_unref);
}
