/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-help-window"

#include "octavo-actions.h"
#include "octavo-help-page.h"
#include "octavo-help-window.h"
#include "octavo-link.h"
#include "octavo-reading-view.h"

#include "ui-test.h"

#include <string.h>

#define PAGES "/io/github/octavo_notes/Octavo/help"

/* ---- The pages ---- */

/* None is made and not listed. */
static void
test_all_pages_are_listed (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files = g_resources_enumerate_children (PAGES, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (files), ==, octavo_help_page_get_n_pages ());
  for (gsize i = 0; files[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (files[i], strlen (files[i]) - strlen (".md"));

      g_assert_cmpuint (octavo_help_page_find (id), <, octavo_help_page_get_n_pages ());
    }
  g_assert_cmpuint (octavo_help_page_find ("no such page"), ==, OCTAVO_HELP_NO_PAGE);
  g_assert_cmpuint (octavo_help_page_find_title ("No such page"), ==, OCTAVO_HELP_NO_PAGE);
}

static guint
count_links (OctavoMarkdownDocument *document)
{
  guint n_links = 0;

  for (guint i = 0; i < octavo_markdown_document_get_n_pieces (document); i++)
    {
      const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, i);

      for (guint j = 0; j < piece->n_runs; j++)
        {
          guint target = octavo_markdown_document_get_run (document, piece->first_run + j)->target;
          g_autoptr (OctavoLink) link = NULL;

          if (target == 0)
            continue;
          g_assert_cmpint (octavo_markdown_document_get_target (document, target)->kind, ==,
                           OCTAVO_MARKDOWN_TARGET_ADDRESS);
          link = octavo_link_new (OCTAVO_MARKDOWN_LINK, octavo_markdown_document_get_target (document, target)->text);
          g_assert_cmpint (link->kind, ==, OCTAVO_LINK_HEADING);
          g_assert_cmpuint (octavo_help_page_find_title (link->target), !=, OCTAVO_HELP_NO_PAGE);
          n_links++;
        }
    }
  return n_links;
}

/* What looks like a tag or a title in the text of a page is none. */
static void
test_links_lead_to_pages (void)
{
  for (guint i = 0; i < octavo_help_page_get_n_pages (); i++)
    {
      g_autoptr (OctavoMarkdownDocument) document = octavo_help_page_read (i);
      guint n_links = count_links (document);

      if (i == 0) /* the index leads to all the others */
        g_assert_cmpuint (n_links, ==, octavo_help_page_get_n_pages () - 1);
    }
}

/* ---- The page of keys ---- */

static char *
dup_cell (OctavoMarkdownDocument *document, const OctavoMarkdownPiece *row, guint column)
{
  const OctavoMarkdownCell *cell = octavo_markdown_document_get_cell (document, row->first_cell + column);

  return g_strndup (octavo_markdown_document_get_text (document) + cell->start, cell->end - cell->start);
}

/* As a person calls it. */
static char *
dup_key_label (const char *accelerator)
{
  GString *label = g_string_new (NULL);
  GdkModifierType modifiers;
  guint key;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));
  if (modifiers & GDK_CONTROL_MASK)
    g_string_append (label, "Ctrl+");
  if (modifiers & GDK_ALT_MASK)
    g_string_append (label, "Alt+");
  if (modifiers & GDK_SHIFT_MASK)
    g_string_append (label, "Shift+");
  if (key == GDK_KEY_Return)
    g_string_append (label, "Enter");
  else if (key == GDK_KEY_Page_Up || key == GDK_KEY_Page_Down)
    g_string_append (label, key == GDK_KEY_Page_Up ? "Page Up" : "Page Down");
  else if (key == GDK_KEY_space)
    g_string_append (label, "Space");
  else if (gdk_keyval_to_unicode (key) > ' ' && key < GDK_KEY_BackSpace)
    g_string_append_unichar (label, g_unichar_toupper (gdk_keyval_to_unicode (key)));
  else
    g_string_append (label, gdk_keyval_name (key));
  return g_string_free (label, FALSE);
}

/* The other ways of the same key need not be told of. */
static gboolean
is_other_way (const char *accelerator)
{
  return strstr (accelerator, "KP_") != NULL || strstr (accelerator, "equal") != NULL;
}

static char *
dup_keys_label (const OctavoAction *action)
{
  g_auto (GStrv) keys = g_strsplit (action->keys, " ", -1);
  gboolean is_numbered = action->place == OCTAVO_KEYS_NUMBERED;
  GString *label = g_string_new (NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *key = dup_key_label (keys[i]);

      if (is_other_way (keys[i]) || (is_numbered && i > 0 && keys[i + 1] != NULL))
        continue;
      g_string_append_printf (label, "%s%s", i == 0 ? "" : is_numbered ? " to " : " or ", key);
    }
  return g_string_free (label, FALSE);
}

/* (element-type utf8): the keys by what they do, of the rows that no action was found for yet */
static GHashTable *
read_key_page (void)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_help_page_read (octavo_help_page_find ("keys"));
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < octavo_markdown_document_get_n_pieces (document); i++)
    {
      const OctavoMarkdownPiece *piece = octavo_markdown_document_get_piece (document, i);
      g_autofree char *title = NULL;
      g_autofree char *keys = NULL;

      if (piece->kind != OCTAVO_MARKDOWN_PIECE_ROW || piece->is_head)
        continue;
      title = dup_cell (document, piece, 0);
      keys = dup_cell (document, piece, 1);
      g_assert_true (g_hash_table_add (rows, g_strdup_printf ("%s: %s", title, keys)));
    }
  return rows;
}

static void
test_keys_are_those_of_the_program (void)
{
  g_autoptr (GHashTable) rows = read_key_page ();
  gsize n_actions;
  const OctavoAction *actions = octavo_actions_get (&n_actions);
  g_autofree char **left = NULL;

  for (gsize i = 0; i < n_actions; i++)
    {
      g_autofree char *keys = dup_keys_label (&actions[i]);
      g_autofree char *row = g_strdup_printf ("%s: %s", actions[i].title, keys);

      if (actions[i].place != OCTAVO_KEYS_NONE && !g_hash_table_remove (rows, row))
        g_error ("help/C/keys.page has no row “%s”", row);
    }
  left = (char **) g_hash_table_get_keys_as_array (rows, NULL);
  if (left[0] != NULL)
    g_error ("help/C/keys.page has the row “%s”, which the program does not know", left[0]);
}

/* ---- Words ---- */

static void
test_words_of_a_page (void)
{
  static const char source[] = "# One\n\nRestore it, ÄPFEL and so on, restore.";
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));
  const char *text = octavo_markdown_document_get_text (document);
  guint start, end, first;

  g_assert_true (octavo_help_page_has (document, "on äpf"));
  g_assert_true (octavo_help_page_has (document, "  "));
  g_assert_false (octavo_help_page_has (document, "on pears"));

  g_assert_true (octavo_help_page_find_hit (document, "äpfel AND", 0, &start, &end));
  g_assert_cmpmem (text + start, end - start, "ÄPFEL and", strlen ("ÄPFEL and"));
  g_assert_true (octavo_help_page_find_hit (document, "restore one", 0, &first, &end));
  g_assert_cmpmem (text + first, end - first, "Restore", 7);
  g_assert_true (octavo_help_page_find_hit (document, "restore one", end, &start, &end));
  g_assert_cmpmem (text + start, end - start, "restore", 7);
  g_assert_true (octavo_help_page_find_hit (document, "restore one", end, &start, &end));
  g_assert_cmpuint (start, ==, first);
  g_assert_false (octavo_help_page_find_hit (document, "pears", 0, &start, &end));
  g_assert_false (octavo_help_page_find_hit (document, " ", 0, &start, &end));
}

/* ---- The window ---- */

typedef struct
{
  GtkWidget *over;
  OctavoHelpWindow *window;
  OctavoReadingView *view;
  GtkWidget *back;
} Test;

static void
set_up (Test *self, gconstpointer page)
{
  self->over = ui_test_show (gtk_button_new_with_label ("Something to do"));
  self->window = octavo_help_window_present (GTK_WINDOW (self->over), page);
  self->view = OCTAVO_READING_VIEW (ui_test_find (GTK_WIDGET (self->window), OCTAVO_TYPE_READING_VIEW));
  self->back = gtk_widget_get_ancestor (ui_test_find (ui_test_find (GTK_WIDGET (self->window), ADW_TYPE_HEADER_BAR),
                                                      GTK_TYPE_BUTTON),
                                        GTK_TYPE_BUTTON);
  model_test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (self->view)));
}

static void
tear_down (Test *self, gconstpointer page)
{
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  ui_test_close (self->over); /* and what is over it */
  model_test_wait_for (self->window == NULL);
}

static void
follow (Test *self, const char *title)
{
  const OctavoLink link = { .kind = OCTAVO_LINK_HEADING, .target = (char *) title };
  g_autofree char *uri = octavo_link_to_uri (&link);

  g_signal_emit_by_name (self->view, "link", uri);
}

static void
test_links_and_back (Test *self, gconstpointer page)
{
  g_assert_cmpstr (octavo_help_window_get_page (self->window), ==, "index");
  g_assert_false (gtk_widget_get_sensitive (self->back));
  follow (self, "Finding notes");
  g_assert_cmpstr (octavo_help_window_get_page (self->window), ==, "search");
  follow (self, "Tags");
  follow (self, "No such page");
  g_assert_cmpstr (octavo_help_window_get_page (self->window), ==, "tags");
  g_assert_true (gtk_widget_get_sensitive (self->back));
  g_signal_emit_by_name (self->back, "clicked");
  g_assert_cmpstr (octavo_help_window_get_page (self->window), ==, "search");
  g_signal_emit_by_name (self->back, "clicked");
  g_assert_cmpstr (octavo_help_window_get_page (self->window), ==, "index");
  g_assert_false (gtk_widget_get_sensitive (self->back));
}

static void
test_the_list_begins_anew (Test *self, gconstpointer page)
{
  GtkListBox *list = GTK_LIST_BOX (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_LIST_BOX));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);

  g_assert_cmpint (gtk_list_box_row_get_index (row), ==, (int) octavo_help_page_find (page));
  follow (self, "Finding notes");
  row = gtk_list_box_get_selected_row (list);
  g_assert_cmpint (gtk_list_box_row_get_index (row), ==, (int) octavo_help_page_find ("search"));
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, (int) octavo_help_page_find ("keys")));
  g_assert_cmpstr (octavo_help_window_get_page (self->window), ==, "keys");
  g_assert_false (gtk_widget_get_sensitive (self->back));
}

/* One window of the help is over each other window, and goes to the page that is asked for. */
static void
test_one_of_it (Test *self, gconstpointer page)
{
  g_assert_true (octavo_help_window_present (GTK_WINDOW (self->over), "users") == self->window);
  g_assert_cmpstr (octavo_help_window_get_page (self->window), ==, "users");
}

static void
test_search (Test *self, gconstpointer page)
{
  GtkWidget *entry = ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *list = ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_LIST_BOX);
  guint n_listed = 0;

  gtk_editable_set_text (GTK_EDITABLE (entry), "is:todo");
  model_test_wait_for (g_str_equal (octavo_help_window_get_page (self->window), "writing"));
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n_listed += GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_visible (row);
  g_assert_cmpuint (n_listed, ==, 2);
  g_assert_cmpuint (octavo_reading_view_get_top (self->view), >, 0);
  {
    g_autofree char *selected = octavo_reading_view_dup_selection (self->view);

    g_assert_cmpstr (selected, ==, "is:todo");
  }
  g_signal_emit_by_name (entry, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/help/all-pages-are-listed", test_all_pages_are_listed);
  g_test_add_func ("/help/links-lead-to-pages", test_links_lead_to_pages);
  g_test_add_func ("/help/keys-are-those-of-the-program", test_keys_are_those_of_the_program);
  g_test_add_func ("/help/words-of-a-page", test_words_of_a_page);
  g_test_add ("/help/links-and-back", Test, "index", set_up, test_links_and_back, tear_down);
  g_test_add ("/help/the-list-begins-anew", Test, "tags", set_up, test_the_list_begins_anew, tear_down);
  g_test_add ("/help/one-of-it", Test, "index", set_up, test_one_of_it, tear_down);
  g_test_add ("/help/search", Test, "index", set_up, test_search, tear_down);

  return g_test_run ();
}
