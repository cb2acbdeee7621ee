"""Where the texts of a database still name somebody: they are facts that were typed, and stay as they are."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.people.hidden_name import is_hidden
from plantrack.store.columns import KINDS
from plantrack.store.commands import commands_by_uid
from plantrack.store.connection import Connection
from plantrack.store.exchange.fact_tables import FACT_TABLES, FactTable
from plantrack.store.sealing.row_hashes import NAMES
from plantrack.store.tasks import label_of_uid

#: Hashes and what they are made with; the plan as JSON, whose document says the same.
_NO_TEXTS: Final = {
    "seal": ("row_hashes",),
    "salt": ("who", "salt"),
    "plan_revision": ("content", "git_commit"),
}
#: Columns that hold a text, as far as their kind tells: it takes any.
_ANY_TEXT: Final = "any text"


class TextFound(NamedTuple):
    """A text that names somebody: of which table and column, recorded by which command (its label), of which task."""

    table: str
    column: str
    command: str | None = None
    task: str | None = None
    #: What names the row where no task does.
    key: str = ""


def texts_found(
    db: Connection, is_named_in: Callable[[str], bool], left: Collection[str]
) -> Iterator[TextFound]:
    """Yield the texts in which somebody is named; `left`: what may stand alone where people are named."""
    for table in FACT_TABLES:
        places = _text_places(table)
        if not places:
            continue
        rows = db.stream(f"SELECT {', '.join(f'f.{c}' for c in table.columns)} FROM {table.name} AS f")
        named = (
            (row, column)
            for row in rows
            for place, column in places
            if row[place] and not _is_name_alone(table, column, row[place], left) and is_named_in(row[place])
        )
        for some in chunks(named):
            yield from _labelled(db, table, some)


def _text_places(table: FactTable) -> list[tuple[int, str]]:
    """Return the columns of a table that may hold any text."""
    skipped = _NO_TEXTS.get(table.name, ())
    return [
        (place, column)
        for place, column in enumerate(table.columns)
        if column not in skipped and (column not in KINDS or _takes_text(column))
    ]


def _takes_text(column: str) -> bool:
    kind = KINDS[column]
    return str in kind.types and not kind.few and kind.fits(_ANY_TEXT)


def _is_name_alone(table: FactTable, column: str, value: object, left: Collection[str]) -> bool:
    """Return whether a value is no text: a number, or in a column of names one alone that is known."""
    if not isinstance(value, str):
        return True
    return column in NAMES.get(table.name, ()) and (is_hidden(value) or value in left)


def _labelled(
    db: Connection, table: FactTable, found: Iterable[tuple[tuple[object, ...], str]]
) -> Iterator[TextFound]:
    """Name commands and tasks as people do."""
    rows = [(dict(zip(table.columns, row, strict=True)), column) for row, column in found]
    by = "uid" if table.name == "command" else "command"
    of = "uid" if table.name == "task" else "task"
    commands = commands_by_uid(db, {str(row[by]) for row, _ in rows if row.get(by)})
    tasks = label_of_uid(db, {str(row[of]) for row, _ in rows if row.get(of)})
    for row, column in rows:
        command, task = commands.get(str(row.get(by))), tasks.get(str(row.get(of)))
        key = "" if task else "/".join(str(row[name]) for name in table.key)
        yield TextFound(table.name, column, command and command.label, task and task[0], key)
