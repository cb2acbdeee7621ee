"""The views for people who open the file themselves: they say what the program says."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from plantrack.model.counting import Counts
from plantrack.services.context import ContextRequest, open_context
from plantrack.services.verbs import demo
from plantrack.services.verbs.progress import progress
from plantrack.store.connection import connect
from plantrack.store.facts import updates_in, withdrawals
from plantrack.store.scope import Scope


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


def test_status_updates_have_who_said_them_and_what_took_them_back(example: Path, tmp_path: Path) -> None:
    db = connect(example)
    updates, undone = updates_in(db, Scope.of_plan("kh-468-2024")), withdrawals(db)
    db.close()
    seen = rows(example, "v_status_update")
    assert len(seen) == len(updates) > 20
    assert {row["author"] for row in seen} == {u.author for u in updates}
    gone = {f"c{w.target}": f"c{w.command}" for w in undone}
    assert all(row["withdrawn_by"] == gone.get(row["command"]) for row in seen)
