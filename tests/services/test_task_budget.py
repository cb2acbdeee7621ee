"""The budget of a task: given, corrected, taken away; never handed on by itself."""

from pathlib import Path

import pytest

from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.carry_over import carry_over, what_would_be_carried
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.support.next_plan import next_plan
from tests.support.steps import PLAN, OpenContext, held, moment_of, notes, opened, refused, said, stood

OPENED = "2024-07-01"


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task with a budget."""
    return opened(context_on, OPENED, budget="50tr", budget_source=" NSTW ")


def money(sit: OpenContext, task: str, **asked: str) -> tuple[int | None, str | None]:
    found = stood(sit, task, **asked)
    return found.budget, found.budget_source


def test_a_task_is_opened_with_its_budget_and_the_log_says_so(context_on: OpenContext, task: str) -> None:
    assert money(context_on, task) == (50_000_000, "NSTW")
    told = {entry.field: entry.new for entry in log(context_on(), [task]).entries}
    assert (told["budget"], told["budget_source"]) == ("50000000", "NSTW")


def test_nothing_is_a_budget_too(context_on: OpenContext) -> None:
    task = opened(context_on, OPENED, budget="0")
    assert money(context_on, task) == (0, None)
    assert [e.new for e in log(context_on(), [task]).entries if e.field == "budget"] == ["0"]


def test_it_is_corrected_and_taken_away_and_what_was_known_stays(context_on: OpenContext, task: str) -> None:
    done = edit(context_on("2024-07-02"), [task], Corrections(budget="1,2 tỷ", budget_source="NSĐP"))
    edit(context_on("2024-07-03"), [task], Corrections(budget="none", budget_source="khong"))
    assert money(context_on, task) == (None, None)
    changes = [
        (e.field, e.old, e.new) for e in log(context_on(), [task]).entries if e.command in ("c3", "c4")
    ]
    assert changes == [
        ("budget", "50000000", "1200000000"),
        ("budget_source", "NSTW", "NSĐP"),
        ("budget", "1200000000", None),
        ("budget_source", "NSĐP", None),
    ]
    assert money(context_on, task, known_at=moment_of(done)) == (1_200_000_000, "NSĐP")


def test_the_same_amount_is_no_correction(context_on: OpenContext, task: str) -> None:
    assert edit(context_on("2024-07-02"), [task], Corrections(budget="50.000.000 đồng")).command is None


def test_undo_gives_the_amount_back_as_a_number(context_on: OpenContext, db: SQLite, task: str) -> None:
    edit(context_on("2024-07-02"), [task], Corrections(budget="60tr"))
    undo(context_on("2024-07-03"), None)
    assert money(context_on, task) == (50_000_000, "NSTW")
    assert db.query("SELECT budget FROM task WHERE number = :n", {"n": int(task)}) == [(50_000_000,)]
    assert edit(context_on("2024-07-04"), [task], Corrections(budget="50tr")).command is None


def test_less_than_was_allocated_is_taken_with_a_hint(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-02", task, allocated="40tr")
    done = edit(context_on("2024-07-03"), [task], Corrections(budget="30tr"))
    assert notes(done) == ["money-read", "allocated-above-budget"]
    assert notes(edit(context_on("2024-07-03"), [task], Corrections(title="Khác"))) == []


def test_what_is_no_amount_is_refused_and_nothing_changed(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    before = held(db)
    with refused("money-two-ways"):
        edit(context_on("2024-07-02"), [task], Corrections(title="Khác", budget="1.250 triệu"))
    with refused("text-control"):
        edit(context_on("2024-07-02"), [task], Corrections(budget_source="NS\x1bTW"))
    with refused("not-money"):
        opened(context_on, "2024-07-02", budget="nhiều")
    with refused("text-empty"):
        opened(context_on, "2024-07-02", budget_source="")
    assert held(db) == before


def test_the_next_occurrence_has_none_and_it_is_said(context_on: OpenContext) -> None:
    task = opened(context_on, OPENED, budget="5tr", every="month", due="31/7/2024")
    done = said(context_on, "2024-07-30", task, "done", spent="4tr")
    assert notes(done) == ["money-read", "next-opened", "next-without-budget"]
    assert done.tasks[0].spent == 4_000_000
    assert (stood(context_on, "2").budget, stood(context_on, "2").spent) == (None, None)


def test_what_is_carried_over_leaves_its_money_behind_and_it_is_said(
    context_on: OpenContext, workspace: Path, task: str
) -> None:
    new = next_plan(context_on, workspace, 2025).plan
    opened(context_on, OPENED, "Không có kinh phí")
    said(context_on, "2024-07-02", task, spent="4tr")
    sit = context_on("2025-01-02", plan=new)
    remarks = [[r.code for r in each.remarks] for each in what_would_be_carried(sit, PLAN).tasks]
    assert ["money-left" in codes for codes in remarks] == [True, False]
    _, done = carry_over(sit, PLAN)
    assert (done.tasks[0].budget, done.tasks[0].budget_source, done.tasks[0].spent) == (None, None, None)
    assert stood(context_on, task, plan=PLAN).spent == 4_000_000
