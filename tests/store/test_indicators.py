"""What was measured: each value as it was given, those that were taken back apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.indicator import Measured
from plantrack.services.verbs.indicator import Measurement, record
from plantrack.services.verbs.undo import undo
from plantrack.store.indicators import ask_all_values, insert_values, values_of
from plantrack.store.sqlite.connection import SQLite
from tests.support.engines import taken_back
from tests.support.oracle import as_known
from tests.support.steps import PLAN, OpenContext, applied, command_uids, moment_of, with_activity_lines

MOMENT = "2024-07-01T02:00:00.000Z"
LABELS = st.lists(st.sampled_from(["nam", "nữ", "Kon Tum"]), unique=True).map(
    lambda found: tuple(sorted(found))
)


@given(
    st.floats(-1e15, 1e15).filter(lambda x: x == 0 or abs(x) > 1e-9)
    | st.integers(-(10**15), 10**15).map(float),
    LABELS,
    st.none() | st.just("chị Hoa"),
)
def test_a_value_is_read_as_it_was_given(
    db: SQLite, value: float, labels: tuple[str, ...], told_by: str | None
) -> None:  # fmt: skip
    with taken_back(db):
        (by,) = command_uids(db, 1)
        given_ = Measured(
            "0" * 26, by, PLAN, "ct", "2024-Q2", labels, "2024-07-01", MOMENT, "Người thử", 1,
            value, told_by,
        )  # fmt: skip
        insert_values(db, [given_])
        assert ask_all_values(db, PLAN)() == values_of(db, PLAN) == [given_]
        assert ask_all_values(db, "kh-khác")() == []


@pytest.fixture
def measured(context_on: OpenContext, workspace: Path) -> None:
    """An indicator of the plan."""
    lines = with_activity_lines("ND3.1", 'indicators: [{id: "ct", title: "Lớp", unit: "lớp"}]')
    applied(context_on, "2024-03-26", workspace, lines)


@pytest.mark.usefixtures("measured")
def test_what_was_taken_back_is_there_and_does_not_count(context_on: OpenContext, db: SQLite) -> None:
    for day, amount in (("2024-07-01", "5"), ("2024-07-02", "6,5")):
        record(context_on(day), Measurement("ct", amount, "2024-Q2"))
    _, done = undo(context_on("2024-07-03"), None)
    assert [v.value for v in values_of(db, PLAN)] == [5.0]
    assert [v.value for v in ask_all_values(db, PLAN)()] == [5.0, 6.5]
    undo(context_on("2024-07-04"), done.command.label if done.command else None)
    assert [v.value for v in values_of(db, PLAN)] == [5.0, 6.5]
    with as_known(db, moment_of(done)):
        assert [v.value for v in values_of(db, PLAN)] == [5.0]


@pytest.mark.usefixtures("measured")
def test_what_was_measured_later_was_not_known(context_on: OpenContext, db: SQLite) -> None:
    for day, amount in (("2024-07-02", "6"), ("2024-07-05", "7")):
        record(context_on(day), Measurement("ct", amount, "2024-Q2"))
    for day, known in (("2024-07-01", []), ("2024-07-02", [6.0]), ("2024-07-05", [6.0, 7.0])):
        with as_known(db, f"{day}T12:00:00.000Z"):
            assert [v.value for v in ask_all_values(db, PLAN)()] == known
