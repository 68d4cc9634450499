/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-session-private.h"

/* What becomes of the objects of a commit when it has ended. */

static void
settle_written (OrmSession *self, OrmFlushOp *operation)
{
  OrmEntity *entity = operation->entity;
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  orm_session_touch (self, entity, FALSE);
  priv->written = self->n_commits;
  priv->has_written = TRUE;
  priv->is_enlisted = FALSE;
  switch (operation->kind)
    {
    case ORM_FLUSH_INSERT:
      orm_entity_inserted (entity, operation);
      orm_session_adopt (self, entity);
      break;
    case ORM_FLUSH_UPDATE:
      orm_entity_updated (entity, operation);
      break;
    case ORM_FLUSH_DELETE:
    default:
      priv->operation = NULL;
      priv->is_gone = TRUE;
      g_ptr_array_remove_fast (self->changed, entity);
      orm_session_detach (self, entity);
      return;
    }
  /* What was not loaded stays so, but for that of a new row. */
  if (operation->row != NULL)
    orm_entity_refresh (entity, operation->row, operation->kind == ORM_FLUSH_INSERT ? G_MAXUINT64 : ~priv->unloaded,
                        TRUE);
  if (priv->dirty != 0)
    orm_session_enlist (self, entity);
}

static void
settle_failed (OrmSession *self, OrmFlushOp *operation)
{
  OrmEntity *entity = operation->entity;
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  orm_session_touch (self, entity, FALSE);
  priv->operation = NULL;
  priv->again = 0;
  if (operation->kind == ORM_FLUSH_INSERT && priv->is_deleted)
    {
      g_ptr_array_remove (self->deleted, entity);
      orm_session_detach (self, entity);
    }
  else if (operation->kind == ORM_FLUSH_INSERT)
    g_ptr_array_insert (self->added, 0, g_object_ref (entity));
  else if (operation->kind == ORM_FLUSH_UPDATE)
    g_ptr_array_insert (self->changed, 0, g_object_ref (entity));
  else
    {
      if (priv->is_deleted)
        g_ptr_array_insert (self->deleted, 0, g_object_ref (entity));
      /* What was set while its deletion was on its way is to be written if that is taken back. */
      if (priv->dirty != 0 && !g_ptr_array_find (self->changed, entity, NULL))
        g_ptr_array_add (self->changed, g_object_ref (entity));
    }
}

/* Its object has left the session meanwhile, and another may have been made of the row as it was before. */
static void
settle_elsewhere (OrmSession *self, const OrmFlushOp *operation)
{
  if (orm_identity_map_lookup (self->map, operation->table, operation->key) != NULL)
    orm_session_queue_refresh (self, operation->table, operation->key);
}

void
orm_session_settle (OrmSession *self, OrmJob *job)
{
  OrmCommit *commit = job->data;
  OrmFlush *flush = commit->flush;
  gboolean succeeded = job->succeeded;

  commit->is_settled = TRUE;
  self->commit = NULL;
  if (succeeded)
    self->n_commits++;
  for (guint i = 0; succeeded && i < flush->n_operations; i++)
    if (orm_entity_get_private (flush->operations[i].entity)->session == self)
      settle_written (self, &flush->operations[i]);
    else
      settle_elsewhere (self, &flush->operations[i]);
  /* From the last on, each to the front. */
  for (guint i = flush->n_operations; !succeeded && i > 0; i--)
    if (orm_entity_get_private (flush->operations[i - 1].entity)->session == self)
      settle_failed (self, &flush->operations[i - 1]);
  if (!succeeded && !commit->is_rollback)
    orm_associations_give_back (self, flush);
  g_clear_pointer (&flush->associations, g_ptr_array_unref);
  if (commit->is_rollback)
    orm_scope_settle_rollback (commit->scope, commit->readings, succeeded);
  else if (commit->scope != NULL)
    orm_scope_settle (commit->scope, job, commit->readings);
  orm_session_follow (self);
}
