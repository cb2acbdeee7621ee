"""Tasks: found, listed and counted as they stand on a day, as known at a moment."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import Cutoffs
from plantrack.model.history import NO_FACTS, days_of
from plantrack.model.plan import Reporting, Text
from plantrack.services.context import AsOf
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.services.verbs.undo import undo
from plantrack.store import tasks
from plantrack.store.facts import facts_of
from plantrack.store.questions.task_source import OPEN, TaskSource
from plantrack.store.questions.task_titles import open_titles
from plantrack.store.scope import Scope
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.task_rows import task_of
from tests.support import next_plan
from tests.support.oracle import all_of, as_known, stood, task_on, whole_plan
from tests.support.random_work import COMMANDS, DAYS, Do, day, worked
from tests.support.steps import PLAN, OpenContext, command_uids, labels, opened, said

WORK = st.lists(COMMANDS, min_size=4, max_size=12)


# --- as they stand ---


@given(WORK, DAYS, st.none() | st.integers(0, 13))
def test_one_by_one_and_counted_they_are_those_of_the_plan(
    made_once: Path, work: list[Do], on: str, second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    when = AsOf(on, None if second is None else ledger.moment(second))
    there = stood(db, PLAN, when)
    one_by_one = [task_on(db, uid, when) for uid in all_of(db, PLAN)]
    assert sorted(there) == sorted(task for task in one_by_one if task is not None)
    assert all(task.opened_on <= on for task in there)
    clock = Cutoffs(on, on, on)
    with as_known(db, when.known_at):
        assert TaskSource(db, PLAN, clock, past=True).where(OPEN).size() == sum(t.is_open for t in there)
        for uid in (task.uid for task in there):
            (alone,) = tasks.ask_tasks_of(db, [uid], clock, past=True)()
            assert [alone._replace(deadline_state=None, stale=False)] == [t for t in there if t.uid == uid]
    assert stood(db, "kh-khác", when) == []


@given(WORK, DAYS)
def test_after_the_last_day_that_is_known_of_nothing_changes(
    made_once: Path, work: list[Do], on: str
) -> None:
    db = worked(made_once / "plantrack.db", work).db
    last = tasks.last_days_after(db, PLAN, on)
    facts = facts_of(db, whole_plan(PLAN))
    rows = [row for row in tasks.own_rows(db, all_of(db, PLAN)) if row.counted]
    days = {row.uid: max([row.opened_on, *days_of(facts.get(row.uid, NO_FACTS))]) for row in rows}
    assert last == {uid: known for uid, known in days.items() if known > on}
    later = {task.uid: task for task in stood(db, PLAN, AsOf(day(60)))}
    then = {task.uid: task for task in stood(db, PLAN, AsOf(on))}
    assert {uid: task for uid, task in then.items() if uid not in last} == {
        uid: task for uid, task in later.items() if uid not in last
    }


@given(WORK, DAYS, st.none() | st.integers(0, 13))
def test_with_a_clock_they_are_the_same_and_have_their_deadline_states(
    made_once: Path, work: list[Do], on: str, second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    when, clock = AsOf(on, None if second is None else ledger.moment(second)), Cutoffs.at(on, Reporting())
    settled = stood(db, PLAN, when, clock)
    assert all(task.deadline_state is not None or not task.is_open for task in settled)
    bare = [task._replace(deadline_state=None, stale=False) for task in settled]
    assert sorted(bare) == sorted(stood(db, PLAN, when))


def test_a_task_that_was_not_there_yet_removed_or_taken_back_is_none(
    context_on: OpenContext, db: SQLite
) -> None:
    for n in range(3):
        opened(context_on, "2024-07-05", f"Việc {n}")
    remove(context_on("2024-07-06"), ["1"], "nhầm")
    undo(context_on("2024-07-07"), "c3")
    uids = [uid for uid, _ in tasks.find(db, [("", n) for n in (1, 2, 3)]).values()]
    removed, withdrawn, there = sorted(uids, key=lambda uid: tasks.own_row(db, uid).number)
    then = AsOf(day(9), "2024-07-05T12:00:00.000Z")
    for when, standing in (
        (AsOf(day(9)), [there]),
        (AsOf(day(3)), []),
        (then, [removed, withdrawn, there]),
        (AsOf(day(9), "2024-07-06T12:00:00.000Z"), [withdrawn, there]),
    ):
        assert [task.uid for task in stood(db, PLAN, when)] == standing
        assert [uid for uid in (removed, withdrawn, there) if task_on(db, uid, when)] == standing


def test_carried_work_names_its_other_end_from_that_day_on(
    context_on: OpenContext, db: SQLite, workspace: Path
) -> None:
    next_plan.next_plan(context_on, workspace, 2025)
    next_plan.opened(context_on)
    next_plan.carried(context_on)
    ends = {
        (plan, on): [(t.label, t.carried_from, t.carried_to) for t in stood(db, plan, AsOf(on))]
        for plan in (PLAN, next_plan.NEW)
        for on in ("2025-01-09", next_plan.DAY)
    }
    assert ends == {
        (PLAN, "2025-01-09"): [("1", None, None)],
        (PLAN, next_plan.DAY): [("1", None, "2")],
        (next_plan.NEW, "2025-01-09"): [],
        (next_plan.NEW, next_plan.DAY): [("2", "1", None)],
    }


# --- found by what people call them ---


def test_a_task_is_found_by_its_label_removed_or_not(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01")
    opened(context_on, "2024-07-01")
    remove(context_on("2024-07-02"), ["2"], "nhầm")
    found = tasks.find(db, [("", 1), ("", 2), ("", 3), ("HN", 1)])
    assert {key: plan for key, (_, plan) in found.items()} == {("", 1): PLAN, ("", 2): PLAN}
    assert tasks.find(db, []) == {}
    assert [*all_of(db, PLAN)] == sorted(uid for uid, _ in found.values())


def test_labels_that_go_on_after_what_was_typed_are_the_shortest_ones_of_tasks_that_count(
    context_on: OpenContext, db: SQLite
) -> None:
    add(context_on("2024-07-01"), NewTask("", area="3"), [f"Việc {n}" for n in range(121)])
    remove(context_on("2024-07-02"), ["12", "100"], "nhầm")
    found = [
        tasks.labels_going_on(db, "", number, most) for number, most in ((1, 3), (1, 11), (10, 3), (12, 9))
    ]
    ten = [str(n) for n in (10, 11, *range(13, 20))]
    assert found == [ten[:3], [*ten, "101", "102"], ["101", "102", "103"], ["120", "121"]]
    assert tasks.labels_going_on(db, "HN", 1, 3) == []
    assert tasks.labels_going_on(db, "", 99, 0) == tasks.labels_going_on(db, "", 10**8, 3) == []


def test_titles_are_those_that_were_known(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", "Hội thảo")
    edit(context_on("2024-07-03"), ["1"], Corrections(title="Tập huấn"))
    remove(context_on("2024-07-04"), ["1"], "nhầm")
    uids, titles = all_of(db, PLAN), list[tuple[str, Text]]()
    for known in ("2024-07-02T00:00:00.000Z", None):
        with as_known(db, known):
            titles += tasks.label_of_uid(db, [*uids, "x" * 26]).values()
    assert titles == [("1", Text("Hội thảo")), ("1", Text("Tập huấn"))]
    assert tasks.label_of_uid(db, []) == {}


def test_open_titles_are_found_without_tones_and_the_first_of_each(
    context_on: OpenContext, db: SQLite
) -> None:
    for title in ("Họp", "Hội thảo", "HOP", "Sơ kết", "hộp"):
        opened(context_on, "2024-07-01", title)
    said(context_on, "2024-07-02", "2", "done")
    found = open_titles(db, PLAN, ["hop", "hoi thao", "so ket"])
    assert [(label, title) for _, label, title in found] == [("1", "Họp"), ("3", "HOP"), ("4", "Sơ kết")]
    assert open_titles(db, PLAN, []) == open_titles(db, "kh-khác", ["hop"]) == []
    edit(context_on("2024-07-03"), ["1"], Corrections(title="Tập huấn"))
    assert [label for _, label, _ in open_titles(db, PLAN, ["hop", "tap huan"])] == ["1", "3", "5"]


def test_activities_with_tasks_are_those_of_tasks_that_count(context_on: OpenContext, db: SQLite) -> None:
    for _ in range(2):
        opened(context_on, "2024-07-01", activity="3.1")
    remove(context_on("2024-07-02"), ["1"], "nhầm")
    assert tasks.activities_with_tasks(db, PLAN) == {"ND3.1"}
    remove(context_on("2024-07-02"), ["2"], "nhầm")
    assert tasks.activities_with_tasks(db, PLAN) == set()


# --- how they were opened, and what a command touched ---


def test_an_opening_has_what_each_field_held_at_first(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-05", "Một", priority="cao")
    opened(context_on, "2024-07-05", "Hai")
    for title in ("Hai A", "Hai B"):
        edit(context_on("2024-07-06"), ["2"], Corrections(title=title, opened="2024-07-01"))
    rows = tasks.openings(db, whole_plan(PLAN))
    assert [(r.title, r.priority, r.opened_on) for r in rows] == [
        ("Một", "high", "2024-07-05"), ("Hai", "normal", "2024-07-05"),
    ]  # fmt: skip
    assert labels(map(task_of, tasks.openings(db, Scope.of_commands(command_uids(db, 3))))) == ["2"]


def test_a_command_touches_the_tasks_that_it_said_something_of(context_on: OpenContext, db: SQLite) -> None:
    for _ in range(3):
        opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", "1", percent="10")
    edit(context_on("2024-07-02"), ["2", "3"], Corrections(title="Khác"))
    uids = {key[1]: uid for key, (uid, _) in tasks.find(db, [("", 1), ("", 2), ("", 3)]).items()}
    asked = [*(command_uids(db, *numbers) for numbers in ([2], [5], [6], [5, 6])), ["khác"], []]
    touched = [tasks.touched_by(db, by) for by in asked]
    assert touched == [
        [uids[1]], [uids[1]], sorted([uids[2], uids[3]]), sorted(uids.values()), [], []
    ]  # fmt: skip
