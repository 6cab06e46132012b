-- 考评对象: who is scored by which peer group, settled when a review is opened.
CREATE TABLE review_members (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  place @int NOT NULL,
  group_name @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, unit_id)
) @clustered;
-- Which freeze a decision was made on, and how much of an award was paid, whatever is decided later.
ALTER TABLE review_consequences ADD COLUMN freeze_n @int NOT NULL DEFAULT 0;
ALTER TABLE review_consequences ADD COLUMN paid_fen @int NOT NULL DEFAULT 0;
ALTER TABLE review_consequences ADD COLUMN paper_signer_post_id @uuid;
UPDATE review_consequences SET freeze_n = (SELECT COALESCE(MAX(f.n), 0) FROM review_freezes f
  WHERE f.jurisdiction_id = review_consequences.jurisdiction_id
  AND f.review_id = review_consequences.review_id AND f.frozen_on <= review_consequences.decided_on);
UPDATE review_consequences SET paid_fen = amount_fen
  WHERE paid_on IS NOT NULL AND amount_fen IS NOT NULL;
-- 更正前的决定: what was decided on an earlier freeze, before it was decided anew on a later one.
CREATE TABLE review_former_decisions (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  code @text NOT NULL,
  unit_id @uuid NOT NULL,
  freeze_n @int NOT NULL,
  verdict @text NOT NULL,
  amount_fen @int,
  reason @text NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  decided_on @day NOT NULL,
  paper_signer_post_id @uuid,
  PRIMARY KEY (jurisdiction_id, review_id, code, unit_id, freeze_n)
) @clustered;
