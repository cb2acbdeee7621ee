"""The members of a database on a server: which login has which role, and for which organisation it reports."""

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.text import clean_line, nearest
from plantrack.model.typed.vietnamese_names import SERVER_ROLES, name_meant
from plantrack.model.views.member import MemberLine, MemberList
from plantrack.services.context import Context
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.command_writer import CommandWriter
from plantrack.services.writing.run_command import run_command
from plantrack.store import people
from plantrack.store.connection import Connection
from plantrack.store.server.members import (
    NO_ROLE,
    Member,
    MemberFact,
    derive_members,
    insert_member_fact,
    let_in,
    members,
    owner,
    what_makes_login,
)


class MemberChanged(NamedTuple):
    """A member after a command, what they were before (None: nobody), and what the command did."""

    line: MemberLine
    before: Member | None
    written: CommandResult


def list_members(context: Context) -> MemberList:
    """Return who owns the database, then the members, in the order of their logins.

    Raises: server-only.
    """
    _refuse_file(context.db)
    first = owner(context.db)
    others = (one for one in members(context.db) if one.login != first.login)
    return MemberList(context.heading, tuple(_line(context, one) for one in (first, *others)))


def add_member(context: Context, login: str, role: str, organisation: str | None = None) -> MemberChanged:
    """Let a login of the server in, with a role; one that it has already is given again, in case the server forgot it.

    Raises: login-missing, member-is-owner, member-oneself, member-needs-organisation, member-without-organisation, server-only, unknown-role; those of `clean_line`, `Names.organisation`, `run_command`.
    """
    _refuse_file(context.db)
    new = _read(context, login, role, organisation)
    _refuse_owner(context.db, new.login)
    _refuse_login(context.db, new.login)
    return _record(context, "member add", new)


def remove_member(context: Context, login: str) -> MemberChanged:
    """Take its role from a login.

    Raises: member-is-owner, member-oneself, server-only, unknown-member; those of `clean_line`, `run_command`.
    """
    _refuse_file(context.db)
    known = {one.login: one for one in members(context.db)}
    own = clean_line(login, what="login", limit=200)
    if own not in known:
        _refuse_owner(context.db, own)
        raise Failure("unknown-member", login=own, near=nearest(own, known))
    return _record(context, "member remove", Member(own, NO_ROLE))


def _refuse_file(db: Connection) -> None:
    if not db.told.role:
        raise Failure("server-only", file=db.name)


def _read(context: Context, login: str, role: str, organisation: str | None) -> Member:
    """Read what was typed; who reports does it for an organisation, and nobody else has one."""
    own, known = clean_line(login, what="login", limit=200), name_meant(role.strip(), SERVER_ROLES)
    if known is None:
        raise Failure("unknown-role", text=role)
    if known == "reporter" and organisation is None:
        raise Failure("member-needs-organisation", login=own)
    if known != "reporter" and organisation is not None:
        raise Failure("member-without-organisation", login=own, role=known)
    id = context.names.organisation(organisation, context.today).id if organisation is not None else None
    return Member(own, known, id)


def _refuse_owner(db: Connection, login: str) -> None:
    """Refuse a role of the owner's: there everything is allowed to them, whatever is said here."""
    if login == owner(db).login:
        raise Failure("member-is-owner", login=login)


def _refuse_login(db: Connection, login: str) -> None:
    """Refuse a login that the server does not have: its keeper makes it, with a password of its own."""
    if statement := what_makes_login(db, login):
        raise Failure("login-missing", login=login, statement=statement)


def _record(context: Context, verb: str, new: Member) -> MemberChanged:
    before: list[Member | None] = []

    def body(writer: CommandWriter) -> None:
        old = {one.login: one for one in members(writer.db)}.get(new.login)
        if old == new:
            let_in(writer.db, new)
        else:
            by = writer.command
            insert_member_fact(
                writer.db, MemberFact(writer.uid(), by.uid, new.login, by.recorded_at, *new[1:])
            )
            derive_members(writer.db)
        before[:] = [old]

    written = run_command(context, verb, body)
    return MemberChanged(_line(context, new), before[0], written)


def _line(context: Context, member: Member) -> MemberLine:
    person = people.person_of_login(context.db, member.login)
    return MemberLine(*member, person=person.name if person else None)
