"""What a row that comes again changes of its task: what its file says otherwise than then, and nothing else.

What was recorded here since stays, unless the same cell of the file changed too: that is contested.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from plantrack.model.days import DueDay, civil_period
from plantrack.model.grouping import chunks, grouped
from plantrack.model.history import END_OF_TIME, Deadline, Update, deadline_on, holders_on, work_on
from plantrack.model.importing.changes import CellChange, RowChanges
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.status import Role, Status
from plantrack.services.importing.read_table import UnderstoodRow
from plantrack.services.writing.command_rules import TaskOpening
from plantrack.services.writing.loaded_tasks import LoadedTasks
from plantrack.services.writing.status_updates import TEXTS, ParsedUpdate, standing_updates
from plantrack.store.connection import Connection
from plantrack.store.facts import as_text, changes_in
from plantrack.store.scope import Scope
from plantrack.store.task_rows import TaskRow, document_columns, joined

#: The roles of a task, by the field of a row that says who has them.
ROLES: Final = {"lead": Role.LEAD, "coordinating": Role.COORDINATING, "in_charge": Role.IN_CHARGE}
_NUMBERS: Final = ("status", "percent", "allocated", "spent")


class SaidOfTask(NamedTuple):
    """What a row says: the task, its first status update, and which fields it names."""

    title: Text
    #: With the title of whichever row was the first that is the same but for it.
    opening: TaskOpening
    update: ParsedUpdate | None
    fields: frozenset[str]


class _Compared(NamedTuple):
    """A field of a row beside what it is here, and what imports of the row wrote of it."""

    cell: str
    field: str
    said: str | None
    here: str | None
    written: str | None

    @property
    def changes(self) -> bool:
        return self.said not in (self.here, self.written)

    @property
    def change(self) -> CellChange:
        return CellChange(self.cell, self.field, self.here, self.said, self.here != self.written)


def row_changes(db: Connection, rows: Sequence[UnderstoodRow]) -> dict[int, RowChanges]:
    """Return what rows that come again change of their tasks, by their numbers."""
    compared = ComparedTasks(LoadedTasks(db), rows)
    return {row.number: compared.changes(row) for row in rows if row.task is not None}


class ComparedTasks:
    """The tasks of some rows, as they are and as imports of these rows left them."""

    def __init__(self, tasks: LoadedTasks, rows: Sequence[UnderstoodRow]) -> None:
        uids = [row.task for row in rows if row.task is not None]
        tasks.load(uids)
        self._tasks = tasks
        #: The updates of each task that stand.
        self.updates: Mapping[str, Sequence[Update]] = standing_updates(tasks, uids)
        self._corrected = grouped(
            ((change.task, change.field), change)
            for some in chunks(uids)
            for change in changes_in(tasks.db, Scope.of(some))
        )

    def changes(self, row: UnderstoodRow) -> RowChanges:
        """Return what a row changes of its task."""
        task = self._tasks.any_row(row.task or "")
        return RowChanges(task.label, task.title, tuple(each.change for each in self._changed(task, row)))

    def news(self, row: UnderstoodRow) -> SaidOfTask:
        """Return of what a row says only what it changes of its task."""
        said: SaidOfTask = row.said
        cells = {each.cell for each in self._changed(self._tasks.any_row(row.task or ""), row)}
        return said._replace(
            update=said.update and only_said(said.update, cells),
            fields=frozenset(field for field in said.fields if field in cells),
        )

    def _changed(self, task: TaskRow, row: UnderstoodRow) -> Iterator[_Compared]:
        said: SaidOfTask = row.said
        opened = (*self._columns(task, row), self._due(task, row), *self._roles(task, row))
        yield from (each for each in opened if each.cell in said.fields and each.changes)
        if said.update is not None:
            known = self.updates.get(task.uid, [])
            own = [update for update in known if update.command in row.imports]
            yield from (each for each in compared_update(said.update, known, own) if each.changes)

    def _columns(self, task: TaskRow, row: UnderstoodRow) -> Iterator[_Compared]:
        opening: TaskOpening = row.said.opening
        said: dict[str, dict[str, str | int | None]] = {
            "title": {"title": row.said.title.vi},
            "area": {"area": opening.area},
            "activity": {"activity": opening.activity},
            "start": {"start_day": opening.start_day},
            "priority": {"priority": opening.priority},
            "deliverable": {"deliverable": opening.deliverable and opening.deliverable.vi},
            "place": {"places": joined(opening.places)},
            "tag": {"tags": joined(opening.tags)},
            "budget": {"budget": opening.budget},
            "budget_source": {"budget_source": opening.budget_source},
            "document": {**document_columns(opening.document)} if opening.document else {},
        }
        for cell, columns in said.items():
            for column, value in columns.items():
                here = as_text(getattr(task, column))
                yield _Compared(cell, column, as_text(value), here, self._written(task, column, here, row))

    def _written(self, task: TaskRow, column: str, here: str | None, row: UnderstoodRow) -> str | None:
        """Return what imports of a row wrote into a column: its opening, and its corrections since."""
        changes = self._corrected.get((task.uid, column), [])
        own = [change.new for change in changes if change.command in row.imports]
        return own[-1] if own else changes[0].old if changes else here

    def _due(self, task: TaskRow, row: UnderstoodRow) -> _Compared:
        """Compare the deadline of the opening: extensions of it stand."""
        first = [deadline for deadline in self._tasks.facts(task.uid).deadlines if deadline.on is None]
        own = [deadline for deadline in first if deadline.command in row.imports]
        return _Compared("due", "due", typed_due(row.said.opening.due), _due_of(first), _due_of(own))

    def _roles(self, task: TaskRow, row: UnderstoodRow) -> Iterator[_Compared]:
        facts = self._tasks.facts(task.uid).assignments
        here = holders_on(facts, END_OF_TIME)
        own = holders_on([fact for fact in facts if fact.command in row.imports], END_OF_TIME)
        for field, role in ROLES.items():
            parties = (row.said.opening.parties.get(role, ()), getattr(here, role), getattr(own, role))
            yield _Compared(field, field, *(joined(sorted({*each})) for each in parties))


def compared_update(
    said: ParsedUpdate, known: Sequence[Update], written: Sequence[Update]
) -> Iterator[_Compared]:
    """Compare what is said of work with what is known on its day, and with what imports of the row said of it."""
    here, then = _standing([u for u in known if u.on <= said.on], said.on), _standing(written, END_OF_TIME)
    values = {**{name: getattr(said, name) for name in _NUMBERS}, **said.texts}
    for name, value in values.items():
        if value is not None and name != "told_by":
            yield _Compared(name, name, as_text(value), here.get(name), then.get(name))


def _standing(updates: Sequence[Update], day: str) -> dict[str, str | None]:
    """Return what updates say by a day: of each text the last."""
    work = work_on(updates, day)
    percent = 100 if work.status is Status.DONE else work.percent or 0
    texts = {
        name: text for update in updates for name in TEXTS if (text := getattr(update, name)) is not None
    }
    numbers = (work.status, percent, work.allocated, work.spent)
    return {**texts, **dict(zip(_NUMBERS, map(as_text, numbers), strict=True))}


def only_said(said: ParsedUpdate, cells: set[str]) -> ParsedUpdate | None:
    """Return of an update only some fields, with who told of them; None where none is left."""
    texts = {name: text if name in cells or name == "told_by" else None for name, text in said.texts.items()}
    left = said._replace(
        status=said.status if "status" in cells else None,
        percent=said.percent if "percent" in cells else None,
        allocated=said.allocated if "allocated" in cells else None,
        spent=said.spent if "spent" in cells else None,
        texts=texts,
    )
    return left if cells & {*_NUMBERS, *texts} else None


def typed_due(due: DueDay) -> str | None:
    """Return a deadline as it is typed, so that it is read as what it was."""
    is_typed = due.text is not None and (due.text == "ongoing" or civil_period(due.text) is not None)
    return due.text if is_typed else due.day


def _due_of(deadlines: Sequence[Deadline]) -> str | None:
    found = deadline_on(deadlines, "")
    return typed_due(DueDay(found.due, found.due_text))
