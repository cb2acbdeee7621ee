"""What the roles of a server let who has them do, and how the rest is refused before it is tried."""

from typing import Final

from plantrack.errors import Failure
from plantrack.store.columns import ANONYMISE, REPORTS
from plantrack.store.commands import Command
from plantrack.store.connection import Connection

#: The commands of those who report, who take back only such; and those that are the owner's alone: a copy that takes the
#: place of its source is one.
OF_REPORTERS: Final = (*REPORTS, "undo")
_OF_OWNERS: Final = (ANONYMISE, "db upgrade", "db copy")


#: Each may do all that those before it may.
_ROLES: Final = ("viewer", "reporter", "coordinator", "owner")


def role_needed(command: str) -> str:
    """Return the least role that allows what a command writes (empty: no command of ours)."""
    if command in _OF_OWNERS:
        return "owner"
    return "reporter" if not command or command in OF_REPORTERS else "coordinator"


def may_write(role: str, command: str) -> bool:
    """Return whether a role (empty: a file has none) allows what a command writes."""
    return not role or _ROLES.index(role) >= _ROLES.index(role_needed(command))


def is_own_report(db: Connection, command: Command) -> bool:
    """Return whether a command is a report of whoever is at work on a server."""
    return command.verb in OF_REPORTERS and command.login == db.told.login


def refused(db: Connection, needed: str = "") -> Failure:
    """Return why something may not be written into a database; `needed`: the role for it, where the command tells less."""
    reason = f"needs {needed or role_needed(db.command)}"
    return Failure(
        db.refusal or "not-permitted", file=db.name, login=db.told.login, role=db.told.role, reason=reason
    )
