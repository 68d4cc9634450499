-- Searches that somebody wants to run again, in the order in which they are listed.

CREATE TABLE saved_search (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL CHECK (length (name) BETWEEN 1 AND 100),
  folded   TEXT NOT NULL UNIQUE,               -- the name with its case folded: what is unique
  query    TEXT NOT NULL CHECK (query <> ''),  -- as it is typed
  position INTEGER NOT NULL
) STRICT;
