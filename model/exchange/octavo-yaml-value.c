/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "octavo-exchange"

#include "octavo-yaml-value.h"

#include <string.h>

/* What people mean by the values that they write into front matter: the types that YAML would give them (a date, a
 * number, a word for no) are not asked. */

/**
 * octavo_yaml_get_scalar:
 * @node: a node
 *
 * Returns: (nullable) (transfer none): its text; %NULL where it is a list or a mapping. Any thread.
 */
const char *
octavo_yaml_get_scalar (const yaml_node_t *node)
{
  return node->type == YAML_SCALAR_NODE ? (const char *) node->data.scalar.value : NULL;
}

static gboolean
is_quoted (const yaml_node_t *node)
{
  return node->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
         node->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
}

/**
 * octavo_yaml_is_null:
 * @node: a node
 *
 * Returns: whether nothing stands there, or a word for it. Any thread.
 */
gboolean
octavo_yaml_is_null (const yaml_node_t *node)
{
  const char *text = octavo_yaml_get_scalar (node);

  return text != NULL && node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
         (*text == '\0' || strcmp (text, "~") == 0 || g_ascii_strcasecmp (text, "null") == 0);
}

/**
 * octavo_yaml_is_text:
 * @node: a node
 *
 * Returns: whether it is a text; one with a NUL in it is none. Any thread.
 */
gboolean
octavo_yaml_is_text (const yaml_node_t *node)
{
  return node->type == YAML_SCALAR_NODE && strlen (octavo_yaml_get_scalar (node)) == node->data.scalar.length;
}

/**
 * octavo_yaml_dup_line:
 * @node: a text
 *
 * Makes a line of it: a quoted one is meant as it is, a block over several lines is not. Any thread.
 *
 * Returns: (transfer full): the line
 */
char *
octavo_yaml_dup_line (const yaml_node_t *node)
{
  char *line = g_strdup (octavo_yaml_get_scalar (node));

  return is_quoted (node) ? line : g_strstrip (g_strdelimit (line, "\r\n", ' '));
}

static void
take_comma_list (GPtrArray *list, const yaml_node_t *node)
{
  g_auto (GStrv) parts = g_strsplit (octavo_yaml_get_scalar (node), ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (list, g_strdup (parts[i]));
}

/**
 * octavo_yaml_add_list:
 * @list: (element-type utf8): what to add to
 * @document: what the node stands in
 * @node: a list, or a text with commas
 * @split: whether a comma in an item, or in a quoted text, divides it too
 *
 * Adds the items of a list. Any thread.
 *
 * Returns: whether it is one, of texts
 */
gboolean
octavo_yaml_add_list (GPtrArray *list, yaml_document_t *document, const yaml_node_t *node, gboolean split)
{
  if (octavo_yaml_is_text (node))
    {
      if (split || !is_quoted (node))
        take_comma_list (list, node);
      else
        g_ptr_array_add (list, octavo_yaml_dup_line (node));
      return TRUE;
    }
  if (node->type != YAML_SEQUENCE_NODE)
    return FALSE;
  for (yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++)
    if (!octavo_yaml_is_text (yaml_document_get_node (document, *i)))
      return FALSE;
  for (yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++)
    {
      yaml_node_t *item = yaml_document_get_node (document, *i);

      if (octavo_yaml_is_null (item))
        continue;
      if (split)
        take_comma_list (list, item);
      else
        g_ptr_array_add (list, octavo_yaml_dup_line (item));
    }
  return TRUE;
}

/**
 * octavo_yaml_get_boolean:
 * @value: (out): the answer
 * @node: a node
 *
 * Reads yes or no. Any thread.
 *
 * Returns: whether it is one of the two
 */
gboolean
octavo_yaml_get_boolean (gboolean *value, const yaml_node_t *node)
{
  static const char *const words[] = { "false", "true", "no", "yes", "off", "on", "0", "1", NULL };

  if (!octavo_yaml_is_text (node))
    return FALSE;
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (octavo_yaml_get_scalar (node), words[i]) == 0)
      {
        *value = i % 2;
        return TRUE;
      }
  return FALSE;
}
