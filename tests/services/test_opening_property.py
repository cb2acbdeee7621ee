"""Whatever moves an opening: no fact stands before it, and what is of it holds from there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.history import days_of
from plantrack.services.context import AsOf
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import assign, unassign
from plantrack.services.verbs.edit import Corrections, edit, extend
from plantrack.services.verbs.undo import undo
from plantrack.store.facts import facts_of
from plantrack.store.scope import Scope
from tests.support.oracle import stood
from tests.support.random_work import ROLES, Do, Ledger, day, in_role, told

#: What moves the opening of task 1, or speaks of a day near it; the more of it is taken back, the better.
NEAR = st.integers(0, 5).map(day)
UNDOS = st.integers(3, 9).map(lambda n: Do(f"undo c{n}", lambda context: undo(context, f"c{n}")))
MOVES = st.one_of(
    UNDOS,
    UNDOS,
    NEAR.map(lambda d: Do(f"edit opened {d}", lambda context: edit(context, ["1"], Corrections(opened=d)))),
    NEAR.map(lambda d: told("1", d, None, 5, None, False)),
    NEAR.map(lambda d: Do(f"extend {d}", lambda context: extend(context, ["1"], day(40), "x", d))),
    st.builds(
        lambda role, leaves, d: Do(
            f"{'un' * leaves}assign {role} {d}",
            lambda context: (unassign if leaves else assign)(context, ["1"], in_role(role, "ubdt", d)),
        ),
        ROLES,
        st.booleans(),
        NEAR,
    ),
)


@pytest.mark.slow
@given(st.lists(MOVES, min_size=4, max_size=9))
def test_no_fact_stands_before_the_opening_and_what_is_of_it_holds_from_there(
    made_once: Path, commands: list[Do]
) -> None:
    """Nobody but the opening speaks of An: whatever moves it, An is in charge on each day from it on."""
    ledger = Ledger(made_once / "plantrack.db")
    first = NewTask("Việc đầu", area="1", lead=("ubdt",), in_charge=("An",), on=day(3))
    ledger.do(Do("add", lambda context: add(context, first)))
    for command in commands:
        ledger.do(command)
        ((uid, opened_on),) = ledger.db.query("SELECT uid, opened_on FROM task")
        facts = facts_of(ledger.db, Scope.of([uid]))[uid]
        assert all(on >= opened_on for on in days_of(facts)), command.name
        for n in range(7):
            found = stood(ledger.db, "kh-468-2024", AsOf(day(n)))
            assert [t.in_charge for t in found] == [("An",)] * (day(n) >= opened_on), command.name
            assert not any({*t.lead} & {*t.coordinating} for t in found), command.name
