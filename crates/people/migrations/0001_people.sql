-- 单位: the tree city → county or department → township.
CREATE TABLE units (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  parent_id @uuid,
  kind @text NOT NULL,
  name @text NOT NULL,
  short_name @text NOT NULL,
  sort @int NOT NULL,
  valid_from @day NOT NULL,
  valid_to @day,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX units_by_parent ON units (jurisdiction_id, parent_id);
-- 考评组别: like units with like.
CREATE TABLE peer_groups (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  name @text NOT NULL,
  sort @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
-- Which unit stands in which group, from which day.
CREATE TABLE group_members (
  jurisdiction_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  valid_from @day NOT NULL,
  group_id @uuid NOT NULL,
  valid_to @day,
  PRIMARY KEY (jurisdiction_id, unit_id, valid_from)
) @clustered;
-- 条线: a line of work with its leader and its department.
CREATE TABLE lines (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  name @text NOT NULL,
  leader_post_id @uuid,
  department_id @uuid,
  sort @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
-- 人员: names and numbers are sealed.
CREATE TABLE persons (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  added_on @day NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
-- 任职: who holds which post in which unit with which role, from when to when.
CREATE TABLE posts (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  unit_id @uuid NOT NULL,
  role @text NOT NULL,
  title @text NOT NULL,
  represents_id @uuid,
  line_id @uuid,
  valid_from @day NOT NULL,
  valid_to @day,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX posts_by_person ON posts (jurisdiction_id, person_id);
CREATE INDEX posts_by_unit ON posts (jurisdiction_id, unit_id);
-- 联系片区 of an officer, subjects of an inspector.
CREATE TABLE watches (
  jurisdiction_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  target_id @uuid NOT NULL,
  target @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, post_id, target_id)
) @clustered;
-- 账号.
CREATE TABLE accounts (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  name @text NOT NULL,
  class @text NOT NULL,
  disabled @bool NOT NULL,
  PRIMARY KEY (jurisdiction_id, id),
  UNIQUE (jurisdiction_id, name)
) @clustered;
-- One account per person, so that one person is never two of the three administrators.
CREATE UNIQUE INDEX accounts_one_per_person ON accounts (jurisdiction_id, person_id);
-- The one table that spans cities: which city a sign-in name belongs to.
CREATE TABLE sign_in_names (
  name @text NOT NULL,
  jurisdiction_id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  PRIMARY KEY (name)
) @clustered;
CREATE TABLE credentials (
  jurisdiction_id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  password_hash @text NOT NULL,
  must_change @bool NOT NULL,
  changed_at @moment NOT NULL,
  totp_secret @bytes,
  totp_step @int NOT NULL,
  failures @int NOT NULL,
  locked_until @moment,
  epoch @int NOT NULL,
  last_post_id @uuid,
  PRIMARY KEY (jurisdiction_id, account_id)
) @strict;
-- Former passwords, newest first by number.
CREATE TABLE former_passwords (
  jurisdiction_id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  changed_at @moment NOT NULL,
  password_hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, account_id, changed_at)
) @clustered;
CREATE TABLE sessions (
  jurisdiction_id @uuid NOT NULL,
  token_hash @bytes NOT NULL,
  id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  post_id @uuid,
  stage @text NOT NULL,
  form_token @text NOT NULL,
  created_at @moment NOT NULL,
  seen_at @moment NOT NULL,
  epoch @int NOT NULL,
  remote @text NOT NULL,
  agent @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, token_hash)
) @strict;
CREATE INDEX sessions_by_account ON sessions (jurisdiction_id, account_id);
CREATE TABLE tokens (
  jurisdiction_id @uuid NOT NULL,
  token_hash @bytes NOT NULL,
  id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  post_id @uuid NOT NULL,
  name @text NOT NULL,
  created_at @moment NOT NULL,
  expires_at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, token_hash)
) @strict;
-- 访问日志: sign-in, failure, refusal, export, download; apart from the journal.
CREATE TABLE access_log (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  at @moment NOT NULL,
  event @text NOT NULL,
  account_id @uuid,
  remote @text NOT NULL,
  detail @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
-- Failed sign-ins by address, so that trying many names is slow as well.
CREATE TABLE sign_in_failures (
  jurisdiction_id @uuid NOT NULL,
  remote @text NOT NULL,
  failures @int NOT NULL,
  since @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, remote)
) @clustered;
-- Settings of the city, entered by facts.
CREATE TABLE settings (
  jurisdiction_id @uuid NOT NULL,
  name @text NOT NULL,
  value @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, name)
) @clustered;
-- 工作日历: years whose State Council notice was entered, and the days that differ from Mon–Fri.
CREATE TABLE calendar_years (
  jurisdiction_id @uuid NOT NULL,
  year @int NOT NULL,
  notice @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, year)
) @clustered;
CREATE TABLE calendar_days (
  jurisdiction_id @uuid NOT NULL,
  day @day NOT NULL,
  working @bool NOT NULL,
  name @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, day)
) @clustered;
-- 例会 and their sittings; a joint sitting carries several series.
CREATE TABLE series (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  kind @text NOT NULL,
  name @text NOT NULL,
  leader_post_id @uuid,
  sort @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE TABLE sittings (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  day @day NOT NULL,
  state @text NOT NULL,
  reason @text,
  PRIMARY KEY (jurisdiction_id, id)
) @clustered;
CREATE INDEX sittings_by_day ON sittings (jurisdiction_id, day);
CREATE TABLE sitting_roles (
  jurisdiction_id @uuid NOT NULL,
  sitting_id @uuid NOT NULL,
  series_id @uuid NOT NULL,
  number @int,
  PRIMARY KEY (jurisdiction_id, sitting_id, series_id)
) @clustered;
CREATE INDEX sitting_roles_by_series ON sitting_roles (jurisdiction_id, series_id, number);
