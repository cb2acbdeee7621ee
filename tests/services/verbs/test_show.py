"""Showing a task: as it stood on a day, with what had been said of it."""

import pytest

from plantrack.model.task import Task
from plantrack.services.context import Context
from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.services.verbs.log import log
from plantrack.services.verbs.show import show
from plantrack.services.verbs.undo import undo
from tests.support.steps import OpenContext, command_of, moment_of, opened, refused, said, stood


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024, due on 10/7/2024."""
    return opened(context_on, "2024-07-01", due="10/7/2024")


def results(sit: OpenContext, task: str, **asked: str) -> list[str | None]:
    """Return the results that `show` has for a task."""
    return [u.result for u in show(sit(**asked), [task]).shown[0].updates]


def test_updates_come_in_the_order_of_the_days_they_speak_of(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-08", task, result="hai")
    said(context_on, "2024-07-09", task, result="một", on="4/7")
    assert results(context_on, task) == ["một", "hai"]


def test_the_history_is_read_only_where_it_is_asked_for(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-08", task, percent="40")
    assert show(context_on(), [task]).shown[0].history is None
    told = show(context_on(), [task], history=True).shown[0].history
    assert told is not None
    assert [e.command for e in told][-1] == "c3"


def test_an_update_has_who_wrote_it_and_who_told(context_on: OpenContext, task: str) -> None:
    said(
        context_on, "2024-07-08", task, result="x", told_by="chị Hoa", note="qua điện thoại", evidence="CV 12"
    )
    (update,) = show(context_on(), [task]).shown[0].updates
    assert (update.author, update.told_by, update.on) == ("Người thử", "chị Hoa", "2024-07-08")
    assert (update.note, update.evidence) == ("qua điện thoại", "CV 12")


def test_what_was_said_of_later_days_is_not_in_the_state_of_an_earlier_one(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-04", task, result="một", percent="10")
    said(context_on, "2024-07-08", task, result="hai", percent="20")
    assert results(context_on, task, as_of="2024-07-07") == ["một"]
    assert stood(context_on, task, as_of="2024-07-07").percent == 10


def test_known_at_hides_what_was_recorded_later_withdrawals_included(
    context_on: OpenContext, task: str
) -> None:
    first = said(context_on, "2024-07-04", task, result="một", percent="10")
    second = said(context_on, "2024-07-08", task, result="hai", percent="20", on="3/7")
    undo(context_on("2024-07-09"), "c3")
    assert (stood(context_on, task).percent, stood(context_on, task, known_at=moment_of(first)).percent) == (
        20,
        10,
    )
    shown = show(context_on(known_at=moment_of(second)), [task]).shown[0]
    assert (shown.task.percent, shown.withdrawn, [u.result for u in shown.updates]) == (
        10,
        {},
        ["hai", "một"],
    )
    withdrawn = show(context_on(), [task]).shown[0].withdrawn
    assert withdrawn == {command_of(first).uid: 5}


def test_as_of_and_known_at_together_give_an_old_report_again(context_on: OpenContext, task: str) -> None:
    done = said(context_on, "2024-07-04", task, percent="10")
    edit(context_on("2024-07-05"), [task], Corrections(title="Tên khác", due="5/7/2024"))
    said(context_on, "2024-07-06", task, percent="90", on="4/7")
    then, now = stood(context_on, task, "2024-07-08", moment_of(done)), stood(context_on, task, "2024-07-08")
    assert (then.title.vi, then.due, then.percent, then.deadline_state) == (
        "Việc",
        "2024-07-10",
        10,
        "open_due_soon",
    )
    assert (now.title.vi, now.due, now.percent, now.deadline_state) == (
        "Tên khác",
        "2024-07-05",
        90,
        "open_overdue",
    )


@pytest.mark.parametrize(
    "typed", ["2024-07-05T09:30", "2024-07-05T09:30:00+07:00", "2024-07-05T02:30Z", "4/7/2024"]
)
def test_a_moment_is_local_unless_it_says_and_a_day_means_its_end(
    context_on: OpenContext, task: str, typed: str
) -> None:
    said(context_on, "2024-07-04", task, percent="10")  # 9:00 in Viet Nam
    said(context_on, "2024-07-06", task, percent="20")
    assert stood(context_on, task, known_at=typed).percent == 10


def test_several_tasks_are_shown_in_the_order_asked_for_each_once(context_on: OpenContext, task: str) -> None:
    other = opened(context_on, "2024-07-01")
    assert [s.task.label for s in show(context_on(), [other, task, other]).shown] == [other, task]


def test_a_removed_task_is_shown_as_known_before(context_on: OpenContext, task: str) -> None:
    remove(context_on("2024-07-05"), [task], "nhầm")
    with refused("task-removed"):
        stood(context_on, task)
    assert stood(context_on, task, known_at="4/7/2024").label == task


def test_a_task_that_was_not_known_yet_is_none(context_on: OpenContext, task: str) -> None:
    with refused("task-not-recorded") as caught:
        stood(context_on, task, known_at="30/6/2024")
    assert caught.value.exit_code == 3


def test_what_was_known_of_a_series_and_of_what_comes_before(context_on: OpenContext) -> None:
    """With all tasks made again, and with only those that hang together with the one that is named."""
    first = opened(context_on, "2024-07-01", due="31/7/2024", every="month")
    before = [opened(context_on, f"2024-07-0{n}", f"Trước {n}") for n in (1, 2)]
    waiting = opened(context_on, "2024-07-02", "Sau", after=tuple(before))
    said(context_on, "2024-07-03", first, "done")
    second = str(int(waiting) + 1)
    edit(context_on("2024-07-04"), [second], Corrections(after=(waiting,)))
    last = said(context_on, "2024-07-05", before[0], "start")
    known = [shown_and_told(context_on(about=(task,)), task) for task in (first, second, waiting)]
    said(context_on, "2024-07-06", before[0], "done")
    edit(context_on("2024-07-06"), [waiting], Corrections(after=("none",)))
    remove(context_on("2024-07-06"), [before[1]], "nhầm")
    said(context_on, "2024-07-07", second, "done")
    for about in (True, False):
        for task, was in zip((first, second, waiting), known, strict=True):
            context = context_on(known_at=moment_of(last), as_of="2024-07-05", about=(task,) * about)
            assert shown_and_told(context, task) == was
    shown, series, _ = known[1]
    assert (shown.occurrence_of, shown.after, shown.waits_for) == (first, (waiting,), (waiting,))
    assert series == (first, second)
    assert known[2][0].waits_for == tuple(before)


def shown_and_told(
    context: Context, label: str
) -> tuple[Task, tuple[str, ...], list[tuple[str | None, ...]]]:
    """Return a task as it is shown, its series, and its log."""
    shown = show(context, [label], history=True).shown[0]
    told = log(context, [label]).entries
    assert tuple(shown.history or ()) == tuple(told)
    return shown.task, shown.series, [(e.command, e.field, e.old, e.new) for e in told]
