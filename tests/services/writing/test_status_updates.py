"""Status updates: what they do to a task, and what is refused."""

import pytest

from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, held, notes, opened, refused, said, stood

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


@pytest.mark.parametrize(
    "typed", ["không", "Không có", "none", "khong co gi", "Không có khó khăn, vướng mắc", "Chưa phát sinh"]
)
def test_no_difficulty_is_none_that_is_called_so(context_on: OpenContext, task: str, typed: str) -> None:
    with refused("blocked-nothing"):
        said(context_on, "2024-07-02", task, blocked=typed)
    with refused("proposal-nothing"):
        said(context_on, "2024-07-02", task, proposal=typed)


def test_blocked_and_unblocked_at_once_is_refused(context_on: OpenContext, task: str) -> None:
    with refused("blocked-and-unblocked"):
        said(context_on, "2024-07-02", task, blocked="kẹt", unblocked=True)


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


# --- money ---


def test_the_last_amount_up_to_a_day_counts_and_what_is_not_said_stays(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-02", task, allocated="50tr", spent="5tr")
    said(context_on, "2024-07-05", task, spent="12,5 triệu")
    said(context_on, "2024-07-06", task, percent="40")
    assert (stood(context_on, task).allocated, stood(context_on, task).spent) == (50_000_000, 12_500_000)
    before = stood(context_on, task, "2024-07-04")
    assert (before.allocated, before.spent) == (50_000_000, 5_000_000)
    assert stood(context_on, task, "2024-07-01").spent is None


def test_money_is_said_in_full(context_on: OpenContext, task: str) -> None:
    done = said(context_on, "2024-07-02", task, allocated="50tr", spent="12")
    told = [(note.code, note.params.get("fields"), note.params["amount"]) for note in done.notes]
    assert told == [
        ("money-read", ("allocated",), 50_000_000),
        ("money-odd", None, 12),
        ("money-read", ("spent",), 12),
    ]
    assert "money-odd" in notes(said(context_on, "2024-07-03", task, spent="2000000000000000"))


def test_money_alone_is_worth_recording_also_of_work_that_is_closed(
    context_on: OpenContext, task: str
) -> None:
    said(context_on, "2024-07-02", task, "done")
    said(context_on, "2024-07-05", task, spent="12tr")
    now = stood(context_on, task)
    assert (now.status, now.completed_on, now.spent) == ("done", "2024-07-02", 12_000_000)
    said(context_on, "2024-07-06", task, "done", spent="13tr")
    assert (stood(context_on, task).completed_on, stood(context_on, task).spent) == ("2024-07-02", 13_000_000)


def test_money_that_goes_back_is_taken_with_a_hint(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, spent="12tr")
    assert notes(said(context_on, "2024-07-03", task, spent="11tr")) == ["money-read", "money-lower"]
    assert notes(said(context_on, "2024-07-04", task, spent="11tr")) == ["money-read"]


def test_more_than_there_is_is_taken_with_a_hint(context_on: OpenContext, task: str) -> None:
    edit(context_on("2024-07-01"), [task], Corrections(budget="30tr"))
    both = said(context_on, "2024-07-02", task, allocated="40tr", spent="50tr")
    assert notes(both)[2:] == ["spent-above-allocated", "allocated-above-budget"]
    assert notes(said(context_on, "2024-07-03", task, spent="51tr")) == [
        "money-read",
        "spent-above-allocated",
    ]
    assert notes(said(context_on, "2024-07-04", task, percent="5")) == []


def test_a_later_amount_overtakes_a_backdated_one(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-05", task, spent="12tr")
    late = said(context_on, "2024-07-06", task, spent="5tr", on="2/7")
    assert notes(late) == ["money-read", "nothing-current-changed"]
    assert stood(context_on, task).spent == 12_000_000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12,5", "money-not-whole"),
        ("1.250 triệu", "money-two-ways"),
        ("-5tr", "not-money"),
        ("", "not-money"),
        ("9" * 25, "money-too-large"),
    ],
)
def test_what_is_no_amount_is_refused_and_nothing_changed(
    context_on: OpenContext, db: SQLite, task: str, typed: str, code: str
) -> None:
    before = held(db)
    with refused(code):
        said(context_on, "2024-07-02", task, percent="40", spent=typed)
    assert held(db) == before
