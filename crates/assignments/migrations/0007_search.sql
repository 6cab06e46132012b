--@postgres
-- A search reads what was not yet sorted into the index word by word; few are written, many search.
ALTER INDEX assignment_docs_words SET (fastupdate = off);
SELECT gin_clean_pending_list('assignment_docs_words');
