"""Who comes under which name, and tasks that follow a name that became otherwise."""

import pytest

from plantrack.model.people.person import Person
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.person import rename
from plantrack.services.writing import party_names
from plantrack.services.writing.party_names import PeopleByNow, follow_names
from plantrack.store import people
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened, stood

AN = Person("1", "An", "An")


@pytest.mark.parametrize(
    ("typed", "known", "came"),
    [
        ("An", (), ("An", "An", None)),
        ("An (ubdt)", (), ("An", "An", "ubdt")),
        ("An (UBDT)", (AN,), ("An (UBDT)", "An", "ubdt")),
        ("An (mới)", (AN,), ("An (mới)", "An (mới)", None)),
    ],
)
def test_who_comes_has_the_organisation_in_brackets(
    context_on: OpenContext, typed: str, known: tuple[Person, ...], came: tuple[str, str, str | None]
) -> None:
    by_now = PeopleByNow(context_on().names, known)
    assert by_now.find(typed) is None
    new = by_now.add(typed, "2")
    assert (new.name, new.own_name, new.organisation) == came
    assert by_now.find(typed) == by_now.find(new.name) == new


def test_one_who_comes_with_a_command_comes_once(context_on: OpenContext, db: SQLite) -> None:
    new = NewTask("", area="3", in_charge=("An (ubdt)",))
    add(context_on("2024-07-01"), new, ["Việc một", "Việc hai"])
    assert [person.name for person in people.people(db)] == ["An"]


def test_however_many_tasks_follow(context_on: OpenContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(party_names, "_AT_ONCE", 2)
    tasks = [opened(context_on, "2024-07-01", in_charge=("An",)) for _ in range(5)]
    assert rename(context_on("2024-07-02"), "An", "Bình").tasks == 5
    assert {stood(context_on, task).in_charge for task in tasks} == {("Bình",)}


def test_where_nobody_is_called_otherwise_nothing_is_written(context_on: OpenContext, db: SQLite) -> None:
    opened(context_on, "2024-07-01", in_charge=("An",))
    before = list(db.driver.iterdump())
    assert follow_names(db) == 0
    assert list(db.driver.iterdump()) == before
