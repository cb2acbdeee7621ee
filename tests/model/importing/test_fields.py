"""Fields of rows, the headings that mean them, and what tells one kind of table from another."""

import pytest

from plantrack.errors import Failure
from plantrack.model.importing.fields import (
    FIELDS,
    TYPED_KINDS,
    ImportKind,
    field_meant,
    kinds_of,
    parse_kind,
)
from plantrack.model.text import match_key


@pytest.mark.parametrize("kind", ImportKind)
def test_a_field_has_one_name_and_a_heading_in_each_language(kind: ImportKind) -> None:
    names = [field.name for field in FIELDS[kind]]
    assert len(set(names)) == len(names)
    assert all(field.title.vi and field.title.en for field in FIELDS[kind])


@pytest.mark.parametrize("kind", ImportKind)
def test_one_heading_is_one_field_but_for_the_area_that_may_be_a_title(kind: ImportKind) -> None:
    seen: dict[str, str] = {}
    for field in FIELDS[kind]:
        for heading in field.headings:
            assert seen.setdefault(match_key(heading), field.name) == field.name or heading == "Nội dung"


@pytest.mark.parametrize(("typed", "kind"), [("tasks", "task"), ("cap-nhat", "update"), ("người", "person")])
def test_a_kind_is_typed_in_either_language(typed: str, kind: str) -> None:
    assert parse_kind(typed) == kind


def test_a_kind_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(Failure) as refused:
        parse_kind("gì đó")
    assert refused.value.code == "unknown-import-kind"
    assert set(TYPED_KINDS.values()) == set(ImportKind)


def test_a_field_is_named_by_itself_or_by_a_heading() -> None:
    assert field_meant("due", ImportKind.TASK) == field_meant("han hoan thanh", ImportKind.TASK) == "due"
    assert field_meant("in_charge", ImportKind.TASK) == "in_charge"
    with pytest.raises(Failure) as refused:
        field_meant("email", ImportKind.TASK)
    assert refused.value.code == "unknown-import-field"


@pytest.mark.parametrize(
    ("task", "update", "kinds"),
    [
        ("title due", "title", ["task"]),
        ("title result", "title result", ["update"]),
        ("title", "task title status", ["update"]),
        # The number of a task, and who leads it: it may be either, and a person must say.
        ("title lead status", "task title status", ["task", "update"]),
        ("title", "title", []),
    ],
)
def test_tasks_and_what_is_said_of_them_are_told_apart(task: str, update: str, kinds: list[str]) -> None:
    assert kinds_of({ImportKind.TASK: task.split(), ImportKind.UPDATE: update.split()}) == kinds


def test_people_and_indicators_have_headings_of_their_own() -> None:
    assert kinds_of({ImportKind.PERSON: ["name", "email"]}) == ["person"]
    assert kinds_of({ImportKind.PERSON: ["name"]}) == []
    assert kinds_of({ImportKind.PERSON: ["name", "organisation"], ImportKind.TASK: ["title", "lead"]}) == [
        "task"
    ]
    assert kinds_of({ImportKind.INDICATOR: ["indicator", "period", "value"]}) == ["indicator"]
