"""Status updates for other days: what they do to a task on each day, in whatever order they come."""

import pytest

from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, held, notes, opened, refused, said, stood

OPENED = "2024-07-01"


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024."""
    return opened(context_on, OPENED)


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
