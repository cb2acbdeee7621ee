"""Which periods come before one: the same kind, in their order, across the turn of the year."""

from datetime import UTC, datetime

import pytest

from plantrack.model.views.mail import Delivery, Edition
from plantrack.services.mail import Ledger, earlier
from plantrack.store.connection import SQLite


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024-W02", ["2023-W52", "2024-W01"]),
        ("2021-W01", ["2020-W52", "2020-W53"]),
        ("2024-01", ["2023-11", "2023-12"]),
        ("2024-12", ["2024-10", "2024-11"]),
        ("2024-Q1", ["2023-Q3", "2023-Q4"]),
        ("2024-Q4", ["2024-Q2", "2024-Q3"]),
        ("2024-H1", ["2023-H1", "2023-H2"]),
        ("2024-9M", ["2022-9M", "2023-9M"]),
        ("2024", ["2022", "2023"]),
    ],
)
def test_the_periods_before(period: str, before: list[str]) -> None:
    assert earlier(period, 2) == before


def test_what_was_missed_is_of_the_kind_that_is_sent(db: SQLite) -> None:
    """Somebody who gets the report of each year did not miss those of its months."""
    ledger = Ledger(db, lambda: datetime(2024, 8, 1, tzinfo=UTC), "")
    for period in ("2023", "2024-Q1", "2024-05"):
        of = Edition("kh-468-2024", "report", period, "2024-08-01", whole=True)
        ledger.mark(Delivery(of, "a@example.org", True, "", "0" * 64, "<1@example.org>", "250 OK"))

    def missed(period: str) -> list[str]:
        of = Edition("kh-468-2024", "report", period, "2024-08-01", whole=True)
        return ledger.missed(of, "a@example.org", lambda _: of.plan)

    assert missed("2024-08") == ["2024-06", "2024-07"]
    assert missed("2024-Q3") == ["2024-Q2"]
    assert missed("2024-H1") == []
    assert missed("2024-9M") == []
    assert missed("2025") == ["2024"]
