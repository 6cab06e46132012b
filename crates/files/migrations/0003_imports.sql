-- 导入: a spreadsheet that an account is bringing in, step by step; thrown away after seven days.
CREATE TABLE imports (
  jurisdiction_id @uuid NOT NULL,
  id @uuid NOT NULL,
  account_id @uuid NOT NULL,
  spec @text NOT NULL,
  file_name @text NOT NULL,
  state @text NOT NULL,
  per_mille @int NOT NULL,
  told @text NOT NULL,
  sheets @text NOT NULL,
  choice @text NOT NULL,
  rows_count @int NOT NULL,
  errors_count @int NOT NULL,
  warnings_count @int NOT NULL,
  aside_count @int NOT NULL,
  created_at @moment NOT NULL,
  changed_at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, id)
) @strict;

CREATE INDEX imports_account ON imports (jurisdiction_id, account_id, spec);

-- 导入页: some rows of a sheet as they were read, and what was found of each.
CREATE TABLE import_pages (
  jurisdiction_id @uuid NOT NULL,
  import_id @uuid NOT NULL,
  sheet @int NOT NULL,
  n @int NOT NULL,
  first_row @int NOT NULL,
  rows @bytes NOT NULL,
  verdicts @bytes NOT NULL,
  errors_count @int NOT NULL,
  warnings_count @int NOT NULL,
  aside_count @int NOT NULL,
  PRIMARY KEY (jurisdiction_id, import_id, sheet, n)
) @strict;

-- 列对应关系: which column of a header holds what, remembered for the next file with this header.
CREATE TABLE import_mappings (
  jurisdiction_id @uuid NOT NULL,
  spec @text NOT NULL,
  signature @bytes NOT NULL,
  columns @text NOT NULL,
  used_at @moment NOT NULL,
  PRIMARY KEY (jurisdiction_id, spec, signature)
) @strict;
