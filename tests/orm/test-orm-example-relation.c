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
  gint64 parent_id;
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

/* A genre is one of another: hard bop is one of jazz. */
static const OrmRelation genre_relations[] = {
  { .name = "songs", .kind = ORM_RELATION_MANY_TO_MANY, .target = example_song_get_type, .back_populates = "genres" },
  { .name = "parent",
    .kind = ORM_RELATION_BELONGS_TO,
    .target = example_genre_get_type,
    .column = "parent_id",
    .back_populates = "children" },
  { .name = "children",
    .kind = ORM_RELATION_HAS_MANY,
    .target = example_genre_get_type,
    .back_populates = "parent",
    .order_by = "name" },
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
    { "parent_id", ORM_FIELD_INT64, ORM_COLUMN_DEFAULT, G_STRUCT_OFFSET (ExampleGenre, parent_id),
      .references = "genre", .on_delete = ORM_ON_DELETE_SET_NULL },
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

/* example */
/* The genres of a song that somebody found: they are not read by being looked at, but by one statement on demand. */
static OrmCollection *
get_genres (OrmSession *session, ExampleSong *song, GError **error)
{
  g_autoptr (GPtrArray) songs = g_ptr_array_new ();
  g_autoptr (GError) problem = NULL;
  OrmCollection *genres = orm_entity_get_collection (ORM_ENTITY (song), "genres", &problem);

  if (genres != NULL || !g_error_matches (problem, ORM_ERROR, ORM_ERROR_NOT_LOADED))
    return genres;
  g_ptr_array_add (songs, song); /* and many more, by the same statement */
  if (!orm_session_load (session, songs, "genres.parent", NULL, error))
    return NULL;
  return orm_entity_get_collection (ORM_ENTITY (song), "genres", error);
}

/* DELETE FROM "artist" …: while there are songs the schema refuses it (ON DELETE RESTRICT), and he stays. */
static gboolean
forget_artist (OrmSession *session, ExampleArtist *artist, GError **error)
{
  orm_session_delete (session, ORM_ENTITY (artist));
  if (orm_session_commit (session, NULL, error))
    return TRUE;
  orm_session_rollback (session);
  return FALSE;
}
/* example */

static void
count_statement (OrmDatabase *database, const char *sql, gint64 microseconds, gint64 rows, gpointer data)
{
  /* Without the transaction around them. */
  if (rows >= 0)
    ++*(guint *) data;
}

/* An open database with the tables. (transfer full) */
static OrmDatabase *
open_songs (void)
{
  const GType types[] = { EXAMPLE_TYPE_ARTIST, EXAMPLE_TYPE_SONG, EXAMPLE_TYPE_GENRE };
  OrmDatabase *database = orm_database_new (":memory:", ORM_OPEN_CREATE);
  g_autoptr (GError) error = NULL;

  g_assert_true (orm_database_open (database, NULL, &error));
  g_assert_true (orm_database_create_all (database, types, G_N_ELEMENTS (types), NULL, &error));
  g_assert_no_error (error);
  g_assert_true (orm_database_check_mapping (database, types, G_N_ELEMENTS (types), NULL, &error));
  g_assert_no_error (error);
  return database;
}

static void
test_example (void)
{
  g_autoptr (OrmDatabase) database = open_songs ();
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_statements = 0;

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
test_on_demand (void)
{
  g_autoptr (OrmDatabase) database = open_songs ();
  g_autoptr (OrmSession) session = orm_session_new (database);
  g_autoptr (ExampleSong) song = NULL;
  g_autoptr (ExampleArtist) nina = NULL;
  g_autoptr (OrmCollection) genres = NULL;
  g_autoptr (OrmCollection) same = NULL;
  g_autoptr (GError) error = NULL;
  guint n_statements = 0;

  orm_test_execute (database, "INSERT INTO artist VALUES (1, 'Nina'); INSERT INTO song VALUES (1, 'Sinnerman', 1);"
                              "INSERT INTO genre VALUES (1, 'jazz', NULL), (2, 'hard bop', 1);"
                              "INSERT INTO song_genre VALUES (1, 2)");
  song = orm_session_get (session, EXAMPLE_TYPE_SONG, 1, NULL, &error);
  nina = orm_session_get (session, EXAMPLE_TYPE_ARTIST, 1, NULL, &error);
  g_signal_connect (database, "statement", G_CALLBACK (count_statement), &n_statements);
  genres = get_genres (session, song, &error);
  g_assert_no_error (error);
  same = get_genres (session, song, &error);
  g_assert_true (same == genres);
  g_assert_cmpuint (n_statements, ==, 2);
  g_assert_cmpstr (EXAMPLE_GENRE (orm_entity_get_related (orm_collection_peek (genres, 0), "parent", NULL))->name, ==,
                   "jazz");
  g_assert_false (forget_artist (session, nina, &error));
  g_assert_error (error, ORM_ERROR, ORM_ERROR_CONSTRAINT);
  g_assert_false (orm_entity_is_gone (ORM_ENTITY (nina)));
}

static void
test_readme_has_it (void)
{
  orm_test_assert_readme_has ("test-orm-example-relation.c", 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/orm/example-relation/runs", test_example);
  g_test_add_func ("/orm/example-relation/on-demand", test_on_demand);
  g_test_add_func ("/orm/example-relation/readme-has-it", test_readme_has_it);

  return g_test_run ();
}
