-- 不收每日摘要的人: who wants no daily digest outside the program; urgent ones reach them all the same.
CREATE TABLE quiet_persons (
  jurisdiction_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  PRIMARY KEY (jurisdiction_id, person_id)
) @clustered;
