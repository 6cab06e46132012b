-- 考评办法: by which code it is known, and from which period it no longer holds.
CREATE TABLE rule_sets (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  code @text NOT NULL,
  name @text NOT NULL,
  begun_on @day NOT NULL,
  ended_from @text,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX rule_sets_by_code ON rule_sets (jurisdiction_id, code);
-- 考评办法版本: its document, and by which issued paper it is in force from which period.
CREATE TABLE rule_set_versions (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  rule_set_id @uuid NOT NULL,
  n @int NOT NULL,
  name @text NOT NULL,
  state @text NOT NULL,
  document @text NOT NULL,
  source @text NOT NULL,
  sha256 @text NOT NULL,
  begun_on @day NOT NULL,
  from_period @text,
  issued_number @text,
  issued_office @text,
  issued_on @day,
  adopted_on @day,
  adopted_seq @int,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE UNIQUE INDEX rule_set_versions_by_set ON rule_set_versions (jurisdiction_id, rule_set_id, n);
-- 拟稿人员: who wrote a version, and so does not check it.
CREATE TABLE rule_set_writers (
  jurisdiction_id @uuid NOT NULL,
  version_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  PRIMARY KEY (jurisdiction_id, version_id, person_id)
) @clustered;
-- 考评办法审核: a version was sent, agreed to or returned.
CREATE TABLE rule_set_checks (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  version_id @uuid NOT NULL,
  step @int NOT NULL,
  post_id @uuid NOT NULL,
  person_id @uuid NOT NULL,
  at @moment NOT NULL,
  verdict @text NOT NULL,
  note @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;
CREATE INDEX rule_set_checks_by_version ON rule_set_checks (jurisdiction_id, version_id, id);
-- 规则检查意见的说明: why a version was adopted in spite of a finding.
CREATE TABLE rule_set_findings (
  jurisdiction_id @uuid NOT NULL,
  version_id @uuid NOT NULL,
  n @int NOT NULL,
  kind @text NOT NULL,
  place @text NOT NULL,
  finding @text NOT NULL,
  finding_en @text NOT NULL,
  reason @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, version_id, n)
) @clustered;
-- 考评办法印发件: the issued document.
CREATE TABLE rule_set_papers (
  jurisdiction_id @uuid NOT NULL,
  version_id @uuid NOT NULL,
  id @uuid NOT NULL,
  name @text NOT NULL,
  media @text NOT NULL,
  size @int NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (jurisdiction_id, version_id, id)
) @clustered;
