-- 周交办批次: drafted, signed off, issued as one act.
CREATE TABLE batches (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  kind @text NOT NULL,
  sitting_id @uuid,
  title @text NOT NULL,
  state @text NOT NULL,
  step @int NOT NULL,
  number @int,
  year @int NOT NULL,
  proposals_until @moment,
  opened_on @day NOT NULL,
  issued_on @day,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX batches_by_kind ON batches (jurisdiction_id, kind, year, number);
CREATE INDEX batches_by_sitting ON batches (jurisdiction_id, sitting_id);
-- A line of a draft: one row on the page, one or many assignments at issue.
CREATE TABLE batch_lines (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  batch_id @uuid NOT NULL,
  sort @int NOT NULL,
  carried_id @uuid,
  number @int,
  title @text NOT NULL,
  demand @text NOT NULL,
  standard @text NOT NULL,
  work_line_id @uuid,
  basis @text NOT NULL,
  urgency @text NOT NULL,
  importance @text NOT NULL,
  leader_post_id @uuid,
  raised_by_post_id @uuid,
  due_on @day,
  due_days @int,
  rhythm @text NOT NULL,
  verifier @text NOT NULL,
  quantity_unit @text NOT NULL,
  evidence @text NOT NULL,
  contact @text NOT NULL,
  restricted @bool NOT NULL,
  each_unit @bool NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX batch_lines_by_batch ON batch_lines (jurisdiction_id, batch_id, sort);
-- The units of a line: lead, co-units with their own part and day, or each for itself.
CREATE TABLE line_units (
  jurisdiction_id @uuid NOT NULL,
  line_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  role @text NOT NULL,
  part @text NOT NULL,
  due_on @day,
  goal @int,
  sort @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, line_id, unit_id)
) @clustered;
-- 节点 of a line and of the assignments made from it.
CREATE TABLE line_milestones (
  jurisdiction_id @uuid NOT NULL,
  line_id @uuid NOT NULL,
  n @int NOT NULL,
  title @text NOT NULL,
  due_on @day NOT NULL,
  PRIMARY KEY (jurisdiction_id, line_id, n)
) @clustered;
-- 拟稿—审核—审定: each step in the program or on paper.
CREATE TABLE sign_offs (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  batch_id @uuid NOT NULL,
  step @int NOT NULL,
  verdict @text NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  at @moment NOT NULL,
  paper_signer_post_id @uuid,
  paper_signed_on @day,
  note @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX sign_offs_by_batch ON sign_offs (jurisdiction_id, batch_id, id);
-- 征集建议: a proposal is not an assignment.
CREATE TABLE proposals (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  batch_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  at @moment NOT NULL,
  title @text NOT NULL,
  demand @text NOT NULL,
  state @text NOT NULL,
  answer @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX proposals_by_batch ON proposals (jurisdiction_id, batch_id, id);
-- 交办事项.
CREATE TABLE assignments (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  batch_id @uuid NOT NULL,
  line_id @uuid NOT NULL,
  parent_id @uuid,
  label @text NOT NULL,
  unit_id @uuid NOT NULL,
  state @text NOT NULL,
  is_open @bool NOT NULL,
  stopped @bool NOT NULL,
  title @text NOT NULL,
  demand @text NOT NULL,
  standard @text NOT NULL,
  work_line_id @uuid,
  basis @text NOT NULL,
  urgency @text NOT NULL,
  importance @text NOT NULL,
  leader_post_id @uuid,
  raised_by_post_id @uuid,
  rhythm @text NOT NULL,
  verifier @text NOT NULL,
  quantity_unit @text NOT NULL,
  goal @int,
  reached @int NOT NULL,
  evidence @text NOT NULL,
  contact @text NOT NULL,
  restricted @bool NOT NULL,
  source_kind @text NOT NULL,
  source_id @uuid NOT NULL,
  issued_on @day NOT NULL,
  first_due_on @day NOT NULL,
  due_on @day NOT NULL,
  accepted_on @day,
  submitted_at @moment,
  submitted_on @day,
  submitted_by @uuid,
  pre_verified @bool NOT NULL,
  presented @bool NOT NULL,
  closed_on @day,
  on_time @bool,
  reworks @int NOT NULL,
  extensions @int NOT NULL,
  reports @int NOT NULL,
  last_report_on @day,
  version_seq @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX assignments_open ON assignments (jurisdiction_id, is_open, due_on, id);
CREATE INDEX assignments_by_due ON assignments (jurisdiction_id, due_on, id);
CREATE INDEX assignments_by_unit ON assignments (jurisdiction_id, unit_id, is_open, due_on, id);
CREATE INDEX assignments_by_batch ON assignments (jurisdiction_id, batch_id, id);
CREATE INDEX assignments_by_line ON assignments (jurisdiction_id, line_id);
CREATE INDEX assignments_by_parent ON assignments (jurisdiction_id, parent_id);
-- What a measure may read of an assignment, as known between two places of the journal.
CREATE TABLE assignment_versions (
  jurisdiction_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  from_seq @int NOT NULL,
  to_seq @int,
  unit_id @uuid NOT NULL,
  state @text NOT NULL,
  stopped @bool NOT NULL,
  due_on @day NOT NULL,
  submitted_on @day,
  closed_on @day,
  on_time @bool,
  reworks @int NOT NULL,
  goal @int,
  reached @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, assignment_id, from_seq)
) @clustered;
-- The units concerned: the lead, and co-units with their own part and day.
CREATE TABLE assignment_units (
  jurisdiction_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  role @text NOT NULL,
  part @text NOT NULL,
  due_on @day,
  done_on @day,
  PRIMARY KEY (jurisdiction_id, assignment_id, unit_id)
) @clustered;
CREATE INDEX assignment_units_by_unit ON assignment_units (jurisdiction_id, unit_id, assignment_id);
CREATE TABLE milestones (
  jurisdiction_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  n @int NOT NULL,
  title @text NOT NULL,
  due_on @day NOT NULL,
  reached_on @day,
  PRIMARY KEY (jurisdiction_id, assignment_id, n)
) @clustered;
-- 反馈 and 报结.
CREATE TABLE reports (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  at @moment NOT NULL,
  kind @text NOT NULL,
  done @text NOT NULL,
  quantity @int,
  next_step @text NOT NULL,
  blocker @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX reports_by_assignment ON reports (jurisdiction_id, assignment_id, id);
-- 佐证材料: named by the report that handed them in.
CREATE TABLE attachments (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  report_id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX attachments_by_assignment ON attachments (jurisdiction_id, assignment_id, id);
-- 核实.
CREATE TABLE verifications (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  at @moment NOT NULL,
  method @text NOT NULL,
  result @text NOT NULL,
  finding @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX verifications_by_assignment ON verifications (jurisdiction_id, assignment_id, id);
-- 延期: asked before the due day, endorsed by the head, decided by the bureau.
CREATE TABLE extensions (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  state @text NOT NULL,
  asked_by @uuid NOT NULL,
  asked_person @uuid NOT NULL,
  asked_on @day NOT NULL,
  former_due_on @day NOT NULL,
  new_due_on @day NOT NULL,
  progress @text NOT NULL,
  reason @text NOT NULL,
  endorsed_by @uuid,
  decided_by @uuid,
  decided_on @day,
  answer @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX extensions_by_assignment ON extensions (jurisdiction_id, assignment_id, id);
CREATE INDEX extensions_by_state ON extensions (jurisdiction_id, state, id);
-- 退回改派: asked within the window, decided finally by the bureau.
CREATE TABLE hand_backs (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  asked_by @uuid NOT NULL,
  asked_on @day NOT NULL,
  reason @text NOT NULL,
  state @text NOT NULL,
  to_unit_id @uuid,
  decided_by @uuid,
  decided_on @day,
  answer @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX hand_backs_by_assignment ON hand_backs (jurisdiction_id, assignment_id, id);
CREATE INDEX hand_backs_by_state ON hand_backs (jurisdiction_id, state, id);
-- 暂缓（停钟）.
CREATE TABLE stops (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  from_day @day NOT NULL,
  review_on @day NOT NULL,
  reason @text NOT NULL,
  to_day @day,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX stops_by_assignment ON stops (jurisdiction_id, assignment_id, id);
-- Leaders' notes and what they ask for.
CREATE TABLE notes (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  at @moment NOT NULL,
  kind @text NOT NULL,
  words @text NOT NULL,
  settled_on @day,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX notes_by_assignment ON notes (jurisdiction_id, assignment_id, id);
-- The text index: pairs of Chinese characters and whole other words.
CREATE TABLE assignment_docs (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  doc @int NOT NULL,
  words @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX assignment_docs_by_doc ON assignment_docs (jurisdiction_id, doc);
--@sqlite
CREATE INDEX assignment_docs_doc ON assignment_docs (doc);
CREATE VIRTUAL TABLE assignment_fts USING fts5 (words, content='', tokenize='unicode61 remove_diacritics 0');
--@postgres
CREATE INDEX assignment_docs_words ON assignment_docs USING gin (to_tsvector('simple', words));
