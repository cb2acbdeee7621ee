"""Where the data of a database is worked on, and how that is said."""

import pytest

from plantrack.model.views.elsewhere import Elsewhere, read_elsewhere


@pytest.mark.parametrize(
    ("to", "named"),
    [
        ("postgresql://an:***@may/kh?password=***", "postgresql://may/kh"),
        (
            "postgresql://an@may,may2:5433/kh?sslmode=verify-full",
            "postgresql://may,may2:5433/kh?sslmode=verify-full",
        ),
        ("postgresql://an@/kh?host=/tmp/pg", "postgresql:///kh?host=/tmp/pg"),
        ("postgresql:///kh?user=an&host=/tmp/a@b", "postgresql:///kh?host=/tmp/a@b"),
        ("postgresql:///?service=kh", "postgresql:///?service=kh"),
        ("/a b/c.db", "/a b/c.db"),
    ],
)
def test_a_place_is_named_as_whoever_reads_it_may_type_it(to: str, named: str) -> None:
    """Neither with the password of whoever copied the data, nor as them."""
    assert Elsewhere(to, "", "An").named == named


def test_the_day_is_that_of_the_office() -> None:
    assert Elsewhere("/a.db", "2024-08-01T18:00:00.000Z", "An").day == "2024-08-02"


def test_what_a_database_tells_is_read_and_what_is_unknown_passed_over() -> None:
    told = '{"to": "/a.db", "moment": "2024-08-01T18:00:00.000Z", "to_read": true, "more": 1}'
    place = read_elsewhere(told)
    assert (place, place.code) == (
        Elsewhere("/a.db", "2024-08-01T18:00:00.000Z", "", True),
        "database-to-read",
    )
    failure = place.refusal("/b.db")
    assert (failure.code, failure.params["file"]) == ("database-to-read", "/b.db")
