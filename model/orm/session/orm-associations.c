/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-associations.h"
#include "orm-connection-private.h"
#include "orm-links.h"
#include "orm-scope-private.h"
#include "orm-session-private.h"

/* Many-to-many relations have rows that are no objects. What is added and removed is noted, so that a commit writes the
 * differences only, and a rollback can undo them. A pair of objects is noted once at most. */

static void
association_free (gpointer data)
{
  OrmAssociation *self = data;

  g_object_unref (self->owner);
  g_object_unref (self->target);
  g_free (self);
}

static OrmAssociation *
orm_association_new (const OrmRelationInfo *relation, OrmEntity *owner, OrmEntity *target, gboolean is_insert)
{
  OrmAssociation *self = g_new0 (OrmAssociation, 1);

  self->relation = relation;
  self->owner = g_object_ref (owner);
  self->target = g_object_ref (target);
  self->is_insert = is_insert;
  return self;
}

GPtrArray *
orm_associations_new (void)
{
  return g_ptr_array_new_with_free_func (association_free);
}

static guint
hash_pair (gconstpointer association)
{
  const OrmAssociation *self = association;

  return g_direct_hash (self->relation) + 31 * g_direct_hash (self->owner) + 961 * g_direct_hash (self->target);
}

static gboolean
equal_pairs (gconstpointer a, gconstpointer b)
{
  const OrmAssociation *one = a;
  const OrmAssociation *other = b;

  return one->relation == other->relation && one->owner == other->owner && one->target == other->target;
}

static void
add_to_list (OrmSession *session, OrmAssociation *self)
{
  self->position = session->associations->len;
  g_ptr_array_add (session->associations, self);
  g_hash_table_add (session->associated, self);
}

static void
remove_from_list (OrmSession *session, OrmAssociation *self)
{
  OrmAssociation *last = session->associations->pdata[session->associations->len - 1];

  g_hash_table_remove (session->associated, self);
  last->position = self->position;
  g_ptr_array_remove_index_fast (session->associations, self->position);
}

/* The set is made when something is noted first: most lists are only handed on. */
static void
ensure_set (OrmSession *session)
{
  if (session->associated != NULL)
    return;
  session->associated = g_hash_table_new (hash_pair, equal_pairs);
  for (guint i = 0; i < session->associations->len; i++)
    {
      ((OrmAssociation *) session->associations->pdata[i])->position = i;
      g_hash_table_add (session->associated, session->associations->pdata[i]);
    }
}

void
orm_associations_replace (OrmSession *session, GPtrArray *list)
{
  g_clear_pointer (&session->associated, g_hash_table_unref);
  g_clear_pointer (&session->associations, g_ptr_array_unref);
  session->associations = list;
}

static void
note (OrmSession *session, OrmEntity *owner, const OrmRelationInfo *relation, OrmEntity *target, gboolean is_insert)
{
  OrmAssociation wanted = { .relation = relation, .owner = owner, .target = target };
  OrmAssociation *self;

  ensure_set (session);
  self = g_hash_table_lookup (session->associated, &wanted);
  if (self == NULL)
    add_to_list (session, orm_association_new (relation, owner, target, is_insert));
  else if (self->is_insert != is_insert)
    remove_from_list (session, self);
}

GPtrArray *
orm_associations_copy (GPtrArray *associations)
{
  GPtrArray *copy = orm_associations_new ();

  for (guint i = 0; i < associations->len; i++)
    {
      OrmAssociation *self = associations->pdata[i];

      g_ptr_array_add (copy, orm_association_new (self->relation, self->owner, self->target, self->is_insert));
    }
  return copy;
}

/* The innermost scope knows how to undo it. */
static void
remember (OrmSession *session, OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to, gboolean is_insert)
{
  if (session->scope == NULL || session->is_undoing)
    return;
  if (relation->is_owner)
    g_ptr_array_add (session->scope->related, orm_association_new (relation, from, to, is_insert));
  else
    g_ptr_array_add (session->scope->related, orm_association_new (relation->inverse, to, from, is_insert));
}

/* A relation without an other side is the owner. */
void
orm_associations_note (OrmEntity *from, const OrmRelationInfo *relation, OrmEntity *to, gboolean is_insert)
{
  OrmSession *session = orm_entity_get_private (from)->session;

  if (session == NULL)
    session = orm_entity_get_private (to)->session;
  if (session == NULL)
    return;
  remember (session, from, relation, to, is_insert);
  if (relation->is_owner)
    note (session, from, relation, to, is_insert);
  else
    note (session, to, relation->inverse, from, is_insert);
}

void
orm_associations_note_all (OrmEntity *entity)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;
  const OrmTable *table = orm_entity_get_table (entity);

  for (guint i = 0; links != NULL && links->related != NULL && i < table->n_relations; i++)
    if (table->relations[i].kind == ORM_RELATION_MANY_TO_MANY && links->related[i].many != NULL)
      for (guint j = 0; j < links->related[i].many->len; j++)
        orm_associations_note (entity, &table->relations[i], ((OrmLink *) links->related[i].many->pdata[j])->to, TRUE);
  for (OrmLink *link = links != NULL ? links->incoming : NULL; link != NULL; link = link->next)
    if (link->relation->kind == ORM_RELATION_MANY_TO_MANY)
      orm_associations_note (link->from, link->relation, entity, TRUE);
}

void
orm_associations_note_cut (OrmEntity *entity)
{
  OrmLinks *links = orm_entity_get_private (entity)->links;
  OrmSession *session = orm_entity_get_private (entity)->session;
  const OrmTable *table = orm_entity_get_table (entity);

  if (session == NULL || session->scope == NULL)
    return;
  for (guint i = 0; links->related != NULL && i < table->n_relations; i++)
    if (table->relations[i].kind == ORM_RELATION_MANY_TO_MANY && links->related[i].many != NULL)
      for (guint j = 0; j < links->related[i].many->len; j++)
        remember (session, entity, &table->relations[i], ((OrmLink *) links->related[i].many->pdata[j])->to, FALSE);
  for (OrmLink *link = links->incoming; link != NULL; link = link->next)
    if (link->relation->kind == ORM_RELATION_MANY_TO_MANY)
      remember (session, link->from, link->relation, entity, FALSE);
}

/* Whether the object has a row when the rows between are written; operation: that inserts it. */
static gboolean
will_be_there (OrmEntity *entity, const OrmFlushOp **operation)
{
  OrmEntityPrivate *priv = orm_entity_get_private (entity);

  if (priv->is_gone || priv->is_deleted || priv->state == ORM_ENTITY_DETACHED)
    return FALSE;
  if (priv->state == ORM_ENTITY_PENDING)
    *operation = priv->operation;
  return priv->state == ORM_ENTITY_PERSISTENT || priv->operation != NULL;
}

/* Rows of what is deleted go by the foreign keys of the schema. */
void
orm_associations_take (OrmSession *session, OrmFlush *flush)
{
  flush->associations = g_steal_pointer (&session->associations);
  orm_associations_replace (session, orm_associations_new ());
  for (guint i = 0; i < flush->associations->len; i++)
    {
      OrmAssociation *self = flush->associations->pdata[i];

      self->owner_operation = NULL;
      self->target_operation = NULL;
      self->is_void = !will_be_there (self->owner, &self->owner_operation) ||
                      !will_be_there (self->target, &self->target_operation);
      self->owner_key = orm_entity_get_key (self->owner);
      self->target_key = orm_entity_get_key (self->target);
    }
}

/* Before what came since. */
void
orm_associations_give_back (OrmSession *session, OrmFlush *flush)
{
  g_autoptr (GPtrArray) since = g_steal_pointer (&session->associations);

  orm_associations_replace (session, g_steal_pointer (&flush->associations));
  for (guint i = 0; i < since->len; i++)
    {
      OrmAssociation *self = since->pdata[i];

      note (session, self->owner, self->relation, self->target, self->is_insert);
    }
}

static gboolean
is_of_session (const OrmAssociation *self, OrmSession *session)
{
  return orm_entity_get_private (self->owner)->session == session &&
         orm_entity_get_private (self->target)->session == session;
}

static void
undo (const OrmAssociation *self)
{
  const OrmRelationInfo *inverse = self->relation->inverse;

  if (self->is_insert)
    orm_links_remove (self->owner, self->relation, self->target);
  else if (orm_links_is_loaded (self->owner, self->relation))
    orm_links_add (self->owner, self->relation, self->target);
  else if (inverse != NULL && orm_links_is_loaded (self->target, inverse))
    orm_links_add (self->target, inverse, self->owner);
}

void
orm_associations_undo (OrmSession *session, GPtrArray *associations, OrmScope *scope)
{
  for (guint i = associations->len; i > 0; i--)
    {
      OrmAssociation *self = associations->pdata[i - 1];

      if (!is_of_session (self, session))
        continue;
      if (scope != NULL)
        g_ptr_array_add (scope->related,
                         orm_association_new (self->relation, self->owner, self->target, !self->is_insert));
      undo (self);
    }
}

static char *
build_statement (const OrmRelationInfo *relation, gboolean is_insert)
{
  GString *sql = g_string_new (is_insert ? "INSERT INTO " : "DELETE FROM ");

  orm_append_name (sql, relation->through);
  g_string_append (sql, is_insert ? " (" : " WHERE ");
  orm_append_name (sql, relation->own_column);
  g_string_append (sql, is_insert ? ", " : " = ? AND ");
  orm_append_name (sql, relation->target_column);
  /* Another may have related the same two. */
  g_string_append (sql, is_insert ? ") VALUES (?, ?) ON CONFLICT DO NOTHING" : " = ?");
  return g_string_free (sql, FALSE);
}

gboolean
orm_associations_write_one (OrmConnection *connection,
                            const OrmRelationInfo *relation,
                            gint64 owner,
                            gint64 target,
                            gboolean is_insert,
                            gconstpointer origin,
                            GError **error)
{
  g_autofree char *sql = build_statement (relation, is_insert);
  OrmStatement *statement = orm_connection_prepare (connection, sql, error);
  guint start;

  if (statement == NULL)
    return FALSE;
  orm_statement_bind_int64 (statement, 1, owner);
  orm_statement_bind_int64 (statement, 2, target);
  if (!orm_statement_run (statement, error))
    {
      g_prefix_error (error, "%s %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ": ", relation->through, owner, target);
      return FALSE;
    }
  /* SQLite tells nothing of a table without rowid. */
  start = connection->log->len;
  orm_connection_report_change (connection, relation->through, ORM_CHANGE_UPDATE, owner);
  orm_connection_set_origin (connection, start, relation->through, ORM_CHANGE_UPDATE, owner, origin);
  return TRUE;
}

static gboolean
write_association (OrmFlush *flush, OrmAssociation *self, OrmConnection *connection, GError **error)
{
  gint64 owner = self->owner_operation != NULL ? self->owner_operation->key : self->owner_key;
  gint64 target = self->target_operation != NULL ? self->target_operation->key : self->target_key;

  return orm_associations_write_one (connection, self->relation, owner, target, self->is_insert, flush->origin, error);
}

gboolean
orm_associations_write (OrmFlush *flush, OrmConnection *connection, GError **error)
{
  /* What goes makes room for what comes. */
  for (int is_insert = FALSE; is_insert <= TRUE; is_insert++)
    for (guint i = 0; flush->associations != NULL && i < flush->associations->len; i++)
      {
        OrmAssociation *self = flush->associations->pdata[i];

        if (self->is_insert == is_insert && !self->is_void && !write_association (flush, self, connection, error))
          return FALSE;
      }
  return TRUE;
}
