-- 责任岗位及电话: which post of a unit sees to a matter, and how to reach it.
ALTER TABLE line_units ADD COLUMN responsible @text NOT NULL DEFAULT '';
ALTER TABLE assignment_units ADD COLUMN responsible @text NOT NULL DEFAULT '';
