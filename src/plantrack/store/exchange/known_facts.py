"""The facts of a bundle that are there already: that they say the same here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from plantrack.errors import Failure
from plantrack.model.grouping import chunks
from plantrack.model.people.hidden_name import is_hidden
from plantrack.store.columns import CHANGEABLE
from plantrack.store.commands import commands_by_uid
from plantrack.store.connection import Connection
from plantrack.store.derived_rows import FITTED
from plantrack.store.exchange.checked_lines import ReadFact
from plantrack.store.exchange.fact_tables import BY_NAME, FactTable
from plantrack.store.facts import as_text, changes_in
from plantrack.store.scope import Scope, among
from plantrack.store.sealing.row_hashes import NAMES, OWN

_Key = tuple[Any, ...]
#: What each database has of its own: the label of a command, and the hash of a row that stands under none.
_APART: Final = {("command", "number"), *((name, OWN) for name in ("form", "delivery"))}


class KnownFacts:
    """Finds those of a bundle's facts that are there, and holds that they are the same."""

    def __init__(self, db: Connection, file: str) -> None:
        self.db, self.file = db, file
        #: Tasks that were corrected otherwise here: compared once the corrections of the bundle are there too.
        self.tasks: list[ReadFact] = []

    def among(self, facts: Sequence[ReadFact]) -> set[_Key]:
        """Return the keys of those of some facts of a table that are there.

        Raises: bundle-differs.
        """
        found = set[_Key]()
        for some in chunks(facts):
            here = self._here(some)
            for fact in some:
                if (key := key_of(fact)) in here:
                    found.add(key)
                    self._refuse_other(fact, here[key])
        return found

    def _here(self, facts: Sequence[ReadFact]) -> dict[_Key, dict[str, Any]]:
        table = facts[0].table
        theirs, params = among(f"f.{table.key[0]}", "k", {fact.row[table.key[0]] for fact in facts})
        columns = ", ".join(f"f.{name}" for name in table.columns)
        rows = self.db.query(f"SELECT {columns} FROM {table.name} AS f WHERE {theirs}", params)
        named = (dict(zip(table.columns, row, strict=True)) for row in rows)
        return {_key(table, row): row for row in named}

    def _refuse_other(self, fact: ReadFact, here: Mapping[str, Any]) -> None:
        if fact.table.name == "task" and any(fact.row[name] != here[name] for name in CHANGEABLE):
            self.tasks.append(fact)
        for name in fact.table.columns:
            if not _may_differ(fact, name, here) and fact.row[name] != here[name]:
                raise self._failure(fact, name, here[name])

    def refuse_other_tasks(self) -> None:
        """Refuse a task that has what neither its opening nor any correction gave it; the corrections are there.

        Raises: bundle-differs.
        """
        for some in chunks(self.tasks):
            here, given = self._here(some), self._corrected([fact.row["uid"] for fact in some])
            for fact, name in _corrected_fields(some):
                value, own = as_text(fact.row[name]), here[key_of(fact)][name]
                values = given.get((fact.row["uid"], name), set())
                is_fitted = name in FITTED and bool(values)  # to what else was known where it was written
                if value != as_text(own) and value not in values and not is_fitted:
                    raise self._failure(fact, name, own)

    def _corrected(self, tasks: Sequence[str]) -> dict[tuple[str, str], set[str | None]]:
        """Return the values that each field of some tasks ever had that was corrected."""
        given: dict[tuple[str, str], set[str | None]] = {}
        for change in changes_in(self.db, Scope.of(tasks)):
            given.setdefault((change.task, change.field), set()).update((change.old, change.new))
        return given

    def _failure(self, fact: ReadFact, column: str, here: object) -> Failure:
        by = fact.row["uid"] if fact.table.name == "command" else fact.row.get("command", "")
        command = commands_by_uid(self.db, [by]).get(by)
        name = f"{command.label}, {command.author}" if command else str(fact.row[fact.table.key[0]])
        return Failure(
            "bundle-differs", file=self.file, line=fact.line, what=f"fact-{fact.table.name}", name=name,
            named_column=column, value=_said(here), other=_said(fact.row[column]),
        )  # fmt: skip


def _said(value: object) -> str:
    return "–" if value is None else str(value)


def _may_differ(fact: ReadFact, name: str, here: Mapping[str, Any]) -> bool:
    """Return whether a value may be another one here; nobody can tell whose name was hidden."""
    table = fact.table.name
    if (table, name) in _APART or (table == "task" and name in CHANGEABLE):
        return True
    return name in NAMES.get(table, ()) and any(is_hidden(one or "") for one in (fact.row[name], here[name]))


def _corrected_fields(facts: Sequence[ReadFact]) -> Iterator[tuple[ReadFact, str]]:
    fields = [name for name in BY_NAME["task"].columns if name in CHANGEABLE]
    return ((fact, name) for fact in facts for name in fields)


def key_of(fact: ReadFact) -> _Key:
    """Return what names a fact in its table."""
    return _key(fact.table, fact.row)


def _key(table: FactTable, row: Mapping[str, Any]) -> _Key:
    return tuple(map(row.__getitem__, table.key))
