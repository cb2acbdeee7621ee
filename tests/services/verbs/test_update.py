"""Status updates that say what is so already: what is recorded of them, and what is said."""

import pytest

from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, held, labels, notes, opened, said, stood

OPENED = "2024-07-01"


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024."""
    return opened(context_on, OPENED)


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
