-- Contents that no record names, and since when: collected after seven days.
CREATE TABLE loose_blobs (
  jurisdiction_id @uuid NOT NULL,
  hash @bytes NOT NULL,
  since @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, hash)
) @clustered;
