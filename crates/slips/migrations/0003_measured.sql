-- By subject: told the kind plainly, SQLite walks all facts of the kind for each row.
-- From which place of the journal a slip is issued, and from which it is withdrawn: measures count
-- what was known at a place.
ALTER TABLE slips ADD COLUMN issued_seq @int;
ALTER TABLE slips ADD COLUMN withdrawn_seq @int;
UPDATE slips SET
  issued_seq = (SELECT MAX(f.seq) FROM facts f WHERE f.jurisdiction_id = slips.jurisdiction_id
    AND f.subject_id = slips.id AND f.kind || '' = 'slip_issued'),
  withdrawn_seq = (SELECT MAX(f.seq) FROM facts f WHERE f.jurisdiction_id = slips.jurisdiction_id
    AND f.subject_id = slips.id AND f.kind || '' = 'slip_withdrawn');
CREATE INDEX slips_by_issue ON slips (jurisdiction_id, issued_on, id);
