-- 督办阶梯, each time it was set: from which step urgent items and leaders' matters begin.
CREATE TABLE ladders (
  jurisdiction_id @uuid NOT NULL,
  version @int NOT NULL,
  set_on @day NOT NULL,
  steps_count @int NOT NULL,
  urgent_from @int NOT NULL,
  express_from @int NOT NULL,
  raised_from @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, version)
) @clustered;
-- 阶梯各级: colour, when it is proposed, how long its unit has to answer, who signs.
CREATE TABLE ladder_steps (
  jurisdiction_id @uuid NOT NULL,
  version @int NOT NULL,
  n @int NOT NULL,
  colour @text NOT NULL,
  after_days @int NOT NULL,
  answer_days @int NOT NULL,
  signer @text NOT NULL,
  consequence @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, version, n)
) @clustered;
-- 督办单.
CREATE TABLE slips (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  n @int NOT NULL,
  ladder @int NOT NULL,
  colour @text NOT NULL,
  answer_days @int NOT NULL,
  signer @text NOT NULL,
  by_hand @bool NOT NULL,
  state @text NOT NULL,
  step @int NOT NULL,
  item_due_on @day NOT NULL,
  opened_on @day NOT NULL,
  finding @text NOT NULL,
  demand @text NOT NULL,
  consequence @text NOT NULL,
  copies @text NOT NULL,
  year @int,
  number @int,
  time @int,
  issued_on @day,
  answer_by @day,
  answered_on @day,
  ended_on @day,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX slips_by_assignment ON slips (jurisdiction_id, assignment_id, id);
CREATE INDEX slips_by_state ON slips (jurisdiction_id, state, id);
CREATE INDEX slips_by_unit ON slips (jurisdiction_id, unit_id, id);
CREATE UNIQUE INDEX slips_by_number ON slips (jurisdiction_id, year, number);
-- 督办单所处阶梯: which slip stands on which step of an item's due day. One each, so that a step
-- is taken once.
CREATE TABLE slip_stages (
  jurisdiction_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  item_due_on @day NOT NULL,
  n @int NOT NULL,
  slip_id @uuid NOT NULL,
  PRIMARY KEY (jurisdiction_id, assignment_id, unit_id, item_due_on, n)
) @clustered;
-- 督办单审签.
CREATE TABLE slip_signs (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  slip_id @uuid NOT NULL,
  step @int NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  at @moment NOT NULL,
  verdict @text NOT NULL,
  note @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX slip_signs_by_slip ON slip_signs (jurisdiction_id, slip_id, id);
-- 回执.
CREATE TABLE slip_answers (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  slip_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  written_at @moment NOT NULL,
  done @text NOT NULL,
  responsible_post_id @uuid NOT NULL,
  signed_by @uuid,
  signed_person_id @uuid,
  signed_on @day,
  verdict @text,
  words @text NOT NULL,
  judged_by @uuid,
  judged_on @day,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX slip_answers_by_slip ON slip_answers (jurisdiction_id, slip_id, id);
-- 催办: which unit was reminded of which due day how many working days before it; -1 is after it.
CREATE TABLE reminders (
  jurisdiction_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  due_on @day NOT NULL,
  days @int NOT NULL,
  reminded_on @day NOT NULL,
  co @bool NOT NULL,
  PRIMARY KEY (jurisdiction_id, assignment_id, unit_id, due_on, days)
) @clustered;
-- 未按时反馈: the closings that passed without a report.
CREATE TABLE missed_reports (
  jurisdiction_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  closed_on @day NOT NULL,
  unit_id @uuid NOT NULL,
  found_on @day NOT NULL,
  PRIMARY KEY (jurisdiction_id, assignment_id, closed_on)
) @clustered;
CREATE INDEX missed_reports_by_day ON missed_reports (jurisdiction_id, closed_on, assignment_id);
-- 暂缓到期待研判: stopped clocks that are to be looked at again.
CREATE TABLE due_reviews (
  jurisdiction_id @uuid NOT NULL,
  stop_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  review_on @day NOT NULL,
  found_on @day NOT NULL,
  PRIMARY KEY (jurisdiction_id, stop_id)
) @clustered;
CREATE INDEX due_reviews_by_assignment ON due_reviews (jurisdiction_id, assignment_id);
-- 时钟跳变: the last jump of a machine's clock, and until when nothing is done by the clock.
CREATE TABLE clock_jumps (
  jurisdiction_id @uuid NOT NULL,
  seen_at @moment NOT NULL,
  jump_secs @int NOT NULL,
  paused_until @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id)
) @clustered;
