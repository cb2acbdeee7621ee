"""What the history tells of people and organisations."""

from plantrack.services.told_besides import plan_facts
from plantrack.services.told_parties import PartyChange
from plantrack.services.verbs.org import OrgParticulars, add
from plantrack.services.verbs.person import Particulars, merge, rename, set_person
from plantrack.services.verbs.undo import undo
from tests.support.steps import OpenContext, opened

JULY = "2024-07-01"


def told(context_on: OpenContext) -> list[PartyChange]:
    told = plan_facts(context_on(), besides=True).parties
    return [change for changes in told.values() for change in changes]


def test_what_somebody_comes_with_is_no_change_and_is_what_the_next_one_changes(
    context_on: OpenContext,
) -> None:
    opened(context_on, JULY, in_charge=("An (ubdt)",))
    assert told(context_on) == []
    set_person(context_on(JULY), "An", Particulars(organisation="hlhpn"))
    assert told(context_on) == [("An", "organisation", "ubdt", "hlhpn")]


def test_the_old_value_is_the_one_that_stood(context_on: OpenContext) -> None:
    opened(context_on, JULY, in_charge=("An",))
    rename(context_on(JULY), "An", "Bình")
    undo(context_on(JULY), None)
    rename(context_on(JULY), "An", "Chi")
    assert told(context_on) == [("An", "name", "An", "Bình"), ("An", "name", "An", "Chi")]


def test_who_was_merged_is_named_as_they_were_called(context_on: OpenContext) -> None:
    opened(context_on, JULY, in_charge=("An", "Bình"))
    rename(context_on(JULY), "Bình", "Bình Minh")
    merge(context_on(JULY), "An", "Bình Minh")
    rename(context_on(JULY), "Bình Minh", "Chi")
    assert told(context_on) == [
        ("Bình", "name", "Bình", "Bình Minh"),
        ("An", "merged_into", None, "Bình Minh"),
        ("Bình Minh", "name", "Bình Minh", "Chi"),
    ]


def test_of_an_organisation_all_is_told(context_on: OpenContext) -> None:
    add(context_on(JULY), "so", OrgParticulars("Sở"))
    assert told(context_on) == [("so", "name", None, "Sở")]
