-- What time it was at least, beside what the clocks said then (docs/decisions/0008): one reading an account.
--
-- A store of an earlier version has none, and begins with the time of day.

CREATE TABLE trusted_times (
  account    TEXT NOT NULL PRIMARY KEY REFERENCES accounts (name),
  at         INTEGER NOT NULL,
  shown_at   INTEGER NOT NULL,
  boot       TEXT NOT NULL,
  elapsed_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
