-- When the program said that an objection's answer is due, and that it is late: each once.
ALTER TABLE objections ADD COLUMN due_told_on @day;
ALTER TABLE objections ADD COLUMN late_told_on @day;
