-- What the policies ask, and how members come and go. One statement a block, blocks apart by a blank line.

-- The role of whoever asks in this database; none: nobody's.
CREATE FUNCTION member_role() RETURNS TEXT LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT m.server_role FROM member AS m WHERE m.login = session_user
$$

CREATE FUNCTION own_site() RETURNS TEXT LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT COALESCE((SELECT m.value FROM meta AS m WHERE m.name = 'site'), '')
$$

-- Whether a command takes facts from whoever asks: it is theirs, or came from another site, and is not sealed.
CREATE FUNCTION is_under_way(asked TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM command AS c WHERE c.uid = asked AND (c.login = session_user OR c.site <> own_site()))
    AND NOT EXISTS (SELECT 1 FROM seal AS s WHERE s.command = asked)
$$

-- Whether whoever asks may report on a task on a day, any day where none is named: the command opens it, or their
-- organisation, or a unit of it, leads it or coordinates it. A day before the opening is as the opening's. Facts are
-- asked: who reports may write what is derived, and no withdrawal but of its own reports. Of an organisation's facts the
-- last one until the day counts.
CREATE FUNCTION may_report(asked TEXT, of_day TEXT, by_command TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM task AS t WHERE t.uid = asked AND t.command = by_command) OR EXISTS (
    WITH RECURSIVE own (id) AS (
      SELECT COALESCE(o.same_as, o.id) FROM member AS m JOIN organisation AS o ON o.id = m.organisation
      WHERE m.login = session_user AND m.server_role = 'reporter'
      UNION SELECT u.id FROM own AS w JOIN organisation AS u ON u.parent = w.id),
    fact AS (
      SELECT a.role, a.organisation, COALESCE(o.same_as, o.id) AS party, a.holds, COALESCE(a.on_day, '') AS on_day,
        a.recorded_at, a.uid, GREATEST(a.on_day, t.opened_on) AS since,
        GREATEST(COALESCE(of_day, a.on_day), t.opened_on) AS until
      FROM assignment AS a JOIN task AS t ON t.uid = a.task JOIN organisation AS o ON o.id = a.organisation
      WHERE a.task = asked AND a.role IN ('lead', 'coordinating')
        AND NOT EXISTS (SELECT 1 FROM withdrawn_command AS x WHERE x.command = a.command))
    SELECT 1 FROM fact AS f JOIN own AS w ON w.id = f.party
    WHERE f.holds = 1 AND f.since <= f.until AND NOT EXISTS (
      SELECT 1 FROM fact AS l WHERE l.role = f.role AND l.organisation = f.organisation AND l.since <= f.until
        AND (l.on_day, l.recorded_at, l.uid) > (f.on_day, f.recorded_at, f.uid)))
$$

-- Whether whoever asks may report on a task of a series, and so open the next one.
CREATE FUNCTION may_go_on(series TEXT, by_command TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM task AS t WHERE (t.uid = series OR t.occurrence_of = series)
    AND may_report(t.uid, NULL, by_command))
$$

-- Whether a command is a report of whoever asks, which they may take back.
CREATE FUNCTION is_own_report(asked TEXT) RETURNS BOOLEAN LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM command AS c WHERE c.uid = asked AND c.login = session_user AND c.site = own_site()
    AND c.verb IN ({reports}))
$$

-- Whether a counter may come to stand somewhere: numbers are taken as they are needed, and never given back.
CREATE FUNCTION may_count(counted TEXT, up_to INTEGER) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM counter AS k WHERE k.name = counted AND up_to - k.used BETWEEN 0 AND 1000)
$$

-- Whether a number is one that was taken.
CREATE FUNCTION is_taken(counted TEXT, number INTEGER) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM counter AS k WHERE k.name = counted AND number <= k.used)
$$

-- Whether an organisation was given a role in a task: only so it may be among its holders.
CREATE FUNCTION was_given(asked TEXT, of_role TEXT, of_party TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT of_role NOT IN ('lead', 'coordinating') OR EXISTS (
    SELECT 1 FROM assignment AS a JOIN organisation AS o ON o.id = a.organisation
    WHERE a.task = asked AND a.role = of_role AND a.holds = 1 AND COALESCE(o.same_as, o.id) = of_party)
$$

-- A login comes into a group, and may open this database; or it leaves both (no role), but for a group that another
-- database, which the login was let into by name, may need. Only the owner may give groups away, so this is done as the
-- owner; who asks for it is looked at first. Of a login that the server does not have nothing is done, nor of the owner's,
-- and who may give a group away keeps it.
CREATE FUNCTION set_member(of_login TEXT, new_role TEXT) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  one TEXT;
  is_elsewhere BOOLEAN;
BEGIN
  IF NOT (COALESCE(member_role() = 'coordinator', false) OR pg_catalog.pg_has_role(session_user, current_user, 'USAGE')) THEN
    RAISE EXCEPTION 'only coordinators and owners change members' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = of_login AND rolcanlogin) OR of_login = current_user THEN
    RETURN;
  END IF;
  SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_database AS d, pg_catalog.aclexplode(d.datacl) AS a
    JOIN pg_catalog.pg_roles AS r ON r.oid = a.grantee
    WHERE d.datname <> pg_catalog.current_database() AND r.rolname = of_login) INTO is_elsewhere;
  FOREACH one IN ARRAY ARRAY['viewer', 'reporter', 'coordinator'] LOOP
    IF one = new_role THEN
      EXECUTE pg_catalog.format('GRANT %I TO %I', 'plantrack_' || one, of_login);
    ELSIF NOT is_elsewhere AND EXISTS (SELECT 1 FROM pg_catalog.pg_auth_members AS m
        JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid JOIN pg_catalog.pg_roles AS r ON r.oid = m.member
        WHERE g.rolname = 'plantrack_' || one AND r.rolname = of_login AND NOT m.admin_option) THEN
      EXECUTE pg_catalog.format('REVOKE %I FROM %I', 'plantrack_' || one, of_login);
    END IF;
  END LOOP;
  IF new_role = '' THEN
    EXECUTE pg_catalog.format('REVOKE CONNECT ON DATABASE %I FROM %I', pg_catalog.current_database(), of_login);
  ELSE
    EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I', pg_catalog.current_database(), of_login);
  END IF;
END $$

REVOKE EXECUTE ON FUNCTION set_member(TEXT, TEXT) FROM PUBLIC

GRANT EXECUTE ON FUNCTION set_member(TEXT, TEXT) TO plantrack_coordinator
