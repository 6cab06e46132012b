-- 接续日期: when an item that ran before the program was taken over. What it owed before that day is
-- its own history; the program says nothing of it.
ALTER TABLE assignments ADD COLUMN taken_over_on @day;
