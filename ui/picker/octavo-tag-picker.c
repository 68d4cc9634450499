/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-ui"

#include "octavo-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "octavo-tag-counts.h"
#include "octavo-tag-picker.h"
#include "octavo-tag-repository.h"

#define MAX_TAGS 100

/* Of a tag that some of the notes have and others have not, both can be picked: to give it to all, and to take it off.
 */
struct _OctavoTagPicker
{
  OctavoPicker parent_instance;

  OctavoStore *store;
  GArray *ids;
  GCancellable *request;
  GHashTable *counts; /* (nullable): until it is known which tags the notes have */
  char *text;
};

enum
{
  SIGNAL_PICKED_TAG,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OctavoTagPicker, octavo_tag_picker, OCTAVO_TYPE_PICKER)

static void
add_item (GListStore *items, char *title, const char *detail, const char *tag, gboolean add)
{
  g_autofree char *owned = title;
  g_autoptr (OctavoPickerItem) item = octavo_picker_item_new (owned, detail, NULL, g_variant_new ("(sb)", tag, add));

  g_list_store_append (items, item);
}

static guint
get_count (OctavoTagPicker *self, const char *tag)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, tag));
}

/* How many of the notes have it, where that is not said by what is offered. (nullable) */
static char *
describe_count (OctavoTagPicker *self, guint count)
{
  if (count == 0)
    return NULL;
  if (count >= self->ids->len)
    return g_strdup (_ ("on all"));
  /* Translators: a tag is on some of the selected notes. */
  return g_strdup_printf (_ ("on %'u of %'u"), count, self->ids->len);
}

static void
add_tag (OctavoTagPicker *self, GListStore *items, const char *tag)
{
  guint count = get_count (self, tag);
  g_autofree char *detail = describe_count (self, count);

  if (count < self->ids->len)
    add_item (items, g_strdup_printf (C_ ("tag", "Add “%s”"), tag), detail, tag, TRUE);
  if (count > 0)
    add_item (items, g_strdup_printf (C_ ("tag", "Remove “%s”"), tag), detail, tag, FALSE);
}

/* Those first that some of the notes have; each part in the order of the tags. */
static gboolean
add_tags (OctavoTagPicker *self, GListStore *items, const char *folded, gboolean used)
{
  GListModel *tags = octavo_tag_repository_get_list (octavo_store_get_tags (self->store));
  gboolean has_exact = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (tags) && g_list_model_get_n_items (G_LIST_MODEL (items)) < MAX_TAGS;
       i++)
    {
      g_autoptr (OctavoTag) tag = g_list_model_get_item (tags, i);
      g_autofree char *name = octavo_tag_fold_name (octavo_tag_get_name (tag));

      has_exact = has_exact || g_str_equal (name, folded);
      if ((get_count (self, octavo_tag_get_name (tag)) > 0) == used && strstr (name, folded) != NULL)
        add_tag (self, items, octavo_tag_get_name (tag));
    }
  return has_exact;
}

static void
show_items (OctavoTagPicker *self)
{
  g_autoptr (GListStore) items = g_list_store_new (OCTAVO_TYPE_PICKER_ITEM);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = octavo_tag_normalize_name (self->text, &error);
  g_autofree char *folded = octavo_tag_fold_name (name != NULL ? name : "");
  gboolean has_exact;

  if (name != NULL || self->text[0] == '\0')
    {
      has_exact = add_tags (self, items, folded, TRUE);
      has_exact = add_tags (self, items, folded, FALSE) || has_exact;
      if (name != NULL && !has_exact)
        add_item (items, g_strdup_printf (_ ("Add the new tag “%s”"), name), NULL, name, TRUE);
    }
  octavo_picker_set_items (OCTAVO_PICKER (self), G_LIST_MODEL (items),
                           name == NULL && self->text[0] != '\0'
                               ? error->message
                               : _ ("There are no tags yet.\nType a name to make one."));
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OctavoTagPicker) self = user_data;
  g_autoptr (GError) error = NULL;
  GHashTable *counts = octavo_tag_counts_read_finish (OCTAVO_STORE (source), result, &error);

  if (counts != NULL)
    {
      self->counts = counts;
      if (self->text != NULL && !g_cancellable_is_cancelled (self->request))
        show_items (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (GListStore) none = g_list_store_new (OCTAVO_TYPE_PICKER_ITEM);

      octavo_picker_set_items (OCTAVO_PICKER (self), G_LIST_MODEL (none), error->message);
    }
}

static void
octavo_tag_picker_text_changed (OctavoPicker *picker, const char *text)
{
  OctavoTagPicker *self = OCTAVO_TAG_PICKER (picker);

  g_free (self->text);
  self->text = g_strstrip (g_strdup (text));
  if (self->counts != NULL)
    show_items (self);
}

static void
octavo_tag_picker_picked (OctavoPicker *picker, OctavoPickerItem *item)
{
  const char *tag;
  gboolean add;

  g_variant_get (octavo_picker_item_get_value (item), "(&sb)", &tag, &add);
  g_signal_emit (picker, signals[SIGNAL_PICKED_TAG], 0, tag, add);
}

static void
octavo_tag_picker_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (OCTAVO_TAG_PICKER (widget)->request);
  GTK_WIDGET_CLASS (octavo_tag_picker_parent_class)->unrealize (widget);
}

static void
octavo_tag_picker_dispose (GObject *object)
{
  g_clear_object (&OCTAVO_TAG_PICKER (object)->store);
  G_OBJECT_CLASS (octavo_tag_picker_parent_class)->dispose (object);
}

static void
octavo_tag_picker_finalize (GObject *object)
{
  OctavoTagPicker *self = OCTAVO_TAG_PICKER (object);

  g_clear_object (&self->request);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->text);
  G_OBJECT_CLASS (octavo_tag_picker_parent_class)->finalize (object);
}

static void
octavo_tag_picker_class_init (OctavoTagPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = octavo_tag_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = octavo_tag_picker_finalize;
  GTK_WIDGET_CLASS (klass)->unrealize = octavo_tag_picker_unrealize;
  OCTAVO_PICKER_CLASS (klass)->text_changed = octavo_tag_picker_text_changed;
  OCTAVO_PICKER_CLASS (klass)->picked = octavo_tag_picker_picked;

  signals[SIGNAL_PICKED_TAG] = g_signal_new ("picked-tag", OCTAVO_TYPE_TAG_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
octavo_tag_picker_init (OctavoTagPicker *self)
{
  self->request = g_cancellable_new ();
}

/**
 * octavo_tag_picker_new:
 * @store: an open store
 * @ids: (element-type gint64): the notes
 *
 * Returns: (transfer none): a window that is not shown yet, owned by GTK
 */
OctavoTagPicker *
octavo_tag_picker_new (OctavoStore *store, GArray *ids)
{
  OctavoTagPicker *self;

  g_return_val_if_fail (OCTAVO_IS_STORE (store) && ids != NULL, NULL);

  self = g_object_new (OCTAVO_TYPE_TAG_PICKER, NULL);
  self->store = g_object_ref (store);
  self->ids = g_array_ref (ids);
  return self;
}

/**
 * octavo_tag_picker_get_ids:
 * @self: a picker
 *
 * Returns: (transfer none) (element-type gint64): the notes that it is about
 */
const GArray *
octavo_tag_picker_get_ids (OctavoTagPicker *self)
{
  g_return_val_if_fail (OCTAVO_IS_TAG_PICKER (self), NULL);

  return self->ids;
}

/**
 * octavo_tag_picker_present:
 * @self: a window that was not shown yet
 * @over: the window that it belongs to
 *
 * Shows it, with the tags that the notes have first.
 */
void
octavo_tag_picker_present (OctavoTagPicker *self, GtkWindow *over)
{
  g_return_if_fail (OCTAVO_IS_TAG_PICKER (self));

  octavo_picker_present (OCTAVO_PICKER (self), over, _ ("Tags of the selected notes"), _ ("Tag to add or to remove"));
  octavo_tag_counts_read_async (self->store, self->ids, self->request, on_counted, g_object_ref (self));
}
