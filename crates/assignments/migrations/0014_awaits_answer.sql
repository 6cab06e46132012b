-- An endorsed request for more time waits for the bureau, and waiting for the bureau is never the unit's delay.
ALTER TABLE assignments ADD COLUMN awaits_answer_since @day;
ALTER TABLE assignment_versions ADD COLUMN awaits_answer_since @day;
DROP INDEX assignments_by_light;
CREATE INDEX assignments_by_light ON assignments
  (jurisdiction_id, is_open, due_on, id, state, stopped, submitted_on, awaits_answer_since, restricted, unit_id, work_line_id);
