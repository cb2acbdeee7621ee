"""Recurring work: the command that closes an occurrence opens the next one, and there is never a second open one."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.days import add_days, civil_period, next_due
from plantrack.model.status import Every
from plantrack.model.task import Task
from plantrack.services.context import Context, ContextRequest, open_context
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.command_rules import CommandResult
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.statements import in_memory
from tests.support.steps import (
    OpenContext,
    command_of,
    held,
    labels,
    notes,
    opened,
    refused,
    said,
    stood,
    summed,
)


def all_tasks(sit: OpenContext, **asked: str) -> list[Task]:
    return sorted(list_tasks(sit(**asked), [], everything=True).tasks, key=lambda task: task.number)


def is_open(sit: OpenContext, **asked: str) -> list[tuple[str, str | None]]:
    return [(task.label, task.due) for task in all_tasks(sit, **asked) if task.is_open]


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open work that recurs monthly, on month's ends, with whatever a task can have."""
    return opened(
        context_on, "2024-01-02", "Báo cáo", due="31/1/2024", start="21/1/2024", every="tháng", priority="cao",
        lead=("ubdt",), coordinating=("hlhpn",), in_charge=("An",), tags=("gấp",), places=("kon-tum",),
        deliverable="Báo cáo",
    )  # fmt: skip


def test_what_follows_has_the_same_fields_and_roles(context_on: OpenContext, task: str) -> None:
    assign(context_on("2024-01-20"), [task], Roles(in_charge=("Bình",)))
    done = said(context_on, "2024-01-30", task, "done")
    assert labels(done.tasks) == [task]
    assert notes(done) == ["next-opened"]
    before, after = all_tasks(context_on)
    assert after.occurrence_of == before.label
    assert (after.due, after.start, after.opened_on) == ("2024-02-29", "2024-02-19", "2024-01-30")
    alike = (
        "title",
        "area",
        "priority",
        "deliverable",
        "tags",
        "places",
        "lead",
        "coordinating",
        "in_charge",
        "every",
    )
    assert [getattr(after, name) for name in alike] == [getattr(before, name) for name in alike]
    assert show(context_on(), [task]).shown[0].series == ("1", "2")


@pytest.mark.parametrize(("verb", "status"), [("done", "done"), ("drop", "dropped"), ("skip", "dropped")])
def test_each_end_of_an_occurrence_opens_the_next(
    verb: str, status: str, context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-01-30", task, verb, reason="vì")
    assert stood(context_on, task).status == status
    assert is_open(context_on) == [("2", "2024-02-29")]


def test_one_undo_takes_back_both(context_on: OpenContext, task: str) -> None:
    before = all_tasks(context_on, as_of="2024-02-01")
    said(context_on, "2024-01-30", task, "done")
    undo(context_on("2024-01-30"), None)
    assert all_tasks(context_on, as_of="2024-02-01") == before


def test_what_is_reported_of_the_next_one_keeps_its_opening(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-01-30", task, "done")
    said(context_on, "2024-02-01", "2", percent="10")
    with refused("undo-used"):
        undo(context_on("2024-02-01"), "c3")


def test_catching_up_jumps_to_the_next_day_to_come(context_on: OpenContext, task: str) -> None:
    done = said(context_on, "2024-05-10", task, "done", on="2024-01-31", catch_up=True)
    assert notes(done) == ["fell-out", "next-opened"]
    assert is_open(context_on) == [("2", "2024-05-31")]
    told = [e.new for e in log(context_on(), task).entries if e.field == "fell_out"]
    assert told == ["2024-02-29, 2024-03-31, 2024-04-30"]


def test_without_catching_up_it_is_said_that_the_next_day_is_past(context_on: OpenContext, task: str) -> None:
    assert notes(said(context_on, "2024-05-10", task, "done")) == ["next-opened", "next-is-late"]
    assert is_open(context_on) == [("2", "2024-02-29")]


def test_an_extension_does_not_move_what_follows(context_on: OpenContext, task: str) -> None:
    extend(context_on("2024-01-20"), [task], "20/2/2024", "chờ")
    said(context_on, "2024-02-15", task, "done")
    assert is_open(context_on) == [("2", "2024-02-29")]


def test_a_corrected_day_does(context_on: OpenContext, task: str) -> None:
    edit(context_on("2024-01-20"), [task], Corrections(due="15/2/2024"))
    said(context_on, "2024-02-15", task, "done")
    assert is_open(context_on) == [("2", "2024-03-15")]


def test_it_ends_with_the_plan_or_before(context_on: OpenContext, task: str) -> None:
    late = opened(context_on, "2024-01-02", due="31/10/2024", every="month", until="30/11/2024")
    assert notes(said(context_on, "2024-01-05", late, "done")) == ["next-opened"]
    assert notes(said(context_on, "2024-01-05", "3", "done")) == ["series-over"]
    edit(context_on("2024-01-05"), [task], Corrections(every="none"))
    assert notes(said(context_on, "2024-01-05", task, "done")) == []
    assert is_open(context_on) == []


def test_a_closed_one_is_not_opened_again_beside_the_next(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    said(context_on, "2024-01-30", task, "done")
    before = held(db)
    with refused("two-occurrences-open"):
        said(context_on, "2024-01-31", task, "reopen", reason="sai")
    assert held(db) == before
    remove(context_on("2024-01-31"), ["2"], "nhầm")
    said(context_on, "2024-01-31", task, "reopen", reason="sai")
    assert is_open(context_on) == [(task, "2024-01-31")]
    said(context_on, "2024-02-01", task, "done")
    assert is_open(context_on) == [("3", "2024-02-29")]
    with refused("two-occurrences-open"):
        undo(context_on("2024-02-01"), "c4")


def test_a_word_more_of_closed_work_opens_nothing(context_on: OpenContext, task: str) -> None:
    """Not once what it opened was removed, and not once the series is over."""
    said(context_on, "2024-01-30", task, "done")
    remove(context_on("2024-01-31"), ["2"], "nhầm")
    for verb, more in (("update", {"evidence": "CV 1"}), ("done", {}), ("done", {"note": "x"})):
        assert "next-opened" not in notes(said(context_on, "2024-01-31", task, verb, **more))
    late = opened(context_on, "2024-01-02", due="31/10/2024", every="month", until="30/11/2024")
    assert notes(said(context_on, "2024-02-01", late, "done")) == ["next-opened"]
    last = str(int(late) + 1)
    assert notes(said(context_on, "2024-02-01", last, "done")) == ["series-over"]
    for more in ({"evidence": "CV 2"}, {"percent": "100", "on": "2024-02-01"}):
        assert "series-over" not in notes(said(context_on, "2024-02-02", last, **more))
    assert is_open(context_on) == []


def test_what_was_closed_on_an_earlier_day_than_it_was_again_opens_nothing(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-02-01", task, "drop", reason="vì")
    remove(context_on("2024-02-02"), ["2"], "nhầm")
    said(context_on, "2024-02-03", task, "done", on="2024-01-30")
    assert is_open(context_on) == []


def test_work_that_does_not_recur_is_not_skipped(context_on: OpenContext) -> None:
    once = opened(context_on, "2024-01-02", due="31/1/2024")
    for verb, more, code in (
        ("skip", {}, "not-recurring"),
        ("skip", {"catch_up": True}, "not-recurring"),
        ("done", {"catch_up": True}, "catch-up-not-recurring"),
    ):
        with refused(code):
            said(context_on, "2024-01-03", once, verb, **more)


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("every-needs-due", {"every": "month"}),
        ("unknown-every", {"every": "đôi khi", "due": "31/1/2024"}),
        ("until-without-every", {"until": "T9", "due": "31/1/2024"}),
        ("until-after-plan", {"every": "month", "due": "31/1/2024", "until": "31/1/2025"}),
        ("no-next-occurrence", {"every": "month", "due": "31/1/2024", "until": "15/2/2024"}),
        ("no-next-occurrence", {"every": "year", "due": "31/1/2024"}),
    ],
)
def test_what_cannot_recur_is_refused(
    code: str, given: dict[str, str], context_on: OpenContext, db: SQLite
) -> None:
    plain = opened(context_on, "2024-01-02", due=given.get("due"))
    before = held(db)
    with refused(code):
        opened(context_on, "2024-01-02", **given)
    with refused(code):
        edit(
            context_on("2024-01-02"), [plain], Corrections(every=given.get("every"), until=given.get("until"))
        )
    assert held(db) == before


def test_recurring_work_keeps_a_due_day(context_on: OpenContext, task: str) -> None:
    with refused("every-needs-due"):
        edit(context_on("2024-01-03"), [task], Corrections(due="none"))


def test_only_open_work_is_made_to_recur(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-01-30", task, "done")
    with refused("task-closed"):
        edit(context_on("2024-01-30"), [task], Corrections(every="week"))


def test_totals_name_what_recurs(context_on: OpenContext) -> None:
    regular = opened(context_on, "2024-07-01", "Báo cáo", due="10/7/2024", every="week")
    for day in ("2024-07-16", "2024-07-17"):
        said(context_on, day, regular, "done")
        regular = str(int(regular) + 1)
    total = progress(context_on("2024-07-22"), []).total
    assert (total.total, total.recurring, total.done) == (3, 2, 2)
    change = summed(context_on).change["total"]
    assert (change.total, change.recurring, change.done) == (2, 2, 2)


acts = st.tuples(
    st.sampled_from(["done", "skip", "drop", "reopen", "undo", "extend", "catch up"]),
    st.integers(1, 6),
    st.integers(0, 40),
)


def act(sit: OpenContext, verb: str, task: str, day: str) -> None:
    """Do something to a task, if that can be done; an undo of it gives back exactly what was."""
    before = all_tasks(sit)
    try:
        done = acted(sit, verb, task, day)
    except Failure:
        assert all_tasks(sit) == before
        return
    if done is None or done.command is None:
        return
    after = all_tasks(sit)
    _, undone = undo(sit(day), None)
    assert all_tasks(sit) == before
    undo(sit(day), command_of(undone).label)
    assert all_tasks(sit) == after


def acted(sit: OpenContext, verb: str, task: str, day: str) -> CommandResult | None:
    if verb == "undo":
        undo(sit(day), None)
        return None
    if verb == "extend":
        return extend(sit(day), [task], add_days(day, 50), "chờ")
    told = TypedUpdate(reason="vì" if verb in ("drop", "reopen") else None, catch_up=verb == "catch up")
    return update(sit(day), [task], told, "done" if verb == "catch up" else verb)


@given(
    due=st.integers(0, 365).map(lambda n: add_days("2024-01-01", n)),
    every=st.sampled_from(Every),
    acts=st.lists(acts, min_size=1, max_size=8),
)
def test_one_is_open_at_a_time_and_no_day_drifts(
    due: str, every: Every, acts: list[tuple[str, int, int]], made_once: Path
) -> None:
    db, day = in_memory((made_once / "plantrack.db").read_bytes()), "2024-01-02"

    def sit(today: str = "2025-12-31") -> Context:
        now = datetime.fromisoformat(today).replace(hour=2, tzinfo=UTC)
        return open_context(db, ContextRequest(author="An"), lambda: now)

    try:
        opened(sit, day, due=due, every=every)
    except Failure as failure:
        assert failure.code == "no-next-occurrence"
        return
    for verb, task, later in acts:
        day = add_days(day, later)
        act(sit, verb, str(task), day)
        assert len(is_open(sit)) <= 1
    days_fit(due, every, [str(task.first_due) for task in all_tasks(sit)])


def days_fit(due: str, every: Every, days: list[str]) -> None:
    """Hold that due days come one after the other out of the days that the first one gives."""
    meant = [due]
    while meant[-1] < "2025":
        meant.append(next_due(meant[-1], every, due, 14))
    assert all(one < other for one, other in pairwise(days))
    assert {*days} <= {*meant}
    period = civil_period(due[:7])
    if every not in ("week", "closing") and period and due == period.last:
        assert all(add_days(day, 1)[8:] == "01" for day in days)
