"""The views for people who open the file themselves: they say what the program says."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from plantrack.model.counting import Counts
from plantrack.model.status import Role
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs import demo
from plantrack.services.verbs.progress import progress
from plantrack.services.verbs.undo import undo
from plantrack.store.facts import updates_in
from plantrack.store.sqlite.connection import connect
from tests.support.oracle import all_commands, whole_plan
from tests.support.steps import OpenContext, opened, said


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views") / "demo"
    demo.build(folder)
    return folder / "plantrack.db"


def rows(file: Path, view: str) -> list[dict[str, Any]]:
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as driver:
        driver.row_factory = sqlite3.Row
        return [dict(row) for row in driver.execute(f"SELECT * FROM {view}")]


def test_tasks_are_those_that_count_with_their_state(example: Path) -> None:
    db = connect(example)
    told = {t.label: t for t in progress(open_context(db, ContextRequest())).tasks}
    db.close()
    seen = {row["label"]: row for row in rows(example, "v_task")}
    assert seen.keys() == told.keys()
    for label, task in told.items():
        row = seen[label]
        assert (row["title"], row["status"], row["due"]) == (task.title.vi, task.status, task.due)
        assert row["lead"] == ", ".join(task.lead)


def test_progress_by_area_has_the_same_numbers(example: Path) -> None:
    db = connect(example)
    told = {row.key: row.counts for row in progress(open_context(db, ContextRequest())).rows}
    db.close()
    for row in rows(example, "v_progress_by_area"):
        numbers = {name: n for name, n in row.items() if name in Counts._fields}
        assert numbers == {name: getattr(told[row["area"]], name) for name in numbers}


def test_assignments_are_the_roles_that_stand(example: Path) -> None:
    db = connect(example)
    context = open_context(db, ContextRequest())
    told = {
        (
            task.label,
            role.value,
            party,
            party if role is Role.IN_CHARGE else context.names.organisations[party].name.vi,
        )
        for task in progress(context).tasks
        for role in Role
        for party in getattr(task, role)
    }
    db.close()
    seen = rows(example, "v_assignment")
    assert {tuple(row.values()) for row in seen} == told
    assert len(seen) == len(told) > 20


def test_status_updates_have_who_said_them(example: Path) -> None:
    db = connect(example)
    updates = updates_in(db, whole_plan("kh-468-2024"))
    db.close()
    seen = rows(example, "v_status_update")
    assert len(seen) == len(updates) > 20
    assert {row["author"] for row in seen} == {u.author for u in updates}


def test_an_update_has_the_undo_that_took_it_back_also_when_an_undo_was_undone(
    context_on: OpenContext,
) -> None:
    task = opened(context_on, "2024-07-01")
    said(context_on, "2024-07-02", task, result="xong")
    found = []
    for _ in range(3):
        last = all_commands(context_on().db)[-1]
        undo(context_on("2024-07-03"), last.label)
        found += context_on().db.query("SELECT withdrawn_by FROM v_status_update")
    assert [by for (by,) in found] == ["c4", None, "c4"]
