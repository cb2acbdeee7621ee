"""What is written out: everything, what belongs to tasks, or what all may read."""

import json
from typing import Any

import pytest

from plantrack.errors import Failure
from plantrack.services.verbs.assign import Roles, unassign
from plantrack.services.verbs.exchange.export import export_part, export_public, export_whole, export_work
from plantrack.services.verbs.undo import undo
from plantrack.store.connection import SCHEMA_VERSION
from plantrack.store.exchange.fact_reading import fact_digest
from plantrack.store.sqlite.connection import SQLite
from tests.support.steps import OpenContext, opened, said


def read(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the head, and what stands below it."""
    head, *rest = map(json.loads, data.splitlines())
    return head, rest


@pytest.fixture
def work(context_on: OpenContext) -> None:
    opened(context_on, "2024-07-01", "Việc một", lead=("ubdt",), due="2024-07-10")
    opened(context_on, "2024-07-01", "Việc hai", lead=("hlhpn",))
    opened(context_on, "2024-07-01", "Việc ba", coordinating=("ubdt",))
    said(context_on, "2024-07-02", "1", "done", result="xong")
    unassign(context_on("2024-07-03"), ["3"], Roles(coordinating=("ubdt",), on="2024-07-03"))


def test_the_head_says_what_the_file_is(context_on: OpenContext, db: SQLite, work: None) -> None:
    head, rest = read(b"".join(export_whole(db).pieces()))
    assert head["type"] == "head"
    assert head["format"] == "plantrack-export/1"
    assert (head["kind"], head["schema"], head["site"]) == ("whole", SCHEMA_VERSION, "")
    assert (head["counters"], head["example"]) == ({"command": 6, "task": 3}, False)
    assert sum(head["counts"].values()) == len(rest)
    assert head["sha256"] == fact_digest(db).sha256


def test_the_part_of_an_organisation_has_the_tasks_in_which_it_has_a_role(
    context_on: OpenContext, work: None
) -> None:
    at = context_on("2024-08-01")
    head, rest = read(b"".join(export_part(at, ["org:ubdt"], public=False).pieces()))
    assert (head["kind"], head["filter"], head["counters"]) == ("part", "org:ubdt", {})
    assert [row["title"] for row in rest if row["type"] == "task"] == [
        "Việc một"
    ]  # closed; the third one was left
    assert {row["type"] for row in rest} >= {
        "command",
        "plan_revision",
        "status_update",
        "deadline",
        "assignment",
    }


def test_of_a_plan_that_is_named_it_is_all_of_its_work(context_on: OpenContext, work: None) -> None:
    head, rest = read(b"".join(export_part(context_on("2024-08-01"), [], public=False).pieces()))
    assert (head["kind"], head["filter"]) == ("part", "")
    assert len([row for row in rest if row["type"] == "task"]) == 3


def test_a_filter_that_finds_nothing_is_refused(context_on: OpenContext, work: None) -> None:
    for export in (
        lambda at: export_part(at, ["tag:x"], public=False),
        lambda at: export_work(at, ["tag:x"], public=True),
    ):
        with pytest.raises(Failure) as caught:
            export(context_on("2024-08-01"))
        assert (caught.value.code, caught.value.exit_code) == ("export-finds-nothing", 3)


def test_a_public_copy_does_not_tell_for_whom_it_was_made(
    context_on: OpenContext, db: SQLite, work: None
) -> None:
    opened(context_on, "2024-07-04", "Việc bốn", in_charge=("Nguyễn Văn Kín",), new_person=True)
    data = b"".join(export_part(context_on("2024-08-01"), ["to:Kín"], public=True).pieces()).decode()
    head, rest = read(data.encode())
    assert (head["kind"], head["filter"]) == ("public", "")
    assert [row["title"] for row in rest if row["type"] == "task"] == ["Việc bốn"]
    assert "Kín" not in data
    assert export_work(context_on("2024-08-01"), ["to:Kín"], public=True).filter == ""
    head, rest = read(b"".join(export_public(db).pieces()))
    assert len([row for row in rest if row["type"] == "task"]) == 4


def test_people_get_the_tasks_and_what_stands_of_what_was_said(context_on: OpenContext, work: None) -> None:
    said(context_on, "2024-07-04", "2", result="nhầm")
    undo(context_on("2024-07-04"), None)
    said(context_on, "2024-07-05", "2", result="gửi giấy mời")
    view = export_work(context_on("2024-08-01"), ["org:ubdt,hlhpn"], public=False)
    assert [task.label for task in view.tasks] == ["1", "2"]
    assert [(said.task.label, said.update.result) for said in view.updates] == [
        ("1", "xong"),
        ("2", "gửi giấy mời"),
    ]
    assert (len(view.tasks), len(view.updates), view.filter) == (2, 2, "org:ubdt,hlhpn")


def test_without_a_filter_a_plan_without_work_is_an_empty_table(context_on: OpenContext) -> None:
    view = export_work(context_on("2024-08-01"), [], public=False)
    assert ([*view.tasks], [*view.updates]) == ([], [])


def test_the_same_data_gives_the_same_bytes(db: SQLite, work: None) -> None:
    told: list[float] = []
    assert b"".join(export_whole(db).pieces()) == b"".join(export_whole(db, told.append).pieces())
    assert told == sorted(told)
    assert told[-1] == 1
