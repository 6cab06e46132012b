-- 更正: what was published before and what holds since, each a computing of the review.
CREATE TABLE review_errata (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  n @int NOT NULL,
  freeze_n @int NOT NULL,
  before_n @int NOT NULL,
  after_n @int NOT NULL,
  corrected_on @day NOT NULL,
  post_id @uuid NOT NULL,
  seq @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, n)
) @clustered;
