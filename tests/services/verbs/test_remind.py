"""Reminders: which work is reminded of, for whom, and what a letter tells each."""

from typing import Any

import pytest

from plantrack.model.views.tasks import Reminder
from plantrack.services.verbs.remind import letters, remind
from plantrack.services.verbs.undo import undo
from plantrack.store.sqlite.connection import SQLite
from tests.support.people import say_of
from tests.support.steps import OpenContext, held, labels, opened, refused, said

DAY = "2024-07-18"


@pytest.fixture
def due(context_on: OpenContext) -> OpenContext:
    """Six tasks: overdue, due today, due in three days, in four, without a day, and done."""
    people: list[dict[str, Any]] = [{"in_charge": ("Lê Bình",)}, {"in_charge": ("Lê An", "Lê Bình")}, {}]
    for nth, day in enumerate(("2024-07-10", "2024-07-18", "2024-07-21", "2024-07-22", None, "2024-07-11")):
        more = {"new_person": True, **people[nth % 3]}
        opened(context_on, "2024-07-01", f"Việc {nth}", due=day or "none", lead=("ubdt",)[: nth % 2], **more)
    said(context_on, "2024-07-11", "6", "done")
    return context_on


def found(view: Reminder) -> dict[str | None, list[str]]:
    """Return the labels of the tasks of each."""
    return {group.key: labels(group.tasks) for group in view.groups}


def test_each_person_has_what_is_overdue_or_due_within_the_days(due: OpenContext) -> None:
    view = remind(due(DAY), days=3)
    assert found(view) == {"Lê An": ["2"], "Lê Bình": ["1", "2"], None: ["3"]}
    assert (view.last_day, view.total, view.overdue) == ("2024-07-21", 3, 1)
    assert [group.overdue for group in view.groups] == [0, 1, 0]
    assert found(remind(due(DAY), days=4)) == {"Lê An": ["2"], "Lê Bình": ["1", "2", "4"], None: ["3"]}
    assert found(remind(due(DAY), days=0)) == {"Lê An": ["2"], "Lê Bình": ["1", "2"]}


def test_organisations_have_what_they_lead(due: OpenContext) -> None:
    assert found(remind(due(DAY), days=3, by="org")) == {"ubdt": ["2"], None: ["1", "3"]}


def test_it_is_of_a_day_of_a_moment_and_of_a_filter(due: OpenContext) -> None:
    assert found(remind(due(DAY, as_of="2024-07-09"), days=1)) == {"Lê Bình": ["1"]}
    assert found(remind(due(DAY, as_of="2024-07-10"), days=1)) == {"Lê Bình": ["1"], None: ["6"]}
    view = remind(due(DAY), ["overdue"], days=3)
    assert (found(view), view.filter) == ({"Lê Bình": ["1"]}, "overdue")
    with refused("unknown-filter"):
        remind(due(DAY), ["@nothing"], days=3)


def test_what_was_taken_back_is_not_reminded_of(due: OpenContext) -> None:
    opened(due, DAY, "Nhầm", due="2024-07-18", in_charge=("Lê An",))
    undo(due(DAY), None)
    assert found(remind(due(DAY), days=3))["Lê An"] == ["2"]


def test_it_changes_nothing(db: SQLite, due: OpenContext) -> None:
    before = held(db)
    remind(due(DAY), days=3)
    assert held(db) == before


def test_a_letter_has_what_is_its_readers_and_nothing_of_others(db: SQLite, due: OpenContext) -> None:
    say_of(db, "Lê An", email="an@example.org")
    made = letters(remind(due(DAY), days=3))
    assert {to.spec: found(letter) for to, letter in made.items()} == {"an@example.org": {"Lê An": ["2"]}}


def test_people_with_one_address_have_one_letter_and_who_left_has_none(db: SQLite, due: OpenContext) -> None:
    say_of(db, "Lê An", email="van-phong@example.org")
    say_of(db, "Lê Bình", email="Văn phòng <van-phong@EXAMPLE.org>")
    ((_, letter),) = letters(remind(due(DAY), days=3)).items()
    assert found(letter) == {"Lê An": ["2"], "Lê Bình": ["1", "2"]}
    say_of(db, "Lê Bình", left_on="2024-07-18")
    ((_, letter),) = letters(remind(due(DAY), days=3)).items()
    assert found(letter) == {"Lê An": ["2"]}
