"""Commands: one row for each command that changed something; the facts stand under it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from plantrack.model.history import Withdrawal
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.uid import UidMaker
from plantrack.store.connection import Connection, insert
from plantrack.store.scope import among, chunks


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


#: The tables of facts of a task: what names the task, and the day; what has no day of its own is of the opening.
_FACT_TABLES = (
    ("task", "uid", "''"),
    ("status_update", "task", "on_day"),
    ("deadline", "task", "COALESCE(on_day, '')"),
    ("assignment", "task", "COALESCE(on_day, '')"),
    ("change", "task", "''"),
)
#: Asks for the tasks of which a command `c`, of which a condition is true, recorded something that stands on `:day`.
TASKS_OF_COMMANDS = (
    "WITH theirs AS (SELECT c.uid FROM command AS c WHERE {condition} "
    "AND NOT EXISTS (SELECT 1 FROM withdrawn_command AS w WHERE w.command = c.uid)) "
) + " UNION ALL ".join(
    f"SELECT {task} FROM {table} WHERE command IN (SELECT uid FROM theirs) AND {on} <= :day"
    for table, task, on in _FACT_TABLES
)


def authors(db: Connection) -> list[str]:
    """Return everybody who gave a command."""
    return [r[0] for r in db.query("SELECT DISTINCT author FROM command ORDER BY author")]


def commands_by_uid(db: Connection, uids: Collection[str]) -> dict[str, Command]:
    """Return some commands by their uids."""
    found: dict[str, Command] = {}
    for some in chunks(sorted(uids)):
        theirs, params = among("uid", "u", some)
        rows = db.query(f"SELECT {_COMMAND} FROM command WHERE {theirs}", params)
        found.update((r[0], Command(*r)) for r in rows)
    return found


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


def withdrawals(db: Connection) -> list[Withdrawal]:
    """Return every undo there is."""
    rows = db.query(
        "SELECT w.command, w.target, w.recorded_at, c.number FROM withdrawal AS w "
        "JOIN command AS c ON c.uid = w.command"
    )
    return [Withdrawal(*r) for r in rows]


def undone_by(db: Connection, uids: Collection[str]) -> dict[str, int]:
    """Return those of some commands that do not count, each with the number of the undo that did it."""
    found: dict[str, int] = {}
    for some in chunks(sorted(uids)):
        theirs, params = among("command", "c", some)
        found.update(db.query(f"SELECT command, by_number FROM withdrawn_command WHERE {theirs}", params))
    return found


def withdrawn_commands(db: Connection) -> dict[str, int]:
    """Return the commands that do not count, each with the number of the undo that did it."""
    return {r[0]: r[1] for r in db.query("SELECT command, by_number FROM withdrawn_command")}
