"""A row is the table's, a task is a row's: by name, whatever stands where."""

from plantrack.model.counting import Cutoffs
from plantrack.model.history import CurrentDeadline, Holders, State, Work
from plantrack.model.plan import Reporting, Text
from plantrack.model.status import DeadlineState, Status
from plantrack.store.sqlite.connection import SQLite
from plantrack.store.task_rows import (
    DERIVED,
    TaskRow,
    counts,
    split,
    task_of,
    with_fields,
    with_state,
)

CUTOFFS = Cutoffs.at("2024-07-21", Reporting())
ROW = TaskRow(
    uid="u", site="HN", number=4, plan="kh", area="ND1", activity="ND1.1", title="Việc", title_en="Work",
    start_day="2024-07-01", priority="high", deliverable="Sổ", deliverable_en=None, tags="a, b", places="xa-1",
    follows="due", opened_on="2024-07-02", removed=None, command="C3", recorded_at="2024-07-02T01:00:00.000Z",
)  # fmt: skip
STATE = State(
    Work(Status.DONE, 100, None, None, "2024-07-10", "2024-07-11"),
    CurrentDeadline("2024-07-09", "T7", "2024-07-05"),
    Holders(("ubdt", "hlhpn"), (), ("An",)),
)


def test_its_fields_are_the_columns_of_the_table(db: SQLite) -> None:
    columns = [column.name for column in db.columns("task")]
    assert sorted(TaskRow._fields) == sorted(columns)
    assert {*DERIVED} == {
        "title_key",
        "counted",
        "is_open",
        "settled_on",
        *(f for part in STATE for f in part._fields),
    }


def test_a_task_has_each_value_where_it_belongs() -> None:
    task = task_of(with_state(ROW, STATE), CUTOFFS)
    assert (task.label, task.title, task.deliverable) == ("HN-4", Text("Việc", "Work"), Text("Sổ"))
    assert (task.start, task.tags, task.places, task.follows) == (
        "2024-07-01",
        ("a", "b"),
        ("xa-1",),
        ("due",),
    )
    state = {f: getattr(task, f) for part in STATE for f in part._fields}
    assert state == {f: getattr(part, f) for part in STATE for f in part._fields}
    assert task.deadline_state is DeadlineState.DONE_LATE


def test_without_a_clock_it_has_no_deadline_state() -> None:
    task = task_of(ROW)
    assert (task.status, task.deadline_state, task.stale) == (Status.NOT_STARTED, None, False)


def test_it_counts_unless_it_was_removed_or_taken_back() -> None:
    assert counts(ROW, {"C5": 6})
    assert not counts(ROW, {"C3": 6})
    assert not counts(with_fields(ROW, {"removed": "nhầm"}), {})


def test_an_empty_text_is_an_empty_list() -> None:
    assert (split(""), split("a"), split("a, b")) == ((), ("a",), ("a", "b"))
