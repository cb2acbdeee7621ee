"""Progress: the table of the tasks that pass a filter, and the figures of the charts beside that of the months."""

from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.services.verbs.progress import progress
from tests.support.steps import OpenContext, labels, opened

DAY = "2024-07-20"


def test_a_filter_limits_what_is_counted_and_is_given_back(context_on: OpenContext) -> None:
    for area, due in (("2", "10/7/2024"), ("2", "30/9/2024"), ("3", "10/7/2024")):
        opened(context_on, "2024-07-01", due=due, area=area)
    view = progress(context_on(DAY), ["quá hạn", "area:2"])
    assert (view.filter, view.total.total, labels(view.tasks)) == ("overdue area:ND2", 1, ["1"])


def test_only_the_table_by_month_has_the_figures_of_the_year(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="10/7/2024")
    assert [by for by in GROUPINGS if progress(context_on(DAY), by=by).series is not None] == ["month"]
