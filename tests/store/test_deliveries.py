"""Deliveries: how often an edition was sent to whom, and which periods something is known of."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.model.uid import UidMaker
from plantrack.model.views.mail import Delivery, Edition
from plantrack.store import deliveries
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import dump
from tests.support.engines import taken_back
from tests.support.steps import PLAN

NOW, MOMENT = datetime(2024, 8, 1, 2, tzinfo=UTC), "2024-08-01T02:00:00.000Z"
WEEK = Edition(PLAN, "weekly", "2024-W29", "2024-07-21", whole=True)
#: Editions that are like the week but for one thing each.
OTHERS = [
    WEEK._replace(kind="report"),
    WEEK._replace(period="2024-W30"),
    WEEK._replace(as_of="2024-07-20"),
    WEEK._replace(whole=False),
    WEEK._replace(selection="area:ND3"),
]
A, B = "a@example.org", "b@example.org"
make_uid = UidMaker()


def sent(db: SQLite, edition: Edition, address: str = A, why: str = "") -> None:
    """Mark what became of an edition at an address."""
    delivery = Delivery(edition, address, why, "250 OK", "<1@example.org>", "0" * 64, MOMENT, "An")
    deliveries.add(db, make_uid(NOW), delivery)


def test_each_edition_counts_by_itself(db: SQLite) -> None:
    sent(db, WEEK)
    for n, other in enumerate(OTHERS, 1):
        assert (deliveries.times_sent(db, other), deliveries.is_known(db, other, A)) == ({}, False)
        for _ in range(n):
            sent(db, other, B)
        assert deliveries.times_sent(db, other) == {B: n}
    assert deliveries.times_sent(db, WEEK) == {A: 1}
    assert deliveries.is_known(db, WEEK, A)
    assert not deliveries.is_known(db, WEEK, B)
    assert not deliveries.is_known(db, WEEK, A.upper())


def test_what_the_server_did_not_take_is_known_and_was_not_sent(db: SQLite) -> None:
    sent(db, WEEK, why="refused")
    assert (deliveries.times_sent(db, WEEK), deliveries.is_known(db, WEEK, A)) == ({}, True)
    sent(db, WEEK)
    sent(db, WEEK)
    assert deliveries.times_sent(db, WEEK) == {A: 2}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2024-W28", "2024-W29"]), st.booleans(), st.sampled_from(["", "refused"]),
            st.sampled_from([A, B]), st.sampled_from(["", "area:ND3"]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_a_period_is_done_once_the_whole_report_of_it_was_taken(
    db: SQLite, runs: list[tuple[str, bool, str, str, str]]
) -> None:
    with taken_back(db):
        for period, whole, why, address, selection in runs:
            sent(db, WEEK._replace(period=period, whole=whole, selection=selection), address, why)
        known = deliveries.known_periods(db, PLAN, WEEK, A)
        mine = [(period, whole and not why) for period, whole, why, *rest in runs if rest == [A, ""]]
        assert known.keys() == {period for period, _ in mine}
        assert all(has_whole == ((period, True) in mine) for period, has_whole in known.items())


def test_periods_are_of_the_plan_that_is_asked_for(db: SQLite) -> None:
    sent(db, WEEK)
    assert deliveries.known_periods(db, PLAN, WEEK._replace(period="2025-W01"), A) == {"2024-W29": True}
    assert deliveries.known_periods(db, "kh-2025", WEEK, A) == {}
    assert deliveries.known_periods(db, PLAN, WEEK._replace(kind="report"), A) == {}


def test_a_mark_can_only_be_added(db: SQLite) -> None:
    sent(db, WEEK)
    for statement in ("UPDATE delivery SET accepted = 0", "DELETE FROM delivery"):
        with pytest.raises(Exception, match="append-only"):
            db.execute(statement)
    assert deliveries.times_sent(db, WEEK) == {A: 1}


def test_a_ledger_that_cannot_be_written_is_refused_and_any_other_stays_as_it_is(db: SQLite) -> None:
    before = dump(db.path)
    deliveries.refuse_read_only(db)
    assert (dump(db.path), db.driver.in_transaction) == (before, False)
    db.execute("PRAGMA query_only = ON")
    with pytest.raises(Failure) as caught:
        deliveries.refuse_read_only(db)
    assert caught.value.code == "database-read-only"
    assert not db.driver.in_transaction
