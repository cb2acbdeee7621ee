"""Whatever was done: what was answered then is answered now for then, on every day, and quickly the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.counting import Cutoffs
from plantrack.model.plan import Reporting
from plantrack.model.task import Task
from plantrack.services.context import AsOf
from plantrack.services.verbs.add import NewTask, add
from tests.support.oracle import as_known, shown_on, stood, tasks_on
from tests.support.random_work import COMMANDS, DAYS, FIRST, Do, Ledger, day


@pytest.mark.slow
@given(st.lists(COMMANDS, min_size=3, max_size=14))
def test_what_was_answered_then_is_answered_now_for_then(made_once: Path, commands: list[Do]) -> None:
    """A report can be printed again later, as of the same day and known at the same moment, to the letter."""
    ledger = Ledger(made_once / "plantrack.db")
    ledger.do(
        Do("add", lambda context: add(context, NewTask("Việc đầu", area="1", due="2024-07-05", on=FIRST)))
    )
    answers = {}
    for command in commands:
        if moment := ledger.do(command):
            answers[moment] = on_some_days(ledger)
    for moment, answered in answers.items():
        with as_known(ledger.db, moment):
            assert on_some_days(ledger) == answered, moment


def on_some_days(ledger: Ledger) -> dict[str, list[Task]]:
    """Return the tasks as the store answers them now."""
    return {on: sorted(shown_on(ledger.db, "kh-468-2024", on)) for on in map(day, range(0, 13, 3))}


@pytest.mark.slow
@given(st.lists(COMMANDS, min_size=3, max_size=14))
def test_what_is_kept_for_speed_is_what_history_gives(made_once: Path, commands: list[Do]) -> None:
    """The kept state equals the one computed from the facts alone."""
    ledger = Ledger(made_once / "plantrack.db")
    ledger.do(Do("add", lambda context: add(context, NewTask("Việc đầu", area="1", on=FIRST))))
    for command in commands:
        ledger.do(command)
    for on in (*map(day, range(13)), "9999-12-31"):
        kept, computed = (of(ledger.db, "kh-468-2024", AsOf(on)) for of in (stood, tasks_on))
        assert kept == computed, on


@pytest.mark.slow
@given(st.lists(COMMANDS, min_size=3, max_size=12), DAYS, DAYS, st.none() | st.integers(0, 13))
def test_an_earlier_day_is_what_it_was_also_beside_a_later_one(
    made_once: Path, commands: list[Do], one: str, other: str, second: int | None
) -> None:
    """The weekly summary asks of the Sunday before and of this Sunday, known by the same moment."""
    ledger = Ledger(made_once / "plantrack.db")
    for command in commands:
        ledger.do(command)
    known = None if second is None else ledger.moment(second)
    for on in sorted((one, other), reverse=True):
        clock = Cutoffs.at(on, Reporting())
        there = tasks_on(ledger.db, "kh-468-2024", AsOf(on, known), clock)
        assert stood(ledger.db, "kh-468-2024", AsOf(on, known), clock) == there
