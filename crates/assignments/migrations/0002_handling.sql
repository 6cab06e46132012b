-- 办理规程: who verifies and within how many working days everybody answers, as data.
CREATE TABLE profiles (
  jurisdiction_id @uuid NOT NULL,
  code @text NOT NULL,
  name @text NOT NULL,
  verifier @text NOT NULL,
  hand_back_days @int NOT NULL,
  answer_days @int NOT NULL,
  verify_days @int NOT NULL,
  in_use @bool NOT NULL,
  sort @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, code)
) @clustered;
ALTER TABLE batch_lines ADD COLUMN profile @text NOT NULL DEFAULT '';
ALTER TABLE batch_lines ADD COLUMN report_day @int NOT NULL DEFAULT 5;
ALTER TABLE batch_lines ADD COLUMN report_hour @int NOT NULL DEFAULT 17;
ALTER TABLE assignments ADD COLUMN profile @text NOT NULL DEFAULT '';
ALTER TABLE assignments ADD COLUMN hand_back_days @int NOT NULL DEFAULT 1;
ALTER TABLE assignments ADD COLUMN answer_days @int NOT NULL DEFAULT 1;
ALTER TABLE assignments ADD COLUMN verify_days @int NOT NULL DEFAULT 3;
ALTER TABLE assignments ADD COLUMN report_day @int NOT NULL DEFAULT 5;
ALTER TABLE assignments ADD COLUMN report_hour @int NOT NULL DEFAULT 17;
-- The scan of a paper that was signed.
CREATE TABLE sign_off_scans (
  jurisdiction_id @uuid NOT NULL,
  batch_id @uuid NOT NULL,
  id @uuid NOT NULL,
  sign_off_id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, batch_id, id)
) @clustered;
