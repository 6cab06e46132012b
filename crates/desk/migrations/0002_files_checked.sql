-- 校验记录: how many files a verification read and held against their hashes.
ALTER TABLE journal_checks ADD COLUMN files_count @int NOT NULL DEFAULT 0;
