-- The papers on which the heads of units signed their weekly answers.
CREATE TABLE weekly_answer_scans (
  jurisdiction_id @uuid NOT NULL,
  answer_id @uuid NOT NULL,
  id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, answer_id, id)
) @clustered;
