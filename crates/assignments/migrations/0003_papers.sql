-- 公文模板 of the office, one per kind of paper.
CREATE TABLE paper_templates (
  jurisdiction_id @uuid NOT NULL,
  kind @text NOT NULL,
  id @uuid NOT NULL,
  name @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  post_id @uuid NOT NULL,
  at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, kind)
) @strict;

-- 印发件: the sealed scan of an issued batch.
CREATE TABLE issued_copies (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  batch_id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  note @text NOT NULL,
  post_id @uuid NOT NULL,
  at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX issued_copies_of_batch ON issued_copies (jurisdiction_id, batch_id, at);
