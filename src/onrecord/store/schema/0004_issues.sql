-- Version 4: which statements bear on an issue, and on which side. Three layers, as ever:
--   observations: asking, bearing (by run): immutable; who wrote an issue himself stands in issue.made_by;
--   decisions: the table of version 1; of an issue: the issue as a whole, its label, into which other one it is merged,
--   and "bears S": whether statement S bears on it, and on which side;
--   the current record: views.

CREATE TABLE asking (                                 -- this run looked for the statements that bear on this issue
  n        INTEGER PRIMARY KEY,                       -- the last one of an issue counts
  issue_id TEXT NOT NULL,
  run_id   TEXT NOT NULL REFERENCES run (id),
  UNIQUE (issue_id, run_id)
) STRICT;
CREATE INDEX asking_run ON asking (run_id);

CREATE TABLE bearing (                                -- this statement bears on it, said the run
  asking_n     INTEGER NOT NULL REFERENCES asking (n),
  statement_id TEXT NOT NULL REFERENCES statement (id),
  side         TEXT NOT NULL,                         -- affirms, denies, demands, offers, declines ...
  score        REAL CHECK (score BETWEEN 0 AND 1),
  evidence     TEXT NOT NULL CHECK (json_valid(evidence)),
  PRIMARY KEY (asking_n, statement_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bearing_statement ON bearing (statement_id);

CREATE TRIGGER asking_no_update BEFORE UPDATE ON asking BEGIN SELECT RAISE(ABORT, 'bearings are immutable'); END;
CREATE TRIGGER asking_no_delete BEFORE DELETE ON asking BEGIN SELECT RAISE(ABORT, 'bearings are immutable'); END;
CREATE TRIGGER bearing_no_update BEFORE UPDATE ON bearing BEGIN SELECT RAISE(ABORT, 'bearings are immutable'); END;
CREATE TRIGGER bearing_no_delete BEFORE DELETE ON bearing BEGIN SELECT RAISE(ABORT, 'bearings are immutable'); END;

-- The current record.

CREATE VIEW last_asking AS                 -- the run that looked last, of each issue
SELECT a.n, a.issue_id, a.run_id FROM asking AS a
WHERE a.n = (SELECT max(l.n) FROM asking AS l WHERE l.issue_id = a.issue_id);

CREATE VIEW bearing_decision AS            -- what people say of whether a statement bears on an issue
SELECT c.subject AS issue_id, substr(c.field, 7) AS statement_id, c.verdict,
  CASE WHEN c.verdict = 'corrected' THEN json_extract(c.after, '$') END AS side, c.by, c.n
FROM current_decision AS c
WHERE c.field >= 'bears ' AND c.field < 'bears!';

CREATE VIEW current_bearing AS             -- one row per issue and statement; an issue merged into another keeps its own rows
SELECT x.issue_id, x.statement_id,
  coalesce((SELECT d.side FROM bearing_decision AS d WHERE d.issue_id = x.issue_id AND d.statement_id = x.statement_id),
    x.side) AS side,                       -- NULL: follows from act and polarity
  x.score, x.evidence AS evidence_spans, x.run_id,
  (SELECT d.verdict FROM bearing_decision AS d
   WHERE d.issue_id = x.issue_id AND d.statement_id = x.statement_id) AS decision
FROM (
  SELECT a.issue_id, b.statement_id, b.side, b.score, b.evidence, a.run_id
  FROM last_asking AS a JOIN bearing AS b ON b.asking_n = a.n
  UNION ALL
  SELECT p.issue_id, p.statement_id, NULL, NULL, '[]', r.run_id
  FROM position AS p JOIN reading AS r ON r.id = p.reading_id
  JOIN current_observation AS o ON o.statement_id = p.statement_id AND o.reading_id = p.reading_id
  WHERE p.issue_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM last_asking AS a JOIN bearing AS b ON b.asking_n = a.n
    WHERE a.issue_id = p.issue_id AND b.statement_id = p.statement_id)
  UNION ALL
  SELECT d.issue_id, d.statement_id, d.side, NULL, '[]', NULL
  FROM bearing_decision AS d
  WHERE d.verdict IN ('accepted', 'corrected')
    AND NOT EXISTS (SELECT 1 FROM last_asking AS a JOIN bearing AS b ON b.asking_n = a.n
                    WHERE a.issue_id = d.issue_id AND b.statement_id = d.statement_id)
    AND NOT EXISTS (SELECT 1 FROM position AS p WHERE p.issue_id = d.issue_id AND p.statement_id = d.statement_id)
) AS x
WHERE EXISTS (SELECT 1 FROM current_observation AS o
              WHERE o.statement_id = x.statement_id AND o.verdict IS NOT 'rejected');

DROP VIEW current_issue;

CREATE VIEW current_issue AS               -- one row per issue, with how many statements of the current record bear on it
SELECT i.issue_id,
  coalesce((SELECT json_extract(f.value, '$') FROM field_decision AS f
            WHERE f.subject = i.issue_id AND f.field = 'label'), i.label) AS label,
  i.question, i.made_by, i.parent,
  (SELECT json_extract(f.value, '$') FROM field_decision AS f
   WHERE f.subject = i.issue_id AND f.field = 'merged into') AS merged_into,
  (SELECT count(*) FROM current_bearing AS b
   WHERE b.issue_id = i.issue_id AND b.decision IS NOT 'rejected') AS n_statements,
  (SELECT c.verdict FROM current_decision AS c WHERE c.subject = i.issue_id AND c.field IS NULL) AS decision
FROM last_issue AS i;
