"""The report of a longer period of the example."""

from typing import Any

from plantrack.model.counting import Counts, count
from plantrack.model.plan import Text
from plantrack.model.views.report import Compared, Matrix, MatrixRow, PeriodReport
from plantrack.model.views.weekly import Weekly
from tests.support.factory import make_plan
from tests.support.factory_weekly import make_weekly

DAY = "2024-07-21"


def make_matrix(view: Weekly, organisations: tuple[str | None, ...] = ("hlhpn", None)) -> Matrix:
    """Return a matrix of an activity and of tasks that have none."""
    tasks = [*view.progress.tasks]
    cell = count(tasks[:2], DAY)
    rows = (
        MatrixRow("ND1.1", Text("Tuyên truyền"), dict.fromkeys(organisations, cell), cell),
        MatrixRow(None, None, {organisations[0]: cell}, cell),
    )
    return Matrix(organisations, rows, dict.fromkeys(organisations, cell), count(tasks, DAY))


def make_report(**changes: Any) -> PeriodReport:
    """Return a report of July 2024, made of the example's week."""
    digest = make_weekly(
        period="2024-07",
        first_day="2024-06-22",
        last_day=DAY,
        next_first="2024-07-22",
        next_last="2024-08-21",
    )
    before = Compared(
        "before", "2024-06", "2024-05-22", "2024-06-21", make_plan(), Counts(total=10, done=3), 1, 4
    )
    finished, overdue = tuple(digest.late_updates), [*digest.overdue]
    view = PeriodReport(
        digest=digest,
        calendar="official",
        closing_day=21,
        is_closed=True,
        finished=finished,
        going_on=tuple(digest.results)[:1],
        finished_counts=count([i.task for i in finished], DAY),
        opened=2,
        extensions={overdue[0].task.uid: 2},
        before=before,
        last_year=Compared("last_year", "2023-07", "2023-06-22", "2023-07-21"),
        matrix=make_matrix(digest),
    )
    return view._replace(**changes)
