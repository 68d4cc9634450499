/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-octavo-note-printer"

#include "octavo-note-printer.h"

#include "ui-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* Returns how many pages there are. */
static int
print (OctavoNotePrinter *printer)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("octavo-print-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "notes.pdf", NULL);
  g_autofree char *pdf = NULL;
  int n_pages;

  g_assert_no_error (error);
  gtk_print_operation_set_export_filename (GTK_PRINT_OPERATION (printer), path);
  g_assert_cmpint (gtk_print_operation_run (GTK_PRINT_OPERATION (printer), GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_file_get_contents (path, &pdf, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  g_unlink (path);
  g_rmdir (folder);
  g_object_get (printer, "n-pages", &n_pages, NULL);
  return n_pages;
}

static void
add (OctavoNotePrinter *printer, const char *title, const char *source)
{
  g_autoptr (OctavoMarkdownDocument) document = octavo_markdown_document_new (source, strlen (source));

  octavo_note_printer_add (printer, title, document);
}

static void
test_one_page (void)
{
  OctavoNotePrinter *printer = octavo_note_printer_new ();
  int n_pages;

  add (printer, "One", "# Head\n\ntext\n\n- [ ] a\n\n> b\n\n```\nc\n```\n\n|d|e|\n|---|--:|\n|f|g|\n\n***\n");
  n_pages = print (printer);
  g_assert_cmpint (n_pages, ==, 1);
  g_assert_finalize_object (printer);
}

/* Each note begins on a page of its own, an empty one as well. */
static void
test_several_notes (void)
{
  OctavoNotePrinter *printer = octavo_note_printer_new ();
  int n_pages;

  add (printer, "One", "text");
  add (printer, "", "");
  add (printer, "Three", "text");
  n_pages = print (printer);
  g_assert_cmpint (n_pages, ==, 3);
  g_assert_finalize_object (printer);
}

static void
test_a_long_note (void)
{
  OctavoNotePrinter *printer = octavo_note_printer_new ();
  g_autoptr (GString) source = g_string_new (NULL);
  int n_pages;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (source,
                            "## Part %u\n\nSome words, *many* of which are about `code`.\n\n- [x] done\n- %u\n\n", i,
                            i);
  add (printer, "A long note", source->str);
  n_pages = print (printer);
  g_assert_cmpint (n_pages, >, 15);
  g_assert_cmpint (n_pages, <, 40);
  g_assert_finalize_object (printer);
}

/* Larger letters need more pages. */
static void
test_font (void)
{
  OctavoNotePrinter *usual = octavo_note_printer_new (), *large = octavo_note_printer_new ();
  PangoFontDescription *font = pango_font_description_from_string ("Serif 21");
  g_autoptr (GString) source = g_string_new (NULL);
  int n_pages;

  for (guint i = 0; i < 300; i++)
    g_string_append (source, "Some words that are printed.\n");
  add (usual, "Usual", source->str);
  add (large, "Large", source->str);
  octavo_note_printer_set_font (large, font);
  n_pages = print (usual);
  g_assert_cmpint (n_pages, >, 3);
  g_assert_cmpint (print (large), >=, 2 * n_pages - 1);
  pango_font_description_free (font);
  g_assert_finalize_object (usual);
  g_assert_finalize_object (large);
}

/* A row that is higher than a page, a word that is longer than a line, a title that is longer than some. */
static void
test_what_does_not_fit (void)
{
  OctavoNotePrinter *printer = octavo_note_printer_new ();
  g_autofree char *title = g_strnfill (5000, 't');
  g_autofree char *word = g_strnfill (7000, 'w');
  g_autofree char *source =
      g_strdup_printf ("|a|b|c|\n|---|---|---|\n|%s|x|y|\n\n%s\n\n> > > > > > > > > > > > > > > > > > > > > > > deep\n",
                       word, word);
  int n_pages;

  add (printer, title, source);
  n_pages = print (printer);
  g_assert_cmpint (n_pages, >, 2);
  g_assert_cmpint (n_pages, <, 20);
  g_assert_finalize_object (printer);
}

/* A file that cannot be written is an error, not a crash. */
static void
test_no_folder (void)
{
  OctavoNotePrinter *printer = octavo_note_printer_new ();
  g_autoptr (GError) error = NULL;

  add (printer, "One", "text");
  gtk_print_operation_set_export_filename (GTK_PRINT_OPERATION (printer), "/no/such/folder/notes.pdf");
  g_assert_cmpint (gtk_print_operation_run (GTK_PRINT_OPERATION (printer), GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error),
                   ==, GTK_PRINT_OPERATION_RESULT_ERROR);
  g_assert_nonnull (error);
  g_object_unref (printer);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/note-printer/one-page", test_one_page);
  g_test_add_func ("/note-printer/several-notes", test_several_notes);
  g_test_add_func ("/note-printer/a-long-note", test_a_long_note);
  g_test_add_func ("/note-printer/font", test_font);
  g_test_add_func ("/note-printer/what-does-not-fit", test_what_does_not_fit);
  g_test_add_func ("/note-printer/no-folder", test_no_folder);
  return g_test_run ();
}
