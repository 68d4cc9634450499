/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <yaml.h>

G_BEGIN_DECLS

const char *octavo_yaml_get_scalar (const yaml_node_t *node);
gboolean    octavo_yaml_is_null (const yaml_node_t *node);
gboolean    octavo_yaml_is_text (const yaml_node_t *node);
char       *octavo_yaml_dup_line (const yaml_node_t *node);
gboolean    octavo_yaml_add_list (GPtrArray *list, yaml_document_t *document, const yaml_node_t *node, gboolean split);
gboolean    octavo_yaml_get_boolean (gboolean *value, const yaml_node_t *node);

G_END_DECLS
