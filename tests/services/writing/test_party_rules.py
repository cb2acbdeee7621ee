"""What no undo brings about: two people with one login, parties that each turned out to be the other."""

from plantrack.services.verbs.person import Particulars, find_person, list_people, merge, set_person
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.store.connection import SQLite
from plantrack.store.people import PersonFact, insert_people_facts
from tests.support.steps import OpenContext, command_of, held, opened, refused

JULY = "2024-07-01"


def test_no_two_are_merged_into_one_another_by_undoing(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY, in_charge=("An", "Bình"))
    merge(context_on(JULY), "An", "Bình")
    undo(context_on(JULY), None)
    merge(context_on(JULY), "Bình", "An")
    before = held(db)
    for attempt in (undo, what_undo_would_do):
        with refused("undo-merge-circle") as caught:
            attempt(context_on(JULY), "c4")  # what took the first one back
        assert caught.value.params["parties"] == ("An", "Bình")
    assert held(db) == before


def test_a_login_is_not_given_to_two_by_undoing(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY, in_charge=("An", "Bình"))
    set_person(context_on(JULY), "An", Particulars(login="u1"))
    undo(context_on(JULY), None)
    set_person(context_on(JULY), "Bình", Particulars(login="u1"))
    before = held(db)
    for attempt in (undo, what_undo_would_do):
        with refused("undo-login-taken") as caught:
            attempt(context_on(JULY), "c4")
        assert caught.value.params == {"command": "c4", "login": "u1", "person": "An", "other": "Bình"}
    assert held(db) == before
    set_person(context_on(JULY), "Bình", Particulars(login=""))
    undo(context_on(JULY), "c4")
    assert [line.person.login for line in list_people(context_on(JULY)).people] == ["u1", None]


def test_what_is_so_already_hinders_no_undo(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY, in_charge=("An", "Bình", "Chi"))
    by = command_of(set_person(context_on(JULY), "An", Particulars(login="u1")).written)
    other = find_person(context_on(JULY), "Bình").uid
    fact = PersonFact("F" * 26, by.uid, other, by.recorded_at, login="u1")
    insert_people_facts(db, [fact])  # as two clients at once once could
    set_person(context_on(JULY), "Chi", Particulars(login="chi"))
    undo(context_on(JULY), None)
    assert [line.person.login for line in list_people(context_on(JULY)).people] == ["u1", "u1", None]
