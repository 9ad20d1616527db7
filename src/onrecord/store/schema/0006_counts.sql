-- Version 6: of whom how much is on record, counted when something is written, so that nobody has to count it to show it.
-- Derived, like actor_group: actor_month from the current record, actor_group.n_statements from actor_month.

CREATE VIEW said_by AS                     -- who said each statement of the current record that nobody rejected
SELECT o.statement_id, CASE                -- the actor as reading or person names it, before actors are joined
    -- As decided_attribution says; asked by keys alone, like speaker.
    WHEN EXISTS (SELECT 1 FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'actor')
      THEN (SELECT json_extract(f.value, '$') FROM field_decision AS f WHERE f.subject = o.statement_id AND f.field = 'actor')
    ELSE (SELECT a.actor_id FROM attribution AS a WHERE a.reading_id = o.reading_id AND a.statement_id = o.statement_id)
    END AS actor_id,
  (SELECT coalesce(substr(d.published, 1, 7), '') FROM document AS d WHERE d.id = o.document_id) AS month
FROM current_observation AS o
WHERE o.verdict IS NOT 'rejected';

CREATE TABLE actor_month (                 -- statements of the current record, not rejected, of an actor before it is joined to others
  actor_id TEXT NOT NULL,
  month    TEXT NOT NULL,                  -- of publication: 2026-03; 2026 if no more is known, '' if nothing is
  n        INTEGER NOT NULL,
  PRIMARY KEY (actor_id, month)
) STRICT, WITHOUT ROWID;

INSERT INTO actor_month (actor_id, month, n)
SELECT actor_id, month, count(*) FROM (
  SELECT a.actor_id, coalesce(substr(d.published, 1, 7), '') AS month
  FROM (SELECT max(id) AS id, document_id FROM reading GROUP BY document_id) AS r
  CROSS JOIN document AS d ON d.id = r.document_id
  CROSS JOIN attribution AS a ON a.reading_id = r.id
  WHERE a.actor_id IS NOT NULL AND a.statement_id NOT IN (SELECT subject FROM decision)
  UNION ALL
  SELECT s.actor_id, s.month FROM (SELECT DISTINCT subject FROM decision) AS x
  CROSS JOIN said_by AS s ON s.statement_id = x.subject WHERE s.actor_id IS NOT NULL)
GROUP BY actor_id, month;

ALTER TABLE actor_group ADD COLUMN n_statements INTEGER NOT NULL DEFAULT 0; -- of all that it stands for; 0 if another one does

UPDATE actor_group AS g SET n_statements = (
  SELECT coalesce(sum(t.n), 0) FROM actor_group AS m JOIN actor_month AS t ON t.actor_id = m.actor_id
  WHERE m.representative_id = g.actor_id)
WHERE representative_id = actor_id;

CREATE INDEX actor_group_most ON actor_group (n_statements DESC, actor_id) WHERE representative_id = actor_id;

DROP VIEW current_actor;
DROP VIEW decided_statement_of;

CREATE VIEW current_actor AS               -- one row per actor; those that are one are shown as their representative
SELECT n.actor_id, n.name, n.kind,
  (SELECT json_group_array(v.name) FROM (
     SELECT f.name FROM actor_group AS m JOIN actor AS f ON f.id = m.actor_id WHERE m.representative_id = n.actor_id
     UNION SELECT j.value FROM actor_group AS m JOIN actor AS f ON f.id = m.actor_id JOIN json_each(f.names) AS j
     WHERE m.representative_id = n.actor_id) AS v WHERE v.name <> n.name) AS names,
  g.n_statements,
  (SELECT count(*) FROM actor_group AS m WHERE m.representative_id = n.actor_id) AS n_joined,
  n.external_ids, n.roles
FROM actor_group AS g
JOIN last_actor AS n ON n.actor_id = g.actor_id
WHERE g.representative_id = g.actor_id;

-- Whether a statement bears on an issue, and which actors are one, is asked of all that people decided of that kind.
CREATE INDEX decision_field ON decision (field);
