"""Corrections, extensions, removals: what holds from the opening, and what from a day on."""

from pathlib import Path

import pytest

from plantrack.model.plan import Text
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.progress import progress
from plantrack.services.writing.command_rules import CommandResult
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import (
    OpenContext,
    applied,
    held,
    notes,
    opened,
    refused,
    said,
    stood,
    with_activity_lines,
)


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024, due on 10/7/2024."""
    return opened(context_on, "2024-07-01", due="10/7/2024")


def edited(sit: OpenContext, day: str, task: str, **wanted: object) -> CommandResult:
    """Correct on a day."""
    return edit(sit(day), [task], Corrections()._replace(**wanted))  # type: ignore[arg-type]


def extended(sit: OpenContext, day: str, task: str, due: str, on: str | None = None) -> CommandResult:
    """Extend on a day."""
    return extend(sit(day), [task], due, "chờ tài liệu", on)


# --- corrections ---


def test_a_correction_holds_from_the_opening(context_on: OpenContext, task: str) -> None:
    edited(
        context_on,
        "2024-07-05",
        task,
        title="Tên đúng",
        due="20/7/2024",
        start="T8",
        priority="khẩn",
        deliverable="Sổ",
    )
    first = stood(context_on, task, as_of="2024-07-01")
    assert (first.title, first.due, first.first_due) == (Text("Tên đúng"), "2024-07-20", "2024-07-20")
    assert (first.start, first.priority, first.deliverable) == ("2024-08-01", "urgent", Text("Sổ"))


def test_what_is_not_named_stays(context_on: OpenContext, task: str) -> None:
    edited(context_on, "2024-07-05", task, title="Tên đúng")
    assert (stood(context_on, task).due, stood(context_on, task).area) == ("2024-07-10", "ND3")


def test_of_several_tasks_those_that_stayed_as_they_were_are_named(
    context_on: OpenContext, task: str
) -> None:
    other = opened(context_on, "2024-07-01", priority="cao")
    done = edit(context_on("2024-07-05"), [task, other], Corrections(priority="cao"))
    assert [(n.code, n.params) for n in done.notes] == [("tasks-unchanged", {"tasks": (other,)})]
    again = edit(context_on("2024-07-06"), [task, other], Corrections(priority="cao"))
    assert (again.command, notes(again)) == (None, [])


def test_a_deadline_and_a_start_can_be_taken_out(context_on: OpenContext, task: str) -> None:
    edited(context_on, "2024-07-05", task, start="2/7")
    edited(context_on, "2024-07-05", task, due="none", start="none")
    assert (
        stood(context_on, task).due,
        stood(context_on, task).first_due,
        stood(context_on, task).start,
    ) == (None,) * 3


def test_nothing_to_change_is_refused(context_on: OpenContext, task: str) -> None:
    with refused("nothing-to-change"):
        edited(context_on, "2024-07-05", task)


def test_the_opening_day_can_be_corrected_both_ways(context_on: OpenContext, task: str) -> None:
    for typed, day in (("20/6", "2024-06-20"), ("3/7", "2024-07-03")):
        edited(context_on, "2024-07-05", task, opened=typed)
        assert stood(context_on, task).opened_on == day


def test_the_opening_cannot_be_moved_past_what_was_said(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    said(context_on, "2024-07-03", task, percent="5")
    before = held(db)
    with refused("opened-after-updates") as caught:
        edited(context_on, "2024-07-05", task, opened="4/7")
    assert caught.value.exit_code == 4
    with refused("day-after-today"):
        edited(context_on, "2024-07-05", task, opened="6/7/2024")
    assert held(db) == before


def test_a_task_moves_to_another_area_and_leaves_its_activity(context_on: OpenContext) -> None:
    label = opened(context_on, "2024-07-01", activity="3.1")
    edited(context_on, "2024-07-05", label, area="5")
    assert (stood(context_on, label).area, stood(context_on, label).activity) == ("ND5", None)
    assert stood(context_on, label).follows == ()


def test_a_task_moves_to_another_activity_with_its_area(context_on: OpenContext, task: str) -> None:
    edited(context_on, "2024-07-05", task, activity="5.2")
    assert (stood(context_on, task).area, stood(context_on, task).activity) == ("ND5", "ND5.2")
    with refused("activity-of-other-area"):
        edited(context_on, "2024-07-05", task, area="1", activity="5.2")


def test_what_is_wrong_in_one_of_several_corrections_changes_nothing(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    before = held(db)
    for wrong in (
        {"area": "9"},
        {"due": "31/2"},
        {"priority": "x"},
        {"follow": ("due",)},
        {"follow": ("tên",)},
    ):
        with pytest.raises(Exception, match="unknown|impossible|no-activity"):
            edited(context_on, "2024-07-05", task, title="Tên khác", **wrong)
        assert held(db) == before


# --- following the plan ---


def test_a_field_set_here_is_the_tasks_own(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-03-26"))
    edited(context_on, "2024-07-05", "1", title="Tên riêng", due="10/7")
    assert set(stood(context_on, "1").follows) == {
        "start",
        "priority",
        "deliverable",
        "places",
        "lead",
        "coordinating",
    }
    assert stood(context_on, "1").title == Text("Tên riêng")


def test_follow_gives_fields_back_to_the_plan(context_on: OpenContext, workspace: Path) -> None:
    applied(
        context_on,
        "2024-03-26",
        workspace,
        with_activity_lines("ND1.1", 'due: "2024-Q2"', 'priority: "high"'),
    )
    add_from_plan(context_on("2024-03-27"))
    edited(context_on, "2024-07-05", "1", title="Tên riêng", due="10/7", priority="thấp")
    edited(context_on, "2024-07-06", "1", follow=("title", "due", "priority"))
    now = stood(context_on, "1")
    assert (now.title.vi, now.due, now.due_text, now.priority) == (
        "Tuyên truyền nâng cao nhận thức của hội viên, phụ nữ", "2024-06-30", "2024-Q2", "high",
    )  # fmt: skip
    assert {"title", "due", "priority"} <= set(now.follows)


def test_follow_gives_a_role_back_to_the_plan(context_on: OpenContext, workspace: Path) -> None:
    applied(context_on, "2024-03-26", workspace, with_activity_lines("ND1.1", 'lead: ["hlhpn"]'))
    add_from_plan(context_on("2024-03-27"))
    assign(context_on("2024-07-05"), ["1"], Roles(lead=("ubdt",), instead=True))
    edited(context_on, "2024-07-08", "1", follow=("lead",))
    assert stood(context_on, "1").lead == ("hlhpn",)
    assert stood(context_on, "1", as_of="2024-07-06").lead == ("hlhpn",)


def test_what_follows_the_plan_follows_it_in_another_activity(
    context_on: OpenContext, workspace: Path
) -> None:
    applied(
        context_on, "2024-03-26", workspace,
        with_activity_lines("ND1.1", 'lead: ["hlhpn"]', 'due: "2024-05-31"'),
        with_activity_lines("ND2.1", 'lead: ["hlhpn"]', 'due: "2024-06-30"'),
    )  # fmt: skip
    add_from_plan(context_on("2024-03-27"))
    applied(context_on, "2024-04-10", workspace, ('        lead: ["hlhpn"]\n', '        lead: ["ubdt"]\n'))
    assert stood(context_on, "1").lead == ("ubdt",)
    edited(context_on, "2024-04-12", "1", activity="2.1")
    now = stood(context_on, "1")
    assert (now.lead, now.due, now.title.vi) == (
        ("hlhpn",),
        "2024-06-30",
        "Phối hợp tuyên truyền triển khai Dự án 8",
    )


def test_a_task_of_no_activity_has_nothing_to_follow(context_on: OpenContext, task: str) -> None:
    with refused("no-activity-to-follow"):
        edited(context_on, "2024-07-05", task, follow=("due",))


def test_a_field_that_cannot_follow_is_refused_with_those_that_can(context_on: OpenContext) -> None:
    label = opened(context_on, "2024-07-01", activity="3.1")
    with refused("unknown-followed-field") as caught:
        edited(context_on, "2024-07-05", label, follow=("du",))
    assert "due" in caught.value.params["near"]  # type: ignore[operator]


# --- extensions ---


def test_an_extension_holds_from_its_day_and_the_first_due_day_stays(
    context_on: OpenContext, task: str
) -> None:
    extended(context_on, "2024-07-15", task, "31/7/2024")
    before, after = stood(context_on, task, as_of="2024-07-14"), stood(context_on, task, as_of="2024-07-15")
    assert (before.due, before.deadline_state) == ("2024-07-10", "open_overdue")
    assert (after.due, after.first_due, after.deadline_state) == ("2024-07-31", "2024-07-10", "open_in_time")


def test_an_extension_can_speak_of_an_earlier_day(context_on: OpenContext, task: str) -> None:
    extended(context_on, "2024-07-15", task, "31/7/2024", on="9/7")
    assert stood(context_on, task, as_of="2024-07-09").due == "2024-07-31"
    assert stood(context_on, task, as_of="2024-07-08").due == "2024-07-10"


def test_extensions_told_out_of_order_count_by_their_days(context_on: OpenContext, task: str) -> None:
    extended(context_on, "2024-07-15", task, "31/7/2024", on="12/7")
    extended(context_on, "2024-07-16", task, "20/7/2024", on="8/7")
    assert [stood(context_on, task, as_of=f"2024-07-{d}").due for d in ("07", "08", "12")] == [
        "2024-07-10", "2024-07-20", "2024-07-31",
    ]  # fmt: skip


def test_the_first_due_day_of_a_task_opened_without_one_is_the_first_it_got(context_on: OpenContext) -> None:
    label = opened(context_on, "2024-07-01")
    extended(context_on, "2024-07-05", label, "20/7/2024")
    extended(context_on, "2024-07-08", label, "30/7/2024")
    assert (stood(context_on, label).due, stood(context_on, label).first_due) == ("2024-07-30", "2024-07-20")


def test_a_correction_is_of_the_opening_and_leaves_the_extensions(context_on: OpenContext, task: str) -> None:
    extended(context_on, "2024-07-05", task, "31/7/2024")
    done = edited(context_on, "2024-07-08", task, due="20/7/2024")
    dues = [stood(context_on, task, as_of=f"2024-07-0{d}").due for d in (1, 4, 5, 8)]
    assert dues == ["2024-07-20", "2024-07-20", "2024-07-31", "2024-07-31"]
    assert stood(context_on, task).first_due == "2024-07-20"
    assert notes(done) == ["extension-stands"]


def test_a_correction_to_what_is_so_already_says_what_stands_and_warns_of_nothing(
    context_on: OpenContext, task: str
) -> None:
    extended(context_on, "2024-07-05", task, "31/7/2024")
    edited(context_on, "2024-07-08", task, due="5/7/2024", start="6/7/2024")
    again = edited(context_on, "2024-07-08", task, due="5/7/2024")
    assert again.command is None
    assert [(n.code, n.params) for n in again.notes] == [
        ("extension-stands", {"task": task, "day": "2024-07-05", "on": "2024-07-05", "due": "2024-07-31"})
    ]


def test_an_extension_before_a_later_one_says_that_it_changes_nothing_current(
    context_on: OpenContext, task: str
) -> None:
    extended(context_on, "2024-07-08", task, "31/8/2024")
    extended(context_on, "2024-07-09", task, "30/9/2024")
    done = extended(context_on, "2024-07-12", task, "20/7/2024", on="5/7")
    assert [(n.code, n.params) for n in done.notes if n.code != "for-day"] == [
        ("later-extension-stands", {"task": task, "on": "2024-07-08", "due": "2024-09-30"})
    ]
    assert done.tasks[0].due == "2024-09-30"


def test_extending_to_the_same_deadline_is_refused(context_on: OpenContext, task: str) -> None:
    extended(context_on, "2024-07-05", task, "31/7/2024")
    with refused("same-deadline"):
        extended(context_on, "2024-07-06", task, "31/7/2024")


def test_an_extension_after_a_correction_holds_from_its_day(context_on: OpenContext, task: str) -> None:
    edited(context_on, "2024-07-05", task, due="20/7/2024")
    extended(context_on, "2024-07-08", task, "31/7/2024", on="4/7")
    assert [stood(context_on, task, as_of=f"2024-07-0{d}").due for d in (3, 4)] == [
        "2024-07-20",
        "2024-07-31",
    ]


def test_work_done_after_its_first_due_day_and_before_the_new_one_is_on_time(
    context_on: OpenContext, task: str
) -> None:
    extended(context_on, "2024-07-09", task, "31/7/2024")
    said(context_on, "2024-07-20", task, "done")
    assert stood(context_on, task).deadline_state == "done_on_time"


def test_an_extension_on_a_day_before_the_opening_moves_it(context_on: OpenContext, task: str) -> None:
    assert notes(extended(context_on, "2024-07-05", task, "31/7/2024", on="20/6")) == ["opening-moved"]


def test_closed_work_is_not_extended(context_on: OpenContext, db: SQLite, task: str) -> None:
    said(context_on, "2024-07-05", task, "done")
    before = held(db)
    with refused("task-closed") as caught:
        extended(context_on, "2024-07-06", task, "31/7/2024")
    assert caught.value.exit_code == 4
    with refused("day-after-today"):
        extended(context_on, "2024-07-06", task, "31/7/2024", on="7/7/2024")
    assert held(db) == before


def test_an_extended_deadline_is_the_tasks_own(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-03-26"))
    extended(context_on, "2024-07-05", "1", "Q3")
    assert "due" not in stood(context_on, "1").follows
    assert (stood(context_on, "1").due, stood(context_on, "1").due_text) == ("2024-09-30", "2024-Q3")


# --- removals ---


def test_a_removed_task_is_out_of_every_count_of_every_day(context_on: OpenContext, task: str) -> None:
    opened(context_on, "2024-07-01", "Còn lại")
    remove(context_on("2024-07-05"), [task], "nhập trùng")
    for day in ("2024-07-03", "2024-07-05"):
        assert progress(context_on(as_of=day)).total.total == 1
        assert [t.title.vi for t in list_tasks(context_on(as_of=day), [], everything=True).tasks] == [
            "Còn lại"
        ]


def test_what_was_removed_was_there_as_known_before(context_on: OpenContext, task: str) -> None:
    remove(context_on("2024-07-05"), [task], "nhập trùng")
    assert progress(context_on(known_at="4/7/2024")).total.total == 1
    assert progress(context_on(known_at="5/7/2024")).total.total == 0


def test_a_task_is_removed_once(context_on: OpenContext, db: SQLite, task: str) -> None:
    remove(context_on("2024-07-05"), [task], "nhập trùng")
    before = held(db)
    with refused("task-removed"):
        remove(context_on("2024-07-06"), [task], "nhập trùng")
    with refused("task-removed"):
        edited(context_on, "2024-07-06", task, title="Tên khác")
    assert held(db) == before


def test_a_reason_must_have_words(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    with refused("text-empty"):
        remove(context_on("2024-07-05"), [task], "  ")
    with refused("text-empty"):
        extend(context_on("2024-07-05"), [task], "31/7/2024", "")
    assert held(db) == before
