-- How far the clock is believed by which something is thrown away after a time. One row, once somebody looked.

CREATE TABLE clock (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  seen   INTEGER NOT NULL,  -- what it said last; microseconds since 1970, UTC
  since  INTEGER NOT NULL,  -- from when on it has gone on without a jump; 0: always
  before INTEGER NOT NULL   -- the same, of the time before the last jump
) STRICT;
