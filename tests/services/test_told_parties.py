"""What the history tells of people and organisations."""

from plantrack.services.told_parties import PartyChange, party_changes
from plantrack.services.verbs.org import OrgParticulars, add
from plantrack.services.verbs.person import Particulars, merge, rename, set_person
from plantrack.services.verbs.undo import undo
from plantrack.store.questions.names_then import names_then
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened

JULY = "2024-07-01"


def told(db: SQLite) -> list[PartyChange]:
    return [change for changes in party_changes(db, names_then(db)).values() for change in changes]


def test_what_somebody_comes_with_is_no_change_and_is_what_the_next_one_changes(
    context_on: OpenContext, db: SQLite
) -> None:
    opened(context_on, JULY, in_charge=("An (ubdt)",))
    assert told(db) == []
    set_person(context_on(JULY), "An", Particulars(organisation="hlhpn"))
    assert told(db) == [("An", "organisation", "ubdt", "hlhpn")]


def test_the_old_value_is_the_one_that_stood(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY, in_charge=("An",))
    rename(context_on(JULY), "An", "Bình")
    undo(context_on(JULY), None)
    rename(context_on(JULY), "An", "Chi")
    assert told(db) == [("An", "name", "An", "Bình"), ("An", "name", "An", "Chi")]


def test_who_was_merged_is_named_as_they_were_called(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY, in_charge=("An", "Bình"))
    rename(context_on(JULY), "Bình", "Bình Minh")
    merge(context_on(JULY), "An", "Bình Minh")
    rename(context_on(JULY), "Bình Minh", "Chi")
    assert told(db) == [
        ("Bình", "name", "Bình", "Bình Minh"),
        ("An", "merged_into", None, "Bình Minh"),
        ("Bình Minh", "name", "Bình Minh", "Chi"),
    ]


def test_of_an_organisation_all_is_told(context_on: OpenContext, db: SQLite) -> None:
    add(context_on(JULY), "so", OrgParticulars("Sở"))
    assert told(db) == [("so", "name", None, "Sở")]
