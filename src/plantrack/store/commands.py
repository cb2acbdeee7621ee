"""Commands: one row for each command that changed something; the facts stand under it."""

from datetime import datetime, timedelta

from plantrack.model.history import Withdrawal
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection, insert


class Command(NamedTuple):
    """A command that changed something: who, when, which verb."""

    number: int
    verb: str
    author: str
    recorded_at: str

    @property
    def label(self) -> str:
        """Return the name people use."""
        return f"c{self.number}"


def record(db: Connection, verb: str, author: str, now: datetime) -> Command:
    """Add a command; its moment is later than every earlier one's, whatever the clock says."""
    latest = last_moment(db)
    moment = utc_moment(now)
    if latest is not None and moment <= latest:
        moment = utc_moment(_read(latest) + timedelta(milliseconds=1))
    command = Command(next_numbers(db, "command")[0], verb, author, moment)
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
        "SELECT number, verb, author, recorded_at FROM command "
        "WHERE CAST(:known AS TEXT) IS NULL OR recorded_at <= :known ORDER BY number",
        {"known": known_at},
    )
    return [Command(*r) for r in rows]


def command(db: Connection, number: int) -> Command | None:
    """Find a command by its number."""
    rows = db.query(
        "SELECT number, verb, author, recorded_at FROM command WHERE number = :number", {"number": number}
    )
    return Command(*rows[0]) if rows else None


def commands_of(db: Connection, author: str) -> list[Command]:
    """Return an author's commands, the newest first."""
    rows = db.query(
        "SELECT number, verb, author, recorded_at FROM command WHERE author = :author ORDER BY number DESC",
        {"author": author},
    )
    return [Command(*r) for r in rows]


def withdraw(db: Connection, withdrawal: Withdrawal) -> None:
    """Record that a command takes another one back."""
    insert(db, "withdrawal", [withdrawal._asdict()])
