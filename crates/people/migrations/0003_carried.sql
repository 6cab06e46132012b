-- 待续表单: what a form said when its session had ended, until its owner has signed in again.
CREATE TABLE carried_forms (
  jurisdiction_id @uuid NOT NULL,
  ticket_hash @bytes NOT NULL,
  account_id @uuid NOT NULL,
  body @bytes NOT NULL,
  at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, ticket_hash)
) @strict;
CREATE INDEX carried_forms_by_account ON carried_forms (jurisdiction_id, account_id, at);
-- A form's token tells whose form it is, also when its session is over.
CREATE INDEX sessions_by_form_token ON sessions (jurisdiction_id, form_token);
