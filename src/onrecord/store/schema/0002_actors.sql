-- Version 2: who the source is, by which hops the words came, in which setting, with which position; links between
-- statements; and people's word on all of these. The three layers stay apart:
--   observations: actor, issue, reading_actor, reading_issue, attribution, hop, setting, position, condition (by
--   reading); link, linking, actor_link (by run): immutable;
--   decisions: the table of version 1, with more subjects and fields;
--   the current record: views. actor_group is derived from decisions and actor_links, like the index of a search.
-- A column `exact` is what that of document is. One span is JSON [start, end], several are [[start, end], ...].

CREATE TABLE actor (                                  -- what a reading says of an actor; the same words are kept once
  n            INTEGER PRIMARY KEY,                   -- rowid of actor_fts; a later form has a larger one
  id           TEXT NOT NULL,                         -- the actor; every form of it has this id
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'state', 'outlet', 'group', 'document', 'unknown')),
  names        TEXT NOT NULL CHECK (json_valid(names)),        -- other names: ["name", ...]
  external_ids TEXT NOT NULL CHECK (json_valid(external_ids)), -- [{"scheme", "value"}, ...]
  roles        TEXT NOT NULL CHECK (json_valid(roles)),        -- [{"title", "start", "end"}, ...]
  exact        TEXT CHECK (exact IS NULL OR json_valid(exact)),
  form         TEXT NOT NULL UNIQUE                   -- a hash of all of it
) STRICT;
CREATE INDEX actor_id ON actor (id);

CREATE TABLE reading_actor (                          -- the actors that a reading names, in its order
  reading_id INTEGER NOT NULL REFERENCES reading (id),
  ordinal    INTEGER NOT NULL,
  actor_n    INTEGER NOT NULL REFERENCES actor (n),
  PRIMARY KEY (reading_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE issue (                                  -- what a reading, a run or a person says of an issue
  n        INTEGER PRIMARY KEY,
  id       TEXT NOT NULL,
  label    TEXT NOT NULL,
  question TEXT,
  made_by  TEXT,                                      -- a person, or the id of a run
  parent   TEXT,
  exact    TEXT CHECK (exact IS NULL OR json_valid(exact)),
  form     TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX issue_id ON issue (id);

CREATE TABLE reading_issue (
  reading_id INTEGER NOT NULL REFERENCES reading (id),
  ordinal    INTEGER NOT NULL,
  issue_n    INTEGER NOT NULL REFERENCES issue (n),
  PRIMARY KEY (reading_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribution (                            -- who the source of a statement is, says one reading
  reading_id   INTEGER NOT NULL,
  statement_id TEXT NOT NULL,
  mention      TEXT CHECK (mention IS NULL OR json_valid(mention)),      -- the words that name the source; NULL: there are none
  source_kind  TEXT CHECK (source_kind IN ('name', 'role', 'pronoun', 'group', 'anonymous', 'document', 'outlet', 'none')),
  actor_id     TEXT,                                  -- NULL: unresolved, for this reason:
  reason       TEXT,
  evidence     TEXT NOT NULL CHECK (json_valid(evidence)),
  score        REAL CHECK (score BETWEEN 0 AND 1),
  alternatives TEXT NOT NULL CHECK (json_valid(alternatives)), -- who else was weighed: [[actor, score], ...]
  exact        TEXT CHECK (exact IS NULL OR json_valid(exact)),
  PRIMARY KEY (reading_id, statement_id),
  FOREIGN KEY (reading_id, statement_id) REFERENCES observation (reading_id, statement_id),
  CHECK ((actor_id IS NULL) = (reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX attribution_actor ON attribution (actor_id) WHERE actor_id IS NOT NULL;

CREATE TABLE hop (                                    -- one step by which the words reached the page, says one reading
  reading_id   INTEGER NOT NULL,
  statement_id TEXT NOT NULL,
  position     INTEGER NOT NULL,                      -- 0 is nearest the words, the last is the outlet
  mention      TEXT CHECK (mention IS NULL OR json_valid(mention)),      -- NULL: implied
  actor_id     TEXT,                                  -- NULL: unresolved
  kind         TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'state', 'outlet', 'group', 'document', 'unknown')),
  named        INTEGER NOT NULL CHECK (named IN (0, 1)),
  act          TEXT NOT NULL,                         -- said, told, wrote, interview, reported, published ...
  evidence     TEXT NOT NULL CHECK (json_valid(evidence)),
  on_behalf_of TEXT,                                  -- the actor for whom it speaks
  anonymity    TEXT CHECK (anonymity IS NULL OR json_valid(anonymity)),    -- {"position", "side", "count", "condition"}: spans and a number
  exact        TEXT CHECK (exact IS NULL OR json_valid(exact)),
  PRIMARY KEY (reading_id, statement_id, position),
  FOREIGN KEY (reading_id, statement_id) REFERENCES observation (reading_id, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (                                -- where, when and to whom it was said, says one reading
  reading_id     INTEGER NOT NULL,
  statement_id   TEXT NOT NULL,
  occasion       TEXT,
  occasion_spans TEXT NOT NULL CHECK (json_valid(occasion_spans)),
  addressee      TEXT CHECK (addressee IS NULL OR json_valid(addressee)),
  addressee_id   TEXT,                                -- the actor addressed
  place          TEXT CHECK (place IS NULL OR json_valid(place)),
  said           TEXT CHECK (said IS NULL OR json_valid(said)),       -- when, in the text's own words
  said_on        TEXT,                                -- the same, ISO 8601 cut to what is known
  exact          TEXT CHECK (exact IS NULL OR json_valid(exact)),
  PRIMARY KEY (reading_id, statement_id),
  FOREIGN KEY (reading_id, statement_id) REFERENCES observation (reading_id, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE position (                               -- what a statement does, on which issue, says one reading
  reading_id   INTEGER NOT NULL,
  statement_id TEXT NOT NULL,
  act          TEXT,
  polarity     TEXT CHECK (polarity IN ('positive', 'negative')),
  certainty    TEXT CHECK (certainty IN ('certain', 'probable', 'possible')),
  issue_id     TEXT,
  target       TEXT CHECK (target IS NULL OR json_valid(target)),
  evidence     TEXT NOT NULL CHECK (json_valid(evidence)),
  score        REAL CHECK (score BETWEEN 0 AND 1),
  PRIMARY KEY (reading_id, statement_id),
  FOREIGN KEY (reading_id, statement_id) REFERENCES observation (reading_id, statement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX position_issue ON position (issue_id) WHERE issue_id IS NOT NULL;

CREATE TABLE condition (                              -- what must be so, and for what, says one reading
  reading_id   INTEGER NOT NULL,
  statement_id TEXT NOT NULL,
  ordinal      INTEGER NOT NULL,
  relation     TEXT NOT NULL,                         -- before, after, only if, unless, not without ...
  what         TEXT NOT NULL CHECK (json_valid(what)),
  requirement  TEXT NOT NULL CHECK (json_valid(requirement)),
  PRIMARY KEY (reading_id, statement_id, ordinal),
  FOREIGN KEY (reading_id, statement_id) REFERENCES position (reading_id, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (                                   -- how two statements stand to each other, says one method
  n              INTEGER PRIMARY KEY,
  id             TEXT NOT NULL,                       -- 'l' and a hash of kind and ends
  run_id         TEXT NOT NULL REFERENCES run (id),
  method_id      TEXT NOT NULL,
  kind           TEXT NOT NULL,
  left_id        TEXT NOT NULL REFERENCES statement (id), -- the later or reacting one
  right_id       TEXT NOT NULL REFERENCES statement (id),
  scope          TEXT CHECK (scope IN ('same', 'narrower', 'broader', 'unclear')), -- of the right, compared with the left
  opposite       INTEGER CHECK (opposite IN (0, 1)),
  same_time      INTEGER CHECK (same_time IN (0, 1)),
  independent    INTEGER CHECK (independent IN (0, 1)),
  why            TEXT,
  left_evidence  TEXT NOT NULL CHECK (json_valid(left_evidence)),
  right_evidence TEXT NOT NULL CHECK (json_valid(right_evidence)),
  score          REAL CHECK (score BETWEEN 0 AND 1),
  story          TEXT,
  exact          TEXT CHECK (exact IS NULL OR json_valid(exact)),
  UNIQUE (id, method_id)
) STRICT;
CREATE INDEX link_left ON link (left_id);
CREATE INDEX link_right ON link (right_id);
CREATE INDEX link_run ON link (run_id);

CREATE TABLE linking (                                -- this method has compared this reading with those before it
  reading_id INTEGER NOT NULL REFERENCES reading (id),
  method_id  TEXT NOT NULL,
  run_id     TEXT NOT NULL REFERENCES run (id),
  PRIMARY KEY (reading_id, method_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX linking_run ON linking (run_id);

CREATE TABLE actor_link (                             -- two actors are one, proposes a method
  n         INTEGER PRIMARY KEY,
  run_id    TEXT NOT NULL REFERENCES run (id),
  method_id TEXT NOT NULL,
  left_id   TEXT NOT NULL,
  right_id  TEXT NOT NULL CHECK (right_id <> left_id),
  score     REAL CHECK (score BETWEEN 0 AND 1),       -- holds from 0.9 on, or without a score; else a person decides
  why       TEXT,
  exact     TEXT CHECK (exact IS NULL OR json_valid(exact)),
  UNIQUE (left_id, right_id, method_id)
) STRICT;
CREATE INDEX actor_link_right ON actor_link (right_id);
CREATE INDEX actor_link_run ON actor_link (run_id);

CREATE TABLE actor_group (                            -- which actors are one; derived, written with every merge and split
  actor_id          TEXT PRIMARY KEY,
  representative_id TEXT NOT NULL REFERENCES actor_group (actor_id) -- the actor itself where nobody joined it
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_group_representative ON actor_group (representative_id);

CREATE TRIGGER actor_no_update BEFORE UPDATE ON actor BEGIN SELECT RAISE(ABORT, 'actors are immutable'); END;
CREATE TRIGGER actor_no_delete BEFORE DELETE ON actor BEGIN SELECT RAISE(ABORT, 'actors are immutable'); END;
CREATE TRIGGER reading_actor_no_update BEFORE UPDATE ON reading_actor BEGIN SELECT RAISE(ABORT, 'readings are immutable'); END;
CREATE TRIGGER reading_actor_no_delete BEFORE DELETE ON reading_actor BEGIN SELECT RAISE(ABORT, 'readings are immutable'); END;
CREATE TRIGGER issue_no_update BEFORE UPDATE ON issue BEGIN SELECT RAISE(ABORT, 'issues are immutable'); END;
CREATE TRIGGER issue_no_delete BEFORE DELETE ON issue BEGIN SELECT RAISE(ABORT, 'issues are immutable'); END;
CREATE TRIGGER reading_issue_no_update BEFORE UPDATE ON reading_issue BEGIN SELECT RAISE(ABORT, 'readings are immutable'); END;
CREATE TRIGGER reading_issue_no_delete BEFORE DELETE ON reading_issue BEGIN SELECT RAISE(ABORT, 'readings are immutable'); END;
CREATE TRIGGER attribution_no_update BEFORE UPDATE ON attribution BEGIN SELECT RAISE(ABORT, 'attributions are immutable'); END;
CREATE TRIGGER attribution_no_delete BEFORE DELETE ON attribution BEGIN SELECT RAISE(ABORT, 'attributions are immutable'); END;
CREATE TRIGGER hop_no_update BEFORE UPDATE ON hop BEGIN SELECT RAISE(ABORT, 'hops are immutable'); END;
CREATE TRIGGER hop_no_delete BEFORE DELETE ON hop BEGIN SELECT RAISE(ABORT, 'hops are immutable'); END;
CREATE TRIGGER setting_no_update BEFORE UPDATE ON setting BEGIN SELECT RAISE(ABORT, 'settings are immutable'); END;
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN SELECT RAISE(ABORT, 'settings are immutable'); END;
CREATE TRIGGER position_no_update BEFORE UPDATE ON position BEGIN SELECT RAISE(ABORT, 'positions are immutable'); END;
CREATE TRIGGER position_no_delete BEFORE DELETE ON position BEGIN SELECT RAISE(ABORT, 'positions are immutable'); END;
CREATE TRIGGER condition_no_update BEFORE UPDATE ON condition BEGIN SELECT RAISE(ABORT, 'conditions are immutable'); END;
CREATE TRIGGER condition_no_delete BEFORE DELETE ON condition BEGIN SELECT RAISE(ABORT, 'conditions are immutable'); END;
CREATE TRIGGER link_no_update BEFORE UPDATE ON link BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER link_no_delete BEFORE DELETE ON link BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER linking_no_update BEFORE UPDATE ON linking BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER linking_no_delete BEFORE DELETE ON linking BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER actor_link_no_update BEFORE UPDATE ON actor_link BEGIN SELECT RAISE(ABORT, 'actor links are immutable'); END;
CREATE TRIGGER actor_link_no_delete BEFORE DELETE ON actor_link BEGIN SELECT RAISE(ABORT, 'actor links are immutable'); END;

-- The current record.

DROP VIEW current_statement;
DROP VIEW current_observation;
DROP VIEW last_observation;

CREATE VIEW field_decision AS              -- what a person says that a field of an entry holds: JSON
SELECT subject, field, CASE verdict WHEN 'corrected' THEN after ELSE before END AS value
FROM current_decision WHERE field IS NOT NULL AND verdict IN ('corrected', 'accepted');

CREATE VIEW last_observation AS            -- of each statement: what the last reading that found it says
SELECT s.n, s.id AS statement_id, s.document_id, o.reading_id, o.ordinal,
  coalesce((SELECT json_extract(f.value, '$') FROM field_decision AS f
            WHERE f.subject = s.id AND f.field = 'kind'), o.kind) AS kind,
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

-- What each reading says of its statements once people were heard.

CREATE VIEW decided_attribution AS
SELECT x.reading_id, x.statement_id,
  CASE WHEN x.observed THEN x.mention
    ELSE (SELECT json_extract(s.source, '$[0]') FROM statement AS s WHERE s.id = x.statement_id) END AS mention,
  coalesce(json_extract(x.said_kind, '$'), x.source_kind) AS source_kind,
  (SELECT g.representative_id FROM actor_group AS g WHERE g.actor_id = x.named_id) AS actor_id,
  CASE WHEN x.named_id IS NOT NULL THEN NULL WHEN x.said_actor IS NOT NULL THEN 'left open by a person'
    ELSE coalesce(x.reason, 'no reason given') END AS reason,
  coalesce(x.evidence, '[]') AS evidence,
  CASE WHEN x.said_actor IS NULL THEN x.score WHEN x.named_id IS NOT NULL THEN 1.0 END AS score,
  coalesce(x.alternatives, '[]') AS alternatives,  -- as the machine named them
  x.said_actor IS NOT NULL AS by_person,
  CASE WHEN x.said_actor IS NULL THEN x.exact END AS exact
FROM (
  SELECT y.*, CASE WHEN y.said_actor IS NULL THEN y.observed_id ELSE json_extract(y.said_actor, '$') END AS named_id
  FROM (
    SELECT o.reading_id, o.statement_id, a.reading_id IS NOT NULL AS observed, a.mention, a.source_kind,
      a.actor_id AS observed_id, a.reason, a.evidence, a.score, a.alternatives, a.exact,
      (SELECT f.value FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'actor') AS said_actor,
      (SELECT f.value FROM field_decision AS f
       WHERE f.subject = o.statement_id AND f.field = 'source_kind') AS said_kind
    FROM observation AS o
    LEFT JOIN attribution AS a ON a.reading_id = o.reading_id AND a.statement_id = o.statement_id
  ) AS y
) AS x
WHERE x.observed OR x.said_actor IS NOT NULL OR x.said_kind IS NOT NULL;

CREATE VIEW decided_hop AS                 -- hop 0 follows the attribution where both were the same actor
SELECT x.reading_id, x.statement_id, x.position, x.mention,
  (SELECT g.representative_id FROM actor_group AS g WHERE g.actor_id = x.named_id) AS actor_id,
  CASE WHEN x.named_id IS NULL OR x.named_id IS x.observed_id THEN x.kind
    ELSE (SELECT a.kind FROM actor AS a WHERE a.id = x.named_id ORDER BY a.n DESC LIMIT 1) END AS kind,
  x.named, x.act, x.evidence,
  (SELECT g.representative_id FROM actor_group AS g WHERE g.actor_id = x.on_behalf_of) AS on_behalf_of,
  x.anonymity, x.exact
FROM (
  SELECT y.*, CASE WHEN y.said_actor IS NULL THEN y.observed_id ELSE json_extract(y.said_actor, '$') END AS named_id
  FROM (
    SELECT h.reading_id, h.statement_id, h.position, h.mention, h.actor_id AS observed_id, h.kind, h.named, h.act,
      h.evidence, h.on_behalf_of, h.anonymity, h.exact,
      CASE WHEN h.position = 0 AND h.actor_id IS (
        SELECT a.actor_id FROM attribution AS a WHERE a.reading_id = h.reading_id AND a.statement_id = h.statement_id)
      THEN (SELECT f.value FROM field_decision AS f WHERE f.subject = h.statement_id AND f.field = 'actor')
      END AS said_actor
    FROM hop AS h
  ) AS y
) AS x;

CREATE VIEW decided_position AS
SELECT x.reading_id, x.statement_id,
  coalesce(json_extract(x.said_act, '$'), x.act) AS act,
  coalesce(json_extract(x.said_polarity, '$'), x.polarity) AS polarity,
  coalesce(json_extract(x.said_certainty, '$'), x.certainty) AS certainty,
  x.issue_id, x.target, coalesce(x.evidence, '[]') AS evidence, x.score,
  coalesce(x.said_act, x.said_polarity, x.said_certainty) IS NOT NULL AS by_person
FROM (
  SELECT o.reading_id, o.statement_id, p.reading_id IS NOT NULL AS observed, p.act, p.polarity, p.certainty,
    p.issue_id, p.target, p.evidence, p.score,
    (SELECT f.value FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'act') AS said_act,
    (SELECT f.value FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'polarity') AS said_polarity,
    (SELECT f.value FROM field_decision AS f
     WHERE f.subject = o.statement_id AND f.field = 'certainty') AS said_certainty
  FROM observation AS o
  LEFT JOIN position AS p ON p.reading_id = o.reading_id AND p.statement_id = o.statement_id
) AS x
WHERE x.observed OR x.said_act IS NOT NULL OR x.said_polarity IS NOT NULL OR x.said_certainty IS NOT NULL;

CREATE VIEW decided_setting AS
SELECT e.reading_id, e.statement_id, e.occasion, e.occasion_spans, e.addressee,
  (SELECT g.representative_id FROM actor_group AS g WHERE g.actor_id = e.addressee_id) AS addressee_id,
  e.place, e.said, e.said_on, e.exact
FROM setting AS e;

CREATE VIEW last_actor AS                  -- each actor as the last reading that named it describes it, or as a person named it
SELECT a.n, a.id AS actor_id,
  coalesce((SELECT json_extract(f.value, '$') FROM field_decision AS f WHERE f.subject = a.id AND f.field = 'name'),
    a.name) AS name,
  a.kind, a.names, a.external_ids, a.roles, a.exact
FROM actor AS a
WHERE a.n = (SELECT max(l.n) FROM actor AS l WHERE l.id = a.id);

CREATE VIEW last_issue AS
SELECT i.n, i.id AS issue_id, i.label, i.question, i.made_by, i.parent, i.exact
FROM issue AS i
WHERE i.n = (SELECT max(l.n) FROM issue AS l WHERE l.id = i.id);

CREATE VIEW current_statement AS           -- who said what: one row per statement of the current record
SELECT o.statement_id, t.source, t.cue, t.content, o.kind, o.score, o.verdict AS decision,
  d.outlet, d.published, d.title, d.url, o.within, o.in_latest_reading,
  s.content AS content_spans, s.cue AS cue_spans, s.source AS source_spans,
  o.document_id, r.run_id, r.method_id,
  (SELECT n.name FROM decided_attribution AS a JOIN last_actor AS n ON n.actor_id = a.actor_id
   WHERE a.reading_id = o.reading_id AND a.statement_id = o.statement_id) AS actor,
  (SELECT a.actor_id FROM decided_attribution AS a
   WHERE a.reading_id = o.reading_id AND a.statement_id = o.statement_id) AS actor_id,
  (SELECT a.source_kind FROM decided_attribution AS a
   WHERE a.reading_id = o.reading_id AND a.statement_id = o.statement_id) AS source_kind,
  (SELECT p.act FROM decided_position AS p
   WHERE p.reading_id = o.reading_id AND p.statement_id = o.statement_id) AS act,
  (SELECT p.polarity FROM decided_position AS p
   WHERE p.reading_id = o.reading_id AND p.statement_id = o.statement_id) AS polarity,
  (SELECT p.certainty FROM decided_position AS p
   WHERE p.reading_id = o.reading_id AND p.statement_id = o.statement_id) AS certainty,
  (SELECT count(*) FROM hop AS h WHERE h.reading_id = o.reading_id AND h.statement_id = o.statement_id) AS n_hops,
  (SELECT max(1 - h.named) FROM hop AS h
   WHERE h.reading_id = o.reading_id AND h.statement_id = o.statement_id) AS unnamed
FROM current_observation AS o
JOIN statement AS s ON s.n = o.n
JOIN statement_text AS t ON t.n = o.n
JOIN document AS d ON d.id = o.document_id
JOIN reading AS r ON r.id = o.reading_id;

CREATE VIEW current_attribution AS         -- who the source is: one row per statement of which that is known or asked
SELECT a.statement_id, (SELECT n.name FROM last_actor AS n WHERE n.actor_id = a.actor_id) AS actor, a.actor_id,
  substr(d.text, json_extract(a.mention, '$[0]') + 1,
    json_extract(a.mention, '$[1]') - json_extract(a.mention, '$[0]')) AS mention,
  a.source_kind, a.reason, a.score, a.by_person, a.mention AS mention_span, a.evidence AS evidence_spans,
  o.document_id, o.reading_id, o.verdict AS decision
FROM current_observation AS o
JOIN decided_attribution AS a ON a.reading_id = o.reading_id AND a.statement_id = o.statement_id
JOIN document AS d ON d.id = o.document_id;

CREATE VIEW current_chain AS               -- by which steps the words came: one row per hop, 0 is nearest the words
SELECT h.statement_id, h.position, (SELECT n.name FROM last_actor AS n WHERE n.actor_id = h.actor_id) AS actor,
  h.actor_id, h.kind, h.named, h.act,
  substr(d.text, json_extract(h.mention, '$[0]') + 1,
    json_extract(h.mention, '$[1]') - json_extract(h.mention, '$[0]')) AS mention,
  (SELECT group_concat(substr(d.text, json_extract(j.value, '$[0]') + 1,
     json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(h.evidence) AS j) AS evidence,
  (SELECT n.name FROM last_actor AS n WHERE n.actor_id = h.on_behalf_of) AS on_behalf_of,
  h.on_behalf_of AS on_behalf_of_id, h.anonymity, h.mention AS mention_span, h.evidence AS evidence_spans,
  o.document_id, o.reading_id, o.verdict AS decision
FROM current_observation AS o
JOIN decided_hop AS h ON h.reading_id = o.reading_id AND h.statement_id = o.statement_id
JOIN document AS d ON d.id = o.document_id;

CREATE VIEW current_setting AS             -- where, when and to whom: one row per statement of which the text says it
SELECT e.statement_id, e.occasion,
  substr(d.text, json_extract(e.addressee, '$[0]') + 1,
    json_extract(e.addressee, '$[1]') - json_extract(e.addressee, '$[0]')) AS addressee,
  e.addressee_id,
  substr(d.text, json_extract(e.place, '$[0]') + 1,
    json_extract(e.place, '$[1]') - json_extract(e.place, '$[0]')) AS place,
  substr(d.text, json_extract(e.said, '$[0]') + 1,
    json_extract(e.said, '$[1]') - json_extract(e.said, '$[0]')) AS said,
  e.said_on, e.occasion_spans, o.document_id, o.reading_id, o.verdict AS decision
FROM current_observation AS o
JOIN decided_setting AS e ON e.reading_id = o.reading_id AND e.statement_id = o.statement_id
JOIN document AS d ON d.id = o.document_id;

CREATE VIEW current_position AS            -- what a statement does, on which issue: one row per statement
SELECT p.statement_id, p.act, p.polarity, p.certainty,
  (SELECT i.label FROM last_issue AS i WHERE i.issue_id = p.issue_id) AS issue, p.issue_id,
  substr(d.text, json_extract(p.target, '$[0]') + 1,
    json_extract(p.target, '$[1]') - json_extract(p.target, '$[0]')) AS target,
  p.score, p.by_person, p.target AS target_span, p.evidence AS evidence_spans,
  o.document_id, o.reading_id, o.verdict AS decision
FROM current_observation AS o
JOIN decided_position AS p ON p.reading_id = o.reading_id AND p.statement_id = o.statement_id
JOIN document AS d ON d.id = o.document_id;

CREATE VIEW current_condition AS           -- what must be so, and for what: one row per condition
SELECT c.statement_id, c.ordinal, c.relation,
  substr(d.text, json_extract(c.what, '$[0]') + 1,
    json_extract(c.what, '$[1]') - json_extract(c.what, '$[0]')) AS what,
  substr(d.text, json_extract(c.requirement, '$[0]') + 1,
    json_extract(c.requirement, '$[1]') - json_extract(c.requirement, '$[0]')) AS requirement,
  c.what AS what_span, c.requirement AS requirement_span, o.document_id, o.reading_id, o.verdict AS decision
FROM current_observation AS o
JOIN condition AS c ON c.reading_id = o.reading_id AND c.statement_id = o.statement_id
JOIN document AS d ON d.id = o.document_id;

CREATE VIEW decided_statement_of AS        -- the actor of each statement that a person decided something about
SELECT a.actor_id, a.statement_id, a.document_id
FROM (SELECT DISTINCT subject FROM current_decision) AS c
CROSS JOIN current_attribution AS a ON a.statement_id = c.subject
WHERE a.actor_id IS NOT NULL AND a.decision IS NOT 'rejected';

CREATE VIEW current_actor AS               -- one row per actor; those that are one are shown as their representative
SELECT n.actor_id, n.name, n.kind,
  (SELECT json_group_array(v.name) FROM (
     SELECT f.name FROM actor_group AS m JOIN actor AS f ON f.id = m.actor_id WHERE m.representative_id = n.actor_id
     UNION SELECT j.value FROM actor_group AS m JOIN actor AS f ON f.id = m.actor_id JOIN json_each(f.names) AS j
     WHERE m.representative_id = n.actor_id) AS v WHERE v.name <> n.name) AS names,
  (SELECT count(*) FROM actor_group AS m JOIN attribution AS a ON a.actor_id = m.actor_id
   JOIN reading AS r ON r.id = a.reading_id
   WHERE m.representative_id = n.actor_id AND a.statement_id NOT IN (SELECT subject FROM current_decision)
     AND r.id = (SELECT max(l.id) FROM reading AS l WHERE l.document_id = r.document_id))
   + coalesce(c.n_statements, 0) AS n_statements,
  (SELECT count(*) FROM actor_group AS m WHERE m.representative_id = n.actor_id) AS n_joined,
  n.external_ids, n.roles
FROM actor_group AS g
JOIN last_actor AS n ON n.actor_id = g.actor_id
LEFT JOIN (SELECT actor_id, count(*) AS n_statements FROM decided_statement_of GROUP BY actor_id) AS c
  ON c.actor_id = n.actor_id
WHERE g.representative_id = g.actor_id;

CREATE VIEW current_issue AS               -- one row per issue, with how many statements of the current record bear on it
SELECT i.issue_id, i.label, i.question, i.made_by, i.parent,
  (SELECT count(*) FROM position AS p
   JOIN current_observation AS o ON o.statement_id = p.statement_id AND o.reading_id = p.reading_id
   WHERE p.issue_id = i.issue_id AND o.verdict IS NOT 'rejected') AS n_statements
FROM last_issue AS i;

CREATE VIEW linking_method AS              -- the method that linked statements last
SELECT u.method_id FROM run AS u
WHERE EXISTS (SELECT 1 FROM link AS l WHERE l.run_id = u.id)
   OR EXISTS (SELECT 1 FROM linking AS k WHERE k.run_id = u.id)
ORDER BY u.started DESC LIMIT 1;

CREATE VIEW current_link AS                -- who says so too, and who says otherwise: one row per link between kept statements
SELECT l.id AS link_id,
  coalesce((SELECT json_extract(f.value, '$') FROM field_decision AS f WHERE f.subject = l.id AND f.field = 'kind'),
    l.kind) AS kind,
  coalesce((SELECT json_extract(f.value, '$') FROM field_decision AS f WHERE f.subject = l.id AND f.field = 'scope'),
    l.scope) AS scope,
  l.left_id, l.right_id, l.opposite, l.same_time, l.independent, l.why, l.score,
  (SELECT c.verdict FROM current_decision AS c WHERE c.subject = l.id AND c.field IS NULL) AS decision,
  l.left_evidence AS left_evidence_spans, l.right_evidence AS right_evidence_spans, l.story, l.n, l.run_id, l.method_id, l.exact
FROM link AS l
WHERE l.n = coalesce(
    (SELECT k.n FROM link AS k WHERE k.id = l.id AND k.method_id = (SELECT m.method_id FROM linking_method AS m)),
    (SELECT max(k.n) FROM link AS k WHERE k.id = l.id AND EXISTS (
       SELECT 1 FROM current_decision AS c WHERE c.subject = k.id AND c.verdict IN ('accepted', 'corrected'))))
  AND EXISTS (SELECT 1 FROM current_observation AS o WHERE o.statement_id = l.left_id AND o.verdict IS NOT 'rejected')
  AND EXISTS (SELECT 1 FROM current_observation AS o WHERE o.statement_id = l.right_id AND o.verdict IS NOT 'rejected');

CREATE VIEW actor_words AS                 -- what actor_fts indexes
SELECT a.n, a.name || coalesce((SELECT ' ; ' || group_concat(j.value, ' ; ') FROM json_each(a.names) AS j), '') AS names
FROM actor AS a;

CREATE VIRTUAL TABLE actor_fts USING fts5 (
  names, content = 'actor_words', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2');
