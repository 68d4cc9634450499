-- What was done and can be undone, for a day: one step for what a person did at once, and below it, in the order in which
-- they were written, the rows that it changed. The other tables do not depend on these: all of it may be deleted.

CREATE TABLE undo_step (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  subject TEXT NOT NULL DEFAULT '',      -- what a word about it names: a tag, a user, a title
  n_notes INTEGER NOT NULL DEFAULT 0,    -- how many notes it was about
  done    INTEGER NOT NULL,              -- when; microseconds since 1970, UTC
  undone  INTEGER NOT NULL DEFAULT 0,    -- when it was taken back; 0: it was not
  n_left  INTEGER NOT NULL DEFAULT 0     -- how many notes stayed as they were then
) STRICT;

CREATE TABLE undo_row (
  id      INTEGER PRIMARY KEY,
  step_id INTEGER NOT NULL REFERENCES undo_step (id) ON DELETE CASCADE,
  place   TEXT NOT NULL,                 -- the table
  what    TEXT NOT NULL CHECK (what IN ('insert', 'update', 'text', 'delete')),
  key     INTEGER NOT NULL,
  other   INTEGER NOT NULL DEFAULT 0,    -- the second part of the key, where there is one
  old_1 ANY, old_2 ANY, old_3 ANY, old_4 ANY, old_5 ANY, old_6 ANY, old_7 ANY, old_8 ANY, old_9 ANY,
  new_1 ANY, new_2 ANY, new_3 ANY, new_4 ANY, new_5 ANY, new_6 ANY, new_7 ANY, new_8 ANY, new_9 ANY,
  old_10 ANY, new_10 ANY                 -- the values of the columns, NULL: unchanged; texts of notes stand last
) STRICT;

CREATE INDEX undo_row_by_step ON undo_row (step_id);
