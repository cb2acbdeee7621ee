"""Who was taken out: changed no more, and nobody else gets a name that reads like theirs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.i18n.words import Words
from plantrack.services.context import Context
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.anonymise import anonymise
from plantrack.services.verbs.assign import Roles, assign
from plantrack.services.verbs.person import Particulars, merge, rename, set_person
from plantrack.services.verbs.update import update
from plantrack.services.workspace import Workspace
from plantrack.services.writing.status_updates import TypedUpdate
from plantrack.store.sqlite.connection import SQLite
from tests.support.engines import home
from tests.support.exported import exported
from tests.support.steps import OpenContext, opened, refused, stood


def test_who_is_hidden_is_changed_no_more(context_on: OpenContext, db: SQLite, workspace: Path) -> None:
    label = opened(context_on, "2024-07-01", in_charge=("Ngô Thị Ân",))
    opened(context_on, "2024-07-03", in_charge=("Bình",))
    anonymise(context_on("2024-07-04"), Workspace(workspace, home(db)), "Ngô Thị Ân")
    shown = Words("vi").with_hidden_names(stood(context_on, label).in_charge[0])
    before = exported(db)
    changes: list[Callable[[Context], object]] = [
        lambda at: rename(at, shown, "Ví dụ A"),
        lambda at: merge(at, shown, "Bình"),
        lambda at: merge(at, "Bình", shown),  # their name could be hidden no more
        lambda at: set_person(at, shown, Particulars(login="root")),
    ]
    for change in changes:
        with refused("person-hidden"):
            change(context_on("2024-07-05"))
    assert exported(db) == before


@pytest.mark.parametrize("name", ["tên đã được ẩn (abc123)", "Name hidden (123456)", "ten da duoc an"])
def test_what_reads_like_a_hidden_name_is_nobodys(context_on: OpenContext, name: str) -> None:
    label = opened(context_on, "2024-07-01", in_charge=("Bình",))
    changes: list[Callable[[Context], object]] = [
        lambda at: rename(at, "Bình", name),
        lambda at: assign(at, [label], Roles(in_charge=(name,))),
        lambda at: assign(at, [label], Roles(in_charge=(name,), new_person=True)),
        lambda at: add(at, NewTask("Việc", area="3", in_charge=(name,))),
        lambda at: update(at, [label], TypedUpdate(result="x", told_by=name)),
    ]
    for change in changes:
        with refused("name-reserved"):
            change(context_on("2024-07-02"))
