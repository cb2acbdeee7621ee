"""The progress table: counts by area, activity, organisation, level, person, place or month, each with its tasks."""

from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import chain

from plantrack.model.counting import Tally
from plantrack.model.filters import EVERYTHING, Filter
from plantrack.model.named_tuple import NamedTuple
from plantrack.model.plan import Text
from plantrack.model.task import Task
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.model.views.rows import Rows
from plantrack.services.context import Context
from plantrack.services.plan_milestones import passing_milestones
from plantrack.services.table_rows import RowName, counted_by, row_names
from plantrack.services.task_query import near_words
from plantrack.store.questions.task_counts import Grouping, of_key, tallies, tally_of, with_key
from plantrack.store.questions.task_source import TaskSource

#: The last row: of the tasks that have nothing of what rows are by.
_NONE = RowName(None, None, None)


class _Counted(NamedTuple):
    """The tasks as they are counted by something: the numbers of each key that has any."""

    tasks: TaskSource
    by: Grouping
    found: Mapping[str | None, Tally]

    def of(self, key: str | None) -> tuple[Rows[Task], Tally]:
        """Return the tasks of a key, and their numbers."""
        return of_key(self.tasks, self.by, key).rows(), self.found.get(key, Tally())


def tabled(
    context: Context,
    heading: ViewHeader,
    tasks: TaskSource,
    by: str,
    wanted: Filter = EVERYTHING,
    *,
    roll_up: bool = False,
) -> Progress:
    """Count tasks by what rows are by, in the order given; `roll_up`: by what stands above that."""
    own, *apart = [
        _Counted(tasks, grouping, tallies(tasks, grouping))
        for grouping in counted_by(context.names, by, roll_up=roll_up)
    ]
    keys = [
        key for key in dict.fromkeys(chain(own.found, *(side.found for side in apart))) if key is not None
    ]
    names = [*row_names(context, tasks, keys, by, roll_up=roll_up), *([_NONE] if None in own.found else [])]
    total = tally_of(tasks) if own.by.is_shared else reduce(Tally.plus, own.found.values(), Tally())
    rows = (_row(name, own, *apart) for name in names)
    table = with_total(context, heading, by, rows, tasks.rows(), total, wanted)
    table = table._replace(milestones=passing_milestones(context.plan, wanted), rolled_up=roll_up)
    for side in apart:
        coordinated = tally_of(with_key(tasks, side.by))
        table = table._replace(total_row=table.total_row._replace(coordinating=coordinated.counts))
    return table


def _row(name: RowName, own: _Counted, apart: _Counted | None = None) -> ProgressRow:
    row = row_of(name.key, name.title, *own.of(name.counted))
    if apart is None:
        return row
    coordinated, tally = apart.of(name.counted)
    return row._replace(coordinated=coordinated, coordinating=tally.counts)


def with_total(
    context: Context,
    heading: ViewHeader,
    by: str,
    rows: Iterable[ProgressRow],
    tasks: Rows[Task],
    total: Tally,
    wanted: Filter,
) -> Progress:
    """Return the table of some rows, with all the tasks that they are of and their numbers."""
    return Progress(
        heading=heading,
        by=by,
        rows=tuple(rows),
        total_row=row_of(None, None, tasks, total),
        open_due_today=total.open_due_today,
        filter=wanted.spelled(),
        taken=wanted.taken,
        near=() if total.counts.total else near_words(context, wanted),
    )


def row_of(key: str | None, title: Text | None, tasks: Rows[Task], tally: Tally) -> ProgressRow:
    """Return a row with its tasks and their numbers."""
    return ProgressRow(key, title, tasks, tally.counts, in_progress_overdue=tally.in_progress_overdue)
