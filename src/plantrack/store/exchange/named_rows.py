"""What facts name in other tables: that it is there."""

from collections.abc import Sequence
from typing import Final

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.named_tuple import NamedTuple
from plantrack.store.connection import Connection
from plantrack.store.exchange.checked_lines import ReadFact
from plantrack.store.scope import among


class _Named(NamedTuple):
    """The table that columns name, and its key; the last column of that is the one asked for."""

    table: str
    key: tuple[str, ...]


_COMMAND: Final = _Named("command", ("uid",))
_TASK: Final = _Named("task", ("uid",))
_PERSON: Final = _Named("person", ("uid",))
_ORGANISATION: Final = _Named("organisation", ("id",))
#: What columns name, by the columns: one name means one thing in every table.
_NAMES: Final = {
    ("command",): _COMMAND,
    ("target",): _COMMAND,
    ("task",): _TASK,
    ("carried_from",): _TASK,
    ("occurrence_of",): _TASK,
    ("base",): _Named("status_update", ("uid",)),
    ("person",): _PERSON,
    ("merged_into",): _PERSON,
    ("organisation",): _ORGANISATION,
    ("same_as",): _ORGANISATION,
    ("form",): _Named("form", ("uid",)),
    ("plan",): _Named("plan", ("id",)),
    ("plan", "area"): _Named("area", ("plan", "code")),
    ("plan", "activity"): _Named("activity", ("plan", "code")),
}


def refuse_unknown(db: Connection, file: str, table: str, facts: Sequence[ReadFact]) -> None:
    """Refuse facts that name what is neither in the database nor among them.

    Raises: bundle-unknown.
    """
    for columns, named in _NAMES.items():
        if not facts or not {*columns} <= facts[0].row.keys():
            continue
        asked = {tuple(fact.row[name] for name in columns): fact for fact in facts}
        wanted = {key: fact for key, fact in asked.items() if key[-1]}
        if table == named.table:
            own = {tuple(fact.row[name] for name in named.key) for fact in facts}
            wanted = {key: fact for key, fact in wanted.items() if key not in own}
        there = _there(db, named, sorted({key[-1] for key in wanted}))
        for key, fact in wanted.items():
            if key not in there:
                raise Failure(
                    "bundle-unknown", file=file, line=fact.line, what=f"fact-{named.table}", name=key[-1]
                )


def _there(db: Connection, named: _Named, values: Sequence[str]) -> set[tuple[str, ...]]:
    found = set[tuple[str, ...]]()
    key = ", ".join(f"x.{name}" for name in named.key)
    for some in chunks(values):
        theirs, params = among(f"x.{named.key[-1]}", "v", some)
        found |= {*db.query(f"SELECT {key} FROM {named.table} AS x WHERE {theirs}", params)}
    return found
