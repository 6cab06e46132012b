-- 填报指标: what is entered by people because no record of the program yields it.
CREATE TABLE indicators (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  number @int NOT NULL,
  code @text NOT NULL,
  name @text NOT NULL,
  name_en @text NOT NULL,
  definition @text NOT NULL,
  measured_in @text NOT NULL,
  kind @text NOT NULL,
  department_id @uuid,
  source @text NOT NULL,
  better @text NOT NULL,
  sort @int NOT NULL,
  valid_from @text NOT NULL,
  valid_to @text,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX indicators_by_number ON indicators (jurisdiction_id, number);
CREATE UNIQUE INDEX indicators_by_name ON indicators (jurisdiction_id, name);
-- 填报组别: the peer groups whose units have a value.
CREATE TABLE indicator_groups (
  jurisdiction_id @uuid NOT NULL,
  indicator_id @uuid NOT NULL,
  group_id @uuid NOT NULL,
  PRIMARY KEY (jurisdiction_id, indicator_id, group_id)
) @clustered;
-- 填报表: one indicator in one month of review.
CREATE TABLE indicator_sheets (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  indicator_id @uuid NOT NULL,
  month @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX indicator_sheets_by_month
  ON indicator_sheets (jurisdiction_id, indicator_id, month);
-- 来源文件: the document from which values were taken.
CREATE TABLE source_documents (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  title @text NOT NULL,
  reference @text NOT NULL,
  issued_on @day NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE TABLE source_files (
  jurisdiction_id @uuid NOT NULL,
  source_id @uuid NOT NULL,
  id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, source_id, id)
) @clustered;
-- 填报值: each vintage its own row; from which place of the journal to which it counts.
CREATE TABLE observations (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  first_id @uuid NOT NULL,
  n @int NOT NULL,
  indicator_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  month @text NOT NULL,
  reported @text NOT NULL,
  numerator @int,
  denominator @int,
  missing @text NOT NULL,
  happened_on @day,
  happening @text NOT NULL,
  source_id @uuid NOT NULL,
  state @text NOT NULL,
  reason @text NOT NULL,
  entered_by @uuid NOT NULL,
  entered_person_id @uuid NOT NULL,
  entered_for_id @uuid,
  entered_on @day NOT NULL,
  checked_by @uuid,
  checked_person_id @uuid,
  checked_on @day,
  remark @text NOT NULL,
  withdrawn_by @uuid,
  withdrawn_on @day,
  withdrawal @text NOT NULL,
  from_seq @int,
  to_seq @int,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX observations_by_vintage ON observations (jurisdiction_id, first_id, n);
CREATE INDEX observations_by_month
  ON observations (jurisdiction_id, month, indicator_id, unit_id, n);
CREATE INDEX observations_by_sheet
  ON observations (jurisdiction_id, indicator_id, month, unit_id, n);
CREATE INDEX observations_by_unit
  ON observations (jurisdiction_id, unit_id, month, indicator_id, n);
CREATE INDEX observations_waiting ON observations (jurisdiction_id, state, indicator_id, month);
-- 填报草稿: what was typed into a sheet and not entered yet.
CREATE TABLE indicator_drafts (
  jurisdiction_id @uuid NOT NULL,
  owner_id @uuid NOT NULL,
  indicator_id @uuid NOT NULL,
  month @text NOT NULL,
  unit_id @uuid NOT NULL,
  numerator @text NOT NULL,
  denominator @text NOT NULL,
  missing @text NOT NULL,
  at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, owner_id, indicator_id, month, unit_id)
) @clustered;
