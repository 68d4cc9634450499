-- What notes said before: a row for each state that was written over, or nearly, as they are thinned with time. What a
-- note says now is in the note alone.

CREATE TABLE note_version (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order in which they were kept, whatever the clock said
  note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
  made    INTEGER NOT NULL,            -- when it was kept; microseconds since 1970, UTC
  updated INTEGER NOT NULL,            -- when the note came to be so
  reason  TEXT NOT NULL,               -- what it was kept before: left, rest, import, links, merge, restore, other …
  title   TEXT NOT NULL,
  size    INTEGER NOT NULL,            -- of the text, in bytes
  format  TEXT NOT NULL,               -- how it is written down: plain (UTF-8), zlib (the same, compressed)
  body    BLOB NOT NULL
) STRICT;

CREATE INDEX note_version_by_note ON note_version (note_id, id, made);
