"""Work that was carried over: what is said of it later counts where it is, and is no news twice."""

from pathlib import Path

import pytest

from plantrack.services.verbs.edit import extend
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.progress import progress
from tests.support.next_plan import DAY, NEW, carried, next_plan, opened, said
from tests.support.steps import PLAN, OpenContext, summed


@pytest.fixture
def new(context_on: OpenContext, workspace: Path) -> str:
    """Carry in the plan of 2025, with the same codes and nothing due."""
    return next_plan(context_on, workspace, 2025).plan


# --- what is said of it later ---


def test_the_log_goes_back_through_the_years(context_on: OpenContext, workspace: Path, new: str) -> None:
    next_plan(context_on, workspace, 2026, day="2025-12-20")
    task = opened(context_on, title="Hội thảo")
    said(context_on, "2024-08-01", task, percent="40")
    (second,) = carried(context_on).tasks
    said(context_on, "2025-03-01", second.label, percent="60")
    (third,) = carry_over(context_on("2026-01-09", plan="kh-2026"), NEW)[1].tasks
    assert (third.percent, third.carried_from) == (60, second.label)
    entries = log(context_on(plan="kh-2026"), [third.label]).entries
    percents = [(e.task, e.new) for e in entries if e.field == "percent"]
    assert percents == [(task, "40"), (second.label, "40"), (second.label, "60"), (third.label, "60")]
    links = [(e.task, e.new) for e in entries if e.field == "carried_from"]
    assert links == [(second.label, task), (third.label, second.label)]
    assert {e.task for e in log(context_on(plan=PLAN), [task]).entries} == {task}


def test_it_is_no_news_of_the_week(context_on: OpenContext, new: str) -> None:
    task = opened(context_on, due="30/6/2024", lead=("hlhpn",))
    extend(context_on("2024-07-20", plan=PLAN), [task], "30/9/2024", "chờ")
    said(context_on, "2024-08-01", task, percent="40", blocked="kẹt")
    (made,) = carried(context_on, on="3/1/2025").tasks
    for plan in (PLAN, NEW):
        week = summed(context_on, on="2025-01-13", plan=plan)
        assert (week.results, week.late_updates, week.deadline_changes) == ((), (), ())
    week = summed(context_on, on="2025-01-13", plan=NEW)
    assert [i.task.label for i in week.overdue] == [i.task.label for i in week.difficulties] == [made.label]
    assert [s.organisation.id for s in week.silent_organisations] == ["hlhpn"]
    assert summed(context_on, on="2025-01-06", plan=NEW).change["total"].total == 1
    said(context_on, "2025-01-14", made.label, result="xong một phần")
    assert len(summed(context_on, on="2025-01-20", plan=NEW).results) == 1


def test_a_carried_task_counts_where_it_is(context_on: OpenContext, new: str) -> None:
    opened(context_on, due="30/6/2024")
    carried(context_on)

    def counts(plan: str, day: str) -> tuple[int, int, int]:
        total = progress(context_on(plan=plan, as_of=day)).total
        return total.total, total.open_overdue, total.carried_over

    assert [counts(PLAN, day) for day in ("2025-01-09", DAY)] == [(1, 1, 0), (1, 0, 1)]
    assert [counts(NEW, day) for day in ("2025-01-09", DAY)] == [(0, 0, 0), (1, 1, 0)]
