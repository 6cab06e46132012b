-- 报结审签流程: the posts of a unit through whose hands its submissions go; and who has to sign one now.
CREATE TABLE signing_posts (
  jurisdiction_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  n @int NOT NULL,
  post_id @uuid NOT NULL,
  PRIMARY KEY (jurisdiction_id, unit_id, n)
) @clustered;
ALTER TABLE assignments ADD COLUMN signer_post_id @uuid;
