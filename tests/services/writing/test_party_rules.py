"""Names that changed while a command waited; what no undo brings about: a login of two people, a circle of merges."""

from collections.abc import Callable

import pytest

from plantrack.services.context import Context
from plantrack.services.verbs import org
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.person import (
    Particulars,
    find_person,
    list_people,
    merge,
    rename,
    set_person,
)
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.store.checks.soundness import differences
from plantrack.store.people import PersonFact, insert_people_facts
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, command_of, held, opened, refused, stood

JULY = "2024-07-01"
OFFICE = org.OrgParticulars("Sở Nội vụ tỉnh Ví dụ")


def _set_login(context: Context) -> object:
    return set_person(context, "An", Particulars(login="u1"))


def _give_to_an(context: Context) -> object:
    return assign(context, ["1"], Roles(in_charge=("An",)))


def _add_office(context: Context) -> object:
    return org.add(context, "so-nv", OFFICE)


@pytest.mark.parametrize("late", [_give_to_an, _set_login, _add_office, lambda c: undo(c, "c3")])
@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda c: rename(c, "An", "Chi"),
        lambda c: merge(c, "An", "Bình"),
        lambda c: set_person(c, "Bình", Particulars(login="u1")),
        lambda c: undo(c, None),
        _add_office,
        lambda c: org.set_organisation(c, "so-khac", org.OrgParticulars(short="SK")),
    ],
)
def test_what_is_known_of_parties_changed_while_a_command_waited(
    context_on: OpenContext,
    db: SQLite,
    late: Callable[[Context], object],
    meanwhile: Callable[[Context], object],
) -> None:
    opened(context_on, JULY, in_charge=("Bình",))
    org.add(context_on(JULY), "so-khac", org.OrgParticulars("Sở khác"))
    opened(context_on, JULY, in_charge=("An",))
    rename(context_on(JULY), "Bình", "Bình Minh")
    rename(context_on(JULY), "Bình Minh", "Bình")
    waiting = context_on(JULY)
    meanwhile(context_on(JULY))
    before = held(db)
    with refused("names-changed-meanwhile"):
        late(waiting)
    assert held(db) == before


def test_who_only_came_while_a_command_waited_hinders_none(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY, in_charge=("An",))
    waiting = context_on(JULY)
    opened(context_on, JULY, in_charge=("Bình",))
    _give_to_an(waiting)
    also = context_on(JULY)
    opened(context_on, JULY, in_charge=("An (ubdt)",), new_person=True)  # An is An still
    assign(also, ["1"], Roles(in_charge=("Bình",)))
    assert stood(context_on, "1").in_charge == ("An", "Bình")
    assert list(differences(db)) == []


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
        assert caught.value.params == {"command": "c4", "login": "u1", "person": "Bình", "other": "An"}
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
