"""The years of a programme: a row for each plan, and each piece of work once in the total."""

from pathlib import Path

import pytest

from plantrack.model.views.progress import Programme
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.programme import programme
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from tests.support.next_plan import drop, next_plan
from tests.support.steps import PLAN, OpenContext, refused

DAY = "2025-01-10"


def seen(sit: OpenContext, *terms: str, plan: str = PLAN, **asked: str) -> Programme:
    """Look at the years on the day after the carry-over, unless it is said."""
    return programme(sit("2025-01-11", plan=plan, **asked), terms)


def totals(view: Programme) -> dict[str | None, int]:
    """Return the total of each row."""
    return {row.key: row.counts.total for row in view.progress.rows}


def opened(sit: OpenContext, plan: str, day: str, **given: str) -> str:
    """Add a task to a plan."""
    return add(sit(day, plan=plan), NewTask("Việc", **{"area": "3", **given})).tasks[0].label  # type: ignore[arg-type]


@pytest.fixture
def two(context_on: OpenContext, workspace: Path) -> None:
    """Make two tasks in 2024, of which one is done, carry the other over, and make a third in 2025."""
    next_plan(context_on, workspace, 2025)
    opened(context_on, PLAN, "2024-07-01", due="30/9/2024")
    opened(context_on, PLAN, "2024-07-01")
    update(context_on("2024-07-02", plan=PLAN), ["2"], TypedUpdate(), "done")
    carry_over(context_on(DAY, plan="kh-2025"), PLAN)
    opened(context_on, "kh-2025", DAY)


@pytest.mark.usefixtures("two")
def test_each_year_has_a_row_and_each_piece_of_work_counts_once(context_on: OpenContext) -> None:
    for plan in (PLAN, "kh-2025"):
        view = seen(context_on, plan=plan)
        assert [(p.id, p.year) for p in view.plans] == [(PLAN, 2024), ("kh-2025", 2025)]
        assert totals(view) == {PLAN: 2, "kh-2025": 2}
        assert (view.progress.total.total, view.carried_on) == (3, 1)
        total = view.progress.total
        assert (total.done, total.not_started, total.carried_over, total.open_overdue) == (1, 2, 0, 1)


@pytest.mark.usefixtures("two")
def test_all_years_are_as_of_one_day(context_on: OpenContext) -> None:
    view = seen(context_on, as_of="2025-01-09")
    assert totals(view) == {PLAN: 2, "kh-2025": 0}
    assert (view.progress.total.total, view.progress.total.open_overdue, view.carried_on) == (2, 1, 0)


@pytest.mark.usefixtures("two")
def test_a_plan_that_was_not_known_then_has_no_row(context_on: OpenContext) -> None:
    assert totals(seen(context_on, known_at="2024-12-19")) == {PLAN: 0}
    assert totals(seen(context_on, known_at="2024-12-20")) == {PLAN: 2, "kh-2025": 0}


@pytest.mark.usefixtures("two")
def test_a_filter_asks_the_same_of_each_year(context_on: OpenContext) -> None:
    assert totals(seen(context_on, "qua-han")) == {PLAN: 0, "kh-2025": 1}
    assert totals(seen(context_on, "area:3", "status:-done")) == {PLAN: 1, "kh-2025": 2}
    view = seen(context_on, "status:carried_over")
    assert (totals(view), view.progress.total.total) == ({PLAN: 1, "kh-2025": 0}, 0)
    assert totals(seen(context_on, "due:2024-Q3")) == {PLAN: 1, "kh-2025": 1}


@pytest.mark.usefixtures("two")
def test_a_filter_that_means_something_else_in_another_year_is_refused(context_on: OpenContext) -> None:
    with refused("filter-of-one-plan") as caught:
        seen(context_on, "due:Q3")
    assert (caught.value.params["plan"], caught.value.params["own"]) == ("kh-2025", PLAN)
    with refused("unknown-area"):
        seen(context_on, "area:ND9")


def test_an_area_that_another_year_has_not_is_refused(context_on: OpenContext, workspace: Path) -> None:
    next_plan(context_on, workspace, 2025, lambda c: drop(c, "ND7"))
    with refused("filter-of-one-plan"):
        seen(context_on, "area:ND7")


@pytest.mark.usefixtures("two")
def test_work_carried_over_to_nowhere_still_counts(context_on: OpenContext) -> None:
    """The status may have been typed for a plan that this database does not have."""
    opened(context_on, PLAN, DAY)
    update(context_on(DAY, plan=PLAN), ["5"], TypedUpdate(status="carried_over"))
    view = seen(context_on)
    assert (view.progress.total.total, view.progress.total.carried_over, view.carried_on) == (4, 1, 1)


def test_the_name_of_a_programme_is_read_without_its_tones(context_on: OpenContext, workspace: Path) -> None:
    title = "CHUONG TRINH PHOI HOP công tác giữa Uỷ ban Dân tộc và Hội Liên hiệp Phụ nữ Việt Nam giai đoạn 2021-2025"
    next_plan(context_on, workspace, 2025, lambda c: c.update(programme={"title": title}))
    assert list(totals(seen(context_on))) == [PLAN, "kh-2025"]


def test_a_plan_of_another_programme_or_of_none_stands_apart(
    context_on: OpenContext, workspace: Path
) -> None:
    next_plan(context_on, workspace, 2025, lambda c: c.update(programme={"title": "Khác"}))
    next_plan(context_on, workspace, 2026, lambda c: c.pop("programme"))
    for plan in (PLAN, "kh-2025", "kh-2026"):
        assert list(totals(seen(context_on, plan=plan))) == [plan]


def test_what_left_for_another_programme_counts_where_it_was_too(
    context_on: OpenContext, workspace: Path
) -> None:
    next_plan(context_on, workspace, 2025, lambda c: c.update(programme={"title": "Khác"}))
    opened(context_on, PLAN, "2024-07-01")
    carry_over(context_on(DAY, plan="kh-2025"), PLAN)
    assert (seen(context_on).progress.total.carried_over, seen(context_on).carried_on) == (1, 0)
