"""Backups that took the place of a database: what they lack of it, what they take over from it, and what is recorded."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from plantrack.model.grouping import CHUNK, chunks, grouped
from plantrack.model.named_tuple import NamedTuple
from plantrack.store import commands, stats
from plantrack.store.columns import RESTORE
from plantrack.store.commands import Before, Command, Typist
from plantrack.store.connection import Asked, Connection, Row, insert
from plantrack.store.exchange.fact_tables import BY_NAME
from plantrack.store.scope import among
from plantrack.store.sealing.history_check import last_numbers
from plantrack.store.sealing.row_hashes import OWN
from plantrack.store.sealing.seals import add_fact_rows, insert_apart, seal


class LastGiven(NamedTuple):
    """The last numbers that were given."""

    commands: int
    tasks: int

    def at_least(self, other: "LastGiven") -> "LastGiven":
        """Return the higher ones of two."""
        return LastGiven(*map(max, self, other))


class Restoration(NamedTuple):
    """A backup took the place of the database."""

    command: str
    recorded_at: str
    #: The last numbers that were given until then.
    commands: int
    tasks: int
    file: str
    #: The name under which what was there is kept.
    kept: str | None


def last_given(db: Connection) -> LastGiven:
    """Return the last numbers that were given: by what stands under them, and by the counters."""
    under = last_numbers(db)
    counted: dict[str, int] = dict(db.query("SELECT name, used FROM counter"))
    return LastGiven(*(max(under[name], counted.get(name, 0)) for name in ("command", "task")))


def lost_commands(db: Connection, backup: Connection) -> list[Command]:
    """Return the commands of a database that a backup does not have."""
    lost = list[Command]()
    for page in commands.pages(db, "1 = 1", {}):
        known = commands.commands_by_uid(backup, [command.uid for command in page])
        lost += [command for command in page if command.uid not in known]
    return lost


#: The tables of facts of a task, and what names the task there.
_OF_TASKS: Final = {"task": "uid"} | dict.fromkeys(
    ("status_update", "deadline", "assignment", "part", "change"), "task"
)


def touched_tasks(db: Connection, by: Iterable[str]) -> dict[str, list[str]]:
    """Map commands to the tasks that they recorded something of."""
    found = list[Row]()
    for some in chunks(by):
        theirs, params = among("f.command", "c", some)
        kinds = (
            f"SELECT f.command, f.{task} AS task FROM {table} AS f WHERE {theirs}"
            for table, task in _OF_TASKS.items()
        )
        found += db.query(" UNION ".join(kinds), params)
    return grouped((command, task) for command, task in found)


def parted_after(db: Connection, backup: Connection, *, by_seals: bool) -> int | None:
    """Return the number of the last command that both histories have alike, where both go on otherwise after it.

    None: one of them is the beginning of the other. `by_seals`: their seals must be the same too.
    """
    last = 0
    for one, other in zip(_history(db), _history(backup), strict=False):
        if one[:2] != other[:2] or (by_seals and one[2] != other[2]):
            return last
        last = one[0]
    return None


def _history(db: Connection) -> Iterator[Row]:
    """Yield the number, the uid and the seal of each command."""
    after = 0
    asked = (
        "SELECT c.number, c.uid, s.hash FROM command AS c LEFT JOIN seal AS s ON s.command = c.uid "
        "WHERE c.number > :after ORDER BY c.number LIMIT :n"
    )
    while page := db.query(asked, {"after": after, "n": CHUNK}):
        yield from page
        after = page[-1][0]


#: What stands under no command and says what went out, and what its rows name.
_SENT: Final = {"delivery": ("plan",), "form": ("plan", "organisation")}
_NAMED_IN: Final = {"plan": "plan", "organisation": "organisation"}


def take_over_sent(db: Connection, before: Connection) -> tuple[dict[str, int], int]:
    """Add what was sent by the database before; return how many rows of each kind, and how many name what is not there."""
    taken, left = dict[str, int](), 0
    known = {
        name: {r[0] for r in db.query(f"SELECT x.id FROM {table} AS x")} for name, table in _NAMED_IN.items()
    }
    for table, named in _SENT.items():
        columns = tuple(name for name in BY_NAME[table].columns if name != OWN)
        places = [(columns.index(name), known[name]) for name in named]
        taken[table] = 0
        for some in chunks(
            before.query(f"SELECT {', '.join(f'f.{c}' for c in columns)} FROM {table} AS f ORDER BY f.uid")
        ):
            there = _there(db, table, [row[0] for row in some])
            new = [row for row in some if row[0] not in there]
            fitting = [row for row in new if all(row[place] in ids for place, ids in places)]
            insert_apart(db, table, [dict(zip(columns, row, strict=True)) for row in fitting])
            taken[table] += len(fitting)
            left += len(new) - len(fitting)
    return taken, left


def _there(db: Connection, table: str, uids: list[str]) -> set[str]:
    theirs, params = among("f.uid", "u", uids)
    return {r[0] for r in db.query(f"SELECT f.uid FROM {table} AS f WHERE {theirs}", params)}


def record_restore(
    db: Connection,
    given: LastGiven,
    latest: str | None,
    author: str,
    now: datetime,
    typist: Typist,
    **of: Any,
) -> Command:
    """Record that a database took the place of another, as a command after all of both, inside the caller's transaction."""
    counters = {"command": given.commands, "task": given.tasks}
    insert(db, "counter", [{"name": name, "used": used} for name, used in counters.items()], key="name")
    command, _ = commands.record_after(db, Before(latest), RESTORE, author, now, typist)
    row = Restoration(command.uid, command.recorded_at, given.commands, given.tasks, **of)
    add_fact_rows(db, "restoration", [row._asdict()])
    seal(db, command.uid)
    return command


def restoration_of(db: Connection, command: str) -> Restoration | None:
    """Return what a command put in place."""
    rows = db.query(f"{_RESTORATION} WHERE r.command = :command", {"command": command})
    return Restoration(*rows[0]) if rows else None


def ask_all_restorations(db: Connection) -> Asked[list[Restoration]]:
    """Ask for all there were."""
    rows = db.ask(_RESTORATION)
    return lambda: [Restoration(*row) for row in rows()]


_RESTORATION = "SELECT r.command, r.recorded_at, r.commands, r.tasks, r.file, r.kept FROM restoration AS r"


def carry_notes(db: Connection, before: Connection) -> None:
    """Keep what stands for both, because one is the beginning of the other: the id, and which backup was the last."""
    for name in ("id", "last_backup"):
        if (value := stats.get(before, name)) is not None:
            stats.put(db, name, value)
