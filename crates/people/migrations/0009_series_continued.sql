-- 期初接续: the last number that a series had before it was continued here.
ALTER TABLE series ADD COLUMN numbers_before @int NOT NULL DEFAULT 0;
