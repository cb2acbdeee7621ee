"""Which commands changed which tasks: in the order of the log, a part at a time."""

import pytest

from plantrack.model.days import DayRange
from plantrack.model.filters import Term
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.update import update
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.questions.told_facts import Asked, Told, told_parts, told_parts_back
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import PLAN, OpenContext, opened

#: How a command and a task are told of: `c4: 2`, with a star where it opened the task.
Said = list[list[str]]


@pytest.fixture
def told(context_on: OpenContext, db: SQLite) -> dict[str, str]:
    """Open tasks 1 to 3 (c2 to c4), report on 3 and 1 (c5), assign 2 (c6), and take that back (c7)."""
    for day in ("2024-07-01", "2024-07-02", "2024-07-03"):
        opened(context_on, day, due="30/9/2024", lead=("ubdt",))
    update(context_on("2024-07-05"), ["3", "1"], TypedUpdate(percent="10"))
    assign(context_on("2024-07-06"), ["2"], Roles(coordinating=("hlhpn",), on="2024-07-06"))
    undo(context_on("2024-07-07"), None)
    return {uid: f"{number}" for uid, number in db.query("SELECT uid, number FROM task")}


def parts(db: SQLite, told: dict[str, str], day: str = "2024-07-31", plan: str = PLAN) -> Said:
    """Return the parts in short."""
    label = {uid: f"c{number}" for uid, number in db.query("SELECT uid, number FROM command")}

    def short(one: Told) -> str:
        return f"{label[one.command]}: {told[one.task] if one.task else '-'}{'*' * one.is_opening}"

    return [[short(one) for one in part] for part in told_parts(db, Asked(plan, day))]


def test_the_newest_comes_last_and_what_is_of_no_task_after_its_tasks(
    db: SQLite, told: dict[str, str]
) -> None:
    assert parts(db, told) == [
        [
            *("c1: -", "c2: 1*", "c2: -", "c3: 2*", "c3: -", "c4: 3*", "c4: -"),
            *("c5: 1", "c5: 3", "c5: -", "c6: 2", "c6: -", "c7: -"),
        ]
    ]


def test_from_the_last_command_back_few_are_read_first_and_then_more(
    db: SQLite, told: dict[str, str]
) -> None:
    back = told_parts_back(db, Asked(PLAN, "2024-07-31"), 1)
    numbers = {uid: number for uid, number in db.query("SELECT uid, number FROM command")}
    assert [list(dict.fromkeys(numbers[one.command] for one in part)) for part in back] == [
        [7],
        [6, 5],
        [4, 3, 2, 1],
    ]


def test_only_commands_that_pass_the_terms_are_read(db: SQLite, told: dict[str, str]) -> None:
    terms = (
        Term("verb", "add", refused=("add", "init")),
        Term("recorded", "", span=DayRange("2024-07-06", None)),
    )
    (part,) = told_parts(db, Asked(PLAN, "2024-07-31", terms))
    assert len({one.command for one in part}) == 2
    assert [*told_parts(db, Asked(PLAN, "2024-07-31", terms), since=8)] == []


def test_of_a_day_before_and_of_another_plan_there_is_less(db: SQLite, told: dict[str, str]) -> None:
    (before,) = parts(db, told, "2024-07-04")
    assert before == [
        *("c1: -", "c2: 1*", "c2: -", "c3: 2*", "c3: -", "c4: 3*", "c4: -"),
        *("c5: -", "c6: -", "c7: -"),
    ]
    assert parts(db, told, plan="kh-khác") == [[f"c{n}: -" for n in range(1, 8)]]


def test_a_command_on_many_tasks_has_parts_of_its_own(
    db: SQLite, told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("model.grouping", "store.questions.told_facts"):
        monkeypatch.setattr(f"plantrack.{module}.CHUNK", 2)
    assert parts(db, told)[-4:] == [["c5: 1", "c5: 3"], ["c5: -"], ["c6: 2", "c6: -"], ["c7: -"]]
