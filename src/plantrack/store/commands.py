"""Commands: one row for each command that changed something; the facts stand under it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from plantrack.model.history import Withdrawal
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.uid import UidMaker
from plantrack.store.connection import Connection, insert
from plantrack.store.scope import among


class Typist(NamedTuple):
    """Who typed a command: their name, where they are not its author, and as whom the machine knows them."""

    entered_by: str | None = None
    login: str | None = None


#: Of a command of which nobody says who typed it.
NOBODY_TOLD: Final = Typist()


class Command(NamedTuple):
    """A command that changed something: who, when, which verb."""

    uid: str
    number: int
    verb: str
    author: str
    recorded_at: str
    entered_by: str | None = None
    login: str | None = None
    #: Where it was recorded; empty: in the database that all others come from.
    site: str = ""

    @property
    def label(self) -> str:
        """Return the name people use."""
        return f"c{self.number}"


_COMMAND = ", ".join(Command._fields)


def record(db: Connection, verb: str, author: str, now: datetime, typist: Typist = NOBODY_TOLD) -> Command:
    """Add a command; its moment is later than every earlier one's, whatever the clock says."""
    latest = last_moment(db)
    moment = utc_moment(now)
    if latest is not None and moment <= latest:
        moment = utc_moment(_read(latest) + timedelta(milliseconds=1))
    number = next_numbers(db, "command")[0]
    command = Command(UidMaker()(_read(moment)), number, verb, author, moment, *typist)
    insert(db, "command", [command._asdict()])
    return command


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def next_numbers(db: Connection, counter: str, count: int = 1) -> range:
    """Take the next numbers of a counter; they are given back only if the transaction is."""
    rows = db.query(
        "INSERT INTO counter (name, used) VALUES (:name, :count) "
        "ON CONFLICT (name) DO UPDATE SET used = counter.used + excluded.used RETURNING used",
        {"name": counter, "count": count},
    )
    return range(int(rows[0][0]) - count + 1, int(rows[0][0]) + 1)


def last_moment(db: Connection) -> str | None:
    """Return the moment of the last recorded command."""
    rows = db.query("SELECT recorded_at FROM command ORDER BY recorded_at DESC LIMIT :n", {"n": 1})
    return rows[0][0] if rows else None


def commands(db: Connection, known_at: str | None = None) -> list[Command]:
    """Return all commands, the oldest first."""
    rows = db.query(
        f"SELECT {_COMMAND} FROM command WHERE CAST(:known AS TEXT) IS NULL OR recorded_at <= :known "
        "ORDER BY recorded_at, number",
        {"known": known_at},
    )
    return [Command(*r) for r in rows]


def command(db: Connection, number: int) -> Command | None:
    """Find a command by its number."""
    rows = db.query(f"SELECT {_COMMAND} FROM command WHERE number = :number", {"number": number})
    return Command(*rows[0]) if rows else None


def commands_of(db: Connection, author: str) -> list[Command]:
    """Return an author's commands, the newest first."""
    rows = db.query(
        f"SELECT {_COMMAND} FROM command WHERE author = :author ORDER BY recorded_at DESC, number DESC",
        {"author": author},
    )
    return [Command(*r) for r in rows]


def numbers_of(db: Connection, uids: Collection[str]) -> list[int]:
    """Return the numbers of some commands, the lowest first."""
    theirs, params = among("uid", "u", uids)
    return [r[0] for r in db.query(f"SELECT number FROM command WHERE {theirs} ORDER BY number", params)]


def withdraw(db: Connection, undo: Command, target: Command) -> Withdrawal:
    """Record that a command takes another one back."""
    row = {"command": undo.uid, "target": target.uid, "recorded_at": undo.recorded_at}
    insert(db, "withdrawal", [row])
    return Withdrawal(**row, number=undo.number)
