"""The logins of a server, which its keeper makes: which there are, and what a database gives them."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from plantrack.model.grouping import chunks
from plantrack.store.connection import Connection, Row


def written_in_sql(login: str) -> str:
    """Return the name of a login as a statement has it, in quotes where it needs them."""
    plain = re.fullmatch("[a-z_][a-z0-9_]*", login)
    return login if plain else '"{}"'.format(login.replace('"', '""'))


def has_login(db: Connection, login: str) -> bool:
    """Return whether the server has a login of a name."""
    asked = (
        "SELECT r.rolname AS login FROM pg_catalog.pg_roles AS r WHERE r.rolname = :login AND r.rolcanlogin"
    )
    return bool(db.query(asked, {"login": login}))


def owner_of(db: Connection) -> str:
    """Return the login that the tables belong to."""
    asked = (
        "SELECT CAST(pg_get_userbyid(c.relowner) AS TEXT) AS login FROM pg_catalog.pg_class AS c "
        "WHERE c.oid = to_regclass('meta')"
    )
    ((login,),) = db.query(asked)
    return str(login)


def not_to_report(db: Connection, days: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return the site and the number of each of some tasks on which whoever is at work may not report on its day."""
    found: list[tuple[str, int]] = []
    for some in chunks([*days.items()]):
        values = ", ".join("(?, ?)" for _ in some)
        found += db.query(
            f"SELECT t.site, t.number FROM (VALUES {values}) AS d (task, on_day) JOIN task AS t ON t.uid = d.task "
            "WHERE NOT may_report(t.uid, d.on_day, CAST(NULL AS TEXT)) ORDER BY t.site, t.number",
            [*chain(*some)],
        )
    return found


def kept_members(db: Connection) -> list[Row]:
    """Return what is kept of each member, whatever it is: by other names its values are not looked at."""
    return db.query(
        "SELECT m.login AS kept_1, m.server_role AS kept_2, m.organisation AS kept_3 FROM member AS m"
    )


def drop_members(db: Connection, logins: Iterable[str]) -> None:
    """Keep nothing of members who have no role any more; the server still lets them in."""
    db.executemany("DELETE FROM member WHERE login = ?", [(login,) for login in logins])


def set_member(db: Connection, login: str, role: str) -> None:
    """Put a login into the group of a role and open the database to it, or take both away (no role)."""
    db.execute("SELECT set_member(CAST(:login AS TEXT), CAST(:role AS TEXT))", {"login": login, "role": role})
