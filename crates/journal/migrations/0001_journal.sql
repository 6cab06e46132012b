-- The journal: insert-only, gapless and hash-chained per jurisdiction.
CREATE TABLE facts (
  jurisdiction_id @uuid NOT NULL,
  seq @int NOT NULL,
  at @moment NOT NULL,
  act_id @uuid NOT NULL,
  act @text NOT NULL,
  actor @uuid NOT NULL,
  on_behalf_of @uuid,
  kind @text NOT NULL,
  subject_kind @text NOT NULL,
  subject_id @uuid NOT NULL,
  reason @text,
  payload @bytes NOT NULL,
  prev_hash @bytes NOT NULL,
  hash @bytes NOT NULL,
  PRIMARY KEY (jurisdiction_id, seq)
) @clustered;
CREATE INDEX facts_by_subject ON facts (jurisdiction_id, subject_id, seq);
CREATE INDEX facts_by_act ON facts (jurisdiction_id, act_id, seq);
CREATE INDEX facts_by_actor ON facts (jurisdiction_id, actor, seq);
CREATE INDEX facts_by_kind ON facts (jurisdiction_id, kind, seq);
--@sqlite
CREATE TRIGGER facts_no_update BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
CREATE TRIGGER facts_no_delete BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END;
-- REPLACE would delete without a DELETE; a place that is not the next is refused as well.
CREATE TRIGGER facts_in_order BEFORE INSERT ON facts
WHEN NEW.seq IS NOT 1 + coalesce((SELECT max(seq) FROM facts WHERE jurisdiction_id = NEW.jurisdiction_id), 0)
BEGIN SELECT RAISE(ABORT, 'the journal is insert-only and without gaps'); END;
--@postgres
CREATE FUNCTION journal_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is insert-only'; END $$;
CREATE TRIGGER facts_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON facts
  FOR EACH STATEMENT EXECUTE FUNCTION journal_is_insert_only();
--@both
-- The last entry of each journal; locked by the writer's batch on PostgreSQL.
CREATE TABLE heads (
  jurisdiction_id @uuid NOT NULL,
  seq @int NOT NULL,
  hash @bytes NOT NULL,
  at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id)
) @clustered;
-- Idempotency: the same key and body gets the same answer, another body is refused.
CREATE TABLE act_keys (
  jurisdiction_id @uuid NOT NULL,
  actor @uuid NOT NULL,
  act_id @uuid NOT NULL,
  body_hash @bytes NOT NULL,
  first_seq @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, actor, act_id)
) @clustered;
-- The cities whose data this is.
CREATE TABLE jurisdictions (
  jurisdiction_id @uuid NOT NULL,
  name @text NOT NULL,
  zone @text NOT NULL,
  clock_offset_us @int NOT NULL,
  PRIMARY KEY (jurisdiction_id)
) @clustered;
-- What is known of each sealed value: its salted hash, and whether it was erased.
CREATE TABLE seals (
  jurisdiction_id @uuid NOT NULL,
  owner_id @uuid NOT NULL,
  field @text NOT NULL,
  hash @bytes NOT NULL,
  erased @bool NOT NULL,
  PRIMARY KEY (jurisdiction_id, owner_id, field)
) @clustered;
-- The sealed values themselves: personal data that can be erased.
CREATE TABLE sealed_values (
  jurisdiction_id @uuid NOT NULL,
  owner_id @uuid NOT NULL,
  field @text NOT NULL,
  value @text NOT NULL,
  salt @bytes NOT NULL,
  PRIMARY KEY (jurisdiction_id, owner_id, field)
) @clustered;
-- How a subject on the right is tied to one on the left, for display backwards.
CREATE TABLE links (
  jurisdiction_id @uuid NOT NULL,
  from_id @uuid NOT NULL,
  to_id @uuid NOT NULL,
  kind @text NOT NULL,
  from_kind @text NOT NULL,
  to_kind @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, from_id, to_id, kind)
) @clustered;
CREATE INDEX links_back ON links (jurisdiction_id, to_id, kind);
-- How far each follower has read, and which node reads now.
CREATE TABLE followers (
  jurisdiction_id @uuid NOT NULL,
  name @text NOT NULL,
  seq @int NOT NULL,
  holder @uuid,
  lease_until @moment,
  PRIMARY KEY (jurisdiction_id, name)
) @clustered;
