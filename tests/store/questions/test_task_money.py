"""Sums of money, by area and activity: exact, however large, of the day that is asked about."""

from plantrack.model.typed.money import LARGEST
from plantrack.services.context import Context
from plantrack.services.verbs.edit import remove
from plantrack.services.verbs.undo import undo
from plantrack.store.questions.task_money import TaskMoney, money_by_activity
from tests.support.steps import OpenContext, opened, said


def found(context: Context) -> dict[tuple[str, str | None], TaskMoney]:
    return money_by_activity(context.tasks)


def test_nothing_is_known_where_nobody_spoke_of_money(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    assert found(context_on("2024-07-05")) == {}


def test_a_sum_may_be_more_than_64_bits_hold(context_on: OpenContext) -> None:
    for _ in range(3):
        opened(context_on, "2024-07-01", budget=str(LARGEST))
    assert found(context_on("2024-07-05")) == {("ND3", None): TaskMoney(3 * LARGEST, None, None, 0)}


def test_it_is_of_the_day_that_is_asked_about(context_on: OpenContext) -> None:
    task = opened(context_on, "2024-07-01", activity="3.1", area=None)
    said(context_on, "2024-07-05", task, spent="5tr")
    said(context_on, "2024-07-09", task, allocated="20tr", spent="12tr")
    days = {day: found(context_on(as_of=day)).get(("ND3", "ND3.1")) for day in ("2024-07-04", "2024-07-08")}
    assert days == {"2024-07-04": None, "2024-07-08": TaskMoney(None, None, 5_000_000, 1)}
    assert found(context_on())["ND3", "ND3.1"] == TaskMoney(None, 20_000_000, 12_000_000, 0)


def test_what_was_removed_or_taken_back_does_not_count(context_on: OpenContext) -> None:
    one, two = (opened(context_on, "2024-07-01", budget="1tr") for _ in range(2))
    remove(context_on("2024-07-02"), [one], "nhầm")
    said(context_on, "2024-07-03", two, spent="1tr")
    undo(context_on("2024-07-03"), None)
    assert found(context_on()) == {("ND3", None): TaskMoney(1_000_000, None, None, 0)}
