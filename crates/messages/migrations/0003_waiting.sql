-- What is settled is looked up by its cause among what still waits, which stays short.
DROP INDEX messages_by_cause;
CREATE INDEX messages_waiting ON messages (jurisdiction_id, cause_id, seq, seat, owner_id)
  WHERE need = 'act' AND settled_by IS NULL;
