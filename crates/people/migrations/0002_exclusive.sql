-- 三权分立: the three administrators exclude each other and all business. One person holds at any
-- time posts of one class only, and only posts of the class of the account.
--@sqlite
CREATE TRIGGER posts_exclusive BEFORE INSERT ON posts
WHEN EXISTS (
  SELECT 1 FROM posts p
  WHERE p.jurisdiction_id = NEW.jurisdiction_id AND p.person_id = NEW.person_id
    AND (p.valid_to IS NULL OR p.valid_to >= NEW.valid_from)
    AND (NEW.valid_to IS NULL OR NEW.valid_to >= p.valid_from)
    AND CASE WHEN p.role LIKE '%_admin' THEN p.role ELSE 'business' END
     <> CASE WHEN NEW.role LIKE '%_admin' THEN NEW.role ELSE 'business' END)
OR EXISTS (
  SELECT 1 FROM accounts a
  WHERE a.jurisdiction_id = NEW.jurisdiction_id AND a.person_id = NEW.person_id
    AND CASE a.class WHEN 'business' THEN 'business' ELSE a.class || '_admin' END
     <> CASE WHEN NEW.role LIKE '%_admin' THEN NEW.role ELSE 'business' END)
BEGIN SELECT RAISE(ABORT, 'administrators exclude each other and all business'); END;
CREATE TRIGGER accounts_exclusive BEFORE INSERT ON accounts
WHEN EXISTS (
  SELECT 1 FROM posts p
  WHERE p.jurisdiction_id = NEW.jurisdiction_id AND p.person_id = NEW.person_id
    AND p.valid_to IS NULL
    AND CASE NEW.class WHEN 'business' THEN 'business' ELSE NEW.class || '_admin' END
     <> CASE WHEN p.role LIKE '%_admin' THEN p.role ELSE 'business' END)
BEGIN SELECT RAISE(ABORT, 'administrators exclude each other and all business'); END;
--@postgres
CREATE FUNCTION people_is_exclusive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'posts' THEN
    IF EXISTS (
      SELECT 1 FROM posts p
      WHERE p.jurisdiction_id = NEW.jurisdiction_id AND p.person_id = NEW.person_id
        AND (p.valid_to IS NULL OR p.valid_to >= NEW.valid_from)
        AND (NEW.valid_to IS NULL OR NEW.valid_to >= p.valid_from)
        AND CASE WHEN p.role LIKE '%_admin' THEN p.role ELSE 'business' END
         <> CASE WHEN NEW.role LIKE '%_admin' THEN NEW.role ELSE 'business' END)
    OR EXISTS (
      SELECT 1 FROM accounts a
      WHERE a.jurisdiction_id = NEW.jurisdiction_id AND a.person_id = NEW.person_id
        AND CASE a.class WHEN 'business' THEN 'business' ELSE a.class || '_admin' END
         <> CASE WHEN NEW.role LIKE '%_admin' THEN NEW.role ELSE 'business' END) THEN
      RAISE EXCEPTION 'administrators exclude each other and all business';
    END IF;
  ELSIF EXISTS (
    SELECT 1 FROM posts p
    WHERE p.jurisdiction_id = NEW.jurisdiction_id AND p.person_id = NEW.person_id
      AND p.valid_to IS NULL
      AND CASE NEW.class WHEN 'business' THEN 'business' ELSE NEW.class || '_admin' END
       <> CASE WHEN p.role LIKE '%_admin' THEN p.role ELSE 'business' END) THEN
    RAISE EXCEPTION 'administrators exclude each other and all business';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER posts_exclusive BEFORE INSERT ON posts
  FOR EACH ROW EXECUTE FUNCTION people_is_exclusive();
CREATE TRIGGER accounts_exclusive BEFORE INSERT ON accounts
  FOR EACH ROW EXECUTE FUNCTION people_is_exclusive();
--@both
