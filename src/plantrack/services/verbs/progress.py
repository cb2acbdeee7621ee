"""`plantrack progress`: the progress table of the tasks that pass a filter."""

from collections.abc import Sequence

from plantrack.model.views.progress import Progress
from plantrack.services.context import Context
from plantrack.services.progress_table import tabled
from plantrack.services.task_query import find_tasks, heading_with_unfinished


def progress(context: Context, args: Sequence[str] = (), by: str = "area") -> Progress:
    """Count the tasks that pass a filter.

    Raises: those of `find_tasks`.
    """
    wanted, tasks = find_tasks(context, args)
    view = tabled(context, heading_with_unfinished(context), tasks, by, wanted)
    if by != "month":
        return view
    from plantrack.services.chart_series import series

    return view._replace(series=series(context, tasks, with_speakers=False))
