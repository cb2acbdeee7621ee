-- Who may do what on a server. One statement a block, blocks apart by a blank line.
-- The groups are of the whole server: a login is given one of them, and nobody logs in as a group. Which role a login
-- has in this database is what `member` says; what its group was given is the most that it can have. The tables belong
-- to the login that makes them, so that who owns one database owns no other one; it gives the groups to members.

-- The first one is for who may make roles.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'plantrack_viewer') THEN
    CREATE ROLE plantrack_viewer NOLOGIN;
    CREATE ROLE plantrack_reporter NOLOGIN;
    CREATE ROLE plantrack_coordinator NOLOGIN;
    GRANT plantrack_viewer TO plantrack_reporter, plantrack_coordinator;
  END IF;
  IF NOT pg_has_role(current_user, 'plantrack_viewer', 'USAGE WITH ADMIN OPTION')
      OR NOT pg_has_role(current_user, 'plantrack_reporter', 'USAGE WITH ADMIN OPTION')
      OR NOT pg_has_role(current_user, 'plantrack_coordinator', 'USAGE WITH ADMIN OPTION') THEN
    EXECUTE format('GRANT plantrack_viewer, plantrack_reporter, plantrack_coordinator TO %I WITH ADMIN OPTION', current_user);
  END IF;
END $$

-- The next one is for who owns the database. Whoever else made a function here could have it run as the owner. Who reports
-- may hold the row that all who write wait for: whoever leaves such a transaction open, in psql, is let go by the server.
DO $$ BEGIN
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO plantrack_viewer', current_schema());
  EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database());
  IF pg_has_role((SELECT d.datdba FROM pg_catalog.pg_database AS d WHERE d.datname = current_database()), 'USAGE') THEN
    EXECUTE format('ALTER DATABASE %I SET idle_in_transaction_session_timeout = ''2min''', current_database());
  END IF;
END $$

-- What the functions take with them: no table of an asker's own is taken for one of these.
DO $$ BEGIN
  EXECUTE format('SET LOCAL search_path = %I, pg_temp', current_schema());
END $$
