-- Version 3: links that no longer hold, and documents that print others again.
-- What a run linked stays as it was found. That it no longer holds, since an earlier printing or a nearer statement came
-- to light, is an entry of its own; a link that holds again, or holds on other grounds, is a new row with the same id.

DROP VIEW current_link;
DROP VIEW linking_method;

CREATE TABLE found_link (                             -- how two statements stand to each other, says one method
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
  exact          TEXT CHECK (exact IS NULL OR json_valid(exact))
) STRICT;
INSERT INTO found_link SELECT n, id, run_id, method_id, kind, left_id, right_id, scope, opposite, same_time, independent, why,
  left_evidence, right_evidence, score, story, exact FROM link;
DROP TABLE link;
ALTER TABLE found_link RENAME TO link;
CREATE INDEX link_id ON link (id, method_id);
CREATE INDEX link_left ON link (left_id);
CREATE INDEX link_right ON link (right_id);
CREATE INDEX link_run ON link (run_id);

CREATE TABLE link_end (                               -- this run found that a link no longer holds
  link_n INTEGER PRIMARY KEY REFERENCES link (n),
  run_id TEXT NOT NULL REFERENCES run (id)
) STRICT;

CREATE TABLE reprint (                                -- a document prints an earlier one again, says one method
  n           INTEGER PRIMARY KEY,
  run_id      TEXT NOT NULL REFERENCES run (id),
  method_id   TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES document (id),
  first_id    TEXT NOT NULL REFERENCES document (id), -- the earliest printing known then
  share       REAL NOT NULL CHECK (share BETWEEN 0 AND 1), -- of the one's words in the other, whichever way is more
  credited    INTEGER NOT NULL CHECK (credited IN (0, 1))  -- whether it names the outlet of the first printing
) STRICT;
CREATE INDEX reprint_document ON reprint (document_id);
CREATE INDEX reprint_first ON reprint (first_id);

CREATE TABLE reprint_end (                            -- this run found another answer
  reprint_n INTEGER PRIMARY KEY REFERENCES reprint (n),
  run_id    TEXT NOT NULL REFERENCES run (id)
) STRICT;

CREATE INDEX reading_actor_actor ON reading_actor (actor_n);
CREATE INDEX document_url ON document (url) WHERE url IS NOT NULL;

CREATE TRIGGER link_no_update BEFORE UPDATE ON link BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER link_no_delete BEFORE DELETE ON link BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER link_end_no_update BEFORE UPDATE ON link_end BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER link_end_no_delete BEFORE DELETE ON link_end BEGIN SELECT RAISE(ABORT, 'links are immutable'); END;
CREATE TRIGGER reprint_no_update BEFORE UPDATE ON reprint BEGIN SELECT RAISE(ABORT, 'reprints are immutable'); END;
CREATE TRIGGER reprint_no_delete BEFORE DELETE ON reprint BEGIN SELECT RAISE(ABORT, 'reprints are immutable'); END;
CREATE TRIGGER reprint_end_no_update BEFORE UPDATE ON reprint_end BEGIN SELECT RAISE(ABORT, 'reprints are immutable'); END;
CREATE TRIGGER reprint_end_no_delete BEFORE DELETE ON reprint_end BEGIN SELECT RAISE(ABORT, 'reprints are immutable'); END;

-- The current record.

CREATE VIEW linking_method AS              -- the method that linked statements last
SELECT u.method_id FROM run AS u
WHERE EXISTS (SELECT 1 FROM link AS l WHERE l.run_id = u.id)
   OR EXISTS (SELECT 1 FROM linking AS k WHERE k.run_id = u.id)
ORDER BY u.started DESC LIMIT 1;

CREATE VIEW current_reprint AS             -- one row per document that prints an earlier one again
SELECT p.document_id, p.first_id, p.share, p.credited, p.n, p.run_id, p.method_id
FROM reprint AS p
WHERE p.method_id = (SELECT m.method_id FROM linking_method AS m)
  AND NOT EXISTS (SELECT 1 FROM reprint_end AS e WHERE e.reprint_n = p.n);

CREATE VIEW speaker AS                     -- who said each statement, once people and proposals were heard, and when that was printed
SELECT o.statement_id,
  -- As decided_attribution says; asked by keys alone, since that view is gathered as a whole wherever it is joined.
  (SELECT g.representative_id FROM actor_group AS g WHERE g.actor_id = CASE
    WHEN EXISTS (SELECT 1 FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'actor')
      THEN (SELECT json_extract(f.value, '$') FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'actor')
    ELSE (SELECT a.actor_id FROM attribution AS a WHERE a.reading_id = o.reading_id AND a.statement_id = o.statement_id)
    END) AS actor_id,
  EXISTS (SELECT 1 FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'actor') AS by_person,
  (SELECT substr(d.published, 1, 10) FROM document AS d
   WHERE d.id = o.document_id AND length(d.published) >= 10) AS day  -- NULL: not known to the day
FROM last_observation AS o;

CREATE VIEW kept_apart AS                  -- the groups of two actors that a person says are two
SELECT g.representative_id AS one_id, h.representative_id AS other_id
FROM current_decision AS c
JOIN actor_group AS g ON g.actor_id = c.subject
JOIN actor_group AS h ON h.actor_id = substr(c.field, length('same as ') + 1)
WHERE c.field LIKE 'same as %' AND c.verdict = 'rejected';

CREATE VIEW standing_link AS               -- the links that the last method finds, and those that a person kept
SELECT l.*,
  l.method_id IS NOT (SELECT m.method_id FROM linking_method AS m)
    OR EXISTS (SELECT 1 FROM link_end AS e WHERE e.link_n = l.n) AS withdrawn
FROM link AS l
WHERE CASE
  WHEN l.method_id = (SELECT m.method_id FROM linking_method AS m)
    AND NOT EXISTS (SELECT 1 FROM link_end AS e WHERE e.link_n = l.n) THEN 1
  WHEN l.n <> (SELECT max(k.n) FROM link AS k WHERE k.id = l.id) THEN 0
  ELSE EXISTS (SELECT 1 FROM current_decision AS c WHERE c.subject = l.id AND c.verdict IN ('accepted', 'corrected'))
    AND NOT EXISTS (
      SELECT 1 FROM link AS k WHERE k.id = l.id AND k.method_id = (SELECT m.method_id FROM linking_method AS m)
        AND NOT EXISTS (SELECT 1 FROM link_end AS e WHERE e.link_n = k.n))
  END;

-- Links follow the actors: what two said is what one said twice once they are one, and the other way round. Where a link
-- was found to be of one origin as it is (an outlet denies its own report), there is nothing to follow.
CREATE VIEW followed_link AS
SELECT l.*,
  CASE
    WHEN l.kind IN ('agrees', 'conflicts', 'denies', 'answers') AND l.independent IS NOT 0 THEN
      CASE WHEN (SELECT p.actor_id FROM speaker AS p WHERE p.statement_id = l.left_id)
          = (SELECT p.actor_id FROM speaker AS p WHERE p.statement_id = l.right_id) THEN
        CASE WHEN l.kind = 'agrees' THEN 'repeats'
          WHEN l.kind <> 'answers' AND (SELECT p.day FROM speaker AS p WHERE p.statement_id = l.left_id)
            <> (SELECT p.day FROM speaker AS p WHERE p.statement_id = l.right_id) THEN 'changes' END
      ELSE l.kind END
    WHEN l.kind IN ('repeats', 'changes') AND l.apart AND (SELECT p.actor_id FROM speaker AS p WHERE p.statement_id = l.left_id)
        IS NOT (SELECT p.actor_id FROM speaker AS p WHERE p.statement_id = l.right_id) THEN
      CASE WHEN l.kind = 'repeats' THEN 'agrees' ELSE 'conflicts' END
    ELSE l.kind
  END AS now_kind,
  (SELECT json_extract(f.value, '$') FROM field_decision AS f WHERE f.subject = l.id AND f.field = 'kind') AS said_kind,
  (SELECT json_extract(f.value, '$') FROM field_decision AS f WHERE f.subject = l.id AND f.field = 'scope') AS said_scope
FROM (
  SELECT k.*, k.kind IN ('repeats', 'changes') AND (
      EXISTS (SELECT 1 FROM speaker AS p WHERE p.statement_id IN (k.left_id, k.right_id) AND p.by_person)
      OR EXISTS (SELECT 1 FROM kept_apart AS a
        WHERE a.one_id IN (SELECT p.actor_id FROM speaker AS p WHERE p.statement_id IN (k.left_id, k.right_id))
          AND a.other_id IN (SELECT p.actor_id FROM speaker AS p WHERE p.statement_id IN (k.left_id, k.right_id)))
    ) AS apart                             -- a person says that the two are not of one
  FROM standing_link AS k
) AS l;

CREATE VIEW current_link AS                -- who says so too, and who says otherwise: one row per link between kept statements
SELECT l.id AS link_id, coalesce(l.said_kind, l.now_kind) AS kind, coalesce(l.said_scope, l.scope) AS scope,
  l.left_id, l.right_id, l.opposite, l.same_time,
  CASE WHEN l.said_kind IS NOT NULL OR l.now_kind = l.kind THEN l.independent
    ELSE l.now_kind IN ('agrees', 'conflicts') END AS independent,
  l.why, l.score,
  (SELECT c.verdict FROM current_decision AS c WHERE c.subject = l.id AND c.field IS NULL) AS decision,
  l.left_evidence AS left_evidence_spans, l.right_evidence AS right_evidence_spans, l.story, l.n, l.run_id, l.method_id,
  l.withdrawn, l.exact, l.kind AS found_kind
FROM followed_link AS l
WHERE coalesce(l.said_kind, l.now_kind) IS NOT NULL
  AND EXISTS (SELECT 1 FROM current_observation AS o WHERE o.statement_id = l.left_id AND o.verdict IS NOT 'rejected')
  AND EXISTS (SELECT 1 FROM current_observation AS o WHERE o.statement_id = l.right_id AND o.verdict IS NOT 'rejected');
