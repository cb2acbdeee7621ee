"""The money of tasks, summed by area and activity."""

from plantrack.model.named_tuple import NamedTuple
from plantrack.store.questions.task_source import TaskSource

#: Sums are taken in two parts, for 64 bits hold one amount, and not any sum of them.
_PART = 10**9


class TaskMoney(NamedTuple):
    """The sums of some tasks, in whole đồng; None: none of them says it."""

    budget: int | None
    allocated: int | None
    spent: int | None
    #: How many of them have spent and were allocated nothing.
    without_allocation: int


def money_by_activity(source: TaskSource) -> dict[tuple[str, str | None], TaskMoney]:
    """Return the money of the tasks of each area and activity (None: of none) of which any is known."""
    sums = ", ".join(
        f"CAST(SUM({part}) AS BIGINT)"
        for column in ("t.budget", "t.allocated", "t.spent")
        for part in (f"{column} / {_PART}", f"{column} - {column} / {_PART} * {_PART}")
    )
    found = source.where("COALESCE(t.budget, t.allocated, t.spent) IS NOT NULL").query(
        f"t.area, (t.activity || '') AS activity, {sums}, "
        "COUNT(*) FILTER (WHERE t.spent > 0 AND t.allocated IS NULL)",
        "GROUP BY t.area, (t.activity || '')",
    )
    return {
        (row[0], row[1]): TaskMoney(_whole(*row[2:4]), _whole(*row[4:6]), _whole(*row[6:8]), row[8])
        for row in found
    }


def _whole(much: int | None, rest: int | None) -> int | None:
    """Put the two parts of a sum together."""
    return None if much is None or rest is None else much * _PART + rest
