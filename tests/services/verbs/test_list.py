"""Lists: which tasks on which day, in which order, and what stands beside them with notes."""

import json

import pytest

from plantrack.services import task_query
from plantrack.services.verbs.add import add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import extend
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.undo import undo
from plantrack.store.questions import search
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Run
from tests.support.listing import DAY, found, listed, open_six
from tests.support.steps import OpenContext, labels, opened, said


@pytest.fixture
def tasks(context_on: OpenContext) -> None:
    """Make 1: overdue; 2: due soon, blocked; 3: due later, paused; 4: no due day; 5: done; 6: dropped."""
    open_six(context_on)


# --- which tasks, in which order ---


@pytest.mark.usefixtures("tasks")
def test_open_tasks_are_listed_by_due_day_none_last_then_number(context_on: OpenContext) -> None:
    opened(context_on, DAY, due="25/7/2024")
    assert found(context_on) == ["1", "2", "7", "3", "4"]


@pytest.mark.usefixtures("tasks")
def test_closed_tasks_are_listed_when_all_or_a_status_is_asked_for(context_on: OpenContext) -> None:
    assert found(context_on, everything=True) == ["6", "1", "5", "2", "3", "4"]
    assert found(context_on, "status:done,dropped") == ["6", "5"]
    assert found(context_on, "deadline:done_late") == ["5"]


@pytest.mark.usefixtures("tasks")
def test_the_view_says_how_many_more_all_would_show(context_on: OpenContext) -> None:
    assert listed(context_on).closed == 2
    assert listed(context_on, "area:ND2").closed == 1
    assert listed(context_on, everything=True).closed == 0


def test_numbers_count_as_numbers(context_on: OpenContext) -> None:
    for _ in range(11):
        opened(context_on, "2024-07-01")
    assert found(context_on)[-2:] == ["10", "11"]


# --- on a day ---


@pytest.mark.usefixtures("tasks")
def test_a_list_is_of_the_as_of_day(context_on: OpenContext) -> None:
    assign(context_on(DAY), ["4"], Roles(lead=("ubdt",)))
    assert found(context_on, as_of="2024-07-15") == ["6", "1", "5", "2", "3", "4"]
    assert found(context_on, "unassigned", as_of="2024-07-19") == ["4"]
    assert found(context_on, "blocked", as_of="2024-07-17") == []
    assert found(context_on, as_of="2024-06-30") == []


def test_a_list_of_nothing_is_a_list(context_on: OpenContext) -> None:
    assert listed(context_on).tasks == ()


def test_words_of_english_titles_are_told_of_where_nothing_else_has_them(context_on: OpenContext) -> None:
    add_from_plan(context_on("2024-07-01"))
    assert listed(context_on, "workshop").is_in_english
    assert not listed(context_on, "workshop", "area:7").is_in_english
    assert not listed(context_on, "khong-co-gi").is_in_english
    assert not listed(context_on, "hội thảo").is_in_english


def test_reading_changes_nothing(context_on: OpenContext, db: SQLite) -> None:
    before = db.driver.total_changes
    found(context_on, "hội thảo", "overdue", known_at="2024-07-10")
    assert (db.driver.total_changes, db.driver.in_transaction) == (before, False)


# --- with notes ---


def test_with_notes_each_task_has_its_last_words_and_its_extensions(context_on: OpenContext) -> None:
    for _ in range(3):
        opened(context_on, "2024-07-01", due="10/7/2024")
    said(context_on, "2024-07-02", "1", result="một", told_by="chị Hoa")
    said(context_on, "2024-07-03", "1", note="gọi lại")
    extend(context_on("2024-07-04"), ["1", "2"], "11/7/2024", "chờ")
    extend(context_on("2024-07-05"), ["1"], "12/7/2024", "chờ nữa")
    extend(context_on("2024-07-25"), ["2"], "30/8/2024", "sau ngày xem", "22/7/2024")
    view = list_tasks(context_on(DAY), ("overdue",), with_notes=True)
    assert view.noted is not None
    assert [noted.task for noted in view.noted] == [*view.tasks]
    notes = {n.task.label: (n.update and n.update.note, n.extensions) for n in view.noted}
    assert notes == {"3": (None, 0), "2": (None, 1), "1": ("gọi lại", 2)}


def test_extensions_that_were_taken_back_do_not_count(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", due="10/7/2024")
    extend(context_on("2024-07-04"), ["1"], "11/7/2024", "nhầm")
    undo(context_on("2024-07-04"), None)
    (noted,) = list_tasks(context_on(DAY), (), with_notes=True).noted or ()
    assert (noted.update, noted.extensions) == (None, 0)


def test_without_notes_nothing_more_is_read(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01")
    assert listed(context_on).noted is None


def test_more_hits_than_are_put_in_order_come_by_due_day_and_say_so(
    context_on: OpenContext, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(context_on, "2024-07-01", "Báo cáo", due="30/9/2024")
    opened(context_on, "2024-07-01", "Họp", due="10/9/2024")
    said(context_on, "2024-07-02", "2", result="báo cáox")
    assert listed(context_on, "báo cáo").is_ranked
    for module in (task_query, search):
        monkeypatch.setattr(module, "MOST_RANKED", 1)
    view = listed(context_on, "báo cáo")
    assert (labels(view.tasks), view.is_ranked) == (["2", "1"], False)
    assert (view.total, view.closed, view.is_cut) == (None, 0, False), "nothing is counted over so many"
    every = listed(context_on, "báo cáo", everything=True)
    assert (every.total, every.closed) == (None, 0)
    nothing = listed(context_on, "báo cáo", "area:7")
    assert (nothing.total, nothing.closed) == (0, 0)
    for limit, is_cut in ((1, True), (2, False)):
        first = list_tasks(context_on(DAY), ("báo cáo",), limit=limit)
        assert (len(first.tasks), first.total, first.is_cut) == (limit, None, is_cut)
    assert listed(context_on).is_ranked
    told = " ".join(run("list", "báo cáo", "--lang", "en").out.split())
    assert "2 tasks. More than 2,000 tasks have these words" in told
    opened(context_on, "2024-07-01", "Báo cáo nữa")
    said(context_on, "2024-07-03", "3", status="done")
    told = " ".join(run("list", "báo cáo", "--lang", "en").out.split())
    assert "2 open tasks; closed ones are hidden (--all). More than 2,000" in told
    told = " ".join(run("list", "báo cáo", "--limit", "1", "--lang", "en").out.split())
    assert (
        "The first 1 of many tasks (leave --limit out to see all); closed ones are hidden (--all). More than"
        in told
    )
    for more, is_cut in (((), False), (("--limit", "1"), True)):
        answer = json.loads(run("list", "báo cáo", *more, "--format", "json").out)
        assert (answer["total"], answer["truncated"]) == (None, is_cut)
    assert json.loads(run("list", "--format", "json").out)["total"] == 2
    for label in ("1", "2"):
        said(context_on, "2024-07-03", label, "done")
    none = list_tasks(context_on(DAY), ("báo cáo",), limit=1)
    assert (labels(none.tasks), none.total, none.closed) == ([], 0, None)
