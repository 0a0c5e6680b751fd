-- The first layout of the store.
--
-- Instants are whole microseconds since 1970-01-01T00:00Z: they sort as numbers, lose nothing of a Python
-- datetime, and a column that is STRICT INTEGER cannot take one without a time zone by mistake.
-- Tuples and mappings that are only ever read as a whole are JSON text. Closed sets (a state, a category)
-- have no CHECK: they are parsed when read, and a new member must not cost a rebuilt table.

CREATE TABLE accounts (
  name TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE mailboxes (
  account        TEXT NOT NULL REFERENCES accounts (name),
  name           TEXT NOT NULL,
  uid_validity   INTEGER NOT NULL,
  last_uid       INTEGER NOT NULL,
  highest_modseq INTEGER,
  mark_method    TEXT,
  PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE applications (
  id           INTEGER PRIMARY KEY,
  account      TEXT NOT NULL REFERENCES accounts (name),
  employer     TEXT,
  role         TEXT,
  stage        TEXT,
  tier         INTEGER,
  outcome      TEXT NOT NULL,
  opened_at    INTEGER NOT NULL,
  last_mail_at INTEGER NOT NULL
) STRICT;
CREATE INDEX applications_by_mail ON applications (account, last_mail_at);

CREATE TABLE messages (
  id           INTEGER PRIMARY KEY,
  account      TEXT NOT NULL REFERENCES accounts (name),
  mailbox      TEXT NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  direction    TEXT NOT NULL,
  message_id   TEXT,
  sender_name  TEXT,
  sender_spec  TEXT,
  subject      TEXT NOT NULL,
  arrived_at   INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  size_bytes   INTEGER NOT NULL,
  application  INTEGER REFERENCES applications (id),
  defects      TEXT NOT NULL,
  UNIQUE (account, mailbox, uid_validity, uid),
  CHECK ((sender_name IS NULL) = (sender_spec IS NULL))
) STRICT;
CREATE INDEX messages_by_message_id ON messages (account, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX messages_by_arrival ON messages (arrived_at);
CREATE INDEX messages_by_account_and_arrival ON messages (account, arrived_at);
CREATE INDEX messages_by_application ON messages (application) WHERE application IS NOT NULL;

CREATE TABLE message_references (
  message  INTEGER NOT NULL REFERENCES messages (id),
  header   TEXT NOT NULL CHECK (header IN ('in-reply-to', 'references')),
  position INTEGER NOT NULL,
  ref      TEXT NOT NULL,
  PRIMARY KEY (message, header, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_references_by_ref ON message_references (ref);

CREATE TABLE verdicts (
  id          INTEGER PRIMARY KEY,
  message     INTEGER NOT NULL REFERENCES messages (id),
  category    TEXT NOT NULL,
  probability REAL NOT NULL,
  acts        INTEGER NOT NULL CHECK (acts IN (0, 1)),
  is_unsure   INTEGER NOT NULL CHECK (is_unsure IN (0, 1)),
  reason      TEXT NOT NULL,
  language    TEXT,
  evidence    TEXT NOT NULL,
  model       TEXT NOT NULL,
  judged_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX verdicts_by_message ON verdicts (message);

CREATE TABLE holds (
  id                    INTEGER PRIMARY KEY,
  account               TEXT NOT NULL REFERENCES accounts (name),
  message               INTEGER NOT NULL REFERENCES messages (id),
  application           INTEGER REFERENCES applications (id),
  parent_id             TEXT NOT NULL,
  parent_references     TEXT NOT NULL,
  subject               TEXT NOT NULL,
  recipient_name        TEXT NOT NULL,
  recipient_spec        TEXT NOT NULL,
  reply_from_name       TEXT NOT NULL,
  reply_from_spec       TEXT NOT NULL,
  template              TEXT NOT NULL,
  language              TEXT NOT NULL,
  body                  TEXT,
  drafts                TEXT NOT NULL,
  planned_at            INTEGER NOT NULL,
  release_at            INTEGER NOT NULL,
  state                 TEXT NOT NULL,
  is_sealed             INTEGER NOT NULL CHECK (is_sealed IN (0, 1)),
  sealed_message_id     TEXT,
  sealed_uid_validity   INTEGER,
  sealed_uid_next       INTEGER,
  sealed_uid            INTEGER,
  sealed_sha256         TEXT,
  released_message_id   TEXT,
  released_uid_validity INTEGER,
  released_uid_next     INTEGER,
  released_uid          INTEGER,
  released_sha256       TEXT,
  is_edited             INTEGER NOT NULL CHECK (is_edited IN (0, 1)),
  missing_since         INTEGER,
  released_at           INTEGER,
  nudged_at             INTEGER,
  ended_at              INTEGER,
  UNIQUE (account, parent_id), -- one rejection, one draft (RULES A7)
  CHECK ((sealed_message_id IS NULL) = (sealed_uid_validity IS NULL)),
  CHECK ((sealed_message_id IS NULL) = (sealed_uid_next IS NULL)),
  CHECK ((released_message_id IS NULL) = (released_uid_validity IS NULL)),
  CHECK ((released_message_id IS NULL) = (released_uid_next IS NULL))
) STRICT;
CREATE INDEX holds_by_release ON holds (release_at);
CREATE INDEX holds_by_message ON holds (message);

CREATE TABLE effects (
  id          INTEGER PRIMARY KEY,
  account     TEXT NOT NULL REFERENCES accounts (name),
  kind        TEXT NOT NULL,
  intended_at INTEGER NOT NULL,
  message     INTEGER REFERENCES messages (id),
  hold        INTEGER REFERENCES holds (id),
  detail      TEXT NOT NULL,
  finished_at INTEGER,
  result      TEXT NOT NULL
) STRICT;
CREATE INDEX effects_pending ON effects (account, id) WHERE finished_at IS NULL;

CREATE TABLE events (
  id          INTEGER PRIMARY KEY,
  account     TEXT NOT NULL REFERENCES accounts (name),
  kind        TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  rules       TEXT NOT NULL,
  message     INTEGER REFERENCES messages (id),
  hold        INTEGER REFERENCES holds (id),
  application INTEGER REFERENCES applications (id),
  detail      TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_message ON events (message) WHERE message IS NOT NULL;
CREATE INDEX events_by_hold ON events (hold) WHERE hold IS NOT NULL;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are never changed');
END;

CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are never removed');
END;

-- INSERT OR REPLACE removes the old row without its DELETE trigger unless recursive_triggers is on.
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'events are never replaced');
END;
