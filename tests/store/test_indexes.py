"""Each command finds what it needs by an index, whether or not SQLite has counted; nothing is read from its beginning.

A command that only reads joins by a line in `READING`; a statement that is missing in `INDEXES` wants a line there.
"""

from pathlib import Path
from typing import Any

import pytest

from plantrack.services import task_query
from plantrack.services.verbs.list import list_tasks
from plantrack.store import commands
from plantrack.store.connection import Params, Row
from plantrack.store.questions import search
from plantrack.store.sqlite.connection import SQLite
from tests.support.statements import (
    READING,
    TASKS,
    WRITING,
    Asked,
    Listening,
    Way,
    in_memory,
    lived_in,
    made_up,
    statements,
    way,
)
from tests.support.steps import OpenContext, opened

#: Commands on a whole plan, which they read.
_WHOLE_PLAN = ("plan carry-over", "undo of plan carry-over")
COMMANDS = [name for name in {**WRITING, **READING} if name not in _WHOLE_PLAN]
_THERE = "task AS t WHERE t.plan = :plan AND t.counted = 1"
#: The beginning of what a statement asks, and why it may read a growing table whole. Only ever fewer.
MAY_SCAN: dict[str, str] = {}
#: The beginning of what a statement asks, and why it may sort what it finds. Only ever fewer.
MAY_SORT = {
    "plan AS p LEFT JOIN": "plans are few",
    "area WHERE plan": "areas are few",
    "person_fact AS n": "people are known by heart, as names are; there are some thousands at most",
    "organisation_fact AS n": "what is recorded of organisations is known by heart too",
    "indicator_value AS f": "an indicator has a few values a period",
    "WITH asked (title_key)": "of one title; in the order of the index, but once it has counted SQLite sorts them",
    "change AS f WHERE (f.command IN": "what one command changed",
    "status_update AS f JOIN command AS c ON c.uid = f.command WHERE (f.command IN": "what some commands said",
    "deadline AS f WHERE (f.command IN": "the deadlines that some commands set",
    "assignment AS f LEFT JOIN organisation AS o ON o.id = f.organisation LEFT JOIN person AS q ON q.uid = f.person LEFT JOIN person AS p ON p.uid = COALESCE(q.merged_into, q.uid) WHERE (f.command IN": "whom some commands assigned",
    "part AS f WHERE (f.command IN": "the parts that some commands set",
    "change AS f WHERE ((f.task IN (:u": "the corrections of the tasks that an undo touches",
    "change AS f WHERE (f.task IN": "the corrections of a task that is shown",
    "change AS c WHERE c.task = f.uid": "the tasks that are shown",
    f"{_THERE} AND t.is_open = 1 ORDER BY CASE": "a list by another field than the due day, which the same index covers",
}
_DUE = f"{_THERE} AND t.is_open = 1 AND COALESCE(t.due, '9999') <= :due_by"
#: By the beginning of what a statement asks: the indexes of growing tables by which it finds the answer.
INDEXES = {
    "arrival AS a CROSS JOIN command AS c WHERE c.uid = a.arrived": "command_1",
    # the seal before that of a command, and the salts of names
    "seal AS s JOIN command AS c ON c.uid = s.command WHERE c.number = (SELECT MAX": "command_1 command_2",
    # of every command
    "command AS c) AS recorded_at": "command_3",
    "person_fact AS n LEFT JOIN": "withdrawn_command_1",
    "organisation_fact AS n": "withdrawn_command_1",
    # tasks that are named, and what counts of them
    "task WHERE site IN": "task_2",
    f"{_THERE} AND NOT (t.due IS NULL) AND t.is_open": "task_open",
    f"{_THERE} AND t.activity": "task_by_activity",
    "task AS t LEFT JOIN withdrawn_command": "task_1 withdrawn_command_1",
    "status_update AS f WHERE ((f.task IN (:u": "status_update_in_order withdrawn_command_1",
    "deadline AS f WHERE ((f.task IN (:u": "deadline_by_task withdrawn_command_1",
    "assignment AS f LEFT JOIN organisation AS o ON o.id = f.organisation LEFT JOIN person AS q ON q.uid = f.person LEFT JOIN person AS p ON p.uid = COALESCE(q.merged_into, q.uid) WHERE ((f.task IN (:u": "assignment_by_task withdrawn_command_1",
    "part AS f WHERE ((f.task IN (:u": "part_in_order withdrawn_command_1",
    "part AS f WHERE (f.task IN": "part_in_order",
    "part AS f WHERE (f.command IN": "part_by_command",
    "part": "part_in_order",
    "status_update AS f JOIN command AS c ON c.uid = f.command WHERE ((f.task IN (:u": (
        "command_1 status_update_in_order withdrawn_command_1"
    ),
    # what was imported before
    "imported_row AS f WHERE f.plan = :plan AND": "imported_row_by_key withdrawn_command_1",
    "import_mapping AS f WHERE": "withdrawn_command_1",
    # what stands there already
    "WITH asked (title_key)": "task_1 task_by_title",
    "WITH named (title_key)": "task_by_title",
    "activity AS a WHERE a.plan = :plan AND EXISTS": "task_by_activity",
    "indicator_value AS f JOIN command AS c ON c.uid = f.command WHERE f.plan = :plan AND": (
        "command_1 withdrawn_command_1"
    ),
    # what an undo looks at
    "command AS c WHERE c.author = :author": "command_by_author withdrawn_command_1",
    "command WHERE number": "command_2",
    "WITH RECURSIVE around": "command_1 withdrawal_1 withdrawal_of",
    "task WHERE command IN": (
        "assignment_by_command change_by_command deadline_by_command part_by_command status_update_by_command task_by_command"
    ),
    "change AS f WHERE (f.command IN": "change_by_command",
    "change AS f WHERE ((f.task IN (:u": "change_by_task withdrawal_1 withdrawn_command_1",
    # what is written, or written over; whether a new task mends a key is looked for only where one is broken
    "INSERT INTO task (": (
        "assignment_by_task change_by_task deadline_by_task holder_1 part_in_order status_update_in_order "
        "task_carried task_past_1 task_series"
    ),
    "UPDATE task": "task_1",
    "DELETE FROM task_past": "task_past_1",
    "DELETE FROM holder": "holder_1",
    "DELETE FROM withdrawn_command": "withdrawn_command_1",
    # what `show` tells
    "withdrawn_command WHERE command IN": "withdrawn_command_1",
    "task AS t WHERE t.uid IN (:f)": "task_1 task_series",
    "task AS t WHERE t.uid": "task_1",
    "task WHERE uid IN": "task_1",
    "status_update AS f JOIN command AS c ON c.uid = f.command WHERE (f.task IN": "command_1 status_update_in_order",
    "deadline AS f WHERE (f.task IN": "deadline_by_task",
    "assignment AS f LEFT JOIN organisation AS o ON o.id = f.organisation LEFT JOIN person AS q ON q.uid = f.person LEFT JOIN person AS p ON p.uid = COALESCE(q.merged_into, q.uid) WHERE (f.task IN": "assignment_by_task",
    "change AS f WHERE (f.task IN": "change_by_task",
    "change AS c WHERE c.task = f.uid": "change_by_task task_1",
    # what the log tells: all that was measured; some commands, their tasks, and what was known of these before
    "indicator_value AS f JOIN command AS c ON c.uid = f.command WHERE f.plan = :plan ORDER": "command_1",
    "saved_filter AS f JOIN command AS c ON c.uid = f.command WHERE": "command_1 withdrawn_command_1",
    "saved_filter AS f JOIN command AS c": "command_1",
    "task AS f CROSS JOIN task AS t WHERE t.uid = f.uid": (
        "assignment_by_command change_by_command deadline_by_command part_by_command status_update_by_command task_1 task_by_command"
    ),
    "status_update AS f JOIN command AS c ON c.uid = f.command WHERE (f.command IN": (
        "command_1 status_update_by_command"
    ),
    "deadline AS f WHERE (f.command IN": "deadline_by_command",
    "assignment AS f LEFT JOIN organisation AS o ON o.id = f.organisation LEFT JOIN person AS q ON q.uid = f.person LEFT JOIN person AS p ON p.uid = COALESCE(q.merged_into, q.uid) WHERE (f.command IN": "assignment_by_command",
    "status_update AS f WHERE (((f.task IN": "status_update_in_order withdrawn_command_1",
    "withdrawal AS w JOIN command": "command_1 withdrawal_1",
    # what lists and tables ask; the last line of a question that goes on is the shortest
    "task WHERE carried_from IS NOT NULL": "task_carried",
    "task AS t WHERE NOT (t.plan <> :plan) AND t.counted = 1 AND t.is_open = 1 AND t.site = :site": "task_2",
    "task AS t WHERE NOT (t.plan <> :plan) AND t.counted = 1 AND t.site = :site": "task_2",
    f"{_THERE} AND t.is_open = 0 LIMIT": "task_by_activity",
    # what falls due, for each person in charge
    "task AS t LEFT JOIN holder AS h ON h.task = t.uid AND h.role = 'in_charge'": "holder_1 task_open",
    f"{_DUE} AND t.uid IN": "holder_by_party task_open",
    f"{_THERE} AND t.is_open": "task_open",
    f"{_THERE} AND (t.status IN ('in_progress', 'not_started', 'paused', 'submitted') "
    "AND COALESCE(t.due, '9999') < :day) AND t.area IN (:v) AND t.is_open": "task_open",
    _THERE: "task_count",
    "task AS n JOIN task AS o": "task_1 task_carried",
    "command WHERE uid IN": "command_1",
    "command WHERE recorded_at = ": "command_3",
    "plan_revision AS r": "command_1",
    "WITH RECURSIVE undo": "command_1 withdrawal_1 withdrawal_of",
    "command": "command_2",
}


def question(asked: Asked) -> str:
    """Return what a statement asks: what follows the columns, or the whole of one that writes."""
    return asked.text.partition(" FROM ")[2] if asked.text.startswith("SELECT") else asked.text


@pytest.fixture(scope="module")
def lived(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with some hundreds of commands on two hundred tasks."""
    folder = tmp_path_factory.mktemp("lived")
    (folder / "plans").mkdir()
    db = in_memory((made_once / "plantrack.db").read_bytes())
    made_up(folder, db)
    lived_in(db, [str(n) for n in range(3, TASKS + 1)])
    return db.driver.serialize()


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "analysed"])
def ways(lived: bytes, request: pytest.FixtureRequest) -> dict[str, Way]:
    """How each statement of the commands on two tasks is answered, by what it asks."""
    db = in_memory(lived)
    if request.param:
        db.execute("ANALYZE")
    made, found = db.driver.serialize(), {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(commands, "CHUNK", 3)  # a log of all commands at once would read the tables whole
        for name in COMMANDS:
            for asked in statements(made, name, ["1", "2"]):
                if asked.sql not in ("BEGIN IMMEDIATE", "COMMIT"):
                    found[question(asked)] = way(db, asked)
    return found


def beginnings(questions: list[str], known: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Return the questions of which no beginning is known, and the beginnings that no question has."""
    met = {one: next((begin for begin in known if one.startswith(begin)), None) for one in questions}
    return {one for one, begin in met.items() if begin is None}, known.keys() - {*met.values()}


def test_nothing_that_grows_is_read_from_its_beginning(ways: dict[str, Way]) -> None:
    assert beginnings([asked for asked, way in ways.items() if way.scanned], MAY_SCAN) == (set(), set())


def test_nothing_is_sorted_that_an_index_could_give_in_its_order(ways: dict[str, Way]) -> None:
    unknown, _ = beginnings([asked for asked, way in ways.items() if way.sorts], MAY_SORT)
    assert unknown == set()


def test_each_statement_goes_by_its_index(ways: dict[str, Way]) -> None:
    wrong = {
        asked: sorted(found.indexes)
        for asked, found in ways.items()
        if found.indexes
        != {*next((INDEXES[begin] for begin in INDEXES if asked.startswith(begin)), "").split()}
    }
    assert wrong == {}


def test_the_table_of_indexes_has_no_line_too_many(ways: dict[str, Way]) -> None:
    assert beginnings([*ways], INDEXES)[1] == set()


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


def test_a_search_looks_up_few_tasks_and_walks_many_in_their_order(
    db: SQLite, context_on: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        opened(context_on, "2024-07-01", f"Báo cáo {n}")

    def ways_of_search() -> list[Way]:
        listening = Listening(db)
        assert list_tasks(context_on("2024-07-02")._replace(db=listening), ["bao cao"], limit=1).is_cut
        return [way(db, asked) for asked in listening.asked if "search AS s" in asked.sql]

    # `task_count`: where the index has none of the words, which is asked in the same question.
    assert [sorted(i for i in found.indexes if "task_" in i) for found in ways_of_search()] == [
        ["task_1", "task_count"],
        ["task_1"],
        ["task_1"],
        [],  # what was said of those that are found
    ]
    for module in (task_query, search):
        monkeypatch.setattr(module, "MOST_RANKED", 1)
    # Whether they are many, asked without an order; the page; whether any of them is closed.
    assert [(found.sorts, "task_open" in found.indexes) for found in ways_of_search()] == [
        (False, False),
        (False, True),
        (False, False),
    ]
