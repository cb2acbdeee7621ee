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
from plantrack.store.connection import Asked
from plantrack.store.questions.task_counts import Grouping, ask_tallies, ask_tally, of_key, with_key
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
    return ask_tabled(context, heading, tasks, by, wanted, roll_up=roll_up)()


def ask_tabled(
    context: Context,
    heading: ViewHeader,
    tasks: TaskSource,
    by: str,
    wanted: Filter = EVERYTHING,
    *,
    roll_up: bool = False,
) -> Asked[Progress]:
    """Ask for what `tabled` returns."""
    own_by, *apart_by = counted_by(context.names, by, roll_up=roll_up)
    found = [(each, ask_tallies(tasks, each)) for each in (own_by, *apart_by)]
    in_all = ask_tally(tasks) if own_by.is_shared else None
    coordinated = [ask_tally(with_key(tasks, each)) for each in apart_by]

    def read() -> Progress:
        own, *apart = [_Counted(tasks, each, asked()) for each, asked in found]
        total = in_all() if in_all else reduce(Tally.plus, own.found.values(), Tally())
        keys = dict.fromkeys(chain(own.found, *(side.found for side in apart)))
        known = [key for key in keys if key is not None]
        names = row_names(context, tasks, known, by, roll_up=roll_up)
        names += [_NONE] if None in own.found else []
        rows = (_row(name, own, *apart) for name in names)
        table = with_total(context, heading, by, rows, tasks.rows(), total, wanted)
        table = table._replace(milestones=passing_milestones(context.plan, wanted), rolled_up=roll_up)
        for side in coordinated:
            table = table._replace(total_row=table.total_row._replace(coordinating=side().counts))
        return table

    return read


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
