"""The progress table: every grouping explains the same tasks, and every number is a list of tasks."""

from pathlib import Path

import pytest

from plantrack.model.counting import Counts
from plantrack.model.typed.vietnamese_names import GROUPINGS
from plantrack.model.views.progress import Progress, ProgressRow
from plantrack.services.progress_table import tabled
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.progress import progress
from tests.support.steps import OpenContext, applied, labels, opened, refused, said, stood

DAY = "2024-07-20"


WORK = ("not_started", "in_progress", "submitted", "done", "paused", "dropped", "carried_over")


STATES = (
    "done_on_time",
    "done_late",
    "done_no_due",
    "open_in_time",
    "open_due_soon",
    "open_overdue",
    "open_no_due",
)


def table(sit: OpenContext, *, by: str = "area", on: str = DAY, **asked: str) -> Progress:
    """Return the table of all tasks, on 20/7/2024 unless it is said."""
    context = sit(on, **asked)
    return tabled(context, context.heading, context.tasks, by)


def rows(sit: OpenContext, by: str, **asked: str) -> dict[str | None, ProgressRow]:
    """Return the rows by their keys."""
    return {row.key: row for row in table(sit, by=by, **asked).rows}


def some(counts: Counts) -> dict[str, int]:
    """Return the counts that are not 0."""
    return {name: n for name, n in counts._asdict().items() if n}


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make one task of every status and every deadline state, as of 20/7/2024."""
    for due in (
        "15/7/2024",
        "15/7/2024",
        None,
        "30/9/2024",
        "25/7/2024",
        "10/7/2024",
        None,
        "20/7/2024",
        "10/7/2024",
        None,
    ):
        opened(context_on, "2024-07-01", due=due, area="2", lead=("ubdt",))
    said(context_on, "2024-07-15", "1", "done")  # on time
    said(context_on, "2024-07-16", "2", "done")  # late
    said(context_on, "2024-07-16", "3", "done")  # no due day
    said(context_on, "2024-07-16", "4", percent="5")
    said(context_on, "2024-07-16", "5", "submit")
    said(context_on, "2024-07-16", "6", "pause", blocked="kẹt")
    said(context_on, "2024-07-16", "9", "drop", reason="thôi", blocked="kẹt")
    said(context_on, "2024-07-16", "10", status="carried_over")


# --- counting ---


@pytest.mark.usefixtures("tasks")
def test_each_task_has_one_status_and_one_deadline_state_but_the_dropped_and_carried_over(
    context_on: OpenContext,
) -> None:
    total = table(context_on).total
    assert [getattr(total, name) for name in WORK] == [2, 1, 1, 3, 1, 1, 1]
    assert [getattr(total, name) for name in STATES] == [1, 1, 1, 1, 2, 1, 1]
    assert sum(getattr(total, name) for name in WORK) == total.total == 10
    assert sum(getattr(total, n) for n in STATES) + total.dropped + total.carried_over == total.total


@pytest.mark.usefixtures("tasks")
def test_blocked_and_stale_count_open_work_only(context_on: OpenContext) -> None:
    assert (table(context_on).total.blocked, table(context_on).total.stale) == (1, 2)


@pytest.mark.usefixtures("tasks")
def test_the_denominators_are_the_work_not_dropped_and_the_work_fallen_due(context_on: OpenContext) -> None:
    total = table(context_on).total
    assert (total.done, total.not_dropped) == (3, 9)
    assert (total.done_of_fallen_due, total.fallen_due) == (2, 3)


@pytest.mark.usefixtures("tasks")
def test_within_the_deadline_is_in_time_and_due_soon_together(context_on: OpenContext) -> None:
    assert table(context_on).total.within_deadline == 3


def test_work_done_before_its_due_day_has_not_fallen_due(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="25/7/2024")
    said(context_on, "2024-07-10", "1", "done")
    assert (table(context_on).total.done_of_fallen_due, table(context_on).total.fallen_due) == (0, 0)
    assert table(context_on, as_of="2024-07-19").total.fallen_due == 0
    assert table(context_on, on="2024-07-25").total.done_of_fallen_due == 1


def test_due_on_the_day_is_not_overdue_and_not_fallen_due_until_it_is_done(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="20/7/2024")
    assert some(table(context_on).total) == {"total": 1, "not_started": 1, "open_due_soon": 1, "stale": 1}
    assert table(context_on, on="2024-07-21").total.open_overdue == 1


def test_soon_ends_after_the_plans_days(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="27/7/2024")
    opened(context_on, "2024-07-01", due="28/7/2024")
    assert (table(context_on).total.open_due_soon, table(context_on).total.open_in_time) == (1, 1)


def test_soon_and_stale_are_as_the_plan_says(context_on: OpenContext, workspace: Path) -> None:
    applied(
        context_on,
        "2024-04-10",
        workspace,
        ("due_soon_days: 7", "due_soon_days: 2"),
        ("stale_days: 14", "stale_days: 30"),
    )
    opened(context_on, "2024-07-01", due="23/7/2024")
    assert (table(context_on).total.open_in_time, table(context_on).total.stale) == (1, 0)


def test_no_update_for_fourteen_days_is_stale(context_on: OpenContext) -> None:
    opened(context_on, "2024-06-01")
    said(context_on, "2024-07-06", "1", note="gọi điện")
    assert [table(context_on, as_of=day).total.stale for day in ("2024-07-19", "2024-07-20")] == [0, 1]


def test_lateness_is_that_of_the_deadline_as_it_was_on_the_day(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="10/7/2024")
    extend(context_on("2024-07-15"), ["1"], "31/7/2024", "chờ")
    overdue = [table(context_on, as_of=f"2024-07-{d}").total.open_overdue for d in ("10", "11", "14", "15")]
    assert overdue == [0, 1, 1, 0]


# --- groupings ---


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_has_the_same_total(context_on: OpenContext, by: str) -> None:
    assert table(context_on, by=by).total == table(context_on).total


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize("by", ["area", "activity", "person", "month"])
def test_rows_sum_to_the_total_where_no_task_is_in_two(context_on: OpenContext, by: str) -> None:
    view = table(context_on, by=by)
    assert [sum(column) for column in zip(*(row.counts for row in view.rows), strict=True)] == list(
        view.total
    )


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize("by", GROUPINGS)
def test_every_number_of_a_row_is_a_list_of_tasks(context_on: OpenContext, by: str) -> None:
    for row in table(context_on, by=by).rows:
        assert len(row.tasks) == row.counts.total
        for status in WORK:
            assert sum(t.status == status for t in row.tasks) == getattr(row.counts, status)


@pytest.mark.usefixtures("tasks")
def test_the_tasks_of_a_row_are_those_a_list_gives_for_it(context_on: OpenContext) -> None:
    row = rows(context_on, "area")["ND2"]
    assert labels(row.tasks) == labels(list_tasks(context_on(DAY), ["area:ND2"], everything=True).tasks)


def test_by_area_has_every_area_of_the_plan_in_its_order(context_on: OpenContext) -> None:
    view = table(context_on)
    assert [row.key for row in view.rows] == [f"ND{n}" for n in range(1, 8)]
    assert [row.counts.total for row in view.rows] == [0] * 7
    assert view.rows[2].title is not None
    assert view.rows[2].title.en == "Workshop and recommendations"


def test_by_activity_has_every_activity_and_a_row_for_tasks_of_none(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-07-01"))
    assert len(table(context_on, by="activity").rows) == 12
    opened(context_on, "2024-07-01", area="3")
    last = table(context_on, by="activity").rows[-1]
    assert (last.key, last.title, labels(last.tasks)) == (None, None, ["13"])


def test_a_co_led_task_counts_in_each_row_and_once_in_the_total(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt", "hlhpn"))
    opened(context_on, "2024-07-01", lead=("hlhpn",))
    assert {k: r.counts.total for k, r in rows(context_on, "org").items()} == {"ubdt": 1, "hlhpn": 2}
    assert table(context_on, by="org").total.total == 2


def test_by_organisation_lead_and_coordinating_are_apart(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",), coordinating=("hlhpn",))
    by_org = rows(context_on, "org")
    assert [(labels(by_org[o].tasks), labels(by_org[o].coordinated)) for o in ("ubdt", "hlhpn")] == [
        (["1"], []),
        ([], ["1"]),
    ]
    assert by_org["hlhpn"].coordinating is not None
    assert (by_org["hlhpn"].counts.total, by_org["hlhpn"].coordinating.total) == (0, 1)


def test_tasks_without_an_organisation_have_a_row_at_the_end(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",))
    opened(context_on, "2024-07-01", coordinating=("hlhpn",))
    opened(context_on, "2024-07-01")
    last = table(context_on, by="org").rows[-1]
    assert (last.key, labels(last.tasks), labels(last.coordinated)) == (None, ["2", "3"], ["1", "3"])


def test_there_is_no_row_of_none_where_there_are_no_such_tasks(context_on: OpenContext) -> None:
    opened(
        context_on,
        "2024-07-01",
        lead=("ubdt",),
        in_charge=("An",),
        due="10/7/2024",
        activity="3.1",
        places=("HN",),
    )
    for by in GROUPINGS:
        assert None not in rows(context_on, by)


def test_a_task_counts_where_it_was_assigned_on_the_day(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", lead=("ubdt",))
    assign(context_on("2024-07-15"), ["1"], Roles(lead=("hlhpn",), instead=True))
    assert set(rows(context_on, "org", as_of="2024-07-14")) == {"ubdt"}
    assert set(rows(context_on, "org")) == {"hlhpn"}


def test_by_person_has_people_in_vietnamese_order_and_tasks_of_nobody(context_on: OpenContext) -> None:
    for people in (("Đào B",), ("Dương A", "Ân"), ()):
        opened(context_on, "2024-07-01", in_charge=people)
    unassign(context_on("2024-07-18"), ["1"], Roles(in_charge=("Đào B",)))
    assert [(r.key, labels(r.tasks)) for r in table(context_on, by="person").rows] == [
        ("Ân", ["2"]), ("Dương A", ["2"]), (None, ["1", "3"]),
    ]  # fmt: skip


def test_by_month_is_the_month_of_the_due_day_as_it_was_on_the_day(context_on: OpenContext) -> None:
    for due in ("10/7/2024", "Q4", None):
        opened(context_on, "2024-07-01", due=due)
    extend(context_on("2024-07-15"), ["1"], "15/8/2024", "chờ")
    assert list(rows(context_on, "month", as_of="2024-07-14")) == ["2024-07", "2024-12", None]
    assert list(rows(context_on, "month")) == ["2024-08", "2024-12", None]


# --- areas that left the plan ---


def test_an_area_that_left_the_plan_keeps_its_row_while_it_has_tasks(
    context_on: OpenContext, workspace: Path
) -> None:
    opened(context_on, "2024-03-26", area="7")
    said(context_on, "2024-03-27", "1", "done")
    text = (workspace / "plans/kh-468-2024.yaml").read_text("utf-8")
    gone = text[text.index('  - code: "ND7"') :]
    applied(context_on, "2024-04-10", workspace, (gone, ""))
    last = table(context_on).rows[-1]
    assert last.title is not None
    assert (last.key, labels(last.tasks)) == ("ND7", ["1"])
    assert last.title.vi.startswith("Sơ kết công tác phối hợp năm 2024 và")
    assert table(context_on).total.done == 1
    assert stood(context_on, "1").area == "ND7"
    assert labels(progress(context_on(DAY), ["area:ND7"]).tasks) == ["1"]
    with refused("unknown-area"):
        edit(context_on(DAY), ["1"], Corrections(area="7", title="x"))
