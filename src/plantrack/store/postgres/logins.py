"""The logins of a server, which its keeper makes: which there are, and what a database gives them."""

from plantrack.store.connection import Connection


def has_login(db: Connection, login: str) -> bool:
    """Return whether the server has a login of a name."""
    asked = (
        "SELECT r.rolname AS login FROM pg_catalog.pg_roles AS r WHERE r.rolname = :login AND r.rolcanlogin"
    )
    return bool(db.query(asked, {"login": login}))


def set_member(db: Connection, login: str, role: str) -> None:
    """Give a login the group of a role and open the database to it, or take both away (no role)."""
    db.execute("SELECT set_member(CAST(:login AS TEXT), CAST(:role AS TEXT))", {"login": login, "role": role})
