-- 周反馈: what a unit reports on all its open items, signed once by its head.
CREATE TABLE weekly_answers (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  monday @day NOT NULL,
  state @text NOT NULL,
  prepared_by @uuid NOT NULL,
  prepared_at @moment NOT NULL,
  signed_by @uuid,
  signed_on @day,
  paper_signer_post_id @uuid,
  words @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX weekly_answers_by_unit ON weekly_answers (jurisdiction_id, unit_id, id);
CREATE TABLE weekly_answer_rows (
  jurisdiction_id @uuid NOT NULL,
  answer_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  done @text NOT NULL,
  quantity @int,
  blocker @text NOT NULL,
  reported @bool NOT NULL,
  PRIMARY KEY (jurisdiction_id, answer_id, assignment_id)
) @clustered;
CREATE TABLE weekly_answer_files (
  jurisdiction_id @uuid NOT NULL,
  answer_id @uuid NOT NULL,
  id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, answer_id, id)
) @clustered;
-- What a unit has written so far; thrown away when it is handed in.
CREATE TABLE weekly_drafts (
  jurisdiction_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  assignment_id @uuid NOT NULL,
  how @text NOT NULL,
  done @text NOT NULL,
  quantity @int,
  blocker @text NOT NULL,
  at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, unit_id, assignment_id)
) @clustered;
