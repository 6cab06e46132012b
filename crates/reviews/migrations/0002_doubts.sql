-- 存疑核查: who looked at a question about a month's records, and what came of it.
CREATE TABLE review_doubts (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  kind @text NOT NULL,
  unit_id @uuid NOT NULL,
  evidence @text NOT NULL,
  zh @text NOT NULL,
  en @text NOT NULL,
  outcome @text NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  looked_on @day NOT NULL,
  asked_on @day,
  PRIMARY KEY (jurisdiction_id, review_id, kind, unit_id, evidence)
) @clustered;
-- 分析结果: what takes a while to work out and comes out the same each time; never evidence.
CREATE TABLE review_analyses (
  jurisdiction_id @uuid NOT NULL,
  review_id @uuid NOT NULL,
  analysis @text NOT NULL,
  about @text NOT NULL,
  body @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, review_id, analysis, about)
) @clustered;
