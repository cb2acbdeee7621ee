"""What was known at a moment: every question answered as it was then, and nothing left of it afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import Cutoffs
from plantrack.model.history import END_OF_TIME
from plantrack.model.task import Task
from plantrack.services.context import AsOf
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store import commands, facts, people, tasks
from plantrack.store.checks.soundness import differences
from plantrack.store.connection import Connection
from plantrack.store.known import show_as_known
from plantrack.store.questions.task_source import BY_LABEL, TaskSource
from plantrack.store.questions.task_titles import open_titles
from plantrack.store.scope import Scope
from plantrack.store.sqlite.connection import SQLite, connect
from tests.support import next_plan, oracle
from tests.support.oracle import whole_plan
from tests.support.random_work import COMMANDS, Do, day, worked
from tests.support.steps import PLAN, OpenContext, labels, moment_of, opened, refused, said
from tests.support.steps import held as everything

WORK = st.lists(COMMANDS, min_size=4, max_size=12)
FACTS = (
    "command",
    "withdrawal",
    "organisation_fact",
    "person_fact",
    "status_update",
    "deadline",
    "assignment",
    "change",
)
FIRST_MOMENT = "2024-01-01T00:00:00.000Z"


def left(db: Connection) -> list[str]:
    """Return the tables, views and indexes that only this connection has."""
    if isinstance(db, SQLite):
        return [r[0] for r in db.query("SELECT name FROM sqlite_temp_master ORDER BY name")]
    own = "SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = pg_my_temp_schema() ORDER BY relname"
    return [r[0] for r in db.query(own)]


def held(db: SQLite) -> dict[str, list[str]]:
    """Return what is answered of every table that may be shown otherwise."""
    made = ("withdrawn_command", "person", "task", "task_past", "holder")
    return {table: sorted(map(repr, db.query(f"SELECT * FROM {table}"))) for table in (*FACTS, *made)}


@contextmanager
def nothing_left(db: SQLite) -> Iterator[None]:
    """Hold that what is shown in it is gone after it, and that the data is as it was."""
    before, data = held(db), everything(db)
    yield
    show_as_known(db, None)
    assert (left(db), db.shown) == ([], None)
    assert held(db) == before
    assert everything(db) == data


def tasks_on(db: SQLite, plan: str, on: str) -> list[Task]:
    return [*TaskSource(db, plan, Cutoffs(on, on, on), past=True).rows(BY_LABEL)]


# --- then as it was then ---


@given(WORK, st.integers(1, 13), st.integers(1, 13))
def test_everything_is_as_it_was_when_that_was_the_last_command(
    made_once: Path, work: list[Do], one: int, other: int
) -> None:
    """Two moments in turn, in whichever order; each is compared with a ledger in which the rest never happened."""
    ledger = worked(made_once / "plantrack.db", work)
    with nothing_left(ledger.db):
        for second in (one, other):
            so_far = worked(made_once / "plantrack.db", work[: max(second - 1, 0)])
            show_as_known(ledger.db, ledger.moment(second))
            there = oracle.all_of(so_far.db, PLAN)
            for on in map(day, range(0, 13, 4)):
                then, now = tasks_on(so_far.db, PLAN, on), tasks_on(ledger.db, PLAN, on)
                assert [t._replace(uid="") for t in now] == [t._replace(uid="") for t in then]
            for table in FACTS:
                count = f"SELECT COUNT(*) FROM {table}"
                assert ledger.db.query(count) == so_far.db.query(count), table
            assert len(ledger.db.query("SELECT uid FROM task WHERE counted = 1")) == len(
                so_far.db.query("SELECT uid FROM task WHERE counted = 1")
            )
            assert len(there) <= len(oracle.all_of(ledger.db, PLAN))
            assert [p.name for p in people.people(ledger.db)] == [p.name for p in people.people(so_far.db)]
            withdrawn = sorted(oracle.withdrawn_commands(ledger.db).values())
            assert withdrawn == sorted(oracle.withdrawn_commands(so_far.db).values())


@given(WORK, st.integers(0, 13))
def test_what_is_derived_is_derived_of_what_is_shown(made_once: Path, work: list[Do], second: int) -> None:
    ledger = worked(made_once / "plantrack.db", work)
    with oracle.as_known(ledger.db, ledger.moment(second)):
        rows = ledger.db.query("SELECT number FROM task WHERE recorded_at > :u", {"u": ledger.moment(second)})
        later = {str(r[0]) for r in rows}  # they do not count, whatever follows from their facts
        found = [d for d in differences(ledger.db) if d.table in ("task_past", "holder", "withdrawn_command")]
        found += [d for d in differences(ledger.db) if d.table == "task" and d.name not in later]
        assert found == []


def test_each_kind_of_fact_hides_what_came_later(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", "Một", due="10/7/2024", lead=("ubdt",), in_charge=("An",))
    last = said(context_on, "2024-07-02", "1", percent="10")
    moment = moment_of(last)
    extend(context_on("2024-07-03"), ["1"], "20/7/2024", "chờ", "2/7")
    said(context_on, "2024-07-03", "1", "done", result="xong", on="2/7")
    assign(
        context_on("2024-07-03"), ["1"], Roles(lead=("hlhpn",), in_charge=("Bình",), instead=True, on="2/7")
    )
    edit(context_on("2024-07-03"), ["1"], Corrections(title="Hai", area="2", opened="2024-06-01"))
    undo(context_on("2024-07-03"), "c3")
    opened(context_on, "2024-07-03", "Ba", on="1/7")
    remove(context_on("2024-07-04"), ["1"], "nhầm")
    now = tasks_on(db, PLAN, day(9))
    assert labels(now) == ["2"]
    with nothing_left(db):
        show_as_known(db, moment)
        (task,) = tasks_on(db, PLAN, day(9))
        assert (task.label, task.title.vi, task.area, task.opened_on) == ("1", "Một", "ND3", "2024-07-01")
        assert (task.status, task.percent, task.due) == ("in_progress", 10, "2024-07-10")
        assert (task.lead, task.in_charge) == (("ubdt",), ("An",))
        assert [p.name for p in people.people(db)] == ["An"]
        uid = task.uid
        assert [u.percent for u in facts.updates_in(db, Scope.of([uid]))] == [10]
        assert [d.due for d in facts.deadlines_in(db, Scope.of([uid]))] == ["2024-07-10"]
        assert facts.changes_in(db, whole_plan(PLAN)) == []
        assert commands.last_moment(db) == moment
        assert (commands.withdrawals(db), oracle.withdrawn_commands(db)) == ([], {})
        assert open_titles(db, PLAN, ["mot", "hai"]) == [(uid, "1", "Một")]
        assert tasks.find(db, [("", 2)]) != {}, "what was opened since can be named"
    assert tasks_on(db, PLAN, day(9)) == now


def test_a_moment_between_two_commands_is_that_of_the_one_before(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    first = said(context_on, "2024-07-02", "1", percent="10")
    said(context_on, "2024-07-04", "1", percent="20")
    for moment, percent in (
        (moment_of(first), 10),
        (moment_of(first)[:-2] + "1Z", 10),
        ("2024-07-03T23:59:59.999Z", 10),
        ("2024-07-01T12:00:00.000Z", None),
    ):
        with oracle.as_known(db, moment):
            assert [t.percent for t in tasks_on(db, PLAN, END_OF_TIME)] == [percent]


def test_before_everything_nothing_was_known(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",))
    with nothing_left(db):
        show_as_known(db, FIRST_MOMENT)
        assert tasks_on(db, PLAN, END_OF_TIME) == []
        assert people.people(db) == []
        assert commands.last_moment(db) is None
        assert {table: rows for table, rows in held(db).items() if rows and table != "task"} == {}


# --- now, and then again ---


def test_a_moment_not_before_the_last_command_shows_everything(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    last = said(context_on, "2024-07-02", "1", percent="10")
    for moment in (None, moment_of(last), "9999-12-31T00:00:00.000Z"):
        show_as_known(db, moment)
        assert (left(db), db.shown) == ([], None)
    show_as_known(db, FIRST_MOMENT)
    assert left(db) != []
    show_as_known(db, moment_of(last))
    assert (left(db), db.shown) == ([], None)
    assert [t.percent for t in tasks_on(db, PLAN, END_OF_TIME)] == [10]


def test_the_last_command_is_that_of_the_data_and_not_of_what_is_shown(
    context_on: OpenContext, db: SQLite
) -> None:
    moments = []
    for n in (2, 3, 4):
        task = opened(context_on, f"2024-07-0{n}")
        moments.append(moment_of(said(context_on, f"2024-07-0{n}", task, percent="5")))
    for moment, n in ((moments[0], 1), (moments[1], 2), (moments[0], 1), (moments[2], 3)):
        show_as_known(db, moment)
        assert [t.percent for t in tasks_on(db, PLAN, END_OF_TIME)] == [5] * n
    assert left(db) == []


def test_what_is_shown_is_not_made_again_for_the_same_moment(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", "1", percent="10")
    show_as_known(db, "2024-07-01T12:00:00.000Z")
    changes = db.driver.total_changes
    show_as_known(db, "2024-07-01T12:00:00.000Z")
    assert db.driver.total_changes == changes
    show_as_known(db, None)


def test_only_some_tasks_may_be_asked_for(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    for _ in range(3):
        next_plan.opened(context_on)
    new = next_plan.carried(context_on).tasks
    moment = moment_of(next_plan.said(context_on, "2025-01-11", new[0].label, percent="10"))
    next_plan.said(context_on, "2025-01-12", new[0].label, percent="20")
    plans = (PLAN, next_plan.NEW)
    with oracle.as_known(db, moment):
        whole = {t.uid: t for plan in plans for t in tasks_on(db, plan, END_OF_TIME)}
    assert len(whole) == 6
    olds = {t.label: t.uid for t in whole.values()}
    pairs = [(t.uid, olds[t.carried_from or ""]) for t in new]
    with nothing_left(db):
        for of in ([new[0].uid], [olds[new[0].carried_from or ""]], [new[0].uid, new[1].uid]):
            show_as_known(db, moment, of)
            assert {t.uid for plan in plans for t in tasks_on(db, plan, END_OF_TIME)} == {*of}
            ends = {uid for pair in pairs if {*pair} & {*of} for uid in pair}
            show_as_known(db, moment, ends)
            shown = {t.uid: t for plan in plans for t in tasks_on(db, plan, END_OF_TIME)}
            assert shown == {uid: whole[uid] for uid in ends}
        show_as_known(db, moment)
        assert len(tasks_on(db, PLAN, END_OF_TIME)) == 3, "all again"


# --- the connection ---


@pytest.mark.parametrize("with_log", [False, True])
def test_a_database_that_may_only_be_read_is_shown_too(
    context_on: OpenContext, workspace: Path, monkeypatch: pytest.MonkeyPatch, with_log: bool
) -> None:
    """Without a log beside it a copy in memory is read, with one the file."""
    opened(context_on, "2024-07-01")
    moment = moment_of(said(context_on, "2024-07-02", "1", percent="10"))
    said(context_on, "2024-07-03", "1", percent="20")
    if not with_log:
        context_on().db.close()
    file = workspace / "plantrack.db"
    before = {path.name: path.read_bytes() for path in workspace.glob("plantrack.db*")}
    monkeypatch.setattr("plantrack.store.sqlite.file.os.access", lambda path, right: right != os.W_OK)
    db = connect(file)
    try:
        assert db.refusal == "database-read-only"
        with nothing_left(db):
            show_as_known(db, moment)
            assert [t.percent for t in tasks_on(db, PLAN, END_OF_TIME)] == [10]
            with refused("database-read-only"):
                db.execute("DELETE FROM main.task_past")
        with refused("database-read-only"):
            db.execute("DELETE FROM task_past")
    finally:
        db.close()
    after = {path.name: path.read_bytes() for path in workspace.glob("plantrack.db*")}
    assert {n: data for n, data in after.items() if not n.endswith("-shm")} == {
        n: data for n, data in before.items() if not n.endswith("-shm")
    }


def test_another_connection_sees_nothing_of_it(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", "1", percent="10")
    show_as_known(db, "2024-07-01T12:00:00.000Z")
    other = connect(workspace / "plantrack.db")
    try:
        assert [t.percent for t in tasks_on(other, PLAN, END_OF_TIME)] == [10]
        update(context_on("2024-07-03")._replace(db=other), ["1"], TypedUpdate(percent="30"))
        show_as_known(db, "2024-07-01T12:00:00.000Z")
        assert left(other) == []
    finally:
        other.close()
    assert [t.percent for t in tasks_on(db, PLAN, END_OF_TIME)] == [None]
    show_as_known(db, None)
    assert [t.percent for t in tasks_on(db, PLAN, END_OF_TIME)] == [30]


@pytest.mark.parametrize(
    "text", ["", "2024-07-01", "2024-07-01T00:00:00.000Z'", "2024-07-01T00:00:00.00' OR"]
)
def test_what_is_no_moment_is_never_in_a_statement(context_on: OpenContext, db: SQLite, text: str) -> None:
    opened(context_on, "2024-07-01")
    with pytest.raises(ValueError, match=".*"):
        show_as_known(db, text)
    assert tasks_on(db, PLAN, END_OF_TIME) != []


def test_the_oracle_agrees_of_a_history_with_everything_in_it(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", due="10/7/2024")
    done = [
        said(context_on, "2024-07-02", "1", "done"),
        said(context_on, "2024-07-03", "1", "reopen", reason="sai"),
        extend(context_on("2024-07-04"), ["1"], "20/7/2024", "chờ"),
        edit(context_on("2024-07-05"), ["1"], Corrections(opened="2024-06-20", title="Khác")),
        remove(context_on("2024-07-06"), ["1"], "nhầm"),
    ]
    undo(context_on("2024-07-07"), None)
    undo(context_on("2024-07-08"), "c3")
    for command in done:
        for on in ("2024-06-20", "2024-07-02", "2024-07-04", "2024-07-08"):
            when = AsOf(on, moment_of(command))
            assert oracle.stood(db, PLAN, when) == oracle.tasks_on(db, PLAN, when)
