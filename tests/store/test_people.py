"""People: known by one name each, from the first word of them on."""

from plantrack.services.verbs.assign import Roles, assign
from plantrack.store.connection import SQLite
from plantrack.store.people import Person, add_people, people
from tests.support.steps import OpenContext, opened


def names(db: SQLite, known_at: str | None = None) -> list[str]:
    return [person.name for person in people(db, known_at)]


def test_who_is_known_stays_as_they_are(db: SQLite) -> None:
    add_people(db, ["Bình", "An"])
    db.execute("UPDATE person SET sort_name = 'Bình Trần', organisation = 'ubdt' WHERE name = 'Bình'")
    add_people(db, ["Bình", "Ân", "An"])
    assert people(db)[1] == Person("Bình", "Bình Trần", "ubdt")
    assert sorted(names(db)) == ["An", "Bình", "Ân"]
    add_people(db, [])
    assert len(people(db)) == 3


def test_names_that_differ_in_tones_or_case_are_apart(db: SQLite) -> None:
    add_people(db, ["Ánh", "Anh", "ánh"])
    assert {*names(db)} == {"Ánh", "Anh", "ánh"}


def test_who_came_later_was_not_known_before(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",))
    assign(context_on("2024-07-05"), ["1"], Roles(in_charge=("Bình",), on="2/7/2024"))
    moments = ("2024-06-30", "2024-07-02", "2024-07-06")
    assert [names(db, f"{day}T00:00:00.000Z") for day in moments] == [[], ["An"], ["An", "Bình"]]
