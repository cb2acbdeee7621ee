"""Status updates: what they do to a task on each day, in whatever order they come."""

import pytest

from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import TypedUpdate, update
from plantrack.store.connection import SQLite
from tests.support.steps import OpenContext, held, labels, notes, opened, refused, said, stood

OPENED = "2024-07-01"


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024."""
    return opened(context_on, OPENED)


# --- percent and status ---


def test_percent_above_0_starts_a_task(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, percent="1")
    assert (stood(context_on, task).status, stood(context_on, task).percent) == ("in_progress", 1)


def test_percent_0_does_not_start_a_task(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, percent="0%")
    assert (stood(context_on, task).status, stood(context_on, task).percent) == ("not_started", 0)


def test_percent_starts_nothing_but_what_was_not_started(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, "pause")
    said(context_on, "2024-07-03", task, percent="40")
    assert (stood(context_on, task).status, stood(context_on, task).percent) == ("paused", 40)


def test_a_hundred_percent_is_not_done_and_a_hint_says_so(context_on: OpenContext, task: str) -> None:
    assert notes(said(context_on, "2024-07-02", task, percent="100")) == ["hundred-is-not-done"]
    assert stood(context_on, task).status == "in_progress"
    assert stood(context_on, task).completed_on is None


def test_a_hundred_percent_and_done_in_one_has_no_hint(context_on: OpenContext, task: str) -> None:
    assert notes(said(context_on, "2024-07-02", task, "done", percent="100")) == []


def test_done_shows_a_hundred_percent_and_the_day(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, percent="40")
    said(context_on, "2024-07-05", task, "done", on="4/7")
    now = stood(context_on, task)
    assert (now.status, now.percent, now.completed_on) == ("done", 100, "2024-07-04")


def test_reopened_work_has_the_percent_it_had_and_no_day_of_completion(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-02", task, percent="40")
    said(context_on, "2024-07-04", task, "done")
    said(context_on, "2024-07-06", task, "reopen", reason="thiếu phụ lục")
    now = stood(context_on, task)
    assert (now.status, now.percent, now.completed_on) == ("in_progress", 40, None)


def test_completed_on_is_the_first_done_of_the_latest_run(context_on: OpenContext, task: str) -> None:
    for day, verb in (("02", "done"), ("03", "done"), ("04", "reopen"), ("08", "done"), ("09", "done")):
        said(context_on, f"2024-07-{day}", task, verb, reason="lý do" if verb == "reopen" else None)
    assert stood(context_on, task).completed_on == "2024-07-08"
    assert stood(context_on, task, as_of="2024-07-05").completed_on is None
    assert stood(context_on, task, as_of="2024-07-03").completed_on == "2024-07-02"


def test_a_done_told_later_for_an_earlier_day_moves_the_completion_back(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-08", task, "done")
    said(context_on, "2024-07-09", task, "done", on="5/7")
    assert stood(context_on, task).completed_on == "2024-07-05"


def test_what_is_said_of_finished_work_without_a_status_leaves_it_finished(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-04", task, "done")
    said(context_on, "2024-07-06", task, result="đã gửi bản cuối", note="gọi điện")
    now = stood(context_on, task)
    assert (now.status, now.completed_on, now.updated_on) == ("done", "2024-07-04", "2024-07-06")


@pytest.mark.parametrize(
    ("verb", "status"),
    [("start", "in_progress"), ("submit", "submitted"), ("done", "done"), ("pause", "paused"),
     ("resume", "in_progress"), ("drop", "dropped")],
)  # fmt: skip
def test_each_short_form_stands_for_its_status(
    context_on: OpenContext, task: str, verb: str, status: str
) -> None:
    said(context_on, "2024-07-02", task, verb, reason="lý do" if verb == "drop" else None)
    assert stood(context_on, task).status == status


@pytest.mark.parametrize("typed", ["done", "hoan-thanh", "Hoàn thành", "HOÀN THÀNH", "xong", "Completed"])
def test_a_status_is_read_in_both_languages_and_any_spelling(
    context_on: OpenContext, task: str, typed: str
) -> None:
    said(context_on, "2024-07-02", task, status=typed)
    assert stood(context_on, task).status == "done"


def test_a_short_form_refuses_another_status(context_on: OpenContext, task: str) -> None:
    with refused("status-of-short-form"):
        said(context_on, "2024-07-02", task, "done", status="paused")


# --- what is so already ---


@pytest.mark.parametrize(("verb", "status"), [("done", "done"), ("drop", "dropped")])
def test_closing_what_is_closed_records_nothing_and_says_since_when(
    context_on: OpenContext, db: SQLite, task: str, verb: str, status: str
) -> None:
    reason = {"reason": "thôi"} if verb == "drop" else {}
    said(context_on, "2024-07-05", task, verb, **reason)
    before = held(db)
    again = said(context_on, "2024-07-09", task, status=status)
    assert [(n.code, n.params) for n in again.notes] == [
        ("already-so", {"task": task, "status": status, "day": "2024-07-05"})
    ]
    assert (again.command, labels(again.tasks)) == (None, [task])
    assert held(db) == before


def test_a_second_done_with_a_word_more_says_what_was_added(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, "done")
    again = said(context_on, "2024-07-09", task, "done", result="biên bản", evidence="s1")
    assert [(n.code, n.params["fields"]) for n in again.notes] == [
        ("already-so-added", ("result", "evidence"))
    ]
    assert again.tasks[0].completed_on == "2024-07-05"


def test_a_word_more_on_work_that_goes_on_is_no_surprise(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, "start")
    assert notes(said(context_on, "2024-07-09", task, "start", result="đã họp")) == []
    assert notes(said(context_on, "2024-07-10", task, status="in_progress", percent="40")) == []


def test_a_second_start_is_recorded_as_news_that_it_goes_on(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, "start")
    said(context_on, "2024-07-03", task, percent="20")
    again = said(context_on, "2024-07-09", task, status="in_progress")
    assert [(n.code, n.params["day"]) for n in again.notes] == [("already-so-again", "2024-07-02")]
    assert again.tasks[0].updated_on == "2024-07-09"


def test_of_several_tasks_only_those_not_done_yet_are_recorded_on(context_on: OpenContext, task: str) -> None:
    other = opened(context_on, OPENED)
    said(context_on, "2024-07-05", task, "done")
    done = update(context_on("2024-07-09"), [task, other], TypedUpdate(), "done")
    assert notes(done) == ["already-so"]
    assert [stood(context_on, t).updated_on for t in (task, other)] == ["2024-07-05", "2024-07-09"]


def test_a_second_done_for_an_earlier_day_says_nothing_of_what_was_not_recorded(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-05", task, "done")
    said(context_on, "2024-07-09", task, result="x")
    assert notes(said(context_on, "2024-07-10", task, "done", on="6/7")) == ["already-so"]


def test_to_clear_what_does_not_stand_in_the_way_is_said_to_be_no_news(
    context_on: OpenContext, task: str
) -> None:
    assert notes(said(context_on, "2024-07-05", task, unblocked=True)) == ["not-blocked"]
    said(context_on, "2024-07-06", task, blocked="kẹt")
    assert notes(said(context_on, "2024-07-07", task, unblocked=True)) == []


# --- out of done or dropped only by reopen ---


@pytest.mark.parametrize("end", ["done", "drop"])
@pytest.mark.parametrize(
    ("verb", "report"),
    [("start", {}), ("pause", {}), ("submit", {}), ("resume", {}), ("update", {"status": "not_started"}),
     ("update", {"status": "carried_over"}), ("update", {"percent": "50"}), ("update", {"blocked": "kẹt"})],
)  # fmt: skip
def test_only_reopen_leads_out_of_done_and_dropped(
    context_on: OpenContext, db: SQLite, task: str, end: str, verb: str, report: dict[str, str]
) -> None:
    said(context_on, "2024-07-02", task, end, reason="lý do")
    before = held(db)
    with refused("task-closed") as caught:
        said(context_on, "2024-07-03", task, verb, **report)
    assert caught.value.exit_code == 4
    assert held(db) == before


def test_done_cannot_become_dropped_without_being_reopened(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, "done")
    with refused("task-closed"):
        said(context_on, "2024-07-03", task, "drop", reason="lý do")


def test_reopen_is_for_closed_work_only(context_on: OpenContext, task: str) -> None:
    with refused("task-not-closed") as caught:
        said(context_on, "2024-07-02", task, "reopen", reason="lý do")
    assert caught.value.exit_code == 4


def test_dropped_work_is_reopened_too(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, "drop", reason="lý do")
    said(context_on, "2024-07-03", task, "reopen", reason="làm lại", status="not_started")
    assert stood(context_on, task).status == "not_started"


def test_work_that_was_still_open_on_a_day_can_be_reported_on_for_that_day(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-08", task, "done")
    said(context_on, "2024-07-09", task, percent="70", on="5/7")
    assert stood(context_on, task, as_of="2024-07-06").percent == 70
    assert stood(context_on, task).status == "done"


# --- days ---


def test_on_after_today_is_refused(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    with refused("day-after-today") as caught:
        said(context_on, "2024-07-05", task, percent="10", on="6/7/2024")
    assert caught.value.exit_code == 2
    assert held(db) == before


def test_before_the_opening_the_opening_moves_back_and_the_reply_says_so(
    context_on: OpenContext, task: str
) -> None:
    done = said(context_on, "2024-07-05", task, percent="10", on="20/6")
    moved = [n.params for n in done.notes if n.code == "opening-moved"]
    assert moved == [{"task": task, "day": "2024-06-20", "old": OPENED}]
    assert stood(context_on, task, as_of="2024-06-20").percent == 10


def test_a_fact_moves_an_opening_back_by_31_days_at_most(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    before = held(db)
    for on in ("2024-05-30", "5/1"):
        with refused("opening-too-far") as caught:
            said(context_on, "2024-07-05", task, result="Đã họp", on=on)
        assert (caught.value.exit_code, caught.value.params["opened"]) == (4, OPENED)
    with refused("opening-too-far"):
        assign(context_on("2024-07-05"), [task], Roles(lead=("ubdt",), on="2024-05-30"))
    with refused("opening-too-far"):
        extend(context_on("2024-07-05"), [task], "30/8", "chậm", "2024-05-30")
    assert held(db) == before
    said(context_on, "2024-07-05", task, result="Đã họp", on="2024-05-31")
    assert stood(context_on, task).opened_on == "2024-05-31"
    done = edit(context_on("2024-07-05"), [task], Corrections(opened="5/1"))
    assert [n.params for n in done.notes if n.code == "opening-set"] == [{"task": task, "day": "2024-01-05"}]


def test_a_day_in_january_is_of_this_january_while_last_year_s_plan_is_in_use(
    context_on: OpenContext,
) -> None:
    task = opened(context_on, "2024-12-20")
    done = said(context_on, "2025-01-08", task, percent="10", on="5/1")
    assert [n.params for n in done.notes if n.code == "for-day"] == [{"day": "2025-01-05"}]
    assert stood(context_on, task, as_of="2025-01-05").percent == 10


def test_out_of_order_updates_count_by_the_day_they_speak_of(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-08", task, percent="60", blocked="chờ duyệt")
    said(context_on, "2024-07-09", task, percent="30", on="4/7")
    assert stood(context_on, task).percent == 60
    assert [stood(context_on, task, as_of=f"2024-07-{d}").percent for d in ("03", "04", "07", "08")] == [
        None,
        30,
        30,
        60,
    ]


def test_of_two_updates_for_one_day_the_one_recorded_later_counts(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-08", task, percent="60")
    said(context_on, "2024-07-08", task, percent="50")
    said(context_on, "2024-07-09", task, percent="40", on="8/7")
    assert stood(context_on, task).percent == 40


def test_what_an_update_does_not_speak_of_stays_as_it_was(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, status="paused", percent="30", blocked="kẹt")
    said(context_on, "2024-07-03", task, result="đã họp")
    now = stood(context_on, task)
    assert (now.status, now.percent, now.blocked, now.updated_on) == ("paused", 30, "kẹt", "2024-07-03")


def test_a_backdated_update_that_changes_nothing_current_says_so(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-08", task, percent="60")
    assert notes(said(context_on, "2024-07-09", task, percent="30", on="4/7")) == ["nothing-current-changed"]


def test_a_backdated_update_that_changes_something_says_nothing(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-08", task, percent="60")
    assert notes(said(context_on, "2024-07-09", task, blocked="kẹt", on="4/7")) == []
    assert stood(context_on, task).blocked == "kẹt"


# --- difficulties ---


def test_blocked_holds_until_unblocked(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, blocked="thiếu số liệu")
    said(context_on, "2024-07-04", task, blocked="vẫn thiếu số liệu")
    said(context_on, "2024-07-06", task, unblocked=True)
    on_5 = stood(context_on, task, as_of="2024-07-05")
    assert (on_5.blocked, on_5.blocked_since) == ("vẫn thiếu số liệu", "2024-07-02")
    assert stood(context_on, task).blocked is None


def test_blocked_holds_until_done_and_does_not_come_back(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, blocked="kẹt")
    said(context_on, "2024-07-04", task, "done")
    said(context_on, "2024-07-06", task, "reopen", reason="lý do")
    assert stood(context_on, task, as_of="2024-07-03").is_blocked
    assert stood(context_on, task).blocked is None


def test_dropped_work_does_not_count_as_blocked(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, blocked="kẹt")
    said(context_on, "2024-07-04", task, "drop", reason="lý do")
    assert not stood(context_on, task).is_blocked


def test_blocked_and_unblocked_at_once_is_refused(context_on: OpenContext, task: str) -> None:
    with refused("blocked-and-unblocked"):
        said(context_on, "2024-07-02", task, blocked="kẹt", unblocked=True)


# --- which task is meant ---


@pytest.mark.parametrize("typed", ["1", "nv1", "NV1", "#1", "nv 1"])
def test_a_task_is_known_by_its_label_in_any_form(context_on: OpenContext, task: str, typed: str) -> None:
    assert labels(said(context_on, "2024-07-02", typed, percent="5").tasks) == [task]


def test_an_activity_means_its_only_open_task(context_on: OpenContext, task: str) -> None:
    opened(context_on, "2024-07-01", activity="3.1")
    said(context_on, "2024-07-02", "2", "done")
    opened(context_on, "2024-07-03", activity="3.1")
    assert labels(said(context_on, "2024-07-04", "nd3.1", percent="5").tasks) == ["3"]


def test_an_activity_with_only_a_closed_task_means_that(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", activity="3.1")
    said(context_on, "2024-07-02", "1", "done")
    assert labels(said(context_on, "2024-07-04", "3.1", "reopen", reason="lý do").tasks) == ["1"]


def test_an_activity_with_several_open_tasks_is_refused_with_their_labels(context_on: OpenContext) -> None:
    for _ in range(2):
        opened(context_on, "2024-07-01", activity="3.1")
    with refused("activity-many-tasks") as caught:
        said(context_on, "2024-07-02", "3.1", percent="5")
    assert caught.value.params["near"] == ("1", "2")


def test_an_activity_without_a_task_is_refused(context_on: OpenContext, task: str) -> None:
    with refused("activity-no-task") as caught:
        said(context_on, "2024-07-02", "3.2", percent="5")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    "typed", ["99", "0", "9" * 30, "HN-4", "chín", "3.9", "", "-", "1 2", "1;DROP", "#", "12-", "1.5.2"]
)
def test_what_is_no_task_is_refused(context_on: OpenContext, task: str, typed: str) -> None:
    with refused("unknown-task") as caught:
        said(context_on, "2024-07-02", typed, percent="5")
    assert caught.value.exit_code == 3


def test_a_removed_task_is_none_to_report_on(context_on: OpenContext, task: str) -> None:
    remove(context_on("2024-07-02"), [task], "nhầm")
    with refused("task-removed") as caught:
        said(context_on, "2024-07-03", task, percent="5")
    assert caught.value.exit_code == 3


def test_several_tasks_are_told_of_in_one_command_or_not_at_all(context_on: OpenContext, db: SQLite) -> None:
    add_from_plan(context_on(OPENED))
    said(context_on, "2024-07-02", "3", "done")
    before = held(db)
    with refused("task-closed"):
        update(context_on("2024-07-03"), ["1", "2", "3"], TypedUpdate(status="paused"))
    assert held(db) == before
    done = update(context_on("2024-07-03"), ["1", "nv1", "2", "1.1"], TypedUpdate(percent="5"))
    assert labels(done.tasks) == ["1", "2"]


# --- odd input ---


@pytest.mark.parametrize(
    "typed", ["101", "-1", "", " ", "%", "4.5", "4,5", "nửa", "9" * 5000, "１０", "1e1", "40%%"]
)
def test_what_is_no_whole_percentage_is_refused(
    context_on: OpenContext, db: SQLite, task: str, typed: str
) -> None:
    before = held(db)
    with refused("percent-range"):
        said(context_on, "2024-07-02", task, percent=typed)
    assert held(db) == before


@pytest.mark.parametrize(
    "typed",
    [
        "0000-00-00",
        "2024-02-30",
        "31/6/2024",
        "1/1/0001",
        "31/12/9999",
        "-9999999d",
        "-999999999d",
        "w",
        "",
        " ",
    ],
)
def test_a_strange_day_is_refused_and_nothing_is_kept(
    context_on: OpenContext, db: SQLite, task: str, typed: str
) -> None:
    before = held(db)
    with pytest.raises(Exception, match="impossible-date|bad-date|not-a-day|day-after"):
        said(context_on, "2024-07-02", task, percent="5", on=typed)
    assert held(db) == before


def test_an_update_that_says_nothing_is_refused(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    with refused("nothing-to-record"):
        said(context_on, "2024-07-02", task)
    with refused("text-empty"):
        said(context_on, "2024-07-02", task, result=" \u200b ")
    assert held(db) == before


def test_the_first_and_the_last_day_there_is_can_be_spoken_of(context_on: OpenContext, task: str) -> None:
    edit(context_on("2024-07-02"), [task], Corrections(opened="1900-01-01", due="31/12/2199"))
    said(context_on, "2024-07-02", task, percent="5", on="1900-01-01")
    assert (stood(context_on, task).opened_on, stood(context_on, task).due) == ("1900-01-01", "2199-12-31")


def test_updates_after_an_undo_count_again_from_what_stood_before(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, "done")
    undo(context_on("2024-07-03"), None)
    said(context_on, "2024-07-04", task, percent="30")
    assert (stood(context_on, task).status, stood(context_on, task).percent) == ("in_progress", 30)
