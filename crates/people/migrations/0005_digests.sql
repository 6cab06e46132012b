-- 访问日志日摘要: what the access log held on a day, as one fact.
CREATE TABLE access_digests (
  jurisdiction_id @uuid NOT NULL,
  day @day NOT NULL,
  lines_count @int NOT NULL,
  digest @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, day)
) @clustered;
CREATE INDEX access_log_by_at ON access_log (jurisdiction_id, at, id);
