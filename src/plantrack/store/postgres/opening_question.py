"""What an address leads to: the place of its tables, what they say of themselves, and who asks."""

from abc import ABC, abstractmethod
from typing import Final

import psycopg

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import SCHEMA_VERSION, TOLD_AT_OPENING, Row
from plantrack.store.server.roles import may_write

OPENING: Final = f"""
SELECT current_schema() AS place, m.name, m.value FROM meta AS m WHERE m.name IN {("version", *TOLD_AT_OPENING)!r}
UNION ALL SELECT current_schema(), told.name, told.value FROM pg_catalog.pg_class AS c
LEFT JOIN member AS p ON p.login = session_user
CROSS JOIN LATERAL (VALUES ('login', CAST(session_user AS TEXT)), ('organisation', COALESCE(p.organisation, '')),
  ('owner', CAST(pg_get_userbyid(c.relowner) AS TEXT)),
  ('role', CASE WHEN pg_has_role(c.relowner, 'USAGE') THEN 'owner' ELSE COALESCE(p.server_role, '') END)
) AS told (name, value) WHERE c.oid = to_regclass('meta')
"""
#: Whether somebody has the tables, though whoever asks may not even know of them.
HIDDEN_TABLES: Final = (
    "SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE c.relname = 'meta' AND c.relkind = 'r' AND NOT has_schema_privilege(n.oid, 'USAGE')"
)


class Told(NamedTuple):
    """What a database says of itself, and of who asks."""

    #: The schema of the tables.
    place: str = "public"
    site: str = ""
    moved: str = ""
    is_example: bool = False
    login: str = ""
    #: `owner`, or one of SERVER_ROLES.
    role: str = ""
    organisation: str = ""


class Heard(ABC):
    """What a connection knows of its database and of who asks, once that was heard."""

    driver: "psycopg.Connection[Row]"
    #: The command of ours that runs.
    command: str

    @abstractmethod
    def _heard(self) -> Told:
        """Return what the database says, which comes with the first answer."""

    @property
    def shared(self) -> str:
        """Return the schema of the tables."""
        return self._heard().place

    @property
    def site(self) -> str:
        """Return the name of the place where this database is worked in, if it has one."""
        return self._heard().site

    @property
    def moved(self) -> str:
        """Return where the data went and when, as JSON."""
        return self._heard().moved

    @property
    def is_example(self) -> bool:
        """Return whether the data is made up."""
        return self._heard().is_example

    @property
    def login(self) -> str:
        """Return as whom the server knows who is at work."""
        return self._heard().login or self.driver.info.user

    @property
    def role(self) -> str:
        """Return the role of who is at work."""
        return self._heard().role

    @property
    def organisation(self) -> str:
        """Return the organisation of who is at work."""
        return self._heard().organisation

    @property
    def refusal(self) -> str:
        """Return the code of every write that the command may not do with the role that it has."""
        return "" if may_write(self.role, self.command) else "not-permitted"


def what_it_tells(name: str, rows: list[Row], *, older: bool) -> Told:
    """Read the answer to the opening question.

    Raises: database-foreign, database-newer, not-member, server-older.
    """
    said = {key: value for _, key, value in rows}
    if not said.get("version", "").isdigit():
        raise Failure("database-foreign", file=name)
    if not said["role"]:
        raise Failure("not-member", file=name, login=said["login"])
    version = int(said["version"])
    if version > SCHEMA_VERSION:
        raise Failure("database-newer", file=name, theirs=version, ours=SCHEMA_VERSION, upgraded=None)
    if version < SCHEMA_VERSION and not older:
        raise Failure("server-older", file=name, theirs=version, ours=SCHEMA_VERSION, owner=said["owner"])
    who = (said["login"], said["role"], said["organisation"])
    return Told(rows[0][0], said.get("site", ""), said.get("moved", ""), "example" in said, *who)


def why_not_told(name: str, failure: Failure, login: str, *, is_hidden: bool) -> Failure:
    """Return why the opening question was not answered; `is_hidden`: there are tables that are not for who asks."""
    cause = failure.__cause__
    if failure.code == "not-permitted" or is_hidden:
        return Failure("not-member", file=name, login=login)
    if isinstance(cause, psycopg.errors.UndefinedTable):
        return Failure("server-empty", file=name)
    return (
        Failure("database-foreign", file=name)
        if isinstance(cause, psycopg.errors.UndefinedColumn)
        else failure
    )
