-- When an account signed in last, without reading the whole log.
CREATE INDEX access_log_by_account ON access_log (jurisdiction_id, account_id, event, at);
