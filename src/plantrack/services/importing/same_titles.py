"""Which rows would open a task that has the title of one that is open in its area: a list that comes again, as a rule."""

from collections.abc import Iterable, Iterator, Sequence

from plantrack.model.grouping import chunks, grouped
from plantrack.model.importing.changes import SameTitle
from plantrack.model.text import fold
from plantrack.services.context import Context
from plantrack.services.importing.read_table import UnderstoodRow
from plantrack.services.importing.task_changes import SaidOfTask
from plantrack.store import tasks
from plantrack.store.connection import Connection
from plantrack.store.exchange.imported_rows import imports_to

#: So many titles are looked up at once.
_AT_ONCE = 2500


def same_titles(db: Connection, plan: str, rows: Iterable[UnderstoodRow]) -> tuple[SameTitle, ...]:
    """Return the new rows, and those that rename their task, whose title an open task of the area has; with that task."""
    return tuple(_found(db, plan, (row for row in rows if _names_a_task(row))))


def found_by_title(context: Context, rows: Sequence[UnderstoodRow]) -> list[UnderstoodRow]:
    """Return rows, those that are new with the open task of their title and area, where there is one of it."""
    keys = {row.number: _key(row.said) for row in rows if row.task is None}
    titles = {title for title, _ in keys.values()}
    found = tasks.open_in_areas(context.db, context.plan.id, titles)
    known = grouped(((title, area), uid) for title, area, uid, _, _ in found)
    theirs = {n: uids[0] for n, key in keys.items() if len(uids := known.get(key, [])) == 1}
    imports = grouped(imports_to(context.db, theirs.values()))
    return [
        row._replace(task=task, is_known=True, imports=frozenset(imports.get(task, ())), is_by_title=True)
        if (task := theirs.get(row.number))
        else row
        for row in rows
    ]


def _names_a_task(row: UnderstoodRow) -> bool:
    if row.task is None:
        return True
    return row.changes is not None and any(cell.cell == "title" for cell in row.changes.cells)


def _found(db: Connection, plan: str, rows: Iterable[UnderstoodRow]) -> Iterator[SameTitle]:
    known: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    asked: set[str] = set()
    for some in chunks(rows, _AT_ONCE):
        keys = [_key(row.said) for row in some]
        for title, area, uid, label, own in tasks.open_in_areas(db, plan, {t for t, _ in keys} - asked):
            known.setdefault((title, area), []).append((uid, label, own))
        asked.update(title for title, _ in keys)
        for row, key in zip(some, keys, strict=True):
            other = next((one for one in known.get(key, ()) if one[0] != row.task), None)
            if other is not None:
                yield SameTitle(row.number, other[1], other[2])


def _key(said: SaidOfTask) -> tuple[str, str]:
    return fold(said.title.vi), said.opening.area
