-- 纸质签发: who signed a step of a slip's chain on paper, and when.
ALTER TABLE slip_signs ADD COLUMN paper_signer_post_id @uuid;
ALTER TABLE slip_signs ADD COLUMN paper_signed_on @day;
-- The head who signed an answer on paper.
ALTER TABLE slip_answers ADD COLUMN paper_signer_post_id @uuid;
-- The papers on which steps of slips' chains were signed.
CREATE TABLE slip_sign_scans (
  jurisdiction_id @uuid NOT NULL,
  slip_id @uuid NOT NULL,
  id @uuid NOT NULL,
  sign_id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, slip_id, id)
) @clustered;
-- The papers on which heads of units signed their answers.
CREATE TABLE slip_answer_scans (
  jurisdiction_id @uuid NOT NULL,
  slip_id @uuid NOT NULL,
  id @uuid NOT NULL,
  answer_id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, slip_id, id)
) @clustered;
