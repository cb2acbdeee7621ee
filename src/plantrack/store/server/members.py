"""The members of a database on a server: facts say which role a login has, and what is derived of them is let in by the server."""

from collections.abc import Collection, Mapping
from typing import Final

from plantrack.errors import Failure
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.model.task import task_label
from plantrack.store.connection import Asked, Connection, insert
from plantrack.store.scope import among
from plantrack.store.sealing.seals import add_facts
from plantrack.store.sqlite.connection import SQLite


class Member(NamedTuple):
    """A login with its role in this database, and the organisation that it reports for."""

    login: str
    #: Empty: none any more.
    server_role: str
    organisation: str | None = None


class MemberFact(NamedTuple):
    """What a command says of a login from then on."""

    uid: str
    command: str
    login: str
    recorded_at: str
    server_role: str
    organisation: str | None


_FACT: Final = ", ".join(f"f.{field}" for field in MemberFact._fields)
#: Nobody has this role.
NO_ROLE: Final = ""
#: Nobody is given this one: it is of the login that the tables belong to.
OWNER: Final = "owner"


def members(db: Connection) -> list[Member]:
    """Return the members, in the order of their logins."""
    rows = db.query("SELECT login, server_role, organisation FROM member")
    return sorted(Member._make(row) for row in rows)


def owner(db: Connection) -> Member:
    """Return who owns a database on a server, whatever else is said of that login."""
    from plantrack.store.postgres.logins import owner_of

    return Member(owner_of(db), OWNER)


def member_facts(db: Connection) -> list[MemberFact]:
    """Return all that was said of members, what was taken back too, in its order."""
    return ask_member_facts(db)()


def ask_member_facts(db: Connection) -> Asked[list[MemberFact]]:
    """Ask for what `member_facts` returns."""
    rows = db.ask(f"SELECT {_FACT} FROM member_fact AS f")
    return lambda: sorted(map(MemberFact._make, rows()), key=lambda fact: (fact.recorded_at, fact.uid))


def standing_members(db: Connection, gone: Collection[str] | None = None) -> list[Member]:
    """Return the members that the facts give; a login that was forgotten is nobody's. `gone`: as of `known_people`."""
    if gone is None:
        gone = {uid for (uid,) in db.query("SELECT w.command FROM withdrawn_command AS w")}
    facts = [fact for fact in member_facts(db) if fact.command not in gone and not is_hidden(fact.login)]
    last = {fact.login: Member(fact.login, fact.server_role, fact.organisation) for fact in facts}
    return [last[login] for login in sorted(last) if last[login].server_role != NO_ROLE]


def ask_say_of_members(db: Connection, commands: Collection[str]) -> Asked[bool]:
    """Ask whether some commands say anything of a member."""
    theirs, params = among("command", "c", commands)
    rows = db.ask(f"SELECT login FROM member_fact WHERE {theirs} LIMIT :n", {**params, "n": 1})
    return lambda: bool(rows())


def insert_member_fact(db: Connection, fact: MemberFact) -> None:
    """Add what is said of a login; `derive_members` follows in the same transaction."""
    add_facts(db, "member_fact", MemberFact._fields, [fact])


def derive_members(db: Connection) -> None:
    """Bring the members in line with what is said of them, and let the server know of those who changed.

    Raises: member-oneself.
    """
    kept, meant = ({one.login: one for one in found} for found in (_kept(db), standing_members(db)))
    gone = [login for login in kept if login not in meant]
    changed = [one for login, one in meant.items() if kept.get(login) != one]
    if db.told.role != OWNER and db.told.login in {*gone, *(one.login for one in changed)}:
        raise Failure("member-oneself", login=db.told.login)
    if gone:  # of a server: in a file all are made anew
        from plantrack.store.postgres.logins import drop_members

        drop_members(db, gone)
    insert(db, "member", [one._asdict() for one in changed], key="login")
    for one in [*(Member(login, NO_ROLE) for login in gone), *changed]:
        let_in(db, one)


def foreign_tasks(db: Connection, reported: Mapping[str, str]) -> tuple[str, ...]:
    """Return the labels of the tasks on which a server lets nobody at work here report on the days that are spoken of."""
    if isinstance(db, SQLite) or not reported:
        return ()
    from plantrack.store.postgres.logins import not_to_report

    return tuple(task_label(*own) for own in not_to_report(db, reported))


def what_makes_login(db: Connection, login: str) -> str:
    """Return the statement that makes a login; empty where the server has it."""
    from plantrack.store.postgres.logins import has_login, written_in_sql

    return "" if has_login(db, login) else f"CREATE ROLE {written_in_sql(login)} LOGIN"


def _kept(db: Connection) -> list[Member]:
    """Return what is kept, whatever it is; in a file, where nobody is let in, it is made anew, and not even read."""
    if isinstance(db, SQLite):
        db.execute("DELETE FROM member")
        return []
    from plantrack.store.postgres.logins import kept_members

    return [Member._make(row) for row in kept_members(db)]


def let_all_in(db: Connection) -> tuple[str, ...]:
    """Let in all members anew, where the server may be another one than theirs was; return their logins."""
    if not (found := members(db)):
        return ()
    with db.atomic():
        for member in found:
            let_in(db, member)
    return tuple(member.login for member in found)


def let_in(db: Connection, member: Member) -> None:
    """Let the server give a login the group of its role, and open the database to it; of a file there is none."""
    if not isinstance(db, SQLite):
        from plantrack.store.postgres.logins import set_member

        set_member(db, member.login, member.server_role)
