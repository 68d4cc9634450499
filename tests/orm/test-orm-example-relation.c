/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The example of relations in model/orm/README.md, which has the parts between marks word for word. */
#include "orm-test.h"

/* example */
#include "orm.h"

#define EXAMPLE_TYPE_ARTIST (example_artist_get_type ())
G_DECLARE_FINAL_TYPE (ExampleArtist, example_artist, EXAMPLE, ARTIST, OrmEntity)

#define EXAMPLE_TYPE_SONG (example_song_get_type ())
G_DECLARE_FINAL_TYPE (ExampleSong, example_song, EXAMPLE, SONG, OrmEntity)

#define EXAMPLE_TYPE_GENRE (example_genre_get_type ())
G_DECLARE_FINAL_TYPE (ExampleGenre, example_genre, EXAMPLE, GENRE, OrmEntity)

struct _ExampleSong
{
  OrmEntity parent_instance;
  gint64 id;
  char *title;
  gint64 artist_id;
};

G_DEFINE_FINAL_TYPE (ExampleSong, example_song, ORM_TYPE_ENTITY)

static const OrmColumn song_columns[] = {
  { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (ExampleSong, id) },
  { "title", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (ExampleSong, title) },
  { "artist_id", ORM_FIELD_INT64, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (ExampleSong, artist_id), .references = "artist",
    .on_delete = ORM_ON_DELETE_RESTRICT },
};

/* The column of the one, the table between of the other; and what each is called from the other side. */
static const OrmRelation song_relations[] = {
  { .name = "artist",
    .kind = ORM_RELATION_BELONGS_TO,
    .target = example_artist_get_type,
    .column = "artist_id",
    .back_populates = "songs" },
  { .name = "genres",
    .kind = ORM_RELATION_MANY_TO_MANY,
    .target = example_genre_get_type,
    .through = "song_genre",
    .column = "song_id",
    .target_column = "genre_id",
    .back_populates = "songs",
    .order_by = "name" },
};

static void
example_song_class_init (ExampleSongClass *klass)
{
  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "song", song_columns, G_N_ELEMENTS (song_columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), song_relations, G_N_ELEMENTS (song_relations));
}
/* example */

static void
example_song_init (ExampleSong *self)
{
}

struct _ExampleArtist
{
  OrmEntity parent_instance;
  gint64 id;
  char *name;
};

G_DEFINE_FINAL_TYPE (ExampleArtist, example_artist, ORM_TYPE_ENTITY)

struct _ExampleGenre
{
  OrmEntity parent_instance;
  gint64 id;
  char *name;
};

G_DEFINE_FINAL_TYPE (ExampleGenre, example_genre, ORM_TYPE_ENTITY)

/* example */
/* The other sides. */
static const OrmRelation artist_relations[] = {
  { .name = "songs",
    .kind = ORM_RELATION_HAS_MANY,
    .target = example_song_get_type,
    .back_populates = "artist",
    .order_by = "title" },
};

static const OrmRelation genre_relations[] = {
  { .name = "songs", .kind = ORM_RELATION_MANY_TO_MANY, .target = example_song_get_type, .back_populates = "genres" },
};
/* example */

static void
example_artist_class_init (ExampleArtistClass *klass)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (ExampleArtist, id) },
    { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (ExampleArtist, name) },
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "artist", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), artist_relations, G_N_ELEMENTS (artist_relations));
}

static void
example_artist_init (ExampleArtist *self)
{
}

static void
example_genre_class_init (ExampleGenreClass *klass)
{
  static const OrmColumn columns[] = {
    { "id", ORM_FIELD_INT64, ORM_COLUMN_KEY, G_STRUCT_OFFSET (ExampleGenre, id) },
    { "name", ORM_FIELD_TEXT, ORM_COLUMN_NOT_NULL, G_STRUCT_OFFSET (ExampleGenre, name) },
  };

  orm_entity_class_map (ORM_ENTITY_CLASS (klass), "genre", columns, G_N_ELEMENTS (columns));
  orm_entity_class_add_relations (ORM_ENTITY_CLASS (klass), genre_relations, G_N_ELEMENTS (genre_relations));
}

static void
example_genre_init (ExampleGenre *self)
{
}

/* example */
/* A song, its artist and its genre: three INSERT in the right order, and the row between. */
static gboolean
add_song (OrmSession *session, GError **error)
{
  g_autoptr (ExampleArtist) nina = g_object_new (EXAMPLE_TYPE_ARTIST, "name", "Nina", NULL);
  g_autoptr (ExampleGenre) jazz = g_object_new (EXAMPLE_TYPE_GENRE, "name", "jazz", NULL);
  g_autoptr (ExampleSong) song = g_object_new (EXAMPLE_TYPE_SONG, "title", "Feeling Good", NULL);
  g_autoptr (OrmCollection) genres = orm_entity_get_collection (ORM_ENTITY (song), "genres", error);

  orm_entity_set_related (ORM_ENTITY (song), "artist", nina, error);
  orm_collection_add (genres, jazz);
  orm_session_add (session, ORM_ENTITY (song));
  return orm_session_commit (session, NULL, error);
}

/* What a page of jazz shows: two statements, whatever its size. */
static gboolean
print_jazz (OrmSession *session, GString *out, GError **error)
{
  g_autoptr (OrmQuery) query = orm_query_new (EXAMPLE_TYPE_SONG);
  g_autoptr (GPtrArray) songs = NULL;
  OrmValue jazz = { .type = ORM_VALUE_TEXT, .text = (char *) "jazz" };

  orm_query_filter (query, orm_any ("genres", orm_equal ("name", &jazz)));
  orm_query_joined (query, "artist");
  orm_query_select_in (query, "genres");
  orm_query_limit (query, 50);
  songs = orm_session_all (session, query, NULL, error);
  for (guint i = 0; songs != NULL && i < songs->len; i++)
    {
      ExampleArtist *artist = orm_entity_get_related (songs->pdata[i], "artist", NULL);
      g_autoptr (OrmCollection) genres = orm_entity_get_collection (songs->pdata[i], "genres", NULL);

      g_string_append_printf (out, "%s: %s (%u)\n", artist->name, EXAMPLE_SONG (songs->pdata[i])->title,
                              orm_collection_get_n_items (genres));
    }
  return songs != NULL;
}
/* example */

static void
count_statement (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, gpointer data)
{
  ++*(guint *) data;
}

static void
test_example (void)
{
  const GType types[] = { EXAMPLE_TYPE_ARTIST, EXAMPLE_TYPE_SONG, EXAMPLE_TYPE_GENRE };
  g_autoptr (OrmDatabase) database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_statements = 0;

  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_true (orm_database_create_all (database, types, G_N_ELEMENTS (types), NULL, &error));
  g_assert_no_error (error);
  g_assert_true (orm_database_check_mapping (database, types, G_N_ELEMENTS (types), NULL, &error));
  g_assert_no_error (error);
  g_signal_connect (database, "statement", G_CALLBACK (count_statement), &n_statements);
  g_assert_true (add_song (session, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_statements, ==, 4);
  g_assert_true (print_jazz (session, out, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_statements, ==, 6);
  g_assert_cmpstr (out->str, ==, "Nina: Feeling Good (1)\n");
}

static void
test_readme_has_it (void)
{
  g_autofree char *code = NULL;
  g_autofree char *readme = NULL;
  g_autofree char *code_path = g_test_build_filename (G_TEST_DIST, "orm", "test-orm-example-relation.c", NULL);
  g_autofree char *readme_path = g_test_build_filename (G_TEST_DIST, "..", "model", "orm", "README.md", NULL);
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (code_path, &code, NULL, NULL));
  g_assert_true (g_file_get_contents (readme_path, &readme, NULL, NULL));
  parts = g_strsplit (code, "\n/* example */\n", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 7);
  for (guint i = 1; i < g_strv_length (parts); i += 2)
    g_assert_nonnull (strstr (readme, parts[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/example-relation/runs", test_example);
  g_test_add_func ("/orm/example-relation/readme-has-it", test_readme_has_it);

  return g_test_run ();
}
