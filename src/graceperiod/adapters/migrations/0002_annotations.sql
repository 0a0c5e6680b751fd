-- What a person says a mail is: one word of each source for a mail; of several the last one written counts.
--
-- Features are those that the model saw, sorted, as JSON text; never the mail's text. They are missing until
-- the mail was read for them. An empty list says that it could not be read again.

CREATE TABLE annotations (
  id              INTEGER PRIMARY KEY,
  message         INTEGER NOT NULL REFERENCES messages (id),
  source          TEXT NOT NULL,
  category        TEXT,
  not_category    TEXT,
  annotated_at    INTEGER NOT NULL,
  features        TEXT,
  feature_version INTEGER,
  UNIQUE (message, source),
  CHECK ((category IS NULL) <> (not_category IS NULL)),
  CHECK ((features IS NULL) = (feature_version IS NULL))
) STRICT;

-- Which marks of a mail are ours is asked with every look at them.
CREATE INDEX effects_by_message ON effects (message) WHERE message IS NOT NULL;

-- HIGHESTMODSEQ when all marks of the mailbox were last looked at.
ALTER TABLE mailboxes ADD COLUMN marks_modseq INTEGER;
