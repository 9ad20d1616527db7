-- The ledger, version 1. Three layers that never mix:
--   observations (document, run, reading, statement, observation): immutable, written by machines;
--   decisions (decision, withdrawal): append-only, written by people;
--   the current record (views): computed from both, nothing is stored.
-- Offsets are code points of document.text, half-open, counted from 0; SQL's substr counts from 1.

CREATE TABLE document (
  n                   INTEGER PRIMARY KEY,  -- order of arrival; rowid of document_fts
  id                  TEXT NOT NULL UNIQUE, -- 'd' and a hash of text, url, outlet, published
  external_id         TEXT,                 -- the id that the input gave
  url                 TEXT,
  title               TEXT,
  outlet              TEXT,
  published           TEXT,                 -- ISO 8601, cut to its precision
  published_precision TEXT CHECK (published_precision IN ('year', 'month', 'day', 'minute', 'second')),
  retrieved           TEXT,                 -- ISO 8601 with offset
  language            TEXT,                 -- BCP 47
  story               TEXT,                 -- the input's own grouping
  origin_kind         TEXT NOT NULL,
  origin_path         TEXT,
  origin_record       INTEGER,              -- which record of the file, from 1
  origin_byte_offset  INTEGER,
  origin_digest       TEXT NOT NULL,        -- sha256 of the raw bytes
  origin_note         TEXT,                 -- what the input itself says of where the text comes from
  reader_name         TEXT NOT NULL,
  reader_version      TEXT NOT NULL,
  exact               TEXT CHECK (exact IS NULL OR json_valid(exact)),
                                            -- what SQL text cannot hold (NUL, lone surrogates) is U+FFFD in the
                                            -- columns, one for one; JSON {column: [[offset, code point], ...]}
  text                TEXT NOT NULL,        -- last, so that reading the columns above does not read it
  CHECK ((published IS NULL) = (published_precision IS NULL))
) STRICT;
CREATE INDEX document_outlet ON document (outlet);
CREATE INDEX document_published ON document (published);
CREATE INDEX document_external_id ON document (external_id);

CREATE TABLE run (
  id        TEXT PRIMARY KEY,                          -- 'r' and a hash of method and start
  method_id TEXT NOT NULL,                             -- 'm' and a hash of method
  method    TEXT NOT NULL CHECK (json_valid(method)),  -- {"version", "models": {name: sha256}, "settings": {name: value}}
  started   TEXT NOT NULL,                             -- ISO 8601, UTC
  finished  TEXT,                                      -- NULL while it goes on, or if it was killed
  cpu       TEXT NOT NULL CHECK (json_valid(cpu)),     -- ["feature", ...]
  counts    TEXT NOT NULL CHECK (json_valid(counts))   -- {"kept", "skipped": {reason: n}, "failed": {code: n}, "statements", "words"}
) STRICT;

CREATE TABLE reading (                                 -- this document was read by this method, to its end
  id           INTEGER PRIMARY KEY,                    -- later readings have larger ids
  document_id  TEXT NOT NULL REFERENCES document (id),
  run_id       TEXT NOT NULL REFERENCES run (id),
  method_id    TEXT NOT NULL,
  n_statements INTEGER NOT NULL CHECK (n_statements >= 0),
  UNIQUE (document_id, method_id)
) STRICT;

CREATE TABLE statement (                               -- where in which document; the same for every method that finds it
  n           INTEGER PRIMARY KEY,                     -- rowid of statement_fts
  id          TEXT NOT NULL UNIQUE,                    -- 's' and a hash of document and spans
  document_id TEXT NOT NULL REFERENCES document (id),
  content     TEXT NOT NULL CHECK (json_array_length(content) > 0), -- spans: JSON [[start, end], ...]
  cue         TEXT NOT NULL CHECK (json_valid(cue)),
  source      TEXT NOT NULL CHECK (json_valid(source))
) STRICT;
CREATE INDEX statement_document ON statement (document_id);

CREATE TABLE observation (                             -- what one reading says of a statement
  reading_id   INTEGER NOT NULL REFERENCES reading (id),
  statement_id TEXT NOT NULL REFERENCES statement (id),
  ordinal      INTEGER NOT NULL,                       -- place in the reading, from 0
  kind         TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
  score        REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  within       TEXT REFERENCES statement (id),         -- the enclosing statement
  PRIMARY KEY (reading_id, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  n          INTEGER PRIMARY KEY,                      -- order in which they were made
  id         TEXT NOT NULL UNIQUE,                     -- 'x' and a hash of who decided what about what, and when
  subject    TEXT NOT NULL,                            -- id of a statement or document
  field      TEXT,                                     -- NULL: the subject as a whole
  before     TEXT CHECK (before IS NULL OR json_valid(before)), -- what the field said, JSON
  after      TEXT CHECK (after IS NULL OR json_valid(after)),   -- what it says from now on, JSON
  verdict    TEXT NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'corrected', 'unsure')),
  by         TEXT NOT NULL CHECK (by <> ''),           -- the person
  at         TEXT NOT NULL,                            -- ISO 8601, UTC
  note       TEXT,
  supersedes TEXT REFERENCES decision (id),            -- the decision that stood before
  CHECK ((verdict = 'corrected') = (field IS NOT NULL AND after IS NOT NULL))
) STRICT;
CREATE INDEX decision_subject ON decision (subject, field);

CREATE TABLE withdrawal (                              -- a decision taken back: what stood before it stands again
  n           INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL UNIQUE REFERENCES decision (id),
  by          TEXT NOT NULL CHECK (by <> ''),
  at          TEXT NOT NULL,
  note        TEXT
) STRICT;

-- Nothing observed or decided is ever changed.

CREATE TRIGGER document_no_update BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'documents are immutable'); END;
CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'documents are immutable'); END;
CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'readings are immutable'); END;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'readings are immutable'); END;
CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'statements are immutable'); END;
CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'statements are immutable'); END;
CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation BEGIN SELECT RAISE(ABORT, 'observations are immutable'); END;
CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation BEGIN SELECT RAISE(ABORT, 'observations are immutable'); END;
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON withdrawal BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

-- INSERT OR REPLACE deletes without firing delete triggers.
CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER withdrawal_no_replace BEFORE INSERT ON withdrawal
WHEN EXISTS (SELECT 1 FROM withdrawal WHERE decision_id = NEW.decision_id OR n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

-- The current record.

CREATE VIEW current_decision AS            -- of each subject and field: the last decision that was not taken back
SELECT d.* FROM decision AS d
WHERE NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.decision_id = d.id)
  AND NOT EXISTS (
    SELECT 1 FROM decision AS l
    WHERE l.subject = d.subject AND l.field IS d.field AND l.n > d.n
      AND NOT EXISTS (SELECT 1 FROM withdrawal AS w WHERE w.decision_id = l.id));

CREATE VIEW last_observation AS            -- of each statement: what the last reading that found it says
SELECT s.n, s.id AS statement_id, s.document_id, o.reading_id, o.ordinal,
  coalesce((SELECT json_extract(c.after, '$') FROM current_decision AS c
            WHERE c.subject = s.id AND c.field = 'kind' AND c.verdict = 'corrected'), o.kind) AS kind,
  o.score, o.within,
  o.reading_id = (SELECT max(r.id) FROM reading AS r WHERE r.document_id = s.document_id) AS in_latest_reading,
  (SELECT c.verdict FROM current_decision AS c WHERE c.subject = s.id AND c.field IS NULL) AS verdict,
  EXISTS (SELECT 1 FROM current_decision AS c
          WHERE c.subject = s.id AND c.verdict IN ('accepted', 'corrected')) AS kept_by_person
FROM statement AS s
JOIN observation AS o ON o.statement_id = s.id AND o.reading_id = (
  SELECT r.id FROM reading AS r JOIN observation AS x ON x.reading_id = r.id AND x.statement_id = s.id
  WHERE r.document_id = s.document_id ORDER BY r.id DESC LIMIT 1);

CREATE VIEW current_observation AS         -- those of the document's latest reading, and those that a person kept
SELECT * FROM last_observation WHERE in_latest_reading OR (kept_by_person AND verdict IS NOT 'rejected');

CREATE VIEW statement_text AS              -- the words of each statement; stretches are joined by ' … '
SELECT s.n, s.id AS statement_id,
  (SELECT group_concat(substr(d.text, json_extract(j.value, '$[0]') + 1,
     json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(s.content) AS j) AS content,
  (SELECT group_concat(substr(d.text, json_extract(j.value, '$[0]') + 1,
     json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(s.source) AS j) AS source,
  (SELECT group_concat(substr(d.text, json_extract(j.value, '$[0]') + 1,
     json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(s.cue) AS j) AS cue
FROM statement AS s JOIN document AS d ON d.id = s.document_id;

CREATE VIEW statement_span AS              -- one row per stretch: where it is and what it says
SELECT s.id AS statement_id, p.role, j.key AS ordinal,
  json_extract(j.value, '$[0]') AS start, json_extract(j.value, '$[1]') AS "end",
  substr(d.text, json_extract(j.value, '$[0]') + 1,
    json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')) AS text
FROM statement AS s
JOIN document AS d ON d.id = s.document_id
JOIN (SELECT 'content' AS role UNION ALL SELECT 'cue' UNION ALL SELECT 'source') AS p
JOIN json_each(CASE p.role WHEN 'content' THEN s.content WHEN 'cue' THEN s.cue ELSE s.source END) AS j;

CREATE VIEW current_statement AS           -- who said what: one row per statement of the current record
SELECT o.statement_id, t.source, t.cue, t.content, o.kind, o.score, o.verdict AS decision,
  d.outlet, d.published, d.title, d.url, o.within, o.in_latest_reading,
  s.content AS content_spans, s.cue AS cue_spans, s.source AS source_spans,
  o.document_id, r.run_id, r.method_id
FROM current_observation AS o
JOIN statement AS s ON s.n = o.n
JOIN statement_text AS t ON t.n = o.n
JOIN document AS d ON d.id = o.document_id
JOIN reading AS r ON r.id = o.reading_id;

CREATE VIEW current_document AS            -- one row per document, with its latest reading
SELECT d.id AS document_id, d.external_id, d.outlet, d.published, d.title, d.url, d.language, d.story, d.retrieved,
  d.origin_kind, d.origin_path, d.origin_record, d.origin_byte_offset, d.origin_digest,
  d.origin_note, d.reader_name, d.reader_version,
  r.n_statements, r.run_id, r.method_id, u.started AS run_started, d.text
FROM document AS d
JOIN reading AS r ON r.id = (SELECT max(l.id) FROM reading AS l WHERE l.document_id = d.id)
JOIN run AS u ON u.id = r.run_id;

-- Full text. The words are read from the tables above; nothing is stored twice. Scripts that write without spaces
-- (Chinese, Japanese, Thai …) are indexed character by character, with a blank around each.

CREATE VIEW statement_words AS             -- what statement_fts indexes; facets narrow a search before it ranks:
SELECT t.n, t.content, t.source,           -- 'o' and the outlet in hexadecimal, 'm202603' or, of year precision, 'y2026'
  'o' || hex(d.outlet) || ' ' || coalesce(
    CASE d.published_precision WHEN 'year' THEN 'y' || substr(d.published, 1, 4)
    ELSE 'm' || substr(d.published, 1, 4) || substr(d.published, 6, 2) END, '') AS facets
FROM statement_text AS t
JOIN statement AS s ON s.n = t.n
JOIN document AS d ON d.id = s.document_id;

CREATE VIRTUAL TABLE statement_fts USING fts5 (
  content, source, facets, content = 'statement_words', content_rowid = 'n',
  tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO statement_fts (statement_fts, rank) VALUES ('rank', 'bm25(1.0, 1.0, 0.0)');
-- Written so that Datasette finds it and offers a search box on the table.
CREATE VIRTUAL TABLE document_fts USING fts5 (
  title, text, content="document", content_rowid="n", tokenize = 'unicode61 remove_diacritics 2');
