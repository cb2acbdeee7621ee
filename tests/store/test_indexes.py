"""What is asked of each task's facts is answered by an index, in its order; nothing is sorted, nothing read whole."""

from collections.abc import Callable
from typing import Any

import pytest

from plantrack.store import facts, tasks
from plantrack.store.connection import Params, Row, SQLite
from plantrack.store.scope import Scope

UIDS = Scope.of(["x" * 26, "y" * 26])
PLAN = Scope.of_plan("kh-468-2024")


class Explained(SQLite):
    """A database that keeps what is asked, and how each question is answered."""

    def __init__(self, db: SQLite) -> None:
        super().__init__(db.driver, db.path)
        self.steps: list[str] = []
        self.asked: list[str] = []

    def query(self, sql: str, params: Params | None = None) -> list[Row]:
        self.asked.append(sql)
        self.steps += [r[3] for r in super().query(f"EXPLAIN QUERY PLAN {sql}", params)]
        return super().query(sql, params)


@pytest.mark.parametrize("scope", [UIDS, PLAN], ids=["tasks", "plan"])
@pytest.mark.parametrize(
    ("read", "index"),
    [(facts.assignments_in, "assignment_by_task"), (facts.deadlines_in, "deadline_by_task")],
)
def test_facts_are_read_by_the_index_of_their_task(
    db: SQLite, read: Callable[..., Any], index: str, scope: Scope
) -> None:
    explained = Explained(db)
    read(explained, scope)
    assert any(f"SEARCH f USING INDEX {index}" in step for step in explained.steps), explained.steps


def test_assignments_come_in_the_order_of_the_index(db: SQLite) -> None:
    explained = Explained(db)
    facts.assignments_in(explained, PLAN)
    assert not [step for step in explained.steps if "TEMP B-TREE" in step]


def test_what_a_command_touched_is_found_by_its_uid(db: SQLite) -> None:
    explained = Explained(db)
    tasks.touched_by(explained, ["a", "b"])
    assert not [step for step in explained.steps if step.startswith("SCAN")], explained.steps
