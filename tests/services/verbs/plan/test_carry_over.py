"""What is not finished goes on in the next plan: as one piece of work, with all that is known of it."""

from pathlib import Path

import pytest

from plantrack.model.plan import Text
from plantrack.model.status import Status
from plantrack.services.context import for_plan
from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.undo import undo
from plantrack.services.writing.command_rules import CommandResult
from plantrack.store.derived_rows import rebuild
from plantrack.store.sqlite.connection import SQLite
from tests.support.derived import all_derived
from tests.support.next_plan import (
    DAY,
    NEW,
    Content,
    activity,
    carried,
    looked,
    next_plan,
    opened,
    remarks,
    said,
    shown,
    stood,
)
from tests.support.steps import (
    PLAN,
    OpenContext,
    applied,
    held,
    refused,
    summed,
    with_activity_lines,
)


@pytest.fixture
def new(context_on: OpenContext, workspace: Path) -> str:
    """Carry in the plan of 2025, with the same codes and nothing due."""
    return next_plan(context_on, workspace, 2025).plan


# --- what goes over, and as what ---


@pytest.mark.parametrize("at_once", [1, 2, 2000])
def test_many_tasks_are_carried_over_some_at_a_time_by_one_command(
    context_on: OpenContext, db: SQLite, new: str, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("plantrack.services.verbs.plan.carry_over._AT_ONCE", at_once)
    for n in range(3):
        opened(context_on, title="Họp" if n else "Hội thảo")
    said(context_on, "2024-08-01", "2", percent="30")
    done = carried(context_on)
    assert [t.label for t in done.tasks] == ["4", "5", "6"]
    assert [(t.status, t.percent, t.carried_from) for t in done.tasks][1] == (Status.IN_PROGRESS, 30, "2")
    assert [(n.code, n.params["task"], n.params["other"]) for n in done.notes] == [("same-title", "6", "5")]
    made_by = {r[0] for r in db.query("SELECT command FROM task WHERE plan = :plan", {"plan": new})}
    assert done.command is not None and made_by == {done.command.uid}
    uids = [r[0] for r in db.query("SELECT uid FROM task WHERE plan = :plan ORDER BY number", {"plan": new})]
    assert uids == sorted(uids)
    kept = all_derived(db)
    with db.atomic():
        rebuild(db)
    assert all_derived(db) == kept


@pytest.mark.parametrize("at_once", [1, 2000])
def test_the_order_of_tasks_and_what_recurs_go_on(
    context_on: OpenContext, new: str, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("plantrack.services.verbs.plan.carry_over._AT_ONCE", at_once)
    opened(context_on, due="30/11/2024", every="month")
    opened(context_on, after=("1",), due="31/10/2024", every="month", until="30/11/2024")
    opened(context_on, title="Xong")
    edit(context_on(plan=PLAN), ["1"], Corrections(after=("3",)))
    said(context_on, "2024-08-01", "3", "done")
    carried(context_on)
    first, second = (stood(context_on, label, plan=new) for label in ("4", "5"))
    assert (first.after, second.after, second.waits_for) == ((), ("4",), ("4",))
    assert [(t.every, t.until, t.occurrence_of) for t in (first, second)] == [
        ("month", None, None),
        (None,) * 3,
    ]
    said(context_on, "2025-01-12", "4", "done")
    after = stood(context_on, "6", plan=new)
    assert (after.due, after.every, after.occurrence_of) == ("2024-12-31", "month", "4")


def test_open_tasks_are_closed_in_the_old_plan_and_open_in_the_new(context_on: OpenContext, new: str) -> None:
    task = opened(context_on, title="Hội thảo", activity="3.1", in_charge=("Trần Ánh",), tags=("gấp",))
    (made,) = carried(context_on).tasks
    old = stood(context_on, task)
    assert (old.status, old.plan, old.updated_on) == (Status.CARRIED_OVER, PLAN, DAY)
    assert (made.label, made.plan, made.area, made.activity) == ("2", NEW, "ND3", "ND3.1")
    assert (made.title, made.in_charge, made.tags) == (Text("Hội thảo"), ("Trần Ánh",), ("gấp",))
    assert (made.opened_on, made.status, made.updated_on) == (DAY, Status.NOT_STARTED, None)


def test_own_fields_go_on(context_on: OpenContext, new: str) -> None:
    own = opened(context_on, start="1/8/2024", priority="cao", deliverable="Báo cáo", places=("Kon Tum",))
    task = stood(context_on, own)
    (made,) = carried(context_on).tasks
    assert (made.start, made.priority, made.deliverable, made.places) == (
        task.start, task.priority, task.deliverable, task.places,
    )  # fmt: skip


def test_each_knows_the_other(context_on: OpenContext, new: str) -> None:
    task = opened(context_on)
    (made,) = carried(context_on).tasks
    old, after = shown(context_on, task), shown(context_on, made.label)
    assert (old.task.carried_from, old.task.carried_to, old.plan_after) == (None, made.label, NEW)
    assert (after.task.carried_from, after.task.carried_to, after.plan_before) == (task, None, PLAN)
    before = shown(context_on, task, as_of="2025-01-09")
    assert (before.task.carried_to, before.plan_after) == (None, None)


@pytest.mark.parametrize("status", ["not_started", "in_progress", "submitted", "paused"])
def test_the_state_goes_on(context_on: OpenContext, new: str, status: str) -> None:
    task = opened(context_on)
    if status != "not_started":
        said(context_on, "2024-08-01", task, status=status, percent="40")
    said(context_on, "2024-08-02", task, blocked="kẹt", result="đã làm")
    (made,) = carried(context_on).tasks
    assert (made.status, made.percent) == (status, None if status == "not_started" else 40)
    assert (made.blocked, made.blocked_since, made.updated_on) == ("kẹt", DAY, DAY)
    assert stood(context_on, task, as_of="2025-01-09").blocked_since == "2024-08-02"
    (first,) = shown(context_on, made.label).updates
    assert (first.on, first.result, first.next) == (DAY, None, None)


def test_finished_dropped_and_removed_work_stays(context_on: OpenContext, new: str) -> None:
    done, dropped, removed, open_one = (opened(context_on) for _ in range(4))
    said(context_on, "2024-08-01", done, "done")
    said(context_on, "2024-08-01", dropped, "drop", reason="thôi")
    remove(context_on("2024-08-01", plan=PLAN), [removed], "nhầm")
    assert [t.carried_from for t in carried(context_on).tasks] == [open_one]
    assert stood(context_on, done).status is Status.DONE


def test_what_was_opened_by_a_withdrawn_command_stays(context_on: OpenContext, new: str) -> None:
    opened(context_on)
    undo(context_on("2024-07-02", plan=PLAN), None)
    assert carried(context_on) == CommandResult(None, (), ())


def test_nothing_open_records_nothing(context_on: OpenContext, new: str, db: SQLite) -> None:
    opened(context_on)
    carried(context_on)
    before = held(db)
    assert carried(context_on, "2025-01-11") == CommandResult(None, (), ())
    assert held(db) == before


def test_a_try_changes_nothing_and_says_what_would_be(context_on: OpenContext, new: str, db: SQLite) -> None:
    task = opened(context_on, activity="3.1", lead=("ubdt",), due="30/9/2024")
    before = held(db)
    view = looked(context_on, "2025-03-10")
    assert held(db) == before
    (each,) = view.tasks
    assert (each.old.label, each.new.plan, each.new.lead) == (task, NEW, ("bdttg",))
    (made,) = carried(context_on, "2025-03-10").tasks
    same = ("area", "activity", "title", "due", "lead", "coordinating", "places", "follows", "opened_on")
    assert [getattr(made, f) for f in same] == [getattr(each.new, f) for f in same]


# --- deadlines ---


def test_the_deadline_goes_on_with_its_first_day_and_its_extensions(
    context_on: OpenContext, new: str
) -> None:
    task = opened(context_on, due="30/6/2024")
    edit(context_on("2024-07-02", plan=PLAN), [task], Corrections(due="15/7/2024"))
    extend(context_on("2024-07-20", plan=PLAN), [task], "30/9/2024", "chờ kinh phí")
    extend(context_on("2024-10-02", plan=PLAN), [task], "2024-Q4", "chờ tiếp")
    (made,) = carried(context_on).tasks
    assert (made.due, made.due_text, made.first_due) == ("2024-12-31", "2024-Q4", "2024-07-15")
    later = extend(context_on("2025-01-20", plan=NEW), [made.label], "30/6/2025", "gia hạn").tasks[0]
    assert (later.due, later.first_due) == ("2025-06-30", "2024-07-15")


def test_a_task_that_follows_the_plan_takes_the_due_day_of_the_new_activity(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(context_on, "2024-04-01", workspace, with_activity_lines("ND3.1", 'due: "2024-Q3"'))
    next_plan(context_on, workspace, 2025, lambda c: activity(c, "ND3.1").update(due="2025-Q2"))
    opened(context_on, activity="3.1")
    opened(context_on, activity="3.1", due="31/8/2024")
    assert ("due", "ND3.1") in remarks(looked(context_on))
    made, own = carried(context_on).tasks
    assert (made.due, made.due_text, made.first_due) == ("2025-06-30", "2025-Q2", "2024-09-30")
    assert (own.due, own.first_due) == ("2024-08-31", "2024-08-31")
    assert ("due" in made.follows, "due" in own.follows) == (True, False)
    (change,) = summed(context_on, on="2025-01-13", plan=NEW).deadline_changes
    assert (change.task.label, change.kind, change.nth, change.old, change.new, change.reason) == (
        made.label, "extension", 1, "2024-09-30", "2025-06-30", "kh-2025, ND3.1",
    )  # fmt: skip


def test_without_a_day_in_the_new_plan_the_old_one_stays(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-04-01", workspace, with_activity_lines("ND3.1", 'due: "2024-Q3"'))

    def ongoing(content: Content) -> None:
        activity(content, "ND3.1").pop("due")
        activity(content, "ND3.1")["ongoing"] = True

    next_plan(context_on, workspace, 2025, ongoing)
    opened(context_on, activity="3.1")
    (made,) = carried(context_on).tasks
    assert (made.due, made.due_text) == ("2024-09-30", "2024-Q3")
    assert "due" not in made.follows


def test_a_task_follows_only_what_is_the_same_in_the_new_plan(
    context_on: OpenContext, workspace: Path
) -> None:
    """So that the next revision of the new plan changes nothing by surprise."""

    def renewed(content: Content) -> None:
        activity(content, "ND3.1").update(title="Hội thảo năm 2025", start="2025-02-01", lead=["hlhpn"])

    next_plan(context_on, workspace, 2025, renewed)
    add_from_plan(context_on("2024-04-01", plan=PLAN))
    task = stood(context_on, "4")
    (made,) = (t for t in carried(context_on, said=["3.1=3.1"]).tasks if t.carried_from == task.label)
    assert set(task.follows) - set(made.follows) == {"title"}
    assert (made.title, made.activity) == (task.title, "ND3.1")
    assert (made.start, made.lead) == ("2025-02-01", ("hlhpn",)), "what was not known is taken from the plan"

    def again(content: Content) -> None:
        renewed(content)
        content["purpose"] = "khác"

    assert next_plan(context_on, workspace, 2025, again, day="2025-01-11").tasks == ()


# --- which plans, which day ---


def test_the_plans_are_in_order(context_on: OpenContext, new: str, db: SQLite) -> None:
    opened(context_on)
    before = held(db)
    for old, to in ((NEW, PLAN), (PLAN, PLAN)):
        with refused("carry-over-order") as caught:
            carry_over(context_on(DAY, plan=to), old)
        assert caught.value.exit_code == 2
    with refused("unknown-plan"):
        carry_over(context_on(DAY, plan=NEW), "kh-2023")
    assert held(db) == before


def test_the_day_may_be_an_earlier_one_not_a_later(context_on: OpenContext, new: str) -> None:
    task = opened(context_on)
    with refused("day-after-today"):
        carried(context_on, on="11/1/2025")
    done = carried(context_on, on="31/12/2024")
    assert (done.tasks[0].opened_on, stood(context_on, task).updated_on) == ("2024-12-31", "2024-12-31")
    assert [n.code for n in done.notes] == ["for-day"]


def test_on_a_day_after_which_more_is_known_it_is_refused(
    context_on: OpenContext, new: str, db: SQLite
) -> None:
    one, other, third, _ = (opened(context_on) for _ in range(4))
    said(context_on, "2025-01-05", one, "done")
    said(context_on, "2025-01-07", one, "reopen", reason="thiếu")
    assign(context_on("2025-01-04", plan=PLAN), [other], Roles(in_charge=("An",)))
    extend(context_on("2025-01-03", plan=PLAN), [third], "1/2/2025", "chờ")
    late = opened(context_on, "2025-01-08")
    before = held(db)
    with refused("carry-over-late") as caught:
        carried(context_on, on="31/12/2024")
    params = caught.value.params
    assert (params["tasks"], params["free"]) == ((one, other, third, late), "2025-01-08")
    with refused("carry-over-late") as caught:
        carried(context_on, on="6/1/2025")
    assert caught.value.params["tasks"] == (one, late)
    assert held(db) == before
    assert len(carried(context_on, on="8/1/2025").tasks) == 5


def test_the_earliest_day_is_one_on_which_it_works(context_on: OpenContext, new: str) -> None:
    """A task that is closed on the day, open on the first free one and closed again moves it on."""
    one, other = opened(context_on), opened(context_on)
    said(context_on, "2024-12-01", one, "done")
    said(context_on, "2025-01-03", one, "reopen", reason="thiếu")
    said(context_on, "2025-01-06", one, "done")
    said(context_on, "2025-01-04", other, percent="5")
    with refused("carry-over-late") as caught:
        carried(context_on, on="31/12/2024")
    assert (caught.value.params["tasks"], caught.value.params["free"]) == ((other,), "2025-01-06")
    assert len(carried(context_on, on="6/1/2025").tasks) == 1


def test_a_plan_that_changed_meanwhile_is_noticed(
    context_on: OpenContext, workspace: Path, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(context_on)
    monkeypatch.setattr(
        "plantrack.services.verbs.plan.carry_over.for_plan",
        lambda d, plan: for_plan(d, plan)._replace(revision=7),
    )
    with refused("plan-changed-meanwhile") as caught:
        carried(context_on)
    assert caught.value.params["plan"] == PLAN


def test_a_carry_over_is_no_word_of_the_organisation(context_on: OpenContext, workspace: Path) -> None:
    next_plan(context_on, workspace, 2025)
    task = opened(context_on, activity="3.1", lead=("hlhpn",))
    said(context_on, "2024-07-01", task, percent="10")
    carried(context_on)
    (silent,) = summed(context_on, on="2025-01-13", plan=NEW).silent_organisations
    assert (silent.organisation.id, silent.last_update) == ("hlhpn", None)


def test_a_title_that_the_new_plan_has_already_is_said(context_on: OpenContext, new: str) -> None:
    add(context_on("2025-01-06", plan=NEW), NewTask("Hội thảo", area="3"))
    opened(context_on, title="Hội thảo")
    (note,) = carried(context_on).notes
    assert (note.code, note.is_caution, note.params["other"]) == ("same-title", True, "1")
