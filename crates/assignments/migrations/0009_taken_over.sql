-- 期初接续: items that ran before the program, and what their ledger said besides.
ALTER TABLE assignments ADD COLUMN taken_over @bool NOT NULL DEFAULT false;
ALTER TABLE assignments ADD COLUMN ledger @text NOT NULL DEFAULT '';
-- Figures leave them out: how they were handled before is not known.
CREATE INDEX assignments_counted_here ON assignments
  (jurisdiction_id, is_open, unit_id, work_line_id, on_time, taken_over, restricted);
-- The narrower one before.
DROP INDEX assignments_counted;
