"""`plantrack progress`: the progress table of the tasks that pass a filter."""

from collections.abc import Sequence

from plantrack.errors import Failure
from plantrack.model.views.progress import Progress
from plantrack.services.context import Context
from plantrack.services.progress_table import tabled
from plantrack.services.table_rows import ROLLED_UP
from plantrack.services.task_query import find_tasks, heading_with_unfinished
from plantrack.store.questions.task_source import ReadRows, ask_together


def progress(
    context: Context,
    args: Sequence[str] = (),
    by: str = "area",
    *,
    roll_up: bool = False,
    explain: bool = False,
) -> Progress:
    """Count the tasks that pass a filter; `roll_up`: organisations by their parents, places by their regions.

    `explain`: the tasks behind each row are read too.

    Raises: roll-up-of-nothing; those of `find_tasks`.
    """
    if roll_up and by not in ROLLED_UP:
        raise Failure("roll-up-of-nothing")
    wanted, tasks = find_tasks(context, args)
    view = tabled(context, heading_with_unfinished(context), tasks, by, wanted, roll_up=roll_up)
    if explain:
        behind = [tasks for row in view.rows for tasks in (row.tasks, row.coordinated)]
        ask_together(context.db, [tasks for tasks in behind if isinstance(tasks, ReadRows)])
    if by != "month":
        return view
    from plantrack.services.chart_series import series

    return view._replace(series=series(context, tasks, with_speakers=False))
