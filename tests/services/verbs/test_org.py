"""Organisations that no plan has yet, their addresses, and ids of one and the same."""

import pytest

from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.log import log
from plantrack.services.verbs.org import OrgParticulars, add, list_organisations, set_organisation
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.undo import undo
from plantrack.services.verbs.weekly import weekly
from plantrack.store.checks.soundness import differences
from plantrack.store.commands import last_moment
from plantrack.store.sqlite.connection import SQLite
from tests.support.listing import found
from tests.support.steps import OpenContext, command_of, held, notes, opened, refused, stood

JULY = "2024-07-01"
OFFICE = OrgParticulars("Sở Nội vụ tỉnh Ví dụ", "SNV", "tỉnh", None, "snv@vi-du.vn")


@pytest.fixture
def office(context_on: OpenContext) -> str:
    """Add an organisation that the plan does not have."""
    return add(context_on(JULY), "so-nv", OFFICE).line.organisation.id


def lines(sit: OpenContext) -> dict[str, tuple[bool, str | None]]:
    """Return for each organisation whether the plan has it, and its address."""
    return {
        o.organisation.id: (o.in_plan, o.email) for o in list_organisations(sit("2024-07-31")).organisations
    }


def test_one_that_the_plan_lacks_can_be_used_wherever_one_can(
    context_on: OpenContext, db: SQLite, office: str
) -> None:
    task = opened(context_on, JULY, lead=("Sở nội vụ tỉnh ví dụ",), coordinating=("ubdt",))
    assert stood(context_on, task).lead == (office,)
    assert found(context_on, "lead:snv") == found(context_on, "org:noi vu") == [task]
    rows = {row.key: row for row in progress(context_on(JULY), [], "org").rows}
    assert (rows[office].title, rows[office].counts.total) == (("SNV", None), 1)
    view = weekly(context_on("2024-07-22"), [], "last")
    assert [silence.organisation.id for silence in view.silent_organisations] == [office]
    assert lines(context_on)[office] == (False, "snv@vi-du.vn")
    assert list(differences(db)) == []


def test_it_was_not_there_before(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, JULY)
    before = last_moment(db)
    add(context_on("2024-07-02"), "so-nv", OFFICE)
    ids = [
        o.organisation.id for o in list_organisations(context_on("2024-07-31", known_at=before)).organisations
    ]
    assert "so-nv" not in ids
    assert "so-nv" in lines(context_on)


def test_the_history_says_what_was_said_of_it(context_on: OpenContext, office: str) -> None:
    set_organisation(context_on(JULY), office, OrgParticulars(email=""))
    entries = [(e.verb, e.party, e.field, e.old, e.new) for e in log(context_on(JULY)).entries if e.party]
    assert entries == [
        ("org add", office, "name", None, "Sở Nội vụ tỉnh Ví dụ"),
        ("org add", office, "short", None, "SNV"),
        ("org add", office, "level", None, "province"),
        ("org add", office, "email", None, "snv@vi-du.vn"),
        ("org set", office, "email", "snv@vi-du.vn", None),
    ]


@pytest.mark.parametrize(
    ("id", "name", "code"),
    [
        ("Sở", "Sở Y tế", "organisation-id-form"),
        ("so-nv", "Sở Y tế", "organisation-exists"),
        ("HLHPN", "Sở Y tế", "organisation-id-form"),
        ("hlhpn", "Sở Y tế", "organisation-exists"),
        ("snv-2", "SỞ NỘI VỤ TỈNH VÍ DỤ", "organisation-same-name"),
        ("uy-ban", "Uỷ ban Dân tộc", "organisation-same-name"),
        ("so-yt", " ", "text-empty"),
    ],
)
def test_one_that_is_there_already_is_not_added(
    context_on: OpenContext, db: SQLite, office: str, id: str, name: str, code: str
) -> None:
    before = held(db)
    with refused(code):
        add(context_on(JULY), id, OrgParticulars(name))
    assert held(db) == before


def test_what_is_typed_of_it_is_read(context_on: OpenContext, db: SQLite) -> None:
    for typed, code in (
        (OrgParticulars("Sở", level="xã"), "unknown-level"),
        (OrgParticulars("Sở", email="x"), "mail-address"),
    ):
        before = held(db)
        with refused(code):
            add(context_on(JULY), "so", typed)
        assert held(db) == before


def test_one_that_has_work_is_not_taken_back(context_on: OpenContext, db: SQLite, office: str) -> None:
    opened(context_on, JULY, lead=(office,))
    before = held(db)
    with refused("undo-organisation-used") as caught:
        undo(context_on(JULY), "c2")
    assert caught.value.params["tasks"] == ("1",)
    assert held(db) == before
    undo(context_on(JULY), "c3")
    undo(context_on(JULY), "c2")
    assert office not in lines(context_on)
    with refused("unknown-organisation"):
        opened(context_on, JULY, lead=(office,))
    assert list(differences(db)) == []
    undo(context_on(JULY), "c5")
    assert lines(context_on)[office] == (False, "snv@vi-du.vn")
    assert add(context_on(JULY), "so-yt", OrgParticulars("Sở Y tế")).line.in_plan is False


def test_an_address_of_the_plan_s_own_is_kept_beside_it(context_on: OpenContext, db: SQLite) -> None:
    done = set_organisation(context_on(JULY), "UBDT", OrgParticulars(email="ubdt@vi-du.vn"))
    assert (done.line.in_plan, done.line.email) == (True, "ubdt@vi-du.vn")
    assert lines(context_on)["ubdt"] == (True, "ubdt@vi-du.vn")
    before = held(db)
    assert (
        set_organisation(context_on(JULY), "ubdt", OrgParticulars(email="ubdt@vi-du.vn")).written.command
        is None
    )
    for typed, code in (
        (OrgParticulars("Khác"), "organisation-in-plan"),
        (OrgParticulars(), "nothing-to-set"),
        (OrgParticulars(email="@"), "mail-address"),
    ):
        with refused(code):
            set_organisation(context_on(JULY), "ubdt", typed)
    assert held(db) == before


def test_what_was_said_of_it_may_be_corrected(context_on: OpenContext, db: SQLite, office: str) -> None:
    done = set_organisation(context_on(JULY), office, OrgParticulars("Sở Nội vụ Ví dụ", "", "", "kon-tum"))
    org = done.line.organisation
    assert (org.name.vi, org.short, org.level, org.place) == ("Sở Nội vụ Ví dụ", None, None, "kon-tum")
    assert db.query("SELECT name, short FROM organisation WHERE id = 'so-nv'") == [("Sở Nội vụ Ví dụ", None)]
    undo(context_on(JULY), None)
    assert db.query("SELECT name, short FROM organisation WHERE id = 'so-nv'") == [(OFFICE.name, "SNV")]
    assert list(differences(db)) == []


def test_another_id_of_one_that_is_there_is_that_one(
    context_on: OpenContext, db: SQLite, office: str
) -> None:
    done = add(context_on(JULY), "noi-vu", OFFICE, same_as=office)
    assert done.same_as == office
    task = opened(context_on, JULY, lead=("noi-vu",))
    assert stood(context_on, task).lead == (office,)
    assert found(context_on, "lead:noi-vu") == [task]
    assert "noi-vu" not in lines(context_on)
    assert list(differences(db)) == []
    undo(context_on(JULY), "c3")
    assert stood(context_on, task).lead == (office,)
    with refused("unknown-organisation"):
        opened(context_on, JULY, lead=("noi-vu2",))


def test_which_of_two_ids_left_a_task_is_not_asked_by_the_other(
    context_on: OpenContext, db: SQLite, office: str
) -> None:
    add(context_on(JULY), "noi-vu", OFFICE, same_as=office)
    taken_back = command_of(undo(context_on(JULY), None)[1]).label
    add(context_on(JULY), "noi-vu", OrgParticulars("Phòng Nội vụ Ví dụ"))
    task = opened(context_on, JULY, lead=("noi-vu",))
    assign(context_on(JULY), [task], Roles(lead=(office,)))
    unassign(context_on("2024-07-05"), [task], Roles(lead=("noi-vu",)))
    undo(context_on("2024-07-06"), taken_back)
    assert stood(context_on, task).lead == (office,)
    assert list(differences(db)) == []


def test_one_that_has_work_by_its_other_id_is_not_taken_back(
    context_on: OpenContext, db: SQLite, office: str
) -> None:
    add(context_on(JULY), "noi-vu", OFFICE, same_as=office)
    taken_back = command_of(undo(context_on(JULY), None)[1]).label
    add(context_on(JULY), "noi-vu", OrgParticulars("Phòng Nội vụ Ví dụ"))
    task = opened(context_on, JULY, lead=("noi-vu",))
    undo(context_on(JULY), taken_back)
    before = held(db)
    with refused("undo-organisation-used") as caught:
        undo(context_on(JULY), "c2")
    assert (caught.value.params["organisation"], caught.value.params["tasks"]) == (office, (task,))
    assert held(db) == before


def test_a_part_of_a_name_is_not_written(context_on: OpenContext, db: SQLite, office: str) -> None:
    task = opened(context_on, JULY)
    before = held(db)
    for roles in (Roles(lead=("nội vụ",)), Roles(coordinating=("nội vụ",))):
        with refused("organisation-in-part") as caught:
            assign(context_on(JULY), [task], roles)
        assert caught.value.params["id"] == office
    assert held(db) == before
    assert notes(assign(context_on(JULY), [task], Roles(lead=("SNV",)))) == []
