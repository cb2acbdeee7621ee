"""People: renamed, merged, and what else is known of them; the history says what was written then."""

import pytest

from plantrack.model.free_words import TakenWords
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.log import log
from plantrack.services.verbs.person import (
    Particulars,
    find_both,
    list_people,
    merge,
    rename,
    set_person,
)
from plantrack.services.verbs.undo import undo, what_undo_would_do
from plantrack.store.checks.soundness import differences
from plantrack.store.commands import last_moment
from plantrack.store.people import person_of_login
from plantrack.store.sqlite.connection import SQLite
from tests.support.listing import found
from tests.support.steps import OpenContext, held, labels, notes, opened, refused, stood

JULY = "2024-07-01"


@pytest.fixture
def an(context_on: OpenContext) -> str:
    """Open a task that An is in charge of."""
    return opened(context_on, JULY, in_charge=("An",))


def known(sit: OpenContext, known_at: str | None = None) -> list[str]:
    return [line.person.name for line in list_people(sit("2024-07-31", known_at=known_at)).people]


def told(sit: OpenContext, task: str | None = None) -> list[tuple[str | None, str, str | None, str | None]]:
    """Return the people of the log: of whom, the field, the old value and the new one."""
    return [
        (e.party, e.field, e.old, e.new)
        for e in log(sit("2024-07-31"), [task] if task else []).entries
        if e.party or e.field == "in_charge"
    ]


def sound(db: SQLite) -> bool:
    return list(differences(db)) == []


def test_another_name_stands_in_every_answer_and_not_in_those_of_before(
    context_on: OpenContext, db: SQLite, an: str
) -> None:
    before = last_moment(db) or ""
    done = rename(context_on("2024-07-05"), "An", "Bình")
    assert (done.before.name, done.now.name, done.tasks) == ("An", "Bình", 1)
    assert stood(context_on, an).in_charge == ("Bình",)
    assert stood(context_on, an, as_of="2024-07-02").in_charge == ("Bình",)
    assert stood(context_on, an, known_at=before).in_charge == ("An",)
    assert (known(context_on), known(context_on, before)) == (["Bình"], ["An"])
    assert (found(context_on, "to:binh"), found(context_on, "binh")) == ([an], [an])
    assert found(context_on, "to:An", known_at=before) == [an]
    assert found(context_on, "to:An") == [an]
    with refused("person-formerly"):
        assign(context_on("2024-07-06"), [an], Roles(in_charge=("An",)))
    assert sound(db)


def test_the_history_has_the_name_of_then_and_who_was_renamed(context_on: OpenContext, an: str) -> None:
    rename(context_on("2024-07-05"), "An", "Bình")
    second = opened(context_on, "2024-07-06", in_charge=("Bình",))
    rename(context_on("2024-07-07"), "Bình", "Chi")
    assert told(context_on) == [
        (None, "in_charge", None, "An"),
        ("An", "name", "An", "Bình"),
        (None, "in_charge", None, "Bình"),
        ("Bình", "name", "Bình", "Chi"),
    ]
    assert told(context_on, an) == [(None, "in_charge", None, "An")]
    assert told(context_on, second) == [(None, "in_charge", None, "Bình")]


def test_a_name_is_taken_back_and_given_again(context_on: OpenContext, db: SQLite, an: str) -> None:
    rename(context_on("2024-07-05"), "An", "Bình")
    ahead = what_undo_would_do(context_on("2024-07-06"), None)
    assert [(e.party, e.field, e.old, e.new) for e in ahead.log.entries] == [("An", "name", "An", "Bình")]
    undo(context_on("2024-07-06"), None)
    assert (stood(context_on, an).in_charge, known(context_on), sound(db)) == (("An",), ["An"], True)
    third = opened(context_on, "2024-07-06", in_charge=("An",))
    undo(context_on("2024-07-07"), "c4")
    assert (stood(context_on, an).in_charge, known(context_on), sound(db)) == (("Bình",), ["Bình"], True)
    assert told(context_on, third) == [(None, "in_charge", None, "An")]


def test_only_the_case_of_a_name_may_be_corrected(context_on: OpenContext, an: str) -> None:
    assert rename(context_on(JULY), "An", "AN").now.name == "AN"
    assert stood(context_on, an).in_charge == ("AN",)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("An", "same-name"),
        ("Bình, Chi", "name-with-comma"),
        ("ubdt", "organisation-not-person"),
        ("bình", "person-exists"),
        (" ", "text-empty"),
    ],
)
def test_a_name_that_nobody_can_have_is_refused(
    context_on: OpenContext, db: SQLite, an: str, new: str, code: str
) -> None:
    opened(context_on, JULY, in_charge=("Bình",))
    before = held(db)
    with refused(code):
        rename(context_on(JULY), "An", new)
    assert held(db) == before


def test_a_part_of_a_name_is_not_enough_to_rename(context_on: OpenContext) -> None:
    opened(context_on, JULY, in_charge=("Lê Thị Lan",))
    with refused("name-in-part") as caught:
        rename(context_on(JULY), "lan", "Lê Lan")
    assert caught.value.params["full"] == "Lê Thị Lan"


def test_a_name_with_an_organisation_in_brackets_tells_two_apart(
    context_on: OpenContext, db: SQLite, an: str
) -> None:
    opened(context_on, JULY, in_charge=("Bình",))
    done = rename(context_on(JULY), "Bình", "An (hlhpn)")
    assert (done.now.own_name, done.now.organisation) == ("An", "hlhpn")
    assert known(context_on) == ["An", "An (Hội LHPN Việt Nam)"]
    assert sound(db)


# --- merged ---


def test_who_is_merged_is_the_other_from_then_on(context_on: OpenContext, db: SQLite, an: str) -> None:
    second = opened(context_on, JULY, in_charge=("An", "Bình"))
    before = last_moment(db) or ""
    assert [p.name for p in find_both(context_on(JULY), "An", "Bình")] == ["An", "Bình"]
    done = merge(context_on("2024-07-05"), "An", "Bình")
    assert (done.before.name, done.now.name, done.tasks) == ("An", "Bình", 2)
    assert (stood(context_on, an).in_charge, stood(context_on, second).in_charge) == (("Bình",), ("Bình",))
    assert (known(context_on), known(context_on, before)) == (["Bình"], ["An", "Bình"])
    assert stood(context_on, an, known_at=before).in_charge == ("An",)
    assert found(context_on, "to:Bình") == [an, second]
    assert told(context_on)[-1] == ("An", "merged_into", None, "Bình")
    assert told(context_on, an) == [(None, "in_charge", None, "An")]
    assert sound(db)


def test_a_merge_is_taken_back_with_what_was_said_of_each(
    context_on: OpenContext, db: SQLite, an: str
) -> None:
    opened(context_on, JULY, in_charge=("Bình",))
    set_person(context_on(JULY), "An", Particulars(email="an@vi-du.vn"))
    merge(context_on("2024-07-05"), "An", "Bình")
    rename(context_on("2024-07-06"), "Bình", "Bình Minh")
    undo(context_on("2024-07-07"), "c5")
    assert stood(context_on, an).in_charge == ("An",)
    assert {p.person.name: p.person.email for p in list_people(context_on(JULY)).people} == {
        "An": "an@vi-du.vn", "Bình Minh": None,
    }  # fmt: skip
    assert sound(db)


def test_who_was_merged_into_one_who_is_merged_follows(context_on: OpenContext, db: SQLite, an: str) -> None:
    opened(context_on, JULY, in_charge=("Bình", "Chi"))
    merge(context_on(JULY), "An", "Bình")
    merge(context_on(JULY), "Bình", "Chi")
    assert stood(context_on, an).in_charge == ("Chi",)
    undo(context_on(JULY), "c4")
    assert stood(context_on, an).in_charge == ("An",)
    assert (known(context_on), sound(db)) == (["An", "Chi"], True)


def test_who_left_a_task_takes_nobody_with_them_by_a_merge(
    context_on: OpenContext, db: SQLite, an: str
) -> None:
    assign(context_on("2024-07-02"), [an], Roles(in_charge=("Bình",)))
    unassign(context_on("2024-07-05"), [an], Roles(in_charge=("An",)))
    merge(context_on("2024-07-06"), "An", "Bình")
    assert stood(context_on, an).in_charge == ("Bình",)
    assert stood(context_on, an, as_of="2024-07-01").in_charge == ("Bình",)
    assert sound(db)
    undo(context_on("2024-07-07"), None)
    assert stood(context_on, an).in_charge == ("Bình",)
    assert stood(context_on, an, as_of="2024-07-01").in_charge == ("An",)
    assert sound(db)


def test_who_leaves_a_task_leaves_as_all_that_they_turned_out_to_be(
    context_on: OpenContext, db: SQLite, an: str
) -> None:
    assign(context_on("2024-07-02"), [an], Roles(in_charge=("Bình",)))
    merge(context_on("2024-07-03"), "An", "Bình")
    unassign(context_on("2024-07-05"), [an], Roles(in_charge=("Bình",)))
    assert stood(context_on, an).in_charge == ()
    assert stood(context_on, an, as_of="2024-07-04").in_charge == ("Bình",)
    assert told(context_on, an)[-1] == (None, "in_charge", "Bình", None)
    assert len(told(context_on, an)) == 3
    assert sound(db)
    assign(context_on("2024-07-06"), [an], Roles(in_charge=("Bình",)))
    assert (stood(context_on, an).in_charge, sound(db)) == (("Bình",), True)


def test_who_was_in_charge_for_no_day_is_merged_as_well(context_on: OpenContext, db: SQLite, an: str) -> None:
    assign(context_on(JULY), [an], Roles(in_charge=("Bình",)))
    unassign(context_on(JULY), [an], Roles(in_charge=("An",)))
    assert merge(context_on(JULY), "An", "Bình").tasks == 1
    assert (stood(context_on, an).in_charge, sound(db)) == (("Bình",), True)
    undo(context_on(JULY), None)
    assert (stood(context_on, an).in_charge, sound(db)) == (("Bình",), True)


def test_nobody_is_merged_into_themselves(context_on: OpenContext, db: SQLite, an: str) -> None:
    before = held(db)
    with refused("merge-itself"):
        merge(context_on(JULY), "An", "an")
    with refused("unknown-person"):
        merge(context_on(JULY), "An", "Bình")
    assert held(db) == before


# --- what else is known ---


def test_particulars_are_set_and_cleared(context_on: OpenContext, db: SQLite, an: str) -> None:
    typed = Particulars("Ân", "ubdt", "an@vi-du.vn", "an", "1/8/2024")
    done = set_person(context_on(JULY), "An", typed)
    assert done.now[3:8] == ("Ân", "ubdt", "an@vi-du.vn", "an", "2024-08-01")
    assert person_of_login(db, "an") == done.now
    assert person_of_login(db, "binh") is None
    cleared = set_person(context_on(JULY), "An", Particulars("", "", "", "", ""))
    assert cleared.now[3:8] == (None, None, None, None, None)
    assert [entry[1:] for entry in told(context_on) if entry[1] == "email"] == [
        ("email", None, "an@vi-du.vn"), ("email", "an@vi-du.vn", None),
    ]  # fmt: skip
    undo(context_on(JULY), None)
    assert list_people(context_on(JULY)).people[0].person == done.now


def test_what_is_so_already_is_not_recorded(context_on: OpenContext, db: SQLite, an: str) -> None:
    set_person(context_on(JULY), "An", Particulars(email="an@vi-du.vn"))
    before = held(db)
    assert (
        set_person(context_on(JULY), "An", Particulars(email="an@vi-du.vn", login="")).written.command is None
    )
    assert held(db) == before


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (Particulars(), "nothing-to-set"),
        (Particulars(email="an"), "mail-address"),
        (Particulars(organisation="xyz"), "unknown-organisation"),
        (Particulars(organisation="viet nam"), "organisation-in-part"),
        (Particulars(left="31/2/2024"), "impossible-date"),
        (Particulars(login="binh"), "login-taken"),
    ],
)
def test_particulars_that_are_none_are_refused(
    context_on: OpenContext, db: SQLite, an: str, typed: Particulars, code: str
) -> None:
    opened(context_on, JULY, in_charge=("Bình",))
    set_person(context_on(JULY), "Bình", Particulars(login="binh"))
    before = held(db)
    with refused(code):
        set_person(context_on(JULY), "An", typed)
    assert held(db) == before


def test_an_organisation_tells_two_of_one_name_apart_in_all_their_tasks(
    context_on: OpenContext, db: SQLite, an: str
) -> None:
    second = add(context_on(JULY), NewTask("Việc", "3", in_charge=("An (ubdt)",), new_person=True)).tasks[0]
    assert second.in_charge == ("An (UBDT)",)
    assert (stood(context_on, an).in_charge, sound(db)) == (("An",), True)
    done = set_person(context_on(JULY), "An", Particulars(organisation="hlhpn"))
    assert (done.now.name, done.tasks) == ("An (Hội LHPN Việt Nam)", 1)
    assert stood(context_on, an).in_charge == ("An (Hội LHPN Việt Nam)",)
    assign(context_on(JULY), [an], Roles(in_charge=("An (ubdt)",)))
    assert stood(context_on, an).in_charge == ("An (Hội LHPN Việt Nam)", "An (UBDT)")
    assert sound(db)


def test_a_new_person_may_come_with_an_organisation_and_tells_who_was_there_apart(
    context_on: OpenContext, db: SQLite
) -> None:
    first = opened(context_on, JULY, in_charge=("An (hlhpn)",))
    assert stood(context_on, first).in_charge == ("An",)
    with refused("person-elsewhere"):
        opened(context_on, JULY, in_charge=("An (ubdt)",))
    done = add(context_on(JULY), NewTask("Việc", "3", in_charge=("An (ubdt)",), new_person=True))
    assert done.tasks[0].in_charge == ("An (UBDT)",)
    assert stood(context_on, first).in_charge == ("An (Hội LHPN Việt Nam)",)
    assert (known(context_on), sound(db)) == (["An (Hội LHPN Việt Nam)", "An (UBDT)"], True)


def test_work_given_to_one_who_has_left_warns(context_on: OpenContext, an: str) -> None:
    set_person(context_on(JULY), "An", Particulars(left="5/7/2024"))
    task = opened(context_on, "2024-07-04", in_charge=("An",))
    assign(context_on("2024-07-04"), [task], Roles(in_charge=("Bình",)))
    assert notes(add(context_on("2024-07-05"), NewTask("Khác", "3", in_charge=("An",)))) == ["person-left"]
    assert notes(assign(context_on("2024-07-06"), [an], Roles(in_charge=("An",)))) == ["role-held"]
    other = opened(context_on, "2024-07-06", title="Mới")
    assert notes(assign(context_on("2024-07-06"), [other], Roles(in_charge=("An",)))) == ["person-left"]


def test_a_filter_takes_the_only_one_who_has_a_part_of_a_name(context_on: OpenContext) -> None:
    task = opened(context_on, JULY, in_charge=("Lê Thị Lan",))
    view = list_tasks(context_on(JULY), ["to:lan"])
    assert labels(view.tasks) == [task]
    assert view.taken == (TakenWords("to:lan", "to:Lê Thị Lan", in_part=True),)
    opened(context_on, JULY, in_charge=("Hồ Lan",))
    with refused("person-several") as caught:
        list_tasks(context_on(JULY), ["to:lan"])
    assert caught.value.params["near"] == ("Hồ Lan", "Lê Thị Lan")
