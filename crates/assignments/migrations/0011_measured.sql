-- What measures read besides: when a version began, and 签收. Of what is there already the journal knows both.
-- By subject: told the kind plainly, SQLite walks all facts of the kind for each row.
ALTER TABLE assignment_versions ADD COLUMN since_at @moment;
ALTER TABLE assignment_versions ADD COLUMN accepted_on @day;
UPDATE assignment_versions SET since_at = (SELECT f.at FROM facts f
  WHERE f.jurisdiction_id = assignment_versions.jurisdiction_id AND f.seq = assignment_versions.from_seq);
UPDATE assignment_versions SET accepted_on = (SELECT a.accepted_on FROM assignments a
  WHERE a.jurisdiction_id = assignment_versions.jurisdiction_id AND a.id = assignment_versions.assignment_id)
WHERE from_seq >= (SELECT MIN(f.seq) FROM facts f
  WHERE f.jurisdiction_id = assignment_versions.jurisdiction_id
  AND f.subject_id = assignment_versions.assignment_id AND f.kind || '' = 'assignment_accepted');
-- 配合任务的版本: a co-unit's own part, day and end, as known between two places of the journal.
CREATE TABLE assignment_part_versions (
  jurisdiction_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  from_seq @int NOT NULL,
  to_seq @int,
  due_on @day,
  done_on @day,
  PRIMARY KEY (jurisdiction_id, assignment_id, unit_id, from_seq)
) @clustered;
ALTER TABLE assignment_units ADD COLUMN version_seq @int NOT NULL DEFAULT 0;
INSERT INTO assignment_part_versions
SELECT u.jurisdiction_id, u.assignment_id, u.unit_id,
  (SELECT MIN(v.from_seq) FROM assignment_versions v
    WHERE v.jurisdiction_id = u.jurisdiction_id AND v.assignment_id = u.assignment_id),
  NULL, u.due_on, u.done_on
FROM assignment_units u WHERE u.role = 'co';
--@sqlite
UPDATE assignment_part_versions SET to_seq = (SELECT MAX(f.seq) FROM facts f
  WHERE f.jurisdiction_id = assignment_part_versions.jurisdiction_id
  AND f.subject_id = assignment_part_versions.assignment_id AND f.kind || '' = 'part_done'
  AND instr(CAST(f.payload AS TEXT), '"' || lower(substr(hex(unit_id), 1, 8) || '-' || substr(hex(unit_id), 9, 4)
    || '-' || substr(hex(unit_id), 13, 4) || '-' || substr(hex(unit_id), 17, 4) || '-'
    || substr(hex(unit_id), 21)) || '"') > 0)
WHERE done_on IS NOT NULL;
--@postgres
UPDATE assignment_part_versions SET to_seq = (SELECT MAX(f.seq) FROM facts f
  WHERE f.jurisdiction_id = assignment_part_versions.jurisdiction_id
  AND f.subject_id = assignment_part_versions.assignment_id AND f.kind || '' = 'part_done'
  AND position('"' || CAST(unit_id AS TEXT) || '"' IN convert_from(f.payload, 'UTF8')) > 0)
WHERE done_on IS NOT NULL;
--@both
INSERT INTO assignment_part_versions
SELECT p.jurisdiction_id, p.assignment_id, p.unit_id, p.to_seq, NULL, p.due_on, p.done_on
FROM assignment_part_versions p WHERE p.done_on IS NOT NULL;
UPDATE assignment_part_versions SET done_on = NULL WHERE to_seq IS NOT NULL;
UPDATE assignment_units SET version_seq = (SELECT MAX(p.from_seq) FROM assignment_part_versions p
  WHERE p.jurisdiction_id = assignment_units.jurisdiction_id
  AND p.assignment_id = assignment_units.assignment_id AND p.unit_id = assignment_units.unit_id)
WHERE role = 'co';
-- What was due in a period; what is in hand at a place of the journal; what happened in a period.
CREATE INDEX assignment_versions_by_due ON assignment_versions (jurisdiction_id, due_on, assignment_id, from_seq);
CREATE INDEX assignment_versions_in_hand ON assignment_versions (jurisdiction_id, state, to_seq, due_on);
CREATE INDEX assignment_versions_since ON assignment_versions (jurisdiction_id, since_at);
CREATE INDEX assignment_parts_by_due ON assignment_part_versions (jurisdiction_id, due_on, assignment_id);
CREATE INDEX assignment_parts_in_hand ON assignment_part_versions (jurisdiction_id, done_on, to_seq, due_on);
CREATE INDEX assignments_by_issue ON assignments (jurisdiction_id, issued_on, id);
