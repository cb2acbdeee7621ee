-- What only PostgreSQL has, made after the tables of `schema.sql`. One statement a block, blocks apart by a blank line.

-- The index of words, asked by the same text as SQLite's: '"can huyet" *' are words one after the other, the last one
-- perhaps longer.
CREATE INDEX search_words ON search USING gin (to_tsvector('simple', words))

CREATE FUNCTION search_fts(sought TEXT) RETURNS TABLE (rowid INTEGER) LANGUAGE sql STABLE AS $$
  SELECT s.id FROM search AS s WHERE to_tsvector('simple', s.words)
    @@ to_tsquery('simple', replace(trim(both '"* ' from sought), ' ', ' <-> ') || ':*')
$$

-- What keeps facts from being changed or deleted, whoever does it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END
$$

-- Whoever writes holds the row of commands.
INSERT INTO counter (name, used) VALUES ('command', 0), ('task', 0)
