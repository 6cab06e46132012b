-- 消息: what a seat was told of a fact. Derived: a follower fills it from the journal.
CREATE TABLE messages (
  jurisdiction_id @uuid NOT NULL,
  seat @text NOT NULL,
  owner_id @uuid NOT NULL,
  seq @int NOT NULL,
  kind @text NOT NULL,
  need @text NOT NULL,
  urgent @bool NOT NULL,
  at @moment NOT NULL,
  subject_kind @text NOT NULL,
  subject_id @uuid NOT NULL,
  cause_id @uuid NOT NULL,
  about_zh @text NOT NULL,
  about_en @text NOT NULL,
  zh @text NOT NULL,
  en @text NOT NULL,
  unit_id @uuid,
  line_id @uuid,
  settled_by @int,
  PRIMARY KEY (jurisdiction_id, seat, owner_id, seq)
) @strict;
CREATE INDEX messages_by_time ON messages (jurisdiction_id, seat, owner_id, at);
CREATE INDEX messages_by_cause ON messages (jurisdiction_id, cause_id, seq);
-- 已读至: up to which place of the journal everything in a seat's tray was read; never by whom or when.
CREATE TABLE read_marks (
  jurisdiction_id @uuid NOT NULL,
  seat @text NOT NULL,
  owner_id @uuid NOT NULL,
  read_to @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, seat, owner_id)
) @clustered;
-- 已读消息: what was read beyond that place.
CREATE TABLE read_messages (
  jurisdiction_id @uuid NOT NULL,
  seat @text NOT NULL,
  owner_id @uuid NOT NULL,
  seq @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, seat, owner_id, seq)
) @clustered;
