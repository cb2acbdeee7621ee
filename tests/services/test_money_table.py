"""The money of a report: what was planned of each activity counts once; sums by area."""

from pathlib import Path

import pytest

from plantrack.model.plan import Budget
from plantrack.model.views.money import Amounts, MoneyTable
from plantrack.services.money_table import budget_in_dong
from plantrack.services.verbs.report import report
from tests.support.steps import OpenContext, applied, opened, said, with_activity_lines


def made(
    sit: OpenContext, *terms: str, period: str = "2024-07", day: str = "2024-08-20"
) -> MoneyTable | None:
    return report(sit(day), terms, period).money


def by_area(table: MoneyTable | None) -> dict[str | None, Amounts]:
    assert table is not None
    return {row.area: row.money for row in table.rows}


def test_there_is_no_table_where_nobody_spoke_of_money(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    assert made(context_on) is None


def test_areas_with_money_in_the_order_of_the_plan_and_their_sum(context_on: OpenContext) -> None:
    three = opened(context_on, "2024-07-01", budget="50tr")
    one = opened(context_on, "2024-07-01", area="1")
    opened(context_on, "2024-07-01", area="2")
    said(context_on, "2024-07-05", three, allocated="40tr", spent="10tr")
    said(context_on, "2024-07-05", one, spent="0")
    assert by_area(made(context_on)) == {
        "ND1": Amounts(None, None, 0),
        "ND3": Amounts(50_000_000, 40_000_000, 10_000_000),
        None: Amounts(50_000_000, 40_000_000, 10_000_000),
    }


def test_it_is_as_of_the_last_day_of_the_period(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-06-20")
    said(context_on, "2024-07-05", task, spent="10tr")
    said(context_on, "2024-07-20", task, spent="30tr")
    assert by_area(made(context_on))[None].spent == 10_000_000
    assert by_area(made(context_on, period="2024-08"))[None].spent == 30_000_000


@pytest.fixture
def planned(context_on: OpenContext, workspace: Path) -> None:
    """Apply a plan with the budget of two activities, one of them in words alone."""
    applied(
        context_on, "2024-06-20", workspace,
        with_activity_lines("ND3.1", 'budget: {amount: 8.5, unit: "tỷ đồng", source: "NSTW"}'),
        with_activity_lines("ND5.1", 'budget: {text: "Theo dự toán được duyệt"}'),
    )  # fmt: skip


def test_the_budget_of_an_activity_counts_and_not_those_of_its_tasks_besides(
    context_on: OpenContext, planned: None
) -> None:
    opened(context_on, "2024-07-01", activity="3.1", budget="2 tỷ")
    opened(context_on, "2024-07-01", activity="3.2", budget="1 tỷ")
    opened(context_on, "2024-07-01", budget="5tr")
    opened(context_on, "2024-07-01", activity="5.1", budget="7tr")
    table = made(context_on)
    assert by_area(table)["ND3"].planned == 8_500_000_000 + 1_000_000_000 + 5_000_000
    assert by_area(table)["ND5"].planned == 7_000_000
    assert table is not None
    assert (table.is_filtered, table.uncounted) == (False, ("ND5.1",))


def test_a_filter_chooses_tasks_and_only_their_budgets_count(context_on: OpenContext, planned: None) -> None:
    opened(context_on, "2024-07-01", activity="3.1", budget="2 tỷ", lead=("ubdt",))
    opened(context_on, "2024-07-01", budget="5tr")
    table = made(context_on, "org:ubdt")
    assert by_area(table) == {"ND3": Amounts(2_000_000_000), None: Amounts(2_000_000_000)}
    assert table is not None
    assert (table.is_filtered, table.uncounted) == (True, ())


def test_tasks_that_spent_and_were_allocated_nothing_are_counted(context_on: OpenContext) -> None:
    tasks = [opened(context_on, "2024-07-01") for _ in range(3)]
    said(context_on, "2024-07-05", tasks[0], spent="5tr")
    said(context_on, "2024-07-05", tasks[1], spent="0")
    said(context_on, "2024-07-05", tasks[2], spent="5tr", allocated="10tr")
    table = made(context_on)
    assert table is not None
    assert table.without_allocation == 1


@pytest.mark.parametrize(
    ("budget", "amount"),
    [
        (Budget(None, 8.5, "tỷ đồng"), 8_500_000_000),
        (Budget(None, 8744, "triệu đồng"), 8_744_000_000),
        (Budget(None, 12, "Tr.đ"), 12_000_000),
        (Budget(None, 1.5, "million VND"), 1_500_000),
        (Budget(None, 0, "đồng"), 0),
        (Budget("50 triệu đồng"), None),
        (Budget(None, 50), None),
        (Budget(None, 50, "USD"), None),
        (Budget(None, 0.5, "đồng"), None),
    ],
)
def test_the_budget_of_an_activity_in_dong(budget: Budget, amount: int | None) -> None:
    assert budget_in_dong(budget) == amount
