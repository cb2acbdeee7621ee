"""Tasks counted: whatever they are counted by, each number is that of counting the tasks themselves."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import Counts, Cutoffs, Tally, count
from plantrack.model.plan import Reporting
from plantrack.model.status import DeadlineState, Status
from plantrack.model.task import Task
from plantrack.model.text import match_key
from plantrack.services.context import AsOf
from plantrack.store.questions.task_counts import (
    ACTIVITY,
    AREA,
    COORDINATING,
    LEAD,
    MONTH,
    PERSON,
    PLACE,
    Grouping,
    ask_cross_tallies,
    counts_of,
    of_key,
    places_written,
    rolled_up,
    sorted_into,
    tallies,
    tally_of,
)
from plantrack.store.questions.task_source import BY_LABEL, OPEN, TaskSource
from plantrack.store.sqlite.connection import SQLite
from tests.support.oracle import as_known, tasks_on
from tests.support.random_work import COMMANDS, Do, day, worked
from tests.support.steps import PLAN, OpenContext, labels, opened, said

Keys = Callable[[Task], Iterable[str | None]]
#: What stands above an organisation, and of which kind some are.
ABOVE, LEVELS = {"ubdt": "hlhpn"}, {"ubdt": "central", "hlhpn": "central"}
#: What a task is counted under, in plain words; what it has none of, under None.
BY: dict[str, tuple[Grouping, Keys]] = {
    "area": (AREA, lambda t: [t.area]),
    "activity": (ACTIVITY, lambda t: [t.activity]),
    "month": (MONTH, lambda t: [t.due and t.due[:7]]),
    "lead": (LEAD, lambda t: t.lead or [None]),
    "coordinating": (COORDINATING, lambda t: t.coordinating or [None]),
    "person": (PERSON, lambda t: t.in_charge or [None]),
    "place": (PLACE, lambda t: dict.fromkeys(map(match_key, t.places)) or [None]),
    "parent": (rolled_up("lead", ABOVE), lambda t: {ABOVE.get(one, one) for one in t.lead} or [None]),
    "level": (
        sorted_into("coordinating", LEVELS),
        lambda t: {LEVELS[one] for one in t.coordinating if one in LEVELS} or [None],
    ),
    "no level": (sorted_into("lead", {}), lambda t: [None]),
}
WORK = st.lists(COMMANDS, min_size=6, max_size=14)
#: Days on which something happens, and those on which deadlines are near, and words old.
ON = st.integers(-1, 30).map(day)
SECOND = st.none() | st.integers(2, 15)


def source(db: SQLite, on: str, *, past: bool = True) -> TaskSource:
    return TaskSource(db, PLAN, Cutoffs.at(on, Reporting()), past)


def told(tasks: list[Task], on: str) -> Tally:
    """Count tasks one by one."""
    overdue = [t for t in tasks if t.deadline_state is DeadlineState.OPEN_OVERDUE]
    return Tally(
        count(tasks, on),
        sum(t.status is Status.IN_PROGRESS for t in overdue),
        sum(t.is_open and t.due == on for t in tasks),
    )


def grouped_by(tasks: list[Task], *by: Keys) -> dict[tuple[str | None, ...], list[Task]]:
    """Put each task under each combination of what it is counted by."""
    out: dict[tuple[str | None, ...], list[Task]] = {}
    for task in tasks:
        keys: list[tuple[str | None, ...]] = [()]
        for each in by:
            keys = [(*key, own) for key in keys for own in each(task)]
        for key in keys:
            out.setdefault(key, []).append(task)
    return out


@given(WORK, ON, SECOND)
def test_every_number_is_a_list_of_tasks(
    made_once: Path, work: list[Do], on: str, second: int | None
) -> None:
    db = (ledger := worked(made_once / "plantrack.db", work)).db
    known = None if second is None else ledger.moment(second)
    there = tasks_on(db, PLAN, AsOf(on, known), Cutoffs.at(on, Reporting()))
    with as_known(db, known):
        found = source(db, on)
        assert tally_of(found) == told(there, on)
        for name, (by, keys) in BY.items():
            own = grouped_by(there, keys)
            numbers = tallies(found, by)
            assert numbers == {key: told(tasks, on) for (key,), tasks in own.items()}, name
            for key in {*numbers, None, "khác"}:
                tasks = own.get((key,), [])
                assert [*of_key(found, by, key).rows(BY_LABEL)] == tasks, (name, key)
                assert counts_of(numbers, key) == count(tasks, on)
        leading = grouped_by(there, BY["activity"][1], BY["lead"][1])
        crossed = {key: told(tasks, on) for key, tasks in leading.items()}
        assert ask_cross_tallies(found, ACTIVITY, LEAD)() == crossed


@given(WORK, ON)
def test_a_day_after_the_last_fact_and_what_a_source_was_narrowed_to_count_the_same(
    made_once: Path, work: list[Do], on: str
) -> None:
    db = worked(made_once / "plantrack.db", work).db
    clock = Cutoffs.at(day(30), Reporting())
    there = tasks_on(db, PLAN, AsOf(day(30)), clock)
    for past in (False, True):
        found = source(db, day(30), past=past)
        assert tally_of(found) == told(there, day(30))
        for by, keys in BY.values():
            own = {key: told(tasks, day(30)) for (key,), tasks in grouped_by(there, keys).items()}
            assert tallies(found, by) == own
    narrowed = [
        t for t in tasks_on(db, PLAN, AsOf(on), Cutoffs.at(on, Reporting())) if t.is_open and "ubdt" in t.lead
    ]
    led = of_key(source(db, on).where(OPEN), LEAD, "ubdt")
    for by, keys in BY.values():
        assert tallies(led, by) == {
            key: told(tasks, on) for (key,), tasks in grouped_by(narrowed, keys).items()
        }


def test_of_nothing_there_is_no_key_and_all_is_0(db: SQLite) -> None:
    nothing = source(db, day(0))
    assert (tally_of(nothing), tallies(nothing, AREA), ask_cross_tallies(nothing, ACTIVITY, LEAD)()) == (
        Tally(),
        {},
        {},
    )
    assert counts_of({}, "ND1") == Counts()


@pytest.mark.parametrize("past", [True, False])
def test_who_leads_together_is_counted_each_and_keys_narrow_one_another(
    db: SQLite, context_on: OpenContext, past: bool
) -> None:
    for lead, due in ((("ubdt", "hlhpn"), "5/7/2024"), (("hlhpn",), "20/7/2024"), ((), None)):
        opened(context_on, "2024-07-01", lead=lead, due=due)
    said(context_on, "2024-07-02", "1", percent="10")
    found = source(db, "2024-07-20", past=past)
    numbers = tallies(found, LEAD)
    assert {key: tally.counts.total for key, tally in numbers.items()} == {"ubdt": 1, "hlhpn": 2, None: 1}
    assert (numbers["ubdt"].in_progress_overdue, numbers["hlhpn"].open_due_today) == (1, 1)
    assert tally_of(found)[1:] == (1, 1)
    both = of_key(of_key(found, LEAD, "ubdt"), LEAD, "hlhpn")
    assert labels(both.rows()) == ["1"]
    assert labels(of_key(of_key(found, MONTH, "2024-07"), LEAD, "hlhpn").rows()) == ["1", "2"]
    assert labels(of_key(of_key(found, LEAD, None), MONTH, None).rows()) == ["3"]


def test_a_task_whose_leaders_have_one_parent_counts_once_there_and_once_in_all(
    db: SQLite, context_on: OpenContext
) -> None:
    for lead in (("ubdt", "hlhpn"), ("hlhpn",), ("ubdt",), ()):
        opened(context_on, "2024-07-01", lead=lead)
    for past in (True, False):
        found = source(db, "2024-07-20", past=past)
        by = rolled_up("lead", {"ubdt": "bdttg", "hlhpn": "bdttg"})
        numbers = tallies(found, by)
        assert {key: tally.counts.total for key, tally in numbers.items()} == {"bdttg": 3, None: 1}
        assert labels(of_key(found, by, "bdttg").rows()) == ["1", "2", "3"]
        assert labels(of_key(found, sorted_into("lead", {"ubdt": "central"}), "central").rows()) == ["1", "3"]
        assert labels(of_key(found, sorted_into("lead", {"ubdt": "central"}), None).rows()) == ["2", "4"]


def test_places_are_told_as_tasks_write_them(db: SQLite, context_on: OpenContext) -> None:
    for places in (("xã Ví dụ 1", "Kon Tum"), ("kon-tum",), ()):
        opened(context_on, "2024-07-01", places=places)
    found = source(db, "2024-07-20")
    assert places_written(found) == {"xa vi du 1": "xã Ví dụ 1", "kon tum": "kon-tum"}
    assert {key: tally.counts.total for key, tally in tallies(found, PLACE).items()} == {
        "xa vi du 1": 1, "kon tum": 2, None: 1,
    }  # fmt: skip
