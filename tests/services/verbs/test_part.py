"""The checklist of a task: parts that come, are done or not, and never count as tasks."""

import pytest

from plantrack.model.history import Part
from plantrack.services.context import Context
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.part import TypedParts, part
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, held, moment_of, notes, opened, refused, said, stood


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task with two parts, the first one done two days later."""
    task = opened(context_on, "2024-07-01", due="31/7/2024", every="month")
    part(context_on("2024-07-01"), task, TypedParts(("lập danh sách", "gửi giấy mời")))
    part(context_on("2024-07-03"), task, TypedParts(done=("1",)))
    return task


def ticked(context: Context, *, done: str = "", undone: str = "", on: str | None = None) -> list[str]:
    typed = TypedParts((), tuple(done.split()), tuple(undone.split()), on)
    return notes(part(context, "1", typed))


def test_parts_are_as_they_were_on_a_day(context_on: OpenContext, task: str) -> None:
    parts = (Part(1, "lập danh sách", True), Part(2, "gửi giấy mời", False))
    assert stood(context_on, task).parts == parts
    assert stood(context_on, task, as_of="2024-07-02").parts == (parts[0]._replace(is_done=False), parts[1])
    assert [t.parts_done for t in list_tasks(context_on(), []).tasks] == [1]
    assert progress(context_on(), []).total.total == 1


def test_what_was_recorded_later_was_not_known(context_on: OpenContext, task: str) -> None:
    done = part(context_on("2024-07-05"), task, TypedParts(done=("2",), on="2/7/2024"))
    known = stood(context_on, task, known_at="2024-07-04")
    assert [each.is_done for each in known.parts] == [True, False]
    assert [each.is_done for each in stood(context_on, task, known_at=moment_of(done)).parts] == [True, True]


def test_what_is_so_already_is_only_told(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    assert ticked(context_on("2024-07-04"), done="1") == ["part-done-already"]
    assert ticked(context_on("2024-07-04"), undone="2") == ["part-not-done"]
    assert held(db) == before
    assert ticked(context_on("2024-07-04"), undone="1") == []


@pytest.mark.parametrize("number", ["3", "0", "x", "-1", "01"])
def test_a_part_that_is_not_there_is_refused(
    number: str, context_on: OpenContext, db: SQLite, task: str
) -> None:
    before = held(db)
    with refused("unknown-part") as caught:
        part(
            context_on("2024-07-04"),
            task,
            TypedParts(("ba",), undone=("1", number) if number != "3" else ("4",)),
        )
    assert caught.value.params["near"] == ("1", "2", "3")
    assert held(db) == before


def test_closed_work_has_no_new_parts(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-04", task, "done")
    with refused("task-closed"):
        part(context_on("2024-07-04"), task, TypedParts(("ba",)))


def test_the_next_occurrence_has_the_same_parts_with_nothing_done(context_on: OpenContext, task: str) -> None:
    said(context_on, "2024-07-04", task, "done")
    assert stood(context_on, "2").parts == (Part(1, "lập danh sách", False), Part(2, "gửi giấy mời", False))
    undo(context_on("2024-07-04"), None)
    assert [each.is_done for each in stood(context_on, task).parts] == [True, False]


def test_who_finishes_work_is_told_of_the_parts_that_are_not(context_on: OpenContext, task: str) -> None:
    done = said(context_on, "2024-07-04", task, "done")
    assert [note.params["parts"] for note in done.notes if note.code == "parts-still-open"] == [("2",)]
    without = opened(context_on, "2024-07-01")
    assert "parts-still-open" not in notes(said(context_on, "2024-07-05", without, "done"))


def test_a_number_is_never_given_twice(context_on: OpenContext, task: str) -> None:
    part(context_on("2024-07-04"), task, TypedParts(("ba",)))
    undo(context_on("2024-07-04"), None)
    part(context_on("2024-07-04"), task, TypedParts(("bốn",)))
    assert [each.number for each in stood(context_on, task).parts] == [1, 2, 4]


def test_the_log_tells_of_parts(context_on: OpenContext, task: str) -> None:
    told = [(e.verb, e.field, e.new) for e in log(context_on(), task).entries if e.verb == "part"]
    assert told == [
        ("part", "part", "1. lập danh sách"),
        ("part", "part", "2. gửi giấy mời"),
        ("part", "part_done", "1. lập danh sách"),
    ]


def test_an_undo_and_an_undo_of_it_give_back_what_was(context_on: OpenContext, task: str) -> None:
    before = stood(context_on, task).parts
    _, undone = undo(context_on("2024-07-03"), None)
    assert not stood(context_on, task).parts_done
    assert undone.command is not None
    undo(context_on("2024-07-03"), undone.command.label)
    assert stood(context_on, task).parts == before


def test_the_opening_of_a_task_with_parts_of_others_stands(context_on: OpenContext, task: str) -> None:
    with refused("undo-used"):
        undo(context_on("2024-07-04"), "c2")


def test_the_opening_moves_back_to_a_day_of_a_part(context_on: OpenContext, task: str) -> None:
    assert ticked(context_on("2024-07-04"), done="2", on="28/6/2024") == ["opening-moved"]
    assert stood(context_on, task).opened_on == "2024-06-28"
