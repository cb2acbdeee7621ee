"""People: each has a uid, and what they are called is a fact; two of one name are told apart."""

import pytest

from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.person import list_people
from plantrack.services.verbs.undo import undo
from plantrack.store import commands
from plantrack.store.connection import Connection, insert
from plantrack.store.derived_rows import rebuild
from plantrack.store.people import PersonFact, add_people, derive_labels, people
from plantrack.store.sqlite.connection import SQLite
from tests.conftest import Hands
from tests.support.listing import found
from tests.support.oracle import as_known
from tests.support.steps import OpenContext, opened, refused, stood

NAME = "Nguyễn Văn A"


def uid(n: int) -> str:
    return f"{n:026}"


def names(db: Connection, known_at: str | None = None) -> list[str]:
    with as_known(db, known_at):
        return [person.name for person in people(db)]


def called(db: SQLite, n: int, person: str, name: str, organisation: str | None = None) -> commands.Command:
    """Give a person a name, by a command of its own; one who is not known yet comes with it."""
    by = commands.record(db, "assign", "An", Hands("2024-07-01").now)
    fact = PersonFact(uid(n), by.uid, person, by.recorded_at, name, None, organisation)
    if not db.query("SELECT uid FROM person WHERE uid = :uid", {"uid": person}):
        row = {"uid": person, "command": by.uid, "recorded_at": by.recorded_at, "label": person}
        insert(db, "person", [row])
    insert(db, "person_fact", [fact._asdict()])
    derive_labels(db)
    rebuild(db)
    return by


def test_who_is_added_is_known_from_then_on(db: SQLite) -> None:
    by = commands.record(db, "add", "An", Hands("2024-07-01").now)
    new = {
        name: PersonFact(uid(n), by.uid, uid(n + 10), by.recorded_at, name)
        for n, name in enumerate(("Bình", "An", "Ân"))
    }
    add_people(db, new)
    add_people(db, {})
    assert names(db) == ["An", "Bình", "Ân"]
    assert [p.uid for p in people(db)] == [uid(11), uid(10), uid(12)]
    assert names(db, "2024-06-30T00:00:00.000Z") == []
    kept = db.query("SELECT label FROM person ORDER BY label")
    derive_labels(db)
    assert db.query("SELECT label FROM person ORDER BY label") == kept == [("An",), ("Bình",), ("Ân",)]


def test_a_name_may_only_be_added(db: SQLite) -> None:
    called(db, 1, uid(11), "An")
    for change in ("UPDATE person_fact SET name = 'B'", "DELETE FROM person_fact"):
        with pytest.raises(db.broken_condition, match="append-only"):
            db.execute(change)


def test_the_last_name_that_was_not_taken_back_stands(db: SQLite) -> None:
    called(db, 1, uid(11), "An")
    second = called(db, 2, uid(11), "Bình")
    assert names(db) == ["Bình"]
    commands.withdraw(db, commands.record(db, "undo", "An", Hands("2024-07-01").now), second)
    rebuild(db)
    assert names(db) == ["An"]
    assert names(db, second.recorded_at) == ["Bình"]


def test_the_only_name_stands_whatever_became_of_its_command(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",))
    undo(context_on("2024-07-02"), None)
    assert names(context_on().db) == ["An"]


def test_two_of_one_name_are_told_apart_by_their_organisations(context_on: OpenContext, db: SQLite) -> None:
    called(db, 1, uid(11), NAME, "ubdt")
    called(db, 2, uid(12), NAME, "hlhpn")
    one, other = names(db)[::-1]
    assert (one, other) == (f"{NAME} (UBDT)", f"{NAME} (Hội LHPN Việt Nam)")
    task = opened(context_on, "2024-07-02", in_charge=(one,))
    assert stood(context_on, task).in_charge == (one,)
    assert found(context_on, f"to:{one}") == [task]
    assert found(context_on, f"to:{other}") == []
    with refused("person-several"):
        found(context_on, f"to:{NAME}")
    with refused("person-ambiguous"):
        assign(context_on("2024-07-02"), [task], Roles(in_charge=(NAME,)))
    assert db.query("SELECT person FROM assignment WHERE role = 'in_charge'") == [(uid(11),)]


def test_without_organisations_two_of_one_name_are_numbered_as_they_came(db: SQLite) -> None:
    for n, (name, organisation) in enumerate(
        [(NAME, None), (NAME, None), (f"{NAME} (2)", None), (NAME, "ubdt"), (NAME, "ubdt")]
    ):
        called(db, n, uid(n + 10), name, organisation)
    assert {p.uid[-1]: p.name.removeprefix(NAME) for p in people(db)} == {
        "0": "", "1": " (3)", "2": " (2)", "3": " (UBDT)", "4": " (UBDT) (2)",
    }  # fmt: skip


def test_another_name_is_in_every_answer_from_its_moment_on_and_not_before(
    context_on: OpenContext, db: SQLite
) -> None:
    done = add(context_on("2024-07-01"), NewTask("Việc", area="3", in_charge=("An",)))
    assert done.command
    task = done.tasks[0].label
    (person,) = people(db)
    called(db, 1, person.uid, "Bình")
    assert stood(context_on, task).in_charge == ("Bình",)
    assert found(context_on, "to:Bình") == [task]
    then = done.command.recorded_at
    assert stood(context_on, task, known_at=then).in_charge == ("An",)
    assert found(context_on, "to:An", known_at=then) == [task]
    assert [p.person.name for p in list_people(context_on(known_at=then)).people] == ["An"]
    assert [p.person.name for p in list_people(context_on()).people] == ["Bình"]


def test_names_that_change_places_are_derived_at_once(db: SQLite) -> None:
    called(db, 1, uid(11), "An")
    called(db, 2, uid(12), "Bình")
    by = commands.record(db, "assign", "An", Hands("2024-07-01").now)
    swapped = [("Bình", uid(11)), ("An", uid(12))]
    facts = [
        PersonFact(uid(n), by.uid, person, by.recorded_at, name)._asdict()
        for n, (name, person) in enumerate(swapped, 3)
    ]
    insert(db, "person_fact", facts)
    derive_labels(db)
    assert db.query("SELECT label, uid FROM person ORDER BY uid") == swapped


def test_names_that_differ_in_tones_or_case_are_apart(db: SQLite) -> None:
    for n, name in enumerate(("Ánh", "Anh", "ánh")):
        called(db, n, uid(n + 10), name)
    assert {*names(db)} == {"Ánh", "Anh", "ánh"}


def test_who_came_later_was_not_known_before(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",))
    assign(context_on("2024-07-05"), ["1"], Roles(in_charge=("Bình",), on="2/7/2024"))
    moments = ("2024-06-30", "2024-07-02", "2024-07-06")
    assert [names(db, f"{day}T00:00:00.000Z") for day in moments] == [[], ["An"], ["An", "Bình"]]
