"""Who has which role in a task, from which day on; and who people are."""

import unicodedata

import pytest

from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign, unassign
from plantrack.services.verbs.list import list_tasks
from plantrack.services.verbs.org import list_organisations
from plantrack.services.verbs.person import list_people
from plantrack.services.verbs.undo import undo
from plantrack.services.writing.command_rules import CommandResult
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, held, labels, notes, opened, refused, said, stood


@pytest.fixture
def task(context_on: OpenContext) -> str:
    """Open a task on 1/7/2024 that UBDT leads."""
    return opened(context_on, "2024-07-01", lead=("ubdt",))


def given(sit: OpenContext, day: str, task: str, **roles: object) -> CommandResult:
    """Assign on a day."""
    return assign(sit(day), [task], Roles()._replace(**roles))  # type: ignore[arg-type]


def taken(sit: OpenContext, day: str, task: str, **roles: object) -> CommandResult:
    """Unassign on a day."""
    return unassign(sit(day), [task], Roles()._replace(**roles))  # type: ignore[arg-type]


def test_assign_adds_to_who_is_there(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-05", task, lead=("hlhpn",), in_charge=("An",))
    now = stood(context_on, task)
    assert (now.lead, now.in_charge) == (("ubdt", "hlhpn"), ("An",))


def test_the_reply_has_who_holds_which_role_now(context_on: OpenContext, task: str) -> None:
    done = given(context_on, "2024-07-05", task, coordinating=("hlhpn",))
    assert (done.tasks[0].lead, done.tasks[0].coordinating) == (("ubdt",), ("hlhpn",))


def test_a_role_is_held_from_its_day_on_and_not_before(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-09", task, coordinating=("hlhpn",), on="5/7")
    assert stood(context_on, task, as_of="2024-07-04").coordinating == ()
    assert stood(context_on, task, as_of="2024-07-05").coordinating == ("hlhpn",)


def test_a_role_from_a_day_after_today_is_refused(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    with refused("day-after-today"):
        given(context_on, "2024-07-05", task, lead=("hlhpn",), on="6/7/2024")
    assert held(db) == before


def test_a_role_from_before_the_opening_moves_the_opening_and_says_so(
    context_on: OpenContext, task: str
) -> None:
    assert notes(given(context_on, "2024-07-05", task, in_charge=("An",), on="25/6")) == ["opening-moved"]
    assert stood(context_on, task, as_of="2024-06-25").in_charge == ("An",)


def test_instead_replaces_all_in_the_named_role_from_that_day(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-02", task, coordinating=("hlhpn",), in_charge=("An", "Bình"))
    given(context_on, "2024-07-05", task, in_charge=("Cúc",), instead=True)
    now, before = stood(context_on, task), stood(context_on, task, as_of="2024-07-04")
    assert (now.in_charge, now.lead, now.coordinating) == (("Cúc",), ("ubdt",), ("hlhpn",))
    assert before.in_charge == ("An", "Bình")


def test_who_is_replaced_is_named_with_the_tasks(context_on: OpenContext, task: str) -> None:
    other = opened(context_on, "2024-07-01", in_charge=("Đào", "Lan"))
    given(context_on, "2024-07-02", task, in_charge=("Đào",), instead=True)
    done = assign(context_on("2024-07-05"), [task, other], Roles(in_charge=("Cúc",), instead=True))
    told = {note.params["party"]: note.params["tasks"] for note in done.notes if note.code == "role-replaced"}
    assert told == {"Đào": (task, other), "Lan": (other,)}


def test_instead_keeps_who_is_named_again(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-05", task, lead=("hlhpn", "ubdt"), instead=True)
    assert set(stood(context_on, task).lead) == {"ubdt", "hlhpn"}


def test_instead_from_an_earlier_day_also_replaces_who_came_later(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-08", task, in_charge=("An",))
    given(context_on, "2024-07-09", task, in_charge=("Cúc",), instead=True, on="5/7")
    assert stood(context_on, task).in_charge == ("Cúc",)


def test_unassign_takes_a_role_away_from_a_day_on(context_on: OpenContext, task: str) -> None:
    taken(context_on, "2024-07-09", task, lead=("ubdt",), on="5/7")
    assert stood(context_on, task).lead == ()
    assert stood(context_on, task, as_of="2024-07-04").lead == ("ubdt",)


def test_unassign_of_who_has_not_the_role_is_refused(context_on: OpenContext, db: SQLite, task: str) -> None:
    before = held(db)
    for roles in ({"lead": ("hlhpn",)}, {"coordinating": ("ubdt",)}, {"lead": ("ubdt", "hlhpn")}):
        with refused("not-assigned") as caught:
            taken(context_on, "2024-07-05", task, **roles)
        assert caught.value.exit_code == 4
    assert held(db) == before


def test_who_left_can_come_back(context_on: OpenContext, task: str) -> None:
    taken(context_on, "2024-07-05", task, lead=("ubdt",))
    given(context_on, "2024-07-08", task, lead=("ubdt",))
    assert [stood(context_on, task, as_of=f"2024-07-0{d}").lead for d in (4, 6, 8)] == [
        ("ubdt",),
        (),
        ("ubdt",),
    ]


def test_several_tasks_are_assigned_at_once_or_none(context_on: OpenContext, db: SQLite, task: str) -> None:
    other = opened(context_on, "2024-07-01")
    before = held(db)
    with refused("unknown-task"):
        assign(context_on("2024-07-05"), [task, "99"], Roles(lead=("hlhpn",)))
    assert held(db) == before
    done = assign(context_on("2024-07-05"), [other, task, other], Roles(lead=("hlhpn",)))
    assert labels(done.tasks) == [other, task]


def test_nobody_named_is_refused(context_on: OpenContext, task: str) -> None:
    for verb in (given, taken):
        with refused("nobody-named"):
            verb(context_on, "2024-07-05", task)


def test_undo_gives_a_role_back(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-05", task, lead=("hlhpn",), instead=True)
    undo(context_on("2024-07-06"), None)
    assert stood(context_on, task).lead == ("ubdt",)


# --- saying what is so ---


def test_unassign_ends_a_role_that_was_given_again_later_too_and_says_so(
    context_on: OpenContext, task: str
) -> None:
    taken(context_on, "2024-07-05", task, lead=("ubdt",))
    given(context_on, "2024-07-10", task, lead=("ubdt",))
    done = taken(context_on, "2024-07-12", task, lead=("ubdt",), on="3/7")
    assert notes(done) == ["role-ended-later-too"]
    assert done.tasks[0].lead == ()
    assert [stood(context_on, task, as_of=f"2024-07-{d:02d}").lead for d in (2, 3, 11)] == [("ubdt",), (), ()]


def test_assign_of_who_has_the_role_records_nothing_and_says_so(
    context_on: OpenContext, db: SQLite, task: str
) -> None:
    given(context_on, "2024-07-02", task, in_charge=("An",))
    before = held(db)
    done = given(context_on, "2024-07-05", task, lead=("ubdt",), in_charge=("An",))
    assert (done.command, notes(done)) == (None, ["role-held", "role-held"])
    assert held(db) == before


def test_what_is_not_recorded_is_for_no_day_and_warns_of_nothing(context_on: OpenContext) -> None:
    label = opened(context_on, "2025-02-01", lead=("ubdt",))
    done = given(context_on, "2025-03-10", label, lead=("ubdt",), on="5/3/2025")
    assert (done.command, [n.code for n in done.notes]) == (None, ["role-held"])


def test_assign_says_that_the_role_was_left_again_on_a_later_day(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-02", task, coordinating=("hlhpn",))
    taken(context_on, "2024-07-08", task, coordinating=("hlhpn",))
    done = given(context_on, "2024-07-10", task, coordinating=("hlhpn",), on="4/7")
    assert [(n.code, n.params["day"]) for n in done.notes if n.code != "for-day"] == [
        ("role-left-later", "2024-07-08")
    ]
    assert done.tasks[0].coordinating == ()


def test_of_several_tasks_those_that_stayed_as_they_were_are_named(
    context_on: OpenContext, task: str
) -> None:
    other = opened(context_on, "2024-07-01", lead=("hlhpn",))
    done = assign(context_on("2024-07-05"), [task, other], Roles(lead=("ubdt",), instead=True))
    assert ("tasks-unchanged", {"tasks": (task,)}) in [(n.code, n.params) for n in done.notes]


# --- organisations that end ---


def test_an_organisation_that_ended_is_warned_of_with_its_successor(context_on: OpenContext) -> None:
    label = opened(context_on, "2025-02-01")
    done = given(context_on, "2025-03-10", label, lead=("ubdt",))
    assert done.tasks[0].lead == ("ubdt",)
    assert [(n.code, n.params["successor"]) for n in done.notes] == [
        ("organisation-ended-successor", "bdttg")
    ]
    other = opened(context_on, "2025-02-01")
    assert notes(given(context_on, "2025-03-10", other, coordinating=("ubdt",), on="28/2/2025")) == []


def test_an_organisation_that_is_not_there_yet_is_warned_of(context_on: OpenContext, task: str) -> None:
    assert notes(given(context_on, "2024-07-05", task, lead=("bdttg",))) == ["organisation-not-yet"]


# --- people ---


def test_apostrophes_and_spaces_do_not_make_another_person(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-02", task, in_charge=("H’Nghia Êban",))
    for typed in (
        "H'Nghia Êban",
        "H`Nghia  Êban",
        "Hʼ\u200bNghia\u00a0Êban",
        unicodedata.normalize("NFD", "H’Nghia Êban"),
    ):
        assert notes(given(context_on, "2024-07-03", task, in_charge=(typed,))) == ["role-held"]
    assert stood(context_on, task).in_charge == ("H’Nghia Êban",)
    assert [p.person.name for p in list_people(context_on()).people] == ["H’Nghia Êban"]


def test_names_that_differ_in_tones_are_different_people_and_the_near_one_is_told(
    context_on: OpenContext, task: str
) -> None:
    given(context_on, "2024-07-02", task, in_charge=("Lê Văn An",))
    done = given(context_on, "2024-07-03", task, in_charge=("Lê Văn Ân",))
    assert [(n.code, n.params) for n in done.notes] == [
        ("person-alike", {"person": "Lê Văn Ân", "others": ("Lê Văn An",)})
    ]
    assert stood(context_on, task).in_charge == ("Lê Văn An", "Lê Văn Ân")


def test_two_near_names_in_one_command_are_told_of_too(context_on: OpenContext) -> None:
    done = add(context_on("2024-07-01"), NewTask("Việc", area="3", in_charge=("Lê Văn An", "Lê Văn Ân")))
    assert notes(done) == ["person-alike"]


def test_a_person_is_taken_away_by_a_name_without_tones(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-02", task, in_charge=("Lê Văn Ân",))
    taken(context_on, "2024-07-03", task, in_charge=("le van an",))
    assert stood(context_on, task).in_charge == ()


def test_a_name_without_tones_that_may_be_two_people_is_refused_with_both(
    context_on: OpenContext, task: str
) -> None:
    given(context_on, "2024-07-02", task, in_charge=("Lê Văn Ân", "Lê Văn Ấn"))
    with refused("unknown-person") as caught:
        taken(context_on, "2024-07-03", task, in_charge=("le van an",))
    assert set(caught.value.params["near"]) == {"Lê Văn Ân", "Lê Văn Ấn"}  # type: ignore[call-overload]


def test_an_organisation_is_no_person(context_on: OpenContext, task: str) -> None:
    with refused("organisation-not-person"):
        given(context_on, "2024-07-02", task, in_charge=("hoi lhpn viet nam",))


def test_a_refused_command_makes_nobody_known(context_on: OpenContext, task: str) -> None:
    with refused("unknown-task"):
        assign(context_on("2024-07-02"), [task, "99"], Roles(in_charge=("Ai Đó",)))
    assert list_people(context_on()).people == ()


def test_people_are_listed_in_vietnamese_order_with_what_is_in_their_charge(
    context_on: OpenContext, task: str
) -> None:
    given(context_on, "2024-07-02", task, in_charge=("Đào Thị Bé", "Dương A", "Ân"))
    said(context_on, "2024-07-03", task, "done")
    opened(context_on, "2024-07-04", in_charge=("Ân",))
    assert [(p.person.name, p.open, p.total) for p in list_people(context_on()).people] == [
        ("Ân", 1, 2), ("Dương A", 0, 1), ("Đào Thị Bé", 0, 1),
    ]  # fmt: skip


def test_people_who_came_later_were_not_known_before(context_on: OpenContext, task: str) -> None:
    for day, name in (("2024-07-02", "An"), ("2024-07-05", "Bình")):
        given(context_on, day, task, in_charge=(name,))
    assert [p.person.name for p in list_people(context_on(known_at="4/7/2024")).people] == ["An"]
    with refused("unknown-person"):
        list_tasks(context_on(known_at="4/7/2024"), ["to:Bình"])


def test_organisations_are_listed_with_what_they_lead_and_whether_they_exist(
    context_on: OpenContext, task: str
) -> None:
    given(context_on, "2024-07-02", task, coordinating=("hlhpn",))
    rows = {o.organisation.id: o for o in list_organisations(context_on()).organisations}
    assert (rows["ubdt"].lead_open, rows["ubdt"].lead_total, rows["hlhpn"].coordinating_total) == (1, 1, 1)
    assert (rows["ubdt"].in_force, rows["bdttg"].in_force) == (True, False)
    later = {
        o.organisation.id: o.in_force for o in list_organisations(context_on("2025-03-01")).organisations
    }
    assert later == {"ubdt": False, "hlhpn": True, "bdttg": True}


def test_letter_case_alone_makes_no_second_person(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-05", task, in_charge=("Đinh Văn Tú",))
    again = given(context_on, "2024-07-06", task, in_charge=("đinh văn TÚ", "Ðinh Văn Tú", "ĐINH VĂN TÚ"))
    assert (notes(again), stood(context_on, task).in_charge) == (["role-held"], ("Đinh Văn Tú",))
    opened(context_on, "2024-07-06", in_charge=("ĐINH VĂN TÚ",))
    opened(context_on, "2024-07-06", in_charge=("lê an", "Lê An"))
    assert [line.person.name for line in list_people(context_on()).people] == ["Đinh Văn Tú", "lê an"]
    taken(context_on, "2024-07-07", task, in_charge=("đinh văn tú",))
    assert stood(context_on, task).in_charge == ()
    assert labels(list_tasks(context_on("2024-07-08"), ["to:LÊ AN"]).tasks) == ["3"]


def test_a_person_who_became_known_meanwhile_is_the_same(context_on: OpenContext, task: str) -> None:
    late = context_on("2024-07-06")
    opened(context_on, "2024-07-06", in_charge=("Lê An",))
    assert assign(late, [task], Roles(in_charge=("LÊ AN",))).tasks[0].in_charge == ("Lê An",)


def test_other_tones_make_another_person(context_on: OpenContext, task: str) -> None:
    given(context_on, "2024-07-05", task, in_charge=("Lê Tú",))
    assert notes(given(context_on, "2024-07-06", task, in_charge=("Lê Tư",))) == ["person-alike"]
    assert stood(context_on, task).in_charge == ("Lê Tú", "Lê Tư")
