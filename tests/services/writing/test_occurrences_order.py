"""Work in an order: what comes before a task is shown, told and asked for, and nothing waits for itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.services.verbs.edit import Corrections, edit, remove
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, held, labels, notes, opened, refused, said, stood


@pytest.fixture
def three(context_on: OpenContext) -> list[str]:
    """Open three tasks, the second one after the first, the third one after both."""
    first = opened(context_on, "2024-07-01", "Một")
    second = opened(context_on, "2024-07-01", "Hai", after=(first,))
    return [first, second, opened(context_on, "2024-07-01", "Ba", after=(first, second))]


def waiting(sit: OpenContext, *terms: str, **asked: str) -> list[str]:
    return labels(list_tasks(sit(**asked), terms or ("cho-viec-khac",), everything=True).tasks)


def test_a_task_waits_until_what_comes_before_it_is_closed(context_on: OpenContext, three: list[str]) -> None:
    said(context_on, "2024-07-05", "1", "done")
    said(context_on, "2024-07-08", "2", "drop", reason="thôi")
    assert waiting(context_on, as_of="2024-07-04") == ["2", "3"]
    assert waiting(context_on, as_of="2024-07-07") == ["3"]
    assert waiting(context_on, as_of="2024-07-08") == []
    assert waiting(context_on, "waiting:no", as_of="2024-07-07") == ["1", "2"]
    then = stood(context_on, "3", as_of="2024-07-07")
    assert (then.after, then.waits_for) == (("1", "2"), ("2",))


def test_who_works_before_the_turn_of_a_task_is_told(context_on: OpenContext, three: list[str]) -> None:
    done = said(context_on, "2024-07-05", "3", "start")
    assert [note.params for note in done.notes if note.code == "others-come-before"] == [
        {"task": "3", "tasks": ("1", "2")}
    ]
    assert notes(said(context_on, "2024-07-05", "3", percent="20")) == []
    said(context_on, "2024-07-05", "1", "done")
    assert notes(said(context_on, "2024-07-05", "2", "done")) == []


def test_a_ring_is_refused_with_its_chain(context_on: OpenContext, db: SQLite, three: list[str]) -> None:
    before = held(db)
    for task, after, chain in (("1", "3", "1 → 3 → 1"), ("1", "1", "1 → 1")):
        with refused("after-cycle") as caught:
            edit(context_on("2024-07-02"), [task], Corrections(after=(after,)))
        assert caught.value.params["chain"] == chain
    assert held(db) == before


def test_an_undo_makes_no_ring(context_on: OpenContext, three: list[str]) -> None:
    edit(context_on("2024-07-02"), ["3", "2"], Corrections(after=("none",)))
    edit(context_on("2024-07-02"), ["1"], Corrections(after=("3",)))
    with refused("after-cycle"):
        undo(context_on("2024-07-02"), "c5")
    assert stood(context_on, "3").after == ()


def test_what_does_not_count_is_not_waited_for(context_on: OpenContext, three: list[str]) -> None:
    remove(context_on("2024-07-02"), ["1"], "nhầm")
    assert (stood(context_on, "2").after, stood(context_on, "3").after) == ((), ("2",))
    with refused("task-removed"):
        edit(context_on("2024-07-02"), ["2"], Corrections(after=("1",)))


def test_the_log_names_tasks_by_their_labels(context_on: OpenContext, three: list[str]) -> None:
    edit(context_on("2024-07-02"), ["3"], Corrections(after=("1",)))
    told = [(e.old, e.new) for e in log(context_on(), "3").entries if e.field == "after"]
    assert told == [(None, "1, 2"), ("1, 2", "1")]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=8))
def test_nothing_waits_for_itself(
    three: list[str], context_on: OpenContext, links: list[tuple[int, int]]
) -> None:
    """Whatever order is asked for, each task waits only for tasks that do not wait for it."""
    after: dict[int, set[int]] = {1: set(), 2: {1}, 3: {1, 2}}
    edit(context_on("2024-07-02"), ["1"], Corrections(after=("none",)))
    edit(context_on("2024-07-02"), ["2"], Corrections(after=("1",)))
    edit(context_on("2024-07-02"), ["3"], Corrections(after=("1", "2")))
    for task, before in links:
        wanted = {**after, task: {before}}
        if task in reached(wanted, task):
            with refused("after-cycle"):
                edit(context_on("2024-07-02"), [str(task)], Corrections(after=(str(before),)))
        else:
            edit(context_on("2024-07-02"), [str(task)], Corrections(after=(str(before),)))
            after = wanted
    assert {n: {*map(int, stood(context_on, str(n)).after)} for n in after} == after


def reached(after: dict[int, set[int]], task: int) -> set[int]:
    found: set[int] = set()
    here = after[task]
    while here - found:
        found |= here
        here = set().union(*(after[each] for each in here))
    return found
