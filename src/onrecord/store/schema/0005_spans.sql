-- Version 5: people say which words a statement covers. The fields content, cue and source of a statement can be decided.
-- The id stays that of the words found; statement_text and the index of the search stay with them too.

DROP VIEW current_statement;
DROP VIEW statement_span;

CREATE INDEX decision_by ON decision (by);

CREATE VIEW decided_spans AS               -- which stretches each statement covers, as a person corrected them
SELECT s.n, s.id, s.id AS statement_id, s.document_id,
  coalesce((SELECT f.value FROM field_decision AS f WHERE f.subject = s.id AND f.field = 'content'), s.content) AS content,
  coalesce((SELECT f.value FROM field_decision AS f WHERE f.subject = s.id AND f.field = 'cue'), s.cue) AS cue,
  coalesce((SELECT f.value FROM field_decision AS f WHERE f.subject = s.id AND f.field = 'source'), s.source) AS source
FROM statement AS s;

CREATE VIEW decided_text AS                -- the words of each statement, as corrected; stretches are joined by ' … '
SELECT s.n, s.id AS statement_id,
  (SELECT group_concat(substr(d.text, json_extract(j.value, '$[0]') + 1,
     json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(s.content) AS j) AS content,
  (SELECT group_concat(substr(d.text, json_extract(j.value, '$[0]') + 1,
     json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(s.source) AS j) AS source,
  (SELECT group_concat(substr(d.text, json_extract(j.value, '$[0]') + 1,
     json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' … ') FROM json_each(s.cue) AS j) AS cue
FROM decided_spans AS s JOIN document AS d ON d.id = s.document_id;

CREATE VIEW statement_span AS              -- one row per stretch: where it is and what it says
SELECT s.statement_id, p.role, j.key AS ordinal,
  json_extract(j.value, '$[0]') AS start, json_extract(j.value, '$[1]') AS "end",
  substr(d.text, json_extract(j.value, '$[0]') + 1,
    json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')) AS text
FROM decided_spans AS s
JOIN document AS d ON d.id = s.document_id
JOIN (SELECT 'content' AS role UNION ALL SELECT 'cue' UNION ALL SELECT 'source') AS p
JOIN json_each(CASE p.role WHEN 'content' THEN s.content WHEN 'cue' THEN s.cue ELSE s.source END) AS j;

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
JOIN decided_spans AS s ON s.n = o.n
JOIN decided_text AS t ON t.n = o.n
JOIN document AS d ON d.id = o.document_id
JOIN reading AS r ON r.id = o.reading_id;
