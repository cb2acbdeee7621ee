"""The members of a database on a server."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.model.views.header import ViewHeader


class MemberLine(NamedTuple):
    """A login with its role (empty: none any more), the organisation that it reports for, and whose login it is known to be."""

    login: str
    server_role: str
    organisation: str | None = None
    person: str | None = None


class MemberList(NamedTuple):
    """Who owns the database, and all members."""

    heading: ViewHeader
    members: tuple[MemberLine, ...]
