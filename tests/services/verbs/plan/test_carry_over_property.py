"""Any history over three plans: each piece of work counts once on every day, and nothing that was answered changes."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.status import Status
from plantrack.model.task import Task
from plantrack.services.context import AsOf, Context, ContextRequest, open_context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend, remove
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.programme import programme
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.derived_rows import rebuild
from plantrack.store.sqlite.connection import SQLite, connect
from tests.conftest import Hands
from tests.support.derived import all_derived
from tests.support.next_plan import next_plan
from tests.support.oracle import as_known, shown_on, tasks_on
from tests.support.random_work import FIRST, Do, Ledger, day
from tests.support.steps import PLAN

PLANS = (PLAN, "kh-2025", "kh-2026")
DAYS = st.integers(0, 12).map(day)
IDS = st.integers(1, 6).map(str)
STATUSES = st.none() | st.sampled_from(
    ["not_started", "in_progress", "submitted", "done", "paused", "dropped"]
)


def of(task: str) -> dict[str, Any]:
    """Return what is asked by a command that names a task: the plan is the task's."""
    return {"about": (task,)}


def _update(i: str, on: str, status: str | None, percent: int | None, blocked: str | None) -> Do:
    report = TypedUpdate(status, None if percent is None else str(percent), blocked=blocked, on=on)
    return Do(f"update {i} {report}", lambda context: update(context, [i], report), of(i))


def _carry(step: int, on: str | None) -> Do:
    old, new = PLANS[step : step + 2]
    return Do(f"carry {old} {on}", lambda context: carry_over(context, old, on), {"plan": new})


CARRY = st.builds(_carry, st.sampled_from([0, 0, 1]), st.none() | DAYS)
COMMANDS = st.one_of(
    CARRY,
    CARRY,
    st.builds(
        lambda plan, on, due: Do(
            f"add {on} {due}", lambda context: add(context, NewTask("Việc", area="3", due=due, on=on)), {"plan": plan}
        ),
        st.sampled_from(PLANS), DAYS, st.none() | DAYS,
    ),
    st.builds(_update, IDS, DAYS, STATUSES, st.none() | st.integers(0, 100), st.none() | st.just("kẹt")),
    st.builds(
        lambda i, on: Do(
            f"reopen {i} {on}", lambda context: update(context, [i], TypedUpdate(reason="x", on=on), "reopen"), of(i)
        ),
        IDS, DAYS,
    ),
    st.builds(
        lambda i, d, on: Do(f"extend {i} {d} {on}", lambda context: extend(context, [i], d, "x", on), of(i)), IDS, DAYS, DAYS
    ),
    st.builds(
        lambda i, d: Do(f"edit {i} opened {d}", lambda context: edit(context, [i], Corrections(opened=d)), of(i)), IDS, DAYS
    ),
    st.builds(
        lambda i, on: Do(
            f"assign {i} {on}", lambda context: assign(context, [i], Roles(lead=("ubdt",), on=on, instead=True)), of(i)
        ),
        IDS, DAYS,
    ),
    st.builds(lambda i: Do(f"remove {i}", lambda context: remove(context, [i], "nhầm"), of(i)), IDS),
    st.builds(
        lambda c: Do(f"undo {c}", lambda context: undo(context, c)), st.none() | st.integers(4, 14).map(lambda n: f"c{n}")
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def three_plans(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the plans of three years."""
    folder = tmp_path_factory.mktemp("three")
    (folder / "plans").mkdir()
    (folder / "plantrack.db").write_bytes((made_once / "plantrack.db").read_bytes())
    db, clock = connect(folder / "plantrack.db"), Hands("2024-03-26")

    def sit(_day: str | None = None, **asked: str) -> Context:
        return open_context(db, ContextRequest(author="Người thử", **asked), clock)  # type: ignore[arg-type]

    for year in (2025, 2026):
        next_plan(sit, folder, year)
    db.close()
    return folder / "plantrack.db"


def tasks_of_all(db: SQLite, on: str) -> list[Task]:
    """Return the tasks of all plans on a day, as they are shown."""
    return sorted(t for plan in PLANS for t in shown_on(db, plan, on))


def do(ledger: Ledger, command: Do) -> str | None:
    """Give a command, and return its moment; what it carried over has what it had."""
    if not command.name.startswith("carry"):
        return ledger.do(command)
    there = {t.label: t for t in tasks_of_all(ledger.db, "9999-12-31")}
    opened: list[Task] = []
    moment = ledger.do(command._replace(call=lambda context: opened.extend(command.call(context)[1].tasks)))
    assert_goes_on(opened, there)
    return moment


def assert_goes_on(opened: Iterable[Task], before: dict[str, Task]) -> None:
    """Hold that tasks have what they had in the plan before."""
    same = ("title", "start", "priority", "due", "due_text", "first_due", "lead", "in_charge", "status", "percent",
            "blocked")  # fmt: skip
    for task in opened:
        old = before[task.carried_from or ""]
        assert [getattr(task, f) for f in same] == [getattr(old, f) for f in same]


def assert_counted_once(there: list[Task]) -> None:
    """Hold that work is open in one plan at most, and that what went on is somewhere."""
    by_label = {t.label: t for t in there}
    came = [t.carried_from for t in there if t.carried_from]
    assert len(came) == len(set(came)), "one task goes on as two"
    for task in there:
        if task.carried_from in by_label:
            old = by_label[task.carried_from]
            assert (old.status, old.carried_to) == (Status.CARRIED_OVER, task.label)
        if task.carried_to:
            assert by_label[task.carried_to].carried_from == task.label


def assert_derived(ledger: Ledger) -> None:
    """Hold that what is kept for speed is what history gives."""
    for on in (day(6), "9999-12-31"):
        derived = sorted(t for plan in PLANS for t in tasks_on(ledger.db, plan, AsOf(on)))
        assert tasks_of_all(ledger.db, on) == derived
    written = all_derived(ledger.db)
    rebuild(ledger.db)
    assert all_derived(ledger.db) == written


@pytest.mark.slow
@given(st.lists(COMMANDS, min_size=4, max_size=16))
def test_each_piece_of_work_counts_once_whatever_happens(three_plans: Path, commands: list[Do]) -> None:
    ledger = Ledger(three_plans, "2024-07-14")
    first = NewTask("Việc đầu", area="1", due=day(5), on=FIRST)
    answers = {}
    for command in (Do("add", lambda context: add(context, first), {"plan": PLAN}), *commands):
        if moment := do(ledger, command):
            answers[moment] = on_some_days(ledger.db)
            for there in answers[moment].values():
                assert_counted_once(there)
    assert_derived(ledger)
    for moment, answered in answers.items():
        with as_known(ledger.db, moment):
            assert on_some_days(ledger.db) == answered, moment
    assert_programme(ledger)


def on_some_days(db: SQLite) -> dict[str, list[Task]]:
    """Return the tasks as the store answers them."""
    return {on: tasks_of_all(db, on) for on in map(day, range(0, 14, 2))}


def assert_programme(ledger: Ledger) -> None:
    """Hold that the total of the programme is the sum of its years less what is counted in a later one."""
    for n in (0, 6, 13):
        context = ledger.context(plan=PLANS[1])
        view = programme(context._replace(when=AsOf(day(n))))
        there = tasks_of_all(ledger.db, day(n))
        labels = {t.label for t in there}
        once = [t for t in there if t.carried_to not in labels]
        assert view.progress.total.total == len(once)
        assert sum(row.counts.total for row in view.progress.rows) == len(once) + view.carried_on
        # A task that went on as one that was removed is still counted, as carried over to nowhere.
        left = sum(row.counts.carried_over for row in view.progress.rows) - view.carried_on
        assert view.progress.total.carried_over == left
