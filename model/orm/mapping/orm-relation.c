/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-orm"

#include "orm-error.h"
#include "orm-relation-private.h"

/* What a class says of its relations. Classes refer to each other, so that names are looked up when one of them is
 * first used, and not while they are being made. */

#define BIT(column) (G_GUINT64_CONSTANT (1) << (column))

static GRecMutex resolving;

static GParamSpec *
make_property (const OrmRelation *relation)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  if (relation->kind == ORM_RELATION_BELONGS_TO)
    return g_param_spec_object (relation->property, NULL, NULL, relation->target (), flags | G_PARAM_WRITABLE);
  return g_param_spec_object (relation->property, NULL, NULL, G_TYPE_LIST_MODEL, flags);
}

/**
 * orm_entity_class_add_relations:
 * @klass: the class, in its class_init, after orm_entity_class_map()
 * @relations: (array length=n_relations): the relations; copied, their strings must be static
 * @n_relations: how many
 *
 * Says how objects of the class are related to others. What does not agree with the other class is found when one of
 * both is first used, and is the %ORM_ERROR_INVALID of that.
 */
void
orm_entity_class_add_relations (OrmEntityClass *klass, const OrmRelation *relations, guint n_relations)
{
  OrmTable *table;

  g_return_if_fail (ORM_IS_ENTITY_CLASS (klass) && relations != NULL && klass->table != NULL);
  g_return_if_fail (klass->table->n_relations == 0);

  table = (OrmTable *) klass->table;
  table->relations = g_new0 (OrmRelationInfo, n_relations);
  table->n_relations = n_relations;
  for (guint i = 0; i < n_relations; i++)
    {
      OrmRelationInfo *info = &table->relations[i];
      const OrmColumn *column = relations[i].column != NULL ? orm_table_find_column (table, relations[i].column) : NULL;

      info->declared = relations[i];
      info->name = relations[i].name;
      info->kind = relations[i].kind;
      info->table = table;
      info->index = i;
      if (info->kind == ORM_RELATION_BELONGS_TO && column != NULL)
        {
          info->column = (guint) (column - table->columns);
          table->foreign |= BIT (info->column);
        }
      if (relations[i].property != NULL)
        {
          info->property = make_property (&relations[i]);
          g_object_class_install_property (G_OBJECT_CLASS (klass), ORM_RELATION_FIRST_PROPERTY + i, info->property);
        }
    }
}

static OrmRelationInfo *
find (const OrmTable *table, const char *name)
{
  for (guint i = 0; i < table->n_relations; i++)
    if (g_str_equal (table->relations[i].name, name))
      return &table->relations[i];
  return NULL;
}

static const char *
find_problem_of_column (const OrmTable *table, const OrmRelation *declared)
{
  const OrmColumn *column = declared->column != NULL ? orm_table_find_column (table, declared->column) : NULL;

  if (column == NULL)
    return "its column is not mapped";
  return column->type == ORM_FIELD_INT64 && (column->flags & ORM_COLUMN_KEY) == 0 ? NULL
                                                                                  : "its column cannot have a key";
}

/* Of the kind by itself, with the other side known. */
static const char *
find_problem_of_kind (const OrmRelationInfo *self, const OrmRelationInfo *inverse)
{
  const OrmRelation *declared = &self->declared;
  const OrmRelationInfo *owner;

  switch (self->kind)
    {
    case ORM_RELATION_BELONGS_TO:
      return find_problem_of_column (self->table, declared);
    case ORM_RELATION_HAS_MANY:
      if (inverse == NULL)
        return "it has no other side";
      return find_problem_of_column (inverse->table, &inverse->declared);
    case ORM_RELATION_MANY_TO_MANY:
    default:
      owner = declared->through != NULL ? self : inverse;
      if (owner == NULL || owner->declared.through == NULL)
        return "neither side names the table between";
      if (declared->through != NULL && inverse != NULL && inverse->declared.through != NULL)
        return "both sides name the table between";
      return owner->declared.column != NULL && owner->declared.target_column != NULL
                 ? NULL
                 : "the columns of the table between are not named";
    }
}

static gboolean
kinds_agree (OrmRelationKind a, OrmRelationKind b)
{
  if (a == ORM_RELATION_MANY_TO_MANY || b == ORM_RELATION_MANY_TO_MANY)
    return a == b;
  return a != b;
}

static const char *
find_problem (OrmRelationInfo *self, OrmRelationInfo *inverse)
{
  const OrmRelation *declared = &self->declared;
  const OrmColumn *order;

  if (declared->back_populates != NULL &&
      (inverse == NULL || inverse->declared.back_populates == NULL ||
       inverse->declared.target () != self->table->gtype ||
       !g_str_equal (inverse->declared.back_populates, self->name) || !kinds_agree (self->kind, inverse->kind)))
    return "it is not the other side of what it names as its own";
  order = declared->order_by != NULL ? orm_table_find_column (self->target, declared->order_by) : NULL;
  if (declared->order_by != NULL && order == NULL)
    return "the column that orders it is not mapped";
  self->order = order != NULL ? (guint) (order - self->target->columns) : self->target->key;
  return find_problem_of_kind (self, inverse);
}

static void
take_columns (OrmRelationInfo *self, const OrmRelationInfo *inverse)
{
  const OrmRelation *owner;

  self->inverse = inverse;
  if (self->kind == ORM_RELATION_HAS_MANY && inverse != NULL)
    self->column = inverse->column;
  if (orm_relation_is_collection (self) && self->order != self->target->key)
    ((OrmTable *) self->target)->ordering |= BIT (self->order);
  if (self->kind != ORM_RELATION_MANY_TO_MANY)
    return;
  self->is_owner = self->declared.through != NULL;
  owner = self->is_owner || inverse == NULL ? &self->declared : &inverse->declared;
  self->through = g_intern_string (owner->through);
  self->own_column = self->is_owner ? owner->column : owner->target_column;
  self->target_column = self->is_owner ? owner->target_column : owner->column;
}

static gboolean
resolve_relation (OrmRelationInfo *self, GError **error)
{
  GType target = self->declared.target ();
  OrmRelationInfo *inverse = NULL;
  const char *problem;

  if (g_type_is_a (target, ORM_TYPE_ENTITY) && !G_TYPE_IS_ABSTRACT (target))
    self->target = orm_table_for_type (target);
  if (self->target == NULL)
    problem = "its target is mapped to no table";
  else
    {
      if (self->declared.back_populates != NULL)
        inverse = find (self->target, self->declared.back_populates);
      problem = find_problem (self, inverse);
    }
  if (problem != NULL)
    {
      g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "The relation %s.%s to %s: %s", self->table->name, self->name,
                   self->target != NULL ? self->target->name : g_type_name (target), problem);
      return FALSE;
    }
  take_columns (self, inverse);
  return TRUE;
}

static gboolean
resolve_all (OrmTable *table, GError **error)
{
  if (table->is_resolved)
    return TRUE;
  table->is_resolved = TRUE;
  for (guint i = 0; i < table->n_relations; i++)
    if (!resolve_relation (&table->relations[i], error) ||
        !resolve_all ((OrmTable *) table->relations[i].target, error))
      {
        table->is_resolved = FALSE;
        return FALSE;
      }
  return TRUE;
}

gboolean
orm_table_resolve (const OrmTable *self, GError **error)
{
  OrmTable *table = (OrmTable *) self;

  if (g_atomic_int_get (&table->is_ready))
    return TRUE;
  g_rec_mutex_lock (&resolving);
  if (resolve_all (table, error))
    g_atomic_int_set (&table->is_ready, TRUE);
  g_rec_mutex_unlock (&resolving);
  return g_atomic_int_get (&table->is_ready);
}

const OrmRelationInfo *
orm_table_find_relation (const OrmTable *self, const char *name, GError **error)
{
  const OrmRelationInfo *relation;

  if (!orm_table_resolve (self, error))
    return NULL;
  relation = find (self, name);
  if (relation == NULL)
    g_set_error (error, ORM_ERROR, ORM_ERROR_INVALID, "%s has no relation “%s”", self->name, name);
  return relation;
}

static gboolean
check_column (OrmConnection *connection, const OrmRelationInfo *relation, const char *column, GError **error)
{
  OrmStatement *info = orm_connection_prepare (connection, "SELECT 1 FROM pragma_table_info (?) WHERE name = ?", error);
  OrmStep step;

  if (info == NULL)
    return FALSE;
  orm_statement_bind_text (info, 1, relation->through, -1);
  orm_statement_bind_text (info, 2, column, -1);
  step = orm_statement_step (info, error);
  orm_statement_reset (info);
  if (step == ORM_STEP_DONE)
    g_set_error (error, ORM_ERROR, ORM_ERROR_MISMATCH, "The relation %s.%s: the database has no column %s.%s",
                 relation->table->name, relation->name, relation->through, column);
  return step == ORM_STEP_ROW;
}

gboolean
orm_table_check_relations (const OrmTable *self, OrmConnection *connection, GError **error)
{
  if (!orm_table_resolve (self, error))
    return FALSE;
  for (guint i = 0; i < self->n_relations; i++)
    {
      const OrmRelationInfo *relation = &self->relations[i];

      if (relation->kind == ORM_RELATION_MANY_TO_MANY &&
          (!check_column (connection, relation, relation->own_column, error) ||
           !check_column (connection, relation, relation->target_column, error)))
        return FALSE;
    }
  return TRUE;
}
