-- 待发送消息: what leaves the program by mail or webhook, until it was taken there or given up.
CREATE TABLE outbox (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  channel @text NOT NULL,
  kind @text NOT NULL,
  mark @text NOT NULL,
  post_id @uuid NOT NULL,
  content @text NOT NULL,
  state @text NOT NULL,
  tries @int NOT NULL,
  created_at @moment NOT NULL,
  next_at @moment NOT NULL,
  leased_until @moment,
  sent_at @moment,
  error_zh @text NOT NULL,
  error_en @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX outbox_by_mark ON outbox (jurisdiction_id, mark);
CREATE INDEX outbox_by_state ON outbox (jurisdiction_id, state, id);
-- 每日摘要: that a post had its digest of a day, and up to which place of the journal it was told.
CREATE TABLE post_digests (
  jurisdiction_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  day @day NOT NULL,
  seq @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, post_id, day)
) @clustered;
-- 发送轮值: which node sends, and up to which place urgent messages were put into the outbox.
CREATE TABLE sending_turns (
  jurisdiction_id @uuid NOT NULL,
  holder @uuid,
  leased_until @moment,
  urgent_seq @int NOT NULL,
  PRIMARY KEY (jurisdiction_id)
) @clustered;
CREATE INDEX messages_by_urgency ON messages (jurisdiction_id, urgent, seq);
