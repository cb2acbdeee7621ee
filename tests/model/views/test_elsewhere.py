"""Where the data of a database is worked on, and how that is said."""

from plantrack.model.views.elsewhere import Elsewhere, read_elsewhere


def test_a_place_is_named_without_a_password() -> None:
    address = Elsewhere("postgresql://an:***@may/kh?password=***", "", "An")
    assert address.named == "postgresql://an@may/kh"
    assert address._replace(to="/a b/c.db").named == "/a b/c.db"


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
