"""The money of a report, by area: what was planned of each activity counts once."""

from collections import Counter
from collections.abc import Iterable, Mapping

from plantrack.model.indicator import written_out
from plantrack.model.names import Names
from plantrack.model.plan import Budget, Text
from plantrack.model.typed.money import in_dong, unit_named
from plantrack.model.views.money import Amounts, AreaMoney, MoneyTable
from plantrack.store.questions.task_money import TaskMoney, money_by_activity
from plantrack.store.questions.task_source import TaskSource

Found = Mapping[tuple[str, str | None], TaskMoney]


def money_table(
    names: Names, titles: Mapping[str, Text], tasks: TaskSource, *, is_filtered: bool
) -> MoneyTable | None:
    """Return what was planned, allocated and spent of areas; None where nobody said anything of money.

    `titles`: the areas of the plan and of the tasks, in order.

    Planned is the budget of each activity in the plan; of one that has none, and of tasks without one, theirs.
    A filter chooses tasks, and the budget of an activity is not of some of them: then only theirs count.
    """
    found = money_by_activity(tasks)
    stated = {} if is_filtered else {a.code: a.budget for a in names.activities.values() if a.budget}
    amounts = {
        code: amount for code, budget in stated.items() if (amount := budget_in_dong(budget)) is not None
    }
    planned = _planned(names, found, amounts)
    areas = {area for area, _ in found} | planned.keys()
    if not areas:
        return None
    rows = [
        AreaMoney(code, title, _of_area(found, code, planned.get(code)))
        for code, title in titles.items()
        if code in areas
    ]
    total = Amounts(*(_sum(getattr(row.money, name) for row in rows) for name in Amounts._fields))
    return MoneyTable(
        (*rows, AreaMoney(None, None, total)),
        is_filtered,
        tuple(code for code in stated if code not in amounts),
        sum(money.without_allocation for money in found.values()),
    )


def budget_in_dong(budget: Budget) -> int | None:
    """Return the budget of an activity; None where it has no number, no unit of money, or no whole đồng."""
    unit = None if budget.unit is None else unit_named(budget.unit)
    return None if budget.amount is None or unit is None else in_dong(written_out(budget.amount), unit)


def _planned(names: Names, found: Found, amounts: Mapping[str, int]) -> Mapping[str, int]:
    """Return what was planned of each area of which anything is known."""
    planned = Counter[str]()
    for code, amount in amounts.items():
        planned[names.area_of(names.activities[code]).code] += amount
    for (area, activity), money in found.items():
        if activity not in amounts and money.budget is not None:
            planned[area] += money.budget
    return planned


def _of_area(found: Found, area: str, planned: int | None) -> Amounts:
    own = [money for (code, _), money in found.items() if code == area]
    return Amounts(planned, _sum(m.allocated for m in own), _sum(m.spent for m in own))


def _sum(amounts: Iterable[int | None]) -> int | None:
    """Add up what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
