-- The article of law or the ground of a finding that a version was adopted in spite of.
ALTER TABLE rule_set_findings ADD COLUMN because @text NOT NULL DEFAULT '';
ALTER TABLE rule_set_findings ADD COLUMN because_en @text NOT NULL DEFAULT '';
