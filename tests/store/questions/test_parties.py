"""Parties: kept names are those that the facts give, and a command that says anything of one is known."""

from plantrack.services.verbs.org import OrgParticulars, add
from plantrack.services.verbs.person import merge, rename
from plantrack.store.commands import last_moment
from plantrack.store.questions import parties
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, command_uids, opened

JULY = "2024-07-01"


def test_kept_names_are_those_that_are_meant(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY, in_charge=("An", "Bình"))
    add(context_on(JULY), "so", OrgParticulars("Sở"))
    add(context_on(JULY), "so-2", OrgParticulars("Sở"), same_as="so")
    rename(context_on(JULY), "An", "Chi")
    merge(context_on(JULY), "Chi", "Bình")
    kept = parties.kept_names(db)
    assert kept == parties.meant_names(db)
    assert sorted(kept.values()) == ["Bình", "Bình", "so"]
    assert kept["so-2"] == "so"


def test_what_is_said_of_a_party_is_known(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY)
    opened(context_on, JULY, in_charge=("An",))
    add(context_on(JULY), "so", OrgParticulars("Sở"))
    said = [parties.ask_are_said_of(db, command_uids(db, number))() for number in (1, 2, 3, 4)]
    assert (said, bool(last_moment(db))) == ([False, False, True, True], True)
