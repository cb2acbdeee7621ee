"""`plantrack progress`: the progress table of the tasks that pass a filter."""

from collections.abc import Sequence

from plantrack.model.views.progress import Progress
from plantrack.services.context import Desk
from plantrack.services.progress_table import tabled
from plantrack.services.task_query import filtered
from plantrack.services.unfinished import heading_with_unfinished


def progress(desk: Desk, args: Sequence[str] = (), by: str = "area") -> Progress:
    """Count the tasks that pass a filter."""
    wanted, tasks = filtered(desk, args)
    view = tabled(desk, tasks, by, wanted)._replace(heading=heading_with_unfinished(desk))
    if by != "month":
        return view
    from plantrack.services.chart_series import series

    return view._replace(series=series(desk, tasks, with_voices=False))
