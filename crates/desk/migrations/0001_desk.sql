-- 校验记录: what each verification of the journal found; operational, never evidence itself.
CREATE TABLE journal_checks (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  at @moment NOT NULL,
  account_id @uuid,
  facts @int NOT NULL,
  head @text NOT NULL,
  tables_count @int NOT NULL,
  rows_count @int NOT NULL,
  erased_count @int NOT NULL,
  differences @text NOT NULL,
  took_ms @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
