-- 数据截止日: a review's period, the day up to which records count and the month it is called by are three things.
ALTER TABLE reviews ADD COLUMN cut_on @day;
-- What waits for a decision, the longest first.
CREATE INDEX objections_open ON objections (jurisdiction_id, state, decide_by, id);
