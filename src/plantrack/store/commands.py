"""Commands: one row for each command that changed something; the facts stand under it."""

from datetime import datetime, timedelta

from plantrack.model.grouping import grouped
from plantrack.model.history import Withdrawal
from plantrack.model.moments import utc_moment
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection, insert
from plantrack.store.facts import withdrawn_commands


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


#: The tables of facts of a task: what names the task, and the day; what has no day of its own is of the opening.
_FACT_TABLES = (
    ("task", "uid", "''"),
    ("status_update", "task", "on_day"),
    ("deadline", "task", "COALESCE(on_day, '')"),
    ("assignment", "task", "COALESCE(on_day, '')"),
    ("change", "task", "''"),
)
_FACTS = " UNION ALL ".join(
    f"SELECT {task} AS task, command, {on} AS on_day FROM {table}" for table, task, on in _FACT_TABLES
)
#: Asks for the tasks of which a command `c`, of which a condition is true, recorded something that stands on `:day`.
TASKS_OF_COMMANDS = (
    "WITH theirs AS (SELECT c.number FROM command AS c WHERE {condition} "
    "AND NOT EXISTS (SELECT 1 FROM withdrawn_command AS w WHERE w.command = c.number)) "
) + " UNION ALL ".join(
    f"SELECT {task} FROM {table} WHERE command IN (SELECT number FROM theirs) AND {on} <= :day"
    for table, task, on in _FACT_TABLES
)


def commands_by_task(db: Connection, plan: str, day: str, known_at: str | None) -> dict[str, list[Command]]:
    """Return the commands that recorded something of the tasks of a plan that stands on a day, as known at a moment."""
    rows = db.query(
        f"SELECT DISTINCT f.task, c.number, c.verb, c.author, c.recorded_at FROM ({_FACTS}) AS f "
        "JOIN command AS c ON c.number = f.command JOIN task AS t ON t.uid = f.task "
        "WHERE t.plan = :plan AND f.on_day <= :day AND (CAST(:known AS TEXT) IS NULL OR c.recorded_at <= :known)",
        {"plan": plan, "day": day, "known": known_at},
    )
    gone = withdrawn_commands(db, known_at)
    return grouped((task, Command(*own)) for task, *own in rows if own[0] not in gone)


def authors(db: Connection, known_at: str | None = None) -> list[str]:
    """Return everybody who gave a command, as known at a moment."""
    rows = db.query(
        "SELECT DISTINCT author FROM command WHERE CAST(:known AS TEXT) IS NULL OR recorded_at <= :known "
        "ORDER BY author",
        {"known": known_at},
    )
    return [r[0] for r in rows]


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
