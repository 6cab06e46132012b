-- 账号最近使用: by the machine's clock; from it accounts that nobody uses are disabled.
CREATE TABLE account_uses (
  jurisdiction_id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  used_at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, account_id)
) @clustered;
