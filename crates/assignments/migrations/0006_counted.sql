-- Open assignments in the order of their days, with what decides their light and who sees them, so
-- that lists and counts read only the rows that they show.
CREATE INDEX assignments_by_light ON assignments
  (jurisdiction_id, is_open, due_on, id, state, stopped, submitted_on, restricted, unit_id, work_line_id);
-- Said more narrowly before.
DROP INDEX assignments_open;
-- Figures of what has ended, per unit and line of work, without reading the assignments: `on_time`
-- is said of the closed ones only.
CREATE INDEX assignments_counted ON assignments
  (jurisdiction_id, is_open, unit_id, work_line_id, on_time, restricted);
-- Notes that wait to be followed up.
CREATE INDEX notes_open ON notes (jurisdiction_id, settled_on, at, id);
