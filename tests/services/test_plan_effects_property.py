"""Any change of any plan: apply does to tasks what diff shows, and nothing else."""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.history import END_OF_TIME
from plantrack.model.names import Names
from plantrack.model.plan import Organisation, Plan, Retired, Text
from plantrack.model.task import Task
from plantrack.model.views.plan import TaskEffect
from plantrack.services.context import AsOf, Context, ContextRequest, open_context
from plantrack.services.plan_effects import PlanStep, shown_by, shown_on
from plantrack.services.verbs.add import NewTask, add, add_from_plan
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.plan.apply import apply
from plantrack.services.verbs.plan.diff import diff
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.plan_defaults import plan_defaults
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite, connect
from tests.support.oracle import stood, task_on
from tests.support.plan_files import changed, with_activity, without, written

CODES = ["ND1.1", "ND2.1", "ND2.2", "ND3.1", "ND3.2"]
Change = Callable[[Plan], Plan]


def _moved(plan: Plan, old: str, area: str) -> Plan:
    activity = next((x for a in plan.areas for x in a.activities if x.code == old), None)
    if activity is None or f"{area}.9" in {x.code for a in plan.areas for x in a.activities}:
        return plan
    new = with_activity(without(plan, old), area, activity._replace(code=f"{area}.9"))
    return new._replace(moved={**plan.moved, old: f"{area}.9"})


def _retired(plan: Plan, code: str) -> Plan:
    if code not in {x.code for a in plan.areas for x in a.activities}:
        return plan
    return without(plan, code)._replace(retired=(*plan.retired, Retired(code, "2024-06-01", "thử")))


PLAN_CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(lambda c, d: lambda p: changed(p, c, due=d), st.sampled_from(CODES), st.sampled_from([None, "2024-Q3", "2024-07-01"])),
    st.builds(lambda c, t: lambda p: changed(p, c, time=t), st.sampled_from(CODES), st.sampled_from([None, "Quý III"])),
    st.builds(lambda c, t: lambda p: changed(p, c, title=Text(t)), st.sampled_from(CODES), st.sampled_from(["A", "B"])),
    st.builds(lambda c, o: lambda p: changed(p, c, lead=o), st.sampled_from([*CODES, "ND3"]), st.sampled_from([(), ("ubdt",), ("hlhpn", "ubdt"), ("ubdt", "hlhpn")])),
    st.builds(lambda c, o: lambda p: changed(p, c, priority=o, deliverable=Text("x")), st.sampled_from(CODES), st.sampled_from([None, "high"])),
    st.builds(lambda c: lambda p: changed(p, c, place=("Kon Tum",) if p.places else ()), st.sampled_from(CODES)),
    st.builds(lambda c, a: lambda p: _moved(p, c, a), st.sampled_from(CODES), st.sampled_from(["ND4", "ND5"])),
    st.builds(lambda c: lambda p: _retired(p, c), st.sampled_from(CODES)),
    st.builds(lambda c: lambda p: without(p, c), st.sampled_from(CODES)),
    st.just(lambda p: p._replace(organisations=tuple(o for o in p.organisations if o.id != "bdttg"))),
    st.just(lambda p: p._replace(organisations=(*p.organisations, Organisation("vi-du", Text("Ví dụ")))) if len(p.organisations) < 4 else p),
)  # fmt: skip
IDS = st.integers(1, 6).map(str)
WORK: st.SearchStrategy[Callable[[Context], Any]] = st.one_of(
    st.builds(lambda i: lambda d: update(d, [i], TypedUpdate(status="done")), IDS),
    st.builds(lambda i: lambda d: edit(d, [i], Corrections(due="2024-08-08")), IDS),
    st.builds(lambda i: lambda d: edit(d, [i], Corrections(title="Riêng")), IDS),
    st.builds(lambda i: lambda d: edit(d, [i], Corrections(follow=("title", "due"))), IDS),
    st.builds(lambda i: lambda d: extend(d, [i], "2024-09-09", "x"), IDS),
    st.builds(
        lambda i, o: lambda d: assign(d, [i], Roles(lead=(o,))), IDS, st.sampled_from(["ubdt", "bdttg"])
    ),
    st.builds(lambda c: lambda d: add(d, NewTask("Thêm", activity=c)), st.sampled_from(CODES)),
    st.builds(lambda n: lambda d: undo(d, f"c{n}"), st.integers(2, 8)),
)


@pytest.mark.slow
@given(
    st.lists(
        st.one_of(PLAN_CHANGES.map(lambda c: ("plan", c)), WORK.map(lambda w: ("work", w))),
        min_size=2,
        max_size=9,
    )
)
def test_apply_does_what_diff_shows_and_nothing_else(made_once: Path, steps: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        (workspace / "plans").mkdir()
        for name in ("plans/kh-468-2024.yaml", "plantrack.db"):
            (workspace / name).write_bytes((made_once / name).read_bytes())
        db = connect(workspace / "plantrack.db")
        try:
            _run(db, workspace, steps)
        finally:
            db.close()


def _run(db: SQLite, workspace: Path, steps: list[tuple[str, Any]]) -> None:
    context = _context(db, 0)
    add_from_plan(context)
    plan = context.plan
    for hour, (kind, step) in enumerate(steps, 1):
        if kind == "work":
            try:
                step(_context(db, hour))
            except Failure:
                continue
        else:
            plan = _apply_and_compare(db, workspace, plan, step(plan), hour)
            tasks_now = _tasks(db)
            folded = {t.uid: task_on(db, t.uid, AsOf(END_OF_TIME)) for t in tasks_now.values()}
            assert folded == tasks_now, "what is kept is what history says"


def _context(db: SQLite, hour: int) -> Context:
    now = datetime(2024, 6, 3, hour, tzinfo=UTC)
    return open_context(db, ContextRequest(author="A"), lambda: now)


def _tasks(db: SQLite) -> dict[str, Task]:
    return {t.uid: t for t in stood(db, "kh-468-2024", AsOf(END_OF_TIME))}


def _apply_and_compare(db: SQLite, workspace: Path, old: Plan, new: Plan, hour: int) -> Plan:
    """Carry a plan in, and hold what became of every task against what was shown before."""
    context, file, before = _context(db, hour), written(workspace, new), _tasks(db)
    try:
        (shown,) = diff(db, [file], workspace)
    except Failure as failure:
        assert failure.code in ("plan-has-problems", "code-reused")
        written(workspace, old)
        return old
    try:
        done = apply(db, [file], workspace, "A", lambda: context.now).applied[0]
    except Failure as failure:
        assert failure.code == "plan-would-orphan"
        assert shown.obstacles
        assert _tasks(db) == before
        return old
    assert not shown.obstacles
    assert done.diff == shown
    after = _tasks(db)
    assert {u: _became(before[u], after[u]) for u in after} == {
        **{uid: {} for uid in before},
        **{e.task.uid: {c.name: (c.old, c.new) for c in e.changes} for e in shown.tasks},
    }
    assert shown.tasks == () if new == old else _asked(shown.tasks) == _of_each(before, old, new)
    if new != old:
        _assert_in_line(after.values(), new)
    again = apply(db, [file], workspace, "A", lambda: context.now).applied[0]
    assert (again.changed, again.revision) == (False, done.revision)
    return new


def _asked(found: Iterable[TaskEffect]) -> dict[str, TaskEffect]:
    return {effect.task.uid: effect for effect in found}


def _of_each(before: Mapping[str, Task], old: Plan, new: Plan) -> dict[str, TaskEffect]:
    """Return what becomes of tasks when each of them is looked at."""
    effects = {uid: PlanStep(old, new).effect(task) for uid, task in before.items()}
    return {uid: e for uid, e in effects.items() if e.changes or e.kept or e.blocked_by}


def _assert_in_line(found: Iterable[Task], plan: Plan) -> None:
    """What a task follows is what the plan says."""
    names = Names(plan)
    for task in found:
        activity = names.activities.get(task.activity or "")
        says = shown_by(plan_defaults(names, activity)) if activity else {}
        for field in task.follows if activity else ():
            if task.is_open or field not in ("due", "lead", "coordinating"):
                assert shown_on(task)[field] == says[field], (task.label, field)


def _became(before: Task, after: Task) -> dict[str, tuple[object, object]]:
    """Return what is different in a task, by path."""
    old, new = _paths(before), _paths(after)
    pairs = {path: (value, new[path]) for path, value in old.items()}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _paths(task: Task) -> dict[str, object]:
    shown = {path: value for own in shown_on(task).values() for path, value in own.items()}
    return {"area": task.area, "activity": task.activity, **shown}
