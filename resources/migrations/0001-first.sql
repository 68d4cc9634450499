-- The first schema: people, notes, tags, where notes were imported from, and what a search does not know yet.
-- Times are microseconds since 1970, UTC. This file never changes once released.

CREATE TABLE user (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL CHECK (length (name) BETWEEN 1 AND 200),
  folded  TEXT NOT NULL UNIQUE,          -- the name with its case folded: what is unique
  email   TEXT NOT NULL DEFAULT '',
  color   TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL
) STRICT;

-- The body stands last: a page of the list reads the columns before it, and SQLite then leaves its overflow pages alone.
CREATE TABLE note (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- an id is never used twice: links to a note outlive it
  user_id      INTEGER NOT NULL REFERENCES user (id) ON DELETE RESTRICT,
  created      INTEGER NOT NULL,
  updated      INTEGER NOT NULL,
  trashed      INTEGER NOT NULL DEFAULT 0,         -- when it was put into the trash; 0: it is not there
  pinned       INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  title        TEXT NOT NULL DEFAULT '',
  excerpt      TEXT NOT NULL DEFAULT '',           -- derived from the body
  aliases      TEXT NOT NULL DEFAULT '',           -- other titles, one a line
  front_matter TEXT NOT NULL DEFAULT '',           -- imported YAML that has no column, as it was
  body         TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX note_by_updated ON note (trashed, pinned DESC, updated DESC, id DESC, user_id);
CREATE INDEX note_by_created ON note (trashed, pinned DESC, created DESC, id DESC, user_id);
CREATE INDEX note_by_title ON note (title COLLATE NOCASE, id);
CREATE INDEX note_by_user ON note (user_id);

CREATE TABLE tag (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL CHECK (length (name) BETWEEN 1 AND 100),  -- a path: work/project is a child of work
  folded TEXT NOT NULL UNIQUE,                                   -- the name with its case folded: what is unique
  color  TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE note_tag (
  note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
  tag_id  INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  PRIMARY KEY (note_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX note_tag_by_tag ON note_tag (tag_id, note_id);

-- Where a note was imported from, so that importing it again finds it.
CREATE TABLE note_origin (
  note_id     INTEGER PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
  location    TEXT NOT NULL UNIQUE,  -- the absolute path of the file
  file_digest TEXT NOT NULL,         -- of the file's bytes when it was last imported
  note_digest TEXT NOT NULL          -- of the note as that import left it: differs once it was edited here
) STRICT;

CREATE INDEX note_origin_by_file ON note_origin (file_digest);  -- finds the notes of a folder that was moved

-- Notes whose text the index does not have, with the text it has instead (NULL: none), as a contentless FTS5 table
-- must be told what to forget. Kept by triggers on plain tables, so that whatever program edits a note is seen.
CREATE TABLE search_queue (
  note_id   INTEGER PRIMARY KEY,
  old_title TEXT,
  old_body  TEXT
) STRICT;

-- Not INSERT OR IGNORE: the conflict clause of the statement that fires a trigger overrides the ones inside it.
CREATE TRIGGER search_queue_insert AFTER INSERT ON note
WHEN NOT EXISTS (SELECT 1 FROM search_queue WHERE note_id = new.id)
BEGIN
  INSERT INTO search_queue (note_id) VALUES (new.id);
END;

-- INSERT OR REPLACE takes the old row away without firing a trigger for that.
CREATE TRIGGER search_queue_replace BEFORE INSERT ON note
WHEN EXISTS (SELECT 1 FROM note WHERE id = new.id) AND NOT EXISTS (SELECT 1 FROM search_queue WHERE note_id = new.id)
BEGIN
  INSERT INTO search_queue (note_id, old_title, old_body)
  SELECT id, title || char (10) || aliases, body FROM note WHERE id = new.id;
END;

CREATE TRIGGER search_queue_update AFTER UPDATE OF title, aliases, body ON note
WHEN old.id IS new.id
  AND (old.title IS NOT new.title OR old.aliases IS NOT new.aliases OR old.body IS NOT new.body)
  AND NOT EXISTS (SELECT 1 FROM search_queue WHERE note_id = new.id)
BEGIN
  INSERT INTO search_queue (note_id, old_title, old_body)
  VALUES (new.id, old.title || char (10) || old.aliases, old.body);
END;

-- A note that is given another id is gone under the one and new under the other. UPDATE OR REPLACE takes the note away
-- that has this id, without firing a trigger for that.
CREATE TRIGGER search_queue_renumber_before BEFORE UPDATE OF id ON note
WHEN old.id IS NOT new.id
BEGIN
  INSERT INTO search_queue (note_id, old_title, old_body)
  SELECT id, title || char (10) || aliases, body FROM note
  WHERE id = new.id AND id NOT IN (SELECT note_id FROM search_queue);
END;

CREATE TRIGGER search_queue_renumber AFTER UPDATE OF id ON note
WHEN old.id IS NOT new.id
BEGIN
  INSERT INTO search_queue (note_id, old_title, old_body)
  SELECT old.id, old.title || char (10) || old.aliases, old.body
  WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE note_id = old.id);
  INSERT INTO search_queue (note_id)
  SELECT new.id WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE note_id = new.id);
END;

CREATE TRIGGER search_queue_delete AFTER DELETE ON note
WHEN NOT EXISTS (SELECT 1 FROM search_queue WHERE note_id = old.id)
BEGIN
  INSERT INTO search_queue (note_id, old_title, old_body)
  VALUES (old.id, old.title || char (10) || old.aliases, old.body);
END;

-- Which notes changed in what puts them into order, the last few thousand times: who keeps the order of all notes in
-- memory looks at just these. A note that was given a new id is not written down, as its id is above all that were.
CREATE TABLE note_change (
  seq     INTEGER PRIMARY KEY,
  note_id INTEGER NOT NULL
) STRICT;

-- At most as many as are soon read; the last one stays, so that no number comes twice.
CREATE TRIGGER note_change_trim AFTER INSERT ON note_change
WHEN new.seq % 1024 = 0
BEGIN
  DELETE FROM note_change WHERE seq <= new.seq - 16384;
END;

-- Before, as this costs least: the id is -1 there where the statement gives none. INSERT OR REPLACE gives one.
CREATE TRIGGER note_change_insert BEFORE INSERT ON note
WHEN new.id IS NOT -1
BEGIN
  INSERT INTO note_change (note_id) VALUES (new.id);
END;

CREATE TRIGGER note_change_insert_last AFTER INSERT ON note
WHEN new.id IS -1
BEGIN
  INSERT INTO note_change (note_id) VALUES (new.id);
END;

CREATE TRIGGER note_change_update AFTER UPDATE ON note
WHEN old.updated IS NOT new.updated OR old.created IS NOT new.created OR old.pinned IS NOT new.pinned
  OR old.trashed IS NOT new.trashed OR old.title IS NOT new.title OR old.user_id IS NOT new.user_id
BEGIN
  INSERT INTO note_change (note_id) VALUES (new.id);
END;

CREATE TRIGGER note_change_renumber AFTER UPDATE ON note
WHEN old.id IS NOT new.id
BEGIN
  INSERT INTO note_change (note_id) VALUES (old.id), (new.id);
END;

CREATE TRIGGER note_change_delete AFTER DELETE ON note
BEGIN
  INSERT INTO note_change (note_id) VALUES (old.id);
END;
