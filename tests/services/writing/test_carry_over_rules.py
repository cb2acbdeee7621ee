"""Work that goes on in a later plan counts once: what may be done to either task, and what an undo may bring back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.model.status import Status
from plantrack.services.context import Context
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.next_plan import DAY, NEW, carried, drop, everything, next_plan, opened, said, stood
from tests.support.steps import PLAN, OpenContext, held, refused


@pytest.fixture
def new(context_on: OpenContext, workspace: Path) -> str:
    """Carry in the plan of 2025, with the same codes and nothing due."""
    return next_plan(context_on, workspace, 2025).plan


# --- undo ---


def test_undo_takes_all_of_it_back_and_an_undo_of_that_brings_it_back(
    context_on: OpenContext, new: str
) -> None:
    one = opened(context_on, lead=("ubdt",), due="30/6/2024")
    said(context_on, "2024-08-01", one, percent="40", blocked="kẹt")
    opened(context_on, activity="3.1")
    before = everything(context_on)
    done = carried(context_on)
    after = everything(context_on)
    assert done.command is not None
    for taken_back, state in ((done.command.label, before), ("c7", after), ("c8", before)):
        undo(context_on("2025-02-01", plan=NEW), taken_back)
        assert everything(context_on) == state
    assert everything(context_on, known_at="9/1/2025") == before
    assert everything(context_on, known_at="11/1/2025") == after


def test_it_is_undone_from_either_plan(context_on: OpenContext, new: str) -> None:
    opened(context_on)
    carried(context_on)
    for plan in (PLAN, NEW):
        found = what_undo_would_do(context_on("2025-01-11", plan=plan), None)
        assert found.target.verb == "plan carry-over"


def test_a_correction_is_undone_from_the_context_of_a_plan_without_its_codes(
    context_on: OpenContext, workspace: Path
) -> None:
    next_plan(context_on, workspace, 2025, lambda c: drop(c, "ND7"))
    task = opened(context_on, area="7")
    edit(context_on("2024-07-02", plan=PLAN), [task], Corrections(area="3"))
    undo(context_on("2024-07-03", plan=NEW), None)
    assert stood(context_on, task).area == "ND7"


def test_after_new_work_it_cannot_be_undone(context_on: OpenContext, new: str, db: SQLite) -> None:
    opened(context_on)
    (made,) = carried(context_on).tasks
    said(context_on, "2025-01-12", made.label, percent="5")
    before = held(db)
    with refused("undo-used"):
        undo(context_on("2025-01-13", plan=NEW), "c4")
    assert held(db) == before


def test_what_ended_meanwhile_is_not_carried_over_again_by_an_undo(
    context_on: OpenContext, new: str, db: SQLite
) -> None:
    task = opened(context_on)
    carried(context_on)
    undo(context_on("2025-01-11", plan=NEW), "c4")
    said(context_on, "2025-01-12", task, "done")
    before = held(db)
    for attempt in (undo, what_undo_would_do):
        with refused("undo-counts-twice"):
            attempt(context_on("2025-01-13", plan=NEW), "c5")
    assert held(db) == before
    undo(context_on("2025-01-13", plan=NEW), "c6")
    undo(context_on("2025-01-13", plan=NEW), "c5")
    assert stood(context_on, task).status is Status.CARRIED_OVER


def test_work_that_was_carried_over_again_is_not_carried_over_twice(
    context_on: OpenContext, new: str
) -> None:
    opened(context_on)
    carried(context_on)
    undo(context_on("2025-01-10", plan=NEW), "c4")
    carried(context_on)
    with refused("undo-counts-twice"):
        undo(context_on(DAY, plan=NEW), "c5")


def test_a_withdrawn_end_does_not_come_back_behind_a_carry_over(context_on: OpenContext, new: str) -> None:
    task = opened(context_on)
    said(context_on, "2025-01-08", task, "done")
    undo(context_on("2025-01-09", plan=NEW), "c4")
    carried(context_on, on="7/1/2025")
    with refused("undo-counts-twice"):
        undo(context_on(DAY, plan=NEW), "c5")


def test_a_removed_mistake_does_not_come_back_beside_reopened_work(context_on: OpenContext, new: str) -> None:
    task = opened(context_on)
    (made,) = carried(context_on).tasks
    remove(context_on("2025-01-11", plan=NEW), [made.label], "nhầm")
    assert stood(context_on, task).carried_to is None
    said(context_on, "2025-01-12", task, "reopen", reason="làm tiếp ở đây")
    with refused("undo-counts-twice"):
        undo(context_on("2025-01-13", plan=NEW), "c5")


# --- what may be done to either task ---


@pytest.mark.parametrize(
    "work",
    [lambda d, t: update(d, [t], TypedUpdate(reason="x"), "reopen"),
     lambda d, t: update(d, [t], TypedUpdate(), "done"),
     lambda d, t: update(d, [t], TypedUpdate(on="2/1/2025"), "done"),
     lambda d, t: update(d, [t], TypedUpdate(percent="90")),
     lambda d, t: update(d, [t], TypedUpdate(blocked="kẹt")),
     lambda d, t: extend(d, [t], "1/3/2025", "chờ")],
)  # fmt: skip
def test_the_old_task_sends_work_to_the_new(
    context_on: OpenContext, new: str, db: SQLite, work: Callable[[Context, str], object]
) -> None:
    task = opened(context_on)
    (made,) = carried(context_on).tasks
    before = held(db)
    with refused("task-carried-on") as caught:
        work(context_on("2025-01-12", plan=PLAN), task)
    assert (caught.value.params["other"], caught.value.params["plan"]) == (made.label, NEW)
    assert held(db) == before


def test_what_was_done_before_can_still_be_told_of_the_old_task(context_on: OpenContext, new: str) -> None:
    task = opened(context_on)
    (made,) = carried(context_on).tasks
    said(context_on, "2025-01-12", task, percent="50", result="ba lớp tập huấn", on="30/12/2024")
    said(context_on, "2025-01-12", task, note="đã bàn giao hồ sơ")
    assert stood(context_on, task, as_of="2024-12-31").percent == 50
    assert (stood(context_on, task).status, stood(context_on, made.label).percent) == (
        Status.CARRIED_OVER,
        None,
    )


def test_the_new_task_begins_where_the_old_one_ends(context_on: OpenContext, new: str) -> None:
    task = opened(context_on)
    (made,) = carried(context_on).tasks
    attempts: list[Callable[[Context], object]] = [
        lambda d: update(d, [made.label], TypedUpdate(percent="5", on="9/1/2025")),
        lambda d: update(d, [made.label], TypedUpdate(percent="5", on="1/10/2024")),
        lambda d: assign(d, [made.label], Roles(in_charge=("An",), on="9/1/2025")),
        lambda d: edit(d, [made.label], Corrections(opened="9/1/2025")),
        lambda d: edit(d, [made.label], Corrections(opened="11/1/2025")),
    ]
    for attempt in attempts:
        with refused("opening-carried") as caught:
            attempt(context_on("2025-01-12", plan=NEW))
        assert (caught.value.params["other"], caught.value.params["day"]) == (task, DAY)
    edit(context_on("2025-01-12", plan=NEW), [made.label], Corrections(opened="10/1/2025", title="Khác"))
