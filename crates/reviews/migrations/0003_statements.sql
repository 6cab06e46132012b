-- 通报文稿: what the bureau writes in a circular beside its figures.
CREATE TABLE circulars (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  addressees @text NOT NULL,
  demands @text NOT NULL,
  copies @text NOT NULL,
  printed @text NOT NULL,
  written_on @day NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id)
) @clustered;
-- 表态发言: what a unit says after a consequence called for it.
CREATE TABLE statements (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  state @text NOT NULL,
  gap @text NOT NULL,
  goal @text NOT NULL,
  written_on @day NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  submitted_on @day,
  submitted_by @uuid,
  remark @text NOT NULL,
  judged_on @day,
  judged_by @uuid,
  batch_id @uuid,
  taken_over_on @day,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX statements_by_review ON statements (jurisdiction_id, review_id, unit_id);
CREATE INDEX statements_by_unit ON statements (jurisdiction_id, unit_id, review_id);
-- 整改措施: each with the post that answers for it and its day; the line of a batch it went into.
CREATE TABLE statement_measures (
  jurisdiction_id @uuid NOT NULL,
  statement_id @uuid NOT NULL,
  n @int NOT NULL,
  measure @text NOT NULL,
  responsible_post_id @uuid NOT NULL,
  due_on @day NOT NULL,
  line_id @uuid,
  PRIMARY KEY (jurisdiction_id, statement_id, n)
) @clustered;
-- By which the months of a year are found that had a consequence.
CREATE INDEX review_consequences_by_unit ON review_consequences (jurisdiction_id, unit_id, review_id);
