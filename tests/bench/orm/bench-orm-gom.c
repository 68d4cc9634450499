/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-bench"

#include "bench-orm.h"

#include <gom/gom.h>
#include <string.h>

/* The engine of libgom. It has no joins and no batches: what belongs to a note is read note by note. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GomSorting, g_object_unref) /* libgom forgot it */

typedef struct
{
  GomResource parent_instance;
  gint64 id;
  char *name;
} GomNamed; /* a user or a tag */

typedef GomNamed GomUser;
typedef GomNamed GomTag;
typedef GomResourceClass GomUserClass;
typedef GomResourceClass GomTagClass;

typedef struct
{
  GomResource parent_instance;
  gint64 numbers[5]; /* id, author, created, updated, pinned */
  char *texts[3];    /* title, excerpt, body */
} GomNote;

typedef GomResourceClass GomNoteClass;

static GType gom_user_get_type (void);
static GType gom_tag_get_type (void);
static GType gom_note_get_type (void);

G_DEFINE_TYPE (GomUser, gom_user, GOM_TYPE_RESOURCE)
G_DEFINE_TYPE (GomTag, gom_tag, GOM_TYPE_RESOURCE)
G_DEFINE_TYPE (GomNote, gom_note, GOM_TYPE_RESOURCE)

static void
gom_named_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GomNamed *self = (GomNamed *) object;

  if (id == 1)
    g_value_set_int64 (value, self->id);
  else
    g_value_set_string (value, self->name);
}

static void
gom_named_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GomNamed *self = (GomNamed *) object;

  if (id == 1)
    self->id = g_value_get_int64 (value);
  else
    {
      g_free (self->name);
      self->name = g_value_dup_string (value);
    }
}

static void
gom_named_finalize (GObject *object)
{
  g_free (((GomNamed *) object)->name);
  G_OBJECT_CLASS (g_type_class_peek (GOM_TYPE_RESOURCE))->finalize (object);
}

static void
install (GomResourceClass *klass, const char *table, const char *const *names, guint n_numbers)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  gom_resource_class_set_table (klass, table);
  for (guint i = 0; names[i] != NULL; i++)
    if (i < n_numbers)
      g_object_class_install_property (object_class, i + 1,
                                       g_param_spec_int64 (names[i], NULL, NULL, G_MININT64, G_MAXINT64, 0,
                                                           G_PARAM_READWRITE));
    else
      g_object_class_install_property (object_class, i + 1,
                                       g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READWRITE));
  gom_resource_class_set_primary_key (klass, "id");
}

static const char *const named_columns[] = { "id", "name", NULL };
static const char *const note_columns[] = { "id",    "author",  "created", "updated", "pinned",
                                            "title", "excerpt", "body",    NULL };

static void
install_named (GomResourceClass *klass, const char *table)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gom_named_get_property;
  object_class->set_property = gom_named_set_property;
  object_class->finalize = gom_named_finalize;
  install (klass, table, named_columns, 1);
}

static void
gom_user_class_init (GomUserClass *klass)
{
  install_named (klass, "user");
}

static void
gom_tag_class_init (GomTagClass *klass)
{
  install_named (klass, "tag");
}

static void
gom_note_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GomNote *self = (GomNote *) object;

  if (id <= G_N_ELEMENTS (self->numbers))
    g_value_set_int64 (value, self->numbers[id - 1]);
  else
    g_value_set_string (value, self->texts[id - 1 - G_N_ELEMENTS (self->numbers)]);
}

static void
gom_note_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GomNote *self = (GomNote *) object;

  if (id <= G_N_ELEMENTS (self->numbers))
    self->numbers[id - 1] = g_value_get_int64 (value);
  else
    {
      char **text = &self->texts[id - 1 - G_N_ELEMENTS (self->numbers)];

      g_free (*text);
      *text = g_value_dup_string (value);
    }
}

static void
gom_note_finalize (GObject *object)
{
  GomNote *self = (GomNote *) object;

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (gom_note_parent_class)->finalize (object);
}

static void
gom_note_class_init (GomNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gom_note_get_property;
  object_class->set_property = gom_note_set_property;
  object_class->finalize = gom_note_finalize;
  install (klass, "note", note_columns, 5);
}

static void
gom_user_init (GomUser *self)
{
}

static void
gom_tag_init (GomTag *self)
{
}

static void
gom_note_init (GomNote *self)
{
}

static void
on_write (GomAdapter *adapter, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) pragmas = g_strsplit (BENCH_PRAGMAS, ";", -1);

  for (guint i = 0; pragmas[i] != NULL; i++)
    {
      gom_adapter_execute_sql (adapter, pragmas[i], &error);
      bench_check (error);
    }
  g_async_queue_push (data, adapter);
}

static GomRepository *
open_file (Bench *bench)
{
  g_autoptr (GomAdapter) adapter = gom_adapter_new ();
  g_autoptr (GAsyncQueue) done = g_async_queue_new ();
  g_autoptr (GError) error = NULL;

  gom_adapter_open_sync (adapter, bench->file, &error);
  bench_check (error);
  gom_adapter_queue_write (adapter, on_write, done);
  g_async_queue_pop (done);
  return gom_repository_new (adapter);
}

static void
close_file (GomRepository *repository)
{
  g_autoptr (GError) error = NULL;

  gom_adapter_close_sync (gom_repository_get_adapter (repository), &error);
  bench_check (error);
  g_object_unref (repository);
}

static gint64
note_sum (const GomNote *self)
{
  return self->numbers[0] + (gint64) strlen (self->texts[0]) + (gint64) strlen (self->texts[2]);
}

static void
sum_group (Bench *bench, GomResourceGroup *group, guint n)
{
  for (guint i = 0; i < n; i++)
    bench->sum += note_sum ((GomNote *) gom_resource_group_get_index (group, i));
}

static void
task_insert (Bench *bench)
{
  GomRepository *repository = open_file (bench);
  g_autoptr (GomResourceGroup) group = NULL;
  g_autoptr (GError) error = NULL;

  bench_start (bench);
  group = gom_resource_group_new (repository);
  for (gint64 i = 1; i <= bench->n_notes; i++)
    {
      BenchNoteValues values = bench_note (bench, i);
      g_autoptr (GomResource) note = g_object_new (gom_note_get_type (), "repository", repository, NULL);

      g_object_set (note, "author", values.author, "created", values.created, "updated", values.updated, "pinned",
                    (gint64) values.pinned, "title", bench->title->str, "excerpt", bench->excerpt->str, "body",
                    bench->body->str, NULL);
      gom_resource_group_append (group, note);
    }
  gom_resource_group_write_sync (group, &error);
  bench_stop (bench);
  bench_check (error);
  close_file (repository);
}

/* The first so many of what a filter finds. */
static GomResourceGroup *
find (GomRepository *repository, GType type, GomFilter *filter, GomSorting *sorting, guint *n)
{
  g_autoptr (GError) error = NULL;
  GomResourceGroup *group = gom_repository_find_sorted_sync (repository, type, filter, sorting, &error);

  bench_check (error);
  *n = MIN (*n, gom_resource_group_get_count (group));
  if (*n > 0)
    gom_resource_group_fetch_sync (group, 0, *n, &error);
  bench_check (error);
  return group;
}

static void
task_load (Bench *bench)
{
  GomRepository *repository = open_file (bench);
  g_autoptr (GomResourceGroup) group = NULL;
  guint n = G_MAXUINT;

  bench_start (bench);
  group = find (repository, gom_note_get_type (), NULL, NULL, &n);
  bench_stop (bench);
  sum_group (bench, group, n);
  close_file (repository);
}

static GomFilter *
filter_number (GType type, const char *name, gint64 number, GomFilter *(*make) (GType, const char *, const GValue *) )
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_INT64);
  g_value_set_int64 (&value, number);
  return make (type, name, &value);
}

static gpointer
get_one (GomRepository *repository, GType type, gint64 id)
{
  g_autoptr (GomFilter) filter = filter_number (type, "id", id, gom_filter_new_eq);
  g_autoptr (GError) error = NULL;
  gpointer found = gom_repository_find_one_sync (repository, type, filter, &error);

  bench_check (error);
  return found;
}

static void
get_notes (Bench *bench, gboolean again)
{
  GomRepository *repository = open_file (bench);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint round = again ? 0 : 1; round < 2; round++)
    {
      g_ptr_array_set_size (notes, 0);
      bench_start (bench);
      for (gint64 i = 0; i < bench->n_notes; i++)
        g_ptr_array_add (notes, get_one (repository, gom_note_get_type (), bench->order[i] + 1));
      bench_stop (bench);
    }
  for (guint i = 0; i < notes->len; i++)
    bench->sum += note_sum (notes->pdata[i]);
  close_file (repository);
}

static void
task_get_cold (Bench *bench)
{
  get_notes (bench, FALSE);
}

/* It has no identity map, and reads again. */
static void
task_get_live (Bench *bench)
{
  get_notes (bench, TRUE);
}

static void
task_change (Bench *bench)
{
  GomRepository *repository = open_file (bench);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GomResourceGroup) group = NULL;
  g_autoptr (GError) error = NULL;

  for (gint64 i = 1; i <= bench->n_notes / BENCH_IN_CHANGE; i++)
    g_ptr_array_add (notes, get_one (repository, gom_note_get_type (), i * BENCH_IN_CHANGE));
  bench_start (bench);
  group = gom_resource_group_new (repository);
  for (guint i = 0; i < notes->len; i++)
    {
      char title[32];

      g_snprintf (title, sizeof title, "Changed %u", i + 1);
      g_object_set (notes->pdata[i], "title", title, NULL);
      gom_resource_group_append (group, notes->pdata[i]);
    }
  gom_resource_group_write_sync (group, &error);
  bench_stop (bench);
  bench_check (error);
  close_file (repository);
}

static GomResourceGroup *
find_tags (GomRepository *repository, gint64 note, guint *n)
{
  g_autoptr (GArray) values = g_array_new (FALSE, TRUE, sizeof (GValue));
  g_autoptr (GomFilter) filter = NULL;
  GValue value = G_VALUE_INIT;

  g_array_set_clear_func (values, (GDestroyNotify) g_value_unset);
  g_value_init (&value, G_TYPE_INT64);
  g_value_set_int64 (&value, note);
  g_array_append_val (values, value);
  filter = gom_filter_new_sql ("tag.id IN (SELECT tag FROM note_tag WHERE note = ?)", values);
  *n = G_MAXUINT;
  return find (repository, gom_tag_get_type (), filter, NULL, n);
}

static GomResourceGroup *
find_page (Bench *bench, GomRepository *repository, gint64 number, guint *n)
{
  GType type = gom_note_get_type ();
  g_autoptr (GomFilter) filter = filter_number (type, "updated", bench_page_before (bench, number), gom_filter_new_lt);
  g_autoptr (GomSorting) sorting = gom_sorting_new (type, "updated", GOM_SORTING_DESCENDING, NULL);

  *n = BENCH_PAGE;
  return find (repository, type, filter, sorting, n);
}

static void
task_page (Bench *bench)
{
  GomRepository *repository = open_file (bench);

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (GomResourceGroup) group = NULL;
      g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_object_unref);
      guint n, n_tags;
      double before = bench->milliseconds;

      bench_start (bench);
      group = find_page (bench, repository, i, &n);
      for (guint j = 0; j < n; j++)
        {
          GomNote *note = (GomNote *) gom_resource_group_get_index (group, j);

          g_ptr_array_add (users, get_one (repository, gom_user_get_type (), note->numbers[1]));
          g_ptr_array_add (tags, find_tags (repository, note->numbers[0], &n_tags));
        }
      bench_stop (bench);
      bench->milliseconds += before;
      sum_group (bench, group, n);
      for (guint j = 0; j < n; j++)
        {
          bench->sum += (gint64) strlen (((GomUser *) users->pdata[j])->name);
          for (guint k = 0; k < gom_resource_group_get_count (tags->pdata[j]); k++)
            bench->sum += ((GomTag *) gom_resource_group_get_index (tags->pdata[j], k))->id;
        }
    }
  close_file (repository);
}

static void
task_filter (Bench *bench)
{
  GomRepository *repository = open_file (bench);
  GType type = gom_note_get_type ();

  for (gint64 i = 0; i < bench->n_asked; i++)
    {
      g_autoptr (GomFilter) by_author = NULL;
      g_autoptr (GomFilter) by_since = NULL;
      g_autoptr (GomFilter) by_until = NULL;
      g_autoptr (GomFilter) filter = NULL;
      g_autoptr (GomSorting) sorting = NULL;
      g_autoptr (GomResourceGroup) group = NULL;
      gint64 author, since, until;
      guint n = BENCH_PAGE;
      double before = bench->milliseconds;

      bench_list_of (bench, i, &author, &since, &until);
      bench_start (bench);
      by_author = filter_number (type, "author", author, gom_filter_new_eq);
      by_since = filter_number (type, "updated", since, gom_filter_new_gte);
      by_until = filter_number (type, "updated", until, gom_filter_new_lte);
      filter = gom_filter_new_and_full (by_author, by_since, by_until, NULL);
      sorting =
          gom_sorting_new (type, "title", GOM_SORTING_ASCENDING, type, "id", GOM_SORTING_ASCENDING, (GType) 0, NULL);
      group = find (repository, type, filter, sorting, &n);
      bench_stop (bench);
      bench->milliseconds += before;
      sum_group (bench, group, n);
    }
  close_file (repository);
}

static const BenchTask tasks[] = {
  { "insert", task_insert },     { "load", task_load },     { "get.cold", task_get_cold },
  { "get.live", task_get_live }, { "change", task_change }, { "page.join", task_page },
  { "page.batched", task_page }, { "filter", task_filter }, { NULL, NULL },
};

int
main (int argc, char *argv[])
{
  return bench_main (argc, argv, tasks);
}
