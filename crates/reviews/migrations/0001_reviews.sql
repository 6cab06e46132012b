-- 月讲评: one per month of review.
CREATE TABLE reviews (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  month @text NOT NULL,
  first_on @day NOT NULL,
  last_on @day NOT NULL,
  cut_seq @int NOT NULL,
  state @text NOT NULL,
  computation @int NOT NULL,
  shown @int NOT NULL,
  draft @int NOT NULL,
  freezes @int NOT NULL,
  objections @int NOT NULL,
  objections_until @day,
  opened_on @day NOT NULL,
  drafted_on @day,
  frozen_on @day,
  approved_on @day,
  published_on @day,
  published_seq @int,
  circular_year @int,
  circular_number @int,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX reviews_by_month ON reviews (jurisdiction_id, month);
CREATE UNIQUE INDEX reviews_by_circular ON reviews (jurisdiction_id, circular_year, circular_number);
-- 适用的考评办法: the versions that a review scores by, fixed when it is opened.
CREATE TABLE review_rules (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  version_id @uuid NOT NULL,
  rule_set_id @uuid NOT NULL,
  place @int NOT NULL,
  code @text NOT NULL,
  name @text NOT NULL,
  digest @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, version_id)
) @clustered;
-- 取数对应: which measure each input of the rules calls, fixed when the review is opened.
CREATE TABLE review_measures (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  call @text NOT NULL,
  measure @text NOT NULL,
  version @int NOT NULL,
  params @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, call)
) @clustered;
CREATE INDEX review_measures_by_measure ON review_measures (jurisdiction_id, measure, review_id);
-- 算分: each time a review was computed, with the file that holds rules, facts, evidence and scores.
CREATE TABLE review_computations (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  n @int NOT NULL,
  at @moment NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  root @text NOT NULL,
  hash @text NOT NULL,
  size @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, n)
) @clustered;
-- 得分: what each unit came to in a computation.
CREATE TABLE review_scores (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  n @int NOT NULL,
  unit_id @uuid NOT NULL,
  version_id @uuid NOT NULL,
  group_code @text NOT NULL,
  standing @text NOT NULL,
  total @text,
  rank @text,
  ranked @int NOT NULL,
  is_last @bool NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, n, unit_id)
) @clustered;
CREATE INDEX review_scores_by_unit ON review_scores (jurisdiction_id, unit_id, review_id, n);
-- 异议 before the freeze and 复核 after publication: what a unit contests, and what was decided.
CREATE TABLE objections (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  number @int NOT NULL,
  kind @text NOT NULL,
  state @text NOT NULL,
  unit_id @uuid NOT NULL,
  item @text NOT NULL,
  measure @text NOT NULL,
  said @text NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  filed_on @day NOT NULL,
  decide_by @day NOT NULL,
  words @text NOT NULL,
  change @text NOT NULL,
  decided_by @uuid,
  decided_person_id @uuid,
  decided_on @day,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX objections_by_number ON objections (jurisdiction_id, review_id, number);
CREATE INDEX objections_by_unit ON objections (jurisdiction_id, unit_id, id);
-- 异议附件.
CREATE TABLE objection_files (
  jurisdiction_id @uuid NOT NULL,
  objection_id @uuid NOT NULL,
  id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, objection_id, id)
) @clustered;
-- 封存: what was frozen, chained month to month; a returned or corrected review is frozen again.
CREATE TABLE review_freezes (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  n @int NOT NULL,
  computation @int NOT NULL,
  root @text NOT NULL,
  previous @text,
  head @text NOT NULL,
  frozen_on @day NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  why @text NOT NULL,
  seq @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, n)
) @clustered;
-- 呈批: who submitted a frozen review, and what the leader said.
CREATE TABLE review_signs (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  freeze_n @int NOT NULL,
  step @int NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  at @moment NOT NULL,
  verdict @text NOT NULL,
  note @text NOT NULL,
  paper_signer_post_id @uuid,
  paper_signed_on @day,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX review_signs_by_review ON review_signs (jurisdiction_id, review_id, id);
-- 呈批签发件: scans of papers on which a leader approved a review.
CREATE TABLE review_sign_scans (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  id @uuid NOT NULL,
  sign_id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, id)
) @clustered;
-- 结果运用: what the leader decided on each consequence that the rules call for.
CREATE TABLE review_consequences (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  code @text NOT NULL,
  unit_id @uuid NOT NULL,
  verdict @text NOT NULL,
  amount_fen @int,
  reason @text NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  decided_on @day NOT NULL,
  document @text NOT NULL,
  budget @text NOT NULL,
  voucher @text NOT NULL,
  paid_on @day,
  PRIMARY KEY (jurisdiction_id, review_id, code, unit_id)
) @clustered;
