"""The facts of commands as they were when the command was sealed, read in the order of the commands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from plantrack.model.grouping import CHUNK, chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.store.connection import Asked, Connection, Row
from plantrack.store.exchange.fact_tables import BY_NAME, FACT_TABLES, FactTable
from plantrack.store.scope import among
from plantrack.store.sealing.row_hashes import NAMES, OWN, NameHashes, row_hash

#: The facts that stand under no command.
APART: Final = ("form", "delivery")
_NOT_SEALED: Final = (*APART, "seal", "salt")
#: The tables that a seal stands for.
SEALED: Final = tuple(table for table in FACT_TABLES if table.name not in _NOT_SEALED)
#: How many rows are hashed at once.
_AT_ONCE: Final = 1000

#: The rows that have a hash of their own: their table, columns and key.
OWN_HASHES: Final = (
    ("meta", ("name", "value"), "name"),
    *((name, tuple(c for c in BY_NAME[name].columns if c != OWN), "uid") for name in APART),
)


class SealedCommand(NamedTuple):
    """A command with the hashes of its rows, by table, in the order in which they were read."""

    uid: str
    number: int
    hashes: dict[str, list[bytes]]


class HashedRow(NamedTuple):
    """A row of a command: its key, the task that it is of, and its hash."""

    command: str
    key: str
    task: str | None
    hash: bytes


def all_salts(db: Connection) -> dict[str, str]:
    """Return the salts of all names."""
    return dict(db.query("SELECT who, salt FROM salt"))


def ask_salts_of_command(db: Connection, command: str) -> Asked[dict[str, str]]:
    """Ask for the salts of the names of those who gave a command."""
    rows = db.ask(
        "SELECT x.who, x.salt FROM command AS c JOIN salt AS x ON x.who IN (c.author, c.entered_by, c.login) "
        "WHERE c.uid = :command",
        {"command": command},
    )
    return lambda: dict(rows())


def salt_of(db: Connection, name: str) -> str | None:
    """Return the salt of a name, if it has one."""
    rows = db.query("SELECT x.salt FROM salt AS x WHERE x.who = :name", {"name": name})
    return rows[0][0] if rows else None


def recorded_names(db: Connection, columns: Mapping[str, Collection[str]] = NAMES) -> set[str]:
    """Return every name that stands in some columns of names, by table, but for those that were forgotten."""
    found: set[str] = set()
    for table, names in columns.items():
        for name in names:
            found |= {row[0] for row in db.query(f"SELECT DISTINCT {name} AS who FROM {table}") if row[0]}
    return {name for name in found if not is_hidden(name)}


def sealed_commands(db: Connection, names: NameHashes, after: int = 0) -> Iterator[SealedCommand]:
    """Yield all commands after a number, each with the hashes of its rows."""
    asked = "SELECT c.uid, c.number FROM command AS c WHERE c.number > :after ORDER BY c.number LIMIT :n"
    while page := db.query(asked, {"after": after, "n": CHUNK}):
        found = hashes_of(db, [uid for uid, _ in page], names)
        yield from (SealedCommand(uid, number, found[uid]) for uid, number in page)
        after = page[-1][1]


def hashes_of(
    db: Connection, commands: Sequence[str], names: NameHashes
) -> dict[str, dict[str, list[bytes]]]:
    """Return the hashes of the rows of some commands, by table."""
    found: dict[str, dict[str, list[bytes]]] = {uid: {} for uid in commands}
    rows_of = [(table.name, hashed_rows(db, table, commands, names)) for table in SEALED]
    for table, rows in rows_of:
        for row in rows:
            found[row.command].setdefault(table, []).append(row.hash)
    return found


def hashed_rows(
    db: Connection, table: FactTable, commands: Sequence[str], names: NameHashes
) -> Iterator[HashedRow]:
    """Return the rows of a table that some commands added, as they were then."""
    theirs, params = among(_command_of(table), "c", commands)
    asked = f"SELECT {_command_of(table)} AS of_command, {', '.join(f'f.{c}' for c in table.columns)} {_from(table)}"
    return _hashed(db, table, db.stream(f"{asked} WHERE {theirs}", params), names)


def _hashed(db: Connection, table: FactTable, rows: Iterator[Row], names: NameHashes) -> Iterator[HashedRow]:
    columns, key = table.columns, [table.columns.index(name) for name in table.key]
    task = columns.index("task") if "task" in columns else None
    while some := list(islice(rows, _AT_ONCE)):
        own = [row[1:] for row in some]
        then = as_opened(db, own) if table.name == "task" else own
        for (command, *_), now, row in zip(some, own, then, strict=True):
            name = "/".join(str(now[place]) for place in key)
            of = name if table.name == "task" else None if task is None else now[task]
            yield HashedRow(command, name, of, row_hash(table.name, columns, row, names))


def _command_of(table: FactTable) -> str:
    """Return the SQL of the command whose fact a row `f` is."""
    if table.name == "command":
        return "f.uid"
    return "f.command" if "command" in table.columns else "r.command"


def _from(table: FactTable) -> str:
    """Return where the rows are read; what a plan includes is of the command of its revision."""
    joined = "JOIN plan_revision AS r ON r.plan = f.plan AND r.revision = f.revision"
    return f"FROM {table.name} AS f" + (f" {joined}" if _command_of(table) == "r.command" else "")


#: The places of a task's own fields, which corrections change.
FIELDS: Final = {name: place for place, name in enumerate(BY_NAME["task"].columns)}


def as_opened(db: Connection, rows: Sequence[Row]) -> list[Row]:
    """Return the own fields of tasks as they were opened: what was corrected has its first value."""
    uid = FIELDS["uid"]
    first: dict[str, dict[str, str | None]] = {}
    for some in chunks(row[uid] for row in rows):
        theirs, params = among("h.task", "t", some)
        asked = f"SELECT h.task, h.field, h.old_value FROM change AS h WHERE {theirs} ORDER BY h.recorded_at, h.uid"
        for task, field, old in db.query(asked, params):
            first.setdefault(task, {}).setdefault(field, old)
    return [with_values(row, first[row[uid]]) if row[uid] in first else row for row in rows]


def with_values(row: Row, values: Mapping[str, str | None]) -> Row:
    """Return the own fields of a task with other values in some of them."""
    new = list(row)
    for field, value in values.items():
        if field in FIELDS:
            new[FIELDS[field]] = value
    return tuple(new)
