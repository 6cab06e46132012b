-- Files that were uploaded and wait for the act that names them; thrown away after a day.
CREATE TABLE staged_files (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  hash @bytes NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
-- On PostgreSQL the contents stand in chunks; on SQLite in files beside the database.
CREATE TABLE blob_chunks (
  jurisdiction_id @uuid NOT NULL,
  hash @bytes NOT NULL,
  n @int NOT NULL,
  bytes @bytes NOT NULL,
  PRIMARY KEY (jurisdiction_id, hash, n)
) @strict;
